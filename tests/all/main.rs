//! The integration tests, one binary: one link, one line of totals.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and brings its own files, sockets and tasks"
)]

mod conversations;
mod floors;
mod restaurant_files;
mod service;
mod software_phone;
mod spoken;
