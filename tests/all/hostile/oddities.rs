//! Signed forms with odd contents: nothing of it is wrong, so the caller is served, or told that nobody is here.

use maitred::twilio::webhook_form::{MAX_NAME, MAX_VALUE};

use super::case::{ACCOUNT, Body, Pairs, Table, pairs, signed};
use super::forms::{PATHS, welcome};
use super::server::BELLA;

/// All cases of this page.
pub fn add(table: &mut Table) {
    for path in PATHS {
        odd_but_good(table, path);
        callers(table, path);
        callees(table, path);
    }
}

/// What it is answered with when nobody owns the number.
fn nobody(path: &str) -> (u16, Body) {
    match path {
        "/voice" => (200, Body::Says("this number is not available")),
        "/voice/status" => (204, Body::Text("")),
        _ => (200, Body::Says("something went wrong")),
    }
}

fn odd_but_good(table: &mut Table, path: &str) {
    let long = "v".repeat(MAX_VALUE);
    let more: [(&str, Pairs); 6] = [
        (
            "the same field twice, alike",
            pairs(&[("AccountSid", ACCOUNT), ("To", BELLA)]),
        ),
        (
            "fields we do not know",
            pairs(&[
                ("StirVerstat", "x"),
                ("", ""),
                ("a", ""),
                ("\u{e9}", "\u{1f355}"),
            ]),
        ),
        ("a value as long as may be", pairs(&[("CallToken", &long)])),
        (
            "a name as long as may be",
            pairs(&[(&long[..MAX_NAME], "1")]),
        ),
        (
            "a duration that is no number",
            pairs(&[("CallDuration", "-1e9")]),
        ),
        (
            "markup and line ends",
            pairs(&[("CallerName", "</Say><Dial>+1</Dial>\r\n\0")]),
        ),
    ];
    for (what, more) in more {
        let call = table.calls.fresh();
        let mut form = call.form();
        form.extend(more);
        let request = signed(path, &form);
        table.request(format!("{path}: {what}"), call, &request, welcome(path));
    }
}

/// Whoever calls is served: hidden callers, SIP callers, and who writes anything at all into a SIP header.
fn callers(table: &mut Table, path: &str) {
    let long = "9".repeat(MAX_VALUE);
    let froms = [
        "",
        "anonymous",
        "client:eve",
        "sip:eve@evil.example",
        "+",
        "+1",
        "\u{202e}drawkcab",
        "\r\nX: y",
        "\0",
        "</Say><Hangup/>",
        "'; DROP TABLE calls; --",
        &long,
    ];
    for from in froms {
        let call = table.calls.fresh();
        let shown: String = from.chars().take(30).collect();
        let request = signed(path, &call.with("From", from));
        let name = format!("{path}: From {shown:?} of {} bytes", from.len());
        table.request(name, call, &request, welcome(path));
    }
    let call = table.calls.fresh();
    let request = signed(path, &call.without("From"));
    table.request(format!("{path}: no From"), call, &request, welcome(path));
}

fn callees(table: &mut Table, path: &str) {
    let long = format!("+{}", "1".repeat(8000));
    let tos = [
        "",
        "+15550100099",
        "+1555010000",
        "+155501000011",
        "anonymous",
        "sip:bella@evil.example",
        "</Say><Dial>+1900</Dial>",
        "+1555010\n0001",
        "\u{ff0b}15550100001",
        "bella",
        "*",
        long.as_str(),
    ];
    for to in tos {
        let call = table.calls.fresh();
        let shown: String = to.chars().take(30).collect();
        let request = signed(path, &call.with("To", to));
        let name = format!("{path}: To {shown:?} of {} bytes", to.len());
        table.request(name, call, &request, nobody(path));
    }
}
