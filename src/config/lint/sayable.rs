//! Names that the voice cannot say.

use super::super::option_file::ChoiceFile;
use super::super::problem::join;
use super::super::written::CategoryFile;
use super::super::{Code, MAX_PROBLEMS, Problem, RestaurantFile};
use super::written_option::WrittenOption;
use crate::words::fold;

/// Languages written in Latin letters: what is said here is only true of them.
const LATIN: [&str; 3] = ["en", "fr", "es"];
/// The last letter of Latin Extended-B (Unicode block 0180-024F).
const LAST_LATIN: char = '\u{24f}';

/// Every name in the file that has nothing to say in its place.
pub(super) fn names(file: &RestaurantFile, options: &[WrittenOption<'_>]) -> Vec<Problem> {
    let language = file.language.as_deref().unwrap_or("en");
    if !LATIN.iter().any(|latin| language.starts_with(latin)) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut check = |pointer: &dyn Fn() -> String, text: &str, can_say_as: bool| {
        if found.len() > MAX_PROBLEMS {
            return;
        }
        if let Some(why) = unsayable(text) {
            let help = if can_say_as {
                "add say_as with the words as they are spoken"
            } else {
                "write it as it is spoken"
            };
            let message = format!("no voice can say \"{text}\": {why}");
            found.push(Problem::new(Code::WarnUnspeakable, pointer(), message).with_help(help));
        }
    };
    check(&|| "/name".to_owned(), &file.name, false);
    for (index, category) in file.categories.iter().enumerate() {
        let key = match category {
            CategoryFile::Name(_) => "",
            CategoryFile::Details(_) => "/name",
        };
        let at = || join("/categories", &index.to_string()) + key;
        check(&at, category.name(), false);
    }
    for (index, item) in file.menu.iter().enumerate() {
        let (key, said) = match &item.say_as {
            Some(said) => ("say_as", said),
            None => ("name", &item.name),
        };
        let at = || join(&join("/menu", &index.to_string()), key);
        check(&at, said, true);
    }
    for key in file.option_groups.keys() {
        check(&|| join("/option_groups", key), key, false);
    }
    for option in options {
        if let Some(name) = option.name {
            check(&|| join(&option.pointer(), "name"), name, false);
        }
        for (index, choice) in option.choices.iter().enumerate() {
            let said = match choice {
                ChoiceFile::Details(details) => details.say_as.as_deref(),
                ChoiceFile::Name(_) => None,
            };
            let name = said.unwrap_or(choice.name());
            // One that is called as the dish it is has its name there.
            if !name.is_empty() {
                check(&|| option.choice_at(index), name, true);
            }
        }
    }
    found
}

/// Why a text cannot be said, if it cannot.
fn unsayable(text: &str) -> Option<&'static str> {
    if !text.chars().any(char::is_alphanumeric) {
        return Some("it has no letter and no figure");
    }
    if text.chars().any(|c| c.is_alphabetic() && c > LAST_LATIN) {
        return Some("it has letters that are not Latin");
    }
    let mut words = text.split(|c: char| !c.is_alphabetic());
    words
        .any(without_vowel)
        .then_some("it has a word without a vowel")
}

/// Four letters or more, and no vowel among them; capitals (BBQ) are spelled out, not read.
fn without_vowel(word: &str) -> bool {
    let vowel = |letter: char| matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y');
    // Nearly every word shows a vowel as it stands.
    if word.contains(vowel) {
        return false;
    }
    let plain: String = word
        .chars()
        .map(|c| match fold(c) {
            "" => c.to_lowercase().to_string(),
            folded => folded.to_owned(),
        })
        .collect();
    let capitals = word.chars().all(char::is_uppercase);
    plain.chars().count() >= 4 && !capitals && !plain.contains(vowel)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_voice_would_skip_or_stumble_over_is_found() {
        for text in ["***", "麻婆豆腐", "Борщ", "Chkn Sndwch", "Tofu 豆腐"] {
            assert!(unsayable(text).is_some(), "{text}");
        }
    }

    #[test]
    fn initials_figures_accents_and_short_words_are_sayable() {
        for text in [
            "BLT",
            "BBQ ribs",
            "7 Up",
            "Crème brûlée",
            "Phở",
            "Gyro",
            "Dr. Pepper",
            "Mr. Tom's",
            "Rhythm",
            "12\" pie",
            "PB&J",
            "Łazanki",
        ] {
            // Phở: ở (U+1EDF) is Latin, but of a later block; it is said after its letters are folded.
            let expected = text == "Phở";
            assert_eq!(unsayable(text).is_some(), expected, "{text}");
        }
    }
}
