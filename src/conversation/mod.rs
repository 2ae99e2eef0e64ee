//! The waiter: words in, words and decisions out. Pure; the caller's time of day is an argument.
//!
//! `understanding` finds menu things in the words, `waiter` keeps the state of the conversation and the cart,
//! `wording` says it. `call` asks [`Waiter::completeness`] while the caller pauses and [`Waiter::hear`] when a turn ends.

mod seam;
mod understanding;
mod waiter;

pub use seam::{Action, Completeness, Reply, Sentence, State};
pub use understanding::{
    Ambiguous, AmbiguousKind, CompiledMenu, HeardLine, LooseChoice, Understood,
};
pub use waiter::Waiter;
