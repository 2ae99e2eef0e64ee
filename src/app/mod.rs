//! Wiring, start and stop: the only place that knows every room.
//!
//! settings -> store -> the folder's first scan -> speech, warm -> the web server, bound -> [`App`], ready ->
//! [`App::run`] until a signal -> drain -> stop. Nothing is answered before the folder and the voice are there.

mod background;
mod build;
mod config_reports;
mod drain;
mod first_call;
mod git_commits;
mod greetings;
mod notify;
mod retention;
mod store_watch;
mod systemd;

pub use build::{App, Options, StartError};
