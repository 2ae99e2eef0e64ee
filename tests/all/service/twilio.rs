//! Twilio's side: signed forms, and media sockets by hand.

use std::time::Duration;

use futures_util::{SinkExt as _, StreamExt as _};
use maitred::twilio::media_message::{Inbound, Start};
use maitred::twilio::signature::sign;
use maitred::twilio::webhook_form::write_pairs;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest as _;
use tokio_tungstenite::tungstenite::protocol::CloseFrame;
use tokio_tungstenite::tungstenite::{Error, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream, connect_async};

use crate::harness::{PUBLIC, TOKEN, TestServer};

pub const ACCOUNT: &str = "AC000000000000000000000000000000aa";
pub const CALLER: &str = "+14155550100";

/// `CA…` number `n`.
pub fn call_sid(n: u32) -> String {
    format!("CA{n:032x}")
}

/// What Twilio posts when call `n` rings at `to`.
pub fn form(n: u32, to: &str) -> Vec<(String, String)> {
    let sid = call_sid(n);
    [
        ("CallSid", sid.as_str()),
        ("AccountSid", ACCOUNT),
        ("From", CALLER),
        ("To", to),
        ("CallStatus", "ringing"),
        ("Direction", "inbound"),
        ("ApiVersion", "2010-04-01"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

/// `form` with fields added or replaced.
pub fn with(mut form: Vec<(String, String)>, fields: &[(&str, &str)]) -> Vec<(String, String)> {
    for (name, value) in fields {
        form.retain(|(n, _)| n != name);
        form.push(((*name).to_owned(), (*value).to_owned()));
    }
    form
}

/// Posts a form as Twilio does, signed with `token`.
pub async fn post_signed(
    server: &TestServer,
    path: &str,
    form: &[(String, String)],
    token: &str,
) -> (u16, String) {
    let signature = sign(token, &format!("{PUBLIC}{path}"), form);
    post_body(server, path, write_pairs(form), Some(&signature)).await
}

/// Posts a form signed with the token in force; 200 or the test fails.
pub async fn post(server: &TestServer, path: &str, form: &[(String, String)]) -> String {
    let (status, text) = post_signed(server, path, form, TOKEN).await;
    assert_eq!(status, 200, "{text}");
    text
}

/// Posts any body as a form.
pub async fn post_body(
    server: &TestServer,
    path: &str,
    body: String,
    signature: Option<&str>,
) -> (u16, String) {
    let mut request = reqwest::Client::new()
        .post(server.url(path))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(body);
    if let Some(signature) = signature {
        request = request.header("X-Twilio-Signature", signature);
    }
    let response = request.send().await.unwrap();
    (response.status().as_u16(), response.text().await.unwrap())
}

/// Lets call `n` ring at `to` and returns the media token it was given.
pub async fn ring(server: &TestServer, n: u32, to: &str) -> String {
    token_in(&post(server, "/voice", &form(n, to)).await)
}

/// The token in a TwiML document.
pub fn token_in(twiml: &str) -> String {
    let after = twiml
        .split_once("name=\"token\" value=\"")
        .unwrap_or_else(|| panic!("no token in {twiml}"))
        .1;
    after.split_once('"').unwrap().0.to_owned()
}

/// A media socket.
pub struct Socket(WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    /// Connects to a server in a process of its own, with a right signature.
    pub async fn at(server: std::net::SocketAddr, token: &str) -> Self {
        let signature = sign(token, "wss://voice.test/media", &[]);
        Self::connect(server, Some(&signature)).await.unwrap()
    }

    /// Connects with a right signature.
    pub async fn open(server: &TestServer) -> Self {
        let signature = sign(TOKEN, "wss://voice.test/media", &[]);
        Self::try_open(server, Some(&signature)).await.unwrap()
    }

    /// Connects; the error is the HTTP status of a refused handshake.
    pub async fn try_open(server: &TestServer, signature: Option<&str>) -> Result<Self, u16> {
        Self::connect(server.address, signature).await
    }

    async fn connect(server: std::net::SocketAddr, signature: Option<&str>) -> Result<Self, u16> {
        let url = format!("ws://{server}/media");
        let mut request = url.into_client_request().unwrap();
        if let Some(signature) = signature {
            let headers = request.headers_mut();
            headers.insert("X-Twilio-Signature", signature.parse().unwrap());
        }
        match connect_async(request).await {
            Ok((socket, _)) => Ok(Self(socket)),
            Err(Error::Http(response)) => Err(response.status().as_u16()),
            Err(error) => panic!("{error}"),
        }
    }

    pub async fn send(&mut self, message: Message) {
        // A server that closed meanwhile is what some tests are about.
        let _ = self.0.send(message).await;
    }

    pub async fn text(&mut self, text: &str) {
        self.send(Message::text(text)).await;
    }

    /// `connected` and `start` of call `n`.
    pub async fn start(&mut self, n: u32, token: &str) {
        self.text(r#"{"event":"connected","protocol":"Call","version":"1.0.0"}"#)
            .await;
        let start = Start {
            sequence: 1,
            stream_sid: format!("MZ{n:032x}"),
            account_sid: ACCOUNT.to_owned(),
            call_sid: call_sid(n),
            tracks: vec!["inbound".to_owned()],
            custom_parameters: [("token".to_owned(), token.to_owned())].into(),
            ..Start::default()
        };
        self.text(&Inbound::Start(start).to_json()).await;
    }

    /// The next message, however long the machine takes.
    pub async fn next(&mut self) -> Option<Message> {
        tokio::time::timeout(Duration::from_secs(30), self.0.next())
            .await
            .expect("the server neither spoke nor closed")
            .and_then(Result::ok)
    }

    /// Reads on to the close frame.
    pub async fn closed(&mut self) -> Option<CloseFrame> {
        loop {
            match self.next().await {
                Some(Message::Close(frame)) => return frame,
                Some(_) => {}
                None => return None,
            }
        }
    }

    /// The close code and reason.
    pub async fn close_reason(&mut self) -> (u16, String) {
        let frame = self.closed().await.expect("closed without a frame");
        (frame.code.into(), frame.reason.to_string())
    }
}
