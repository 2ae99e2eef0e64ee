//! One HTTP request: resolve, look at every address, connect to those and no others, follow nothing.

use std::time::Duration;

use reqwest::header::{HeaderMap, RETRY_AFTER};
use reqwest::{RequestBuilder, StatusCode, Url};
use tokio::time::{Instant, timeout, timeout_at};

use super::http_clients::HttpClients;
use super::{AddressGuard, DeliveryError};

/// Most bytes read of a reply's body; nothing we understand is longer.
const MAX_REPLY: usize = 16 * 1024;

/// What came back.
#[derive(Debug)]
pub(super) struct Reply {
    pub status: StatusCode,
    /// The wait the receiver asks for, where it says so in seconds.
    pub retry_after: Option<Duration>,
    /// Its body; empty when it is too large, or did not come in time.
    pub body: Vec<u8>,
}

/// Posts to `url`, filled in by `fill`; the whole of it, the lookup and the body of the reply too, takes at most `limit`.
///
/// # Errors
/// No reply: another status is one.
#[expect(clippy::disallowed_methods, reason = "a bound on the whole of a try")]
pub(super) async fn exchange(
    url: &Url,
    (guard, clients): (&AddressGuard, &HttpClients),
    limit: Duration,
    fill: impl FnOnce(RequestBuilder) -> RequestBuilder,
) -> Result<Reply, DeliveryError> {
    let end = Instant::now() + limit;
    // Around the lookup too: a name server that does not answer is no answer.
    let head = timeout_at(end, head(url, guard, clients, fill)).await;
    let mut response = head.unwrap_or(Err(DeliveryError::Timeout(limit)))?;
    let mut reply = Reply {
        status: response.status(),
        retry_after: retry_after(response.headers()),
        body: Vec::new(),
    };
    // Received is received, whatever becomes of the body.
    while let Ok(Ok(Some(piece))) = timeout_at(end, response.chunk()).await {
        if reply.body.len() + piece.len() > MAX_REPLY {
            reply.body.clear();
            break;
        }
        reply.body.extend_from_slice(&piece);
    }
    Ok(reply)
}

/// The same for who needs no more than the status: a body is not read.
///
/// # Errors
/// As [`exchange`].
pub(super) async fn head_only(
    url: &Url,
    (guard, clients): (&AddressGuard, &HttpClients),
    limit: Duration,
    fill: impl FnOnce(RequestBuilder) -> RequestBuilder,
) -> Result<StatusCode, DeliveryError> {
    let head = timeout(limit, head(url, guard, clients, fill)).await;
    Ok(head.unwrap_or(Err(DeliveryError::Timeout(limit)))?.status())
}

async fn head(
    url: &Url,
    guard: &AddressGuard,
    clients: &HttpClients,
    fill: impl FnOnce(RequestBuilder) -> RequestBuilder,
) -> Result<reqwest::Response, DeliveryError> {
    let (host, port) = (host_of(url), url.port_or_known_default().unwrap_or(443));
    let addresses = guard.addresses(host, port).await?;
    let request = clients
        .at(host, addresses)?
        .post(url.clone())
        .header("User-Agent", concat!("maitred/", env!("CARGO_PKG_VERSION")));
    fill(request)
        .send()
        .await
        .map_err(DeliveryError::unreachable)
}

/// The host without the brackets of an IPv6 address.
pub(super) fn host_of(url: &Url) -> &str {
    let host = url.host_str().unwrap_or_default();
    host.trim_start_matches('[').trim_end_matches(']')
}

/// The wait that an answer asks for in seconds.
pub(super) fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    seconds.parse().ok().map(Duration::from_secs)
}
