//! The form Twilio posts for a text message that came in.

use super::sid::SidKind;
use super::webhook_form::{FormError, one};

/// What we use of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageForm {
    /// `SM…`, or `MM…` for one with pictures.
    pub message_sid: String,
    /// `AC…`.
    pub account_sid: String,
    /// E.164, a short code, or `whatsapp:…`: anything.
    pub from: String,
    /// The number it was sent to, as Twilio wrote it.
    pub to: String,
    /// The words; empty when there are none.
    pub body: String,
}

impl MessageForm {
    /// Reads parameters already decoded.
    ///
    /// # Errors
    /// `MessageSid`, `AccountSid` or `To` missing, contradictory or misshapen.
    pub fn from_pairs(pairs: &[(String, String)]) -> Result<Self, FormError> {
        let required = |name| one(pairs, name)?.ok_or(FormError::Missing(name));
        let sid = |name, kinds: &[SidKind]| {
            let value: &str = required(name)?;
            let known = kinds.iter().any(|kind| kind.matches(value));
            known
                .then(|| value.to_owned())
                .ok_or(FormError::NotASid(name))
        };
        Ok(Self {
            message_sid: sid("MessageSid", &[SidKind::Text, SidKind::Picture])?,
            account_sid: sid("AccountSid", &[SidKind::Account])?,
            from: one(pairs, "From")?.unwrap_or_default().to_owned(),
            to: required("To")?.to_owned(),
            body: one(pairs, "Body")?.unwrap_or_default().to_owned(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> Result<MessageForm, FormError> {
        let owned = pairs.iter();
        let owned: Vec<(String, String)> = owned
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        MessageForm::from_pairs(&owned)
    }

    #[test]
    fn a_message_names_itself_its_account_and_its_recipient() {
        let sid = format!("SM{:032x}", 7);
        let account = format!("AC{:032x}", 1);
        let whole = [
            ("MessageSid", sid.as_str()),
            ("AccountSid", account.as_str()),
            ("From", "+12125550199"),
            ("To", "+12125550150"),
            ("Body", "86 salmon"),
            ("NumMedia", "0"),
        ];
        assert_eq!(form(&whole).unwrap().body, "86 salmon");
        for missing in ["MessageSid", "AccountSid", "To"] {
            let rest: Vec<_> = whole
                .iter()
                .copied()
                .filter(|(name, _)| *name != missing)
                .collect();
            assert_eq!(form(&rest), Err(FormError::Missing(missing)));
        }
        let mut call = whole;
        call[0].1 = "CA00000000000000000000000000000007";
        assert_eq!(form(&call), Err(FormError::NotASid("MessageSid")));
        let twice: Vec<_> = whole.into_iter().chain([("To", "+12125550151")]).collect();
        assert_eq!(form(&twice), Err(FormError::Contradictory("To")));
    }
}
