//! ` #` in the middle of a line: YAML takes the rest for a comment. `name: Combo #3` is called "Combo".
//!
//! A comment is usually written `# like this`; a sign with a letter or a figure right behind it was meant as text.

use std::collections::HashMap;

use super::super::position;
use super::super::{Code, MAX_PROBLEMS, Problem};

/// A `#` that begins a comment and does not look like one.
#[derive(Clone, Copy)]
struct Sign {
    /// Where the blanks before it begin and where it stands, in characters from 0.
    from: usize,
    at: usize,
}

/// Plain text values that a comment cuts off.
pub(super) fn comments(text: &str) -> Vec<Problem> {
    let signs = signs(text);
    if signs.is_empty() {
        return Vec::new();
    }
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    position::values(text, |pointer, span| {
        let line = span.end.line();
        let Some(sign) = signs.get(&line).filter(|_| found.len() <= MAX_PROBLEMS) else {
            return;
        };
        // The parser's end of a plain value may or may not include the blanks behind it.
        if !(sign.from..=sign.at).contains(&span.end.col()) || span.start.line() != line {
            return;
        }
        let value: String = lines[line - 1]
            .chars()
            .skip(span.start.col())
            .take(sign.from - span.start.col().min(sign.from))
            .collect();
        if value.is_empty()
            || value.starts_with(['"', '\'', '[', '{', '|', '>'])
            || is_figure(&value)
        {
            return;
        }
        let cut: String = lines[line - 1].chars().skip(sign.at).collect();
        let message = format!(
            "YAML takes \"{}\" for a comment: the text is only \"{value}\"",
            cut.trim_end()
        );
        let start = position::byte_range(text, &span).start;
        found.push(
            Problem::new(Code::WarnComment, pointer, message)
                .with_help(format!("quote it: \"{value} {}\"", cut.trim_end()))
                .placed(
                    line as u32,
                    span.start.col() as u32 + 1,
                    start..start + value.len(),
                ),
        );
    });
    found
}

/// By line (from 1), the first sign of the line.
fn signs(text: &str) -> HashMap<usize, Sign> {
    let mut signs = HashMap::new();
    if !text.contains(" #") {
        return signs;
    }
    for (number, line) in (1..).zip(text.lines()) {
        if line.trim_start().starts_with('#') {
            continue;
        }
        let Some(byte) = line.find(" #") else {
            continue;
        };
        let after = line[byte + 2..].chars().next();
        if after.is_some_and(char::is_alphanumeric) {
            let before = line[..byte].trim_end().chars().count();
            let at = line[..=byte].chars().count();
            signs.insert(number, Sign { from: before, at });
        }
    }
    signs
}

/// A number or a yes: nobody meant the comment as part of it.
fn is_figure(value: &str) -> bool {
    value.parse::<f64>().is_ok() || matches!(value, "true" | "false" | "null" | "~")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_cut_off_is_found_with_its_place() {
        let text =
            "id: a\nname: Zoë's #1 Pizza\nmenu:\n  - name: Combo #3  # big\n    price: 4 #was 5\n";
        let found = comments(text);
        let places: Vec<_> = found
            .iter()
            .map(|p| (p.line, p.column, p.pointer.as_str(), &text[p.span.clone()]))
            .collect();
        assert_eq!(
            places,
            vec![(2, 7, "/name", "Zoë's"), (4, 11, "/menu/0/name", "Combo")]
        );
        assert!(
            found[0].message.contains("#1 Pizza"),
            "{}",
            found[0].message
        );
    }

    #[test]
    fn comments_that_look_like_comments_are_left_alone() {
        for text in [
            "name: A # the first\n",
            "name: A   #\n",
            "name: \"Combo #3\"\n",
            "name: 'Combo #3' #x\n",
            "name: Combo#3\n",
            "# name: Combo #3\nname: A\n",
            "list: [a, b] #todo\n",
            "price: 4.50 #todo\n",
            "handoff: \"+15550100\" #mine\n",
        ] {
            assert_eq!(comments(text).len(), 0, "{text}");
        }
    }
}
