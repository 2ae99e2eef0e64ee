use proptest::prelude::*;

use super::*;

const SID: &str = "MZ00000000000000000000000000000001";

#[test]
fn messages_are_written_with_exactly_the_documented_keys() {
    let media = Outbound::Media {
        payload: vec![0xff, 0x7f, 0x00].into(),
    };
    assert_eq!(
        media.to_json(SID),
        format!(r#"{{"event":"media","streamSid":"{SID}","media":{{"payload":"/38A"}}}}"#)
    );
    let mark = Outbound::Mark {
        name: "say \"hi\"".into(),
    };
    assert_eq!(
        mark.to_json(SID),
        format!(r#"{{"event":"mark","streamSid":"{SID}","mark":{{"name":"say \"hi\""}}}}"#)
    );
    assert_eq!(
        Outbound::Clear.to_json(SID),
        format!(r#"{{"event":"clear","streamSid":"{SID}"}}"#)
    );
}

#[test]
fn a_key_too_many_too_few_or_twice_is_a_complaint() {
    let with = |rest: &str| format!(r#"{{"streamSid":"{SID}",{rest}}}"#);
    for bad in [
        "not json".to_owned(),
        "[]".to_owned(),
        with(r#""event":"media""#),
        with(r#""event":"media","media":{}"#),
        with(r#""event":"media","media":{"payload":"AA==","track":"outbound"}"#),
        with(r#""event":"media","media":{"payload":"AA=="},"sequenceNumber":"1""#),
        with(r#""event":"media","media":{"payload":"AA=="},"media":{"payload":"AA=="}"#),
        with(r#""event":"media","media":{"payload":5}"#),
        with(r#""event":"mark","mark":{"name":"a","x":1}"#),
        with(r#""event":"mark","mark":{}"#),
        with(r#""event":"clear","mark":{"name":"a"}"#),
        r#"{"event":"clear"}"#.to_owned(),
        format!("{} x", Outbound::Clear.to_json(SID)),
    ] {
        let verdict = Outbound::parse_strictly(&bad, SID);
        assert!(
            matches!(verdict, Err(NonConforming::Shape(_))),
            "{bad} -> {verdict:?}"
        );
    }
}

#[test]
fn another_stream_event_or_coding_is_a_complaint() {
    let other = Outbound::Clear.to_json("MZ2");
    assert_eq!(
        Outbound::parse_strictly(&other, SID),
        Err(NonConforming::StreamSid("MZ2".to_owned()))
    );
    let unknown = format!(r#"{{"event":"dtmf","streamSid":"{SID}"}}"#);
    assert_eq!(
        Outbound::parse_strictly(&unknown, SID),
        Err(NonConforming::Event("dtmf".to_owned()))
    );
    let coding = format!(r#"{{"event":"media","streamSid":"{SID}","media":{{"payload":"A"}}}}"#);
    assert_eq!(
        Outbound::parse_strictly(&coding, SID),
        Err(NonConforming::Payload)
    );
}

fn any_outbound() -> impl Strategy<Value = Outbound<'static>> {
    prop_oneof![
        prop::collection::vec(any::<u8>(), 0..600).prop_map(|payload| Outbound::Media {
            payload: payload.into()
        }),
        ".{0,30}".prop_map(|name: String| Outbound::Mark { name: name.into() }),
        Just(Outbound::Clear),
    ]
}

proptest! {
    #[test]
    fn every_outbound_message_survives_the_wire(message in any_outbound()) {
        let read = Outbound::parse_strictly(&message.to_json(SID), SID);
        prop_assert_eq!(read, Ok(message));
    }
}
