//! A choice that costs nothing because its price was forgotten.
//!
//! `[Small, {name: Large, price: 2.00}]` is how prices are meant to be written, and free choices beside priced ones are
//! common (onions beside guacamole). So only two patterns are found: the one choice without a price among several that
//! have one, unless it comes first or is the default; and a size that is free while a smaller one costs.

use super::super::option_file::ChoiceFile;
use super::super::problem::join;
use super::super::written::Names;
use super::super::{Code, Problem};
use super::written_option::WrittenOption;
use crate::words::tokens;

/// Sizes from small to large; words of one row are the same size.
const SIZES: [&[&str]; 5] = [
    &["mini", "kids", "kid"],
    &["small", "personal", "single"],
    &["medium", "regular", "double"],
    &["large", "big", "triple"],
    &["jumbo", "giant", "party", "family", "huge"],
];
/// Words of choices that take nothing.
const NOTHING: [&str; 4] = ["no", "none", "without", "nothing"];

/// Choices of the option whose price was probably forgotten.
pub(super) fn missing(option: &WrittenOption<'_>) -> Vec<Problem> {
    let unpriced: Vec<usize> = (0..option.choices.len())
        .filter(|index| {
            let choice = &option.choices[*index];
            let by = choice
                .details()
                .is_some_and(|details| details.price_by.is_some());
            price(choice).is_none() && !by
        })
        .collect();
    let priced = option.choices.len() - unpriced.len();
    let alone = match unpriced.as_slice() {
        [only] => priced >= 2 && *only > 0 && !is_default(option, *only),
        _ => false,
    };
    let forgotten = |index: &&usize| {
        let choice = &option.choices[**index];
        !takes_nothing(choice) && (alone || smaller_size_costs(option, choice))
    };
    let told = |index: &usize| {
        let name = option.choices[*index].name();
        let message = format!("\"{name}\" has no price, but choices beside it have one");
        let at = join(&join(&option.pointer(), "choices"), &index.to_string());
        Problem::new(Code::WarnChoicePrice, at, message)
            .with_help("write its price; price: 0 says that it is free")
    };
    unpriced.iter().filter(forgotten).map(told).collect()
}

fn price(choice: &ChoiceFile) -> Option<&str> {
    match choice {
        ChoiceFile::Name(_) => None,
        ChoiceFile::Details(details) => details.price.as_ref().map(|price| price.0.0.as_str()),
    }
}

fn is_default(option: &WrittenOption<'_>, index: usize) -> bool {
    let name = option.choices[index].name();
    let names = option.default.map(Names::as_slice).unwrap_or_default();
    names.iter().any(|default| *default == *name)
}

fn takes_nothing(choice: &ChoiceFile) -> bool {
    let first = tokens(choice.name()).into_iter().next();
    first.is_some_and(|token| NOTHING.contains(&token.text.as_str()))
}

fn smaller_size_costs(option: &WrittenOption<'_>, choice: &ChoiceFile) -> bool {
    let Some(own) = size(choice) else {
        return false;
    };
    option.choices.iter().any(|other| {
        let costs =
            price(other).is_some_and(|price| price.bytes().any(|b| (b'1'..=b'9').contains(&b)));
        costs && size(other).is_some_and(|size| size < own)
    })
}

/// The size a choice is called by, when it is called by nothing else.
fn size(choice: &ChoiceFile) -> Option<usize> {
    let words = tokens(choice.name());
    let (last, first) = match words.as_slice() {
        [only] => (&only.text, None),
        [first, last] => (&last.text, Some(first.text.as_str())),
        _ => return None,
    };
    let at = SIZES.iter().position(|row| row.contains(&last.as_str()))?;
    match first {
        None => Some(at * 2),
        Some("extra") => Some(at * 2 + 1),
        Some(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::written_option::Place;
    use super::*;

    fn found(choices: &str) -> Vec<String> {
        let choices: Vec<ChoiceFile> = serde_yaml::from_str(choices).unwrap();
        let option = WrittenOption {
            place: Place::Group("o"),
            name: Some("O"),
            default: None,
            choices: &choices,
        };
        let found = missing(&option);
        found.into_iter().map(|problem| problem.pointer).collect()
    }

    #[test]
    fn a_forgotten_price_is_found() {
        let last = "[{name: Ham, price: 1}, {name: Bacon, price: 2}, Sausage]";
        assert_eq!(found(last), ["/option_groups/o/choices/2"]);
        let size = "[Small, {name: Medium, price: 2}, Large]";
        assert_eq!(found(size), ["/option_groups/o/choices/2"]);
        let extra = "[Small, {name: Large, price: 2}, {name: Extra large}]";
        assert_eq!(found(extra), ["/option_groups/o/choices/2"]);
    }

    #[test]
    fn free_choices_that_are_meant_are_left_alone() {
        for fine in [
            "[Small, {name: Large, price: 2}]",
            "[Onions, {name: Guacamole, price: 1}, Cilantro, {name: Cheese, price: 1}]",
            "[{name: Ham, price: 1}, {name: Bacon, price: 2}, {name: Sausage, price: 0}]",
            "[{name: Ham, price: 1}, {name: Bacon, price: 2}, No meat]",
            "[{name: Medium, price: 0}, Small, Large]",
            "[Small, Medium, Large]",
        ] {
            assert_eq!(found(fine), Vec::<String>::new(), "{fine}");
        }
    }
}
