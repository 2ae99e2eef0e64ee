//! A file that changes while people are on the line: the next call has the new one, the call in progress keeps its own.
//!
//! Real sockets, the product's own watch on a folder of the test's own, scripted engines.

mod under_load;

use maitred::record::Ending;
use maitred::restaurant::Digest;

use crate::harness::WatchedServer;
use crate::scripted_caller::{LiveCall, heard};

/// What the server calls a version of a file.
fn digest(text: &str) -> Digest {
    Digest::of(text.as_bytes())
}

const FILE: &str = "bella.yaml";
const BELLA: &str = "+12125550160";
const NEIGHBOUR: &str = "+12125550161";

/// As it is when the server starts.
const BEFORE: &str = r#"
id: bella
name: The Old Door
phone_number: "+12125550160"
greeting: "{name}."
menu: [{id: tea, name: Tea, price: 2.50}]
"#;
const OTHER: &str = r#"
id: neighbour
name: The Neighbour
phone_number: "+12125550161"
greeting: "{name}."
menu: [{id: tea, name: Tea, price: 7}]
"#;

/// What one caller says and hears, from greeting to total.
struct Talk {
    greeting: &'static str,
    /// After "two teas", which both callers order; a caller asks and is answered.
    more: &'static [(&'static str, &'static str)],
    total: &'static str,
    /// Items of the stored order.
    items: &'static [&'static str],
}

const AS_BEFORE: Talk = Talk {
    greeting: "The Old Door.",
    more: &[],
    total: "5.00",
    items: &["tea"],
};

async fn open() -> WatchedServer {
    WatchedServer::open(&[(FILE, BEFORE), ("neighbour.yaml", OTHER)]).await
}

/// A call that has begun: greeted, two teas ordered.
async fn begin(server: &WatchedServer, talk: &Talk) -> LiveCall {
    let mut call = LiveCall::place(&server.webhook, BELLA);
    call.hears(talk.greeting).await;
    call.say("two teas");
    call.hears("Two Teas. Anything else?").await;
    call
}

/// The rest of it, and what was stored: exactly what `talk` and the version of the file say.
async fn finish(
    mut call: LiveCall,
    server: &WatchedServer,
    talk: &Talk,
    generation: u64,
    file: &str,
) {
    for (ask, answer) in talk.more {
        call.say(ask);
        call.hears(answer).await;
    }
    call.say("that's all");
    call.hears(&format!("The total is ${}. Is that right?", talk.total))
        .await;
    call.say("yes");
    call.hears("Your order is in.").await;
    let sid = call.sid.clone();
    let report = call.over().await;
    let heard = heard(&report);
    assert_eq!(report.closes.len(), 1, "one socket held all along: {heard}");
    assert!(heard.ends_with("Goodbye."), "{heard}");

    let (record, placed) = server.stored(&sid).await;
    assert_eq!(record.ending, Some(Ending::Confirmed), "{heard}");
    assert_eq!(record.generation, generation, "{heard}");
    assert_eq!(record.digest, Some(digest(file)), "{heard}");
    assert_eq!(placed.generation, generation, "{heard}");
    assert_eq!(placed.digest, digest(file), "{heard}");
    let total = placed.order.total.display(placed.order.currency);
    assert_eq!(total, format!("${}", talk.total), "{heard}");
    let items = placed.order.lines.iter().map(|line| line.item.as_str());
    assert_eq!(items.collect::<Vec<_>>(), talk.items, "{heard}");
}

/// One call begins; the file becomes `after`; the call goes on as before, and the next one is `next`.
async fn changed(after: &str, in_progress: Talk, next: Talk) {
    let mut server = open().await;
    let first = server.known_generation;
    let call = begin(&server, &in_progress).await;
    server.replace(FILE, after);
    server.published().await;
    let then = server.known_generation;
    let next_call = async {
        let call = begin(&server, &next).await;
        finish(call, &server, &next, then, after).await;
    };
    let rest = finish(call, &server, &in_progress, first, BEFORE);
    tokio::join!(rest, next_call);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_price_item_or_name_holds_from_the_next_call_on() {
    let dearer = Talk {
        total: "6.00",
        ..AS_BEFORE
    };
    let price = BEFORE.replace("2.50", "3.00");
    let without_cake = Talk {
        more: &[("a carrot cake please", "we don't have carrot cake")],
        ..AS_BEFORE
    };
    let with_cake = Talk {
        more: &[("a carrot cake please", "One Carrot Cake. Anything else?")],
        total: "9.00",
        items: &["tea", "cake"],
        ..AS_BEFORE
    };
    let item = BEFORE.replace("2.50}", "2.50}, {id: cake, name: Carrot Cake, price: 4.00}");
    let renamed = Talk {
        greeting: "The New Door.",
        ..AS_BEFORE
    };
    let name = BEFORE.replace("Old", "New");
    tokio::join!(
        changed(&price, AS_BEFORE, dearer),
        changed(&item, without_cake, with_cake),
        changed(&name, AS_BEFORE, renamed),
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_file_ends_no_call_and_takes_none() {
    let mut server = open().await;
    let first = server.known_generation;
    let call = begin(&server, &AS_BEFORE).await;
    server.delete(FILE);
    server.published().await;
    let next = LiveCall::place(&server.webhook, BELLA).over();
    let neighbour = async {
        let mut call = LiveCall::place(&server.webhook, NEIGHBOUR);
        call.hears("The Neighbour.").await;
    };
    let rest = finish(call, &server, &AS_BEFORE, first, BEFORE);
    let (_, next, _) = tokio::join!(rest, next, neighbour);
    let said: Vec<&str> = next.twilio_said().collect();
    assert_eq!(said.len(), 1, "{said:?}");
    assert!(said[0].contains("this number is not available"), "{said:?}");
    assert!(next.closes.is_empty(), "no socket was opened");
}

/// A broken file, and a later one that is good again.
async fn broken(text: &str, code: &str) {
    let mut server = open().await;
    let first = server.known_generation;
    let call = begin(&server, &AS_BEFORE).await;
    server.replace(FILE, text);
    assert_eq!(server.fault().await, code);
    let next_call = async {
        let call = begin(&server, &AS_BEFORE).await;
        finish(call, &server, &AS_BEFORE, first, BEFORE).await;
    };
    let rest = finish(call, &server, &AS_BEFORE, first, BEFORE);
    tokio::join!(rest, next_call);
    let row = server.row(FILE).await;
    assert_eq!(row["status"], "stale", "{row}");
    assert_eq!(row["digest"], digest(BEFORE).as_str(), "{row}");
    assert_eq!(row["problems"][0]["code"], code, "{row}");
    server.replace(FILE, &BEFORE.replace("Old", "New"));
    server.published().await;
    let row = server.row(FILE).await;
    assert_eq!(row["status"], "active", "{row}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_broken_file_keeps_the_old_menu() {
    let against_the_schema = BEFORE.replace("2.50", "cheap");
    tokio::join!(
        broken("id: bella\nmenu: [{id: tea\n", "E_YAML"),
        broken(&against_the_schema, "E_SCHEMA"),
    );
}
