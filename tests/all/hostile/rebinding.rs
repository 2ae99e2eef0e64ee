//! What a web page in the operator's browser can send to `--dev`: another name for this machine (DNS rebinding), another
//! page's origin, a form. All of it is refused, at every door.

use std::net::SocketAddr;

use maitred::twilio::webhook_form::write_pairs;

use super::case::{Calls, Case, Expected, Input};

/// Method, path, type and body of requests that the operator's own programs may make.
const DOORS: [(&str, &str, &str, &str); 8] = [
    (
        "POST",
        "/voice",
        "application/x-www-form-urlencoded",
        "{form}",
    ),
    (
        "POST",
        "/voice/after",
        "application/x-www-form-urlencoded",
        "{form}",
    ),
    ("GET", "/api/orders", "", ""),
    ("GET", "/api/calls", "", ""),
    ("GET", "/api/table", "", ""),
    ("GET", "/metrics", "", ""),
    ("POST", "/api/config/confirm", "application/json", "{}"),
    ("POST", "/api/config/reload", "application/json", "{}"),
];
/// Names under which a page may have reached this machine; `{port}` is ours.
const HOSTS: [&str; 12] = [
    "evil.example",
    "evil.example:{port}",
    "localhost.evil.example:{port}",
    "127.0.0.1.evil.example:{port}",
    "127-0-0-1.evil.example:{port}",
    "localhost:1",
    "127.0.0.1:1",
    "[::1]:1",
    "10.0.0.1:{port}",
    "192.168.0.1:{port}",
    "169.254.169.254:{port}",
    "",
];
/// Pages that are not ours.
const ORIGINS: [&str; 8] = [
    "https://evil.example",
    "http://evil.example:{port}",
    "http://localhost.evil.example:{port}",
    "http://127.0.0.1:1",
    "http://localhost:1",
    "file://",
    "null",
    "chrome-extension://abcdefghijklmnop",
];

/// All cases of this page, against a server with `--dev` at this address.
pub fn cases(address: SocketAddr) -> Vec<Case> {
    let port = address.port().to_string();
    let mut calls = Calls::new(u32::MAX);
    let mut cases = Vec::new();
    let mut add = |what: String,
                   host: &str,
                   more: &str,
                   (method, path, kind, body): (&str, &str, &str, &str)| {
        let call = calls.fresh();
        let body = body.replace("{form}", &write_pairs(&call.form()));
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {host}\r\n{more}Connection: close\r\nContent-Type: {kind}\r\n\
             Content-Length: {}\r\n\r\n{body}",
            body.len()
        );
        cases.push(Case {
            name: format!("{method} {path} {what}"),
            call,
            input: Input::Requests(vec![request.into_bytes()]),
            // 400: such a name is none.
            expected: Expected::Status(&[400, 403]),
        });
    };
    let own = format!("127.0.0.1:{port}");
    for door in DOORS {
        for host in HOSTS {
            add(
                format!("under the name {host:?}"),
                &host.replace("{port}", &port),
                "",
                door,
            );
        }
        for origin in ORIGINS {
            let header = format!("Origin: {}\r\n", origin.replace("{port}", &port));
            add(format!("from {origin:?}"), &own, &header, door);
        }
        for site in ["cross-site", "same-site"] {
            let header = format!("Sec-Fetch-Site: {site}\r\n");
            add(format!("fetched {site}"), &own, &header, door);
        }
    }
    cases
}
