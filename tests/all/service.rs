//! The server as Twilio and operators meet it: one app in this process, on a port of its own, in a folder of its own.
//! Time stands still unless a test moves it.

mod accounts;
mod admin;
mod after;
mod audit;
mod config;
mod drain;
mod events;
mod files;
mod finish;
mod listening;
mod metrics;
mod misdirected;
mod never_reads;
mod nginx;
mod notified;
mod planned;
mod rebinding;
mod slow;
mod sms;
mod socket;
mod streamed;
mod twilio;
mod webhook;
