//! What a call is for.

/// What a call is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Purpose {
    #[default]
    Order,
    /// A message, because the restaurant is closed.
    MessageWhileClosed,
    /// A message, because the staff did not answer.
    MessageUnanswered,
}

impl Purpose {
    const ALL: [Self; 3] = [
        Self::Order,
        Self::MessageWhileClosed,
        Self::MessageUnanswered,
    ];

    /// Its place among all, as a token carries it.
    pub(super) fn place(self) -> usize {
        let place = Self::ALL.iter().position(|known| *known == self);
        place.unwrap_or_default()
    }

    /// Reads [`Purpose::place`] back.
    pub(super) fn at(place: usize) -> Option<Self> {
        Self::ALL.get(place).copied()
    }

    /// Is it for a message?
    pub fn is_message(self) -> bool {
        self != Self::Order
    }
}
