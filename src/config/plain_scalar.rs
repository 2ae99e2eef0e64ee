//! What a plain (unquoted) YAML scalar is: the rules of serde_yaml, which the long way of reading a file follows.
//! `event_reader_tests` compares the two.

/// A plain scalar, as the schema and the types see it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Plain {
    Null,
    Bool(bool),
    /// A whole number, `10.0` too.
    Whole(u64),
    Negative(i64),
    Float(f64),
    Text,
}

/// `None` for a number that no 64 bits hold: the long way says what it thinks of it.
pub(super) fn resolve(text: &str) -> Option<Plain> {
    let Some(first) = text.bytes().next() else {
        return Some(Plain::Null);
    };
    Some(match text {
        "null" | "Null" | "NULL" | "~" => Plain::Null,
        "true" | "True" | "TRUE" => Plain::Bool(true),
        "false" | "False" | "FALSE" => Plain::Bool(false),
        _ if !matches!(first, b'0'..=b'9' | b'+' | b'-' | b'.') => Plain::Text,
        _ => return number(text),
    })
}

fn number(text: &str) -> Option<Plain> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if unsigned.is_empty() || unsigned.starts_with(['+', '-']) {
        return Some(Plain::Text);
    }
    let negative = text.starts_with('-');
    if unsigned.bytes().all(|b| b.is_ascii_digit()) {
        return match (unsigned.len() > 1 && unsigned.starts_with('0'), negative) {
            // `011` is no number (YAML 1.2, 10.2.1.2).
            (true, _) => Some(Plain::Text),
            (false, false) => unsigned.parse().ok().map(Plain::Whole),
            (false, true) => text.parse().ok().map(signed),
        };
    }
    let number = text.strip_prefix('+').unwrap_or(text).parse::<f64>();
    Some(match number {
        Ok(float) if !float.is_finite() => Plain::Text,
        Ok(float) if float.fract() == 0.0 && float.abs() < 1e15 => signed(float as i64),
        Ok(float) => Plain::Float(float),
        Err(_) => Plain::Text,
    })
}

/// `-0` is 0.
fn signed(number: i64) -> Plain {
    u64::try_from(number).map_or(Plain::Negative(number), Plain::Whole)
}
