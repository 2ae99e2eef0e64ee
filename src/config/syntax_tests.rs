use crate::config::{Capabilities, read};

const HEAD: &str = "id: bella\nname: Bella\nphone_number: \"+12125550151\"\nmenu:\n";

/// `line:column code message` of the only problem of this text behind the head's four lines.
fn told(rest: &str) -> String {
    let text = format!("{HEAD}{rest}");
    let problems = read(text.as_bytes(), &Capabilities::embedded()).problems;
    assert_eq!(problems.len(), 1, "{problems:?}");
    format!("{} {}", problems[0].code, problems[0].one_line())
}

#[test]
fn a_mistake_is_told_at_its_own_line_wherever_it_is() {
    let rows = "  - id: m1\n    name: Soup\n    price: 4.50\n";
    let missing = "behind the colon of a key comes a space";
    for end in ["", "\n", "\n\n# the end\n", "\r\n"] {
        assert_eq!(
            told(&format!("{rows}upsell:Tea?{end}")),
            format!("E_YAML 8:1 {missing}"),
            "{end:?}"
        );
    }
    assert_eq!(
        told("  - id: m1\n    name: Soup\n    price:4.50\n  - {id: m2, name: Tea, price: 1.00}\n"),
        format!("E_YAML 7:5 {missing}")
    );
    assert_eq!(
        told(&format!("{rows}and a word\n")),
        "E_YAML 8:1 expected a key with a colon and a space behind it"
    );
    // What is never closed is told at the last line there is.
    let open = told("  - {id: m1, name: Soup, price: 4.50\n\n");
    assert!(open.starts_with("E_YAML 5:37 "), "{open}");
    let quote = told("  - {id: m1, name: \"Soup, price: 4.50}\n");
    assert!(quote.starts_with("E_YAML 5:"), "{quote}");
}

#[test]
fn a_blank_that_is_no_space_is_named_at_its_line() {
    assert_eq!(
        told("  - id: m1\n\u{a0} \u{a0} name: Soup\n    price: 4.50\n"),
        "E_YAML 6:1 the line begins with a no-break space (U+00A0)"
    );
    assert_eq!(
        told("  - id: m1\n    name: Soup\n    price:\u{a0} 4.50\n"),
        "E_YAML 7:11 a no-break space (U+00A0) stands behind \"price:\""
    );
    assert_eq!(
        told("  - id: m1\n\u{3000}   name: Soup\n    price: 4.50\n"),
        "E_YAML 6:1 the line begins with an ideographic space (U+3000)"
    );
    assert_eq!(
        told("  - id: m1\n\tname: Soup\n    price: 4.50\n"),
        "E_YAML 6:1 the line begins with a tab"
    );
}

#[test]
fn a_blank_in_a_value_or_a_key_that_is_refused_is_named_too() {
    for rest in [
        "  - {id: m1, name: Soup, price: \u{a0}4.50}\n",
        "  - {id: m1, name: Soup,\u{a0}price: 4.50}\n",
        "  - {id: m1, name: Soup, pri\u{200b}ce: 4.50}\n",
    ] {
        let text = format!("{HEAD}{rest}");
        let problems = read(text.as_bytes(), &Capabilities::embedded()).problems;
        let named = problems.iter().any(|problem| {
            let help = problem.help.as_deref().unwrap_or_default();
            help.contains("(U+00A0)") || help.contains("(U+200B)")
        });
        assert!(named, "{problems:?}");
    }
}

#[test]
fn a_star_before_a_name_is_an_alias() {
    for (rest, place) in [
        ("  - *soup\n", "5:5"),
        ("  - {id: a, name: *Special*, price: 4}\n", "5:19"),
        ("  - {id: a, name: Soup, price: 4}\nupsell: * Tea?\n", "6:9"),
        ("  - {id: a, name: & Soup, price: 4}\n", "5:19"),
    ] {
        let told = told(rest);
        assert!(
            told.starts_with(&format!("E_ANCHOR {place} ")),
            "{rest}: {told}"
        );
    }
}

#[test]
fn no_yaml_like_text_is_told_at_a_line_it_does_not_have() {
    let texts = [
        "a",
        "a:",
        "- [",
        "{",
        "\"",
        "a: b\n  c:d",
        "a: |\n x\nb",
        "? a\nb",
        "\t",
        "a: *",
        "%",
        "'",
    ];
    for text in texts {
        for end in ["", "\n", "\n\n", " # x", "\n#\n"] {
            let text = format!("{text}{end}");
            let lines = text.split('\n').count() as u32;
            for problem in read(text.as_bytes(), &Capabilities::embedded()).problems {
                assert!((1..=lines).contains(&problem.line), "{text:?} {problem:?}");
            }
        }
    }
}
