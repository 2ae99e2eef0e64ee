use super::*;
use crate::call::testing::{parts, serve};
use crate::restaurant::{RestaurantParts, Span, WeeklyHours};
use crate::routing::RoutingTable;
use proptest::prelude::*;

const NUMBER: &str = "+15551234567";
const ACCOUNT: &str = "AC1";

fn at(seconds: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + seconds).unwrap()
}

fn ring(call_sid: &str) -> Ring<'_> {
    Ring {
        call_sid,
        account_sid: ACCOUNT,
        from: "+15550001111",
        to: NUMBER,
        test: false,
        staff_rang: false,
    }
}

fn start<'a>(call_sid: &'a str, token: &'a str) -> StartInfo<'a> {
    StartInfo {
        call_sid,
        account_sid: ACCOUNT,
        stream_sid: "MZ1",
        token: Some(token),
    }
}

fn admission_of(parts: RestaurantParts) -> (Admission, Arc<LiveTable>) {
    let table = Arc::new(LiveTable::new(RoutingTable::build(3, vec![serve(parts)])));
    let admission = Admission::new(Arc::clone(&table), &[7; 32], CallLimits::default());
    (admission, table)
}

fn admission() -> Admission {
    admission_of(parts("bella", NUMBER)).0
}

fn token(admission: &Admission, call_sid: &str, now: Timestamp) -> String {
    match admission.admit(ring(call_sid), now) {
        Admit::Admitted(invitation) => invitation.token,
        other => panic!("not admitted: {other:?}"),
    }
}

#[test]
fn an_admitted_call_is_claimed_once() {
    let admission = admission();
    let token = token(&admission, "CA1", at(0));
    assert_eq!(admission.pins(at(0)), 1);
    let call = admission.claim(start("CA1", &token), at(1)).unwrap();
    assert_eq!((call.pin.generation, admission.pins(at(1))), (3, 0));
    assert_eq!(admission.live().len(), 1);
    let again = admission.claim(start("CA1", &token), at(2)).unwrap_err();
    assert_eq!(again, ClaimRefusal::Reused);
}

#[test]
fn a_second_ring_gets_the_same_pin_and_one_of_its_tokens_wins() {
    let (admission, table) = admission_of(parts("bella", NUMBER));
    let first = token(&admission, "CA1", at(0));
    table.publish(Arc::new(RoutingTable::empty()));
    let second = token(&admission, "CA1", at(1));
    assert_ne!(first, second);
    let call = admission.claim(start("CA1", &second), at(2)).unwrap();
    let loser = admission.claim(start("CA1", &first), at(2)).unwrap_err();
    assert_eq!(loser, ClaimRefusal::Reused);
    call.live.finish(Ending::Confirmed, None, at(3));
    drop(call);
    let loser = admission.claim(start("CA1", &first), at(4)).unwrap_err();
    assert_eq!(loser, ClaimRefusal::Reused, "not after the call either");
}

#[test]
fn a_token_is_good_for_sixty_seconds() {
    let admission = admission();
    let token = token(&admission, "CA1", at(0));
    let late = admission.claim(start("CA1", &token), at(60)).unwrap_err();
    assert_eq!(late, ClaimRefusal::Token(TokenError::Expired));
    assert!(admission.claim(start("CA1", &token), at(59)).is_ok());
}

#[test]
fn a_missing_or_foreign_token_is_refused() {
    let admission = admission();
    let token = token(&admission, "CA1", at(0));
    let missing = StartInfo {
        token: None,
        ..start("CA1", "")
    };
    assert_eq!(
        admission.claim(missing, at(1)).unwrap_err(),
        ClaimRefusal::Token(TokenError::Malformed)
    );
    assert_eq!(
        admission.claim(start("CA2", &token), at(1)).unwrap_err(),
        ClaimRefusal::Token(TokenError::Forged)
    );
    assert!(
        admission.claim(start("CA1", &token), at(1)).is_ok(),
        "it stays good for its own call"
    );
}

#[test]
fn a_call_keeps_the_restaurant_of_its_ring() {
    let (admission, table) = admission_of(parts("bella", NUMBER));
    let token = token(&admission, "CA1", at(0));
    table.publish(Arc::new(RoutingTable::empty()));
    let call = admission.claim(start("CA1", &token), at(1)).unwrap();
    assert_eq!(call.pin.served.restaurant.id.as_str(), "bella");
    assert!(matches!(
        admission.admit(ring("CA2"), at(1)),
        Admit::Unknown
    ));
}

#[test]
fn another_process_takes_the_call_only_with_the_same_version() {
    let (here, _) = admission_of(parts("bella", NUMBER));
    let token = token(&here, "CA1", at(0));
    let (same, _) = admission_of(parts("bella", NUMBER));
    let call = same.claim(start("CA1", &token), at(1)).unwrap();
    assert_eq!(call.pin.from, "+15550001111");
    let (other, _) = admission_of(parts("luna", NUMBER));
    let refused = other.claim(start("CA1", &token), at(1)).unwrap_err();
    assert_eq!(refused, ClaimRefusal::NotHeld);
}

#[test]
fn unknown_disabled_and_closed_are_told_apart() {
    let admission = admission();
    let stranger = Ring {
        to: "+15559999999",
        ..ring("CA1")
    };
    assert!(matches!(admission.admit(stranger, at(0)), Admit::Unknown));
    let sip = Ring {
        to: "sip:desk@example.com",
        ..ring("CA1")
    };
    assert!(matches!(admission.admit(sip, at(0)), Admit::Unknown));

    let mut retired = parts("bella", NUMBER);
    retired.enabled = false;
    let (admission, _) = admission_of(retired);
    assert!(matches!(
        admission.admit(ring("CA1"), at(0)),
        Admit::Disabled { .. }
    ));

    let mut shut = parts("bella", NUMBER);
    shut.schedule.hours = Some(WeeklyHours::default());
    let (admission, _) = admission_of(shut);
    assert!(matches!(
        admission.admit(ring("CA1"), at(0)),
        Admit::Closed {
            next_open: None,
            ..
        }
    ));
    assert_eq!(
        admission.pins(at(0)),
        0,
        "nobody else was promised anything"
    );
}

#[test]
fn a_call_after_midnight_is_taken_as_long_as_the_evening_before_lasts() {
    // Saturday 17:00-02:00, Sunday closed.
    let mut late = parts("bella", NUMBER);
    let mut week = WeeklyHours::default();
    week.days[5] = vec![Span {
        from: 17 * 60,
        to: 26 * 60,
    }];
    late.schedule.hours = Some(week);
    let (admission, _) = admission_of(late);
    let now = |text: &str| text.parse::<Timestamp>().unwrap();
    assert!(matches!(
        admission.admit(ring("CA1"), now("2026-11-29T01:00:00Z")),
        Admit::Admitted(_)
    ));
    let Admit::Closed { next_open, .. } = admission.admit(ring("CA2"), now("2026-11-29T02:00:00Z"))
    else {
        panic!("open after its time");
    };
    let next = next_open.map(|next| next.timestamp());
    assert_eq!(next, Some(now("2026-12-05T17:00:00Z")));
}

#[test]
fn caps_count_sockets_and_are_asked_again_at_start() {
    let mut small = parts("bella", NUMBER);
    small.limits.calls = 1;
    let (admission, _) = admission_of(small);
    let first = token(&admission, "CA1", at(0));
    let second = token(&admission, "CA2", at(0));
    let call = admission.claim(start("CA1", &first), at(1)).unwrap();
    assert!(matches!(
        admission.admit(ring("CA3"), at(1)),
        Admit::OverCap {
            cap: Cap::Restaurant,
            ..
        }
    ));
    let late = admission.claim(start("CA2", &second), at(1)).unwrap_err();
    assert_eq!(late, ClaimRefusal::OverCap(Cap::Restaurant));
    let outcome = admission
        .outcome(&CallId::new(ACCOUNT, "CA2"), at(1))
        .unwrap();
    assert_eq!(outcome.ending, Some(Ending::Refused));
    drop(call);
    assert!(matches!(
        admission.admit(ring("CA3"), at(2)),
        Admit::Admitted(_)
    ));
}

#[test]
fn a_lost_call_is_reconnected_once() {
    let admission = admission();
    let token = token(&admission, "CA1", at(0));
    drop(admission.claim(start("CA1", &token), at(1)).unwrap());
    let second = admission.reconnect(ring("CA1"), at(2)).unwrap();
    let call = admission.claim(start("CA1", &second.token), at(3)).unwrap();
    drop(call);
    assert!(admission.reconnect(ring("CA1"), at(4)).is_none());
}

#[test]
fn a_call_this_process_never_saw_is_reconnected_once() {
    let admission = admission();
    assert!(admission.reconnect(ring("CA1"), at(0)).is_some());
    assert!(admission.reconnect(ring("CA1"), at(1)).is_none());
}

proptest! {
    /// However rings, claims, hang-ups and waiting interleave: one socket per call, every token at most once, and
    /// in the end nothing is left.
    #[test]
    fn no_order_of_events_lets_a_token_in_twice(steps in prop::collection::vec((0u8..5, 0usize..4, 0i64..50), 1..120)) {
        let admission = admission();
        let sids = ["CA1", "CA2", "CA3", "CA4"];
        let mut tokens: Vec<(usize, String)> = Vec::new();
        let mut used: Vec<String> = Vec::new();
        let mut calls: Vec<ClaimedCall> = Vec::new();
        let mut now = 0;
        for (what, n, wait) in steps {
            now += wait;
            match what {
                0 => if let Admit::Admitted(invitation) = admission.admit(ring(sids[n]), at(now)) {
                    tokens.push((n, invitation.token));
                },
                1 => if let Some(invitation) = admission.reconnect(ring(sids[n]), at(now)) {
                    // Twilio asks once its socket is gone.
                    calls.retain(|call| call.call_sid != sids[n]);
                    tokens.push((n, invitation.token));
                } else {
                    calls.retain(|call| call.call_sid != sids[n]);
                },
                2 | 3 => if !tokens.is_empty() {
                    let (n, token) = tokens[n % tokens.len()].clone();
                    if let Ok(call) = admission.claim(start(sids[n], &token), at(now)) {
                        prop_assert!(!used.contains(&token));
                        prop_assert!(calls.iter().all(|live| live.call_sid != call.call_sid));
                        used.push(token);
                        calls.push(call);
                    }
                },
                _ => { calls.pop(); }
            }
            prop_assert_eq!(admission.live().len(), calls.len());
        }
        calls.clear();
        prop_assert_eq!(admission.live().len(), 0);
        prop_assert_eq!(admission.pins(at(now + 90)), 0);
    }
}

#[test]
fn two_accounts_with_one_call_sid_have_a_call_each() {
    let admission = admission();
    let ours = token(&admission, "CA1", at(0));
    let foreign = Ring {
        account_sid: "AC2",
        from: "+15550009999",
        ..ring("CA1")
    };
    let Admit::Admitted(theirs) = admission.admit(foreign, at(1)) else {
        panic!("a number without an account answers every account");
    };
    assert_eq!(theirs.pin.from, "+15550009999", "not the pin of AC1");
    let with_ours = StartInfo {
        account_sid: "AC2",
        ..start("CA1", &ours)
    };
    assert_eq!(
        admission.claim(with_ours, at(2)).unwrap_err(),
        ClaimRefusal::Token(TokenError::Forged)
    );
    let call = admission.claim(start("CA1", &ours), at(2)).unwrap();
    // What `/voice/after` asks for AC2 takes nothing of AC1's off the line.
    assert!(
        admission
            .outcome(&CallId::new("AC2", "CA1"), at(3))
            .is_none()
    );
    assert!(admission.reconnect(foreign, at(3)).is_some());
    assert!(admission.live().is_live(&CallId::new(ACCOUNT, "CA1")));
    call.live.finish(Ending::Confirmed, None, at(4));
    let ending = admission
        .outcome(&CallId::new(ACCOUNT, "CA1"), at(5))
        .unwrap()
        .ending;
    assert_eq!(ending, Some(Ending::Confirmed));
}

#[test]
fn a_number_with_an_account_answers_only_that_account() {
    let mut owned = parts("bella", NUMBER);
    owned.account = Some("AC2".into());
    let (admission, _) = admission_of(owned);
    assert!(matches!(
        admission.admit(ring("CA1"), at(0)),
        Admit::Foreign
    ));
    assert!(admission.reconnect(ring("CA1"), at(0)).is_none());
    assert!(admission.owner_for(ACCOUNT, NUMBER).is_none());
    assert_eq!(admission.pins(at(0)), 0);
    let own = Ring {
        account_sid: "AC2",
        ..ring("CA1")
    };
    assert!(matches!(admission.admit(own, at(0)), Admit::Admitted(_)));
}

#[test]
fn who_was_turned_away_is_told_with_the_generation_of_the_same_table() {
    let mut retired = parts("bella", NUMBER);
    retired.enabled = false;
    let (admission, table) = admission_of(retired);
    let Admit::Disabled { owner } = admission.admit(ring("CA1"), at(0)) else {
        panic!("not disabled");
    };
    table.publish(Arc::new(RoutingTable::empty()));
    assert_eq!(owner.generation, 3);
}
