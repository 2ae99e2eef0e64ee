//! Servers for the tests: one way to start each kind.
//!
//! `ServerSetup` (files, flags, environment, clock) -> `TestServer` (the product in the test's process, on a port of its
//! own) -> `WatchedServer` (with every report of its watch), `SpokenServer` (with real speech and the example
//! restaurants). `ServerProcess` is the binary itself: reached over TCP only, signalled, killed, its log read; `DiskFaults` starts one whose disk fails on command.

mod disk_faults;
mod restaurants;
mod server_process;
mod server_setup;
mod spoken_server;
mod test_server;
mod watched_server;

use std::time::Duration;

pub use disk_faults::{DiskFaults, EIO, ENOSPC, EROFS, HANGS};
pub use restaurants::{BELLA, LOOP, PERSON, RETIRED, SHUT, SMALL, many, menu};
pub use server_process::{SCRIPTED, ServerProcess};
pub use server_setup::{ADMIN, OLD_TOKEN, PUBLIC, ServerSetup, TOKEN};
pub use spoken_server::{SpokenServer, voice};
pub use test_server::TestServer;
pub use watched_server::{WatchedServer, shell};

/// However slow the machine: what did not happen by then never will. Nothing is measured by it.
pub const NEVER: Duration = Duration::from_secs(120);
