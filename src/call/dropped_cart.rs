//! The order of a call that dropped: kept for half an hour, over a restart too, and offered to the same caller at the same restaurant.

use std::time::Duration;

use super::claim::ClaimedCall;
use super::pins::later;
use super::services::Services;
use crate::events::DomainEvent;
use crate::order::KeptCart;
use crate::record::Ending;
use crate::restaurant::PhoneNumber;

/// How long it is offered.
const OFFERED: Duration = Duration::from_secs(30 * 60);
/// How long the store may take before the call goes on without it.
const PATIENCE: Duration = Duration::from_secs(2);
/// What Twilio gives for a number that is withheld: the words on a telephone's keys ("anonymous", "restricted", "blocked",
/// "unavailable", "unknown").
const WITHHELD: &[&str] = &[
    "+266696687",
    "+7378742833",
    "+2562533",
    "+86282452253",
    "+8656696",
];

/// What this caller's last call left; it is taken out of the store.
pub(super) async fn take(call: &ClaimedCall, services: &Services) -> Option<KeptCart> {
    let caller = caller(call)?;
    let (store, now) = (&services.store, services.clock.now());
    let taken = store.take_cart(&call.pin.served.restaurant.id, caller, now);
    match tokio::time::timeout(PATIENCE, taken).await {
        Ok(Ok(kept)) => kept,
        Ok(Err(error)) => {
            failed(
                services,
                "read the cart of a dropped call",
                &error.to_string(),
            );
            None
        }
        Err(_) => None,
    }
}

/// Keeps what the call leaves, if it dropped.
pub(super) async fn keep(
    call: &ClaimedCall,
    services: &Services,
    ending: Ending,
    left: Option<KeptCart>,
) {
    let dropped = matches!(
        ending,
        Ending::HungUp | Ending::Failed | Ending::TimeUp | Ending::Silent
    );
    let (Some(left), Some(caller), true) = (left, caller(call), dropped) else {
        return;
    };
    let (store, now) = (&services.store, services.clock.now());
    let id = &call.pin.served.restaurant.id;
    let kept = store.keep_cart(id, caller, &left, now, later(now, OFFERED));
    if let Ok(Err(error)) = tokio::time::timeout(PATIENCE, kept).await {
        failed(
            services,
            "keep the cart of a dropped call",
            &error.to_string(),
        );
    }
}

/// Whose it is: nobody's where the number is withheld, the call is a test, or it is for a message.
fn caller(call: &ClaimedCall) -> Option<&str> {
    let pin = &call.pin;
    let from = pin.from.as_str();
    let known = PhoneNumber::parse(from).is_ok() && !WITHHELD.contains(&from);
    (known && !pin.test && !pin.purpose.is_message()).then_some(from)
}

fn failed(services: &Services, what: &'static str, error: &str) {
    let error = error.to_owned();
    services
        .events
        .publish(DomainEvent::StoreFailed { what, error });
}
