//! How sure a name is: heard as written, by its sound, in part, or among words that nothing explains.

use super::beam::Ground;
use super::everyday::{is_common, is_everyday};
use super::lattice::{Match, Reading};
use super::weights as w;
use crate::words::is_plural;

/// So many strange words make noise of an utterance: another language, a television, a story.
const NOISE: usize = 3;

/// Is a third of the words or more strange? What is heard by its sound is then hardly meant.
pub(super) fn noise(ground: &Ground<'_>, unmatched: &[usize]) -> bool {
    let words = &ground.lattice.words;
    let strange = unmatched
        .iter()
        .filter(|&&at| !is_everyday(&words[at].text))
        .count();
    strange >= NOISE && strange * 3 >= words.len()
}

/// Was no meaning of the name heard as written?
pub(super) fn only_by_sound(name: &Match, meanings: &[(usize, f32)]) -> bool {
    name.stretch > 0.0 && !meanings.is_empty()
}

/// A choice heard by its sound, and only part of it.
pub(super) fn hardly(name: &Match) -> bool {
    let cost = name.choices.first().map_or(0.0, |&(_, cost)| cost);
    name.stretch > 0.0 && cost - name.stretch >= w::DROPPED
}

/// The doubt about an item. A name heard by its sound and only in part is doubtful for both; so is one of which only a
/// common word was heard ("the place across the street").
pub(super) fn of_item(ground: &Ground<'_>, name: &Match, cost: f32) -> f32 {
    let in_part = cost - name.stretch >= w::DROPPED;
    let words = &ground.lattice.words[name.from..name.to];
    let common = words.iter().all(|word| is_common(&word.text));
    match (name.stretch > 0.0, common) {
        (true, _) if in_part => name.stretch + w::PART_BY_SOUND,
        (false, true) if in_part => w::PART_BY_COMMON_WORD,
        _ => name.stretch,
    }
}

/// "I'll have to lump and ice teas": several, no count, and right before them something that nothing explains. The
/// count is hardly one.
pub(super) fn count_lost(ground: &Ground<'_>, name: &Match, item: usize) -> bool {
    let items = &ground.menu.restaurant.menu.items;
    let one = items[item].name.rsplit(' ').next().unwrap_or_default();
    name.plural
        && !is_plural(one)
        && (name.from.saturating_sub(2)..name.from).any(|at| is_strange(ground, at))
}

/// "Two bowl for tea suits": only a part of a name, and what follows it in the same breath nothing explains. That was
/// rather the rest of another name.
pub(super) fn cut_short(ground: &Ground<'_>, name: &Match, cost: f32) -> bool {
    const ENDS: &[&str] = &["with", "and", "please", "no", "without", "but", "or"];
    if cost - name.stretch < w::DROPPED {
        return false;
    }
    let words = ground
        .lattice
        .words
        .iter()
        .enumerate()
        .skip(name.to)
        .take(3);
    let mut rest =
        words.take_while(|(_, word)| !word.after_break && !ENDS.contains(&word.text.as_str()));
    rest.any(|(at, _)| is_strange(ground, at))
}

/// Does nothing explain the word, and is it no everyday one?
fn is_strange(ground: &Ground<'_>, at: usize) -> bool {
    let edges = &ground.lattice.edges[at];
    !is_everyday(&ground.lattice.words[at].text)
        && edges.iter().all(|e| matches!(e.reading, Reading::Unknown))
}
