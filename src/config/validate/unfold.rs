//! An item's options as one list: what a choice opens stands behind it, a choice that is a dish brings that dish's
//! options, and what refers to another option by name refers to its place.

use std::collections::HashSet;

use super::super::problem::join;
use super::super::suggestion::did_you_mean;
use super::super::{Code, Problem};
use super::amount::signed_money;
use super::findings::Findings;
use super::option::{Draft, Link, no_choice, position};
use crate::restaurant::{Availability, ChoiceDetails, Condition, Currency, ItemOption, PriceBy};

/// Options inside choices inside options: two levels below the item's own, and as many in a dish of a combo.
const MAX_DEPTH: usize = 4;
/// Most choices of all items together. A group is written once and taken over by many items: this keeps what a file
/// unfolds to within what could be written out.
const MAX_CHOICES: usize = 200_000;

/// Unfolds item after item.
pub(super) struct Unfolding<'a> {
    pub currency: Currency,
    /// By item: its options, each by itself.
    pub drafts: &'a [Vec<Draft<'a>>],
    /// By item: is it there, and when is it sold?
    pub sold: &'a [(bool, Vec<Availability>)],
    /// What was noted already: a group is unfolded by every item that takes it over.
    noted: HashSet<(String, String)>,
    choices: usize,
}

/// An option of the list, and what it was read from.
struct Placed<'a> {
    option: ItemOption,
    draft: &'a Draft<'a>,
}

impl<'a> Unfolding<'a> {
    pub(super) fn new(
        currency: Currency,
        drafts: &'a [Vec<Draft<'a>>],
        sold: &'a [(bool, Vec<Availability>)],
    ) -> Self {
        Self {
            currency,
            drafts,
            sold,
            noted: HashSet::new(),
            choices: 0,
        }
    }

    /// The options of an item; `None` when the menu has grown beyond what could be written out (noted).
    pub(super) fn item(
        &mut self,
        item: usize,
        pointer: &str,
        found: &mut Findings,
    ) -> Option<Vec<ItemOption>> {
        let drafts = self.drafts;
        let mut placed = Vec::with_capacity(drafts[item].len());
        let fits = self.place(&drafts[item], None, &mut vec![item], &mut placed, found);
        if !fits {
            let message =
                format!("with shared options the menu has more than {MAX_CHOICES} choices");
            let problem = Problem::new(Code::Option, join(pointer, "options"), message);
            found.push(problem.with_help("remove options that no caller needs"));
            return None;
        }
        for at in 0..placed.len() {
            self.resolve(at, &mut placed, found);
        }
        Some(placed.into_iter().map(|placed| placed.option).collect())
    }

    /// Puts options at the end of the list, each followed by what its choices open. `dishes` are those we are inside of.
    fn place(
        &mut self,
        drafts: &'a [Draft<'a>],
        parent: Option<(usize, usize)>,
        dishes: &mut Vec<usize>,
        placed: &mut Vec<Placed<'a>>,
        found: &mut Findings,
    ) -> bool {
        for draft in drafts {
            self.choices += draft.option.choices.len();
            if self.choices > MAX_CHOICES {
                return false;
            }
            let at = placed.len();
            let mut option = draft.option.clone();
            if parent.is_some() {
                option.rules.get_or_insert_default().parent = parent;
            }
            placed.push(Placed { option, draft });
            for link in &draft.links {
                if !self.open(link, at, dishes, placed, found) {
                    return false;
                }
            }
        }
        true
    }

    /// What a choice opens: its own options, then those of the dish it is.
    fn open(
        &mut self,
        link: &'a Link<'a>,
        at: usize,
        dishes: &mut Vec<usize>,
        placed: &mut Vec<Placed<'a>>,
        found: &mut Findings,
    ) -> bool {
        let mut depth = 1;
        let mut outer = placed[at].option.parent();
        while let Some((option, _)) = outer {
            depth += 1;
            outer = placed[option].option.parent();
        }
        let opens_something = !link.options.is_empty() || link.dish.is_some();
        if opens_something && depth > MAX_DEPTH {
            let message = "options inside choices inside options: this is too deep to be asked";
            self.note(Problem::new(Code::Option, &link.pointer, message), found);
            return true;
        }
        let here = Some((at, link.choice));
        if !self.place(&link.options, here, dishes, placed, found) {
            return false;
        }
        let Some(dish) = link.dish else {
            return true;
        };
        let (available, times) = &self.sold[dish];
        let choice = &mut placed[at].option.choices[link.choice];
        choice.available &= available;
        if !times.is_empty() {
            let details = choice.details.get_or_insert_default();
            details.times.extend(times.iter().cloned());
        }
        if dishes.contains(&dish) {
            let message = "the combo contains itself";
            let problem = Problem::new(Code::Combo, join(&link.pointer, "item"), message);
            self.note(problem, found);
            return true;
        }
        dishes.push(dish);
        let drafts = self.drafts;
        let fits = self.place(&drafts[dish], here, dishes, placed, found);
        dishes.pop();
        fits
    }

    /// `when` and `price_by` by place.
    fn resolve(&mut self, at: usize, placed: &mut [Placed<'a>], found: &mut Findings) {
        let draft = placed[at].draft;
        if let Some((when, pointer)) = &draft.when {
            for (name, choices) in when.iter() {
                let key = join(pointer, name);
                let Some(option) = self.named(name, at, placed, &key, found) else {
                    continue;
                };
                if option > at {
                    let message = format!("\"{name}\" is asked after this");
                    let problem = Problem::new(Code::Option, &key, message).at_key();
                    self.note(problem.with_help("write it before"), found);
                    continue;
                }
                let others = &placed[option].option.choices;
                let mut of = Vec::new();
                for choice in choices.as_slice() {
                    match position(others, choice) {
                        Some(choice) => of.push(choice),
                        None => self.note(no_choice(choice, others, &key), found),
                    }
                }
                let rules = placed[at].option.rules.get_or_insert_default();
                rules.when.push(Condition {
                    option,
                    choices: of,
                });
            }
        }
        for link in &draft.links {
            for (name, prices) in link.price_by.into_iter().flatten() {
                let key = join(&join(&link.pointer, "price_by"), name);
                let Some(option) = self.named(name, at, placed, &key, found) else {
                    continue;
                };
                let others = &placed[option].option.choices;
                let mut by = vec![None; others.len()];
                for (choice, price) in prices {
                    let key = join(&key, choice);
                    let price = signed_money(&price.0, self.currency, &key, found);
                    match position(others, choice) {
                        Some(choice) => by[choice] = Some(price),
                        None => self.note(no_choice(choice, others, &key), found),
                    }
                }
                let choice = &mut placed[at].option.choices[link.choice];
                let details: &mut ChoiceDetails = choice.details.get_or_insert_default();
                details.price_by = Some(PriceBy { option, prices: by });
            }
        }
    }

    /// The option of this name beside the one at `at`, or outside of it.
    fn named(
        &mut self,
        name: &str,
        at: usize,
        placed: &[Placed<'_>],
        pointer: &str,
        found: &mut Findings,
    ) -> Option<usize> {
        let mut scope = placed[at].option.parent();
        loop {
            let same = |(index, other): &(usize, &Placed<'_>)| {
                *index != at
                    && other.option.parent() == scope
                    && other.option.name.eq_ignore_ascii_case(name)
            };
            if let Some((index, _)) = placed.iter().enumerate().find(same) {
                return Some(index);
            }
            match scope {
                Some((outer, _)) => scope = placed[outer].option.parent(),
                None => break,
            }
        }
        let names: Vec<&str> = placed.iter().map(|p| p.option.name.as_str()).collect();
        let message = format!("the item has no other option called \"{name}\"");
        let mut problem = Problem::new(Code::Reference, pointer, message).at_key();
        problem.help = did_you_mean(name, &names);
        self.note(problem, found);
        None
    }

    /// Notes a problem once, however many items unfold the option it is in.
    fn note(&mut self, problem: Problem, found: &mut Findings) {
        let key = (problem.pointer.clone(), problem.message.clone());
        if self.noted.insert(key) {
            found.push(problem);
        }
    }
}
