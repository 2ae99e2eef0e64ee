use super::*;
use proptest::prelude::*;

const SMALL: &str = include_str!("../../tests/fixtures/restaurants/bella.yaml");
const FULL: &str = include_str!("../../tests/fixtures/restaurants/full.yaml");

fn read_text(text: &str) -> Reading {
    read(text.as_bytes(), &Capabilities::embedded())
}

fn with_line(line: &str) -> Reading {
    read_text(&format!("{SMALL}{line}\n"))
}

#[test]
fn prices_are_exact_however_they_are_written() {
    for (written, cents) in [
        ("10.10", 1010),
        ("0.1", 10),
        ("10.99", 1099),
        ("\"10.99\"", 1099),
        ("4", 400),
        ("4.0", 400),
        ("0.29", 29),
        ("1.005000", -1),
        ("99999.99", 9_999_999),
        (".5", 50),
    ] {
        let text = format!(
            "id: a\nname: A\nphone_number: \"+15555550100\"\nmenu: [{{id: x, name: X, price: {written}}}]\n"
        );
        let price = read_text(&text)
            .restaurant
            .map_or(-1, |r| r.menu.items[0].price.minor());
        assert_eq!(price, cents, "{written}");
    }
}

#[test]
fn a_warning_does_not_reject_a_file() {
    let reading = with_line("handoff: \"+15551234567\"");
    assert!(reading.restaurant.is_some());
    let codes: Vec<_> = reading.problems.iter().map(|p| p.code).collect();
    assert!(codes.contains(&Code::WarnHandoffLoop), "{codes:?}");
    assert!(codes.contains(&Code::WarnNumber), "{codes:?}");
}

#[test]
fn a_later_key_is_refused_and_the_rest_is_still_checked() {
    let reading = with_line("record: true\ncurrency: XYZ");
    let codes: Vec<_> = reading
        .problems
        .iter()
        .filter(|p| p.is_error())
        .map(|p| p.code)
        .collect();
    assert_eq!(codes, vec![Code::NotYet, Code::Currency]);
    assert!(reading.restaurant.is_none());
    assert_eq!(reading.id.as_deref(), Some("bellas-pizza"));
}

#[test]
fn what_the_engines_cannot_serve_is_a_problem() {
    assert_eq!(
        with_line("language: fr-CA")
            .problems
            .iter()
            .filter(|p| p.code == Code::LanguageNotServed)
            .count(),
        1
    );
    let llm = with_line("brain: llm");
    assert!(
        llm.problems
            .iter()
            .any(|p| p.code == Code::Engine && p.pointer == "/brain")
    );
    let french = Capabilities {
        languages: vec!["fr".into()],
        llm: true,
        ..Capabilities::embedded()
    };
    let text = format!("{SMALL}language: fr-CA\nbrain: llm\n");
    assert!(read(text.as_bytes(), &french).restaurant.is_some());
}

#[test]
fn the_bounds_of_an_option_follow_what_is_written() {
    let bounds = |keys: &str| {
        let text = format!(
            "id: a\nname: A\nphone_number: \"+15555550100\"\nmenu: [{{id: x, name: X, price: 1, options: [{{name: O, choices: [A, B, C]{keys}}}]}}]\n"
        );
        let reading = read_text(&text);
        let restaurant = reading
            .restaurant
            .unwrap_or_else(|| panic!("{:?}", reading.problems));
        let option = restaurant.menu.items[0].options[0].clone();
        (
            option.min,
            option.max,
            option.default.len(),
            option.amounts.len(),
        )
    };
    assert_eq!(bounds(""), (1, Some(1), 0, 1));
    assert_eq!(bounds(", min: 0"), (0, None, 0, 4));
    assert_eq!(bounds(", max: 2"), (0, Some(2), 0, 4));
    assert_eq!(bounds(", default: B"), (0, Some(1), 1, 1));
    assert_eq!(bounds(", default: [A, B]"), (0, Some(2), 2, 4));
    assert_eq!(bounds(", min: 1, max: 1, default: C"), (1, Some(1), 1, 1));
}

#[test]
fn a_byte_order_mark_and_windows_line_ends_change_nothing() {
    let windows = format!("\u{feff}{}", FULL.replace('\n', "\r\n"));
    assert_eq!(read_text(&windows).restaurant, read_text(FULL).restaurant);
    assert!(read_text(FULL).restaurant.is_some());
}

#[test]
fn at_most_fifty_problems_are_reported() {
    let items: String = (0..200)
        .map(|i| format!("  - {{id: i{i}, name: N, price: cheap}}\n"))
        .collect();
    let reading = read_text(&format!(
        "id: a\nname: A\nphone_number: \"+15555550100\"\nmenu:\n{items}"
    ));
    assert_eq!(reading.problems.len(), MAX_PROBLEMS);
    assert!(reading.problems.iter().all(Problem::is_error));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let _ = read(&bytes, &Capabilities::embedded());
    }

    #[test]
    fn no_mutation_of_a_valid_file_panics_and_every_problem_has_a_place(
        cuts in prop::collection::vec((0..4000usize, 0..6usize, "[-a-z0-9:{}\\[\\]\"'&*!<| \n.]{0,6}"), 1..6)
    ) {
        let mut text: Vec<char> = FULL.chars().collect();
        for (at, remove, insert) in cuts {
            let at = at % (text.len() + 1);
            let end = (at + remove).min(text.len());
            text.splice(at..end, insert.chars());
        }
        let text: String = text.into_iter().collect();
        let reading = read_text(&text);
        prop_assert_eq!(reading.restaurant.is_none(), reading.problems.iter().any(Problem::is_error));
        let lines = text.lines().count() as u32;
        for problem in &reading.problems {
            prop_assert!(problem.line >= 1 && problem.line <= lines.max(1) + 1, "{:?}", problem);
            prop_assert!(problem.column >= 1);
            prop_assert!(text.get(problem.span.clone()).is_some(), "{:?}", problem);
        }
    }

    #[test]
    fn any_amount_of_cents_is_read_exactly(cents in 0..10_000_000_i64, quoted: bool) {
        let quote = if quoted { "\"" } else { "" };
        let text = format!(
            "id: a\nname: A\nphone_number: \"+15555550100\"\nmenu: [{{id: x, name: X, price: {quote}{}.{:02}{quote}}}]\n",
            cents / 100, cents % 100
        );
        let restaurant = read_text(&text).restaurant.expect("valid");
        prop_assert_eq!(restaurant.menu.items[0].price.minor(), cents);
    }
}

#[test]
fn a_secret_that_lies_in_the_folder_is_not_told() {
    let secret = "a1b2c3d4e5f60718".repeat(4);
    for text in [
        secret.clone(),
        format!("{secret}\n"),
        format!("\"{secret}\""),
        format!("- {secret}"),
        format!("timezone: {secret}\nmenu: {secret}\nid: {secret}\n"),
        format!("? {{{secret}: {secret}}}\n: x\n"),
        format!("menu: [{{id: {secret}, name: {secret}, price: {secret}}}]"),
        secret.replace(|c: char| c.is_alphabetic(), "7"),
        format!("1e{}", secret.replace(|c: char| c.is_alphabetic(), "7")),
    ] {
        let reading = read(text.as_bytes(), &Capabilities::embedded());
        assert!(!reading.problems.is_empty(), "{text}");
        let digits: String = text.chars().filter(char::is_ascii_alphanumeric).collect();
        for problem in &reading.problems {
            let help = problem.help.as_deref().unwrap_or_default();
            for told in [problem.message.as_str(), help] {
                let shown = (0..digits.len() - 41).any(|at| told.contains(&digits[at..at + 41]));
                assert!(!shown, "{told}");
            }
            if problem.pointer.is_empty() {
                let whole =
                    (0..digits.len() - 24).any(|at| problem.message.contains(&digits[at..at + 24]));
                assert!(!whole || problem.code == Code::Key, "{}", problem.message);
            }
        }
    }
}

#[test]
fn linted_later_a_file_is_warned_of_as_at_once() {
    let here = Capabilities::embedded();
    let long_way = SMALL.replacen("name:", "name: &a", 1);
    let alike = "id: a\nname: Café #1\nphone_number: \"+15555550100\"\ncategories: [Pizza]\nmenu:\n  - {id: a, name: Pizza, category: Pizza, price: 4.50}\n  - {id: b, name: Pitza, category: Pizza, price: 4.75}\n  - {id: c, name: \"!!\", price: 4.25}\n  - {id: d, name: Soup, price: 4.5}\n  - {id: e, name: Tea, price: 1.25}\n  - id: f\n    name: Wings #12\n    price: 3.25\n";
    let folded = alike.replace("name: Café #1", "name: >-\n  Café\n  Luna #1");
    let mut warned = 0;
    for text in [
        SMALL,
        FULL,
        &long_way,
        alike,
        &folded,
        "",
        "id: [",
        &"\u{feff}id: a\n".repeat(2),
    ] {
        let whole = read_text(text);
        let (early, unlinted) = read_unlinted(text.as_bytes(), &here);
        assert_eq!(early.restaurant, whole.restaurant);
        assert_eq!(
            (&early.id, &early.number_places),
            (&whole.id, &whole.number_places)
        );
        let Some(unlinted) = unlinted else {
            assert!(early.restaurant.is_none());
            assert_eq!(early.problems, whole.problems);
            continue;
        };
        let late = unlinted.lint(text.as_bytes(), &early.problems);
        assert_eq!(late, whole.problems, "{text}");
        warned += usize::from(late.len() > early.problems.len());
        let again = unlinted
            .without_file()
            .lint(text.as_bytes(), &early.problems);
        assert_eq!(again, whole.problems, "{text}");
    }
    assert_eq!(warned, 2, "the lint is what found something");
}
