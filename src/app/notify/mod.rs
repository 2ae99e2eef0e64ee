//! A warning that reaches a human: `--notify-url` is told when a file is rejected, held, or stale for an hour.
//!
//! After every scan and every minute `troubles` looks at the folder's rows -> notices, each state once -> `message`
//! (JSON) -> a bounded queue -> `delivery` (signed, retried; never to a private address unless that is allowed). Nothing
//! here is on the way of a reload: a full queue drops the notice and says so.

mod message;
mod troubles;
mod watch;

pub(super) use watch::{Notifier, start};
