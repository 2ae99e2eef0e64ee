//! Clients that are used again, by where they may connect.

use std::net::SocketAddr;
use std::time::Duration;

use moka::sync::Cache;
use reqwest::Client;
use reqwest::redirect::Policy;

use super::DeliveryError;

/// Receivers that a client is kept for.
const KEPT: u64 = 256;
/// How long one that nobody used is kept, and a connection of it.
const IDLE: Duration = Duration::from_secs(60);

/// Clients, each of which knows one host and the addresses that were looked at: it asks nobody for others. Whoever wants one
/// has resolved the name just now, so a host that moved gets a new client, and a connection that is kept goes where the name
/// still leads.
#[derive(Clone, Debug)]
pub(super) struct HttpClients(Cache<(String, Vec<SocketAddr>), Client>);

impl Default for HttpClients {
    fn default() -> Self {
        let kept = Cache::builder().max_capacity(KEPT).time_to_idle(IDLE);
        Self(kept.build())
    }
}

impl HttpClients {
    /// A client for a host that leads to these addresses now.
    ///
    /// # Errors
    /// TLS cannot be set up.
    pub fn of(&self, host: &str, addresses: &[SocketAddr]) -> Result<Client, DeliveryError> {
        let mut sorted = addresses.to_vec();
        sorted.sort_unstable();
        let key = (host.to_owned(), sorted);
        if let Some(client) = self.0.get(&key) {
            return Ok(client);
        }
        // An error means that the process has a TLS implementation already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .pool_idle_timeout(IDLE)
            .resolve_to_addrs(host, addresses)
            .build()
            .map_err(DeliveryError::unreachable)?;
        self.0.insert(key, client.clone());
        Ok(client)
    }
}
