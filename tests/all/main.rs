//! The integration tests, one binary: one link, one line of totals.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::disallowed_methods,
    reason = "a test may panic, and brings its own files, sockets and tasks"
)]

mod addresses;
mod adversarial;
mod allergies;
mod callers;
mod changes;
mod ci;
mod conversations;
mod data_folder;
mod dish_words;
mod eval;
mod floors;
mod folder;
mod full_disk;
mod harness;
mod hostile;
mod isolation;
mod kill;
mod kinds;
mod kitchen;
mod languages;
mod llm;
mod menu_laws;
mod menu_shapes;
mod nginx_site;
mod own_orders;
mod plan;
mod problems;
mod questions;
mod refusals;
mod reload_in_call;
mod replay;
mod restaurant_files;
mod scripted_caller;
mod service;
mod slow_bill;
mod software_phone;
mod spoken;
mod storm;
mod terminals;
mod twilio_sync;
mod waiter_laws;
