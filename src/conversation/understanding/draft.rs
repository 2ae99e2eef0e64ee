//! An order while a reading of the utterance grows, word by word.

use std::hash::{Hash, Hasher};

use super::CompiledMenu;
use super::lattice::Match;
use super::weights as w;
use crate::order::Part;
use crate::restaurant::Amount;

/// A choice that was read, not yet bound to an item.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mod {
    /// Index into the lattice's matches.
    pub name: usize,
    pub amount: Amount,
    pub count: u32,
    pub part: Part,
    /// The option and choice of the item it was given to.
    pub pick: Option<(usize, usize)>,
    /// It was said of what this line replaces ("a large coke, I mean a diet coke"); anything said since goes before it.
    pub carried: bool,
}

impl Mod {
    fn mix(&self, mix: &mut Mix) {
        mix.add((self.name, self.count, self.pick));
        mix.add((self.amount, self.part, self.carried));
    }
}

/// A quick sum of what a draft means; it is compared with others of the same utterance only.
struct Mix(u64);

impl Mix {
    fn add(&mut self, value: impl Hash) {
        value.hash(self);
    }
}

impl Hasher for Mix {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|&byte| self.write_u64(byte.into()));
    }

    fn write_u8(&mut self, value: u8) {
        self.write_u64(value.into());
    }

    fn write_u32(&mut self, value: u32) {
        self.write_u64(value.into());
    }

    fn write_u64(&mut self, value: u64) {
        self.0 = (self.0.rotate_left(5) ^ value).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    fn write_usize(&mut self, value: usize) {
        self.write_u64(value as u64);
    }

    fn write_isize(&mut self, value: isize) {
        self.write_u64(value.unsigned_abs() as u64);
    }
}

/// A line of the draft.
#[derive(Clone, Debug)]
pub(super) struct DraftLine {
    /// What it may be, likeliest first.
    pub items: Vec<(usize, f32)>,
    pub quantity: u32,
    pub counted: bool,
    /// The number was of portions ("three orders of wings").
    pub portions: bool,
    pub mods: Vec<Mod>,
    /// Of `quantity`, how many were not made differently by a split.
    pub remaining: u32,
    pub known: Option<usize>,
    pub implied: bool,
    /// The match that named it, if one did.
    pub name: Option<usize>,
    /// Parted from a line of several ("one with ham").
    pub parted: bool,
    /// Parted by an article alone: the parts must then make up the whole ("two lattes, a large and a small").
    pub by_article: bool,
    /// Every choice of this option, but for those said in `mods`.
    pub all_of: Option<usize>,
}

/// A noun phrase whose item has not come yet: "two large ...".
#[derive(Clone, Debug, Default)]
pub(super) struct Open {
    pub quantity: Option<u32>,
    /// "a", "some": not a count.
    pub article: bool,
    pub definite: bool,
    /// "another".
    pub another: bool,
    /// "the other", "the rest".
    pub other: bool,
    pub mods: Vec<Mod>,
    /// "a large with everything": where the words for it begin and end.
    pub all: Option<(usize, usize)>,
}

/// What was read last (fillers do not count).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Last {
    Start,
    Opener,
    Item,
    Choice,
    And,
    Or,
    With,
    Number,
    Amount,
    Portion,
    /// "a slice of", "a pump of": a choice as likely as an item.
    Measure,
    /// "everything".
    All,
    Unknown,
}

/// What the next name takes the place of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Repairs {
    Nothing,
    /// A choice of the phrase that is open.
    Open,
    /// The newest line or a choice of it.
    Line,
    /// The newest line by another item, a choice by another of its option.
    Like,
}

/// One reading so far.
#[derive(Clone, Debug)]
pub(super) struct Draft {
    pub cost: f32,
    pub lines: Vec<DraftLine>,
    pub current: Option<usize>,
    pub open: Option<Open>,
    pub amount: Option<Amount>,
    /// "not extra": the next choice changes nothing.
    pub no_change: bool,
    /// The last choice was negated: "or" and "and" carry it on.
    pub carry_none: bool,
    /// It was negated by "without" and the like, which hold over "and"; "no" does not.
    pub over_and: bool,
    /// "everything but": each choice is left out, until something else begins.
    pub excluding: bool,
    pub part: Part,
    /// Choices of the line (or open phrase) before this one have had their part or place said.
    pub placed: usize,
    pub spread: bool,
    /// The last choice was joined by "and": its list is whole, and after a pause another begins.
    pub listed: bool,
    /// "no wait": what is named next replaces what was named last.
    pub repairs: Repairs,
    pub last: Last,
    pub loose: Vec<Mod>,
    pub unmatched: Vec<usize>,
    pub refused: Vec<usize>,
    /// Words under a "no" that name nothing of this menu.
    pub refused_words: Vec<usize>,
    /// A count that ended the utterance.
    pub bare_quantity: Option<u32>,
}

/// A choice of a match on an item: senses that fit, cheapest first.
pub(super) struct Fit {
    pub option: usize,
    pub choice: usize,
    pub cost: f32,
    /// What speaks against this sense beside the others; it decides between senses and costs the draft nothing.
    pub unlikely: f32,
}

/// The senses of a match that an item offers, cheapest first.
pub(super) fn fits(menu: &CompiledMenu, name: &Match, item: usize) -> Vec<Fit> {
    name.choices
        .iter()
        .filter_map(|&(sense, cost)| {
            let (option, choice) = menu.choices[sense].on_item(item)?;
            Some(Fit {
                option,
                choice,
                cost,
                unlikely: 0.0,
            })
        })
        .collect()
}

/// The cheapest sense of a match on an item.
pub(super) fn best_fit(menu: &CompiledMenu, name: &Match, item: usize) -> Option<Fit> {
    name.choices.iter().find_map(|&(sense, cost)| {
        let (option, choice) = menu.choices[sense].on_item(item)?;
        Some(Fit {
            option,
            choice,
            cost,
            unlikely: 0.0,
        })
    })
}

/// The senses of a match on an item that already has some choices, cheapest first. A sense costs more where it pushes
/// another choice out, and is less likely where it goes back to an option the caller had left behind.
pub(super) fn fits_among(
    menu: &CompiledMenu,
    name: &Match,
    item: usize,
    amount: Amount,
    others: &[Mod],
) -> Vec<Fit> {
    let options = &menu.restaurant.menu.items[item].options;
    let taken = |option: usize| {
        let wanted = others
            .iter()
            .filter(|m| m.amount != Amount::None && !m.carried);
        wanted.filter_map(|m| m.pick).find(|pick| pick.0 == option)
    };
    let mut latest = others.iter().rev().filter_map(|m| m.pick);
    let (last, before) = (latest.next(), latest.next());
    // Two of one option in a row are a list, which probably goes on.
    let listing = last.is_some() && last.map(|pick| pick.0) == before.map(|pick| pick.0);
    let mut senses = fits(menu, name, item);
    for sense in &mut senses {
        let Some(pick) = taken(sense.option).filter(|_| amount != Amount::None) else {
            continue;
        };
        let single = options[sense.option].max == Some(1);
        if single && pick.1 != sense.choice {
            sense.cost += w::PUSHES_OUT;
        } else if last.is_some_and(|last| last.0 != sense.option) {
            sense.unlikely = if listing || options[sense.option].min > 0 {
                w::COMES_BACK_SURELY
            } else {
                w::COMES_BACK
            };
        }
    }
    senses.sort_by(|a, b| a.whole().total_cmp(&b.whole()));
    senses
}

impl Fit {
    /// What is compared between senses.
    pub fn whole(&self) -> f32 {
        self.cost + self.unlikely
    }
}

impl Draft {
    /// The start of an utterance. `context` are the items of the lines the caller already has; the last one is what
    /// was talked about last.
    pub fn new(context: &[usize]) -> Self {
        let lines = context.iter().enumerate().map(|(at, &item)| DraftLine {
            items: vec![(item, 0.0)],
            quantity: 1,
            counted: true,
            mods: Vec::new(),
            remaining: 1,
            known: Some(at),
            portions: false,
            implied: false,
            name: None,
            parted: false,
            by_article: false,
            all_of: None,
        });
        Self {
            cost: 0.0,
            lines: lines.collect(),
            current: context.len().checked_sub(1),
            open: None,
            amount: None,
            no_change: false,
            carry_none: false,
            over_and: false,
            excluding: false,
            part: Part::Whole,
            placed: 0,
            spread: false,
            listed: false,
            repairs: Repairs::Nothing,
            last: Last::Start,
            loose: Vec::new(),
            unmatched: Vec::new(),
            refused: Vec::new(),
            refused_words: Vec::new(),
            bare_quantity: None,
        }
    }

    /// All of it but the cost, as one number: two drafts of one meaning go on alike.
    pub fn meaning(&self) -> u64 {
        let mut mix = Mix(1);
        for line in &self.lines {
            for &(item, _) in &line.items {
                mix.add(item);
            }
            mix.add((line.quantity, line.remaining));
            mix.add((line.counted, line.implied, line.parted, line.by_article));
            mix.add((line.known, line.name, line.all_of, line.portions));
            line.mods.iter().for_each(|said| said.mix(&mut mix));
            mix.add(u8::MAX);
        }
        mix.add(self.current);
        if let Some(open) = &self.open {
            mix.add((open.quantity, open.article, open.definite, open.another));
            mix.add((open.other, open.all));
            open.mods.iter().for_each(|said| said.mix(&mut mix));
        }
        mix.add((self.open.is_some(), self.amount, self.part, self.repairs));
        mix.add((self.no_change, self.carry_none, self.over_and));
        mix.add((self.excluding, self.spread, self.listed, self.placed));
        mix.add((self.last, self.bare_quantity));
        self.loose.iter().for_each(|said| said.mix(&mut mix));
        mix.add((&self.unmatched, &self.refused, &self.refused_words));
        mix.0
    }

    /// Adds to the cost.
    pub fn paying(mut self, cost: f32) -> Self {
        self.cost += cost;
        self
    }

    /// Amount words that met nothing are dropped at a price.
    pub fn drop_amount(&mut self) {
        let amount = self.amount.take();
        let no_change = std::mem::take(&mut self.no_change);
        if no_change || amount.is_some_and(|amount| amount != Amount::Regular) {
            self.cost += w::EMPTY_AMOUNT;
        }
    }

    /// The choices said so far in the phrase that is open, else on the line talked about.
    pub fn said_choices(&mut self) -> &mut [Mod] {
        match (&mut self.open, self.current) {
            (Some(open), _) if !open.mods.is_empty() => &mut open.mods,
            (_, Some(at)) => &mut self.lines[at].mods,
            _ => &mut [],
        }
    }

    /// What is said next about place or part is not about the choices before it.
    pub fn close_choices(&mut self) {
        self.placed = self.said_choices().len();
    }

    /// The line talked about.
    pub fn current_line(&self) -> Option<&DraftLine> {
        self.current.map(|at| &self.lines[at])
    }
}

impl DraftLine {
    /// The item it most likely is.
    pub fn item(&self) -> usize {
        self.items[0].0
    }
}
