//! What is to be done so that calls to our numbers reach us. Pure.

use std::collections::{BTreeMap, BTreeSet};

use crate::restaurant::PhoneNumber;
use crate::twilio::incoming_numbers::{FieldChange, IncomingNumber, LeftAlone, Webhooks};

/// What an account has, and what is to be done with it.
#[derive(Debug, Default)]
pub(super) struct SyncPlan {
    /// In the order of the numbers.
    pub rows: Vec<Row>,
    /// Numbers of ours that no account has.
    pub missing: Vec<(PhoneNumber, String)>,
    /// Numbers of the accounts that no restaurant has: nothing is done with them.
    pub of_nobody: usize,
}

/// Who answers a number of ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Answers {
    pub restaurant: String,
    /// It sends texts or reads them: its number's texts must reach us.
    pub texts: bool,
}

/// One number that is ours and Twilio's.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub number: PhoneNumber,
    /// Who answers it.
    pub restaurant: String,
    pub account: String,
    /// Twilio's name of the number.
    pub sid: String,
    pub state: State,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum State {
    Right,
    LeftAlone(LeftAlone),
    /// At least one field.
    Differs(Vec<FieldChange>),
}

/// Compares. `ours` are the numbers and who answers them; `theirs` the accounts' numbers. A number counts as ours only
/// when it is the same to the digit.
pub(super) fn compare(
    ours: &BTreeMap<PhoneNumber, Answers>,
    theirs: Vec<(String, IncomingNumber)>,
    wanted: &Webhooks,
) -> SyncPlan {
    let mut plan = SyncPlan::default();
    let mut found = BTreeSet::new();
    for (account, incoming) in theirs {
        let number = PhoneNumber::parse(&incoming.phone_number).ok();
        let Some((number, answers)) = number.and_then(|number| ours.get_key_value(&number)) else {
            plan.of_nobody += 1;
            continue;
        };
        found.insert(number.clone());
        let state = match (
            incoming.left_alone(),
            incoming.changes(wanted, answers.texts),
        ) {
            (Some(why), _) => State::LeftAlone(why),
            (None, changes) if changes.is_empty() => State::Right,
            (None, changes) => State::Differs(changes),
        };
        plan.rows.push(Row {
            number: number.clone(),
            restaurant: answers.restaurant.clone(),
            account,
            sid: incoming.sid,
            state,
        });
    }
    plan.rows.sort_by(|a, b| a.number.cmp(&b.number));
    let missing = ours.iter().filter(|(number, _)| !found.contains(*number));
    plan.missing = missing
        .map(|(n, a)| (n.clone(), a.restaurant.clone()))
        .collect();
    plan
}

impl SyncPlan {
    /// Numbers with something to set.
    pub(super) fn differing(&self) -> impl Iterator<Item = (&Row, &[FieldChange])> {
        self.rows.iter().filter_map(|row| match &row.state {
            State::Differs(changes) => Some((row, changes.as_slice())),
            _ => None,
        })
    }

    /// Does every number of ours reach us, or will when what differs was set?
    pub(super) fn is_whole(&self) -> bool {
        let left = |row: &Row| matches!(row.state, State::LeftAlone(_));
        self.missing.is_empty() && !self.rows.iter().any(left)
    }

    /// (right already, differing, left alone)
    pub(super) fn counts(&self) -> (usize, usize, usize) {
        let differing = self.differing().count();
        let right = self.rows.iter().filter(|row| row.state == State::Right);
        let right = right.count();
        (right, differing, self.rows.len() - right - differing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(text: &str) -> PhoneNumber {
        PhoneNumber::parse(text).unwrap()
    }

    fn theirs(sid: &str, phone: &str) -> (String, IncomingNumber) {
        let incoming = IncomingNumber {
            sid: sid.to_owned(),
            phone_number: phone.to_owned(),
            ..IncomingNumber::default()
        };
        ("AC1".to_owned(), incoming)
    }

    #[test]
    fn a_number_is_ours_only_to_the_digit_and_what_nobody_has_is_named() {
        let ours = [("+12125550101", "bella"), ("+12125550102", "loop")].map(|(phone, id)| {
            let restaurant = id.to_owned();
            let texts = false;
            (number(phone), Answers { restaurant, texts })
        });
        let plan = compare(
            &BTreeMap::from(ours),
            vec![
                theirs("PN1", "+12125550101"),
                theirs("PN2", "+12125550109"),
                theirs("PN3", "911"),
            ],
            &Webhooks::at("https://v.example.com"),
        );
        assert_eq!(plan.counts(), (0, 1, 0));
        assert_eq!(plan.of_nobody, 2);
        assert_eq!(plan.missing, [(number("+12125550102"), "loop".to_owned())]);
        assert!(!plan.is_whole());
    }
}
