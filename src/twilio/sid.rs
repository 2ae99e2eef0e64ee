//! How Twilio's identifiers look: two letters and 32 hexadecimal digits.

/// The identifiers that reach us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SidKind {
    /// `AC…`: an account or sub-account.
    Account,
    /// `CA…`: one call.
    Call,
    /// `MZ…`: one media stream of a call.
    Stream,
    /// `SM…`: one text message.
    Text,
    /// `MM…`: one text message with pictures.
    Picture,
}

impl SidKind {
    /// The two letters an identifier of this kind begins with.
    pub fn prefix(self) -> &'static str {
        match self {
            SidKind::Account => "AC",
            SidKind::Call => "CA",
            SidKind::Stream => "MZ",
            SidKind::Text => "SM",
            SidKind::Picture => "MM",
        }
    }

    /// Whether `text` has this kind's prefix and exactly 32 hexadecimal digits behind it.
    pub fn matches(self, text: &str) -> bool {
        text.strip_prefix(self.prefix())
            .is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|b| b.is_ascii_hexdigit()))
    }

    /// An identifier of this kind made from 16 bytes (the software phone and tests draw them at random).
    pub fn from_bytes(self, bytes: [u8; 16]) -> String {
        format!("{}{:032x}", self.prefix(), u128::from_be_bytes(bytes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_letters_and_32_hex_digits_are_a_sid() {
        let good = "CA00000000000000000000000000000a1F";
        assert!(SidKind::Call.matches(good));
        assert!(!SidKind::Account.matches(good));
        for bad in [
            "",
            "CA",
            "ca00000000000000000000000000000a1F",
            "CA00000000000000000000000000000a1",
            "CA00000000000000000000000000000a1FF",
            "CA00000000000000000000000000000a1G",
            "CA000000000000000000000000000000é",
        ] {
            assert!(!SidKind::Call.matches(bad), "{bad}");
        }
    }

    #[test]
    fn a_sid_made_from_bytes_has_its_shape() {
        for kind in [SidKind::Account, SidKind::Call, SidKind::Stream] {
            assert!(kind.matches(&kind.from_bytes([7; 16])));
            assert!(kind.matches(&kind.from_bytes([0; 16])));
        }
    }
}
