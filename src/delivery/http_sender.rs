//! Posting a message until it is taken: each try is one request of `http_request`.

use std::time::Duration;

use reqwest::RequestBuilder;

use super::http_clients::HttpClients;
use super::http_request::head_only;
use super::signature::{ID, SIGNATURE, TIMESTAMP};
use super::{DeliveryError, Destination, Message, Retries};

/// How long one try may take, from looking up the name to the head of the answer.
const TRY_TIMEOUT: Duration = Duration::from_secs(10);

/// Delivers messages to one destination, one after the other.
#[derive(Debug)]
pub struct HttpSender {
    destination: Destination,
    retries: Retries,
    try_timeout: Duration,
    clients: HttpClients,
}

impl HttpSender {
    pub fn new(destination: Destination, retries: Retries) -> Self {
        Self {
            destination,
            retries,
            try_timeout: TRY_TIMEOUT,
            clients: HttpClients::default(),
        }
    }

    /// Tries until the receiver has it, refuses it for good, or was asked often enough. `failed` hears of every failure
    /// that is followed by another try.
    ///
    /// # Errors
    /// The last failure.
    #[expect(clippy::disallowed_methods, reason = "waits between tries")]
    pub async fn deliver(
        &self,
        message: &Message,
        mut failed: impl FnMut(&DeliveryError),
    ) -> Result<(), DeliveryError> {
        let mut failures = 0;
        loop {
            let Err(error) = self.post(message).await else {
                return Ok(());
            };
            failures += 1;
            match self.retries.wait_after(failures) {
                Some(wait) if error.may_pass() => {
                    failed(&error);
                    tokio::time::sleep(wait).await;
                }
                _ => return Err(error),
            }
        }
    }

    /// One try.
    ///
    /// # Errors
    /// The receiver has not taken it.
    #[expect(clippy::disallowed_methods, reason = "the receiver looks at its clock")]
    pub async fn post(&self, message: &Message) -> Result<(), DeliveryError> {
        let to = &self.destination;
        let seconds = jiff::Timestamp::now().as_second();
        let fill = |request: RequestBuilder| {
            request
                .header("Content-Type", "application/json")
                .header(ID, message.id.to_string())
                .header(TIMESTAMP, seconds)
                .header(SIGNATURE, message.signature(&to.secret, seconds))
                .body(message.body.clone())
        };
        match head_only(&to.url, (&to.guard, &self.clients), self.try_timeout, fill).await? {
            status if status.is_success() => Ok(()),
            status => Err(DeliveryError::Status(status)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
    use tokio::net::{TcpListener, TcpStream};
    use uuid::Uuid;

    use super::super::{AddressError, AddressGuard};
    use super::*;
    use crate::settings::Secret;

    /// A name that no name server knows: what connects to it was told where it is.
    const NOWHERE: &str = "http://receiver.invalid/hook?token=hidden";

    fn sender(guard: AddressGuard, url: &str) -> HttpSender {
        let destination = Destination {
            url: url.parse().unwrap(),
            secret: Secret::new("a secret of thirty-two bytes or more"),
            guard,
        };
        let retries = Retries {
            first: Duration::from_millis(1),
            ..Retries::default()
        };
        HttpSender::new(destination, retries)
    }

    fn message() -> Message {
        Message {
            id: Uuid::nil(),
            body: "{}".to_owned(),
        }
    }

    async fn listener() -> (TcpListener, SocketAddr) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        (listener, address)
    }

    /// Takes one request and returns its connection.
    async fn request(listener: &TcpListener) -> TcpStream {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut read = Vec::new();
        while !read.ends_with(b"\r\n\r\n{}") {
            let mut some = [0; 1024];
            let count = stream.read(&mut some).await.unwrap();
            assert_ne!(count, 0, "{}", String::from_utf8_lossy(&read));
            read.extend_from_slice(&some[..count]);
        }
        stream
    }

    async fn answer(listener: &TcpListener, head: &str) {
        let mut stream = request(listener).await;
        let head = format!("HTTP/1.1 {head}\r\nContent-Length: 0\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
    }

    #[tokio::test]
    async fn the_address_that_was_looked_at_is_the_one_that_is_connected_to() {
        let (first, first_address) = listener().await;
        let (second, second_address) = listener().await;
        // The name leads elsewhere as soon as it has been looked at.
        let answers = vec![vec![first_address], vec![second_address]];
        let sender = sender(AddressGuard::scripted(true, answers), NOWHERE);
        let message = message();
        let (sent, ()) = tokio::join!(sender.post(&message), answer(&first, "204 No Content"));
        sent.unwrap();
        // The next try looks again, and goes where the name leads then.
        let (sent, ()) = tokio::join!(sender.post(&message), answer(&second, "204 No Content"));
        sent.unwrap();
    }

    #[tokio::test]
    async fn a_name_that_turns_private_between_two_tries_gets_nothing_more() {
        let (inside, private) = listener().await;
        let sender = sender(AddressGuard::scripted(false, vec![vec![private]]), NOWHERE);
        let mut tries = 0;
        let error = sender
            .deliver(&message(), |_| tries += 1)
            .await
            .unwrap_err();
        assert!(
            matches!(error, DeliveryError::Address(AddressError::Private(_))),
            "{error}"
        );
        assert_eq!(tries, 0, "a private address is final");
        let connected = tokio::time::timeout(Duration::ZERO, inside.accept()).await;
        assert!(connected.is_err(), "somebody connected");
    }

    #[tokio::test]
    async fn a_redirect_is_an_answer_and_not_an_order() {
        let (listener, address) = listener().await;
        let (elsewhere, other) = self::listener().await;
        let sender = sender(AddressGuard::new(true), &format!("http://{address}/"));
        for status in ["301", "302", "303", "307", "308"] {
            let head = format!("{status} Moved\r\nLocation: http://{other}/");
            let message = message();
            let (sent, ()) = tokio::join!(sender.post(&message), answer(&listener, &head));
            let error = sent.unwrap_err();
            assert!(error.to_string().contains(status), "{error}");
            assert!(!error.may_pass(), "{status}");
        }
        let connected = tokio::time::timeout(Duration::ZERO, elsewhere.accept()).await;
        assert!(connected.is_err(), "it was followed");
    }

    #[tokio::test]
    async fn a_body_without_end_is_not_read() {
        let (listener, address) = listener().await;
        let sender = sender(AddressGuard::new(true), &format!("http://{address}/"));
        let endless = async {
            let mut stream = request(&listener).await;
            let head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
            stream.write_all(head).await.unwrap();
            // Until the other side has gone.
            while stream.write_all(b"5\r\nagain\r\n").await.is_ok() {}
        };
        let message = message();
        let (sent, ()) = tokio::join!(sender.post(&message), endless);
        sent.unwrap();
    }

    #[tokio::test]
    async fn a_head_without_end_is_given_up_by_size() {
        let (listener, address) = listener().await;
        let sender = sender(AddressGuard::new(true), &format!("http://{address}/"));
        let endless = async {
            let mut stream = request(&listener).await;
            let _ = stream.write_all(b"HTTP/1.1 200 OK\r\nX: ").await;
            let mut sent = 0_usize;
            while stream.write_all(&[b'x'; 4096]).await.is_ok() {
                sent += 4096;
            }
            sent
        };
        let message = message();
        let (sent, bytes) = tokio::join!(sender.post(&message), endless);
        let error = sent.unwrap_err();
        assert!(matches!(error, DeliveryError::Unreachable(_)), "{error}");
        assert!(bytes < 16 * 1024 * 1024, "{bytes} bytes were taken");
    }

    #[tokio::test]
    async fn a_receiver_that_never_answers_is_given_up_in_time_and_may_be_tried_again() {
        let (listener, address) = listener().await;
        let mut sender = sender(AddressGuard::new(true), &format!("http://{address}/"));
        sender.try_timeout = Duration::from_millis(1);
        // The kernel takes the connection; nobody answers.
        let error = sender.post(&message()).await.unwrap_err();
        assert!(matches!(error, DeliveryError::Timeout(_)), "{error}");
        assert!(error.may_pass());
        drop(listener);
    }

    #[tokio::test]
    async fn what_may_pass_is_tried_again_and_every_failure_is_told_without_the_address() {
        let (listener, address) = listener().await;
        let url = format!("http://{address}/hook?token=hidden");
        let sender = sender(AddressGuard::new(true), &url);
        let message = message();
        let mut told = Vec::new();
        let answers = async {
            for head in ["503 Unavailable", "429 Too Many", "408 Late", "403 No"] {
                answer(&listener, head).await;
            }
        };
        let delivery = sender.deliver(&message, |error| told.push(error.to_string()));
        let (sent, ()) = tokio::join!(delivery, answers);
        told.push(sent.unwrap_err().to_string());
        assert_eq!(told.len(), 4, "{told:?}");
        assert!(told[3].contains("403"), "{told:?}");
        assert!(!told.concat().contains("hidden"), "{told:?}");
        assert_eq!(format!("{sender:?}").matches("hidden").count(), 0);
    }
}
