//! Who is to get a message.

use std::fmt;

use reqwest::Url;

use super::AddressGuard;
use super::http_request::host_of;
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

impl fmt::Debug for Destination {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Destination({})", host_of(&self.url))
    }
}
