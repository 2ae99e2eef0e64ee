//! Where a warning about the folder goes: `--notify-url`, and the secret it is signed with.

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use reqwest::Url;

use super::Secret;

/// A receiver of warnings. The address is hidden in `Debug`: many services put a token into its path.
#[derive(Clone)]
pub struct Notify {
    url: Url,
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
        if literal.is_ok_and(|address| !notify.may_reach(address)) {
            return Err("is a private address; --notify-allow-private lets it be one");
        }
        Ok(notify)
    }

    /// The whole address, for the one place that connects to it.
    pub fn url(&self) -> &Url {
        &self.url
    }

    /// The host without brackets.
    pub fn host(&self) -> &str {
        let host = self.url.host_str().unwrap_or_default();
        host.trim_start_matches('[').trim_end_matches(']')
    }

    /// Its port, the scheme's when none is given.
    pub fn port(&self) -> u16 {
        self.url.port_or_known_default().unwrap_or(443)
    }

    /// May this address be connected to?
    pub fn may_reach(&self, address: IpAddr) -> bool {
        self.allow_private || is_public(address)
    }
}

impl fmt::Debug for Notify {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Notify({})", self.host())
    }
}

/// Is this an address on the public Internet? (IANA's special-purpose registries, RFC 6890 and its updates.)
pub fn is_public(address: IpAddr) -> bool {
    match address.to_canonical() {
        IpAddr::V4(v4) => is_public_v4(v4),
        IpAddr::V6(v6) => is_public_v6(v6),
    }
}

/// Network and prefix length.
const SPECIAL_V4: &[(Ipv4Addr, u32)] = &[
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    // Multicast, reserved, broadcast.
    (Ipv4Addr::new(224, 0, 0, 0), 3),
];

fn is_public_v4(address: Ipv4Addr) -> bool {
    SPECIAL_V4.iter().all(|(network, bits)| {
        let differing = address.to_bits() ^ network.to_bits();
        differing >> (32 - bits) != 0
    })
}

/// Only 2000::/3 is given out; of it, documentation, Teredo, ORCHID and benchmarking (2001::/23, 2001:db8::/32,
/// 3fff::/20) are not public, and 6to4 (2002::/16) is as public as the address inside. NAT64 (64:ff9b::/96) likewise.
fn is_public_v6(address: Ipv6Addr) -> bool {
    let parts = address.segments();
    let v4 = |high: u16, low: u16| {
        is_public_v4(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)))
    };
    match parts {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => v4(high, low),
        [0x2001, 0x0db8, ..] => false,
        [0x2001, second, ..] if second < 0x200 => false,
        [0x2002, high, low, ..] => v4(high, low),
        [0x3fff, second, ..] if second < 0x1000 => false,
        [first, ..] => first >> 13 == 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str, allow_private: bool) -> Result<Notify, &'static str> {
        Notify::new(url, Secret::new("s"), allow_private)
    }

    #[test]
    fn only_addresses_of_the_public_internet_are_public() {
        for public in [
            "8.8.8.8",
            "100.63.255.255",
            "172.32.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "2606:4700::1111",
            "2002:808:808::1",
            "64:ff9b::8.8.8.8",
            "::ffff:8.8.8.8",
        ] {
            assert!(is_public(public.parse().unwrap()), "{public}");
        }
        for private in [
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.169.254",
            "172.31.255.255",
            "192.168.0.1",
            "198.19.0.1",
            "203.0.113.7",
            "224.0.0.1",
            "255.255.255.255",
            "::",
            "::1",
            "::ffff:127.0.0.1",
            "::ffff:10.0.0.1",
            "fe80::1",
            "fd00::1",
            "fc00::1",
            "fec0::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2002:7f00:1::1",
            "64:ff9b::169.254.169.254",
            "64:ff9b:1::1",
        ] {
            assert!(!is_public(private.parse().unwrap()), "{private}");
        }
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
