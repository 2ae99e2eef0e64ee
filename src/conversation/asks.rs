//! Is an utterance a question, and does it ask for nothing to be brought?

use super::lexicon::{Tag, Tagged, Topic};

/// Does a question ask for something to be brought ("is it too late to add a coke")?
pub(super) fn asks_to_bring(plain: &str) -> bool {
    let said = Tagged::of(plain);
    let (at, _) = question_at(&said);
    brings(&said, at)
}

/// Begins like a question; "I want what he has" does not.
pub(super) fn is_question(plain: &str) -> bool {
    let said = Tagged::of(plain);
    let (at, led) = question_at(&said);
    led || said.at(at, Tag::AskBegin).is_some()
        || said.ends(Tag::AskEnd)
        || said.has(Tag::AskTurned)
}

/// Where a question begins, behind "hi", "okay" and "can you tell me", and whether it was announced so.
pub(super) fn question_at(said: &Tagged) -> (usize, bool) {
    let mut at = 0;
    let mut led = false;
    loop {
        if let Some(lead) = said.at(at, Tag::AskLead) {
            led = true;
            at = lead.to;
        } else if let Some(courtesy) = said.at(at, Tag::AskCourtesy) {
            at = courtesy.to;
        } else {
            return (at, led);
        }
    }
}

/// A verb of ordering from a word on, that belongs to no question ("where can I", "what do I need to spend").
pub(super) fn brings(said: &Tagged, from: usize) -> bool {
    let asked = |at: usize| {
        let begins = [Tag::AskBegin, Tag::AskOnly];
        begins.iter().any(|&tag| said.all(tag).any(|s| s.to == at))
    };
    let mut verbs = said.all(Tag::Brings).filter(|verb| verb.from >= from);
    verbs.any(|verb| !asked(verb.from) && !said.inside_a_question(verb))
}

/// A question without "hi", "okay" or "can you tell me" before it.
pub(super) fn without_courtesies(plain: &str) -> &str {
    let said = Tagged::of(plain);
    let (at, _) = question_at(&said);
    let skipped: usize = said.words()[..at].iter().map(|word| word.len() + 1).sum();
    plain.get(skipped..).unwrap_or_default()
}

/// Is it a question that only the file's stated facts may answer?
pub(super) fn asks_about_allergens(plain: &str) -> bool {
    is_question(plain) && Tagged::of(plain).has(Tag::Ask(Topic::Allergens))
}
