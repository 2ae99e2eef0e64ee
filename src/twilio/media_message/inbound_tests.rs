use std::borrow::Cow;

use proptest::prelude::*;

use super::super::inbound::{
    Dtmf, Inbound, InboundError, Mark, Media, MediaFormat, Start, Stop, Track,
};

const SID: &str = "MZ00000000000000000000000000000001";

#[test]
fn media_is_read_without_copying_its_payload() {
    let text = format!(
        r#"{{"event":"media","sequenceNumber":"3","media":{{"track":"inbound","chunk":"1","timestamp":"5","payload":"/38A"}},"streamSid":"{SID}"}}"#
    );
    let Inbound::Media(media) = Inbound::parse(&text).unwrap() else {
        panic!("not media");
    };
    assert!(matches!(media.payload, Cow::Borrowed(_)));
    assert!(matches!(media.stream_sid, Cow::Borrowed(_)));
    assert_eq!(
        (media.sequence, media.chunk, media.timestamp_ms),
        (3, 1, Some(5))
    );
    let mut sound = vec![1];
    media.decode_into(&mut sound).unwrap();
    assert_eq!(sound, [1, 0xff, 0x7f, 0x00]);
}

#[test]
fn numbers_extra_fields_and_missing_parameters_are_tolerated() {
    let start = r#"{"event":"start","sequenceNumber":1,"start":{"callSid":"CA1","mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":"8000","channels":1,"x":[]},"new":{}},"streamSid":"MZ1","more":null}"#;
    let Inbound::Start(start) = Inbound::parse(start).unwrap() else {
        panic!("not start");
    };
    assert_eq!(start.stream_sid, "MZ1");
    assert_eq!(start.format, MediaFormat::default());
    assert!(start.custom_parameters.is_empty());
    let start = r#"{"event":"start","start":{"streamSid":"MZ1","callSid":"CA1","customParameters":{"a":1,"b":true,"c":"x"}}}"#;
    let Inbound::Start(start) = Inbound::parse(start).unwrap() else {
        panic!("not start");
    };
    let values: Vec<_> = start
        .custom_parameters
        .values()
        .map(String::as_str)
        .collect();
    assert_eq!(values, ["1", "true", "x"]);
}

#[test]
fn another_track_is_recognised_as_not_the_callers() {
    let text = r#"{"event":"media","media":{"track":"outbound","payload":""}}"#;
    let Inbound::Media(media) = Inbound::parse(text).unwrap() else {
        panic!("not media");
    };
    assert_eq!(media.track, Track::Other);
}

#[test]
fn unknown_events_are_named_whatever_they_carry() {
    for text in [
        r#"{"event":"close"}"#,
        r#"{"event":"close","media":5,"start":[],"sequenceNumber":"x"}"#,
    ] {
        let read = Inbound::parse(text).unwrap();
        assert_eq!(
            read,
            Inbound::Unknown {
                event: "close".to_owned()
            }
        );
    }
}

#[test]
fn broken_messages_are_errors() {
    for text in [
        "",
        "{",
        "5",
        "{}",
        r#"{"event":5}"#,
        r#"{"event":"media"}"#,
        r#"{"event":"media","media":{}}"#,
        r#"{"event":"media","media":{"payload":5}}"#,
        r#"{"event":"media","sequenceNumber":-1,"media":{"payload":""}}"#,
        r#"{"event":"start"}"#,
        r#"{"event":"start","start":{"callSid":"CA1"}}"#,
        r#"{"event":"start","start":{"streamSid":"MZ1"}}"#,
        r#"{"event":"dtmf","dtmf":{"digit":"12"}}"#,
        r#"{"event":"dtmf","dtmf":{"digit":""}}"#,
        r#"{"event":"dtmf","dtmf":{"digit":"x"}}"#,
        r#"{"event":"mark"}"#,
    ] {
        assert!(Inbound::parse(text).is_err(), "{text}");
    }
    let Inbound::Media(media) =
        Inbound::parse(r#"{"event":"media","media":{"payload":"***"}}"#).unwrap()
    else {
        panic!("not media");
    };
    assert!(matches!(
        media.decode_into(&mut Vec::new()),
        Err(InboundError::Payload)
    ));
}

#[test]
fn the_phone_writes_what_twilio_documents() {
    let connected = Inbound::Connected {
        protocol: "Call".to_owned(),
        version: "1.0.0".to_owned(),
    };
    assert_eq!(
        connected.to_json(),
        r#"{"event":"connected","protocol":"Call","version":"1.0.0"}"#
    );
    let media = Inbound::Media(Media {
        sequence: 3,
        stream_sid: SID.into(),
        track: Track::Inbound,
        chunk: 1,
        timestamp_ms: Some(5),
        payload: "/38A".into(),
    });
    assert_eq!(
        media.to_json(),
        format!(
            r#"{{"event":"media","sequenceNumber":"3","media":{{"track":"inbound","chunk":"1","timestamp":"5","payload":"/38A"}},"streamSid":"{SID}"}}"#
        )
    );
    let start = Inbound::Start(Start {
        sequence: 1,
        stream_sid: "MZ1".to_owned(),
        account_sid: "AC1".to_owned(),
        call_sid: "CA1".to_owned(),
        tracks: vec!["inbound".to_owned()],
        format: MediaFormat::default(),
        custom_parameters: [("t".to_owned(), "v".to_owned())].into(),
    });
    assert_eq!(
        start.to_json(),
        r#"{"event":"start","sequenceNumber":"1","start":{"accountSid":"AC1","streamSid":"MZ1","callSid":"CA1","tracks":["inbound"],"mediaFormat":{"encoding":"audio/x-mulaw","sampleRate":8000,"channels":1},"customParameters":{"t":"v"}},"streamSid":"MZ1"}"#
    );
}

fn any_inbound() -> impl Strategy<Value = Inbound<'static>> {
    let sid = ".{1,12}";
    let custom = prop::collection::btree_map(".{0,8}", ".{0,8}", 0..4);
    let format = ("[a-z/-]{0,12}", any::<u64>(), any::<u64>());
    prop_oneof![
        (".{0,8}", ".{0,8}")
            .prop_map(|(protocol, version)| Inbound::Connected { protocol, version }),
        (
            (any::<u64>(), sid, ".{0,8}", sid),
            prop::collection::vec(".{0,8}", 0..3),
            format,
            custom
        )
            .prop_map(
                |(
                    (sequence, stream_sid, account_sid, call_sid),
                    tracks,
                    format,
                    custom_parameters,
                )| {
                    Inbound::Start(Start {
                        sequence,
                        stream_sid,
                        account_sid,
                        call_sid,
                        tracks,
                        format: MediaFormat {
                            encoding: format.0,
                            sample_rate: format.1,
                            channels: format.2,
                        },
                        custom_parameters,
                    })
                }
            ),
        (any::<[u64; 3]>(), sid, any::<bool>(), ".{0,40}").prop_map(
            |(n, sid, inbound, payload)| {
                Inbound::Media(Media {
                    sequence: n[0],
                    stream_sid: sid.into(),
                    track: if inbound {
                        Track::Inbound
                    } else {
                        Track::Other
                    },
                    chunk: n[1],
                    timestamp_ms: Some(n[2]),
                    payload: payload.into(),
                })
            }
        ),
        (any::<u64>(), sid, "[0-9*#A-D]").prop_map(|(sequence, stream_sid, key)| {
            Inbound::Dtmf(Dtmf {
                sequence,
                stream_sid,
                digit: key.chars().next().unwrap(),
            })
        }),
        (any::<u64>(), sid, ".{0,20}").prop_map(|(sequence, stream_sid, name)| {
            Inbound::Mark(Mark {
                sequence,
                stream_sid,
                name,
            })
        }),
        (any::<u64>(), sid, ".{0,8}", ".{0,8}").prop_map(
            |(sequence, stream_sid, account_sid, call_sid)| {
                Inbound::Stop(Stop {
                    sequence,
                    stream_sid,
                    account_sid,
                    call_sid,
                })
            }
        ),
        "[e-z]{1,3}".prop_map(|event| Inbound::Unknown { event }),
    ]
}

proptest! {
    #[test]
    fn every_inbound_message_survives_the_wire(message in any_inbound()) {
        let written = message.to_json();
        prop_assert_eq!(Inbound::parse(&written).unwrap(), message);
    }

    #[test]
    fn any_text_is_read_or_refused_without_panic(text in ".{0,200}") {
        let _ = Inbound::parse(&text);
    }
}
