//! Choices that only some of several have, said behind them: "ketchup on one and mustard on the other".

use super::beam::Ground;
use super::draft::{Draft, Last, Mod, Open};
use super::parts;
use super::weights as w;
use crate::words::number_at;

/// "On one", "on the other": the choices said last are for so many of the line; before any, as "one with".
pub(super) fn on_some(ground: &Ground<'_>, draft: Draft, words: (usize, usize)) -> Vec<Draft> {
    let tokens = &ground.lattice.words[words.0 + 1..words.1];
    let rest = tokens
        .iter()
        .any(|word| matches!(word.text.as_str(), "other" | "others" | "rest" | "last"));
    let number = (0..tokens.len()).find_map(|at| number_at(tokens, at));
    let wanted = number.map_or(1, |number| number.value);
    if draft.last == Last::Choice && draft.open.is_none() {
        return behind(ground, &draft, (!rest).then_some(wanted))
            .into_iter()
            .collect();
    }
    let mut ahead = draft;
    if ahead
        .open
        .as_ref()
        .is_some_and(|open| !open.mods.is_empty())
    {
        return Vec::new();
    }
    ahead.open = Some(Open {
        quantity: (!rest).then_some(wanted),
        other: rest,
        ..Open::default()
    });
    let parted = parts::split(&ahead).map(|mut draft| {
        draft.last = Last::With;
        draft.paying(w::SPLIT)
    });
    parted.into_iter().collect()
}

/// Parts `wanted` (or all that are left) from the line talked about, and gives them what was said last.
fn behind(ground: &Ground<'_>, draft: &Draft, wanted: Option<u32>) -> Option<Draft> {
    let at = draft.current?;
    let base = &draft.lines[at];
    let placed = draft.placed.min(base.mods.len());
    let wanted = wanted.unwrap_or(base.remaining);
    let whole = base.quantity > 1 && base.known.is_none() && !base.parted;
    if !whole
        || wanted == 0
        || wanted > base.remaining
        || wanted == base.quantity
        || placed == base.mods.len()
    {
        return None;
    }
    let mut next = draft.clone().paying(w::SPLIT);
    let mut part = base.clone();
    part.quantity = wanted;
    part.remaining = wanted;
    part.parted = true;
    // "Two bagels on rye, butter on one": what every one of them must have is not only the one's, if more was said.
    let options = &ground.menu.restaurant.menu.items[base.item()].options;
    let of_all = |said: &Mod| {
        said.pick
            .is_some_and(|(option, _)| options[option].min > 0 && options[option].max == Some(1))
    };
    let some = base.mods[placed..].iter().any(|said| !of_all(said));
    let kept = base.mods.iter().enumerate();
    next.lines[at].mods = kept
        .filter(|(nth, said)| *nth < placed || some && of_all(said))
        .map(|(_, said)| *said)
        .collect();
    next.lines[at].remaining -= wanted;
    next.lines.push(part);
    next.last = Last::Choice;
    next.carry_none = false;
    Some(next)
}
