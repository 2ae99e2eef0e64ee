//! Where the files come from, and whether it is still the same place.

/// The folder as the last scans found it.
#[derive(Debug, Default)]
pub(super) struct Source {
    /// Device and inode of the folder that was listed last.
    listed: Option<(u64, u64)>,
}

impl Source {
    /// Notes the folder that is listed now. Is it another one than before? It may be empty because a disk is not mounted.
    pub(super) fn is_replaced_by(&mut self, here: Option<(u64, u64)>) -> bool {
        let before = std::mem::replace(&mut self.listed, here);
        before.is_some() && before != here
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r18_another_device_or_inode_is_another_folder() {
        let mut source = Source::default();
        assert!(
            !source.is_replaced_by(Some((1, 2))),
            "the first is no other"
        );
        assert!(!source.is_replaced_by(Some((1, 2))));
        assert!(source.is_replaced_by(Some((1, 3))));
        assert!(!source.is_replaced_by(Some((1, 3))), "told once");
        assert!(source.is_replaced_by(Some((2, 3))));
    }
}
