//! Numbers and money as they are spoken.

const UNITS: &[&str] = &[
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];
const TENS: &[&str] = &[
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

/// 23 -> "twenty-three"; 1,250 -> "one thousand two hundred fifty".
pub fn cardinal(n: u32) -> String {
    let unit = |n: u32| UNITS[n as usize];
    match n {
        0..20 => unit(n).to_owned(),
        20..100 => match n % 10 {
            0 => TENS[(n / 10) as usize].to_owned(),
            rest => format!("{}-{}", TENS[(n / 10) as usize], unit(rest)),
        },
        100..1_000 => joined(cardinal(n / 100), "hundred", n % 100),
        1_000..1_000_000 => joined(cardinal(n / 1_000), "thousand", n % 1_000),
        _ => joined(cardinal(n / 1_000_000), "million", n % 1_000_000),
    }
}

fn joined(head: String, scale: &str, rest: u32) -> String {
    match rest {
        0 => format!("{head} {scale}"),
        rest => format!("{head} {scale} {}", cardinal(rest)),
    }
}

/// 1 -> "first", 22 -> "twenty-second".
pub fn ordinal(n: u32) -> String {
    let said = cardinal(n);
    let (head, last) = match said.rfind(['-', ' ']) {
        Some(at) => said.split_at(at + 1),
        None => ("", said.as_str()),
    };
    let last = match last {
        "one" => "first".to_owned(),
        "two" => "second".to_owned(),
        "three" => "third".to_owned(),
        "five" => "fifth".to_owned(),
        "eight" => "eighth".to_owned(),
        "nine" => "ninth".to_owned(),
        "twelve" => "twelfth".to_owned(),
        tens if tens.ends_with('y') => format!("{}ieth", &tens[..tens.len() - 1]),
        other => format!("{other}th"),
    };
    format!("{head}{last}")
}

/// An amount in a dollar-like currency: 23 and 80 -> "twenty-three eighty", 5 and 0 -> "five dollars", 0 and 50 ->
/// "fifty cents", 7 and 5 -> "seven dollars and five cents" ("seven five" would be heard as seventy-five).
/// `unit` and `part` are the singular names: "dollar", "cent".
pub fn spoken_money(whole: u32, cents: u32, unit: &str, part: &str) -> String {
    let units = |n: u32| if n == 1 { unit.to_owned() } else { many(unit) };
    let parts = |n: u32| if n == 1 { part.to_owned() } else { many(part) };
    match (whole, cents) {
        (0, cents) => format!("{} {}", cardinal(cents), parts(cents)),
        (whole, 0) => format!("{} {}", cardinal(whole), units(whole)),
        (whole, 1..10) => format!(
            "{} {} and {} {}",
            cardinal(whole),
            units(whole),
            cardinal(cents),
            parts(cents)
        ),
        (100.., _) => format!(
            "{} {} and {} {}",
            cardinal(whole),
            units(whole),
            cardinal(cents),
            parts(cents)
        ),
        (whole, cents) => format!("{} {}", cardinal(whole), cardinal(cents)),
    }
}

fn many(unit: &str) -> String {
    match unit {
        "euro" | "dollar" | "cent" | "pound" => format!("{unit}s"),
        "penny" => "pence".to_owned(),
        other => other.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_said_as_people_say_it() {
        let dollars = |whole, cents| spoken_money(whole, cents, "dollar", "cent");
        assert_eq!(dollars(23, 80), "twenty-three eighty");
        assert_eq!(dollars(5, 0), "five dollars");
        assert_eq!(dollars(1, 0), "one dollar");
        assert_eq!(dollars(0, 50), "fifty cents");
        assert_eq!(dollars(7, 5), "seven dollars and five cents");
        assert_eq!(dollars(100, 50), "one hundred dollars and fifty cents");
        assert_eq!(
            spoken_money(4, 1, "pound", "penny"),
            "four pounds and one penny"
        );
    }

    #[test]
    fn ordinals_follow_english() {
        let said: Vec<String> = [1, 2, 3, 5, 8, 9, 12, 20, 21, 113]
            .into_iter()
            .map(ordinal)
            .collect();
        assert_eq!(
            said,
            [
                "first",
                "second",
                "third",
                "fifth",
                "eighth",
                "ninth",
                "twelfth",
                "twentieth",
                "twenty-first",
                "one hundred thirteenth"
            ]
        );
    }
}
