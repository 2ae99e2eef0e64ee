//! HTTP clients that are used again. A client knows the addresses that were looked at when it was built and asks nobody for
//! others; it is used again only when the same host leads to the very same addresses, which are looked at anew for every
//! request. So a connection that is still open leads where one may go now.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use reqwest::Client;
use reqwest::redirect::Policy;

use super::DeliveryError;

/// Clients that are kept; the one that was used longest ago goes first.
const KEPT: usize = 64;
/// How long a connection is kept for the next request.
const IDLE: Duration = Duration::from_secs(20);
/// Connections kept of one client: as many as a destination is sent at once.
const IDLE_CONNECTIONS: usize = 4;

/// A host and where it leads.
type Place = (String, Vec<SocketAddr>);

/// The clients of one sender.
#[derive(Debug, Default)]
pub(super) struct HttpClients(Mutex<VecDeque<(Place, Client)>>);

impl HttpClients {
    /// A client that connects to these addresses of `host` and no others.
    ///
    /// # Errors
    /// It cannot be built.
    pub(super) fn at(
        &self,
        host: &str,
        mut addresses: Vec<SocketAddr>,
    ) -> Result<Client, DeliveryError> {
        addresses.sort_unstable();
        addresses.dedup();
        let place = (host.to_owned(), addresses);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = kept.iter().position(|(known, _)| *known == place)
            && let Some(found) = kept.remove(at)
        {
            let client = found.1.clone();
            kept.push_back(found);
            return Ok(client);
        }
        drop(kept);
        // An error means that the process has a TLS implementation already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder()
            .redirect(Policy::none())
            .no_proxy()
            .pool_idle_timeout(IDLE)
            .pool_max_idle_per_host(IDLE_CONNECTIONS)
            .resolve_to_addrs(host, &place.1)
            .build()
            .map_err(DeliveryError::unreachable)?;
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= KEPT {
            kept.pop_front();
        }
        kept.push_back((place, client.clone()));
        Ok(client)
    }

    #[cfg(test)]
    fn len(&self) -> usize {
        self.0.lock().unwrap().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_client_is_used_again_for_the_same_addresses_only_and_few_are_kept() {
        let clients = HttpClients::default();
        let at = |host: &str, addresses: &[&str]| {
            let addresses = addresses.iter().map(|a| a.parse().unwrap()).collect();
            clients.at(host, addresses).unwrap();
            clients.len()
        };
        let (one, other) = ("8.8.8.8:443", "9.9.9.9:443");
        assert_eq!(at("a.example", &[one, other]), 1);
        assert_eq!(at("a.example", &[other, one]), 1);
        assert_eq!(at("a.example", &[one]), 2, "it leads elsewhere");
        assert_eq!(at("b.example", &[one]), 3);
        for nth in 0..KEPT {
            at(&format!("{nth}.example"), &[one]);
        }
        assert_eq!(clients.len(), KEPT);
    }
}
