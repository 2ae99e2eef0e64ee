//! The real nginx in front, with the site file we ship and a certificate of our own: signed webhook, media socket and a
//! whole spoken call through TLS.

use maitred::cli::call::{Act, Cue, VoiceName, place, trust_only};
use maitred::record::Ending;
use maitred::store::OrderFilter;

use crate::harness::{SpokenServer, voice};
use crate::nginx_site::{Nginx, certificate, free_port};

const TOKEN: &str = "0123456789abcdef0123456789abcdef";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn spoken_call_through_nginx_and_tls_places_an_order() {
    let _alone = super::LINE.lock().await;
    let Some(()) = super::models() else { return };
    let folder = tempfile::tempdir().unwrap();
    let pem = certificate(folder.path());
    let (port, plain_port) = (free_port(), free_port());
    let public = format!("https://localhost:{port}");
    let server = SpokenServer::signed(&public, TOKEN).await;
    let _nginx = Nginx::start(folder, port, plain_port, &server.address.to_string());

    let restaurants = server.restaurants();
    let cafe = restaurants
        .iter()
        .find(|restaurant| restaurant.id.as_str() == "la-paloma")
        .unwrap();
    let mut caller = voice(VoiceName::Joe).await;
    let acts = [
        "A steak quesadilla and a flan, please.",
        "That's all.",
        "No thanks.",
        "Yes.",
    ];
    let acts = acts.map(|words| Act::Speak {
        cue: Cue::AgentDone,
        clip: caller.say(words).unwrap(),
    });
    let tls = trust_only(&pem).unwrap();
    let mut plan = server.plan(cafe, acts.to_vec());
    plan.webhook = format!("{public}/voice");
    plan.auth_token = Some(TOKEN.to_owned());
    plan.tls = Some(tls);
    let mut forged = plan.clone();
    let sid = plan.call_sid.clone();

    let report = place(plan).await.unwrap();
    let record = server.store.call(&sid).await.unwrap().unwrap();
    assert_eq!(
        record.ending,
        Some(Ending::Confirmed),
        "{:?}",
        record.transcript
    );
    assert!(report.complaints.is_empty(), "{:?}", report.complaints);
    assert!(
        report.twiml[0]
            .body
            .contains(&format!("wss://localhost:{port}/media")),
        "{}",
        report.twiml[0].body
    );
    let filter = OrderFilter {
        call_sid: Some(sid),
        ..OrderFilter::default()
    };
    let orders = server.store.orders(&filter).await.unwrap();
    let mut items: Vec<&str> = orders[0]
        .order
        .lines
        .iter()
        .map(|line| line.item.as_str())
        .collect();
    items.sort_unstable();
    assert_eq!(
        items,
        ["flan", "steak_quesadilla"],
        "{:?}",
        record.transcript
    );

    // A stranger's signature, and a door that is not Twilio's.
    forged.auth_token = Some("f".repeat(32));
    let report = place(forged.clone()).await.unwrap();
    assert_eq!(report.twiml[0].status, 403);
    forged.webhook = format!("{public}/api/orders");
    assert_eq!(place(forged).await.unwrap().twiml[0].status, 404);
}
