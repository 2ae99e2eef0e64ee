//! Handshakes that are none, and heads that are not HTTP.

use maitred::twilio::signature::sign;

use super::case::{Body, Table};
use super::doors::ask;
use super::http::Request;
use super::server::TOKEN;

/// All cases of this page.
pub fn add(table: &mut Table) {
    handshakes(table);
    heads(table);
}

/// `GET /media` that is no WebSocket handshake, or not Twilio's.
fn handshakes(table: &mut Table) {
    let right = sign(TOKEN, "wss://voice.test/media", &[]);
    let whole = [
        ("Upgrade", "websocket"),
        ("Connection", "Upgrade"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="),
    ];
    let head = |headers: &[(&str, &str)], signature: Option<&str>| {
        let mut request = Request::get("/media").maybe("X-Twilio-Signature", signature);
        for (name, value) in headers {
            request = request.with(name, value);
        }
        request
    };
    for leave_out in ["Upgrade", "Sec-WebSocket-Version", "Sec-WebSocket-Key"] {
        let kept: Vec<_> = whole
            .iter()
            .copied()
            .filter(|(name, _)| *name != leave_out)
            .collect();
        let name = format!("/media: a handshake without {leave_out}");
        ask(table, name, &head(&kept, Some(&right)), 400);
        let name = format!("/media: neither {leave_out} nor a signature");
        ask(table, name, &head(&kept, None), 403);
    }
    for version in ["0", "7", "12", "14", "x", ""] {
        let mut headers = whole;
        headers[2].1 = version;
        let name = format!("/media: WebSocket version {version:?}");
        ask(table, name, &head(&headers, Some(&right)), 400);
    }
    let mut headers = whole;
    headers[0].1 = "h2c";
    ask(
        table,
        "/media: an upgrade to h2c".to_owned(),
        &head(&headers, Some(&right)),
        400,
    );
    ask(
        table,
        "/media: a plain GET".to_owned(),
        &head(&[], Some(&right)),
        400,
    );
    ask(
        table,
        "/media: a plain GET, unsigned".to_owned(),
        &head(&[], None),
        403,
    );
}

/// What is no HTTP request.
fn heads(table: &mut Table) {
    let many: String = (0..200).map(|n| format!("X-{n}: y\r\n")).collect();
    let post = "POST /voice HTTP/1.1\r\nHost: voice.test\r\nConnection: close\r\n";
    let form = "Content-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: x\r\n";
    let heads = [
        ("nonsense", "hello\r\n\r\n".to_owned(), 400),
        ("no version", "POST /voice\r\n\r\n".to_owned(), 400),
        (
            "a version to come",
            "POST /voice HTTP/9.9\r\n\r\n".to_owned(),
            400,
        ),
        (
            "a method with a space",
            "PO ST /voice HTTP/1.1\r\n\r\n".to_owned(),
            400,
        ),
        (
            "TLS on a plain port",
            "\u{16}\u{3}\u{1}\0\u{5}\u{1}\0\0\r\n\r\n".to_owned(),
            400,
        ),
        (
            "a header without a colon",
            format!("{post}Nonsense\r\n\r\n"),
            400,
        ),
        ("a header with a NUL", format!("{post}X: a\0b\r\n\r\n"), 400),
        ("two hundred headers", format!("{post}{many}\r\n"), 431),
        (
            "two lengths",
            format!("{post}Content-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
            400,
        ),
        (
            "a negative length",
            format!("{post}Content-Length: -1\r\n\r\n"),
            400,
        ),
        (
            "a length that is no number",
            format!("{post}Content-Length: abc\r\n\r\n"),
            400,
        ),
        (
            "a length beyond counting",
            format!("{post}Content-Length: 99999999999999999999999\r\n\r\n"),
            400,
        ),
        (
            "a length and pieces",
            format!("{post}Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
            400,
        ),
        (
            "pieces that are none",
            format!("{post}{form}Transfer-Encoding: chunked\r\n\r\nzz\r\na\r\n"),
            400,
        ),
        (
            "a body cut off",
            format!("{post}{form}Content-Length: 100\r\n\r\na=b"),
            400,
        ),
        (
            "pieces cut off",
            format!("{post}{form}Transfer-Encoding: chunked\r\n\r\n5\r\na="),
            400,
        ),
    ];
    for (what, head, status) in heads {
        let call = table.calls.fresh();
        let expected = (status, Body::Any);
        table.requests(
            format!("a head: {what}"),
            call,
            vec![head.into_bytes()],
            expected,
        );
    }
}
