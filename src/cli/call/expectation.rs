//! Is the stored order the one that was meant? Names, prices and the order of lines do not matter.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use thiserror::Error;

/// What should have been ordered, in the form `understand` prints.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation(Vec<Lines>);

/// How many of what: equal lines count together.
type Lines = BTreeMap<Wanted, u32>;

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Wanted {
    item: String,
    choices: BTreeSet<Choice>,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
struct Choice {
    option: String,
    choice: String,
    #[serde(default = "regular")]
    amount: String,
    #[serde(default = "one")]
    count: u32,
    #[serde(default = "whole")]
    part: String,
}

fn regular() -> String {
    "regular".to_owned()
}

fn one() -> u32 {
    1
}

fn whole() -> String {
    "whole".to_owned()
}

#[derive(Deserialize)]
struct OrderJson {
    #[serde(default)]
    lines: Vec<LineJson>,
}

#[derive(Deserialize)]
struct LineJson {
    item: String,
    #[serde(default = "one")]
    quantity: u32,
    #[serde(default)]
    choices: Vec<Choice>,
}

/// Text that is not an order.
#[derive(Debug, Error)]
#[error("not an order or a list of orders: {0}")]
pub struct ExpectationError(#[from] serde_json::Error);

impl Expectation {
    /// Reads one order (`{"lines":[…]}`) or a list of them, as `/api/orders` answers. An order without lines is none:
    /// `{"lines":[]}` expects that nothing is ordered.
    ///
    /// # Errors
    /// The text is neither.
    pub fn read(text: &str) -> Result<Self, ExpectationError> {
        let orders: Vec<OrderJson> = if text.trim_start().starts_with('[') {
            serde_json::from_str(text)?
        } else {
            vec![serde_json::from_str(text)?]
        };
        let mut lists: Vec<Lines> = orders.into_iter().map(gather).collect();
        lists.retain(|lines| !lines.is_empty());
        lists.sort();
        Ok(Expectation(lists))
    }

    /// What differs from the stored orders, a line each; empty when they are what was expected.
    pub fn differences(&self, stored: &Expectation) -> Vec<String> {
        if self == stored {
            return Vec::new();
        }
        let sum = |orders: &[Lines]| {
            let mut all = Lines::new();
            for (wanted, quantity) in orders.iter().flatten() {
                *all.entry(wanted.clone()).or_default() += quantity;
            }
            all
        };
        let (ours, theirs) = (sum(&self.0), sum(&stored.0));
        let missing = ours.iter().filter(|(w, q)| theirs.get(*w) != Some(*q));
        let extra = theirs.iter().filter(|(w, q)| ours.get(*w) != Some(*q));
        let mut differences: Vec<String> = missing
            .map(|(wanted, quantity)| format!("expected {quantity} x {wanted}"))
            .chain(extra.map(|(wanted, quantity)| format!("stored   {quantity} x {wanted}")))
            .collect();
        if differences.is_empty() {
            differences.push(format!(
                "expected {} orders, stored {}",
                self.0.len(),
                stored.0.len()
            ));
        }
        differences
    }
}

fn gather(order: OrderJson) -> Lines {
    let mut lines = Lines::new();
    for line in order.lines {
        let wanted = Wanted {
            item: line.item,
            choices: line.choices.into_iter().collect(),
        };
        *lines.entry(wanted).or_default() += line.quantity;
    }
    lines
}

impl std::fmt::Display for Wanted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.item)?;
        for choice in &self.choices {
            write!(f, " [{}: {}", choice.option, choice.choice)?;
            if choice.amount != "regular" {
                write!(f, " {}", choice.amount)?;
            }
            if choice.count != 1 {
                write!(f, " x{}", choice.count)?;
            }
            if choice.part != "whole" {
                write!(f, " {}", choice.part)?;
            }
            f.write_str("]")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LATTE: &str = r#"{"lines":[{"item":"latte","quantity":2,"choices":[{"option":"Size","choice":"Large"},{"option":"Milk","choice":"Oat"}]}]}"#;

    fn differences(expected: &str, stored: &str) -> Vec<String> {
        let read = |text| Expectation::read(text).unwrap();
        read(expected).differences(&read(stored))
    }

    #[test]
    fn names_prices_defaults_and_order_do_not_matter() {
        let stored = r#"[{"id":"x","number":1,"total":"9.00","lines":[
            {"item":"latte","name":"Latte","quantity":1,"price":"4.50","choices":[
                {"option":"Milk","choice":"Oat","amount":"regular","count":1,"price":"0.00"},
                {"option":"Size","choice":"Large","amount":"regular","count":1}]},
            {"item":"latte","quantity":1,"choices":[
                {"option":"Size","choice":"Large","part":"whole"},{"option":"Milk","choice":"Oat"}]}]}]"#;
        assert!(differences(LATTE, stored).is_empty());
    }

    #[test]
    fn every_difference_is_named() {
        let stored = r#"[{"lines":[{"item":"latte","quantity":3,"choices":[{"option":"Size","choice":"Large"},{"option":"Milk","choice":"Oat"}]},
            {"item":"tea"}]}]"#;
        assert_eq!(
            differences(LATTE, stored),
            [
                "expected 2 x latte [Milk: Oat] [Size: Large]",
                "stored   3 x latte [Milk: Oat] [Size: Large]",
                "stored   1 x tea",
            ]
        );
        assert_eq!(
            differences(LATTE, "[]"),
            ["expected 2 x latte [Milk: Oat] [Size: Large]"]
        );
    }

    #[test]
    fn amounts_counts_and_halves_matter() {
        let one = |choice: &str| {
            format!(
                r#"{{"lines":[{{"item":"p","choices":[{{"option":"T","choice":"X"{choice}}}]}}]}}"#
            )
        };
        for other in [r#","amount":"extra""#, r#","count":2"#, r#","part":"left""#] {
            assert_eq!(differences(&one(""), &one(other)).len(), 2, "{other}");
            assert!(differences(&one(other), &one(other)).is_empty());
        }
    }

    #[test]
    fn an_order_without_lines_expects_none() {
        assert!(differences(r#"{"lines":[]}"#, "[]").is_empty());
        assert_eq!(differences(r#"{"lines":[]}"#, LATTE).len(), 1);
    }

    #[test]
    fn two_orders_are_not_one_with_both() {
        let one = r#"[{"lines":[{"item":"a"},{"item":"b"}]}]"#;
        let two = r#"[{"lines":[{"item":"b"}]},{"lines":[{"item":"a"}]}]"#;
        assert_eq!(differences(one, two), ["expected 1 orders, stored 2"]);
    }

    #[test]
    fn what_is_no_order_is_an_error() {
        assert!(Expectation::read("two pizzas").is_err());
        assert!(Expectation::read(r#"{"lines":[{"quantity":1}]}"#).is_err());
    }
}
