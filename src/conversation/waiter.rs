//! The waiter (thin: it greets; being widened).

use std::sync::Arc;

use jiff::ZonedDateTime;

use super::{Action, CompiledMenu, Completeness, Reply, Sentence, State};
use crate::order::Cart;
use crate::restaurant::Restaurant;

/// Takes one caller's order. Cheap to clone: the call keeps a copy from before each turn.
#[derive(Clone, Debug)]
pub struct Waiter {
    restaurant: Arc<Restaurant>,
    menu: Arc<CompiledMenu>,
    cart: Cart,
    state: State,
}

impl Waiter {
    /// A waiter at the start of a call.
    pub fn new(restaurant: Arc<Restaurant>, menu: Arc<CompiledMenu>) -> Self {
        let cart = Cart::new(Arc::clone(&restaurant));
        Self {
            restaurant,
            menu,
            cart,
            state: State::Greeting,
        }
    }

    /// What the caller hears first: the announcement, if any, then the greeting.
    pub fn greeting(&mut self) -> Reply {
        say(&self.restaurant.greeting())
    }

    /// How finished the words so far sound.
    pub fn completeness(&self, words: &str) -> Completeness {
        if words.trim().is_empty() {
            Completeness::Open
        } else {
            Completeness::Order
        }
    }

    /// Are these words only an acknowledgement ("mm-hm")?
    pub fn is_backchannel(&self, words: &str) -> bool {
        matches!(words.trim(), "mm-hm" | "okay" | "uh-huh")
    }

    /// Answers one whole caller turn.
    pub fn hear(&mut self, _words: &str, _now: &ZonedDateTime) -> Reply {
        self.state = State::Ordering;
        say("Sorry, I did not get that.")
    }

    /// Answers a key.
    pub fn key(&mut self, _digit: char, now: &ZonedDateTime) -> Reply {
        self.hear("", now)
    }

    /// The order was stored under this spoken number.
    pub fn committed(&mut self, number: u32) -> Reply {
        self.state = State::Confirmed;
        say(&format!("Your order is in. It's number {number}."))
    }

    /// The order could not be stored.
    pub fn commit_failed(&mut self) -> Reply {
        Reply {
            action: Action::HandOff,
            ..say("Sorry, something went wrong.")
        }
    }

    /// The caller has been silent, for the `nth` time in a row.
    pub fn silence(&mut self, nth: u8) -> Reply {
        let action = if nth >= 3 {
            Action::Cancel
        } else {
            Action::Listen
        };
        Reply {
            action,
            ..say("Are you still there?")
        }
    }

    /// A minute before the longest call ends.
    pub fn time_nearly_up(&mut self) -> Reply {
        say("We have about a minute left.")
    }

    /// The longest call is over.
    pub fn time_up(&mut self) -> Reply {
        Reply {
            action: Action::Cancel,
            ..say("Sorry, our time is up. Goodbye.")
        }
    }

    /// The caller cut in before the read-back was heard whole.
    pub fn read_back_cut(&mut self) {}

    /// Where the conversation stands.
    pub fn state(&self) -> State {
        self.state
    }

    /// The order so far.
    pub fn cart(&self) -> &Cart {
        &self.cart
    }

    /// Display text as speech text.
    pub fn speakable(&self, display: &str) -> String {
        display.to_owned()
    }

    /// Menu words for recogniser bias.
    pub fn listening_words(&self) -> &[String] {
        self.menu.listening_words()
    }
}

fn say(text: &str) -> Reply {
    Reply {
        sentences: vec![Sentence {
            text: text.to_owned(),
            fixed: true,
            read_back: false,
        }],
        action: Action::Listen,
    }
}
