//! The numbers of an account as Twilio's REST API lists them (`IncomingPhoneNumbers.json`), and what a number must be told
//! so that its calls reach us. Pure. Source: Twilio's OpenAPI description of the 2010-04-01 API.

use serde::Deserialize;

/// Where Twilio itself serves what it is to do: such a fallback works while our server is down, ours would not.
const TWIML_BINS: &str = "https://handler.twilio.com/twiml/";

/// One page of an account's numbers.
#[derive(Clone, Debug, Deserialize)]
pub struct NumberPage {
    pub incoming_phone_numbers: Vec<IncomingNumber>,
    /// A path with a query; `None` on the last page.
    #[serde(default)]
    pub next_page_uri: Option<String>,
}

/// The parts of a number that decide where its calls go. Twilio leaves out or nulls what is not set.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
pub struct IncomingNumber {
    /// `PN…`
    pub sid: String,
    /// E.164.
    pub phone_number: String,
    #[serde(default)]
    pub voice_url: Option<String>,
    #[serde(default)]
    pub voice_method: Option<String>,
    #[serde(default)]
    pub voice_fallback_url: Option<String>,
    #[serde(default)]
    pub voice_fallback_method: Option<String>,
    #[serde(default)]
    pub status_callback: Option<String>,
    #[serde(default)]
    pub status_callback_method: Option<String>,
    #[serde(default)]
    pub sms_url: Option<String>,
    #[serde(default)]
    pub sms_method: Option<String>,
    /// An application that has its texts.
    #[serde(default)]
    pub sms_application_sid: Option<String>,
    #[serde(default)]
    pub voice_application_sid: Option<String>,
    #[serde(default)]
    pub trunk_sid: Option<String>,
    #[serde(default)]
    pub voice_receive_mode: Option<String>,
}

/// Where a number's calls are to be sent: `https://host[:port]` and our paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Webhooks {
    pub voice: String,
    pub fallback: String,
    pub status: String,
    pub sms: String,
}

/// A field that is not as it should be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldChange {
    /// As an update names it: `VoiceUrl`.
    pub name: &'static str,
    /// Empty: not set.
    pub was: String,
    pub becomes: String,
}

/// Why the webhooks of a number are not ours to set: Twilio would ignore them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeftAlone {
    /// Its calls go to a SIP trunk.
    Trunk(String),
    /// Its calls go to a TwiML application.
    Application(String),
    /// It receives faxes.
    Fax,
}

impl Webhooks {
    /// `public` is scheme, host and port without a slash at the end.
    pub fn at(public: &str) -> Self {
        Self {
            voice: format!("{public}/voice"),
            fallback: format!("{public}/voice/fallback"),
            status: format!("{public}/voice/status"),
            sms: format!("{public}/sms"),
        }
    }
}

impl IncomingNumber {
    /// Is something else in charge of its calls?
    pub fn left_alone(&self) -> Option<LeftAlone> {
        let set = |sid: &Option<String>| sid.clone().filter(|sid| !sid.is_empty());
        set(&self.trunk_sid)
            .map(LeftAlone::Trunk)
            .or_else(|| set(&self.voice_application_sid).map(LeftAlone::Application))
            .or_else(|| {
                (self.voice_receive_mode.as_deref() == Some("fax")).then_some(LeftAlone::Fax)
            })
    }

    /// What an update must say so that its calls reach `wanted`; empty: nothing. A method counts only beside the address
    /// that it belongs to. Where its texts go is set for a restaurant that uses `texts`, unless an application has them.
    pub fn changes(&self, wanted: &Webhooks, texts: bool) -> Vec<FieldChange> {
        let rows = [
            ("VoiceUrl", &self.voice_url, wanted.voice.as_str()),
            ("VoiceMethod", &self.voice_method, "POST"),
            (
                "VoiceFallbackUrl",
                &self.voice_fallback_url,
                wanted.fallback.as_str(),
            ),
            ("VoiceFallbackMethod", &self.voice_fallback_method, "POST"),
            (
                "StatusCallback",
                &self.status_callback,
                wanted.status.as_str(),
            ),
            ("StatusCallbackMethod", &self.status_callback_method, "POST"),
            ("SmsUrl", &self.sms_url, wanted.sms.as_str()),
            ("SmsMethod", &self.sms_method, "POST"),
        ];
        let elsewhere = self.sms_application_sid.as_deref();
        let texts = texts && elsewhere.is_none_or(str::is_empty);
        let bin = self.voice_fallback_url.as_deref();
        let keeps_fallback = bin.is_some_and(|url| url.starts_with(TWIML_BINS));
        rows.into_iter()
            .filter(|(name, ..)| !(keeps_fallback && name.starts_with("VoiceFallback")))
            .filter(|(name, ..)| texts || !name.starts_with("Sms"))
            .filter(|(_, is, wanted)| is.as_deref() != Some(wanted))
            .map(|(name, is, wanted)| FieldChange {
                name,
                was: is.clone().unwrap_or_default(),
                becomes: wanted.to_owned(),
            })
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn right() -> IncomingNumber {
        serde_json::from_value(serde_json::json!({
            "sid": "PN1", "phone_number": "+15551234567", "friendly_name": "line", "trunk_sid": null,
            "voice_application_sid": "", "voice_receive_mode": "voice",
            "voice_url": "https://v.example.com/voice", "voice_method": "POST",
            "voice_fallback_url": "https://v.example.com/voice/fallback", "voice_fallback_method": "POST",
            "status_callback": "https://v.example.com/voice/status", "status_callback_method": "POST",
        }))
        .unwrap()
    }

    #[test]
    fn only_what_differs_is_changed() {
        let wanted = Webhooks::at("https://v.example.com");
        assert_eq!(right().changes(&wanted, false), []);
        let texts: Vec<(&str, String)> = right()
            .changes(&wanted, true)
            .into_iter()
            .map(|change| (change.name, change.becomes))
            .collect();
        let sms = "https://v.example.com/sms".to_owned();
        assert_eq!(texts, [("SmsUrl", sms), ("SmsMethod", "POST".to_owned())]);
        let application = IncomingNumber {
            sms_application_sid: Some("AP1".to_owned()),
            ..right()
        };
        assert_eq!(application.changes(&wanted, true), []);
        let old = IncomingNumber {
            voice_url: Some("https://old.example.com/voice".to_owned()),
            status_callback_method: Some("GET".to_owned()),
            voice_fallback_url: None,
            ..right()
        };
        let names: Vec<&str> = old.changes(&wanted, false).iter().map(|c| c.name).collect();
        assert_eq!(
            names,
            ["VoiceUrl", "VoiceFallbackUrl", "StatusCallbackMethod"]
        );
    }

    #[test]
    fn a_twiml_bin_stays_the_fallback() {
        let number = IncomingNumber {
            voice_fallback_url: Some("https://handler.twilio.com/twiml/EH1".to_owned()),
            voice_fallback_method: Some("GET".to_owned()),
            ..right()
        };
        assert_eq!(
            number.changes(&Webhooks::at("https://v.example.com"), false),
            []
        );
    }

    #[test]
    fn a_number_on_a_trunk_an_application_or_a_fax_is_left_alone() {
        assert_eq!(right().left_alone(), None);
        let on = |sid: &str| Some(sid.to_owned());
        let trunk = IncomingNumber {
            trunk_sid: on("TK1"),
            ..right()
        };
        assert_eq!(trunk.left_alone(), Some(LeftAlone::Trunk("TK1".to_owned())));
        let application = IncomingNumber {
            voice_application_sid: on("AP1"),
            ..right()
        };
        assert_eq!(
            application.left_alone(),
            Some(LeftAlone::Application("AP1".to_owned()))
        );
        let fax = IncomingNumber {
            voice_receive_mode: on("fax"),
            ..right()
        };
        assert_eq!(fax.left_alone(), Some(LeftAlone::Fax));
    }

    #[test]
    fn a_page_without_a_next_one_is_the_last() {
        for text in [
            r#"{"incoming_phone_numbers":[],"next_page_uri":null,"page":0}"#,
            r#"{"incoming_phone_numbers":[]}"#,
        ] {
            let page: NumberPage = serde_json::from_str(text).unwrap();
            assert_eq!(page.next_page_uri, None);
        }
    }
}
