//! The key of a call in every table. A CallSid alone is none: whoever holds a token of one account may sign the CallSid of
//! another's call.

/// `ACCOUNTSID/CALLSID`; the CallSid alone where the account is not known. Neither holds a slash. The tables read the parts
/// back (`account_sid`, `twilio_sid`).
pub(super) fn call_key(account_sid: &str, call_sid: &str) -> String {
    if account_sid.is_empty() {
        call_sid.to_owned()
    } else {
        format!("{account_sid}/{call_sid}")
    }
}
