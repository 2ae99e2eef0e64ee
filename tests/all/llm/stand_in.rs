//! The stand-in: a chat completions server on a port of its own, with a mind the test gives it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use maitred::settings::{LlmSettings, Secret};
use serde_json::{Value, json};

use super::rules;

/// The key it wants to see.
pub const KEY: &str = "sk-stand-in";

/// One thing a server does while it answers.
#[derive(Clone, Debug)]
pub enum Play {
    /// An event with this data.
    Event(String),
    /// Bytes as they are.
    Raw(Vec<u8>),
    /// The end of the answer, as HTTP wants it.
    End,
    /// No answer at all but this status.
    Status(u16, Value),
    /// One JSON body instead of a stream.
    Whole(Value),
    /// Nothing more, and the connection stays open.
    Stall,
    /// The connection is lost.
    Drop,
}

/// What the model does with a request.
pub type Mind = Box<dyn FnMut(&Value) -> Vec<Play> + Send>;

/// A running stand-in.
pub struct StandIn {
    port: u16,
    seen: Arc<Mutex<Seen>>,
}

#[derive(Default)]
struct Seen {
    requests: Vec<Value>,
    refused: Vec<String>,
}

impl StandIn {
    /// Starts one.
    pub fn start(mind: Mind) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = listener.local_addr().unwrap().port();
        let seen = Arc::new(Mutex::new(Seen::default()));
        let (mind, shared) = (Arc::new(Mutex::new(mind)), Arc::clone(&seen));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let (mind, seen) = (Arc::clone(&mind), Arc::clone(&shared));
                std::thread::spawn(move || serve(stream.unwrap(), &mind, &seen));
            }
        });
        Self { port, seen }
    }

    /// Where it is.
    pub fn base_url(&self) -> String {
        format!("http://127.0.0.1:{}/v1", self.port)
    }

    /// Settings that use it.
    pub fn settings(&self, patience: Duration) -> LlmSettings {
        LlmSettings {
            base_url: self.base_url(),
            key: Some(Secret::new(KEY)),
            model: "stand-in".into(),
            patience,
        }
    }

    /// Every request so far; none of them was refused.
    pub fn requests(&self) -> Vec<Value> {
        let seen = self.seen.lock().unwrap();
        assert_eq!(
            seen.refused,
            Vec::<String>::new(),
            "requests a provider would refuse"
        );
        seen.requests.clone()
    }
}

fn serve(stream: TcpStream, mind: &Mutex<Mind>, seen: &Mutex<Seen>) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut writer = stream;
    let Some((head, body)) = request(&mut reader) else {
        return;
    };
    let body: Value = serde_json::from_slice(&body).unwrap_or_default();
    let faults = head_faults(&head).and_then(|()| rules::check(&body));
    if let Err(fault) = faults {
        seen.lock().unwrap().refused.push(fault.clone());
        let error = json!({"error": {"message": fault, "type": "invalid_request_error"}});
        let _ = play(&mut writer, &mut reader, &[Play::Status(400, error)]);
        return;
    }
    seen.lock().unwrap().requests.push(body.clone());
    let plays = (mind.lock().unwrap())(&body);
    // The other side may have hung up, which is its right.
    let _ = play(&mut writer, &mut reader, &plays);
}

fn request(reader: &mut BufReader<TcpStream>) -> Option<(Vec<String>, Vec<u8>)> {
    let mut head = Vec::new();
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let line = line.trim_end().to_owned();
        if line.is_empty() {
            break;
        }
        head.push(line);
    }
    let length = head.iter().find_map(|line| {
        let (name, value) = line.split_once(':')?;
        name.eq_ignore_ascii_case("content-length")
            .then(|| value.trim().parse().ok())?
    })?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((head, body))
}

fn head_faults(head: &[String]) -> Result<(), String> {
    let has = |wanted: &str| head.iter().any(|line| line.eq_ignore_ascii_case(wanted));
    if head[0] != "POST /v1/chat/completions HTTP/1.1" {
        return Err(format!("no such path: {}", head[0]));
    }
    if !has(&format!("authorization: Bearer {KEY}")) {
        return Err("no or a wrong key".into());
    }
    if !has("content-type: application/json") {
        return Err("the body is not announced as JSON".into());
    }
    Ok(())
}

fn play(
    writer: &mut TcpStream,
    reader: &mut BufReader<TcpStream>,
    plays: &[Play],
) -> std::io::Result<()> {
    let mut begun = false;
    for play in plays {
        match play {
            Play::Status(status, body) => return respond(writer, *status, body),
            Play::Whole(body) => return respond(writer, 200, body),
            Play::Stall => {
                begin(writer, &mut begun)?;
                // Until the other side has had enough.
                let mut rest = Vec::new();
                reader.read_to_end(&mut rest)?;
                return Ok(());
            }
            Play::Drop => return Ok(()),
            Play::Event(data) => {
                begin(writer, &mut begun)?;
                chunk(writer, format!("data: {data}\n\n").as_bytes())?;
            }
            Play::Raw(bytes) => {
                begin(writer, &mut begun)?;
                chunk(writer, bytes)?;
            }
            Play::End => {
                begin(writer, &mut begun)?;
                writer.write_all(b"0\r\n\r\n")?;
            }
        }
    }
    Ok(())
}

fn begin(writer: &mut TcpStream, begun: &mut bool) -> std::io::Result<()> {
    if std::mem::replace(begun, true) {
        return Ok(());
    }
    writer.write_all(b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\ntransfer-encoding: chunked\r\n\r\n")
}

fn chunk(writer: &mut TcpStream, bytes: &[u8]) -> std::io::Result<()> {
    let mut whole = format!("{:x}\r\n", bytes.len()).into_bytes();
    whole.extend_from_slice(bytes);
    whole.extend_from_slice(b"\r\n");
    writer.write_all(&whole)?;
    writer.flush()
}

fn respond(writer: &mut TcpStream, status: u16, body: &Value) -> std::io::Result<()> {
    let body = body.to_string();
    write!(
        writer,
        "HTTP/1.1 {status} As played\r\ncontent-type: application/json\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

/// A piece of a stream as OpenAI writes it.
pub fn delta(delta: Value, finish: Option<&str>) -> Play {
    let chunk = json!({
        "id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": "stand-in",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}], "usage": null,
    });
    Play::Event(chunk.to_string())
}

/// A whole answer of words, a few letters at a time.
pub fn words(text: &str) -> Vec<Play> {
    let letters: Vec<char> = text.chars().collect();
    let mut plays = vec![delta(json!({"role": "assistant", "content": ""}), None)];
    plays.extend(
        letters
            .chunks(5)
            .map(|piece| delta(json!({"content": piece.iter().collect::<String>()}), None)),
    );
    plays.extend(ending("stop"));
    plays
}

/// A whole answer of tool calls, arguments in pieces.
pub fn calls(calls: &[(&str, Value)]) -> Vec<Play> {
    let mut plays = Vec::new();
    for (at, (name, arguments)) in calls.iter().enumerate() {
        let head = json!({"index": at, "id": format!("call_{name}_{at}"), "type": "function",
            "function": {"name": name, "arguments": ""}});
        plays.push(delta(json!({"tool_calls": [head]}), None));
        let letters: Vec<char> = arguments.to_string().chars().collect();
        for piece in letters.chunks(7) {
            let piece =
                json!({"index": at, "function": {"arguments": piece.iter().collect::<String>()}});
            plays.push(delta(json!({"tool_calls": [piece]}), None));
        }
    }
    plays.extend(ending("tool_calls"));
    plays
}

/// How OpenAI ends an answer.
pub fn ending(reason: &str) -> Vec<Play> {
    vec![
        delta(json!({}), Some(reason)),
        Play::Event(json!({"choices": [], "usage": {"total_tokens": 7}}).to_string()),
        Play::Event("[DONE]".into()),
        Play::End,
    ]
}

/// What a mind looks at first: the caller's words, or that a tool has answered.
pub enum Heard {
    Caller(String),
    Tool(Value),
}

/// The last message.
pub fn last(request: &Value) -> Heard {
    let last = request["messages"].as_array().unwrap().last().unwrap();
    let content = last["content"].as_str().unwrap();
    if last["role"] == "tool" {
        return Heard::Tool(serde_json::from_str(content).unwrap());
    }
    let (_, words) = content.rsplit_once("Caller: ").unwrap();
    Heard::Caller(words.to_owned())
}
