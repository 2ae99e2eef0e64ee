//! A plan in words, and as JSON.

use serde_json::Value;

use super::proposed::{Changed, Plan, Rejected, Row};
use crate::restaurant::{PhoneNumber, RestaurantId};
use crate::routing::MenuChange;
use crate::words::printable;

/// Longest line, characters: names and messages come from files.
const MAX_LINE: usize = 2000;

/// An item that shares an option with so many others is not told by itself.
const TOGETHER: usize = 3;

/// One line per change, and a last one that counts them.
pub(super) fn human(plan: &Plan) -> String {
    if plan.is_empty() {
        return "nothing would change\n".to_owned();
    }
    let mut lines = Vec::new();
    for row in &plan.added {
        lines.push(format!(
            "+ {} answers {}",
            who(row),
            numbers(&row.phone_numbers)
        ));
    }
    for row in &plan.removed {
        lines.push(format!("- {} answers no more", who(row)));
    }
    for moved in &plan.moved {
        lines.push(format!(
            "> {} moves from {} to {}",
            moved.id, moved.from, moved.to
        ));
    }
    for changed in &plan.changed {
        lines.push(format!(
            "~ {}: {} ({})",
            changed.file, changed.name, changed.id
        ));
        lines.extend(
            changes(changed)
                .into_iter()
                .map(|line| format!("    {line}")),
        );
    }
    for moved in &plan.numbers {
        lines.push(format!(
            "# {}: {} -> {}",
            moved.number,
            owner(moved.from.as_ref()),
            owner(moved.to.as_ref())
        ));
    }
    for row in &plan.rejected {
        lines.extend(rejected(row));
    }
    if plan.held {
        lines.push(
            "the server would hold these removals until somebody confirms them (POST /api/config/confirm)"
                .to_owned(),
        );
    }
    lines.push(summary(plan));
    let lines = lines.iter().map(|line| printable(line, MAX_LINE));
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

/// The plan as data.
pub(super) fn json(plan: &Plan) -> Value {
    // Every part is plain data with text keys, which serde_json cannot refuse.
    serde_json::to_value(plan).unwrap_or_default()
}

fn who(row: &Row) -> String {
    format!("{}: {} ({})", row.file, row.name, row.id)
}

fn numbers(numbers: &[PhoneNumber]) -> String {
    let numbers: Vec<&str> = numbers.iter().map(PhoneNumber::as_str).collect();
    numbers.join(", ")
}

fn owner(id: Option<&RestaurantId>) -> &str {
    id.map_or("nobody", RestaurantId::as_str)
}

fn rejected(row: &Rejected) -> Vec<String> {
    let kept = row
        .keeps
        .as_ref()
        .map(|id| format!("; {id} stays as it is"))
        .unwrap_or_default();
    let mut lines = vec![format!("! {} would not be served{kept}", row.file)];
    let problems = row.problems.iter();
    lines.extend(problems.map(|problem| format!("    {} {}", problem.code, problem.one_line())));
    lines
}

/// The changes of one restaurant; what an option shared by several items does is said once.
fn changes(changed: &Changed) -> Vec<String> {
    let mut lines: Vec<(String, Vec<String>)> = Vec::new();
    for change in &changed.changes {
        let (line, item) = match shared(change) {
            Some((item, line)) => (line, Some(item.to_owned())),
            None => (change.to_string(), None),
        };
        match lines.iter_mut().find(|(told, _)| *told == line) {
            Some((_, items)) => items.extend(item),
            None => lines.push((line, item.into_iter().collect())),
        }
    }
    let told = |(line, items): (String, Vec<String>)| match items.len() {
        0 => line,
        n if n >= TOGETHER => format!("{n} items, {line}"),
        _ => format!("{}, {line}", items.join(", ")),
    };
    lines.into_iter().map(told).collect()
}

/// A change of a choice: the item, and the rest of the line.
fn shared(change: &MenuChange) -> Option<(&str, String)> {
    match change {
        MenuChange::ChoiceAdded {
            item,
            option,
            choice,
            price,
        } => Some((item, format!("{option}: new: {choice} {price}"))),
        MenuChange::ChoiceRemoved {
            item,
            option,
            choice,
        } => Some((item, format!("{option}: gone: {choice}"))),
        MenuChange::ChoiceRepriced {
            item,
            option,
            choice,
            from,
            to,
        } => Some((item, format!("{option} {choice}: {from} -> {to}"))),
        _ => None,
    }
}

fn summary(plan: &Plan) -> String {
    let counted = [
        (plan.added.len(), "added", "added"),
        (plan.removed.len(), "removed", "removed"),
        (plan.changed.len(), "changed", "changed"),
        (
            plan.moved.len(),
            "moved to another file",
            "moved to other files",
        ),
        (
            plan.numbers.len(),
            "number changes hands",
            "numbers change hands",
        ),
        (plan.rejected.len(), "file not served", "files not served"),
    ];
    let parts: Vec<String> = counted
        .iter()
        .filter(|(count, ..)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    parts.join(", ")
}
