//! Function words and numbers: they change how the next name is taken.

use super::beam::Ground;
use super::close;
use super::cues::Cue;
use super::draft::{Draft, Last, Mod, Open, Repairs, best_fit};
use super::everyday::{is_everyday, is_kind_of_cheese};
use super::lattice::Reading;
use super::parts;
use super::repair;
use super::select_all;
use super::some_of;
use super::weights as w;
use crate::order::Part;
use crate::restaurant::Amount;

/// Words between a choice and the item it goes on ("oat milk in the latte").
pub(super) const PLACES: &[&str] = &["on", "in", "to", "for", "over", "inside", "onto", "into"];

/// Nouns that measure what is put on something ("a slice of cheddar"), and no portion of a dish.
const MEASURES: &[&str] = &["slice", "slices", "piece", "pieces", "packet", "packets"];

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
    if draft.repairs != Repairs::Nothing {
        repair::adds(ground, &mut draft, words);
    }
    match cue {
        // "A coffee, actually a malt".
        Cue::Filler if repair::thinks_again(ground, &draft, words) => {
            return vec![repair::instead(draft)];
        }
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
        Cue::Nth => return open(ground, draft, Some(1), place, |_| {}),
        Cue::Times(times) => count_last(ground, &mut draft, times),
        Cue::Ones => {
            if let Some(open) = draft.open.as_mut().filter(|open| !open.mods.is_empty()) {
                open.another = true;
                return close::headless(ground, draft);
            }
        }
        Cue::OnSome => return some_of::on_some(ground, draft, words),
        Cue::Repair => return repair::begun(ground, draft, words),
        Cue::Instead => return vec![repair::instead(draft)],
        Cue::And => {
            // "Twenty and a coke" is not twenty cokes.
            if close::ends_in_number(&draft) {
                draft.cost += w::BARE_NUMBER;
                draft.open = None;
            }
            leave_unknown(&mut draft);
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
            // "One of them with ham": "them" is nothing that the one could be of.
            let last = draft.unmatched.last();
            if last.is_some_and(|&at| !is_everyday(&ground.lattice.words[at].text)) {
                leave_unknown(&mut draft);
            }
            return parts::with(ground, draft);
        }
        Cue::But => {
            draft.drop_amount();
            draft.carry_none = false;
            draft.excluding = draft.last == Last::All;
            draft.last = Last::With;
        }
        // "Four soups, actually no, one soup" refuses none.
        Cue::No
            if matches!(draft.last, Last::Item | Last::Choice)
                && ground
                    .lattice
                    .words
                    .get(words.1)
                    .is_some_and(repair::is_count) =>
        {
            draft.cost += w::REFUSAL_IN_REPAIR;
            return parts::or_parted(draft, |draft| set_amount(draft, Amount::None));
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
        Cue::Plain => {
            return parts::or_parted(draft, |draft| set_amount(draft, Amount::Regular));
        }
        Cue::Free => refuse_last(&mut draft),
        Cue::Half => return parts::half(ground, draft, words),
        Cue::Whole => {
            draft.part = Part::Whole;
            parts::whole(&mut draft);
        }
        Cue::Spread => {
            return parts::spread(ground, draft, words);
        }
        Cue::All => return select_all::read(ground, draft, words),
        Cue::Portion => {
            let mut next = open(ground, draft, None, place, |open| {
                open.article |= open.quantity.is_none()
            });
            let measure = words
                .1
                .checked_sub(2)
                .is_some_and(|noun| MEASURES.contains(&ground.lattice.words[noun].text.as_str()));
            for draft in &mut next {
                draft.last = if measure {
                    Last::Measure
                } else {
                    Last::Portion
                };
            }
            return next;
        }
        Cue::Head => {
            draft.cost += if describes(ground, &draft, words.0) {
                w::HEAD_AFTER_NAME
            } else {
                w::HEAD_ALONE
            };
            // "No sauce", "light sauce", where no choice is called so: nothing changes, nor is anything after it refused.
            if draft.last == Last::Amount
                && let Some(amount) = draft.amount.take()
            {
                if amount != Amount::None {
                    draft.cost += w::AMOUNT_OF_HEAD;
                    draft.unmatched.push(words.0);
                }
                draft.last = Last::Choice;
            }
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

/// "Two kumquats and a coke", "a whopper with cheese": the number, and the article, were those of what nothing explains.
fn leave_unknown(draft: &mut Draft) {
    let begun = draft.open.as_ref().is_some_and(|open| open.mods.is_empty());
    if draft.last == Last::Unknown && begun {
        draft.open = None;
    }
}

/// "Cod and chips twice": so many of the item. "Slaw twice": of the choice, where it may be had so often.
fn count_last(ground: &Ground<'_>, draft: &mut Draft, times: u32) {
    let named = match draft.last {
        Last::Item | Last::Choice if draft.open.is_none() => draft.current,
        _ => None,
    };
    let Some(at) = named else {
        draft.cost += w::UNKNOWN;
        return;
    };
    let options = &ground.menu.restaurant.menu.items[draft.lines[at].item()].options;
    let line = &mut draft.lines[at];
    let room = |option: usize| {
        options[option].takes_several() && options[option].max.is_none_or(|max| max >= times)
    };
    if draft.last == Last::Choice
        && let Some(said) = line.mods.last_mut()
        && let Some((option, choice)) = said.pick
        && room(option)
        && (options[option].choices[choice].max_count >= times || options[option].min >= times)
    {
        said.count = times;
    } else if line.known.is_none() && line.quantity == 1 {
        (line.quantity, line.remaining, line.counted) = (times, times, true);
    } else {
        draft.cost += w::UNKNOWN;
    }
}

/// Does the utterance begin with "with" and this choice?
fn led_by_with(ground: &Ground<'_>, first: &Mod) -> bool {
    let from = ground.lattice.matches[first.name].from;
    (1..=2).contains(&from) && ground.lattice.words[0].text == "with"
}

/// "Sugar free": what was just named is not wanted.
fn refuse_last(draft: &mut Draft) {
    if draft.last == Last::Choice
        && let Some(said) = draft.said_choices().last_mut()
    {
        said.amount = Amount::None;
        draft.cost += w::REFUSED_BEHIND;
    } else {
        draft.cost += w::UNKNOWN_COMMON;
    }
}

/// Does a food noun only describe what was named before it ("feta cheese")? Not after a pause, and "pico cheese" is two
/// things where cheese may be had.
fn describes(ground: &Ground<'_>, draft: &Draft, at: usize) -> bool {
    let words = &ground.lattice.words;
    let named = matches!(draft.last, Last::Item | Last::Choice) && draft.open.is_none();
    if !named || words[at].after_break {
        return false;
    }
    let other_thing = words[at].text == "cheese"
        && draft.last == Last::Choice
        && !is_kind_of_cheese(&words[at - 1].text)
        && draft.current_line().is_some_and(|line| {
            ground.lattice.edges[at].iter().any(|edge| {
                let Reading::Name(name) = edge.reading else {
                    return false;
                };
                let name = &ground.lattice.matches[name];
                edge.to == at + 1 && best_fit(ground.menu, name, line.item()).is_some()
            })
        });
    !other_thing
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
        // "With oat milk and cinnamon, I'd like a latte."
        [first, ..] if draft.last == Last::Opener && led_by_with(ground, first) => {
            Some(w::WAITS_ON)
        }
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
            if !matches!(draft.last, Last::Portion | Last::Measure | Last::Amount) {
                draft.last = Last::Number;
            }
            draft
        })
        .collect()
}
