//! Language models: a strict stand-in for a provider over a real socket, and the conversations it has.

mod brief;
mod command;
mod conversation;
mod dialects;
mod rules;
mod served;
mod stand_in;
