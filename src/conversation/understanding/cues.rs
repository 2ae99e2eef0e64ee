//! Function words: what they do to the order around them.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::phrases::PHRASES;
use crate::conversation::lexicon::spelt_out;
use crate::words::Token;

/// What a function word or phrase does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Cue {
    /// Says nothing about the order.
    Filler,
    /// A new clause: "I'd like", "also", "for toppings".
    Opener,
    /// "a", "an", "some".
    Article,
    /// "the", "that": something known.
    Definite,
    /// "another", "one more".
    Another,
    /// "the other", "the rest": what a split leaves.
    Other,
    /// "the first one", "the second one": one of several.
    Nth,
    /// "on one", "on the other", behind choices: only some of several have them.
    OnSome,
    /// "two chicken ones": as what was named before.
    Ones,
    /// "no wait", "I mean": what comes next replaces what was said last.
    Repair,
    /// "make it", "make that": an item that comes next replaces the one before it.
    Instead,
    /// "twice", "three times": so many of what was named last.
    Times(u32),
    /// "and", "plus".
    And,
    /// "or", "nor".
    Or,
    /// "with", "on it", "topped with": choices follow.
    With,
    /// "but", "then".
    But,
    /// "no": for the next choice, and on over "or".
    No,
    /// "without", "hold the": on over "or" and "and".
    Without,
    /// "sugar free": without what was just named.
    Free,
    /// "light", "a little".
    Light,
    /// "extra", "lots of".
    Extra,
    /// "regular", "normal amount of": as it comes.
    Plain,
    /// "half", "on one half".
    Half,
    /// "on all of it", after "ham on half".
    Whole,
    /// "both", "each", "all of them".
    Spread,
    /// "everything", "all the toppings": every choice of an option.
    All,
    /// "a side of", "a bag of": an item follows.
    Portion,
    /// A food noun that only describes what was named ("tuna sandwich", "caesar dressing").
    Head,
    /// "on the side", "as a drink": an item came before.
    AsItem,
}

/// Phrases indexed for lookup.
#[derive(Debug)]
pub(super) struct Cues {
    by_phrase: HashMap<String, Vec<Cue>>,
    longest: usize,
}

/// One table serves all menus: function words are the language's, not the restaurant's.
static CUES: LazyLock<Cues> = LazyLock::new(Cues::new);

/// The function words of English.
pub(super) fn cues() -> &'static Cues {
    &CUES
}

impl Cues {
    fn new() -> Self {
        let mut by_phrase: HashMap<String, Vec<Cue>> = HashMap::new();
        let mut longest = 1;
        for (cue, pattern) in PHRASES {
            for phrase in spelt_out(pattern) {
                longest = longest.max(phrase.split(' ').count());
                let cues = by_phrase.entry(phrase).or_default();
                if !cues.contains(cue) {
                    cues.push(*cue);
                }
            }
        }
        Self { by_phrase, longest }
    }

    /// Cues that begin at a word: how many words each takes, longest first.
    pub fn at(&self, words: &[Token], at: usize) -> Vec<(usize, Cue)> {
        let mut found = Vec::new();
        let mut phrase = String::new();
        for len in 1..=self.longest.min(words.len() - at) {
            if len > 1 {
                phrase.push(' ');
            }
            phrase.push_str(&words[at + len - 1].text);
            for &cue in self.by_phrase.get(phrase.as_str()).into_iter().flatten() {
                found.push((len, cue));
            }
        }
        found.reverse();
        found
    }

    /// Is this single word a cue?
    pub fn is_cue(&self, word: &str) -> bool {
        self.by_phrase.contains_key(word)
    }

    /// Is this single word a food noun that may only describe?
    pub fn is_head(&self, word: &str) -> bool {
        let cues = self.by_phrase.get(word);
        cues.is_some_and(|cues| cues.contains(&Cue::Head))
    }
}
