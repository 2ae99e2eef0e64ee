//! One log line per event, with a stable code. Callers' numbers are masked, words and orders are not told.

use tracing::{error, info, warn};

use super::kitchen_news::log_kitchen;
use super::refusals::Sum;
use super::{DeliveryResult, DomainEvent, FileChange, FileNews};
use crate::order::ChangeKind;
use crate::restaurant::mask;
use crate::words::printable;

/// Longest text of a stranger's in a line, characters.
const MAX_TEXT: usize = 500;
/// A SID has 34; what calls itself one may have more.
const MAX_SID: usize = 40;
/// Names of parameters told of one webhook, and their length.
const MAX_NAMES: usize = 20;
const MAX_NAME: usize = 32;

/// Writes the line of `event`. A call is named by its CallSid, and, where several accounts may ring, by its account too: the
/// CallSid of one may be another's as well.
pub(super) fn write(event: &DomainEvent, names_accounts: bool) {
    let account_of = |account_sid: &str| {
        let told = names_accounts && !account_sid.is_empty();
        told.then(|| sid(account_sid).into_owned())
    };
    match event {
        DomainEvent::Ready { address } => info!(code = "READY", %address, "taking calls"),
        DomainEvent::Draining { live } => info!(code = "DRAINING", live, "no new calls"),
        DomainEvent::CallInvited {
            call,
            restaurant,
            from,
        } => {
            info!(code = "CALL_INVITED", call = %sid(&call.call_sid), account = account_of(&call.account_sid), %restaurant, from = %party(from), "ringing");
        }
        DomainEvent::CallTurnedAway {
            call,
            restaurant,
            from,
            to,
            reason,
        } => {
            let restaurant = restaurant.as_ref().map_or("-", |id| id.as_str());
            info!(code = "CALL_TURNED_AWAY", call = %sid(&call.call_sid), account = account_of(&call.account_sid), restaurant, from = %party(from), to = %party(to), reason, "not taken");
        }
        DomainEvent::WebhookRefused {
            path,
            reason,
            detail,
            names,
        } => {
            // Names are a stranger's words. As text they are quoted, so that no line break of theirs begins a line of ours.
            let names = joined(names);
            let path = printable(path, MAX_TEXT);
            warn!(code = "WEBHOOK_REFUSED", %path, reason, detail = detail.as_deref().unwrap_or("-"), parameters = names.as_str(), "not believed or not understood");
        }
        DomainEvent::RequestRefused { reason } => {
            warn!(
                code = "REQUEST_REFUSED",
                reason, "--dev answers this machine's own programs only"
            );
        }
        DomainEvent::ConnectionsShut { late, evicted } => {
            warn!(
                code = "CONNECTIONS_SHUT",
                late, evicted, "slow connections were closed"
            );
        }
        DomainEvent::SocketRefused { call, reason } => {
            let account = call.as_ref().and_then(|call| account_of(&call.account_sid));
            let call = sid(call.as_ref().map_or("-", |call| &call.call_sid));
            warn!(code = "SOCKET_REFUSED", %call, account, reason, "media socket closed");
        }
        // One a message would drown the log; the counter tells.
        DomainEvent::MessageIgnored { .. } => {}
        DomainEvent::SoundDropped { call, messages } => {
            warn!(code = "SOUND_DROPPED", call = %sid(&call.call_sid), account = account_of(&call.account_sid), messages, "the session fell behind");
        }
        DomainEvent::PinsDropped { count } => {
            warn!(
                code = "PINS_DROPPED",
                count, "more calls ring than may wait"
            );
        }
        DomainEvent::CallStarted {
            call,
            restaurant,
            from,
            generation,
        } => {
            info!(code = "CALL_STARTED", call = %sid(&call.call_sid), account = account_of(&call.account_sid), %restaurant, from = %party(from), generation, "answered");
        }
        // Words and carts are not for the log.
        DomainEvent::CallChanged { .. } => {}
        DomainEvent::CallEnded { record } => {
            let restaurant = record.restaurant.as_ref().map_or("-", |id| id.as_str());
            let ending = record.ending.map_or("-", |ending| ending.as_str());
            let lasted = record
                .ended_at
                .map_or(0, |end| end.duration_since(record.started_at).as_millis());
            info!(code = "CALL_ENDED", call = %sid(&record.sid), account = account_of(&record.account_sid), restaurant, ending, turns = record.turns.len(), lasted_ms = %lasted, "over");
        }
        DomainEvent::CallsLost { count } => {
            warn!(
                code = "CALLS_LOST",
                count, "the server died with calls on the line"
            );
        }
        DomainEvent::CallReconnected { call } => {
            warn!(code = "CALL_RECONNECTED", call = %sid(&call.call_sid), account = account_of(&call.account_sid), "its socket was lost");
        }
        DomainEvent::OrderPlaced { order } => {
            let order = &**order;
            info!(code = "ORDER_PLACED", call = %sid(&order.call_sid), account = account_of(&order.account_sid), restaurant = %order.order.restaurant, number = order.number, lines = order.order.lines.len(), "stored");
        }
        DomainEvent::OrderChanged { order, change } => {
            let (restaurant, number, by) = (&order.order.restaurant, order.number, &change.by);
            let what = change.what.as_str();
            if matches!(change.what, ChangeKind::Failed | ChangeKind::Unanswered) {
                error!(code = "ORDER_CHANGED", %restaurant, number, what, by, "order {what}: call the restaurant");
            } else {
                info!(code = "ORDER_CHANGED", %restaurant, number, what, by, "order {what}");
            }
        }
        DomainEvent::KitchenSaid { restaurant, news } => log_kitchen(restaurant, news),
        DomainEvent::TextReceived { from, to, what, .. } => {
            info!(code = "TEXT_RECEIVED", from = %party(from), to = %party(to), what, "a text message");
        }
        DomainEvent::DeliveryTried {
            restaurant,
            number,
            channel,
            destination,
            result,
            error,
            after,
        } => {
            let destination = printable(destination, MAX_TEXT);
            let error = printable(error.as_deref().unwrap_or("-"), MAX_TEXT);
            let after_ms = after.as_millis() as u64;
            match result {
                DeliveryResult::Received => {
                    info!(code = "ORDER_DELIVERED", %restaurant, number, channel, %destination, after_ms, "received");
                }
                DeliveryResult::Retried => {
                    warn!(code = "DELIVERY_RETRIED", %restaurant, number, channel, %destination, %error, "not received; will be tried again");
                }
                DeliveryResult::Failed => {
                    error!(code = "DELIVERY_FAILED", %restaurant, number, channel, %destination, %error, "given up; `maitred orders redeliver` sends it again");
                }
            }
        }
        DomainEvent::MessageTried {
            restaurant,
            channel,
            destination,
            result,
            error,
        } => {
            let destination = printable(destination, MAX_TEXT);
            let error = printable(error.as_deref().unwrap_or("-"), MAX_TEXT);
            match result {
                DeliveryResult::Received => {
                    info!(code = "MESSAGE_DELIVERED", %restaurant, channel, %destination, "received");
                }
                DeliveryResult::Retried => {
                    warn!(code = "MESSAGE_RETRIED", %restaurant, channel, %destination, %error, "not received; will be tried again");
                }
                DeliveryResult::Failed => {
                    error!(code = "MESSAGE_FAILED", %restaurant, channel, %destination, %error, "given up; the words are in `/api/calls`");
                }
            }
        }
        // The gauge tells.
        DomainEvent::DeliveriesWaiting { .. } => {}
        DomainEvent::StoreFailed { what, error } => {
            error!(code = "STORE_FAILED", what, error = %printable(error, MAX_TEXT), "store")
        }
        DomainEvent::DataDeleted { calls, orders } => {
            info!(
                code = "DATA_DELETED",
                calls, orders, "calls and orders that were too old are deleted"
            );
        }
        DomainEvent::RecordsWrittenLate { count } => {
            warn!(
                code = "RECORDS_WRITTEN_LATE",
                count, "records of calls that waited for the database are written"
            );
        }
        DomainEvent::RecordsLost { count } => {
            error!(
                code = "RECORDS_LOST",
                count,
                "records of calls could not be written and are lost; their orders are not among them"
            );
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
            call,
            engine,
            error,
        } => {
            error!(code = "SPEECH_FAILED", call = %sid(&call.call_sid), account = account_of(&call.account_sid), engine, error = %printable(error, MAX_TEXT), "speech")
        }
        DomainEvent::BrainTakenOver { call, reason } => {
            warn!(code = "BRAIN_TAKEN_OVER", call = %sid(&call.call_sid), account = account_of(&call.account_sid), reason = %printable(reason, MAX_TEXT), "the built-in waiter has the call");
        }
        DomainEvent::FallbackAsked { call, code: twilio } => {
            let twilio = printable(twilio.as_deref().unwrap_or("-"), MAX_SID);
            error!(code = "FALLBACK_ASKED", call = %sid(&call.call_sid), account = account_of(&call.account_sid), %twilio, "Twilio could not use our answer");
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
            error!(code = "NOTIFY_FAILED", reason = %printable(reason, MAX_TEXT), "--notify-url was not told; {then}");
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

/// Refusals of one second that were not told one by one.
pub(super) fn write_sum(sum: &Sum) {
    let Sum {
        what,
        reason,
        count,
    } = *sum;
    warn!(
        code = "REFUSALS_SUMMED",
        what, reason, count, "as many more within a second"
    );
}

fn sid(text: &str) -> std::borrow::Cow<'_, str> {
    printable(text, MAX_SID)
}

/// A caller's or callee's number, or whatever stands for one, masked.
fn party(text: &str) -> String {
    printable(&mask(text), MAX_SID).into_owned()
}

/// The first names of a form's parameters.
fn joined(names: &[String]) -> String {
    let shown = names.iter().take(MAX_NAMES);
    let shown: Vec<_> = shown.map(|name| printable(name, MAX_NAME)).collect();
    match names.len().saturating_sub(MAX_NAMES) {
        0 => shown.join(" "),
        more => format!("{} and {more} more", shown.join(" ")),
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
    } else if change.news != FileNews::Warned
        && (change.trigger != "start" || change.news != FileNews::Accepted)
    {
        info!(code, generation, "config {code} {line}");
    }
    if let Some((code, line)) = change.warning() {
        warn!(code, "config {code} {line}");
    }
}
