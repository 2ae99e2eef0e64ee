//! Refusals of strangers, told one by one while they are few and summed up by the second when they are many: a flood of
//! unsigned requests must not become a flood of log lines, nor push everything else out of the listeners' queue.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use super::DomainEvent;

/// Told one by one within a second, of each kind and reason.
const TOLD_PER_SECOND: u64 = 5;

/// What was refused, and why: both from closed sets of ours.
type Kind = (&'static str, &'static str);

/// Counts within the current second.
#[derive(Debug)]
pub(super) struct Refusals {
    began: Instant,
    inner: Mutex<Second>,
}

#[derive(Debug, Default)]
struct Second {
    number: u64,
    counts: BTreeMap<Kind, u64>,
}

/// So many more were refused than were told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Sum {
    pub what: &'static str,
    pub reason: &'static str,
    pub count: u64,
}

impl Default for Refusals {
    #[expect(clippy::disallowed_methods, reason = "counts by the second")]
    fn default() -> Self {
        Self {
            began: Instant::now(),
            inner: Mutex::default(),
        }
    }
}

impl Refusals {
    /// Is this event to be told by itself? And what was not told in a second that is over.
    pub(super) fn note(&self, event: &DomainEvent) -> (bool, Vec<Sum>) {
        self.at(self.began.elapsed().as_secs(), kind(event))
    }

    /// What was not told in a second that is over.
    pub(super) fn flush(&self) -> Vec<Sum> {
        self.at(self.began.elapsed().as_secs(), None).1
    }

    /// What was not told until now, also of the second that is not over: the process ends.
    pub(super) fn rest(&self) -> Vec<Sum> {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        sums(std::mem::take(&mut inner.counts))
    }

    fn at(&self, second: u64, kind: Option<Kind>) -> (bool, Vec<Sum>) {
        let mut inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        let sums = match inner.number == second {
            true => Vec::new(),
            false => {
                inner.number = second;
                sums(std::mem::take(&mut inner.counts))
            }
        };
        let Some(kind) = kind else {
            return (true, sums);
        };
        let count = inner.counts.entry(kind).or_default();
        *count += 1;
        (*count <= TOLD_PER_SECOND, sums)
    }
}

fn sums(counts: BTreeMap<Kind, u64>) -> Vec<Sum> {
    let over = counts
        .into_iter()
        .filter(|(_, count)| *count > TOLD_PER_SECOND);
    over.map(|((what, reason), count)| Sum {
        what,
        reason,
        count: count - TOLD_PER_SECOND,
    })
    .collect()
}

/// `None`: told whatever comes.
fn kind(event: &DomainEvent) -> Option<Kind> {
    match event {
        DomainEvent::WebhookRefused { reason, .. } => Some(("webhook", reason)),
        DomainEvent::SocketRefused { reason, .. } => Some(("socket", reason)),
        DomainEvent::RequestRefused { reason } => Some(("request", reason)),
        DomainEvent::MessageIgnored { reason } => Some(("message", reason)),
        DomainEvent::TextReceived {
            what: "unlisted", ..
        } => Some(("text", "unlisted")),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNSIGNED: Kind = ("webhook", "no_signature");

    #[test]
    fn a_flood_is_told_a_few_times_and_then_summed_by_the_second() {
        let refusals = Refusals::default();
        let told = (0..20_000).filter(|_| refusals.at(7, Some(UNSIGNED)).0);
        assert_eq!(told.count(), 5);
        assert!(
            refusals.at(7, Some(("socket", "no_start"))).0,
            "another reason"
        );
        let (told, sums) = refusals.at(8, Some(UNSIGNED));
        let sum = Sum {
            what: "webhook",
            reason: "no_signature",
            count: 19_995,
        };
        assert!(told, "a new second begins");
        assert_eq!(sums, [sum]);
        assert_eq!(refusals.at(9, None).1, [], "a few are not summed");
    }

    #[test]
    fn the_end_of_the_process_does_not_wait_for_the_end_of_the_second() {
        let refusals = Refusals::default();
        for _ in 0..8 {
            refusals.at(7, Some(UNSIGNED));
        }
        let counts: Vec<u64> = refusals.rest().iter().map(|sum| sum.count).collect();
        assert_eq!(counts, [3]);
        assert_eq!(refusals.rest(), [], "told once");
    }

    #[test]
    fn what_is_no_refusal_is_always_told() {
        let refusals = Refusals::default();
        for _ in 0..99 {
            assert!(refusals.note(&DomainEvent::CallsLost { count: 1 }).0);
        }
    }
}
