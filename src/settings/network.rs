//! Where we listen, where Twilio finds us, and whose word about that is believed.

use std::net::IpAddr;

/// The address Twilio reaches us at: scheme, host and port, nothing behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(String);

impl PublicUrl {
    /// Reads `https://host[:port]`; `http` only when `plain` is allowed (`--dev`).
    ///
    /// # Errors
    /// A fragment that says what is wrong.
    pub fn parse(text: &str, plain: bool) -> Result<Self, &'static str> {
        let text = text.strip_suffix('/').unwrap_or(text);
        let host = match text.split_once("://") {
            Some(("https", host)) => host,
            Some(("http", host)) if plain => host,
            Some(("http", _)) => {
                return Err("must begin with https://, Twilio's secrets travel on it");
            }
            _ => return Err("must begin with https://"),
        };
        let plain_host = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
        if host.is_empty() || !host.chars().all(plain_host) {
            return Err("must be https:// and a host name, with no user, path or query");
        }
        Ok(Self(text.to_owned()))
    }

    /// `https://host[:port]`, without a slash at the end.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Networks whose `X-Forwarded-*` headers are believed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<(IpAddr, u8)>);

impl TrustedProxies {
    /// Reads `127.0.0.1, 10.0.0.0/8, ::1`.
    ///
    /// # Errors
    /// The entry that is neither an address nor a network.
    pub fn parse(text: &str) -> Result<Self, String> {
        let entry = |part: &str| {
            let (address, bits) = match part.split_once('/') {
                Some((address, bits)) => (address, Some(bits.parse::<u8>().ok()?)),
                None => (part, None),
            };
            let address: IpAddr = address.parse().ok()?;
            let most = if address.is_ipv4() { 32 } else { 128 };
            let bits = bits.unwrap_or(most);
            (bits <= most).then_some((address, bits))
        };
        text.split(',')
            .map(str::trim)
            .filter(|part| !part.is_empty())
            .map(|part| {
                entry(part).ok_or_else(|| format!("\"{part}\" is neither an address nor a network"))
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// Is this peer one of them?
    pub fn contains(&self, peer: IpAddr) -> bool {
        let peer = peer.to_canonical();
        self.0.iter().any(|(network, bits)| match (network, peer) {
            (IpAddr::V4(network), IpAddr::V4(peer)) => {
                let mask = u32::MAX.checked_shl(32 - u32::from(*bits)).unwrap_or(0);
                (network.to_bits() ^ peer.to_bits()) & mask == 0
            }
            (IpAddr::V6(network), IpAddr::V6(peer)) => {
                let mask = u128::MAX.checked_shl(128 - u32::from(*bits)).unwrap_or(0);
                (network.to_bits() ^ peer.to_bits()) & mask == 0
            }
            _ => false,
        })
    }

    /// Is nobody trusted?
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_public_url_is_https_and_a_host() {
        let read = |text| PublicUrl::parse(text, false);
        assert_eq!(
            read("https://v.example.com/").unwrap().as_str(),
            "https://v.example.com"
        );
        assert!(read("https://V.example.com:8443").is_ok());
        for bad in [
            "",
            "v.example.com",
            "http://v.example.com",
            "https://",
            "https://u:p@v.example.com",
            "https://v.example.com/maitred",
            "https://v.example.com?x",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
        assert!(PublicUrl::parse("http://127.0.0.1:8000", true).is_ok());
    }

    #[test]
    fn only_listed_networks_are_trusted() {
        let trusted = TrustedProxies::parse("127.0.0.1, 10.0.0.0/8,::1").unwrap();
        let contains = |text: &str| trusted.contains(text.parse().unwrap());
        assert!(contains("127.0.0.1") && contains("10.200.3.4") && contains("::1"));
        assert!(
            contains("::ffff:10.1.2.3"),
            "a mapped address is the same peer"
        );
        assert!(!contains("127.0.0.2") && !contains("11.0.0.1") && !contains("::2"));
        assert!(
            TrustedProxies::parse("0.0.0.0/0")
                .unwrap()
                .contains("8.8.8.8".parse().unwrap())
        );
        assert!(TrustedProxies::default().is_empty());
        for bad in ["nginx", "10.0.0.0/33", "10.0.0.0/x"] {
            assert!(TrustedProxies::parse(bad).is_err(), "{bad}");
        }
    }
}
