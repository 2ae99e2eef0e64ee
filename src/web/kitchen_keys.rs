//! `/voice/kitchen/keys`: a listed telephone of a kitchen rings its own restaurant and says by keys what is sold out, and how busy it
//! is. What was heard is said back and holds once 1 is pressed. Nothing is kept between two requests: what is open stands in the
//! address that Twilio asks next, and who rings is looked at each time.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use jiff::Timestamp;

use super::AppState;
use super::signed_form::signed_form;
use super::twiml_answer::answer;
use crate::call::NotMarked;
use crate::events::DomainEvent;
use crate::restaurant::{Item, Pace, PhoneNumber, Restaurant, Sellable, SoldOut};
use crate::twilio::twiml;
use crate::twilio::webhook_form::VoiceForm;

/// Seconds that keys are waited for.
const KEY_TIMEOUT: u32 = 10;
/// Questions in one call: whoever asks for more is not cooking.
const MAX_ROUNDS: u32 = 40;
/// Keys in one answer.
const MAX_KEYS: usize = 8;
/// What is said to a kitchen is English, as its tickets are.
const LANGUAGE: &str = "en-US";
const PATH: &str = "/voice/kitchen/keys";

const HOW: &str = "Key in a dish's number when it is out, or star and its number when it is back. Zero pauses orders, \
    zero zero takes them again, zero star and the minutes says how long it takes. Star star undoes the last. Then press hash.";
const GOODBYE: &str = "Goodbye.";
const NOBODY: &str = "Sorry, this telephone is not listed for that. Goodbye.";
const NOT_SAVED: &str = "Sorry, that could not be saved. Nothing was changed.";

/// What keys say.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Keyed<'k> {
    Out(&'k str),
    Back(&'k str),
    Pause,
    Normal,
    Busy(u32),
    Undo,
}

/// The first words to a listed telephone; `None`: whoever rings is a caller like any other.
pub(super) fn greet(state: &AppState, form: &VoiceForm) -> Option<HttpResponse> {
    if form.test {
        return None;
    }
    let (restaurant, _) = listed(state, form)?;
    let opening = format!("The kitchen line of {}. {HOW}", restaurant.name);
    Some(ask(&opening, &Open::default()))
}

/// What stands in the address: which question this is, what was heard and not confirmed yet, and what was done last.
#[derive(Debug, Default)]
struct Open {
    round: u32,
    heard: String,
    done: String,
}

impl Open {
    fn read(query: &str) -> Self {
        let mut open = Self::default();
        for (name, value) in form_urlencoded::parse(query.as_bytes()) {
            match &*name {
                "round" => open.round = value.parse().unwrap_or(MAX_ROUNDS),
                "heard" => open.heard = keys_of(&value),
                "done" => open.done = keys_of(&value),
                _ => {}
            }
        }
        open
    }

    fn address(&self) -> String {
        // A star needs no escape in a query, and nothing else but digits is in it.
        let Self { round, heard, done } = self;
        format!("{PATH}?round={round}&heard={heard}&done={done}")
    }
}

/// The keys among what somebody sent: digits and stars, a few.
fn keys_of(text: &str) -> String {
    let keys = text.chars().filter(|c| c.is_ascii_digit() || *c == '*');
    keys.take(MAX_KEYS + 1).collect()
}

/// Keys were pressed.
pub(super) async fn keys(
    request: HttpRequest,
    payload: Payload,
    state: Data<AppState>,
) -> HttpResponse {
    let form = match signed_form(&request, payload, &state).await {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let Some((restaurant, phone)) = listed(&state, &form) else {
        return answer(twiml::say_hangup(NOBODY, LANGUAGE));
    };
    let mut open = Open::read(request.query_string());
    open.round = open.round.saturating_add(1);
    if open.round >= MAX_ROUNDS {
        return answer(twiml::say_hangup(GOODBYE, LANGUAGE));
    }
    let pressed = form.digits.as_deref().unwrap_or_default();
    let pressed = match pressed.bytes().all(|b| b.is_ascii_digit() || b == b'*') {
        true => keys_of(pressed),
        // No telephone has such keys.
        false => String::new(),
    };
    let heard = std::mem::take(&mut open.heard);
    if heard.is_empty() {
        let said = match told(&restaurant, &pressed, &open.done) {
            Ok(what) => {
                open.heard = pressed;
                format!("{what}. Press 1 and hash to confirm.")
            }
            Err(why) => format!("{why} {HOW}"),
        };
        return ask(&said, &open);
    }
    if pressed != "1" {
        return ask(&format!("Nothing was changed. {HOW}"), &open);
    }
    let now = state.clock.now();
    match obey(&state, &restaurant, phone.as_str(), &heard, &open.done, now).await {
        Ok(said) => {
            open.done = if heard == "**" { String::new() } else { heard };
            ask(&format!("{said} The next one, or hang up."), &open)
        }
        Err(error) => {
            state.events.publish(DomainEvent::StoreFailed {
                what: "keep what a kitchen says",
                error: error.to_string(),
            });
            ask(NOT_SAVED, &open)
        }
    }
}

fn ask(text: &str, open: &Open) -> HttpResponse {
    let action = open.address();
    answer(twiml::gather_keys(
        text,
        GOODBYE,
        LANGUAGE,
        &action,
        KEY_TIMEOUT,
    ))
}

/// The restaurant that was rung, by a telephone of its kitchen.
fn listed(state: &AppState, form: &VoiceForm) -> Option<(std::sync::Arc<Restaurant>, PhoneNumber)> {
    let owner = state.admission.owner_for(&form.account_sid, &form.to)?;
    let phone = PhoneNumber::parse(&form.from).ok()?;
    let restaurant = std::sync::Arc::clone(&owner.served.restaurant);
    let phones = &restaurant.kitchen.phones;
    phones.contains(&phone).then_some((restaurant, phone))
}

fn keyed(keys: &str) -> Option<Keyed<'_>> {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    match keys {
        _ if keys.len() > MAX_KEYS => None,
        "0" => Some(Keyed::Pause),
        "00" => Some(Keyed::Normal),
        "**" => Some(Keyed::Undo),
        _ if digits(keys) => Some(Keyed::Out(keys)),
        _ => match keys.strip_prefix("0*") {
            Some(minutes) => {
                let minutes = minutes.parse().ok();
                minutes
                    .filter(|minutes| (1..=1440).contains(minutes))
                    .map(Keyed::Busy)
            }
            None => keys
                .strip_prefix('*')
                .filter(|dish| digits(dish))
                .map(Keyed::Back),
        },
    }
}

/// A dish by its number in the file, or where no dish has one by its place in the menu, from 1.
fn dish<'r>(restaurant: &'r Restaurant, number: &str) -> Option<&'r Item> {
    let items = &restaurant.menu.items;
    let written = |item: &'r Item| item.details.as_ref().and_then(|d| d.number.as_deref());
    match items.iter().any(|item| written(item).is_some()) {
        true => items.iter().find(|item| written(item) == Some(number)),
        false => {
            let place: usize = number.parse().ok()?;
            items.get(place.checked_sub(1)?)
        }
    }
}

/// What was heard, in words; or what is wrong with it.
fn told(restaurant: &Restaurant, keys: &str, done: &str) -> Result<String, String> {
    let named = |number: &str| {
        let dish = dish(restaurant, number).map(|dish| dish.name.clone());
        dish.ok_or_else(|| format!("No dish has the number {number}."))
    };
    match keyed(keys) {
        Some(Keyed::Out(number)) => Ok(format!("{} is sold out", named(number)?)),
        Some(Keyed::Back(number)) => Ok(format!("{} is back", named(number)?)),
        Some(Keyed::Pause) => Ok("No orders are taken".to_owned()),
        Some(Keyed::Normal) => Ok("Orders are taken as usual".to_owned()),
        Some(Keyed::Busy(minutes)) => Ok(format!("It takes {minutes} minutes")),
        Some(Keyed::Undo) => match told_undone(restaurant, done) {
            Some(what) => Ok(what),
            None => Err("There is nothing to undo.".to_owned()),
        },
        None => Err("Sorry, I did not get that.".to_owned()),
    }
}

fn told_undone(restaurant: &Restaurant, done: &str) -> Option<String> {
    let opposite = opposite(done)?;
    told(restaurant, &opposite, "").ok()
}

/// The keys that undo these.
fn opposite(done: &str) -> Option<String> {
    match keyed(done)? {
        Keyed::Out(number) => Some(format!("*{number}")),
        Keyed::Back(number) => Some(number.to_owned()),
        Keyed::Pause | Keyed::Busy(_) => Some("00".to_owned()),
        Keyed::Normal | Keyed::Undo => None,
    }
}

/// Does what was confirmed.
async fn obey(
    state: &AppState,
    restaurant: &Restaurant,
    by: &str,
    keys: &str,
    done: &str,
    now: Timestamp,
) -> Result<String, NotMarked> {
    let board = &state.services.kitchen;
    let until = restaurant.schedule.closing(now);
    let undone = (keys == "**").then(|| opposite(done)).flatten();
    let keys = undone.as_deref().unwrap_or(keys);
    let pace = |ready_in_minutes, paused| Pace {
        ready_in_minutes,
        paused,
        since: now,
        until,
        by: by.to_owned(),
    };
    let what = |dish: &Item| Sellable::Item(dish.id.clone());
    match keyed(keys) {
        Some(Keyed::Out(number)) => {
            if let Some(dish) = dish(restaurant, number) {
                let mark = SoldOut {
                    what: what(dish),
                    since: now,
                    until,
                    by: by.to_owned(),
                };
                board.mark(&restaurant.id, mark).await?;
            }
        }
        Some(Keyed::Back(number)) => {
            if let Some(dish) = dish(restaurant, number) {
                board
                    .take_back(&restaurant.id, &what(dish), by, now)
                    .await?;
            }
        }
        Some(Keyed::Pause) => {
            let pace = Some(pace(None, true));
            board.set_pace(&restaurant.id, pace, now).await?;
        }
        Some(Keyed::Busy(minutes)) => {
            let pace = Some(pace(Some(minutes), false));
            board.set_pace(&restaurant.id, pace, now).await?;
        }
        Some(Keyed::Normal) => board.set_pace(&restaurant.id, None, now).await?,
        Some(Keyed::Undo) | None => return Ok("Nothing was changed.".to_owned()),
    }
    Ok("Done.".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_say_one_thing_or_nothing() {
        for (keys, said) in [
            ("12", Some(Keyed::Out("12"))),
            ("*12", Some(Keyed::Back("12"))),
            ("0", Some(Keyed::Pause)),
            ("00", Some(Keyed::Normal)),
            ("0*45", Some(Keyed::Busy(45))),
            ("**", Some(Keyed::Undo)),
            ("0*0", None),
            ("0*1441", None),
            ("0*", None),
            ("*", None),
            ("***", None),
            ("1*2", None),
            ("", None),
            ("123456789", None),
        ] {
            assert_eq!(keyed(keys), said, "{keys}");
        }
        assert_eq!(keys_of("1; DROP\u{0}*2"), "1*2");
        assert_eq!(keys_of(&"9".repeat(60_000)).len(), MAX_KEYS + 1);
        assert_eq!(opposite("7"), Some("*7".to_owned()));
        assert_eq!(opposite("*7"), Some("7".to_owned()));
        assert_eq!(opposite("0*45"), Some("00".to_owned()));
        assert_eq!(opposite("**"), None);
    }

    #[test]
    fn what_stands_in_the_address_is_keys_and_nothing_else() {
        let open = Open::read("round=3&heard=*12&done=0*45%3Cx%3E&x=y");
        assert_eq!(
            open.address(),
            "/voice/kitchen/keys?round=3&heard=*12&done=0*45"
        );
        assert_eq!(Open::read("round=-1").round, MAX_ROUNDS);
    }
}
