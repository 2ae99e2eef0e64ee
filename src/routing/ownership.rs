//! Who gets a number that several files claim, decided on the settled batch.
//!
//! An owner is its id. The incumbent, the owner in the active table, keeps id and number; a challenger takes over in the
//! batch in which the incumbent leaves. With no incumbent nobody gets it.

use std::collections::HashMap;
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
#[derive(Clone, Debug, PartialEq, Eq, Hash, serde::Serialize)]
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

/// The decision on a batch.
#[derive(Debug, Default)]
pub struct Owners {
    /// Every granted number.
    pub by_number: HashMap<PhoneNumber, Arc<Served>>,
    /// Every claim that was not granted, by file.
    pub conflicts: Vec<Conflict>,
}

fn id(candidate: &Candidate) -> &RestaurantId {
    &candidate.served.restaurant.id
}

/// Decides who owns which number; `active` is the table in force.
pub fn decide(active: &RoutingTable, candidates: &[Candidate]) -> Owners {
    let mut owners = Owners {
        by_number: HashMap::with_capacity(candidates.len()),
        ..Owners::default()
    };
    // Sorted and cut into groups: ten thousand files are decided on at every change of one.
    let mut by_id: Vec<&Candidate> = candidates.iter().collect();
    by_id.sort_by(|a, b| id(a).cmp(id(b)));
    let mut claims: Vec<(&PhoneNumber, &Candidate)> = Vec::with_capacity(candidates.len());
    for claimants in by_id.chunk_by(|a, b| id(a) == id(b)) {
        let winner = id_winner(active, id(claimants[0]), claimants);
        if claimants.len() > 1 {
            let contested = Contested::Id(id(claimants[0]).clone());
            owners.refuse(&contested, claimants, winner);
        }
        if let Some(index) = winner {
            let winner = claimants[index];
            let numbers = winner.served.restaurant.phone_numbers.iter();
            claims.extend(numbers.map(|number| (number, winner)));
        }
    }
    claims.sort_by(|a, b| a.0.cmp(b.0));
    for claimants in claims.chunk_by(|a, b| a.0 == b.0) {
        let number = claimants[0].0;
        let claimants: Vec<&Candidate> = claimants.iter().map(|claim| claim.1).collect();
        let winner = number_winner(active, number, &claimants);
        if claimants.len() > 1 {
            let contested = Contested::Number(number.clone());
            owners.refuse(&contested, &claimants, winner);
        }
        if let Some(index) = winner {
            let served = Arc::clone(&claimants[index].served);
            owners.by_number.insert(number.clone(), served);
        }
    }
    owners
        .conflicts
        .sort_by(|a, b| a.refused.file.cmp(&b.refused.file));
    owners
}

/// The incumbent path; else, after a move into two copies, the copy with the incumbent's very bytes.
fn id_winner(active: &RoutingTable, id: &RestaurantId, claimants: &[&Candidate]) -> Option<usize> {
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
fn number_winner(
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

impl Owners {
    fn refuse(&mut self, contested: &Contested, claimants: &[&Candidate], winner: Option<usize>) {
        for (index, candidate) in claimants.iter().enumerate() {
            if winner == Some(index) {
                continue;
            }
            let other = winner.unwrap_or(usize::from(index == 0));
            self.conflicts.push(Conflict {
                contested: contested.clone(),
                refused: claim(candidate, contested),
                other: claim(claimants[other], contested),
                granted: winner.is_some(),
            });
        }
    }
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
mod tests;
