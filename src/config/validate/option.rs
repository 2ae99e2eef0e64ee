//! Options and their choices: how many may be taken, what is taken unasked, what it costs. An option is first read by itself
//! (a [`Draft`]); what it says about other options and dishes is resolved by `unfold`, item by item.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::super::option_file::ChoiceFile;
use super::super::problem::join;
use super::super::suggestion::did_you_mean;
use super::super::written::{Names, SignedWritten};
use super::super::{Code, ItemFile, OptionFile, OptionGroupFile, Problem};
use super::amount::{money, signed_money};
use super::available::available;
use super::findings::Findings;
use super::said_name::{other_ways, said_names, share_of};
use super::taxes::Taxes;
use crate::restaurant::{Amount, Choice, ChoiceDetails, Currency, ItemOption, Money, OptionRules};

/// What options are read with.
pub(super) struct Context<'a> {
    pub currency: Currency,
    pub taxes: &'a mut Taxes,
    pub found: &'a mut Findings,
    /// The dishes a choice may be, by id: their index, and what they are called.
    pub dishes: &'a HashMap<&'a str, usize>,
    pub items: &'a [ItemFile],
    /// What each dish is called on the telephone.
    pub said: &'a [String],
}

/// An option read by itself.
#[derive(Clone, Debug)]
pub(super) struct Draft<'a> {
    pub option: ItemOption,
    /// `when`, and where it stands.
    pub when: Option<(&'a BTreeMap<String, Names>, String)>,
    /// By choice, what it opens or follows; most choices have nothing here.
    pub links: Vec<Link<'a>>,
}

/// What a choice says about other options or dishes.
#[derive(Clone, Debug)]
pub(super) struct Link<'a> {
    pub choice: usize,
    pub pointer: String,
    /// The dish it is.
    pub dish: Option<usize>,
    pub price_by: Option<&'a BTreeMap<String, BTreeMap<String, SignedWritten>>>,
    /// It has a price beside.
    pub priced: bool,
    /// Options of its own.
    pub options: Vec<Draft<'a>>,
}

/// An option's body, wherever it was written.
pub(super) struct Body<'a> {
    pub min: Option<u32>,
    pub max: Option<u32>,
    pub default: Option<&'a Names>,
    pub amounts: Option<&'a [Amount]>,
    pub half_price: bool,
    pub free: Option<u32>,
    pub when: Option<&'a BTreeMap<String, Names>>,
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
            free: group.free,
            when: group.when.as_ref(),
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
            free: option.free,
            when: option.when.as_ref(),
            choices: option.choices.as_deref().unwrap_or_default(),
        }
    }
}

/// Groups by their key.
pub(super) type Groups<'a> = BTreeMap<&'a str, Draft<'a>>;

/// The options of an item or of a choice, written at `pointer`.
pub(super) fn options<'a>(
    written: &'a [OptionFile],
    groups: &Groups<'a>,
    pointer: &str,
    context: &mut Context<'a>,
) -> Vec<Draft<'a>> {
    let mut names = HashSet::new();
    let mut options = Vec::new();
    for (index, written) in written.iter().enumerate() {
        let at = join(pointer, &index.to_string());
        let Some(draft) = one_option(written, groups, &at, context) else {
            continue;
        };
        if names.insert(draft.option.name.to_lowercase()) {
            options.push(draft);
        } else {
            let message = format!(
                "two options of this item are called \"{}\"",
                draft.option.name
            );
            context.found.add(Code::Duplicate, &at, message);
        }
    }
    options
}

fn one_option<'a>(
    written: &'a OptionFile,
    groups: &Groups<'a>,
    pointer: &str,
    context: &mut Context<'a>,
) -> Option<Draft<'a>> {
    let Some(group) = &written.group else {
        let name = written.name.as_deref();
        for (key, absent) in [
            ("name", name.is_none()),
            ("choices", written.choices.is_none()),
        ] {
            if absent {
                context.found.push(
                    Problem::new(Code::Schema, pointer, format!("\"{key}\" is missing"))
                        .at_key()
                        .with_help("an option is {name: ..., choices: [...]} or {use: a group}"),
                );
            }
        }
        written.choices.as_ref()?;
        return Some(option(
            name?,
            &Body::from(written),
            groups,
            pointer,
            context,
        ));
    };
    let alone = OptionFile {
        group: Some(group.clone()),
        name: None,
        min: None,
        max: None,
        default: None,
        amounts: None,
        half_price: None,
        free: None,
        when: written.when.clone(),
        choices: None,
    };
    if *written != alone {
        context.found.push(
            Problem::new(Code::Option, pointer, "\"use\" stands alone")
                .at_key()
                .with_help("change the group, or write the option out without use"),
        );
    }
    let shared = groups.get(group.as_str()).cloned();
    if shared.is_none() && !context.found.is_full() {
        let known: Vec<&str> = groups.keys().copied().collect();
        let message = format!("no option group is called \"{group}\"");
        let mut problem = Problem::new(Code::Reference, join(pointer, "use"), message);
        problem.help = did_you_mean(group, &known);
        context.found.push(problem);
    }
    let mut shared = shared?;
    if let Some(when) = &written.when {
        shared.when = Some((when, join(pointer, "when")));
    }
    Some(shared)
}

/// One option called `name`, written at `pointer`.
pub(super) fn option<'a>(
    name: &str,
    body: &Body<'a>,
    groups: &Groups<'a>,
    pointer: &str,
    context: &mut Context<'a>,
) -> Draft<'a> {
    let mut links = Vec::new();
    let at = join(pointer, "choices");
    let choices = choices(body.choices, groups, &at, context, &mut links);
    let at = join(pointer, "default");
    let default = defaults(body.default, &choices, &at, context.found);
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
        choices: choices.into(),
        rules: body.free.map(|free| {
            Box::new(OptionRules {
                free,
                ..OptionRules::default()
            })
        }),
    };
    // Where a choice could not be read, the fault is noted there.
    if option.choices.len() == body.choices.len() {
        check_bounds(&option, pointer, context.found);
    }
    Draft {
        option,
        when: body.when.map(|when| (when, join(pointer, "when"))),
        links,
    }
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

/// The choice of this name, as it is written or said.
pub(super) fn position(choices: &[Choice], name: &str) -> Option<usize> {
    let written = choices.iter().position(|choice| choice.printed() == name);
    written.or_else(|| choices.iter().position(|choice| choice.name == name))
}

fn defaults(
    written: Option<&Names>,
    choices: &[Choice],
    pointer: &str,
    found: &mut Findings,
) -> Vec<usize> {
    let mut taken = Vec::new();
    for name in written.map(Names::as_slice).unwrap_or_default() {
        match position(choices, name) {
            Some(index) if taken.contains(&index) => {
                found.add(
                    Code::Duplicate,
                    pointer,
                    format!("\"{name}\" is listed twice"),
                );
            }
            Some(index) => taken.push(index),
            None if found.is_full() => {}
            None => found.push(no_choice(name, choices, pointer)),
        }
    }
    taken
}

/// A name that none of the choices has.
pub(super) fn no_choice(name: &str, choices: &[Choice], pointer: &str) -> Problem {
    let names: Vec<&str> = choices.iter().map(Choice::printed).collect();
    let message = format!("\"{name}\" is not one of the choices");
    let mut problem = Problem::new(Code::Reference, pointer, message);
    problem.help = did_you_mean(name, &names);
    problem
}

fn choices<'a>(
    written: &'a [ChoiceFile],
    groups: &Groups<'a>,
    pointer: &str,
    context: &mut Context<'a>,
    links: &mut Vec<Link<'a>>,
) -> Vec<Choice> {
    let dishes: Vec<Option<usize>> = written
        .iter()
        .enumerate()
        .map(|(index, choice)| dish_of(choice, &join(pointer, &index.to_string()), context))
        .collect();
    let names: Vec<&str> = written
        .iter()
        .zip(&dishes)
        .map(|(choice, dish)| match dish {
            Some(dish) if choice.name().is_empty() => context.items[*dish].name.as_str(),
            _ => choice.name(),
        })
        .collect();
    let said = said_names(&names);
    let mut known = HashSet::new();
    let mut choices = Vec::new();
    for (index, choice) in written.iter().enumerate() {
        let at = join(pointer, &index.to_string());
        if names[index].is_empty() {
            if dishes[index].is_none() && choice.details().is_none_or(|c| c.item.is_none()) {
                let problem = Problem::new(Code::Schema, &at, "\"name\" is missing").at_key();
                context
                    .found
                    .push(problem.with_help("for example: name: \"Guacamole\""));
            }
            continue;
        }
        if !known.insert(names[index].to_lowercase()) {
            let message = format!("two choices are called \"{}\"", names[index]);
            context.found.add(Code::Duplicate, &at, message);
            continue;
        }
        let name = (names[index], said[index].as_str());
        let read = one_choice(choice, name, dishes[index], &at, context);
        if let Some(fields) = choice.details()
            && (dishes[index].is_some() || fields.price_by.is_some() || !fields.options.is_empty())
        {
            let own = join(&at, "options");
            links.push(Link {
                choice: choices.len(),
                dish: dishes[index],
                price_by: fields.price_by.as_ref(),
                priced: fields.price.is_some(),
                options: options(&fields.options, groups, &own, context),
                pointer: at,
            });
        }
        choices.push(read);
    }
    choices
}

fn dish_of(choice: &ChoiceFile, pointer: &str, context: &mut Context<'_>) -> Option<usize> {
    let id = choice.details()?.item.as_deref()?;
    let dish = context.dishes.get(id).copied();
    if dish.is_none() && !context.found.is_full() {
        let known: Vec<&str> = context.items.iter().map(|item| item.id.as_str()).collect();
        let message = format!("no item of the menu has the id \"{id}\"");
        let mut problem = Problem::new(Code::Reference, join(pointer, "item"), message);
        problem.help = did_you_mean(id, &known);
        context.found.push(problem);
    }
    dish
}

fn one_choice(
    written: &ChoiceFile,
    (name, said): (&str, &str),
    dish: Option<usize>,
    pointer: &str,
    context: &mut Context<'_>,
) -> Choice {
    let at = |key: &str| join(pointer, key);
    let mut choice = Choice::plain(said, Money::ZERO);
    let mut details = ChoiceDetails::default();
    choice.aliases = share_of(name).into_iter().collect();
    if said != name {
        details.printed = Some(name.to_owned());
        choice.aliases.extend(other_ways(name));
    }
    if let Some(fields) = written.details() {
        let found = &mut *context.found;
        let currency = context.currency;
        let mut amount = |written: &Option<SignedWritten>, key: &str, absent: Money| match written {
            Some(written) => signed_money(&written.0, currency, &at(key), found),
            None => absent,
        };
        choice.price = amount(&fields.price, "price", Money::ZERO);
        choice.extra_price = amount(&fields.extra_price, "extra_price", choice.price);
        choice.max_count = fields.max_count.unwrap_or(1).max(1);
        choice.aliases.extend(fields.aliases.iter().cloned());
        choice.allergens = fields.allergens.clone();
        choice.say_as = fields.say_as.clone();
        let (there, times) = available(fields.available.as_ref(), &at("available"), found);
        choice.available = there;
        details.times.extend(times);
        if let Some(deposit) = &fields.deposit {
            details.deposit = money(deposit, currency, &at("deposit"), found);
        }
        details.tax = context
            .taxes
            .class(fields.tax.as_deref(), &at("tax"), found);
        details.age = fields.age;
        if let Some(printed) = &fields.printed {
            details.printed = Some(printed.clone());
        }
    }
    if let Some(dish) = dish {
        as_dish(
            &mut choice,
            &mut details,
            dish,
            written.name().is_empty(),
            context,
        );
    }
    choice.details = (details != ChoiceDetails::default()).then(|| Box::new(details));
    choice
}

/// A choice that is a dish has what the dish has, where it says nothing of its own. When the dish is sold is added once the
/// dish itself is read.
fn as_dish(
    choice: &mut Choice,
    details: &mut ChoiceDetails,
    dish: usize,
    unnamed: bool,
    context: &mut Context<'_>,
) {
    let item = &context.items[dish];
    details.item = Some(item.id.clone());
    if unnamed {
        choice.name.clone_from(&context.said[dish]);
        let printed = item.printed.as_ref().unwrap_or(&item.name);
        if details.printed.is_none() && *printed != choice.name {
            details.printed = Some(printed.clone());
        }
        choice.aliases.extend(item.aliases.iter().cloned());
        choice.aliases.extend(other_ways(&item.name));
        choice.say_as = choice.say_as.take().or_else(|| item.say_as.clone());
    }
    choice.allergens = choice.allergens.take().or_else(|| item.allergens.clone());
    details.age = details.age.or(item.age);
    if details.tax.is_none() {
        // A class nobody knows is noted at the dish.
        let mut noted = Findings::default();
        details.tax = context.taxes.class(item.tax.as_deref(), "", &mut noted);
    }
    if let Some(deposit) = item
        .deposit
        .as_ref()
        .filter(|_| details.deposit == Money::ZERO)
    {
        details.deposit = money(deposit, context.currency, "", &mut Findings::default());
    }
}
