//! Singular and plural, by the regular rules and the exceptions that menus hold.

/// Words that look plural and are not, or whose plural is themselves.
const UNCHANGED: &[&str] = &[
    "hummus",
    "couscous",
    "asparagus",
    "swiss",
    "molasses",
    "bass",
    "glass",
    "less",
    "miss",
    "gas",
    "plus",
    "yes",
    "thus",
    "this",
    "us",
    "is",
    "was",
    "has",
    "as",
    "its",
    "dress",
    "press",
    "express",
    "princess",
    "class",
    "citrus",
    "octopus",
    "cactus",
    "bus",
    "bonus",
    "swordfish",
    "always",
    "lets",
    "thats",
    "whats",
    "dais",
    "pass",
    "moss",
];

/// Irregular pairs a menu may hold: (singular, plural).
const IRREGULAR: &[(&str, &str)] = &[
    ("half", "halves"),
    ("loaf", "loaves"),
    ("leaf", "leaves"),
    ("calf", "calves"),
    ("knife", "knives"),
    ("child", "children"),
    ("cookie", "cookies"),
    ("pie", "pies"),
    ("brownie", "brownies"),
    ("smoothie", "smoothies"),
    ("veggie", "veggies"),
    ("hoagie", "hoagies"),
    ("fry", "fries"),
    ("taco", "tacos"),
    ("box", "boxes"),
];

/// The singular of a word, or the word itself.
pub fn singular(word: &str) -> String {
    if let Some((one, _)) = IRREGULAR.iter().find(|(_, many)| *many == word) {
        return (*one).to_owned();
    }
    if word.len() < 4
        || UNCHANGED.contains(&word)
        || !word.ends_with('s')
        || word.ends_with("ss")
        || word.ends_with("us")
    {
        return word.to_owned();
    }
    if let Some(stem) = word.strip_suffix("ies") {
        return if stem.len() > 1 {
            format!("{stem}y")
        } else {
            word.to_owned()
        };
    }
    for ending in ["ches", "shes", "sses", "xes", "zzes", "oes"] {
        if word.ends_with(ending) && word.len() > ending.len() + 1 {
            return word[..word.len() - 2].to_owned();
        }
    }
    word[..word.len() - 1].to_owned()
}

/// The plural of a word, or of the last word of a name ("Coke" -> "Cokes"; "Slice of cheese" -> "Slices of cheese",
/// "Taco al pastor" -> "Tacos al pastor");
/// already plural names stay.
pub fn plural(name: &str) -> String {
    for joint in [" of ", " al ", " a la ", " alla "] {
        if let Some((thing, rest)) = name.split_once(joint) {
            return format!("{}{joint}{rest}", plural(thing));
        }
    }
    let (head, last) = match name.rsplit_once(' ') {
        Some((head, last)) => (format!("{head} "), last),
        None => (String::new(), name),
    };
    let lower = last.to_lowercase();
    if let Some((_, many)) = IRREGULAR.iter().find(|(one, _)| *one == lower) {
        let kept = if last.starts_with(char::is_uppercase) {
            capital(many)
        } else {
            (*many).to_owned()
        };
        return format!("{head}{kept}");
    }
    let ends_in_letter = lower.ends_with(|c: char| c.is_ascii_alphabetic());
    if !ends_in_letter || is_plural(&lower) || UNCHANGED.contains(&lower.as_str()) {
        return name.to_owned();
    }
    let before_y = lower.strip_suffix('y').and_then(|stem| stem.chars().last());
    if before_y.is_some_and(|c| !"aeiou".contains(c)) {
        return format!("{head}{}ies", &last[..last.len() - 1]);
    }
    let hissing = ["s", "x", "z", "ch", "sh"]
        .iter()
        .any(|ending| lower.ends_with(ending));
    format!("{head}{last}{}", if hissing { "es" } else { "s" })
}

/// Does the word look like a plural?
pub fn is_plural(word: &str) -> bool {
    singular(word) != word
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plurals_and_singulars_meet() {
        for (one, many) in [
            ("pizza", "pizzas"),
            ("fry", "fries"),
            ("sandwich", "sandwiches"),
            ("cherry", "cherries"),
            ("tomato", "tomatoes"),
            ("cookie", "cookies"),
            ("box", "boxes"),
            ("olive", "olives"),
            ("latte", "lattes"),
        ] {
            assert_eq!(singular(many), one);
            assert_eq!(singular(one), one);
        }
        assert_eq!(singular("hummus"), "hummus");
        assert_eq!(singular("swiss"), "swiss");
        assert_eq!(plural("Garlic Fries"), "Garlic Fries");
        assert_eq!(plural("Diet Coke"), "Diet Cokes");
        assert_eq!(plural("Chicken Sandwich"), "Chicken Sandwiches");
        assert_eq!(plural("Cherry"), "Cherries");
        assert_eq!(plural("7 Up"), "7 Ups");
        assert_eq!(plural("Slice of cheese"), "Slices of cheese");
        assert_eq!(plural("Taco al pastor"), "Tacos al pastor");
    }
}
