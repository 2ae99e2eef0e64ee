//! Requests that begin and never end: what the head refuses is refused at once, the rest is given up in time.

use super::case::{Body, Table};
use super::forms::PATHS;
use super::server::ADMIN;

const FORM: &str = "Host: voice.test\r\nContent-Type: application/x-www-form-urlencoded\r\n";
const LATE: (u16, Body) = (408, Body::Any);

/// All cases of this page. Each takes as long as the server waits, so they are played once.
pub fn add(table: &mut Table) {
    heads(table);
    for path in PATHS {
        bodies(table, path);
        refused_by_the_head(table, path);
    }
    behind_the_key(table);
}

/// Closed without a word, or 408.
fn heads(table: &mut Table) {
    for head in [
        "",
        "P",
        "POST ",
        "POST /voice HTTP/1.1",
        "POST /voice HTTP/1.1\r\n",
        "POST /voice HTTP/1.1\r\nHost: voice.test\r\nX-Slow: ",
        "GET /media HTTP/1.1\r\nHost: voice.test\r\nUpgrade: websocket\r\n",
        "GET /api/orders HTTP/1.1\r\nHost: voice.test\r\nAuthorization: Bearer ",
    ] {
        table.unfinished(
            format!("a head that ends after {head:?}"),
            head.to_owned(),
            None,
        );
    }
}

fn bodies(table: &mut Table, path: &str) {
    let head = format!("POST {path} HTTP/1.1\r\n{FORM}X-Twilio-Signature: x\r\n");
    for (what, rest) in [
        ("a body that never comes", "Content-Length: 400\r\n\r\n"),
        ("a body that stops", "Content-Length: 400\r\n\r\nCallSid=CA"),
        ("a body but its last byte", "Content-Length: 4\r\n\r\na=1"),
        (
            "pieces that never come",
            "Transfer-Encoding: chunked\r\n\r\n",
        ),
        (
            "a piece that stops",
            "Transfer-Encoding: chunked\r\n\r\n9\r\nCall",
        ),
        (
            "pieces without an end",
            "Transfer-Encoding: chunked\r\n\r\n3\r\na=1\r\n",
        ),
    ] {
        table.unfinished(
            format!("{path}: {what}"),
            format!("{head}{rest}"),
            Some(LATE),
        );
    }
}

/// The body never comes, and nobody waits for it.
fn refused_by_the_head(table: &mut Table, path: &str) {
    let signature = "X-Twilio-Signature: x\r\n";
    let text = "Host: voice.test\r\nContent-Type: text/plain\r\n";
    for (what, headers, status) in [
        (
            "nobody signed",
            format!("{FORM}Content-Length: 400\r\n"),
            403,
        ),
        (
            "of the wrong type",
            format!("{text}{signature}Content-Length: 400\r\n"),
            415,
        ),
        (
            "too large",
            format!("{FORM}{signature}Content-Length: 70000\r\n"),
            413,
        ),
    ] {
        let request = format!("POST {path} HTTP/1.1\r\n{headers}\r\n");
        let name = format!("{path}: a body that is {what}, and never comes");
        table.unfinished(name, request, Some((status, Body::Any)));
    }
}

fn behind_the_key(table: &mut Table) {
    let json = "Host: voice.test\r\nContent-Type: application/json\r\nContent-Length: 400\r\n";
    for path in ["reload", "confirm", "rollback", "validate"] {
        let path = format!("/api/config/{path}");
        let name = format!("{path}: a body that never comes, and no key");
        let request = format!("POST {path} HTTP/1.1\r\n{json}\r\n");
        table.unfinished(name, request, Some((401, Body::Any)));
    }
    for path in ["/api/config/confirm", "/api/config/validate"] {
        let name = format!("{path}: a body that stops, and the key");
        let request =
            format!("POST {path} HTTP/1.1\r\n{json}Authorization: Bearer {ADMIN}\r\n\r\n{{");
        table.unfinished(name, request, Some(LATE));
    }
}
