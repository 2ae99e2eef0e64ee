//! Doors that are not there, doors that are locked, and requests that were made before.

use super::case::{Body, Table, signed};
use super::forms::{PATHS, welcome};
use super::http::Request;
use super::server::{ADMIN, SECRET, TOKEN};

/// Behind the admin token.
const GUARDED: [&str; 5] = [
    "/metrics",
    "/api/table",
    "/api/calls",
    "/api/calls/CA00000000000000000000000000000001",
    "/api/orders",
];

/// All cases of this page.
pub fn add(table: &mut Table) {
    methods(table);
    paths(table);
    strangers(table);
    questions(table);
    replays(table);
}

pub fn ask(table: &mut Table, name: String, request: &Request, status: u16) {
    let call = table.calls.fresh();
    table.request(name, call, request, (status, Body::Any));
}

fn methods(table: &mut Table) {
    for path in PATHS {
        for method in [
            "GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW",
        ] {
            let name = format!("{method} {path}");
            ask(table, name, &Request::new(method, path), 405);
        }
    }
    for path in GUARDED.iter().chain(&["/media", "/healthz", "/readyz"]) {
        for method in ["POST", "PUT", "DELETE"] {
            let request =
                Request::new(method, path).with("Authorization", &format!("Bearer {ADMIN}"));
            ask(table, format!("{method} {path}"), &request, 405);
        }
    }
}

fn paths(table: &mut Table) {
    let nowhere = [
        "/",
        "/voice/",
        "/Voice",
        "//voice",
        "/voice//after",
        "/voice/after/",
        "/voice%2fafter",
        "/voice%00",
        "/voices",
        "/voice/other",
        "/voice;a=b",
        "/voice/../voice",
        "/media/x",
        "/api",
        "/api/",
        "/api/calls/",
        "/api/secrets",
        "/metrics/",
        "/../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/.env",
        "/\u{e9}",
    ];
    for path in nowhere {
        let call = table.calls.fresh();
        let request = signed(path, &call.form());
        let status = match path {
            // Not ASCII: not a path at all.
            _ if !path.is_ascii() => 400,
            // The scope's guard stands before its paths.
            _ if path.starts_with("/api") => 401,
            _ => 404,
        };
        table.request(format!("POST {path}"), call, &request, (status, Body::Any));
    }
    let long = format!("/{}", "x".repeat(60_000));
    ask(
        table,
        "a path of 60 kB".to_owned(),
        &Request::get(&long),
        404,
    );
}

fn strangers(table: &mut Table) {
    let keys = [
        None,
        Some(String::new()),
        Some("Bearer".to_owned()),
        Some("Bearer ".to_owned()),
        Some("Bearer wrong".to_owned()),
        Some(ADMIN.to_owned()),
        Some(format!("Bearer{ADMIN}")),
        Some(format!("Basic {ADMIN}")),
        Some(format!("Bearer {ADMIN}x")),
        Some(format!("Bearer {}", &ADMIN[1..])),
        Some(format!("Bearer {ADMIN} {ADMIN}")),
        Some(format!("Bearer {}", ADMIN.to_uppercase())),
        Some(format!("Bearer {TOKEN}")),
        Some(format!("Bearer {SECRET}")),
        Some(format!("Bearer {ADMIN}\u{e9}")),
        Some("Bearer ".to_owned() + &"x".repeat(20_000)),
    ];
    for path in GUARDED {
        for key in &keys {
            let shown: Option<String> = key.as_ref().map(|key| key.chars().take(40).collect());
            let request = Request::get(path).maybe("Authorization", key.as_deref());
            ask(
                table,
                format!("{path}: Authorization {shown:?}"),
                &request,
                401,
            );
        }
    }
    // A stranger learns nothing about what may be asked.
    for path in [
        "/api/calls?limit=x",
        "/api/orders?limit=x",
        "/api/orders?since=x",
        "/api/orders?a=%",
    ] {
        ask(
            table,
            format!("{path} without a key"),
            &Request::get(path),
            401,
        );
    }
}

/// The holder of the key asks nonsense.
fn questions(table: &mut Table) {
    let asked = [
        ("/api/calls?limit=-1", 400),
        ("/api/calls?limit=x", 400),
        ("/api/calls?limit=99999999999", 400),
        ("/api/calls?limit=1&limit=2", 400),
        ("/api/orders?limit=1.5", 400),
        ("/api/orders?since=yesterday", 400),
        ("/api/orders?since=", 400),
        ("/api/orders?since=9999999-01-01T00:00:00Z", 400),
        ("/api/orders?restaurant=%2e%2e%2f", 400),
        ("/api/orders?restaurant='%20OR%201=1", 400),
        ("/api/calls?limit=4294967295", 200),
        ("/api/calls?limit=0", 200),
        ("/api/calls?surprise=1", 200),
        ("/api/orders?call_sid='%20OR%201=1%20--", 200),
        ("/api/calls/'%20OR%201=1%20--", 404),
        ("/api/calls/%ff", 404),
        ("/api/calls/%00", 404),
        ("/api/calls/..%2f..%2fmetrics", 404),
    ];
    for (path, status) in asked {
        let request = Request::get(path).with("Authorization", &format!("Bearer {ADMIN}"));
        ask(table, format!("the key, and {path}"), &request, status);
    }
}

/// The same signed request again: Twilio itself does that, so every answer is a good one, and none adds up.
fn replays(table: &mut Table) {
    for path in PATHS {
        for times in [2, 3, 10] {
            let call = table.calls.fresh();
            let request = signed(path, &call.form()).bytes();
            // The one reconnect is given once.
            let expected = match path {
                "/voice/after" => (200, Body::RingsPerson),
                _ => welcome(path),
            };
            let name = format!("{path}: sent {times} times");
            table.requests(name, call, vec![request; times], expected);
        }
    }
    for earlier in ["/voice/after", "/voice/status", "/voice/fallback"] {
        let call = table.calls.fresh();
        let all = vec![
            signed(earlier, &call.form()).bytes(),
            signed("/voice", &call.form()).bytes(),
        ];
        let name = format!("{earlier} before /voice");
        table.requests(name, call, all, welcome("/voice"));
    }
    let call = table.calls.fresh();
    let over = signed("/voice/after", &call.with("CallStatus", "completed"));
    let name = "/voice/after: a call that is over, never having rung".to_owned();
    table.request(name, call, &over, (200, Body::Nothing));
    for (dialled, body) in [
        ("completed", Body::HangsUp),
        ("surprise", Body::Says("nobody can answer")),
    ] {
        let call = table.calls.fresh();
        let request = signed("/voice/after", &call.with("DialCallStatus", dialled));
        let name = format!("/voice/after: the end of a Dial that never was, {dialled}");
        table.request(name, call, &request, (200, body));
    }
}
