//! What a caller takes back in the same breath: "a small latte, no wait, a large one", "ham, I mean bacon".

use super::beam::Ground;
use super::choice_step::rivals;
use super::draft::{Draft, DraftLine, Last, Mod, Repairs, best_fit};
use super::weights as w;
use crate::restaurant::Amount;

/// "No wait": what is named next may replace what was named last.
pub(super) fn begun(ground: &Ground<'_>, mut draft: Draft, words: (usize, usize)) -> Vec<Draft> {
    let open = draft
        .open
        .as_ref()
        .is_some_and(|open| !open.mods.is_empty());
    let new = |line: &DraftLine| line.known.is_none() || !line.mods.is_empty();
    let said = open || draft.lines.iter().any(new);
    draft.drop_amount();
    draft.carry_none = false;
    draft.excluding = false;
    draft.last = Last::Opener;
    if !open {
        draft.open = None;
    }
    // "Wait, no onions": its "no" is more likely the refusal of what follows.
    if words.1 > words.0 + 1 && ground.lattice.words[words.1 - 1].text == "no" {
        draft.cost += w::REFUSAL_IN_REPAIR;
    }
    if said {
        draft.repairs = if open { Repairs::Open } else { Repairs::Line };
        draft.cost += w::REPAIR;
    }
    vec![draft]
}

/// "Two root beers, make it two lemonades", "white sorry brown rice": an item replaces the one before, and a choice another of its
/// option; else a choice ("make it large") is only added.
pub(super) fn instead(mut draft: Draft) -> Draft {
    let waits = draft
        .open
        .as_ref()
        .is_some_and(|open| !open.mods.is_empty());
    draft.drop_amount();
    draft.carry_none = false;
    draft.excluding = false;
    draft.last = Last::Opener;
    let new = |line: &DraftLine| line.known.is_none() || !line.mods.is_empty();
    if !waits && draft.lines.iter().any(new) {
        draft.open = None;
        draft.repairs = Repairs::Like;
    }
    draft
}

/// "Oh wait, can I also get a muffin" takes nothing back.
pub(super) fn adds(ground: &Ground<'_>, draft: &mut Draft, words: (usize, usize)) {
    const ADDING: &[&str] = &["also", "add", "plus", "and", "another", "more", "include"];
    let waiting = draft
        .open
        .as_ref()
        .is_some_and(|open| !open.mods.is_empty());
    let mut said = ground.lattice.words[words.0..words.1].iter();
    if !waiting && said.any(|word| ADDING.contains(&word.text.as_str())) {
        draft.repairs = Repairs::Nothing;
    }
}

/// The draft without its newest line, and that line. `None` when nothing new was named yet.
pub(super) fn replaced(draft: &Draft) -> Option<(Draft, DraftLine)> {
    let at = draft.lines.iter().rposition(|line| line.known.is_none())?;
    if draft.lines[at].parted {
        return None;
    }
    let mut next = draft.clone();
    let old = next.lines.remove(at);
    next.current = next.lines.len().checked_sub(1);
    next.placed = 0;
    next.repairs = Repairs::Nothing;
    Some((next, old))
}

/// What goes over from the line that was replaced: how many, and what is chosen once ("a large coke, I mean a diet coke").
pub(super) fn carry(ground: &Ground<'_>, draft: &mut Draft, old: &DraftLine) {
    let Some(line) = draft.lines.last_mut() else {
        return;
    };
    if !line.counted {
        (line.quantity, line.remaining, line.counted) = (old.quantity, old.quantity, old.counted);
    }
    let item = line.item();
    let options = &ground.menu.restaurant.menu.items[item].options;
    for &said in old.mods.iter().filter(|m| m.amount != Amount::None) {
        let Some(fit) = best_fit(ground.menu, &ground.lattice.matches[said.name], item) else {
            continue;
        };
        let taken = |m: &Mod| m.pick.is_some_and(|pick| pick.0 == fit.option);
        if options[fit.option].max == Some(1) && !line.mods.iter().any(taken) {
            let pick = Some((fit.option, fit.choice));
            let carried = true;
            line.mods.insert(
                0,
                Mod {
                    pick,
                    carried,
                    ..said
                },
            );
        }
    }
    draft.placed = line.mods.len();
}

/// The draft without the choice that one named now replaces: another of an option that takes one, else the last one said.
pub(super) fn taken_back(ground: &Ground<'_>, draft: &Draft, name: usize) -> Option<Draft> {
    let mut next = draft.clone();
    next.repairs = Repairs::Nothing;
    let waiting = next.open.as_mut().filter(|open| !open.mods.is_empty());
    let mods = match waiting {
        Some(open) => &mut open.mods,
        None => {
            let said =
                |at: &usize| next.lines[*at].known.is_none() || !next.lines[*at].mods.is_empty();
            let at = next.current.filter(said)?;
            &mut next.lines[at].mods
        }
    };
    let rival = mods.iter().rposition(|m| rivals(ground, m.name, name));
    let again = |m: &Mod| {
        let senses = |name: usize| ground.lattice.matches[name].choices.first().map(|c| c.0);
        senses(m.name) == senses(name)
    };
    let last = || match draft.repairs {
        Repairs::Like => None,
        _ => mods.len().checked_sub(1),
    };
    let at = rival
        .or_else(|| mods.iter().rposition(again))
        .or_else(last)?;
    let old = mods.remove(at);
    // "Half veggies, I mean half mushrooms": the same half.
    if next.part == old.part || rival.is_some() {
        next.part = old.part;
    }
    next.placed = next.placed.min(next.said_choices().len());
    next.last = Last::Choice;
    Some(next)
}
