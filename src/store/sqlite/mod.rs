//! The store in a file of SQLite's, with a write-ahead log, every commit on disk before it returns.
//!
//! `open` -> migrations -> `writer`, the one connection that writes (closed, not mended, when a write fails), and
//! `readers`, a few that read. `calls`, `orders`, `outbox`, `messages`, `texts`, `kitchen`, `people` and `last_good` hold the statements, `order_rows`, `delivery_rows`, `call_key` and `instant` the
//! form things have in tables. `probe` asks the disk whether an order could be stored, `health` remembers; `files` notices a
//! database that was removed or replaced, `whole` looks at what is in one.

mod call_key;
mod calls;
#[cfg(test)]
mod calls_tests;
mod delivery_rows;
mod files;
#[cfg(test)]
mod files_tests;
#[cfg(test)]
mod full_disk_tests;
mod health;
mod instant;
mod kept_carts;
mod kitchen;
mod last_good;
mod messages;
mod open;
mod order_rows;
mod orders;
mod outbox;
mod outbox_lines;
mod people;
mod probe;
mod readers;
mod texts;
mod whole;
mod writer;

pub(super) use open::SqliteStore;
pub use open::{database_file, default_url};
