//! Where a name leads, and whether one may go there.
//!
//! The receiver's name is somebody else's to change: one that led to a public address when it was configured may lead to
//! this machine, its network or a cloud's metadata service when it is used (server-side request forgery, DNS
//! rebinding). So it is resolved once for each try, every address is looked at, and the request goes to those very
//! addresses.

use std::fmt;
use std::future::Future;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;

use crate::settings::is_public;

/// Asks for the addresses of a host and port.
type Lookup = dyn Fn(String, u16) -> Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>
    + Send
    + Sync;

/// Why a name leads nowhere one may go.
#[derive(Debug, thiserror::Error)]
pub enum AddressError {
    #[error("its name cannot be resolved: {0}")]
    Name(#[source] io::Error),
    #[error("its name leads to the private address {0}")]
    Private(IpAddr),
}

/// Resolves names and refuses what they lead to.
#[derive(Clone)]
pub struct AddressGuard {
    allow_private: bool,
    lookup: Arc<Lookup>,
}

impl fmt::Debug for AddressGuard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "AddressGuard(allow_private: {})", self.allow_private)
    }
}

impl AddressGuard {
    /// Names as the system resolves them; with `allow_private` they may lead anywhere.
    pub fn new(allow_private: bool) -> Self {
        Self::with_lookup(allow_private, |host, port| {
            Box::pin(async move {
                let found = tokio::net::lookup_host((host, port)).await?;
                Ok(found.collect())
            })
        })
    }

    fn with_lookup(
        allow_private: bool,
        lookup: impl Fn(
            String,
            u16,
        ) -> Pin<Box<dyn Future<Output = io::Result<Vec<SocketAddr>>> + Send>>
        + Send
        + Sync
        + 'static,
    ) -> Self {
        Self {
            allow_private,
            lookup: Arc::new(lookup),
        }
    }

    /// A guard for whom every name leads to the next of these lists, the last one for ever.
    #[cfg(test)]
    pub(super) fn scripted(allow_private: bool, mut answers: Vec<Vec<SocketAddr>>) -> Self {
        answers.reverse();
        let answers = std::sync::Mutex::new(answers);
        Self::with_lookup(allow_private, move |_, _| {
            let mut answers = answers.lock().expect("no test panics inside");
            let answer = match answers.len() {
                1 => answers[0].clone(),
                _ => answers.pop().unwrap_or_default(),
            };
            Box::pin(std::future::ready(Ok(answer)))
        })
    }

    /// The addresses of a host now; one private address among them is one too many.
    ///
    /// # Errors
    /// The name has no address, or one that may not be reached.
    pub(super) async fn addresses(
        &self,
        host: &str,
        port: u16,
    ) -> Result<Vec<SocketAddr>, AddressError> {
        let found = (self.lookup)(host.to_owned(), port).await;
        let addresses = found.map_err(AddressError::Name)?;
        if addresses.is_empty() {
            let nothing = io::Error::new(io::ErrorKind::NotFound, "it has no address");
            return Err(AddressError::Name(nothing));
        }
        let refused = |address: &&SocketAddr| !self.allow_private && !is_public(address.ip());
        match addresses.iter().find(refused) {
            Some(private) => Err(AddressError::Private(private.ip())),
            None => Ok(addresses),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One of every kind that is not a public receiver, and what it is.
    const KINDS: &[(&str, &str)] = &[
        ("127.0.0.1:443", "loopback"),
        ("127.255.255.254:443", "loopback, the end of it"),
        ("0.0.0.0:443", "this machine"),
        ("10.0.0.1:443", "private"),
        ("172.16.0.1:443", "private"),
        ("172.31.255.255:443", "private, the end of it"),
        ("192.168.1.1:443", "private"),
        ("169.254.169.254:443", "link-local: a cloud's metadata"),
        ("100.64.0.1:443", "carrier-grade NAT"),
        ("100.127.255.254:443", "carrier-grade NAT, the end of it"),
        ("192.0.2.1:443", "documentation"),
        ("198.18.0.1:443", "benchmarks"),
        ("224.0.0.1:443", "multicast"),
        ("255.255.255.255:443", "broadcast"),
        ("[::]:443", "this machine"),
        ("[::1]:443", "loopback"),
        ("[fe80::1]:443", "link-local"),
        ("[fec0::1]:443", "site-local"),
        ("[fc00::1]:443", "unique local"),
        ("[fd00:ec2::254]:443", "unique local: a cloud's metadata"),
        ("[ff02::1]:443", "multicast"),
        ("[::ffff:127.0.0.1]:443", "IPv4-mapped loopback"),
        ("[::ffff:10.0.0.1]:443", "IPv4-mapped private"),
        ("[::ffff:169.254.169.254]:443", "IPv4-mapped metadata"),
        ("[::127.0.0.1]:443", "IPv4-compatible loopback"),
        ("[::ffff:0:127.0.0.1]:443", "IPv4-translated loopback"),
        ("[2002:7f00:1::1]:443", "6to4 of loopback"),
        ("[2002:a00:1::1]:443", "6to4 of a private address"),
        ("[2002:808:808::1]:443", "6to4, which no receiver has"),
        ("[64:ff9b::127.0.0.1]:443", "NAT64 of loopback"),
        ("[64:ff9b::10.0.0.1]:443", "NAT64 of a private address"),
        ("[64:ff9b::169.254.169.254]:443", "NAT64 of metadata"),
        ("[64:ff9b:1::8.8.8.8]:443", "NAT64 of this network's own"),
        ("[2001::1]:443", "Teredo"),
        ("[2001:db8::1]:443", "documentation"),
        ("[100::1]:443", "discarded"),
    ];

    async fn looked_at(allow_private: bool, found: &[&str]) -> Result<Vec<SocketAddr>, String> {
        let found = found.iter().map(|address| address.parse().unwrap());
        let guard = AddressGuard::scripted(allow_private, vec![found.collect()]);
        let addresses = guard.addresses("hooks.example.com", 443).await;
        addresses.map_err(|error| error.to_string())
    }

    #[tokio::test]
    async fn every_kind_of_private_address_is_refused_after_resolution_unless_allowed() {
        for (address, kind) in KINDS {
            let refused = looked_at(false, &[address]).await;
            let why = refused.expect_err(&format!("{address} ({kind}) is reached"));
            assert!(why.contains("leads to the private address"), "{why}");
            assert!(looked_at(true, &[address]).await.is_ok(), "{address}");
        }
    }

    #[tokio::test]
    async fn one_private_address_among_public_ones_is_one_too_many() {
        let (public, other) = ("8.8.8.8:443", "[2606:4700::1111]:443");
        assert_eq!(looked_at(false, &[public, other]).await.unwrap().len(), 2);
        // An IPv6-only network reaches public IPv4 receivers so.
        assert!(looked_at(false, &["[64:ff9b::8.8.8.8]:443"]).await.is_ok());
        for (address, kind) in KINDS {
            let found = looked_at(false, &[public, address, other]).await;
            assert!(found.is_err(), "{address} ({kind})");
        }
    }

    #[tokio::test]
    async fn a_name_without_an_address_is_not_asked_for_elsewhere() {
        let why = looked_at(true, &[]).await.unwrap_err();
        assert_eq!(why, "its name cannot be resolved: it has no address");
    }

    #[tokio::test]
    async fn the_system_resolves_names_and_reads_literal_addresses() {
        let guard = AddressGuard::new(true);
        let literal = guard.addresses("::1", 8443).await.unwrap();
        assert_eq!(literal, ["[::1]:8443".parse().unwrap()]);
        let local = guard.addresses("localhost", 80).await.unwrap();
        assert!(local.iter().all(|address| address.ip().is_loopback()));
        assert!(
            AddressGuard::new(false)
                .addresses("localhost", 80)
                .await
                .is_err()
        );
    }
}
