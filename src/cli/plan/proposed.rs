//! What would be served instead, and how it differs: the server's own rules on the table in force.

use crate::cli::check::gather::Gathered;
use crate::config::Problem;
use crate::reload::is_mass_delete;
use crate::restaurant::{PhoneNumber, RestaurantId};
use crate::routing::{
    Candidate, MenuChange, NumberMove, RoutingTable, Served, decide, diff, explain, menu_diff,
};

/// What PATH stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// The whole folder: what is not in it goes.
    Folder,
    /// One file: everything else stays.
    File,
}

/// What would change.
#[derive(Debug, Default, serde::Serialize)]
pub(super) struct Plan {
    pub added: Vec<Row>,
    pub removed: Vec<Row>,
    pub changed: Vec<Changed>,
    /// The same restaurant from another file.
    pub moved: Vec<Moved>,
    /// Numbers that change hands.
    pub numbers: Vec<NumberMove>,
    pub rejected: Vec<Rejected>,
    /// The server would not let the removals happen before somebody confirms them.
    pub held: bool,
}

impl Plan {
    /// Would everything be as it is?
    pub(super) fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.changed.is_empty()
            && self.moved.is_empty()
            && self.numbers.is_empty()
            && self.rejected.is_empty()
    }
}

/// A restaurant that comes or goes.
#[derive(Debug, serde::Serialize)]
pub(super) struct Row {
    pub id: RestaurantId,
    pub name: String,
    pub file: String,
    pub phone_numbers: Vec<PhoneNumber>,
}

/// A restaurant that would be another.
#[derive(Debug, serde::Serialize)]
pub(super) struct Changed {
    pub id: RestaurantId,
    pub name: String,
    pub file: String,
    pub changes: Vec<MenuChange>,
}

/// A restaurant whose file has another name.
#[derive(Debug, serde::Serialize)]
pub(super) struct Moved {
    pub id: RestaurantId,
    pub from: String,
    pub to: String,
}

/// A file that would not be served as it is.
#[derive(Debug, serde::Serialize)]
pub(super) struct Rejected {
    pub file: String,
    /// Who would be answered for with the version in force.
    pub keeps: Option<RestaurantId>,
    pub problems: Vec<Problem>,
}

/// Compares `local` with the table in force; `guarded`: a server holds removals that look like a slip.
pub(super) fn plan(active: &RoutingTable, local: &Gathered, scope: Scope, guarded: bool) -> Plan {
    let mut plan = Plan::default();
    let mut candidates = local.candidates.clone();
    if scope == Scope::File {
        add_the_others(active, local, &mut candidates);
    }
    for file in local.files.iter().filter(|file| file.is_rejected()) {
        let name = file.path.to_string_lossy().into_owned();
        let keeps = last_good(active, &name, &candidates);
        plan.rejected.push(Rejected {
            file: name,
            keeps: keeps.as_ref().map(|kept| kept.served.restaurant.id.clone()),
            problems: file
                .problems
                .iter()
                .filter(|p| p.is_error())
                .cloned()
                .collect(),
        });
        candidates.extend(keeps);
    }
    let owners = decide(active, &candidates);
    for conflict in &owners.conflicts {
        let problem = explain(conflict);
        let file = &conflict.refused.file;
        match plan.rejected.iter_mut().find(|row| row.file == *file) {
            Some(row) => row.problems.push(problem),
            None => plan.rejected.push(Rejected {
                file: file.clone(),
                keeps: None,
                problems: vec![problem],
            }),
        }
    }
    let new = RoutingTable::with_owners(active.generation() + 1, owners.by_number);
    compare(active, &new, &mut plan);
    plan.held = guarded
        && is_mass_delete(
            plan.removed.len(),
            active.restaurants().len(),
            new.restaurants().len() - plan.added.len(),
        );
    plan
}

/// Everything in force but what the file replaces.
fn add_the_others(active: &RoutingTable, local: &Gathered, candidates: &mut Vec<Candidate>) {
    let replaced = |served: &Served| {
        let by_file = local
            .files
            .iter()
            .any(|f| f.path.to_str() == Some(&served.file));
        let by_id = local
            .candidates
            .iter()
            .any(|c| c.served.restaurant.id == served.restaurant.id);
        by_file || by_id
    };
    let others = active.restaurants().filter(|served| !replaced(served));
    candidates.extend(others.map(|served| Candidate {
        served: served.clone(),
        number_places: Vec::new(),
    }));
}

/// A rejected file keeps the version in force, unless its restaurant lives in another file now.
fn last_good(active: &RoutingTable, file: &str, candidates: &[Candidate]) -> Option<Candidate> {
    let served = active.restaurants().find(|s| s.file == file)?;
    let elsewhere = candidates
        .iter()
        .any(|c| c.served.restaurant.id == served.restaurant.id);
    (!elsewhere).then(|| Candidate {
        served: served.clone(),
        number_places: Vec::new(),
    })
}

fn compare(old: &RoutingTable, new: &RoutingTable, plan: &mut Plan) {
    let found = diff(old, new);
    let rows = |table: &RoutingTable, ids: &[RestaurantId]| {
        let served = ids.iter().filter_map(|id| table.restaurant(id));
        served.map(|served| row(table, served)).collect()
    };
    plan.added = rows(new, &found.added);
    plan.removed = rows(old, &found.removed);
    let both = |id: &RestaurantId| Some((old.restaurant(id)?, new.restaurant(id)?));
    plan.changed = found
        .changed
        .iter()
        .filter_map(both)
        .map(|(before, after)| Changed {
            id: after.restaurant.id.clone(),
            name: after.restaurant.name.clone(),
            file: after.file.clone(),
            changes: menu_diff(&before.restaurant, &after.restaurant),
        })
        .collect();
    plan.moved = found
        .moved
        .iter()
        .filter_map(both)
        .map(|(before, after)| Moved {
            id: after.restaurant.id.clone(),
            from: before.file.clone(),
            to: after.file.clone(),
        })
        .collect();
    plan.numbers = found.numbers;
}

fn row(table: &RoutingTable, served: &Served) -> Row {
    let restaurant = &served.restaurant;
    Row {
        id: restaurant.id.clone(),
        name: restaurant.name.clone(),
        file: served.file.clone(),
        phone_numbers: table.numbers_of(&restaurant.id),
    }
}
