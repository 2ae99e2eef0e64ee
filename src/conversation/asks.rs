//! Is an utterance a question, and does it ask for nothing to be brought?

use super::intent::{find, holds};

/// Phrases that ask for something to be brought.
const ORDERS: &[&str] = &[
    "can i",
    "could i",
    "may i",
    "ill have",
    "ill take",
    "ill get",
    "id like",
    "i would like",
    "i want",
    "i need",
    "give me",
    "get me",
    "let me",
    "i could get",
    "to order",
    "to add",
    "to get",
    "make it",
    "make that",
    "too late",
    "put",
    "add",
];

/// A question that asks for nothing to be brought: what it names is not ordered.
pub(super) fn only_asks(plain: &str) -> bool {
    const ASKS: &[&str] = &[
        "what is",
        "whats",
        "what are",
        "what does",
        "what do",
        "what kind",
        "what size",
        "what sizes",
        "how big",
        "how many",
        "how spicy",
        "how hot",
        "how large",
        "how is",
        "how are",
        "how do",
        "is the",
        "is there",
        "is it",
        "is that",
        "is this",
        "are the",
        "are there",
        "are you",
        "are your",
        "are they",
        "are these",
        "are those",
        "does",
        "do you",
        "do they",
        "do the",
        "do your",
        "will it",
        "will you",
        "when",
        "where",
        "who",
        "why",
        "which",
        "how far",
        "how old",
    ];
    let rest = without_courtesies(plain);
    ASKS.iter().any(|word| find(rest, word) == Some(0)) && !asks_to_bring(plain)
}

/// Does a question ask for something to be brought ("is it too late to add a coke")?
pub(super) fn asks_to_bring(plain: &str) -> bool {
    ORDERS.iter().any(|phrase| holds(plain, phrase))
}

/// Begins like a question; "I want what he has" does not.
pub(super) fn is_question(plain: &str) -> bool {
    const BEGINS: &[&str] = &[
        "what",
        "whats",
        "how",
        "hows",
        "when",
        "where",
        "wheres",
        "which",
        "do",
        "does",
        "is",
        "are",
        "can you tell",
        "could you tell",
        "tell",
        "read",
        "any",
        "have you",
        "who",
        "im allergic",
        "i am allergic",
        "i have an allergy",
        "i have a",
        "will",
        "did",
        "describe",
        "has",
    ];
    let rest = without_courtesies(plain);
    // "The large pepperoni, how much is it?"
    let ends = [
        "how much",
        "how much is",
        "how much is it",
        "how much are they",
    ];
    let turned = ["is it", "are they"];
    BEGINS.iter().any(|word| find(rest, word) == Some(0))
        || turned.iter().any(|asks| holds(rest, asks))
        || ends.iter().any(|end| {
            rest.strip_suffix(end)
                .is_some_and(|before| before.ends_with(' '))
        })
}

/// A question without "hi", "okay" or "wait" before it.
pub(super) fn without_courtesies(plain: &str) -> &str {
    const COURTEOUS: &[&str] = &[
        "hi",
        "hello",
        "hey",
        "um",
        "uh",
        "okay",
        "ok",
        "and",
        "so",
        "oh",
        "well",
        "yeah",
        "yes",
        "wait",
        "sorry",
        "please",
        "excuse me",
        "actually",
        "just",
        "no",
        "before that",
        "hmm",
        "i dont know",
        "im not sure",
        "not sure",
        "let me see",
        "let me think",
        "you know",
        "one question",
        "question",
        "also",
    ];
    let mut rest = plain;
    while let Some(word) = COURTEOUS.iter().find(|word| find(rest, word) == Some(0)) {
        rest = rest[word.len()..].trim_start();
    }
    rest
}
