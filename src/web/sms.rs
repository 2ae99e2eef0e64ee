//! `POST /sms`: a text message came in at one of our numbers. Signed as `/voice`. STOP and START are kept for their sender; what is
//! sold out is believed only from a telephone that the restaurant's file lists (`kitchen: {phones}`), and a yes to an order only
//! from one that the order was texted to. Everybody else gets nothing: no effect, no answer, no way to learn who is listed.

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use jiff::{SignedDuration, Timestamp};

use super::AppState;
use super::signed_form::signed_message;
use super::twiml_answer::answer;
use crate::call::{KitchenWord, Named, NotMarked, kitchen_word, name_of, named};
use crate::delivery::{StopWord, acknowledge_by_sms, obey_stop};
use crate::events::DomainEvent;
use crate::restaurant::{Pace, PhoneNumber, Restaurant, RestaurantId, SoldOut};
use crate::routing::Served;
use crate::store::StoreError;
use crate::twilio::message_form::MessageForm;
use crate::twilio::twiml;
use crate::words::{clock_display, printable};

/// Longest answer, characters: two segments at most.
const MAX_REPLY: usize = 300;
/// Longest name of a stranger's that is said back.
const MAX_NAME: usize = 40;
/// Things listed in one answer.
const MAX_LISTED: usize = 12;
/// What is answered where the disk refuses.
const NOT_SAVED: &str = "Sorry, that could not be saved. Nothing was changed.";
/// What is answered where the words mean nothing here.
const HELP: &str = "Text \"86 salmon\", \"salmon back\", \"86\" for what is out, \"busy 45\", \"pause\" or \"normal\".";

/// Takes a text.
pub(super) async fn sms(
    request: HttpRequest,
    payload: Payload,
    state: Data<AppState>,
) -> HttpResponse {
    let form = match signed_message(&request, payload, &state).await {
        Ok(form) => form,
        Err(refusal) => return refusal,
    };
    let said = take(&state, &form).await;
    let (restaurant, what, reply) = match said {
        Said::Nothing { what } => (None, what, None),
        Said::To {
            restaurant,
            what,
            reply,
        } => (Some(restaurant), what, Some(reply)),
    };
    state.events.publish(DomainEvent::TextReceived {
        restaurant,
        from: form.from.clone(),
        to: form.to.clone(),
        what,
    });
    answer(match reply {
        Some(reply) => twiml::message(&printable(&reply, MAX_REPLY)),
        None => twiml::empty(),
    })
}

/// What became of a text.
enum Said {
    /// No answer, whatever it said.
    Nothing { what: &'static str },
    To {
        restaurant: RestaurantId,
        what: &'static str,
        reply: String,
    },
}

async fn take(state: &AppState, form: &MessageForm) -> Said {
    let owner = state.admission.owner_for(&form.account_sid, &form.to);
    let from = PhoneNumber::parse(&form.from).ok();
    let Some((served, from)) = owner.map(|owner| owner.served).zip(from) else {
        return Said::Nothing { what: "unlisted" };
    };
    let now = state.clock.now();
    let numbers = (from.as_str(), form.to.as_str());
    // Twilio answers these itself; the texts that we send obey them.
    match obey_stop(&state.store, numbers, &form.body, now).await {
        Ok(StopWord::Neither) if !is_for_help(&form.body) => {}
        Ok(_) => return Said::Nothing { what: "consent" },
        Err(error) => {
            not_kept(state, "keep who wants no texts", error);
            return Said::Nothing { what: "failed" };
        }
    }
    let is_listed = served.restaurant.kitchen.phones.contains(&from);
    let restaurant = served.restaurant.id.clone();
    let word = is_listed.then(|| kitchen_word(&form.body)).flatten();
    let (what, reply) = match word {
        Some(word) => match obey(state, &served, from.as_str(), word).await {
            Ok(reply) => ("obeyed", reply),
            Err(error) => {
                not_kept(state, "keep what a kitchen says", error);
                ("failed", NOT_SAVED.to_owned())
            }
        },
        None => {
            let answered =
                acknowledge_by_sms(&state.store, &state.events, numbers, &form.body, now).await;
            match answered.map(|answer| answer.reply()) {
                Ok(Some(reply)) => {
                    state.deliveries.notify_one();
                    ("answered", reply)
                }
                Ok(None) if is_listed => (
                    "not_understood",
                    format!("Sorry, I didn't get that. {HELP}"),
                ),
                Ok(None) => return Said::Nothing { what: "unlisted" },
                Err(error) => {
                    not_kept(state, "keep the answer to an order", error);
                    // Only who was texted an order could have answered one: a stranger learns nothing.
                    match is_listed {
                        true => ("failed", NOT_SAVED.to_owned()),
                        false => return Said::Nothing { what: "failed" },
                    }
                }
            }
        }
    };
    Said::To {
        restaurant,
        what,
        reply,
    }
}

fn not_kept(state: &AppState, what: &'static str, error: impl std::fmt::Display) {
    let error = error.to_string();
    state
        .events
        .publish(DomainEvent::StoreFailed { what, error });
}

/// Words that Twilio answers itself.
fn is_for_help(body: &str) -> bool {
    let body = body.trim();
    ["help", "info"]
        .iter()
        .any(|word| body.eq_ignore_ascii_case(word))
}

async fn obey(
    state: &AppState,
    served: &Served,
    by: &str,
    word: KitchenWord,
) -> Result<String, NotMarked> {
    let restaurant = &served.restaurant;
    let (board, now) = (&state.services.kitchen, state.clock.now());
    let closing = restaurant.schedule.closing(now);
    match word {
        KitchenWord::List => Ok(listed(state, restaurant, now)),
        KitchenWord::SoldOut(names) => {
            let mut told = Vec::new();
            for name in names {
                told.push(match named(restaurant, &name) {
                    Named::These { found, others } => {
                        let shown: Vec<String> =
                            found.iter().map(|(_, name)| name.clone()).collect();
                        for (what, _) in found {
                            let mark = SoldOut {
                                what,
                                since: now,
                                until: closing,
                                by: by.to_owned(),
                            };
                            board.mark(&restaurant.id, mark).await?;
                        }
                        let until = clock(restaurant, closing);
                        format!("Sold out until {until}: {}.{}", once(shown), still(&others))
                    }
                    other => unclear(&name, other),
                });
            }
            Ok(told.join(" "))
        }
        KitchenWord::Back(names) => {
            let mut told = Vec::new();
            for name in names {
                told.push(match named(restaurant, &name) {
                    Named::These { found, .. } => {
                        let shown: Vec<String> =
                            found.iter().map(|(_, name)| name.clone()).collect();
                        let mut was_out = false;
                        for (what, _) in &found {
                            was_out |= board.take_back(&restaurant.id, what, by, now).await?;
                        }
                        match was_out {
                            true => format!("Back on: {}.", once(shown)),
                            false => format!("{} was not marked as sold out.", once(shown)),
                        }
                    }
                    other => unclear(&name, other),
                });
            }
            Ok(told.join(" "))
        }
        KitchenWord::Busy(minutes) => {
            let pace = Pace {
                ready_in_minutes: Some(minutes),
                paused: false,
                since: now,
                until: closing,
                by: by.to_owned(),
            };
            board.set_pace(&restaurant.id, Some(pace), now).await?;
            let until = clock(restaurant, closing);
            Ok(format!("Callers are told {minutes} minutes until {until}."))
        }
        KitchenWord::Pause(minutes) => {
            let until = minutes.map_or(closing, |minutes| {
                let later = SignedDuration::from_mins(i64::from(minutes));
                now.checked_add(later).unwrap_or(closing)
            });
            let pace = Pace {
                ready_in_minutes: None,
                paused: true,
                since: now,
                until,
                by: by.to_owned(),
            };
            board.set_pace(&restaurant.id, Some(pace), now).await?;
            let until = clock(restaurant, until);
            Ok(format!(
                "No orders are taken until {until}. Text \"normal\" to go on."
            ))
        }
        KitchenWord::Normal => {
            let kept: Result<(), StoreError> = board.set_pace(&restaurant.id, None, now).await;
            kept?;
            Ok("Orders are taken as usual.".to_owned())
        }
    }
}

/// What is sold out, and how fast the kitchen is.
fn listed(state: &AppState, restaurant: &Restaurant, now: Timestamp) -> String {
    let status = state.services.kitchen.status(&restaurant.id, now);
    let names = status.sold_out.iter().take(MAX_LISTED);
    let names: Vec<String> = names.map(|mark| name_of(restaurant, &mark.what)).collect();
    let more = status.sold_out.len().saturating_sub(MAX_LISTED);
    let out = match (names.is_empty(), more) {
        (true, _) => "Nothing is sold out.".to_owned(),
        (false, 0) => format!("Sold out: {}.", names.join(", ")),
        (false, more) => format!("Sold out: {} and {more} more.", names.join(", ")),
    };
    match status.pace {
        Some(pace) if pace.paused => format!("{out} No orders are taken."),
        Some(pace) => match pace.ready_in_minutes {
            Some(minutes) => format!("{out} Callers are told {minutes} minutes."),
            None => out,
        },
        None => out,
    }
}

fn unclear(name: &str, named: Named) -> String {
    let name = printable(name, MAX_NAME);
    match named {
        Named::Several(names) => format!(
            "\"{name}\" may be {}: text the whole name. Nothing was changed for it.",
            names.join(" or ")
        ),
        _ => format!("Nothing on the menu is called \"{name}\"."),
    }
}

/// What else has the word in its name and was not marked.
fn still(others: &[String]) -> String {
    match others {
        [] => String::new(),
        others => format!(" Still sold: {}.", others.join(", ")),
    }
}

fn once(mut names: Vec<String>) -> String {
    names.dedup();
    names.join(", ")
}

/// A time in the restaurant's zone; with its day where that is not today's.
fn clock(restaurant: &Restaurant, at: Timestamp) -> String {
    let local = at.to_zoned_datetime(restaurant.schedule.timezone.clone());
    let time = clock_display(local.hour() as u16 * 60 + local.minute() as u16);
    format!("{} {time}", local.strftime("%a"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_for_help_stand_alone() {
        for word in ["HELP", " info "] {
            assert!(is_for_help(word), "{word}");
        }
        for word in ["help me", "86 info", ""] {
            assert!(!is_for_help(word), "{word}");
        }
    }
}
