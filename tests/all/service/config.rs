//! The folder on request: `POST /api/config/reload`, `/confirm`, `/validate`.

use maitred::events::{DomainEvent, FileNews};
use serde_json::{Value, json};

use super::twilio::{form, post};
use crate::harness::{ADMIN, BELLA, TestServer};

/// Posts as the holder of the admin token; the status and the JSON.
pub async fn ask(server: &TestServer, path: &str, body: impl Into<reqwest::Body>) -> (u16, Value) {
    let request = reqwest::Client::new()
        .post(server.url(path))
        .bearer_auth(ADMIN)
        .body(body);
    let response = request.send().await.unwrap();
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    (status, serde_json::from_str(&text).unwrap_or(json!(text)))
}

#[actix_web::test]
async fn a_scan_on_request_answers_what_that_very_scan_found() {
    let server = TestServer::start().await;
    let stranger = reqwest::Client::new().post(server.url("/api/config/reload"));
    assert_eq!(stranger.send().await.unwrap().status(), 401);
    assert_eq!(server.look("/api/config/reload").await.0, 405);
    let (status, nothing) = ask(&server, "/api/config/reload", "").await;
    assert_eq!((status, &nothing["published"]), (200, &json!(false)));
    let new = "id: nova\nname: Nova\nphone_number: \"+15550100077\"\nmenu: [{id: tea, name: Tea, price: 2}]\n";
    std::fs::write(server.folder().join("nova.yaml"), new).unwrap();
    let (_, found) = ask(&server, "/api/config/reload", "").await;
    assert_eq!(found["published"], json!(true), "{found}");
    assert_eq!(found["files"][0]["file"], json!("nova.yaml"), "{found}");
    assert_eq!(found["files"][0]["outcome"], json!("accepted"), "{found}");
    assert_eq!(
        server.json("/api/table").await["generation"],
        found["generation"]
    );
}

#[actix_web::test]
async fn a_text_is_validated_and_not_kept() {
    let server = TestServer::start().await;
    let good = "id: nova\nname: Nova\nphone_number: \"+12125550177\"\nmenu: [{id: tea, name: Tea, price: 2}]\n";
    let (status, answer) = ask(&server, "/api/config/validate", good).await;
    assert_eq!(status, 200);
    assert_eq!(
        answer,
        json!({"id": "nova", "status": "ok", "problems": []})
    );
    let bad = good.replace("price: 2", "price: cheap");
    let (status, answer) = ask(&server, "/api/config/validate", bad).await;
    assert_eq!((status, &answer["status"]), (200, &json!("rejected")));
    assert_eq!(answer["problems"][0]["line"], json!(4), "{answer}");
    let (status, answer) = ask(&server, "/api/config/validate", vec![0xff, 0xfe, 0x00]).await;
    assert_eq!((status, &answer["status"]), (200, &json!("rejected")));
    let large = vec![b' '; maitred::config::MAX_BYTES + 1];
    let (status, answer) = ask(&server, "/api/config/validate", large).await;
    assert_eq!(
        (status, &answer["status"]),
        (200, &json!("rejected")),
        "{answer}"
    );
    let endless = vec![b' '; maitred::config::MAX_BYTES + 2];
    assert_eq!(ask(&server, "/api/config/validate", endless).await.0, 413);
    assert_eq!(server.json("/api/table").await["generation"], json!(1));
}

#[actix_web::test]
async fn an_emptied_folder_answers_on_until_somebody_confirms() {
    let mut server = TestServer::start().await;
    for file in std::fs::read_dir(server.folder()).unwrap() {
        std::fs::remove_file(file.unwrap().path()).unwrap();
    }
    ask(&server, "/api/config/reload", "").await;
    // The second look is the server's own.
    let held = |event: &DomainEvent| match event {
        DomainEvent::ConfigFile(change) if change.news == FileNews::Held => {
            assert_eq!(change.code(), "E_HELD");
            Some(change.file.clone())
        }
        _ => None,
    };
    for file in ["bella", "loop", "retired", "shut", "small"] {
        assert_eq!(server.event(held).await, format!("{file}.yaml"));
    }
    let held = |event: &DomainEvent| match event {
        DomainEvent::ConfigLoaded { held, .. } => Some(*held),
        _ => None,
    };
    assert_eq!(server.event(held).await, 5);
    let table = server.json("/api/table").await;
    let rows = table["restaurants"].as_array().unwrap();
    assert_eq!(rows.len(), 5, "{table}");
    assert!(rows.iter().all(|row| row["status"] == "held"), "{table}");
    assert_eq!(
        server.metric("maitred_config_deletions_held").await,
        Some(5.0)
    );
    let answered = post(&server, "/voice", &form(1, BELLA)).await;
    assert!(answered.contains("<Connect"), "{answered}");

    let (status, _) = ask(&server, "/api/config/confirm", "all of them").await;
    assert_eq!(status, 400);
    let (status, _) = ask(&server, "/api/config/confirm", r#"{"id": "bella"}"#).await;
    assert_eq!(status, 400, "a key that would be ignored is refused");
    let (status, told) = ask(
        &server,
        "/api/config/confirm",
        r#"{"ids": ["bella", "luna"]}"#,
    )
    .await;
    assert_eq!(status, 409);
    assert!(told["error"].as_str().unwrap().contains("luna"), "{told}");
    let (status, told) = ask(&server, "/api/config/confirm", "{}").await;
    assert_eq!((status, &told["held"]), (200, &json!(0)), "{told}");
    let unknown = post(&server, "/voice", &form(2, BELLA)).await;
    assert!(!unknown.contains("<Connect"), "{unknown}");
    assert_eq!(server.json("/api/table").await["restaurants"], json!([]));
}
