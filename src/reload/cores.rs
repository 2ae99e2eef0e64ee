//! Work on many files, on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};

/// So many are taken at once: a core that is slow leaves the rest to the others.
const SHARE: usize = 16;

/// What `work` makes of each, in their order. A worker that panics leaves out what it had taken (`T`'s default stands there).
pub(super) fn map<I: Sync, T: Default + Send>(
    items: &[I],
    work: impl Fn(&I) -> T + Sync,
) -> Vec<T> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let workers = cores.min(items.len().div_ceil(SHARE));
    if workers < 2 {
        return items.iter().map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let shares = || -> Vec<(usize, Vec<T>)> {
        let mut done = Vec::new();
        loop {
            let begin = next.fetch_add(SHARE, Ordering::Relaxed);
            let Some(rest) = items.get(begin..).filter(|rest| !rest.is_empty()) else {
                return done;
            };
            let share = &rest[..rest.len().min(SHARE)];
            done.push((begin, share.iter().map(&work).collect()));
        }
    };
    let mut all: Vec<T> = Vec::with_capacity(items.len());
    all.resize_with(items.len(), T::default);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..workers).map(|_| scope.spawn(shares)).collect();
        for worker in workers {
            for (begin, share) in worker.join().unwrap_or_default() {
                for (place, done) in all[begin..].iter_mut().zip(share) {
                    *place = done;
                }
            }
        }
    });
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_item_is_worked_on_once_and_answered_in_its_place() {
        for many in [0, 1, 15, 16, 17, 1_000] {
            let items: Vec<usize> = (0..many).collect();
            let calls = AtomicUsize::new(0);
            let doubled = map(&items, |item| {
                calls.fetch_add(1, Ordering::Relaxed);
                item * 2
            });
            assert_eq!(doubled, (0..many).map(|n| n * 2).collect::<Vec<_>>());
            assert_eq!(calls.into_inner(), many);
        }
    }
}
