//! Who is to get a message.

use std::fmt;

use reqwest::Url;

use super::AddressGuard;
use crate::settings::Secret;

/// An address, the secret that signs for it, and where it may lead. The path is hidden in `Debug`: many services put a
/// token into it.
#[derive(Clone)]
pub struct Destination {
    /// `https`, or `http` where private addresses are allowed; checked by whoever read it.
    pub url: Url,
    pub secret: Secret,
    pub guard: AddressGuard,
}

impl Destination {
    /// The host without the brackets of an IPv6 address.
    pub(super) fn host(&self) -> &str {
        let host = self.url.host_str().unwrap_or_default();
        host.trim_start_matches('[').trim_end_matches(']')
    }

    /// Its port, the scheme's when none is given.
    pub(super) fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(443)
    }
}

impl fmt::Debug for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Destination({})", self.host())
    }
}
