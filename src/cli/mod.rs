//! Subcommands.

pub mod understand;
