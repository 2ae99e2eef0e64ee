//! The form Twilio posts: strictly decoded, bounded, then read into what we use of it.
//!
//! The decoding is our own because the signature covers the decoded text: a lossy decoder would accept what was never
//! signed. Unknown parameters are kept (they are part of the signature) and otherwise ignored: Twilio adds new ones
//! without notice.

use thiserror::Error;

use super::sid::SidKind;

/// Most parameters a form may have. Twilio sends 15 to 45; SIP calls add their headers.
pub const MAX_PARAMS: usize = 250;
/// Longest name, in bytes once decoded.
pub const MAX_NAME: usize = 256;
/// Longest value, in bytes once decoded. `CallToken`, the longest seen, has some 1,500.
pub const MAX_VALUE: usize = 8 * 1024;

/// Why a form cannot be read. Carries names, never values: values are personal data.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum FormError {
    #[error("a percent sign is not followed by two hex digits")]
    BadEscape,
    #[error("a name or value is not UTF-8")]
    NotUtf8,
    #[error("the form has more than {MAX_PARAMS} parameters")]
    TooMany,
    #[error("a name is longer than {MAX_NAME} bytes or a value longer than {MAX_VALUE}")]
    TooLong,
    #[error("parameter {0} is missing")]
    Missing(&'static str),
    #[error("parameter {0} is given twice with different values")]
    Contradictory(&'static str),
    #[error("parameter {0} does not look like a SID")]
    NotASid(&'static str),
}

/// Where a call, or the leg of a Dial, stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CallStatus {
    Queued,
    Ringing,
    InProgress,
    Completed,
    Busy,
    Failed,
    NoAnswer,
    Canceled,
    /// Only as `DialCallStatus`, after a conference.
    Answered,
    /// A word Twilio has added since.
    Other(String),
}

impl CallStatus {
    /// Reads Twilio's word; never fails.
    pub fn from_word(word: &str) -> Self {
        match word {
            "queued" => CallStatus::Queued,
            "ringing" => CallStatus::Ringing,
            "in-progress" => CallStatus::InProgress,
            "completed" => CallStatus::Completed,
            "busy" => CallStatus::Busy,
            "failed" => CallStatus::Failed,
            "no-answer" => CallStatus::NoAnswer,
            "canceled" => CallStatus::Canceled,
            "answered" => CallStatus::Answered,
            other => CallStatus::Other(other.to_owned()),
        }
    }

    /// Twilio's word.
    pub fn as_word(&self) -> &str {
        match self {
            CallStatus::Queued => "queued",
            CallStatus::Ringing => "ringing",
            CallStatus::InProgress => "in-progress",
            CallStatus::Completed => "completed",
            CallStatus::Busy => "busy",
            CallStatus::Failed => "failed",
            CallStatus::NoAnswer => "no-answer",
            CallStatus::Canceled => "canceled",
            CallStatus::Answered => "answered",
            CallStatus::Other(word) => word,
        }
    }
}

/// What we use of a voice webhook, an action or a status callback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VoiceForm {
    /// `CA…`.
    pub call_sid: String,
    /// `AC…`.
    pub account_sid: String,
    /// E.164, or `anonymous`, `client:NAME`, a SIP address: anything. Empty when Twilio sent none.
    pub from: String,
    /// The number that was called, as Twilio wrote it.
    pub to: String,
    pub call_status: Option<CallStatus>,
    /// `inbound`, `outbound-api`, `outbound-dial`.
    pub direction: Option<String>,
    /// Result of a Gather.
    pub digits: Option<String>,
    /// How the Dial ended (the Dial's action only).
    pub dial_call_status: Option<CallStatus>,
    /// Seconds, on the status callback.
    pub call_duration: Option<u32>,
    /// Why Twilio asked the fallback URL.
    pub error_code: Option<String>,
    /// The URL that failed before Twilio asked the fallback URL.
    pub error_url: Option<String>,
    /// Set by `maitred call --test` (`MaitredTest=1`): the order is stored as a test.
    pub test: bool,
    /// Everything, in order of arrival: the signature covers it.
    pub pairs: Vec<(String, String)>,
}

impl VoiceForm {
    /// Reads an `application/x-www-form-urlencoded` body.
    ///
    /// # Errors
    /// See [`FormError`].
    pub fn parse(body: &[u8]) -> Result<Self, FormError> {
        Self::from_pairs(parse_pairs(body)?)
    }

    /// Reads parameters already decoded.
    ///
    /// # Errors
    /// `CallSid`, `AccountSid` or `To` missing, contradictory or misshapen.
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Result<Self, FormError> {
        let required = |name| one(&pairs, name)?.ok_or(FormError::Missing(name));
        let sid = |name, kind: SidKind| {
            required(name).and_then(|value: &str| {
                if kind.matches(value) {
                    Ok(value.to_owned())
                } else {
                    Err(FormError::NotASid(name))
                }
            })
        };
        let optional = |name| Ok(one(&pairs, name)?.map(str::to_owned));
        let status = |name| Ok(one(&pairs, name)?.map(CallStatus::from_word));
        Ok(VoiceForm {
            call_sid: sid("CallSid", SidKind::Call)?,
            account_sid: sid("AccountSid", SidKind::Account)?,
            from: one(&pairs, "From")?.unwrap_or_default().to_owned(),
            to: required("To")?.to_owned(),
            call_status: status("CallStatus")?,
            direction: optional("Direction")?,
            digits: optional("Digits")?,
            dial_call_status: status("DialCallStatus")?,
            call_duration: one(&pairs, "CallDuration")?.and_then(|s| s.parse().ok()),
            error_code: optional("ErrorCode")?,
            error_url: optional("ErrorUrl")?,
            test: one(&pairs, "MaitredTest")? == Some("1"),
            pairs,
        })
    }
}

/// The value of a parameter that must not be given twice with different values.
pub(super) fn one<'p>(
    pairs: &'p [(String, String)],
    name: &'static str,
) -> Result<Option<&'p str>, FormError> {
    let mut values = pairs
        .iter()
        .filter(|(n, _)| n == name)
        .map(|(_, v)| v.as_str());
    let first = values.next();
    if values.any(|value| Some(value) != first) {
        return Err(FormError::Contradictory(name));
    }
    Ok(first)
}

/// Decodes a form into its pairs, in order of arrival.
///
/// # Errors
/// A malformed escape, text that is not UTF-8, or a form over the bounds above.
pub fn parse_pairs(body: &[u8]) -> Result<Vec<(String, String)>, FormError> {
    let mut pairs = Vec::new();
    for pair in body.split(|b| *b == b'&').filter(|pair| !pair.is_empty()) {
        if pairs.len() == MAX_PARAMS {
            return Err(FormError::TooMany);
        }
        let (name, value) = match pair.iter().position(|b| *b == b'=') {
            Some(at) => (&pair[..at], &pair[at + 1..]),
            None => (pair, &[][..]),
        };
        pairs.push((decode(name, MAX_NAME)?, decode(value, MAX_VALUE)?));
    }
    Ok(pairs)
}

fn decode(text: &[u8], limit: usize) -> Result<String, FormError> {
    // An escape is three bytes for one.
    if text.len() > limit * 3 {
        return Err(FormError::TooLong);
    }
    let mut decoded = Vec::with_capacity(text.len());
    let mut bytes = text.iter();
    while let Some(byte) = bytes.next() {
        decoded.push(match byte {
            b'+' => b' ',
            b'%' => {
                let digit = |b: Option<&u8>| b.and_then(|b| char::from(*b).to_digit(16));
                let (Some(high), Some(low)) = (digit(bytes.next()), digit(bytes.next())) else {
                    return Err(FormError::BadEscape);
                };
                (high * 16 + low) as u8
            }
            plain => *plain,
        });
    }
    if decoded.len() > limit {
        return Err(FormError::TooLong);
    }
    String::from_utf8(decoded).map_err(|_| FormError::NotUtf8)
}

/// Writes pairs as an `application/x-www-form-urlencoded` body (the software phone posts it).
pub fn write_pairs(pairs: &[(String, String)]) -> String {
    form_urlencoded::Serializer::new(String::new())
        .extend_pairs(pairs)
        .finish()
}

#[cfg(test)]
#[path = "webhook_form_tests.rs"]
mod tests;
