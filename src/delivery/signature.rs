//! The message, and the headers that prove where it comes from.

use hmac::{Hmac, KeyInit as _, Mac as _};
use sha2::Sha256;
use uuid::Uuid;

use crate::settings::Secret;

/// The message's id, the same at every try.
pub(super) const ID: &str = "X-Maitred-Id";
/// Unix seconds of this try; a receiver refuses what is older than a few minutes.
pub(super) const TIMESTAMP: &str = "X-Maitred-Timestamp";
/// `v1=` and the hex of HMAC-SHA256 over `timestamp.body`.
pub(super) const SIGNATURE: &str = "X-Maitred-Signature";

/// What a receiver gets.
#[derive(Clone, Debug)]
pub struct Message {
    /// By it a receiver knows a message that it has already.
    pub id: Uuid,
    /// JSON.
    pub body: String,
}

impl Message {
    /// The value of the signature's header for a try at `seconds` (Unix time).
    pub(super) fn signature(&self, secret: &Secret, seconds: i64) -> String {
        let hash = mac(secret, seconds, &self.body).finalize().into_bytes();
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("v1={hex}")
    }
}

fn mac(secret: &Secret, seconds: i64, body: &str) -> Hmac<Sha256> {
    let key = secret.expose().as_bytes();
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any key length");
    mac.update(format!("{seconds}.").as_bytes());
    mac.update(body.as_bytes());
    mac
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_that_of_openssl() {
        // printf '1764288000.{"a":1}' | openssl dgst -sha256 -hmac secret
        let message = Message {
            id: Uuid::nil(),
            body: "{\"a\":1}".to_owned(),
        };
        assert_eq!(
            message.signature(&Secret::new("secret"), 1_764_288_000),
            "v1=d18b610c5345204e37210189e80feb7cda97c766a32f2eac575fd424357c2065"
        );
    }
}
