//! What every kind of database must keep about deliveries.

use std::collections::HashMap;
use std::time::Duration;

use jiff::Timestamp;
use uuid::Uuid;

use super::contract::placement;
use super::{Leased, Placement, Store};
use crate::order::{
    Answer, Backoff, ChangeKind, DeliveryState, Lease, OrderState, Outcome, PlacedOrder,
};
use crate::restaurant::{OrderChannel, PaperWidth, Recipient};

const AT: &str = "2026-11-30T18:00:00Z";

fn at(seconds: u64) -> Timestamp {
    let start: Timestamp = AT.parse().unwrap();
    start + Duration::from_secs(seconds)
}

fn email(ack_seconds: Option<u32>) -> OrderChannel {
    let to = "kitchen@luna.example".into();
    OrderChannel {
        to: Recipient::Email { to },
        ack_seconds,
    }
}

fn printer(host: &str) -> OrderChannel {
    OrderChannel {
        to: Recipient::Printer {
            host: host.into(),
            port: 9100,
            width: PaperWidth::Mm80,
        },
        ack_seconds: None,
    }
}

fn placed_with(sid: &str, restaurant: &str, channels: &[OrderChannel]) -> Placement {
    Placement {
        channels: channels.to_vec(),
        ..placement(sid, restaurant, AT)
    }
}

async fn place(
    store: &Store,
    sid: &str,
    restaurant: &str,
    channels: &[OrderChannel],
) -> PlacedOrder {
    let placement = placed_with(sid, restaurant, channels);
    store.place(&placement).await.unwrap()
}

async fn lease(store: &Store, holder: u128, now: Timestamp) -> Vec<Leased> {
    let holder = Uuid::from_u128(holder);
    let backoff = Backoff::default();
    let leased = store.lease_deliveries(holder, now, &backoff, 100);
    leased.await.unwrap()
}

async fn finish(store: &Store, leased: &Leased, outcome: Outcome, now: Timestamp) {
    let (id, lease) = (leased.delivery.id, leased.delivery.lease.unwrap());
    let done = store.dispatch(leased.order.id, |dispatch| {
        dispatch.finish(id, lease.holder, outcome, now, &Backoff::default(), 0.5);
    });
    done.await.unwrap().unwrap();
}

fn not_yet() -> Outcome {
    Outcome::NotYet {
        error: "it answered 500".into(),
        after: None,
    }
}

fn numbers(leased: &[Leased]) -> Vec<u32> {
    leased.iter().map(|leased| leased.order.number).collect()
}

pub(super) async fn an_order_is_stored_with_its_deliveries_and_a_tests_with_none(store: &Store) {
    let channels = [email(Some(60)), printer("10.0.0.7")];
    let order = place(store, "CA1", "luna", &channels).await;
    // The same order again changes nothing.
    place(store, "CA1", "luna", &channels).await;
    let test = Placement {
        state: OrderState::Test,
        ..placed_with("CA2", "luna", &channels)
    };
    let test = store.place(&test).await.unwrap();
    let ways = store.order_ways(&[test.id, order.id]).await.unwrap();
    assert_eq!(ways[0].deliveries, []);
    let [first, second] = &ways[1].deliveries[..] else {
        panic!("{ways:?}")
    };
    assert_eq!(
        (&first.channel, first.state),
        (&channels[0], DeliveryState::Due)
    );
    assert_eq!(first.holds_until, Some(at(60)));
    assert_eq!(
        (&second.channel, second.state),
        (&channels[1], DeliveryState::Held)
    );
    assert_ne!(first.id, second.id);
    assert_eq!(store.next_delivery(at(0)).await.unwrap(), (Some(at(60)), 1));
}

pub(super) async fn a_delivery_is_one_workers_until_its_lease_is_over(store: &Store) {
    place(store, "CA1", "luna", &[printer("10.0.0.7")]).await;
    let first = lease(store, 1, at(0)).await;
    assert_eq!(numbers(&first), [1]);
    assert!(lease(store, 2, at(1)).await.is_empty());
    let after = at(Lease::LASTS.as_secs());
    let second = lease(store, 2, after).await;
    assert_eq!(second[0].delivery.id, first[0].delivery.id, "known by it");
    // The first was only slow: what it says of a failure counts no more.
    finish(store, &first[0], not_yet(), after).await;
    assert!(lease(store, 3, after).await.is_empty());
    finish(store, &second[0], Outcome::Received(None), after).await;
    finish(store, &first[0], Outcome::Received(None), after).await;
    let ways = store.order_ways(&[first[0].order.id]).await.unwrap();
    assert_eq!(ways[0].deliveries[0].tries, 1);
    assert_eq!(ways[0].changes.len(), 1, "sent, once");
    // A process that died holds nothing for long, once the next begins.
    place(store, "CA2", "luna", &[printer("10.0.0.7")]).await;
    assert_eq!(lease(store, 4, at(0)).await.len(), 1);
    store.release_leases().await.unwrap();
    assert_eq!(lease(store, 5, at(0)).await.len(), 1);
}

pub(super) async fn two_workers_at_once_never_get_the_same_delivery(store: &Store) {
    for n in 0..20 {
        let (sid, restaurant) = (format!("CA{n}"), format!("r{n}"));
        place(store, &sid, &restaurant, &[printer(&format!("10.0.0.{n}"))]).await;
    }
    let workers = (0..8).map(|worker| lease(store, worker, at(1)));
    let leased = futures_util::future::join_all(workers).await;
    let mut ids: Vec<Uuid> = leased.iter().flatten().map(|l| l.delivery.id).collect();
    assert_eq!(ids.len(), 20);
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 20);
}

pub(super) async fn a_destination_gets_four_at_a_time_and_a_restaurants_in_their_order(
    store: &Store,
) {
    let channel = [email(None)];
    for n in 0..3 {
        place(store, &format!("CA{n}"), "luna", &channel).await;
    }
    for n in 3..9 {
        place(store, &format!("CA{n}"), &format!("r{n}"), &channel).await;
    }
    place(store, "CA9", "bella", &[printer("10.0.0.7")]).await;
    let of = |leased: &[Leased]| -> Vec<(String, u32)> {
        leased
            .iter()
            .map(|l| (l.order.order.restaurant.to_string(), l.order.number))
            .collect()
    };
    let first = lease(store, 1, at(0)).await;
    let expected = ["luna", "r3", "r4", "r5", "bella"].map(|r| (r.to_owned(), 1));
    assert_eq!(of(&first), expected, "four mails and the printer");
    assert!(lease(store, 2, at(0)).await.is_empty());
    finish(store, &first[1], Outcome::Received(None), at(1)).await;
    let second = lease(store, 2, at(1)).await;
    assert_eq!(
        of(&second),
        [("r6".to_owned(), 1)],
        "luna's second waits for its first"
    );
    finish(store, &first[0], Outcome::Received(None), at(1)).await;
    assert_eq!(of(&lease(store, 2, at(1)).await), [("luna".to_owned(), 2)]);
}

pub(super) async fn a_message_that_cannot_be_taken_does_not_hold_up_the_rest_for_ever(
    store: &Store,
) {
    let channel = [printer("10.0.0.7")];
    place(store, "CA1", "luna", &channel).await;
    place(store, "CA2", "luna", &channel).await;
    let mut now = at(0);
    for tried in 1..=3 {
        let leased = lease(store, 1, now).await;
        assert_eq!(numbers(&leased), [1]);
        finish(store, &leased[0], not_yet(), now).await;
        let behind = lease(store, 1, now).await;
        let expected: &[u32] = if tried < 3 { &[] } else { &[2] };
        assert_eq!(numbers(&behind), expected, "after failure {tried}");
        now = store.next_delivery(now).await.unwrap().0.unwrap_or(now);
    }
}

pub(super) async fn what_became_of_a_delivery_is_kept_with_its_order(store: &Store) {
    let order = place(store, "CA1", "luna", &[email(Some(60)), printer("p")]).await;
    let leased = lease(store, 1, at(0)).await;
    finish(store, &leased[0], Outcome::Received(None), at(2)).await;
    assert!(store.unanswered_orders(at(61)).await.unwrap().is_empty());
    assert_eq!(store.unanswered_orders(at(62)).await.unwrap(), [order.id]);
    let ready_at = Some(at(1_200));
    let accept = |dispatch: &mut crate::order::Dispatch| {
        dispatch.answer(Answer::Accept { ready_at }, "api", at(30))
    };
    let done = store.dispatch(order.id, accept).await.unwrap().unwrap();
    assert_eq!(
        (done.order.state, done.news.len()),
        (OrderState::Accepted, 1)
    );
    let stored = store.order(order.id).await.unwrap().unwrap();
    assert_eq!(stored.state, OrderState::Accepted);
    assert_eq!(stored.order, order.order);
    assert!(store.unanswered_orders(at(600)).await.unwrap().is_empty());
    let way = store.order_ways(&[order.id]).await.unwrap().remove(0);
    let states: Vec<DeliveryState> = way.deliveries.iter().map(|d| d.state).collect();
    assert_eq!(states, [DeliveryState::Sent, DeliveryState::Skipped]);
    assert_eq!(way.deliveries[0].sent_at, Some(at(2)));
    let changes: Vec<_> = way
        .changes
        .iter()
        .map(|c| (c.what, c.by.as_str(), c.at))
        .collect();
    let expected = [
        (ChangeKind::Sent, "email", at(2)),
        (ChangeKind::Accepted, "api", at(30)),
    ];
    assert_eq!(changes, expected);
    assert_eq!(way.changes[1].ready_at, ready_at);
    let nobody = store.dispatch(Uuid::nil(), |_| ()).await.unwrap();
    assert!(nobody.is_none());
}

pub(super) async fn a_clock_that_was_set_back_makes_nothing_wait(store: &Store) {
    place(store, "CA1", "luna", &[email(Some(60))]).await;
    // The clock stands a year ahead while it is tried, then it is set right.
    let ahead = at(365 * 86_400);
    let leased = lease(store, 1, ahead).await;
    assert_eq!(
        lease(store, 2, at(1)).await.len(),
        1,
        "no lease lasts that long"
    );
    finish(store, &leased[0], Outcome::Received(None), ahead).await;
    assert_eq!(store.unanswered_orders(at(2)).await.unwrap().len(), 1);
}

pub(super) async fn a_backlog_is_worked_off_a_line_at_a_time(store: &Store) {
    const EACH: u32 = 5;
    for n in 0..6 * EACH {
        // Four restaurants share a printer, two another.
        let (restaurant, host) = (n % 6, if n % 6 < 4 { "a" } else { "b" });
        let (sid, restaurant) = (format!("CA{n}"), format!("r{restaurant}"));
        place(store, &sid, &restaurant, &[printer(host)]).await;
    }
    let (mut now, mut random, mut rounds) = (at(0), 7_u32, 0);
    let mut received: HashMap<String, Vec<(u32, u32)>> = HashMap::new();
    while received.values().map(Vec::len).sum::<usize>() < 6 * EACH as usize {
        rounds += 1;
        assert!(rounds < 400, "it never ends: {received:?}");
        let leased = lease(store, 1, now).await;
        let mut sent: HashMap<String, usize> = HashMap::new();
        let mut outcomes: HashMap<Uuid, (Uuid, Outcome)> = HashMap::new();
        for Leased { order, delivery } in &leased {
            *sent.entry(delivery.channel.destination()).or_default() += 1;
            random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let outcome = match (random >> 16).is_multiple_of(3) {
                true => not_yet(),
                false => {
                    let of = order.order.restaurant.to_string();
                    let so_far = received.entry(of).or_default();
                    so_far.push((order.number, delivery.tries));
                    Outcome::Received(None)
                }
            };
            outcomes.insert(order.id, (delivery.id, outcome));
        }
        assert!(sent.values().all(|sent| *sent <= 4), "{leased:?}");
        let orders = leased.iter().map(|leased| leased.order.id).collect();
        let done = store.dispatch_all(orders, |order, dispatch| {
            let (id, outcome) = outcomes.remove(&order).unwrap();
            dispatch.finish(
                id,
                Uuid::from_u128(1),
                outcome,
                now,
                &Backoff::default(),
                0.5,
            );
        });
        assert_eq!(done.await.unwrap().len(), leased.len());
        now += Duration::from_secs(600);
    }
    for (restaurant, got) in received {
        for (at, (number, _)) in got.iter().enumerate() {
            // Only what failed three times lets others pass.
            let mut passed = got[at..].iter().filter(|(later, _)| later < number);
            assert!(
                passed.all(|(_, tries)| *tries >= 3),
                "{restaurant}: {got:?}"
            );
        }
    }
}

pub(super) async fn what_hangs_of_one_restaurant_leaves_room_for_every_other(store: &Store) {
    // A hundred orders of one restaurant, each by a way of its own: no destination has more than one.
    for nth in 0..100 {
        place(
            store,
            &format!("CA{nth}"),
            "luna",
            &[printer(&format!("10.0.0.{nth}"))],
        )
        .await;
    }
    place(store, "CA100", "pier", &[printer("10.0.1.1")]).await;
    let leased = lease(store, 1, at(0)).await;
    let of = |id: &str| {
        let restaurants = leased
            .iter()
            .map(|leased| leased.order.order.restaurant.as_str());
        restaurants.filter(|restaurant| *restaurant == id).count()
    };
    assert_eq!((of("luna"), of("pier")), (8, 1));
    // They hang, and another order comes.
    place(store, "CA101", "pier", &[printer("10.0.1.1")]).await;
    assert!(
        lease(store, 1, at(1)).await.is_empty(),
        "its first is under way"
    );
    place(store, "CA102", "loop", &[printer("10.0.2.1")]).await;
    let leased = lease(store, 1, at(1)).await;
    assert_eq!(leased.len(), 1);
    assert_eq!(leased[0].order.order.restaurant.as_str(), "loop");
}
