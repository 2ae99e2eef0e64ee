//! Work on the folder for somebody who must not wait for its disk.

use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};

/// Longer is not waited for: the first scan of ten thousand files takes seconds.
const ASIDE_TIMEOUT: Duration = Duration::from_secs(60);
/// Threads at once. Where the disk does not answer that many hang, and no more.
const MAX_ASIDE: usize = 4;

/// Why there is no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AsideError {
    #[error("the folder has not answered for a minute; what was asked for may still happen")]
    TookTooLong,
    #[error("others are waiting for the folder; try again later")]
    Busy,
    #[error("the scan failed")]
    Failed,
}

/// Threads for such work, a few at a time.
#[derive(Debug)]
pub(super) struct Aside {
    free: Arc<Semaphore>,
    timeout: Duration,
}

impl Default for Aside {
    fn default() -> Self {
        Self {
            free: Arc::new(Semaphore::new(MAX_ASIDE)),
            timeout: ASIDE_TIMEOUT,
        }
    }
}

impl Aside {
    /// Does `work` with `what` on a thread of its own. (One of the runtime's would hold up its end while it hangs.)
    pub(super) async fn run<W: Send + Sync + 'static, T: Send + 'static>(
        &self,
        what: Arc<W>,
        work: impl FnOnce(&W) -> T + Send + 'static,
    ) -> Result<T, AsideError> {
        let place = Arc::clone(&self.free).try_acquire_owned();
        let place = place.map_err(|_| AsideError::Busy)?;
        let (sender, done) = oneshot::channel();
        std::thread::Builder::new()
            .name("folder-aside".to_owned())
            .spawn(move || {
                let done = std::panic::catch_unwind(AssertUnwindSafe(|| work(&what)));
                drop(place);
                let _ = sender.send(done);
            })
            .map_err(|_| AsideError::Busy)?;
        match tokio::time::timeout(self.timeout, done).await {
            Err(_) => Err(AsideError::TookTooLong),
            Ok(Ok(Ok(done))) => Ok(done),
            Ok(_) => Err(AsideError::Failed),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::{Condvar, Mutex};

    #[tokio::test]
    async fn a_disk_that_does_not_answer_costs_a_few_threads_and_everyone_an_error() {
        let aside = Aside {
            timeout: Duration::from_millis(20),
            ..Aside::default()
        };
        let gate = Arc::new((Mutex::new(false), Condvar::new()));
        let hang = |gate: &(Mutex<bool>, Condvar)| {
            let mut open = gate.0.lock().unwrap();
            while !*open {
                open = gate.1.wait(open).unwrap();
            }
        };
        for _ in 0..MAX_ASIDE {
            let hung = aside.run(Arc::clone(&gate), hang).await;
            assert_eq!(hung, Err(AsideError::TookTooLong));
        }
        let busy = aside.run(Arc::clone(&gate), hang).await;
        assert_eq!(busy, Err(AsideError::Busy));
        *gate.0.lock().unwrap() = true;
        gate.1.notify_all();
        // All places come back.
        let all = MAX_ASIDE as u32;
        drop(aside.free.acquire_many(all).await.unwrap());
        let aside = Aside::default();
        assert_eq!(aside.run(gate, |_| 7).await, Ok(7));
        let failed = aside
            .run(Arc::new(()), |()| -> u8 { panic!("planned") })
            .await;
        assert_eq!(failed, Err(AsideError::Failed));
    }
}
