//! Plays one case against the server and says what came back.

use std::sync::Mutex;

use futures_util::{SinkExt as _, StreamExt as _};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::http::HeaderValue;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{WebSocketStream, client_async};

use super::accounts::signed_by;
use super::case::{ACCOUNT, Body, Call, Case, Expected, Input, Pairs, signed};
use super::http;
use super::server::{OTHER_ACCOUNT, OTHER_TOKEN, PATIENCE};
use crate::harness::ServerProcess;

/// One thing that the other side of a media socket does.
#[derive(Clone, Debug)]
pub enum Step {
    /// `/voice` is asked for this call; `{token}` is what it got, `{first}` what it got the first time.
    Ring,
    /// `/voice` is asked for a call that is not this one; `{other}` is what that got.
    RingAnother(Call),
    /// The other account asks here about this call, as of its own; `{other}` is a token in its answer.
    AskAsOther(&'static str),
    /// `/voice/after` is asked; a token in its answer becomes `{token}`.
    After,
    /// A socket is opened with this signature; the one before stays open.
    Open(&'static str, Option<String>),
    /// Text, with the words in braces filled in.
    Text(String),
    Send(Message),
    /// Bytes past the WebSocket library, which would not send them.
    Raw(Vec<u8>),
    /// Waits until everything sent was read: a ping is answered in its turn.
    Settle,
    /// The socket's connection is lost, without a word.
    Vanish,
    /// Waits until the call is no longer on the line.
    Ended,
}

/// Plays cases.
pub struct Player<'s> {
    pub server: &'s ServerProcess,
    /// Every media token that was given.
    pub tokens: Mutex<Vec<String>>,
}

type Socket = WebSocketStream<TcpStream>;

impl Player<'_> {
    /// What is wrong with the server's answer to `case`, if anything.
    pub async fn fault(&self, case: Case) -> Option<String> {
        let Case {
            name,
            call,
            input,
            expected,
        } = case;
        let played = async {
            match input {
                Input::Requests(all) => self.requests(all, &expected).await,
                Input::Unfinished(bytes) => self.unfinished(&bytes, &expected).await,
                Input::Socket(steps) => self.socket(&call, steps, &expected).await,
            }
        };
        let result = tokio::time::timeout(PATIENCE, played).await;
        let result = result.unwrap_or_else(|_| Err("nothing at all".to_owned()));
        result
            .err()
            .map(|got| format!("{name}: expected {expected:?}, got {got}"))
    }

    async fn requests(&self, mut all: Vec<Vec<u8>>, expected: &Expected) -> Result<(), String> {
        let last = all.pop().expect("a request");
        for request in all {
            let (status, text) = self.ask(&request).await?;
            if !(200..300).contains(&status) {
                return Err(format!("{status} too early: {text:?}"));
            }
        }
        let (status, text) = self.ask(&last).await?;
        match expected {
            Expected::Answer(wanted, body) if *wanted == status && body.fits(&text) => Ok(()),
            Expected::Status(any) if any.contains(&status) => Ok(()),
            _ => Err(format!("{status} {text:?}")),
        }
    }

    async fn unfinished(&self, bytes: &[u8], expected: &Expected) -> Result<(), String> {
        let got = http::begin(self.server.address, bytes).await?;
        match (expected, &got) {
            (Expected::Closed, None | Some((408, _))) => Ok(()),
            (Expected::Answer(wanted, body), Some((status, text)))
                if wanted == status && body.fits(text) =>
            {
                Ok(())
            }
            _ => Err(format!("{got:?}")),
        }
    }

    async fn ask(&self, request: &[u8]) -> Result<(u16, String), String> {
        let answer = http::ask(self.server.address, request).await?;
        if let Some(token) = token_in(&answer.1) {
            self.tokens.lock().unwrap().push(token);
        }
        Ok(answer)
    }

    async fn asked(&self, target: &str, form: &Pairs) -> Result<String, String> {
        let (status, text) = self.ask(&signed(target, form).bytes()).await?;
        match status {
            200 => Ok(text),
            _ => Err(format!("{status} from {target}")),
        }
    }

    async fn socket(
        &self,
        call: &Call,
        steps: Vec<Step>,
        expected: &Expected,
    ) -> Result<(), String> {
        let mut tokens: Vec<String> = Vec::new();
        let mut other = String::new();
        let mut sockets: Vec<Socket> = Vec::new();
        for step in steps {
            match step {
                Step::Ring => {
                    let twiml = self.asked("/voice", &call.form()).await?;
                    if !Body::Connect.fits(&twiml) {
                        return Err(format!("no invitation: {twiml:?}"));
                    }
                    tokens.extend(token_in(&twiml));
                }
                Step::RingAnother(another) => {
                    let twiml = self.asked("/voice", &another.form()).await?;
                    other = token_in(&twiml).ok_or("no invitation")?;
                }
                Step::AskAsOther(path) => {
                    let form = call.with("AccountSid", OTHER_ACCOUNT);
                    let request = signed_by(OTHER_TOKEN, path, &form);
                    let (status, text) = self.ask(&request.bytes()).await?;
                    if !(200..300).contains(&status) {
                        return Err(format!("{status} from {path} for the other account"));
                    }
                    other = token_in(&text).unwrap_or_default();
                }
                Step::After => {
                    let twiml = self.asked("/voice/after", &call.form()).await?;
                    tokens.extend(token_in(&twiml));
                }
                Step::Open(target, signature) => match self.open(target, signature).await {
                    Ok(socket) => sockets.push(socket),
                    Err(status) if *expected == Expected::Handshake(status) => return Ok(()),
                    Err(status) => return Err(format!("handshake {status}")),
                },
                Step::Text(text) => {
                    let latest = tokens.last().map_or("", String::as_str);
                    let first = tokens.first().map_or("", String::as_str);
                    let text = text
                        .replace("{token}", latest)
                        .replace("{first}", first)
                        .replace("{other}", &other)
                        .replace("{sid}", &call.sid)
                        .replace("{stream}", &call.stream)
                        .replace("{account}", ACCOUNT);
                    send(&mut sockets, Message::text(text)).await;
                }
                Step::Send(message) => send(&mut sockets, message).await,
                Step::Raw(bytes) => {
                    // A server that closes meanwhile is what the case is about.
                    let socket = sockets.last_mut().expect("an open socket").get_mut();
                    let _ = socket.write_all(&bytes).await;
                }
                Step::Settle => settle(sockets.last_mut().expect("an open socket")).await?,
                Step::Vanish => drop(sockets.pop()),
                Step::Ended => self.ended(call).await,
            }
        }
        let mut socket = sockets.pop().expect("a socket");
        match expected {
            Expected::Close(code, reason) => match closed(&mut socket).await? {
                (c, r) if c == *code && r == *reason => Ok(()),
                got => Err(format!("{got:?}")),
            },
            Expected::GoesOn => self.goes_on(&mut socket, call).await,
            _ => Err("an open socket".to_owned()),
        }
    }

    /// Opens a socket; the error is the status of a refusal.
    async fn open(&self, target: &str, signature: Option<String>) -> Result<Socket, u16> {
        let url = format!("ws://{}{target}", self.server.address);
        let mut request = url.into_client_request().unwrap();
        if let Some(signature) = signature {
            let value = HeaderValue::from_bytes(signature.as_bytes()).unwrap();
            request.headers_mut().insert("X-Twilio-Signature", value);
        }
        let stream = TcpStream::connect(self.server.address).await.unwrap();
        match client_async(request, stream).await {
            Ok((socket, _)) => Ok(socket),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    async fn goes_on(&self, socket: &mut Socket, call: &Call) -> Result<(), String> {
        // Twice, because an ending takes a moment to be known.
        for _ in 0..2 {
            settle(socket).await?;
            if let Some(ending) = self.known(call).await {
                return Err(format!("the call has ended: {ending}"));
            }
        }
        let stop = Message::text(r#"{"event":"stop","stop":{}}"#);
        let _ = socket.send(stop).await;
        match closed(socket).await? {
            (1000, reason) if reason.is_empty() => {}
            got => return Err(format!("{got:?} after stop")),
        }
        match self.known(call).await.as_deref() {
            Some("hung_up") => Ok(()),
            ending => Err(format!("recorded as {ending:?}")),
        }
    }

    /// How a call ended, `None` while it is on the line. Waits until the call is known at all: its session begins
    /// beside its socket.
    async fn known(&self, call: &Call) -> Option<String> {
        let path = format!("/api/calls/{}", call.sid);
        let mut again = tokio::time::interval(super::server::AGAIN);
        loop {
            again.tick().await;
            let (status, text) = self.server.look(&path).await;
            if status == 200 {
                let record: serde_json::Value = serde_json::from_str(&text).unwrap();
                return record["ending"].as_str().map(str::to_owned);
            }
        }
    }

    async fn ended(&self, call: &Call) {
        let mut again = tokio::time::interval(super::server::AGAIN);
        while self.known(call).await.is_none() {
            again.tick().await;
        }
    }
}

async fn send(sockets: &mut [Socket], message: Message) {
    // A server that closes meanwhile is what the case is about.
    let _ = sockets
        .last_mut()
        .expect("an open socket")
        .send(message)
        .await;
}

/// A ping is answered in its turn, when everything before it was read.
async fn settle(socket: &mut Socket) -> Result<(), String> {
    let _ = socket.send(Message::Ping("here?".into())).await;
    loop {
        match socket.next().await {
            Some(Ok(Message::Pong(_))) => return Ok(()),
            Some(Ok(Message::Close(frame))) => return Err(format!("closed: {frame:?}")),
            Some(Ok(_)) => {}
            gone => return Err(format!("no answer to a ping: {gone:?}")),
        }
    }
}

/// Reads to the close frame, and answers it: its code and reason.
async fn closed(socket: &mut Socket) -> Result<(u16, String), String> {
    loop {
        match socket.next().await {
            Some(Ok(Message::Close(Some(frame)))) => {
                // A library that reads a close frame has its answer ready, and sends it now.
                let _ = socket.flush().await;
                return Ok((frame.code.into(), frame.reason.to_string()));
            }
            Some(Ok(_)) => {}
            gone => return Err(format!("no close frame: {gone:?}")),
        }
    }
}

fn token_in(twiml: &str) -> Option<String> {
    let (_, after) = twiml.split_once("name=\"token\" value=\"")?;
    Some(after.split_once('"')?.0.to_owned())
}
