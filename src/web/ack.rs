//! `/ack/{token}`: the link in a message by which a restaurant answers an order. GET shows the order and two buttons, so that
//! a program that follows links in mail answers nothing; POST answers.

use std::fmt::Write as _;

use actix_web::http::StatusCode;
use actix_web::web::{Data, Path, Payload};
use actix_web::{HttpRequest, HttpResponse};

use super::AppState;
use super::body::whole;
use crate::delivery::{escaped, open_ack};
use crate::events::DomainEvent;
use crate::order::{Answer, OrderState, PlacedOrder, choice_text, how_many};
use crate::store::StoreError;
use crate::words::printable;

/// Largest form, bytes.
const MAX_FORM: usize = 4 * 1024;
/// Longest reason, characters.
const MAX_REASON: usize = 200;
/// Most minutes until an order is ready.
const MAX_MINUTES: i64 = 24 * 60;

/// The order and what can be said to it.
pub(super) async fn show(token: Path<String>, state: Data<AppState>) -> HttpResponse {
    match ordered(&token, &state).await {
        Ok(order) => page(StatusCode::OK, &question(&order)),
        Err(refusal) => refusal,
    }
}

/// Takes the answer.
pub(super) async fn answer(
    request: HttpRequest,
    token: Path<String>,
    payload: Payload,
    state: Data<AppState>,
) -> HttpResponse {
    let order = match ordered(&token, &state).await {
        Ok(order) => order,
        Err(refusal) => return refusal,
    };
    let form = match whole(&request, payload, MAX_FORM).await {
        Ok(form) => form,
        Err(error) => return page(error.status(), "<p>The form could not be read.</p>"),
    };
    let now = state.clock.now();
    let Some(answer) = said(&form, now) else {
        return page(StatusCode::BAD_REQUEST, "<p>Choose one of the buttons.</p>");
    };
    let done = state
        .store
        .dispatch(order.id, |dispatch| dispatch.answer(answer, "link", now));
    match done.await {
        Ok(Some(done)) => {
            state.events.publish_changes(&done.order, done.news);
            state.deliveries.notify_one();
            match done.result {
                Ok(()) => page(StatusCode::OK, &standing(&done.order)),
                Err(error) => {
                    let told = format!(
                        "<p>Nothing was changed: {error}.</p>{}",
                        standing(&done.order)
                    );
                    page(StatusCode::CONFLICT, &told)
                }
            }
        }
        Ok(None) => page(
            StatusCode::NOT_FOUND,
            "<p>There is no such order any more.</p>",
        ),
        Err(error) => store_failed(&state, &error),
    }
}

/// The order that a token opens.
async fn ordered(token: &str, state: &AppState) -> Result<PlacedOrder, HttpResponse> {
    let id = open_ack(&state.secret, token, state.clock.now()).map_err(|error| {
        let reason = "bad_ack_token";
        state.events.publish(DomainEvent::RequestRefused { reason });
        page(StatusCode::NOT_FOUND, &format!("<p>Sorry: {error}.</p>"))
    })?;
    match state.store.order(id).await {
        Ok(Some(order)) => Ok(order),
        Ok(None) => Err(page(
            StatusCode::NOT_FOUND,
            "<p>There is no such order any more.</p>",
        )),
        Err(error) => Err(store_failed(state, &error)),
    }
}

fn store_failed(state: &AppState, error: &StoreError) -> HttpResponse {
    state.events.publish(DomainEvent::StoreFailed {
        what: "answer an order",
        error: error.to_string(),
    });
    page(
        StatusCode::SERVICE_UNAVAILABLE,
        "<p>This cannot be kept right now. Try again, or call.</p>",
    )
}

/// `answer=accept&minutes=20`, `answer=refuse&reason=...`, `answer=ready`.
fn said(form: &[u8], now: jiff::Timestamp) -> Option<Answer> {
    let field = |wanted: &str| {
        let mut fields = form_urlencoded::parse(form);
        let found = fields.find(|(name, _)| name == wanted);
        found.map(|(_, value)| value.trim().to_owned())
    };
    match field("answer")?.as_str() {
        "accept" => {
            let minutes = field("minutes").and_then(|text| text.parse::<i64>().ok());
            let minutes = minutes.filter(|minutes| (1..=MAX_MINUTES).contains(minutes));
            let ready_at = minutes.and_then(|minutes| {
                now.checked_add(jiff::SignedDuration::from_mins(minutes))
                    .ok()
            });
            Some(Answer::Accept { ready_at })
        }
        "refuse" => {
            let reason = field("reason").filter(|reason| !reason.is_empty());
            let reason = reason.map(|reason| printable(&reason, MAX_REASON).into_owned());
            Some(Answer::Refuse { reason })
        }
        "ready" => Some(Answer::Ready),
        _ => None,
    }
}

fn heading(order: &PlacedOrder) -> String {
    let restaurant = escaped(order.order.restaurant.as_str());
    let mut out = format!("<h1>Order {}</h1><p>{restaurant}</p><ul>", order.number);
    for line in &order.order.lines {
        let name = escaped(&format!("{} {}", how_many(line), line.name));
        let choices: Vec<String> = line.choices.iter().map(choice_text).collect();
        let notes = line
            .details
            .notes
            .iter()
            .map(|note| format!("NOTE: {note}"));
        let more: Vec<String> = choices.into_iter().chain(notes).collect();
        // Writing into a String cannot fail.
        let _ = write!(out, "<li>{name} {}</li>", escaped(&more.join(", ")));
    }
    out.push_str("</ul>");
    for note in &order.order.details.notes {
        let _ = write!(out, "<p>NOTE: {}</p>", escaped(note));
    }
    out
}

fn question(order: &PlacedOrder) -> String {
    let button = |value: &str, text: &str| {
        format!("<p><button name=\"answer\" value=\"{value}\">{text}</button></p>")
    };
    let accept = "<p><label>Ready in <input name=\"minutes\" type=\"number\" min=\"1\" max=\"1440\"> minutes</label></p>";
    let refuse = "<p><label>Because <input name=\"reason\" maxlength=\"200\"></label></p>";
    let form = match order.state {
        OrderState::Placed | OrderState::Sent | OrderState::Failed => format!(
            "<form method=\"post\">{accept}{}</form><form method=\"post\">{refuse}{}</form>",
            button("accept", "Accept"),
            button("refuse", "Refuse")
        ),
        OrderState::Accepted => format!(
            "<form method=\"post\">{}</form><form method=\"post\">{refuse}{}</form>",
            button("ready", "It is ready"),
            button("refuse", "Cancel")
        ),
        OrderState::Refused | OrderState::Cancelled | OrderState::Test => String::new(),
    };
    format!("{}{form}", standing(order))
}

fn standing(order: &PlacedOrder) -> String {
    let state = match order.state {
        OrderState::Placed | OrderState::Sent | OrderState::Failed => "It is not answered yet.",
        OrderState::Accepted => "It is accepted.",
        OrderState::Refused => "It is refused.",
        OrderState::Cancelled => "It is cancelled.",
        OrderState::Test => "It was placed by a test call: do not make it.",
    };
    format!("{}<p><b>{state}</b></p>", heading(order))
}

/// A page that loads nothing, is kept by nobody and is shown in no frame.
fn page(status: StatusCode, body: &str) -> HttpResponse {
    HttpResponse::build(status)
        .content_type("text/html; charset=utf-8")
        .insert_header((
            "Content-Security-Policy",
            "default-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
        ))
        .insert_header(("Cache-Control", "no-store"))
        // The address is the key: no other site is told it.
        .insert_header(("Referrer-Policy", "same-origin"))
        .insert_header(("X-Content-Type-Options", "nosniff"))
        .insert_header(("X-Robots-Tag", "noindex"))
        .body(format!(
            "<!doctype html><html lang=\"en\"><head><title>Order</title>\
             <meta name=\"viewport\" content=\"width=device-width\"></head><body>{body}</body></html>"
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_says_one_of_three_things_or_nothing() {
        let now: jiff::Timestamp = "2026-11-30T18:00:00Z".parse().unwrap();
        let said = |form: &str| said(form.as_bytes(), now);
        let ready_at = Some("2026-11-30T18:20:00Z".parse().unwrap());
        assert_eq!(
            said("minutes=20&answer=accept"),
            Some(Answer::Accept { ready_at })
        );
        for form in [
            "answer=accept",
            "minutes=&answer=accept",
            "minutes=99999&answer=accept",
        ] {
            assert_eq!(
                said(form),
                Some(Answer::Accept { ready_at: None }),
                "{form}"
            );
        }
        let reason = Some("out of salmon".to_owned());
        assert_eq!(
            said("reason=out+of+salmon&answer=refuse"),
            Some(Answer::Refuse { reason })
        );
        assert_eq!(said("answer=ready"), Some(Answer::Ready));
        for form in ["", "answer=", "answer=yes", "\u{0}"] {
            assert_eq!(said(form), None, "{form}");
        }
    }
}
