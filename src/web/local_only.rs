//! `--dev` asks nobody for a signature or a token, so it answers this machine's own programs and no web page.
//!
//! A page in the operator's browser reaches a loopback port in two ways. It may post a form there (the browser then tells
//! its `Origin`), or its own name may suddenly resolve to 127.0.0.1 (DNS rebinding; the `Host` is then that name). A
//! tunnel or proxy shows by its `Host` or by `X-Forwarded-*`. All of it is refused before anything is read. With
//! `--dev-exposed` strangers are expected: hosts are not looked at, `/api` asks for the token, foreign pages stay out.

use actix_web::body::MessageBody;
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header::{HOST, HeaderMap, ORIGIN};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpResponse};

use super::AppState;
use crate::events::DomainEvent;

/// What a proxy adds.
const FORWARDED: [&str; 4] = [
    "forwarded",
    "x-forwarded-for",
    "x-forwarded-host",
    "x-forwarded-proto",
];

/// The middleware around every endpoint; without `--dev` it does nothing.
pub(super) async fn local_only(
    state: Data<AppState>,
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let settings = &state.settings;
    let refused = match settings.dev {
        false => None,
        true => {
            let asked = request
                .uri()
                .authority()
                .map(|authority| authority.as_str());
            refusal(
                request.headers(),
                asked,
                state.bound.port(),
                settings.dev_exposed,
            )
        }
    };
    let Some((reason, help)) = refused else {
        return Ok(next.call(request).await?.map_into_left_body());
    };
    state.events.publish(DomainEvent::RequestRefused { reason });
    let answer = HttpResponse::Forbidden()
        .content_type("text/plain; charset=utf-8")
        .body(help);
    Ok(request.into_response(answer).map_into_right_body())
}

const NOT_LOCAL: (&str, &str) = (
    "foreign_host",
    "maitred --dev answers only to localhost, 127.0.0.1 and [::1] with its own port; to be reached from outside it needs --dev-exposed\n",
);
const FORWARDED_BY_SOMEBODY: (&str, &str) = (
    "forwarded",
    "maitred --dev is not to be put behind a tunnel or proxy without --dev-exposed\n",
);
const FOREIGN_PAGE: (&str, &str) = (
    "foreign_origin",
    "maitred --dev does not answer web pages of other origins\n",
);

/// Reason and answer of a refusal. `asked`: the authority of a request line that names one. Pure.
fn refusal(
    headers: &HeaderMap,
    asked: Option<&str>,
    port: u16,
    exposed: bool,
) -> Option<(&'static str, &'static str)> {
    let mut hosts = headers.get_all(HOST);
    let host = hosts.next().and_then(|host| host.to_str().ok());
    let local = |host: &str| is_local(host, port);
    if !exposed {
        if hosts.next().is_some() || !host.is_some_and(local) || !asked.is_none_or(local) {
            return Some(NOT_LOCAL);
        }
        if FORWARDED.iter().any(|name| headers.contains_key(*name)) {
            return Some(FORWARDED_BY_SOMEBODY);
        }
    }
    let own = |origin: &str| match origin.split_once("://") {
        Some((_, authority)) => host == Some(authority) && (exposed || local(authority)),
        // A sandboxed frame, a file, a redirect.
        None => false,
    };
    let all_own = headers
        .get_all(ORIGIN)
        .all(|origin| origin.to_str().is_ok_and(own));
    // What a browser says of a request that has no `Origin`, a link or an image say.
    let site = headers.get("sec-fetch-site");
    let same_site = site.is_none_or(|site| site == "same-origin" || site == "none");
    (!all_own || !same_site).then_some(FOREIGN_PAGE)
}

/// `localhost`, `127.0.0.1` or `[::1]` with our port; a port of 80 may go without saying.
fn is_local(authority: &str, port: u16) -> bool {
    let named = ["localhost", "127.0.0.1", "[::1]"]
        .into_iter()
        .find_map(|name| {
            let (head, rest) = authority.split_at_checked(name.len())?;
            head.eq_ignore_ascii_case(name).then_some(rest)
        });
    match named {
        Some("") => port == 80,
        Some(rest) => rest.strip_prefix(':') == Some(port.to_string().as_str()),
        None => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::http::header::{HeaderName, HeaderValue};

    fn refused(fields: &[(&str, &str)], exposed: bool) -> Option<&'static str> {
        let mut headers = HeaderMap::new();
        for (name, value) in fields {
            let name = HeaderName::try_from(*name).unwrap();
            headers.append(name, HeaderValue::from_str(value).unwrap());
        }
        refusal(&headers, None, 8000, exposed).map(|(reason, _)| reason)
    }

    #[test]
    fn this_machines_own_programs_are_answered() {
        for host in [
            "localhost:8000",
            "127.0.0.1:8000",
            "[::1]:8000",
            "LocalHost:8000",
        ] {
            assert_eq!(refused(&[("host", host)], false), None, "{host}");
            let origin = format!("http://{host}");
            assert_eq!(refused(&[("host", host), ("origin", &origin)], false), None);
        }
        let typed = [("host", "localhost:8000"), ("sec-fetch-site", "none")];
        assert_eq!(refused(&typed, false), None, "an address typed by hand");
        assert!(is_local("localhost", 80) && !is_local("localhost", 8000));
    }

    #[test]
    fn a_name_that_resolves_to_this_machine_is_not_this_machine() {
        for host in [
            "evil.example:8000",
            "evil.example",
            "localhost.evil.example:8000",
            "localhost:8001",
            "localhost:",
            "localhost",
            "127.0.0.1",
            "127.0.0.2:8000",
            "127.0.0.1:8000.evil.example",
            "0.0.0.0:8000",
            "[::]:8000",
            "::1:8000",
            "user@localhost:8000",
            "",
        ] {
            assert_eq!(
                refused(&[("host", host)], false),
                Some("foreign_host"),
                "{host}"
            );
        }
        assert_eq!(refused(&[], false), Some("foreign_host"));
        let two = [("host", "localhost:8000"), ("host", "evil.example")];
        assert_eq!(refused(&two, false), Some("foreign_host"));
        let mut headers = HeaderMap::new();
        headers.insert(HOST, HeaderValue::from_static("localhost:8000"));
        let asked = refusal(&headers, Some("evil.example"), 8000, false);
        assert_eq!(asked, Some(NOT_LOCAL));
    }

    #[test]
    fn a_tunnel_and_a_foreign_page_are_told_apart() {
        let host = ("host", "127.0.0.1:8000");
        for name in FORWARDED {
            assert_eq!(
                refused(&[host, (name, "x")], false),
                Some("forwarded"),
                "{name}"
            );
        }
        for origin in [
            "http://evil.example",
            "https://127.0.0.1:8000.evil.example",
            "http://127.0.0.1:8001",
            "http://127.0.0.1",
            "null",
            "",
        ] {
            let fields = [host, ("origin", origin)];
            assert_eq!(refused(&fields, false), Some("foreign_origin"), "{origin}");
        }
        for site in ["cross-site", "same-site", "x"] {
            let fields = [host, ("sec-fetch-site", site)];
            assert_eq!(refused(&fields, false), Some("foreign_origin"), "{site}");
        }
    }

    #[test]
    fn an_exposed_server_answers_every_host_and_still_no_foreign_page() {
        let host = ("host", "abc.tunnel.example");
        let through = [host, ("x-forwarded-for", "192.0.2.1")];
        assert_eq!(refused(&through, true), None);
        let own = [host, ("origin", "https://abc.tunnel.example")];
        assert_eq!(refused(&own, true), None);
        let foreign = [host, ("origin", "https://evil.example")];
        assert_eq!(refused(&foreign, true), Some("foreign_origin"));
    }
}
