//! Heard or written text as a row of plain lower-case words.

/// One word: lower case, no accents, no apostrophes (`I'd` -> `id`, `Lay's` -> `lays`), digits kept apart from letters
/// (`12oz` -> `12 oz`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    pub text: String,
    /// Punctuation stood before it: a recogniser heard a pause or the end of a sentence.
    pub after_break: bool,
}

/// A letter without its accent, lower case; ligatures become two letters.
pub fn fold(letter: char) -> &'static str {
    match letter {
        'à' | 'á' | 'â' | 'ã' | 'ä' | 'å' | 'À' | 'Á' | 'Â' | 'Ã' | 'Ä' | 'Å' => "a",
        'ç' | 'Ç' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'È' | 'É' | 'Ê' | 'Ë' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'Ì' | 'Í' | 'Î' | 'Ï' => "i",
        'ñ' | 'Ñ' => "n",
        'ò' | 'ó' | 'ô' | 'õ' | 'ö' | 'ø' | 'Ò' | 'Ó' | 'Ô' | 'Õ' | 'Ö' | 'Ø' => "o",
        'ù' | 'ú' | 'û' | 'ü' | 'Ù' | 'Ú' | 'Û' | 'Ü' => "u",
        'ý' | 'ÿ' | 'Ý' => "y",
        'œ' | 'Œ' => "oe",
        'æ' | 'Æ' => "ae",
        'ß' | 'ẞ' => "ss",
        _ => "",
    }
}

/// Splits text into words. `&` reads "and", `%` "percent", `+` "plus"; `12"` reads "12 inch"; `x2` splits into `x` and `2`.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut word = String::new();
    let mut after_break = false;
    let mut letters = text.chars().peekable();
    let flush = |word: &mut String, after_break: &mut bool, out: &mut Vec<Token>| {
        if !word.is_empty() {
            out.push(Token {
                text: std::mem::take(word),
                after_break: std::mem::take(after_break),
            });
        }
    };
    while let Some(letter) = letters.next() {
        let digit_before = word.ends_with(|c: char| c.is_ascii_digit());
        match letter {
            '\'' | '’' | '‘' | '`' => {}
            '.' | ',' | ':' if digit_before && letters.peek().is_some_and(char::is_ascii_digit) => {
                if letter != ',' {
                    word.push(letter);
                }
            }
            '"' | '”' if digit_before => {
                flush(&mut word, &mut after_break, &mut out);
                word.push_str("inch");
                flush(&mut word, &mut after_break, &mut out);
            }
            '&' | '%' | '+' => {
                flush(&mut word, &mut after_break, &mut out);
                word.push_str(match letter {
                    '&' => "and",
                    '%' => "percent",
                    _ => "plus",
                });
                flush(&mut word, &mut after_break, &mut out);
            }
            c if c.is_alphanumeric() => {
                let in_number = digit_before || word.ends_with(['.', ':']);
                let starts_new = !word.is_empty() && in_number != c.is_ascii_digit();
                if starts_new && !is_ordinal_suffix(&word, c, letters.peek().copied()) {
                    flush(&mut word, &mut after_break, &mut out);
                }
                match fold(c) {
                    "" => word.extend(c.to_lowercase()),
                    plain => word.push_str(plain),
                }
            }
            _ => {
                flush(&mut word, &mut after_break, &mut out);
                after_break |= matches!(letter, '.' | ',' | ';' | '?' | '!' | ':');
            }
        }
    }
    flush(&mut word, &mut after_break, &mut out);
    out
}

/// Keeps `2nd` and `1st` in one word.
fn is_ordinal_suffix(word: &str, first: char, second: Option<char>) -> bool {
    word.bytes().all(|b| b.is_ascii_digit())
        && matches!(
            (
                first.to_ascii_lowercase(),
                second.map(|c| c.to_ascii_lowercase())
            ),
            ('s', Some('t')) | ('n', Some('d')) | ('r', Some('d')) | ('t', Some('h'))
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).into_iter().map(|t| t.text).collect()
    }

    #[test]
    fn written_and_heard_forms_become_the_same_words() {
        assert_eq!(
            words("I'd like Mac & Cheese"),
            ["id", "like", "mac", "and", "cheese"]
        );
        assert_eq!(
            words("Jalapeño, crème brûlée"),
            ["jalapeno", "creme", "brulee"]
        );
        assert_eq!(
            words("12-inch 12\" 12oz 7-Up"),
            ["12", "inch", "12", "inch", "12", "oz", "7", "up"]
        );
        assert_eq!(words("$10.99 at 5:30"), ["10.99", "at", "5:30"]);
        assert_eq!(words("the 2nd one, x2"), ["the", "2nd", "one", "x", "2"]);
    }

    #[test]
    fn punctuation_is_remembered_as_a_break() {
        let breaks: Vec<bool> = tokens("Two cokes, please. Thanks")
            .iter()
            .map(|t| t.after_break)
            .collect();
        assert_eq!(breaks, [false, false, true, true]);
    }

    #[test]
    fn a_sharp_s_is_two_letters_small_or_capital() {
        assert_eq!(words("Käse-Spieß GROẞ"), ["kase", "spiess", "gross"]);
    }

    proptest! {
        #[test]
        fn words_are_never_empty_and_splitting_them_again_changes_nothing(text in "\\PC{0,60}") {
            let once = words(&text);
            prop_assert!(once.iter().all(|w| !w.is_empty()));
            prop_assert_eq!(words(&once.join(" ")), once);
        }
    }
}
