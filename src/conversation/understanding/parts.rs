//! Some of several, and parts of one: "one with ham, the other with olives", "another with ham", "ham on one half".

use super::beam::Ground;
use super::close;
use super::draft::{Draft, Last, Mod, best_fit};
use super::weights as w;
use crate::order::Part;
use crate::restaurant::Amount;

/// "with": also "one with ...", which parts one from several, and "another with ...", one more of the same.
pub(super) fn with(ground: &Ground<'_>, mut draft: Draft) -> Vec<Draft> {
    let counted = draft
        .open
        .as_ref()
        .is_some_and(|open| open.mods.is_empty() && (open.quantity.is_some() || open.other));
    let parted = counted.then(|| split(&draft)).flatten();
    let more = match &parted {
        None if counted => one_more(ground, &draft),
        _ => None,
    };
    draft.last = Last::With;
    let Some(mut other) = parted.or(more) else {
        return vec![draft];
    };
    other.last = Last::With;
    vec![draft.paying(w::SPLIT), other]
}

/// What a word does, to the line talked about or ("one no onions") to some of its items.
pub(super) fn or_parted(mut draft: Draft, change: impl Fn(&mut Draft)) -> Vec<Draft> {
    let counted = draft
        .open
        .as_ref()
        .is_some_and(|open| open.mods.is_empty() && (open.quantity.is_some() || open.other));
    let parted = counted.then(|| split(&draft)).flatten();
    change(&mut draft);
    let mut out = vec![draft];
    if let Some(mut parted) = parted {
        change(&mut parted);
        out.push(parted.paying(w::SPLIT));
    }
    out
}

/// Parts the open number of items from the line that holds several.
pub(super) fn split(draft: &Draft) -> Option<Draft> {
    let open = draft.open.as_ref()?;
    let begun = |at: &usize| {
        let line = &draft.lines[*at];
        line.remaining > 0 && line.remaining < line.quantity
    };
    let whole = |at: &usize| draft.lines[*at].quantity > 1 && !draft.lines[*at].parted;
    let mut back = (0..draft.lines.len()).rev();
    let from = back.clone().find(begun).or_else(|| back.find(whole))?;
    let base = &draft.lines[from];
    let wanted = if open.other {
        base.remaining
    } else {
        open.quantity.or(open.article.then_some(1))?
    };
    if base.known.is_some() || wanted == 0 || wanted > base.remaining || wanted == base.quantity {
        return None;
    }
    let mut next = draft.clone();
    let mut part = base.clone();
    part.quantity = wanted;
    part.remaining = wanted;
    part.parted = true;
    part.by_article = open.article && open.quantity.is_none() && !open.other;
    next.lines[from].remaining -= wanted;
    next.lines.push(part);
    next.current = Some(next.lines.len() - 1);
    next.open = None;
    next.close_choices();
    Some(next)
}

/// Another of the item talked about, in the same size and kind but with toppings of its own.
fn one_more(ground: &Ground<'_>, draft: &Draft) -> Option<Draft> {
    let quantity = draft.open.as_ref()?.quantity?;
    let line = draft.current_line().filter(|line| line.items.len() == 1)?;
    let options = &ground.menu.restaurant.menu.items[line.item()].options;
    let one_of = |said: &Mod| {
        let single = said
            .pick
            .is_some_and(|(option, _)| options[option].max == Some(1));
        single && said.amount != Amount::None
    };
    let mut more = line.clone();
    more.mods.retain(one_of);
    more.quantity = quantity;
    more.remaining = quantity;
    more.counted = true;
    more.known = None;
    more.all_of = None;
    let mut next = draft.clone().paying(w::ONE_MORE);
    next.lines.push(more);
    next.current = Some(next.lines.len() - 1);
    next.open = None;
    next.close_choices();
    Some(next)
}

/// "half ham half olives", or behind the choices: "ham on one half and olives on the other".
pub(super) fn half(ground: &Ground<'_>, draft: Draft, words: (usize, usize)) -> Vec<Draft> {
    let said = ground.lattice.text(words.0, words.1);
    let behind = said.starts_with("on ") && draft.last == Last::Choice;
    let back = behind.then(|| half_of_before(ground, &draft)).flatten();
    // "On the other" alone is a half only where the first was said.
    let needs_first = said.ends_with("other");
    let mut ahead = draft;
    let first_said = ahead.part == Part::Left || has_left(&mut ahead);
    ahead.part = match ahead.part {
        Part::Left => Part::Right,
        _ => Part::Left,
    };
    ahead.carry_none = false;
    let mut out: Vec<Draft> = back
        .into_iter()
        .filter(|_| first_said || !needs_first)
        .collect();
    if first_said || !needs_first {
        out.push(ahead.paying(if behind { w::PART_BEFORE } else { 0.0 }));
    }
    out
}

/// "Half ham half olives with mushrooms on the whole thing": what was said last is on all of it.
pub(super) fn whole(draft: &mut Draft) {
    if draft.last == Last::Choice {
        let placed = draft.placed;
        let said = draft.said_choices();
        let last = said.len().saturating_sub(1);
        let from = if placed == 0 { last } else { placed.min(last) };
        said[from..].iter_mut().for_each(|m| m.part = Part::Whole);
    }
    draft.close_choices();
}

fn has_left(draft: &mut Draft) -> bool {
    draft.said_choices().iter().any(|m| m.part == Part::Left)
}

/// The choices said since the last part are on this half.
fn half_of_before(ground: &Ground<'_>, draft: &Draft) -> Option<Draft> {
    let mut next = draft.clone();
    let part = if has_left(&mut next) {
        Part::Right
    } else {
        Part::Left
    };
    let placed = next.placed;
    let several = |said: &Mod, item: Option<usize>| {
        let options = item.map(|item| &ground.menu.restaurant.menu.items[item].options);
        match (options, said.pick) {
            (Some(options), Some((option, _))) => options[option].takes_several(),
            _ => true,
        }
    };
    let item = next.current_line().map(super::draft::DraftLine::item);
    let mut any = false;
    for said in next.said_choices().iter_mut().skip(placed) {
        if said.part == Part::Whole && several(said, item) {
            said.part = part;
            any = true;
        }
    }
    next.part = Part::Whole;
    next.close_choices();
    next.carry_none = false;
    any.then_some(next)
}

/// "Both", "each of them": what follows is on every line; behind choices, what was said before it is. Choices that wait
/// are first given to the items they are for ("one hot, one iced, no cream on either").
pub(super) fn spread(ground: &Ground<'_>, draft: Draft, words: (usize, usize)) -> Vec<Draft> {
    let waiting = match &draft.open {
        Some(open) if draft.last == Last::Choice => open.mods.len(),
        _ => 0,
    };
    let drafts = match waiting {
        0 => vec![draft],
        _ => close::headless(ground, draft),
    };
    let each = drafts.into_iter().map(|mut draft| {
        if waiting > 0 {
            draft.last = Last::Choice;
            draft.placed = draft.placed.saturating_sub(waiting);
        }
        spread_back(ground, &mut draft, words);
        draft.spread = true;
        draft.last = Last::With;
        draft
    });
    each.collect()
}

/// "lettuce on both": what was said last is on the other lines too.
fn spread_back(ground: &Ground<'_>, draft: &mut Draft, words: (usize, usize)) {
    let said = ground.lattice.text(words.0, words.1);
    let behind = ["on ", "in ", "for ", "to "]
        .iter()
        .any(|place| said.starts_with(place));
    let Some(current) = draft
        .current
        .filter(|_| behind && draft.last == Last::Choice)
    else {
        return;
    };
    let placed = draft.placed.min(draft.lines[current].mods.len());
    let said: Vec<Mod> = draft.lines[current].mods[placed..].to_vec();
    let only_known = draft.lines.iter().all(|line| line.known.is_some());
    let options: Vec<usize> = said.iter().filter_map(|m| m.pick.map(|p| p.0)).collect();
    // "One with swiss and one with provolone, avocado on both": the provolone is its own.
    let mixed = options.iter().any(|&option| option != options[0]);
    for (at, line) in draft.lines.iter_mut().enumerate() {
        if at == current || line.known.is_some() && !only_known {
            continue;
        }
        let item = line.item();
        for &choice in &said {
            let name = &ground.lattice.matches[choice.name];
            let Some(fit) = best_fit(ground.menu, name, item) else {
                continue;
            };
            let single = ground.menu.restaurant.menu.items[item].options[fit.option].max == Some(1);
            let filled = |m: &Mod| m.pick.is_some_and(|pick| pick.0 == fit.option);
            if !((single || mixed) && line.mods.iter().any(filled)) {
                let pick = Some((fit.option, fit.choice));
                line.mods.push(Mod { pick, ..choice });
            }
        }
    }
    draft.close_choices();
}
