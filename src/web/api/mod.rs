//! What operators and tools read: the table, its files, their events, calls and orders: one scope, one [`guard`].

mod admin;
mod answer;
mod calls;
mod config;
mod config_events;
mod etag;
mod events;
mod kitchen;
mod orders;
mod pace;
mod restaurants;
mod rollback;
mod routes;
mod sold_out;
mod sse;
mod table;

pub(super) use admin::guard;
pub(super) use routes::routes;
