//! A reply while it is put together.

use super::{Action, Reply, Sentence};

/// Sentences in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Speech {
    sentences: Vec<Sentence>,
}

impl Speech {
    /// A sentence about this call.
    pub fn say(&mut self, text: String) {
        self.push(text, false, false);
    }

    /// A sentence that is the same in every call to this restaurant.
    pub fn fixed(&mut self, text: String) {
        self.push(text, true, false);
    }

    /// A sentence of the read-back.
    pub fn read_back(&mut self, text: String) {
        self.push(text, false, true);
    }

    fn push(&mut self, text: String, fixed: bool, read_back: bool) {
        if !text.trim().is_empty() {
            self.sentences.push(Sentence {
                text,
                fixed,
                read_back,
            });
        }
    }

    /// Nothing said yet?
    pub fn is_empty(&self) -> bool {
        self.sentences.is_empty()
    }

    /// The finished reply.
    pub fn reply(self, action: Action) -> Reply {
        Reply {
            sentences: self.sentences,
            action,
        }
    }
}
