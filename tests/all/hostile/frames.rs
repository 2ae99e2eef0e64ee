//! Frames that are too large (1009), that are not WebSocket's (1002), or only oddly cut (no harm).

use tokio_tungstenite::tungstenite::Message;

use super::case::{Expected, Table};
use super::play::Step;
use super::sockets::{CONNECTED, START, live, open, text};

const CONTINUATION: u8 = 0;
const TEXT: u8 = 1;
const BINARY: u8 = 2;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const FINAL: u8 = 0x80;

/// All cases of this page.
pub fn add(table: &mut Table) {
    for on_a_call in [false, true] {
        let (when, before) = match on_a_call {
            true => ("on a call", live()),
            false => ("before start", vec![open()]),
        };
        let mut add = |what: &str, steps: Vec<Step>, expected: Expected| {
            let mut all = before.clone();
            all.extend(steps);
            table.socket(format!("{when}: {what}"), all, expected);
        };
        for (what, steps) in too_large() {
            add(&what, steps, Expected::Close(1009, "message_too_large"));
        }
        for (what, bytes) in broken() {
            add(
                what,
                vec![Step::Raw(bytes)],
                Expected::Close(1002, "broken_frame"),
            );
        }
        let farewell = Step::Raw(frame(FINAL | CLOSE, b""));
        add(
            "a close without a code",
            vec![farewell],
            Expected::Close(1000, ""),
        );
    }
    oddly_cut(table);
}

/// A frame under the mask of zeros, which changes nothing.
fn frame(head: u8, payload: &[u8]) -> Vec<u8> {
    framed(head, 0x80, payload)
}

fn framed(head: u8, masked: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![head];
    match payload.len() {
        short @ 0..126 => bytes.push(masked | short as u8),
        middle @ 126..65_536 => {
            bytes.push(masked | 126);
            bytes.extend((middle as u16).to_be_bytes());
        }
        long => {
            bytes.push(masked | 127);
            bytes.extend((long as u64).to_be_bytes());
        }
    }
    if masked != 0 {
        bytes.extend([0; 4]);
    }
    bytes.extend(payload);
    bytes
}

fn too_large() -> Vec<(String, Vec<Step>)> {
    let mut all = Vec::new();
    for bytes in [64 * 1024 + 1, 70_000, 200_000, 1_000_000] {
        let x = "x".repeat(bytes);
        all.push((
            format!("text of {bytes} bytes"),
            vec![Step::Send(Message::text(x.clone()))],
        ));
        all.push((
            format!("binary of {bytes} bytes"),
            vec![Step::Send(Message::binary(x.into_bytes()))],
        ));
    }
    for (opcode, what) in [(TEXT, "text"), (BINARY, "binary")] {
        for (pieces, size) in [(3, 30_000), (2, 40_000), (70, 1000), (3, 65_000)] {
            let piece = vec![b'x'; size];
            let mut bytes = frame(opcode, &piece);
            for _ in 1..pieces {
                bytes.extend(frame(CONTINUATION, &piece));
            }
            all.push((
                format!("{pieces} pieces of {what}, {size} bytes each"),
                vec![Step::Raw(bytes)],
            ));
        }
    }
    // Only announced: nobody waits for the rest.
    for (what, length) in [
        ("4 GB", 1_u64 << 32),
        ("all there is", u64::MAX),
        ("the sign bit", 1 << 63),
    ] {
        let mut bytes = vec![FINAL | TEXT, 0x80 | 127];
        bytes.extend(length.to_be_bytes());
        bytes.extend([0; 4]);
        all.push((
            format!("a frame that announces {what}"),
            vec![Step::Raw(bytes)],
        ));
    }
    // And then fills the memory, if it is let.
    let mut bytes = vec![FINAL | TEXT, 0x80 | 127];
    bytes.extend((1_u64 << 32).to_be_bytes());
    bytes.resize(4_000_000, b'x');
    all.push(("4 MB of a frame of 4 GB".to_owned(), vec![Step::Raw(bytes)]));
    all
}

fn broken() -> Vec<(&'static str, Vec<u8>)> {
    let inside = [frame(TEXT, b"{"), frame(FINAL | TEXT, b"{}")].concat();
    let cut_off = [frame(TEXT, b"{"), frame(FINAL | CONTINUATION, b"\xff")].concat();
    vec![
        ("a frame without a mask", framed(FINAL | TEXT, 0, b"{}")),
        ("opcode 3", frame(FINAL | 3, b"{}")),
        ("opcode 7", frame(FINAL | 7, b"{}")),
        ("opcode 11", frame(FINAL | 11, b"")),
        ("opcode 15", frame(FINAL | 15, b"")),
        ("a ping in pieces", frame(PING, b"x")),
        ("a ping of 126 bytes", frame(FINAL | PING, &[b'x'; 126])),
        ("a close of 126 bytes", frame(FINAL | CLOSE, &[3; 126])),
        (
            "a continuation of nothing",
            frame(FINAL | CONTINUATION, b"{}"),
        ),
        ("a message inside a message", inside),
        ("text that is not UTF-8", frame(FINAL | TEXT, b"\xff\xfe")),
        ("text that is not UTF-8 in pieces", cut_off),
    ]
}

fn oddly_cut(table: &mut Table) {
    let pieces = |opcode: u8, message: &[u8], between: &[u8]| {
        let mut bytes = Vec::new();
        for (n, piece) in message.chunks(3).enumerate() {
            bytes.extend(frame(if n == 0 { opcode } else { CONTINUATION }, piece));
            bytes.extend(between);
        }
        if message.is_empty() {
            bytes.extend(frame(opcode, b""));
            bytes.extend(frame(CONTINUATION, b""));
        }
        bytes.extend(frame(FINAL | CONTINUATION, b""));
        bytes
    };
    let ping = frame(FINAL | PING, b"");
    let unknown = br#"{"event":"surprise"}"#;
    for (what, bytes) in [
        ("pieces of three bytes", pieces(TEXT, unknown, b"")),
        (
            "pieces with pings between them",
            pieces(TEXT, unknown, &ping),
        ),
        ("pieces of a binary message", pieces(BINARY, unknown, b"")),
        ("empty pieces", pieces(TEXT, b"", b"")),
    ] {
        let mut steps = live();
        steps.push(Step::Raw(bytes.clone()));
        table.socket(format!("on a call: {what}"), steps, Expected::GoesOn);
        let steps = vec![
            Step::Ring,
            open(),
            Step::Raw(bytes),
            text(CONNECTED),
            text(START),
        ];
        table.socket(format!("before start: {what}"), steps, Expected::GoesOn);
    }
}
