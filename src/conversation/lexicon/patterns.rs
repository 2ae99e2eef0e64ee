//! Phrase patterns spelt out: `(a|b|) c` is "a c", "b c" and "c".

/// Every phrase of a pattern; `|` outside parentheses separates patterns. Blanks are single and never at the ends.
pub fn spelt_out(pattern: &str) -> Vec<String> {
    let mut rest = pattern;
    let mut phrases: Vec<String> = alternatives(&mut rest)
        .iter()
        .map(|phrase| phrase.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|phrase| !phrase.is_empty())
        .collect();
    phrases.sort_unstable();
    phrases.dedup();
    phrases
}

/// Alternatives up to the closing parenthesis or the end.
fn alternatives(rest: &mut &str) -> Vec<String> {
    let mut all = Vec::new();
    let mut current = vec![String::new()];
    while let Some(letter) = rest.chars().next() {
        *rest = &rest[letter.len_utf8()..];
        match letter {
            ')' => break,
            '|' => all.append(&mut std::mem::replace(&mut current, vec![String::new()])),
            '(' => {
                let inner = alternatives(rest);
                current = current
                    .iter()
                    .flat_map(|head| inner.iter().map(move |tail| format!("{head}{tail}")))
                    .collect();
            }
            _ => current.iter_mut().for_each(|phrase| phrase.push(letter)),
        }
    }
    all.append(&mut current);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_are_spelt_out_and_empty_ones_leave_no_blanks() {
        assert_eq!(
            spelt_out("(go|) easy (on|)|side(|s) of"),
            [
                "easy",
                "easy on",
                "go easy",
                "go easy on",
                "side of",
                "sides of"
            ]
        );
        assert_eq!(spelt_out("a (b (c|d)|e)"), ["a b c", "a b d", "a e"]);
    }
}
