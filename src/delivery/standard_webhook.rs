//! Signing by the rules of Standard Webhooks, version 1: HMAC-SHA256 over `id.timestamp.body`, base64, with the key behind
//! `whsec_`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;

/// Begins every secret.
const PREFIX: &str = "whsec_";
/// Bytes of a key, by the rules.
const KEY_BYTES: std::ops::RangeInclusive<usize> = 24..=64;
/// While one secret replaces another, both sign.
const MAX_KEYS: usize = 2;

/// The keys that sign: one, or two while rotating. `Debug` shows none.
#[derive(Clone, PartialEq, Eq)]
pub(super) struct SigningKeys(Vec<Vec<u8>>);

impl SigningKeys {
    /// Reads `whsec_...`, or two of them with a comma.
    ///
    /// # Errors
    /// What is wrong, without the secret.
    pub(super) fn parse(text: &str) -> Result<Self, &'static str> {
        let keys = text.split(',').map(str::trim).map(|secret| {
            let key = secret
                .strip_prefix(PREFIX)
                .ok_or("does not begin with whsec_")?;
            let key = STANDARD
                .decode(key)
                .map_err(|_| "is not base64 behind whsec_")?;
            match KEY_BYTES.contains(&key.len()) {
                true => Ok(key),
                false => Err("does not have 24 to 64 bytes behind whsec_"),
            }
        });
        let keys: Vec<Vec<u8>> = keys.collect::<Result<_, _>>()?;
        match keys.len() {
            1..=MAX_KEYS => Ok(Self(keys)),
            _ => Err("holds more than two secrets"),
        }
    }

    /// The value of `webhook-signature`: one signature for each key.
    pub(super) fn signatures(&self, id: &str, seconds: i64, body: &str) -> String {
        let signed = self.0.iter().map(|key| {
            #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
            let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any key length");
            mac.update(format!("{id}.{seconds}.{body}").as_bytes());
            format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
        });
        signed.collect::<Vec<_>>().join(" ")
    }
}

impl std::fmt::Debug for SigningKeys {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "SigningKeys({} of them)", self.0.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The example of the rules' own libraries.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const SIGNATURE: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    fn sign(secrets: &str) -> String {
        let keys = SigningKeys::parse(secrets).unwrap();
        let id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        keys.signatures(id, 1_614_265_330, "{\"test\": 2432232314}")
    }

    #[test]
    fn a_signature_is_that_of_the_rules_example() {
        assert_eq!(sign(SECRET), SIGNATURE);
    }

    #[test]
    fn while_rotating_both_secrets_sign() {
        let other = "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYX";
        let both = sign(&format!("{other}, {SECRET}"));
        let signatures: Vec<&str> = both.split(' ').collect();
        assert_eq!(signatures.len(), 2);
        assert_eq!(signatures[1], SIGNATURE);
        assert_eq!(signatures[0], sign(other));
    }

    #[test]
    fn what_is_no_secret_is_refused_and_not_shown() {
        for bad in [
            "",
            "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
            "whsec_!",
            "whsec_AAEC",
        ] {
            let said = SigningKeys::parse(bad).unwrap_err();
            assert!(bad.is_empty() || !said.contains(bad), "{said}");
        }
        assert!(SigningKeys::parse(&[SECRET; 3].join(",")).is_err());
        assert!(!format!("{:?}", SigningKeys::parse(SECRET)).contains("MfKQ"));
    }
}
