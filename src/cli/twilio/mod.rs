//! `maitred twilio call`: a call on the line is ended or joined to a person (`live_call`).
//!
//! `maitred twilio sync`: every number of the table is told at Twilio where its calls go.
//!
//! `command` reads the numbers that somebody answers (a folder, or a running server's table); `numbers` asks Twilio
//! for each account's numbers, page by page; `sync` compares (pure) and says what is to be done; `told` says it to a
//! person or a program; `numbers` does it. `credentials` are the environment's.

mod command;
mod credentials;
mod live_call;
mod numbers;
mod sync;
mod told;

pub use command::{TwilioArgs, run};
