//! Webhooks while one reload follows another, beside webhooks while nothing changes.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use clap::Parser as _;
use maitred::app::{App, Options};
use maitred::cli::call::new_sid;
use maitred::events::{DomainEvent, start_logging};
use maitred::settings::{LogFormat, ServeFlags, Settings};
use maitred::twilio::sid::SidKind;
use maitred::twilio::webhook_form::write_pairs;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::machine::{cpu, ms, percentile};
use crate::menus::{Menu, folder, number, replace};
use crate::row;

/// Webhooks a second, over all connections.
const RATE: u32 = 350;
const CONNECTIONS: u32 = 8;
const LASTS: Duration = Duration::from_secs(10);

#[derive(clap::Parser)]
struct Arguments {
    #[command(flatten)]
    flags: ServeFlags,
}

/// Prints p99 of both, and how many reloads there were.
pub async fn print(menu: Menu, home: &Path, files: u32) {
    start_logging("off", LogFormat::Text).expect("a filter");
    let line = Arguments::parse_from([
        "serve",
        "--dev",
        "--listen=127.0.0.1:0",
        "--stt=scripted",
        "--tts=scripted",
        "--restaurants",
        &folder(home).display().to_string(),
        "--data",
        &home.join("data").display().to_string(),
    ]);
    let settings = Settings::resolve(line.flags, |_| None).expect("settings");
    let app = App::build(settings, Options::default())
        .await
        .expect("a server");
    let (address, table) = (app.address(), Arc::clone(app.table()));
    let mut events = app.events().subscribe();
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let stopped = async {
        let _ = stopped.await;
    };
    let server = tokio::spawn(app.run(stopped, std::future::ready(())));
    quiet().await;
    let mut idle = webhooks(address, files).await;
    let storming = Arc::new(AtomicBool::new(true));
    let (still, home) = (Arc::clone(&storming), home.to_owned());
    let before = table.load().generation();
    let storm = tokio::spawn(async move {
        let mut change = 0;
        while still.load(Ordering::Relaxed) {
            change += 1;
            replace(menu, &home, change * 31 % files, 2000 + change);
            let published = async {
                loop {
                    match events.recv().await.as_deref() {
                        Ok(DomainEvent::ConfigLoaded {
                            published: true, ..
                        }) => return,
                        _ => continue,
                    }
                }
            };
            // A publication that was missed among the calls is made up for by the next change.
            let _ = tokio::time::timeout(Duration::from_secs(1), published).await;
        }
    });
    let mut stormy = webhooks(address, files).await;
    storming.store(false, Ordering::Relaxed);
    storm.await.expect("the storm ends");
    let reloads = table.load().generation() - before;
    let (calm, storm) = (percentile(&mut idle, 99), percentile(&mut stormy, 99));
    row("webhook p99, idle", &ms(calm), "");
    row(
        &format!("webhook p99, {reloads} reloads in {} s", LASTS.as_secs()),
        &ms(storm),
        "2x of idle",
    );
    let ratio = storm.as_secs_f64() / calm.as_secs_f64();
    row("  ratio", &format!("{ratio:.2}"), "2");
    let _ = stop.send(());
    server.await.expect("joined").expect("served");
}

/// Waits until greetings are rendered and nothing is left to do, for five minutes at the longest.
async fn quiet() {
    let begun = Instant::now();
    loop {
        let before = cpu();
        tokio::time::sleep(Duration::from_secs(1)).await;
        if cpu() - before < Duration::from_millis(50) || begun.elapsed().as_secs() > 300 {
            return;
        }
    }
}

/// Rings on schedule; how long each answer took from the moment it was due.
async fn webhooks(address: std::net::SocketAddr, files: u32) -> Vec<Duration> {
    let each = LASTS.as_secs() as u32 * RATE / CONNECTIONS;
    let ringing: Vec<_> = (0..CONNECTIONS)
        .map(|_| tokio::spawn(ring(address, each, files)))
        .collect();
    let mut delays = Vec::new();
    for connection in ringing {
        delays.extend(connection.await.expect("every webhook was answered"));
    }
    delays
}

async fn ring(address: std::net::SocketAddr, count: u32, files: u32) -> Vec<Duration> {
    let mut socket = TcpStream::connect(address).await.expect("connected");
    socket.set_nodelay(true).expect("a socket option");
    let offset = Duration::from_micros(rand::random_range(0..20_000));
    let mut schedule = tokio::time::interval_at(
        tokio::time::Instant::now() + offset,
        Duration::from_secs(1) * CONNECTIONS / RATE,
    );
    let mut delays = Vec::new();
    let mut answer = Vec::new();
    for _ in 0..count {
        let request = request(address, rand::random_range(0..files));
        let due = schedule.tick().await;
        socket.write_all(&request).await.expect("sent");
        answer.clear();
        while !is_whole(&answer) {
            let read = socket.read_buf(&mut answer).await.expect("received");
            assert!(read > 0, "the server closed a kept connection");
        }
        delays.push(due.elapsed());
        let taken = answer.windows(7).any(|part| part == b"<Stream");
        assert!(taken, "{}", String::from_utf8_lossy(&answer));
    }
    delays
}

fn request(address: std::net::SocketAddr, n: u32) -> Vec<u8> {
    let form: Vec<(String, String)> = [
        ("CallSid", new_sid(SidKind::Call)),
        ("AccountSid", new_sid(SidKind::Account)),
        (
            "From",
            format!("+1416{:07}", rand::random_range(2_000_000..10_000_000)),
        ),
        ("To", number(n)),
        ("CallStatus", "ringing".to_owned()),
        ("Direction", "inbound".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into();
    let body = write_pairs(&form);
    let length = body.len();
    format!(
        "POST /voice HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/x-www-form-urlencoded\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// Is this a whole response? The server tells its length.
fn is_whole(answer: &[u8]) -> bool {
    let Some(head) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
        return false;
    };
    let told = String::from_utf8_lossy(&answer[..head]).to_lowercase();
    let length = told
        .lines()
        .find_map(|line| line.strip_prefix("content-length: "));
    let length = length.and_then(|length| length.parse().ok()).unwrap_or(0);
    answer.len() >= head + 4 + length
}
