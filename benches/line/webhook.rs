//! Signed `POST /voice` over connections that are kept, beside an actix-web handler that only answers "ok".

use std::sync::Arc;
use std::time::Instant;

use actix_web::{App, HttpServer, web};
use maitred::cli::call::new_sid;
use maitred::twilio::sid::SidKind;
use maitred::twilio::signature::sign;
use maitred::twilio::webhook_form::write_pairs;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

use crate::line::{CAFE, Line};

/// Connections, each with one request on its way.
const CONNECTIONS: usize = 8;
/// Requests of one round on one connection.
const REQUESTS: usize = 1500;
/// Rounds of each server, taken in turn so that a noisy moment meets both.
const ROUNDS: usize = 5;
pub const PUBLIC: &str = "https://voice.example.com";
pub const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// Prints requests a second of both, and their ratio.
pub async fn print() {
    let line = Line::signed(PUBLIC, TOKEN).await;
    let bare = HttpServer::new(|| App::new().route("/voice", web::post().to(ok)))
        .workers(std::thread::available_parallelism().map_or(2, usize::from))
        .disable_signals()
        .bind(("127.0.0.1", 0))
        .expect("a free port");
    let bare_at = bare.addrs()[0].to_string();
    let bare = bare.run();
    let stop = bare.handle();
    tokio::spawn(bare);
    let ours_at = line.base.trim_start_matches("http://").to_owned();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        ours.push(rate(&ours_at, "<Stream").await);
        theirs.push(rate(&bare_at, "ok").await);
    }
    stop.stop(true).await;
    let (ours, theirs) = (median(ours), median(theirs));
    println!(
        "\nwebhook, requests a second ({CONNECTIONS} kept connections, client on this machine too)"
    );
    println!("  signed POST /voice       {ours:>8.0}");
    println!("  bare handler             {theirs:>8.0}");
    println!("  ratio                    {:>8.2}", ours / theirs);
}

/// Takes the body: actix-web closes a connection on which one was left unread.
async fn ok(_body: web::Bytes) -> &'static str {
    "ok"
}

/// One round, as a rate and the number of requests.
pub async fn round(address: &str, expected: &'static str) -> (f64, usize) {
    (rate(address, expected).await, CONNECTIONS * REQUESTS)
}

/// Requests a second in one round; every answer must contain `expected`.
async fn rate(address: &str, expected: &'static str) -> f64 {
    let mut clients = Vec::new();
    for _ in 0..CONNECTIONS {
        let requests: Vec<Vec<u8>> = (0..REQUESTS).map(|_| request()).collect();
        let socket = TcpStream::connect(address).await.expect("connected");
        socket.set_nodelay(true).expect("a socket option");
        clients.push((socket, requests));
    }
    let expected: Arc<[u8]> = expected.as_bytes().into();
    let began = Instant::now();
    let asking: Vec<_> = clients
        .into_iter()
        .map(|(socket, requests)| tokio::spawn(ask_all(socket, requests, Arc::clone(&expected))))
        .collect();
    for client in asking {
        client.await.expect("every request was answered");
    }
    (CONNECTIONS * REQUESTS) as f64 / began.elapsed().as_secs_f64()
}

async fn ask_all(mut socket: TcpStream, requests: Vec<Vec<u8>>, expected: Arc<[u8]>) {
    let mut answer = Vec::with_capacity(4096);
    for request in requests {
        socket.write_all(&request).await.expect("sent");
        answer.clear();
        while !is_whole(&answer) {
            let read = socket.read_buf(&mut answer).await.expect("received");
            assert!(read > 0, "the server closed a kept connection");
        }
        assert!(
            answer
                .windows(expected.len())
                .any(|part| part == &*expected),
            "not the answer: {}",
            String::from_utf8_lossy(&answer)
        );
    }
}

/// Is this a whole response? Both servers send `content-length`.
fn is_whole(answer: &[u8]) -> bool {
    let Some(head) = answer.windows(4).position(|four| four == b"\r\n\r\n") else {
        return false;
    };
    let length = String::from_utf8_lossy(&answer[..head])
        .lines()
        .find_map(|line| {
            let (name, value) = line.split_once(':')?;
            name.eq_ignore_ascii_case("content-length")
                .then(|| value.trim().parse::<usize>().ok())?
        });
    answer.len() >= head + 4 + length.unwrap_or(0)
}

/// What Twilio posts when a call rings; a new call each time.
fn request() -> Vec<u8> {
    let call_sid = new_sid(SidKind::Call);
    let account_sid = format!("AC{}", "0".repeat(32));
    let form: Vec<(String, String)> = [
        ("AccountSid", account_sid.as_str()),
        ("ApiVersion", "2010-04-01"),
        ("CallSid", call_sid.as_str()),
        ("CallStatus", "ringing"),
        ("CallToken", &"x".repeat(400)),
        ("Called", CAFE),
        ("CalledCity", "SAN FRANCISCO"),
        ("CalledCountry", "US"),
        ("CalledState", "CA"),
        ("CalledZip", "94111"),
        ("Caller", "+14155550188"),
        ("CallerCity", "OAKLAND"),
        ("CallerCountry", "US"),
        ("CallerState", "CA"),
        ("CallerZip", "94607"),
        ("Direction", "inbound"),
        ("From", "+14155550188"),
        ("FromCity", "OAKLAND"),
        ("FromCountry", "US"),
        ("FromState", "CA"),
        ("FromZip", "94607"),
        ("To", CAFE),
        ("ToCity", "SAN FRANCISCO"),
        ("ToCountry", "US"),
        ("ToState", "CA"),
        ("ToZip", "94111"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .into();
    let signature = sign(TOKEN, &format!("{PUBLIC}/voice"), &form);
    let body = write_pairs(&form);
    let length = body.len();
    format!(
        "POST /voice HTTP/1.1\r\nHost: voice.example.com\r\nUser-Agent: TwilioProxy/1.1\r\n\
         Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\nX-Twilio-Signature: {signature}\r\n\
         Content-Length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

/// The middle one.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
