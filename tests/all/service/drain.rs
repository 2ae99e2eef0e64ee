//! Going down: no new calls, live ones end in their own time.

use maitred::events::DomainEvent;
use tokio_tungstenite::tungstenite::Message;

use super::twilio::{Socket, form, post_signed, ring};
use crate::harness::{BELLA, TOKEN, TestServer};

async fn live_call(server: &mut TestServer) -> Socket {
    let token = ring(server, 1, BELLA).await;
    let mut socket = Socket::open(server).await;
    socket.start(1, &token).await;
    server
        .event(|event| matches!(event, DomainEvent::CallStarted { .. }).then_some(()))
        .await;
    socket
}

#[tokio::test]
async fn a_draining_server_takes_no_calls_and_waits_for_the_last() {
    let mut server = TestServer::start().await;
    let mut socket = live_call(&mut server).await;
    server.drain();
    server
        .event(|event| matches!(event, DomainEvent::Draining { live: 1 }).then_some(()))
        .await;
    assert_eq!(server.look("/readyz").await.0, 503);
    assert_eq!(server.look("/healthz").await.0, 200);
    let (status, _) = post_signed(&server, "/voice", &form(2, BELLA), TOKEN).await;
    assert_eq!(status, 503);
    assert!(!server.server.is_finished());
    socket.send(Message::Close(None)).await;
    (&mut server.server).await.unwrap().unwrap();
}

#[tokio::test]
async fn a_second_signal_does_not_wait() {
    let mut server = TestServer::start().await;
    let _socket = live_call(&mut server).await;
    server.drain();
    server.force();
    (&mut server.server).await.unwrap().unwrap();
}

#[tokio::test]
async fn an_idle_server_stops_at_once() {
    let mut server = TestServer::start().await;
    server.drain();
    (&mut server.server).await.unwrap().unwrap();
}
