//! Calls on the folder's disk, which it may hold for ever.

use std::sync::atomic::{AtomicU64, Ordering};

/// Calls on the folder's disk, as one may see from outside that they do not come back.
#[derive(Debug, Default)]
pub(super) struct DiskCalls {
    begun: AtomicU64,
    ended: AtomicU64,
}

/// A call that ends when this is dropped.
struct DiskCall<'a>(&'a DiskCalls);

impl Drop for DiskCall<'_> {
    fn drop(&mut self) {
        self.0.ended.fetch_add(1, Ordering::SeqCst);
    }
}

impl DiskCalls {
    /// Does this, which the disk may hold for ever.
    pub(super) fn during<T>(&self, call: impl FnOnce() -> T) -> T {
        self.begun.fetch_add(1, Ordering::SeqCst);
        let _call = DiskCall(self);
        call()
    }

    /// How many came back; `None` when none is under way.
    pub(super) fn waiting(&self) -> Option<u64> {
        let ended = self.ended.load(Ordering::SeqCst);
        (self.begun.load(Ordering::SeqCst) > ended).then_some(ended)
    }
}
