//! Messages that are not JSON, not Twilio's, or not for now: the call takes no harm from any of them.

use tokio_tungstenite::tungstenite::Message;

use super::case::{Expected, Table};
use super::play::Step;
use super::sockets::{CONNECTED, START, STOP, live, open, text};

/// All cases of this page.
pub fn add(table: &mut Table) {
    early(table);
    late(table);
}

/// Text that says nothing, at any time.
fn nonsense() -> Vec<(String, String)> {
    let plain = [
        "",
        " ",
        "hello",
        "{",
        "}",
        "[]",
        "null",
        "true",
        "1",
        "\"start\"",
        "{}",
        "{}{}",
        "{\"event\":}",
        "{\"event\":null}",
        "{\"event\":7}",
        "{\"event\":[]}",
        "{\"event\":\"\"}",
        "{\"event\":\"surprise\"}",
        "{\"event\":\"START\"}",
        "{\"event\":\"surprise\",\"start\":7,\"media\":[]}",
        "{\"event\":\"media\",}",
        "{\"event\":\"media\"}garbage",
        "{'event':'start'}",
        "{\"event\":\"\\ud800\"}",
        "{\"event\":\"\\x\"}",
        "\u{feff}{\"event\":\"start\"}",
        "\0",
        "{\"event\":\"media\",\"media\":NaN}",
        "<event>start</event>",
        "{\"event\":\"media\",\"event\":\"media\"}",
        "{\"sequenceNumber\":\"1\"}",
        "{\"event\":\"surprise\",\"sequenceNumber\":-1}",
        "{\"event\":\"surprise\",\"sequenceNumber\":1e999}",
    ];
    let mut all: Vec<_> = plain
        .iter()
        .map(|text| ((*text).to_owned(), (*text).to_owned()))
        .collect();
    all.extend([
        ("deep lists".to_owned(), "[".repeat(60_000)),
        ("deep objects".to_owned(), "{\"a\":".repeat(10_000)),
        (
            "deep and closed".to_owned(),
            format!("{}{}", "[".repeat(30_000), "]".repeat(30_000)),
        ),
        (
            "deep in an unknown event".to_owned(),
            format!(
                "{{\"event\":\"x\",\"a\":{}{}}}",
                "[".repeat(20_000),
                "]".repeat(20_000)
            ),
        ),
        (
            "a long name".to_owned(),
            format!("{{\"event\":\"{}\"}}", "x".repeat(60_000)),
        ),
        (
            "a long number".to_owned(),
            format!("{{\"event\":{}}}", "9".repeat(60_000)),
        ),
        ("as large as may be".to_owned(), "x".repeat(64 * 1024)),
    ]);
    all
}

/// Before `start`: everything else is ignored, and the call can still be taken.
fn early(table: &mut Table) {
    let mut messages = nonsense();
    let known = [
        r#"{"event":"media","media":{"payload":"//8="}}"#,
        r#"{"event":"media","streamSid":"{stream}","media":{"track":"inbound","chunk":"1","timestamp":"20","payload":"//8="}}"#,
        r#"{"event":"mark","mark":{"name":"m1"}}"#,
        r#"{"event":"dtmf","dtmf":{"digit":"0"}}"#,
        STOP,
        r#"{"event":"stop"}"#,
        CONNECTED,
        r#"{"event":"connected"}"#,
        r#"{"event":"connected","protocol":7}"#,
        r#"{"event":"start"}"#,
        r#"{"event":"start","start":null}"#,
        r#"{"event":"start","start":{}}"#,
        r#"{"event":"start","start":[]}"#,
        r#"{"event":"start","start":"x"}"#,
        r#"{"event":"start","start":{"callSid":"{sid}"}}"#,
        r#"{"event":"start","start":{"streamSid":"{stream}"}}"#,
        r#"{"event":"start","streamSid":"","start":{"streamSid":"","callSid":"{sid}"}}"#,
        r#"{"event":"start","start":{"streamSid":"{stream}","callSid":7}}"#,
        r#"{"event":"start","start":{"streamSid":"{stream}","callSid":"{sid}","tracks":"inbound"}}"#,
        r#"{"event":"start","start":{"streamSid":"{stream}","callSid":"{sid}","customParameters":[]}}"#,
        r#"{"event":"start","start":{"streamSid":"{stream}","callSid":"{sid}","customParameters":{"token":{}}}}"#,
        r#"{"event":"start","start":{"streamSid":"{stream}","callSid":"{sid}","mediaFormat":{"sampleRate":"x"}}}"#,
    ];
    messages.extend(known.map(|text| (text.to_owned(), text.to_owned())));
    for (name, message) in messages {
        let steps = vec![
            Step::Ring,
            open(),
            text(&message),
            text(CONNECTED),
            text(START),
        ];
        table.socket(format!("before start: {name}"), steps, Expected::GoesOn);
    }
    for (name, bytes) in binary() {
        let steps = vec![
            Step::Ring,
            open(),
            Step::Send(bytes),
            text(CONNECTED),
            text(START),
        ];
        table.socket(format!("before start: {name}"), steps, Expected::GoesOn);
    }
}

fn binary() -> Vec<(&'static str, Message)> {
    vec![
        ("an empty binary message", Message::binary(Vec::new())),
        ("a binary message", Message::binary(vec![0, 159, 146, 150])),
        (
            "a large binary message",
            Message::binary(vec![0xff; 60_000]),
        ),
        (
            "stop in a binary message",
            Message::binary(STOP.as_bytes().to_vec()),
        ),
        (
            "start in a binary message",
            Message::binary(START.as_bytes().to_vec()),
        ),
    ]
}

/// On a call: ignored, or taken for what it can mean.
fn late(table: &mut Table) {
    let mut messages = nonsense();
    messages.extend(late_messages());
    for (name, message) in messages {
        let mut steps = live();
        steps.push(text(&message));
        table.socket(format!("on a call: {name}"), steps, Expected::GoesOn);
    }
    for (name, bytes) in binary() {
        let mut steps = live();
        steps.push(Step::Send(bytes));
        table.socket(format!("on a call: {name}"), steps, Expected::GoesOn);
    }
}

fn late_messages() -> Vec<(String, String)> {
    let media = |fields: &str| {
        format!(r#"{{"event":"media","streamSid":"{{stream}}","media":{{{fields}}}}}"#)
    };
    let mut all: Vec<String> = [
        r#""track":"inbound""#.to_owned(),
        r#""payload":null"#.to_owned(),
        r#""payload":7"#.to_owned(),
        r#""payload":"""#.to_owned(),
        r#""payload":"***""#.to_owned(),
        r#""payload":"A""#.to_owned(),
        r#""payload":"====""#.to_owned(),
        r#""payload":"__-_""#.to_owned(),
        r#""payload":"// 8=""#.to_owned(),
        r#""payload":"//8""#.to_owned(),
        r#""payload":"\u002f/8=""#.to_owned(),
        r#""payload":"/w==""#.to_owned(),
        format!(r#""payload":"{}""#, "/".repeat(60_000)),
        r#""track":"outbound","payload":"//8=""#.to_owned(),
        r#""track":"surprise","payload":"//8=""#.to_owned(),
        r#""track":7,"payload":"//8=""#.to_owned(),
        r#""chunk":"x","payload":"//8=""#.to_owned(),
        r#""chunk":-1,"payload":"//8=""#.to_owned(),
        r#""timestamp":"-20","payload":"//8=""#.to_owned(),
        r#""timestamp":"18446744073709551615","payload":"//8=""#.to_owned(),
        r#""timestamp":"18446744073709551616","payload":"//8=""#.to_owned(),
        r#""timestamp":1.5,"payload":"//8=""#.to_owned(),
    ]
    .iter()
    .map(|fields| media(fields))
    .collect();
    let long = "x".repeat(60_000);
    for name in [
        "",
        "m1",
        "never sent",
        "\u{1f355}",
        "../x",
        "\\u0000",
        long.as_str(),
    ] {
        all.push(format!(
            r#"{{"event":"mark","streamSid":"{{stream}}","mark":{{"name":"{name}"}}}}"#
        ));
    }
    for digit in [
        "\"\"",
        "\"12\"",
        "\"x\"",
        "\"\u{663}\"",
        "null",
        "5",
        "true",
        "{}",
        "-1",
    ] {
        all.push(format!(
            r#"{{"event":"dtmf","streamSid":"{{stream}}","dtmf":{{"digit":{digit}}}}}"#
        ));
    }
    let others = [
        r#"{"event":"mark"}"#,
        r#"{"event":"mark","mark":{}}"#,
        r#"{"event":"mark","mark":{"name":7}}"#,
        r#"{"event":"dtmf"}"#,
        r#"{"event":"dtmf","dtmf":{}}"#,
        r#"{"event":"media"}"#,
        r#"{"event":"media","media":null}"#,
        r#"{"event":"media","media":[]}"#,
        r#"{"event":"media","streamSid":"MZffffffffffffffffffffffffffffffff","media":{"payload":"//8="}}"#,
        r#"{"event":"media","streamSid":7,"media":{"payload":"//8="}}"#,
        r#"{"event":"mark","streamSid":"MZffffffffffffffffffffffffffffffff","mark":{"name":"m1"}}"#,
        r#"{"event":"stop","stop":7}"#,
        CONNECTED,
        START,
    ];
    all.extend(others.map(str::to_owned));
    let mut named: Vec<(String, String)> = all
        .into_iter()
        .map(|message| (message.chars().take(120).collect(), message))
        .collect();
    let another = START.replace("{sid}", "CAffffffffffffffffffffffffffffffff");
    named.push(("start of another call".to_owned(), another));
    let forged = START.replace("{token}", "x");
    named.push(("start with another token".to_owned(), forged));
    named
}
