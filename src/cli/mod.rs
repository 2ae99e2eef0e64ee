//! Subcommands.

pub mod orders;
mod orders_text;
