//! What an utterance was understood to order.

use crate::order::Picked;

/// A line the caller ordered, or more about one they had.
#[derive(Clone, Debug, PartialEq)]
pub struct HeardLine {
    /// Index into the menu's items.
    pub item: usize,
    /// At least 1.
    pub quantity: u32,
    /// A number or article was said.
    pub counted: bool,
    /// The number was of portions ("three orders of wings"), and of no pieces.
    pub portions: bool,
    pub picked: Vec<Picked>,
    /// Set when it is one of the lines the caller already had (an index into the given context).
    pub known: Option<usize>,
    /// Nobody named the item; its choices imply it.
    pub implied: bool,
    /// 0: heard as written. The more, the less sure.
    pub doubt: f32,
    /// The words it was read from.
    pub text: String,
}

impl HeardLine {
    /// One of an item, as it comes.
    pub fn of(item: usize) -> Self {
        Self {
            item,
            quantity: 1,
            counted: false,
            picked: Vec::new(),
            known: None,
            portions: false,
            implied: false,
            doubt: 0.0,
            text: String::new(),
        }
    }
}

/// Words that mean several things on this menu.
#[derive(Clone, Debug, PartialEq)]
pub struct Ambiguous {
    pub text: String,
    pub meant: AmbiguousKind,
}

/// What the several things are.
#[derive(Clone, Debug, PartialEq)]
pub enum AmbiguousKind {
    /// Items, by index; what was said about them besides.
    Items {
        items: Vec<usize>,
        quantity: u32,
        choices: Vec<LooseChoice>,
    },
    /// Choices (item, option, choice), on the line of that index in [`Understood::lines`].
    Choices { line: usize, choices: Vec<Picked> },
}

/// A choice that found no item.
#[derive(Clone, Debug, PartialEq)]
pub struct LooseChoice {
    /// Senses it may mean (indexes into the compiled menu's choices), likeliest first.
    pub senses: Vec<usize>,
    pub picked: Picked,
    pub text: String,
}

/// What stood where an item stands and is none of this menu's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WantedName {
    pub text: String,
    /// The number said before it.
    pub quantity: Option<u32>,
    /// Every word of it is a food or a word of this menu: it was heard as it was said, and is nothing that sounds like it.
    pub sure: bool,
}

/// An utterance, understood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Understood {
    pub lines: Vec<HeardLine>,
    pub ambiguous: Vec<Ambiguous>,
    /// Words that nothing explains, runs joined.
    pub unmatched: Vec<String>,
    pub loose: Vec<LooseChoice>,
    /// Items said under "no".
    pub refused: Vec<usize>,
    /// What was said under "no" and is nothing of this menu, or nothing that the dish before it offers.
    pub refused_names: Vec<String>,
    /// A number or article at the very end with nothing after it ("make that three"; "and a").
    pub bare_quantity: Option<u32>,
    /// Of `unmatched`, what stood where an item stands: probably something this menu does not have.
    pub wanted: Vec<WantedName>,
    /// What the reading cost; 0 is perfect.
    pub cost: f32,
}
