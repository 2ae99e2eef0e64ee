//! Which call: Twilio's CallSid under the account it belongs to.
//!
//! A CallSid alone names no call. Whoever holds a valid token of one account signs whatever CallSid it likes, and would
//! reach the call of another account if pins, tokens and endings were found by it.

/// (AccountSid, CallSid): the key of everything kept about a call.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct CallId {
    pub account_sid: String,
    pub call_sid: String,
}

impl CallId {
    /// The call `call_sid` of `account_sid`.
    pub fn new(account_sid: &str, call_sid: &str) -> Self {
        Self {
            account_sid: account_sid.to_owned(),
            call_sid: call_sid.to_owned(),
        }
    }
}
