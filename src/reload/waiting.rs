//! Bytes that may be half of what somebody is writing, and since when they have not changed.

use std::time::Instant;

use crate::restaurant::Digest;

/// Bytes that are given time.
#[derive(Clone, Debug)]
pub(super) struct Waiting {
    pub(super) digest: Digest,
    pub(super) since: Instant,
}
