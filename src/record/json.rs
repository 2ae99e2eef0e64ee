//! The JSON forms of a call (`GET /api/calls`, `GET /api/calls/{sid}`).

use serde_json::{Value, json};

use super::CallRecord;
use crate::order::{PlacedOrder, order_json};
use crate::restaurant::mask;

/// A call without transcript and turns, as `/api/calls` lists it; `take_over` and `message` appear only where there was one,
/// `account` only where it is known. The caller's number is masked: whoever needs it whole has the order. Instants are RFC 3339 in UTC to the millisecond;
/// `ended_at` and `ending` are null while it lives, `order` is null when none was placed.
pub fn call_summary_json(call: &CallRecord, order: Option<&PlacedOrder>) -> Value {
    let mut value = json!({
        "sid": call.sid,
        "restaurant": call.restaurant.as_ref().map(|id| id.as_str()),
        "from": mask(&call.from),
        "started_at": format!("{:.3}", call.started_at),
        "ended_at": call.ended_at.map(|at| format!("{at:.3}")),
        "ending": call.ending,
        "generation": call.generation,
        "digest": call.digest.as_ref().map(|digest| digest.as_str()),
        "engine": call.engines,
        "order": order.map(order_json),
    });
    if !call.account_sid.is_empty() {
        value["account"] = json!(call.account_sid);
    }
    if let Some(message) = &call.message {
        value["message"] = json!(message);
    }
    if let Some(take_over) = &call.take_over {
        value["take_over"] = json!(take_over);
    }
    value
}

/// A whole call: the summary, what was said, and where the time of each answer went.
pub fn call_json(call: &CallRecord, order: Option<&PlacedOrder>) -> Value {
    let mut value = call_summary_json(call, order);
    value["transcript"] = json!(call.transcript);
    value["turns"] = json!(call.turns);
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::{Ending, Engines, Speaker, TranscriptLine, TurnTiming};
    use crate::restaurant::{Digest, RestaurantId};

    fn call() -> CallRecord {
        CallRecord {
            account_sid: "AC1".into(),
            sid: "CA1".into(),
            restaurant: RestaurantId::parse("luna"),
            from: "+15550001111".into(),
            to: "+15551234567".into(),
            started_at: "2026-11-23T18:30:00Z".parse().unwrap(),
            ended_at: "2026-11-23T18:31:02.5Z".parse().ok(),
            ending: Some(Ending::HungUp),
            generation: 3,
            digest: Some(Digest::of(b"file")),
            engines: Engines {
                stt: "local".into(),
                tts: "local".into(),
                brain: "menu".into(),
            },
            take_over: None,
            test: false,
            message: None,
            transcript: vec![TranscriptLine {
                who: Speaker::Agent,
                at_ms: 40,
                text: "Welcome to Luna.".into(),
                heard: "Welcome".into(),
            }],
            turns: vec![TurnTiming {
                silence_ms: 450,
                recognise_ms: 0,
                decide_ms: 1,
                first_audio_ms: 90,
            }],
        }
    }

    #[test]
    fn a_call_is_written_as_the_contract_says() {
        let expected = json!({
            "account": "AC1",
            "sid": "CA1",
            "restaurant": "luna",
            "from": "****1111",
            "started_at": "2026-11-23T18:30:00.000Z",
            "ended_at": "2026-11-23T18:31:02.500Z",
            "ending": "hung_up",
            "generation": 3,
            "digest": Digest::of(b"file").as_str(),
            "engine": {"stt": "local", "tts": "local", "brain": "menu"},
            "order": null,
            "transcript": [{"who": "agent", "at_ms": 40, "text": "Welcome to Luna.", "heard": "Welcome"}],
            "turns": [{"silence_ms": 450, "recognise_ms": 0, "decide_ms": 1, "first_audio_ms": 90}],
        });
        assert_eq!(call_json(&call(), None), expected);
    }

    #[test]
    fn a_call_says_when_the_built_in_waiter_took_over() {
        let mut taken = call();
        taken.take_over = Some(crate::record::TakeOver {
            at_ms: 8100,
            reason: "no token for 3000 ms".into(),
        });
        assert_eq!(
            call_json(&taken, None)["take_over"],
            json!({"at_ms": 8100, "reason": "no token for 3000 ms"})
        );
        assert_eq!(call_json(&call(), None).get("take_over"), None);
    }

    #[test]
    fn a_live_call_is_listed_without_an_end_and_without_its_words() {
        let mut live = call();
        live.ended_at = None;
        live.ending = None;
        let value = call_summary_json(&live, None);
        assert_eq!(value["ended_at"], Value::Null);
        assert_eq!(value["ending"], Value::Null);
        assert_eq!(value.get("transcript"), None);
        assert_eq!(value.get("turns"), None);
    }
}
