//! A call on the line as it stands at this moment: what operators watch.

use serde_json::{Value, json};

use crate::conversation::State;
use crate::order::{OrderLine, PlacedOrder, order_line_json};
use crate::record::{CallRecord, call_json, call_summary_json};
use crate::restaurant::Currency;

/// The record so far, the cart as it would be ordered now, and where the conversation stands.
#[derive(Clone, Debug)]
pub struct CallProgress {
    pub record: CallRecord,
    pub cart: Vec<OrderLine>,
    pub currency: Currency,
    pub state: State,
}

impl CallProgress {
    /// As `GET /api/calls` and the stream of events have it: no transcript, no turns.
    pub fn summary_json(&self, order: Option<&PlacedOrder>) -> Value {
        self.with_cart(call_summary_json(&self.record, order))
    }

    /// As `GET /api/calls/{sid}` has it.
    pub fn json(&self, order: Option<&PlacedOrder>) -> Value {
        self.with_cart(call_json(&self.record, order))
    }

    fn with_cart(&self, mut call: Value) -> Value {
        let lines = self.cart.iter();
        let lines: Vec<Value> = lines
            .map(|line| order_line_json(line, self.currency))
            .collect();
        call["cart"] = json!(lines);
        call["state"] = json!(self.state);
        call
    }
}
