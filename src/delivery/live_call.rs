//! A call on the line, changed through Twilio's REST API.

use super::twilio_rest::{TwilioAccount, TwilioError};
use crate::twilio::sid::SidKind;
use crate::words::printable;

/// Longest TwiML that Twilio takes in a request, characters (error 32018).
const MAX_TWIML: usize = 4_000;
/// The call is not in progress; there is no such call.
const NOT_LIVE: [u64; 2] = [21_220, 20_404];

/// What becomes of a call.
#[derive(Clone, Copy, Debug)]
pub enum CallUpdate<'a> {
    /// It ends.
    HangUp,
    /// It leaves the waiter and does this instead.
    Twiml(&'a str),
}

impl TwilioError {
    /// Is the call over, or none of the account's?
    pub fn is_unknown_call(&self) -> bool {
        matches!(self, Self::Refused { code: Some(code), .. } if NOT_LIVE.contains(code))
    }
}

impl TwilioAccount<'_> {
    /// Changes a call of this account that is on the line.
    ///
    /// # Errors
    /// [`TwilioError`]; [`TwilioError::is_unknown_call`] where it is over.
    pub async fn update_call(
        &self,
        call_sid: &str,
        update: CallUpdate<'_>,
    ) -> Result<(), TwilioError> {
        if !SidKind::Call.matches(call_sid) {
            let name = printable(call_sid, 64);
            return Err(TwilioError::Answer(format!("{name} is no call")));
        }
        let field = match update {
            CallUpdate::HangUp => ("Status", "completed"),
            CallUpdate::Twiml(twiml) if twiml.chars().count() > MAX_TWIML => {
                let what = format!("TwiML of more than {MAX_TWIML} characters");
                return Err(TwilioError::Answer(what));
            }
            CallUpdate::Twiml(twiml) => ("Twiml", twiml),
        };
        let path = self.path(&format!("Calls/{call_sid}.json"));
        self.post(&path, &[field]).await.map(drop)
    }
}
