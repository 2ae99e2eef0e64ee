//! What the menu calls the words at one place: as heard, by another form of the word, by their sound, or joined.

use super::compiled::CompiledMenu;
use super::cues::cues;
use super::everyday::{is_common, is_everyday};
use super::forms::stem;
use super::lattice::REFUSING;
use super::sound_alike::Sounds;
use super::weights as w;
use crate::words::{Token, number_at, single_number, singular};

/// Articles and prepositions of other kitchens' languages inside a name. A recogniser of English writes some little
/// English word for them ("tacos, I'll pastor"); the rest of the name must follow, so nothing else is taken for one.
const LITTLE_FOREIGN: &[&str] = &[
    "al", "de", "del", "la", "con", "di", "alla", "au", "aux", "du",
];

/// One way to read the word(s) at a place as a stem of the menu.
pub(super) struct StemAt {
    pub stem: String,
    pub to: usize,
    pub cost: f32,
}

/// The stems the word(s) at a place may stand for: as heard, another form of the same word, or a sound-alike.
pub(super) fn stems_at(menu: &CompiledMenu, words: &[Token], at: usize) -> Vec<StemAt> {
    let text = words[at].text.as_str();
    let heard = stem(text);
    let mut out = Vec::new();
    let known = menu.knows(&heard);
    if known {
        out.push(StemAt {
            stem: heard.clone(),
            to: at + 1,
            cost: 0.0,
        });
    }
    // "Two 82s", "two eighty twos", where a dish is called 82.
    out.extend(many_of_a_number(menu, words, at));
    let spelt = menu.spelt_like(text).chain(menu.spelt_like(&heard));
    for other in spelt.filter(|other| *other != heard) {
        out.push(StemAt {
            stem: other.to_owned(),
            to: at + 1,
            cost: if known { w::SPELT_OTHERWISE } else { 0.0 },
        });
    }
    // "A dozen" and "twenty four" are numbers of the menu too.
    if let Some(number) =
        number_at(words, at).filter(|n| n.words > 1 || heard != n.value.to_string())
    {
        let stem = number.value.to_string();
        if menu.knows(&stem) {
            out.push(StemAt {
                stem,
                to: at + number.words,
                cost: 0.0,
            });
        }
    }
    let sounds: &Sounds = &menu.sounds;
    // Letters of another alphabet have no sound here.
    let foreign = !text.is_ascii();
    let everyday = foreign || is_everyday(text) || is_everyday(&heard) || cues().is_cue(text);
    if !foreign && text.len() <= 4 && at > 0 && !REFUSING.contains(&text) {
        for little in LITTLE_FOREIGN {
            if *little != heard && menu.knows(little) {
                out.push(StemAt {
                    stem: (*little).to_owned(),
                    to: at + 1,
                    cost: w::LITTLE_FOREIGN,
                });
            }
        }
    }
    // A word may be known only as part of names ("warm" of an option Warm) and stand for another ("warmed up").
    if !everyday && menu.meanings(&heard).is_none() {
        for other in same_root(&heard) {
            if menu.knows(&other) {
                out.push(StemAt {
                    stem: other,
                    to: at + 1,
                    cost: w::SAME_ROOT,
                });
            }
        }
    }
    if !known && !everyday {
        let common = if is_common(text) || is_common(&heard) {
            w::COMMON_WORD
        } else {
            0.0
        };
        let floor = if heard.len() <= 4 {
            w::SOUND_FLOOR_SHORT
        } else {
            w::SOUND_FLOOR
        };
        let alike = sounds.alike(&heard, floor);
        out.extend(alike.into_iter().map(|(word, cost)| StemAt {
            stem: word.to_owned(),
            to: at + 1,
            cost: cost + common,
        }));
    }
    let mut joined = text.to_owned();
    let mut strange = false;
    for (next, word) in words.iter().enumerate().skip(at + 1).take(2) {
        let after = &word.text;
        joined.push_str(after);
        strange |=
            !known || !menu.knows(&stem(after)) && !is_everyday(after) && !cues().is_cue(after);
        let whole = stem(&joined);
        if menu.knows(&whole) {
            out.push(StemAt {
                stem: whole,
                to: next + 1,
                cost: 0.01,
            });
        } else if strange && joined.len() >= 6 && (known || !menu.knows(&stem(after))) {
            // A function word may be the beginning of a name cut in two ("or chattas") if the rest is no word at all.
            let cut = everyday && !known;
            if cut && (foreign || next > at + 1 || text.len() > 3 || is_a_word(after)) {
                continue;
            }
            let floor = if cut {
                w::SOUND_FLOOR_CUT
            } else {
                w::SOUND_FLOOR_JOINED
            };
            let alike = sounds.alike(&whole, floor);
            out.extend(alike.into_iter().take(1).map(|(word, cost)| StemAt {
                stem: word.to_owned(),
                to: next + 1,
                cost: cost + if cut { w::CUT_IN_TWO } else { 0.0 },
            }));
        }
    }
    out
}

/// The plural of a number that the menu has. Figures and their ending are words of their own.
fn many_of_a_number(menu: &CompiledMenu, words: &[Token], at: usize) -> Option<StemAt> {
    let whole = |to: usize, words: &[Token]| {
        let number = number_at(words, at).filter(|number| at + number.words == to)?;
        let stem = number.value.to_string();
        let known = menu.knows(&stem);
        known.then_some(stem)
    };
    let ending = |to: usize| {
        let next = words.get(to).filter(|next| !next.after_break);
        next.is_some_and(|next| next.text == "s")
    };
    if words[at].text.bytes().all(|b| b.is_ascii_digit()) && ending(at + 1) {
        let stem = whole(at + 1, &words[..=at])?;
        let (to, cost) = (at + 2, 0.0);
        return Some(StemAt { stem, to, cost });
    }
    (at + 1..=words.len().min(at + 2)).find_map(|to| {
        let last = &words[to - 1];
        let one_of = singular(&last.text);
        if one_of == last.text || single_number(&one_of).is_none() || cues().is_cue(&last.text) {
            return None;
        }
        let mut one = words[..to].to_vec();
        one[to - 1].text = one_of;
        let stem = whole(to, &one)?;
        let cost = 0.0;
        Some(StemAt { stem, to, cost })
    })
}

/// Is this a word that means something by itself?
fn is_a_word(text: &str) -> bool {
    is_everyday(text) || is_common(text) || is_common(&stem(text)) || cues().is_cue(text)
}

/// "roasted" for "roast", "ice" for "iced", "cheesy" for "cheese".
fn same_root(word: &str) -> Vec<String> {
    let mut out = vec![format!("{word}ed"), format!("{word}d"), format!("{word}y")];
    for ending in ["ed", "d", "y", "er"] {
        if let Some(root) = word.strip_suffix(ending).filter(|root| root.len() > 2) {
            out.push(root.to_owned());
            if ending == "y" {
                out.push(format!("{root}e"));
            }
        }
    }
    out
}
