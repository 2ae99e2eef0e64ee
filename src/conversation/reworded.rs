//! Ways of saying things that the rules know under another wording: pure changes of a plain line before it is taken.

use super::intent::find;
use crate::words::single_number;

/// What is said, and how the rules say it.
const WORDINGS: &[(&str, &str)] = &[
    ("to half of it", "on one half"),
    ("to half of that", "on one half"),
    ("to one half of it", "on one half"),
    ("to one half", "on one half"),
    ("on half of it", "on one half"),
    ("on half of that", "on one half"),
    ("to the other half", "on the other half"),
    ("in either one", "on both"),
    ("on either one", "on both"),
    ("in either", "on both"),
    ("on either", "on both"),
    ("on neither", "on both"),
];

/// A caller who says a thing twice in one breath ("large, I said large", "two cokes two cokes") means it once.
fn said_once(plain: &str) -> String {
    const AGAIN: &[&str] = &["i said", "yes", "i repeat"];
    let words: Vec<&str> = plain.split(' ').collect();
    let half = words.len() / 2;
    if half >= 2 && words.len().is_multiple_of(2) && words[..half] == words[half..] {
        return words[..half].join(" ");
    }
    let parted = AGAIN.iter().find_map(|again| {
        let at = find(plain, again).filter(|&at| at > 0)?;
        Some((plain[..at].trim(), plain[at + again.len()..].trim()))
    });
    let Some((first, second)) = parted.filter(|(_, second)| !second.is_empty()) else {
        return plain.to_owned();
    };
    let within = |few: &str, many: &str| few.split(' ').all(|w| many.split(' ').any(|m| m == w));
    if within(first, second) {
        second.to_owned()
    } else if within(second, first) {
        first.to_owned()
    } else {
        plain.to_owned()
    }
}

/// "two with extra cheese of the special" -> "two special with extra cheese". `names` tells whether a stretch of words
/// names an item.
fn item_first(plain: &str, names: &impl Fn(&str) -> bool) -> Option<String> {
    let (before, item) = plain.rsplit_once(" of the ")?;
    let words: Vec<&str> = before.split(' ').collect();
    let number = words
        .iter()
        .position(|word| single_number(word).is_some())?;
    let with = *words.get(number + 1)?;
    let made = words[number + 1..].join(" ");
    let turned = matches!(with, "with" | "without" | "no") && names(item) && !names(&made);
    turned.then(|| format!("{} {item} {made}", words[..=number].join(" ")))
}

/// The line as the rules would have it said.
pub(super) fn reworded(plain: &str, names: &impl Fn(&str) -> bool) -> String {
    let once = said_once(plain);
    let turned = item_first(&once, names).unwrap_or(once);
    WORDINGS
        .iter()
        .fold(turned, |text, (said, meant)| match find(&text, said) {
            Some(at) => format!("{}{meant}{}", &text[..at], &text[at + said.len()..]),
            None => text,
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_twice_is_meant_once() {
        for (said, meant) in [
            ("large i said large", "large"),
            ("a large pizza i said large", "a large pizza"),
            ("two cokes two cokes", "two cokes"),
            ("a coke i said no ice", "a coke i said no ice"),
            ("i said large", "i said large"),
            ("no no", "no no"),
        ] {
            assert_eq!(said_once(said), meant, "{said}");
        }
    }

    #[test]
    fn an_item_said_behind_its_choices_is_put_first() {
        let names = |text: &str| text.contains("special");
        for (said, meant) in [
            (
                "two with extra cheese of the special",
                "two special with extra cheese",
            ),
            (
                "give me three without ham of the special",
                "give me three special without ham",
            ),
            ("two of the special", "two of the special"),
        ] {
            assert_eq!(reworded(said, &names), meant, "{said}");
        }
        assert_eq!(
            reworded("add ham to half of it", &names),
            "add ham on one half"
        );
    }
}
