//! The rest of a name that was heard in part: "chips and sauces" are the Chips and salsa, "cheese called zones" are the
//! Cheese calzones and not the Cheese pizzas.

use super::super::lexicon::is_food;
use super::beam::Ground;
use super::draft::DraftLine;
use super::everyday::is_everyday;
use super::forms::{stem, stems};
use super::weights as w;
use crate::words::{SoundKey, likeness};

/// Words beside a name that belong to it.
pub(super) struct Remainder {
    /// Where they stand.
    pub explains: Vec<usize>,
    /// The item they tell from the others that share the words heard.
    pub item: Option<usize>,
    pub doubt: f32,
}

/// Finds the rest of a line's name among the words that nothing explained.
pub(super) fn of(ground: &Ground<'_>, line: &DraftLine, unmatched: &[usize]) -> Option<Remainder> {
    let name = &ground.lattice.matches[line.name?];
    let items = &ground.menu.restaurant.menu.items;
    let heard: Vec<String> = stems(&ground.lattice.text(name.from, name.to));
    let missing = |item: usize| -> Vec<String> {
        let mut words = stems(&items[item].name);
        words.retain(|word| !heard.contains(word) && !is_everyday(word));
        words
    };
    let (before, after) = beside(ground, (name.from, name.to), unmatched);
    let mut scores: Vec<(f32, usize, &[usize])> = Vec::new();
    for &(item, cost) in &line.items {
        if cost - name.stretch < w::DROPPED {
            continue;
        }
        let words = missing(item);
        for run in [&before, &after] {
            scores.push((alike(ground, run, &words), item, run));
        }
    }
    scores.sort_by(|a, b| b.0.total_cmp(&a.0));
    let &(best, item, run) = scores.first()?;
    let second = scores.iter().find(|s| s.1 != item).map_or(0.0, |s| s.0);
    if best >= w::REST_OF_NAME && best - second >= w::REST_TELLS {
        return Some(Remainder {
            explains: run.to_vec(),
            item: Some(item),
            // Half the name was heard as written: less doubt than the sound alone would leave.
            doubt: w::SOUND_SHARE * (1.0 - best) / 2.0,
        });
    }
    // "three bitchy wraps": something told which wraps, and it was not heard. "Vanilla ice" is no iced tea: vanilla was.
    let food = |at: &usize| is_food(&ground.lattice.words[*at].text);
    if before.iter().any(food) {
        return None;
    }
    let noun_phrase = !before.is_empty() && line.items.len() == 1 && !missing(item).is_empty();
    noun_phrase.then(|| Remainder {
        explains: before.clone(),
        item: None,
        doubt: w::UNKNOWN,
    })
}

/// Unexplained words right before a name, and right after it or after its "and".
fn beside(
    ground: &Ground<'_>,
    (from, to): (usize, usize),
    unmatched: &[usize],
) -> (Vec<usize>, Vec<usize>) {
    let words = &ground.lattice.words;
    let before: Vec<usize> = (from.saturating_sub(2)..from)
        .rev()
        .take_while(|at| unmatched.contains(at) && !is_everyday(&words[*at].text))
        .collect();
    let joint = words
        .get(to)
        .is_some_and(|next| matches!(next.text.as_str(), "and" | "of" | "with" | "the" | "n"));
    let start = to + usize::from(joint);
    let after = (start..words.len().min(start + 3))
        .take_while(|at| unmatched.contains(at))
        .collect();
    (before, after)
}

/// How much a run of words sounds like the words a name lacks, together or one of them.
fn alike(ground: &Ground<'_>, run: &[usize], words: &[String]) -> f32 {
    if run.is_empty() || words.is_empty() {
        return 0.0;
    }
    let mut at: Vec<usize> = run.to_vec();
    at.sort_unstable();
    let joined: String = at
        .iter()
        .map(|&at| ground.lattice.words[at].text.as_str())
        .collect();
    let heard = SoundKey::of(&stem(&joined));
    let whole = words.concat();
    std::iter::once(&whole)
        .chain(words)
        .map(|word| likeness(&heard, &SoundKey::of(word)))
        .fold(0.0, f32::max)
}
