//! Twilio -> us: the messages. How they are read and written: `inbound_read`, `inbound_write`.

use std::borrow::Cow;
use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use thiserror::Error;

/// A message of the stream. Only [`Media`] borrows from the text it was read from.
///
/// Identifiers are taken as they come: what admits a stream is its token, not their shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inbound<'a> {
    /// First of all, before the stream has an identifier.
    Connected { protocol: String, version: String },
    /// Once, right after `connected`.
    Start(Start),
    /// 20 ms of the caller's sound.
    Media(Media<'a>),
    /// One key of the caller's telephone.
    Dtmf(Dtmf),
    /// Everything queued before a mark of ours has been played, or was cleared.
    Mark(Mark),
    /// The call or the stream has ended; the socket closes next.
    Stop(Stop),
    /// An event we do not know: ignore and count it.
    Unknown { event: String },
}

/// What the stream is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Start {
    /// 1 at Twilio.
    pub sequence: u64,
    /// `MZ…`: must be in every message of ours.
    pub stream_sid: String,
    pub account_sid: String,
    pub call_sid: String,
    pub tracks: Vec<String>,
    pub format: MediaFormat,
    /// The `<Parameter>`s of the TwiML; empty when there were none.
    pub custom_parameters: BTreeMap<String, String>,
}

/// How `payload` is coded: `audio/x-mulaw`, 8000 Hz, one channel, or it is not taken ([`MediaFormat::is_taken`]).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MediaFormat {
    pub encoding: String,
    pub sample_rate: u64,
    pub channels: u64,
}

/// What Twilio always sends.
impl Default for MediaFormat {
    fn default() -> Self {
        MediaFormat {
            encoding: "audio/x-mulaw".to_owned(),
            sample_rate: 8000,
            channels: 1,
        }
    }
}

impl MediaFormat {
    /// Is it what this program can hear? Anything else decoded as mu-law would be noise.
    pub fn is_taken(&self) -> bool {
        let taken = Self::default();
        self.encoding.eq_ignore_ascii_case(&taken.encoding)
            && (self.sample_rate, self.channels) == (taken.sample_rate, taken.channels)
    }
}

/// Whose sound it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Track {
    /// The caller's: the only one of a bidirectional stream.
    #[default]
    Inbound,
    /// Anything else: not to be listened to.
    Other,
}

/// A piece of sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Media<'a> {
    /// Counts all messages of the stream; 0 when absent.
    pub sequence: u64,
    pub stream_sid: Cow<'a, str>,
    pub track: Track,
    /// Counts the pieces of this track from 1; 0 when absent.
    pub chunk: u64,
    /// When the piece began, milliseconds since the stream did; `None` when the sender does not say.
    pub timestamp_ms: Option<u64>,
    /// Mu-law bytes in base64, not yet decoded.
    pub payload: Cow<'a, str>,
}

impl Media<'_> {
    /// Decodes the sound behind what `into` already holds; one byte is one sample of 1/8000 s.
    ///
    /// # Errors
    /// The payload is not base64.
    pub fn decode_into(&self, into: &mut Vec<u8>) -> Result<(), InboundError> {
        STANDARD
            .decode_vec(self.payload.as_bytes(), into)
            .map_err(|_| InboundError::Payload)
    }
}

/// A key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dtmf {
    pub sequence: u64,
    pub stream_sid: String,
    /// `0`-`9`, `*`, `#`, and `A`-`D` on the odd telephone.
    pub digit: char,
}

/// A mark that came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub sequence: u64,
    pub stream_sid: String,
    pub name: String,
}

/// The end of the stream.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    pub sequence: u64,
    pub stream_sid: String,
    pub account_sid: String,
    pub call_sid: String,
}

/// Why a message cannot be used: ignore and count it.
#[derive(Debug, Error)]
pub enum InboundError {
    #[error("a media message is not the JSON it should be: {0}")]
    Json(#[from] serde_json::Error),
    #[error("a {event} message has no {missing}")]
    Missing {
        event: &'static str,
        missing: &'static str,
    },
    #[error("a dtmf message is not one key")]
    Key,
    #[error("a media payload is not base64")]
    Payload,
}
