//! Names that a telephone does not keep apart: `Coke` and `Cake`, `Fifteen wings` and `Fifty wings`, `Combo B` and
//! `Combo D`.
//!
//! Two names are compared when they are the same but for one word and those two words share a sound key, so that the
//! work grows with the number of words and not with the number of pairs.

use std::collections::hash_map::DefaultHasher;
use std::collections::{HashMap, HashSet};
use std::hash::{Hash, Hasher};

use super::super::problem::{join, key_path};
use super::super::{Code, Problem, RestaurantFile};
use super::written_option::WrittenOption;
use crate::words::{SoundKey, likeness, tokens};

/// From here on two words with the same key are one word on a bad line. "Coke" and "cake" are 0.875 alike, "wheat" and
/// "white" 0.7, "mocha" and "matcha" 0.83.
const ALIKE: f32 = 0.8;
/// A name is compared with at most so many others of its bucket: a hostile menu of one word costs no more than a real one.
const COMPARED: usize = 8;
/// Most findings of one list of names.
const FINDINGS: usize = 10;

/// Numbers that differ only in how their last syllable is swallowed.
const TEENS: [[&str; 4]; 7] = [
    ["13", "30", "thirteen", "thirty"],
    ["14", "40", "fourteen", "forty"],
    ["15", "50", "fifteen", "fifty"],
    ["16", "60", "sixteen", "sixty"],
    ["17", "70", "seventeen", "seventy"],
    ["18", "80", "eighteen", "eighty"],
    ["19", "90", "nineteen", "ninety"],
];

/// Letters whose names share their vowel and differ by a consonant that 3.4 kHz does not carry.
const LETTERS: [&str; 4] = ["bcdegptvz", "mn", "fsx", "ajkh"];

/// A name or an alias of one thing.
struct Name<'a> {
    /// Which thing.
    owner: usize,
    text: &'a str,
    /// Which of its aliases; `None` for its name.
    alias: Option<usize>,
}

impl<'a> Name<'a> {
    /// The names of one thing.
    fn all(
        owner: usize,
        name: &'a str,
        aliases: &'a [String],
    ) -> impl Iterator<Item = Self> + use<'a> {
        let name = Self {
            owner,
            text: name,
            alias: None,
        };
        let aliases = aliases.iter().enumerate();
        std::iter::once(name).chain(aliases.map(move |(index, alias)| Self {
            owner,
            text: alias,
            alias: Some(index),
        }))
    }
}

/// Items whose names or aliases sound alike.
pub(super) fn items(file: &RestaurantFile, words: &mut Words) -> Vec<Problem> {
    // What is said is compared; a name that is spelled for the voice is not said as it is written.
    let items = file.menu.iter().enumerate();
    let names = items.flat_map(|(owner, item)| {
        let said = item.say_as.as_ref().unwrap_or(&item.name);
        Name::all(owner, said, &item.aliases)
    });
    let at = |owner: usize| join("/menu", &owner.to_string());
    report(&names.collect::<Vec<_>>(), words, |name| match name.alias {
        None if file.menu[name.owner].say_as.is_some() => join(&at(name.owner), "say_as"),
        None => join(&at(name.owner), "name"),
        Some(index) => join(&join(&at(name.owner), "aliases"), &index.to_string()),
    })
}

/// Choices of one option whose names or aliases sound alike.
pub(super) fn choices(option: &WrittenOption<'_>, words: &mut Words) -> Vec<Problem> {
    let said = |owner: usize| option.choices[owner].details()?.say_as.as_deref();
    // Most dishes ask for the same sizes: what was found to be told apart is not looked at again.
    let kind = option.choices.iter().enumerate();
    let kind = kind.map(|(owner, choice)| (said(owner), choice.name(), choice.aliases()));
    let kind = hash(&kind.collect::<Vec<_>>());
    if words.told_apart.contains(&kind) {
        return Vec::new();
    }
    let choices = option.choices.iter().enumerate();
    let names = choices.flat_map(|(owner, choice)| {
        let name = said(owner).unwrap_or(choice.name());
        Name::all(owner, name, choice.aliases())
    });
    let at = |owner: usize| join(&join(&option.pointer(), "choices"), &owner.to_string());
    let found = report(&names.collect::<Vec<_>>(), words, |name| match name.alias {
        None if said(name.owner).is_some() => join(&at(name.owner), "say_as"),
        None => option.choice_at(name.owner),
        Some(index) => join(&join(&at(name.owner), "aliases"), &index.to_string()),
    });
    if found.is_empty() {
        words.told_apart.insert(kind);
    }
    found
}

fn report(
    names: &[Name<'_>],
    words: &mut Words,
    pointer: impl Fn(&Name<'_>) -> String,
) -> Vec<Problem> {
    let mut pairs = search(names, words).pairs;
    pairs.truncate(FINDINGS);
    let told = |(first, second): (usize, usize)| {
        let (a, b) = (&names[first], &names[second]);
        if words.of(a.text) == words.of(b.text) {
            let message = format!("\"{}\" is also {}", b.text, key_path(&pointer(a)));
            return Problem::new(Code::WarnSameName, pointer(b), message);
        }
        let message = format!(
            "\"{}\" sounds like \"{}\" ({}) on a telephone",
            b.text,
            a.text,
            key_path(&pointer(a))
        );
        Problem::new(Code::WarnSoundsAlike, pointer(b), message)
            .with_help("give one of them a name that is not mistaken for the other")
    };
    pairs.into_iter().map(told).collect()
}

/// What was found, and with how much work.
#[derive(Debug, Default)]
struct Search {
    /// Indexes into the names, the earlier first; one pair for two owners.
    pairs: Vec<(usize, usize)>,
    /// Pairs of words that were looked at.
    compared: usize,
}

fn search(names: &[Name<'_>], words: &mut Words) -> Search {
    let mut found = Search::default();
    let mut paired: HashMap<(usize, usize), ()> = HashMap::new();
    let mut buckets: HashMap<u64, Vec<usize>> = HashMap::new();
    let spoken: Vec<Vec<u32>> = names.iter().map(|name| words.of(name.text)).collect();
    for (index, name) in names.iter().enumerate() {
        let own = &spoken[index];
        for signature in signatures(own, words) {
            let bucket = buckets.entry(signature.hash).or_default();
            for &other in bucket.iter().rev().take(COMPARED) {
                if names[other].owner == name.owner {
                    continue;
                }
                found.compared += 1;
                let theirs = &spoken[other];
                let alike = match signature.word {
                    Some(at) => theirs.len() == own.len() && words.alike(own[at], theirs[at]),
                    // The same letters. Two aliases may be the same: then the waiter asks.
                    None => name.alias.is_none() && names[other].alias.is_none(),
                };
                let owners = (names[other].owner, name.owner);
                if alike && paired.insert(owners, ()).is_none() {
                    found.pairs.push((other, index));
                }
            }
            bucket.push(index);
        }
    }
    found
}

/// What two names share: all but one word, or all letters.
struct Signature {
    hash: u64,
    /// The word that differs.
    word: Option<usize>,
}

fn signatures(name: &[u32], words: &Words) -> Vec<Signature> {
    if name.is_empty() {
        return Vec::new();
    }
    // The hash of a stream of bytes, whatever the words are that bring them: "bread sticks" is "breadsticks".
    let mut letters = DefaultHasher::new();
    for id in name {
        letters.write(words.text(*id).as_bytes());
    }
    let mut signatures = vec![Signature {
        hash: letters.finish(),
        word: None,
    }];
    for at in 0..name.len() {
        for key in words.keys(name[at]) {
            let rest = (&name[..at], &name[at + 1..]);
            signatures.push(Signature {
                hash: hash(&(at, rest, key)),
                word: Some(at),
            });
        }
    }
    signatures
}

fn hash(what: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// Every word of a file once, with what it sounds like.
#[derive(Default)]
pub(super) struct Words {
    ids: HashMap<String, u32>,
    words: Vec<Word>,
    /// Lists of choices, hashed, that nobody takes for one another.
    told_apart: HashSet<u64>,
}

struct Word {
    text: String,
    sound: SoundKey,
    /// Of numbers and letters that are taken for one another.
    group: Option<String>,
    /// What the word is filed under, hashed.
    keys: Vec<u64>,
}

impl Word {
    fn new(text: String) -> Self {
        let (sound, group) = (SoundKey::of(&text), group(&text));
        let has_figures = text.bytes().any(|b| b.is_ascii_digit());
        let mut keys: Vec<u64> = match &group {
            Some(group) => vec![hash(group)],
            None if has_figures => Vec::new(),
            None => {
                let codes = sound.codes().into_iter();
                codes
                    .filter(|code| !code.is_empty())
                    .map(|code| hash(&code))
                    .collect()
            }
        };
        keys.dedup();
        Self {
            text,
            sound,
            group,
            keys,
        }
    }
}

impl Words {
    fn of(&mut self, text: &str) -> Vec<u32> {
        let words = tokens(text).into_iter().map(|token| token.text);
        words.map(|word| self.id(word)).collect()
    }

    fn id(&mut self, word: String) -> u32 {
        if let Some(id) = self.ids.get(&word) {
            return *id;
        }
        let id = self.words.len() as u32;
        self.words.push(Word::new(word.clone()));
        self.ids.insert(word, id);
        id
    }

    fn text(&self, id: u32) -> &str {
        &self.words[id as usize].text
    }

    /// What the word is filed under.
    fn keys(&self, id: u32) -> &[u64] {
        &self.words[id as usize].keys
    }

    fn alike(&self, a: u32, b: u32) -> bool {
        let (a, b) = (&self.words[a as usize], &self.words[b as usize]);
        let grouped = a.group.is_some() && a.group == b.group;
        a.text != b.text && (grouped || likeness(&a.sound, &b.sound) >= ALIKE)
    }
}

/// The group of a number in -teen or -ty, or of a single letter.
fn group(word: &str) -> Option<String> {
    if let Some(at) = TEENS.iter().position(|group| group.contains(&word)) {
        return Some(format!("teen {at}"));
    }
    let letter = (word.len() == 1).then_some(word)?;
    let at = LETTERS.iter().position(|group| group.contains(letter))?;
    Some(format!("letter {at}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names<'a>(texts: &[&'a str]) -> Vec<Name<'a>> {
        let named = texts.iter().enumerate();
        named
            .map(|(owner, text)| Name {
                owner,
                text,
                alias: None,
            })
            .collect()
    }

    fn alike(a: &str, b: &str) -> bool {
        !search(&names(&[a, b]), &mut Words::default())
            .pairs
            .is_empty()
    }

    #[test]
    fn what_a_telephone_confuses_is_found() {
        for (a, b) in [
            ("Coke", "Cake"),
            ("Large Coke", "large cake"),
            ("Mocha", "Matcha"),
            ("Fifteen wings", "Fifty wings"),
            ("15 wings", "50 wings"),
            ("Combo B", "Combo D"),
            ("Chili dog", "Chilli dog"),
            ("Bread sticks", "Breadsticks"),
            ("Naan", "Nan"),
            ("Soup", "soup"),
        ] {
            assert!(alike(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn what_only_looks_alike_is_left_alone() {
        for (a, b) in [
            ("Chicken taco", "Chicken tacos plate"),
            ("Beef burrito", "Bean burrito"),
            ("Small", "Large"),
            ("Medium", "Mild"),
            ("Latte", "Large"),
            ("Olives", "Onions"),
            ("Coke", "Diet Coke"),
            ("12 inch", "14 inch"),
            ("Combo A", "Combo B"),
            ("Wheat", "Rye"),
            ("Taco", "Tacos"),
            ("Bun", "Bean"),
            ("麻婆豆腐", "宮保雞丁"),
        ] {
            assert!(!alike(a, b), "{a} / {b}");
        }
    }

    #[test]
    fn the_same_alias_on_two_things_means_ask_and_is_no_finding() {
        let mut two = names(&["Drip coffee", "coffee", "Cold brew", "coffee"]);
        let aliases = [(0, 0, None), (1, 0, Some(0)), (2, 1, None), (3, 1, Some(0))];
        for (index, owner, alias) in aliases {
            (two[index].owner, two[index].alias) = (owner, alias);
        }
        assert_eq!(search(&two, &mut Words::default()).pairs, vec![]);
        two[3].text = "coffey";
        assert_eq!(search(&two, &mut Words::default()).pairs, vec![(1, 3)]);
    }

    #[test]
    fn the_work_grows_with_the_names_and_not_with_their_pairs() {
        let same: Vec<String> = (0..1_000).map(|i| format!("Coke {i}")).collect();
        let hostile: Vec<String> = (0..1_000).map(|_| "Chicken Coke".to_owned()).collect();
        let vowels: Vec<String> = (0..1_000_u32)
            .map(|i| format!("k{}k", "aeiou".repeat(i as usize % 7 + 1)))
            .collect();
        for list in [same, hostile, vowels] {
            let list: Vec<&str> = list.iter().map(String::as_str).collect();
            let compared = search(&names(&list), &mut Words::default()).compared;
            // One signature for the letters, two keys for each of two words.
            assert!(compared <= list.len() * 5 * COMPARED, "{compared}");
        }
    }
}
