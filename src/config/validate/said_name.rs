//! Names as they are said: what stands in brackets is a remark, sizes and signs are no words.

use std::collections::HashMap;

/// What a list of names is called on the telephone. A name without remarks is said as it is written; so is one that
/// would be the same as another without its remark.
pub(super) fn said_names(written: &[&str]) -> Vec<String> {
    let bare: Vec<Option<String>> = written.iter().map(|name| without_brackets(name)).collect();
    if bare.iter().all(Option::is_none) {
        return written.iter().map(|&name| name.to_owned()).collect();
    }
    let mut uses: HashMap<String, usize> = HashMap::new();
    for (name, bare) in written.iter().zip(&bare) {
        let said = bare.as_deref().unwrap_or(name);
        *uses.entry(said.to_lowercase()).or_default() += 1;
    }
    let said = |(name, bare): (&&str, &Option<String>)| match bare {
        Some(bare) if uses[&bare.to_lowercase()] == 1 => bare.clone(),
        _ => (*name).to_owned(),
    };
    written.iter().zip(&bare).map(said).collect()
}

/// Other ways to say a name: its remark first ("Half Aromatic Duck" for "Aromatic Duck (Half)"), and without its sizes.
pub(super) fn other_ways(written: &str) -> Vec<String> {
    let mut ways = Vec::new();
    if let Some(bare) = without_brackets(written) {
        let remarks = remarks(written);
        let wordy = |text: &String| text.chars().all(|c| c.is_alphabetic() || c == ' ');
        if let [remark] = remarks.as_slice()
            && wordy(remark)
        {
            ways.push(format!("{remark} {bare}"));
            ways.push(format!("{bare} {remark}"));
        }
    }
    if let Some(bare) = without_sizes(written) {
        ways.push(bare);
    }
    ways
}

/// What a share is called: "half sugar" for "50% Sugar".
pub(super) fn share_of(written: &str) -> Option<String> {
    let (percent, thing) = written.split_once('%')?;
    let share = match percent.trim() {
        "25" => "quarter",
        "50" => "half",
        "75" => "three quarter",
        "100" => "full",
        _ => return None,
    };
    let thing = thing.trim();
    let wordy = !thing.is_empty() && thing.chars().all(|c| c.is_alphabetic() || c == ' ');
    wordy.then(|| format!("{share} {thing}"))
}

/// The name without what stands in brackets; `None` where there are none, or nothing else.
fn without_brackets(name: &str) -> Option<String> {
    if !name.contains(['(', '[']) {
        return None;
    }
    let mut depth = 0_u32;
    let mut bare = String::new();
    for letter in name.chars() {
        match letter {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.checked_sub(1)?,
            _ if depth == 0 => bare.push(letter),
            _ => {}
        }
    }
    let words: Vec<&str> = bare.split_whitespace().collect();
    let bare = words.join(" ");
    let said = bare.chars().any(char::is_alphabetic);
    (depth == 0 && said && bare != name).then_some(bare)
}

/// What stands in brackets, each trimmed.
fn remarks(name: &str) -> Vec<String> {
    name.split(['(', '['])
        .skip(1)
        .filter_map(|part| part.split([')', ']']).next())
        .map(|part| part.trim().to_owned())
        .filter(|part| !part.is_empty())
        .collect()
}

/// Units that stand behind a number in a size.
const SIZE_UNITS: &[&str] = &[
    "\"", "”", "''", "cl", "ml", "l", "g", "gr", "kg", "oz", "fl oz", "lb", "lbs", "cm", "in",
    "inch", "pcs", "pc", "pt",
];

/// The name without sizes (`12"`, `33cl`, `½`, a closing `PT`); `None` where there are none, or nothing else.
fn without_sizes(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_unit =
        |text: &str| SIZE_UNITS.contains(&text.trim_end_matches('.').to_lowercase().as_str());
    let number = |text: &str| {
        !text.is_empty()
            && text
                .chars()
                .all(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | '/'))
    };
    let mut kept: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let word = words[at];
        let digits = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ',')));
        let joined = digits.is_some_and(|end| end > 0 && is_unit(&word[end..]));
        let apart = number(word) && words.get(at + 1).is_some_and(|next| is_unit(next));
        let sign = word.chars().all(|c| "½¼¾⅓⅔®™*".contains(c));
        let pint = at > 0 && at + 1 == words.len() && word == "PT";
        if apart {
            at += 2;
            continue;
        }
        if !(joined || sign || pint) {
            kept.push(word);
        }
        at += 1;
    }
    let bare = kept.join(" ");
    let said = bare.chars().any(char::is_alphabetic);
    (said && kept.len() < words.len()).then_some(bare)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_brackets_is_not_said_unless_it_tells_two_apart() {
        let names = [
            "Onion Bhaji (2 pcs)",
            "Aromatic Duck (Half)",
            "Aromatic Duck (Quarter)",
            "Chicken Nuggets (8) & Chips",
            "Cola",
            "(8)",
            "Broken (bracket",
        ];
        let said = [
            "Onion Bhaji",
            "Aromatic Duck (Half)",
            "Aromatic Duck (Quarter)",
            "Chicken Nuggets & Chips",
            "Cola",
            "(8)",
            "Broken (bracket",
        ];
        assert_eq!(said_names(&names), said);
    }

    #[test]
    fn sizes_and_signs_need_not_be_said() {
        let ways = |name| other_ways(name);
        assert_eq!(ways("San Pellegrino 33cl"), ["San Pellegrino"]);
        assert_eq!(ways("12\" Garlic Bread"), ["Garlic Bread"]);
        assert_eq!(ways("Lager 1 PT"), ["Lager"]);
        assert_eq!(ways("½ Roast Chicken"), ["Roast Chicken"]);
        assert_eq!(ways("Coke 330 ml"), ["Coke"]);
        assert_eq!(ways("7-Up"), Vec::<String>::new());
        assert_eq!(ways("Duck (Half)"), ["Half Duck", "Duck Half"]);
        assert_eq!(share_of("50% Sugar").as_deref(), Some("half Sugar"));
        assert_eq!(share_of("30% Ice"), None);
    }
}
