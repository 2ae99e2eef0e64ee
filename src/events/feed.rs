//! The last events as they are sent, numbered, so that a listener who was cut off goes on where it was.
//!
//! One ring for all listeners, bounded in messages and bytes: a listener that reads too slowly costs no memory, it misses
//! events and is told how many.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde_json::Value;
use tokio::sync::watch;

/// Messages kept for listeners who come back.
const MAX_MESSAGES: usize = 1024;
/// And bytes of their data together.
const MAX_BYTES: usize = 4 * 1024 * 1024;

/// One event of the stream.
#[derive(Debug)]
pub struct Message {
    /// Counted from 1 within the feed.
    pub number: u64,
    pub name: &'static str,
    /// JSON on one line.
    pub data: String,
}

/// Where to go on reading.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resumed {
    /// From the next event on.
    Fresh { next: u64 },
    /// Right behind the last event the listener had.
    Seamless { next: u64 },
    /// Events in between are gone; how many, where that is known (not after a restart of the server).
    Missed { next: u64, count: Option<u64> },
}

/// What a listener reads next.
#[derive(Clone, Debug)]
pub enum Read {
    Message(Arc<Message>),
    /// So many went by unread; the next is `next`.
    Missed {
        count: u64,
        next: u64,
    },
    /// Nothing new yet.
    Nothing,
}

/// The ring.
#[derive(Debug)]
pub struct Feed {
    /// Tells the numbers of this process from those of the one before.
    process: String,
    ring: Mutex<Ring>,
    latest: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Ring {
    last: u64,
    bytes: usize,
    messages: VecDeque<Arc<Message>>,
}

impl Default for Feed {
    fn default() -> Self {
        Self {
            process: format!("{:08x}", rand::random::<u32>()),
            ring: Mutex::default(),
            latest: watch::Sender::new(0),
        }
    }
}

impl Feed {
    /// Appends an event and wakes the listeners.
    pub(super) fn push(&self, name: &'static str, data: &Value) {
        let number = self.lock().push(name, data.to_string());
        self.latest.send_replace(number);
    }

    /// The `id:` of message `number`, and what `Last-Event-ID` brings back.
    pub fn id(&self, number: u64) -> String {
        format!("{}-{number}", self.process)
    }

    /// Woken at every new event.
    pub fn watch(&self) -> watch::Receiver<u64> {
        self.latest.subscribe()
    }

    /// Where a listener goes on that last had the event `last_id`.
    pub fn resume(&self, last_id: Option<&str>) -> Resumed {
        let ring = self.lock();
        let fresh = ring.last + 1;
        let Some(id) = last_id.filter(|id| !id.is_empty()) else {
            return Resumed::Fresh { next: fresh };
        };
        let number = id
            .strip_prefix(&self.process)
            .and_then(|rest| rest.strip_prefix('-')?.parse::<u64>().ok());
        match number {
            Some(number) if number + 1 >= ring.first() && number < fresh => {
                Resumed::Seamless { next: number + 1 }
            }
            Some(number) if number < fresh => Resumed::Missed {
                next: ring.first(),
                count: Some(ring.first() - number - 1),
            },
            _ => Resumed::Missed {
                next: fresh,
                count: None,
            },
        }
    }

    /// The event `next`, or the oldest there is.
    pub fn read(&self, next: u64) -> Read {
        let ring = self.lock();
        let first = ring.first();
        if next < first {
            return Read::Missed {
                count: first - next,
                next: first,
            };
        }
        let at = usize::try_from(next - first).unwrap_or(usize::MAX);
        match ring.messages.get(at) {
            Some(message) => Read::Message(Arc::clone(message)),
            None => Read::Nothing,
        }
    }

    fn lock(&self) -> MutexGuard<'_, Ring> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Ring {
    fn push(&mut self, name: &'static str, data: String) -> u64 {
        self.last += 1;
        self.bytes += data.len();
        self.messages.push_back(Arc::new(Message {
            number: self.last,
            name,
            data,
        }));
        while self.messages.len() > MAX_MESSAGES || self.bytes > MAX_BYTES {
            let Some(gone) = self.messages.pop_front() else {
                break;
            };
            self.bytes -= gone.data.len();
        }
        self.last
    }

    /// The number of the oldest message kept, or of the next to come.
    fn first(&self) -> u64 {
        self.last + 1 - self.messages.len() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn filled(count: usize) -> Feed {
        let feed = Feed::default();
        for n in 0..count {
            feed.push("call", &json!(n));
        }
        feed
    }

    fn number(read: &Read) -> Option<u64> {
        match read {
            Read::Message(message) => Some(message.number),
            _ => None,
        }
    }

    #[test]
    fn a_listener_goes_on_right_behind_the_last_event_it_had() {
        let feed = filled(5);
        assert_eq!(feed.resume(None), Resumed::Fresh { next: 6 });
        let third = feed.id(3);
        assert_eq!(feed.resume(Some(&third)), Resumed::Seamless { next: 4 });
        let last = feed.id(5);
        assert_eq!(feed.resume(Some(&last)), Resumed::Seamless { next: 6 });
        assert_eq!(number(&feed.read(4)), Some(4));
        assert!(matches!(feed.read(6), Read::Nothing));
        let before = feed.id(0);
        assert_eq!(feed.resume(Some(&before)), Resumed::Seamless { next: 1 });
    }

    #[test]
    fn the_ring_is_bounded_and_says_what_is_gone() {
        let feed = filled(MAX_MESSAGES + 10);
        assert_eq!(
            feed.resume(Some(&feed.id(4))),
            Resumed::Missed {
                next: 11,
                count: Some(6)
            }
        );
        let Read::Missed { count, next } = feed.read(5) else {
            panic!("they are gone");
        };
        assert_eq!((count, next), (6, 11));
        let large = "x".repeat(MAX_BYTES / 4);
        for _ in 0..8 {
            feed.push("order", &json!(large));
        }
        let ring = feed.lock();
        assert!(ring.bytes <= MAX_BYTES && ring.messages.len() < 8);
    }

    #[test]
    fn the_number_of_another_process_or_of_the_future_is_not_believed() {
        let feed = filled(5);
        let missed = Resumed::Missed {
            next: 6,
            count: None,
        };
        let future = feed.id(9);
        for id in ["00000000x-3", "3", "-", "zzzz", future.as_str()] {
            assert_eq!(feed.resume(Some(id)), missed, "{id}");
        }
        assert_eq!(feed.resume(Some("")), Resumed::Fresh { next: 6 });
    }
}
