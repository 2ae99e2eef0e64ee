//! Subcommands.

pub mod models;
pub mod talk;
pub mod understand;
