//! The short way never says other than the long way: what it takes, scan, YAML, schema and types take for the same.

use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;
use crate::config::{scan, schema, yaml};

const DOCUMENTS: [&str; 4] = [
    include_str!("../../tests/fixtures/restaurants/bella.yaml"),
    include_str!("../../tests/fixtures/restaurants/full.yaml"),
    include_str!("../../tests/fixtures/restaurants/contract.yaml"),
    // Forms that owners write and fixtures do not.
    "---\n# Our menu\nid: a\nname: 'Zoë''s'\n\"phone_number\": \"+12125550100\"\nx-note: [1, [two, ~]]\ngreeting: >-\n  \
     Welcome\n  to us.\n\n  Hello.\nclosed_message: |\n  Closed.\nx-mine: {a: {b: [1, 2]}, c: ~}\n\
     tax: {rate: 8.875, included: true}\noption_groups: {size: {choices: [Small, {name: Large, price: 1.50}]}}\nmenu:\n\
     - {id: t1, name: Tea, price: 2, options: [use: size]}\n-   id: t2\n    name: 7 Up\n    price: .5\n    aliases:\n    - soda\n    - \"caf\\u00e9\"\n...\n",
];

/// What the long way makes of a text, when it takes it.
fn the_long_way(text: &str) -> Option<(RestaurantFile, Vec<Place>)> {
    let scanned = scan::scan(text).ok()?;
    let value = yaml::parse(text).ok()?;
    let file = schema::accepts(&value).then(|| RestaurantFile::deserialize(&value).ok())??;
    Some((file, scanned.numbers))
}

/// `Err` where the ways differ; whether the short way took it.
fn compare(text: &str) -> Result<bool, TestCaseError> {
    let Some(short) = read(text) else {
        return Ok(false);
    };
    let Some((file, numbers)) = the_long_way(text) else {
        return Err(TestCaseError::fail(format!(
            "only the short way takes\n{text}"
        )));
    };
    prop_assert_eq!(&short.file, &file, "\n{}", text);
    prop_assert_eq!(&short.numbers, &numbers, "\n{}", text);
    Ok(true)
}

#[test]
fn files_as_owners_write_them_are_read_the_short_way() {
    for text in DOCUMENTS {
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            assert!(compare(&text).unwrap(), "{text}");
        }
    }
}

#[test]
fn what_parsers_disagree_about_is_left_to_the_long_way() {
    let file =
        "id: a\nname: A\nphone_number: \"+12125550100\"\nmenu: [{id: a, name: Tea, price: 1}]\n";
    assert!(compare(file).unwrap());
    for (from, to) in [
        ("name: A", "name:\tA"),
        ("id: a", "...\n---\nid: a"),
        ("id: a", "# Ours\n\n...\nid: a"),
        ("name: A", "name: A\u{85}"),
        ("name: A", "name: A\u{2028}B"),
        ("name: A", "name: A\u{feff}"),
        ("name: A", "name: A\rB"),
        ("name: A", "name: A\u{7}"),
        ("name: A", "name: &a A"),
        ("name: A", "name: !!str A"),
        ("name: A", "name: A\nname: A"),
        ("name: A", "name: A\nx-a: 1\nx-a: 2"),
        ("name: A", "name: A\nx-a: {b: 1, b: 2}"),
        ("name: A", "name: A\nx-a: 99999999999999999999"),
        ("name: A", "name: A\n1: 2"),
        (
            "name: A",
            "name: A\noption_groups: {b: {choices: [c]}, b: {choices: [c]}}",
        ),
        ("price: 1}", "price: 1e0}"),
        ("price: 1}", "price: 0x1}"),
        ("id: a\nname", "%YAML 1.2\n---\nid: a\nname"),
        ("price: 1}]\n", "price: 1}]\n---\nid: b\n"),
        ("name: A", "name: A\n  B"),
        ("name: A", "name: \"A\n  B\""),
        ("name: Tea", "name: |Tea"),
        ("name: Tea", "name: a:b"),
        ("menu: [{id", "menu: [\n  {id"),
        ("{id: a, name", "{id: a,\n  name"),
    ] {
        assert!(file.contains(from), "{from}");
        let text = file.replacen(from, to, 1);
        assert!(read(&text).is_none(), "{text}");
    }
}

/// Pieces of YAML that change what a line means.
const PIECES: [&str; 64] = [
    "{",
    "}",
    "[",
    "]",
    ": ",
    ":",
    ", ",
    ",",
    "- ",
    "-",
    "\n",
    "\n  ",
    "\n    ",
    "\n\n",
    "# ",
    " #x",
    "#",
    "\"",
    "'",
    "''",
    "&a ",
    "*a",
    "<<: ",
    "!!str ",
    "!",
    "|\n",
    "|",
    ">-\n",
    ">",
    "|2-\n",
    "---\n",
    "...\n",
    "\n---\n",
    "%YAML 1.2\n",
    "? ",
    "?",
    "~",
    "null",
    "true",
    "yes",
    "no",
    "0x10",
    "1e3",
    ".nan",
    "-1",
    "-0",
    "0",
    "00",
    "011",
    "+5",
    "5.",
    "5.0",
    "99999999999999999999",
    "10.999",
    "\t",
    "\r\n",
    "\r",
    "\\",
    "\\n",
    "\\\n",
    "`",
    "@",
    "x-own: ",
    "é麻\u{a0}",
];

#[derive(Clone, Debug)]
struct Change {
    at: Index,
    kind: u8,
    piece: &'static str,
    length: usize,
}

fn change() -> impl Strategy<Value = Change> {
    (
        any::<Index>(),
        0..6_u8,
        select(PIECES.to_vec()),
        0..12_usize,
    )
        .prop_map(|(at, kind, piece, length)| Change {
            at,
            kind,
            piece,
            length,
        })
}

fn apply(text: &mut String, change: &Change) {
    // Near the front of a token more often than inside it: most bytes of a menu are letters of names.
    let marks: Vec<usize> = match change.kind % 2 {
        0 => text
            .char_indices()
            .filter(|(_, c)| !c.is_alphanumeric())
            .map(|(at, _)| at)
            .collect(),
        _ => text.char_indices().map(|(at, _)| at).collect(),
    };
    if marks.is_empty() {
        return;
    }
    let at = *change.at.get(&marks);
    let end = text[at..]
        .char_indices()
        .nth(change.length)
        .map_or(text.len(), |(length, _)| at + length);
    match change.kind {
        0 | 1 => text.insert_str(at, change.piece),
        2 => text.replace_range(at..end, change.piece),
        3 => text.replace_range(at..end, ""),
        4 => {
            let line = text[..at].rfind('\n').map_or(0, |line| line + 1);
            text.insert_str(line, &" ".repeat(change.length % 5));
        }
        _ => {
            let again = text[at..end].to_owned();
            text.insert_str(at, &again);
        }
    }
}

/// Cases of each property; `make fuzz` compares the two ways too, for as long as one likes.
const CASES: u32 = 600;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn what_the_short_way_takes_the_long_way_takes_for_the_same(
        document in select(DOCUMENTS.to_vec()),
        changes in prop::collection::vec(change(), 1..4),
    ) {
        let mut text = document.to_owned();
        for change in &changes {
            apply(&mut text, change);
        }
        compare(&text)?;
    }

    #[test]
    fn a_plain_scalar_is_what_serde_yaml_makes_of_it(
        text in "[-+]{0,2}[0-9_]{0,20}[.eE]?[-+]?[0-9]{0,17}|[ntfNTF.][a-zA-Z.]{0,4}|0[xob][0-9a-f]{1,4}|[a-z0-9 .+-]{0,8}",
    ) {
        let Ok(value) = yaml::parse(&format!("a: {text}\n")) else { return Ok(()) };
        if scan::scan(&format!("a: {text}\n")).is_err() {
            return Ok(());
        }
        let value = &value["a"];
        let text = text.trim();
        prop_assume!(!text.contains(": ") && !text.ends_with(':'));
        let resolved = match resolve(text) {
            None => return Ok(()),
            Some(Plain::Null) => serde_json::Value::Null,
            Some(Plain::Bool(flag)) => flag.into(),
            Some(Plain::Whole(number)) => number.into(),
            Some(Plain::Negative(number)) => number.into(),
            Some(Plain::Float(number)) => number.into(),
            Some(Plain::Text) => text.into(),
        };
        prop_assert_eq!(value, &resolved, "{}", text);
    }
}
