//! Reading [`Inbound`]: tolerant of everything that does not change the meaning.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Deserialize;

use super::inbound::{Dtmf, Inbound, InboundError, Mark, Media, MediaFormat, Start, Stop, Track};
use super::wire_number::{WireNumber, WireText};

impl<'a> Inbound<'a> {
    /// Reads one text frame. A media message is read in one pass without copying its payload.
    ///
    /// # Errors
    /// Text that is not JSON, or a known event without what makes it one.
    pub fn parse(text: &'a str) -> Result<Self, InboundError> {
        match serde_json::from_str::<Frame<'a>>(text) {
            Ok(frame) => frame.into_message(),
            // A field of an event we do not know may have any shape.
            Err(error) => match serde_json::from_str::<Named>(text) {
                Ok(Named { event }) if !KNOWN.contains(&event.as_str()) => {
                    Ok(Inbound::Unknown { event })
                }
                _ => Err(error.into()),
            },
        }
    }
}

const KNOWN: [&str; 6] = ["connected", "start", "media", "dtmf", "mark", "stop"];

#[derive(Deserialize)]
struct Named {
    event: String,
}

/// Every known message at once: which part counts is decided by `event`.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Frame<'a> {
    #[serde(borrow)]
    event: Cow<'a, str>,
    #[serde(default)]
    sequence_number: WireNumber,
    #[serde(default, borrow)]
    stream_sid: Cow<'a, str>,
    #[serde(default)]
    protocol: String,
    #[serde(default)]
    version: WireText,
    start: Option<StartBody>,
    #[serde(borrow)]
    media: Option<MediaBody<'a>>,
    dtmf: Option<DtmfBody>,
    mark: Option<MarkBody>,
    stop: Option<StopBody>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StartBody {
    #[serde(default)]
    stream_sid: String,
    #[serde(default)]
    account_sid: String,
    #[serde(default)]
    call_sid: String,
    #[serde(default)]
    tracks: Vec<String>,
    media_format: Option<FormatBody>,
    custom_parameters: Option<BTreeMap<String, WireText>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FormatBody {
    #[serde(default)]
    encoding: String,
    #[serde(default)]
    sample_rate: WireNumber,
    #[serde(default)]
    channels: WireNumber,
}

#[derive(Deserialize)]
struct MediaBody<'a> {
    #[serde(default, borrow)]
    track: Cow<'a, str>,
    #[serde(default)]
    chunk: WireNumber,
    #[serde(default)]
    timestamp: Option<WireNumber>,
    #[serde(borrow)]
    payload: Cow<'a, str>,
}

#[derive(Deserialize)]
struct DtmfBody {
    digit: WireText,
}

#[derive(Deserialize)]
struct MarkBody {
    name: String,
}

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct StopBody {
    #[serde(default)]
    account_sid: String,
    #[serde(default)]
    call_sid: String,
}

impl<'a> Frame<'a> {
    fn into_message(self) -> Result<Inbound<'a>, InboundError> {
        let sequence = self.sequence_number.0;
        let missing = |event, missing| InboundError::Missing { event, missing };
        Ok(match self.event.as_ref() {
            "connected" => Inbound::Connected {
                protocol: self.protocol,
                version: self.version.0,
            },
            "start" => {
                let start = self.start.ok_or_else(|| missing("start", "start"))?;
                Inbound::Start(start.into_start(sequence, &self.stream_sid)?)
            }
            "media" => {
                let media = self.media.ok_or_else(|| missing("media", "media"))?;
                Inbound::Media(Media {
                    sequence,
                    stream_sid: self.stream_sid,
                    track: match media.track.as_ref() {
                        "" | "inbound" => Track::Inbound,
                        _ => Track::Other,
                    },
                    chunk: media.chunk.0,
                    timestamp_ms: media.timestamp.map(|at| at.0),
                    payload: media.payload,
                })
            }
            "dtmf" => {
                let dtmf = self.dtmf.ok_or_else(|| missing("dtmf", "dtmf"))?;
                let mut keys = dtmf.digit.0.chars();
                match (keys.next(), keys.next()) {
                    (Some(digit @ ('0'..='9' | '*' | '#' | 'A'..='D')), None) => {
                        Inbound::Dtmf(Dtmf {
                            sequence,
                            stream_sid: self.stream_sid.into_owned(),
                            digit,
                        })
                    }
                    _ => return Err(InboundError::Key),
                }
            }
            "mark" => Inbound::Mark(Mark {
                sequence,
                stream_sid: self.stream_sid.into_owned(),
                name: self.mark.ok_or_else(|| missing("mark", "mark"))?.name,
            }),
            "stop" => {
                let stop = self.stop.unwrap_or_default();
                Inbound::Stop(Stop {
                    sequence,
                    stream_sid: self.stream_sid.into_owned(),
                    account_sid: stop.account_sid,
                    call_sid: stop.call_sid,
                })
            }
            _ => Inbound::Unknown {
                event: self.event.into_owned(),
            },
        })
    }
}

impl StartBody {
    fn into_start(self, sequence: u64, outer_sid: &str) -> Result<Start, InboundError> {
        let missing = |missing| InboundError::Missing {
            event: "start",
            missing,
        };
        let stream_sid = if self.stream_sid.is_empty() {
            outer_sid.to_owned()
        } else {
            self.stream_sid
        };
        if stream_sid.is_empty() {
            return Err(missing("streamSid"));
        }
        if self.call_sid.is_empty() {
            return Err(missing("callSid"));
        }
        Ok(Start {
            sequence,
            stream_sid,
            account_sid: self.account_sid,
            call_sid: self.call_sid,
            tracks: self.tracks,
            format: self
                .media_format
                .map_or_else(MediaFormat::default, |format| MediaFormat {
                    encoding: format.encoding,
                    sample_rate: format.sample_rate.0,
                    channels: format.channels.0,
                }),
            custom_parameters: self
                .custom_parameters
                .unwrap_or_default()
                .into_iter()
                .map(|(name, value)| (name, value.0))
                .collect(),
        })
    }
}

#[cfg(test)]
#[path = "inbound_tests.rs"]
mod tests;
