//! The guard against mass deletion: `rm -rf`, a bad rsync, an empty checkout must not silence every line.

/// Files that are gone at once, and those there were. A file counts if a good version of it is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Removal {
    /// Of the files that are gone, those that answered calls.
    pub routes_gone: usize,
    /// Files that answered calls before.
    pub routes: usize,
    /// Files with a good version that stay, whether they answer calls or wait for a number.
    pub staying: usize,
}

impl Removal {
    /// Must a person confirm it? When nothing would be left, or at least two and more than a quarter would go.
    pub(super) fn is_suspicious(self) -> bool {
        let everything = self.routes_gone > 0 && self.staying == 0;
        let much = self.routes_gone >= 2 && self.routes_gone * 4 > self.routes;
        everything || much
    }
}

/// Would a server hold the removal of `gone` of `routes` restaurants, when `staying` of them stay?
pub(crate) fn is_mass_delete(gone: usize, routes: usize, staying: usize) -> bool {
    let removal = Removal {
        routes_gone: gone,
        routes,
        staying,
    };
    removal.is_suspicious()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn everything_or_more_than_a_quarter_is_suspicious() {
        for (routes_gone, routes, staying, suspicious) in [
            (0, 0, 0, false),
            (1, 1, 0, true),
            (1, 2, 1, false),
            // Its number goes to a file that waited for it.
            (1, 1, 1, false),
            (2, 2, 0, true),
            (2, 7, 5, true),
            (2, 8, 6, false),
            (25, 100, 75, false),
            (26, 100, 74, true),
        ] {
            let removal = Removal {
                routes_gone,
                routes,
                staying,
            };
            assert_eq!(removal.is_suspicious(), suspicious, "{removal:?}");
        }
    }
}
