//! Calls that ring, as Twilio announces them, each on a connection of its own; how long each waited for its answer.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use maitred::cli::call::{new_sid, percentile};
use maitred::twilio::sid::SidKind;
use maitred::twilio::signature::sign;
use maitred::twilio::webhook_form::write_pairs;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::PIZZERIA;
use crate::harness::TOKEN;

/// Twilio gives up then.
const TWILIO_TIMEOUT: Duration = Duration::from_secs(15);

/// What rings were answered in.
pub struct Rings {
    pub p99_ms: u64,
    pub unanswered: usize,
}

/// So many rings a second for so long.
pub async fn ring(server: SocketAddr, a_second: u32, during: Duration) -> Rings {
    let mut schedule = tokio::time::interval(Duration::from_secs(1) / a_second);
    let began = Instant::now();
    let mut rings = Vec::new();
    while began.elapsed() < during {
        schedule.tick().await;
        rings.push(tokio::spawn(one(server)));
    }
    let count = rings.len();
    let mut waited = Vec::new();
    for ring in rings {
        waited.extend(ring.await.expect("no ring panics"));
    }
    waited.sort_unstable();
    Rings {
        p99_ms: percentile(&waited, 99).unwrap_or_default(),
        unanswered: count - waited.len(),
    }
}

/// Milliseconds until the answer was there, if it was TwiML.
async fn one(server: SocketAddr) -> Option<u64> {
    let began = Instant::now();
    let asked = async {
        let mut stream = TcpStream::connect(server).await.ok()?;
        stream.write_all(&request()).await.ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.ok()?;
        answer.contains("<Response").then_some(())
    };
    tokio::time::timeout(TWILIO_TIMEOUT, asked).await.ok()??;
    u64::try_from(began.elapsed().as_millis()).ok()
}

fn request() -> Vec<u8> {
    let form: Vec<(String, String)> = [
        ("AccountSid", format!("AC{}", "0".repeat(32))),
        ("CallSid", new_sid(SidKind::Call)),
        ("CallStatus", "ringing".to_owned()),
        ("Direction", "inbound".to_owned()),
        (
            "From",
            format!("+1415{:07}", rand::random_range(2_000_000..10_000_000)),
        ),
        ("To", PIZZERIA.to_owned()),
        ("ApiVersion", "2010-04-01".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    let signature = sign(TOKEN, "http://storm.test/voice", &form);
    let body = write_pairs(&form);
    format!(
        "POST /voice HTTP/1.1\r\nHost: storm.test\r\nX-Forwarded-Proto: http\r\nConnection: close\r\n\
         Content-Type: application/x-www-form-urlencoded\r\nX-Twilio-Signature: {signature}\r\n\
         Content-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}
