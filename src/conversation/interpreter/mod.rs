//! The interpreter: what a French or Spanish caller says, in the words the waiter's rules are written in.
//!
//! Understanding, corrections, questions and answers are rules over English function words ("with", "instead of",
//! "that's all", "how much is"). A language brings a table of its own function words and phrases with what each means
//! in those (`french`, `spanish`); `phrasebook` applies it, longest phrase first. Numbers become figures; every other word
//! is the caller's own, without gender and number (`words`). `menu` reads the restaurant's names the same way, so that
//! both sides meet. [`Said`] remembers what was really said: names and echoes are spoken back as the caller spoke them.
//!
//! English passes through untouched.

mod french;
mod menu;
mod phrasebook;
mod said;
mod spanish;

pub(super) use menu::read_menu;
pub(super) use phrasebook::read;
pub use said::Said;
