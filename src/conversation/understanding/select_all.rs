//! "With everything", "all the toppings but onions": every choice of one option.
//!
//! A menu that has such a choice itself ("All toppings") is read by its name; here it is spelt out.

use super::beam::Ground;
use super::draft::{Draft, Last};
use super::forms::stems;
use super::weights as w;
use crate::order::Picked;
use crate::restaurant::{Amount, ItemOption};

/// Fewer choices are no "everything".
const SEVERAL: usize = 3;

/// Reads it: for the item before it, or for the one after. "Everything" alone is a word like any other ("the weather
/// and everything") unless it follows "with" or a name.
pub(super) fn read(ground: &Ground<'_>, mut draft: Draft, words: (usize, usize)) -> Vec<Draft> {
    let bare = words.1 == words.0 + 1;
    if bare && !matches!(draft.last, Last::With | Last::Item | Last::Choice) {
        return Vec::new();
    }
    let waits = draft
        .open
        .as_ref()
        .is_some_and(|open| !open.mods.is_empty());
    if waits || draft.current.is_none() {
        let mut open = draft.open.take().unwrap_or_default();
        open.all = Some(words);
        draft.open = Some(open);
        draft.last = Last::All;
        return vec![draft];
    }
    draft.open = None;
    let lines: Vec<usize> = match draft.current {
        Some(_) if draft.spread => (0..draft.lines.len())
            .filter(|&at| draft.lines[at].known.is_none())
            .collect(),
        current => current.into_iter().collect(),
    };
    for at in lines {
        let Some(option) = option_meant(ground, draft.lines[at].item(), words) else {
            return Vec::new();
        };
        draft.lines[at].all_of = Some(option);
    }
    draft.drop_amount();
    draft.last = Last::All;
    vec![draft]
}

impl Draft {
    /// The item that "everything" waited for is here; one that has no such option leaves the words unexplained.
    pub(super) fn take_all(&mut self, ground: &Ground<'_>, words: Option<(usize, usize)>) {
        let (Some(words), Some(at)) = (words, self.current) else {
            return;
        };
        match option_meant(ground, self.lines[at].item(), words) {
            Some(option) => self.lines[at].all_of = Some(option),
            None => self.lose_all(Some(words)),
        }
    }

    /// "Everything" that belongs to no item.
    pub(super) fn lose_all(&mut self, words: Option<(usize, usize)>) {
        if let Some((from, to)) = words {
            self.cost += w::UNKNOWN;
            self.unmatched.extend(from..to);
        }
    }
}

/// The option of an item that the words name, else its longest; it must take all its choices together.
fn option_meant(ground: &Ground<'_>, item: usize, words: (usize, usize)) -> Option<usize> {
    let options = &ground.menu.restaurant.menu.items[item].options;
    let said = stems(&ground.lattice.text(words.0, words.1));
    let takes_all = |option: &ItemOption| {
        let fits = option
            .max
            .is_none_or(|max| max as usize >= option.choices.len());
        fits && option.choices.len() >= SEVERAL && option.amounts.contains(&Amount::Regular)
    };
    let named = |option: &ItemOption| stems(&option.name).iter().any(|word| said.contains(word));
    (0..options.len())
        .filter(|&at| takes_all(&options[at]))
        .max_by_key(|&at| (named(&options[at]), options[at].choices.len()))
}

/// Picks every choice of the option that is there and was not spoken of.
pub(super) fn fill(ground: &Ground<'_>, item: usize, option: usize, picked: &mut Vec<Picked>) {
    let Some(all) = ground.menu.restaurant.menu.items[item].options.get(option) else {
        return;
    };
    for (choice, _) in all
        .choices
        .iter()
        .enumerate()
        .filter(|(_, choice)| choice.available)
    {
        let spoken_of = |pick: &Picked| pick.option == option && pick.choice == choice;
        if !picked.iter().any(spoken_of) {
            picked.push(Picked::plain(option, choice));
        }
    }
}
