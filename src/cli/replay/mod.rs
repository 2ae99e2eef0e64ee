//! `maitred replay CALLS --restaurant FILE`: what an edited file would have made of calls that were recorded.
//!
//! `calls` reads the records -> `rerun` says the callers' lines again, to a waiter who has the edited menu -> `verdict`
//! compares the two orders -> `command` prints what differs.

mod calls;
mod command;
mod rerun;
mod verdict;

pub use command::{ReplayArgs, run};
