//! `maitred call` from its arguments to its exit code.

use std::path::Path;

use clap::Parser as _;
use maitred::cli::call::{CallArgs, call, read_wav};

use super::fake_server::{Behaviour, FakeServer, TOKEN};

#[derive(clap::Parser)]
struct Command {
    #[command(flatten)]
    args: CallArgs,
}

/// Runs the command against `to` in `folder`, where `latte.json`, `tea.json` and `none.txt` lie.
async fn exit_code(to: &str, folder: &Path, further: &[&str]) -> u8 {
    for item in ["latte", "tea"] {
        let order = format!(r#"{{"lines":[{{"item":"{item}","quantity":1,"choices":[]}}]}}"#);
        std::fs::write(folder.join(format!("{item}.json")), order).unwrap();
    }
    let further = further.iter().map(|word| match word.strip_prefix('@') {
        Some(file) => folder.join(file).to_str().unwrap().to_owned(),
        None => (*word).to_owned(),
    });
    let standard = [
        "call",
        "+15551234567",
        "--to",
        to,
        "--auth-token",
        TOKEN,
        "--voice",
        "scripted",
        "--linger",
        "500",
        "--test",
    ];
    let words = standard.into_iter().map(str::to_owned).chain(further);
    call(&Command::parse_from(words).args).await
}

#[actix_web::test]
async fn the_exit_code_tells_whether_the_order_is_the_expected_one() {
    let server = FakeServer::start(Behaviour::Polite).await;
    let to = server.url("/voice");
    let folder = tempfile::tempdir().unwrap();
    for (further, code) in [
        (
            &[
                "--admin-token",
                "open",
                "--say",
                "a latte",
                "--expect",
                "@latte.json",
            ][..],
            0,
        ),
        (
            &["--admin-token", "open", "--json", "--expect", "@tea.json"],
            1,
        ),
        (&["--admin-token", "wrong", "--expect", "@latte.json"], 3),
        (&["--say", "a latte"], 0),
    ] {
        let got = exit_code(&to, folder.path(), further).await;
        assert_eq!(got, code, "{further:?}");
    }
}

#[actix_web::test]
async fn unreadable_input_and_absent_servers_have_their_own_codes() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("bad.txt"), "sing a song").unwrap();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let nobody = format!("http://{}/voice", listener.local_addr().unwrap());
    drop(listener);
    for (further, code) in [
        (&["--script", "@none.txt"][..], 2),
        (&["--script", "@bad.txt"], 2),
        (&["--expect", "@bad.txt"], 2),
        (&["--wav", "@bad.txt"], 2),
        (&["--trust", "@bad.txt"], 2),
        (&["--account-sid", "AC1"], 2),
        (&[], 3),
    ] {
        let got = exit_code(&nobody, folder.path(), further).await;
        assert_eq!(got, code, "{further:?}");
    }
    assert_eq!(exit_code("nowhere", folder.path(), &[]).await, 2);
}

#[actix_web::test]
async fn a_call_can_be_scripted_and_recorded() {
    let server = FakeServer::start(Behaviour::Polite).await;
    let folder = tempfile::tempdir().unwrap();
    let script = "# keys, then words\nkeys 1#\nnow hello\nhangup\n";
    std::fs::write(folder.path().join("script.txt"), script).unwrap();
    let further = ["--script", "@script.txt", "--record", "@call.wav"];
    let code = exit_code(&server.url("/voice"), folder.path(), &further).await;
    assert_eq!(code, 0);
    assert_eq!(server.messages().keys(), ["1", "#"]);
    let caller = read_wav(&folder.path().join("call.wav")).unwrap();
    assert!(caller.iter().any(|sample| *sample != 0));
}

#[test]
fn arguments_that_mean_nothing_are_usage_errors() {
    for words in [
        &["call", "12"][..],
        &["call"],
        &["call", "+15551234567", "--keys", "12x"],
        &["call", "+15551234567", "--script", "a", "--say", "b"],
        &["call", "+15551234567", "--dial-status", "maybe"],
    ] {
        let error = Command::try_parse_from(words).err().unwrap();
        assert_eq!(error.exit_code(), 2, "{words:?}");
    }
    let spaced = Command::try_parse_from(["call", "+1 (555) 123-4567"]).unwrap();
    assert_eq!(spaced.args.number, "+15551234567");
}
