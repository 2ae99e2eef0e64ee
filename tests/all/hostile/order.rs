//! Right messages in a wrong order, or too many of them: the call goes on, and ends when it is told to.

use tokio_tungstenite::tungstenite::Message;

use super::case::{Expected, Table};
use super::play::Step;
use super::sockets::{CONNECTED, START, STOP, live, open, text};

fn numbered(sequence: u64, chunk: u64) -> String {
    format!(
        r#"{{"event":"media","sequenceNumber":"{sequence}","streamSid":"{{stream}}","media":{{"track":"inbound","chunk":"{chunk}","timestamp":"{}","payload":"{}"}}}}"#,
        chunk.saturating_mul(20),
        "/".repeat(212) + "/w=="
    )
}

/// All cases of this page.
pub fn add(table: &mut Table) {
    let sequences: [(&str, Vec<u64>); 7] = [
        ("backwards", vec![9, 8, 7, 6, 5]),
        ("all alike", vec![3; 20]),
        ("with a gap", vec![2, 3, 900, 901]),
        ("two swapped", vec![2, 4, 3, 5]),
        ("beginning anew", vec![2, 3, 4, 1, 2, 3]),
        ("at the end of counting", vec![u64::MAX, 0, 1]),
        ("a thousand at once", (2..1002).collect()),
    ];
    for (how, numbers) in sequences {
        let mut steps = live();
        steps.extend(numbers.iter().map(|n| text(&numbered(*n, *n))));
        table.socket(format!("sound numbered {how}"), steps, Expected::GoesOn);
    }
    let mut steps = live();
    steps.extend((0..200).map(|_| Step::Send(Message::Ping("x".into()))));
    table.socket("two hundred pings".to_owned(), steps, Expected::GoesOn);
    let mut steps = live();
    steps.push(Step::Send(Message::Pong("nobody asked".into())));
    table.socket(
        "a pong nobody asked for".to_owned(),
        steps,
        Expected::GoesOn,
    );

    let bare = vec![Step::Ring, open(), text(START)];
    table.socket("start without connected".to_owned(), bare, Expected::GoesOn);
    let late = vec![Step::Ring, open(), text(START), text(CONNECTED)];
    table.socket("connected after start".to_owned(), late, Expected::GoesOn);

    let over = Expected::Close(1000, "");
    let elsewhere = STOP.replace("{stream}", "MZffffffffffffffffffffffffffffffff");
    for (how, ending) in [
        ("stop of another stream", vec![text(&elsewhere)]),
        ("stop twice", vec![text(STOP), text(STOP)]),
        ("sound after stop", vec![text(STOP), text(&numbered(2, 1))]),
        ("start after stop", vec![text(STOP), text(START)]),
        (
            "a close without stop",
            vec![Step::Send(Message::Close(None))],
        ),
    ] {
        let mut steps = live();
        steps.extend(ending);
        table.socket(how.to_owned(), steps, over.clone());
    }
    let leave = vec![open(), Step::Send(Message::Close(None))];
    table.socket("a close before start".to_owned(), leave, over.clone());
    let leave = vec![
        open(),
        text(CONNECTED),
        text(STOP),
        Step::Send(Message::Close(None)),
    ];
    table.socket("stop and a close before start".to_owned(), leave, over);
}
