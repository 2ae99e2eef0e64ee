//! An answer: what to say, and what may be pointed at after it.

use super::super::speech::Speech;
use crate::order::CartError;

/// The answer to one question.
#[derive(Debug, Default)]
pub(in super::super) struct Answer {
    pub speech: Speech,
    pub subject: Subject,
    /// Dishes read out: "which one is cheaper?" may follow.
    pub listed: Option<Vec<usize>>,
    /// A dish to offer, where nothing else is open.
    pub offer: Option<usize>,
    /// Why it cannot be had, said as whoever ordered it would hear it.
    pub refused: Option<CartError>,
    /// What the order comes to is said behind.
    pub total: bool,
}

/// The dish an answer is about: "I'll take it" may follow.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in super::super) enum Subject {
    /// The one talked about before.
    #[default]
    AsBefore,
    None,
    Dish(usize),
}

impl Answer {
    /// One sentence.
    pub fn saying(text: String) -> Self {
        let mut answer = Self::default();
        answer.speech.say(text);
        answer
    }

    /// One sentence that is the same in every call to this restaurant.
    pub fn fixed(text: String) -> Self {
        let mut answer = Self::default();
        answer.speech.fixed(text);
        answer
    }

    /// About a dish, if it is known which.
    pub fn about(mut self, dish: Option<usize>) -> Self {
        self.subject = dish.map_or(Subject::None, Subject::Dish);
        self
    }

    /// Dishes that were read out.
    pub fn listing(mut self, dishes: &[usize]) -> Self {
        self.listed = Some(dishes.to_vec());
        let only = match dishes {
            [only] => Some(*only),
            _ => None,
        };
        self.about(only)
    }
}
