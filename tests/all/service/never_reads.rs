//! Peers of a media socket that take nothing of what is said to them.

use std::net::SocketAddr;
use std::time::Duration;

use futures_util::SinkExt as _;
use maitred::twilio::media_message::{Inbound, Start};
use maitred::twilio::webhook_form::write_pairs;
use tokio::io::AsyncWriteExt as _;
use tokio::net::{TcpSocket, TcpStream};
use tokio_tungstenite::WebSocketStream;
use tokio_tungstenite::tungstenite::Message;

use super::twilio::{ACCOUNT, call_sid, form, token_in, with};
use crate::harness::{BELLA, ServerProcess};
use crate::scripted_caller::LiveCall;

/// At once; the restaurant takes as many and one more.
const PEERS: u32 = 12;
/// What the kernel is asked to keep for a peer that does not read, bytes: the least it gives.
const RECEIVED: u32 = 2304;
/// A peer whose pings are not taken for so long has filled everything between the server and itself.
const FULL: Duration = Duration::from_secs(1);
/// More pings than any buffer holds: 6 MB.
const PINGS: u32 = 50_000;

type Peer = WebSocketStream<TcpStream>;

/// Rings as call `n`, connects, and says `start`. It is never read from afterwards.
async fn peer(server: SocketAddr, n: u32) -> Peer {
    let from = format!("+1415777{n:04}");
    let ringing = with(form(n, BELLA), &[("From", from.as_str())]);
    let answer = reqwest::Client::new()
        .post(format!("http://{server}/voice"))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .body(write_pairs(&ringing));
    let twiml = answer.send().await.unwrap().text().await.unwrap();
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(RECEIVED).unwrap();
    let stream = socket.connect(server).await.unwrap();
    let url = format!("ws://{server}/media");
    let (mut peer, _) = tokio_tungstenite::client_async(url, stream).await.unwrap();
    let start = Start {
        sequence: 1,
        stream_sid: format!("MZ{n:032x}"),
        account_sid: ACCOUNT.to_owned(),
        call_sid: call_sid(n),
        tracks: vec!["inbound".to_owned()],
        custom_parameters: [("token".to_owned(), token_in(&twiml))].into(),
        ..Start::default()
    };
    let start = Inbound::Start(start).to_json();
    peer.send(Message::text(start)).await.unwrap();
    peer
}

/// Asks to be answered until nothing more is taken: the server's answers have nowhere to go.
async fn fill(peer: &mut Peer) {
    let ping = Message::Ping(vec![0; 125].into());
    for _ in 0..PINGS {
        match tokio::time::timeout(FULL, peer.send(ping.clone())).await {
            Ok(Ok(())) => {}
            // Full, or given up already.
            Ok(Err(_)) | Err(_) => return,
        }
    }
}

/// Asks and asks on one connection, and reads no answer, until nothing more is taken.
async fn ask_without_reading(server: SocketAddr) -> TcpStream {
    let socket = TcpSocket::new_v4().unwrap();
    socket.set_recv_buffer_size(RECEIVED).unwrap();
    let mut stream = socket.connect(server).await.unwrap();
    let request = format!("GET /healthz HTTP/1.1\r\nHost: {server}\r\n\r\n").repeat(500);
    loop {
        match tokio::time::timeout(FULL, stream.write_all(request.as_bytes())).await {
            Ok(Ok(())) => {}
            Ok(Err(_)) | Err(_) => return stream,
        }
    }
}

async fn order(server: &ServerProcess) {
    let mut call = LiveCall::place(&server.webhook(), BELLA);
    call.hears("Hello there").await;
    call.say("a tea that's all");
    call.hears("Is that right?").await;
    call.say("yes");
    call.hears("Your order is in.").await;
    call.over().await;
}

/// Peers that never read, half of them filling every buffer; meanwhile somebody orders. Returns when all of it is over.
async fn round(server: &ServerProcess, number: u32) {
    let mut peers = Vec::new();
    for n in 0..PEERS {
        peers.push(peer(server.address, number * 100 + n).await);
    }
    let filling = peers.iter_mut().step_by(2).map(fill);
    let filling = futures_util::future::join_all(filling);
    tokio::join!(filling, order(server));
    // They hold on for as long as they are let.
    server.until_idle().await;
    drop(peers);
}

fn server() -> (tempfile::TempDir, ServerProcess) {
    let folder = tempfile::tempdir().unwrap();
    let restaurants = folder.path().join("restaurants.d");
    std::fs::create_dir(&restaurants).unwrap();
    let calls = PEERS + 1;
    let text = format!(
        "id: bella\nname: Bella\nphone_number: \"{BELLA}\"\ngreeting: \"Hello there.\"\nlimits: {{calls: {calls}}}\nmenu:\n  - {{id: tea, name: Tea, price: 2.50}}\n"
    );
    std::fs::write(restaurants.join("bella.yaml"), text).unwrap();
    let server = ServerProcess::start(folder.path());
    (folder, server)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_peer_that_never_reads_is_given_up_and_costs_no_other_call_anything() {
    let (_folder, server) = server();
    round(&server, 1).await;
    let before = server.memory_kib();
    round(&server, 2).await;
    let after = server.memory_kib();
    println!("NEVER READS {PEERS} peers: memory {before} KiB, then {after} KiB");
    assert!(
        after * 100 <= before * 110,
        "memory grew from {before} to {after} KiB"
    );
    // Both ways out were taken: what was not taken for 20 s ends the connection, a message that is not taken the call.
    let stalled = server.metrics("maitred_sockets_refused_total").await;
    let stalled = stalled.iter().find(|(name, _)| name.contains("stalled"));
    assert!(stalled.is_some(), "nobody stalled");
    for n in 0..PEERS {
        let call = server
            .json(&format!("/api/calls/{}", call_sid(100 + n)))
            .await;
        assert!(call["ending"].is_string(), "{call}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn requests_sent_one_behind_another_without_reading_an_answer_take_little_memory() {
    let (_folder, server) = server();
    order(&server).await;
    let before = server.memory_kib();
    let asking = (0..PEERS).map(|_| ask_without_reading(server.address));
    let asked = futures_util::future::join_all(asking).await;
    let after = server.memory_kib();
    let each = after.saturating_sub(before) / u64::from(PEERS);
    println!("NEVER READS {PEERS} connections full of requests: {each} KiB each");
    assert!(each < 5 * 1024, "{each} KiB for each connection");
    order(&server).await;
    drop(asked);
}
