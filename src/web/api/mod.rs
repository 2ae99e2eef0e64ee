//! What operators and tools read: the table, calls and orders, as JSON, behind the admin token.

mod admin;
mod answer;
mod calls;
mod config;
mod orders;
mod table;

pub(super) use admin::refusal;
pub(super) use calls::{call, calls};
pub(super) use config::{confirm, reload, validate};
pub(super) use orders::orders;
pub(super) use table::table;
