//! Subcommands.

pub mod talk;
pub mod understand;
