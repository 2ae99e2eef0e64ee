//! Records of calls, written one after another behind the calls. What the store refuses waits in memory until it can be
//! written again; what cannot wait is counted as lost.
#![expect(
    clippy::disallowed_methods,
    reason = "the writer's task, and how long a caller waits for it"
)]

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};
use tokio::time::{MissedTickBehavior, interval, timeout};

use super::{Store, StoreError};
use crate::events::{DomainEvent, Events};
use crate::record::CallRecord;

/// Records that may be on their way to the store. A disk that hangs fills this up.
const QUEUED: usize = 1024;
/// Records that may wait for a store that refuses, and their bytes: an evening of a full line.
const MAX_WAITING: usize = 1024;
const MAX_WAITING_BYTES: usize = 16 * 1024 * 1024;
/// Between looks at a store that refuses. It asks its disk no more often than that.
const RETRY_INTERVAL: Duration = Duration::from_secs(1);
/// Records written late in one go, so that those of the calls that end now are not kept waiting.
const LATE_AT_ONCE: usize = 50;
/// A record that a store refuses which takes others is none it will ever take.
const MAX_TRIES: u32 = 3;

/// Where calls leave their records. Clones lead to the same writer, which ends with the last of them.
#[derive(Clone, Debug)]
pub struct RecordQueue {
    jobs: mpsc::Sender<Job>,
    events: Events,
    /// Records for which there was no room on the way.
    overflowed: Arc<AtomicU64>,
}

#[derive(Debug)]
enum Job {
    Write {
        record: Box<CallRecord>,
        what: &'static str,
        /// Answered when it was tried.
        tried: Option<oneshot::Sender<()>>,
    },
    /// Answered when everything before it was tried, and what waited once more.
    Finish(oneshot::Sender<()>),
}

impl RecordQueue {
    /// Starts the writer.
    pub fn start(store: Store, events: Events) -> Self {
        let (jobs, coming) = mpsc::channel(QUEUED);
        let overflowed = Arc::<AtomicU64>::default();
        let writer = Writer {
            store,
            events: events.clone(),
            waiting: Waiting::default(),
            overflowed: Arc::clone(&overflowed),
            lost: 0,
        };
        tokio::spawn(writer.run(coming));
        Self {
            jobs,
            events,
            overflowed,
        }
    }

    /// Leaves the record of a call that has ended; never waits. `what` names the job in log and metrics.
    pub fn leave(&self, record: CallRecord, what: &'static str) {
        let record = Box::new(record);
        let tried = None;
        let job = Job::Write {
            record,
            what,
            tried,
        };
        if self.jobs.try_send(job).is_err() {
            self.overflow(what);
        }
    }

    /// Leaves the record of a call that has ended, and waits until the store has taken or refused it, but not for longer
    /// than `limit`.
    pub async fn write(&self, record: CallRecord, what: &'static str, limit: Duration) {
        let (tried, answer) = oneshot::channel();
        let job = Job::Write {
            record: Box::new(record),
            what,
            tried: Some(tried),
        };
        // Cut off while it waits for room, the job is dropped and its sender with it: the answer tells the two apart.
        let sent = timeout(limit, self.jobs.send(job)).await;
        if !matches!(sent, Ok(Ok(()))) {
            return self.overflow(what);
        }
        if timeout(limit, answer).await.is_err() {
            let error = format!("not written within {} s; it waits", limit.as_secs());
            self.events
                .publish(DomainEvent::StoreFailed { what, error });
        }
    }

    /// Waits until every record left so far has been written, or refused for good: the process ends, and what waits in
    /// memory is lost with it.
    pub async fn finish(&self) {
        let (asked, answer) = oneshot::channel();
        if self.jobs.send(Job::Finish(asked)).await.is_ok() {
            let _ = answer.await;
        }
    }

    fn overflow(&self, what: &'static str) {
        self.overflowed.fetch_add(1, Ordering::Relaxed);
        let error = "too many records wait".to_owned();
        self.events
            .publish(DomainEvent::StoreFailed { what, error });
    }
}

struct Writer {
    store: Store,
    events: Events,
    waiting: Waiting,
    overflowed: Arc<AtomicU64>,
    /// Lost and not told yet.
    lost: u64,
}

impl Writer {
    async fn run(mut self, mut jobs: mpsc::Receiver<Job>) {
        let mut retry = interval(RETRY_INTERVAL);
        retry.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let job = tokio::select! {
                job = jobs.recv() => job,
                _ = retry.tick(), if self.has_work() => {
                    if self.store.check_writable().await.is_ok() {
                        self.write_waiting(LATE_AT_ONCE).await;
                    }
                    self.tell_lost();
                    continue;
                }
            };
            match job {
                None => break,
                Some(Job::Write {
                    record,
                    what,
                    tried,
                }) => {
                    self.write(record, what).await;
                    // Who asked may have stopped waiting.
                    if let Some(tried) = tried {
                        let _ = tried.send(());
                    }
                }
                Some(Job::Finish(asked)) => {
                    self.write_waiting(usize::MAX).await;
                    self.lost += self.waiting.clear();
                    self.tell_lost();
                    let _ = asked.send(());
                }
            }
        }
    }

    fn has_work(&self) -> bool {
        !self.waiting.records.is_empty()
            || self.lost > 0
            || self.overflowed.load(Ordering::Relaxed) > 0
    }

    async fn write(&mut self, record: Box<CallRecord>, what: &'static str) {
        // A call that was connected once more ends twice; its later record holds all of the earlier one.
        self.waiting.forget(&record);
        if let Err(error) = self.store.call_ended(&record).await {
            let error = error.to_string();
            self.events
                .publish(DomainEvent::StoreFailed { what, error });
            self.lost += self.waiting.keep(record, 1);
        }
    }

    /// Writes what waits, oldest first, until the store refuses.
    async fn write_waiting(&mut self, most: usize) {
        let mut written = 0;
        let at_once = self.waiting.records.len().min(most);
        for _ in 0..at_once {
            let Some(late) = self.waiting.next() else {
                break;
            };
            match self.store.call_ended(&late.record).await {
                Ok(()) => written += 1,
                Err(error) => {
                    let takes_others = self.store.check_writable().await.is_ok();
                    let tries = late.tries + u32::from(takes_others);
                    if tries > MAX_TRIES {
                        self.refused_for_good(&error);
                    } else if takes_others {
                        self.lost += self.waiting.keep(late.record, tries);
                    } else {
                        self.waiting.put_back(late);
                        break;
                    }
                }
            }
        }
        if written > 0 {
            self.events
                .publish(DomainEvent::RecordsWrittenLate { count: written });
        }
    }

    fn refused_for_good(&mut self, error: &StoreError) {
        self.lost += 1;
        self.events.publish(DomainEvent::StoreFailed {
            what: "keep a record that waited",
            error: error.to_string(),
        });
    }

    /// At most once a second: a crowd that is turned away meanwhile must not fill the log.
    fn tell_lost(&mut self) {
        let count = std::mem::take(&mut self.lost) + self.overflowed.swap(0, Ordering::Relaxed);
        if count > 0 {
            self.events.publish(DomainEvent::RecordsLost { count });
        }
    }
}

/// Records that the store refused, oldest first, bounded by number and bytes.
#[derive(Default)]
struct Waiting {
    records: VecDeque<Late>,
    bytes: usize,
}

struct Late {
    record: Box<CallRecord>,
    tries: u32,
}

impl Waiting {
    /// Keeps a record. Returns how many are lost for want of room: those that say least go first, calls that were turned
    /// away before a word was said.
    fn keep(&mut self, record: Box<CallRecord>, tries: u32) -> u64 {
        let mut lost = 0;
        let bytes = size(&record);
        while self.records.len() >= MAX_WAITING || self.bytes + bytes > MAX_WAITING_BYTES {
            let says_least = self
                .records
                .iter()
                .position(|late| late.record.transcript.is_empty());
            let Some(at) = says_least.filter(|_| !record.transcript.is_empty()) else {
                return lost + 1;
            };
            self.remove(at);
            lost += 1;
        }
        self.bytes += bytes;
        self.records.push_back(Late { record, tries });
        lost
    }

    fn next(&mut self) -> Option<Late> {
        self.remove(0)
    }

    fn put_back(&mut self, late: Late) {
        self.bytes += size(&late.record);
        self.records.push_front(late);
    }

    /// Drops an earlier record of the same call.
    fn forget(&mut self, newer: &CallRecord) {
        let same = |late: &Late| {
            late.record.sid == newer.sid && late.record.account_sid == newer.account_sid
        };
        if let Some(at) = self.records.iter().position(same) {
            self.remove(at);
        }
    }

    fn remove(&mut self, at: usize) -> Option<Late> {
        let late = self.records.remove(at)?;
        self.bytes -= size(&late.record);
        Some(late)
    }

    /// Gives everything up; returns how many there were.
    fn clear(&mut self) -> u64 {
        let count = self.records.len() as u64;
        *self = Self::default();
        count
    }
}

/// About how many bytes of memory a record takes.
fn size(record: &CallRecord) -> usize {
    let lines = record.transcript.iter();
    let words: usize = lines
        .map(|line| size_of_val(line) + line.text.len() + line.heard.len())
        .sum();
    size_of::<CallRecord>() + words + size_of_val(record.turns.as_slice())
}

#[cfg(test)]
#[path = "record_queue_tests.rs"]
mod tests;
