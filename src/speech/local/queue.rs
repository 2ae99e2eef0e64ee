//! Who is served next: jobs for a fixed number of threads, a live caller's before everything else.
//!
//! Bounded: a producer waits (asynchronously) when too many of its kind are queued, so a reload that wants a thousand
//! greetings rendered neither grows memory nor gets in a caller's way. Background jobs leave one thread free.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Who waits for a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(in crate::speech) enum Urgency {
    /// A caller, on the line, now.
    Live,
    /// Nobody yet: a greeting rendered ahead of its first call.
    Background,
}

/// Jobs of each kind that may wait.
const ROOM: usize = 64;

/// The queue; `J` is a job.
pub(super) struct Queue<J> {
    state: Mutex<State<J>>,
    ready: Condvar,
    live_room: Arc<Semaphore>,
    background_room: Arc<Semaphore>,
    /// Background jobs that may run at once.
    background_threads: usize,
}

struct State<J> {
    live: VecDeque<(J, OwnedSemaphorePermit)>,
    background: VecDeque<(J, OwnedSemaphorePermit)>,
    background_running: usize,
    closed: bool,
}

impl<J> Queue<J> {
    /// For `threads` takers.
    pub(super) fn new(threads: usize) -> Self {
        Self {
            state: Mutex::new(State {
                live: VecDeque::new(),
                background: VecDeque::new(),
                background_running: 0,
                closed: false,
            }),
            ready: Condvar::new(),
            live_room: Arc::new(Semaphore::new(ROOM)),
            background_room: Arc::new(Semaphore::new(ROOM)),
            background_threads: threads.saturating_sub(1).max(1),
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<J>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Queues a job, once there is room. `false`: the queue is closed and the job is gone.
    pub(super) async fn push(&self, urgency: Urgency, job: J) -> bool {
        let room = match urgency {
            Urgency::Live => &self.live_room,
            Urgency::Background => &self.background_room,
        };
        let Ok(permit) = Arc::clone(room).acquire_owned().await else {
            return false;
        };
        let mut state = self.lock();
        if state.closed {
            return false;
        }
        match urgency {
            Urgency::Live => state.live.push_back((job, permit)),
            Urgency::Background => state.background.push_back((job, permit)),
        }
        drop(state);
        self.ready.notify_one();
        true
    }

    /// Waits for the next job this thread may do; `None` once the queue is closed. Call [`Queue::done`] after it.
    pub(super) fn take(&self) -> Option<(J, Urgency)> {
        let mut state = self.lock();
        loop {
            if state.closed {
                return None;
            }
            if let Some((job, _room)) = state.live.pop_front() {
                return Some((job, Urgency::Live));
            }
            if state.background_running < self.background_threads
                && let Some((job, _room)) = state.background.pop_front()
            {
                state.background_running += 1;
                return Some((job, Urgency::Background));
            }
            state = self
                .ready
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// A job taken with this urgency is finished.
    pub(super) fn done(&self, urgency: Urgency) {
        if urgency == Urgency::Background {
            self.lock().background_running -= 1;
            self.ready.notify_one();
        }
    }

    /// Sends every taker home and drops what waits.
    pub(super) fn close(&self) {
        let mut state = self.lock();
        state.closed = true;
        state.live.clear();
        state.background.clear();
        drop(state);
        self.live_room.close();
        self.background_room.close();
        self.ready.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures_util::FutureExt;

    fn push(queue: &Queue<u32>, urgency: Urgency, job: u32) -> Option<bool> {
        queue.push(urgency, job).now_or_never()
    }

    #[test]
    fn a_live_caller_overtakes_waiting_greetings() {
        let queue = Queue::new(2);
        for (urgency, job) in [
            (Urgency::Background, 1),
            (Urgency::Live, 2),
            (Urgency::Live, 3),
        ] {
            assert_eq!(push(&queue, urgency, job), Some(true));
        }
        let order: Vec<_> = (0..3).filter_map(|_| queue.take()).collect();
        assert_eq!(
            order,
            [
                (2, Urgency::Live),
                (3, Urgency::Live),
                (1, Urgency::Background)
            ]
        );
    }

    #[test]
    fn one_thread_is_left_for_callers() {
        let queue = Queue::new(2);
        push(&queue, Urgency::Background, 1);
        push(&queue, Urgency::Background, 2);
        assert_eq!(queue.take(), Some((1, Urgency::Background)));
        push(&queue, Urgency::Live, 3);
        assert_eq!(queue.take(), Some((3, Urgency::Live)));
        queue.done(Urgency::Live);
        queue.done(Urgency::Background);
        assert_eq!(queue.take(), Some((2, Urgency::Background)));
    }

    #[test]
    fn a_full_queue_makes_its_own_kind_wait() {
        let queue = Queue::new(1);
        for job in 0..ROOM as u32 {
            assert_eq!(push(&queue, Urgency::Background, job), Some(true));
        }
        assert_eq!(push(&queue, Urgency::Background, 999), None);
        assert_eq!(push(&queue, Urgency::Live, 999), Some(true));
    }

    #[test]
    fn a_closed_queue_takes_and_gives_nothing() {
        let queue = Queue::new(1);
        push(&queue, Urgency::Live, 1);
        queue.close();
        assert_eq!(queue.take(), None);
        assert_eq!(push(&queue, Urgency::Live, 2), Some(false));
    }
}
