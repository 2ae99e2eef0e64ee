//! What every kind of database must keep: each test takes an open, empty [`Store`] of its own.
//! A second backend adds one more `contract!` block with its way to open a fresh database.

use std::slice::from_ref;

use jiff::tz::TimeZone;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::kept_carts_contract::*;
use super::kitchen_contract::*;
use super::last_good_contract::*;
use super::messages_contract::*;
use super::outbox_contract::*;
use super::people_contract::*;
use super::{OrderFilter, Placement, Store, StoreError, default_url};
use crate::order::{
    Address, Fulfilment, LineDetails, Measure, Order, OrderChoice, OrderDetails, OrderFee,
    OrderLine, OrderState, OrderTax, Part,
};
use crate::record::{CallRecord, Ending, Engines, Speaker, TakeOver, TranscriptLine, TurnTiming};
use crate::restaurant::{Amount, Currency, Digest, Money, RestaurantId};

/// Runs every contract test on a database that `$open` makes fresh; the folder lives as long as the test.
macro_rules! contract {
    ($backend:ident, $open:expr, [$($test:ident),+ $(,)?]) => {
        mod $backend {
            $(
                #[tokio::test]
                async fn $test() {
                    let (store, _folder) = $open.await;
                    super::$test(&store).await;
                    store.close().await;
                }
            )+
        }
    };
}

contract!(
    sqlite,
    super::fresh_sqlite(),
    [
        any_order_reads_back_as_it_was_written,
        the_same_order_twice_is_stored_once,
        an_addition_is_a_second_order_of_the_call,
        spoken_numbers_count_per_restaurant_and_local_day,
        orders_placed_at_once_get_different_numbers,
        orders_are_listed_newest_first_and_filtered,
        an_order_is_found_by_id_and_by_its_latest_number,
        placing_keeps_the_call_beside_the_order,
        an_order_that_cannot_be_stored_leaves_no_trace,
        a_call_reads_back_whole,
        a_late_start_undoes_nothing,
        calls_of_a_process_that_died_are_ended_and_may_come_back,
        calls_are_listed_newest_first_without_words,
        an_unknown_call_or_order_is_none,
        two_accounts_with_one_call_sid_have_a_record_and_orders_each,
        an_empty_folder_is_generation_zero,
        a_publication_reads_back_whole,
        the_last_twenty_versions_of_a_file_are_kept,
        a_moved_file_takes_its_history_along,
        a_removed_file_keeps_its_versions,
        a_large_publication_is_one,
        commits_are_named_behind_the_publication,
        an_order_is_stored_with_its_deliveries_and_a_tests_with_none,
        a_delivery_is_one_workers_until_its_lease_is_over,
        two_workers_at_once_never_get_the_same_delivery,
        a_destination_gets_four_at_a_time_and_a_restaurants_in_their_order,
        a_backlog_is_worked_off_a_line_at_a_time,
        a_message_that_cannot_be_taken_does_not_hold_up_the_rest_for_ever,
        what_hangs_of_one_restaurant_leaves_room_for_every_other,
        a_message_is_planned_once_and_tried_until_it_is_received,
        a_message_is_forgotten_with_its_caller_unless_it_is_on_its_way,
        what_became_of_a_delivery_is_kept_with_its_order,
        a_clock_that_was_set_back_makes_nothing_wait,
        what_a_kitchen_says_reads_back_until_it_says_nothing,
        what_is_too_old_is_deleted_and_what_is_younger_on_the_line_or_on_its_way_stays,
        a_number_is_forgotten_with_all_that_was_said_and_its_orders_stay_without_a_name,
        a_dropped_cart_is_its_callers_once_and_for_a_while,
        an_open_store_can_be_written,
    ]
);

async fn fresh_sqlite() -> (Store, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&default_url(folder.path())).await.unwrap();
    (store, folder)
}

fn id(text: &str) -> RestaurantId {
    RestaurantId::parse(text).unwrap()
}

pub(super) fn call(sid: &str, at: &str) -> CallRecord {
    CallRecord {
        account_sid: "AC1".into(),
        sid: sid.into(),
        restaurant: Some(id("luna")),
        from: "+15550001111".into(),
        to: "+15551234567".into(),
        started_at: at.parse().unwrap(),
        ended_at: None,
        ending: None,
        generation: 3,
        digest: Some(Digest::of(b"luna")),
        engines: Engines {
            stt: "local".into(),
            tts: "local".into(),
            brain: "menu".into(),
        },
        take_over: None,
        test: false,
        message: None,
        transcript: vec![TranscriptLine {
            who: Speaker::Caller,
            at_ms: 1_200,
            text: "two lattes".into(),
            heard: "two lattes".into(),
        }],
        turns: vec![TurnTiming {
            silence_ms: 450,
            recognise_ms: 20,
            decide_ms: 1,
            first_audio_ms: 60,
        }],
    }
}

fn ended(sid: &str, at: &str) -> CallRecord {
    CallRecord {
        ended_at: Some("2026-11-23T18:31:00.000000001Z".parse().unwrap()),
        ending: Some(Ending::HungUp),
        take_over: Some(TakeOver {
            at_ms: 8_100,
            reason: "no token for 3000 ms".into(),
        }),
        ..call(sid, at)
    }
}

pub(super) fn placement(sid: &str, restaurant: &str, at: &str) -> Placement {
    let price = Money::from_minor(450);
    Placement {
        call_sid: sid.into(),
        state: OrderState::Placed,
        generation: 3,
        digest: Digest::of(b"luna"),
        order: Order {
            restaurant: id(restaurant),
            currency: Currency::USD,
            lines: vec![OrderLine {
                item: "latte".into(),
                name: "Latte".into(),
                quantity: 2,
                price,
                choices: Vec::new(),
                details: LineDetails::default(),
            }],
            subtotal: price.times(2),
            tax: Money::ZERO,
            total: price.times(2),
            name: None,
            fulfilment: None,
            sequence: 1,
            details: OrderDetails::default(),
        },
        at: at.parse().unwrap(),
        channels: Vec::new(),
        timezone: TimeZone::get("America/Toronto").unwrap(),
        record: call(sid, at),
    }
}

async fn any_order_reads_back_as_it_was_written(store: &Store) {
    let mut runner = TestRunner::default();
    for case in 0..64 {
        let order = any_order().new_tree(&mut runner).unwrap().current();
        let mut placement = placement(&format!("CA{case}"), "luna", "2026-11-23T18:30:00Z");
        placement.at = any_instant().new_tree(&mut runner).unwrap().current();
        placement.order = order.clone();
        let placed = store.place(&placement).await.unwrap();
        assert_eq!(placed.order, order);
        assert_eq!(placed.placed_at, placement.at);
        assert_eq!(
            store.order(placed.id).await.unwrap().as_ref(),
            Some(&placed)
        );
    }
}

async fn the_same_order_twice_is_stored_once(store: &Store) {
    let mut again = placement("CA1", "luna", "2026-11-23T18:30:00Z");
    let first = store.place(&again).await.unwrap();
    again.at = "2026-11-23T18:30:09Z".parse().unwrap();
    assert_eq!(store.place(&again).await.unwrap(), first);
    let listed = store.orders(&OrderFilter::default()).await.unwrap();
    assert_eq!(listed, [first]);
    let next = store
        .place(&placement("CA2", "luna", "2026-11-23T18:31:00Z"))
        .await
        .unwrap();
    assert_eq!(next.number, 2, "the retry used up no number");
}

async fn an_addition_is_a_second_order_of_the_call(store: &Store) {
    let mut order = placement("CA1", "luna", "2026-11-23T18:30:00Z");
    let first = store.place(&order).await.unwrap();
    order.order.sequence = 2;
    let second = store.place(&order).await.unwrap();
    assert_ne!(first.id, second.id);
    assert_eq!((first.number, second.number), (1, 2));
    assert_eq!(first.call_sid, second.call_sid);
}

async fn spoken_numbers_count_per_restaurant_and_local_day(store: &Store) {
    // 04:59 UTC is still the 23rd in Toronto; 05:00 UTC is the 24th there.
    let mut numbers = Vec::new();
    for (sid, restaurant, at) in [
        ("CA1", "luna", "2026-11-24T04:58:00Z"),
        ("CA2", "luna", "2026-11-24T04:59:59Z"),
        ("CA3", "bellas", "2026-11-24T04:59:59Z"),
        ("CA4", "luna", "2026-11-24T05:00:00Z"),
    ] {
        let placed = store.place(&placement(sid, restaurant, at)).await.unwrap();
        numbers.push(placed.number);
    }
    assert_eq!(numbers, [1, 2, 1, 1]);
}

async fn orders_placed_at_once_get_different_numbers(store: &Store) {
    let mut tasks = tokio::task::JoinSet::new();
    for n in 0..20 {
        let store = store.clone();
        tasks.spawn(async move {
            let placement = placement(&format!("CA{n}"), "luna", "2026-11-23T18:30:00Z");
            store.place(&placement).await.unwrap().number
        });
    }
    let mut numbers = tasks.join_all().await;
    numbers.sort_unstable();
    assert_eq!(numbers, (1..=20).collect::<Vec<_>>());
}

async fn orders_are_listed_newest_first_and_filtered(store: &Store) {
    for (sid, restaurant, at) in [
        ("CA1", "luna", "2026-11-23T18:30:00Z"),
        ("CA2", "luna", "2026-11-23T18:30:00.5Z"),
        ("CA3", "bellas", "2026-11-23T18:31:00Z"),
    ] {
        let order = placement(sid, restaurant, at);
        store.place(&order).await.unwrap();
    }
    let sids = async |filter: OrderFilter| -> Vec<String> {
        let orders = store.orders(&filter).await.unwrap();
        orders.into_iter().map(|order| order.call_sid).collect()
    };
    let all = OrderFilter::default;
    assert_eq!(sids(all()).await, ["CA3", "CA2", "CA1"]);
    let of_luna = OrderFilter {
        restaurant: Some(id("luna")),
        ..all()
    };
    assert_eq!(sids(of_luna).await, ["CA2", "CA1"]);
    let of_one_call = OrderFilter {
        call_sid: Some("CA1".into()),
        ..all()
    };
    assert_eq!(sids(of_one_call).await, ["CA1"]);
    let since = OrderFilter {
        since: "2026-11-23T18:30:00.5Z".parse().ok(),
        ..all()
    };
    assert_eq!(sids(since).await, ["CA3", "CA2"]);
    assert_eq!(sids(OrderFilter { limit: 1, ..all() }).await, ["CA3"]);
}

async fn an_order_is_found_by_id_and_by_its_latest_number(store: &Store) {
    let mut placed = Vec::new();
    for (sid, restaurant, at) in [
        ("CA1", "luna", "2026-11-22T18:30:00Z"),
        ("CA2", "luna", "2026-11-23T18:30:00Z"),
        ("CA3", "bellas", "2026-11-23T18:00:00Z"),
    ] {
        let order = placement(sid, restaurant, at);
        placed.push(store.place(&order).await.unwrap());
    }
    let found = store.order(placed[0].id).await.unwrap();
    assert_eq!(found.as_ref(), Some(&placed[0]));
    let numbered = store.order_numbered(1, None).await.unwrap();
    assert_eq!(numbered.as_ref(), Some(&placed[1]));
    let numbered = store.order_numbered(1, Some(&id("bellas"))).await.unwrap();
    assert_eq!(numbered.as_ref(), Some(&placed[2]));
}

async fn placing_keeps_the_call_beside_the_order(store: &Store) {
    let order = placement("CA1", "luna", "2026-11-23T18:30:00Z");
    store.place(&order).await.unwrap();
    assert_eq!(store.call("CA1").await.unwrap(), Some(order.record));
}

async fn an_order_that_cannot_be_stored_leaves_no_trace(store: &Store) {
    let mut order = placement("CA1", "luna", "2026-11-23T18:30:00Z");
    order.record.sid = "CA-of-another-call".into();
    let refused = store.place(&order).await;
    assert!(
        matches!(refused, Err(StoreError::Database(_))),
        "{refused:?}"
    );
    assert_eq!(store.calls(10).await.unwrap(), []);
    assert_eq!(store.orders(&OrderFilter::default()).await.unwrap(), []);
    order.record.sid = "CA1".into();
    assert_eq!(store.place(&order).await.unwrap().number, 1);
}

async fn a_call_reads_back_whole(store: &Store) {
    let started = call("CA1", "2026-11-23T18:30:00.123456789Z");
    store.call_started(&started).await.unwrap();
    let live = store.call("CA1").await.unwrap().unwrap();
    assert_eq!((live.ended_at, live.ending), (None, None));
    for ending in [
        Ending::Confirmed,
        Ending::Cancelled,
        Ending::Handoff,
        Ending::HungUp,
        Ending::Silent,
        Ending::TimeUp,
        Ending::Message,
        Ending::Closed,
        Ending::Refused,
        Ending::Failed,
    ] {
        let mut record = ended("CA1", "2026-11-23T18:30:00.123456789Z");
        record.ending = Some(ending);
        store.call_ended(&record).await.unwrap();
        assert_eq!(store.call("CA1").await.unwrap(), Some(record));
    }
    let nobodys = CallRecord {
        restaurant: None,
        digest: None,
        from: "anonymous".into(),
        transcript: Vec::new(),
        turns: Vec::new(),
        test: true,
        ..ended("CA2", "2026-11-23T18:30:00Z")
    };
    store.call_ended(&nobodys).await.unwrap();
    assert_eq!(store.call("CA2").await.unwrap(), Some(nobodys));
}

async fn a_late_start_undoes_nothing(store: &Store) {
    let record = ended("CA1", "2026-11-23T18:30:00Z");
    store.call_ended(&record).await.unwrap();
    let late = CallRecord {
        transcript: Vec::new(),
        turns: Vec::new(),
        ..call("CA1", "2026-11-23T18:30:00Z")
    };
    store.call_started(&late).await.unwrap();
    assert_eq!(store.call("CA1").await.unwrap(), Some(record));
}

async fn calls_of_a_process_that_died_are_ended_and_may_come_back(store: &Store) {
    let begun = "2026-11-23T18:30:00Z";
    let ordered = "2026-11-23T18:32:10.5Z";
    store.call_started(&call("CA1", begun)).await.unwrap();
    store.call_started(&call("CA2", begun)).await.unwrap();
    let mut order = placement("CA2", "luna", ordered);
    order.record = call("CA2", begun);
    store.place(&order).await.unwrap();
    store.call_ended(&ended("CA3", begun)).await.unwrap();
    assert_eq!(store.end_lost_calls().await.unwrap(), 2);
    assert_eq!(store.end_lost_calls().await.unwrap(), 0);
    for (sid, ending, at) in [
        ("CA1", Ending::Failed, begun),
        ("CA2", Ending::Failed, ordered),
        ("CA3", Ending::HungUp, "2026-11-23T18:31:00.000000001Z"),
    ] {
        let kept = store.call(sid).await.unwrap().unwrap();
        assert_eq!(kept.ending, Some(ending), "{sid}");
        assert_eq!(kept.ended_at, Some(at.parse().unwrap()), "{sid}");
    }
    // Twilio connects CA1 once more, and it ends as calls do.
    store.call_started(&call("CA1", begun)).await.unwrap();
    store.call_ended(&ended("CA1", begun)).await.unwrap();
    let kept = store.call("CA1").await.unwrap().unwrap();
    assert_eq!(kept.ending, Some(Ending::HungUp));
}

async fn calls_are_listed_newest_first_without_words(store: &Store) {
    for (sid, at) in [
        ("CA2", "2026-11-23T18:30:00.5Z"),
        ("CA1", "2026-11-23T18:30:00Z"),
        ("CA3", "2026-11-23T18:30:01Z"),
    ] {
        store.call_ended(&ended(sid, at)).await.unwrap();
    }
    let calls = store.calls(2).await.unwrap();
    let sids: Vec<&str> = calls.iter().map(|call| call.sid.as_str()).collect();
    assert_eq!(sids, ["CA3", "CA2"]);
    assert!(calls[0].transcript.is_empty() && calls[0].turns.is_empty());
}

async fn two_accounts_with_one_call_sid_have_a_record_and_orders_each(store: &Store) {
    let ours = placement("CA1", "luna", "2026-11-23T18:30:00Z");
    let mut theirs = placement("CA1", "bellas", "2026-11-23T18:30:09Z");
    theirs.record = CallRecord {
        account_sid: "AC2".into(),
        restaurant: Some(id("bellas")),
        from: "+15550002222".into(),
        transcript: Vec::new(),
        turns: Vec::new(),
        ..ended("CA1", "2026-11-23T18:30:09Z")
    };
    store.call_started(&ours.record).await.unwrap();
    let our_order = store.place(&ours).await.unwrap();
    store.call_ended(&theirs.record).await.unwrap();
    let their_order = store.place(&theirs).await.unwrap();
    assert_ne!(our_order.id, their_order.id, "both are the first of a call");
    assert_eq!(store.place(&ours).await.unwrap(), our_order);
    let orders = async |account: Option<&str>| {
        let filter = OrderFilter {
            call_sid: Some("CA1".into()),
            account_sid: account.map(str::to_owned),
            ..OrderFilter::default()
        };
        store.orders(&filter).await.unwrap()
    };
    assert_eq!(orders(Some("AC1")).await, from_ref(&our_order));
    assert_eq!(orders(Some("AC2")).await, from_ref(&their_order));
    assert_eq!(orders(Some("")).await, []);
    assert_eq!(orders(None).await, [their_order, our_order]);
    // By the CallSid alone the newest, with its own words (it has none).
    assert_eq!(store.call("CA1").await.unwrap(), Some(theirs.record));
    let listed = store.calls(10).await.unwrap();
    assert_eq!(listed.len(), 2);
    let words = ours.record.transcript.clone();
    assert_eq!(
        (listed[1].from.as_str(), listed[1].ending),
        (ours.record.from.as_str(), None)
    );
    // Ours begins again later: it is the newest now, and its words were not taken away.
    let later = CallRecord {
        started_at: "2026-11-23T18:30:10Z".parse().unwrap(),
        ..ours.record
    };
    store.call_started(&later).await.unwrap();
    let newest = store.call("CA1").await.unwrap().unwrap();
    assert_eq!(
        (newest.account_sid.as_str(), newest.transcript),
        ("AC1", words)
    );
    assert_eq!(store.end_lost_calls().await.unwrap(), 1);
    let lost = store.call("CA1").await.unwrap().unwrap();
    assert_eq!(lost.ended_at, Some(ours.at), "its own latest order");
}

async fn an_unknown_call_or_order_is_none(store: &Store) {
    assert_eq!(store.call("CA1").await.unwrap(), None);
    assert_eq!(store.order(uuid::Uuid::nil()).await.unwrap(), None);
    assert_eq!(store.order_numbered(1, None).await.unwrap(), None);
}

fn any_instant() -> impl Strategy<Value = jiff::Timestamp> {
    (1_600_000_000_i64..2_000_000_000, 0_i32..1_000_000_000)
        .prop_map(|(second, nano)| jiff::Timestamp::new(second, nano).unwrap())
}

fn any_order() -> impl Strategy<Value = Order> {
    let money = || (-100_000_i64..100_000_000).prop_map(Money::from_minor);
    let currency = prop::sample::select(vec!["USD", "JPY", "KWD", "CAD"])
        .prop_map(|code| Currency::from_code(code).unwrap());
    let choice = (
        ".{1,12}",
        ".{1,12}",
        prop::sample::select(Amount::ALL.to_vec()),
        1_u32..9,
        prop::sample::select(vec![Part::Whole, Part::Left, Part::Right]),
        money(),
    )
        .prop_map(|(option, choice, amount, count, part, price)| OrderChoice {
            option,
            choice,
            amount,
            count,
            part,
            price,
            item: None,
            choices: Vec::new(),
        });
    let inside =
        (choice.clone(), prop::collection::vec(choice, 0..3)).prop_map(|(outer, inner)| {
            OrderChoice {
                item: inner.first().map(|choice| choice.choice.clone()),
                choices: inner,
                ..outer
            }
        });
    let line_details = (
        prop::collection::vec(".{1,20}", 0..3),
        prop::option::of((1_u32..1_000_000, "[a-z]{1,9}")),
        [money(), money()],
        any::<bool>(),
        prop::option::of(1_u32..99),
    )
        .prop_map(
            |(notes, measure, [saving, deposit], market_price, age)| LineDetails {
                notes,
                measure: measure
                    .and_then(|(many, unit)| Some((Measure::from_thousandths(many)?, unit))),
                saving,
                deposit,
                market_price,
                age,
            },
        );
    let line = (
        "[a-z_]{1,12}",
        ".{1,20}",
        1_u32..100,
        money(),
        prop::collection::vec(inside, 0..4),
        prop_oneof![Just(LineDetails::default()), line_details],
    )
        .prop_map(
            |(item, name, quantity, price, choices, details)| OrderLine {
                item,
                name,
                quantity,
                price,
                choices,
                details,
            },
        );
    let tax = (".{0,9}", 0_u32..100_001, money(), money()).prop_map(
        |(class, rate_thousandths, base, amount)| OrderTax {
            class,
            rate_thousandths,
            base,
            amount,
        },
    );
    let fee = (".{1,9}", money()).prop_map(|(name, amount)| OrderFee { name, amount });
    let details = (
        prop::collection::vec(".{1,20}", 0..3),
        prop::collection::vec(tax, 0..3),
        prop::collection::vec(fee, 0..3),
        any::<bool>(),
        prop::option::of(1_u32..99),
        prop::option::of(".{1,20}"),
    )
        .prop_map(
            |(notes, taxes, fees, tax_included, age, street)| OrderDetails {
                notes,
                taxes,
                fees,
                tax_included,
                age,
                address: street.map(|street| Address {
                    street,
                    ..Address::default()
                }),
            },
        );
    (
        "[A-Za-z0-9_-]{1,64}",
        currency,
        prop::collection::vec(line, 1..6),
        [money(), money(), money()],
        prop::option::of(".{0,20}"),
        prop::option::of(prop::sample::select(vec![
            Fulfilment::Pickup,
            Fulfilment::Delivery,
        ])),
        1_u32..5,
        prop_oneof![Just(OrderDetails::default()), details],
    )
        .prop_map(
            |(
                restaurant,
                currency,
                lines,
                [subtotal, tax, total],
                name,
                fulfilment,
                sequence,
                details,
            )| {
                Order {
                    restaurant: id(&restaurant),
                    currency,
                    lines,
                    subtotal,
                    tax,
                    total,
                    name,
                    fulfilment,
                    sequence,
                    details,
                }
            },
        )
}
