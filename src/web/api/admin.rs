//! Who may look: the holder of `MAITRED_ADMIN_TOKEN`, compared in constant time.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::Method;
use actix_web::http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderMap, WWW_AUTHENTICATE};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpResponse};

use super::super::AppState;
use crate::settings::Settings;

/// The middleware around `/api` and `/metrics`: 401 with a wrong or missing token, 403 when none is set. With `--dev` on
/// this machine alone everybody may look, and a change must say that it is JSON, which no form of a web page does.
pub(in crate::web) async fn guard(
    state: Data<AppState>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    match refusal(
        &state.settings,
        request.method(),
        request.path(),
        request.headers(),
    ) {
        None => Ok(next.call(request).await?.map_into_left_body()),
        Some(refusal) => Ok(request.into_response(refusal).map_into_right_body()),
    }
}

/// The path whose body is a file's text, and which changes nothing.
const VALIDATE: &str = "/api/config/validate";

fn refusal(
    settings: &Settings,
    method: &Method,
    path: &str,
    headers: &HeaderMap,
) -> Option<HttpResponse> {
    if !settings.dev || settings.dev_exposed {
        return stranger(settings, headers);
    }
    let changes = !matches!(*method, Method::GET | Method::HEAD) && path != VALIDATE;
    (changes && !is_json(headers)).then(|| {
        HttpResponse::UnsupportedMediaType()
            .content_type("text/plain; charset=utf-8")
            .body("with --dev a change must be sent with Content-Type: application/json\n")
    })
}

fn stranger(settings: &Settings, headers: &HeaderMap) -> Option<HttpResponse> {
    let Some(token) = &settings.admin_token else {
        let refusal = HttpResponse::Forbidden()
            .content_type("text/plain; charset=utf-8")
            .body("set MAITRED_ADMIN_TOKEN to use this\n");
        return Some(refusal);
    };
    let given = headers
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map_or("", |(_, token)| token.trim());
    (!token.matches(given)).then(|| {
        HttpResponse::Unauthorized()
            .insert_header((WWW_AUTHENTICATE, "Bearer"))
            .finish()
    })
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers
        .get(CONTENT_TYPE)
        .and_then(|kind| kind.to_str().ok());
    let kind = kind.unwrap_or_default().split(';').next();
    kind.is_some_and(|kind| kind.trim().eq_ignore_ascii_case("application/json"))
}
