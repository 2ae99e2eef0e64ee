//! The end of the process: what was accepted before it is finished before it.

use maitred::store::Store;

use super::audit::git;
use super::notified::Receiver;
use super::twilio::{Socket, form, post, ring};
use crate::harness::{BELLA, SHUT, TestServer};

/// What a server that has ended left behind.
async fn left_behind(database: &str) -> Store {
    Store::open_existing(database).await.unwrap()
}

#[actix_web::test]
async fn records_that_wait_when_the_server_stops_are_written() {
    let mut server = TestServer::start().await;
    for n in 0..40 {
        post(&server, "/voice", &form(n, SHUT)).await;
    }
    server.drain();
    (&mut server.server).await.unwrap().unwrap();
    let store = left_behind(&server.database()).await;
    assert_eq!(store.calls(1000).await.unwrap().len(), 40);
    store.close().await;
}

#[actix_web::test]
async fn a_call_that_is_cut_off_by_a_second_signal_has_its_ending_on_record() {
    let mut server = TestServer::start().await;
    let token = ring(&server, 1, BELLA).await;
    let mut socket = Socket::open(&server).await;
    socket.start(1, &token).await;
    let started = |event: &maitred::events::DomainEvent| {
        matches!(event, maitred::events::DomainEvent::CallStarted { .. }).then_some(())
    };
    server.event(started).await;
    server.drain();
    server.force();
    (&mut server.server).await.unwrap().unwrap();
    let store = left_behind(&server.database()).await;
    let calls = store.calls(10).await.unwrap();
    assert_eq!(calls.len(), 1);
    assert!(calls[0].ending.is_some(), "{:?}", calls[0]);
    store.close().await;
}

#[actix_web::test]
async fn the_author_of_the_last_change_is_named_though_the_server_stops() {
    let mut server = TestServer::start().await;
    git(
        &server,
        "git init -q -b main; git add .; git commit -qm first; sed -i s/2.50/3.50/ bella.yaml; git commit -qam dearer",
    );
    server.post("/api/config/reload", "").await;
    server.drain();
    (&mut server.server).await.unwrap().unwrap();
    let store = left_behind(&server.database()).await;
    let rows = store.folder_audit(100).await.unwrap();
    let row = rows.iter().find(|row| row.file == "bella.yaml").unwrap();
    assert!(row.commit.is_some(), "{row:?}");
    store.close().await;
}

#[actix_web::test]
async fn what_the_receiver_had_still_to_be_told_is_told_before_the_server_ends() {
    let mut receiver = Receiver::open(&[]).await;
    let mut server = receiver.told_by(&[]).await;
    std::fs::write(server.folder().join("bella.yaml"), "id: [\n").unwrap();
    server.post("/api/config/reload", "").await;
    server.drain();
    (&mut server.server).await.unwrap().unwrap();
    assert_eq!(receiver.next().await.json()["event"], "rejected");
}
