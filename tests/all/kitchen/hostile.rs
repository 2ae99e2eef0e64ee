//! Receivers that mean harm or are broken: each is given an order of its own, and what became of it is told. An order of another
//! restaurant, placed behind all of them, arrives while those that hang still hang.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::time::Duration;

use maitred::order::{Order, OrderDetails, OrderLine, OrderState, PlacedOrder};
use maitred::record::{CallRecord, Engines};
use maitred::restaurant::{
    Currency, Digest, Money, OrderChannel, PaperWidth, Recipient, RestaurantId,
};
use maitred::store::Placement;
use serde_json::Value;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use super::till::Till;
use super::{SECRET, bistro};
use crate::harness::{NEVER, ServerSetup, TestServer};

/// What a receiver does once a request is there.
#[derive(Clone, Debug)]
enum Does {
    /// Says this and hangs up.
    Says(Vec<u8>),
    /// Says this, then the other again and again, until nobody listens.
    Repeats(Vec<u8>, Vec<u8>),
    /// Says this, then a byte now and then.
    Drips(Vec<u8>),
    /// Says this and waits for ever.
    Hangs(Vec<u8>),
}

/// A receiver, what it does, and what must become of the order: its state and a part of the error.
struct Case {
    name: &'static str,
    does: Does,
    state: &'static str,
    error: &'static str,
}

fn case(name: &'static str, does: Does, state: &'static str, error: &'static str) -> Case {
    Case {
        name,
        does,
        state,
        error,
    }
}

fn says(text: &str) -> Does {
    Does::Says(text.as_bytes().to_vec())
}

fn redirect(status: &str, to: &str) -> Does {
    says(&format!(
        "HTTP/1.1 {status}\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n"
    ))
}

fn ok(more: &str, body: &str) -> Does {
    let length = body.len();
    says(&format!(
        "HTTP/1.1 200 OK\r\n{more}Content-Length: {length}\r\n\r\n{body}"
    ))
}

/// Webhooks. `inside` is an address of this machine that nobody may be led to.
fn webhooks(inside: SocketAddr) -> Vec<Case> {
    let inside = format!("http://{inside}/");
    let bytes = |text: &str| text.as_bytes().to_vec();
    let head = "HTTP/1.1 200 OK\r\n";
    let chunked = format!("{head}Transfer-Encoding: chunked\r\n\r\n");
    let nested = "[".repeat(8_000) + &"]".repeat(8_000);
    let padded = format!("{{\"accepted\": true, \"x\": \"{}\"}}", "x".repeat(20_000));
    let loud = format!(
        "{{\"accepted\": false, \"reason\": \"\\u001b[31m\\r\\nno{}\"}}",
        "o".repeat(9_000)
    );
    let many = "X: y\r\n".repeat(5_000);
    vec![
        case(
            "301 inside",
            redirect("301 Moved", &inside),
            "due",
            "it answered 301",
        ),
        case(
            "302 inside",
            redirect("302 Found", &inside),
            "due",
            "it answered 302",
        ),
        case(
            "303 inside",
            redirect("303 See Other", &inside),
            "due",
            "it answered 303",
        ),
        case(
            "307 inside",
            redirect("307 Temporary", &inside),
            "due",
            "it answered 307",
        ),
        case(
            "308 inside",
            redirect("308 Permanent", &inside),
            "due",
            "it answered 308",
        ),
        case(
            "to metadata",
            redirect("307 T", "http://169.254.169.254/latest/"),
            "due",
            "307",
        ),
        case(
            "to a file",
            redirect("302 F", "file:///etc/passwd"),
            "due",
            "302",
        ),
        case(
            "head without end",
            Does::Repeats(bytes(head), vec![b'y'; 16_384]),
            "due",
            "cannot be reached",
        ),
        case(
            "headers without end",
            Does::Repeats(bytes(head), bytes(&many)),
            "due",
            "cannot be reached",
        ),
        case(
            "too many headers",
            says(&format!("{head}{many}\r\n")),
            "due",
            "cannot be reached",
        ),
        case(
            "head that drips",
            Does::Drips(bytes("HTTP/1.1 200 OK\r\nX: ")),
            "due",
            "did not answer",
        ),
        case(
            "no answer",
            Does::Hangs(Vec::new()),
            "due",
            "did not answer",
        ),
        case(
            "100 without end",
            Does::Repeats(Vec::new(), bytes("HTTP/1.1 100 Continue\r\n\r\n")),
            "due",
            "",
        ),
        case("cut at once", says(""), "due", "cannot be reached"),
        case(
            "cut in the head",
            says("HTTP/1.1 200"),
            "due",
            "cannot be reached",
        ),
        case(
            "SSH",
            says("SSH-2.0-OpenSSH_9.6\r\n"),
            "due",
            "cannot be reached",
        ),
        case(
            "TLS",
            Does::Says(vec![0x15, 3, 3, 0, 2, 2, 40]),
            "due",
            "cannot be reached",
        ),
        case(
            "zeros",
            Does::Repeats(Vec::new(), vec![0; 4_096]),
            "due",
            "cannot be reached",
        ),
        case(
            "no number",
            says("HTTP/1.1 OK\r\n\r\n"),
            "due",
            "cannot be reached",
        ),
        case(
            "status 999",
            says("HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n"),
            "due",
            "it answered 999",
        ),
        case(
            "gone",
            says("HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"),
            "failed",
            "it answered 410",
        ),
        case(
            "wait for ever",
            says("HTTP/1.1 503 B\r\nRetry-After: 99999999999\r\nContent-Length: 0\r\n\r\n"),
            "due",
            "it answered 503",
        ),
        case(
            "wait backwards",
            says("HTTP/1.1 503 B\r\nRetry-After: -5\r\nContent-Length: 0\r\n\r\n"),
            "due",
            "it answered 503",
        ),
        case(
            "wait for words",
            says("HTTP/1.1 429 B\r\nRetry-After: soon\r\nContent-Length: 0\r\n\r\n"),
            "due",
            "it answered 429",
        ),
        // What was taken is taken, whatever is said behind it.
        case(
            "body without end",
            Does::Repeats(bytes(&chunked), bytes("5\r\nagain\r\n")),
            "sent",
            "",
        ),
        case(
            "10 GB",
            Does::Repeats(
                bytes("HTTP/1.1 200 OK\r\nContent-Length: 10737418240\r\n\r\n"),
                vec![b'x'; 65_536],
            ),
            "sent",
            "",
        ),
        case(
            "body that drips",
            Does::Drips(bytes("HTTP/1.1 200 OK\r\nContent-Length: 9999\r\n\r\n")),
            "sent",
            "",
        ),
        case(
            "broken chunks",
            says(&format!("{chunked}zz\r\nno\r\n")),
            "sent",
            "",
        ),
        case("nested", ok("", &nested), "sent", ""),
        case("an answer too long", ok("", &padded), "sent", ""),
        case(
            "packed",
            ok("Content-Encoding: gzip\r\n", "not gzip"),
            "sent",
            "",
        ),
        case(
            "cookies",
            ok(&"Set-Cookie: a=b\r\n".repeat(50), ""),
            "sent",
            "",
        ),
        case("a loud no", ok("", &loud), "sent", ""),
    ]
}

/// Printers. One that says nothing is believed to have printed: many never say anything.
fn printers() -> Vec<Case> {
    vec![
        case("says nothing", Does::Hangs(Vec::new()), "sent", ""),
        case("cut", says(""), "due", ""),
        case("is ill", Does::Hangs(vec![0x72]), "due", ""),
        case(
            "letters",
            Does::Repeats(Vec::new(), b"HTTP/1.1 200 OK".to_vec()),
            "sent",
            "",
        ),
    ]
}

/// Opens a receiver; `told` hears of each request, and of each connection that it holds no more.
async fn open(does: Does, told: mpsc::UnboundedSender<&'static str>) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let (does, told) = (does.clone(), told.clone());
            tokio::spawn(async move {
                let _ = told.send("came");
                receive(stream, does).await;
                let _ = told.send("left");
            });
        }
    });
    address
}

async fn receive(mut stream: TcpStream, does: Does) {
    let mut some = [0; 4_096];
    let Ok(1..) = stream.read(&mut some).await else {
        return;
    };
    let (first, then) = match does {
        Does::Says(all) => {
            let _ = stream.write_all(&all).await;
            return;
        }
        Does::Repeats(first, more) => (first, Some((more, Duration::ZERO))),
        Does::Drips(first) => (first, Some((b"x".to_vec(), Duration::from_millis(200)))),
        Does::Hangs(first) => (first, None),
    };
    if stream.write_all(&first).await.is_err() {
        return;
    }
    match then {
        Some((more, pause)) => {
            while stream.write_all(&more).await.is_ok() {
                tokio::time::sleep(pause).await;
            }
        }
        // Until the other side goes.
        None => while let Ok(1..) = stream.read(&mut some).await {},
    }
}

pub fn placement(restaurant: &str, nth: usize, to: Recipient, at: jiff::Timestamp) -> Placement {
    let price = Money::from_minor(250);
    let call_sid = format!("CA{nth:032x}");
    Placement {
        call_sid: call_sid.clone(),
        state: OrderState::Placed,
        generation: 1,
        digest: Digest::of(b"file"),
        order: Order {
            restaurant: RestaurantId::parse(restaurant).unwrap(),
            currency: Currency::USD,
            lines: vec![OrderLine {
                item: "tea".into(),
                name: "Tea".into(),
                quantity: 1,
                price,
                choices: Vec::new(),
                details: Default::default(),
            }],
            subtotal: price,
            tax: Money::ZERO,
            total: price,
            name: None,
            fulfilment: None,
            sequence: 1,
            details: OrderDetails::default(),
        },
        at,
        timezone: jiff::tz::TimeZone::UTC,
        channels: vec![OrderChannel {
            to,
            ack_seconds: None,
        }],
        record: CallRecord {
            account_sid: String::new(),
            sid: call_sid,
            restaurant: RestaurantId::parse(restaurant),
            from: "anonymous".into(),
            to: super::NUMBER.into(),
            started_at: at,
            ended_at: Some(at),
            ending: None,
            generation: 1,
            digest: None,
            engines: Engines::default(),
            take_over: None,
            test: false,
            message: None,
            transcript: Vec::new(),
            turns: Vec::new(),
        },
    }
}

pub fn webhook(address: SocketAddr) -> Recipient {
    Recipient::Webhook {
        url: format!("http://{address}/orders?token=hidden"),
        secret_env: SECRET.0.into(),
    }
}

/// Its clock stands still: after one failure a delivery waits for ever, so that one try is seen.
pub async fn quiet_server(environment: &[(&str, &str)]) -> TestServer {
    ServerSetup::new()
        .files(&[("bistro.yaml", bistro("").replace("orders:\n\n", ""))])
        .flags(&["--dev", "--deliver-allow=127.0.0.1", "--deliver-retry=5s"])
        .environment(&[SECRET])
        .environment(environment)
        .at("2026-11-30T17:00:00Z")
        .start()
        .await
}

/// Waits until every one of these orders was tried once, or more; by id.
async fn tried(server: &TestServer, orders: &[PlacedOrder]) -> BTreeMap<String, Value> {
    let mut again = tokio::time::interval(Duration::from_millis(100));
    let mut last = Vec::new();
    let ids: Vec<String> = orders.iter().map(|order| order.id.to_string()).collect();
    let all = tokio::time::timeout(NEVER, async {
        loop {
            again.tick().await;
            let listed = server.json("/api/orders?limit=1000").await;
            last = listed.as_array().unwrap().clone();
            let over = |id: &String| {
                let order = last.iter().find(|order| order["id"] == **id);
                order.is_some_and(|order| order["deliveries"][0]["tries"] != 0)
            };
            if ids.iter().all(over) {
                return;
            }
        }
    });
    assert!(all.await.is_ok(), "not tried: {last:#?}");
    let by_id = |order: &Value| (order["id"].as_str().unwrap().to_owned(), order.clone());
    last.iter().map(by_id).collect()
}

/// What is wrong with what became of an order.
fn fault(case: &Case, order: &Value, now: jiff::Timestamp) -> Option<String> {
    let delivery = &order["deliveries"][0];
    let error = delivery["error"].as_str().unwrap_or_default();
    // At most an hour is waited, whatever is asked for.
    let wait = delivery["next_at"].as_str().map(|next| {
        let next: jiff::Timestamp = next.parse().unwrap();
        next.duration_since(now).as_secs()
    });
    let believed = match case.name {
        "a loud no" => {
            let reason = order["history"][1]["reason"].as_str().unwrap_or_default();
            let printable = !reason.chars().any(char::is_control);
            order["state"] == "refused" && printable && reason.chars().count() <= 220
        }
        _ => order["state"] != "accepted",
    };
    let right = delivery["state"] == case.state
        && error.contains(case.error)
        && error.is_empty() == (case.state == "sent")
        && !order.to_string().contains("hidden")
        && wait.is_none_or(|wait| (0..=3_600).contains(&wait))
        && believed;
    (!right).then(|| format!("{}: {order}", case.name))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_receiver_leads_anywhere_holds_others_up_or_is_believed_more_than_it_may_say() {
    let (inside_told, mut inside_heard) = mpsc::unbounded_channel();
    let inside = open(Does::Hangs(Vec::new()), inside_told).await;
    let server = quiet_server(&[]).await;
    let now: jiff::Timestamp = "2026-11-30T17:00:00Z".parse().unwrap();
    let (told, mut heard) = mpsc::unbounded_channel();
    let mut cases = Vec::new();
    let of = |cases: Vec<Case>, printer: bool| cases.into_iter().map(move |case| (case, printer));
    for (nth, (case, printer)) in of(webhooks(inside), false)
        .chain(of(printers(), true))
        .enumerate()
    {
        let address = open(case.does.clone(), told.clone()).await;
        let to = match printer {
            false => webhook(address),
            true => Recipient::Printer {
                host: address.ip().to_string(),
                port: address.port(),
                width: PaperWidth::Mm80,
            },
        };
        let restaurant = format!("r{nth}");
        let placement = placement(&restaurant, nth, to, now);
        let placed = server.store.place(&placement).await.unwrap();
        cases.push((case, placed));
    }
    // All of them have been reached, and those that hang hang.
    for _ in 0..cases.len() {
        while heard.recv().await != Some("came") {}
    }
    let mut till = Till::friendly().await;
    let last = placement("victim", 1_000, webhook(till.address), now);
    server.store.place(&last).await.unwrap();
    till.came(1).await;
    let orders: Vec<PlacedOrder> = cases.iter().map(|(_, order)| order.clone()).collect();
    let listed = server.json("/api/orders?limit=1000").await;
    let hanging = listed.as_array().unwrap().iter();
    let untried = hanging.filter(|order| order["deliveries"][0]["tries"] == 0);
    assert!(
        untried.count() >= 3,
        "none of those that hang hung any more"
    );

    let found = tried(&server, &orders).await;
    let mut faults = Vec::new();
    for (case, order) in &cases {
        let order = &found[&order.id.to_string()];
        faults.extend(fault(case, order, now));
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    println!("KITCHEN {} hostile receivers", cases.len());
    assert!(cases.len() >= 37, "{}", cases.len());
    assert!(inside_heard.try_recv().is_err(), "somebody was led inside");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_mail_server_that_is_silent_cut_or_mad_keeps_its_mail_and_nothing_else() {
    let behaviours: [(&str, Vec<u8>, bool); 6] = [
        ("says nothing", Vec::new(), true),
        ("hangs in its greeting", b"220 mail".to_vec(), true),
        (
            "no greeting",
            b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec(),
            false,
        ),
        ("busy", b"421 4.7.0 later\r\n".to_vec(), false),
        ("a line without end", vec![b'2'; 100_000], true),
        ("cut", b"22".to_vec(), false),
    ];
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let count = behaviours.len();
    tokio::spawn(async move {
        let mut kept = Vec::new();
        for (_, said, stays) in behaviours.into_iter().cycle() {
            let Ok((mut stream, _)) = listener.accept().await else {
                return;
            };
            let _ = stream.write_all(&said).await;
            if stays {
                kept.push(stream);
            }
        }
    });
    let url = format!("smtp://{address}?from=orders@maitred.example");
    let server = quiet_server(&[("MAITRED_SMTP_URL", &url)]).await;
    let now: jiff::Timestamp = "2026-11-30T17:00:00Z".parse().unwrap();
    let mut orders = Vec::new();
    for nth in 0..count {
        let to = Recipient::Email {
            to: "kitchen@bistro.example".into(),
        };
        let placement = placement(&format!("m{nth}"), nth, to, now);
        orders.push(server.store.place(&placement).await.unwrap());
    }
    let mut till = Till::friendly().await;
    let last = placement("victim", 1_000, webhook(till.address), now);
    server.store.place(&last).await.unwrap();
    till.came(1).await;
    let found = tried(&server, &orders).await;
    for order in &orders {
        let delivery = &found[&order.id.to_string()]["deliveries"][0];
        assert_eq!(delivery["state"], "due", "{delivery:#}");
        let error = delivery["error"].as_str().unwrap();
        assert!(error.starts_with("the mail server"), "{error}");
    }
}
