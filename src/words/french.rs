//! French numbers, money and times, as spoken in Canada, and the regular forms of its words.

use super::Number;
use super::number_table::{NumberTable, in_dozens};
use super::sum::Sum;

const UNITS: &[&str] = &[
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze",
    "douze", "treize", "quatorze", "quinze", "seize",
];
const TENS: &[&str] = &[
    "",
    "dix",
    "vingt",
    "trente",
    "quarante",
    "cinquante",
    "soixante",
    "soixante",
    "quatre-vingt",
    "quatre-vingt",
];

/// 23 -> "vingt-trois"; 71 -> "soixante et onze"; 80 -> "quatre-vingts".
pub(super) fn cardinal(n: u32) -> String {
    match n {
        0..17 => UNITS[n as usize].to_owned(),
        17..20 => format!("dix-{}", UNITS[n as usize - 10]),
        80 => "quatre-vingts".to_owned(),
        20..100 => below_hundred(n),
        100..1_000 => hundreds(n),
        1_000..1_000_000 => {
            let head = if n < 2_000 {
                String::new()
            } else {
                before_scale(n / 1_000) + " "
            };
            rest(format!("{head}mille"), n % 1_000)
        }
        _ => {
            let millions = n / 1_000_000;
            let scale = if millions == 1 { "million" } else { "millions" };
            rest(format!("{} {scale}", cardinal(millions)), n % 1_000_000)
        }
    }
}

fn below_hundred(n: u32) -> String {
    let tens = n / 10;
    // Seventy and ninety count on from sixty and eighty.
    let unit = if matches!(tens, 7 | 9) {
        n % 10 + 10
    } else {
        n % 10
    };
    let head = TENS[tens as usize];
    match unit {
        0 => head.to_owned(),
        1 | 11 if tens < 8 => format!("{head} et {}", cardinal(unit)),
        unit => format!("{head}-{}", cardinal(unit)),
    }
}

fn hundreds(n: u32) -> String {
    match (n / 100, n % 100) {
        (1, _) => rest("cent".to_owned(), n % 100),
        (many, 0) => format!("{} cents", cardinal(many)),
        (many, _) => rest(format!("{} cent", cardinal(many)), n % 100),
    }
}

/// "quatre-vingts" and "deux cents" lose their s before "mille".
fn before_scale(n: u32) -> String {
    let said = cardinal(n);
    match said.strip_suffix("cents").or(said.strip_suffix("vingts")) {
        Some(_) => said[..said.len() - 1].to_owned(),
        None => said,
    }
}

fn rest(head: String, rest: u32) -> String {
    match rest {
        0 => head,
        rest => format!("{head} {}", cardinal(rest)),
    }
}

/// "une Poutine", "un Café", "vingt et une Poutines".
pub(super) fn counting(n: u32, thing: &str) -> String {
    let said = cardinal(n);
    match said.strip_suffix("un") {
        Some(head) if (head.is_empty() || head.ends_with([' ', '-'])) && is_feminine(thing) => {
            format!("{head}une")
        }
        _ => said,
    }
}

/// A guess by the first word's ending: most French nouns in -e are feminine, but for those in -age, -isme and a few
/// everyday ones. A wrong guess costs an article, nothing else.
fn is_feminine(thing: &str) -> bool {
    const MASCULINE: &[&str] = &[
        "verre",
        "beurre",
        "sucre",
        "poivre",
        "cidre",
        "concombre",
        "légume",
        "coke",
        "sprite",
        "burrito",
        "pique",
        "chèvre",
        "gingembre",
        "double",
        "litre",
        "groupe",
        "mélange",
    ];
    const FEMININE: &[&str] = &[
        "boisson",
        "portion",
        "eau",
        "part",
        "chair",
        "noix",
        "option",
        "version",
        "pizza",
        "pasta",
        "salsa",
        "quesadilla",
        "fajita",
        "tortilla",
        "empanada",
        "focaccia",
        "bruschetta",
        "mozzarella",
        "ricotta",
        "feta",
        "paella",
        "frittata",
    ];
    let word = thing
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .to_lowercase();
    let word = word.trim_matches(|c: char| !c.is_alphabetic());
    let word = word.strip_suffix('s').unwrap_or(word);
    let ends = |ending: &str| word.ends_with(ending);
    FEMININE.contains(&word)
        || ends("e") && !ends("age") && !ends("isme") && !MASCULINE.contains(&word)
}

/// 2 -> "deuxième".
pub(super) fn ordinal(n: u32) -> String {
    if n == 1 {
        return "premier".to_owned();
    }
    let said = cardinal(n);
    let said = said
        .strip_suffix("vingts")
        .map_or(said.clone(), |head| format!("{head}vingt"));
    if let Some(head) = said.strip_suffix("neuf") {
        format!("{head}neuvième")
    } else if said.ends_with("cinq") {
        format!("{said}uième")
    } else {
        format!("{}ième", said.strip_suffix('e').unwrap_or(&said))
    }
}

/// "vingt-trois dollars et quatre-vingts", "un dollar", "cinquante cents".
pub(super) fn money(amount: Sum) -> Option<String> {
    let (unit, part) = match amount.sign {
        '$' => ("dollar", "cent"),
        '€' => ("euro", "centime"),
        '£' => ("livre", "penny"),
        _ => return None,
    };
    let many = |n: u32, word: &str| {
        let plural = if n < 2 { "" } else { "s" };
        format!("{} {word}{plural}", counting(n, word))
    };
    Some(match (amount.whole, amount.cents) {
        (0, cents) => many(cents, part),
        (whole, 0) => many(whole, unit),
        (whole, cents) => format!("{} et {}", many(whole, unit), cardinal(cents)),
    })
}

/// "$23.80" -> "23,80 $".
pub(super) fn price_display(price: &str) -> String {
    let mut letters = price.chars();
    match letters.next() {
        Some(sign @ ('$' | '€' | '£')) => {
            format!("{} {sign}", letters.as_str().replace('.', ","))
        }
        _ => price.to_owned(),
    }
}

/// (17, 30) -> "dix-sept heures trente"; midnight and noon by name.
pub(super) fn time(hour: u32, minute: u32) -> String {
    let hour = hour % 24;
    let said = match hour {
        0 => "minuit".to_owned(),
        12 => "midi".to_owned(),
        1 => "une heure".to_owned(),
        hour => format!("{} heures", counting(hour, "heure")),
    };
    match minute {
        0 => said,
        minute => format!("{said} {}", counting(minute, "minute")),
    }
}

/// 1050 -> "17 h 30", 1020 -> "17 h".
pub(super) fn clock_display(minute: u16) -> String {
    let (hour, minute) = ((minute / 60) % 24, minute % 60);
    if minute == 0 {
        format!("{hour} h")
    } else {
        format!("{hour} h {minute:02}")
    }
}

/// The first word in the plural: "Poutines classique". The ending is not heard; what is written follows the ear.
pub(super) fn plural(name: &str) -> String {
    let (head, tail) = match name.split_once(' ') {
        Some((head, tail)) => (head, format!(" {tail}")),
        None => (name, String::new()),
    };
    let lower = head.to_lowercase();
    let letter = lower.ends_with(char::is_alphabetic);
    let ending = match lower.as_str() {
        _ if !letter || lower.ends_with(['s', 'x', 'z']) => "",
        word if word.ends_with("eau") || word.ends_with("eu") => "x",
        _ => "s",
    };
    format!("{head}{ending}{tail}")
}

pub(super) fn sign(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "&" => "et",
        "+" => "plus",
        "w/" => "avec",
        "%" => "pour cent",
        "x" => "fois",
        "." => "virgule",
        "in" | "po" => "pouces",
        "oz" => "onces",
        "ml" => "millilitres",
        "l" => "litres",
        "g" => "grammes",
        "lb" => "livres",
        "pc" => "morceaux",
        _ => return None,
    })
}

/// Quantities that are no cardinals, and other ways to count: folded, as words come from `tokens`.
const QUANTITIES: &[(&str, u32)] = &[
    ("une douzaine de", 12),
    ("une douzaine d", 12),
    ("une douzaine", 12),
    ("une douzaine et demie", 18),
    ("une douzaine et demie de", 18),
    ("une douzaine et demie d", 18),
    ("une demi douzaine de", 6),
    ("une demi douzaine d", 6),
    ("une demi douzaine", 6),
    ("la demi douzaine", 6),
    ("deux douzaines de", 24),
    ("deux douzaines d", 24),
    ("une couple de", 2),
    ("une couple d", 2),
    ("une paire de", 2),
    ("une paire d", 2),
    ("septante", 70),
    ("nonante", 90),
    ("vingt et une", 21),
    ("trente et une", 31),
    ("un seul", 1),
    ("une seule", 1),
];

/// The number that begins at a word; not a bare "un" or "une", which are articles.
pub(super) fn number_at(words: &[&str], at: usize) -> Option<Number> {
    static TABLE: std::sync::LazyLock<NumberTable> =
        std::sync::LazyLock::new(|| NumberTable::new(cardinal, QUANTITIES, &["un"]));
    let number = TABLE.at(words, at)?;
    let each = [("douzaine", 12), ("douzaines", 12), ("paires", 2)];
    Some(in_dozens(
        number,
        words,
        at,
        &each,
        ["et", "demie"],
        &["de", "d"],
    ))
}

/// Words that only look like plurals.
const UNCHANGED: &[&str] = &[
    "gros",
    "frais",
    "ananas",
    "anchois",
    "chinois",
    "pois",
    "radis",
    "francais",
    "anglais",
    "epais",
    "mais",
    "dos",
    "noix",
    "prix",
    "doux",
    "temps",
    "fois",
    "cassis",
    "couscous",
    "houmous",
    "hummus",
    "maquereaux",
    "roux",
    "choix",
];

/// A folded word without gender and number, and whether it was a plural: "grandes" -> ("grand", true).
pub(super) fn plain(word: &str) -> (String, bool) {
    match word {
        "blanche" => return ("blanc".into(), false),
        "blanches" | "blancs" => return ("blanc".into(), true),
        "fraiche" | "fraiches" => return ("frais".into(), false),
        "douce" | "douces" => return ("doux".into(), false),
        "grosse" | "grosses" => return ("gros".into(), false),
        "seche" | "seches" => return ("sec".into(), false),
        _ => {}
    }
    if word.len() <= 3
        || UNCHANGED.contains(&word)
        || !word.bytes().all(|b| b.is_ascii_alphabetic())
    {
        return (word.to_owned(), false);
    }
    let (one, many) = match word
        .strip_suffix('s')
        .or(word.strip_suffix("x").filter(|w| w.ends_with("au")))
    {
        Some(one) if !one.ends_with('s') => (one, true),
        _ => (word, false),
    };
    let bare = one.trim_end_matches('e');
    if bare.len() < 3 || bare.ends_with('s') {
        return (one.to_owned(), many);
    }
    let mut letters: Vec<char> = bare.chars().collect();
    let last = letters.len() - 1;
    if bare.len() < one.len() && last > 2 && letters[last] == letters[last - 1] {
        letters.pop();
    }
    (letters.into_iter().collect(), many)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_said_as_in_quebec() {
        let said: Vec<String> = [
            0, 17, 21, 71, 80, 81, 91, 99, 100, 101, 200, 215, 1_000, 80_000, 2_000_000,
        ]
        .map(cardinal)
        .to_vec();
        assert_eq!(
            said,
            [
                "zéro",
                "dix-sept",
                "vingt et un",
                "soixante et onze",
                "quatre-vingts",
                "quatre-vingt-un",
                "quatre-vingt-onze",
                "quatre-vingt-dix-neuf",
                "cent",
                "cent un",
                "deux cents",
                "deux cent quinze",
                "mille",
                "quatre-vingt mille",
                "deux millions"
            ]
        );
        assert_eq!(
            [1, 4, 5, 9, 20].map(ordinal),
            ["premier", "quatrième", "cinquième", "neuvième", "vingtième"]
        );
    }

    #[test]
    fn things_are_counted_with_their_gender() {
        assert_eq!(counting(1, "Poutine classique"), "une");
        assert_eq!(counting(1, "Café"), "un");
        assert_eq!(counting(21, "Bière"), "vingt et une");
        assert_eq!(counting(1, "Potage du jour"), "un");
        assert_eq!(plural("Gâteau au fromage"), "Gâteaux au fromage");
        assert_eq!(plural("Jus"), "Jus");
    }

    #[test]
    fn money_and_times_are_said_and_written() {
        let dollars = |whole, cents| {
            money(Sum {
                whole,
                cents,
                sign: '$',
            })
            .unwrap()
        };
        assert_eq!(dollars(23, 80), "vingt-trois dollars et quatre-vingts");
        assert_eq!(dollars(1, 0), "un dollar");
        assert_eq!(dollars(0, 50), "cinquante cents");
        assert_eq!(price_display("$23.80"), "23,80 $");
        assert_eq!(time(17, 30), "dix-sept heures trente");
        assert_eq!(time(12, 0), "midi");
        assert_eq!(clock_display(17 * 60 + 30), "17 h 30");
    }

    #[test]
    fn gender_and_number_fall_away() {
        for (a, b) in [
            ("grandes", "grand"),
            ("moyenne", "moyen"),
            ("frites", "frite"),
            ("blanche", "blanc"),
            ("gateaux", "gateau"),
        ] {
            assert_eq!(plain(a).0, plain(b).0, "{a} {b}");
        }
        assert_eq!(plain("jus"), ("jus".into(), false));
        assert!(plain("oignons").1 && !plain("oignon").1);
    }
}
