//! An order as a signed request, and what the receiver's reply means.

use std::time::Duration;

use jiff::Timestamp;
use reqwest::{StatusCode, Url};
use serde_json::json;
use uuid::Uuid;

use super::channel_context::ChannelContext;
use super::http_request::{Reply, exchange};
use super::standard_webhook::SigningKeys;
use crate::order::{Answer, OrderState, Outcome, PlacedOrder, order_json};
use crate::words::printable;

/// How long one try may take.
const TRY_TIMEOUT: Duration = Duration::from_secs(15);
/// Longest reason that is kept, characters.
const MAX_REASON: usize = 200;

/// One try. `id` is the delivery's, the same at every try.
pub(super) async fn deliver(
    context: &ChannelContext,
    order: &PlacedOrder,
    id: Uuid,
    to: (&str, &str),
    now: Timestamp,
) -> Outcome {
    post(context, body(order), id, to, now).await
}

/// One try with any body.
pub(super) async fn post(
    context: &ChannelContext,
    body: String,
    id: Uuid,
    to: (&str, &str),
    now: Timestamp,
) -> Outcome {
    match attempt(context, body, id, to, now).await {
        Ok(reply) => outcome(&reply),
        Err(error) => Outcome::NotYet { error, after: None },
    }
}

async fn attempt(
    context: &ChannelContext,
    body: String,
    id: Uuid,
    (url, secret_env): (&str, &str),
    now: Timestamp,
) -> Result<Reply, String> {
    let url = Url::parse(url).map_err(|_| "its address is not a URL".to_owned())?;
    if url.scheme() != "https" && !context.allow.allows_url(&url) {
        return Err("it is plain http, which --deliver-allow does not let it be".to_owned());
    }
    let secret = context
        .secrets
        .get(secret_env)
        .ok_or_else(|| format!("the variable {secret_env} is not set for the server"))?;
    let keys = SigningKeys::parse(secret.expose().trim())
        .map_err(|wrong| format!("the variable {secret_env} {wrong}"))?;
    let id = id.to_string();
    let seconds = now.as_second();
    let fill = |request: reqwest::RequestBuilder| {
        request
            .header("Content-Type", "application/json")
            .header("webhook-id", &id)
            .header("webhook-timestamp", seconds)
            .header("webhook-signature", keys.signatures(&id, seconds, &body))
            .body(body.clone())
    };
    let guard = context.guard(
        super::http_request::host_of(&url),
        url.port_or_known_default(),
    );
    let reply = exchange(&url, (&guard, &context.clients), TRY_TIMEOUT, fill).await;
    reply.map_err(|error| error.to_string())
}

/// What the receiver gets: `schema/order.schema.json`. The same at every try, whatever became of the order meanwhile.
fn body(order: &PlacedOrder) -> String {
    let placed = PlacedOrder {
        state: OrderState::Placed,
        ..order.clone()
    };
    json!({
        "type": "order.placed",
        "timestamp": format!("{:.3}", placed.placed_at),
        "data": order_json(&placed),
    })
    .to_string()
}

fn outcome(reply: &Reply) -> Outcome {
    let error = format!("it answered {}", reply.status);
    match reply.status {
        status if status.is_success() => Outcome::Received(answer(&reply.body)),
        StatusCode::GONE => Outcome::Refused { error },
        _ => Outcome::NotYet {
            error,
            after: reply.retry_after,
        },
    }
}

/// `{"accepted": true, "ready_at": "..."}` or `{"accepted": false, "reason": "..."}`; anything else says nothing.
fn answer(body: &[u8]) -> Option<Answer> {
    #[derive(serde::Deserialize)]
    struct Said {
        accepted: bool,
        ready_at: Option<String>,
        reason: Option<String>,
    }
    let said: Said = serde_json::from_slice(body).ok()?;
    Some(match said.accepted {
        true => Answer::Accept {
            ready_at: said.ready_at.and_then(|text| text.parse().ok()),
        },
        false => Answer::Refuse {
            reason: said
                .reason
                .map(|reason| printable(&reason, MAX_REASON).into_owned()),
        },
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(status: u16, body: &str) -> Outcome {
        outcome(&Reply {
            status: StatusCode::from_u16(status).unwrap(),
            retry_after: (status == 429).then_some(Duration::from_secs(7)),
            body: body.into(),
        })
    }

    #[test]
    fn a_reply_is_an_answer_a_receipt_or_a_reason_to_try_again() {
        let ready_at = Some("2026-11-30T18:45:00Z".parse().unwrap());
        for (status, body, expected) in [
            (204, "", Outcome::Received(None)),
            (200, "thanks", Outcome::Received(None)),
            (200, "{\"accepted\": \"yes\"}", Outcome::Received(None)),
            (
                200,
                "{\"accepted\": true, \"ready_at\": \"2026-11-30T18:45:00Z\", \"more\": 1}",
                Outcome::Received(Some(Answer::Accept { ready_at })),
            ),
            (
                202,
                "{\"accepted\": true, \"ready_at\": \"soon\"}",
                Outcome::Received(Some(Answer::Accept { ready_at: None })),
            ),
            (
                200,
                "{\"accepted\": false, \"reason\": \"out of salmon\"}",
                Outcome::Received(Some(Answer::Refuse {
                    reason: Some("out of salmon".into()),
                })),
            ),
        ] {
            assert_eq!(reply(status, body), expected, "{status} {body}");
        }
        for status in [301, 307, 400, 401, 404, 408, 500, 503] {
            let accepted = reply(status, "{\"accepted\": true}");
            assert!(
                matches!(accepted, Outcome::NotYet { after: None, .. }),
                "{status}"
            );
        }
        let asked = Some(Duration::from_secs(7));
        assert!(matches!(reply(429, ""), Outcome::NotYet { after, .. } if after == asked));
        assert!(matches!(reply(410, ""), Outcome::Refused { .. }));
    }
}
