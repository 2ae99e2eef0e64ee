//! Counters for `/metrics`, in Prometheus' text form. Each app has its own, so tests do not share them.

use std::collections::HashSet;
use std::sync::{Mutex, PoisonError};
use std::time::SystemTime;

use metrics::{counter, describe_counter, describe_gauge, describe_histogram, gauge, histogram};
use metrics_exporter_prometheus::{
    Matcher, PrometheusBuilder, PrometheusHandle, PrometheusRecorder,
};

use super::folder_measures::{self, FolderMeasures};
use super::{DeliveryResult, DomainEvent, WatchGauges};
use crate::words::printable;

/// Seconds; a turn's parts lie between a few milliseconds and a caller's longest pause.
const TURN_BUCKETS: [f64; 11] = [0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.45, 0.6, 0.9, 1.5, 3.0];

/// Seconds; one file is published in milliseconds, ten thousand at a cold start in seconds.
const RELOAD_BUCKETS: [f64; 12] = [
    0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1.0, 2.5, 6.0, 15.0,
];

/// Seconds; a till has an order in milliseconds, one that was off all day in hours.
const DELIVERY_BUCKETS: [f64; 12] = [
    0.025, 0.05, 0.1, 0.15, 0.3, 1.0, 5.0, 30.0, 180.0, 900.0, 7_200.0, 86_400.0,
];

/// What is counted at the moment it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Gauges {
    /// Calls whose socket proved itself.
    pub calls_live: usize,
    /// Calls that wait for their socket.
    pub pins: usize,
    /// Open media sockets.
    pub sessions: usize,
    /// Open connections of every kind.
    pub connections: usize,
    /// The watch on the folder.
    pub watch: WatchGauges,
}

/// The counters of one app.
pub struct Measures {
    recorder: PrometheusRecorder,
    handle: PrometheusHandle,
    folder: Mutex<Option<FolderMeasures>>,
    /// Numbers that were called and answered by nobody.
    unrouted: Mutex<HashSet<String>>,
}

/// Numbers counted one by one; those called after so many count together, so that no caller makes metrics without end.
const UNROUTED_NUMBERS: usize = 1_000;
/// What "asks" for a report of late warnings: nothing was looked at.
const LINT: &str = "lint";

/// Longest label, characters: a number has 16, a SIP address may have more.
const MAX_NUMBER: usize = 32;

impl std::fmt::Debug for Measures {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Measures")
    }
}

impl Default for Measures {
    fn default() -> Self {
        Self::new()
    }
}

impl Measures {
    /// All at zero.
    #[expect(clippy::expect_used, reason = "the buckets are a constant, not empty")]
    pub fn new() -> Self {
        let reload = |name: &str| Matcher::Full(format!("maitred_config_{name}_seconds"));
        let recorder = PrometheusBuilder::new()
            .set_buckets(&TURN_BUCKETS)
            .and_then(|all| all.set_buckets_for_metric(reload("apply"), &RELOAD_BUCKETS))
            .and_then(|all| all.set_buckets_for_metric(reload("visible"), &RELOAD_BUCKETS))
            .and_then(|all| {
                let delivery = Matcher::Full("maitred_delivery_seconds".to_owned());
                all.set_buckets_for_metric(delivery, &DELIVERY_BUCKETS)
            })
            .expect("buckets are not empty")
            .build_recorder();
        let handle = recorder.handle();
        let measures = Self {
            recorder,
            handle,
            folder: Mutex::default(),
            unrouted: Mutex::default(),
        };
        measures.here(describe);
        measures
    }

    /// Counts `event`.
    pub fn count(&self, event: &DomainEvent) {
        self.note_folder(event);
        self.here(|| {
            count(event);
            self.count_unrouted(event);
        });
    }

    /// Whose number is it that rings in vain? The label is the number called: the operator's own, or a stranger's typing.
    fn count_unrouted(&self, event: &DomainEvent) {
        let DomainEvent::CallTurnedAway { to, reason, .. } = event else {
            return;
        };
        if !matches!(*reason, "unknown" | "disabled") {
            return;
        }
        // As long as a number may be; what is longer counts with its like.
        let to: &str = &printable(to, MAX_NUMBER);
        let mut known = self.unrouted.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() < UNROUTED_NUMBERS {
            known.insert(to.to_owned());
        }
        let number = known.get(to).map_or("others", String::as_str).to_owned();
        counter!("maitred_unrouted_calls_by_number_total", "number" => number).increment(1);
    }

    /// All metrics as Prometheus text, the gauges as given.
    pub fn render(&self, gauges: Gauges) -> String {
        self.here(|| {
            gauge!("maitred_calls_live").set(gauges.calls_live as f64);
            gauge!("maitred_pins").set(gauges.pins as f64);
            gauge!("maitred_sessions").set(gauges.sessions as f64);
            gauge!("maitred_connections").set(gauges.connections as f64);
        });
        self.handle.run_upkeep();
        let mut text = self.handle.render();
        let folder = self.folder.lock().unwrap_or_else(PoisonError::into_inner);
        folder_measures::write(&mut text, folder.as_ref(), gauges.watch);
        text
    }

    fn note_folder(&self, event: &DomainEvent) {
        let mut folder = self.folder.lock().unwrap_or_else(PoisonError::into_inner);
        match event {
            DomainEvent::ConfigLoaded {
                generation,
                digest,
                held,
                state,
                trigger,
                ..
            } => {
                let before = folder.as_ref().and_then(|folder| folder.clean_at);
                // The lint reads nothing and writes nothing.
                let kept = folder.as_ref().is_none_or(|folder| folder.kept) || *trigger != LINT;
                *folder = Some(FolderMeasures {
                    generation: *generation,
                    digest: digest.clone(),
                    held: *held,
                    state: state.clone(),
                    kept,
                    clean_at: if state.clean && *trigger != LINT {
                        Some(unix_seconds())
                    } else {
                        before
                    },
                });
            }
            DomainEvent::ConfigNotKept { .. } => {
                if let Some(folder) = &mut *folder {
                    folder.kept = false;
                }
            }
            _ => {}
        }
    }

    /// The `metrics` macros reach a recorder of this thread for as long as `work` runs.
    fn here<T>(&self, work: impl FnOnce() -> T) -> T {
        metrics::with_local_recorder(&self.recorder, work)
    }
}

fn count(event: &DomainEvent) {
    match event {
        DomainEvent::Draining { .. }
        | DomainEvent::CallChanged { .. }
        | DomainEvent::KitchenSaid { .. } => {}
        DomainEvent::TextReceived { what, .. } => {
            counter!("maitred_texts_total", "what" => *what).increment(1);
        }
        DomainEvent::Ready { .. } | DomainEvent::StoreBack => {
            gauge!("maitred_store_writable").set(1.0);
        }
        DomainEvent::StoreLost { .. } => gauge!("maitred_store_writable").set(0.0),
        DomainEvent::CallInvited { .. } => counter!("maitred_calls_invited_total").increment(1),
        DomainEvent::CallTurnedAway { reason, .. } => {
            counter!("maitred_calls_turned_away_total", "reason" => *reason).increment(1);
            if matches!(*reason, "unknown" | "disabled") {
                counter!("maitred_unrouted_calls_total", "reason" => *reason).increment(1);
                counter!("maitred_config_unrouted_calls_total", "reason" => *reason).increment(1);
            }
        }
        DomainEvent::WebhookRefused { reason, .. } => {
            counter!("maitred_webhooks_refused_total", "reason" => *reason).increment(1);
        }
        DomainEvent::RequestRefused { reason } => {
            counter!("maitred_requests_refused_total", "reason" => *reason).increment(1);
        }
        DomainEvent::ConnectionsShut { late, evicted } => {
            counter!("maitred_connections_shut_total", "reason" => "late").increment(*late);
            counter!("maitred_connections_shut_total", "reason" => "evicted").increment(*evicted);
        }
        DomainEvent::SocketRefused { reason, .. } => {
            counter!("maitred_sockets_refused_total", "reason" => *reason).increment(1);
        }
        DomainEvent::MessageIgnored { reason } => {
            counter!("maitred_messages_ignored_total", "reason" => *reason).increment(1);
        }
        DomainEvent::SoundDropped { messages, .. } => {
            counter!("maitred_sound_dropped_total").increment(*messages);
        }
        DomainEvent::PinsDropped { count } => {
            counter!("maitred_pins_dropped_total").increment(*count as u64);
        }
        DomainEvent::CallStarted { .. } => counter!("maitred_calls_started_total").increment(1),
        DomainEvent::CallEnded { record } => {
            let ending = record.ending.map_or("none", |ending| ending.as_str());
            counter!("maitred_calls_ended_total", "ending" => ending).increment(1);
            for turn in &record.turns {
                for (part, ms) in [
                    ("silence", turn.silence_ms),
                    ("recognise", turn.recognise_ms),
                    ("decide", turn.decide_ms),
                    ("first_audio", turn.first_audio_ms),
                ] {
                    histogram!("maitred_turn_seconds", "part" => part).record(ms as f64 / 1000.0);
                }
            }
        }
        DomainEvent::CallsLost { count } => counter!("maitred_calls_lost_total").increment(*count),
        DomainEvent::CallReconnected { .. } => {
            counter!("maitred_calls_reconnected_total").increment(1)
        }
        DomainEvent::OrderPlaced { order } => {
            counter!("maitred_orders_total", "state" => order.state.as_str()).increment(1);
        }
        DomainEvent::OrderChanged { change, .. } => {
            counter!("maitred_order_changes_total", "what" => change.what.as_str()).increment(1);
        }
        DomainEvent::DeliveryTried {
            channel,
            result,
            after,
            ..
        } => {
            let labels = [("channel", *channel), ("result", result.as_str())];
            counter!("maitred_deliveries_total", &labels).increment(1);
            if *result == DeliveryResult::Received {
                histogram!("maitred_delivery_seconds", "channel" => *channel)
                    .record(after.as_secs_f64());
            }
        }
        DomainEvent::MessageTried {
            channel, result, ..
        } => {
            let labels = [("channel", *channel), ("result", result.as_str())];
            counter!("maitred_message_deliveries_total", &labels).increment(1);
        }
        DomainEvent::DeliveriesWaiting { count } => {
            gauge!("maitred_deliveries_waiting").set(*count as f64);
        }
        DomainEvent::StoreFailed { what, .. } => {
            counter!("maitred_store_failures_total", "what" => *what).increment(1);
        }
        DomainEvent::DataDeleted { calls, orders } => {
            counter!("maitred_deleted_total", "what" => "calls").increment(*calls);
            counter!("maitred_deleted_total", "what" => "orders").increment(*orders);
        }
        DomainEvent::RecordsWrittenLate { count } => {
            counter!("maitred_records_late_total").increment(*count);
        }
        DomainEvent::RecordsLost { count } => {
            counter!("maitred_records_lost_total").increment(*count);
        }
        DomainEvent::SpeechFailed { engine, .. } => {
            counter!("maitred_speech_failures_total", "engine" => *engine).increment(1);
        }
        DomainEvent::BrainTakenOver { .. } => {
            counter!("maitred_brain_taken_over_total").increment(1)
        }
        DomainEvent::FallbackAsked { .. } => counter!("maitred_fallbacks_total").increment(1),
        DomainEvent::Notified { .. } => {
            counter!("maitred_notifications_total", "result" => "sent").increment(1);
        }
        DomainEvent::NotifyFailed { last, .. } => {
            let result = if *last { "given_up" } else { "failed" };
            counter!("maitred_notifications_total", "result" => result).increment(1);
        }
        DomainEvent::ConfigFile(_) | DomainEvent::ConfigSkipped { .. } => {}
        DomainEvent::ConfigSource { .. } => {}
        DomainEvent::ConfigNotKept { .. } => {
            counter!("maitred_store_failures_total", "what" => "keep the folder's new versions")
                .increment(1);
        }
        DomainEvent::ConfigLoaded { trigger: LINT, .. } => {}
        DomainEvent::ConfigLoaded {
            published,
            trigger,
            state,
            took,
            visible,
            ..
        } => {
            let result = match (&state.source_lost, state.clean, *published) {
                (Some(_), _, _) => "source_lost",
                (None, false, _) => "problems",
                (None, true, true) => "published",
                (None, true, false) => "unchanged",
            };
            reload(result, trigger);
            histogram!("maitred_config_apply_seconds").record(took.as_secs_f64());
            for delay in visible {
                histogram!("maitred_config_visible_seconds").record(delay.as_secs_f64());
            }
        }
    }
}

fn reload(result: &'static str, trigger: &'static str) {
    counter!("maitred_config_reloads_total", "result" => result, "trigger" => trigger).increment(1);
}

#[expect(clippy::disallowed_methods, reason = "Prometheus wants the wall clock")]
fn unix_seconds() -> f64 {
    SystemTime::now()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0.0, |since| since.as_secs_f64())
}

fn describe() {
    describe_gauge!("maitred_calls_live", "Calls on the line");
    describe_gauge!("maitred_pins", "Calls that wait for their media socket");
    describe_gauge!("maitred_sessions", "Open media sockets");
    describe_gauge!("maitred_connections", "Open connections of every kind");
    describe_counter!(
        "maitred_config_reloads_total",
        "Looks at the folder that were asked for or found something"
    );
    describe_histogram!(
        "maitred_config_apply_seconds",
        "From the beginning of such a look to the published table"
    );
    describe_histogram!(
        "maitred_config_visible_seconds",
        "From the write of a file to the table that serves it"
    );
    describe_counter!(
        "maitred_records_late_total",
        "Records of calls written when the store took them again"
    );
    describe_counter!(
        "maitred_records_lost_total",
        "Records of calls that could not be written"
    );
    describe_counter!(
        "maitred_notifications_total",
        "Messages to --notify-url: sent, tries that failed, given up"
    );
    describe_counter!(
        "maitred_unrouted_calls_total",
        "Calls to a number that nobody answers"
    );
    describe_counter!(
        "maitred_unrouted_calls_by_number_total",
        "The same, by the number called"
    );
    describe_counter!(
        "maitred_calls_turned_away_total",
        "Calls not taken at /voice"
    );
    describe_counter!(
        "maitred_webhooks_refused_total",
        "Webhooks not believed or not understood"
    );
    describe_counter!(
        "maitred_sockets_refused_total",
        "Media sockets closed by us"
    );
    describe_counter!(
        "maitred_messages_ignored_total",
        "Media messages that meant nothing"
    );
    describe_counter!("maitred_calls_ended_total", "Calls by how they ended");
    describe_counter!("maitred_orders_total", "Orders the store committed");
    describe_counter!(
        "maitred_order_changes_total",
        "What became of orders: sent, accepted, refused, failed, unanswered, ..."
    );
    describe_counter!(
        "maitred_deliveries_total",
        "Tries to deliver an order: received, retried, failed for good"
    );
    describe_histogram!(
        "maitred_delivery_seconds",
        "From the order's commit to the restaurant that has it"
    );
    describe_gauge!("maitred_deliveries_waiting", "Deliveries not received yet");
    describe_histogram!("maitred_turn_seconds", "Where the time of an answer went");
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: Gauges = Gauges {
        calls_live: 0,
        pins: 0,
        sessions: 0,
        connections: 0,
        watch: WatchGauges {
            healthy: true,
            overflows: 0,
        },
    };

    #[test]
    fn events_are_counted_by_their_reason() {
        let measures = Measures::new();
        for _ in 0..2 {
            measures.count(&DomainEvent::SocketRefused {
                call: None,
                reason: "no_start",
            });
        }
        let text = measures.render(Gauges { pins: 3, ..NOTHING });
        assert!(
            text.contains("maitred_sockets_refused_total{reason=\"no_start\"} 2"),
            "{text}"
        );
        assert!(text.contains("\nmaitred_pins 3\n"), "{text}");
        assert!(text.contains("\nmaitred_calls_live 0\n"), "{text}");
    }

    #[test]
    fn two_apps_do_not_share_counters() {
        let (one, other) = (Measures::new(), Measures::new());
        one.count(&DomainEvent::PinsDropped { count: 5 });
        assert!(one.render(NOTHING).contains("maitred_pins_dropped_total 5"));
        assert!(!other.render(NOTHING).contains("maitred_pins_dropped_total"));
    }

    #[test]
    fn a_number_that_rings_in_vain_is_counted_and_a_flood_of_them_bounded() {
        let measures = Measures::new();
        let call = |to: String| {
            measures.count(&DomainEvent::CallTurnedAway {
                call: crate::record::CallId::new("AC1", "CA1"),
                restaurant: None,
                from: "+12125550100".into(),
                to,
                reason: "unknown",
            });
        };
        call("+12125550199".into());
        for number in 0..UNROUTED_NUMBERS + 9 {
            call(format!("+1{number:010}"));
        }
        call("+12125550199".into());
        let text = measures.render(NOTHING);
        let series = text
            .lines()
            .filter(|line| line.starts_with("maitred_unrouted_calls_by_number_total{"));
        assert_eq!(series.count(), UNROUTED_NUMBERS + 1);
        for line in [
            "maitred_unrouted_calls_by_number_total{number=\"+12125550199\"} 2",
            "maitred_unrouted_calls_by_number_total{number=\"others\"} 10",
        ] {
            assert!(text.contains(line), "{line}");
        }
    }
}
