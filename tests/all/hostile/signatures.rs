//! Webhooks that Twilio did not sign, or signed for something else: 403, on every path.

use maitred::twilio::signature::sign;
use maitred::twilio::webhook_form::write_pairs;

use super::case::{Body, Call, Pairs, Spoil, Table, pairs, signature, signed};
use super::forms::PATHS;
use super::http::Request;
use super::server::{ADMIN, PUBLIC, SECRET, TOKEN};

const NO_SIGNATURE: (u16, Body) = (403, Body::Text("no_signature"));
const WRONG: (u16, Body) = (403, Body::Text("wrong_signature"));

/// A name in a refused form, which goes to the log; it must not begin a line there.
pub const FORGED_LINE: &str = "2026-01-01T00:00:00Z  INFO taking orders from strangers";

/// All cases of this page.
pub fn add(table: &mut Table) {
    for path in PATHS {
        missing(table, path);
        by_a_stranger(table, path);
        over_another_url(table, path);
        altered_text(table, path);
        altered_form(table, path);
    }
}

fn sent(path: &str, form: &[(String, String)], signature: Option<&str>) -> Request {
    Request::form(path, write_pairs(form)).maybe("X-Twilio-Signature", signature)
}

fn missing(table: &mut Table, path: &str) {
    for (what, given) in [("no signature", None), ("an empty signature", Some(""))] {
        let call = table.calls.fresh();
        let request = sent(path, &call.form(), given);
        table.request(format!("{path}: {what}"), call, &request, NO_SIGNATURE);
    }
    // Only the one header counts.
    for name in ["Authorization", "X-Twilio-Signatur", "X-Hub-Signature"] {
        let call = table.calls.fresh();
        let right = signature(path, &call.form());
        let request = sent(path, &call.form(), None).with(name, &right);
        let name = format!("{path}: the signature in {name}");
        table.request(name, call, &request, NO_SIGNATURE);
    }
}

fn by_a_stranger(table: &mut Table, path: &str) {
    let reversed: String = TOKEN.chars().rev().collect();
    let strangers = [
        ("the empty token", ""),
        ("another token", "00000000000000000000000000000000"),
        ("the token reversed", reversed.as_str()),
        ("the token cut short", &TOKEN[..31]),
        ("the admin token", ADMIN),
        ("the media secret", SECRET),
    ];
    for (who, token) in strangers {
        let call = table.calls.fresh();
        let by_them = sign(token, &format!("{PUBLIC}{path}"), &call.form());
        let request = sent(path, &call.form(), Some(&by_them));
        let name = format!("{path}: signed with {who}");
        table.request(name, call, &request, WRONG);
    }
}

fn over_another_url(table: &mut Table, path: &str) {
    let urls = [
        format!("http://voice.test{path}"),
        format!("https://voice.test.evil.example{path}"),
        format!("https://evil.example{path}"),
        format!("{PUBLIC}{path}/"),
        format!("{PUBLIC}{path}?a=b"),
        format!("{PUBLIC}{}", path.to_uppercase()),
        format!("https://voice.test:8443{path}"),
        format!("{PUBLIC}/media"),
        path.to_owned(),
    ];
    for url in urls {
        let call = table.calls.fresh();
        let over_it = sign(TOKEN, &url, &call.form());
        let request = sent(path, &call.form(), Some(&over_it));
        let name = format!("{path}: signed over {url}");
        table.request(name, call, &request, WRONG);
    }
    // Signed as it should be, then asked with a query that was not signed.
    let call = table.calls.fresh();
    let right = signature(path, &call.form());
    let request = sent(&format!("{path}?a=b"), &call.form(), Some(&right));
    let name = format!("{path}: a query beside the signature");
    table.request(name, call, &request, WRONG);
    // What a proxy would say is not asked for where the public URL is set.
    let call = table.calls.fresh();
    let evil = sign(TOKEN, &format!("https://evil.example{path}"), &call.form());
    let request = sent(path, &call.form(), Some(&evil))
        .with("X-Forwarded-Proto", "https")
        .with("X-Forwarded-Host", "evil.example");
    table.request(format!("{path}: a forwarded host"), call, &request, WRONG);
}

fn altered_text(table: &mut Table, path: &str) {
    let changes: [Spoil; 8] = [
        ("cut", |s| s[..s.len() - 1].to_owned()),
        ("doubled", |s| format!("{s}{s}")),
        ("lengthened", |s| format!("{s}=")),
        ("in lower case", str::to_lowercase),
        ("reversed", |s| s.chars().rev().collect()),
        ("not base64", |_| "***".to_owned()),
        ("not ASCII", |s| format!("{s}\u{e9}")),
        ("very long", |s| s.repeat(200)),
    ];
    for (how, change) in changes {
        let call = table.calls.fresh();
        let given = change(&signature(path, &call.form()));
        let request = sent(path, &call.form(), Some(&given));
        // A header that is not text is as good as none.
        let expected = if given.is_ascii() {
            WRONG
        } else {
            NO_SIGNATURE
        };
        let name = format!("{path}: the signature {how}");
        table.request(name, call, &request, expected);
    }
    for settings in ["key=evil,algorithm=HMAC_SHA1", "algorithm=none", ""] {
        let call = table.calls.fresh();
        let request =
            signed(path, &call.form()).with("X-Twilio-Webhooks-Signature-Settings", settings);
        let name = format!("{path}: signature settings {settings:?}");
        table.request(name, call, &request, WRONG);
    }
}

/// What an altered form is made by.
type Alter = fn(&Call, Pairs) -> Pairs;

fn altered_form(table: &mut Table, path: &str) {
    let mut alterations: Vec<(String, Alter)> = vec![
        ("a field added".to_owned(), |_, mut form| {
            form.extend(pairs(&[("MaitredTest", "1")]));
            form
        }),
        ("a field given twice".to_owned(), |_, mut form| {
            form.extend(pairs(&[("To", "+15550100003")]));
            form
        }),
        (
            "a field named after a line of the log".to_owned(),
            |_, mut form| {
                form.extend(pairs(&[(&format!("x\r\n{FORGED_LINE}"), "1")]));
                form
            },
        ),
        ("nothing left".to_owned(), |_, _| Vec::new()),
        ("an account of its own".to_owned(), |call, _| {
            call.with("AccountSid", "AC000000000000000000000000000000bb")
        }),
        ("another restaurant".to_owned(), |call, _| {
            call.with("To", "+15550100003")
        }),
        ("another call".to_owned(), |call, _| {
            call.with("CallSid", "CAffffffffffffffffffffffffffffffff")
        }),
        ("another caller".to_owned(), |call, _| {
            call.with("From", "+15550666666")
        }),
        ("another status".to_owned(), |call, _| {
            call.with("CallStatus", "completed")
        }),
    ];
    alterations.extend([
        (
            "no CallSid".to_owned(),
            (|call, _| call.without("CallSid")) as Alter,
        ),
        ("no AccountSid".to_owned(), |call, _| {
            call.without("AccountSid")
        }),
        ("no To".to_owned(), |call, _| call.without("To")),
        ("no From".to_owned(), |call, _| call.without("From")),
    ]);
    for (what, alter) in alterations {
        let call = table.calls.fresh();
        let old = signature(path, &call.form());
        let request = sent(path, &alter(&call, call.form()), Some(&old));
        let name = format!("{path}: an old signature, {what}");
        table.request(name, call, &request, WRONG);
    }
}
