//! A line of the cart: indexes into one menu, so that a line can never name what the menu lacks.

use super::{Measure, Part};
use crate::restaurant::{Amount, Item, ItemOption};

/// Names a line while its cart lives; never reused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct LineId(pub(super) u32);

impl LineId {
    /// The number behind it, for whoever must write it down.
    pub fn number(self) -> u32 {
        self.0
    }
}

/// A choice the caller took on a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Picked {
    /// Index into the item's options.
    pub option: usize,
    /// Index into the option's choices.
    pub choice: usize,
    pub part: Part,
    pub amount: Amount,
    /// At least 1.
    pub count: u32,
}

impl Picked {
    /// One of a choice, as it comes, on all of the item.
    pub fn plain(option: usize, choice: usize) -> Self {
        Self {
            option,
            choice,
            part: Part::Whole,
            amount: Amount::Regular,
            count: 1,
        }
    }

    /// The same choice in another amount.
    pub fn with_amount(self, amount: Amount) -> Self {
        Self { amount, ..self }
    }
}

/// Some of one item, all made the same way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CartLine {
    pub(super) id: LineId,
    pub(super) item: usize,
    pub(super) quantity: u32,
    /// Exactly where the item is sold by measure; the quantity is 1 then.
    pub(super) measure: Option<Measure>,
    pub(super) picked: Vec<Picked>,
    pub(super) notes: Vec<String>,
}

impl CartLine {
    /// Its name in this cart.
    pub fn id(&self) -> LineId {
        self.id
    }

    /// Index into the menu's items.
    pub fn item(&self) -> usize {
        self.item
    }

    /// At least 1; always 1 where the item is sold by measure.
    pub fn quantity(&self) -> u32 {
        self.quantity
    }

    /// How much of it, where the item is sold by measure.
    pub fn measure(&self) -> Option<Measure> {
        self.measure
    }

    /// How much of the item, in thousandths of a piece or a unit.
    pub(super) fn thousandths(&self) -> u64 {
        let measured = self.measure.map(|measure| u64::from(measure.thousandths()));
        measured.unwrap_or(u64::from(self.quantity) * 1000)
    }

    /// Requests to the kitchen about this line, oldest first.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// What the caller took, in menu order; defaults are not among them.
    pub fn picked(&self) -> &[Picked] {
        &self.picked
    }

    /// What the caller took on one option, `none` left out.
    pub fn taken(&self, option: usize) -> impl Iterator<Item = &Picked> {
        self.picked
            .iter()
            .filter(move |p| p.option == option && p.amount != Amount::None)
    }

    /// What the kitchen makes: what was taken, and the defaults of options nobody answered (but for a default that is
    /// sold out or was refused with "no"). Options that are not asked, as nothing opens them, give nothing.
    pub fn made(&self, item: &Item) -> Vec<Picked> {
        made(item, &self.picked)
    }
}

/// What the kitchen makes of these picks.
pub(super) fn made(item: &Item, picked: &[Picked]) -> Vec<Picked> {
    let conditional = item.has_conditions();
    let mut made: Vec<Picked> = match conditional {
        true => Vec::new(),
        false => picked.to_vec(),
    };
    for (at, option) in item.options.iter().enumerate() {
        if conditional {
            if !is_asked(item, at, &made) {
                continue;
            }
            made.extend(picked.iter().filter(|p| p.option == at));
        }
        let mut taken = picked
            .iter()
            .filter(|p| p.option == at && p.amount != Amount::None);
        if taken.next().is_none() {
            made.extend(defaults(at, option, picked));
        }
    }
    made.sort();
    made
}

/// Is the option asked, given what is made of those before it?
pub(super) fn is_asked(item: &Item, option: usize, made: &[Picked]) -> bool {
    let Some(rules) = item.options.get(option).and_then(|o| o.rules.as_ref()) else {
        return true;
    };
    let taken = |option: usize, choices: &[usize]| {
        made.iter()
            .any(|p| p.option == option && p.amount != Amount::None && choices.contains(&p.choice))
    };
    rules
        .parent
        .is_none_or(|(option, choice)| taken(option, &[choice]))
        && rules
            .when
            .iter()
            .all(|when| taken(when.option, &when.choices))
}

fn defaults<'a>(
    at: usize,
    option: &'a ItemOption,
    picked: &'a [Picked],
) -> impl Iterator<Item = Picked> + 'a {
    let refused = move |choice: usize| picked.iter().any(|p| p.option == at && p.choice == choice);
    option
        .default
        .iter()
        .filter(move |&&choice| option.choices[choice].available && !refused(choice))
        .map(move |&choice| Picked::plain(at, choice))
}
