//! How orders leave this machine: which private hosts they may reach, and through whom texts and e-mails go.

use std::fmt;
use std::time::Duration;

use reqwest::Url;

use super::{Secret, SettingsError};

/// Twilio's own REST API.
pub const TWILIO_API: &str = "https://api.twilio.com";

/// How orders are delivered.
#[derive(Clone, Debug)]
pub struct DeliverSettings {
    /// Hosts that may have a private address, and may be spoken to without TLS.
    pub allow: AllowedHosts,
    /// The wait before the second try of a delivery; later ones grow with it.
    pub first_retry: Duration,
    /// Where texts are sent through.
    pub twilio_api: Url,
    /// The server that takes e-mail; `None`: none is sent.
    pub smtp: Option<SmtpUrl>,
}

impl DeliverSettings {
    /// Reads flags and variables.
    ///
    /// # Errors
    /// The first that cannot be used.
    pub(super) fn resolve(
        allow: Option<&str>,
        first_retry: Duration,
        env: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, SettingsError> {
        let allow = AllowedHosts::parse(allow.unwrap_or_default()).map_err(|reason| {
            SettingsError::bad("--deliver-allow (MAITRED_DELIVER_ALLOW)", reason)
        })?;
        let api = env("TWILIO_API_URL").unwrap_or_else(|| TWILIO_API.to_owned());
        let twilio_api =
            api_url(&api, &allow).map_err(|reason| SettingsError::bad("TWILIO_API_URL", reason))?;
        let smtp = env("MAITRED_SMTP_URL")
            .map(|text| SmtpUrl::parse(text.trim(), &allow))
            .transpose()
            .map_err(|reason| SettingsError::bad("MAITRED_SMTP_URL", reason))?;
        Ok(Self {
            allow,
            first_retry,
            twilio_api,
            smtp,
        })
    }
}

/// Twilio's token travels there: in the open only to hosts that were allowed.
fn api_url(text: &str, allow: &AllowedHosts) -> Result<Url, &'static str> {
    let url = Url::parse(text).map_err(|_| "is not a URL such as https://api.twilio.com")?;
    match url.scheme() {
        "https" => Ok(url),
        "http" if allow.allows_url(&url) => Ok(url),
        "http" => Err("must begin with https:// (a stand-in for tests must be in --deliver-allow)"),
        _ => Err("must begin with https://"),
    }
}

/// `--deliver-allow`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AllowedHosts(Vec<(String, Option<u16>)>);

impl AllowedHosts {
    /// Reads `10.0.0.7:9100, printer.lan, [fd00::7]:9100`; a host without a port is allowed on every port.
    ///
    /// # Errors
    /// The entry that is no host.
    pub fn parse(text: &str) -> Result<Self, String> {
        text.split(',')
            .map(str::trim)
            .filter(|entry| !entry.is_empty())
            .map(|entry| {
                host_and_port(entry)
                    .ok_or_else(|| format!("\"{entry}\" is not a host such as 10.0.0.7:9100"))
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }

    /// May a delivery go to this host and port although it is private? Names are compared as they are written, not by what
    /// they lead to.
    pub fn allows(&self, host: &str, port: u16) -> bool {
        let host = host.trim_start_matches('[').trim_end_matches(']');
        self.0.iter().any(|(allowed, of_port)| {
            allowed.eq_ignore_ascii_case(host) && of_port.is_none_or(|allowed| allowed == port)
        })
    }

    /// The same for the host of an address.
    pub fn allows_url(&self, url: &Url) -> bool {
        let port = url.port_or_known_default().unwrap_or(443);
        url.host_str().is_some_and(|host| self.allows(host, port))
    }
}

fn host_and_port(entry: &str) -> Option<(String, Option<u16>)> {
    let (host, port) = match entry.strip_prefix('[') {
        Some(rest) => {
            let (host, behind) = rest.split_once(']')?;
            let port = match behind {
                "" => None,
                behind => Some(behind.strip_prefix(':')?),
            };
            (host, port)
        }
        // More than one colon is an IPv6 address without brackets.
        None if entry.matches(':').count() > 1 => (entry, None),
        None => match entry.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (entry, None),
        },
    };
    let port = port.map(str::parse::<u16>).transpose().ok()?;
    let fits = |c: char| c.is_ascii_alphanumeric() || ".-_:".contains(c);
    (!host.is_empty() && host.chars().all(fits)).then(|| (host.to_owned(), port))
}

/// `MAITRED_SMTP_URL`. The password is hidden in `Debug`.
#[derive(Clone, PartialEq, Eq)]
pub struct SmtpUrl {
    pub host: String,
    pub port: u16,
    pub security: SmtpSecurity,
    /// User and password.
    pub login: Option<(String, Secret)>,
    /// Who the messages are from.
    pub from: String,
}

/// How the connection to the server is closed to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SmtpSecurity {
    /// TLS from the first byte (`smtps://`).
    Implicit,
    /// TLS before anything is told (`smtp://`); a server that cannot is told nothing.
    StartTls,
    /// None, which only a host of `--deliver-allow` gets.
    Plain,
}

impl SmtpUrl {
    /// Reads `smtps://user:password@mail.example.com?from=orders@example.com`.
    fn parse(text: &str, allow: &AllowedHosts) -> Result<Self, String> {
        const FORM: &str = "is not an address such as smtps://user:password@mail.example.com?from=orders@example.com";
        let url = Url::parse(text).map_err(|_| FORM)?;
        let host = url.host_str().filter(|host| !host.is_empty()).ok_or(FORM)?;
        let host = host
            .trim_start_matches('[')
            .trim_end_matches(']')
            .to_owned();
        let secure = match url.scheme() {
            "smtps" => true,
            "smtp" => false,
            _ => return Err("must begin with smtps:// (or smtp:// for STARTTLS)".to_owned()),
        };
        let port = url.port().unwrap_or(if secure { 465 } else { 587 });
        let security = match secure {
            true => SmtpSecurity::Implicit,
            false if allow.allows(&host, port) => SmtpSecurity::Plain,
            false => SmtpSecurity::StartTls,
        };
        let plain = |text: &str| {
            let pairs = form_urlencoded::parse(text.as_bytes());
            pairs.map(|(key, _)| key.into_owned()).next()
        };
        // In this part of an address a plus is a plus.
        let decoded = |text: &str| plain(&text.replace('+', "%2B")).unwrap_or_default();
        let login = (!url.username().is_empty()).then(|| {
            let password = decoded(url.password().unwrap_or_default());
            (decoded(url.username()), Secret::new(password))
        });
        let from = url.query_pairs().find(|(key, _)| key == "from");
        let from = from
            .map(|(_, from)| from.into_owned())
            .or_else(|| login.as_ref().map(|(user, _)| user.clone()))
            .filter(|from| from.contains('@'))
            .ok_or("needs to say who messages are from: ?from=orders@example.com")?;
        Ok(Self {
            host,
            port,
            security,
            login,
            from,
        })
    }
}

impl fmt::Debug for SmtpUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "SmtpUrl({}:{}, {:?})",
            self.host, self.port, self.security
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_allowed_on_its_port_and_under_its_name_only() {
        let allowed =
            AllowedHosts::parse("10.0.0.7:9100, printer.lan,[fd00::7]:80, fd00::8").unwrap();
        for (host, port) in [
            ("10.0.0.7", 9100),
            ("Printer.LAN", 1),
            ("[fd00::7]", 80),
            ("fd00::8", 443),
        ] {
            assert!(allowed.allows(host, port), "{host}:{port}");
        }
        for (host, port) in [
            ("10.0.0.7", 9101),
            ("10.0.0.8", 9100),
            ("lan", 1),
            ("fd00::7", 81),
        ] {
            assert!(!allowed.allows(host, port), "{host}:{port}");
        }
        for bad in ["http://x", "a b", "x:port", "[fd00::7]80"] {
            assert!(AllowedHosts::parse(bad).is_err(), "{bad}");
        }
        assert_eq!(AllowedHosts::parse(" , ").unwrap(), AllowedHosts::default());
    }

    #[test]
    fn mail_travels_in_the_open_only_to_hosts_that_were_allowed() {
        let allow = AllowedHosts::parse("127.0.0.1:2525").unwrap();
        let read = |text| SmtpUrl::parse(text, &allow);
        let secure = read("smtps://orders%40x.example:p%2Bw+d@mail.x.example").unwrap();
        assert_eq!(
            (secure.port, secure.security),
            (465, SmtpSecurity::Implicit)
        );
        assert_eq!(secure.from, "orders@x.example");
        let (user, password) = secure.login.clone().unwrap();
        assert_eq!(
            (user.as_str(), password.expose()),
            ("orders@x.example", "p+w+d")
        );
        assert!(!format!("{secure:?}").contains("p+w"));
        let starttls = read("smtp://mail.x.example?from=a@x.example").unwrap();
        assert_eq!(
            (starttls.port, starttls.security),
            (587, SmtpSecurity::StartTls)
        );
        let plain = read("smtp://127.0.0.1:2525?from=a@x.example").unwrap();
        assert_eq!(plain.security, SmtpSecurity::Plain);
        for bad in [
            "mail.x.example",
            "http://x",
            "smtps://mail.x.example",
            "smtp://u:p@x",
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn twilios_token_is_sent_in_the_open_to_nobody_who_was_not_allowed() {
        let allow = AllowedHosts::parse("127.0.0.1").unwrap();
        assert!(api_url("https://api.twilio.com", &allow).is_ok());
        assert!(api_url("http://127.0.0.1:4010", &allow).is_ok());
        assert!(api_url("http://api.twilio.com", &allow).is_err());
        assert!(api_url("ftp://api.twilio.com", &allow).is_err());
    }
}
