//! `maitred check PATH...`: the server's own reading of files and folders, offline.
//!
//! `gather` reads what was named (a folder as the server would, number conflicts included); `draw` shows each problem
//! with its line to a person, `json`, `github` and `sarif` say the same to a machine; `command` prints and picks the
//! exit code.

mod command;
mod draw;
pub(in crate::cli) mod gather;
mod github;
mod json;
mod sarif;

pub use command::{CheckArgs, Format, run};
