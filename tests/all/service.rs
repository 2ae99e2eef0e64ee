//! The server as Twilio and operators meet it: one app in this process, on a port of its own, in a folder of its own.
//! Time stands still unless a test moves it.

mod admin;
mod after;
mod audit;
mod config;
mod drain;
mod files;
mod finish;
mod listening;
mod metrics;
mod notified;
mod planned;
mod socket;
mod twilio;
mod webhook;
