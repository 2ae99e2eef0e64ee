//! Names of the menu as answers and as speech.

use std::collections::BTreeSet;

use super::compiled::{CompiledMenu, Meaning};
use super::everyday::is_everyday;
use super::forms::{is_little, stem, stems};
use super::lattice::REFUSING;
use crate::conversation::lexicon::{Tag, Tagged, is_word};
use crate::words::{Language, SoundKey, Token, likeness, speakable, tokens};

/// Answers less alike than this name none of the candidates.
const NAMED: f32 = 0.7;

/// A choice of an item where it is said: its words `from..to`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NamedChoice {
    pub from: usize,
    pub to: usize,
    pub option: usize,
    pub choice: usize,
}

/// What a name is put together from: of "No Salt & Vinegar" salt and vinegar, refused.
#[derive(PartialEq)]
struct Combination {
    refused: bool,
    parts: BTreeSet<String>,
}

impl Combination {
    fn of(name: &str) -> Self {
        let words = tokens(name);
        let refuses = |word: &str| REFUSING.contains(&word);
        let part = |words: &[Token]| {
            let words = words.iter().filter(|word| !refuses(&word.text));
            let stems: Vec<String> = words.map(|word| stem(&word.text)).collect();
            let telling: Vec<&str> = stems.iter().map(String::as_str).collect();
            let telling = telling.into_iter().filter(|word| !is_little(word));
            telling.collect::<Vec<&str>>().join(" ")
        };
        let parts = words.split(|word| matches!(word.text.as_str(), "and" | "or"));
        Self {
            refused: words.iter().any(|word| refuses(&word.text)),
            parts: parts.map(part).filter(|part| !part.is_empty()).collect(),
        }
    }

    /// What an answer says of some parts; `None` when it says anything else. What is refused goes on over "and" and "or".
    fn said(answer: &str, all: &BTreeSet<String>) -> Option<(BTreeSet<String>, BTreeSet<String>)> {
        let words = tokens(answer);
        let stems: Vec<String> = words.iter().map(|word| stem(&word.text)).collect();
        let (mut wanted, mut unwanted) = (BTreeSet::new(), BTreeSet::new());
        let mut refusing = false;
        let mut at = 0;
        while at < words.len() {
            let begins = |part: &&String| {
                let part: Vec<&str> = part.split(' ').collect();
                stems.len() >= at + part.len() && stems[at..].iter().zip(&part).all(|(a, b)| a == b)
            };
            if let Some(part) = all.iter().filter(begins).max_by_key(|part| part.len()) {
                let list = if refusing { &mut unwanted } else { &mut wanted };
                list.insert(part.clone());
                at += part.split(' ').count();
                continue;
            }
            match words[at].text.as_str() {
                word if REFUSING.contains(&word) => refusing = true,
                "and" | "or" | "the" | "any" => {}
                word => {
                    let frames = [Tag::AnswerFrame, Tag::Courtesy];
                    if !is_little(word) && !frames.iter().any(|&tag| is_word(word, tag)) {
                        return None;
                    }
                    refusing = false;
                }
            }
            at += 1;
        }
        wanted.is_disjoint(&unwanted).then_some((wanted, unwanted))
    }
}

/// Which of the choices of an option an answer means, where they are put together from the same parts ("Salt & Vinegar", "Salt Only",
/// "No Salt & Vinegar"): "both", "neither", "just salt", "no vinegar", and "yes" where the option is called by the parts.
pub(crate) fn combined(option: &str, names: &[String], answer: &str) -> Option<usize> {
    let none = |name: &String| Tagged::of(&name.to_lowercase()).covered_by(&[Tag::No]);
    let of: Vec<Combination> = names.iter().map(|name| Combination::of(name)).collect();
    let wanted = of.iter().filter(|one| !one.refused);
    let whole = wanted.max_by_key(|one| one.parts.len())?;
    let all = &whole.parts;
    let built =
        |at: usize| none(&names[at]) || of[at].parts.is_subset(all) && !of[at].parts.is_empty();
    if all.len() < 2 || !(0..of.len()).all(built) {
        return None;
    }
    let nth = |refused: bool, parts: &BTreeSet<String>| {
        let same = |one: &Combination| one.refused == refused && one.parts == *parts;
        of.iter().position(same)
    };
    let nothing = || nth(true, all).or_else(|| names.iter().position(none));
    let said = Tagged::of(answer);
    if said.covered_by(&[Tag::Both]) {
        return nth(false, all);
    }
    if said.covered_by(&[Tag::No]) {
        return nothing();
    }
    if said.covered_by(&[Tag::Yes]) {
        return nth(false, all).filter(|_| Combination::of(option).parts == *all);
    }
    let (wanted, unwanted) = Combination::said(answer, all)?;
    let rest: BTreeSet<String> = all.difference(&unwanted).cloned().collect();
    if !wanted.is_empty() {
        nth(false, &wanted)
    } else if unwanted.is_empty() {
        None
    } else if rest.is_empty() {
        nothing()
    } else {
        nth(true, &unwanted).or_else(|| nth(false, &rest))
    }
}

impl CompiledMenu {
    /// The choices of an item that words name, wherever they stand and whatever else they may mean: where each is said and which
    /// (option, choice) it is. A word that several fit equally well names none.
    pub(crate) fn choices_named(&self, plain: &str, item: usize) -> Vec<NamedChoice> {
        const LONGEST: usize = 6;
        let words: Vec<String> = tokens(plain).iter().map(|t| stem(&t.text)).collect();
        let mut named = Vec::new();
        let mut from = 0;
        while from < words.len() {
            let most = words.len().min(from + LONGEST);
            let found = (from + 1..=most)
                .rev()
                .find_map(|to| Some((to, self.only_choice(&words[from..to].join(" "), item)?)));
            match found {
                Some((to, (option, choice))) => {
                    named.push(NamedChoice {
                        from,
                        to,
                        option,
                        choice,
                    });
                    from = to;
                }
                None => from += 1,
            }
        }
        named
    }

    /// The one choice of an item that a run of stems fits best.
    fn only_choice(&self, key: &str, item: usize) -> Option<(usize, usize)> {
        let of_item = |&(meaning, cost): &(Meaning, f32)| match meaning {
            Meaning::Choice(sense) => Some((self.choices[sense].on_item(item)?, cost)),
            Meaning::Item(_) => None,
        };
        let mut fitting = self.meanings(key)?.iter().filter_map(of_item);
        let (best, cost) = fitting.next()?;
        fitting
            .all(|(other, more)| other.0 == best.0 && other.1 == best.1 || more > cost)
            .then_some(best)
    }

    /// Which of several names an answer means: the one that shares most words with it, in letters or in sound. `None`
    /// when none does, or two do equally.
    pub(crate) fn likest(&self, answer: &str, names: &[String]) -> Option<usize> {
        let names: Vec<String> = names
            .iter()
            .map(|name| self.read(name).text().to_owned())
            .collect();
        let said: Vec<String> = tokens(answer).iter().map(|t| stem(&t.text)).collect();
        let keys: Vec<SoundKey> = said.iter().map(|word| SoundKey::of(word)).collect();
        let score = |name: &String| -> f32 {
            let words = stems(name);
            let shared = words.iter().map(|word| {
                if said.contains(word) {
                    return 1.0;
                }
                let key = SoundKey::of(word);
                keys.iter().map(|k| likeness(k, &key)).fold(0.0, f32::max)
            });
            let shared: f32 = shared.filter(|&like| like >= NAMED).sum();
            shared - 0.01 * words.len() as f32
        };
        let scores: Vec<f32> = names.iter().map(score).collect();
        let best = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]))?;
        let second = (0..scores.len())
            .filter(|&at| at != best)
            .map(|at| scores[at])
            .fold(0.0, f32::max);
        if scores[best] > 0.5 && scores[best] > second + 0.2 {
            return Some(best);
        }
        // Two that share as many words are a question still; where no word was heard, the sound of the whole may tell.
        let strange = said.iter().any(|word| !is_everyday(word)) || answer.len() <= 2;
        (scores[best] < 1.0 && strange)
            .then(|| self.name_by_sound(answer, &names))
            .flatten()
    }

    /// Display text as speech text: names as the file wants them said, then numbers, prices and times in words.
    pub(crate) fn speakable(&self, display: &str, language: Language) -> String {
        let mut text = display.to_owned();
        for (name, said) in &self.say_as {
            text = replace_name(&text, name, said);
        }
        speakable(&text, language)
    }
}

/// Replaces a name, whatever its capitals, where it stands as whole words (a plural "s" stays).
fn replace_name(text: &str, name: &str, said: &str) -> String {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return text.replace(name, said);
    }
    let mut out = String::new();
    let mut at = 0;
    while let Some(found) = lower[at..].find(name).map(|f| f + at) {
        let end = found + name.len();
        let starts = !lower[..found].ends_with(|c: char| c.is_alphanumeric());
        let rest = &lower[end..];
        let plural = rest
            .strip_prefix("es")
            .or(rest.strip_prefix('s'))
            .unwrap_or(rest);
        let ends = !plural.starts_with(|c: char| c.is_alphanumeric());
        out.push_str(&text[at..found]);
        out.push_str(if starts && ends {
            said
        } else {
            &text[found..end]
        });
        at = end;
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_said_as_the_file_says_only_where_it_stands_alone() {
        assert_eq!(
            replace_name("Two Jalapeños, please.", "jalapeño", "hallapenyo"),
            "Two hallapenyos, please."
        );
        assert_eq!(
            replace_name("Hamburger with ham", "ham", "hahm"),
            "Hamburger with hahm"
        );
    }
}
