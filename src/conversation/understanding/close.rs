//! Noun phrases that end without an item: they imply one, part some from several, or stay loose.

use super::beam::Ground;
use super::draft::{Draft, DraftLine, Last, Mod, best_fit};
use super::parts::split;
use super::weights as w;
use crate::restaurant::Amount;

/// Closes an open noun phrase that holds choices and no item.
pub(super) fn headless(ground: &Ground<'_>, draft: Draft) -> Vec<Draft> {
    let Some(open) = draft.open.clone().filter(|open| !open.mods.is_empty()) else {
        let mut draft = draft;
        let all = draft.open.take().and_then(|open| open.all);
        draft.lose_all(all);
        return vec![draft];
    };
    let mut out = Vec::new();
    if let Some(mut parted) = split(&draft)
        && let Some(line) = parted.lines.last_mut()
        && all_fit(ground, line.item(), &open.mods)
    {
        line.mods.extend(open.mods.iter().copied());
        parted.take_all(ground, open.all);
        parted.last = Last::Choice;
        out.push(parted.paying(w::SPLIT));
    }
    // "No onions" alone asks for nothing.
    let wants = open.article
        || open.quantity.is_some()
        || open.mods.iter().any(|m| m.amount != Amount::None);
    let sure = |m: &Mod| ground.lattice.matches[m.name].choices[0].1 < w::DROPPED;
    let tells = open.article || open.quantity.is_some() || open.mods.iter().any(sure);
    if let Some(item) = implied_item(ground, &draft, &open.mods).filter(|_| tells && wants) {
        let mut next = draft.clone().paying(w::IMPLIED);
        let quantity = open.quantity.unwrap_or(1);
        next.lines.push(DraftLine {
            items: vec![(item, 0.0)],
            quantity,
            counted: open.quantity.is_some() || open.article,
            mods: open.mods.clone(),
            remaining: quantity,
            known: None,
            implied: true,
            name: None,
            parted: false,
            all_of: None,
        });
        next.current = Some(next.lines.len() - 1);
        next.take_all(ground, open.all);
        next.open = None;
        out.push(next);
    }
    let mut loose = draft.paying(w::LOOSE * open.mods.len() as f32);
    loose.open = None;
    loose.lose_all(open.all);
    loose.loose.extend(open.mods);
    out.push(loose);
    out
}

/// Closes a draft at the end of the utterance.
pub(super) fn at_end(ground: &Ground<'_>, mut draft: Draft) -> Vec<Draft> {
    draft.drop_amount();
    draft.bare_quantity = draft
        .open
        .as_ref()
        .filter(|open| open.mods.is_empty())
        .and_then(|open| open.quantity);
    headless(ground, draft)
}

fn all_fit(ground: &Ground<'_>, item: usize, mods: &[Mod]) -> bool {
    mods.iter()
        .all(|m| best_fit(ground.menu, &ground.lattice.matches[m.name], item).is_some())
}

/// The item that choices alone imply: one like the line before, else the only item that takes them all, else the plain
/// one of a family ("Pizza" beside "Hawaiian pizza").
fn implied_item(ground: &Ground<'_>, draft: &Draft, mods: &[Mod]) -> Option<usize> {
    let before = draft
        .lines
        .iter()
        .rev()
        .filter(|line| line.known.is_none())
        .map(DraftLine::item);
    if let Some(item) = before.into_iter().find(|&item| all_fit(ground, item, mods)) {
        return Some(item);
    }
    let menu = &ground.menu.restaurant.menu;
    let fitting: Vec<usize> = (0..menu.items.len())
        .filter(|&item| all_fit(ground, item, mods))
        .collect();
    match fitting.as_slice() {
        [only] => Some(*only),
        [] => None,
        many => ground.menu.plain_of(many),
    }
}
