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
    /// A group serves dishes of several sizes: a name that one of them lacks is a mistake only if all lack it.
    missing: Vec<(String, Problem)>,
    /// Prices that such a dish lacks in turn, by where they belong.
    unpriced: Vec<(String, Problem)>,
    known: HashSet<String>,
    seen: HashSet<(String, String)>,
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
            missing: Vec::new(),
            unpriced: Vec::new(),
            known: HashSet::new(),
            seen: HashSet::new(),
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
                    let place = join(&key, choice);
                    match position(others, choice) {
                        Some(choice) => {
                            self.known.insert(place);
                            of.push(choice);
                        }
                        None => self.miss(no_choice(choice, others, &key), place),
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
                let Some(option) = self.named_or_priced(name, at, placed, link, &key, found) else {
                    continue;
                };
                self.known.insert(key.clone());
                let others = &placed[option].option.choices;
                let mut by = vec![None; others.len()];
                for (choice, price) in prices {
                    let key = join(&key, choice);
                    let price = signed_money(&price.0, self.currency, &key, found);
                    match position(others, choice) {
                        Some(choice) => {
                            self.known.insert(key);
                            by[choice] = Some(price);
                        }
                        None => {
                            let problem = no_choice(choice, others, &key);
                            self.miss(problem, key);
                        }
                    }
                }
                let unpriced = by.iter().position(Option::is_none);
                if let Some(other) = unpriced.filter(|_| !link.priced) {
                    let message = format!("there is no price for \"{}\"", others[other].printed());
                    let problem = Problem::new(Code::Option, &key, message).at_key();
                    let help =
                        "add it, or write a price beside price_by for all that are not named";
                    self.unpriced.push((key, problem.with_help(help)));
                }
                let choice = &mut placed[at].option.choices[link.choice];
                let details: &mut ChoiceDetails = choice.details.get_or_insert_default();
                details.price_by = Some(PriceBy { option, prices: by });
            }
        }
    }

    /// The option that a price follows. A choice with a price of its own is sold at it by dishes without that option.
    fn named_or_priced(
        &mut self,
        name: &str,
        at: usize,
        placed: &[Placed<'_>],
        link: &Link<'_>,
        pointer: &str,
        found: &mut Findings,
    ) -> Option<usize> {
        if !link.priced {
            return self.named(name, at, placed, pointer, found);
        }
        let mut missing = Findings::default();
        let option = self.named(name, at, placed, pointer, &mut missing);
        for problem in missing.into_problems() {
            self.noted
                .remove(&(problem.pointer.clone(), problem.message.clone()));
            self.miss(problem, pointer.to_owned());
        }
        option
    }

    /// A name that this dish lacks: a mistake where every dish does.
    fn miss(&mut self, problem: Problem, place: String) {
        let seen = (place.clone(), problem.message.clone());
        if self.seen.insert(seen) {
            self.missing.push((place, problem));
        }
    }

    /// Notes the names that no dish has.
    pub(super) fn finish(mut self, found: &mut Findings) {
        let mut misspelt: Vec<String> = Vec::new();
        for (place, problem) in std::mem::take(&mut self.missing) {
            if !self.known.contains(&place) {
                self.note(problem, found);
                misspelt.push(place);
            }
        }
        for (place, problem) in std::mem::take(&mut self.unpriced) {
            // A misspelt name is said already, and is the price that is missing.
            if !misspelt.iter().any(|other| other.starts_with(&place)) {
                self.note(problem, found);
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
