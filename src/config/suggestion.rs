//! "Did you mean": the known word nearest to what was written.

/// The nearest of `known`, if it is near enough to be a slip: at most a third of the letters differ.
pub(super) fn nearest<'a>(
    written: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let lower = written.to_lowercase();
    let length = lower.chars().count();
    let allowed = (length / 3).clamp(1, 3);
    known
        .into_iter()
        // More letters apart than may differ: no need to compare (and a key of a megabyte costs nothing).
        .filter(|word| word.chars().count().abs_diff(length) <= allowed)
        .map(|word| {
            let distance = strsim::osa_distance(&lower, &word.to_lowercase());
            (distance, word)
        })
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, word)| word)
}

/// A help line that names the nearest word, else all of them when they are few.
pub(super) fn did_you_mean(written: &str, known: &[&str]) -> Option<String> {
    match nearest(written, known.iter().copied()) {
        Some(word) => Some(format!("did you mean \"{word}\"?")),
        None if (1..=12).contains(&known.len()) => Some(format!("known: {}", known.join(", "))),
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_recognised_and_a_stranger_is_not() {
        assert_eq!(nearest("prize", ["name", "price"]), Some("price"));
        assert_eq!(nearest("nmae", ["name", "price"]), Some("name"));
        assert_eq!(nearest("colour", ["name", "price"]), None);
    }
}
