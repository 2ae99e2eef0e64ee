//! TwiML: the little XML that tells Twilio what to do next. Only the verbs we use.
//!
//! [`response`] writes any list of [`Verb`]s; the functions below it are the answers the server gives. Element and
//! attribute names are case-sensitive at Twilio's end. Golden files: `tests/golden/twiml`.

/// Longest `<Parameter>`: name and value together, in characters, must stay below this (Twilio's `<Stream>` page).
pub const PARAMETER_LIMIT: usize = 500;

/// One instruction.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Speak a text with Twilio's own voice: only where our speech cannot (refusals, apologies).
    Say {
        text: String,
        /// BCP 47, such as `en-US`.
        language: Option<String>,
    },
    /// Connect the caller's sound to our media socket. Blocks until we close it, then Twilio asks `action`.
    ConnectStream {
        /// `wss://…`, without a query: Twilio drops it.
        url: String,
        /// Asked, by POST, when the stream has ended. Without it the next verb runs.
        action: Option<String>,
        /// Handed over in `start.customParameters`; each below [`PARAMETER_LIMIT`].
        parameters: Vec<(String, String)>,
    },
    /// Ring another telephone and join it to the caller.
    Dial {
        number: String,
        /// Asked, by POST with `DialCallStatus`, when the dialled leg has ended.
        action: Option<String>,
        /// Seconds to let it ring (Twilio's default is 30).
        timeout_s: Option<u32>,
        /// TwiML that the person who answers hears before the two are joined.
        whisper: Option<String>,
    },
    /// Speak a text and wait for one key; `action` is asked, by POST with `Digits`, when it came. The next verb runs when none
    /// did.
    GatherKey {
        text: String,
        language: String,
        /// Absolute or a path; without it Twilio would ask the present document again.
        action: String,
        /// Seconds of silence behind the text.
        timeout_s: u32,
    },
    /// The same for any number of keys, up to `#`.
    GatherKeys {
        text: String,
        language: String,
        action: String,
        timeout_s: u32,
    },
    /// Go on with the TwiML at this URL, asked by POST.
    Redirect { url: String },
    /// End the call.
    Hangup,
    /// Answer a text message with another.
    Message { text: String },
}

/// The verbs as one TwiML document.
pub fn response(verbs: &[Verb]) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    if verbs.is_empty() {
        xml.push_str("<Response/>\n");
        return xml;
    }
    xml.push_str("<Response>\n");
    for verb in verbs {
        write_verb(&mut xml, verb);
    }
    xml.push_str("</Response>\n");
    xml
}

/// Connect the caller to the media socket; nothing stands behind it, so `action` alone decides what follows.
pub fn connect_stream(url: &str, action: &str, parameters: &[(String, String)]) -> String {
    response(&[stream_verb(url, action, parameters)])
}

/// An apology, then the media socket once more.
pub fn say_then_connect_stream(
    text: &str,
    language: &str,
    url: &str,
    action: &str,
    parameters: &[(String, String)],
) -> String {
    response(&[
        say_verb(text, language),
        stream_verb(url, action, parameters),
    ])
}

/// A spoken sentence, then the end of the call.
pub fn say_hangup(text: &str, language: &str) -> String {
    response(&[say_verb(text, language), Verb::Hangup])
}

/// The end of the call.
pub fn hangup() -> String {
    response(&[Verb::Hangup])
}

/// Nothing to do: the answer to status callbacks and to calls that are over.
pub fn empty() -> String {
    response(&[])
}

/// The answer to a text message.
pub fn message(text: &str) -> String {
    response(&[Verb::Message {
        text: text.to_owned(),
    }])
}

/// Ring a person for the caller.
pub fn dial(number: &str, action: &str, timeout_s: u32, whisper: &str) -> String {
    response(&[dial_verb(number, action, timeout_s, whisper)])
}

/// A spoken sentence alone.
pub fn say(text: &str, language: &str) -> String {
    response(&[say_verb(text, language)])
}

/// A spoken sentence, then ring a person for the caller.
pub fn say_then_dial(
    text: &str,
    language: &str,
    number: &str,
    action: &str,
    timeout_s: u32,
    whisper: &str,
) -> String {
    let dial = dial_verb(number, action, timeout_s, whisper);
    response(&[say_verb(text, language), dial])
}

/// A text and a wait for one key, both twice, then a last sentence and the end of the call.
pub fn gather_key(text: &str, last: &str, language: &str, action: &str, timeout_s: u32) -> String {
    let gather = Verb::GatherKey {
        text: text.to_owned(),
        language: language.to_owned(),
        action: action.to_owned(),
        timeout_s,
    };
    let last = say_verb(last, language);
    response(&[gather.clone(), gather, last, Verb::Hangup])
}

/// The same for keys up to `#`.
pub fn gather_keys(text: &str, last: &str, language: &str, action: &str, timeout_s: u32) -> String {
    let gather = Verb::GatherKeys {
        text: text.to_owned(),
        language: language.to_owned(),
        action: action.to_owned(),
        timeout_s,
    };
    let last = say_verb(last, language);
    response(&[gather.clone(), gather, last, Verb::Hangup])
}

/// Go on elsewhere.
pub fn redirect(url: &str) -> String {
    response(&[Verb::Redirect {
        url: url.to_owned(),
    }])
}

fn say_verb(text: &str, language: &str) -> Verb {
    Verb::Say {
        text: text.to_owned(),
        language: Some(language.to_owned()),
    }
}

fn stream_verb(url: &str, action: &str, parameters: &[(String, String)]) -> Verb {
    Verb::ConnectStream {
        url: url.to_owned(),
        action: Some(action.to_owned()),
        parameters: parameters.to_vec(),
    }
}

fn dial_verb(number: &str, action: &str, timeout_s: u32, whisper: &str) -> Verb {
    Verb::Dial {
        number: number.to_owned(),
        action: Some(action.to_owned()),
        timeout_s: Some(timeout_s),
        whisper: Some(whisper.to_owned()),
    }
}

fn write_verb(xml: &mut String, verb: &Verb) {
    match verb {
        Verb::Say { text, language } => {
            xml.push_str("  <Say");
            attribute(xml, "language", language.as_deref());
            xml.push('>');
            escape(xml, text);
            xml.push_str("</Say>\n");
        }
        Verb::ConnectStream {
            url,
            action,
            parameters,
        } => {
            xml.push_str("  <Connect");
            attribute(xml, "action", action.as_deref());
            xml.push_str(">\n    <Stream");
            attribute(xml, "url", Some(url));
            xml.push_str(">\n");
            for (name, value) in parameters {
                xml.push_str("      <Parameter");
                attribute(xml, "name", Some(name));
                attribute(xml, "value", Some(value));
                xml.push_str("/>\n");
            }
            xml.push_str("    </Stream>\n  </Connect>\n");
        }
        Verb::Dial {
            number,
            action,
            timeout_s,
            whisper,
        } => {
            xml.push_str("  <Dial");
            attribute(xml, "action", action.as_deref());
            attribute(xml, "timeout", timeout_s.map(|s| s.to_string()).as_deref());
            xml.push_str("><Number");
            attribute(xml, "url", whisper.as_deref());
            xml.push('>');
            escape(xml, number);
            xml.push_str("</Number></Dial>\n");
        }
        Verb::GatherKey {
            text,
            language,
            action,
            timeout_s,
        } => write_gather(
            xml,
            ("numDigits", "1"),
            text,
            language,
            (action, *timeout_s),
        ),
        Verb::GatherKeys {
            text,
            language,
            action,
            timeout_s,
        } => write_gather(
            xml,
            ("finishOnKey", "#"),
            text,
            language,
            (action, *timeout_s),
        ),
        Verb::Redirect { url } => {
            xml.push_str("  <Redirect>");
            escape(xml, url);
            xml.push_str("</Redirect>\n");
        }
        Verb::Hangup => xml.push_str("  <Hangup/>\n"),
        Verb::Message { text } => {
            xml.push_str("  <Message>");
            escape(xml, text);
            xml.push_str("</Message>\n");
        }
    }
}

fn write_gather(
    xml: &mut String,
    (end, value): (&str, &str),
    text: &str,
    language: &str,
    (action, timeout_s): (&str, u32),
) {
    xml.push_str("  <Gather input=\"dtmf\"");
    attribute(xml, end, Some(value));
    attribute(xml, "timeout", Some(&timeout_s.to_string()));
    attribute(xml, "action", Some(action));
    xml.push_str(">\n    <Say");
    attribute(xml, "language", Some(language));
    xml.push('>');
    escape(xml, text);
    xml.push_str("</Say>\n  </Gather>\n");
}

fn attribute(xml: &mut String, name: &str, value: Option<&str>) {
    if let Some(value) = value {
        xml.push(' ');
        xml.push_str(name);
        xml.push_str("=\"");
        escape(xml, value);
        xml.push('"');
    }
}

/// Escapes for both text and attributes. Characters XML 1.0 cannot hold become blanks; line ends and tabs become
/// references, because a reader would turn them into blanks inside an attribute.
fn escape(xml: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\'' => xml.push_str("&apos;"),
            '\n' => xml.push_str("&#10;"),
            '\r' => xml.push_str("&#13;"),
            '\t' => xml.push_str("&#9;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => xml.push(' '),
            plain => xml.push(plain),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parameters() -> Vec<(String, String)> {
        vec![
            ("token".to_owned(), "v1.abc-_".to_owned()),
            ("restaurant".to_owned(), "luna".to_owned()),
        ]
    }

    macro_rules! golden {
        ($name:literal, $document:expr) => {
            assert_eq!(
                $document,
                include_str!(concat!("../../tests/golden/twiml/", $name, ".xml")),
                "tests/golden/twiml/{}.xml",
                $name
            );
        };
    }

    #[test]
    fn each_answer_is_written_as_its_golden_file() {
        let media = "wss://voice.example.com/media";
        golden!(
            "connect_stream",
            connect_stream(media, "/voice/after", &parameters())
        );
        golden!(
            "say_then_connect_stream",
            say_then_connect_stream(
                "Sorry, we lost you for a moment.",
                "en-US",
                media,
                "/voice/after",
                &parameters()
            )
        );
        golden!(
            "say_hangup",
            say_hangup("We are closed. We open tomorrow at 11 AM.", "en-US")
        );
        golden!("hangup", hangup());
        golden!("empty", empty());
        let whisper = "/voice/whisper?restaurant=luna";
        golden!("dial", dial("+15557654321", "/voice/after", 25, whisper));
        golden!(
            "say_then_dial",
            say_then_dial(
                "One moment please.",
                "en-US",
                "+15557654321",
                "/voice/after",
                25,
                whisper
            )
        );
        golden!("message", message("Sold out until 10:00 PM: Fish & Chips."));
        golden!(
            "redirect",
            redirect("https://voice.example.com/voice?a=1&b=2")
        );
        golden!(
            "gather_key",
            gather_key(
                "Order twelve. Press 1 to accept.",
                "Goodbye.",
                "en-US",
                "/voice/kitchen/abc",
                8
            )
        );
        golden!(
            "escaped",
            say_hangup("Bella's \"Pizza\" & <Co> – è\u{1}\n", "en\"US")
        );
    }
}
