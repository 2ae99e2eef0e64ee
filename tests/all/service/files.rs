//! The served files themselves: `GET /api/restaurants/{id}`, `/api/table` with its tag, `POST /api/config/rollback`.

use serde_json::json;

use super::config::ask;
use crate::harness::{ADMIN, TestServer};

async fn get(server: &TestServer, path: &str, tag: Option<&str>) -> reqwest::Response {
    let mut request = reqwest::Client::new()
        .get(server.url(path))
        .bearer_auth(ADMIN);
    if let Some(tag) = tag {
        request = request.header("If-None-Match", tag);
    }
    request.send().await.unwrap()
}

fn tag(response: &reqwest::Response) -> String {
    response.headers()["ETag"].to_str().unwrap().to_owned()
}

async fn digest(server: &TestServer, id: &str) -> String {
    let table = server.json("/api/table").await;
    let rows = table["restaurants"].as_array().unwrap();
    let row = rows.iter().find(|row| row["id"] == id).unwrap();
    row["digest"].as_str().unwrap().to_owned()
}

#[actix_web::test]
async fn the_served_file_is_given_byte_for_byte_under_its_digest() {
    let server = TestServer::start().await;
    let file = server.folder().join("bella.yaml");
    let good = std::fs::read_to_string(&file).unwrap();
    let response = get(&server, "/api/restaurants/bella", None).await;
    let bella = tag(&response);
    assert_eq!(response.status(), 200);
    assert_eq!(bella, format!("\"{}\"", digest(&server, "bella").await));
    assert_eq!(response.text().await.unwrap(), good);
    for kept in [bella.clone(), format!("\"x\", W/{bella}"), "*".to_owned()] {
        let response = get(&server, "/api/restaurants/bella", Some(&kept)).await;
        assert_eq!(
            (response.status().as_u16(), tag(&response)),
            (304, bella.clone()),
            "{kept}"
        );
        assert_eq!(response.text().await.unwrap(), "");
    }
    let other = get(&server, "/api/restaurants/bella", Some("\"x\"")).await;
    assert_eq!(other.status(), 200);

    // What is served, not what lies on disk.
    std::fs::write(&file, "id: [\n").unwrap();
    ask(&server, "/api/config/reload", "").await;
    let response = get(&server, "/api/restaurants/bella", Some(&bella)).await;
    assert_eq!(response.status(), 304);
    let renamed = good.replace("The bella", "The Bella");
    std::fs::write(&file, &renamed).unwrap();
    ask(&server, "/api/config/reload", "").await;
    let response = get(&server, "/api/restaurants/bella", Some(&bella)).await;
    assert_eq!(response.status(), 200);
    assert_eq!(response.text().await.unwrap(), renamed);
    // Under another file name it is still the same restaurant.
    std::fs::rename(&file, server.folder().join("b.yaml")).unwrap();
    ask(&server, "/api/config/reload", "").await;
    let response = get(&server, "/api/restaurants/bella", None).await;
    assert_eq!(response.text().await.unwrap(), renamed);
}

#[actix_web::test]
async fn a_restaurant_that_is_not_served_is_not_found() {
    let server = TestServer::start().await;
    for path in ["nobody", "bella.yaml", "..%2Fbella", "%20"] {
        let response = get(&server, &format!("/api/restaurants/{path}"), None).await;
        assert_eq!(response.status(), 404, "{path}");
        let told: serde_json::Value = response.json().await.unwrap();
        assert_eq!(told["error"], "no such restaurant is served");
    }
}

#[actix_web::test]
async fn the_table_has_a_tag_that_follows_every_row() {
    let server = TestServer::start().await;
    let first = tag(&get(&server, "/api/table", None).await);
    ask(&server, "/api/config/reload", "").await;
    let same = get(&server, "/api/table", Some(&first)).await;
    assert_eq!((same.status().as_u16(), tag(&same)), (304, first.clone()));
    // The same generation, another status.
    std::fs::write(server.folder().join("bella.yaml"), "id: [\n").unwrap();
    ask(&server, "/api/config/reload", "").await;
    let stale = get(&server, "/api/table", Some(&first)).await;
    assert_eq!(stale.status(), 200);
    let table: serde_json::Value = stale.json().await.unwrap();
    assert_eq!(table["generation"], json!(1));
    assert_eq!(table["restaurants"][0]["status"], "stale");
}

#[actix_web::test]
async fn an_earlier_version_is_served_until_the_file_changes() {
    let server = TestServer::start().await;
    let file = server.folder().join("bella.yaml");
    let first = std::fs::read_to_string(&file).unwrap();
    let old = digest(&server, "bella").await;
    std::fs::write(&file, first.replace("2.50", "3.50")).unwrap();
    ask(&server, "/api/config/reload", "").await;
    let new = digest(&server, "bella").await;
    assert_ne!(new, old);

    let wanted = json!({"file": "bella.yaml", "digest": old}).to_string();
    let stranger = reqwest::Client::new().post(server.url("/api/config/rollback"));
    let refused = stranger.body(wanted.clone()).send().await.unwrap();
    assert_eq!(refused.status(), 401);
    let (status, report) = ask(&server, "/api/config/rollback", wanted).await;
    assert_eq!(
        (status, &report["published"]),
        (200, &json!(true)),
        "{report}"
    );
    assert_eq!(report["files"][0]["outcome"], "pinned", "{report}");
    assert_eq!(digest(&server, "bella").await, old);
    let (_, text) = server.look("/api/restaurants/bella").await;
    assert_eq!(text, first);
    // Looking again changes nothing; another version of the file does.
    ask(&server, "/api/config/reload", "").await;
    assert_eq!(digest(&server, "bella").await, old);
    std::fs::write(&file, first.replace("2.50", "4.50")).unwrap();
    ask(&server, "/api/config/reload", "").await;
    let (_, text) = server.look("/api/restaurants/bella").await;
    assert!(text.contains("4.50"), "{text}");
}

#[actix_web::test]
async fn a_rollback_that_cannot_be_done_says_why() {
    let server = TestServer::start().await;
    let digest = digest(&server, "bella").await;
    let nowhere = "0".repeat(64);
    for (body, status, says) in [
        ("bella".to_owned(), 400, "expected {"),
        (json!({"file": "bella.yaml"}).to_string(), 400, "expected {"),
        (
            json!({"file": "bella.yaml", "digest": "latest"}).to_string(),
            400,
            "64 hex digits",
        ),
        (
            json!({"file": "luna.yaml", "digest": digest}).to_string(),
            404,
            "no file luna.yaml",
        ),
        (
            json!({"file": "bella.yaml", "digest": nowhere}).to_string(),
            404,
            "the last 20 good ones",
        ),
    ] {
        let (told, answer) = ask(&server, "/api/config/rollback", body.clone()).await;
        assert_eq!(told, status, "{body}: {answer}");
        let error = answer["error"].as_str().unwrap_or_default();
        assert!(error.contains(says), "{body}: {answer}");
    }
    assert_eq!(server.look("/api/config/rollback").await.0, 405);
    assert_eq!(server.json("/api/table").await["generation"], json!(1));
}
