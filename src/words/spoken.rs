//! Display text as speech text: what a voice must not be left to guess is written out in words.

use super::{Language, cardinal, digits, ordinal, spoken_money, spoken_time};

/// Writes out money, times, telephone numbers, quantities, ordinals and signs: "That's $23.80." ->
/// "That's twenty-three eighty." Names are the caller's business (`say_as`).
pub fn speakable(text: &str, language: Language) -> String {
    let Language::English = language;
    let mut out: Vec<String> = Vec::new();
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut at = 0;
    while at < words.len() {
        let (said, used) = say_word(&words[at..]);
        if !said.is_empty() {
            out.push(said);
        }
        at += used;
    }
    out.join(" ")
}

/// The words spoken for the first written word, and how many written words they cover.
fn say_word(words: &[&str]) -> (String, usize) {
    let word = words[0];
    let body_end = word.trim_end_matches(|c: char| ".,;:!?)".contains(c)).len();
    let body_start = word.len() - word.trim_start_matches(['(']).len();
    if body_start >= body_end {
        return (word.trim_matches(['(', ')']).to_owned(), 1);
    }
    let body = &word[body_start..body_end];
    let tail: String = word[body_end..].chars().filter(|&c| c != ')').collect();
    let half_of_day = words
        .get(1)
        .map(|next| next.trim_end_matches(|c: char| ".,;:!?".contains(c)));
    if let Some((hour, minute)) = clock(body) {
        if let Some(half @ ("AM" | "PM" | "am" | "pm")) = half_of_day {
            let hour = hour % 12
                + if half.eq_ignore_ascii_case("pm") {
                    12
                } else {
                    0
                };
            let after = &words[1][half.len()..];
            return (format!("{}{after}", spoken_time(hour, minute)), 2);
        }
        return (format!("{}{tail}", spoken_time(hour, minute)), 1);
    }
    if let Some(said) = money(body) {
        return (said + &tail, 1);
    }
    let joined = body.split('-').map(part).collect::<Vec<_>>().join(" ");
    let said = if telephone(body) {
        digits(body)
    } else {
        joined
    };
    (said + &tail, 1)
}

/// One part of a word between hyphens.
fn part(body: &str) -> String {
    let digits_end = body
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(body.len());
    let (number, rest) = body.split_at(digits_end);
    match (number.parse::<u32>(), rest) {
        (Ok(n), "") if number.len() <= 4 => cardinal(n),
        (Ok(_), "") => digits(number),
        (Ok(n), "st" | "nd" | "rd" | "th") => ordinal(n),
        (Ok(n), "\"" | "”") => format!("{} inch", cardinal(n)),
        (Ok(n), "%") => format!("{} percent", cardinal(n)),
        (Ok(n), unit) if unit.chars().all(char::is_alphabetic) => {
            format!("{} {}", cardinal(n), unit_name(unit))
        }
        (Ok(n), decimal)
            if decimal
                .strip_prefix('.')
                .is_some_and(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit())) =>
        {
            format!("{} point {}", cardinal(n), digits(decimal))
        }
        (Err(_), sign) => match sign {
            "&" => "and".to_owned(),
            "+" => "plus".to_owned(),
            "w/" => "with".to_owned(),
            times if is_times(times) => times[1..]
                .parse()
                .map_or_else(|_| times.to_owned(), |n| format!("times {}", cardinal(n))),
            word => word.to_owned(),
        },
        (Ok(_), other) => format!("{} {other}", digits(number)),
    }
}

/// "x2"
fn is_times(word: &str) -> bool {
    word.len() > 1 && word.starts_with(['x', 'X']) && word[1..].bytes().all(|b| b.is_ascii_digit())
}

fn unit_name(unit: &str) -> &str {
    match unit {
        "oz" => "ounce",
        "in" => "inch",
        "ml" => "milliliter",
        "l" | "L" => "liter",
        "g" => "gram",
        "lb" => "pound",
        "pc" | "pcs" => "piece",
        other => other,
    }
}

/// "17:30"
fn clock(body: &str) -> Option<(u32, u32)> {
    let (hour, minute) = body.split_once(':')?;
    let ok = (1..=2).contains(&hour.len()) && minute.len() == 2;
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    (ok && hour <= 24 && minute < 60).then_some((hour, minute))
}

/// "$23.80", "€4", "£0.50", "₹120", "¥500"
fn money(body: &str) -> Option<String> {
    let mut letters = body.chars();
    let (unit, cent) = match letters.next()? {
        '$' => ("dollar", "cent"),
        '€' => ("euro", "cent"),
        '£' => ("pound", "penny"),
        '¥' => ("yen", "sen"),
        '₹' => ("rupees", "paise"),
        '₩' => ("won", "jeon"),
        _ => return None,
    };
    let amount = letters.as_str();
    let (whole, cents) = amount.split_once('.').unwrap_or((amount, "00"));
    if cents.len() != 2 {
        return None;
    }
    Some(spoken_money(
        whole.parse().ok()?,
        cents.parse().ok()?,
        unit,
        cent,
    ))
}

/// "+15551234567", "555-123-4567": seven or more digits with at most signs between them.
fn telephone(body: &str) -> bool {
    body.chars().filter(char::is_ascii_digit).count() >= 7
        && body
            .chars()
            .all(|c| c.is_ascii_digit() || "+-.()".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_voice_would_stumble_over_is_written_out() {
        for (display, speech) in [
            ("That's $23.80.", "That's twenty-three eighty."),
            ("$5.00 or $0.50?", "five dollars or fifty cents?"),
            (
                "Two 12-inch pizzas, please.",
                "Two twelve inch pizzas, please.",
            ),
            ("We open at 5:30 PM.", "We open at five thirty p m."),
            ("until 17:00,", "until five p m,"),
            (
                "Call +15551234567.",
                "Call one five five five one two three four five six seven.",
            ),
            ("Mac & Cheese", "Mac and Cheese"),
            ("It's number 23.", "It's number twenty-three."),
            ("Coke x2", "Coke times two"),
            ("the 2nd, 20oz", "the second, twenty ounce"),
            ("(spicy)", "spicy"),
            ("1.5 liters", "one point five liters"),
        ] {
            assert_eq!(speakable(display, Language::English), speech);
        }
    }

    proptest! {
        #[test]
        fn speech_never_holds_a_price_in_digits(whole in 0u32..2000, cents in 0u32..100) {
            let said = speakable(&format!("That is ${whole}.{cents:02} now."), Language::English);
            prop_assert!(!said.chars().any(|c| c.is_ascii_digit() || c == '$'), "{}", said);
        }

        #[test]
        fn any_text_can_be_made_speakable(text in "\\PC{0,60}") {
            let said = speakable(&text, Language::English);
            prop_assert!(said.len() >= text.split_whitespace().filter(|w| w.chars().all(char::is_alphabetic)).map(str::len).sum::<usize>());
        }
    }
}
