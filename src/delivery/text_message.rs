//! One text through Twilio, for whoever it is, but never to a number whose owner has said STOP to the one that sends.

use super::channel_context::ChannelContext;
use super::twilio_rest::TwilioError;
use crate::order::Outcome;

/// Longest text that Twilio takes, characters.
pub(super) const MAX_TEXT: usize = 1_600;

/// Who texts whom, and the account that sends; `None`: the server's.
pub(super) struct Numbers<'a> {
    pub from: &'a str,
    pub to: &'a str,
    pub account: Option<&'a str>,
}

/// One try. Twilio has no key by which it would know a text that it has already: one whose answer is lost comes twice.
pub(super) async fn send(context: &ChannelContext, numbers: Numbers<'_>, text: &str) -> Outcome {
    let Numbers { from, to, account } = numbers;
    match context.store.texts_stopped(from, to).await {
        Ok(false) => {}
        Ok(true) => {
            return Outcome::Refused {
                error: format!("its owner has said STOP to {from}; START undoes it"),
            };
        }
        Err(error) => {
            return Outcome::NotYet {
                error: format!("whether its owner wants texts is not known: {error}"),
                after: None,
            };
        }
    }
    let form = [("To", to), ("From", from), ("Body", text)];
    let sent = async {
        let account = context.twilio.account(account)?;
        account.post(&account.path("Messages.json"), &form).await
    };
    match sent.await {
        Ok(_) => Outcome::Received(None),
        Err(error) => failed(&error),
    }
}

/// What a refusal of Twilio's means for a delivery.
pub(super) fn failed(error: &TwilioError) -> Outcome {
    let told = error.to_string();
    match error.is_for_good() {
        true => Outcome::Refused { error: told },
        false => Outcome::NotYet {
            error: told,
            after: error.retry_after(),
        },
    }
}
