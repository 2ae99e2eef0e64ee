//! A ticket in the language of receipt printers (ESC/POS): the few commands that every make knows.

/// Reset; code page 16 (Windows-1252: é and ñ); the plain character set.
const BEGIN: &[u8] = b"\x1b@\x1bt\x10\x1bR\x00";
/// Letters of double height, and back.
const TALL: &[u8] = b"\x1d!\x01";
const PLAIN: &[u8] = b"\x1d!\x00";
/// Feed to the knife and cut, but for a bridge.
const CUT: &[u8] = b"\x1dVB\x00";
/// Say how the paper is, once all before it is printed (`GS r 1`): an answer of one byte.
const ASK_PRINTED: &[u8] = b"\x1dr\x01";
/// Say at once how the paper is, whatever is being done (`DLE EOT 4`): an answer of one byte.
pub(super) const ASK_NOW: &[u8] = b"\x10\x04\x04";
/// The end of the roll in the answer to the second question, and to the first.
const NO_PAPER_NOW: u8 = 0x60;
const NO_PAPER_PRINTED: u8 = 0x0c;

/// What is sent for a ticket; the first line is its heading. `again`: an earlier try may have printed it.
pub(super) fn print(ticket: &str, again: bool) -> Vec<u8> {
    let mut bytes = BEGIN.to_vec();
    if again {
        bytes.extend_from_slice(b"*** MAY BE A COPY ***\n");
    }
    for (at, line) in ticket.lines().enumerate() {
        if at == 0 {
            bytes.extend_from_slice(TALL);
        }
        bytes.extend(line.chars().map(letter));
        bytes.push(b'\n');
        if at == 0 {
            bytes.extend_from_slice(PLAIN);
        }
    }
    bytes.extend_from_slice(b"\n\n");
    bytes.extend_from_slice(CUT);
    bytes.extend_from_slice(ASK_PRINTED);
    bytes
}

/// Does the answer to [`ASK_NOW`] say that there is no paper?
pub(super) fn has_no_paper(answer: u8) -> bool {
    answer & NO_PAPER_NOW == NO_PAPER_NOW
}

/// Does the answer at the end of a ticket say that there is no paper any more?
pub(super) fn ran_out_of_paper(answer: u8) -> bool {
    answer & NO_PAPER_PRINTED == NO_PAPER_PRINTED
}

/// A letter in Windows-1252, or the nearest there is. Never a command.
fn letter(c: char) -> u8 {
    match u32::from(c) {
        code @ (0x20..=0x7e | 0xa0..=0xff) => u8::try_from(code).unwrap_or(b'?'),
        _ => WINDOWS_1252
            .iter()
            .chain(NEAREST)
            .find(|(known, _)| *known == c)
            .map_or(b'?', |(_, byte)| *byte),
    }
}

/// What Windows-1252 has where Latin-1 has commands.
const WINDOWS_1252: &[(char, u8)] = &[
    ('€', 0x80),
    ('‚', 0x82),
    ('ƒ', 0x83),
    ('„', 0x84),
    ('…', 0x85),
    ('ˆ', 0x88),
    ('Š', 0x8a),
    ('Œ', 0x8c),
    ('Ž', 0x8e),
    ('‘', 0x91),
    ('’', 0x92),
    ('“', 0x93),
    ('”', 0x94),
    ('•', 0x95),
    ('–', 0x96),
    ('—', 0x97),
    ('™', 0x99),
    ('š', 0x9a),
    ('œ', 0x9c),
    ('ž', 0x9e),
    ('Ÿ', 0x9f),
];

/// Letters that it lacks, as a cook reads them all the same.
const NEAREST: &[(char, u8)] = &[
    ('ā', b'a'),
    ('ă', b'a'),
    ('ą', b'a'),
    ('ć', b'c'),
    ('č', b'c'),
    ('ď', b'd'),
    ('ē', b'e'),
    ('ė', b'e'),
    ('ę', b'e'),
    ('ě', b'e'),
    ('ğ', b'g'),
    ('ī', b'i'),
    ('ı', b'i'),
    ('ł', b'l'),
    ('ń', b'n'),
    ('ň', b'n'),
    ('ō', b'o'),
    ('ő', b'o'),
    ('ř', b'r'),
    ('ś', b's'),
    ('ş', b's'),
    ('ť', b't'),
    ('ū', b'u'),
    ('ů', b'u'),
    ('ű', b'u'),
    ('ź', b'z'),
    ('ż', b'z'),
    ('Č', b'C'),
    ('İ', b'I'),
    ('Ł', b'L'),
    ('Ř', b'R'),
    ('Ş', b'S'),
    ('Ż', b'Z'),
    ('\u{2011}', b'-'),
    ('\u{202f}', b' '),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_begins_with_a_reset_and_ends_with_the_knife() {
        let bytes = print("ORDER 7\nJalapeño café 5 €\n", false);
        let expected = [
            BEGIN,
            TALL,
            b"ORDER 7\n",
            PLAIN,
            b"Jalape\xf1o caf\xe9 5 \x80\n\n\n",
            CUT,
            ASK_PRINTED,
        ];
        assert_eq!(bytes, expected.concat());
        let again = print("ORDER 7\n", true);
        assert!(again.windows(4).any(|part| part == b"COPY"));
    }

    #[test]
    fn nothing_a_caller_says_becomes_a_command() {
        for code in 0..0x11_0000_u32 {
            let Some(c) = char::from_u32(code) else {
                continue;
            };
            let byte = letter(c);
            assert!(byte >= 0x20 && byte != 0x7f, "{code:x} is {byte:x}");
            // Windows-1252 has no letter there.
            assert!(![0x81, 0x8d, 0x8f, 0x90, 0x9d].contains(&byte), "{code:x}");
        }
        assert_eq!(letter('麻'), b'?');
    }

    #[test]
    fn the_end_of_the_roll_is_told_from_a_roll_that_nears_it() {
        assert!(has_no_paper(0b0111_1110) && !has_no_paper(0b0001_1110));
        assert!(ran_out_of_paper(0b0000_1111) && !ran_out_of_paper(0b0000_0011));
    }
}
