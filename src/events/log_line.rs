//! One log line per event, with a stable code. Callers' numbers are masked, words and orders are not told.

use tracing::{error, info, warn};

use super::{DomainEvent, FileChange, FileNews};
use crate::restaurant::mask;

/// Writes the line of `event`.
pub(super) fn write(event: &DomainEvent) {
    match event {
        DomainEvent::Ready { address } => info!(code = "READY", %address, "taking calls"),
        DomainEvent::Draining { live } => info!(code = "DRAINING", live, "no new calls"),
        DomainEvent::CallInvited {
            call_sid,
            restaurant,
            from,
        } => {
            info!(code = "CALL_INVITED", call = %call_sid, %restaurant, from = %mask(from), "ringing");
        }
        DomainEvent::CallTurnedAway {
            call_sid,
            restaurant,
            from,
            to,
            reason,
        } => {
            let restaurant = restaurant.as_ref().map_or("-", |id| id.as_str());
            info!(code = "CALL_TURNED_AWAY", call = %call_sid, restaurant, from = %mask(from), to = %mask(to), reason, "not taken");
        }
        DomainEvent::WebhookRefused {
            path,
            reason,
            names,
        } => {
            // Names are a stranger's words. As text they are quoted, so that no line break of theirs begins a line of ours.
            let names = names.join(" ");
            warn!(code = "WEBHOOK_REFUSED", %path, reason, parameters = names.as_str(), "not believed or not understood");
        }
        DomainEvent::SocketRefused { call_sid, reason } => {
            let call = call_sid.as_deref().unwrap_or("-");
            warn!(code = "SOCKET_REFUSED", call, reason, "media socket closed");
        }
        // One a message would drown the log; the counter tells.
        DomainEvent::MessageIgnored { .. } => {}
        DomainEvent::SoundDropped { call_sid, messages } => {
            warn!(code = "SOUND_DROPPED", call = %call_sid, messages, "the session fell behind");
        }
        DomainEvent::PinsDropped { count } => {
            warn!(
                code = "PINS_DROPPED",
                count, "more calls ring than may wait"
            );
        }
        DomainEvent::CallStarted {
            call_sid,
            restaurant,
            from,
            generation,
        } => {
            info!(code = "CALL_STARTED", call = %call_sid, %restaurant, from = %mask(from), generation, "answered");
        }
        DomainEvent::CallEnded { record } => {
            let restaurant = record.restaurant.as_ref().map_or("-", |id| id.as_str());
            let ending = record.ending.map_or("-", |ending| ending.as_str());
            let lasted = record
                .ended_at
                .map_or(0, |end| end.duration_since(record.started_at).as_millis());
            info!(code = "CALL_ENDED", call = %record.sid, restaurant, ending, turns = record.turns.len(), lasted_ms = %lasted, "over");
        }
        DomainEvent::CallsLost { count } => {
            warn!(
                code = "CALLS_LOST",
                count, "the server died with calls on the line"
            );
        }
        DomainEvent::CallReconnected { call_sid } => {
            warn!(code = "CALL_RECONNECTED", call = %call_sid, "its socket was lost");
        }
        DomainEvent::OrderPlaced { order } => {
            let order = &**order;
            info!(code = "ORDER_PLACED", call = %order.call_sid, restaurant = %order.order.restaurant, number = order.number, lines = order.order.lines.len(), "stored");
        }
        DomainEvent::StoreFailed { what, error } => {
            error!(code = "STORE_FAILED", what, %error, "store")
        }
        DomainEvent::StoreLost { reason } => {
            error!(
                code = "STORE_LOST",
                reason = reason.as_str(),
                "orders are not safe; callers whose order is not stored are told and handed over"
            );
        }
        DomainEvent::StoreBack => warn!(code = "STORE_BACK", "orders are safe again"),
        DomainEvent::SpeechFailed {
            call_sid,
            engine,
            error,
        } => error!(code = "SPEECH_FAILED", call = %call_sid, engine, %error, "speech"),
        DomainEvent::BrainTakenOver { call_sid, reason } => {
            warn!(code = "BRAIN_TAKEN_OVER", call = %call_sid, reason = reason.as_str(), "the built-in waiter has the call");
        }
        DomainEvent::FallbackAsked {
            call_sid,
            code: twilio,
        } => {
            let twilio = twilio.as_deref().unwrap_or("-");
            error!(code = "FALLBACK_ASKED", call = %call_sid, twilio, "Twilio could not use our answer");
        }
        DomainEvent::ConfigFile(change) => file(change),
        DomainEvent::ConfigSkipped { name, problem } => {
            let code = problem.code.as_str();
            warn!(code, "config {code} {name}:{}", problem.one_line());
        }
        DomainEvent::ConfigSource { lost: Some(error) } => {
            error!(
                code = "E_SOURCE_LOST",
                "config E_SOURCE_LOST {error}; nothing is concluded from that, every route stays"
            );
        }
        DomainEvent::ConfigSource { lost: None } => {
            info!(
                code = "CONFIG_SOURCE_BACK",
                "config CONFIG_SOURCE_BACK the folder can be read again"
            );
        }
        DomainEvent::ConfigNotKept { error } => {
            error!(
                code = "STORE_FAILED",
                %error,
                "config STORE_FAILED the folder's new versions cannot be kept; the table stays as it was"
            );
        }
        DomainEvent::Notified { topic } => info!(code = "NOTIFIED", topic, "--notify-url was told"),
        DomainEvent::NotifyFailed { reason, last } => {
            let then = if *last {
                "given up"
            } else {
                "will be tried again"
            };
            error!(code = "NOTIFY_FAILED", %reason, "--notify-url was not told; {then}");
        }
        DomainEvent::ConfigLoaded {
            generation,
            digest,
            published,
            trigger,
            served,
            held,
            took,
            ..
        } => {
            if *published {
                info!(
                    code = "CONFIG_PUBLISHED",
                    generation,
                    digest = digest.short(),
                    trigger,
                    served,
                    held,
                    took_ms = took.as_millis() as u64,
                    "config"
                );
            }
        }
    }
}

/// One line for the news and one for the warnings. At a start what is served as it was is not told file by file.
fn file(change: &FileChange) {
    let (code, line) = (change.code(), change.line());
    let generation = change.generation;
    if change.is_trouble() {
        error!(code, generation, "config {code} {line}");
    } else if matches!(
        change.news,
        FileNews::Missing | FileNews::Removed | FileNews::Pinned
    ) {
        warn!(code, generation, "config {code} {line}");
    } else if change.trigger != "start" || change.news != FileNews::Accepted {
        info!(code, generation, "config {code} {line}");
    }
    if let Some((code, line)) = change.warning() {
        warn!(code, "config {code} {line}");
    }
}
