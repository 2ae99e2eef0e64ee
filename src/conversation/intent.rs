//! What a caller wants of the waiter besides food: yes and no, finishing, cancelling, repeating, a person. Read from the tags of
//! the words (`lexicon`).

use super::lexicon::{Tag, Tagged, Topic, is_word};
use crate::words::single_number;

/// What an utterance is for, besides the items in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Intent {
    Yes,
    No,
    /// "cancel the whole thing"
    Cancel,
    /// "never mind": what is being asked about, else the order.
    CancelThat,
    /// "a person please"
    Person,
    /// "say that again"
    SayAgain,
    /// "what do I have so far"
    ReadBack,
    /// "same again"
    SameAgain,
}

/// The words of an utterance as one plain line.
pub(super) fn plain(text: &str) -> String {
    let words: Vec<String> = crate::words::tokens(text)
        .into_iter()
        .map(|t| t.text)
        .filter(|word| !is_word(word, Tag::Expletive))
        .collect();
    words.join(" ")
}

/// Does the plain line hold the phrase as whole words?
pub(super) fn holds(plain: &str, phrase: &str) -> bool {
    find(plain, phrase).is_some()
}

/// Where a phrase stands as whole words.
pub(super) fn find(plain: &str, phrase: &str) -> Option<usize> {
    plain.match_indices(phrase).map(|(at, _)| at).find(|&at| {
        let before = at == 0 || plain.as_bytes()[at - 1] == b' ';
        let end = at + phrase.len();
        before && (end == plain.len() || plain.as_bytes()[end] == b' ')
    })
}

/// Intents that outrank anything else in the words.
pub(super) fn overriding(plain: &str) -> Option<Intent> {
    let said = Tagged::of(plain);
    let person = said.has(Tag::PersonAlone) && said.is_only(&[Tag::PersonAlone, Tag::Wanting]);
    if said.has_outside(Tag::Person, Tag::Ask(Topic::Robot)) || person {
        Some(Intent::Person)
    } else if said.has_outside(Tag::Cancel, Tag::Done) && !said.has(Tag::PartOf) {
        Some(Intent::Cancel)
    } else if said.is_only(&[Tag::CancelThat]) {
        Some(Intent::CancelThat)
    } else if said.has(Tag::ReadBack) {
        Some(Intent::ReadBack)
    } else if said.has(Tag::SayAgain) || said.is_only(&[Tag::SayAgainAlone]) {
        Some(Intent::SayAgain)
    } else if said.has(Tag::SameAgain) {
        Some(Intent::SameAgain)
    } else {
        None
    }
}

/// "cancel that", "I don't want it": only what was said last, or is being asked about.
pub(super) fn drops_that(plain: &str) -> bool {
    let said = Tagged::of(plain);
    said.is_only(&[Tag::DropThat, Tag::CancelThat])
        && (said.has(Tag::DropThat) || said.has(Tag::CancelThat))
}

/// A caller who is leaving.
pub(super) fn leaves(plain: &str) -> bool {
    let said = Tagged::of(plain);
    said.has(Tag::Leave) || said.is_only(&[Tag::WrongNumber])
}

/// "How are you?", "I'd like to order some food": nothing to do yet.
pub(super) fn only_talks(plain: &str) -> bool {
    Tagged::of(plain).is_only(&[Tag::Social])
}

/// Yes or no, when the whole utterance says nothing else.
pub(super) fn yes_or_no(plain: &str) -> Option<Intent> {
    let said = Tagged::of(plain);
    let yes = said.covered_by(&[Tag::Yes]);
    let no = said.covered_by(&[Tag::No]);
    match (yes, no) {
        (_, true) if said.begins(Tag::No) || !yes => Some(Intent::No),
        (true, _) => Some(Intent::Yes),
        _ => None,
    }
}

/// Yes to a read-back: also "that's everything" and "yes, goodbye".
pub(super) fn confirms(plain: &str) -> bool {
    let said = Tagged::of(plain);
    let answered = said.has(Tag::Yes) || said.has(Tag::Done);
    answered && !said.begins(Tag::NoWord) && said.covered_by(&[Tag::Yes, Tag::Done, Tag::Leave])
}

/// No to an offer: also "I'm good", "that's everything", "never mind".
pub(super) fn declines(plain: &str) -> bool {
    let said = Tagged::of(plain);
    let tags = [
        Tag::No,
        Tag::Done,
        Tag::DropThat,
        Tag::CancelThat,
        Tag::Leave,
    ];
    tags[..4].iter().any(|&tag| said.has(tag)) && said.covered_by(&tags)
}

/// Does it begin with a no ("no I meant the big one")?
pub(super) fn begins_with_no(plain: &str) -> bool {
    const BEFORE: [&str; 6] = ["", "wait ", "oh ", "uh ", "um ", "well "];
    BEFORE.iter().any(|before| {
        let rest = plain.strip_prefix(before);
        rest.is_some_and(|rest| is_word(rest.split(' ').next().unwrap_or_default(), Tag::NoWord))
    })
}

/// "no I meant the big one" without its "no"; "no onions" stays as it is.
pub(super) fn without_leading_no(plain: &str) -> String {
    let mut words: Vec<&str> = plain.split(' ').collect();
    while words.len() > 1
        && (is_word(words[0], Tag::NoWord) || matches!(words[0], "wait" | "oh" | "um" | "uh"))
        && (is_word(words[1], Tag::GoesOn) || single_number(words[1]).is_some())
    {
        words.remove(0);
    }
    words.join(" ")
}

/// "That's not right, ..." without what only says so; whether it was there. A denial alone stays as it is.
pub(super) fn without_denial_before(plain: &str) -> (String, bool) {
    let said = Tagged::of(plain);
    let words = said.words();
    let mut at = 0;
    let mut end = 0;
    while at < words.len() {
        if let Some(denial) = said.at(at, Tag::Denial) {
            at = denial.to;
            end = at;
        } else if said.at(at, Tag::Pad).is_some_and(|pad| pad.to == at + 1)
            && !is_word(&words[at], Tag::NoWord)
            || matches!(words[at].as_str(), "hmm" | "but" | "er" | "no" | "nope")
        {
            at += 1;
        } else {
            break;
        }
    }
    if end == 0 || at >= words.len() {
        return (plain.to_owned(), false);
    }
    (said.text(end, words.len()), true)
}

/// "no wait, yes", "no no, yes": nothing but answers, and the last one counts. A yes must be said as one: "no, that's right"
/// stays open.
pub(super) fn after_second_thought(plain: &str) -> Option<Intent> {
    let said = Tagged::of(plain);
    if !said.covered_by(&[Tag::Yes, Tag::No, Tag::Between]) {
        return None;
    }
    let answers = |word: &&str| {
        is_word(word, Tag::NoWord) || is_word(word, Tag::YesWord) || *word == "correct"
    };
    let last = plain.split(' ').rfind(answers)?;
    if is_word(last, Tag::NoWord) {
        return (!said.ends(Tag::Yes)).then_some(Intent::No);
    }
    (!said.ends(Tag::No) && !said.ends(Tag::Between)).then_some(Intent::Yes)
}

/// "almost", "not exactly": a no that is said kindly.
pub(super) fn not_quite(plain: &str) -> bool {
    Tagged::of(plain).covered_by(&[Tag::NotQuite])
}

/// "let's start over": what is ordered so far is void, and the caller stays.
pub(super) fn starts_over(plain: &str) -> bool {
    Tagged::of(plain).has(Tag::StartOver)
}

/// "medium, no, hot": a "no" that stands alone inside a sentence takes back what was said before it, and is written so.
pub(super) fn with_lone_no(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut pieces = text.split(',').peekable();
    let mut first = true;
    while let Some(piece) = pieces.next() {
        let lone = !first && piece.trim().eq_ignore_ascii_case("no") && pieces.peek().is_some();
        if !first {
            out.push(',');
        }
        out.push_str(if lone { " no wait" } else { piece });
        first = false;
    }
    out
}

/// Does it begin with a yes?
pub(super) fn begins_with_yes(plain: &str) -> bool {
    let mut words = plain
        .split(' ')
        .skip_while(|word| matches!(*word, "okay" | "uh" | "um" | "oh" | "well"));
    words.next().is_some_and(|word| is_word(word, Tag::YesWord))
}

/// Splits off "that's all": what is left, and whether it was there.
pub(super) fn split_done(plain: &str) -> (String, bool) {
    let said = Tagged::of(plain);
    if said.is_only(&[Tag::DoneAlone]) {
        return (String::new(), true);
    }
    said.without(Tag::Done)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn yes_and_no_are_whole_utterances() {
        for yes in [
            "yes",
            "Yeah, that's right.",
            "sounds good",
            "yes please go ahead",
            "perfect thank you",
        ] {
            assert_eq!(yes_or_no(&plain(yes)), Some(Intent::Yes), "{yes}");
        }
        for no in ["no", "No, that's wrong", "nope thanks", "that's not right"] {
            assert_eq!(yes_or_no(&plain(no)), Some(Intent::No), "{no}");
        }
        for neither in [
            "no onions",
            "yes a coke",
            "large",
            "no I meant the big one",
            "",
        ] {
            assert_eq!(yes_or_no(&plain(neither)), None, "{neither}");
        }
    }

    #[test]
    fn done_is_split_from_the_items_said_with_it() {
        assert_eq!(
            split_done("and a coke and thats it"),
            ("and a coke and".into(), true)
        );
        assert_eq!(split_done("a coke"), ("a coke".into(), false));
    }
}
