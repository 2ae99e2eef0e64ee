//! Characters that look like a space and are none to YAML: pasted from web pages and word processors, and invisible.

use super::quote::short;

/// Blanks YAML takes for letters, and characters that show as nothing at all, with their Unicode names.
const LOOKALIKES: &[(char, &str)] = &[
    ('\u{a0}', "no-break space"),
    ('\u{ad}', "soft hyphen"),
    ('\u{1680}', "ogham space mark"),
    ('\u{180e}', "mongolian vowel separator"),
    ('\u{2000}', "en quad"),
    ('\u{2001}', "em quad"),
    ('\u{2002}', "en space"),
    ('\u{2003}', "em space"),
    ('\u{2004}', "three-per-em space"),
    ('\u{2005}', "four-per-em space"),
    ('\u{2006}', "six-per-em space"),
    ('\u{2007}', "figure space"),
    ('\u{2008}', "punctuation space"),
    ('\u{2009}', "thin space"),
    ('\u{200a}', "hair space"),
    ('\u{200b}', "zero width space"),
    ('\u{200c}', "zero width non-joiner"),
    ('\u{200d}', "zero width joiner"),
    ('\u{202f}', "narrow no-break space"),
    ('\u{205f}', "medium mathematical space"),
    ('\u{2060}', "word joiner"),
    ('\u{3000}', "ideographic space"),
    ('\u{feff}', "byte order mark"),
];

/// What to do about every one of them.
pub(super) const REMEDY: &str =
    "it was pasted from a web page or a word processor: type plain spaces";

/// `a no-break space (U+00A0)`, if the character is one of them.
pub(super) fn named(letter: char) -> Option<String> {
    let (_, name) = LOOKALIKES.iter().find(|(blank, _)| *blank == letter)?;
    let article = if name.starts_with(['a', 'e', 'i', 'o']) {
        "an"
    } else {
        "a"
    };
    Some(format!("{article} {name} (U+{:04X})", u32::from(letter)))
}

/// The first of them in a text, by its byte, and what it is.
pub(super) fn first_in(text: &str) -> Option<(usize, String)> {
    text.char_indices()
        .find_map(|(at, letter)| Some((at, named(letter)?)))
}

/// One of them where YAML needs a plain space: at the beginning of the line, or behind a colon or a dash. Its byte in the
/// line, and what to say.
pub(super) fn instead_of_space(line: &str) -> Option<(usize, String)> {
    let indent = line.len() - line.trim_start_matches(is_blank).len();
    if let Some((at, name)) = first_in(&line[..indent]) {
        return Some((at, format!("the line begins with {name}")));
    }
    if let Some(at) = line[..indent].find('\t') {
        return Some((at, "the line begins with a tab".to_owned()));
    }
    let mut before = None;
    for (at, letter) in line.char_indices() {
        if matches!(before, Some(':' | '-' | ','))
            && let Some(name) = named(letter)
        {
            let key = short(line[..at].trim());
            return Some((at, format!("{name} stands behind {key}")));
        }
        before = Some(letter);
    }
    None
}

fn is_blank(letter: char) -> bool {
    letter == ' ' || letter == '\t' || named(letter).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_blank_that_yaml_takes_for_a_letter_is_named() {
        for letter in ('\u{80}'..='\u{ffff}').filter(|letter| letter.is_whitespace()) {
            // Line ends are told apart by everybody.
            let line_end = matches!(letter, '\u{85}' | '\u{2028}' | '\u{2029}');
            assert_eq!(
                named(letter).is_some(),
                !line_end,
                "U+{:04X}",
                u32::from(letter)
            );
        }
        assert_eq!(named(' '), None);
        assert_eq!(named('\u{2003}').unwrap(), "an em space (U+2003)");
    }

    #[test]
    fn only_where_a_plain_space_belongs_is_it_in_the_way() {
        let said = |line| instead_of_space(line).map(|(at, said)| format!("{at} {said}"));
        assert_eq!(
            said("  \u{a0} name: Soup").unwrap(),
            "2 the line begins with a no-break space (U+00A0)"
        );
        assert_eq!(
            said("price:\u{a0} 4.50").unwrap(),
            "6 a no-break space (U+00A0) stands behind \"price:\""
        );
        assert_eq!(
            said("\tname: Soup").unwrap(),
            "0 the line begins with a tab"
        );
        assert_eq!(said("name: Taco\u{a0}Supreme"), None, "text may have one");
        assert_eq!(said("name: Soup"), None);
    }
}
