//! Subcommands.

pub mod call;
pub mod models;
