//! What every language's sentences are built with.

/// "Small, Medium or Large", with the language's own last word.
pub fn listed(names: &[String], last: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., end] => format!("{} {last} {end}", init.join(", ")),
    }
}

/// The text as a sentence of its own.
pub fn sentence(what: &str) -> String {
    format!("{}.", capital(what))
}

/// With a capital letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// In lower case, inside a sentence.
pub fn lower(text: &str) -> String {
    text.to_lowercase()
}
