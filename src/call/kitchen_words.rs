//! What a kitchen writes in a text message: "86 salmon", "salmon back", "busy 45", "pause". Pure: words in, meaning out.

use crate::words::tokens;

/// Longest text that is read, bytes. A longer one is no order of a kitchen's.
const LONGEST: usize = 400;
/// Things named in one text.
const MOST: usize = 20;

/// What a text says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KitchenWord {
    /// These are sold out, by the names as written.
    SoldOut(Vec<String>),
    /// These are sold again.
    Back(Vec<String>),
    /// What is sold out?
    List,
    /// It takes so many minutes.
    Busy(u32),
    /// No orders; for so many minutes, or until somebody says otherwise.
    Pause(Option<u32>),
    /// As the file says again.
    Normal,
}

/// What stands before the name of what is gone.
const OUT_BEFORE: &[&str] = &[
    "86",
    "eighty six",
    "sold out of",
    "sold out",
    "we are out of",
    "were out of",
    "out of",
    "no more",
];
/// What stands behind it.
const OUT_BEHIND: &[&str] = &[
    "86",
    "is sold out",
    "are sold out",
    "sold out",
    "is out",
    "are out",
    "is gone",
    "are gone",
    "out",
];
const BACK_BEFORE: &[&str] = &["un 86", "unsold out", "back in stock", "back"];
const BACK_BEHIND: &[&str] = &[
    "is back on",
    "are back on",
    "back on",
    "back in stock",
    "is back",
    "are back",
    "back",
];
const LIST: &[&str] = &[
    "86",
    "86 list",
    "list",
    "list 86",
    "status",
    "whats out",
    "what is out",
    "whats 86",
];
const NORMAL: &[&str] = &[
    "normal",
    "resume",
    "resume orders",
    "unpause",
    "not busy",
    "open again",
    "back to normal",
];
const BUSY: &[&str] = &["we are busy", "were busy", "busy"];
const PAUSE: &[&str] = &["pause orders", "pause", "no orders"];

/// Reads a text; `None`: it says nothing that is known here.
pub fn kitchen_word(text: &str) -> Option<KitchenWord> {
    if text.len() > LONGEST {
        return None;
    }
    let plain = plain(text);
    let plain = without_please(&plain);
    if LIST.contains(&plain) {
        return Some(KitchenWord::List);
    }
    if NORMAL.contains(&plain) {
        return Some(KitchenWord::Normal);
    }
    if let Some(rest) = behind(plain, BUSY) {
        return minutes(rest).map(KitchenWord::Busy);
    }
    if let Some(rest) = behind(plain, PAUSE) {
        return match rest {
            "" => Some(KitchenWord::Pause(None)),
            rest => minutes(rest).map(|minutes| KitchenWord::Pause(Some(minutes))),
        };
    }
    let out = marked(text, OUT_BEFORE, OUT_BEHIND);
    let back = marked(text, BACK_BEFORE, BACK_BEHIND);
    match (out, back) {
        // "86 salmon back" says both.
        (Some(_), Some(_)) | (None, None) => None,
        (Some(names), None) => Some(KitchenWord::SoldOut(names)),
        (None, Some(names)) => Some(KitchenWord::Back(names)),
    }
}

fn plain(text: &str) -> String {
    let words: Vec<String> = tokens(text).into_iter().map(|token| token.text).collect();
    words.join(" ")
}

fn without_please(plain: &str) -> &str {
    plain.strip_suffix(" please").unwrap_or(plain)
}

/// The rest behind one of these beginnings.
fn behind<'t>(plain: &'t str, beginnings: &[&str]) -> Option<&'t str> {
    let mut found = beginnings.iter().filter_map(|begin| {
        let rest = plain.strip_prefix(begin)?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| rest.trim())
    });
    found.next()
}

/// The rest before one of these endings.
fn before<'t>(plain: &'t str, endings: &[&str]) -> Option<&'t str> {
    let mut found = endings.iter().filter_map(|end| {
        let rest = plain.strip_suffix(end)?;
        (rest.is_empty() || rest.ends_with(' ')).then(|| rest.trim())
    });
    found.next()
}

/// The names in a text that begins or ends in one of these: "86 salmon, tuna and cod".
fn marked(text: &str, beginnings: &[&str], endings: &[&str]) -> Option<Vec<String>> {
    let mut names: Vec<String> = text
        .split([',', ';', '\n', '\r'])
        .map(plain)
        .filter(|part| !part.is_empty())
        .collect();
    let first = names.first()?.clone();
    let last = without_please(names.last()?).to_owned();
    *names.last_mut()? = last.clone();
    let first = if names.len() == 1 {
        last.clone()
    } else {
        first
    };
    if let Some(rest) = behind(&first, beginnings) {
        names[0] = rest.to_owned();
    } else if let Some(rest) = before(&last, endings) {
        let at = names.len() - 1;
        names[at] = rest.to_owned();
    } else {
        return None;
    }
    names.retain(|name| !name.is_empty());
    (!names.is_empty() && names.len() <= MOST).then_some(names)
}

/// "45", "45 minutes", "45 min".
fn minutes(rest: &str) -> Option<u32> {
    let number = rest.split(' ').next()?.parse().ok();
    let unit = rest.split(' ').nth(1);
    let fits = matches!(
        unit,
        None | Some("minutes" | "minute" | "mins" | "min" | "m")
    );
    number.filter(|minutes| fits && (1..=1440).contains(minutes))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sold(names: &[&str]) -> Option<KitchenWord> {
        let names = names.iter().map(|name| (*name).to_owned());
        Some(KitchenWord::SoldOut(names.collect()))
    }

    fn back(names: &[&str]) -> Option<KitchenWord> {
        let names = names.iter().map(|name| (*name).to_owned());
        Some(KitchenWord::Back(names.collect()))
    }

    #[test]
    fn a_text_says_what_is_out_what_is_back_and_how_busy_it_is() {
        for (text, said) in [
            ("86 salmon", sold(&["salmon"])),
            ("86 Salmon!", sold(&["salmon"])),
            ("  86\u{a0}salmon please", sold(&["salmon"])),
            ("salmon 86", sold(&["salmon"])),
            ("Out of salmon", sold(&["salmon"])),
            ("no more fish and chips", sold(&["fish and chips"])),
            ("the salmon is out", sold(&["the salmon"])),
            ("86 salmon, tuna; Cod", sold(&["salmon", "tuna", "cod"])),
            ("salmon back", back(&["salmon"])),
            ("salmon is back", back(&["salmon"])),
            ("back salmon", back(&["salmon"])),
            ("un86 salmon", back(&["salmon"])),
            ("86", Some(KitchenWord::List)),
            ("86?", Some(KitchenWord::List)),
            ("What's out?", Some(KitchenWord::List)),
            ("busy 45", Some(KitchenWord::Busy(45))),
            ("We're busy, 45 min", Some(KitchenWord::Busy(45))),
            ("pause", Some(KitchenWord::Pause(None))),
            ("pause 30", Some(KitchenWord::Pause(Some(30)))),
            ("normal", Some(KitchenWord::Normal)),
            ("busy", None),
            ("busy 0", None),
            ("busy 45 years", None),
            ("86 salmon back", None),
            ("hello", None),
            ("86 ,", Some(KitchenWord::List)),
            ("back", None),
            ("", None),
            ("\u{0}\u{1b}[2J", None),
        ] {
            assert_eq!(kitchen_word(text), said, "{text:?}");
        }
        assert_eq!(kitchen_word(&format!("86 {}", "a".repeat(400))), None);
        assert_eq!(kitchen_word(&format!("86 {}", "a,".repeat(30))), None);
    }
}
