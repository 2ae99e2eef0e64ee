//! Subcommands.

pub mod call;
pub mod orders;
mod orders_text;
