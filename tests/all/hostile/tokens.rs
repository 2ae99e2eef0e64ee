//! Tokens that are missing, made up, altered, too old, or of another call: 1008, each with its reason.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use maitred::call::{Claims, Nonce, Purpose, TokenKey};
use maitred::restaurant::{Digest, RestaurantId};

use super::case::{ACCOUNT, Call, Expected, Spoil, Table};
use super::play::Step;
use super::server::{BELLA, BELLA_FILE, SECRET, TOKEN};
use super::sockets::{CONNECTED, START, open, text};

/// All cases of this page.
pub fn add(table: &mut Table) {
    absent(table);
    altered(table);
    sealed(table);
    of_another_call(table);
}

fn refused(
    table: &mut Table,
    name: String,
    mut before: Vec<Step>,
    start: &str,
    reason: &'static str,
) {
    before.extend([open(), text(CONNECTED), text(start)]);
    table.socket(name, before, Expected::Close(1008, reason));
}

fn absent(table: &mut Table) {
    let whole = r#""customParameters":{"token":"{token}"}"#;
    let without = [
        r#""a":1"#,
        r#""customParameters":null"#,
        r#""customParameters":{}"#,
        r#""customParameters":{"token":null}"#,
        r#""customParameters":{"token":""}"#,
        r#""customParameters":{"token":true}"#,
        r#""customParameters":{"token":12345}"#,
        r#""customParameters":{"Token":"{token}"}"#,
        r#""customParameters":{"token ":"{token}"}"#,
        r#""token":"{token}""#,
    ];
    for parameters in without {
        let start = START.replace(whole, parameters);
        refused(
            table,
            format!("start with {parameters}"),
            vec![Step::Ring],
            &start,
            "bad_token",
        );
    }
    let (dots, long) = (".".repeat(400), "x".repeat(60_000));
    let nonsense = [
        "x",
        "m1",
        "null",
        "{}",
        "=",
        "m1.a.b",
        "..",
        "m1.bella.1.x.x.x.0.x.1.***",
        "\u{1f355}",
        "\\u0000",
        "a\\nb",
        "{token}=",
        "{token}.",
        "{token}*",
        " {token}",
        long.as_str(),
    ];
    for token in nonsense {
        let start = START.replace("{token}", token);
        let shown: String = token.chars().take(30).collect();
        let name = format!("start with the token {shown:?}");
        let reason = match token {
            // A dot before a seal of no bytes, or a body that is not what was sealed.
            "{token}." | " {token}" | ".." => "forged_token",
            _ => "bad_token",
        };
        refused(table, name, vec![Step::Ring], &start, reason);
    }
    let start = START.replace("{token}", &dots);
    refused(
        table,
        "start with dots".to_owned(),
        vec![Step::Ring],
        &start,
        "forged_token",
    );
}

/// Tokens this test seals itself, as another process with the same secret would.
fn claims(expires_in: i64) -> Claims {
    let now = Timestamp::now().as_millisecond();
    Claims {
        restaurant: RestaurantId::parse("bella").unwrap(),
        generation: 1,
        digest: Digest::of(BELLA_FILE.as_bytes()),
        from: "+14155550100".to_owned(),
        to: BELLA.to_owned(),
        test: false,
        purpose: Purpose::Order,
        nonce: Nonce::fresh(),
        expires: Timestamp::from_millisecond(now + expires_in).unwrap(),
    }
}

const MINUTE: i64 = 60_000;

fn sealed(table: &mut Table) {
    let mut seal = |name: &str, secret: &str, claims: Claims, expected: Expected| {
        let call = table.calls.fresh();
        let token = TokenKey::new(secret.as_bytes()).seal(&call.sid, ACCOUNT, &claims);
        let start = START
            .replace("{sid}", &call.sid)
            .replace("{stream}", &call.stream)
            .replace("{token}", &token);
        let steps = vec![open(), text(CONNECTED), text(&start)];
        table.socket(name.to_owned(), steps, expected);
        table.cases.last_mut().unwrap().call = call;
    };
    let close = |reason| Expected::Close(1008, reason);
    for (name, secret) in [
        ("under the empty secret", ""),
        ("under the auth token", TOKEN),
        ("under the secret cut short", &SECRET[1..]),
        ("under thirty-two zeros", "00000000000000000000000000000000"),
    ] {
        seal(
            &format!("a token {name}"),
            secret,
            claims(MINUTE),
            close("forged_token"),
        );
    }
    for (name, ago) in [
        ("now", 0),
        ("a minute ago", -MINUTE),
        ("in 1970", 1 - claims(0).expires.as_millisecond()),
    ] {
        seal(
            &format!("a token that died {name}"),
            SECRET,
            claims(ago),
            close("expired_token"),
        );
    }
    let unknown = Claims {
        restaurant: RestaurantId::parse("nobody").unwrap(),
        ..claims(MINUTE)
    };
    seal(
        "a token of a restaurant not here",
        SECRET,
        unknown,
        close("version_not_held"),
    );
    let older = Claims {
        digest: Digest::of(b"older"),
        ..claims(MINUTE)
    };
    seal(
        "a token of another version",
        SECRET,
        older,
        close("version_not_held"),
    );
    let retired = Claims {
        restaurant: RestaurantId::parse("retired").unwrap(),
        ..claims(MINUTE)
    };
    seal(
        "a token of one restaurant with another's version",
        SECRET,
        retired,
        close("version_not_held"),
    );
    // Of a process before this one, say.
    seal(
        "a good token whose pin is not here",
        SECRET,
        claims(MINUTE),
        Expected::GoesOn,
    );
}

/// A real token in which one part was changed.
fn altered(table: &mut Table) {
    let key = TokenKey::new(SECRET.as_bytes());
    let changes: [(usize, &str); 14] = [
        (0, "m2"),
        (0, ""),
        (1, "retired"),
        (1, "../x"),
        (2, "2"),
        (2, "-1"),
        (3, "00"),
        (4, "KzE1NTUwNjY2NjY2"),
        (5, "KzE1NTUwMTAwMDAz"),
        (6, "1"),
        (7, "AAAAAAAAAAAAAAAAAAAAAA"),
        (8, "9999999999999"),
        (9, "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
        (9, ""),
    ];
    for (field, value) in changes {
        let call = table.calls.fresh();
        let token = key.seal(&call.sid, ACCOUNT, &claims(MINUTE));
        let mut fields: Vec<&str> = token.split('.').collect();
        fields[field] = value;
        of_call(
            table,
            call,
            &fields.join("."),
            format!("a token whose part {field} says {value:?}"),
        );
    }
    let recut: [Spoil; 6] = [
        ("without its last part", |t| {
            t.rsplit_once('.').unwrap().0.to_owned()
        }),
        ("with a part more", |t| t.replacen("m1.", "m1.x.", 1)),
        ("twice", |t| format!("{t}.{t}")),
        ("with a seal cut short", |t| t[..t.len() - 3].to_owned()),
        ("in upper case", str::to_uppercase),
        ("backwards by parts", |t| {
            t.rsplit('.').collect::<Vec<_>>().join(".")
        }),
    ];
    for (how, change) in recut {
        let call = table.calls.fresh();
        let token = change(&key.seal(&call.sid, ACCOUNT, &claims(MINUTE)));
        let last = token.rsplit('.').next().unwrap().to_owned();
        let name = format!("a token {how}");
        if how.contains("last part") || how.contains("backwards") || how.contains("upper") {
            // What stands where the seal should be is, by chance, base64 or not.
            let text = URL_SAFE_NO_PAD.decode(&last).is_ok();
            let reason = if text { "forged_token" } else { "bad_token" };
            with_reason(table, call, &token, name, reason);
        } else {
            of_call(table, call, &token, name);
        }
    }
}

fn of_call(table: &mut Table, call: Call, token: &str, name: String) {
    with_reason(table, call, token, name, "forged_token");
}

fn with_reason(table: &mut Table, call: Call, token: &str, name: String, reason: &'static str) {
    let start = START.replace("{token}", token);
    refused(table, name, vec![], &start, reason);
    table.cases.last_mut().unwrap().call = call;
}

fn of_another_call(table: &mut Table) {
    let another = table.calls.fresh();
    let before = vec![Step::Ring, Step::RingAnother(another)];
    let start = START.replace("{token}", "{other}");
    refused(
        table,
        "a token of another call".to_owned(),
        before,
        &start,
        "forged_token",
    );
    for (field, wrong) in [
        ("{sid}", "CAffffffffffffffffffffffffffffffff"),
        ("{sid}", "x"),
        ("{account}", "AC000000000000000000000000000000bb"),
        ("{account}", ""),
    ] {
        let start = START.replace(field, wrong);
        let name = format!("start with {wrong:?} for {field}");
        refused(table, name, vec![Step::Ring], &start, "forged_token");
    }
    // Refused for another call, the token is still good for its own.
    let mut steps = vec![Step::Ring, open(), text(&START.replace("{sid}", "x"))];
    steps.extend([open(), text(CONNECTED), text(START)]);
    table.socket(
        "a token tried elsewhere first".to_owned(),
        steps,
        Expected::GoesOn,
    );
}
