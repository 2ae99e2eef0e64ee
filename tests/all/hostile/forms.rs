//! Webhooks whose body is no form, too large, or a form we cannot use.

use maitred::twilio::webhook_form::{MAX_NAME, MAX_PARAMS, MAX_VALUE, write_pairs};

use super::case::{Body, Call, Pairs, Table, pairs, signature, signed};
use super::http::Request;
use super::server::RETIRED;

/// The webhooks.
pub const PATHS: [&str; 4] = ["/voice", "/voice/after", "/voice/status", "/voice/fallback"];

/// What Twilio's own request for a fresh call of Bella's is answered with.
pub fn welcome(path: &str) -> (u16, Body) {
    match path {
        "/voice" => (200, Body::Connect),
        "/voice/after" => (200, Body::Reconnect),
        "/voice/status" => (204, Body::Text("")),
        _ => (200, Body::RingsPerson),
    }
}

/// All cases of this page.
pub fn add(table: &mut Table) {
    for path in PATHS {
        kinds(table, path);
        sizes(table, path);
        malformed(table, path);
        incomplete(table, path);
    }
}

fn kinds(table: &mut Table, path: &str) {
    let kinds = [
        None,
        Some(""),
        Some(";"),
        Some("application/json"),
        Some("application/xml"),
        Some("text/plain"),
        Some("multipart/form-data; boundary=x"),
        Some("application/octet-stream"),
        Some("application/x-www-form-urlencodedx"),
        Some("application/x-www-form-urlencoded, text/plain"),
        Some("application/x-www-form-urlencod\u{e9}d"),
    ];
    for kind in kinds {
        let call = table.calls.fresh();
        let request = Request::new("POST", path)
            .maybe("Content-Type", kind)
            .with("X-Twilio-Signature", &signature(path, &call.form()))
            .body(write_pairs(&call.form()));
        let name = format!("{path}: Content-Type {kind:?}");
        table.request(name, call, &request, (415, Body::Text("wrong_type")));
    }
    let call = table.calls.fresh();
    let request = Request::new("POST", path)
        .with(
            "Content-Type",
            "Application/X-WWW-Form-Urlencoded ; charset=UTF-8",
        )
        .with("X-Twilio-Signature", &signature(path, &call.form()))
        .body(write_pairs(&call.form()));
    table.request(
        format!("{path}: Content-Type in capitals"),
        call,
        &request,
        welcome(path),
    );
}

fn sizes(table: &mut Table, path: &str) {
    let large = |bytes: usize| format!("a={}", "x".repeat(bytes - 2));
    let bodies = [
        (
            "one byte too large",
            Request::form(path, large(64 * 1024 + 1)),
        ),
        ("of 70 kB", Request::form(path, large(70_000))),
        ("of 1 MB", Request::form(path, large(1_000_000))),
        (
            "of 70 kB in pieces",
            Request::form(path, large(70_000)).chunked(1000),
        ),
        (
            "of 70 kB in one piece",
            Request::form(path, large(70_000)).chunked(70_000),
        ),
        (
            "of 64 kB of ampersands",
            Request::form(path, "&".repeat(64 * 1024 + 1)),
        ),
    ];
    for (what, request) in bodies {
        for signature in [None, Some("c2lnbmVk")] {
            let call = table.calls.fresh();
            let request = request.clone().maybe("X-Twilio-Signature", signature);
            let name = format!("{path}: a body {what}, signature {signature:?}");
            // Without a signature nothing is read, so a length that is not announced is not found out.
            let expected = match signature.is_none() && what.contains("piece") {
                true => (403, Body::Text("no_signature")),
                false => (413, Body::Text("too_large")),
            };
            table.request(name, call, &request, expected);
        }
    }
    // As large as may be, and Twilio's own.
    let call = table.calls.fresh();
    let mut form = call.form();
    let value = "x".repeat(MAX_VALUE);
    for name in ["a", "b", "c", "d", "e", "f", "g"] {
        form.push((name.to_owned(), value.clone()));
    }
    let rest = 64 * 1024 - write_pairs(&form).len() - "&h=".len();
    form.push(("h".to_owned(), "x".repeat(rest)));
    assert_eq!(write_pairs(&form).len(), 64 * 1024);
    let request = signed(path, &form);
    table.request(
        format!("{path}: exactly 64 KiB"),
        call,
        &request,
        welcome(path),
    );
}

fn malformed(table: &mut Table, path: &str) {
    let escapes: [&[u8]; 16] = [
        b"%",
        b"a=%",
        b"a=%4",
        b"a=%zz",
        b"a=%4z",
        b"a=%%41",
        b"%zz=1",
        b"a=1&%",
        b"CallSid=%C",
        b"a=%u0041",
        b"a=%ff",
        b"%ff=a",
        b"a=%c3%28",
        b"a=%c0%af",
        b"a=%ed%a0%80",
        b"a=\xff\xfe",
    ];
    let many: Vec<String> = (0..=MAX_PARAMS).map(|n| format!("p{n}=1")).collect();
    let bounds = [
        many.join("&"),
        format!("{}=1", "n".repeat(MAX_NAME + 1)),
        format!("a={}", "v".repeat(MAX_VALUE + 1)),
        format!("a={}", "%41".repeat(MAX_VALUE + 1)),
    ];
    let bodies = escapes.iter().map(|body| body.to_vec());
    for body in bodies.chain(bounds.map(String::into_bytes)) {
        let call = table.calls.fresh();
        let shown = String::from_utf8_lossy(&body[..body.len().min(12)]).into_owned();
        let name = format!("{path}: a body of {} bytes, {shown:?}", body.len());
        let request = Request::form(path, body).with("X-Twilio-Signature", "c2lnbmVk");
        table.request(name, call, &request, (400, Body::Text("malformed_form")));
    }
}

fn incomplete(table: &mut Table, path: &str) {
    let long = format!("CA{}", "0".repeat(8000));
    let sids = [
        "",
        "CA",
        "x",
        "CA0000000000000000000000000000001",
        "CA000000000000000000000000000000011",
        "CA0000000000000000000000000000000g",
        "ca00000000000000000000000000000001",
        "MZ00000000000000000000000000000001",
        "CA0000000000000000000000000000001\n",
        " CA00000000000000000000000000000001",
        "CA000000000000000000000000000000\u{663}",
        long.as_str(),
        "../../../../../../../../etc/passwd",
        "' OR 1=1; DROP TABLE calls; --",
    ];
    for (field, letters) in [("CallSid", "CA"), ("AccountSid", "AC")] {
        for sid in sids {
            let sid = sid.replacen("CA", letters, 1);
            let shown: String = sid.chars().take(40).collect();
            let name = format!("{path}: {field} {shown:?} of {} bytes", sid.len());
            unusable(table, path, name, |call| call.with(field, &sid));
        }
    }
    for field in ["CallSid", "AccountSid", "To"] {
        unusable(table, path, format!("{path}: no {field}"), |call| {
            call.without(field)
        });
    }
    unusable(table, path, format!("{path}: nothing at all"), |_| {
        Vec::new()
    });
    let doubled = [
        ("CallSid", "CAffffffffffffffffffffffffffffffff"),
        ("AccountSid", "AC000000000000000000000000000000bb"),
        ("To", RETIRED),
        ("From", "+15550666666"),
        ("CallStatus", "completed"),
    ];
    for (field, other) in doubled {
        let name = format!("{path}: two of {field}");
        unusable(table, path, name, |call| {
            let mut form = call.form();
            form.extend(pairs(&[(field, other)]));
            form
        });
    }
}

fn unusable(table: &mut Table, path: &str, name: String, form: impl Fn(&Call) -> Pairs) {
    let call = table.calls.fresh();
    let request = signed(path, &form(&call));
    table.request(name, call, &request, (400, Body::Text("incomplete_form")));
}
