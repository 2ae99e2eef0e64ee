//! The many ways to refuse a part of a dish ("keep the onions off", "everything but onions", "he doesn't eat onions") in the one way
//! that everything behind reads: "no onions". What stands in the order by itself is left to what takes dishes out of it.

/// Before what is refused. With `dish`, only behind a dish of the same breath: by themselves they take something out of the order.
struct Lead {
    words: &'static [&'static str],
    dish: bool,
}

const fn lead(words: &'static [&'static str]) -> Lead {
    Lead { words, dish: false }
}

const fn behind_a_dish(words: &'static [&'static str]) -> Lead {
    Lead { words, dish: true }
}

const LEADS: &[Lead] = &[
    lead(&["dont", "put"]),
    lead(&["do", "not", "put"]),
    lead(&["dont", "add"]),
    lead(&["do", "not", "add"]),
    lead(&["dont", "use"]),
    lead(&["doesnt", "want"]),
    lead(&["does", "not", "want"]),
    lead(&["doesnt", "like"]),
    lead(&["does", "not", "like"]),
    lead(&["doesnt", "eat"]),
    lead(&["does", "not", "eat"]),
    lead(&["doesnt", "need"]),
    lead(&["dont", "eat"]),
    lead(&["cant", "stand"]),
    lead(&["sans"]),
    lead(&["everything", "but"]),
    lead(&["everything", "except"]),
    lead(&["all", "the", "toppings", "but"]),
    lead(&["all", "the", "toppings", "except"]),
    lead(&["nix"]),
    lead(&["ditch"]),
    lead(&["omit"]),
    lead(&["lose"]),
    behind_a_dish(&["dont", "want"]),
    behind_a_dish(&["do", "not", "want"]),
    behind_a_dish(&["forget"]),
    behind_a_dish(&["scratch"]),
    behind_a_dish(&["take", "off"]),
    behind_a_dish(&["take", "out"]),
    behind_a_dish(&["remove"]),
    behind_a_dish(&["drop"]),
];
/// "keep the onions off": a verb before and a particle behind.
const AROUND: &[(&str, &[&str], bool)] = &[
    ("keep", &["off", "out", "away"], false),
    ("leave", &["off", "out"], true),
    ("take", &["off", "out", "away"], true),
    ("get", &["off"], true),
];
/// Who refuses, before the verb.
const WHO: &[&str] = &[
    "i", "we", "he", "she", "they", "you", "please", "and", "but", "with", "who", "my", "son",
    "daughter", "wife", "husband", "kid", "can", "could",
];
const ARTICLES: &[&str] = &["the", "any", "my", "those", "of", "no", "a", "some"];
/// What ends the name of a thing.
const ENDS: &[&str] = &[
    "and", "but", "or", "with", "please", "on", "in", "for", "also", "plus", "then", "thanks",
    "thank", "to", "can", "i", "id", "ill", "off", "out", "at", "from", "without", "extra", "no",
    "it", "that", "this", "them", "though", "either", "so", "because", "instead", "a", "an",
];
/// What may stand behind the thing and belongs to the refusal.
const TAILS: &[&[&str]] = &[
    &["on", "it"],
    &["on", "that"],
    &["on", "that", "one"],
    &["on", "this"],
    &["on", "there"],
    &["on", "them"],
    &["in", "it"],
    &["in", "that"],
    &["in", "there"],
    &["of", "it"],
    &["of", "that"],
    &["at", "all"],
];
/// Diets, not refusals: "gluten free".
const FREE: &[&str] = &[
    "gluten", "dairy", "lactose", "sugar", "nut", "nuts", "peanut", "meat", "egg", "fat",
    "caffeine", "alcohol", "soy", "wheat", "for", "is", "are", "two", "one", "three", "get",
];
/// Words before "off" that are no food: "ten percent off".
const NO_FOOD: &[&str] = &[
    "percent", "dollar", "dollars", "day", "it", "that", "them", "one", "those", "this", "better",
];

/// What the words mean to the order at hand.
pub(super) trait Knows {
    /// Does it name what stands in the order?
    fn in_order(&self, words: &str) -> bool;
    /// Does it name a dish to be ordered?
    fn is_dish(&self, words: &str) -> bool;
    /// Does it name a choice of some dish, or what a dish is said to hold?
    fn is_part(&self, words: &str) -> bool;
}

/// The words with every refusal as "no X".
pub(super) fn plainly(plain: &str, knows: &impl Knows) -> String {
    let mut words: Vec<&str> = plain.split(' ').collect();
    // Each round takes a verb away.
    for _ in 0..6 {
        match one(&words, knows) {
            Some(rewritten) => words = rewritten,
            None => break,
        }
    }
    words.join(" ")
}

fn one<'a>(words: &[&'a str], knows: &impl Knows) -> Option<Vec<&'a str>> {
    (0..words.len()).find_map(|at| {
        behind_a_lead(words, at, knows)
            .or_else(|| between(words, at, knows))
            .or_else(|| before_a_particle(words, at, knows))
    })
}

fn stands(words: &[&str], at: usize, phrase: &[&str]) -> bool {
    words
        .get(at..at + phrase.len())
        .is_some_and(|there| there == phrase)
}

/// The thing that begins at a word, behind its article: its first word, and the one behind its last.
fn thing(words: &[&str], at: usize) -> Option<(usize, usize)> {
    let articles = words[at.min(words.len())..]
        .iter()
        .take_while(|word| ARTICLES.contains(word))
        .count();
    let from = at + articles;
    let long = words[from.min(words.len())..]
        .iter()
        .take(3)
        .take_while(|word| !ENDS.contains(word))
        .count();
    (long > 0).then_some((from, from + long))
}

/// The words with `from..to` as a refusal of the thing; who refuses, before, goes.
fn refusing<'a>(
    words: &[&'a str],
    (from, to): (usize, usize),
    (begin, end): (usize, usize),
) -> Vec<&'a str> {
    let mut before = from;
    while before > 0 && WHO.contains(&words[before - 1]) {
        before -= 1;
    }
    let tail = TAILS
        .iter()
        .filter(|tail| stands(words, to, tail))
        .map(|tail| tail.len())
        .max();
    let behind = to + tail.unwrap_or(0);
    let mut out = words[..before].to_vec();
    out.push("no");
    out.extend(&words[begin..end]);
    // "Leave the onions off the second one".
    if to > end && words.get(behind) == Some(&"the") {
        out.push("on");
    }
    out.extend(&words[behind..]);
    out
}

fn text(words: &[&str]) -> String {
    words.join(" ")
}

/// "he doesn't eat onions".
fn behind_a_lead<'a>(words: &[&'a str], at: usize, knows: &impl Knows) -> Option<Vec<&'a str>> {
    let leads = LEADS.iter().filter(|lead| stands(words, at, lead.words));
    let lead = leads.max_by_key(|lead| lead.words.len())?;
    let (begin, end) = thing(words, at + lead.words.len())?;
    let dish = !lead.dish || knows.is_dish(&text(&words[..at]));
    (dish && !knows.in_order(&text(&words[begin..end])))
        .then(|| refusing(words, (at, end), (begin, end)))
}

/// "keep the onions off".
fn between<'a>(words: &[&'a str], at: usize, knows: &impl Knows) -> Option<Vec<&'a str>> {
    let (_, particles, dish) = AROUND.iter().find(|(verb, ..)| *verb == words[at])?;
    let (begin, end) = thing(words, at + 1)?;
    let particle = words.get(end).filter(|word| particles.contains(word))?;
    let away = usize::from(!particle.is_empty());
    let behind_dish = !dish || knows.is_dish(&text(&words[..at]));
    (behind_dish && !knows.in_order(&text(&words[begin..end])))
        .then(|| refusing(words, (at, end + away), (begin, end)))
}

/// "onions off", "onion free", and "onions no" at the end.
fn before_a_particle<'a>(words: &[&'a str], at: usize, knows: &impl Knows) -> Option<Vec<&'a str>> {
    let word = words[at];
    let last = words.get(at + 1).is_none_or(|next| ENDS.contains(next));
    if at == 0
        || !last
        || !matches!(word, "off" | "free" | "no")
        || (word == "no" && at + 1 < words.len())
    {
        return None;
    }
    let thing = words[at - 1];
    let other = ENDS.contains(&thing) || NO_FOOD.contains(&thing) || ARTICLES.contains(&thing);
    let diet = word == "free" && FREE.contains(&thing);
    // "Take the fries off" is said of the order.
    let verbs = ["take", "leave", "keep", "get", "hold", "cut"];
    let taken = words[..at - 1]
        .iter()
        .rev()
        .take(3)
        .any(|word| verbs.contains(word));
    if other || diet || taken || knows.in_order(thing) || !knows.is_part(thing) {
        return None;
    }
    let from = match words.get(at.wrapping_sub(2)) {
        Some(word) if ARTICLES.contains(word) && *word != "no" => at - 2,
        _ => at - 1,
    };
    Some(refusing(words, (from, at + 1), (at - 1, at)))
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Menu;

    impl Knows for Menu {
        fn in_order(&self, words: &str) -> bool {
            words == "fries"
        }
        fn is_dish(&self, words: &str) -> bool {
            words.contains("burger")
        }
        fn is_part(&self, words: &str) -> bool {
            words.starts_with("onion")
        }
    }

    #[test]
    fn refusals_are_said_in_many_ways_and_read_in_one() {
        for said in [
            "a burger keep the onions off",
            "a burger leave the onions off",
            "a burger take the onions out",
            "a burger dont put any onions on it",
            "a burger he doesnt eat onions",
            "a burger with everything but onions",
            "a burger sans onions",
            "a burger forget the onions",
            "a burger and omit the onions please",
            "a burger onions off",
            "a burger onions no",
            "a burger lose the onions on that",
        ] {
            let read = plainly(said, &Menu);
            assert!(read.starts_with("a burger no onions"), "{said}: {read}");
        }
        assert_eq!(plainly("keep the onions out of it", &Menu), "no onions");
        assert_eq!(plainly("a burger onion free", &Menu), "a burger no onion");
    }

    #[test]
    fn what_stands_in_the_order_and_what_is_no_refusal_stay() {
        for said in [
            "take the fries off",
            "lose the fries",
            "leave the onions off",
            "a burger gluten free",
            "a burger no onions",
            "can i get ten percent off",
            "are you free",
            "keep the change",
            "no",
            "",
        ] {
            assert_eq!(plainly(said, &Menu), said, "{said}");
        }
    }
}
