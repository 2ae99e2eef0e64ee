//! Values of a file in messages: enough to recognise them, never a whole document. A file may be a secret that was linked or
//! copied into the folder by mistake, and messages go to logs, chats and bug reports.

/// Most characters of a value that a message shows.
pub(super) const MAX_QUOTED: usize = 40;

/// Most characters of a message or its help.
const MAX_MESSAGE: usize = 400;

/// A text in quotes, cut where it is long.
pub(super) fn short(text: &str) -> String {
    format!("\"{}\"", cut(text, MAX_QUOTED))
}

/// At most `most` characters, with an ellipsis where some are missing.
pub(super) fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// A message whose quoted values and unbroken words are cut, whoever wrote it: serde quotes whole values.
pub(super) fn bounded(message: &str) -> String {
    let mut out = String::with_capacity(message.len().min(MAX_MESSAGE));
    let mut quoted = false;
    let (mut run, mut skipping) = (0, false);
    for letter in message.chars().take(MAX_MESSAGE * 4) {
        let ends = letter == '"' || (!quoted && letter.is_whitespace());
        if ends {
            (run, skipping) = (0, false);
            quoted ^= letter == '"';
        } else {
            run += 1;
            if run > MAX_QUOTED {
                if !skipping {
                    out.push('…');
                }
                skipping = true;
                continue;
            }
        }
        out.push(letter);
    }
    cut(&out, MAX_MESSAGE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_value_is_shown_beyond_forty_characters() {
        let secret = "0123456789abcdef".repeat(4);
        for message in [
            format!("expected keys and values, got \"{secret}\""),
            format!("invalid type: string \"{secret}\", expected a map"),
            format!("the number {secret} is not plainly written"),
            format!("no end: \"{secret}"),
            secret.clone(),
        ] {
            let told = bounded(&message);
            assert!(
                told.contains(&secret[..40]) && !told.contains(&secret[..41]),
                "{told}"
            );
        }
        let short = "expected one of a, b, \"c\", got \"d e\"";
        assert_eq!(bounded(short), short);
        assert!(bounded(&"word ".repeat(1000)).chars().count() <= MAX_MESSAGE + 1);
        assert_eq!(
            bounded(&bounded(&format!("\"{secret}\""))),
            bounded(&format!("\"{secret}\""))
        );
    }
}
