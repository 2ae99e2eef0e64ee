//! The crowd: connections that never finish a request, and posts that nobody signed. Sent to this machine only.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::task::JoinHandle;

/// Posts of one burst on one connection, sent without waiting for their answers.
const BURST: u64 = 20;
/// What each of them is answered with.
const REFUSED: &[u8] = b"HTTP/1.1 403";

/// Half a head, a head whose body never comes, and a body that stops after its first bytes.
const UNFINISHED: [&str; 3] = [
    "POST /voice HTTP/1.1\r\nHost: voice.test\r\nX-Slow: ",
    "POST /voice HTTP/1.1\r\nHost: voice.test\r\nContent-Type: application/x-www-form-urlencoded\r\n\
     X-Twilio-Signature: x\r\nContent-Length: 400\r\n\r\n",
    "POST /voice HTTP/1.1\r\nHost: voice.test\r\nContent-Type: application/x-www-form-urlencoded\r\n\
     X-Twilio-Signature: x\r\nContent-Length: 400\r\n\r\nCallSid=CA",
];

/// Opens `count` connections and leaves each in the middle of a request.
pub async fn slow_connections(address: SocketAddr, count: usize) -> Vec<TcpStream> {
    let mut all = Vec::with_capacity(count);
    for n in 0..count {
        // One that is refused at once is no harm to the server.
        let Ok(mut stream) = TcpStream::connect(address).await else {
            continue;
        };
        let _ = stream
            .write_all(UNFINISHED[n % UNFINISHED.len()].as_bytes())
            .await;
        all.push(stream);
    }
    all
}

/// Posts until it is stopped.
pub struct Posters {
    enough: Arc<AtomicBool>,
    refused: Arc<AtomicU64>,
    began: Instant,
    /// Each ends with the moment of its last answer.
    tasks: Vec<JoinHandle<Instant>>,
}

/// What became of the posts.
pub struct Posted {
    pub refused: u64,
    /// From the first burst to the last answer.
    pub lasted: Duration,
}

impl Posters {
    /// On `connections` kept connections, together at most `rate` posts a second and `most` in all.
    pub fn start(address: SocketAddr, connections: u32, rate: u32, most: u64) -> Self {
        let enough = Arc::new(AtomicBool::new(false));
        let refused = Arc::new(AtomicU64::new(0));
        let every = Duration::from_secs(1) * connections * u32::try_from(BURST).unwrap() / rate;
        let poster = |_| {
            let (enough, refused) = (Arc::clone(&enough), Arc::clone(&refused));
            tokio::spawn(async move {
                let mut schedule = tokio::time::interval(every);
                // A late burst is not made up for: the rate is a bound.
                schedule.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
                let mut stream = None;
                while !enough.load(Ordering::Relaxed) && refused.load(Ordering::Relaxed) < most {
                    schedule.tick().await;
                    let connection = match stream.take() {
                        Some(connection) => connection,
                        None => TcpStream::connect(address).await.unwrap(),
                    };
                    stream = burst(connection, &refused).await;
                }
                Instant::now()
            })
        };
        let began = Instant::now();
        let tasks = (0..connections).map(poster).collect();
        Self {
            enough,
            refused,
            began,
            tasks,
        }
    }

    /// How many were refused so far.
    pub fn refused(&self) -> u64 {
        self.refused.load(Ordering::Relaxed)
    }

    /// Waits until all that were sent are answered; how many there were.
    pub async fn stop(self) -> Posted {
        self.enough.store(true, Ordering::Relaxed);
        let mut last = self.began;
        for task in self.tasks {
            last = last.max(task.await.unwrap());
        }
        Posted {
            refused: self.refused.load(Ordering::Relaxed),
            lasted: last - self.began,
        }
    }
}

/// Sends a burst and counts its answers; `None` when the server has closed the connection.
async fn burst(mut stream: TcpStream, refused: &AtomicU64) -> Option<TcpStream> {
    let body =
        "AccountSid=AC000000000000000000000000000000aa&CallSid=CA00000000000000000000000000000001";
    let post = format!(
        "POST /voice HTTP/1.1\r\nHost: voice.test\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         X-Twilio-Signature: bm90IHlvdXJz\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    );
    let all = post.repeat(usize::try_from(BURST).unwrap());
    stream.write_all(all.as_bytes()).await.ok()?;
    let mut answers = Vec::new();
    let mut counted = 0;
    while counted < BURST {
        if stream.read_buf(&mut answers).await.ok()? == 0 {
            return None;
        }
        let found = answers
            .windows(REFUSED.len())
            .filter(|part| *part == REFUSED);
        let seen = u64::try_from(found.count()).unwrap();
        refused.fetch_add(seen - counted, Ordering::Relaxed);
        counted = seen;
    }
    // The last answer's body may still be on its way: it is read with the next burst's first answer, and holds no head.
    Some(stream)
}
