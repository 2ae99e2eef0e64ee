//! What every language's sentences are built with.

/// "Small, Medium or Large", with the language's own last word.
pub fn listed(names: &[String], last: &str) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [init @ .., end] => format!("{} {last} {end}", init.join(", ")),
    }
}

/// "Pizza avec Bacon et sans Fromage", "Pizza sans Fromage": what is left out comes last and needs no "with".
/// `joint` is the word for "with", `without` begins what is left out.
pub fn with_or_without(
    item: &str,
    what: &[String],
    joint: &str,
    without: &str,
    and: &str,
) -> String {
    let left_out = |choice: &&String| choice.starts_with(without);
    let mut all: Vec<String> = what.iter().filter(|c| !left_out(c)).cloned().collect();
    let joint = if all.is_empty() {
        String::new()
    } else {
        format!("{joint} ")
    };
    all.extend(what.iter().filter(left_out).cloned());
    if all.is_empty() {
        item.to_owned()
    } else {
        format!("{item} {joint}{}", listed(&all, and))
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

/// Thousandths as a plain decimal: `1.125`.
pub fn decimal(thousandths: u32) -> String {
    let part = format!("{:03}", thousandths % 1000);
    match part.trim_end_matches('0') {
        "" => (thousandths / 1000).to_string(),
        part => format!("{}.{part}", thousandths / 1000),
    }
}
