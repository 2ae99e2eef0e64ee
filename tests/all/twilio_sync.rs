//! `maitred twilio sync` against a strict stand-in of Twilio's REST API.

mod stand_in;

use std::path::Path;
use std::process::Output;
use std::sync::{Arc, Mutex};

use stand_in::{Account, Twilio, number, start};

const MAIN: &str = "AC0000000000000000000000000000000a";
const SUB: &str = "AC0000000000000000000000000000000b";
const TOKENS: &str = "main-token,AC0000000000000000000000000000000b=sub-token";
const PUBLIC: &str = "https://voice.example.com";
const COUNT: usize = 300;

fn phone(nth: usize) -> String {
    format!("+1212555{:04}", 1000 + nth)
}

/// Three hundred restaurants, a number each.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for nth in 0..COUNT {
        let text = format!(
            "id: r{nth}\nname: Diner {nth}\nphone_number: \"{}\"\nmenu: [{{id: a, name: Tea, price: 2}}]\n",
            phone(nth)
        );
        std::fs::write(folder.path().join(format!("r{nth}.yaml")), text).unwrap();
    }
    folder
}

/// 150 numbers in each of two accounts on three pages; five have an old webhook, two are on a trunk, and an account has
/// one that no restaurant has.
fn twilio() -> (String, Arc<Mutex<Twilio>>) {
    let mut twilio = Twilio {
        page_size: 51,
        ..Twilio::default()
    };
    for (account, token, from) in [(MAIN, "main-token", 0), (SUB, "sub-token", 150)] {
        let right = (from..from + 150).map(|nth| {
            let mut right = number(nth, &phone(nth), &format!("{PUBLIC}/voice"));
            right["voice_fallback_url"] = format!("{PUBLIC}/voice/fallback").into();
            right["status_callback"] = format!("{PUBLIC}/voice/status").into();
            right
        });
        let account_numbers = Account {
            token: token.to_owned(),
            numbers: right.collect(),
            ..Account::default()
        };
        twilio.accounts.insert(account.to_owned(), account_numbers);
    }
    for nth in [3, 60, 149, 200, 299] {
        twilio.number(&phone(nth))["voice_url"] = "https://old.example.com/voice".into();
    }
    for nth in [7, 250] {
        let on_trunk = twilio.number(&phone(nth));
        on_trunk["trunk_sid"] = "TK00000000000000000000000000000001".into();
        on_trunk["voice_url"] = "https://old.example.com/voice".into();
    }
    let foreign = number(9999, "+12125559999", "https://somebody.example.com/");
    twilio.accounts.get_mut(MAIN).unwrap().numbers.push(foreign);
    start(twilio)
}

async fn sync(folder: &Path, api: &str, more: &[&str]) -> Output {
    let folder = folder.to_str().unwrap();
    let sync = ["sync", "--public-url", PUBLIC, "--restaurants", folder];
    command(api, &[&sync, more].concat()).await
}

async fn command(api: &str, arguments: &[&str]) -> Output {
    let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_maitred"));
    command
        .arg("twilio")
        .args(arguments)
        .env("TWILIO_ACCOUNT_SID", MAIN)
        .env("TWILIO_AUTH_TOKEN", TOKENS)
        .env("TWILIO_API_URL", api);
    command.output().await.unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[actix_web::test]
async fn wrong_webhooks_are_set_a_trunk_is_left_alone_and_a_second_run_changes_nothing() {
    let folder = folder();
    let (api, twilio) = twilio();
    let before = serde_json::to_string(&twilio.lock().unwrap().accounts[SUB].numbers).unwrap();
    let dry = sync(folder.path(), &api, &["--dry-run"]).await;
    assert_eq!(dry.status.code(), Some(1), "{dry:?}");
    assert!(
        text(&dry)
            .contains("293 right already, 5 would be set, 2 left alone, 0 missing; 1 numbers"),
        "{}",
        text(&dry)
    );
    {
        let twilio = twilio.lock().unwrap();
        assert_eq!(
            (twilio.updates(), twilio.done.len()),
            (0, 6),
            "{:?}",
            twilio.done
        );
        assert_eq!(
            serde_json::to_string(&twilio.accounts[SUB].numbers).unwrap(),
            before
        );
    }

    // Too many at once is no answer: it is asked again.
    twilio.lock().unwrap().too_many = 2;
    let set = sync(folder.path(), &api, &[]).await;
    assert_eq!(set.status.code(), Some(1), "two are on a trunk: {set:?}");
    let said = text(&set);
    assert!(
        said.contains("293 right already, 5 set, 2 left alone"),
        "{said}"
    );
    assert!(
        said.contains("+12125551007 r7: left alone, its calls go to the SIP trunk TK"),
        "{said}"
    );
    {
        let mut twilio = twilio.lock().unwrap();
        assert_eq!(twilio.updates(), 5);
        assert_eq!(
            twilio.number(&phone(3))["voice_url"],
            format!("{PUBLIC}/voice")
        );
        assert_eq!(
            twilio.number(&phone(3))["sms_url"],
            "https://texts.example.com/"
        );
        assert_eq!(
            twilio.number(&phone(7))["voice_url"],
            "https://old.example.com/voice"
        );
        assert_eq!(
            twilio.number("+12125559999")["voice_url"],
            "https://somebody.example.com/"
        );
    }

    let again = sync(folder.path(), &api, &["--format", "json"]).await;
    assert_eq!(
        twilio.lock().unwrap().updates(),
        5,
        "nothing was left to set"
    );
    let told: serde_json::Value = serde_json::from_slice(&again.stdout).unwrap();
    let numbers = told["numbers"].as_array().unwrap();
    let states = |state: &str| numbers.iter().filter(|row| row["state"] == state).count();
    assert_eq!(
        (numbers.len(), states("right"), states("left_alone")),
        (300, 298, 2)
    );
    assert_eq!(twilio.lock().unwrap().refused, Vec::<String>::new());
}

#[actix_web::test]
async fn texts_are_sent_to_us_only_for_restaurants_that_use_them() {
    let folder = folder();
    for (nth, key) in [
        (1, "kitchen: {phones: [\"+12125550199\"]}"),
        (
            2,
            "orders: [{email: {to: a@luna.example}}]\nnotify_caller: [ready]",
        ),
        (4, "orders: [{sms: {to: \"+12125550199\"}}]"),
        (5, "orders: [{email: {to: a@luna.example}}]"),
        (8, "kitchen: {phones: [\"+12125550199\"]}"),
    ] {
        let path = folder.path().join(format!("r{nth}.yaml"));
        let text = std::fs::read_to_string(&path).unwrap();
        std::fs::write(&path, format!("{text}{key}\n")).unwrap();
    }
    let (api, twilio) = twilio();
    // An application has this one's texts.
    twilio.lock().unwrap().number(&phone(8))["sms_application_sid"] = "AP1".into();
    sync(folder.path(), &api, &[]).await;
    let mut twilio = twilio.lock().unwrap();
    let sms = format!("{PUBLIC}/sms");
    for (nth, expected) in [
        (0, "https://texts.example.com/"),
        (1, sms.as_str()),
        (2, &sms),
        (4, &sms),
        (5, "https://texts.example.com/"),
        (8, "https://texts.example.com/"),
    ] {
        assert_eq!(twilio.number(&phone(nth))["sms_url"], expected, "{nth}");
    }
    assert_eq!(twilio.number(&phone(1))["sms_method"], "POST");
    assert_eq!(twilio.updates(), 8, "five calls' and three texts'");
    assert_eq!(twilio.refused, Vec::<String>::new());
}

#[actix_web::test]
async fn a_wrong_token_a_strange_next_page_and_a_missing_number_are_told() {
    let folder = folder();
    let (api, twilio) = twilio();
    let fails = async |code: i32, word: &str| {
        let failed = sync(folder.path(), &api, &["--dry-run"]).await;
        let said = String::from_utf8_lossy(&failed.stderr).into_owned() + &text(&failed);
        assert_eq!(failed.status.code(), Some(code), "{said}");
        assert!(said.contains(word), "{said}");
        assert!(
            !said.contains("main-token") && !said.contains("sub-token"),
            "{said}"
        );
    };
    twilio.lock().unwrap().accounts.get_mut(SUB).unwrap().token = "other".to_owned();
    fails(1, &format!("none of our tokens for {SUB}")).await;
    twilio.lock().unwrap().accounts.get_mut(SUB).unwrap().token = "sub-token".to_owned();

    // Our token would go wherever the next page is said to be.
    for elsewhere in [
        "https://evil.example.com/",
        "//evil.example.com/x",
        "/2010-04-01/Accounts/AC1/Calls.json",
    ] {
        twilio.lock().unwrap().next_page = Some(elsewhere.to_owned());
        fails(1, "its next page is").await;
    }
    twilio.lock().unwrap().next_page = None;

    twilio
        .lock()
        .unwrap()
        .accounts
        .get_mut(MAIN)
        .unwrap()
        .numbers
        .remove(5);
    fails(1, "+12125551005 r5: none of the accounts has this number").await;
}

#[actix_web::test]
async fn nobody_to_ask_and_nobody_to_be_are_told_by_their_exit_codes() {
    let folder = tempfile::tempdir().unwrap();
    let closed = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let nowhere = format!("http://{}", closed.local_addr().unwrap());
    let cases = [
        ("TWILIO_AUTH_TOKEN", "", 78, "TWILIO_AUTH_TOKEN is not set"),
        (
            "TWILIO_ACCOUNT_SID",
            "",
            78,
            "TWILIO_ACCOUNT_SID is not set",
        ),
        ("TWILIO_ACCOUNT_SID", "AC1", 78, "is no account"),
        (
            "TWILIO_API_URL",
            "http://api.twilio.com",
            78,
            "must begin with https://",
        ),
        (
            "MAITRED_PUBLIC_URL",
            "http://v.example.com",
            78,
            "must begin with https://",
        ),
        ("MAITRED_RESTAURANTS", "no-such-folder", 2, "no-such-folder"),
    ];
    for (name, value, code, word) in cases {
        let mut command = tokio::process::Command::new(env!("CARGO_BIN_EXE_maitred"));
        command
            .args(["twilio", "sync"])
            .env("MAITRED_PUBLIC_URL", PUBLIC)
            .env("MAITRED_RESTAURANTS", folder.path())
            .env("TWILIO_ACCOUNT_SID", MAIN)
            .env("TWILIO_AUTH_TOKEN", "t")
            .env("TWILIO_API_URL", &nowhere)
            .env(name, value);
        let output = command.output().await.unwrap();
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{name}={value}: {said}");
        assert!(said.contains(word), "{said}");
    }
}

#[actix_web::test]
async fn a_call_on_the_line_is_ended_or_joined_to_a_person_and_one_that_is_over_is_said_to_be() {
    const FIRST: &str = "CA0000000000000000000000000000000a";
    const SECOND: &str = "CA0000000000000000000000000000000b";
    let (api, twilio) = twilio();
    for (account, call) in [(MAIN, FIRST), (SUB, SECOND)] {
        let mut twilio = twilio.lock().unwrap();
        let account = twilio.accounts.get_mut(account).unwrap();
        account.calls.insert(call.to_owned(), None);
    }
    let became = |account: &str, call: &str| {
        let twilio = twilio.lock().unwrap();
        twilio.accounts[account].calls[call].clone()
    };
    twilio.lock().unwrap().too_many = 0;
    let done = command(&api, &["call", FIRST, "--hang-up"]).await;
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let ended = ("Status".to_owned(), "completed".to_owned());
    assert_eq!(became(MAIN, FIRST), Some(ended.clone()));
    // It is over, and the second is not the main account's.
    for call in [FIRST, SECOND] {
        let again = command(&api, &["call", call, "--dial", "+12125550123"]).await;
        let said = String::from_utf8_lossy(&again.stderr).into_owned();
        assert_eq!(again.status.code(), Some(1), "{said}");
        assert!(
            said.contains("the call is over, or not this account's"),
            "{said}"
        );
    }
    assert_eq!(became(MAIN, FIRST), Some(ended));
    let dial = ["call", SECOND, "--dial", "+12125550123", "--account", SUB];
    let done = command(&api, &dial).await;
    assert!(
        done.status.success(),
        "{}",
        String::from_utf8_lossy(&done.stderr)
    );
    let (field, twiml) = became(SUB, SECOND).unwrap();
    assert_eq!(field, "Twiml");
    assert!(twiml.contains("<Number>+12125550123</Number>"), "{twiml}");
    for wrong in [&["call", "CA1", "--hang-up"][..], &["call", FIRST]] {
        let refused = command(&api, wrong).await;
        assert!(!refused.status.success(), "{wrong:?}");
    }
    assert_eq!(twilio.lock().unwrap().refused.len(), 2);
}
