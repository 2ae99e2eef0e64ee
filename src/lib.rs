//! maitred answers the telephone for many restaurants, each described by one YAML file.
//!
//! Two flows run through the crate, each a straight line:
//!
//! * **A file becomes a route**: `reload` (watch, read) -> `config` (scan, schema, validate) -> `restaurant` ->
//!   `routing` (owners, table, one atomic swap).
//! * **A call becomes an order**: `web` (webhook, media socket) -> `twilio` (signature, TwiML, codec) -> `call`
//!   (pin, session) -> `audio` (who is speaking) -> `speech` (hear) -> `conversation` (understand, decide) -> `order` ->
//!   `store` (committed); the reply walks back through `words`, `speech`, `audio` and `twilio`.
//!
//! Rooms stand on floors and use only rooms above their own (`docs/architecture.md` lists them, `tests/all/floors.rs`
//! checks them). The first group below is pure: no socket, file, clock, environment or `await`.
#![deny(rustdoc::broken_intra_doc_links)]

pub mod audio;
pub mod config;
pub mod conversation;
pub mod order;
pub mod record;
pub mod restaurant;
pub mod routing;
pub mod twilio;
pub mod words;
// ---- below this line rooms may do I/O ----
pub mod app;
pub mod call;
pub mod cli;
pub mod delivery;
pub mod events;
pub mod llm;
pub mod reload;
pub mod settings;
pub mod speech;
pub mod store;
pub mod web;
