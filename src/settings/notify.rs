//! Where a warning about the folder goes: `--notify-url`, and the secret it is signed with.

use std::fmt;
use std::net::IpAddr;

use reqwest::Url;

use super::{Secret, is_public};

/// A receiver of warnings. The address is hidden in `Debug`: many services put a token into its path.
#[derive(Clone)]
pub struct Notify {
    /// The whole address, for the one place that connects to it.
    pub url: Url,
    /// Signs every message.
    pub secret: Secret,
    /// May the receiver have a private address?
    pub allow_private: bool,
}

impl Notify {
    /// Checks an address: `https`, no user, and unless `allow_private` no private address; plain `http` only with it.
    ///
    /// # Errors
    /// A fragment that says what is wrong, without the address.
    pub fn new(url: &str, secret: Secret, allow_private: bool) -> Result<Self, &'static str> {
        let url = Url::parse(url).map_err(|_| "is not a URL such as https://example.com/hook")?;
        match url.scheme() {
            "https" => {}
            "http" if allow_private => {}
            "http" => {
                return Err("must begin with https:// (http:// needs --notify-allow-private)");
            }
            _ => return Err("must begin with https://"),
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err("must not contain a user or password");
        }
        let notify = Self {
            url,
            secret,
            allow_private,
        };
        let literal = notify.host().parse::<IpAddr>();
        if literal.is_ok_and(|address| !allow_private && !is_public(address)) {
            return Err("is a private address; --notify-allow-private lets it be one");
        }
        Ok(notify)
    }

    /// The host without brackets.
    fn host(&self) -> &str {
        let host = self.url.host_str().unwrap_or_default();
        host.trim_start_matches('[').trim_end_matches(']')
    }
}

impl fmt::Debug for Notify {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Notify({})", self.host())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str, allow_private: bool) -> Result<Notify, &'static str> {
        Notify::new(url, Secret::new("s"), allow_private)
    }

    #[test]
    fn an_address_is_https_and_public_unless_private_ones_are_allowed() {
        assert!(read("https://hooks.example.com/T0/B0?x=1", false).is_ok());
        for bad in [
            "hooks.example.com",
            "ftp://hooks.example.com",
            "http://hooks.example.com",
            "https://user:pass@hooks.example.com",
            "https://127.0.0.1/",
            "https://2130706433/",
            "https://0x7f.1/",
            "https://[::1]:8443/",
            "https://[::ffff:10.0.0.1]/",
        ] {
            assert!(read(bad, false).is_err(), "{bad}");
        }
        for local in ["http://127.0.0.1:9/x", "https://[::1]:8443/"] {
            assert!(read(local, true).is_ok(), "{local}");
        }
        assert!(read("https://user@hooks.example.com", true).is_err());
    }

    #[test]
    fn a_printed_receiver_shows_neither_its_token_nor_the_secret() {
        let notify = Notify::new("https://h.example.com/hidden", Secret::new("hidden"), false);
        let shown = format!("{:?}", notify.unwrap());
        assert_eq!(shown, "Notify(h.example.com)");
    }
}
