//! The real nginx in front, with the site file we ship and a certificate of our own: signed webhook, media socket and a
//! whole spoken call through TLS. How often an order is heard right is measured elsewhere; a caller who was misheard here
//! rings again, with every sentence spoken anew.

use maitred::cli::call::{Act, Cue, VoiceName, place, trust_only};
use maitred::record::Ending;

use crate::harness::{SpokenServer, voice};
use crate::nginx_site::{Nginx, certificate, free_port};

/// Calls at most: this caller's voice is drawn anew each time, and one word in a hundred is misheard.
const CALLS: usize = 3;

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
    let tls = trust_only(&pem).unwrap();
    let mut heard = false;
    let mut forged = None;
    for _ in 0..CALLS {
        let acts = acts.map(|words| Act::Speak {
            cue: Cue::AgentDone,
            clip: caller.say(words).unwrap(),
        });
        let mut plan = server.plan(cafe, acts.to_vec());
        plan.webhook = format!("{public}/voice");
        plan.auth_token = Some(TOKEN.to_owned());
        plan.tls = Some(tls.clone());
        let sid = plan.call_sid.clone();
        forged = Some(plan.clone());
        let report = place(plan).await.unwrap();
        assert!(report.complaints.is_empty(), "{:?}", report.complaints);
        assert!(
            report.twiml[0]
                .body
                .contains(&format!("wss://localhost:{port}/media")),
            "{}",
            report.twiml[0].body
        );
        let record = server.record(&sid).await;
        let orders = server.orders(&sid).await;
        let mut items: Vec<&str> = orders
            .iter()
            .flat_map(|placed| &placed.order.lines)
            .map(|line| line.item.as_str())
            .collect();
        items.sort_unstable();
        if record.ending == Some(Ending::Confirmed) && items == ["flan", "steak_quesadilla"] {
            heard = true;
            break;
        }
        println!("misheard: {:?} {:?}", record.ending, record.transcript);
    }
    assert!(heard, "misheard {CALLS} times");

    // A stranger's signature, and a door that is not Twilio's.
    let mut forged = forged.unwrap();
    forged.auth_token = Some("f".repeat(32));
    let report = place(forged.clone()).await.unwrap();
    assert_eq!(report.twiml[0].status, 403);
    forged.webhook = format!("{public}/api/orders");
    assert_eq!(place(forged).await.unwrap().twiml[0].status, 404);
}
