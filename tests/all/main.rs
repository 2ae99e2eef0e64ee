//! The integration tests, one binary: one link, one line of totals.

mod conversations;
mod floors;
mod restaurant_files;
mod service;
mod software_phone;
mod spoken;
