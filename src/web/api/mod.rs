//! What operators and tools read: the table, its files, their events, calls and orders, behind the admin token.

mod admin;
mod answer;
mod calls;
mod config;
mod config_events;
mod etag;
mod orders;
mod restaurants;
mod rollback;
mod table;

pub(super) use admin::refusal;
pub(super) use calls::{call, calls};
pub(super) use config::{confirm, reload, validate};
pub(super) use config_events::events;
pub(super) use orders::orders;
pub(super) use restaurants::restaurant;
pub(super) use rollback::rollback;
pub(super) use table::table;
