//! A sync in words, and as JSON.

use serde_json::{Value, json};

use super::sync::{Row, State, SyncPlan};
use crate::twilio::incoming_numbers::{FieldChange, LeftAlone};
use crate::words::printable;

/// Longest line, characters.
const MAX_LINE: usize = 500;

/// What became of the numbers that differed.
pub(super) enum Done {
    /// Nothing was to be changed.
    DryRun,
    /// Twilio's names of the numbers that were set; the others failed.
    Set(Vec<String>),
}

impl Done {
    fn word(&self, row: &Row) -> &'static str {
        match self {
            Self::DryRun => "would be set",
            Self::Set(sids) if sids.contains(&row.sid) => "set",
            Self::Set(_) => "NOT set",
        }
    }
}

/// One line per number with something to tell, and a last one that counts them.
pub(super) fn human(plan: &SyncPlan, done: &Done) -> String {
    let mut lines = Vec::new();
    for row in &plan.rows {
        let who = format!("{} {}", row.number, row.restaurant);
        match &row.state {
            State::Right => {}
            State::LeftAlone(why) => lines.push(format!("! {who}: left alone, {}", because(why))),
            State::Differs(changes) => {
                lines.push(format!("~ {who}: {}", done.word(row)));
                lines.extend(changes.iter().map(change));
            }
        }
    }
    for (number, restaurant) in &plan.missing {
        lines.push(format!(
            "? {number} {restaurant}: none of the accounts has this number"
        ));
    }
    let (right, differing, alone) = plan.counts();
    let set = match done {
        Done::DryRun => format!("{differing} would be set"),
        Done::Set(sids) if sids.len() == differing => format!("{differing} set"),
        Done::Set(sids) => format!("{} of {differing} set", sids.len()),
    };
    lines.push(format!(
        "{right} right already, {set}, {alone} left alone, {} missing; {} numbers of the accounts belong to no restaurant",
        plan.missing.len(),
        plan.of_nobody
    ));
    let lines = lines.iter().map(|line| printable(line, MAX_LINE));
    lines.fold(String::new(), |told, line| told + &line + "\n")
}

fn change(change: &FieldChange) -> String {
    let FieldChange { name, was, becomes } = change;
    let was = if was.is_empty() { "nothing" } else { was };
    format!("    {name}: {was} -> {becomes}")
}

fn because(why: &LeftAlone) -> String {
    match why {
        LeftAlone::Trunk(sid) => format!("its calls go to the SIP trunk {sid}"),
        LeftAlone::Application(sid) => format!("its calls go to the TwiML application {sid}"),
        LeftAlone::Fax => "it receives faxes".to_owned(),
    }
}

/// The same for a program.
pub(super) fn json(plan: &SyncPlan, done: &Done) -> Value {
    let rows = plan.rows.iter().map(|row| {
        let (state, changes) = match &row.state {
            State::Right => ("right", Value::Null),
            State::LeftAlone(why) => ("left_alone", json!(because(why))),
            State::Differs(changes) => {
                let fields = changes.iter().map(|c| (c.name.to_owned(), json!({"was": c.was, "becomes": c.becomes})));
                let state = match done.word(row) {
                    "set" => "set",
                    "would be set" => "differs",
                    _ => "failed",
                };
                (state, Value::Object(fields.collect()))
            }
        };
        json!({
            "number": row.number.to_string(), "restaurant": row.restaurant, "account": row.account, "sid": row.sid,
            "state": state, "detail": changes,
        })
    });
    let missing = plan.missing.iter();
    let missing = missing.map(
        |(number, restaurant)| json!({"number": number.to_string(), "restaurant": restaurant}),
    );
    json!({
        "numbers": rows.collect::<Vec<_>>(),
        "missing": missing.collect::<Vec<_>>(),
        "of_no_restaurant": plan.of_nobody,
    })
}
