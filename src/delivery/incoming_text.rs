//! Texts that come in, as far as deliveries go: who wants no more of them, and who says yes to an order.
//!
//! `POST /sms` asks [`obey_stop`] first, then whatever else a text may be for, and [`acknowledge_by_sms`].

use jiff::Timestamp;

use crate::events::Events;
use crate::order::Answer;
use crate::store::{Store, StoreError};

/// Twilio's words for "no more texts"; it stops sending by itself where the account does not say otherwise.
const STOP: [&str; 8] = [
    "stop",
    "stopall",
    "unsubscribe",
    "end",
    "quit",
    "cancel",
    "revoke",
    "optout",
];
/// And for "texts again". YES is one of them only for who had stopped.
const START: [&str; 3] = ["start", "unstop", "yes"];
/// What says yes to an order, with its number behind it or without.
const YES: [&str; 7] = ["1", "ok", "okay", "yes", "y", "accept", "accepted"];
/// Orders named in an answer.
const MAX_NAMED: usize = 5;

/// What became of a text that said STOP or START.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StopWord {
    /// It said neither.
    Neither,
    /// Nothing more is sent. Twilio answers for itself.
    Stopped,
    /// What we have to say is sent again.
    Started,
}

/// What became of a text that may be an answer to an order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TextAnswer {
    /// It was no answer to an order, or none waits for one: somebody else's to understand.
    None,
    Accepted {
        number: u32,
    },
    /// Several wait: which one?
    Which(Vec<u32>),
}

impl TextAnswer {
    /// What is texted back.
    pub fn reply(&self) -> Option<String> {
        match self {
            Self::None => None,
            Self::Accepted { number } => Some(format!("Order {number} is accepted.")),
            Self::Which(numbers) => {
                let named: Vec<String> = numbers
                    .iter()
                    .take(MAX_NAMED)
                    .map(|number| format!("OK {number}"))
                    .collect();
                let count = numbers.len();
                Some(format!(
                    "{count} orders wait. Reply {}.",
                    named.join(" or ")
                ))
            }
        }
    }
}

/// Keeps what STOP and START say: for this number of ours and this sender, and for no other pair. `from` sent the text, `to` is
/// our number.
///
/// # Errors
/// The store's; nothing is kept then, and the sender should be told to try again.
pub async fn obey_stop(
    store: &Store,
    (from, to): (&str, &str),
    body: &str,
    now: Timestamp,
) -> Result<StopWord, StoreError> {
    let said = body.trim().to_lowercase();
    let said = said.trim_end_matches(['.', '!']);
    if STOP.contains(&said) {
        store.stop_texts(to, from, now).await?;
        return Ok(StopWord::Stopped);
    }
    if START.contains(&said) && store.texts_stopped(to, from).await? {
        store.start_texts(to, from).await?;
        return Ok(StopWord::Started);
    }
    Ok(StopWord::Neither)
}

/// Does a text of `from` to our number `to` accept an order that was texted to it? "1" or "OK" is enough where one waits,
/// "OK 12" names it. Refusing takes a reason, and is done by the link.
///
/// # Errors
/// The store's.
pub async fn acknowledge_by_sms(
    store: &Store,
    events: &Events,
    (from, to): (&str, &str),
    body: &str,
    now: Timestamp,
) -> Result<TextAnswer, StoreError> {
    let Some(named) = yes(body) else {
        return Ok(TextAnswer::None);
    };
    let waiting = store.orders_texted(to, from, now).await?;
    let chosen = match (named, &waiting[..]) {
        (_, []) => return Ok(TextAnswer::None),
        (None, [one]) => *one,
        (None, several) => {
            let numbers = several.iter().map(|(_, number)| *number);
            return Ok(TextAnswer::Which(numbers.collect()));
        }
        (Some(wanted), several) => match several.iter().find(|(_, number)| *number == wanted) {
            Some(chosen) => *chosen,
            None => return Ok(TextAnswer::None),
        },
    };
    let (order, number) = chosen;
    let accept = Answer::Accept { ready_at: None };
    let done = store
        .dispatch(order, |dispatch| dispatch.answer_first(accept, "sms", now))
        .await?;
    let Some(done) = done else {
        return Ok(TextAnswer::None);
    };
    events.publish_changes(&done.order, done.news);
    Ok(match done.result {
        Ok(()) => TextAnswer::Accepted { number },
        // Somebody was faster.
        Err(_) => TextAnswer::None,
    })
}

/// A yes, with or without an order's number; `None`: no yes.
fn yes(body: &str) -> Option<Option<u32>> {
    let said = body.to_lowercase();
    let words: Vec<&str> = said
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty() && *word != "order")
        .collect();
    match words[..] {
        [yes] if YES.contains(&yes) => Some(None),
        [yes, number] if YES.contains(&yes) => number.parse().ok().map(Some),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_yes_is_short_and_may_name_an_order() {
        for text in ["1", "OK", "ok!", " Yes. ", "Accept", "okay"] {
            assert_eq!(yes(text), Some(None), "{text}");
        }
        for text in ["OK 12", "ok #12", "accept order 12", "1 12"] {
            assert_eq!(yes(text), Some(Some(12)), "{text}");
        }
        for text in [
            "",
            "12",
            "no",
            "ok but out of salmon",
            "86 salmon",
            "2",
            "ok ok ok",
            "ok x",
        ] {
            assert_eq!(yes(text), None, "{text}");
        }
    }
}
