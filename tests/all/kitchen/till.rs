//! A till that takes orders by webhook: it verifies every message, knows those it has by their id, and may be in a bad mood.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use serde_json::Value;
use sha2::Sha256;
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use super::SECRET;
use crate::harness::NEVER;

/// What it does with a message.
#[derive(Clone, Debug)]
pub enum Mood {
    /// Takes it and answers this body with 200.
    Take(String),
    /// Answers this head and does not take it.
    Head(String),
    /// Hangs up without a word, not having taken it.
    Cut,
    /// Takes it and hangs up without a word.
    TakeAndCut,
    /// Never answers.
    Hang,
}

/// The till.
pub struct Till {
    pub address: SocketAddr,
    taken: Arc<Mutex<BTreeMap<String, Value>>>,
    count: watch::Receiver<usize>,
}

impl Till {
    /// Opens; `mood` is asked for each message.
    pub async fn open(mood: impl FnMut() -> Mood + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (counted, count) = watch::channel(0);
        let taken = Arc::new(Mutex::new(BTreeMap::new()));
        let shared = Arc::clone(&taken);
        let mood = Arc::new(Mutex::new(mood));
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (taken, mood) = (Arc::clone(&shared), Arc::clone(&mood));
                let counted = counted.clone();
                tokio::spawn(async move {
                    if let Some((id, body)) = read(&stream_of(stream)).await {
                        let (mood, stream) = ((mood.lock().unwrap())(), id.1);
                        let id = id.0;
                        if matches!(mood, Mood::Take(_) | Mood::TakeAndCut) {
                            taken.lock().unwrap().insert(id, body);
                        }
                        counted.send_modify(|count| *count += 1);
                        answer(stream, mood).await;
                    }
                });
            }
        });
        Self {
            address,
            taken,
            count,
        }
    }

    /// One that takes everything.
    pub async fn friendly() -> Self {
        Self::open(|| Mood::Take(String::new())).await
    }

    pub fn url(&self) -> String {
        format!("http://{}/orders?token=hidden", self.address)
    }

    /// The messages it has, by their ids.
    pub fn taken(&self) -> BTreeMap<String, Value> {
        self.taken.lock().unwrap().clone()
    }

    /// Waits until so many messages came, taken or not.
    pub async fn came(&mut self, count: usize) {
        let came = self.count.wait_for(|came| *came >= count);
        let came = tokio::time::timeout(NEVER, came).await;
        came.expect("they never came").unwrap();
    }

    /// Waits until one more message came, but not for longer than this: perhaps there is none.
    pub async fn tried(&mut self, at_most: std::time::Duration) {
        let _ = tokio::time::timeout(at_most, self.count.changed()).await;
    }

    /// How many messages came.
    pub fn tries(&self) -> usize {
        *self.count.borrow()
    }
}

type Shared = Arc<tokio::sync::Mutex<BufReader<TcpStream>>>;

fn stream_of(stream: TcpStream) -> Shared {
    Arc::new(tokio::sync::Mutex::new(BufReader::new(stream)))
}

/// Reads a message and believes it; `None` when the other side went away.
async fn read(shared: &Shared) -> Option<((String, Shared), Value)> {
    let mut stream = shared.lock().await;
    let mut headers = BTreeMap::new();
    let mut line = String::new();
    stream.read_line(&mut line).await.ok()?;
    if line.is_empty() {
        return None;
    }
    assert!(
        line.starts_with("POST /orders?token=hidden HTTP/1.1"),
        "{line}"
    );
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await.ok()?;
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            break;
        };
        headers.insert(name.to_lowercase(), value.to_owned());
    }
    let length: usize = headers.get("content-length")?.parse().ok()?;
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.ok()?;
    let body = String::from_utf8(body).unwrap();
    assert_eq!(headers["content-type"], "application/json");
    let (id, at) = (&headers["webhook-id"], &headers["webhook-timestamp"]);
    let key = STANDARD
        .decode(SECRET.1.trim_start_matches("whsec_"))
        .unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(format!("{id}.{at}.{body}").as_bytes());
    let signature = format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()));
    assert_eq!(headers["webhook-signature"], signature);
    let body = serde_json::from_str(&body).unwrap();
    Some(((id.clone(), Arc::clone(shared)), body))
}

async fn answer(stream: Shared, mood: Mood) {
    let mut stream = stream.lock().await;
    let (head, body) = match mood {
        Mood::Take(body) => ("200 OK".to_owned(), body),
        Mood::Head(head) => (head, String::new()),
        Mood::Cut | Mood::TakeAndCut => return,
        Mood::Hang => return std::future::pending().await,
    };
    let text = format!(
        "HTTP/1.1 {head}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    let _ = stream.get_mut().write_all(text.as_bytes()).await;
}
