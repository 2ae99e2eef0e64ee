//! Subcommands.

pub mod call;
