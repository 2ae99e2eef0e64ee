//! How sure a name is: heard as written, by its sound, in part, or among words that nothing explains.

use super::super::lexicon::is_food;
use super::beam::Ground;
use super::everyday::{is_common, is_everyday};
use super::forms::{stem, stems};
use super::lattice::{Match, Reading};
use super::weights as w;
use crate::words::{is_plural, single_number};

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

/// Are two words in five or more strange? "Crazy hot today, huh" chooses nothing, and is about no dish.
pub(super) fn talk(ground: &Ground<'_>, unmatched: &[usize]) -> bool {
    let words = &ground.lattice.words;
    let strange = unmatched
        .iter()
        .filter(|&&at| !is_everyday(&words[at].text));
    let strange = strange.count();
    strange > 1 && strange * 5 >= words.len() * 2
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

/// "A cheese quesadilla", where the menu has a Cheese Omelette: no more of the name was said than tells its kind, and the noun that
/// follows is none of this menu's. It is another dish. So is what a question sounds like ("what will I owe").
pub(super) fn another_dish(ground: &Ground<'_>, name: &Match, (item, cost): (usize, f32)) -> bool {
    const ASKS: &[&str] = &[
        "what", "whats", "how", "hows", "when", "where", "who", "why",
    ];
    let words = &ground.lattice.words;
    if name.stretch > 0.0 && ASKS.contains(&words[0].text.as_str()) {
        return true;
    }
    if cost - name.stretch < w::DROPPED {
        return false;
    }
    let said = stems(&ground.lattice.text(name.from, name.to));
    let item = &ground.menu.restaurant.menu.items[item];
    let noun = |name: &String| stems(name).pop().is_some_and(|noun| said.contains(&noun));
    let named = std::iter::once(&item.name).chain(&item.aliases).any(noun);
    !named && strange_noun_behind(ground, name)
}

/// "A matcha latte", "a large pepperoni pizza", "cod bites": a word that nothing explains tells which, or what, is wanted.
pub(super) fn of_another_kind(ground: &Ground<'_>, name: &Match, unmatched: &[usize]) -> bool {
    const DETERMINED: &[&str] = &["a", "an", "some", "another", "the"];
    let words = &ground.lattice.words;
    let strange = |at: usize| unmatched.contains(&at) && is_strange(ground, at);
    let mut from = name.from;
    while from > 0 && strange(from - 1) && !words[from].after_break {
        from -= 1;
    }
    if from == name.from {
        return strange_noun_behind(ground, name) && strange(name.to);
    }
    let Some(before) = from.checked_sub(1) else {
        return name.to == words.len();
    };
    let text = words[before].text.as_str();
    let choice = ground
        .lattice
        .matches
        .iter()
        .any(|said| said.to == from && said.stretch == 0.0 && !said.choices.is_empty());
    DETERMINED.contains(&text) || single_number(text).is_some() || choice
}

/// "A pepperoni pizza", where pizza is plain: what tells which is a food, heard as it was said and not to be had here.
pub(super) fn of_another_food(
    ground: &Ground<'_>,
    (name, cost): (&Match, f32),
    unmatched: &[usize],
) -> bool {
    let words = &ground.lattice.words;
    let before = name.from.checked_sub(1).filter(|at| {
        unmatched.contains(at) && !words[name.from].after_break && is_food(&words[*at].text)
    });
    let in_part = cost - name.stretch >= w::DROPPED;
    before.is_some_and(|at| is_strange(ground, at))
        && (in_part || of_another_kind(ground, name, unmatched))
}

/// Was a word heard as it was said: a food, a word of this menu, or an everyday one?
pub(super) fn heard_right(ground: &Ground<'_>, word: &str) -> bool {
    is_food(word) || is_everyday(word) || ground.menu.knows(&stem(word))
}

/// Right behind the name, in the same breath, stands one word that nothing explains, and then the phrase is over.
fn strange_noun_behind(ground: &Ground<'_>, name: &Match) -> bool {
    const ENDS: &[&str] = &[
        "and", "with", "please", "no", "without", "but", "plus", "or",
    ];
    let words = &ground.lattice.words;
    let noun = words.get(name.to).is_some_and(|word| !word.after_break);
    let ends = words
        .get(name.to + 1)
        .is_none_or(|word| word.after_break || ENDS.contains(&word.text.as_str()));
    noun && ends && is_strange(ground, name.to)
}

/// Does nothing explain the word, and is it no everyday one?
fn is_strange(ground: &Ground<'_>, at: usize) -> bool {
    let edges = &ground.lattice.edges[at];
    !is_everyday(&ground.lattice.words[at].text)
        && edges.iter().all(|e| matches!(e.reading, Reading::Unknown))
}
