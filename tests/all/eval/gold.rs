//! Orders compared: the normal form of an order, and what two orders share.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// (option, choice, amount, count), as JSON texts so that whatever a program printed can be compared.
type Choice = (String, String, String, String);
/// What a line is, apart from how many of it.
type Kind = (String, BTreeSet<Choice>);

/// An order as a cashier would write it: like lines merged, the order of lines and choices forgotten.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Normal(BTreeMap<Kind, i64>);

/// One fact of an order, for partial credit: an item, its quantity, or a choice on it.
type Slots = BTreeMap<(String, String), usize>;

impl Normal {
    /// From order JSON; `None` when it is not in the form of the contract.
    pub fn of(order: &Value) -> Option<Self> {
        let mut lines = BTreeMap::new();
        for line in list(&order["lines"])? {
            line.as_object()?;
            let mut choices = BTreeSet::new();
            for choice in list(&line["choices"])? {
                choice.as_object()?;
                choices.insert((
                    choice["option"].to_string(),
                    choice["choice"].to_string(),
                    or(&choice["amount"], "\"regular\""),
                    or(&choice["count"], "1"),
                ));
            }
            let quantity = match &line["quantity"] {
                Value::Null => 1,
                number => number.as_i64()?,
            };
            *lines
                .entry((line["item"].to_string(), choices))
                .or_insert(0) += quantity;
        }
        Some(Self(lines))
    }

    /// How many different lines it has.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Lines that are wholly the same in both.
    pub fn shared_lines(&self, other: &Self) -> usize {
        let same = |(kind, quantity): &(&Kind, &i64)| other.0.get(*kind) == Some(*quantity);
        self.0.iter().filter(same).count()
    }

    /// Do both hold the same items, choices and counts aside?
    pub fn same_items(&self, other: &Self) -> bool {
        let items = |order: &Self| -> Vec<String> {
            order.0.keys().map(|(item, _)| item.clone()).collect()
        };
        items(self) == items(other)
    }

    fn slots(&self) -> Slots {
        let mut slots = Slots::new();
        let mut put = |kind: String, value: String| *slots.entry((kind, value)).or_insert(0) += 1;
        for ((item, choices), quantity) in &self.0 {
            put("item".into(), item.clone());
            put("quantity".into(), format!("{item} {quantity}"));
            for choice in choices {
                put("choice".into(), format!("{item} {choice:?}"));
            }
        }
        slots
    }

    /// Facts in both, facts here, facts there.
    pub fn shared_slots(&self, other: &Self) -> (usize, usize, usize) {
        let (mine, theirs) = (self.slots(), other.slots());
        let shared = mine
            .iter()
            .map(|(slot, &count)| count.min(theirs.get(slot).copied().unwrap_or(0)))
            .sum();
        (shared, mine.values().sum(), theirs.values().sum())
    }

    /// Lines here whose counterpart there has the same quantity; counterparts are of one item and share most choices.
    pub fn same_quantities(&self, other: &Self) -> usize {
        let (mine, theirs): (Vec<_>, Vec<_>) = (self.0.iter().collect(), other.0.iter().collect());
        let mut pairs = Vec::new();
        for (i, ((item, choices), quantity)) in mine.iter().enumerate() {
            for (j, ((its_item, its_choices), its_quantity)) in theirs.iter().enumerate() {
                if item == its_item {
                    let shared = choices.intersection(its_choices).count();
                    pairs.push((shared, quantity == its_quantity, i, j));
                }
            }
        }
        pairs.sort_unstable_by(|a, b| b.cmp(a));
        let (mut used_mine, mut used_theirs) = (BTreeSet::new(), BTreeSet::new());
        let mut same = 0;
        for (_, equal, i, j) in pairs {
            if !used_mine.contains(&i) && !used_theirs.contains(&j) {
                used_mine.insert(i);
                used_theirs.insert(j);
                same += usize::from(equal);
            }
        }
        same
    }
}

/// The list, nothing for null, `None` for anything else.
fn list(value: &Value) -> Option<&[Value]> {
    match value {
        Value::Null => Some(&[]),
        value => value.as_array().map(Vec::as_slice),
    }
}

fn or(value: &Value, default: &str) -> String {
    match value {
        Value::Null => default.to_owned(),
        Value::String(text) if text.is_empty() => default.to_owned(),
        value => value.to_string(),
    }
}

/// The harmonic mean of precision and recall; 1 when there is nothing on either side.
pub fn f1(shared: usize, mine: usize, theirs: usize) -> f64 {
    if mine + theirs == 0 {
        1.0
    } else {
        2.0 * shared as f64 / (mine + theirs) as f64
    }
}

/// A row's acceptable orders: the gold one, then those also accepted.
pub fn accepted(row: &Value) -> Vec<Normal> {
    let also = row["also_accept"].as_array().into_iter().flatten();
    std::iter::once(&row["order"])
        .chain(also)
        .map(|order| Normal::of(order).expect("gold orders are in the form of the contract"))
        .collect()
}

/// The rows of a JSONL file, by their `split` (one split without a name when there is none).
pub fn by_split(path: &std::path::Path) -> BTreeMap<String, Vec<Value>> {
    let text =
        std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    let mut splits: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (at, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let row: Value = serde_json::from_str(line)
            .unwrap_or_else(|error| panic!("{}:{}: {error}", path.display(), at + 1));
        let split = row["split"].as_str().unwrap_or("-").to_owned();
        splits.entry(split).or_default().push(row);
    }
    splits
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn order(lines: Value) -> Normal {
        Normal::of(&json!({"lines": lines})).unwrap()
    }

    fn pizza(quantity: i64, toppings: &[&str]) -> Value {
        let choices: Vec<Value> = toppings
            .iter()
            .map(|topping| json!({"option": "Toppings", "choice": topping, "amount": "regular", "count": 1}))
            .collect();
        json!({"item": "pizza", "quantity": quantity, "choices": choices})
    }

    #[test]
    fn like_lines_are_merged_and_defaults_are_the_same_as_saying_them() {
        let twice = order(json!([pizza(1, &["Ham"]), pizza(2, &["Ham"])]));
        let bare = order(json!([
            {"item": "pizza", "quantity": 3, "choices": [{"option": "Toppings", "choice": "Ham"}]}
        ]));
        assert_eq!(twice, bare);
        assert_eq!(twice.len(), 1);
        assert_ne!(twice, order(json!([pizza(2, &["Ham"])])));
    }

    #[test]
    fn half_right_orders_get_part_of_the_credit() {
        let gold = order(json!([pizza(2, &["Ham", "Olives"]), {"item": "coke", "quantity": 1}]));
        let heard = order(json!([pizza(3, &["Ham"]), {"item": "coke", "quantity": 1}]));
        // Of the gold's six facts (2 items, 2 quantities, 2 toppings) four were heard, among five.
        assert_eq!(heard.shared_slots(&gold), (4, 5, 6));
        assert!((f1(4, 5, 6) - 8.0 / 11.0).abs() < 1e-9);
        assert_eq!(heard.shared_lines(&gold), 1);
        assert_eq!(gold.same_quantities(&heard), 1);
        assert!(gold.same_items(&heard));
    }

    #[test]
    fn what_is_not_an_order_is_told_apart_from_an_empty_one() {
        assert_eq!(Normal::of(&json!({})), Some(Normal::default()));
        assert_eq!(Normal::of(&json!({"lines": "none"})), None);
        assert_eq!(
            Normal::of(&json!({"lines": [{"item": "a", "quantity": "two"}]})),
            None
        );
    }
}
