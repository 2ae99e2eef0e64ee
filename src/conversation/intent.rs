//! What a caller wants of the waiter besides food: yes and no, finishing, cancelling, repeating, a person.

use super::phrases::{
    CANCEL, COURTESY, DONE, EXPLETIVES, LEAVE, NO, NOT_QUITE, PERSON, READ_BACK, SAME_AGAIN,
    SAY_AGAIN, YES,
};
use crate::words::single_number;

/// What an utterance is for, besides the items in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Intent {
    Yes,
    No,
    /// "cancel the whole thing"
    Cancel,
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
        .filter(|word| !EXPLETIVES.contains(&word.as_str()))
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

fn any(plain: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| holds(plain, phrase))
}

/// "remove everything from it": of one thing, not of the order.
const PART_OF: &[&str] = &[
    "everything from",
    "everything off",
    "everything on",
    "everything but",
    "everything except",
];

/// Intents that outrank anything else in the words.
pub(super) fn overriding(plain: &str) -> Option<Intent> {
    if any(plain, PERSON) {
        Some(Intent::Person)
    } else if any(plain, CANCEL) && !any(plain, PART_OF)
        || matches!(plain, "cancel" | "never mind" | "nevermind")
    {
        Some(Intent::Cancel)
    } else if any(plain, READ_BACK) {
        Some(Intent::ReadBack)
    } else if any(plain, SAY_AGAIN)
        || matches!(plain, "what" | "huh" | "sorry" | "repeat" | "again")
    {
        Some(Intent::SayAgain)
    } else if any(plain, SAME_AGAIN) {
        Some(Intent::SameAgain)
    } else {
        None
    }
}

/// A caller who is leaving.
pub(super) fn leaves(plain: &str) -> bool {
    any(plain, LEAVE)
}

/// Yes or no, when the whole utterance says nothing else.
pub(super) fn yes_or_no(plain: &str) -> Option<Intent> {
    let yes = covered(plain, YES);
    let no = covered(plain, NO);
    match (yes, no) {
        (_, true) if begins(plain, NO) || !yes => Some(Intent::No),
        (true, _) => Some(Intent::Yes),
        _ => None,
    }
}

/// Does it begin with a no ("no I meant the big one")?
pub(super) fn begins_with_no(plain: &str) -> bool {
    begins(
        plain,
        &["no", "nope", "nah", "wait no", "oh no", "uh no", "um no"],
    )
}

/// "no I meant the big one" without its "no"; "no onions" stays as it is.
pub(super) fn without_leading_no(plain: &str) -> String {
    const GOES_ON: &[&str] = &[
        "i", "it", "its", "that", "thats", "make", "actually", "just", "not", "sorry", "wait",
        "can", "could", "change", "should", "please", "but", "and", "a", "an", "one", "two",
        "three", "no", "instead", "add", "remove", "drop", "take", "ill", "id", "im", "lets",
        "let", "give", "the", "my", "you", "we", "there", "oh", "um", "uh",
    ];
    let mut words: Vec<&str> = plain.split(' ').collect();
    while words.len() > 1
        && matches!(
            words[0],
            "no" | "nope" | "nah" | "wait" | "oh" | "um" | "uh"
        )
        && (GOES_ON.contains(&words[1]) || single_number(words[1]).is_some())
    {
        words.remove(0);
    }
    words.join(" ")
}

/// "no wait, yes", "no no, yes": nothing but answers, and the last one counts. A yes must be said as one: "no, that's right"
/// stays open.
pub(super) fn after_second_thought(plain: &str) -> Option<Intent> {
    const ANSWERS: &[&str] = &["yes", "yeah", "yep", "yup", "correct", "no", "nope", "nah"];
    const BETWEEN: &[&str] = &[
        "wait",
        "sorry",
        "hold on",
        "actually",
        "i mean",
        "my mistake",
    ];
    let both: Vec<&str> = YES.iter().chain(NO).chain(BETWEEN).copied().collect();
    if !covered(plain, &both) {
        return None;
    }
    let last = plain.split(' ').rfind(|word| ANSWERS.contains(word));
    match last {
        Some("no" | "nope" | "nah") => (!ends_in(plain, YES)).then_some(Intent::No),
        Some(_) => (!ends_in(plain, NO) && !ends_in(plain, BETWEEN)).then_some(Intent::Yes),
        None => None,
    }
}

fn ends_in(plain: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| {
        plain
            .strip_suffix(phrase)
            .is_some_and(|rest| rest.ends_with(' '))
    })
}

/// "almost", "not exactly": a no that is said kindly.
pub(super) fn not_quite(plain: &str) -> bool {
    covered(plain, NOT_QUITE)
}

/// "let's start over": what is ordered so far is void, and the caller stays.
pub(super) fn starts_over(plain: &str) -> bool {
    any(
        plain,
        &[
            "start over",
            "start again",
            "start from scratch",
            "begin again",
            "start fresh",
        ],
    )
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
    begins(
        plain,
        &[
            "yes", "yeah", "yep", "yup", "sure", "okay yes", "uh yes", "um yes",
        ],
    )
}

fn begins(plain: &str, phrases: &[&str]) -> bool {
    phrases.iter().any(|phrase| find(plain, phrase) == Some(0))
}

/// Every word belongs to one of the phrases or is a courtesy, and at least one phrase is there.
fn covered(plain: &str, phrases: &[&str]) -> bool {
    let words: Vec<&str> = plain.split(' ').filter(|w| !w.is_empty()).collect();
    let mut at = 0;
    let mut found = false;
    while at < words.len() {
        let longest = phrases
            .iter()
            .map(|phrase| phrase.split(' ').collect::<Vec<_>>())
            .filter(|phrase| words[at..].starts_with(phrase))
            .map(|phrase| phrase.len())
            .max();
        match longest {
            Some(len) => {
                found = true;
                at += len;
            }
            None if COURTESY.contains(&words[at]) => at += 1,
            None => return false,
        }
    }
    found
}

/// Splits off "that's all": what is left, and whether it was there.
pub(super) fn split_done(plain: &str) -> (String, bool) {
    const WHOLE: &[&str] = &[
        "done", "finished", "complete", "finish", "i finish", "is all", "that all", "its all",
        "enough",
    ];
    if WHOLE.contains(&plain) {
        return (String::new(), true);
    }
    let mut rest = plain.to_owned();
    let mut done = false;
    let mut phrases: Vec<&&str> = DONE.iter().collect();
    phrases.sort_by_key(|phrase| std::cmp::Reverse(phrase.len()));
    for phrase in phrases {
        if let Some(at) = find(&rest, phrase) {
            done = true;
            rest = format!("{} {}", &rest[..at], &rest[at + phrase.len()..])
                .trim()
                .to_owned();
        }
    }
    (rest, done)
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
