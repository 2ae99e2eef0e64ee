//! Subcommands.

pub mod check;
pub mod schema;
