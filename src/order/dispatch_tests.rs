use proptest::prelude::*;

use super::*;
use crate::order::{Lease, MAX_TRIES};
use crate::restaurant::{CallerText, Recipient};

const HOLDER: Uuid = Uuid::from_u128(1);

fn start() -> Timestamp {
    "2026-11-30T18:00:00Z".parse().unwrap()
}

fn at(seconds: u64) -> Timestamp {
    later(start(), Duration::from_secs(seconds))
}

/// Channels by what they need: `Some(seconds)` for an answer.
fn planned(acks: &[Option<u32>]) -> Dispatch {
    let channel = |ack: &Option<u32>| OrderChannel {
        to: Recipient::Email {
            to: "kitchen@luna.example".into(),
        },
        ack_seconds: *ack,
    };
    let channels: Vec<OrderChannel> = acks.iter().map(channel).collect();
    let mut next = 0;
    Dispatch::plan(&channels, start(), || {
        next += 1;
        Uuid::from_u128(next)
    })
}

fn take(dispatch: &mut Dispatch, index: usize, now: Timestamp) {
    dispatch.deliveries[index].lease = Some(Lease::begin(HOLDER, now));
}

fn finish(dispatch: &mut Dispatch, index: usize, outcome: Outcome, now: Timestamp) {
    take(dispatch, index, now);
    let id = dispatch.deliveries[index].id;
    dispatch.finish(id, HOLDER, outcome, now, &Backoff::default(), 0.5);
}

fn states(dispatch: &Dispatch) -> Vec<DeliveryState> {
    dispatch.deliveries.iter().map(|d| d.state).collect()
}

fn not_yet() -> Outcome {
    Outcome::NotYet {
        error: "it answered 500".into(),
        after: None,
    }
}

fn call_then_texts(news: &[CallerNews]) -> Dispatch {
    let to = || "+12125550199".to_owned();
    let from = || "+12125550150".to_owned();
    let call = OrderChannel {
        to: Recipient::Call {
            to: to(),
            from: from(),
            account: None,
        },
        ack_seconds: Some(180),
    };
    let text = |news: &CallerNews| OrderChannel {
        to: Recipient::Caller(CallerText {
            to: to(),
            from: from(),
            account: None,
            news: *news,
            ready_at: None,
            reason: None,
            link: None,
        }),
        ack_seconds: None,
    };
    let channels: Vec<OrderChannel> = [call].into_iter().chain(news.iter().map(text)).collect();
    let mut next = 0;
    Dispatch::plan(&channels, start(), || {
        next += 1;
        Uuid::from_u128(next)
    })
}

use DeliveryState::{Awaited, Due, Failed, Held, Sent, Skipped};

#[test]
fn channels_that_only_tell_are_used_together_and_one_that_needs_an_answer_holds_the_rest_back() {
    let mut order = planned(&[None, Some(180), Some(60), None]);
    assert_eq!(states(&order), [Due, Due, Held, Held]);
    finish(&mut order, 1, Outcome::Received(None), at(1));
    assert_eq!(order.state, OrderState::Sent);
    assert_eq!(states(&order), [Due, Awaited, Held, Held]);
    order.stop_waiting(at(180));
    assert_eq!(
        states(&order),
        [Due, Awaited, Held, Held],
        "a second too early"
    );
    order.stop_waiting(at(181));
    assert_eq!(states(&order), [Due, Sent, Due, Held]);
    finish(&mut order, 2, Outcome::Received(None), at(200));
    order.stop_waiting(at(260));
    assert_eq!(states(&order), [Due, Sent, Sent, Due]);
    finish(&mut order, 0, Outcome::Received(None), at(261));
    finish(&mut order, 3, Outcome::Received(None), at(262));
    assert_eq!(order.news.last().unwrap().what, ChangeKind::Unanswered);
    assert_eq!(order.state, OrderState::Sent, "it may still be answered");
}

#[test]
fn one_that_is_not_received_in_time_holds_nothing_back_and_is_tried_all_the_same() {
    let mut order = planned(&[Some(60), None]);
    finish(&mut order, 0, not_yet(), at(1));
    order.stop_waiting(at(59));
    assert_eq!(states(&order), [Due, Held]);
    order.stop_waiting(at(60));
    assert_eq!(states(&order), [Due, Due]);
    finish(&mut order, 0, Outcome::Received(None), at(70));
    assert_eq!(states(&order), [Sent, Due]);
}

#[test]
fn an_answer_ends_what_is_held_back_and_nothing_that_only_tells() {
    let mut order = planned(&[None, Some(180), None]);
    let ready_at = Some(at(1200));
    let accept = Outcome::Received(Some(Answer::Accept { ready_at }));
    finish(&mut order, 1, accept, at(1));
    assert_eq!(order.state, OrderState::Accepted);
    assert_eq!(states(&order), [Due, Sent, Skipped]);
    let kinds: Vec<ChangeKind> = order.news.iter().map(|change| change.what).collect();
    assert_eq!(kinds, [ChangeKind::Sent, ChangeKind::Accepted]);
    assert_eq!(
        (order.news[1].by.as_str(), order.news[1].ready_at),
        ("email", ready_at)
    );
    finish(&mut order, 0, Outcome::Received(None), at(2));
    assert_eq!(order.state, OrderState::Accepted);
}

#[test]
fn an_order_is_failed_when_no_channel_received_it_and_can_be_sent_again() {
    let mut order = planned(&[Some(60), None]);
    for tried in 1..=MAX_TRIES {
        assert_eq!(states(&order), [Due, Held], "{tried}");
        finish(&mut order, 0, not_yet(), at(u64::from(tried)));
    }
    assert_eq!(states(&order), [Failed, Due]);
    let gone = Outcome::Refused {
        error: "it answered 410 Gone".into(),
    };
    finish(&mut order, 1, gone, at(100));
    assert_eq!(order.state, OrderState::Failed);
    assert_eq!(order.redeliver("api", at(200)), Ok(2));
    assert_eq!(states(&order), [Due, Due]);
    finish(&mut order, 0, Outcome::Received(None), at(201));
    assert_eq!(
        (order.state, states(&order)),
        (OrderState::Sent, vec![Awaited, Due])
    );
}

#[test]
fn what_was_refused_stays_refused_and_what_was_accepted_can_be_cancelled() {
    let mut order = planned(&[None]);
    let refuse = || Answer::Refuse {
        reason: Some("out of salmon".into()),
    };
    order.answer(refuse(), "link", at(1)).unwrap();
    assert_eq!(order.state, OrderState::Refused);
    let accept = Answer::Accept { ready_at: None };
    assert_eq!(
        order.answer(accept.clone(), "api", at(2)),
        Err(NotTaken::Refused)
    );
    assert_eq!(order.answer(refuse(), "api", at(3)), Ok(()));
    assert_eq!(order.news.len(), 1, "said once");
    let mut order = planned(&[None]);
    order.answer(accept.clone(), "api", at(1)).unwrap();
    order.answer(accept.clone(), "link", at(2)).unwrap();
    order.answer(Answer::Ready, "api", at(3)).unwrap();
    assert_eq!(order.news.len(), 2);
    order.answer(refuse(), "api", at(4)).unwrap();
    assert_eq!(order.state, OrderState::Cancelled);
    assert_eq!(order.answer(accept, "api", at(5)), Err(NotTaken::Cancelled));
}

#[test]
fn a_test_order_is_neither_answered_nor_sent() {
    let mut order = planned(&[None]);
    order.state = OrderState::Test;
    assert_eq!(
        order.answer(Answer::Ready, "api", at(1)),
        Err(NotTaken::Test)
    );
    assert_eq!(order.redeliver("api", at(1)), Err(NotTaken::Test));
}

#[test]
fn a_worker_that_lost_its_lease_changes_nothing_unless_it_was_received() {
    let mut order = planned(&[None]);
    take(&mut order, 0, at(0));
    let (id, other) = (order.deliveries[0].id, Uuid::from_u128(9));
    let before = order.clone();
    order.finish(id, other, not_yet(), at(1), &Backoff::default(), 0.5);
    assert_eq!(order, before);
    let received = Outcome::Received(None);
    order.finish(id, other, received, at(1), &Backoff::default(), 0.5);
    assert_eq!(states(&order), [Sent]);
    let sent = order.clone();
    order.finish(id, HOLDER, not_yet(), at(2), &Backoff::default(), 0.5);
    assert_eq!(order, sent, "received is received");
}

#[test]
fn a_clock_that_was_set_back_or_forward_keeps_nothing_waiting_for_ever() {
    let backoff = Backoff::default();
    let mut order = planned(&[None, Some(180)]);
    // Written when the clock was a year ahead.
    let ahead = later(start(), Duration::from_secs(365 * 86_400));
    order.deliveries[0].next_at = ahead;
    order.deliveries[0].lease = Some(Lease::begin(HOLDER, ahead));
    assert!(order.deliveries[0].is_takeable(start(), &backoff));
    finish(&mut order, 1, Outcome::Received(None), ahead);
    order.stop_waiting(start());
    assert_eq!(states(&order), [Due, Sent]);
    // A lease of now holds, to its end and no longer.
    let lease = Lease::begin(HOLDER, start());
    assert!(lease.holds(start()) && !lease.holds(later(start(), Lease::LASTS)));
}

#[derive(Clone, Debug)]
enum Step {
    Try(prop::sample::Index, Outcome),
    Wait(u64),
    Answer(Answer),
    Redeliver,
}

fn step() -> impl Strategy<Value = Step> {
    let answer = prop_oneof![
        Just(Answer::Accept { ready_at: None }),
        Just(Answer::Refuse { reason: None }),
        Just(Answer::Ready),
    ];
    let outcome = prop_oneof![
        3 => Just(Outcome::Received(None)),
        1 => answer.clone().prop_map(|answer| Outcome::Received(Some(answer))),
        6 => Just(not_yet()),
        1 => Just(Outcome::Refused { error: "gone".into() }),
    ];
    prop_oneof![
        8 => (any::<prop::sample::Index>(), outcome).prop_map(|(at, outcome)| Step::Try(at, outcome)),
        3 => (0..400_u64).prop_map(Step::Wait),
        1 => answer.prop_map(Step::Answer),
        1 => Just(Step::Redeliver),
    ]
}

/// What must hold after every step.
fn check(order: &Dispatch) -> Result<(), TestCaseError> {
    let answered = order.is_answered();
    let mut held_back = false;
    for delivery in &order.deliveries {
        prop_assert!(delivery.tries <= MAX_TRIES);
        prop_assert_eq!(
            delivery.state == Held,
            held_back && delivery.state == Held,
            "nothing is held by nobody: {:?}",
            order
        );
        prop_assert!(
            !answered || !matches!(delivery.state, Held | Awaited),
            "{:?}",
            order
        );
        held_back |= delivery.holds();
    }
    let received = order.deliveries.iter().any(|d| d.sent_at.is_some());
    let open = order.deliveries.iter().any(Delivery::is_open);
    match order.state {
        OrderState::Placed => prop_assert!(!received && (open || order.deliveries.is_empty())),
        OrderState::Sent => prop_assert!(received),
        _ => {}
    }
    Ok(())
}

proptest! {
    #[test]
    fn whatever_happens_no_channel_is_forgotten_and_none_comes_before_its_turn(
        acks in prop::collection::vec(prop::option::of(1..300_u32), 0..5),
        steps in prop::collection::vec(step(), 0..60),
    ) {
        let mut order = planned(&acks);
        let mut clock = 0;
        for step in steps {
            let before = order.state;
            match step {
                Step::Try(index, outcome) => {
                    let due: Vec<usize> = (0..order.deliveries.len())
                        .filter(|&at| order.deliveries[at].state == Due)
                        .collect();
                    if !due.is_empty() {
                        finish(&mut order, *index.get(&due), outcome, at(clock));
                    }
                }
                Step::Wait(seconds) => {
                    clock += seconds;
                    order.stop_waiting(at(clock));
                }
                Step::Answer(answer) => {
                    let _ = order.answer(answer, "api", at(clock));
                }
                Step::Redeliver => {
                    let _ = order.redeliver("api", at(clock));
                }
            }
            check(&order)?;
            let may_follow = match before {
                OrderState::Refused | OrderState::Cancelled => order.state == before,
                OrderState::Accepted => {
                    matches!(order.state, OrderState::Accepted | OrderState::Cancelled)
                }
                _ => order.state != OrderState::Placed || before == OrderState::Placed,
            };
            prop_assert!(may_follow, "{before:?} -> {:?}", order.state);
        }
        // Left alone, with receivers that take everything, it comes to an end.
        for _ in 0..100 {
            clock += 300;
            order.stop_waiting(at(clock));
            for index in 0..order.deliveries.len() {
                if order.deliveries[index].state == Due {
                    finish(&mut order, index, Outcome::Received(None), at(clock));
                }
            }
        }
        prop_assert!(!order.deliveries.iter().any(Delivery::is_open), "{order:?}");
    }
}

#[test]
fn the_caller_is_told_what_the_restaurant_says_and_nothing_before() {
    use CallerNews::{Accepted, Ready, Refused, Unanswered};
    let mut order = call_then_texts(&[Accepted, Refused, Ready, Unanswered]);
    assert_eq!(states(&order), [Due, Held, Held, Held, Held]);
    finish(&mut order, 0, Outcome::Received(None), at(1));
    let ready_at = Some(at(1_200));
    let accept = Answer::Accept { ready_at };
    order.answer_first(accept.clone(), "call", at(30)).unwrap();
    assert_eq!(order.state, OrderState::Accepted);
    assert_eq!(states(&order), [Sent, Due, Held, Held, Held]);
    let Recipient::Caller(text) = &order.deliveries[1].channel.to else {
        panic!("not a text")
    };
    assert_eq!(text.ready_at, ready_at);
    finish(&mut order, 1, Outcome::Received(None), at(31));
    assert_eq!(
        order.news.len(),
        2,
        "a text to the caller is no news of the order"
    );

    // The same key again, or another one, changes nothing.
    let again = order.answer_first(Answer::Refuse { reason: None }, "call", at(40));
    assert_eq!(again, Err(NotTaken::Answered));
    order.answer(accept, "api", at(50)).unwrap();
    assert_eq!(states(&order), [Sent, Sent, Held, Held, Held]);

    order.answer(Answer::Ready, "api", at(60)).unwrap();
    order
        .answer(
            Answer::Refuse {
                reason: Some("fire".into()),
            },
            "api",
            at(61),
        )
        .unwrap();
    assert_eq!(
        states(&order),
        [Sent, Sent, Due, Held, Held],
        "the newest news only"
    );
}

#[test]
fn a_call_that_nobody_took_is_the_end_of_waiting_and_the_caller_is_asked_to_ring() {
    let mut order = call_then_texts(&[CallerNews::Accepted, CallerNews::Unanswered]);
    finish(&mut order, 0, Outcome::Received(None), at(1));
    assert_eq!(states(&order), [Awaited, Held, Held]);
    let call = order.deliveries[0].id;
    order.give_up_waiting(call, "the line was busy", at(9));
    assert_eq!(states(&order), [Sent, Held, Due]);
    assert_eq!(
        order.deliveries[0].error.as_deref(),
        Some("the line was busy")
    );
    assert_eq!(order.news.last().unwrap().what, ChangeKind::Unanswered);
    order.give_up_waiting(call, "again", at(10));
    finish(&mut order, 2, not_yet(), at(11));
    let unanswered = order
        .news
        .iter()
        .filter(|c| c.what == ChangeKind::Unanswered);
    assert_eq!(unanswered.count(), 1);
    // Somebody answers after all, before the text was sent: it would be wrong now.
    order
        .answer(Answer::Accept { ready_at: None }, "link", at(12))
        .unwrap();
    assert_eq!(states(&order), [Sent, Due, Held]);
}

#[test]
fn nobody_is_rung_about_an_order_that_was_answered_nor_hours_later() {
    let mut order = call_then_texts(&[CallerNews::Unanswered]);
    order
        .answer(Answer::Accept { ready_at: None }, "api", at(1))
        .unwrap();
    assert_eq!(states(&order), [Skipped, Held]);
    let mut order = call_then_texts(&[CallerNews::Unanswered]);
    let mut now = 0;
    while order.deliveries[0].state == Due {
        finish(&mut order, 0, not_yet(), at(now));
        now += 1_200;
    }
    assert_eq!(order.deliveries[0].tries, 6);
    assert_eq!(
        (order.state, order.deliveries[1].state),
        (OrderState::Failed, Due)
    );
    assert_eq!(order.redeliver("command", at(now)), Ok(1));
    assert_eq!(states(&order), [Due, Due], "and the text goes its own way");
}

#[test]
fn where_to_pay_is_told_at_once_and_not_for_what_is_refused() {
    let news = [
        CallerNews::Payment,
        CallerNews::Accepted,
        CallerNews::Refused,
    ];
    let mut order = call_then_texts(&news);
    assert_eq!(states(&order), [Due, Due, Held, Held]);
    let mut refused = order.clone();
    let accept = Answer::Accept { ready_at: None };
    order.answer(accept, "api", at(10)).unwrap();
    assert_eq!(states(&order)[1..], [Due, Due, Held]);
    let refuse = Answer::Refuse { reason: None };
    refused.answer(refuse, "api", at(10)).unwrap();
    assert_eq!(states(&refused)[1..], [Held, Held, Due]);
}
