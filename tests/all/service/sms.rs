//! `POST /sms`: who is listed is obeyed and answered, everybody else gets nothing at all.

use serde_json::json;

use super::twilio::{ACCOUNT, post_body, post_signed, with};
use crate::harness::{ADMIN, TOKEN, TestServer};

const OWNED: &str = "+15550100009";
const CHEF: &str = "+12125550199";
const OTHER: &str = "AC000000000000000000000000000000bb";
const OTHER_TOKEN: &str = "00112233445566778899aabbccddeeff";
const NOTHING: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Response/>\n";

async fn server() -> TestServer {
    let tokens = format!("{ACCOUNT}={TOKEN},{OTHER}={OTHER_TOKEN}");
    let env = [
        ("TWILIO_AUTH_TOKEN", tokens.as_str()),
        ("MAITRED_ADMIN_TOKEN", ADMIN),
    ];
    let server = TestServer::start_with(&[], &env).await;
    let text = format!(
        "id: owned\nname: The owned\nphone_number: \"{OWNED}\"\naccount: {ACCOUNT}\ntimezone: America/Toronto\n\
         hours: {{mon: [\"11:00-22:00\"]}}\nkitchen: {{phones: [\"{CHEF}\"]}}\nmenu:\n  \
         - {{id: salmon, name: Salmon plate, price: 2.50}}\n  \
         - {{id: cod, name: Cod plate, price: 2.50}}\n"
    );
    std::fs::write(server.folder().join("owned.yaml"), text).unwrap();
    server.post("/api/config/reload", "{}").await;
    server
}

fn text(from: &str, to: &str, body: &str) -> Vec<(String, String)> {
    [
        ("MessageSid", "SM00000000000000000000000000000007"),
        ("SmsMessageSid", "SM00000000000000000000000000000007"),
        ("AccountSid", ACCOUNT),
        ("From", from),
        ("To", to),
        ("Body", body),
        ("NumMedia", "0"),
    ]
    .map(|(name, value)| (name.to_owned(), value.to_owned()))
    .to_vec()
}

/// What the chef is answered.
async fn chef(server: &TestServer, body: &str) -> String {
    let form = text(CHEF, OWNED, body);
    let (status, twiml) = post_signed(server, "/sms", &form, TOKEN).await;
    assert_eq!(status, 200, "{twiml}");
    let Some((_, rest)) = twiml.split_once("<Message>") else {
        return String::new();
    };
    rest.split_once("</Message>").unwrap().0.to_owned()
}

#[tokio::test]
async fn a_listed_telephone_is_obeyed_and_told_what_was_done() {
    let server = server().await;
    let list = "/api/restaurants/owned/sold-out";
    for (said, answered) in [
        ("86", "Nothing is sold out."),
        ("86 salmon", "Sold out until Mon 10:00 PM: Salmon plate."),
        ("86", "Sold out: Salmon plate."),
        (
            "86 plate",
            "&quot;plate&quot; may be Salmon plate or Cod plate: text the whole name. Nothing was changed for it.",
        ),
        (
            "86 lobster, cod",
            "Nothing on the menu is called &quot;lobster&quot;. Sold out until Mon 10:00 PM: Cod plate.",
        ),
        ("salmon back", "Back on: Salmon plate."),
        ("salmon back", "Salmon plate was not marked as sold out."),
        ("busy 45", "Callers are told 45 minutes until Mon 10:00 PM."),
        (
            "pause 30",
            "No orders are taken until Mon 1:30 PM. Text &quot;normal&quot; to go on.",
        ),
        ("normal", "Orders are taken as usual."),
    ] {
        assert_eq!(chef(&server, said).await, answered, "{said}");
    }
    let listed = server.json(list).await;
    assert_eq!(listed[0]["item"], "cod");
    assert_eq!(listed[0]["by"], "****0199", "a number is not shown whole");
    let unknown = chef(&server, "what is the weather").await;
    assert!(
        unknown.starts_with("Sorry, I didn&apos;t get that. Text &quot;86 salmon&quot;"),
        "{unknown}"
    );
    for word in ["STOP", "start", "Help"] {
        assert_eq!(chef(&server, word).await, "", "{word}");
    }
}

#[tokio::test]
async fn everybody_else_gets_no_effect_and_no_information() {
    let server = server().await;
    let long = "8".repeat(7_000);
    for (from, to) in [
        ("+12125550198", OWNED),
        (" +12125550199", OWNED),
        ("12125550199", OWNED),
        ("whatsapp:+12125550199", OWNED),
        ("anonymous", OWNED),
        ("", OWNED),
        ("\u{0}\r\n", OWNED),
        (CHEF, "+15550100001"),
        (CHEF, "+15550100099"),
        (CHEF, "nobody"),
        (long.as_str(), OWNED),
    ] {
        for body in ["86 salmon", "86", "pause", "hello", "STOP"] {
            let answer = post_signed(&server, "/sms", &text(from, to, body), TOKEN).await;
            assert_eq!(answer, (200, NOTHING.to_owned()), "{from:?} {to} {body}");
        }
    }
    // The chef's number in a text that another account signs.
    let foreign = with(text(CHEF, OWNED, "86 salmon"), &[("AccountSid", OTHER)]);
    let answer = post_signed(&server, "/sms", &foreign, OTHER_TOKEN).await;
    assert_eq!(answer, (200, NOTHING.to_owned()));
    let untouched = server.json("/api/restaurants/owned/sold-out").await;
    assert_eq!(untouched, json!([]));
}

#[tokio::test]
async fn a_text_that_is_not_twilios_is_refused() {
    let server = server().await;
    let form = text(CHEF, OWNED, "86 salmon");
    let written = maitred::twilio::webhook_form::write_pairs(&form);
    for (what, signature, body, status) in [
        ("unsigned", None, written.clone(), 403),
        ("an empty signature", Some(""), written.clone(), 403),
        (
            "a made-up one",
            Some("AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
            written.clone(),
            403,
        ),
        ("broken", Some("x"), format!("{written}&a=%zz"), 400),
        ("not UTF-8", Some("x"), format!("{written}&a=%ff"), 400),
        (
            "huge",
            Some("x"),
            format!("{written}&a={}", "b".repeat(70_000)),
            413,
        ),
        (
            "a long value",
            Some("x"),
            format!("{written}&a={}", "b".repeat(30_000)),
            400,
        ),
        (
            "many parameters",
            Some("x"),
            format!("{written}{}", "&a=b".repeat(300)),
            400,
        ),
    ] {
        let (got, told) = post_body(&server, "/sms", body, signature).await;
        assert_eq!(got, status, "{what}: {told}");
    }
    // Signed under the address of a call: no word of a text.
    let (status, _) = post_signed(&server, "/sms", &form, OTHER_TOKEN).await;
    assert_eq!(status, 403, "the other account's token");
    let missing: Vec<_> = form
        .iter()
        .filter(|(name, _)| name != "MessageSid")
        .cloned()
        .collect();
    let call = with(
        form.clone(),
        &[("MessageSid", "CA00000000000000000000000000000007")],
    );
    let mut twice = form.clone();
    twice.push(("To".to_owned(), "+15550100001".to_owned()));
    for form in [missing, call, twice] {
        let (status, _) = post_signed(&server, "/sms", &form, TOKEN).await;
        assert_eq!(status, 400);
    }
    let get = reqwest::get(server.url("/sms")).await.unwrap();
    assert_eq!(get.status(), 405);
    let untouched = server.json("/api/restaurants/owned/sold-out").await;
    assert_eq!(untouched, json!([]));
}

#[tokio::test]
async fn whatever_a_listed_telephone_writes_is_answered_shortly_and_in_one_piece() {
    let server = server().await;
    let long = format!("86 {}", "salmon ".repeat(1_000));
    for body in [
        "86 \u{0}\u{1b}[2J\u{202e}lobster",
        "86 </Message><Redirect>https://evil.example</Redirect>",
        "\u{feff}86 ]]>&lobster;",
        long.as_str(),
        "86 ,,,,,;;;\n\n",
        "",
    ] {
        let form = text(CHEF, OWNED, body);
        let (status, twiml) = post_signed(&server, "/sms", &form, TOKEN).await;
        assert_eq!(status, 200, "{body:?}");
        assert!(
            twiml.len() < 2_000 && twiml.matches('<').count() == 5,
            "{twiml}"
        );
        assert!(
            !twiml.contains('\u{1b}') && !twiml.contains('\u{202e}'),
            "{twiml:?}"
        );
    }
    let untouched = server.json("/api/restaurants/owned/sold-out").await;
    assert_eq!(untouched, json!([]));
}
