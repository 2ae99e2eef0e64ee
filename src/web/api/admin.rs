//! Who may look: the holder of `MAITRED_ADMIN_TOKEN`, compared in constant time.

use actix_web::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use actix_web::{HttpRequest, HttpResponse};

use super::super::AppState;

/// The refusal to send, `None` for the holder of the token: 401 with a wrong or missing token, 403 when none is set.
/// With `--dev` everybody may look.
pub(in crate::web) fn refusal(request: &HttpRequest, state: &AppState) -> Option<HttpResponse> {
    if state.settings.dev {
        return None;
    }
    let Some(token) = &state.settings.admin_token else {
        let refusal = HttpResponse::Forbidden()
            .content_type("text/plain; charset=utf-8")
            .body("set MAITRED_ADMIN_TOKEN to use this\n");
        return Some(refusal);
    };
    let given = request
        .headers()
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
