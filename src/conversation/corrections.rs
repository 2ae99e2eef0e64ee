//! An utterance taken apart into things to order, to remove and to replace.

use super::intent::{find, holds};
use super::lexicon::{Tag, Tagged};

/// One thing to do with a stretch of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Command {
    /// Items and choices; `correcting` when a word such as "actually" says they replace what was heard before.
    Order {
        text: String,
        correcting: bool,
    },
    Remove {
        text: String,
    },
    /// `old` may be empty: what was talked about last.
    Replace {
        old: String,
        new: String,
    },
}

const AFTER_REMOVAL: &[&str] = &[
    "and add", "and give", "and id", "and can", "and ill", "and i", "but", "instead", "add",
    "and make", "and get", "and put", "and then", "give me", "can i", "ill have", "ill take",
];
const AFTER_INSTEAD: &[&str] = &[
    "can i",
    "could i",
    "id like",
    "i would like",
    "i want",
    "ill have",
    "ill take",
    "give me",
    "make it",
    "let me",
    "lets do",
    "do",
    "i will",
    "put",
    "get me",
    "make that",
    "id rather",
    "may i",
    "just",
    "gimme",
    "get",
    "ill get",
    "have",
    "well have",
];
const CORRECTING: &[&str] = &[
    "actually",
    "make that",
    "make it",
    "i meant",
    "i mean",
    "i said",
    "i asked for",
    "should be",
    "supposed to be",
    "no wait",
    "wait no",
    "wait",
    "sorry",
    "rather",
    "not",
    "change",
    "correction",
    "instead",
    "make them",
    "make those",
    "let me change",
    "i wanted",
    "it was",
    "its",
    "theyre",
    "no",
];
/// What stretches of words mean on this menu and in this order.
pub(super) struct Names<'a> {
    /// Do they order something?
    pub orders: &'a dyn Fn(&str) -> bool,
    /// Do they name something of the order?
    pub in_cart: &'a dyn Fn(&str) -> bool,
    /// Do they name choices that a line of the order has?
    pub chosen: &'a dyn Fn(&str) -> bool,
}

/// Takes an utterance apart.
pub(super) fn commands(plain: &str, names: &Names<'_>) -> Vec<Command> {
    let (orders_item, in_cart) = (names.orders, names.in_cart);
    if let Some(command) = not_that(plain, names) {
        return vec![command];
    }
    if let Some(command) = instead_of(plain, names) {
        return vec![command];
    }
    let becomes = || make_that(plain, orders_item).or_else(|| should_be(plain, names));
    if let Some(command) = change(plain).or_else(becomes) {
        return vec![command];
    }
    if let Some((before, clause, after)) = taken_off(plain)
        && !orders_item(before)
    {
        // "Leave hummus off the gyro": off a line of the order.
        let of_line = !after.is_empty() && in_cart(after);
        let text = match of_line {
            true => format!("{clause} off {after}"),
            false => clause.to_owned(),
        };
        let mut out = vec![Command::Remove { text }];
        if !after.is_empty() && !of_line {
            out.extend(commands(after, names));
        }
        return out;
    }
    if let Some((before, after)) = not_there(plain).filter(|(before, _)| in_cart(before)) {
        let mut out = vec![Command::Remove {
            text: before.to_owned(),
        }];
        if !after.is_empty() {
            out.extend(commands(after, names));
        }
        return out;
    }
    let verb = first(plain, Tag::Remove);
    if let Some((at, len)) = verb {
        let before = plain[..at].trim();
        let after = plain[at + len..].trim();
        // "Scratch that, just a salad."
        let only_that = only_points(after);
        let end = AFTER_REMOVAL
            .iter()
            .filter_map(|word| find(after, word))
            .filter(|&end| end > 0 || plain[at..at + len].ends_with(" that"))
            .min()
            .into_iter()
            .chain(only_that)
            .min()
            .unwrap_or(after.len());
        let (clause, rest) = (after[..end].trim(), after[end..].trim());
        if !orders_item(before) || in_cart(clause) {
            let mut out = Vec::new();
            if orders_item(before) {
                out.push(order(before, names));
            }
            out.push(Command::Remove {
                text: clause.to_owned(),
            });
            let instead = ["just ", "only "].iter().any(|only| rest.starts_with(only));
            if only_that.is_some() && instead {
                out.push(Command::Order {
                    text: rest.to_owned(),
                    correcting: true,
                });
            } else if !rest.is_empty() {
                out.extend(commands(rest, names));
            }
            return out;
        }
    }
    vec![order(plain, names)]
}

/// Where the first phrase of a tag stands in a plain line: its first byte, and how long it is.
fn first(plain: &str, tag: Tag) -> Option<(usize, usize)> {
    let said = Tagged::of(plain);
    let span = said
        .all(tag)
        .min_by_key(|span| (span.from, usize::MAX - span.to))?;
    let at = match span.from {
        0 => 0,
        from => said.text(0, from).len() + 1,
    };
    Some((at, said.text(span.from, span.to).len()))
}

/// Does it say that something goes?
pub(super) fn removes(plain: &str) -> bool {
    let said = Tagged::of(plain);
    said.has(Tag::Remove) || said.has(Tag::NotThere) || taken_off(plain).is_some()
}

/// "the biscuit shouldn't be there": what goes, and what follows.
fn not_there(plain: &str) -> Option<(&str, &str)> {
    let (at, len) = first(plain, Tag::NotThere)?;
    let before = plain[..at].trim();
    (!before.is_empty()).then(|| (before, plain[at + len..].trim()))
}

/// "leave the onions off", said of a part of the order: as a refusal.
pub(super) fn as_refusal(text: &str) -> Option<String> {
    let (before, clause, after) = taken_off(text)?;
    let bare = clause.strip_prefix("the ").unwrap_or(clause);
    Some(format!("{before} no {bare} {after}").trim().to_owned())
}

/// "corn nuggets not okra", "almond milk and not oat": what is said first takes the place of what is said behind.
fn not_that(plain: &str, names: &Names<'_>) -> Option<Command> {
    const LONGEST: usize = 6;
    let at = find(plain, "not")?;
    let (before, after) = (plain[..at].trim(), plain[at + "not".len()..].trim());
    let before = before.strip_suffix(" and").unwrap_or(before);
    let new = ["no ", "nope ", "nah "]
        .iter()
        .find_map(|no| before.strip_prefix(no))
        .unwrap_or(before);
    let short = (1..=LONGEST).contains(&after.split_whitespace().count());
    let meant = short && ((names.in_cart)(after) || (names.chosen)(after));
    let other_choice = (names.chosen)(after) && !(names.chosen)(new);
    let told = !new.is_empty() && (other_choice || !(names.in_cart)(new));
    let replaces = meant && told && ((names.orders)(new) || (names.chosen)(after));
    replaces.then(|| Command::Replace {
        old: after.to_owned(),
        new: new.to_owned(),
    })
}

/// Where "that" ends, when what follows it begins something else ("that just a salad").
fn only_points(after: &str) -> Option<usize> {
    const BEGINS: &[&str] = &[
        "just", "only", "make", "a", "an", "give", "ill", "id", "i", "can", "could", "let", "lets",
        "one", "two", "three", "four", "five", "six",
    ];
    let mut words = after.split(' ');
    let that = words
        .next()
        .filter(|word| matches!(*word, "that" | "it" | "those" | "them"))?;
    let next = words.next()?;
    BEGINS.contains(&next).then_some(that.len())
}

/// "actually make that a latte": what was ordered last becomes another thing.
fn make_that(plain: &str, orders_item: &dyn Fn(&str) -> bool) -> Option<Command> {
    const MAKE: &[&str] = &[
        "make that",
        "make it",
        "make them",
        "make those",
        "change that to",
        "change it to",
    ];
    let (before, after) = MAKE.iter().find_map(|make| {
        let at = find(plain, make)?;
        Some((&plain[..at], plain[at + make.len()..].trim()))
    })?;
    let one_thing = !holds(after, "and") && !holds(after, "with");
    let article = ["a ", "an ", "the "]
        .iter()
        .any(|article| after.starts_with(article));
    // "A root beer, make it a lemonade" is read as it was said.
    let of_before = !orders_item(before);
    (article && one_thing && of_before && orders_item(after)).then(|| Command::Replace {
        old: String::new(),
        new: after.to_owned(),
    })
}

/// Does it ask for something more ("you left off a coke")?
pub(super) fn adds(text: &str) -> bool {
    let said = Tagged::of(text);
    said.all(Tag::Adds)
        .any(|span| said.text(span.from, span.to) != "too" || !makes_two(text))
}

/// "make that too churros": a count that was heard as another word.
fn makes_two(text: &str) -> bool {
    let makes = [
        "make that too ",
        "make it too ",
        "make them too ",
        "make those too ",
    ];
    makes.iter().any(|make| text.contains(make))
}

/// "one of those should be a root beer": what was ordered becomes another thing.
fn should_be(plain: &str, names: &Names<'_>) -> Option<Command> {
    let (orders_item, in_cart) = (names.orders, names.in_cart);
    const SHOULD: &[&str] = &[
        "should have been",
        "should be",
        "was supposed to be",
        "is supposed to be",
        "needs to be",
    ];
    let (at, len) = SHOULD
        .iter()
        .find_map(|should| Some((find(plain, should)?, should.len())))?;
    let (old, new) = (plain[..at].trim(), plain[at + len..].trim());
    let article = new.starts_with("a ") || new.starts_with("an ");
    let told = article && !old.is_empty() || in_cart(old);
    let one_thing = !holds(new, "and") && !holds(new, "with");
    (told && one_thing && orders_item(new)).then(|| Command::Replace {
        old: old.to_owned(),
        new: new.to_owned(),
    })
}

/// "take the onions off and add bacon": before the verb, what is taken off, what follows.
fn taken_off(plain: &str) -> Option<(&str, &str, &str)> {
    const AWAY: &[(&str, &[&str])] = &[
        ("take", &["off", "out", "away"]),
        ("leave", &["off", "out"]),
        ("get", &["off"]),
    ];
    let words = |text: &str| text.split(' ').filter(|word| !word.is_empty()).count();
    AWAY.iter().find_map(|(verb, particles)| {
        let at = find(plain, verb)?;
        let orders = ["ill", "will", "i", "well"];
        let before = plain[..at].split_whitespace().next_back();
        if before.is_some_and(|word| orders.contains(&word)) {
            return None;
        }
        let rest = plain[at + verb.len()..].trim_start();
        let (end, len) = particles
            .iter()
            .filter_map(|particle| Some((find(rest, particle)?, particle.len())))
            .min()?;
        let clause = rest[..end].trim();
        (1..=5)
            .contains(&words(clause))
            .then(|| (plain[..at].trim(), clause, rest[end + len..].trim()))
    })
}

fn order(text: &str, names: &Names<'_>) -> Command {
    let marks = CORRECTING
        .iter()
        .filter_map(|word| Some((find(text, word)?, word.len())));
    // What is taken back in the breath it was said in corrects nothing of the order: understanding reads it.
    let corrects = |(at, len): (usize, usize)| {
        let ends = matches!(text[at + len..].trim(), "" | "please");
        ends || !(names.orders)(&text[..at])
    };
    let correcting = marks.min().is_some_and(corrects) && !adds(text);
    Command::Order {
        text: text.to_owned(),
        correcting,
    }
}

/// "instead of the soup can I have a salad", "a salad instead of the soup", "a muffin instead".
fn instead_of(plain: &str, names: &Names<'_>) -> Option<Command> {
    let orders_item = names.orders;
    const INSTEAD: &[&str] = &["instead of", "in place of", "in lieu of", "rather than"];
    let found = INSTEAD
        .iter()
        .find_map(|instead| Some((find(plain, instead)?, instead.len())));
    if let Some((at, len)) = found {
        let before = plain[..at].trim();
        let after = plain[at + len..].trim();
        let split = AFTER_INSTEAD
            .iter()
            .filter_map(|word| find(after, word))
            .filter(|&at| at > 0)
            .min();
        // "sorry instead of the soup give me a salad": "sorry" may be heard as anything.
        let after_split = split.filter(|&at| orders_item(&after[at..]) && !orders_item(before));
        if before.split(' ').filter(|w| !w.is_empty()).count() >= 2 && after_split.is_none() {
            return Some(Command::Replace {
                old: after.to_owned(),
                new: before.to_owned(),
            });
        }
        let split = split?;
        return Some(Command::Replace {
            old: after[..split].trim().to_owned(),
            new: after[split..].trim().to_owned(),
        });
    }
    let new = plain
        .strip_suffix(" instead")
        .or_else(|| plain.strip_suffix(" instead please"))?;
    // "I don't want the soup, I want a salad instead."
    let dropped = |at: &usize| {
        let before = &new[..*at];
        *at > 0 && removes(before) && (names.in_cart)(before)
    };
    let parted = AFTER_INSTEAD
        .iter()
        .filter_map(|word| find(&new[1..], word));
    if let Some(at) = parted.map(|at| at + 1).filter(dropped).min() {
        return Some(Command::Replace {
            old: new[..at].trim().to_owned(),
            new: new[at..].trim().to_owned(),
        });
    }
    Some(Command::Replace {
        old: String::new(),
        new: new.to_owned(),
    })
}

/// "change the latte to a mocha", "trade the soup for a salad".
fn change(plain: &str) -> Option<Command> {
    let said = Tagged::of(plain);
    let pairs = [
        (Tag::ChangeVerb, Tag::ChangeInto),
        (Tag::TradeVerb, Tag::TradeFor),
    ];
    pairs.iter().find_map(|&(verb, joint)| {
        let verb = said.all(verb).next()?;
        let mut joints = said.all(joint).filter(|joint| joint.from > verb.to);
        let joint = joints.next()?;
        let joint = said.at(joint.from, joint.tag)?;
        let old = said.text(verb.to, joint.from);
        Some(Command::Replace {
            old: old.strip_prefix("from ").unwrap_or(&old).to_owned(),
            new: said.text(joint.to, said.words().len()),
        })
    })
}

/// Does it say that one thing takes the place of another?
pub(super) fn changes(plain: &str) -> bool {
    change(plain).is_some() || holds(plain, "instead of") || holds(plain, "instead")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<Command> {
        commands(
            text,
            &Names {
                orders: &|before| before.contains("coke"),
                in_cart: &|clause| clause.contains("fries"),
                chosen: &|clause| clause.contains("oat"),
            },
        )
    }

    fn replace(old: &str, new: &str) -> Vec<Command> {
        vec![Command::Replace {
            old: old.into(),
            new: new.into(),
        }]
    }

    #[test]
    fn corrections_are_taken_apart() {
        assert_eq!(
            parts("instead of the soup can i have a salad"),
            replace("the soup", "can i have a salad")
        );
        assert_eq!(
            parts("a salad instead of the soup"),
            replace("the soup", "a salad")
        );
        assert_eq!(
            parts("change the latte to a mocha"),
            replace("the latte", "a mocha")
        );
        assert_eq!(
            parts("drop the fries and add a coke"),
            [
                Command::Remove {
                    text: "the fries".into()
                },
                Command::Order {
                    text: "and add a coke".into(),
                    correcting: false
                }
            ]
        );
        assert_eq!(
            parts("a coke and remove the fries"),
            [
                Command::Order {
                    text: "a coke and".into(),
                    correcting: false
                },
                Command::Remove {
                    text: "the fries".into()
                }
            ]
        );
        assert_eq!(
            parts("actually large"),
            [Command::Order {
                text: "actually large".into(),
                correcting: true
            }]
        );
    }
}
