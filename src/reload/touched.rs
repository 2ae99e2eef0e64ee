//! What happened since the last look, by name: so that an event about one file among ten thousand looks at that one.

use std::collections::BTreeSet;
use std::path::PathBuf;

/// More paths are not remembered: then it is quicker to look at everything.
const MAX_TOUCHED: usize = 64;

/// The paths of the events since a look, or that they do not tell everything.
#[derive(Debug, Default)]
pub(super) struct Touched {
    paths: BTreeSet<PathBuf>,
    /// Something happened that no path tells of.
    beyond: bool,
}

impl Touched {
    /// Something happened at these paths.
    pub(super) fn add(&mut self, paths: &[PathBuf]) {
        if self.beyond {
            return;
        }
        self.paths.extend(paths.iter().cloned());
        if self.paths.len() > MAX_TOUCHED {
            self.add_unknown();
        }
    }

    /// Anything may have happened.
    pub(super) fn add_unknown(&mut self) {
        self.beyond = true;
        self.paths.clear();
    }

    /// Everything that happened since the last time; `None`: look at all there is.
    pub(super) fn take(&mut self) -> Option<BTreeSet<PathBuf>> {
        let touched = std::mem::take(self);
        (!touched.beyond).then_some(touched.paths)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_until_they_are_too_many_or_one_is_unknown() {
        let mut touched = Touched::default();
        let path = |n: usize| PathBuf::from(format!("/r/{n:03}.yaml"));
        let all: Vec<PathBuf> = (0..MAX_TOUCHED).map(path).collect();
        touched.add(&all);
        touched.add(&all);
        assert_eq!(touched.take(), Some(all.iter().cloned().collect()));
        assert_eq!(touched.take(), Some(BTreeSet::new()), "taken once");
        touched.add(&all);
        touched.add(&[path(MAX_TOUCHED)]);
        touched.add(&[path(0)]);
        assert_eq!(touched.take(), None);
        touched.add_unknown();
        touched.add(&all);
        assert_eq!(touched.take(), None);
        touched.add(&all[..1]);
        assert_eq!(touched.take(), Some([path(0)].into()));
    }
}
