//! Who may look: the holder of `MAITRED_ADMIN_TOKEN`, compared in constant time.

use actix_web::http::header::{AUTHORIZATION, WWW_AUTHENTICATE};
use actix_web::{HttpRequest, HttpResponse};

use super::super::Doors;

/// Lets the holder of the token through; with `--dev` everybody, with no token set nobody.
///
/// # Errors
/// The response to send: 401 with a wrong or missing token, 403 when there is no token to hold.
pub(in crate::web) fn admin(request: &HttpRequest, doors: &Doors) -> Result<(), HttpResponse> {
    if doors.settings.dev {
        return Ok(());
    }
    let Some(token) = &doors.settings.admin_token else {
        return Err(HttpResponse::Forbidden()
            .content_type("text/plain; charset=utf-8")
            .body("set MAITRED_ADMIN_TOKEN to use this\n"));
    };
    let given = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map_or("", |(_, token)| token.trim());
    if token.matches(given) {
        Ok(())
    } else {
        Err(HttpResponse::Unauthorized()
            .insert_header((WWW_AUTHENTICATE, "Bearer"))
            .finish())
    }
}
