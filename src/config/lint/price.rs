//! Prices that look as if a digit or the point was lost.

use std::collections::{HashMap, HashSet};

use super::super::position;
use super::super::problem::join;
use super::super::{Code, Problem};
use crate::restaurant::{Currency, Money, Restaurant};

/// Other prices of the category that are needed to say what is usual there.
const USUAL: usize = 4;

/// The first price with one decimal where nearly all others have two: `4.5` may be 4.50, or half of 4.05.
pub(super) fn lost_zero(text: &str, currency: Currency) -> Option<Problem> {
    if currency.exponent() != 2 {
        return None;
    }
    let prices = written_prices(text);
    let short: Vec<&WrittenPrice<'_>> = prices.iter().filter(|p| p.decimals == 1).collect();
    let full = prices.iter().filter(|p| p.decimals == 2).count();
    if short.is_empty() || short.len() * 4 > full {
        return None;
    }
    let mut found: Option<Problem> = None;
    position::values(text, |pointer, span| {
        let key = pointer.rsplit('/').next();
        let place = (span.start.line(), span.start.col());
        if found.is_some() || !matches!(key, Some("price" | "extra_price")) {
            return;
        }
        if let Some(price) = short.iter().find(|p| (p.line, p.column) == place) {
            let more = match short.len() - 1 {
                0 => String::new(),
                more => format!(" ({more} more like it)"),
            };
            let message = format!(
                "{} has one decimal where other prices have two{more}: it is read as {}0",
                price.text, price.text
            );
            found = Some(
                Problem::new(Code::WarnPrice, pointer, message)
                    .with_help("write both decimals, so that nobody has to wonder"),
            );
        }
    });
    found
}

struct WrittenPrice<'a> {
    /// Without quotes.
    text: &'a str,
    decimals: usize,
    /// Of the value, quotes included: the line from 1, the column in characters from 0.
    line: usize,
    column: usize,
}

/// What stands behind `price:` in the text; a look at the letters only, the parser decides what is a price.
fn written_prices(text: &str) -> Vec<WrittenPrice<'_>> {
    let mut prices = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        for (at, key) in line.match_indices("price:") {
            let behind = &line[at + key.len()..];
            let value = behind.trim_start();
            let start = line.len() - value.len();
            let value = value.trim_start_matches(['"', '\'']);
            let end = value
                .find(|c: char| !c.is_ascii_digit() && c != '.')
                .unwrap_or(value.len());
            let price = &value[..end];
            if let Some((whole, fraction)) = price.split_once('.')
                && !whole.is_empty()
                && !fraction.contains('.')
            {
                prices.push(WrittenPrice {
                    text: price,
                    decimals: fraction.len(),
                    line: number,
                    column: line[..start].chars().count(),
                });
            }
        }
    }
    prices
}

/// Items that cost a tenth, ten times or a hundred times what the others of their category cost, and choices that do so in
/// their option.
pub(super) fn misfits(restaurant: &Restaurant) -> Vec<Problem> {
    let mut by_category: HashMap<&str, Vec<(usize, i64)>> = HashMap::new();
    for (index, item) in restaurant.menu.items.iter().enumerate() {
        if let (Some(category), 1..) = (item.category.as_deref(), item.price.minor()) {
            let prices = by_category.entry(category).or_default();
            prices.push((index, item.price.minor()));
        }
    }
    let mut found = Vec::new();
    for (category, prices) in by_category {
        for (index, misfit) in misfits_among(prices) {
            let item = &restaurant.menu.items[index];
            let message = misfit.told(restaurant, item.price, category);
            let at = join(&join("/menu", &index.to_string()), "price");
            found.push(
                Problem::new(Code::WarnPrice, at, message)
                    .with_help("if the price is right, put the item into another category"),
            );
        }
    }
    found.extend(choice_misfits(restaurant));
    found
}

/// Choices whose price is out of the ordinary in their option; each shared option is told once.
fn choice_misfits(restaurant: &Restaurant) -> Vec<Problem> {
    let mut told: HashSet<(&str, &str)> = HashSet::new();
    let mut found = Vec::new();
    for (index, item) in restaurant.menu.items.iter().enumerate() {
        for option in &item.options {
            let prices = option.choices.iter().enumerate();
            let prices = prices.map(|(at, choice)| (at, choice.price.minor()));
            for (at, misfit) in misfits_among(prices.filter(|(_, price)| *price > 0).collect()) {
                let choice = &option.choices[at];
                if !told.insert((&option.name, &choice.name)) {
                    continue;
                }
                let what = misfit.told(restaurant, choice.price, &option.name);
                let message = format!("\"{}\": {what}", choice.printed());
                let at = join(&join("/menu", &index.to_string()), "options");
                found.push(Problem::new(Code::WarnPrice, at, message).at_key());
            }
        }
    }
    found
}

/// A price that would be usual with a digit more or less.
#[derive(Clone, Copy)]
struct Misfit {
    low: i64,
    high: i64,
    what: &'static str,
}

impl Misfit {
    fn told(self, restaurant: &Restaurant, price: Money, among: &str) -> String {
        let show = |minor| Money::from_minor(minor).display(restaurant.currency);
        format!(
            "{} where \"{among}\" cost {} to {} otherwise: is {}?",
            price.display(restaurant.currency),
            show(self.low),
            show(self.high),
            self.what
        )
    }
}

/// The cheapest and the dearest, where they are out of the ordinary; the usual range is that of all the others.
fn misfits_among(mut prices: Vec<(usize, i64)>) -> Vec<(usize, Misfit)> {
    if prices.len() <= USUAL {
        return Vec::new();
    }
    prices.sort_unstable_by_key(|(_, price)| *price);
    let last = prices.len() - 1;
    let (cheapest, dearest) = (prices[0], prices[last]);
    let many = prices.len() > USUAL + 2;
    let low = misfit(cheapest.1, (prices[1].1, dearest.1), many);
    let high = misfit(dearest.1, (cheapest.1, prices[last - 1].1), many);
    let low = low.map(|misfit| (cheapest.0, misfit));
    low.into_iter()
        .chain(high.map(|misfit| (dearest.0, misfit)))
        .collect()
}

fn misfit(price: i64, (low, high): (i64, i64), many: bool) -> Option<Misfit> {
    let usual = low..=high;
    let what = if price * 5 < low && usual.contains(&(price * 10)) {
        "a digit missing"
    } else if price > high * 20 && usual.contains(&(price / 100)) {
        "the decimal point missing"
    } else if many && price > high * 6 && usual.contains(&(price / 10)) {
        "a digit too many"
    } else {
        return None;
    };
    Some(Misfit { low, high, what })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Capabilities, read};

    #[test]
    fn a_price_with_one_decimal_among_prices_with_two_is_found_once() {
        let text = "menu:\n - {price: 4.25}\n - {price: \"4.99\", extra_price: 1.00}\n - {name: \"price: 3.5\", price: 4.5}\n - {price: 3.75}\n - {price: 1.10}\n - {price: 1.20}\n - {price: 1.30}\n - {price: 1.40}\n";
        let problem = lost_zero(text, Currency::USD).unwrap();
        assert_eq!(problem.pointer, "/menu/2/price");
        assert!(
            problem.message.contains("read as 4.50"),
            "{}",
            problem.message
        );
        let usual = text.replace("4.5}", "4.50}").replace("3.5\"", "three\"");
        assert_eq!(lost_zero(&usual, Currency::USD), None);
        // Who always writes one decimal means it.
        let short = "menu: [{price: 4.5}, {price: 3.5}, {price: 4.25}]\n";
        assert_eq!(lost_zero(short, Currency::USD), None);
    }

    fn misfits_of(prices: &[&str]) -> Vec<String> {
        let items: String = prices
            .iter()
            .enumerate()
            .map(|(i, price)| {
                format!("  - {{id: i{i}, name: N{i}, category: Pizzas, price: {price}}}\n")
            })
            .collect();
        let text = format!("id: a\nname: A\nphone_number: \"+12125550100\"\nmenu:\n{items}");
        let restaurant = read(text.as_bytes(), &Capabilities::embedded()).restaurant;
        let found = misfits(&restaurant.unwrap());
        found.into_iter().map(|problem| problem.pointer).collect()
    }

    #[test]
    fn a_price_that_lost_a_digit_or_its_point_is_found() {
        let lost_digit = ["12.99", "13.99", "1.39", "14.49", "15.49"];
        assert_eq!(misfits_of(&lost_digit), ["/menu/2/price"]);
        let lost_point = ["12.99", "13.99", "14.49", "1349", "15.49"];
        assert_eq!(misfits_of(&lost_point), ["/menu/3/price"]);
        for fine in [
            &["12.99", "13.99", "2.99", "14.49", "15.49"][..],
            &["0.50", "1.99", "2.49", "6.00", "4.00"],
            &["12.99", "1.30", "13.49"],
            &["12.99", "0", "13.49", "13.99", "14.99"],
        ] {
            assert_eq!(misfits_of(fine), Vec::<String>::new(), "{fine:?}");
        }
    }
}
