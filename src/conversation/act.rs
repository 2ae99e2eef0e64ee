//! What an utterance does, read from its words and their tags: the acts that stand above food, and what is said beside it.
//!
//! A [`Turn`] is made once of what a caller said; an act is a value. Nothing here looks at the order.

use super::answering;
use super::lexicon::{Allergen, RawWord, Span, Tag, Tagged, raw_words};
use super::understanding::is_everyday;
use crate::words::{Language, single_number};

/// One utterance: its words and what is tagged in them.
#[derive(Clone, Debug, Default)]
pub(super) struct Turn {
    words: Vec<RawWord>,
    tags: Tagged,
}

/// Somebody does not bear, or does not eat, a food. Nothing of it is ever ordered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Allergy {
    /// The foods as the caller called them.
    pub foods: Vec<String>,
    /// What they are as allergens are stated.
    pub allergens: Vec<Allergen>,
    /// What else was said, as it was said: stretches without the clause about the allergy.
    pub rest: Vec<String>,
    /// A way of eating ("vegan"), and nothing that makes ill.
    pub diet: Option<String>,
}

/// The most words a food takes.
const LONGEST_FOOD: usize = 4;

impl Turn {
    /// What a caller said, in the language of the restaurant.
    pub fn new(language: Language, text: &str) -> Self {
        let words = raw_words(language, text);
        let folded = words.iter().map(|word| word.folded.clone()).collect();
        Self {
            words,
            tags: Tagged::new(language, folded),
        }
    }

    /// The allergy or diet that it speaks of, if it does.
    pub fn allergy(&self) -> Option<Allergy> {
        let mut clause = Clause::new(self);
        for tag in [Tag::AllergyTo, Tag::AllergyOf] {
            for span in self.longest(tag) {
                clause.take(span, tag);
            }
        }
        for span in self.longest(Tag::Avoids) {
            clause.avoid(span);
        }
        let conditions: Vec<(Span, Allergen)> = self.tags.conditions().collect();
        for (span, allergen) in conditions {
            clause.condition(span, allergen);
        }
        let diet = self.longest(Tag::Diet).pop();
        if let Some(span) = diet {
            clause.mark(span.from, span.to);
        }
        if clause.nothing() {
            return None;
        }
        clause.find_foods();
        Some(clause.finish(diet))
    }

    /// The spans of a tag that lie in no longer one of it.
    fn longest(&self, tag: Tag) -> Vec<Span> {
        let mut end = 0;
        let mut kept = Vec::new();
        for from in 0..self.words.len() {
            if let Some(span) = self.tags.at(from, tag).filter(|_| from >= end) {
                end = span.to;
                kept.push(span);
            }
        }
        kept
    }

    fn said(&self, from: usize, to: usize) -> String {
        let words = self.words[from..to]
            .iter()
            .map(|word| word.original.as_str());
        words.collect::<Vec<_>>().join(" ")
    }
}

/// The words that are about the allergy.
struct Clause<'a> {
    turn: &'a Turn,
    bound: Vec<bool>,
    foods: Vec<(usize, usize)>,
    allergens: Vec<Allergen>,
    /// A word of allergy stands without its food.
    open: bool,
}

impl<'a> Clause<'a> {
    fn new(turn: &'a Turn) -> Self {
        Self {
            turn,
            bound: vec![false; turn.words.len()],
            foods: Vec::new(),
            allergens: Vec::new(),
            open: false,
        }
    }

    fn nothing(&self) -> bool {
        !self.bound.contains(&true)
    }

    fn mark(&mut self, from: usize, to: usize) {
        self.bound[from..to].fill(true);
        let who = |at: usize| {
            let words = &self.turn.words;
            self.turn.tags.at(at, Tag::AllergyWho).is_some() && !words[at + 1].after_break
        };
        let mut at = from;
        while at > 0 && !self.bound[at - 1] && who(at - 1) {
            at -= 1;
        }
        self.bound[at..from].fill(true);
    }

    fn take(&mut self, span: Span, tag: Tag) {
        if self.bound[span.from] {
            return;
        }
        let behind = match tag {
            Tag::AllergyTo => self.foods_behind(span.to),
            _ => Vec::new(),
        };
        let (from, foods) = if behind.is_empty() {
            self.foods_before(span.from)
        } else {
            (span.from, behind)
        };
        let to = foods.iter().map(|food| food.1).max().unwrap_or(span.to);
        self.open |= foods.is_empty();
        self.foods.extend(foods);
        self.mark(from, to.max(span.to));
    }

    fn avoid(&mut self, span: Span) {
        if self.bound[span.from] {
            return;
        }
        let foods = self.foods_behind(span.to);
        let known = |food: &(usize, usize)| self.turn.tags.foods(food.0, food.1).next().is_some();
        if foods.iter().any(known) {
            let to = foods.iter().map(|food| food.1).max().unwrap_or(span.to);
            self.foods.extend(foods);
            self.mark(span.from, to);
        }
    }

    fn condition(&mut self, span: Span, allergen: Allergen) {
        self.allergens.push(allergen);
        self.mark(span.from, span.to);
    }

    /// The list of foods behind "allergic to", up to where something else begins.
    fn foods_behind(&self, start: usize) -> Vec<(usize, usize)> {
        let (words, tags) = (&self.turn.words, &self.turn.tags);
        let mut foods = Vec::new();
        let mut from = start;
        let mut at = start;
        let close = |from: usize, at: usize, foods: &mut Vec<(usize, usize)>| {
            if from < at {
                foods.push((from, at));
            }
        };
        while at < words.len() {
            let joint = matches!(
                words[at].folded.as_str(),
                "and" | "or" | "et" | "ou" | "y" | "o" | "plus" | "nor" | "ni"
            );
            let food = tags.begins_food(at);
            let paused = words[at].after_break && at > start;
            let on = if joint { at + 1 } else { at };
            let goes_on = tags.begins_food(on);
            if paused && !goes_on || !food && tags.at(at, Tag::ClauseEnd).is_some() && !goes_on {
                break;
            }
            if joint || paused {
                close(from, at, &mut foods);
                from = on;
            }
            if at.saturating_sub(from) >= LONGEST_FOOD {
                break;
            }
            let skipped = !food && !joint && at == from && tags.at(at, Tag::AllergyWho).is_some();
            at += 1;
            if skipped {
                from = at;
            }
        }
        close(from, at.min(words.len()), &mut foods);
        foods
    }

    /// The foods before "allergy", and where they begin.
    fn foods_before(&self, end: usize) -> (usize, Vec<(usize, usize)>) {
        let (words, tags) = (&self.turn.words, &self.turn.tags);
        let mut foods = Vec::new();
        let mut to = end;
        let mut from = end;
        while from > 0 {
            let at = from - 1;
            let paused = from < words.len() && words[from].after_break;
            let joint = matches!(words[at].folded.as_str(), "and" | "or" | "y" | "et");
            if joint && at > 0 && tags.ends_food(at) {
                if from < to {
                    foods.push((from, to));
                }
                to = at;
                from = at;
                continue;
            }
            let known = tags.ends_food(from);
            let other =
                tags.at(at, Tag::AllergyWho).is_some() || tags.at(at, Tag::ClauseEnd).is_some();
            if paused && !known || to - at > LONGEST_FOOD || other && !known {
                break;
            }
            from = at;
        }
        if from < to {
            foods.push((from, to));
        }
        (from.min(end), foods)
    }

    /// "No peanuts please, I'm allergic": the food stands anywhere else.
    fn find_foods(&mut self) {
        if !self.open || !self.foods.is_empty() || !self.allergens.is_empty() {
            return;
        }
        let tags = &self.turn.tags;
        let mut at = 0;
        while at < self.turn.words.len() {
            match tags.food_at(at) {
                Some(to) => {
                    self.foods.push((at, to));
                    at = to;
                }
                None => at += 1,
            }
        }
    }

    fn finish(self, diet: Option<Span>) -> Allergy {
        let turn = self.turn;
        let mut allergens = self.allergens;
        for &(from, to) in &self.foods {
            allergens.extend(turn.tags.foods(from, to));
        }
        let mut known = Vec::new();
        allergens.retain(|allergen| {
            let new = !known.contains(allergen);
            known.push(*allergen);
            new
        });
        let mut foods: Vec<String> = Vec::new();
        for &(from, to) in &self.foods {
            let said = turn.said(from, to);
            if !foods.contains(&said) {
                foods.push(said);
            }
        }
        let alone = foods.is_empty() && allergens.is_empty() && !self.open;
        Allergy {
            diet: diet
                .filter(|_| alone)
                .map(|span| turn.said(span.to - 1, span.to)),
            rest: stretches(turn, &self.bound),
            foods,
            allergens,
        }
    }
}

/// What was said beside the food, and the words that are left.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Beside {
    /// The words without it.
    pub rest: String,
    /// The name the order is for.
    pub name: Option<String>,
    /// When it is wanted, as it was said.
    pub time: Option<String>,
    /// Talk about the call, the day or the way it is fetched was left out.
    pub talk: bool,
}

/// Takes from a plain line what is no food: talk, a time, a name. `is_food` tells whether words name something of the menu.
pub(super) fn beside(plain: &str, is_food: &dyn Fn(&str) -> bool) -> Beside {
    let (rest, talk) = Tagged::of(plain).without(Tag::Social);
    let (rest, time) = without_time(&rest);
    let said = Tagged::of(&rest);
    let name =
        answering::name_span(&said, false).filter(|&(from, to)| !is_food(&said.text(from, to)));
    // "Under Raj Tremblay": a second name, where it is nothing else.
    let second = |to: usize| {
        let word = said.words().get(to)?;
        let letters = word.chars().all(char::is_alphabetic);
        let name = letters && !is_everyday(word) && !said.is_tagged(to) && !is_food(word);
        name.then_some(to + 1)
    };
    let name = name.map(|(from, to)| (from, second(to).unwrap_or(to)));
    let Some((from, to)) = name else {
        return Beside {
            rest,
            name: None,
            time,
            talk,
        };
    };
    let lead = said
        .all(Tag::NameLead)
        .max_by_key(|span| span.to)
        .map_or(from, |span| span.from);
    let before = said.text(0, lead.min(from));
    let after = said.text(to, said.words().len());
    Beside {
        rest: format!("{before} {after}").trim().to_owned(),
        name: Some(said.text(from, to)),
        time,
        talk,
    }
}

/// "I'll pick it up at five forty five": the words without the time, and the time.
fn without_time(plain: &str) -> (String, Option<String>) {
    let said = Tagged::of(plain);
    let words = said.words();
    let leads = (0..words.len()).filter_map(|at| said.at(at, Tag::TimeLead));
    let found = leads
        .filter_map(|lead| Some((lead, time_end(&said, lead.to)?)))
        .next();
    let Some((lead, to)) = found else {
        return (plain.to_owned(), None);
    };
    let left = [said.text(0, lead.from), said.text(to, words.len())];
    let rest = left
        .iter()
        .filter(|part| !part.is_empty())
        .cloned()
        .collect::<Vec<_>>();
    (rest.join(" "), Some(said.text(lead.to, to)))
}

/// Where a time that begins at a word ends: "noon", "half past six", "six thirty", "seven pm", "five".
fn time_end(said: &Tagged, from: usize) -> Option<usize> {
    let words = said.words();
    let hour = |at: usize| {
        let number = words.get(at).and_then(|word| single_number(word));
        number.is_some_and(|hour| (1..=12).contains(&hour))
            || words.get(at).is_some_and(|word| word.contains(':'))
    };
    let mut at = from;
    let mut sure = false;
    if let Some(word) = said.at(at, Tag::TimeWord) {
        at = word.to;
        sure = true;
    }
    if hour(at) {
        at += 1;
        let minutes = words.get(at).and_then(|word| word.parse::<u32>().ok());
        if minutes.is_some_and(|minutes| minutes < 60) {
            at += 1;
            sure = true;
        }
    } else if !sure {
        return None;
    }
    while let Some(tail) = said.at(at, Tag::TimeTail) {
        at = tail.to;
        sure = true;
    }
    // "At five": a time where nothing else follows.
    let ends =
        at == words.len() || said.at(at, Tag::Pad).is_some() || said.at(at, Tag::Done).is_some();
    (sure || ends).then_some(at)
}

/// What is not bound, in stretches, with commas where the caller paused.
fn stretches(turn: &Turn, bound: &[bool]) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    let mut open = false;
    for (word, &bound) in turn.words.iter().zip(bound) {
        if bound {
            open = false;
            continue;
        }
        match out.last_mut().filter(|_| open) {
            Some(text) => {
                text.push_str(if word.after_break { ", " } else { " " });
                text.push_str(&word.original);
            }
            None => out.push(word.original.clone()),
        }
        open = true;
    }
    out
}
