//! The body of a request, read within a size and a time.
//!
//! A body that drips, or never comes, would hold its connection and its handler for as long as the other side likes.

use std::time::Duration;

use actix_web::HttpRequest;
use actix_web::error::PayloadError;
use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_LENGTH;
use actix_web::web::{Bytes, BytesMut, Payload};
use futures_util::StreamExt as _;
use tokio::time::timeout;

/// All of a body must be here by then. Twilio's forms and operators' files come in one piece; nginx sends what it has.
const BODY_TIMEOUT: Duration = Duration::from_secs(5);

/// Why a body was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum BodyError {
    #[error("too_large")]
    TooLarge,
    #[error("late_body")]
    Late,
    #[error("broken_body")]
    Broken,
}

impl BodyError {
    /// What is answered.
    pub(super) fn status(self) -> StatusCode {
        match self {
            BodyError::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            BodyError::Late => StatusCode::REQUEST_TIMEOUT,
            BodyError::Broken => StatusCode::BAD_REQUEST,
        }
    }

    /// The stable name in log, metric and answer; `Display` says the same.
    pub(super) fn reason(self) -> &'static str {
        match self {
            BodyError::TooLarge => "too_large",
            BodyError::Late => "late_body",
            BodyError::Broken => "broken_body",
        }
    }
}

/// Does the request announce more than `max` bytes? Known before any of them is read.
pub(super) fn announces_more(request: &HttpRequest, max: usize) -> bool {
    let announced = request.headers().get(CONTENT_LENGTH);
    let announced = announced.and_then(|value| value.to_str().ok()?.parse::<u64>().ok());
    announced.is_some_and(|length| length > max as u64)
}

/// Reads the body to its end, at most `max` bytes within [`BODY_TIMEOUT`].
pub(super) async fn whole(
    request: &HttpRequest,
    payload: Payload,
    max: usize,
) -> Result<Bytes, BodyError> {
    if announces_more(request, max) {
        return Err(BodyError::TooLarge);
    }
    match timeout(BODY_TIMEOUT, collect(payload, max)).await {
        Ok(body) => body,
        Err(_) => Err(BodyError::Late),
    }
}

async fn collect(mut payload: Payload, max: usize) -> Result<Bytes, BodyError> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|error| match error {
            PayloadError::Overflow => BodyError::TooLarge,
            _ => BodyError::Broken,
        })?;
        if body.len() + chunk.len() > max {
            return Err(BodyError::TooLarge);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}
