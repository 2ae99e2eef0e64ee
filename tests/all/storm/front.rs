//! A front that says how it was reached, as nginx does: the software phone signs what it asks for, and believes it asks
//! this front.

use std::net::SocketAddr;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// A running front; it ends when this is dropped.
pub struct Front {
    /// Where it listens.
    pub address: SocketAddr,
    accepting: JoinHandle<()>,
}

impl Front {
    /// Passes everything on to `server`, which must trust 127.0.0.1 as a proxy.
    pub async fn start(server: SocketAddr) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let accepting = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                // A side that goes away ends its own connection only.
                tokio::spawn(async move { pass_on(stream, server).await.ok() });
            }
        });
        Self { address, accepting }
    }

    pub fn webhook(&self) -> String {
        format!("http://{}/voice", self.address)
    }
}

impl Drop for Front {
    fn drop(&mut self) {
        self.accepting.abort();
    }
}

/// One request on one connection, or one socket for its whole life.
async fn pass_on(mut client: TcpStream, server: SocketAddr) -> std::io::Result<()> {
    let mut head = Vec::new();
    while !head.windows(4).any(|four| four == b"\r\n\r\n") {
        if client.read_buf(&mut head).await? == 0 {
            return Ok(());
        }
    }
    let text = String::from_utf8_lossy(&head).into_owned();
    let (first, rest) = text.split_once("\r\n").unwrap();
    // The next request would come without the header below.
    let close = if text.to_ascii_lowercase().contains("upgrade: websocket") {
        ""
    } else {
        "Connection: close\r\n"
    };
    let told = format!("{first}\r\nX-Forwarded-Proto: http\r\n{close}{rest}");
    let mut upstream = TcpStream::connect(server).await?;
    upstream.write_all(told.as_bytes()).await?;
    tokio::io::copy_bidirectional(&mut client, &mut upstream).await?;
    Ok(())
}
