//! What the waiter has asked and is waiting to hear.

use super::{HeardLine, LooseChoice};
use crate::order::{LineId, Missing, Picked};

/// What is asked of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum AddressPart {
    Whole,
    Number,
    Street,
    Code,
    /// All of it again: what was understood is wrong.
    Again,
}

/// The open question. All but `Free` and `Change` are closed: a few words answer them.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Question {
    /// "What would you like?", "Anything else?"
    Free,
    /// A required option of a line.
    Option(Missing),
    /// A word that means several items. The choices and the quantity were said with it.
    WhichItem {
        text: String,
        items: Vec<usize>,
        quantity: u32,
        with: Vec<LooseChoice>,
    },
    /// A word that means several choices on a line.
    WhichChoice {
        line: LineId,
        text: String,
        choices: Vec<Picked>,
    },
    /// Heard badly: "Did you say ...?"
    DidYouSay(Box<HeardLine>),
    /// A bare number, heard after a line: "Did you say three Cokes?"
    Recount { line: LineId, quantity: u32 },
    /// "Yes, we have it. Would you like that?"
    Offer { item: usize },
    /// The file's upsell question.
    Upsell,
    /// The caller's name.
    Name,
    /// Pickup or delivery.
    Fulfilment,
    /// Where it is to be brought, or what of it is not known.
    Address(AddressPart),
    /// "12 Maple Street. Is that right?"
    AddressRight,
    /// It is not brought there: "Would you like to pick it up instead?"
    PickupInstead,
    /// The order was read back: yes or no.
    Confirm,
    /// "What should I change?"
    Change,
    /// A call dropped: "You had two lattes. Shall we go on with that?"
    Resume,
    /// "Should I cancel the whole order?"
    CancelSure,
    /// "Twenty-four pieces, or twenty-four orders?"
    Pieces(Box<HeardLine>),
    /// "Are you 21 or older?"
    Age { age: u32 },
}

impl Question {
    /// Do a few words answer it, so that a pause after them ends the turn?
    pub fn is_closed(&self) -> bool {
        !matches!(
            self,
            Self::Free | Self::Change | Self::Name | Self::Address(_)
        )
    }

    /// May a number answer it? Where none does, a number may name a dish.
    pub fn takes_numbers(&self) -> bool {
        !matches!(
            self,
            Self::Free | Self::Upsell | Self::Offer { .. } | Self::Confirm | Self::Change
        )
    }

    /// Is it about one thing that may be dropped without the rest of the order?
    pub fn is_pending(&self) -> bool {
        matches!(
            self,
            Self::Option(_)
                | Self::WhichItem { .. }
                | Self::WhichChoice { .. }
                | Self::DidYouSay(_)
                | Self::Recount { .. }
                | Self::Offer { .. }
                | Self::Upsell
        )
    }

    /// Is it about where the order is brought?
    pub fn is_about_address(&self) -> bool {
        matches!(
            self,
            Self::Address(_) | Self::AddressRight | Self::PickupInstead
        )
    }

    /// The line of the cart it is about; the question is void once that line is gone.
    pub fn line(&self) -> Option<LineId> {
        match self {
            Self::Option(missing) => Some(missing.line),
            Self::WhichChoice { line, .. } | Self::Recount { line, .. } => Some(*line),
            _ => None,
        }
    }

    /// Is it answered with yes or no?
    pub fn wants_yes_or_no(&self) -> bool {
        matches!(
            self,
            Self::DidYouSay(_)
                | Self::Recount { .. }
                | Self::Offer { .. }
                | Self::Upsell
                | Self::AddressRight
                | Self::Resume
                | Self::PickupInstead
                | Self::Confirm
                | Self::CancelSure
                | Self::Age { .. }
        )
    }
}
