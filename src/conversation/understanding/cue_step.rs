//! Function words and numbers: they change how the next name is taken.

use super::beam::Ground;
use super::close;
use super::cues::Cue;
use super::draft::{Draft, Last, Open};
use super::parts;
use super::select_all;
use super::weights as w;
use crate::order::Part;
use crate::restaurant::Amount;

/// Words between a choice and the item it goes on ("oat milk in the latte").
pub(super) const PLACES: &[&str] = &["on", "in", "to", "for", "over", "inside", "onto", "into"];

/// Reads a function word.
pub(super) fn read(
    ground: &Ground<'_>,
    mut draft: Draft,
    cue: Cue,
    words: (usize, usize),
) -> Vec<Draft> {
    let place = words
        .0
        .checked_sub(1)
        .is_some_and(|before| PLACES.contains(&ground.lattice.words[before].text.as_str()));
    match cue {
        Cue::Filler => {}
        Cue::Opener => {
            draft.drop_amount();
            draft.carry_none = false;
            draft.excluding = false;
            draft.spread = false;
            draft.part = Part::Whole;
            draft.last = Last::Opener;
        }
        Cue::Article => return open(ground, draft, None, place, |open| open.article = true),
        Cue::Definite => return open(ground, draft, None, place, |open| open.definite = true),
        Cue::Another => {
            return open(ground, draft, Some(1), place, |open| open.another = true);
        }
        Cue::Other => return open(ground, draft, None, place, |open| open.other = true),
        Cue::And => {
            draft.last = Last::And;
        }
        Cue::Or => {
            draft.last = Last::Or;
        }
        Cue::With => {
            draft.drop_amount();
            draft.carry_none = false;
            draft.excluding = false;
            draft.close_choices();
            return parts::with(ground, draft);
        }
        Cue::But => {
            draft.drop_amount();
            draft.carry_none = false;
            draft.excluding = draft.last == Last::All;
            draft.last = Last::With;
        }
        Cue::No => return parts::or_parted(draft, |draft| set_amount(draft, Amount::None)),
        Cue::Without => {
            draft.excluding = draft.last == Last::All;
            return parts::or_parted(draft, |draft| {
                set_amount(draft, Amount::None);
                draft.over_and = true;
            });
        }
        Cue::Light => return parts::or_parted(draft, |draft| set_amount(draft, Amount::Light)),
        Cue::Extra => {
            if draft.amount == Some(Amount::None) {
                draft.amount = None;
                draft.no_change = true;
                draft.last = Last::Amount;
            } else {
                return parts::or_parted(draft, |draft| set_amount(draft, Amount::Extra));
            }
        }
        Cue::Plain => set_amount(&mut draft, Amount::Regular),
        Cue::Half => return parts::half(ground, draft, words),
        Cue::Whole => {
            draft.part = Part::Whole;
            draft.close_choices();
        }
        Cue::Spread => {
            parts::spread_back(ground, &mut draft, words);
            draft.spread = true;
            draft.last = Last::With;
        }
        Cue::All => return select_all::read(ground, draft, words),
        Cue::Portion => {
            let mut next = open(ground, draft, None, place, |open| {
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
    open(ground, draft, Some(value), false, |_| {})
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

/// Begins a noun phrase. One that already holds choices is closed without an item first, or goes on: over "on the", over
/// a second article, or when it only refuses.
fn open(
    ground: &Ground<'_>,
    draft: Draft,
    quantity: Option<u32>,
    place: bool,
    change: impl Fn(&mut Open),
) -> Vec<Draft> {
    let held = draft.open.as_ref().map_or(&[][..], |open| &open.mods);
    let waits = match held {
        [] => None,
        _ if place || held.iter().all(|m| m.amount == Amount::None) => Some(w::WAITS_ON),
        [_] if quantity.is_none() && draft.last == Last::Choice => Some(w::WAITS_OVER_ARTICLE),
        _ => None,
    };
    let mut drafts = Vec::new();
    if held.is_empty() {
        drafts.push(draft);
    } else {
        drafts.extend(waits.map(|cost| draft.clone().paying(cost)));
        drafts.extend(close::headless(ground, draft));
    }
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
            draft.excluding = false;
            draft.spread = false;
            if draft.part == Part::Right {
                draft.part = Part::Whole;
            }
            // "Without the onions and the peppers" refuses both.
            let refuses_on = draft.carry_none
                && draft.over_and
                && quantity.is_none()
                && matches!(draft.last, Last::And | Last::Or);
            if refuses_on {
                return draft;
            }
            if draft.amount == Some(Amount::None) || draft.amount.is_none() {
                draft.carry_none = false;
            }
            if draft.last != Last::Portion && draft.last != Last::Amount {
                draft.last = Last::Number;
            }
            draft
        })
        .collect()
}
