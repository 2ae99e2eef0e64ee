//! What every channel needs: secrets, senders, tickets, and where one may go.

use std::sync::Arc;

use super::AddressGuard;
use super::http_clients::HttpClients;
use super::tickets::Tickets;
use super::twilio_rest::TwilioRest;
use crate::settings::{AllowedHosts, Secret, SmtpUrl};
use crate::store::Store;

/// Reads a variable of the server's environment.
type Lookup = dyn Fn(&str) -> Option<String> + Send + Sync;

/// The signing secrets that restaurants' files name by their variables.
#[derive(Clone)]
pub struct Secrets(Arc<Lookup>);

impl Secrets {
    /// Secrets that `lookup` knows.
    pub fn new(lookup: impl Fn(&str) -> Option<String> + Send + Sync + 'static) -> Self {
        Self(Arc::new(lookup))
    }

    pub(super) fn get(&self, name: &str) -> Option<Secret> {
        let value = (self.0)(name).filter(|value| !value.trim().is_empty());
        value.map(Secret::new)
    }
}

impl Default for Secrets {
    /// Those of the process.
    #[expect(
        clippy::disallowed_methods,
        reason = "which variables there are is known only when a file names them"
    )]
    fn default() -> Self {
        Self::new(|name| std::env::var(name).ok())
    }
}

impl std::fmt::Debug for Secrets {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secrets")
    }
}

/// What every channel needs.
pub(super) struct ChannelContext {
    pub allow: AllowedHosts,
    pub secrets: Secrets,
    /// Of webhooks.
    pub clients: HttpClients,
    /// Who sends texts and rings.
    pub twilio: TwilioRest,
    pub smtp: Option<SmtpUrl>,
    pub tickets: Tickets,
    /// Knows who wants no texts.
    pub store: Store,
}

impl ChannelContext {
    /// Looks at where a name leads; private addresses only for hosts that were allowed.
    pub(super) fn guard(&self, host: &str, port: Option<u16>) -> AddressGuard {
        AddressGuard::new(self.allow.allows(host, port.unwrap_or(443)))
    }
}
