//! Media sockets that Twilio did not sign, and tokens that were used before.

use maitred::twilio::signature::sign;

use super::case::{Expected, Table, signature};
use super::play::Step;
use super::server::{SECRET, TOKEN};

pub const CONNECTED: &str = r#"{"event":"connected","protocol":"Call","version":"1.0.0"}"#;
/// `start` as Twilio sends it.
pub const START: &str = r#"{"event":"start","sequenceNumber":"1","streamSid":"{stream}","start":{"streamSid":"{stream}","accountSid":"{account}","callSid":"{sid}","tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},"customParameters":{"token":"{token}"}}}"#;
pub const STOP: &str = r#"{"event":"stop","streamSid":"{stream}","stop":{"accountSid":"{account}","callSid":"{sid}"}}"#;

pub fn text(text: &str) -> Step {
    Step::Text(text.to_owned())
}

/// A socket opened as Twilio opens it.
pub fn open() -> Step {
    Step::Open("/media", Some(sign(TOKEN, "wss://voice.test/media", &[])))
}

/// A call on the line.
pub fn live() -> Vec<Step> {
    vec![
        Step::Ring,
        open(),
        text(CONNECTED),
        text(START),
        Step::Settle,
    ]
}

/// All cases of this page.
pub fn add(table: &mut Table) {
    handshakes(table);
    replayed(table);
}

fn handshakes(table: &mut Table) {
    let right = sign(TOKEN, "wss://voice.test/media", &[]);
    let over = |url: &str| sign(TOKEN, url, &[]);
    let call = table.calls.fresh();
    let wrong = [
        None,
        Some(String::new()),
        Some("nonsense".to_owned()),
        Some("bm9uc2Vuc2U=".to_owned()),
        Some(right.to_lowercase()),
        Some(right[1..].to_owned()),
        Some(format!("{right}{right}")),
        Some(format!("{right}\u{e9}")),
        Some(sign("another token", "wss://voice.test/media", &[])),
        Some(sign(SECRET, "wss://voice.test/media", &[])),
        Some(over("https://voice.test/media")),
        Some(over("ws://voice.test/media")),
        Some(over("wss://evil.example/media")),
        Some(over("wss://voice.test/media?a=b")),
        Some(over("wss://voice.test/")),
        Some(over("wss://voice.test:8443/media")),
        Some(signature("/voice", &call.form())),
    ];
    for given in wrong {
        let name = format!("/media: signed {given:?}");
        table.socket(
            name,
            vec![Step::Open("/media", given)],
            Expected::Handshake(403),
        );
    }
    let asked = vec![Step::Open("/media?token=x", Some(right.clone()))];
    table.socket(
        "/media: a query beside the signature".to_owned(),
        asked,
        Expected::Handshake(403),
    );
    for target in ["/media/", "/Media", "/media/x", "/"] {
        let steps = vec![Step::Open(target, Some(right.clone()))];
        table.socket(
            format!("a socket at {target}"),
            steps,
            Expected::Handshake(404),
        );
    }
    // Twilio is not of one mind about ports and slashes.
    for url in ["wss://voice.test:443/media", "wss://voice.test/media/"] {
        let opened = Step::Open("/media", Some(over(url)));
        let steps = vec![Step::Ring, opened, text(CONNECTED), text(START)];
        table.socket(
            format!("/media: signed over {url}"),
            steps,
            Expected::GoesOn,
        );
    }
}

fn replayed(table: &mut Table) {
    let reused = Expected::Close(1008, "reused_token");
    let again = || [open(), text(CONNECTED), text(START)];
    let mut add = |name: &str, middle: Vec<Step>, last: Vec<Step>, expected: &Expected| {
        let mut steps = live();
        steps.extend(middle);
        steps.extend(last);
        table.socket(name.to_owned(), steps, expected.clone());
    };
    let last = || again().to_vec();
    let first = || {
        vec![
            open(),
            text(CONNECTED),
            text(&START.replace("{token}", "{first}")),
        ]
    };
    add("a token used on a second socket", vec![], last(), &reused);
    add("a token used on a third socket", last(), last(), &reused);
    add(
        "a token used again after stop",
        vec![text(STOP), Step::Ended],
        last(),
        &reused,
    );
    add(
        "a token used again after a loss",
        vec![Step::Vanish, Step::Ended],
        last(),
        &reused,
    );
    let close = || Step::Send(tokio_tungstenite::tungstenite::Message::Close(None));
    add(
        "a token used again after a close",
        vec![close(), Step::Ended],
        last(),
        &reused,
    );
    add(
        "a token used again after its call",
        vec![text(STOP), Step::Ended, Step::After],
        last(),
        &reused,
    );
    add(
        "a second ring's token while the call lives",
        vec![Step::Ring],
        last(),
        &reused,
    );
    add(
        "the first ring's token after a second ring",
        vec![Step::Ring],
        first(),
        &reused,
    );
    // Asked while the socket still lives, `/voice/after` takes it for lost and connects the call again.
    add(
        "the old token after a reconnect",
        vec![Step::After],
        first(),
        &reused,
    );
    let two = vec![
        Step::Ring,
        Step::Ring,
        open(),
        text(CONNECTED),
        text(START),
        Step::Settle,
    ];
    let mut steps = two.clone();
    steps.extend(first());
    table.socket("two rings, two sockets".to_owned(), steps, reused);
    table.socket(
        "two rings, the second's token".to_owned(),
        two,
        Expected::GoesOn,
    );
}
