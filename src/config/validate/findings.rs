//! The list that every part of validation adds to.

use super::super::{Code, MAX_PROBLEMS, Problem};

/// Problems in the order they were found.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<Problem>);

impl Findings {
    /// Adds a finding about the value behind `pointer`.
    pub(super) fn add(&mut self, code: Code, pointer: &str, message: impl Into<String>) {
        self.push(Problem::new(code, pointer, message));
    }

    /// Adds a finding with its help.
    pub(super) fn push(&mut self, problem: Problem) {
        self.0.push(problem);
    }

    /// More than a person is shown: no need to look for suggestions.
    pub(super) fn is_full(&self) -> bool {
        self.0.len() > MAX_PROBLEMS
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// All of them.
    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.0
    }
}
