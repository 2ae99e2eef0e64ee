//! The order a call ended with, and the one it would end with now.

use serde_json::{Value, json};

use super::rerun::Rerun;
use crate::conversation::State;
use crate::order::{Order, order_line_json};

/// What a replay found out about one call.
#[derive(Clone, Debug, PartialEq)]
pub struct Verdict {
    pub sid: String,
    pub status: Status,
    /// Lines and amounts as they were placed; null when nothing was.
    pub before: Value,
    /// The same, with the edited file.
    pub after: Value,
    /// Where the conversation stands at its end with the edited file; `None` for a call that was not replayed.
    pub state: Option<State>,
}

/// Would the order change?
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    Same,
    Changed,
    /// A call to another restaurant.
    Skipped,
}

impl Verdict {
    /// Compares what was placed then with what is placed now: items, counts, choices, prices and the total. The names of
    /// items are not compared; an item is its id.
    pub fn of(sid: &str, recorded: &Value, rerun: &Rerun) -> Self {
        let before = amounts(recorded);
        let after = rerun.order.as_ref().map_or(Value::Null, placed);
        let status = if comparable(&before) == comparable(&after) {
            Status::Same
        } else {
            Status::Changed
        };
        Self {
            sid: sid.to_owned(),
            status,
            before,
            after,
            state: Some(rerun.state),
        }
    }

    /// A call to another restaurant.
    pub fn skipped(sid: &str) -> Self {
        Self {
            sid: sid.to_owned(),
            status: Status::Skipped,
            before: Value::Null,
            after: Value::Null,
            state: None,
        }
    }

    /// As one line of `--json`.
    pub fn json(&self) -> Value {
        json!({
            "sid": self.sid,
            "status": self.status,
            "before": self.before,
            "after": self.after,
            "state": self.state,
        })
    }

    /// What differs, line by line: `-` as it was, `+` as it would be.
    pub fn differences(&self) -> Vec<String> {
        let (before, after) = (texts(&self.before), texts(&self.after));
        let only = |mark: char, these: &[String], those: &[String]| -> Vec<String> {
            let mut left = those.to_vec();
            let mut out = Vec::new();
            for text in these {
                match left.iter().position(|other| other == text) {
                    Some(at) => drop(left.remove(at)),
                    None => out.push(format!("{mark} {text}")),
                }
            }
            out
        };
        let mut out = only('-', &before, &after);
        out.extend(only('+', &after, &before));
        out
    }
}

/// The parts of a recorded order that a replay can give again.
fn amounts(order: &Value) -> Value {
    if order.is_null() {
        return Value::Null;
    }
    json!({"lines": order["lines"], "subtotal": order["subtotal"], "tax": order["tax"], "total": order["total"]})
}

fn placed(order: &Order) -> Value {
    let lines: Vec<Value> = order
        .lines
        .iter()
        .map(|line| order_line_json(line, order.currency))
        .collect();
    json!({
        "lines": lines,
        "subtotal": order.subtotal.decimal(order.currency),
        "tax": order.tax.decimal(order.currency),
        "total": order.total.decimal(order.currency),
    })
}

/// Sorted texts of the lines without the items' names, and the total.
fn comparable(order: &Value) -> (Vec<String>, Value) {
    let mut lines: Vec<String> = list(&order["lines"])
        .map(|line| {
            let mut choices: Vec<String> = list(&line["choices"]).map(Value::to_string).collect();
            choices.sort();
            format!(
                "{} {} {} {choices:?}",
                line["quantity"], line["item"], line["price"]
            )
        })
        .collect();
    lines.sort();
    (lines, order["total"].clone())
}

/// An order as a person reads it; "no order" when there is none.
fn texts(order: &Value) -> Vec<String> {
    if order.is_null() {
        return vec!["no order".to_owned()];
    }
    let text = |value: &Value| value.as_str().unwrap_or("?").to_owned();
    let mut out: Vec<String> = list(&order["lines"])
        .map(|line| {
            let mut choices: Vec<String> = list(&line["choices"]).map(choice_text).collect();
            choices.sort();
            let with = match choices.as_slice() {
                [] => String::new(),
                choices => format!(" ({})", choices.join(", ")),
            };
            format!(
                "{} {}{with} at {}",
                line["quantity"],
                text(&line["item"]),
                text(&line["price"])
            )
        })
        .collect();
    out.push(format!("total {}", text(&order["total"])));
    out
}

fn choice_text(choice: &Value) -> String {
    let mut text = choice["choice"].as_str().unwrap_or("?").to_owned();
    for key in ["amount", "part"] {
        if let Some(said) = choice[key].as_str().filter(|said| *said != "regular") {
            text = format!("{text}, {said}");
        }
    }
    match choice["count"].as_u64() {
        Some(1) | None => text,
        Some(count) => format!("{text} x{count}"),
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn order(price: &str, name: &str) -> Value {
        json!({"lines": [{"item": "tea", "name": name, "quantity": 2, "price": price, "choices": [
            {"option": "Size", "choice": "Large", "amount": "regular", "count": 1}]}],
            "subtotal": "5.00", "tax": "0.00", "total": "5.00"})
    }

    fn verdict(before: Value, after: Value) -> Verdict {
        Verdict {
            sid: "CA1".into(),
            status: Status::Changed,
            before,
            after,
            state: None,
        }
    }

    #[test]
    fn an_item_is_its_id_and_its_price_not_its_name() {
        let same = |a: &Value, b: &Value| comparable(a) == comparable(b);
        assert!(same(&order("2.50", "Tea"), &order("2.50", "Black tea")));
        assert!(!same(&order("2.50", "Tea"), &order("2.75", "Tea")));
        assert!(!same(&order("2.50", "Tea"), &Value::Null));
        assert!(same(&Value::Null, &Value::Null));
    }

    #[test]
    fn only_what_differs_is_shown() {
        let mut dearer = order("2.75", "Tea");
        dearer["total"] = json!("5.50");
        assert_eq!(
            verdict(order("2.50", "Tea"), dearer).differences(),
            [
                "- 2 tea (Large) at 2.50",
                "- total 5.00",
                "+ 2 tea (Large) at 2.75",
                "+ total 5.50"
            ]
        );
        let gone = verdict(order("2.50", "Tea"), Value::Null).differences();
        assert_eq!(gone.last().map(String::as_str), Some("+ no order"));
    }
}
