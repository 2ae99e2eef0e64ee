//! `X-Twilio-Signature`: was this request made by someone who holds our auth token?
//!
//! The signed text is the public URL byte for byte, then, for a form, every decoded name and value (names sorted by code
//! point, a repeated name with its distinct values sorted), hashed with HMAC-SHA1 under the auth token and written in
//! base64. Twilio is inconsistent about ports, so its own validators accept the URL with and without one; so do we.
//! Checked against 59 vectors that Twilio's Python and Node libraries agree on (`tests/fixtures/twilio`).

use std::collections::BTreeSet;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::Hmac;
use sha1::Sha1;
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;
use thiserror::Error;

/// The hash a request was signed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// The classic scheme, under the account's auth token.
    HmacSha1,
    /// Only with a shared key of the webhook configuration API.
    HmacSha256,
}

/// What was signed besides the URL.
#[derive(Clone, Copy, Debug)]
pub enum Signed<'a> {
    /// Nothing: a GET, or a socket upgrade.
    UrlOnly,
    /// A form POST: its decoded parameters in any order.
    Form(&'a [(String, String)]),
    /// Any other body; the URL must carry its hash as `bodySHA256`.
    Body(&'a [u8]),
}

/// A shared key of Twilio's newer signing scheme. Used only when a request says so and the operator configured one.
#[derive(Clone)]
pub struct SharedKey {
    /// The key's id, as in `key=` of the settings header.
    pub id: String,
    /// Its secret.
    pub secret: String,
}

/// The two headers of a request that speak of its signature.
#[derive(Clone, Copy, Debug, Default)]
pub struct SignatureHeaders<'a> {
    /// `X-Twilio-Signature`.
    pub signature: Option<&'a str>,
    /// `X-Twilio-Webhooks-Signature-Settings`: `key=<id>,algorithm=<name>`.
    pub settings: Option<&'a str>,
}

/// Why a request was not believed. Says nothing that helps a forger.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub enum SignatureError {
    /// No or an empty signature header.
    #[error("the request has no X-Twilio-Signature")]
    Missing,
    /// Signed by none of our tokens for this URL and form.
    #[error("the signature fits none of our auth tokens for this URL and these parameters")]
    Wrong,
    /// The settings header names a key or algorithm that was not configured.
    #[error("the request is signed with a shared key that is not configured here")]
    UnknownKey,
    /// A body without `bodySHA256`, or one whose hash differs.
    #[error("the body does not match bodySHA256")]
    Body,
}

/// Signs a request as Twilio does: base64 of HMAC-SHA1 over the URL and the sorted form.
pub fn sign(token: &str, url: &str, params: &[(String, String)]) -> String {
    STANDARD.encode(mac(
        Algorithm::HmacSha1,
        token,
        url,
        &appended(Signed::Form(params)),
    ))
}

/// Believes a request, or says why not.
///
/// `tokens`: any of them may have signed (rotation). `shared`: the only key the settings header may name.
///
/// # Errors
/// See [`SignatureError`].
pub fn validate<T: AsRef<str>>(
    tokens: &[T],
    shared: Option<&SharedKey>,
    url: &str,
    signed: Signed<'_>,
    headers: SignatureHeaders<'_>,
) -> Result<(), SignatureError> {
    let given = headers.signature.unwrap_or_default();
    if given.is_empty() {
        return Err(SignatureError::Missing);
    }
    let fits = match headers.settings {
        None => tokens
            .iter()
            .any(|t| fits(Algorithm::HmacSha1, t.as_ref(), url, signed, given)),
        Some(settings) => {
            let (algorithm, secret) = shared_key(settings, shared)?;
            fits(algorithm, secret, url, signed, given)
        }
    };
    if !fits {
        return Err(SignatureError::Wrong);
    }
    match signed {
        Signed::Body(body) if !body_fits(url, body) => Err(SignatureError::Body),
        _ => Ok(()),
    }
}

/// Whether `given` is the signature under `secret` for `url` with or without its port.
pub fn fits(
    algorithm: Algorithm,
    secret: &str,
    url: &str,
    signed: Signed<'_>,
    given: &str,
) -> bool {
    let tail = appended(signed);
    // Every candidate is computed and compared, so that the time does not tell which of them came close.
    port_variants(url)
        .iter()
        .fold(subtle::Choice::from(0), |found, candidate| {
            let ours = STANDARD.encode(mac(algorithm, secret, candidate, &tail));
            found | ours.as_bytes().ct_eq(given.as_bytes())
        })
        .into()
}

/// The URLs under which Twilio may have signed the upgrade of the socket at `path`, most likely first.
///
/// `public_base` is the operator's public URL (`https://host[:port]`); `wss` for `https`, `ws` for `http`, with and
/// without the default port, and with the slash at the end of the path toggled. [`validate`] adds its own port variants.
pub fn websocket_candidates(public_base: &str, path: &str) -> Vec<String> {
    let base = public_base.trim_end_matches('/');
    let (base, default_port) = match base.split_once("://") {
        Some(("https" | "wss", rest)) => (format!("wss://{rest}"), 443),
        Some(("http" | "ws", rest)) => (format!("ws://{rest}"), 80),
        _ => return Vec::new(),
    };
    let toggled = match path.strip_suffix('/') {
        Some(bare) => bare.to_owned(),
        None => format!("{path}/"),
    };
    let mut candidates = Vec::with_capacity(4);
    for path in [path, &toggled] {
        let url = format!("{base}{path}");
        // The official validators put :80 on wss; the right port is tried here.
        let with_port = UrlParts::of(&url)
            .filter(|parts| parts.port.is_none())
            .map(|parts| parts.with_port(default_port));
        candidates.push(url);
        candidates.extend(with_port);
    }
    candidates
}

fn shared_key<'k>(
    settings: &str,
    shared: Option<&'k SharedKey>,
) -> Result<(Algorithm, &'k str), SignatureError> {
    let value = |name: &str| {
        settings
            .split(',')
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| *key == name)
            .map(|(_, value)| value)
    };
    let key = shared
        .filter(|key| value("key") == Some(key.id.as_str()))
        .ok_or(SignatureError::UnknownKey)?;
    match value("algorithm") {
        None | Some("HMAC_SHA1") => Ok((Algorithm::HmacSha1, &key.secret)),
        Some("HMAC_SHA256") => Ok((Algorithm::HmacSha256, &key.secret)),
        Some(_) => Err(SignatureError::UnknownKey),
    }
}

/// What follows the URL in the signed text.
fn appended(signed: Signed<'_>) -> String {
    let Signed::Form(params) = signed else {
        return String::new();
    };
    // Distinct pairs in order of name, then value: exactly the rule for repeated names.
    let distinct: BTreeSet<(&str, &str)> = params
        .iter()
        .map(|(name, value)| (name.as_str(), value.as_str()))
        .collect();
    distinct.into_iter().fold(String::new(), |mut text, pair| {
        text.push_str(pair.0);
        text.push_str(pair.1);
        text
    })
}

fn mac(algorithm: Algorithm, secret: &str, url: &str, tail: &str) -> Vec<u8> {
    match algorithm {
        Algorithm::HmacSha1 => keyed::<Hmac<Sha1>>(secret, url, tail),
        Algorithm::HmacSha256 => keyed::<Hmac<Sha256>>(secret, url, tail),
    }
}

fn keyed<M: hmac::Mac + hmac::KeyInit>(secret: &str, url: &str, tail: &str) -> Vec<u8> {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut mac = <M as hmac::KeyInit>::new_from_slice(secret.as_bytes()).expect("any key length");
    mac.update(url.as_bytes());
    mac.update(tail.as_bytes());
    mac.finalize().into_bytes().to_vec()
}

fn body_fits(url: &str, body: &[u8]) -> bool {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    let query = query.split('#').next().unwrap_or_default();
    let Some(given) = query
        .split('&')
        .find_map(|pair| pair.strip_prefix("bodySHA256="))
    else {
        return false;
    };
    let ours = Sha256::digest(body)
        .iter()
        .fold(String::with_capacity(64), |mut hex, byte| {
            hex.push_str(&format!("{byte:02x}"));
            hex
        });
    ours.as_bytes().ct_eq(given.as_bytes()).into()
}

/// The URL as given, and the same with the port taken away, or put in (443 for https, 80 for anything else, as the
/// official validators do, even for wss).
fn port_variants(url: &str) -> Vec<String> {
    let mut variants = vec![url.to_owned()];
    if let Some(parts) = UrlParts::of(url) {
        variants.push(match parts.port {
            Some(_) => parts.without_port(),
            None => parts.with_port(if parts.scheme.eq_ignore_ascii_case("https") {
                443
            } else {
                80
            }),
        });
    }
    variants
}

/// A URL cut where its port is or would be; nothing is normalised.
struct UrlParts<'a> {
    scheme: &'a str,
    /// `user:password@host`, brackets of an IPv6 address included.
    authority: &'a str,
    port: Option<&'a str>,
    /// From the first `/`, `?` or `#`.
    rest: &'a str,
}

impl<'a> UrlParts<'a> {
    fn of(url: &'a str) -> Option<Self> {
        let (scheme, after) = url.split_once("://")?;
        let end = after.find(['/', '?', '#']).unwrap_or(after.len());
        let (authority, rest) = after.split_at(end);
        let host_from = authority.rfind('@').map_or(0, |at| at + 1);
        // Inside the brackets of an IPv6 address colons are no port.
        let host_end = authority[host_from..]
            .rfind(']')
            .map_or(host_from, |bracket| host_from + bracket);
        let (authority, port) = match authority[host_end..].find(':') {
            Some(colon) => (
                &authority[..host_end + colon],
                Some(&authority[host_end + colon + 1..]),
            ),
            None => (authority, None),
        };
        Some(UrlParts {
            scheme,
            authority,
            port,
            rest,
        })
    }

    fn without_port(&self) -> String {
        format!("{}://{}{}", self.scheme, self.authority, self.rest)
    }

    fn with_port(&self, port: u16) -> String {
        format!("{}://{}:{port}{}", self.scheme, self.authority, self.rest)
    }
}

#[cfg(test)]
#[path = "signature_tests.rs"]
mod tests;
