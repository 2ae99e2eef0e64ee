//! The order as the model sees it in tool results: lines with their numbers, and what is still to be asked.

use serde_json::{Value, json};

use super::super::describe;
use super::super::waiter::Waiter;
use crate::order::{CartLine, LineId};
use crate::restaurant::ItemOption;

/// Lines and open questions.
pub(super) fn order(waiter: &Waiter) -> Value {
    let lines: Vec<Value> = waiter
        .cart
        .lines()
        .iter()
        .map(|line| json!({"line": line.id().number(), "what": what(waiter, line)}))
        .collect();
    let mut view = json!({"order": lines});
    let open = still_to_ask(waiter);
    if !open.is_empty() {
        view["still_to_ask"] = Value::Array(open);
    }
    view
}

/// The order in a line of words, for the head of a caller's turn; `None` while it is empty.
pub(super) fn in_words(waiter: &Waiter) -> Option<String> {
    let lines: Vec<String> = waiter
        .cart
        .lines()
        .iter()
        .map(|line| format!("line {}: {}", line.id().number(), what(waiter, line)))
        .collect();
    (!lines.is_empty()).then(|| lines.join("; "))
}

/// The line with this number.
pub(super) fn line(waiter: &Waiter, number: u64) -> Option<LineId> {
    waiter
        .cart
        .lines()
        .iter()
        .map(CartLine::id)
        .find(|id| u64::from(id.number()) == number)
}

/// The names of the choices that can be taken.
pub(super) fn offered(option: &ItemOption) -> Vec<&str> {
    option
        .choices
        .iter()
        .filter(|choice| choice.available)
        .map(|choice| choice.name.as_str())
        .collect()
}

fn what(waiter: &Waiter, line: &CartLine) -> String {
    describe::line(waiter.words, &waiter.cart, line, false)
}

fn still_to_ask(waiter: &Waiter) -> Vec<Value> {
    let lines = waiter.cart.lines().iter();
    lines
        .flat_map(|line| waiter.cart.missing_on(line))
        .filter_map(|missing| {
            let line = waiter.cart.line(missing.line)?;
            let option = &waiter.cart.item(line).options[missing.option];
            Some(json!({
                "line": missing.line.number(),
                "option": option.name,
                "choices": offered(option),
            }))
        })
        .collect()
}
