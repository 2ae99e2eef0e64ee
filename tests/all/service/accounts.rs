//! Several Twilio accounts on one server: what one of them signs reaches nothing of another.

use maitred::call::CallId;
use maitred::record::Ending;
use serde_json::json;

use super::twilio::{Socket, call_sid, form, post_signed, token_in, with};
use crate::harness::{ADMIN, BELLA, PERSON, SCRIPTED, SHUT, ServerProcess, TOKEN, TestServer};

const OURS: &str = super::twilio::ACCOUNT;
const THEIRS: &str = "AC000000000000000000000000000000bb";
const OUR_TOKEN: &str = TOKEN;
const THEIR_TOKEN: &str = "00112233445566778899aabbccddeeff";
/// Owned by `OURS`, hands over to a person.
const OWNED: &str = "+15550100009";

async fn server() -> TestServer {
    let tokens = format!("{OURS}={OUR_TOKEN},{THEIRS}={THEIR_TOKEN}");
    let env = [
        ("TWILIO_AUTH_TOKEN", tokens.as_str()),
        ("MAITRED_ADMIN_TOKEN", ADMIN),
    ];
    TestServer::start_with(&[], &env).await
}

/// A restaurant whose file names its account.
async fn add_owned(server: &TestServer) {
    let text = format!(
        "id: owned\nname: The owned\nphone_number: \"{OWNED}\"\naccount: {OURS}\nhandoff: \"{PERSON}\"\n\
         menu:\n  - {{id: tea, name: Tea, price: 2.50}}\n"
    );
    std::fs::write(server.folder().join("owned.yaml"), text).unwrap();
    let scan = reqwest::Client::new()
        .post(server.url("/api/config/reload"))
        .bearer_auth(ADMIN)
        .json(&json!({}));
    assert_eq!(scan.send().await.unwrap().status(), 200);
}

async fn ask(
    server: &TestServer,
    path: &str,
    account: &str,
    token: &str,
    n: u32,
    to: &str,
) -> (u16, String) {
    let ringing = with(form(n, to), &[("AccountSid", account)]);
    post_signed(server, path, &ringing, token).await
}

#[tokio::test]
async fn an_account_signs_for_itself_alone() {
    let server = server().await;
    for path in ["/voice", "/voice/after", "/voice/status", "/voice/fallback"] {
        let (status, _) = ask(&server, path, OURS, THEIR_TOKEN, 1, BELLA).await;
        assert_eq!(status, 403, "{path}: their token under our account");
        let nobody = "AC000000000000000000000000000000cc";
        let (status, _) = ask(&server, path, nobody, THEIR_TOKEN, 1, BELLA).await;
        assert_eq!(status, 403, "{path}: an account that is not listed");
    }
}

#[tokio::test]
async fn another_account_gets_no_token_of_a_call_and_cannot_end_it() {
    let server = server().await;
    let (_, twiml) = ask(&server, "/voice", OURS, OUR_TOKEN, 1, BELLA).await;
    let token = token_in(&twiml);
    // The same CallSid, signed by the other account, while the call waits for its socket.
    let (_, twiml) = ask(&server, "/voice", THEIRS, THEIR_TOKEN, 1, BELLA).await;
    let mut thief = Socket::open(&server).await;
    thief.start(1, &token_in(&twiml)).await;
    assert_eq!(
        thief.close_reason().await,
        (1008, "forged_token".to_owned()),
        "their token under our AccountSid"
    );
    let mut socket = Socket::open(&server).await;
    socket.start(1, &token).await;
    socket.next().await.expect("the greeting");
    let call = CallId::new(OURS, &call_sid(1));
    assert!(server.admission.live().is_live(&call));
    for path in ["/voice/after", "/voice/fallback"] {
        let (status, _) = ask(&server, path, THEIRS, THEIR_TOKEN, 1, BELLA).await;
        assert_eq!(status, 200, "{path}");
        assert!(server.admission.live().is_live(&call), "{path} ended it");
    }
}

#[tokio::test]
async fn another_account_writes_nothing_over_the_record_of_a_call() {
    let server = server().await;
    // Turned away, both: such a call is on record at once, behind the webhook's back.
    for (account, token, to) in [
        (OURS, OUR_TOKEN, "+15550100099"),
        (THEIRS, THEIR_TOKEN, SHUT),
    ] {
        ask(&server, "/voice", account, token, 1, to).await;
        let kept = async || {
            let calls = server.store.calls(9).await.unwrap();
            calls.iter().any(|call| call.account_sid == account)
        };
        while !kept().await {
            tokio::task::yield_now().await;
        }
    }
    let calls = server.store.calls(9).await.unwrap();
    for (account, ending, to) in [
        (OURS, Ending::Refused, "+15550100099"),
        (THEIRS, Ending::Closed, SHUT),
    ] {
        let of_account = calls.iter().find(|call| call.account_sid == account);
        let kept = of_account.expect("a record of each account");
        assert_eq!((kept.ending, kept.to.as_str()), (Some(ending), to));
        assert_eq!(kept.sid, call_sid(1));
    }
    let shown = server.json("/api/calls").await;
    let mut accounts = [&shown[0]["account"], &shown[1]["account"]];
    accounts.sort_by_key(|account| account.to_string());
    assert_eq!(accounts, [&json!(OURS), &json!(THEIRS)], "{shown}");
}

#[tokio::test]
async fn a_number_whose_file_names_an_account_is_unknown_to_the_others() {
    let server = server().await;
    add_owned(&server).await;
    let (_, twiml) = ask(&server, "/voice", THEIRS, THEIR_TOKEN, 1, OWNED).await;
    assert!(
        twiml.contains("not available") && !twiml.contains("token"),
        "{twiml}"
    );
    for path in ["/voice/after", "/voice/fallback"] {
        let (_, twiml) = ask(&server, path, THEIRS, THEIR_TOKEN, 2, OWNED).await;
        assert!(
            !twiml.contains(PERSON) && !twiml.contains("token"),
            "{path}: {twiml}"
        );
    }
    let (_, twiml) = ask(&server, "/voice", OURS, OUR_TOKEN, 3, OWNED).await;
    assert!(twiml.contains("name=\"token\""), "{twiml}");
    let (_, twiml) = ask(&server, "/voice/fallback", OURS, OUR_TOKEN, 4, OWNED).await;
    assert!(twiml.contains(PERSON), "{twiml}");
}

/// The log of a server with these tokens on which our account rang once, and the events it told of that call.
async fn told_of_a_ring(tokens: &str) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("restaurants.d")).unwrap();
    let text = format!(
        "id: bella\nname: Bella\nphone_number: \"{BELLA}\"\nmenu:\n  - {{id: tea, name: Tea, price: 2.50}}\n"
    );
    std::fs::write(folder.path().join("restaurants.d/bella.yaml"), text).unwrap();
    let flags = [
        &[
            "--watch=off",
            "--log-format=json",
            "--public-url=https://voice.test",
        ],
        &SCRIPTED[..],
    ]
    .concat();
    let environment = [
        ("TWILIO_AUTH_TOKEN", tokens),
        ("MAITRED_ADMIN_TOKEN", ADMIN),
    ];
    let server = ServerProcess::start_in(folder, &flags, &environment);
    let ringing = form(1, BELLA);
    let signature =
        maitred::twilio::signature::sign(OUR_TOKEN, "https://voice.test/voice", &ringing);
    let post = reqwest::Client::new()
        .post(format!("http://{}/voice", server.address))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("X-Twilio-Signature", signature)
        .body(maitred::twilio::webhook_form::write_pairs(&ringing));
    let twiml = post.send().await.unwrap().text().await.unwrap();
    let mut socket = Socket::at(server.address, OUR_TOKEN).await;
    socket.start(1, &token_in(&twiml)).await;
    socket.next().await.expect("the greeting");
    socket.text(r#"{"event":"stop","stop":{}}"#).await;
    socket.closed().await;
    server.until_idle().await;
    let call = server.json(&format!("/api/calls/{}", call_sid(1))).await;
    let (_, log) = server.stop().await;
    (log, call.to_string())
}

#[tokio::test]
async fn log_and_api_name_the_account_of_a_call_where_several_may_ring() {
    let account = format!("\"account\":\"{OURS}\"");
    let several = format!("{OURS}={OUR_TOKEN},{THEIRS}={THEIR_TOKEN}");
    let (log, call) = told_of_a_ring(&several).await;
    for code in ["CALL_INVITED", "CALL_STARTED", "CALL_ENDED"] {
        let line = log.lines().find(|line| line.contains(code)).unwrap();
        assert!(line.contains(&account), "{line}");
    }
    assert!(call.contains(&account), "{call}");
    // With one account its name says nothing.
    let (log, _) = told_of_a_ring(OUR_TOKEN).await;
    assert!(log.contains("CALL_ENDED") && !log.contains(OURS), "{log}");
}
