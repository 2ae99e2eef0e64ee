//! What a caller wants of the waiter besides food: yes and no, finishing, cancelling, repeating, a person.

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

const DONE: &[&str] = &[
    "thats all",
    "thats it",
    "that is all",
    "that is it",
    "thats everything",
    "that is everything",
    "thatll be all",
    "thatll be it",
    "that will be all",
    "that will be it",
    "thatll do it",
    "thatll do",
    "that will do it",
    "that will do",
    "nothing else",
    "nothing more",
    "no more",
    "im good",
    "were good",
    "we are good",
    "i am good",
    "im done",
    "were done",
    "i am done",
    "im all set",
    "were all set",
    "all set",
    "all done",
    "im fine",
    "that should be all",
    "that should be it",
    "that should do it",
    "that completes my order",
    "thats the order",
    "thats my order",
    "thats about it",
    "thats all for me",
    "that would be all",
    "that would be it",
    "thats the lot",
    "just that",
    "thats us",
    "i think thats it",
    "i think thats all",
    "done ordering",
    "no thats good",
    "thats good",
    "thats plenty",
    "nothing else thanks",
    "not right now",
    "that is the order",
    "place the order",
    "place my order",
    "check out",
    "checkout",
];
const CANCEL: &[&str] = &[
    "cancel the order",
    "cancel my order",
    "cancel everything",
    "cancel the whole thing",
    "cancel the whole order",
    "cancel it",
    "cancel that order",
    "cancel it all",
    "cancel all of it",
    "forget it",
    "forget the whole thing",
    "forget about it",
    "forget everything",
    "never mind the order",
    "scrap it",
    "scrap the order",
    "scrap everything",
    "i dont want anything",
    "i do not want anything",
    "i dont want to order",
    "dont place the order",
    "do not place the order",
    "call it off",
    "i changed my mind about ordering",
    "cancel the entire order",
    "cancel this order",
    "cancel please",
    "delete everything",
    "delete the order",
    "clear the order",
    "remove everything",
    "cancel all that",
];
const PERSON: &[&str] = &[
    "a person",
    "real person",
    "a human",
    "human being",
    "speak to someone",
    "talk to someone",
    "speak with someone",
    "talk with someone",
    "a representative",
    "representative",
    "an operator",
    "operator",
    "the manager",
    "a manager",
    "speak to somebody",
    "talk to somebody",
    "an agent",
    "live agent",
    "customer service",
    "someone real",
    "an employee",
    "talk to a human",
    "speak to a human",
    "actual person",
    "talk to staff",
    "get me someone",
    "put me through",
    "somebody real",
    "transfer me",
    "connect me",
    "a real human",
];
const SAY_AGAIN: &[&str] = &[
    "say that again",
    "say it again",
    "repeat that",
    "can you repeat",
    "could you repeat",
    "please repeat",
    "come again",
    "pardon",
    "pardon me",
    "what did you say",
    "i didnt hear",
    "i didnt catch that",
    "i didnt get that",
    "one more time please",
    "excuse me what",
    "sorry what",
    "i couldnt hear",
    "i cant hear you",
    "what was that",
];
const READ_BACK: &[&str] = &[
    "read that back",
    "read it back",
    "read back",
    "read my order",
    "read me back",
    "repeat my order",
    "repeat the order",
    "what do i have",
    "what have i got",
    "whats my order",
    "what is my order",
    "what did i order",
    "whats in my order",
    "what do you have so far",
    "what have you got so far",
    "go over my order",
    "go over the order",
    "what do you have down",
    "review my order",
    "what have i ordered",
    "what i have so far",
    "confirm my order",
];
const SAME_AGAIN: &[&str] = &[
    "same again",
    "the same again",
    "same thing again",
    "another of the same",
    "another one of those",
    "another of those",
    "one more of those",
    "one more of the same",
    "another one like that",
    "the same thing",
    "same thing for",
    "the same for",
    "one more of that",
    "another one of that",
    "make it two of those",
    "another one just like it",
    "same order again",
    "same for my",
    "the same one again",
    "another one the same",
    "one more the same",
    "two of the same",
];
const LEAVE: &[&str] = &[
    "wrong number",
    "goodbye",
    "good bye",
    "bye",
    "bye bye",
    "ill call back",
    "i will call back",
    "hang up",
    "i have to go",
    "ill call later",
];

/// Whole utterances that mean yes; a caller may say several of them, with courtesies.
const YES: &[&str] = &[
    "yes",
    "yeah",
    "yep",
    "yup",
    "ya",
    "yea",
    "correct",
    "right",
    "thats right",
    "that is right",
    "thats correct",
    "that is correct",
    "sure",
    "sounds good",
    "sounds great",
    "sounds right",
    "sounds perfect",
    "perfect",
    "great",
    "good",
    "exactly",
    "absolutely",
    "definitely",
    "of course",
    "ok",
    "okay",
    "alright",
    "all right",
    "go ahead",
    "looks good",
    "looks right",
    "thats good",
    "thats fine",
    "thats perfect",
    "thats great",
    "fine",
    "please do",
    "yes please",
    "you got it",
    "got it",
    "i do",
    "it is",
    "uh huh",
    "mm hm",
    "mhm",
    "thats it",
    "thats the one",
    "i am",
    "affirmative",
    "yes it is",
    "yes thats right",
    "its right",
    "its correct",
    "everything is right",
    "everything is correct",
    "its perfect",
    "all good",
    "do it",
    "place it",
    "place the order",
    "send it",
    "confirm",
    "confirmed",
    "good to go",
    "that works",
    "works for me",
    "totally",
    "wonderful",
    "awesome",
    "cool",
    "lets do it",
    "it does",
    "you bet",
    "why not",
    "excellent",
    "that sounds good",
    "yes sir",
    "yes maam",
];
const NO: &[&str] = &[
    "no",
    "nope",
    "nah",
    "no thanks",
    "no thank you",
    "not really",
    "negative",
    "no sir",
    "no maam",
    "thats wrong",
    "that is wrong",
    "wrong",
    "thats not right",
    "that is not right",
    "not right",
    "incorrect",
    "thats incorrect",
    "not quite",
    "its wrong",
    "its not right",
    "not correct",
    "thats not correct",
    "thats not it",
    "no way",
    "no its not",
    "it is not",
    "isnt right",
    "not exactly",
    "i dont think so",
    "not today",
    "thats not what i ordered",
    "thats not what i said",
    "i didnt say that",
    "i didnt order that",
];
/// Words around a yes or no that change nothing.
const COURTESY: &[&str] = &[
    "please", "thanks", "thank", "you", "um", "uh", "well", "so", "oh", "and", "i", "guess",
    "think", "very", "much", "just", "now", "that", "thats", "is", "it", "its", "all", "then",
    "hmm", "sir", "maam", "with", "for", "the", "order", "really", "pretty", "man", "will", "be",
    "do", "to", "me", "a", "lot", "ah", "hey", "hi", "there", "cancel", "my",
];

/// The words of an utterance as one plain line.
pub(super) fn plain(text: &str) -> String {
    let words: Vec<String> = crate::words::tokens(text)
        .into_iter()
        .map(|t| t.text)
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

/// Intents that outrank anything else in the words.
pub(super) fn overriding(plain: &str) -> Option<Intent> {
    if any(plain, PERSON) {
        Some(Intent::Person)
    } else if any(plain, CANCEL) || matches!(plain, "cancel" | "never mind" | "nevermind") {
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
        && GOES_ON.contains(&words[1])
    {
        words.remove(0);
    }
    words.join(" ")
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
