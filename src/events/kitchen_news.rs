//! What a kitchen said, as it is sent to listeners.

use serde_json::{Value, json};
use tracing::info;

use crate::restaurant::{Pace, RestaurantId, Sellable, SoldOut, mask};
use crate::words::printable;

/// Longest form of it in the log, characters.
const MAX_TOLD: usize = 500;

/// What changed beside the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KitchenNews {
    SoldOut(SoldOut),
    /// It is sold again.
    Back {
        what: Sellable,
        by: String,
    },
    /// How fast it is; `None`: as the file says.
    Pace(Option<Pace>),
}

/// One thing that is sold out, as the API shows it. Who said so is masked where it is a telephone.
pub fn sold_out_json(mark: &SoldOut) -> Value {
    let mut told = sellable_json(&mark.what);
    told["sold_out"] = json!(true);
    told["since"] = json!(mark.since);
    told["until"] = json!(mark.until);
    told["by"] = json!(who(&mark.by));
    told
}

/// How fast the kitchen is, as the API shows it.
pub fn pace_json(pace: Option<&Pace>) -> Value {
    match pace {
        None => json!({"ready_in_minutes": null, "paused": false}),
        Some(pace) => json!({
            "ready_in_minutes": pace.ready_in_minutes,
            "paused": pace.paused,
            "since": pace.since,
            "until": pace.until,
            "by": who(&pace.by),
        }),
    }
}

/// `{"item": ID}` or `{"choice": NAME}`.
pub fn sellable_json(what: &Sellable) -> Value {
    match what {
        Sellable::Item(id) => json!({"item": id}),
        Sellable::Choice(name) => json!({"choice": name}),
    }
}

/// Name and data of the event.
pub(super) fn kitchen_json(restaurant: &RestaurantId, news: &KitchenNews) -> (&'static str, Value) {
    let (name, mut told) = match news {
        KitchenNews::SoldOut(mark) => ("sold_out", sold_out_json(mark)),
        KitchenNews::Back { what, by } => {
            let mut told = sellable_json(what);
            told["sold_out"] = json!(false);
            told["by"] = json!(who(by));
            ("sold_out", told)
        }
        KitchenNews::Pace(pace) => ("pace", pace_json(pace.as_ref())),
    };
    told["restaurant"] = json!(restaurant);
    (name, told)
}

/// The line of the log.
pub(super) fn log_kitchen(restaurant: &RestaurantId, news: &KitchenNews) {
    let (what, told) = kitchen_json(restaurant, news);
    let told = told.to_string();
    let told = printable(&told, MAX_TOLD);
    info!(code = "KITCHEN_SAID", %restaurant, what, %told, "the kitchen said so");
}

/// `api`, or a telephone that is not shown whole.
fn who(by: &str) -> String {
    if by.starts_with('+') {
        mask(by)
    } else {
        by.to_owned()
    }
}
