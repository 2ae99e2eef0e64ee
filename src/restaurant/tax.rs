//! Sales tax by class, and what is added to an order besides its dishes.

use serde::{Deserialize, Serialize};

use super::Money;

/// The taxes of a restaurant: one class (`rate: 13`) or several. Each class is rounded once per order, half away from zero.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tax {
    /// At least one.
    pub classes: Vec<TaxClass>,
    /// Index of the class of everything that names none.
    pub default: usize,
    /// `true`: prices already include it.
    pub included: bool,
}

/// A kind of goods with its own rate.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TaxClass {
    /// As the file calls it; empty for the only class of a plain `rate`.
    pub name: String,
    /// Thousandths of a percent, so that 8.875 % stays exact: 13 % = 13_000.
    pub rate_thousandths: u32,
}

impl Tax {
    /// One rate for everything.
    pub fn single(rate_thousandths: u32, included: bool) -> Self {
        Self {
            classes: vec![TaxClass {
                name: String::new(),
                rate_thousandths,
            }],
            default: 0,
            included,
        }
    }
}

/// Something added to every order: a bag, a service charge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fee {
    /// As the caller and the ticket read it.
    pub name: String,
    /// How much.
    pub amount: FeeAmount,
    /// Index into the tax classes; `None`: not taxed.
    pub tax: Option<usize>,
}

/// How much a fee is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FeeAmount {
    /// Once per order.
    PerOrder(Money),
    /// Once for each dish of the order, quantities counted.
    PerItem(Money),
    /// Thousandths of a percent of the subtotal, rounded half away from zero.
    Percent(u32),
}
