//! "What sizes do you have?", "how big is a large?", "how much are the pizzas?", "which one is cheaper?"

use super::describe::is_size;
use super::inquiry_family::{holds_words, naming_words, words_of};
use super::inquiry_more::available_choices;
use super::intent::{find, holds};
use super::question::Question;
use super::speech::Speech;
use super::waiter::Waiter;
use crate::order::Picked;
use crate::restaurant::ItemOption;

const SIZES: &[&str] = &[
    "what size",
    "what sizes",
    "which size",
    "which sizes",
    "how many sizes",
    "what are the sizes",
    "what are your sizes",
    "different sizes",
];
const HOW_BIG: &[&str] = &[
    "how big",
    "how large",
    "how small",
    "how many ounces",
    "how many inches",
];
/// Words that say how much a size is.
const MEASURES: &[&str] = &[
    "inch", "inches", "ounce", "ounces", "oz", "liter", "liters", "litre", "slice", "slices",
    "piece", "pieces", "people", "cup", "pound", "pint", "ml", "cm",
];
const PRICES: &[&str] = &[
    "how much",
    "whats the price of",
    "what is the price of",
    "price of",
    "price for",
];
const CHEAP: &[&str] = &["cheaper", "cheapest", "least expensive", "less expensive"];
const DEAR: &[&str] = &["more expensive", "most expensive", "priciest"];

impl Waiter {
    pub(super) fn answer_size(&mut self, speech: &mut Speech, rest: &str) -> Option<()> {
        if HOW_BIG.iter().any(|phrase| find(rest, phrase) == Some(0)) {
            return self.answer_how_big(speech, rest);
        }
        if !SIZES.iter().any(|phrase| holds(rest, phrase)) {
            return None;
        }
        let named = self.meant(rest).or_else(|| self.of_family_with_size(rest));
        let open = match self.question {
            Question::Option(missing) => self.cart.line(missing.line).map(|line| line.item()),
            _ => None,
        };
        let asked_last = self.asked_last();
        if let Some(item) = named.or(open).or(asked_last) {
            let it = self.item_at(item);
            match self.size_of(item) {
                Some(option) => {
                    let sizes = self.sizes_priced(item, option);
                    speech.say(self.words.you_can_choose(&option.name, &sizes));
                }
                None => speech.say(self.words.one_size(&it.name)),
            }
            self.spoken_of = Some(item);
            return Some(());
        }
        let mut seen: Vec<Vec<String>> = Vec::new();
        for at in 0..self.restaurant.menu.items.len() {
            let Some(option) = self.size_of(at) else {
                continue;
            };
            let names = available_choices(option);
            if seen.len() < 3 && !seen.contains(&names) {
                let item = self.item_at(at);
                let of = item.category.as_ref().unwrap_or(&item.name);
                speech.say(self.words.you_can_choose(of, &names));
                seen.push(names);
            }
        }
        (!seen.is_empty()).then_some(())
    }

    fn of_family_with_size(&self, rest: &str) -> Option<usize> {
        let family = rest.split(' ').find_map(|word| {
            let words = naming_words(word);
            Some(self.family(&words)).filter(|family| !family.is_empty())
        })?;
        let sized = family.iter().find(|&&at| self.size_of(at).is_some());
        sized.or(family.first()).copied()
    }

    /// The option of sizes of an item.
    fn size_of(&self, at: usize) -> Option<&ItemOption> {
        let read = &self.menu.restaurant.menu.items[at];
        let sized = (0..read.options.len()).find(|&o| {
            let whole = Picked::plain(o, 0);
            is_size(read, &whole) || holds_words(&read.options[o].name, &["size".to_owned()])
        })?;
        self.item_at(at).options.get(sized)
    }

    fn sizes_priced(&self, at: usize, option: &ItemOption) -> Vec<String> {
        let item = self.item_at(at);
        let dearer = option.choices.iter().any(|choice| choice.price.minor() > 0);
        let available = option.choices.iter().filter(|choice| choice.available);
        available
            .map(|choice| {
                let price = (item.price + choice.price).display(self.restaurant.currency);
                match dearer {
                    true => format!("{} {price}", choice.name),
                    false => choice.name.clone(),
                }
            })
            .collect()
    }

    /// What the file says of a size: "sixteen inch", or the dish's description.
    fn answer_how_big(&mut self, speech: &mut Speech, rest: &str) -> Option<()> {
        let meant = self.meant(rest).or_else(|| self.of_family_with_size(rest));
        let last = self.line_in_focus().map(|line| line.item());
        let said = rest
            .split(' ')
            .map(crate::words::singular)
            .collect::<Vec<_>>()
            .join(" ");
        let all = 0..self.restaurant.menu.items.len();
        let order = meant
            .into_iter()
            .chain(self.asked_last())
            .chain(last)
            .chain(all);
        let mut measured = order.filter_map(|at| {
            let option = self.size_of(at)?;
            option.choices.iter().find_map(|choice| {
                let whole = holds_words(&said, &words_of(&choice.name));
                let measure = choice
                    .aliases
                    .iter()
                    .find(|alias| alias.split(' ').any(|word| MEASURES.contains(&word)))?;
                whole.then(|| (choice.name.clone(), measure.clone()))
            })
        });
        let first = measured.next();
        drop(measured);
        match (first, meant) {
            (Some((size, measure)), _) => speech.say(self.words.contents(&size, &measure)),
            (None, Some(item)) if self.item_at(item).description.is_some() => {
                self.say_contents(speech, item);
            }
            _ => speech.fixed(self.words.how_big_unknown()),
        }
        self.spoken_of = meant.or(self.spoken_of);
        Some(())
    }

    /// "How much is a pizza?": of several, each.
    pub(super) fn answer_prices(&mut self, speech: &mut Speech, rest: &str) -> Option<()> {
        let at = PRICES
            .iter()
            .find_map(|phrase| Some(find(rest, phrase)? + phrase.len()))?;
        if self.named_in(rest).is_some() {
            return None;
        }
        let family = self.family(&priced_words(&rest[at..]));
        if family.len() < 2 {
            return None;
        }
        speech.say(self.words.we_have(&self.priced(&family)));
        self.remember_listed(&family);
        Some(())
    }

    /// "Which one is cheaper?", "what's your cheapest pizza?"
    pub(super) fn answer_dearness(&mut self, speech: &mut Speech, rest: &str) -> Option<()> {
        let cheap = CHEAP.iter().find(|phrase| holds(rest, phrase));
        let dear = DEAR.iter().find(|phrase| holds(rest, phrase));
        let phrase = cheap.or(dear)?;
        let behind = &rest[find(rest, phrase)? + phrase.len()..];
        let named = self.family(&naming_words(behind.split(" or ").next().unwrap_or(behind)));
        let either = self.either(behind);
        if let Question::Option(missing) = self.question
            && let Some(line) = self.cart.line(missing.line)
            && either.is_empty()
            && named.is_empty()
        {
            let item = line.item();
            let option = &self.item_at(item).options[missing.option];
            speech.say(
                self.words
                    .you_can_choose(&option.name, &self.sizes_priced(item, option)),
            );
            return Some(());
        }
        let among = match &self.question {
            _ if !either.is_empty() => either,
            _ if !named.is_empty() => named,
            Question::WhichItem { items, .. } => items.clone(),
            _ if !self.listed.is_empty() => self.listed.clone(),
            _ => (0..self.restaurant.menu.items.len())
                .filter(|&at| self.item_at(at).available)
                .collect(),
        };
        let prices = among.iter().map(|&at| self.item_at(at).price);
        let price = if cheap.is_some() {
            prices.min()
        } else {
            prices.max()
        }?;
        let best: Vec<usize> = among
            .into_iter()
            .filter(|&at| self.item_at(at).price == price)
            .collect();
        match best.as_slice() {
            [only] => {
                let name = &self.item_at(*only).name;
                let shown = price.display(self.restaurant.currency);
                speech.say(self.words.price_is(name, &shown));
            }
            several => speech.say(self.words.we_have(&self.priced(several))),
        }
        let kept = std::mem::take(&mut self.listed);
        self.remember_listed(&best);
        self.listed = kept;
        Some(())
    }

    /// "the soup or the salad"
    fn either(&self, text: &str) -> Vec<usize> {
        let Some((one, other)) = text.split_once(" or ") else {
            return Vec::new();
        };
        let both = [self.named_in(one), self.named_in(other)];
        both.into_iter().flatten().collect()
    }
}

/// "are the tacos", "is a pizza", "do you charge for wings": the thing.
fn priced_words(text: &str) -> Vec<String> {
    const EMPTY: &[&str] = &[
        "for", "charge", "does", "cost", "it", "be", "would", "just", "run", "me",
    ];
    let words = naming_words(text);
    words
        .into_iter()
        .filter(|word| !EMPTY.contains(&word.as_str()))
        .collect()
}
