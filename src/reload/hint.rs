//! What one of the system's events means. Whether events were lost is looked at before any path; our own reads mean
//! nothing, or we would wake ourselves for ever.

use std::path::{Path, PathBuf};

use notify::event::{AccessKind, AccessMode, CreateKind, ModifyKind};
use notify::{Event, EventKind};

/// What to make of an event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Hint {
    /// Events were lost: look at everything.
    Lost,
    /// Something is as its writer wants it: a closed write, a rename, a removal, a new link.
    Finished(Vec<PathBuf>),
    /// Something else about it changed, such as who may read it.
    Touched(Vec<PathBuf>),
    /// Somebody has begun to write, or goes on.
    Writing(Vec<PathBuf>),
}

impl Hint {
    /// The same of these paths only.
    pub(super) fn of_paths(mut self, matters: impl Fn(&Path) -> bool) -> Self {
        match &mut self {
            Self::Lost => {}
            Self::Finished(paths) | Self::Touched(paths) | Self::Writing(paths) => {
                paths.retain(|path| matters(path));
            }
        }
        self
    }
}

/// `None`: it means nothing to us. `begins_empty` tells whether a created file is yet to be written.
pub(super) fn hint(
    event: notify::Result<Event>,
    begins_empty: impl Fn(&Path) -> bool,
) -> Option<Hint> {
    let Ok(event) = event else {
        return Some(Hint::Lost);
    };
    if event.need_rescan() {
        return Some(Hint::Lost);
    }
    match event.kind {
        EventKind::Access(AccessKind::Close(AccessMode::Write)) => {
            Some(Hint::Finished(event.paths))
        }
        EventKind::Modify(ModifyKind::Name(_)) | EventKind::Remove(_) => {
            Some(Hint::Finished(event.paths))
        }
        EventKind::Modify(ModifyKind::Metadata(_)) => Some(Hint::Touched(event.paths)),
        EventKind::Create(CreateKind::File | CreateKind::Any) => {
            if event.paths.iter().any(|path| begins_empty(path)) {
                Some(Hint::Writing(event.paths))
            } else {
                Some(Hint::Finished(event.paths))
            }
        }
        EventKind::Create(_) => Some(Hint::Finished(event.paths)),
        EventKind::Modify(_) => Some(Hint::Writing(event.paths)),
        _ => None,
    }
}

/// A regular file with one name is yet to be written; a link, hard or symbolic, is complete at once: `ln` and `ln -s`
/// raise nothing but its creation.
pub(super) fn begins_empty(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::symlink_metadata(path).is_ok_and(|m| m.is_file() && m.nlink() == 1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use notify::event::{DataChange, Flag, MetadataKind, RemoveKind, RenameMode};

    fn of(kind: EventKind) -> Option<Hint> {
        let event = Event::new(kind).add_path("/r/a.yaml".into());
        hint(Ok(event), |_| true)
    }

    #[test]
    fn r03_our_own_reads_mean_nothing_and_a_closed_write_does() {
        let paths = vec![PathBuf::from("/r/a.yaml")];
        let open = AccessKind::Open(AccessMode::Any);
        let read = AccessKind::Close(AccessMode::Read);
        let written = AccessKind::Close(AccessMode::Write);
        assert_eq!(of(EventKind::Access(open)), None);
        assert_eq!(of(EventKind::Access(read)), None);
        let finished = Some(Hint::Finished(paths.clone()));
        assert_eq!(of(EventKind::Access(written)), finished);
        let renamed = ModifyKind::Name(RenameMode::To);
        assert_eq!(of(EventKind::Modify(renamed)), finished);
        assert_eq!(of(EventKind::Remove(RemoveKind::File)), finished);
        let allowed = ModifyKind::Metadata(MetadataKind::Any);
        assert_eq!(of(EventKind::Modify(allowed)), Some(Hint::Touched(paths)));
    }

    #[test]
    fn r03_lost_events_are_looked_at_before_any_path() {
        let closed = EventKind::Access(AccessKind::Close(AccessMode::Write));
        for kind in [EventKind::Other, closed] {
            let event = Event::new(kind).set_flag(Flag::Rescan);
            let event = event.add_path("/r/a.yaml".into());
            assert_eq!(hint(Ok(event), |_| true), Some(Hint::Lost));
        }
        let broken = notify::Error::generic("no more watches");
        assert_eq!(hint(Err(broken), |_| true), Some(Hint::Lost));
    }

    #[test]
    fn r06_a_created_file_is_being_written_a_created_link_is_complete() {
        let created = EventKind::Create(CreateKind::File);
        assert!(matches!(of(created), Some(Hint::Writing(_))));
        let changed = EventKind::Modify(ModifyKind::Data(DataChange::Any));
        assert!(matches!(of(changed), Some(Hint::Writing(_))));

        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        std::fs::write(path("file"), "").unwrap();
        std::os::unix::fs::symlink("file", path("soft")).unwrap();
        assert!(begins_empty(&path("file")));
        assert!(!begins_empty(&path("soft")) && !begins_empty(&path("gone")));
        std::fs::hard_link(path("file"), path("hard")).unwrap();
        assert!(!begins_empty(&path("hard")));
        let event = Event::new(created).add_path(path("hard"));
        let complete = hint(Ok(event), begins_empty);
        assert_eq!(complete, Some(Hint::Finished(vec![path("hard")])));
    }
}
