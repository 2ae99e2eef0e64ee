//! `/metrics`: every name that an operator's alarms rely on.

use super::config::ask;
use super::twilio::{form, post};
use crate::harness::{BELLA, TestServer};

/// The names of the design, each with its labels as far as they are fixed.
const NAMES: [&str; 16] = [
    "maitred_config_generation ",
    "maitred_config_info{digest=\"",
    "maitred_config_last_reload_successful ",
    "maitred_config_last_reload_success_timestamp_seconds ",
    "maitred_config_reloads_total{result=\"published\",trigger=\"start\"}",
    "maitred_config_reloads_total{result=\"problems\",trigger=\"api\"}",
    "maitred_config_files{state=\"active\"} 3",
    "maitred_config_files{state=\"stale\"} 1",
    "maitred_config_files{state=\"disabled\"} 1",
    "maitred_config_findings{severity=\"error\",code=\"E_YAML\"} 1",
    "maitred_config_apply_seconds_bucket{",
    "maitred_config_visible_seconds_bucket{",
    "maitred_config_watch_healthy 1",
    "maitred_config_watch_overflows_total 0",
    "maitred_config_source_lost 0",
    "maitred_config_deletions_held 0",
];

#[actix_web::test]
async fn every_metric_of_the_folder_is_there() {
    let server = TestServer::start().await;
    let file = server.folder().join("bella.yaml");
    let good = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, good.replace("2.50", "3.50")).unwrap();
    ask(&server, "/api/config/reload", "").await;
    std::fs::write(&file, "id: [\n").unwrap();
    ask(&server, "/api/config/reload", "").await;
    post(&server, "/voice", &form(1, "+15550109999")).await;
    let (_, text) = server.look("/metrics").await;
    for name in NAMES {
        let found = text.lines().any(|line| line.starts_with(name));
        assert!(found, "{name} is not in\n{text}");
    }
    assert!(text.contains("maitred_unrouted_calls_total{reason=\"unknown\"} 1"));
    let families = text.lines().filter(|line| line.starts_with("# TYPE "));
    let mut families: Vec<&str> = families.collect();
    let count = families.len();
    families.sort_unstable();
    families.dedup();
    assert_eq!(families.len(), count, "a family is told once: {text}");
}

#[actix_web::test]
async fn the_last_reload_is_successful_only_while_every_file_is_served_as_it_is_on_disk() {
    let server = TestServer::start().await;
    let successful = async || {
        let name = "maitred_config_last_reload_successful";
        server.metric(name).await.unwrap()
    };
    let at = async || {
        let name = "maitred_config_last_reload_success_timestamp_seconds";
        server.metric(name).await.unwrap()
    };
    assert_eq!(successful().await, 1.0);
    let first = at().await;
    let file = server.folder().join("bella.yaml");
    let good = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, "id: [\n").unwrap();
    ask(&server, "/api/config/reload", "").await;
    assert_eq!((successful().await, at().await), (0.0, first));
    // Nothing new was found, and the file is still not served.
    ask(&server, "/api/config/reload", "").await;
    assert_eq!((successful().await, at().await), (0.0, first));
    std::fs::write(&file, &good).unwrap();
    ask(&server, "/api/config/reload", "").await;
    assert_eq!(successful().await, 1.0);
    assert!(at().await >= first);
    post(&server, "/voice", &form(2, BELLA)).await;
    let (_, text) = server.look("/metrics").await;
    assert!(
        !text.contains("code=\"E_YAML\""),
        "a mended finding is gone: {text}"
    );
}
