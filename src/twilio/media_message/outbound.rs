//! Us -> Twilio: three messages, written with exactly the documented keys, read as strictly as Twilio reads them.

use std::borrow::Cow;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A message to Twilio. All carry the stream's identifier, which is passed when writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outbound<'a> {
    /// Sound to queue behind what is queued: mu-law, 8000 bytes a second, any length.
    Media { payload: Cow<'a, [u8]> },
    /// Comes back when everything queued before it has been played; at once when nothing is queued.
    Mark { name: Cow<'a, str> },
    /// Drop the queue; every outstanding mark comes back at once.
    Clear,
}

/// Why Twilio would complain (31951) and ignore the message.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum NonConforming {
    #[error("not JSON, or with a missing, extra or repeated field: {0}")]
    Shape(String),
    #[error("unknown event {0:?}")]
    Event(String),
    #[error("streamSid {0:?} is not this stream's")]
    StreamSid(String),
    #[error("the payload is not base64")]
    Payload,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct MediaFrame<'a> {
    event: Cow<'a, str>,
    stream_sid: Cow<'a, str>,
    media: MediaBody<'a>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct MediaBody<'a> {
    payload: Cow<'a, str>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct MarkFrame<'a> {
    event: Cow<'a, str>,
    stream_sid: Cow<'a, str>,
    mark: MarkBody<'a>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct MarkBody<'a> {
    name: Cow<'a, str>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct ClearFrame<'a> {
    event: Cow<'a, str>,
    stream_sid: Cow<'a, str>,
}

#[derive(Deserialize)]
struct Named {
    event: String,
}

impl Outbound<'_> {
    /// The text frame to send.
    pub fn to_json(&self, stream_sid: &str) -> String {
        let stream_sid = Cow::Borrowed(stream_sid);
        let written = match self {
            Outbound::Media { payload } => serde_json::to_string(&MediaFrame {
                event: "media".into(),
                stream_sid,
                media: MediaBody {
                    payload: STANDARD.encode(payload).into(),
                },
            }),
            Outbound::Mark { name } => serde_json::to_string(&MarkFrame {
                event: "mark".into(),
                stream_sid,
                mark: MarkBody {
                    name: name.as_ref().into(),
                },
            }),
            Outbound::Clear => serde_json::to_string(&ClearFrame {
                event: "clear".into(),
                stream_sid,
            }),
        };
        // Strings always serialise.
        written.unwrap_or_default()
    }

    /// Reads a frame as Twilio does: every documented key, no other, and this stream's identifier.
    ///
    /// # Errors
    /// What Twilio reports as warning 31951.
    pub fn parse_strictly(
        text: &str,
        our_stream: &str,
    ) -> Result<Outbound<'static>, NonConforming> {
        let shape = |error: serde_json::Error| NonConforming::Shape(error.to_string());
        let named: Named = serde_json::from_str(text).map_err(shape)?;
        let same_stream = |sid: &str| {
            if sid == our_stream {
                Ok(())
            } else {
                Err(NonConforming::StreamSid(sid.to_owned()))
            }
        };
        match named.event.as_str() {
            "media" => {
                let frame: MediaFrame<'_> = serde_json::from_str(text).map_err(shape)?;
                same_stream(&frame.stream_sid)?;
                let payload = STANDARD
                    .decode(frame.media.payload.as_bytes())
                    .map_err(|_| NonConforming::Payload)?;
                Ok(Outbound::Media {
                    payload: payload.into(),
                })
            }
            "mark" => {
                let frame: MarkFrame<'_> = serde_json::from_str(text).map_err(shape)?;
                same_stream(&frame.stream_sid)?;
                Ok(Outbound::Mark {
                    name: frame.mark.name.into_owned().into(),
                })
            }
            "clear" => {
                let frame: ClearFrame<'_> = serde_json::from_str(text).map_err(shape)?;
                same_stream(&frame.stream_sid)?;
                Ok(Outbound::Clear)
            }
            _ => Err(NonConforming::Event(named.event)),
        }
    }
}

#[cfg(test)]
#[path = "outbound_tests.rs"]
mod tests;
