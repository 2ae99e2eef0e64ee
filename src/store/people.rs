//! What the deletion of people's data is told, and tells.

use jiff::Timestamp;

/// What of a restaurant is too old; `None`: nothing is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TooOld {
    /// Calls that began before.
    pub calls: Option<Timestamp>,
    /// Orders placed before.
    pub orders: Option<Timestamp>,
}

/// What was deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Deleted {
    /// Calls, or the number and the words of those whose order is kept.
    pub calls: u64,
    pub orders: u64,
}

impl std::ops::AddAssign for Deleted {
    fn add_assign(&mut self, other: Self) {
        self.calls += other.calls;
        self.orders += other.orders;
    }
}

/// What is known of a number, and was forgotten unless it was only looked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Calls of it, with what was said in them.
    pub calls: u64,
    /// Orders that lost their name and notes.
    pub orders: u64,
    /// Calls that are on the line, or whose order is still on its way: they are left as they are.
    pub busy: u64,
}
