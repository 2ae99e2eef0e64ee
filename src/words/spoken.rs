//! Display text as speech text: what a voice must not be left to guess is written out in words.

use super::Language;
use super::sum::Sum;

/// Writes out money, times, telephone numbers, quantities, ordinals and signs: "That's $23.80." ->
/// "That's twenty-three eighty." Names are the caller's business (`say_as`).
pub fn speakable(text: &str, language: Language) -> String {
    let mut out: Vec<String> = Vec::new();
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut at = 0;
    while at < words.len() {
        let (said, used) = say_word(&words[at..], language);
        if !said.is_empty() {
            out.push(said);
        }
        at += used;
    }
    out.join(" ")
}

/// The words spoken for the first written word, and how many written words they cover.
fn say_word(words: &[&str], language: Language) -> (String, usize) {
    let word = words[0];
    let body_end = word.trim_end_matches(|c: char| ".,;:!?)".contains(c)).len();
    let body_start = word.len() - word.trim_start_matches(['(', '¿', '¡']).len();
    if body_start >= body_end {
        return (word.trim_matches(['(', ')']).to_owned(), 1);
    }
    let body = &word[body_start..body_end];
    let tail: String = word[body_end..].chars().filter(|&c| c != ')').collect();
    let after_next = |next: &str| words[1][next.len()..].to_owned();
    let next = words
        .get(1)
        .map(|next| next.trim_end_matches(|c: char| ".,;:!?".contains(c)));
    if let Some((hour, minute)) = clock(body) {
        if let Some(half @ ("AM" | "PM" | "am" | "pm")) = next {
            let hour = hour % 12
                + if half.eq_ignore_ascii_case("pm") {
                    12
                } else {
                    0
                };
            return (
                format!("{}{}", language.time(hour, minute), after_next(half)),
                2,
            );
        }
        return (format!("{}{tail}", language.time(hour, minute)), 1);
    }
    if language == Language::French
        && let Some((said, used)) = hours_in_french(body, &words[1..])
    {
        return (said, used);
    }
    if let Some(said) = money(body, language) {
        return (said + &tail, 1);
    }
    if let Some(sign) = next.filter(|next| next.chars().count() == 1 && tail.is_empty())
        && let Some(said) = money(&format!("{sign}{}", body.replace(',', ".")), language)
    {
        return (said + &after_next(sign), 2);
    }
    let parts: Vec<String> = body.split('-').map(|piece| part(piece, language)).collect();
    let said = if telephone(body) {
        language.digits(body)
    } else if parts
        .iter()
        .zip(body.split('-'))
        .any(|(said, piece)| said != piece)
        || language == Language::English
    {
        parts.join(" ")
    } else {
        // "quatre-vingts", "vend-il": a French or Spanish hyphen belongs to its word.
        body.to_owned()
    };
    let opening: String = word[..body_start].chars().filter(|&c| c != '(').collect();
    (opening + &said + &tail, 1)
}

/// "17 h 30", "17 h": the hour stands in the word, the rest behind it.
fn hours_in_french(body: &str, behind: &[&str]) -> Option<(String, usize)> {
    let hour: u32 = body.parse().ok().filter(|&hour| hour <= 24)?;
    let bare = |word: &str| word.trim_end_matches([',', '.', '?', '!']).len();
    let h = behind.first().filter(|word| &word[..bare(word)] == "h")?;
    let minute = behind
        .get(1)
        .filter(|_| bare(h) == h.len())
        .and_then(|word| {
            let digits = &word[..bare(word)];
            let minute = digits
                .parse::<u32>()
                .ok()
                .filter(|&m| m < 60 && digits.len() == 2)?;
            Some((minute, &word[bare(word)..]))
        });
    Some(match minute {
        Some((minute, tail)) => (Language::French.time(hour, minute) + tail, 3),
        None => (Language::French.time(hour, 0) + &h[bare(h)..], 2),
    })
}

/// One part of a word between hyphens.
fn part(body: &str, language: Language) -> String {
    let digits_end = body
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(body.len());
    let (number, rest) = body.split_at(digits_end);
    let named = |sign: &str| language.sign(sign).unwrap_or_default();
    match (number.parse::<u32>(), rest) {
        (Ok(n), "") if number.len() <= 4 => language.cardinal(n),
        (Ok(_), "") => language.digits(number),
        (Ok(n), "st" | "nd" | "rd" | "th" | "e" | "er" | "ère" | "º" | "ª") => {
            language.ordinal(n)
        }
        (Ok(n), "\"" | "”") => format!("{} {}", language.cardinal(n), named("in")),
        (Ok(n), "%") => format!("{} {}", language.cardinal(n), named("%")),
        (Ok(n), unit) if unit.chars().all(char::is_alphabetic) => {
            format!("{} {}", language.cardinal(n), unit_name(unit, language))
        }
        (Ok(n), decimal)
            if decimal
                .strip_prefix(['.', ','])
                .is_some_and(|d| !d.is_empty() && d.bytes().all(|b| b.is_ascii_digit())) =>
        {
            let (head, point) = (language.cardinal(n), named("."));
            format!("{head} {point} {}", language.digits(decimal))
        }
        (Err(_), times) if is_times(times) => times[1..].parse().map_or_else(
            |_| times.to_owned(),
            |n| format!("{} {}", named("x"), language.cardinal(n)),
        ),
        (Err(_), sign @ ("&" | "+" | "w/")) => named(sign).to_owned(),
        (Err(_), word) => word.to_owned(),
        (Ok(_), other) => format!("{} {other}", language.digits(number)),
    }
}

/// "x2"
fn is_times(word: &str) -> bool {
    word.len() > 1 && word.starts_with(['x', 'X']) && word[1..].bytes().all(|b| b.is_ascii_digit())
}

fn unit_name(unit: &str, language: Language) -> &str {
    let known = match unit {
        "L" => "l",
        "pcs" => "pc",
        other => other,
    };
    language.sign(known).unwrap_or(unit)
}

/// "17:30"
fn clock(body: &str) -> Option<(u32, u32)> {
    let (hour, minute) = body.split_once(':')?;
    let ok = (1..=2).contains(&hour.len()) && minute.len() == 2;
    let (hour, minute) = (hour.parse().ok()?, minute.parse().ok()?);
    (ok && hour <= 24 && minute < 60).then_some((hour, minute))
}

/// "$23.80", "€4", "£0.50", "₹120", "¥500"
fn money(body: &str, language: Language) -> Option<String> {
    let mut letters = body.chars();
    let sign = letters.next()?;
    let amount = letters.as_str();
    let (whole, cents) = amount.split_once('.').unwrap_or((amount, "00"));
    if cents.len() != 2 {
        return None;
    }
    language.money(Sum {
        whole: whole.parse().ok()?,
        cents: cents.parse().ok()?,
        sign,
    })
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

    #[test]
    fn french_and_spanish_write_their_own_signs_out() {
        for (language, display, speech) in [
            (
                Language::French,
                "Le total est de 23,80 $.",
                "Le total est de vingt-trois dollars et quatre-vingts.",
            ),
            (
                Language::French,
                "jusqu'à 17 h 30.",
                "jusqu'à dix-sept heures trente.",
            ),
            (
                Language::French,
                "jusqu'à 22 h aujourd'hui",
                "jusqu'à vingt-deux heures aujourd'hui",
            ),
            (
                Language::French,
                "C'est le numéro 21, quatre-vingts",
                "C'est le numéro vingt et un, quatre-vingts",
            ),
            (
                Language::Spanish,
                "El total es $23.80.",
                "El total es veintitrés dólares con ochenta.",
            ),
            (
                Language::Spanish,
                "hasta 5:30 PM.",
                "hasta las cinco y media de la tarde.",
            ),
            (Language::Spanish, "¿12 tacos?", "¿doce tacos?"),
        ] {
            assert_eq!(speakable(display, language), speech);
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
