//! A form that Twilio signed: read within bounds, believed, then understood.
//!
//! Type (415) -> announced size (413) -> signature present (403) -> read (408, 413) -> decodable (400) -> signature right
//! (403) -> complete (400). What the head alone refuses is refused before a byte of the body is read.

use actix_web::http::StatusCode;
use actix_web::http::header::CONTENT_TYPE;
use actix_web::web::Payload;
use actix_web::{HttpRequest, HttpResponse};

use super::AppState;
use super::body::{BodyError, announces_more, whole};
use super::public_address::public_base;
use crate::events::DomainEvent;
use crate::twilio::message_form::MessageForm;
use crate::twilio::signature::{SignatureHeaders, Signed, validate};
use crate::twilio::webhook_form::{FormError, VoiceForm, parse_pairs};

/// Largest body, bytes. Twilio's forms have 1 to 4 KiB.
pub(super) const MAX_BODY: usize = 64 * 1024;

/// A refused webhook: the status and a short reason for log and metric.
pub(super) struct Refused {
    status: StatusCode,
    reason: &'static str,
    /// What exactly, in words of ours and names of Twilio's.
    detail: Option<String>,
    names: Vec<String>,
}

impl Refused {
    fn new(status: StatusCode, reason: &'static str) -> Self {
        Self {
            status,
            reason,
            detail: None,
            names: Vec::new(),
        }
    }
}

impl From<BodyError> for Refused {
    fn from(error: BodyError) -> Self {
        Self::new(error.status(), error.reason())
    }
}

/// Reads and believes a webhook's form, or answers the refusal (already published).
///
/// # Errors
/// The response to send.
pub(super) async fn signed_form(
    request: &HttpRequest,
    payload: Payload,
    state: &AppState,
) -> Result<VoiceForm, HttpResponse> {
    let form = match read(request, payload, state).await {
        Ok(pairs) => complete(pairs, VoiceForm::from_pairs),
        Err(refused) => Err(refused),
    };
    form.map_err(|refused| refusal(request, state, refused))
}

/// The same for a text message.
///
/// # Errors
/// The response to send.
pub(super) async fn signed_message(
    request: &HttpRequest,
    payload: Payload,
    state: &AppState,
) -> Result<MessageForm, HttpResponse> {
    let form = match read(request, payload, state).await {
        Ok(pairs) => complete(pairs, |pairs| MessageForm::from_pairs(&pairs)),
        Err(refused) => Err(refused),
    };
    form.map_err(|refused| refusal(request, state, refused))
}

fn refusal(request: &HttpRequest, state: &AppState, refused: Refused) -> HttpResponse {
    state.events.publish(DomainEvent::WebhookRefused {
        path: request.path().to_owned(),
        reason: refused.reason,
        detail: refused.detail,
        names: refused.names,
    });
    HttpResponse::build(refused.status)
        .content_type("text/plain; charset=utf-8")
        .body(refused.reason)
}

type Pairs = Vec<(String, String)>;

/// What was believed, understood.
fn complete<T>(
    pairs: Pairs,
    form: impl FnOnce(Pairs) -> Result<T, FormError>,
) -> Result<T, Refused> {
    let names: Vec<String> = pairs.iter().map(|(name, _)| name.clone()).collect();
    form(pairs).map_err(|error| Refused {
        detail: Some(error.to_string()),
        names,
        ..Refused::new(StatusCode::BAD_REQUEST, "incomplete_form")
    })
}

async fn read(request: &HttpRequest, payload: Payload, state: &AppState) -> Result<Pairs, Refused> {
    if !is_form(request) {
        return Err(Refused::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "wrong_type",
        ));
    }
    if announces_more(request, MAX_BODY) {
        return Err(BodyError::TooLarge.into());
    }
    let header = |name: &str| request.headers().get(name).and_then(|v| v.to_str().ok());
    let headers = SignatureHeaders {
        signature: header("x-twilio-signature"),
        settings: header("x-twilio-webhooks-signature-settings"),
    };
    if !state.settings.dev && headers.signature.is_none_or(str::is_empty) {
        return Err(Refused::new(StatusCode::FORBIDDEN, "no_signature"));
    }
    let body = whole(request, payload, MAX_BODY).await?;
    let pairs = parse_pairs(&body).map_err(|error| Refused {
        detail: Some(error.to_string()),
        ..Refused::new(StatusCode::BAD_REQUEST, "malformed_form")
    })?;
    if !state.settings.dev {
        believe(request, state, &pairs, headers)?;
    }
    Ok(pairs)
}

/// The names of the parameters go to the log, so that an operator can see what a proxy lost or changed.
fn believe(
    request: &HttpRequest,
    state: &AppState,
    pairs: &[(String, String)],
    headers: SignatureHeaders<'_>,
) -> Result<(), Refused> {
    let base = public_base(request, state)
        .ok_or_else(|| Refused::new(StatusCode::FORBIDDEN, "unknown_address"))?;
    let url = format!("{base}{}", request.uri());
    let account = pairs.iter().find(|(name, _)| name == "AccountSid");
    let account = account.map_or("", |(_, value)| value);
    let tokens = state.settings.auth_tokens.for_account(account);
    validate(&tokens, None, &url, Signed::Form(pairs), headers).map_err(|_| Refused {
        names: pairs.iter().map(|(name, _)| name.clone()).collect(),
        ..Refused::new(StatusCode::FORBIDDEN, "wrong_signature")
    })
}

fn is_form(request: &HttpRequest) -> bool {
    let value = request.headers().get(CONTENT_TYPE);
    let kind = value.and_then(|value| value.to_str().ok()).unwrap_or("");
    let kind = kind.split(';').next().unwrap_or("").trim();
    kind.eq_ignore_ascii_case("application/x-www-form-urlencoded")
}
