//! HTTP by hand: a library would refuse to send half of what is sent here.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use super::server::PATIENCE;

/// A request before it is bytes.
#[derive(Clone)]
pub struct Request {
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Vec<u8>,
    chunk: Option<usize>,
}

impl Request {
    pub fn new(method: &str, target: &str) -> Self {
        Self {
            method: method.to_owned(),
            target: target.to_owned(),
            headers: Vec::new(),
            body: Vec::new(),
            chunk: None,
        }
    }

    pub fn get(target: &str) -> Self {
        Self::new("GET", target)
    }

    /// A form as Twilio posts it, not yet signed.
    pub fn form(target: &str, body: impl Into<Vec<u8>>) -> Self {
        Self::new("POST", target)
            .with("Content-Type", "application/x-www-form-urlencoded")
            .body(body)
    }

    /// With a header, beside any other of that name.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }

    /// With a header only if there is a value.
    pub fn maybe(self, name: &str, value: Option<&str>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    pub fn body(mut self, body: impl Into<Vec<u8>>) -> Self {
        self.body = body.into();
        self
    }

    /// The body in pieces of this size, its length not told.
    pub fn chunked(mut self, size: usize) -> Self {
        self.chunk = Some(size);
        self
    }

    /// As it goes over the wire.
    pub fn bytes(&self) -> Vec<u8> {
        let mut head = format!("{} {} HTTP/1.1\r\n", self.method, self.target);
        head.push_str("Host: voice.test\r\nConnection: close\r\n");
        for (name, value) in &self.headers {
            head.push_str(&format!("{name}: {value}\r\n"));
        }
        match self.chunk {
            Some(_) => head.push_str("Transfer-Encoding: chunked\r\n\r\n"),
            None => head.push_str(&format!("Content-Length: {}\r\n\r\n", self.body.len())),
        }
        let mut bytes = head.into_bytes();
        let Some(size) = self.chunk else {
            bytes.extend(&self.body);
            return bytes;
        };
        for piece in self.body.chunks(size) {
            bytes.extend(format!("{:x}\r\n", piece.len()).bytes());
            bytes.extend(piece);
            bytes.extend(b"\r\n");
        }
        bytes.extend(b"0\r\n\r\n");
        bytes
    }
}

/// Sends `bytes` on a connection of its own and reads to its end: status and body. The error says what was read
/// instead of an answer.
pub async fn ask(address: SocketAddr, bytes: &[u8]) -> Result<(u16, String), String> {
    let stream = TcpStream::connect(address).await.unwrap();
    let (mut from, mut to) = stream.into_split();
    let mut answer = Vec::new();
    let talk = async {
        // Written beside reading: a server may refuse a large body before it has all of it.
        let write = async {
            let _ = to.write_all(bytes).await;
            // Nothing more will come: a body shorter than announced is then known to be cut off.
            let _ = to.shutdown().await;
        };
        let (_, read) = tokio::join!(write, from.read_to_end(&mut answer));
        read
    };
    let read = tokio::time::timeout(PATIENCE, talk).await;
    let text = String::from_utf8_lossy(&answer).into_owned();
    parse(&text).ok_or_else(|| format!("no answer ({read:?}): {text:?}"))
}

/// Sends the beginning of a request and nothing more: what came back until the server closed, `None` for nothing.
pub async fn begin(address: SocketAddr, bytes: &[u8]) -> Result<Option<(u16, String)>, String> {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let _ = stream.write_all(bytes).await;
    let mut answer = Vec::new();
    // A connection that is reset is closed too.
    let _ = stream.read_to_end(&mut answer).await;
    let text = String::from_utf8_lossy(&answer).into_owned();
    match text.as_str() {
        "" => Ok(None),
        text => parse(text)
            .map(Some)
            .ok_or_else(|| format!("no answer: {text:?}")),
    }
}

fn parse(text: &str) -> Option<(u16, String)> {
    let (head, body) = text.split_once("\r\n\r\n")?;
    let status = head.split(' ').nth(1)?.parse().ok()?;
    let chunked = head
        .to_ascii_lowercase()
        .contains("transfer-encoding: chunked");
    let body = if chunked {
        joined(body)?
    } else {
        body.to_owned()
    };
    Some((status, body))
}

fn joined(mut body: &str) -> Option<String> {
    let mut whole = String::new();
    loop {
        let (size, rest) = body.split_once("\r\n")?;
        let size = usize::from_str_radix(size, 16).ok()?;
        if size == 0 {
            return Some(whole);
        }
        whole.push_str(rest.get(..size)?);
        body = rest.get(size + 2..)?;
    }
}
