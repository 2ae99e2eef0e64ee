//! Spanish numbers, money and times, as spoken in the United States, and the regular forms of its words.

use super::Number;
use super::number_table::{NumberTable, in_dozens};
use super::sum::Sum;

const UNITS: &[&str] = &[
    "cero",
    "uno",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
    "trece",
    "catorce",
    "quince",
    "dieciséis",
    "diecisiete",
    "dieciocho",
    "diecinueve",
    "veinte",
    "veintiuno",
    "veintidós",
    "veintitrés",
    "veinticuatro",
    "veinticinco",
    "veintiséis",
    "veintisiete",
    "veintiocho",
    "veintinueve",
];
const TENS: &[&str] = &[
    "treinta",
    "cuarenta",
    "cincuenta",
    "sesenta",
    "setenta",
    "ochenta",
    "noventa",
];
const HUNDREDS: &[&str] = &[
    "ciento",
    "doscientos",
    "trescientos",
    "cuatrocientos",
    "quinientos",
    "seiscientos",
    "setecientos",
    "ochocientos",
    "novecientos",
];

/// 23 -> "veintitrés"; 31 -> "treinta y uno"; 100 -> "cien".
pub(super) fn cardinal(n: u32) -> String {
    match n {
        0..30 => UNITS[n as usize].to_owned(),
        30..100 => {
            let tens = TENS[n as usize / 10 - 3];
            match n % 10 {
                0 => tens.to_owned(),
                unit => format!("{tens} y {}", cardinal(unit)),
            }
        }
        100 => "cien".to_owned(),
        101..1_000 => rest(HUNDREDS[n as usize / 100 - 1].to_owned(), n % 100),
        1_000..1_000_000 => {
            let head = if n < 2_000 {
                String::new()
            } else {
                shortened(n / 1_000) + " "
            };
            rest(format!("{head}mil"), n % 1_000)
        }
        _ => {
            let millions = n / 1_000_000;
            let scale = if millions == 1 { "millón" } else { "millones" };
            rest(format!("{} {scale}", shortened(millions)), n % 1_000_000)
        }
    }
}

fn rest(head: String, rest: u32) -> String {
    match rest {
        0 => head,
        rest => format!("{head} {}", cardinal(rest)),
    }
}

/// "uno" before what it counts: "un", "veintiún".
fn shortened(n: u32) -> String {
    let said = cardinal(n);
    match said.strip_suffix("uno") {
        Some(head) if head.ends_with("veinti") => format!("{head}ún"),
        Some(head) => format!("{head}un"),
        None => said,
    }
}

/// "una Quesadilla", "un Taco", "veintiún Tacos".
pub(super) fn counting(n: u32, thing: &str) -> String {
    if !is_feminine(thing) {
        return shortened(n);
    }
    let said = cardinal(n);
    match said.strip_suffix("uno") {
        Some(head) => format!("{head}una"),
        None => said,
    }
}

/// A guess by the first word's ending; a wrong one costs an article, nothing else.
fn is_feminine(thing: &str) -> bool {
    const MASCULINE: &[&str] = &[
        "agua",
        "mapa",
        "día",
        "maracuyá",
        "sofá",
        "gorila",
        "pijama",
        "clima",
        "idioma",
    ];
    let word = thing
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let word = word.trim_matches(|c: char| !c.is_alphabetic());
    let ends = |ending: &str| word.ends_with(ending);
    (ends("a") || ends("as") || ends("ción") || ends("dad")) && !MASCULINE.contains(&word)
}

/// 2 -> "segundo"; from eleven on people say the cardinal.
pub(super) fn ordinal(n: u32) -> String {
    const FIRST: &[&str] = &[
        "primero", "segundo", "tercero", "cuarto", "quinto", "sexto", "séptimo", "octavo",
        "noveno", "décimo",
    ];
    match FIRST.get((n as usize).wrapping_sub(1)) {
        Some(said) => (*said).to_owned(),
        None => cardinal(n),
    }
}

/// "veintitrés dólares con ochenta", "un dólar", "cincuenta centavos".
pub(super) fn money(amount: Sum) -> Option<String> {
    let (unit, units, part, parts) = match amount.sign {
        '$' => ("dólar", "dólares", "centavo", "centavos"),
        '€' => ("euro", "euros", "céntimo", "céntimos"),
        '£' => ("libra", "libras", "penique", "peniques"),
        _ => return None,
    };
    let many = |n: u32, one: &str, more: &str| {
        format!("{} {}", counting(n, one), if n == 1 { one } else { more })
    };
    Some(match (amount.whole, amount.cents) {
        (0, cents) => many(cents, part, parts),
        (whole, 0) => many(whole, unit, units),
        (whole, cents) => format!("{} con {}", many(whole, unit, units), cardinal(cents)),
    })
}

/// (17, 30) -> "las cinco y media de la tarde".
pub(super) fn time(hour: u32, minute: u32) -> String {
    let hour = hour % 24;
    let twelve = if hour.is_multiple_of(12) {
        12
    } else {
        hour % 12
    };
    let part = match hour {
        0..6 => "de la madrugada",
        6..12 => "de la mañana",
        12 => "del mediodía",
        13..20 => "de la tarde",
        _ => "de la noche",
    };
    let said = if twelve == 1 {
        "la una".to_owned()
    } else {
        format!("las {}", cardinal(twelve))
    };
    match minute {
        0 => format!("{said} {part}"),
        15 => format!("{said} y cuarto {part}"),
        30 => format!("{said} y media {part}"),
        minute => format!("{said} y {} {part}", cardinal(minute)),
    }
}

/// The first word in the plural: "Tacos al pastor".
pub(super) fn plural(name: &str) -> String {
    let (head, tail) = match name.split_once(' ') {
        Some((head, tail)) => (head, format!(" {tail}")),
        None => (name, String::new()),
    };
    let lower = head.to_lowercase();
    let Some(last) = lower.chars().last().filter(|c| c.is_alphabetic()) else {
        return name.to_owned();
    };
    let many = match last {
        's' | 'x' => head.to_owned(),
        'z' => format!("{}ces", &head[..head.len() - 1]),
        'a' | 'e' | 'i' | 'o' | 'u' | 'é' | 'á' | 'ó' => format!("{head}s"),
        _ => match lower.strip_suffix("ón") {
            Some(stem) => format!("{}ones", &head[..stem.len()]),
            None => format!("{head}es"),
        },
    };
    format!("{many}{tail}")
}

pub(super) fn sign(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "&" => "y",
        "+" => "más",
        "w/" => "con",
        "%" => "por ciento",
        "x" => "por",
        "." => "punto",
        "in" => "pulgadas",
        "oz" => "onzas",
        "ml" => "mililitros",
        "l" => "litros",
        "g" => "gramos",
        "lb" => "libras",
        "pc" => "piezas",
        _ => return None,
    })
}

/// Quantities that are no cardinals, and other ways to count: folded, as words come from `tokens`.
const QUANTITIES: &[(&str, u32)] = &[
    ("una docena de", 12),
    ("una docena", 12),
    ("una docena y media", 18),
    ("una docena y media de", 18),
    ("media docena de", 6),
    ("media docena", 6),
    ("dos docenas de", 24),
    ("dos docenas", 24),
    ("un par de", 2),
    ("un par", 2),
    ("una pareja de", 2),
    ("veintiun", 21),
    ("veintiuna", 21),
    ("treinta y un", 31),
    ("treinta y una", 31),
    ("diez y seis", 16),
    ("ciento", 100),
    ("un solo", 1),
    ("una sola", 1),
];

/// The number that begins at a word; not a bare "un" or "una", which are articles.
pub(super) fn number_at(words: &[&str], at: usize) -> Option<Number> {
    static TABLE: std::sync::LazyLock<NumberTable> =
        std::sync::LazyLock::new(|| NumberTable::new(cardinal, QUANTITIES, &[]));
    let number = TABLE.at(words, at)?;
    let each = [("docena", 12), ("docenas", 12), ("pares", 2)];
    Some(in_dozens(number, words, at, &each, ["y", "media"], &["de"]))
}

/// A folded word without gender and number, and whether it was a plural: "grandes" -> ("grand", true), "limones" ->
/// ("limon", true).
pub(super) fn plain(word: &str) -> (String, bool) {
    if word.len() <= 3 || !word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return (word.to_owned(), false);
    }
    let (one, many) = match word.strip_suffix('s') {
        Some(one) if !one.ends_with(['s', 'i', 'u']) => (one, true),
        _ => (word, false),
    };
    let one = match one.strip_suffix('z') {
        Some(stem) => format!("{stem}c"),
        None => one.to_owned(),
    };
    match one.strip_suffix(['a', 'e', 'o']) {
        Some(bare) if bare.len() >= 3 && !bare.ends_with('s') => (bare.to_owned(), many),
        _ => (one, many),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_people_say_them() {
        let said: Vec<String> = [
            0, 16, 21, 31, 55, 100, 101, 500, 742, 1_000, 21_000, 1_000_000,
        ]
        .map(cardinal)
        .to_vec();
        assert_eq!(
            said,
            [
                "cero",
                "dieciséis",
                "veintiuno",
                "treinta y uno",
                "cincuenta y cinco",
                "cien",
                "ciento uno",
                "quinientos",
                "setecientos cuarenta y dos",
                "mil",
                "veintiún mil",
                "un millón"
            ]
        );
    }

    #[test]
    fn things_are_counted_with_their_gender() {
        assert_eq!(counting(1, "Quesadilla de pollo"), "una");
        assert_eq!(counting(1, "Taco"), "un");
        assert_eq!(counting(21, "Taco"), "veintiún");
        assert_eq!(counting(2, "Torta"), "dos");
        assert_eq!(plural("Taco al pastor"), "Tacos al pastor");
        assert_eq!(plural("Limón"), "Limones");
        assert_eq!(plural("Flan"), "Flanes");
    }

    #[test]
    fn money_and_times_are_said() {
        let dollars = |whole, cents| {
            money(Sum {
                whole,
                cents,
                sign: '$',
            })
            .unwrap()
        };
        assert_eq!(dollars(23, 80), "veintitrés dólares con ochenta");
        assert_eq!(dollars(1, 0), "un dólar");
        assert_eq!(dollars(0, 50), "cincuenta centavos");
        assert_eq!(time(17, 30), "las cinco y media de la tarde");
        assert_eq!(time(13, 0), "la una de la tarde");
        assert_eq!(time(0, 0), "las doce de la madrugada");
    }

    #[test]
    fn gender_and_number_fall_away() {
        for (a, b) in [
            ("grandes", "grande"),
            ("limones", "limon"),
            ("pequena", "pequeno"),
            ("nueces", "nuez"),
            ("tomates", "tomate"),
        ] {
            assert_eq!(plain(a).0, plain(b).0, "{a} {b}");
        }
        assert!(plain("tacos").1 && !plain("taco").1);
        assert_eq!(plain("pan"), ("pan".into(), false));
    }
}
