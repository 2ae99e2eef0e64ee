//! The lines tell what saphyr-parser tells, and of files as owners write them they tell everything.

use proptest::prelude::*;
use saphyr_parser::Parser;

use super::*;
use crate::config::event_reader::{is_undisputed, is_undisputed_plain};

/// An event without what nobody asks for: its kind, its text, and where it begins.
type Told = (String, usize, usize);

fn told(event: &Event<'_>, span: Span) -> Told {
    // Where something ends that is written in lines, each parser has a place of its own for.
    let (line, column) = match event {
        Event::Scalar(..) => (span.start.line(), span.start.col()),
        _ => (0, 0),
    };
    (format!("{event:?}"), line, column)
}

/// What the lines tell, and whether they gave up, or told of a text that `event_reader` does not believe whoever tells it.
fn by_lines(text: &str) -> (Vec<Told>, bool) {
    let mut lines = LineEvents::new(text);
    let (mut all, mut disputed) = (Vec::new(), false);
    while let Some((event, span)) = lines.next() {
        if let Event::Scalar(text, ScalarStyle::Plain, ..) = &event {
            disputed |= !is_undisputed_plain(text);
        }
        all.push(told(&event, span));
    }
    (all, lines.gave_up() || disputed)
}

fn by_parser(text: &str) -> Option<Vec<Told>> {
    Parser::new_from_str(text)
        .map(|event| event.ok().map(|(event, span)| told(&event, span)))
        .collect()
}

#[test]
fn files_as_owners_write_them_are_told_by_lines() {
    for text in [
        include_str!("../../tests/fixtures/restaurants/bella.yaml"),
        include_str!("../../tests/fixtures/restaurants/full.yaml"),
        include_str!("../../tests/fixtures/restaurants/contract.yaml"),
        include_str!("../../restaurants.d/corner-slice.yaml"),
        "a:\n- b: 1\n  c:\n  - d\n  - e: f\n- {g: [], h: {}}\ni: [j, [k]] # l\nm: 'n''o' # p\n\"q r\": Zoë's #1\ns t: \"u\"\n",
        "é: ë\nfrom: é\nx:\n    # y\n\n    z: 1\n\n# end",
    ] {
        for text in [text.to_owned(), text.replace('\n', "\r\n")] {
            let (told, gave_up) = by_lines(&text);
            assert!(!gave_up, "{text}");
            assert_eq!(Some(told), by_parser(&text), "{text}");
        }
    }
}

#[test]
fn what_lines_do_not_tell_is_left_to_the_parser() {
    for text in [
        "",
        "a",
        "- a",
        "a:",
        "a: 1\nb:",
        "a: b\n  c",
        "a: b\n  c: d",
        "a:\n  b",
        "a: |\n  b",
        "a: >-\n  b",
        "a: \"b\\n\"",
        "a: \"b\n  c\"",
        "a: [b,\n  c]",
        "a: [b, ]",
        "a: {b}",
        "a: {b: }",
        "a: {b:c}",
        "a: {\"b\":c}",
        "a: [b: c]",
        "a: [b] c",
        "a: 'b' c",
        "a:\n-\n  b",
        "a:\n- - b",
        "a:\n  - b\n - c",
        "a:\n  b: c\n d: e",
        "a:\n- b\n  c",
        "a:\nb: c",
        "? a",
        "a : b",
        "a: b\n---\nc: d",
        "---\na: b",
        "a: b\n...\n",
        "a: b\n- c",
        "  a: b\nc: d",
    ] {
        assert!(by_lines(text).1, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn what_lines_tell_the_parser_tells_too(
        pieces in prop::collection::vec(
            prop::sample::select(vec![
                "a", "b: ", "c:", "- ", "-", "\n", "\n  ", "\n    ", "\n\n", "#", " # x", "\"", "'", "''", "[", "]", "{", "}",
                ", ", ",", ": ", ":", "é", " ", "\r\n", "1", ".", "d e", "\\", "\n- ", "\n  - ", "f: g", "{h: i}", "[j, k]",
                "\na:", "\n  b: 1", "\n- c: 2", "!", "&", "*", "|", ">", "?", "~", "@", "`", "%",
            ]),
            1..24,
        ),
    ) {
        let text: String = pieces.concat();
        prop_assume!(is_undisputed(&text));
        let (told, gave_up) = by_lines(&text);
        if !gave_up {
            prop_assert_eq!(Some(told), by_parser(&text), "{}", text);
        }
    }
}
