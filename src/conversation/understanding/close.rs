//! Noun phrases that end without an item: they imply one, part some from several, or stay loose.

use super::beam::Ground;
use super::choice_step::not_so_much;
use super::draft::{Draft, DraftLine, Last, Mod, Repairs, best_fit};
use super::everyday::is_everyday;
use super::parts::split;
use super::repair;
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
        && (!line.by_article || tells_one(ground, line.item(), &open.mods))
    {
        let item = line.item();
        line.mods.extend(bound(ground, item, &open.mods));
        parted.cost += dearer(ground, item, &open.mods);
        if open.mods.iter().any(|m| counts_itself(ground, m)) {
            parted.cost += w::COUNT_OF_CHOICE;
        }
        parted.close_choices();
        parted.take_all(ground, open.all);
        parted.last = Last::Choice;
        out.push(parted.paying(w::SPLIT));
    }
    // "No onions" alone asks for nothing.
    let wants = open.article
        || open.quantity.is_some()
        || open.mods.iter().any(|m| m.amount != Amount::None);
    // Nor does what is refused tell which dish is meant.
    let sure = |m: &Mod| {
        m.amount != Amount::None && ground.lattice.matches[m.name].choices[0].1 < w::DROPPED
    };
    // "Ketchup and butter packets": among words that nothing explains, a choice implies no dish.
    let strange = |at: &usize| !is_everyday(&ground.lattice.words[*at].text);
    let explained = !draft.unmatched.iter().any(strange);
    let tells = open.article || open.quantity.is_some() || explained && open.mods.iter().any(sure);
    if let Some(item) = implied_item(ground, &draft, &open.mods).filter(|_| tells && wants) {
        // "A medium pepperoni, no wait, a large": the second stands for the first.
        let base = repair::replaced(ground, &draft).filter(|_| draft.repairs != Repairs::Nothing);
        let mut next = base.map_or_else(|| draft.clone(), |(draft, _)| draft);
        next.cost += if open.another {
            w::IMPLIED / 2.0
        } else {
            w::IMPLIED
        };
        next.cost += dearer(ground, item, &open.mods);
        next.repairs = Repairs::Nothing;
        let quantity = open.quantity.unwrap_or(1);
        next.lines.push(DraftLine {
            items: vec![(item, 0.0)],
            quantity,
            counted: open.quantity.is_some() || open.article,
            mods: bound(ground, item, &open.mods).collect(),
            remaining: quantity,
            known: None,
            portions: false,
            implied: true,
            name: None,
            parted: false,
            by_article: false,
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
    if ends_in_number(&draft) && !counted_anew(&mut draft) {
        draft.cost += w::BARE_NUMBER;
    }
    draft.bare_quantity = draft
        .open
        .as_ref()
        .filter(|open| open.mods.is_empty())
        .and_then(|open| open.quantity);
    let mut ends = headless(ground, draft);
    for end in &mut ends {
        let by_article = end.lines.iter().any(|line| line.by_article);
        let left =
            |line: &DraftLine| !line.parted && line.remaining > 0 && line.remaining < line.quantity;
        if by_article && end.lines.iter().any(left) {
            end.cost += w::NOT_MADE_UP;
        }
    }
    ends
}

/// "Two cokes, I mean three": the count alone is taken back.
fn counted_anew(draft: &mut Draft) -> bool {
    let quantity = draft.open.as_ref().and_then(|open| open.quantity);
    let new = draft
        .lines
        .iter_mut()
        .rev()
        .find(|line| line.known.is_none());
    let (Some(quantity), Some(line)) = (quantity, new) else {
        return false;
    };
    if draft.repairs == Repairs::Nothing || line.parted {
        return false;
    }
    (line.quantity, line.remaining, line.counted) = (quantity, quantity, true);
    draft.open = None;
    true
}

/// Is there a choice of an option that takes one ("a large")? Only such a phrase is one of several by its article alone.
fn tells_one(ground: &Ground<'_>, item: usize, mods: &[Mod]) -> bool {
    let options = &ground.menu.restaurant.menu.items[item].options;
    bound(ground, item, mods).any(|m| m.pick.is_some_and(|(at, _)| options[at].max == Some(1)))
}

/// What the choices mean on the item, beyond the cheapest meaning that each was taken for while it waited.
fn dearer(ground: &Ground<'_>, item: usize, mods: &[Mod]) -> f32 {
    let each = mods.iter().map(|m| {
        let name = &ground.lattice.matches[m.name];
        let fit = best_fit(ground.menu, name, item);
        fit.map_or(0.0, |fit| {
            let best = name.choices[0].1;
            fit.cost - best + not_so_much(ground, (item, fit.option), m.amount, fit.cost)
        })
    });
    each.sum()
}

/// "Two ranches" are two of the choice, and not two of ten with ranch.
fn counts_itself(ground: &Ground<'_>, said: &Mod) -> bool {
    let name = &ground.lattice.matches[said.name];
    let singular = |&(sense, _): &(usize, f32)| !ground.menu.choices[sense].plural;
    name.plural && name.choices.first().is_some_and(singular)
}

/// The choices as the item has them.
fn bound<'a>(
    ground: &'a Ground<'_>,
    item: usize,
    mods: &'a [Mod],
) -> impl Iterator<Item = Mod> + 'a {
    mods.iter().map(move |m| {
        let fit = best_fit(ground.menu, &ground.lattice.matches[m.name], item);
        Mod {
            pick: fit.map(|fit| (fit.option, fit.choice)),
            ..*m
        }
    })
}

/// A number was read last, and counts nothing yet.
pub(super) fn ends_in_number(draft: &Draft) -> bool {
    let open = draft.open.as_ref().filter(|open| open.mods.is_empty());
    draft.last == Last::Number
        && open.is_some_and(|open| open.quantity.is_some() && open.all.is_none())
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
