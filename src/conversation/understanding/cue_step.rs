//! Function words and numbers: they change how the next name is taken.

use super::beam::Ground;
use super::close;
use super::cues::Cue;
use super::draft::{Draft, Last, Open};
use super::weights as w;
use crate::order::Part;
use crate::restaurant::Amount;

/// Reads a function word.
pub(super) fn read(ground: &Ground<'_>, mut draft: Draft, cue: Cue) -> Vec<Draft> {
    match cue {
        Cue::Filler => {}
        Cue::Opener => {
            draft.drop_amount();
            draft.carry_none = false;
            draft.spread = false;
            draft.part = Part::Whole;
            draft.last = Last::Opener;
        }
        Cue::Article => return open(ground, draft, None, |open| open.article = true),
        Cue::Definite => return open(ground, draft, None, |open| open.definite = true),
        Cue::Another => return open(ground, draft, Some(1), |_| {}),
        Cue::Other => return open(ground, draft, None, |open| open.other = true),
        Cue::And => {
            draft.last = Last::And;
        }
        Cue::Or => {
            draft.last = Last::Or;
        }
        Cue::With => {
            draft.drop_amount();
            draft.carry_none = false;
            return with(draft);
        }
        Cue::But => {
            draft.drop_amount();
            draft.carry_none = false;
            draft.last = Last::With;
        }
        Cue::No => set_amount(&mut draft, Amount::None),
        Cue::Without => {
            set_amount(&mut draft, Amount::None);
            draft.over_and = true;
        }
        Cue::Light => set_amount(&mut draft, Amount::Light),
        Cue::Extra => {
            if draft.amount == Some(Amount::None) {
                draft.amount = None;
                draft.no_change = true;
                draft.last = Last::Amount;
            } else {
                set_amount(&mut draft, Amount::Extra);
            }
        }
        Cue::Plain => set_amount(&mut draft, Amount::Regular),
        Cue::Half => {
            draft.part = if draft.part == Part::Left {
                Part::Right
            } else {
                Part::Left
            };
            draft.carry_none = false;
        }
        Cue::Spread => {
            draft.spread = true;
            draft.last = Last::With;
        }
        Cue::Portion => {
            let mut next = open(ground, draft, None, |open| {
                open.article |= open.quantity.is_none()
            });
            for draft in &mut next {
                draft.last = Last::Portion;
            }
            return next;
        }
        Cue::Head => {
            let described = matches!(draft.last, Last::Item | Last::Choice) && draft.open.is_none();
            draft.cost += if described {
                w::HEAD_AFTER_NAME
            } else {
                w::HEAD_ALONE
            };
        }
        Cue::AsItem => {
            if draft.amount == Some(Amount::None) {
                draft.amount = None;
                draft.last = Last::Opener;
            }
            if draft.last == Last::Choice {
                draft.cost += w::ITEM_OVER_CHOICE;
            }
        }
    }
    vec![draft]
}

/// Reads a number.
pub(super) fn number(ground: &Ground<'_>, draft: Draft, value: u32) -> Vec<Draft> {
    if value == 0 {
        let mut draft = draft;
        set_amount(&mut draft, Amount::None);
        return vec![draft];
    }
    open(ground, draft, Some(value), |_| {})
}

/// "extra", "no", "light": for the next choice.
fn set_amount(draft: &mut Draft, amount: Amount) {
    if draft.amount == Some(Amount::None) && amount != Amount::None {
        // "not light", "no regular": as it comes.
        draft.amount = None;
        draft.no_change = true;
    } else {
        draft.drop_amount();
        draft.amount = Some(amount);
    }
    draft.carry_none = false;
    draft.over_and = false;
    draft.last = Last::Amount;
}

/// Begins a noun phrase. One that already holds choices is closed without an item first.
fn open(
    ground: &Ground<'_>,
    draft: Draft,
    quantity: Option<u32>,
    change: impl Fn(&mut Open),
) -> Vec<Draft> {
    let headless = draft
        .open
        .as_ref()
        .is_some_and(|open| !open.mods.is_empty());
    let drafts = if headless {
        close::headless(ground, draft)
    } else {
        vec![draft]
    };
    drafts
        .into_iter()
        .map(|mut draft| {
            let mut open = draft.open.take().unwrap_or_default();
            if quantity.is_some() {
                open.quantity = quantity;
                open.article = false;
            }
            change(&mut open);
            draft.open = Some(open);
            if draft.amount == Some(Amount::None) || draft.amount.is_none() {
                draft.carry_none = false;
            }
            draft.spread = false;
            if draft.part == Part::Right {
                draft.part = Part::Whole;
            }
            if draft.last != Last::Portion && draft.last != Last::Amount {
                draft.last = Last::Number;
            }
            draft
        })
        .collect()
}

/// "with": also "one with ...", which parts one from several.
fn with(mut draft: Draft) -> Vec<Draft> {
    let counted = draft
        .open
        .as_ref()
        .is_some_and(|open| open.mods.is_empty() && (open.quantity.is_some() || open.other));
    let split = counted.then(|| split(&draft)).flatten();
    draft.last = Last::With;
    if let Some(mut split) = split {
        split.last = Last::With;
        return vec![draft.paying(w::SPLIT), split];
    }
    vec![draft]
}

/// Parts the open number of items from the line that holds several.
pub(super) fn split(draft: &Draft) -> Option<Draft> {
    let open = draft.open.as_ref()?;
    let from = (0..draft.lines.len()).rev().find(|&at| {
        draft.lines[at].remaining < draft.lines[at].quantity || draft.lines[at].quantity > 1
    })?;
    let base = &draft.lines[from];
    let wanted = if open.other {
        base.remaining
    } else {
        open.quantity?
    };
    if base.known.is_some() || wanted == 0 || wanted > base.remaining || wanted == base.quantity {
        return None;
    }
    let mut next = draft.clone();
    let mut part = base.clone();
    part.quantity = wanted;
    part.remaining = wanted;
    next.lines[from].remaining -= wanted;
    next.lines.push(part);
    next.current = Some(next.lines.len() - 1);
    next.open = None;
    Some(next)
}
