//! One restaurant's many destinations hang; another's order goes out all the same.

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::sync::mpsc;

use super::hostile::{placement, quiet_server, webhook};
use super::till::Till;

/// More than all tries that the server makes at once.
const HANGING: usize = 160;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_restaurant_whose_every_destination_hangs_hangs_alone() {
    let (told, mut heard) = mpsc::unbounded_channel();
    let server = quiet_server(&[]).await;
    let now: jiff::Timestamp = "2026-11-30T17:00:00Z".parse().unwrap();
    for nth in 0..HANGING {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let to = webhook(listener.local_addr().unwrap());
        let told = told.clone();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let told = told.clone();
                tokio::spawn(async move {
                    let mut some = [0; 4_096];
                    let _ = told.send(stream.read(&mut some).await.is_ok());
                    // Begins to answer and never ends.
                    let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nX: ").await;
                    while let Ok(1..) = stream.read(&mut some).await {}
                });
            }
        });
        let order = placement("slow", nth, to, now);
        server.store.place(&order).await.unwrap();
    }
    // As many as one restaurant may have are under way.
    for _ in 0..8 {
        assert!(heard.recv().await.unwrap());
    }
    let mut till = Till::friendly().await;
    for nth in 0..20 {
        let order = placement("victim", 1_000 + nth, webhook(till.address), now);
        server.store.place(&order).await.unwrap();
        till.came(nth + 1).await;
    }
    let mut reached = 8;
    while heard.try_recv().is_ok() {
        reached += 1;
    }
    assert!(reached < HANGING, "none of those that hang waited any more");
}
