//! A list that equal menus, and the dishes of one menu, have in common.

use std::ops::{Deref, DerefMut};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// A list that is held once however many hold it; whoever changes it gets a copy of their own.
#[derive(Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct SharedList<T>(Arc<[T]>);

impl<T> SharedList<T> {
    /// Are both the same list in memory?
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The list to change in its place, if nobody else has it.
    pub(super) fn unshared(&mut self) -> Option<&mut [T]> {
        Arc::get_mut(&mut self.0)
    }
}

impl<T> Clone for SharedList<T> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T> Default for SharedList<T> {
    fn default() -> Self {
        Self(Arc::default())
    }
}

impl<T> From<Vec<T>> for SharedList<T> {
    fn from(list: Vec<T>) -> Self {
        match list.is_empty() {
            true => Self::default(),
            false => Self(list.into()),
        }
    }
}

impl<T> Deref for SharedList<T> {
    type Target = [T];
    fn deref(&self) -> &[T] {
        &self.0
    }
}

impl<T: Clone> DerefMut for SharedList<T> {
    fn deref_mut(&mut self) -> &mut [T] {
        Arc::make_mut(&mut self.0)
    }
}

impl<'a, T> IntoIterator for &'a SharedList<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

impl<'a, T: Clone> IntoIterator for &'a mut SharedList<T> {
    type Item = &'a mut T;
    type IntoIter = std::slice::IterMut<'a, T>;
    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

/// Different lists that are looked through for one that is the same: a menu has few kinds of options, and a hostile one
/// costs no more than a real one.
const LOOKED_THROUGH: usize = 32;

/// Lists seen so far.
#[derive(Debug)]
pub(super) struct Seen<T>(Vec<SharedList<T>>);

impl<T> Default for Seen<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: PartialEq> Seen<T> {
    /// Puts the list that was seen in the place of an equal one.
    pub(super) fn share(&mut self, list: &mut SharedList<T>) {
        if list.is_empty() {
            return;
        }
        if self.0.iter().any(|seen| seen.is(list)) {
            return;
        }
        match self.0.iter().find(|seen| *seen == list) {
            Some(seen) => *list = seen.clone(),
            None if self.0.len() < LOOKED_THROUGH => self.0.push(list.clone()),
            None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_lists_become_one_until_somebody_changes_theirs() {
        let mut seen = Seen::default();
        let mut lists: [SharedList<String>; 4] = ["a", "b", "a", ""]
            .map(|text| text.chars().map(String::from).collect::<Vec<_>>().into());
        lists.iter_mut().for_each(|list| seen.share(list));
        assert!(lists[0].is(&lists[2]) && !lists[0].is(&lists[1]));
        for text in &mut lists[2] {
            text.push('!');
        }
        assert_eq!((&lists[0][0][..], &lists[2][0][..]), ("a", "a!"));
        assert!(lists[3].is_empty());
    }
}
