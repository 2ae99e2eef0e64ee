//! Twenty reloads while the telephone never stops ringing: 350 webhooks a second on connections that are kept, and twenty
//! calls on the line from before the first reload to after the last, with four more that begin in between. Paced by a schedule, judged by counts.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use maitred::cli::call::new_sid;
use maitred::record::Ending;
use maitred::restaurant::Digest;
use maitred::twilio::sid::SidKind;
use maitred::twilio::webhook_form::write_pairs;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use tokio::sync::watch;

use super::digest;
use crate::harness::WatchedServer;
use crate::scripted_caller::LiveCall;

const RELOADS: u32 = 20;
const SOCKETS: u32 = 20;
/// Webhooks a second, over all connections.
const RATE: u32 = 350;
const CONNECTIONS: u32 = 10;
/// Webhooks answered between a publication and the next change, at the least.
const BETWEEN: u32 = 100;
const NUMBER: &str = "+12125550160";

/// The file's `n`th version: another name, another price.
fn version(n: u32) -> String {
    format!(
        "id: bella\nname: Door {n}\nphone_number: \"{NUMBER}\"\ngreeting: \"{{name}}.\"\nlimits: {{calls: 100, items: 500}}\n\
         menu: [{{id: tea, name: Tea, price: {}}}]\n",
        price(n)
    )
}

fn price(n: u32) -> String {
    format!("{}.{:02}", cents(n) / 100, cents(n) % 100)
}

fn cents(n: u32) -> u32 {
    250 + 5 * n
}

/// What one webhook promised its caller.
struct Promise {
    generation: u64,
    digest: String,
}

/// Rings on one connection, on schedule, until it is enough; a failure of any kind ends the test.
async fn ring(
    address: String,
    answered: watch::Sender<u32>,
    enough: Arc<AtomicBool>,
) -> Vec<Promise> {
    let mut socket = TcpStream::connect(&address).await.unwrap();
    socket.set_nodelay(true).unwrap();
    let mut schedule = tokio::time::interval(Duration::from_secs(1) * CONNECTIONS / RATE);
    let mut promises = Vec::new();
    let mut answer = Vec::new();
    while !enough.load(Ordering::Relaxed) {
        schedule.tick().await;
        socket.write_all(&request(&address)).await.unwrap();
        answer.clear();
        while !is_whole(&answer) {
            let read = socket.read_buf(&mut answer).await.unwrap();
            assert!(read > 0, "the server closed a kept connection");
        }
        let text = String::from_utf8_lossy(&answer);
        assert!(text.starts_with("HTTP/1.1 200 "), "{text}");
        let token = text.split_once("name=\"token\" value=\"");
        let token = token.unwrap_or_else(|| panic!("not taken: {text}")).1;
        let mut parts = token.split('.').skip(2);
        promises.push(Promise {
            generation: parts.next().unwrap().parse().unwrap(),
            digest: parts.next().unwrap().to_owned(),
        });
        answered.send_modify(|count| *count += 1);
    }
    promises
}

fn request(address: &str) -> Vec<u8> {
    let form: Vec<(String, String)> = [
        ("CallSid", new_sid(SidKind::Call)),
        ("AccountSid", new_sid(SidKind::Account)),
        (
            "From",
            format!("+1416{:07}", rand::random_range(2_000_000..10_000_000)),
        ),
        ("To", NUMBER.to_owned()),
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
    answer.len() >= head + 4 + length.unwrap().parse::<usize>().unwrap()
}

/// A call that was greeted as version `n` and has ordered two teas.
async fn begin(webhook: &str, n: u32) -> (u32, LiveCall) {
    let mut call = LiveCall::place(webhook, NUMBER);
    call.hears(&format!("Door {n}.")).await;
    call.say("two teas");
    call.hears("Two Teas. Anything else?").await;
    (n, call)
}

/// Orders one tea after another until it is enough, then ends the call; answers its id.
async fn go_on(n: u32, mut call: LiveCall, enough: Arc<AtomicBool>) -> (u32, String) {
    while !enough.load(Ordering::Relaxed) {
        call.say("a tea please");
        call.hears("Anything else?").await;
    }
    call.say("that's all");
    call.hears("Is that right?").await;
    call.say("yes");
    call.hears("Your order is in.").await;
    let sid = call.sid.clone();
    let report = call.over().await;
    assert_eq!(
        report.closes.len(),
        1,
        "one socket from greeting to goodbye"
    );
    (n, sid)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn twenty_reloads_under_load_fail_no_webhook_drop_no_socket_and_mix_no_menu() {
    let mut server = WatchedServer::open(&[("bella.yaml", &version(0))]).await;
    let mut versions = BTreeMap::from([(server.known_generation, digest(&version(0)))]);
    let before = (0..SOCKETS).map(|_| begin(&server.webhook, 0));
    let before = futures_util::future::join_all(before).await;

    let enough = Arc::new(AtomicBool::new(false));
    let hold = |(n, call)| tokio::spawn(go_on(n, call, Arc::clone(&enough)));
    let mut calls: Vec<_> = before.into_iter().map(hold).collect();
    let (answered, mut told) = watch::channel(0);
    let address = server.webhook.trim_start_matches("http://");
    let address = address.trim_end_matches("/voice").to_owned();
    let ringing: Vec<_> = (0..CONNECTIONS)
        .map(|_| ring(address.clone(), answered.clone(), Arc::clone(&enough)))
        .map(tokio::spawn)
        .collect();
    // The last who rings takes it along: when all have failed, the waits below end too.
    drop(answered);
    for n in 1..=RELOADS {
        // So many rang since the last change, and more will ring while this one is made.
        let rung = *told.borrow() + BETWEEN;
        told.wait_for(|count| *count >= rung).await.unwrap();
        server.replace("bella.yaml", &version(n));
        server.newer().await;
        versions.insert(server.known_generation, digest(&version(n)));
        // Every fifth version takes a call of its own, greeted before the next change.
        if n % 5 == 0 {
            calls.push(hold(begin(&server.webhook, n).await));
        }
    }
    let rung = *told.borrow() + BETWEEN;
    told.wait_for(|count| *count >= rung).await.unwrap();
    enough.store(true, Ordering::Relaxed);
    let mut promises: BTreeMap<u64, usize> = BTreeMap::new();
    let mut count = 0;
    for connection in ringing {
        let mut newest = 0;
        for promise in connection.await.unwrap() {
            count += 1;
            *promises.entry(promise.generation).or_default() += 1;
            let of = versions.get(&promise.generation).map(Digest::as_str);
            assert_eq!(of, Some(promise.digest.as_str()), "a menu of two versions");
            assert!(promise.generation >= newest, "an older table came back");
            newest = promise.generation;
        }
    }
    assert_eq!(count, *told.borrow(), "every one was answered");
    assert!(
        count >= (RELOADS + 1) * BETWEEN,
        "{count} webhooks are no load"
    );
    assert_eq!(promises.len() as u32, RELOADS + 1, "{promises:?}");
    assert_eq!(versions.len() as u32, RELOADS + 1);

    assert!(calls.len() as u32 > SOCKETS);
    for call in calls {
        let (n, sid) = call.await.unwrap();
        let (record, order) = server.stored(&sid).await;
        assert_eq!(record.ending, Some(Ending::Confirmed));
        assert_eq!(record.generation, order.generation);
        assert_eq!(record.digest.as_ref(), Some(&order.digest));
        assert_eq!(versions.get(&order.generation), Some(&order.digest));
        assert_eq!(order.digest, digest(&version(n)));
        let lines = &order.order.lines;
        let teas: u32 = lines.iter().map(|line| line.quantity).sum();
        assert!(teas > 2, "it went on ordering: {lines:?}");
        assert_eq!(
            order.order.total.minor(),
            i64::from(teas * cents(n)),
            "{lines:?}"
        );
    }
    println!("{count} webhooks by generation: {promises:?}");
}
