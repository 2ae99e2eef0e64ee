//! Texts that would command a terminal or begin a line of the log, in every field that a stranger can fill.

use maitred::twilio::webhook_form::write_pairs;

use super::case::{Body, Table, signed};
use super::forms::welcome;
use super::http::Request;
use super::server::ADMIN;

/// What it would do, and the text.
const TEXTS: [(&str, &str); 18] = [
    ("a colour", "\u{1b}[31m"),
    ("the cursor up and the line erased", "\u{1b}[1A\u{1b}[2K"),
    ("the screen cleared", "\u{1b}c"),
    ("a window title", "\u{1b}]0;owned\u{7}"),
    (
        "a link",
        "\u{1b}]8;;https://evil.example\u{1b}\\x\u{1b}]8;;\u{1b}\\",
    ),
    ("a clipboard", "\u{1b}]52;c;ZXZpbA==\u{7}"),
    ("an answer typed back", "\u{1b}[c"),
    ("the C1 introducer", "\u{9b}31m"),
    ("a bell", "\u{7}"),
    ("backspaces", "abc\u{8}\u{8}\u{8}"),
    ("a carriage return", "x\rtaking orders"),
    ("a line", "x\n2026-01-01T00:00:00Z  INFO forged"),
    ("a next line", "x\u{85}forged"),
    ("a line separator", "x\u{2028}forged\u{2029}"),
    ("text from right to left", "\u{202e}drowssap\u{202c}"),
    ("an isolate", "\u{2066}x\u{2069}"),
    ("a delete", "\u{7f}"),
    ("a NUL", "\0"),
];

/// All cases of this page.
pub fn add(table: &mut Table) {
    for (what, text) in TEXTS {
        fields(table, what, text);
        refused(table, what, text);
        addresses(table, what, text);
    }
}

/// May this stand in a log? Anything else would act on whoever reads it, or hide what is there.
pub fn is_plain(c: char) -> bool {
    let hides = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}');
    c == '\n' || (!c.is_control() && !hides)
}

fn fields(table: &mut Table, what: &str, text: &str) {
    let nobody = (200, Body::Says("this number is not available"));
    let incomplete = (400, Body::Text("incomplete_form"));
    for (path, field, expected) in [
        ("/voice", "From", welcome("/voice")),
        ("/voice", "To", nobody),
        ("/voice", "CallSid", incomplete),
        ("/voice", "AccountSid", incomplete),
        ("/voice/status", "From", welcome("/voice/status")),
        ("/voice/status", "CallerName", welcome("/voice/status")),
        ("/voice/status", "CallStatus", welcome("/voice/status")),
        ("/voice/status", "CallDuration", welcome("/voice/status")),
        ("/voice/status", text, welcome("/voice/status")),
        ("/voice/after", "DialCallStatus", (200, Body::Any)),
        ("/voice/fallback", "ErrorUrl", welcome("/voice/fallback")),
        ("/voice/fallback", "ErrorCode", welcome("/voice/fallback")),
    ] {
        let call = table.calls.fresh();
        let request = signed(path, &call.with(field, text));
        let shown = if field == text { "a name" } else { field };
        let name = format!("{path}: {what} in {shown}");
        table.request(name, call, &request, expected);
    }
}

/// What is refused is logged too, with the names of its parameters.
fn refused(table: &mut Table, what: &str, text: &str) {
    let call = table.calls.fresh();
    let form = call.with(text, text);
    let request =
        Request::form("/voice", write_pairs(&form)).with("X-Twilio-Signature", "bm9wZQ==");
    let expected = (403, Body::Text("wrong_signature"));
    let name = format!("{what} in a form nobody signed");
    table.request(name, call, &request, expected);
}

/// In what is asked for.
fn addresses(table: &mut Table, what: &str, text: &str) {
    let encoded: String = text.bytes().map(|byte| format!("%{byte:02x}")).collect();
    let key = format!("Bearer {ADMIN}");
    for (path, status) in [
        (format!("/{encoded}"), 404),
        (format!("/voice/{encoded}"), 404),
        (format!("/api/calls/{encoded}"), 404),
        (format!("/api/orders?restaurant={encoded}"), 400),
        (format!("/api/orders?call_sid={encoded}"), 200),
    ] {
        let call = table.calls.fresh();
        let request = Request::get(&path).with("Authorization", &key);
        let shown = path.replace(&encoded, "...");
        let name = format!("{what} in {shown}");
        table.request(name, call, &request, (status, Body::Any));
    }
}
