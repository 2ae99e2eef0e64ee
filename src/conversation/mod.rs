//! The waiter: words in, words and decisions out. Pure; the caller's time of day is an argument.
//!
//! `understanding` finds menu things in the words; `waiter` keeps the state of the conversation and the cart
//! (`answering` takes answers to its `question`, `inquiries` says what `questions` answers to the caller's, `asked_item`
//! orders what was asked about, `corrections` takes an utterance
//! apart after `reworded` and `pointed` made it plain, `taking`, `adding`, `changing`, `counting` and `portions` change the cart, `pointing`
//! understands "another one", `line_changes` what is said of a line ("one of them", "on the wings"), `siblings` what is named by what sets it apart
//! from the line before (`counted_parts` takes such lines apart, `option_parts` answers with several sizes), `which_item` asks which is meant, `asking` decides what to ask next, `doubted` and `closing`
//! take the answers to a guess and to the read-back, `said_beside` what is no food (`callback` a number to call, `delivering` where it is brought, which `address_said` reads (by `address_words`, `address_street` and `address_codes`)), `refusal_words` reads the many ways to leave something off, `refusals` says why not,
//! `requests` finds what goes to the kitchen as a note, `measures` reads half a pound, `numbered` knows dishes by their numbers, `misheard` mends what a bad line does and asks in other words, `guesses` finds the
//! likeliest of several readings of the sound, `kitchen_news` tells what ran out meanwhile, `message` takes one where nobody answers);
//! `wording` says it. `lexicon` tags what is no menu, `act` reads acts from the tags and `questions` answers by topic (the form that all of
//! this room is to take: tags -> acts -> edits -> reply). `interpreter` reads French and
//! Spanish into the words these rules are written in. `llm_agent` lets a language model take the order on the same cart. `call` asks
//! [`Waiter::completeness`] while the caller pauses and [`Waiter::hear`] when a turn ends.

mod act;
mod adding;
mod address_codes;
mod address_said;
mod address_street;
mod address_words;
mod allergy_said;
mod answering;
mod asked_item;
mod asking;
mod asks;
mod callback;
mod changing;
mod closing;
mod completeness;
mod corrections;
mod counted_parts;
mod counting;
mod delivering;
mod describe;
mod doubted;
mod guesses;
mod inquiries;
mod intent;
mod interpreter;
mod kitchen_news;
mod lexicon;
mod line_changes;
mod llm_agent;
mod measures;
mod message;
mod misheard;
mod numbered;
mod option_parts;
mod pointed;
mod pointing;
mod portions;
mod question;
mod questions;
mod refusal_words;
mod refusals;
mod requests;
mod reworded;
mod said_beside;
mod seam;
mod siblings;
mod speech;
mod taking;
mod understanding;
mod waiter;
mod which_item;
mod wording;

pub use guesses::likeliest;
pub use interpreter::Said;
pub use llm_agent::{
    Brief, LlmAgent, LlmError, Message, Next, Request, Step, Streamed, Tool, ToolCall,
};
pub use seam::{Action, Completeness, Reply, Sentence, State};
pub use understanding::{
    Ambiguous, AmbiguousKind, CompiledMenu, HeardLine, LooseChoice, Understood, WantedName,
};
pub use waiter::Waiter;
