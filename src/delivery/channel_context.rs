//! What every channel needs: secrets, senders, tickets, and where one may go.

use std::sync::Arc;

use reqwest::Url;

use super::AddressGuard;
use super::tickets::Tickets;
use crate::settings::{AllowedHosts, Secret, SmtpUrl};
use crate::twilio::auth_tokens::AuthTokens;

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

/// Who sends texts.
pub(super) struct Twilio {
    pub api: Url,
    pub account_sid: Option<String>,
    pub tokens: AuthTokens,
}

/// What every channel needs.
pub(super) struct ChannelContext {
    pub allow: AllowedHosts,
    pub secrets: Secrets,
    pub twilio: Twilio,
    pub smtp: Option<SmtpUrl>,
    pub tickets: Tickets,
}

impl ChannelContext {
    /// Looks at where a name leads; private addresses only for hosts that were allowed.
    pub(super) fn guard(&self, host: &str, port: Option<u16>) -> AddressGuard {
        AddressGuard::new(self.allow.allows(host, port.unwrap_or(443)))
    }
}
