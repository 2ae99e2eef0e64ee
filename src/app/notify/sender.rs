//! Posting a message: resolve, look at every address, connect to those and no others, follow nothing, try again.

use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, StatusCode};

use super::message::{ID, Message, SIGNATURE, TIMESTAMP};
use crate::events::{DomainEvent, Events};
use crate::settings::Notify;

/// How long one try may take.
const PATIENCE: Duration = Duration::from_secs(10);

/// How often a message is tried, and how long is waited before the next try.
#[derive(Clone, Copy, Debug)]
pub struct Retries {
    pub tries: u32,
    /// After the first failure; doubled after each.
    pub first: Duration,
    /// Never longer than this.
    pub longest: Duration,
}

impl Default for Retries {
    /// Eight tries within about two minutes.
    fn default() -> Self {
        Self {
            tries: 8,
            first: Duration::from_secs(1),
            longest: Duration::from_secs(60),
        }
    }
}

/// Why a try failed. Never holds the address or the secret.
#[derive(Debug, thiserror::Error)]
enum Failure {
    #[error("its name cannot be resolved: {0}")]
    Name(std::io::Error),
    #[error("its name leads to the private address {0}; --notify-allow-private lets it")]
    Private(IpAddr),
    #[error("it answered {0}")]
    Status(StatusCode),
    #[error("it cannot be reached: {0}")]
    Unreachable(String),
}

impl Failure {
    /// May another try succeed?
    fn may_pass(&self) -> bool {
        match self {
            Self::Name(_) | Self::Unreachable(_) => true,
            Self::Private(_) => false,
            Self::Status(status) => {
                status.is_server_error()
                    || matches!(
                        *status,
                        StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS
                    )
            }
        }
    }
}

/// Delivers messages one after the other.
pub(super) struct Sender {
    notify: Notify,
    retries: Retries,
    events: Events,
}

impl Sender {
    pub(super) fn new(notify: Notify, retries: Retries, events: Events) -> Self {
        // An error means that the process has a TLS implementation already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        Self {
            notify,
            retries,
            events,
        }
    }

    /// Tries until the receiver has it, refuses it for good, or was asked often enough; every failure is an event.
    #[expect(clippy::disallowed_methods, reason = "waits between tries")]
    pub(super) async fn deliver(&self, message: &Message) {
        let mut pause = self.retries.first;
        for attempt in 1..=self.retries.tries {
            let Err(failure) = self.post(message).await else {
                let topic = message.topic.as_str();
                self.events.publish(DomainEvent::Notified { topic });
                return;
            };
            let last = attempt == self.retries.tries || !failure.may_pass();
            let reason = failure.to_string();
            self.events
                .publish(DomainEvent::NotifyFailed { reason, last });
            if last {
                return;
            }
            tokio::time::sleep(pause).await;
            pause = (pause * 2).min(self.retries.longest);
        }
    }

    #[expect(clippy::disallowed_methods, reason = "the receiver looks at its clock")]
    async fn post(&self, message: &Message) -> Result<(), Failure> {
        let addresses = self.addresses().await?;
        // A client of this try alone: it knows the addresses that were looked at, and asks nobody for others.
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .timeout(PATIENCE)
            .resolve_to_addrs(self.notify.host(), &addresses)
            .build()
            .map_err(unreachable)?;
        let seconds = jiff::Timestamp::now().as_second();
        let answer = client
            .post(self.notify.url().clone())
            .header("Content-Type", "application/json")
            .header("User-Agent", concat!("maitred/", env!("CARGO_PKG_VERSION")))
            .header(ID, message.id.to_string())
            .header(TIMESTAMP, seconds)
            .header(SIGNATURE, message.signature(&self.notify.secret, seconds))
            .body(message.body.clone())
            .send()
            .await
            .map_err(unreachable)?;
        match answer.status() {
            status if status.is_success() => Ok(()),
            status => Err(Failure::Status(status)),
        }
    }

    /// Where the name leads now; one private address among them is one too many.
    async fn addresses(&self) -> Result<Vec<SocketAddr>, Failure> {
        let place = (self.notify.host(), self.notify.port());
        let found = tokio::net::lookup_host(place).await;
        let addresses: Vec<SocketAddr> = found.map_err(Failure::Name)?.collect();
        let refused = |address: &&SocketAddr| !self.notify.may_reach(address.ip());
        match addresses.iter().find(refused) {
            Some(private) => Err(Failure::Private(private.ip())),
            None => Ok(addresses),
        }
    }
}

/// The cause, without the address that reqwest would name.
fn unreachable(error: reqwest::Error) -> Failure {
    use std::error::Error as _;
    let error = error.without_url();
    let mut told = error.to_string();
    let mut cause = error.source();
    while let Some(next) = cause {
        told = format!("{told}: {next}");
        cause = next.source();
    }
    Failure::Unreachable(told)
}
