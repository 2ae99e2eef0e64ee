//! The tokens by which a restaurant answers an order, of a message's link and of a call: which order, until when, sealed with
//! HMAC-SHA256.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;
use uuid::Uuid;

/// Keep these uses of the server's secret apart from every other.
const LINK: &[u8] = b"maitred answer to an order, 1";
const CALL: &[u8] = b"maitred call about an order, 1";
/// Bytes of an id, of the end, and of the seal.
const ID: usize = 16;
const END: usize = 8;
const SEAL: usize = 16;

/// Why a token is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AckTokenError {
    /// Not one of ours.
    #[error("this link is not one of ours; it may have been cut off")]
    Unknown,
    #[error("this link is too old")]
    Expired,
}

/// A link's token, good until `end`.
pub fn seal_ack(secret: &[u8], order: Uuid, end: Timestamp) -> String {
    seal(secret, LINK, order.as_bytes(), end)
}

/// The order that a link's token is for.
///
/// # Errors
/// It is not ours, or too old.
pub fn open_ack(secret: &[u8], token: &str, now: Timestamp) -> Result<Uuid, AckTokenError> {
    let said: [u8; ID] = open(secret, LINK, token, now)?;
    Ok(Uuid::from_bytes(said))
}

/// The token of a call to the restaurant about one delivery of one order, good until `end`.
pub fn seal_call(secret: &[u8], order: Uuid, delivery: Uuid, end: Timestamp) -> String {
    let mut said = [0; 2 * ID];
    said[..ID].copy_from_slice(order.as_bytes());
    said[ID..].copy_from_slice(delivery.as_bytes());
    seal(secret, CALL, &said, end)
}

/// The order and the delivery that a call's token is for.
///
/// # Errors
/// It is not ours, or too old.
pub fn open_call(
    secret: &[u8],
    token: &str,
    now: Timestamp,
) -> Result<(Uuid, Uuid), AckTokenError> {
    let said: [u8; 2 * ID] = open(secret, CALL, token, now)?;
    let id = |at: usize| Uuid::from_slice(&said[at..at + ID]).map_err(|_| AckTokenError::Unknown);
    Ok((id(0)?, id(ID)?))
}

fn seal(secret: &[u8], purpose: &[u8], said: &[u8], end: Timestamp) -> String {
    let mut token = said.to_vec();
    token.extend_from_slice(&end.as_second().to_be_bytes());
    let seal = mac(secret, purpose, &token).finalize().into_bytes();
    token.extend_from_slice(&seal[..SEAL]);
    URL_SAFE_NO_PAD.encode(token)
}

fn open<const SAID: usize>(
    secret: &[u8],
    purpose: &[u8],
    token: &str,
    now: Timestamp,
) -> Result<[u8; SAID], AckTokenError> {
    let bytes = URL_SAFE_NO_PAD
        .decode(token)
        .map_err(|_| AckTokenError::Unknown)?;
    if bytes.len() != SAID + END + SEAL {
        return Err(AckTokenError::Unknown);
    }
    let (sealed, seal) = bytes.split_at(SAID + END);
    // In constant time.
    mac(secret, purpose, sealed)
        .verify_truncated_left(seal)
        .map_err(|_| AckTokenError::Unknown)?;
    let (said, end) = sealed.split_at(SAID);
    let end: [u8; END] = end.try_into().map_err(|_| AckTokenError::Unknown)?;
    if now.as_second() >= i64::from_be_bytes(end) {
        return Err(AckTokenError::Expired);
    }
    said.try_into().map_err(|_| AckTokenError::Unknown)
}

fn mac(secret: &[u8], purpose: &[u8], said: &[u8]) -> Hmac<Sha256> {
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("any key length");
    mac.update(purpose);
    mac.update(said);
    mac
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const SECRET: &[u8] = b"0123456789abcdef0123456789abcdef";

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    #[test]
    fn a_token_opens_its_order_until_its_end() {
        let order = Uuid::from_u128(7);
        let token = seal_ack(SECRET, order, at(60));
        assert_eq!(open_ack(SECRET, &token, at(59)), Ok(order));
        assert_eq!(
            open_ack(SECRET, &token, at(60)),
            Err(AckTokenError::Expired)
        );
        let other = b"0123456789abcdef0123456789abcdeX";
        assert_eq!(open_ack(other, &token, at(0)), Err(AckTokenError::Unknown));
    }

    #[test]
    fn a_calls_token_opens_its_order_and_delivery_and_no_link() {
        let (order, delivery) = (Uuid::from_u128(7), Uuid::from_u128(8));
        let token = seal_call(SECRET, order, delivery, at(60));
        assert_eq!(open_call(SECRET, &token, at(59)), Ok((order, delivery)));
        let late = open_call(SECRET, &token, at(60));
        assert_eq!(late, Err(AckTokenError::Expired));
        assert_eq!(open_ack(SECRET, &token, at(0)), Err(AckTokenError::Unknown));
        let link = seal_ack(SECRET, order, at(60));
        assert_eq!(open_call(SECRET, &link, at(0)), Err(AckTokenError::Unknown));
    }

    proptest! {
        #[test]
        fn no_changed_or_made_up_token_opens_anything(at_byte in 0..40_usize, by in 1..=255_u8, made_up in ".{0,80}") {
            let token = seal_ack(SECRET, Uuid::from_u128(7), at(60));
            let mut bytes = URL_SAFE_NO_PAD.decode(&token).unwrap();
            bytes[at_byte] ^= by;
            let changed = URL_SAFE_NO_PAD.encode(bytes);
            prop_assert_eq!(open_ack(SECRET, &changed, at(0)), Err(AckTokenError::Unknown));
            prop_assert_eq!(open_ack(SECRET, &made_up, at(0)), Err(AckTokenError::Unknown));
        }
    }
}
