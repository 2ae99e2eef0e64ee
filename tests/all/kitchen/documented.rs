//! The receivers of docs/orders.md are run as they stand there.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

use super::SECRET;

const BODY: &str = r#"{"type":"order.placed","timestamp":"2026-11-30T18:30:00.000Z","data":{"number":12,"total":"9.80","currency":"USD","name":"Zoë"}}"#;
const OTHER: &str = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";

/// The only block of this language.
fn block(language: &str) -> String {
    let page = include_str!("../../../docs/orders.md");
    let (_, rest) = page.split_once(&format!("```{language}\n")).unwrap();
    let (block, rest) = rest.split_once("```").unwrap();
    assert!(
        !rest.contains(&format!("```{language}\n")),
        "two blocks of {language}"
    );
    block.to_owned()
}

fn is_there(program: &str) -> bool {
    let mut asked = Command::new(program);
    asked
        .arg("--version")
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    asked.status().is_ok()
}

fn signature(secret: &str, id: &str, at: i64) -> String {
    let key = STANDARD
        .decode(secret.trim_start_matches("whsec_"))
        .unwrap();
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).unwrap();
    mac.update(format!("{id}.{at}.{BODY}").as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

/// A program of the page; killed when the test is over.
struct Receiver(Child, BufReader<ChildStdout>);

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn is_a_receiver(program: &str, language: &str, name: &str) {
    if !is_there(program) {
        println!("KITCHEN no {program} here");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join(name);
    std::fs::write(&script, block(language)).unwrap();
    let mut child = Command::new(program)
        .arg(&script)
        .arg("0")
        .env("MAITRED_SECRET_ORDERS", format!("{OTHER},{}", SECRET.1))
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let output = BufReader::new(child.stdout.take().unwrap());
    let mut receiver = Receiver(child, output);
    let mut line = String::new();
    receiver.1.read_line(&mut line).unwrap();
    let port = line
        .trim()
        .strip_prefix("listening on ")
        .unwrap()
        .to_owned();
    let now = jiff::Timestamp::now().as_second();
    let good = signature(SECRET.1, "m1", now);
    let two = format!("v1,AAAA {}", signature(OTHER, "m1", now));
    let old = now - 400;
    for (id, at, signed, status) in [
        ("m1", now, good.clone(), 200),
        ("m1", now, two, 200),
        ("m2", now, good.clone(), 401),
        ("m1", now + 1, good, 401),
        ("m1", old, signature(SECRET.1, "m1", old), 401),
        ("m1", now, String::new(), 401),
    ] {
        // Only the first of a process can set it: no server of ours may have begun here.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let request = reqwest::Client::new()
            .post(format!("http://127.0.0.1:{port}/"))
            .header("webhook-id", id)
            .header("webhook-timestamp", at)
            .header("webhook-signature", &signed)
            .body(BODY);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), status, "{program}: {id} {at} {signed}");
    }
    let _ = receiver.0.kill();
    let told: Vec<String> = receiver.1.by_ref().lines().map_while(Result::ok).collect();
    assert_eq!(told, ["order 12 9.80 USD"], "once, however often it comes");
}

#[tokio::test]
async fn the_pages_receiver_in_python_takes_what_is_signed_and_nothing_else() {
    is_a_receiver("python3", "python", "receiver.py").await;
}

#[tokio::test]
async fn the_pages_receiver_in_javascript_takes_what_is_signed_and_nothing_else() {
    is_a_receiver("node", "javascript", "receiver.js").await;
}

#[test]
fn the_pages_shell_script_tells_a_signed_message_from_others() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("verify.sh");
    std::fs::write(&script, block("bash")).unwrap();
    let now = jiff::Timestamp::now().as_second();
    let good = signature(SECRET.1, "m1", now);
    let old = now - 400;
    for (id, at, signed, fine) in [
        ("m1", now, good.clone(), true),
        (
            "m1",
            now,
            format!("v1,AAAA {}", signature(OTHER, "m1", now)),
            true,
        ),
        ("m2", now, good.clone(), false),
        ("m1", old, signature(SECRET.1, "m1", old), false),
        ("m1", now, "*".to_owned(), false),
        ("m1", now, String::new(), false),
    ] {
        let mut child = Command::new("bash")
            .arg(&script)
            .args([id, &at.to_string(), &signed])
            .env("MAITRED_SECRET_ORDERS", format!("{OTHER}, {}", SECRET.1))
            .stdin(Stdio::piped())
            .spawn()
            .unwrap();
        // One that refuses early does not read.
        let _ = child.stdin.take().unwrap().write_all(BODY.as_bytes());
        assert_eq!(child.wait().unwrap().success(), fine, "{id} {at} {signed}");
    }
}
