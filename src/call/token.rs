//! The token a media socket must bring: who may open which call, until when, sealed with HMAC-SHA256.
//!
//! `/voice` seals [`Claims`] and Twilio carries them back in `start.customParameters`. CallSid and AccountSid are
//! sealed too but not carried: `start` names them itself, so a token taken to another call does not verify. Everything
//! the socket needs is inside, so a token outlives a restart of the process that made it. Using it once is the
//! business of [`super::pins`].

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use sha2::Sha256;

use super::purpose::Purpose;
use crate::restaurant::{Digest, RestaurantId};

/// First field of every token; a new layout gets a new one.
const VERSION: &str = "m1";
/// Longest caller or callee text kept in a token, bytes: Twilio allows 499 characters for a parameter's name and value.
const MAX_PARTY: usize = 64;

/// 128 random bits that make a token single-use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Nonce([u8; 16]);

impl Nonce {
    /// A fresh one from the thread's cryptographic generator.
    pub fn fresh() -> Self {
        Self(rand::random())
    }

    /// From given bytes, for tests.
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(bytes)
    }
}

/// What a token says. All of it was decided at `/voice`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claims {
    pub restaurant: RestaurantId,
    /// Of the table the call was answered from.
    pub generation: u64,
    /// Of the restaurant's file.
    pub digest: Digest,
    /// As Twilio gave it; cut to 64 bytes.
    pub from: String,
    pub to: String,
    /// Placed by `maitred call --test`.
    pub test: bool,
    pub purpose: Purpose,
    pub nonce: Nonce,
    /// Not accepted at or after this instant (whole milliseconds).
    pub expires: Timestamp,
}

/// Why a token was not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenError {
    /// There was none, or it is not one of ours by shape.
    #[error("malformed token")]
    Malformed,
    /// Made under another secret, for another call, or altered.
    #[error("token of another call or secret")]
    Forged,
    /// Once right, now too old.
    #[error("expired token")]
    Expired,
}

/// The key media tokens are sealed with, made from `MAITRED_SECRET`.
#[derive(Clone)]
pub struct TokenKey(Hmac<Sha256>);

impl std::fmt::Debug for TokenKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("TokenKey(hidden)")
    }
}

impl TokenKey {
    /// Takes the secret's bytes (settings see to it that there are at least 32).
    #[expect(clippy::expect_used, reason = "HMAC takes keys of every length")]
    pub fn new(secret: &[u8]) -> Self {
        Self(Hmac::new_from_slice(secret).expect("HMAC takes keys of every length"))
    }

    /// Seals `claims` for one call: `m1.restaurant.generation.digest.from.to.flags.nonce.expiry.mac`, at most 430
    /// characters.
    pub fn seal(&self, call_sid: &str, account_sid: &str, claims: &Claims) -> String {
        let body = format!(
            "{VERSION}.{}.{}.{}.{}.{}.{}.{}.{}",
            claims.restaurant,
            claims.generation,
            claims.digest,
            URL_SAFE_NO_PAD.encode(cut(&claims.from)),
            URL_SAFE_NO_PAD.encode(cut(&claims.to)),
            flags(claims),
            URL_SAFE_NO_PAD.encode(claims.nonce.0),
            claims.expires.as_millisecond(),
        );
        let mac = self.mac(call_sid, account_sid, &body).finalize();
        format!("{body}.{}", URL_SAFE_NO_PAD.encode(mac.into_bytes()))
    }

    /// Opens a token brought by the socket of `call_sid`. The seal is compared in constant time before anything in
    /// it is believed.
    ///
    /// # Errors
    /// [`TokenError`] says what is wrong with it.
    pub fn open(
        &self,
        call_sid: &str,
        account_sid: &str,
        token: &str,
        now: Timestamp,
    ) -> Result<Claims, TokenError> {
        let (body, mac) = token.rsplit_once('.').ok_or(TokenError::Malformed)?;
        let mac = URL_SAFE_NO_PAD
            .decode(mac)
            .map_err(|_| TokenError::Malformed)?;
        self.mac(call_sid, account_sid, body)
            .verify_slice(&mac)
            .map_err(|_| TokenError::Forged)?;
        let claims = read(body).ok_or(TokenError::Malformed)?;
        if now >= claims.expires {
            return Err(TokenError::Expired);
        }
        Ok(claims)
    }

    /// Lengths go before the parts, so that no two different calls share a message.
    fn mac(&self, call_sid: &str, account_sid: &str, body: &str) -> Hmac<Sha256> {
        let mut mac = self.0.clone();
        for part in [call_sid, account_sid, body] {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part.as_bytes());
        }
        mac
    }
}

/// Is it a test (1), and what is it for (twice its place)?
fn flags(claims: &Claims) -> usize {
    usize::from(claims.test) + 2 * claims.purpose.place()
}

/// At most [`MAX_PARTY`] bytes, whole characters.
fn cut(text: &str) -> &str {
    &text[..text.floor_char_boundary(MAX_PARTY)]
}

fn read(body: &str) -> Option<Claims> {
    let mut fields = body.split('.');
    let mut next = || fields.next();
    if next()? != VERSION {
        return None;
    }
    let restaurant = RestaurantId::parse(next()?)?;
    let generation = next()?.parse().ok()?;
    let digest = Digest::parse(next()?)?;
    let (from, to) = (text(next()?)?, text(next()?)?);
    let flags: usize = next()?.parse().ok()?;
    let claims = Claims {
        restaurant,
        generation,
        digest,
        from,
        to,
        test: flags % 2 == 1,
        purpose: Purpose::at(flags / 2)?,
        nonce: Nonce(URL_SAFE_NO_PAD.decode(next()?).ok()?.try_into().ok()?),
        expires: Timestamp::from_millisecond(next()?.parse().ok()?).ok()?,
    };
    next().is_none().then_some(claims)
}

fn text(field: &str) -> Option<String> {
    String::from_utf8(URL_SAFE_NO_PAD.decode(field).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const CALL: &str = "CA00000000000000000000000000000001";
    const ACCOUNT: &str = "AC00000000000000000000000000000001";

    fn claims(expires_ms: i64) -> Claims {
        Claims {
            restaurant: RestaurantId::parse("bellas-pizza").unwrap(),
            generation: 7,
            digest: Digest::of(b"file"),
            from: "+15550001111".into(),
            to: "+15551234567".into(),
            test: false,
            purpose: Purpose::MessageUnanswered,
            nonce: Nonce::from_bytes([9; 16]),
            expires: Timestamp::from_millisecond(expires_ms).unwrap(),
        }
    }

    fn at(ms: i64) -> Timestamp {
        Timestamp::from_millisecond(ms).unwrap()
    }

    #[test]
    fn a_token_opens_for_its_own_call_only() {
        let key = TokenKey::new(&[1; 32]);
        let token = key.seal(CALL, ACCOUNT, &claims(1000));
        assert_eq!(key.open(CALL, ACCOUNT, &token, at(999)), Ok(claims(1000)));
        let other = CALL.replace('1', "2");
        assert_eq!(
            key.open(&other, ACCOUNT, &token, at(0)),
            Err(TokenError::Forged)
        );
        let other = ACCOUNT.replace('1', "2");
        assert_eq!(
            key.open(CALL, &other, &token, at(0)),
            Err(TokenError::Forged)
        );
        let stranger = TokenKey::new(&[2; 32]);
        assert_eq!(
            stranger.open(CALL, ACCOUNT, &token, at(0)),
            Err(TokenError::Forged)
        );
    }

    #[test]
    fn a_token_dies_at_its_expiry() {
        let key = TokenKey::new(&[1; 32]);
        let token = key.seal(CALL, ACCOUNT, &claims(1000));
        assert_eq!(
            key.open(CALL, ACCOUNT, &token, at(1000)),
            Err(TokenError::Expired)
        );
    }

    #[test]
    fn the_longest_token_fits_a_parameter() {
        let key = TokenKey::new(&[1; 32]);
        let long = Claims {
            restaurant: RestaurantId::parse(&"r".repeat(64)).unwrap(),
            generation: u64::MAX,
            from: "sip:é".repeat(40),
            to: "t".repeat(200),
            test: true,
            expires: at(9_999_999_999_999),
            ..claims(0)
        };
        let token = key.seal(CALL, ACCOUNT, &long);
        assert!(token.len() + "token".len() < 500, "{}", token.len());
        let opened = key.open(CALL, ACCOUNT, &token, at(0)).unwrap();
        assert!(opened.from.len() <= MAX_PARTY && long.from.starts_with(&opened.from));
    }

    proptest! {
        #[test]
        fn what_was_sealed_is_what_opens(
            restaurant in "[A-Za-z0-9_-]{1,64}",
            generation: u64,
            from in ".{0,16}",
            to in "\\+[1-9][0-9]{6,14}",
            test: bool,
            nonce: [u8; 16],
            expires in 1i64..4_000_000_000_000,
        ) {
            let sealed = Claims {
                restaurant: RestaurantId::parse(&restaurant).unwrap(),
                generation, from, to, test, purpose: Purpose::MessageWhileClosed,
                digest: Digest::of(restaurant.as_bytes()),
                nonce: Nonce::from_bytes(nonce),
                expires: at(expires),
            };
            let key = TokenKey::new(&[1; 32]);
            let token = key.seal(CALL, ACCOUNT, &sealed);
            prop_assert!(token.len() < 490);
            prop_assert_eq!(key.open(CALL, ACCOUNT, &token, at(expires - 1)), Ok(sealed));
        }

        #[test]
        fn a_changed_byte_is_never_accepted(position in 0usize..400, to in 1u8..128) {
            let key = TokenKey::new(&[1; 32]);
            let mut bytes = key.seal(CALL, ACCOUNT, &claims(1000)).into_bytes();
            let position = position % bytes.len();
            prop_assume!(bytes[position] != to);
            bytes[position] = to;
            let token = String::from_utf8(bytes).unwrap();
            prop_assert!(key.open(CALL, ACCOUNT, &token, at(0)).is_err());
        }

        #[test]
        fn nonsense_never_opens(token in ".{0,120}") {
            prop_assert!(TokenKey::new(&[1; 32]).open(CALL, ACCOUNT, &token, at(0)).is_err());
        }
    }
}
