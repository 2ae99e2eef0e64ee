//! Subcommands.

pub mod models;
