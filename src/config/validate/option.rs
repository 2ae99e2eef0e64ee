//! Options and their choices: how many may be taken, what is taken unasked, what it costs.

use std::collections::HashSet;

use super::super::problem::join;
use super::super::suggestion::did_you_mean;
use super::super::written::{ChoiceFile, Names};
use super::super::{Code, OptionFile, OptionGroupFile, Problem};
use super::amount::money;
use super::findings::Findings;
use crate::restaurant::{Amount, Choice, Currency, ItemOption, Money};

/// An option's body, wherever it was written.
pub(super) struct Body<'a> {
    pub min: Option<u32>,
    pub max: Option<u32>,
    pub default: Option<&'a Names>,
    pub amounts: Option<&'a [Amount]>,
    pub half_price: bool,
    pub choices: &'a [ChoiceFile],
}

impl<'a> From<&'a OptionGroupFile> for Body<'a> {
    fn from(group: &'a OptionGroupFile) -> Self {
        Self {
            min: group.min,
            max: group.max,
            default: group.default.as_ref(),
            amounts: group.amounts.as_deref(),
            half_price: group.half_price.unwrap_or(false),
            choices: &group.choices,
        }
    }
}

impl<'a> From<&'a OptionFile> for Body<'a> {
    fn from(option: &'a OptionFile) -> Self {
        Self {
            min: option.min,
            max: option.max,
            default: option.default.as_ref(),
            amounts: option.amounts.as_deref(),
            half_price: option.half_price.unwrap_or(false),
            choices: option.choices.as_deref().unwrap_or_default(),
        }
    }
}

/// One option called `name`, written at `pointer`.
pub(super) fn option(
    name: &str,
    body: &Body<'_>,
    currency: Currency,
    pointer: &str,
    found: &mut Findings,
) -> ItemOption {
    let choices = choices(body.choices, currency, &join(pointer, "choices"), found);
    let default = defaults(body.default, &choices, &join(pointer, "default"), found);
    let (min, max) = bounds(body, default.len());
    let option = ItemOption {
        name: name.to_owned(),
        min,
        max,
        amounts: match body.amounts {
            Some(amounts) => amounts.to_vec(),
            None if max == Some(1) => vec![Amount::Regular],
            None => Amount::ALL.to_vec(),
        },
        half_price: body.half_price,
        default,
        choices,
    };
    check_bounds(&option, pointer, found);
    option
}

/// All three absent: exactly one. Only `min`: no upper limit. Only `max`: 0 to `max`. `default` without `min`: optional.
fn bounds(body: &Body<'_>, defaults: usize) -> (u32, Option<u32>) {
    match (body.min, body.max) {
        (None, None) if body.default.is_none() => (1, Some(1)),
        (None, None) => (0, Some(defaults.max(1) as u32)),
        (min, max) => (min.unwrap_or(0), max),
    }
}

fn check_bounds(option: &ItemOption, pointer: &str, found: &mut Findings) {
    let at = |key: &str| join(pointer, key);
    if let Some(max) = option.max.filter(|max| *max < option.min) {
        let message = format!("max is {max}, below min ({})", option.min);
        found.add(Code::Option, &at("max"), message);
        return;
    }
    let most: u64 = option.choices.iter().map(|c| u64::from(c.max_count)).sum();
    if u64::from(option.min) > most {
        found.push(
            Problem::new(
                Code::Option,
                at("min"),
                format!(
                    "min asks for {}, but the choices give at most {most}",
                    option.min
                ),
            )
            .with_help("add choices, or raise their max_count"),
        );
    }
    let taken = option.default.len() as u32;
    if taken > 0 && (taken < option.min || option.max.is_some_and(|max| taken > max)) {
        let message = format!("the default takes {taken}, outside min and max");
        found.add(Code::Option, &at("default"), message);
    }
}

fn defaults(
    written: Option<&Names>,
    choices: &[Choice],
    pointer: &str,
    found: &mut Findings,
) -> Vec<usize> {
    let mut taken = Vec::new();
    for name in written.map(Names::as_slice).unwrap_or_default() {
        match choices.iter().position(|choice| choice.name == *name) {
            Some(index) if taken.contains(&index) => {
                found.add(
                    Code::Duplicate,
                    pointer,
                    format!("\"{name}\" is listed twice"),
                );
            }
            Some(index) => taken.push(index),
            None if found.is_full() => {}
            None => {
                let names: Vec<&str> = choices.iter().map(|c| c.name.as_str()).collect();
                let message = format!("\"{name}\" is not one of the choices");
                let mut problem = Problem::new(Code::Reference, pointer, message);
                problem.help = did_you_mean(name, &names);
                found.push(problem);
            }
        }
    }
    taken
}

fn choices(
    written: &[ChoiceFile],
    currency: Currency,
    pointer: &str,
    found: &mut Findings,
) -> Vec<Choice> {
    let mut names = HashSet::new();
    let mut choices = Vec::new();
    for (index, choice) in written.iter().enumerate() {
        let at = join(pointer, &index.to_string());
        if !names.insert(choice.name().to_lowercase()) {
            let message = format!("two choices are called \"{}\"", choice.name());
            found.add(Code::Duplicate, &at, message);
            continue;
        }
        choices.push(one_choice(choice, currency, &at, found));
    }
    choices
}

fn one_choice(
    written: &ChoiceFile,
    currency: Currency,
    pointer: &str,
    found: &mut Findings,
) -> Choice {
    let details = match written {
        ChoiceFile::Name(name) => {
            return Choice {
                name: name.clone(),
                aliases: Vec::new(),
                price: Money::ZERO,
                extra_price: Money::ZERO,
                max_count: 1,
                allergens: None,
                available: true,
                say_as: None,
            };
        }
        ChoiceFile::Details(details) => details,
    };
    let mut amount = |written: &Option<_>, key: &str, absent: Money| match written {
        Some(written) => money(written, currency, &join(pointer, key), found),
        None => absent,
    };
    let price = amount(&details.price, "price", Money::ZERO);
    Choice {
        name: details.name.clone(),
        aliases: details.aliases.clone(),
        price,
        extra_price: amount(&details.extra_price, "extra_price", price),
        max_count: details.max_count.unwrap_or(1).max(1),
        allergens: details.allergens.clone(),
        available: details.available.unwrap_or(true),
        say_as: details.say_as.clone(),
    }
}
