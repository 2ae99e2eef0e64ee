//! Reads TwiML as strictly as the phone can act on it: the verbs of [`Verb`], their documented attributes, nothing else.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use thiserror::Error;

use crate::twilio::twiml::{PARAMETER_LIMIT, Verb};

/// Why a document cannot be executed (Twilio: 12100, and the fallback URL or the end of the call).
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum TwimlError {
    #[error("not well-formed XML: {0}")]
    Xml(String),
    #[error("the root element is not <Response>")]
    Root,
    #[error("<{0}> has no place here")]
    Element(String),
    #[error("<{element}> has an attribute {attribute} that the phone does not know")]
    Attribute { element: String, attribute: String },
    #[error("<{0}> is incomplete")]
    Incomplete(&'static str),
    #[error("the parameter {0} is too long: name and value must stay below {PARAMETER_LIMIT}")]
    Parameter(String),
}

/// The verbs of a document, in order. An empty body is an empty document: there is nothing to do.
///
/// # Errors
/// See [`TwimlError`].
pub fn read(text: &str) -> Result<Vec<Verb>, TwimlError> {
    if text.trim().is_empty() {
        return Ok(Vec::new());
    }
    let root = parse(text)?;
    if root.name != "Response" {
        return Err(TwimlError::Root);
    }
    root.only(&[])?;
    root.children.iter().map(verb).collect()
}

/// An element with everything in it.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Element>,
    text: String,
}

impl Element {
    fn get(&self, name: &str) -> Option<String> {
        let found = self.attributes.iter().find(|(n, _)| n == name);
        found.map(|(_, value)| value.clone())
    }

    fn only(&self, known: &[&str]) -> Result<(), TwimlError> {
        let unknown = self
            .attributes
            .iter()
            .find(|(n, _)| !known.contains(&n.as_str()));
        match unknown {
            Some((attribute, _)) => Err(TwimlError::Attribute {
                element: self.name.clone(),
                attribute: attribute.clone(),
            }),
            None => Ok(()),
        }
    }

    fn childless(&self) -> Result<(), TwimlError> {
        match self.children.first() {
            Some(child) => Err(TwimlError::Element(child.name.clone())),
            None => Ok(()),
        }
    }
}

fn verb(element: &Element) -> Result<Verb, TwimlError> {
    match element.name.as_str() {
        "Say" => {
            element.only(&["language", "voice", "loop"])?;
            element.childless()?;
            Ok(Verb::Say {
                text: element.text.clone(),
                language: element.get("language"),
            })
        }
        "Hangup" => {
            element.only(&[])?;
            element.childless()?;
            Ok(Verb::Hangup)
        }
        "Redirect" => {
            element.only(&["method"])?;
            element.childless()?;
            Ok(Verb::Redirect {
                url: element.text.trim().to_owned(),
            })
        }
        "Connect" => connect(element),
        "Dial" => dial(element),
        other => Err(TwimlError::Element(other.to_owned())),
    }
}

fn connect(element: &Element) -> Result<Verb, TwimlError> {
    element.only(&["action", "method"])?;
    let [stream] = element.children.as_slice() else {
        return Err(TwimlError::Incomplete("Connect"));
    };
    if stream.name != "Stream" {
        return Err(TwimlError::Element(stream.name.clone()));
    }
    stream.only(&[
        "url",
        "name",
        "track",
        "statusCallback",
        "statusCallbackMethod",
    ])?;
    let parameters = stream
        .children
        .iter()
        .map(parameter)
        .collect::<Result<_, _>>()?;
    Ok(Verb::ConnectStream {
        url: stream.get("url").ok_or(TwimlError::Incomplete("Stream"))?,
        action: element.get("action"),
        parameters,
    })
}

fn parameter(element: &Element) -> Result<(String, String), TwimlError> {
    if element.name != "Parameter" {
        return Err(TwimlError::Element(element.name.clone()));
    }
    element.only(&["name", "value"])?;
    let (Some(name), Some(value)) = (element.get("name"), element.get("value")) else {
        return Err(TwimlError::Incomplete("Parameter"));
    };
    if name.chars().count() + value.chars().count() >= PARAMETER_LIMIT {
        return Err(TwimlError::Parameter(name));
    }
    Ok((name, value))
}

fn dial(element: &Element) -> Result<Verb, TwimlError> {
    element.only(&["action", "method", "timeout", "answerOnBridge", "callerId"])?;
    let (number, whisper) = match element.children.as_slice() {
        [] => (element.text.trim(), None),
        [number] if number.name == "Number" => {
            number.only(&["url", "method"])?;
            (number.text.trim(), number.get("url"))
        }
        [other, ..] => return Err(TwimlError::Element(other.name.clone())),
    };
    if number.is_empty() {
        return Err(TwimlError::Incomplete("Dial"));
    }
    Ok(Verb::Dial {
        number: number.to_owned(),
        action: element.get("action"),
        timeout_s: element.get("timeout").and_then(|s| s.parse().ok()),
        whisper,
    })
}

fn parse(text: &str) -> Result<Element, TwimlError> {
    let malformed = |error: &dyn std::fmt::Display| TwimlError::Xml(error.to_string());
    let mut reader = Reader::from_str(text);
    // The document itself is the bottom of the pile; its only child becomes the root.
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().map_err(|e| malformed(&e))? {
            Event::Start(tag) => open.push(element(&tag)?),
            Event::Empty(tag) => {
                let child = element(&tag)?;
                attach(&mut open, child)?;
            }
            Event::End(_) => {
                let child = open.pop().ok_or(TwimlError::Root)?;
                attach(&mut open, child)?;
            }
            Event::Text(piece) => {
                append(&mut open, &piece.decode().map_err(|e| malformed(&e))?);
            }
            Event::CData(piece) => {
                append(&mut open, &piece.decode().map_err(|e| malformed(&e))?);
            }
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().map_err(|e| malformed(&e))?;
                let name = reference.decode().map_err(|e| malformed(&e))?;
                match (
                    character,
                    quick_xml::escape::resolve_predefined_entity(&name),
                ) {
                    (Some(c), _) => append(&mut open, c.encode_utf8(&mut [0; 4])),
                    (None, Some(text)) => append(&mut open, text),
                    (None, None) => return Err(TwimlError::Xml(format!("unknown &{name};"))),
                }
            }
            Event::Decl(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => break,
        }
    }
    let mut document = open.pop().ok_or(TwimlError::Root)?;
    if !open.is_empty() {
        return Err(TwimlError::Xml("an element is not closed".to_owned()));
    }
    match (document.children.pop(), document.children.is_empty()) {
        (Some(root), true) if document.text.trim().is_empty() => Ok(root),
        _ => Err(TwimlError::Root),
    }
}

fn attach(open: &mut [Element], child: Element) -> Result<(), TwimlError> {
    let parent = open.last_mut().ok_or(TwimlError::Root)?;
    parent.children.push(child);
    Ok(())
}

fn append(open: &mut [Element], text: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(text);
    }
}

fn element(tag: &BytesStart<'_>) -> Result<Element, TwimlError> {
    let malformed = |error: &dyn std::fmt::Display| TwimlError::Xml(error.to_string());
    let word = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.map_err(|e| malformed(&e))?;
        let value = attribute
            .normalized_value(quick_xml::XmlVersion::Explicit1_0)
            .map_err(|e| malformed(&e))?;
        attributes.push((word(attribute.key.as_ref()), value.into_owned()));
    }
    Ok(Element {
        name: word(tag.name().as_ref()),
        attributes,
        ..Element::default()
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::twilio::twiml;

    fn refused(inside: &str) -> TwimlError {
        read(&format!("<Response>{inside}</Response>")).unwrap_err()
    }

    #[test]
    fn nothing_is_an_empty_document() {
        assert_eq!(read(""), Ok(vec![]));
        assert_eq!(read(&twiml::empty()), Ok(vec![]));
        assert_eq!(read("<Response></Response>"), Ok(vec![]));
    }

    #[test]
    fn what_twilio_would_not_execute_is_refused() {
        assert!(matches!(read("nonsense"), Err(TwimlError::Root)));
        assert!(matches!(
            read("<Response><Say></Response>"),
            Err(TwimlError::Xml(_))
        ));
        assert!(matches!(read("<Response>"), Err(TwimlError::Xml(_))));
        assert_eq!(read("<response/>"), Err(TwimlError::Root));
        assert_eq!(read("<Response/><Response/>"), Err(TwimlError::Root));
        assert_eq!(
            refused("<say>x</say>"),
            TwimlError::Element("say".to_owned())
        );
        assert!(matches!(
            refused("<Say lang=\"x\">x</Say>"),
            TwimlError::Attribute { .. }
        ));
        assert!(matches!(refused("<Say>&nbsp;</Say>"), TwimlError::Xml(_)));
        assert_eq!(refused("<Connect/>"), TwimlError::Incomplete("Connect"));
        assert_eq!(
            refused("<Connect><Stream/></Connect>"),
            TwimlError::Incomplete("Stream")
        );
        assert_eq!(refused("<Dial/>"), TwimlError::Incomplete("Dial"));
        let long = "x".repeat(PARAMETER_LIMIT);
        assert_eq!(
            refused(&format!(
                "<Connect><Stream url=\"wss://h/m\"><Parameter name=\"n\" value=\"{long}\"/></Stream></Connect>"
            )),
            TwimlError::Parameter("n".to_owned())
        );
    }

    #[test]
    fn a_dial_may_name_its_number_directly() {
        assert_eq!(
            read("<Response><Dial> +1555 </Dial></Response>"),
            Ok(vec![Verb::Dial {
                number: "+1555".to_owned(),
                action: None,
                timeout_s: None,
                whisper: None
            }])
        );
    }

    /// Text without control characters (XML cannot hold them; the writer blanks them).
    fn text() -> impl Strategy<Value = String> {
        "[^\\p{C}]{0,20}".prop_map(|text: String| format!("a{text}b"))
    }

    fn any_verb() -> impl Strategy<Value = Verb> {
        let action = || prop::option::of(text());
        prop_oneof![
            (text(), action()).prop_map(|(text, language)| Verb::Say { text, language }),
            Just(Verb::Hangup),
            text().prop_map(|url| Verb::Redirect { url }),
            (text(), action(), prop::option::of(any::<u32>()), action()).prop_map(
                |(number, action, timeout_s, whisper)| Verb::Dial {
                    number,
                    action,
                    timeout_s,
                    whisper
                }
            ),
            (
                text(),
                action(),
                prop::collection::vec((text(), text()), 0..4)
            )
                .prop_map(|(url, action, parameters)| Verb::ConnectStream {
                    url,
                    action,
                    parameters
                }),
        ]
    }

    proptest! {
        #[test]
        fn whatever_the_server_writes_the_phone_reads(verbs in prop::collection::vec(any_verb(), 0..5)) {
            prop_assert_eq!(read(&twiml::response(&verbs)), Ok(verbs));
        }

        #[test]
        fn any_text_is_read_or_refused_without_panic(text in ".{0,200}") {
            let _ = read(&text);
        }
    }
}
