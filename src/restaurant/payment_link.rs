//! The address at which a caller pays for an order: a template of the file's, filled with nothing but the order's own values.

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};

/// What may stand in braces.
pub const PLACEHOLDERS: &[&str] = &["order", "number", "total", "currency", "restaurant"];

/// An https address with `{order}` and the like in its path or query.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct PaymentLink(String);

impl PaymentLink {
    /// # Errors
    /// What is wrong with it, as a fragment for who wrote it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let Some(behind) = text.strip_prefix("https://") else {
            return Err("expected an address that begins with https://".to_owned());
        };
        let printable = |c: char| {
            c.is_ascii_graphic() && !matches!(c, '"' | '<' | '>' | '\\' | '^' | '`' | '|')
        };
        if !text.chars().all(printable) {
            return Err("an address has no blanks, quotes or letters beyond ASCII".to_owned());
        }
        let host = behind.split(['/', '?', '#']).next().unwrap_or_default();
        let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':');
        if host.is_empty() || !host.chars().all(name) {
            return Err("expected a host such as pay.example.com behind https://, without names, passwords or braces".to_owned());
        }
        let mut rest = text;
        while let Some(at) = rest.find(['{', '}']) {
            let inside = rest[at..]
                .strip_prefix('{')
                .and_then(|rest| rest.split_once('}'));
            let Some((name, after)) = inside else {
                return Err("a brace without its other one".to_owned());
            };
            if !PLACEHOLDERS.contains(&name) {
                let known: Vec<String> = PLACEHOLDERS
                    .iter()
                    .map(|name| format!("{{{name}}}"))
                    .collect();
                return Err(format!(
                    "nothing fills in {{{name}}}; known here: {}",
                    known.join(", ")
                ));
            }
            rest = after;
        }
        Ok(Self(text.to_owned()))
    }

    /// As the file has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The link of one order: `value` gives what stands for each of [`PLACEHOLDERS`]; it is percent-encoded.
    pub fn of(&self, value: impl Fn(&str) -> String) -> String {
        let mut link = String::new();
        let mut rest = self.0.as_str();
        while let Some((before, behind)) = rest.split_once('{') {
            link.push_str(before);
            let Some((name, after)) = behind.split_once('}') else {
                return link;
            };
            for byte in value(name).bytes() {
                match byte {
                    b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                        link.push(char::from(byte));
                    }
                    _ => {
                        let _ = write!(link, "%{byte:02X}"); // writing into a String cannot fail
                    }
                }
            }
            rest = after;
        }
        link.push_str(rest);
        link
    }
}

impl TryFrom<String> for PaymentLink {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::parse(&text)
    }
}

impl From<PaymentLink> for String {
    fn from(link: PaymentLink) -> Self {
        link.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_is_filled_with_encoded_values() {
        let link = PaymentLink::parse("https://pay.example.com/{restaurant}/{order}?sum={total}#x")
            .unwrap();
        let value = |name: &str| match name {
            "restaurant" => "a b/../?é".to_owned(),
            "order" => "0193".to_owned(),
            _ => "9.80".to_owned(),
        };
        assert_eq!(
            link.of(value),
            "https://pay.example.com/a%20b%2F..%2F%3F%C3%A9/0193?sum=9.80#x"
        );
    }

    #[test]
    fn what_is_no_https_address_or_wants_other_values_is_refused() {
        for bad in [
            "",
            "pay.example.com/{order}",
            "http://pay.example.com/{order}",
            "javascript:alert(1)",
            "https://",
            "https:///{order}",
            "https://{order}.example.com/",
            "https://u:p@pay.example.com/{order}",
            "https://pay.example.com/{name}",
            "https://pay.example.com/{phone}",
            "https://pay.example.com/{order",
            "https://pay.example.com/order}",
            "https://pay.example.com/{{order}}",
            "https://pay.example.com/a b",
            "https://pay.example.com/\n{order}",
        ] {
            assert!(PaymentLink::parse(bad).is_err(), "{bad}");
        }
    }
}
