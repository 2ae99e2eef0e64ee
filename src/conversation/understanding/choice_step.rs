//! A choice is read: it goes to the item before it, or waits for the item after it.

use super::beam::Ground;
use super::close;
use super::draft::{Draft, DraftLine, Fit, Last, Mod, Open, Repairs, best_fit, fits_among};
use super::repair;
use super::weights as w;
use crate::order::Part;
use crate::restaurant::Amount;

/// All ways to take a name as a choice.
pub(super) fn read(ground: &Ground<'_>, draft: &Draft, name: usize, cost: f32) -> Vec<Draft> {
    if ground.lattice.matches[name].choices.is_empty() {
        return Vec::new();
    }
    if draft.no_change {
        let mut next = draft.clone().paying(cost);
        next.no_change = false;
        next.cost += ground.lattice.matches[name].choices[0].1;
        next.open = next.open.filter(|open| !open.mods.is_empty());
        next.last = Last::Choice;
        return vec![next];
    }
    let mut out = given(ground, draft, name, cost);
    let plain = repair::as_it_comes(ground, draft, name);
    out.extend(plain.map(|draft| draft.paying(cost)));
    out
}

fn given(ground: &Ground<'_>, draft: &Draft, name: usize, cost: f32) -> Vec<Draft> {
    let mut out = Vec::new();
    let repaired = match draft.repairs {
        Repairs::Nothing => None,
        Repairs::Open | Repairs::Line | Repairs::Like => repair::taken_back(ground, draft, name),
    };
    let on_line = repaired.as_ref().unwrap_or(draft);
    // A choice that waits may belong to an item that replaces the one before.
    let waiting = repaired
        .as_ref()
        .filter(|_| draft.repairs == Repairs::Open)
        .unwrap_or(draft);
    for (amount, extra) in amounts(draft) {
        out.extend(attach(ground, on_line, name, amount, cost + extra));
        out.extend(wait(ground, waiting, name, amount, cost + extra));
        out.extend(refused(ground, on_line, name, amount, cost + extra));
        if made_up(ground, waiting, name, amount) {
            // "Large coke, small sprite": the second size begins another phrase.
            for mut closed in close::headless(ground, waiting.clone()) {
                closed.open = Some(Open::default());
                out.extend(wait(ground, &closed, name, amount, cost + extra));
            }
        }
    }
    out
}

/// Does the phrase that is open already hold another choice of the same option, which takes one?
fn made_up(ground: &Ground<'_>, draft: &Draft, name: usize, amount: Amount) -> bool {
    let Some(open) = draft.open.as_ref().filter(|_| amount != Amount::None) else {
        return false;
    };
    open.mods
        .iter()
        .any(|m| m.amount != Amount::None && rivals(ground, m.name, name))
}

/// Do two names mean two choices of one option that takes one?
pub(super) fn rivals(ground: &Ground<'_>, one: usize, other: usize) -> bool {
    let senses = &ground.menu.choices;
    let of = |name: usize| ground.lattice.matches[name].choices.first().map(|c| c.0);
    let (Some(one), Some(other)) = (of(one), of(other)) else {
        return false;
    };
    let (item, option, _) = senses[one].on[0];
    let single = ground.menu.restaurant.menu.items[item].options[option].max == Some(1);
    single && senses[one].option == senses[other].option
}

/// The amounts the choice may have, with costs: as said, or carried on from a negation.
fn amounts(draft: &Draft) -> Vec<(Amount, f32)> {
    match (draft.amount, draft.carry_none, draft.last) {
        (Some(amount), _, _) => vec![(amount, 0.0)],
        _ if draft.excluding => vec![(Amount::None, 0.0)],
        (None, true, Last::Or) => vec![(Amount::None, 0.0)],
        (None, true, Last::And) if draft.over_and => {
            vec![(Amount::None, 0.0), (Amount::Regular, w::NEGATION_ENDS)]
        }
        (None, true, Last::And) => vec![(Amount::Regular, 0.0), (Amount::None, w::NEGATION_ENDS)],
        _ => vec![(Amount::Regular, 0.0)],
    }
}

/// Gives the choice to the item before it.
fn attach(
    ground: &Ground<'_>,
    draft: &Draft,
    name: usize,
    amount: Amount,
    cost: f32,
) -> Option<Draft> {
    let current = taker(ground, draft, name)?;
    if draft
        .open
        .as_ref()
        .is_some_and(|open| !open.mods.is_empty())
    {
        return None;
    }
    let item = draft.lines[current].item();
    let heard = &ground.lattice.matches[name];
    let senses = fits_among(ground.menu, heard, item, amount, &draft.lines[current].mods);
    let fit = senses.into_iter().next()?;
    let elsewhere = if draft.current == Some(current) {
        0.0
    } else {
        w::NOT_IN_FOCUS
    };
    let (amount, count, across) = counted(ground, draft, item, &fit, amount);
    let mut cost = cost + fit.cost + across + elsewhere;
    cost += match draft.last {
        Last::Portion => w::CHOICE_AFTER_PORTION,
        Last::Measure => w::CHOICE_AFTER_MEASURE,
        Last::Opener => w::AFTER_OPENER,
        _ => 0.0,
    };
    cost += not_so_much(ground, (item, fit.option), amount, fit.cost);
    let line = &draft.lines[current];
    let article = draft.open.as_ref().is_some_and(|open| open.article);
    if line.known.is_some() && article && !heard.items.is_empty() {
        cost += w::KNOWN_OVER_ITEM;
    }
    let single = ground.menu.restaurant.menu.items[item].options[fit.option].max == Some(1);
    let again =
        |other: &Mod| other.pick == Some((fit.option, fit.choice)) && other.part == draft.part;
    if line.mods.iter().any(again) {
        cost += if single && draft.open.is_some() {
            // "A medium with ham and a medium with olives" are two.
            w::PUSHES_OUT
        } else if single {
            w::PUSHES_OUT / 2.0
        } else {
            w::TWICE
        };
    }
    if draft.carry_none && draft.last == Last::Choice && ground.lattice.is_head(heard) {
        cost += w::HEAD_AS_CHOICE;
    }
    let mut next = draft.clone().paying(cost);
    let pause = ground.lattice.words[heard.from].after_break;
    if pause && draft.listed && draft.last == Last::Choice && draft.open.is_none() {
        next.close_choices();
    }
    next.listed = draft.last == Last::And;
    let part = taken_part(ground, draft, item, &fit);
    let new = Mod {
        name,
        amount,
        count,
        part,
        pick: Some((fit.option, fit.choice)),
        carried: false,
    };
    if draft.spread {
        let only_known = next.lines.iter().all(|line| line.known.is_some());
        let meant = |line: &&mut DraftLine| only_known || line.known.is_none();
        for line in next.lines.iter_mut().filter(meant) {
            if let Some(fit) = best_fit(ground.menu, heard, line.item()) {
                let pick = Some((fit.option, fit.choice));
                line.mods.push(Mod { pick, ..new });
            }
        }
    } else {
        next.lines[current].mods.push(new);
        next.current = Some(current);
    }
    next.open = None;
    next.repairs = Repairs::Nothing;
    settle(&mut next, amount);
    Some(next)
}

/// "Light sauce" is no white sauce, where white sauce cannot be light.
pub(super) fn not_so_much(
    ground: &Ground<'_>,
    (item, option): (usize, usize),
    amount: Amount,
    cost: f32,
) -> f32 {
    let option = &ground.menu.restaurant.menu.items[item].options[option];
    if cost >= w::DROPPED && amount != Amount::None && !option.amounts.contains(&amount) {
        w::AMOUNT_NOT_ALLOWED
    } else {
        0.0
    }
}

/// The line talked about; of lines the caller already has, the newest that takes the choice.
fn taker(ground: &Ground<'_>, draft: &Draft, name: usize) -> Option<usize> {
    let current = draft.current?;
    let takes = |at: &usize| {
        let heard = &ground.lattice.matches[name];
        best_fit(ground.menu, heard, draft.lines[*at].item()).is_some()
    };
    let heard = &ground.lattice.matches[name];
    let sure = heard.stretch == 0.0 && heard.choices.first().is_some_and(|c| c.1 < w::DROPPED);
    if takes(&current) || !sure || draft.open.is_some() || draft.lines[current].known.is_none() {
        return Some(current);
    }
    let mut known = (0..draft.lines.len())
        .rev()
        .filter(|&at| draft.lines[at].known.is_some());
    known.find(takes).or(Some(current))
}

/// "A house salad, no tomatoes", where no tomatoes are offered with it: refused, and of no other dish.
fn refused(
    ground: &Ground<'_>,
    draft: &Draft,
    name: usize,
    amount: Amount,
    cost: f32,
) -> Option<Draft> {
    let heard = &ground.lattice.matches[name];
    let line = draft.current_line().filter(|_| draft.open.is_none())?;
    if amount != Amount::None || best_fit(ground.menu, heard, line.item()).is_some() {
        return None;
    }
    let mut next = draft
        .clone()
        .paying(cost + heard.choices[0].1 + w::REFUSED_NOT_OFFERED);
    next.refused_words.extend(heard.from..heard.to);
    settle(&mut next, amount);
    Some(next)
}

/// Keeps the choice for the item after it.
fn wait(
    ground: &Ground<'_>,
    draft: &Draft,
    name: usize,
    amount: Amount,
    cost: f32,
) -> Option<Draft> {
    let heard = &ground.lattice.matches[name];
    let attachable = draft
        .current_line()
        .is_some_and(|line| best_fit(ground.menu, heard, line.item()).is_some());
    let mut cost = cost + heard.choices[0].1;
    cost += match &draft.open {
        Some(_) => 0.0,
        None if !attachable => w::FIRST_BEFORE,
        None if draft.last == Last::With => w::BARE_AFTER_WITH,
        None => w::BARE_BEFORE,
    };
    if amount == Amount::None {
        cost += w::NEGATED_BEFORE;
    }
    if made_up(ground, draft, name, amount) {
        cost += w::PUSHES_OUT;
    }
    let mut next = draft.clone().paying(cost);
    let mut open = next.open.take().unwrap_or_default();
    open.mods.push(Mod {
        name,
        amount,
        count: 1,
        part: draft.part,
        pick: None,
        carried: false,
    });
    next.open = Some(open);
    settle(&mut next, amount);
    Some(next)
}

/// An open number before a choice counts it, where the menu lets it be taken that often: "two extra shots" is two shots.
fn counted(
    ground: &Ground<'_>,
    draft: &Draft,
    item: usize,
    fit: &Fit,
    amount: Amount,
) -> (Amount, u32, f32) {
    let Some(open) = &draft.open else {
        return (amount, 1, 0.0);
    };
    let Some(quantity) = open.quantity else {
        return (
            amount,
            1,
            if open.article { w::ACROSS_ARTICLE } else { 0.0 },
        );
    };
    let option = &ground.menu.restaurant.menu.items[item].options[fit.option];
    let choice = &option.choices[fit.choice];
    let amount = if amount == Amount::Extra {
        Amount::Regular
    } else {
        amount
    };
    if quantity == 1 {
        return (amount, 1, w::ACROSS_ARTICLE);
    }
    let room = option.max.is_none_or(|max| max >= quantity);
    let allowed = choice.max_count >= quantity && room;
    let likely = option.takes_several() && room && quantity <= 4;
    match (allowed, likely) {
        (true, _) => (amount, quantity, w::COUNTED),
        (false, true) => (amount, quantity, w::COUNTED * 2.0),
        _ => (amount, 1, w::COUNT_NOT_ALLOWED),
    }
}

fn taken_part(ground: &Ground<'_>, draft: &Draft, item: usize, fit: &Fit) -> Part {
    let several = ground.menu.restaurant.menu.items[item].options[fit.option].takes_several();
    if several { draft.part } else { Part::Whole }
}

fn settle(next: &mut Draft, amount: Amount) {
    next.carry_none = amount == Amount::None;
    next.amount = None;
    next.last = Last::Choice;
}
