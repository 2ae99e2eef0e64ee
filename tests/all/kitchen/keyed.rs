//! A listed telephone rings its own restaurant and keys in what is out; whoever else rings is a caller.

use serde_json::json;

use crate::harness::{ServerSetup, TestServer};

const NUMBER: &str = "+12125550151";
const CHEF: &str = "+12125550188";

async fn server(numbers: &str) -> TestServer {
    let file = format!(
        "id: pier\nname: The Pier\nphone_number: \"{NUMBER}\"\ntimezone: America/New_York\n\
         kitchen: {{phones: [\"{CHEF}\"]}}\nmenu:\n  \
         - {{id: salmon, name: Salmon plate, price: 14.00{numbers}}}\n  \
         - {{id: cod, name: Cod plate, price: 12.00}}\n"
    );
    ServerSetup::new()
        .files(&[("pier.yaml", file)])
        .flags(&["--dev"])
        .at("2026-11-30T17:00:00Z")
        .start()
        .await
}

/// A telephone in a call: what it was told last, and where its keys go.
struct Telephone<'s> {
    server: &'s TestServer,
    from: &'static str,
    told: String,
}

impl<'s> Telephone<'s> {
    async fn ring(server: &'s TestServer, from: &'static str) -> Self {
        let mut telephone = Self {
            server,
            from,
            told: String::new(),
        };
        telephone.post("/voice", &[("CallStatus", "ringing")]).await;
        telephone
    }

    async fn post(&mut self, path: &str, more: &[(&str, &str)]) {
        let mut form = vec![
            ("CallSid", "CA0123456789abcdef0123456789abcdef"),
            ("AccountSid", "AC0123456789abcdef0123456789abcdef"),
            ("From", self.from),
            ("To", NUMBER),
            ("Direction", "inbound"),
        ];
        form.extend(more);
        let url = self.server.url(path);
        let answer = reqwest::Client::new().post(url).form(&form).send().await;
        let answer = answer.unwrap();
        let status = answer.status().as_u16();
        // No telephone sends such a form: it is refused, and the call stands where it stood.
        assert!(matches!(status, 200 | 400), "{status}");
        if status == 200 {
            self.told = answer.text().await.unwrap();
        }
    }

    async fn keys(&mut self, keys: &str) -> &str {
        let (_, rest) = self.told.split_once("action=\"").expect("nothing is asked");
        let action = rest.split('"').next().unwrap().replace("&amp;", "&");
        self.post(&action, &[("Digits", keys)]).await;
        &self.told
    }
}

#[tokio::test]
async fn a_dish_is_out_once_its_number_was_keyed_and_confirmed_and_back_when_it_is_undone() {
    let server = server("").await;
    let out = "/api/restaurants/pier/sold-out";
    let mut chef = Telephone::ring(&server, CHEF).await;
    assert!(
        chef.told.contains("The kitchen line of The Pier."),
        "{}",
        chef.told
    );
    assert!(chef.told.contains("finishOnKey=\"#\""), "{}", chef.told);
    assert!(
        chef.told.ends_with("<Hangup/>\n</Response>\n"),
        "silence ends politely: {}",
        chef.told
    );
    let heard = chef.keys("2").await;
    assert!(
        heard.contains("Cod plate is sold out. Press 1 and hash to confirm."),
        "{heard}"
    );
    assert_eq!(server.json(out).await, json!([]), "it is not confirmed");
    assert!(chef.keys("1").await.contains("Done."));
    let marks = server.json(out).await;
    assert_eq!(
        (&marks[0]["item"], &marks[0]["by"]),
        (&json!("cod"), &json!("****0188"))
    );
    let heard = chef.keys("**").await;
    assert!(heard.contains("Cod plate is back."), "{heard}");
    chef.keys("1").await;
    assert_eq!(server.json(out).await, json!([]));
    assert!(chef.keys("**").await.contains("There is nothing to undo."));
    // Heard wrong: nothing holds.
    chef.keys("1").await;
    assert!(chef.keys("3").await.contains("Nothing was changed."));
    assert_eq!(server.json(out).await, json!([]));
    for (keys, minutes, paused) in [
        ("0", json!(null), true),
        ("0*45", json!(45), false),
        ("00", json!(null), false),
    ] {
        chef.keys(keys).await;
        chef.keys("1").await;
        let pace = server.json("/api/restaurants/pier/pace").await;
        assert_eq!(
            (&pace["ready_in_minutes"], &pace["paused"]),
            (&minutes, &json!(paused)),
            "{keys}"
        );
    }
}

#[tokio::test]
async fn a_dish_is_known_by_the_number_of_the_file_and_nobody_else_has_keys() {
    let server = server(", number: 41").await;
    let mut chef = Telephone::ring(&server, CHEF).await;
    assert!(chef.keys("1").await.contains("No dish has the number 1."));
    assert!(chef.keys("41").await.contains("Salmon plate is sold out."));
    let caller = Telephone::ring(&server, "+14155550123").await;
    assert!(caller.told.contains("<Stream"), "{}", caller.told);
    let mut caller = caller;
    caller
        .post(
            "/voice/kitchen/keys?round=1&heard=41&done=",
            &[("Digits", "1")],
        )
        .await;
    assert!(
        caller.told.contains("this telephone is not listed"),
        "{}",
        caller.told
    );
    let untouched = server.json("/api/restaurants/pier/sold-out").await;
    assert_eq!(untouched, json!([]));
}

#[tokio::test]
async fn whatever_is_keyed_in_changes_nothing_and_the_call_comes_to_an_end() {
    let server = server("").await;
    let mut chef = Telephone::ring(&server, CHEF).await;
    let flood = "9".repeat(9_000);
    let keys = [
        "",
        "*",
        "***",
        "#",
        "999",
        "0*0",
        "0*99999",
        "1*1*1",
        "**",
        "-1",
        "+1",
        " 1 1",
        "1;2",
        "\u{0}",
        "\r\n",
        "w",
        "１",
        "12345678",
        "*12345678",
        flood.as_str(),
    ];
    let mut asked = 0;
    for round in 0..200 {
        if !chef.told.contains("action=") {
            break;
        }
        asked += 1;
        chef.keys(keys[round % keys.len()]).await;
        assert!(chef.told.len() < 4_000, "{}", chef.told);
    }
    assert!((20..=80).contains(&asked), "{asked} questions");
    assert!(chef.told.contains("Goodbye."), "{}", chef.told);
    let untouched = server.json("/api/restaurants/pier/sold-out").await;
    assert_eq!(untouched, json!([]));
    println!("KITCHEN {} floods of keys", keys.len());
}
