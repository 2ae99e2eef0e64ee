//! The largest files that are read, made to cost as much as they can: what they cost is bounded by their events, and a
//! quadratic step would keep these tests for minutes.

use super::*;
use crate::config::{MAX_BYTES, MAX_EVENTS};
use proptest::prelude::*;

const HEAD: &str = "id: demo\nname: Demo\nphone_number: \"+12125550100\"\n";

fn lines(count: usize, line: impl Fn(usize) -> String) -> String {
    (0..count).map(line).collect()
}

/// A menu of `count` items; `more` adds keys to each.
fn menu(count: usize, more: impl Fn(usize) -> String) -> String {
    let items = lines(count, |i| {
        format!("- {{id: i{i}, name: N, price: 1, {}}}\n", more(i))
    });
    format!("menu:\n{items}")
}

/// Sixty mappings of long keys in each other, and so many leaves that the events are used up.
fn deep() -> String {
    let key = "k".repeat(120);
    let open: String = (0..60).map(|_| format!("{{{key}: ")).collect();
    let leaves: Vec<String> = (0..90_000).map(|i| format!("a{i}: 1")).collect();
    format!("{HEAD}{open}{{{}}}{}\n", leaves.join(", "), "}".repeat(60))
        .replacen("{k", "deep: {k", 1)
}

/// A hundred groups of choices that every item takes over: a megabyte that would unfold to gigabytes.
fn unfolding() -> String {
    let choices: Vec<String> = (0..200).map(|i| format!("c{i}")).collect();
    let groups = lines(40, |i| {
        format!("  g{i}: {{choices: [{}]}}\n", choices.join(", "))
    });
    let uses: Vec<String> = (0..40).map(|i| format!("{{use: g{i}}}")).collect();
    let uses = uses.join(", ");
    let items = menu(1_000, |_| format!("options: [{uses}]"));
    format!("{HEAD}option_groups:\n{groups}{items}")
}

fn hostile() -> Vec<(&'static str, String, Option<Code>)> {
    let far = |i: usize| format!("{}{i:03}", "category".repeat(14));
    let categories: Vec<String> = (0..100).map(far).collect();
    vec![
        (
            "doubled keys",
            "a: 1\n".repeat(90_000),
            Some(Code::DuplicateKey),
        ),
        (
            "unknown keys",
            format!("{HEAD}{}", lines(90_000, |i| format!("k{i}: 1\n"))),
            Some(Code::UnknownKey),
        ),
        (
            "keys that are numbers",
            format!("{HEAD}{}", lines(90_000, |i| format!("{i}: 1\n"))),
            Some(Code::Key),
        ),
        (
            "one long key",
            format!("{HEAD}? {}\n: 1\n", "k".repeat(1_000_000)),
            Some(Code::Key),
        ),
        (
            "one long text",
            format!("{HEAD}address: {}\n", "k".repeat(1_000_000)),
            Some(Code::Schema),
        ),
        ("deep long keys", deep(), Some(Code::UnknownKey)),
        (
            "a menu of numbers",
            format!("{HEAD}menu: [{}]\n", "1,".repeat(190_000)),
            Some(Code::Schema),
        ),
        (
            "categories that are nearly there",
            format!(
                "{HEAD}categories: [{}]\n{}",
                categories.join(", "),
                menu(2_000, |i| format!("category: {}x", far(i % 100)))
            ),
            Some(Code::Reference),
        ),
        ("groups that unfold", unfolding(), Some(Code::Option)),
        (
            "two thousand namesakes",
            format!("{HEAD}{}", menu(2_000, |_| "aliases: [Coke, Cake]".into())),
            None,
        ),
        (
            "choices no voice can say",
            format!(
                "{HEAD}{}",
                menu(400, |_| format!(
                    "options: [{{name: \"*\", choices: [{}]}}]",
                    lines(50, |i| format!("\"{}\", ", "?".repeat(i + 1)))
                ))
            ),
            None,
        ),
        (
            "comments",
            format!(
                "{HEAD}{}",
                menu(1_000, |_| "available: true".into()) + &"  #x\n".repeat(100_000)
            ),
            None,
        ),
        (
            "signs",
            format!(
                "{HEAD}menu:\n{}",
                lines(2_000, |i| format!(
                    "- id: i{i}\n  name: N{i} #1\n  price: 1\n"
                ))
            ),
            None,
        ),
        (
            "too many events",
            format!("{HEAD}x-log: [{}]\n", "1,".repeat(MAX_EVENTS)),
            Some(Code::Events),
        ),
    ]
}

#[test]
fn what_a_file_costs_is_bounded_by_its_events() {
    for (name, text, refused) in hostile() {
        assert!(text.len() <= MAX_BYTES, "{name} has {} bytes", text.len());
        let reading = read(text.as_bytes(), &Capabilities::embedded());
        let errors: Vec<_> = reading.problems.iter().filter(|p| p.is_error()).collect();
        assert!(reading.problems.len() <= MAX_PROBLEMS, "{name}");
        assert_eq!(
            reading.restaurant.is_none(),
            refused.is_some(),
            "{name}: {errors:?}"
        );
        if let Some(code) = refused {
            assert!(errors.iter().any(|p| p.code == code), "{name}: {errors:?}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    /// Any small piece, repeated until the file is as large as may be read.
    #[test]
    fn no_piece_repeated_to_a_megabyte_panics_or_runs_away(piece in "[-a-c:{}\\[\\],&*!|>'\"#%@ \n?<0-9.]{1,12}") {
        let text = format!("{HEAD}{}", piece.repeat((MAX_BYTES - HEAD.len()) / piece.len()));
        let reading = read(text.as_bytes(), &Capabilities::embedded());
        prop_assert!(reading.problems.len() <= MAX_PROBLEMS);
        prop_assert_eq!(reading.restaurant.is_none(), reading.problems.iter().any(Problem::is_error));
    }
}
