use super::*;
use proptest::prelude::*;

fn code(text: &str) -> Option<Code> {
    scan(text).err().map(|problem| problem.code)
}

#[test]
fn what_a_menu_never_needs_is_refused_by_name() {
    for (text, expected) in [
        ("a: &x 1\nb: *x\n", Code::Anchor),
        ("a: *x\n", Code::Anchor),
        ("a: !!int \"1\"\n", Code::Tag),
        ("<<: {a: 1}\n", Code::MergeKey),
        ("a: 0x10\n", Code::NumberForm),
        ("a: \"red \\e[31m\"\n", Code::ControlCharacter),
        ("a: \"null \\0\"\n", Code::ControlCharacter),
        ("\"\\x9b\": a\n", Code::ControlCharacter),
        ("a: [\"gpj.\\u202eexe\"]\n", Code::ControlCharacter),
        ("a: gpj.\u{202e}exe\n", Code::ControlCharacter),
        ("a: \u{2066}isolated\n", Code::ControlCharacter),
        ("a: 1e3\n", Code::NumberForm),
        ("a: .nan\n", Code::NumberForm),
        ("a: 0.12345678901234567\n", Code::NumberForm),
        ("a: 1\n---\nb: 2\n", Code::Documents),
        ("# only a comment\n", Code::Empty),
        ("", Code::Empty),
        ("a: [1\n", Code::Yaml),
        (
            &format!("a: {{{}: 1}}\n", "k".repeat(MAX_KEY + 1)),
            Code::Key,
        ),
    ] {
        assert_eq!(code(text), Some(expected), "{text:?}");
    }
    assert_eq!(code(&"[".repeat(100)), Some(Code::Depth));
    assert_eq!(
        code(&format!("[{}]", "1,".repeat(MAX_EVENTS))),
        Some(Code::Events)
    );
}

#[test]
fn quotes_line_ends_and_a_byte_order_mark_are_fine() {
    assert_eq!(code("a: \"<<\"\nb: '0x10'\nc: 10.99\n"), None);
    assert_eq!(code("a: 1\r\nb: [2, 3]\r\n"), None);
    assert_eq!(
        code(&format!("{}: {}\n", "é".repeat(MAX_KEY), "v".repeat(1000))),
        None
    );
    let with_mark = text(b"\xef\xbb\xbfid: x\n").unwrap();
    assert_eq!(with_mark, "id: x\n");
    assert_eq!(text(&[0xff, b'a']).unwrap_err().code, Code::Encoding);
    assert_eq!(
        text(&vec![b'#'; MAX_BYTES + 1]).unwrap_err().code,
        Code::TooLarge
    );
}

#[test]
fn it_notes_where_the_numbers_stand() {
    let one = scan("id: x\nphone_number: \"+15555550100\"\nmenu: [{phone_number: 1}]\n").unwrap();
    assert_eq!(
        one.numbers,
        vec![Place {
            line: 2,
            column: 15
        }]
    );
    let two = scan("phone_numbers:\n  - \"+1\"\n  - \"+2\"\nname: y\n").unwrap();
    assert_eq!(two.numbers.len(), 2);
    assert_eq!(two.numbers[1], Place { line: 3, column: 5 });
    let none = scan("menu: {phone_number: \"+1\"}\nname: phone_number\nid: x\n").unwrap();
    assert_eq!(none.numbers, vec![]);
}

proptest! {
    #[test]
    fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        if let Ok(text) = text(&bytes) {
            let _ = scan(text);
        }
    }

    #[test]
    fn no_yaml_like_text_panics(text in "[-a-c:{}\\[\\],&*!|>'\"#%@ \n\t?<0-9.]{0,200}") {
        let _ = scan(&text);
    }
}
