//! Who gets a number that several files claim, decided on the settled batch.
//!
//! An owner is its id. The incumbent, the owner in the active table, keeps id and number; a challenger takes over in the
//! batch in which the incumbent leaves. With no incumbent nobody gets it.

use std::sync::Arc;

use super::{RoutingTable, Served};
use crate::config::{Code, Place, Problem};
use crate::restaurant::{PhoneNumber, RestaurantId};

/// A valid restaurant of the batch, and where its file states its numbers.
#[derive(Clone, Debug)]
pub struct Candidate {
    pub served: Arc<Served>,
    /// In the order of the restaurant's numbers; empty when unknown.
    pub number_places: Vec<Place>,
}

/// One file's side of a conflict.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Claim {
    pub file: String,
    /// Line 1 when unknown.
    pub place: Place,
}

/// What two files both want.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Contested {
    Id(RestaurantId),
    Number(PhoneNumber),
}

/// A claim that was not granted.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Conflict {
    pub contested: Contested,
    /// Who claimed it and did not get it.
    pub refused: Claim,
    /// Who has it, or another who did not get it either.
    pub other: Claim,
    /// Does `other` have it?
    pub granted: bool,
}

/// The incumbent path; else, after a move into two copies, the copy with the incumbent's very bytes.
pub(super) fn id_winner(
    active: &RoutingTable,
    id: &RestaurantId,
    claimants: &[&Candidate],
) -> Option<usize> {
    if claimants.len() == 1 {
        return Some(0);
    }
    let incumbent = active.restaurant(id)?;
    let by_path = claimants
        .iter()
        .position(|c| c.served.file == incumbent.file);
    by_path.or_else(|| only(claimants, |c| c.served.digest == incumbent.digest))
}

/// The incumbent id; else the file that held the number under another id (a changed id inherits it).
pub(super) fn number_winner(
    active: &RoutingTable,
    number: &PhoneNumber,
    claimants: &[&Candidate],
) -> Option<usize> {
    if claimants.len() == 1 {
        return Some(0);
    }
    let incumbent = active.owner(number)?;
    let by_id = claimants
        .iter()
        .position(|c| c.served.restaurant.id == incumbent.restaurant.id);
    by_id.or_else(|| only(claimants, |c| c.served.file == incumbent.file))
}

fn only(claimants: &[&Candidate], fits: impl Fn(&Candidate) -> bool) -> Option<usize> {
    let mut fitting = (0..claimants.len()).filter(|index| fits(claimants[*index]));
    let first = fitting.next()?;
    fitting.next().is_none().then_some(first)
}

/// The conflicts of those who claim the same thing and do not get it.
pub(super) fn refusals(
    contested: &Contested,
    claimants: &[&Candidate],
    winner: Option<usize>,
) -> Vec<Conflict> {
    let refused = (0..claimants.len()).filter(|index| winner != Some(*index));
    refused
        .map(|index| {
            let other = winner.unwrap_or(usize::from(index == 0));
            Conflict {
                contested: contested.clone(),
                refused: claim(claimants[index], contested),
                other: claim(claimants[other], contested),
                granted: winner.is_some(),
            }
        })
        .collect()
}

fn claim(candidate: &Candidate, contested: &Contested) -> Claim {
    let numbers = &candidate.served.restaurant.phone_numbers;
    let place = match contested {
        Contested::Number(number) => numbers
            .iter()
            .position(|own| own == number)
            .and_then(|index| candidate.number_places.get(index)),
        Contested::Id(_) => None,
    };
    Claim {
        file: candidate.served.file.clone(),
        place: place.copied().unwrap_or(Place { line: 1, column: 1 }),
    }
}

/// A conflict as a problem of the refused file, naming the other file and its line.
pub fn explain(conflict: &Conflict) -> Problem {
    let (code, what) = match &conflict.contested {
        Contested::Number(number) => (Code::NumberConflict, number.to_string()),
        Contested::Id(id) => (Code::IdConflict, format!("the id {id}")),
    };
    let other = &conflict.other;
    let at = format!("{}:{}", other.file, other.place.line);
    let (message, help) = if conflict.granted {
        (
            format!("{what} belongs to {at}"),
            "it passes to this file when the other one gives it up",
        )
    } else {
        (
            format!("{what} is also claimed by {at}, so nobody gets it"),
            "take it out of one of the files",
        )
    };
    let place = conflict.refused.place;
    Problem::new(code, "", message)
        .with_help(help)
        .placed(place.line, place.column, 0..0)
}

#[cfg(test)]
#[path = "ownership_tests.rs"]
pub(super) mod tests;
