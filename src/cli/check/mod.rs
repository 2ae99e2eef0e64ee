//! `maitred check PATH...`: the server's own reading of files and folders, offline.
//!
//! `gather` reads what was named (a folder as the server would, number conflicts included), `draw` shows each problem
//! with its line, `command` puts both on the terminal.

mod command;
mod draw;
mod gather;

pub use command::{CheckArgs, run};
