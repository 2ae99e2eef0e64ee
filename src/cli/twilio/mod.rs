//! `maitred twilio sync`: every number of the table is told at Twilio where its calls go.
//!
//! `command` reads the numbers that somebody answers (a folder, or a running server's table); `rest_client` asks Twilio
//! for each account's numbers, page by page; `sync` compares (pure) and says what is to be done; `told` says it to a
//! person or a program; `rest_client` does it.

mod command;
mod rest_client;
mod sync;
mod told;

pub use command::{TwilioArgs, run};
