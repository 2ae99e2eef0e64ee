//! Writing [`Inbound`] as Twilio writes it: the software phone's side of the stream.

use std::collections::BTreeMap;

use serde::Serialize;

use super::inbound::{Inbound, MediaFormat, Track};
use super::wire_number::{as_text, as_text_if_any};

impl Inbound<'_> {
    /// The message as Twilio writes it: counters as text, `streamSid` in everything but `connected`.
    pub fn to_json(&self) -> String {
        // Strings and numbers always serialise.
        serde_json::to_string(&Written::of(self)).unwrap_or_default()
    }
}

/// A message in Twilio's order of keys.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
struct Written<'m> {
    event: &'m str,
    #[serde(skip_serializing_if = "Option::is_none")]
    protocol: Option<&'m str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<&'m str>,
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "as_text_if_any"
    )]
    sequence_number: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<StartBody<'m>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    media: Option<MediaBody<'m>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dtmf: Option<DtmfBody>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mark: Option<MarkBody<'m>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stop: Option<StopBody<'m>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stream_sid: Option<&'m str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StartBody<'m> {
    account_sid: &'m str,
    stream_sid: &'m str,
    call_sid: &'m str,
    tracks: &'m [String],
    media_format: FormatBody<'m>,
    custom_parameters: &'m BTreeMap<String, String>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FormatBody<'m> {
    encoding: &'m str,
    sample_rate: u64,
    channels: u64,
}

#[derive(Serialize)]
struct MediaBody<'m> {
    track: &'static str,
    #[serde(serialize_with = "as_text")]
    chunk: u64,
    #[serde(
        skip_serializing_if = "Option::is_none",
        serialize_with = "as_text_if_any"
    )]
    timestamp: Option<u64>,
    payload: &'m str,
}

#[derive(Serialize)]
struct DtmfBody {
    track: &'static str,
    digit: char,
}

#[derive(Serialize)]
struct MarkBody<'m> {
    name: &'m str,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StopBody<'m> {
    account_sid: &'m str,
    call_sid: &'m str,
}

impl<'m> FormatBody<'m> {
    fn of(format: &'m MediaFormat) -> Self {
        FormatBody {
            encoding: &format.encoding,
            sample_rate: format.sample_rate,
            channels: format.channels,
        }
    }
}

impl<'m> Written<'m> {
    fn of(message: &'m Inbound<'_>) -> Self {
        let nothing = Written::default();
        let envelope = |event, sequence, stream_sid| Written {
            event,
            sequence_number: Some(sequence),
            stream_sid: Some(stream_sid),
            ..Written::default()
        };
        match message {
            Inbound::Connected { protocol, version } => Written {
                event: "connected",
                protocol: Some(protocol),
                version: Some(version),
                ..nothing
            },
            Inbound::Start(m) => Written {
                start: Some(StartBody {
                    account_sid: &m.account_sid,
                    stream_sid: &m.stream_sid,
                    call_sid: &m.call_sid,
                    tracks: &m.tracks,
                    media_format: FormatBody::of(&m.format),
                    custom_parameters: &m.custom_parameters,
                }),
                ..envelope("start", m.sequence, &m.stream_sid)
            },
            Inbound::Media(m) => Written {
                media: Some(MediaBody {
                    track: match m.track {
                        Track::Inbound => "inbound",
                        Track::Other => "outbound",
                    },
                    chunk: m.chunk,
                    timestamp: m.timestamp_ms,
                    payload: &m.payload,
                }),
                ..envelope("media", m.sequence, &m.stream_sid)
            },
            Inbound::Dtmf(m) => Written {
                dtmf: Some(DtmfBody {
                    track: "inbound_track",
                    digit: m.digit,
                }),
                ..envelope("dtmf", m.sequence, &m.stream_sid)
            },
            Inbound::Mark(m) => Written {
                mark: Some(MarkBody { name: &m.name }),
                ..envelope("mark", m.sequence, &m.stream_sid)
            },
            Inbound::Stop(m) => Written {
                stop: Some(StopBody {
                    account_sid: &m.account_sid,
                    call_sid: &m.call_sid,
                }),
                ..envelope("stop", m.sequence, &m.stream_sid)
            },
            Inbound::Unknown { event } => Written { event, ..nothing },
        }
    }
}
