//! `maitred plan PATH`: what would change if the server had this folder, or this file, told in dishes and numbers.
//!
//! `gather` (of `check`) reads PATH; `server` asks a running server what it serves, or another folder is read; `proposed`
//! decides with the server's own ownership rules and compares; `told` says it to a person; `command` picks the exit code.

mod command;
mod proposed;
mod server;
mod told;

pub use command::{PlanArgs, PlanFormat, run};
pub(in crate::cli) use server::{ServerError, table as server_table};
