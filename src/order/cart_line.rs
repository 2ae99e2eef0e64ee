//! A line of the cart: indexes into one menu, so that a line can never name what the menu lacks.

use super::Part;
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
    pub(super) picked: Vec<Picked>,
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

    /// At least 1.
    pub fn quantity(&self) -> u32 {
        self.quantity
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
    /// sold out or was refused with "no").
    pub fn made(&self, item: &Item) -> Vec<Picked> {
        let mut made = self.picked.clone();
        for (at, option) in item.options.iter().enumerate() {
            if self.taken(at).next().is_none() {
                made.extend(self.defaults(at, option));
            }
        }
        made.sort();
        made
    }

    fn defaults<'a>(
        &'a self,
        at: usize,
        option: &'a ItemOption,
    ) -> impl Iterator<Item = Picked> + 'a {
        let refused = move |choice: usize| {
            self.picked
                .iter()
                .any(|p| p.option == at && p.choice == choice)
        };
        option
            .default
            .iter()
            .filter(move |&&choice| option.choices[choice].available && !refused(choice))
            .map(move |&choice| Picked::plain(at, choice))
    }
}
