//! Server-sent events out of bytes: chunks that end within a character or a line, CRLF, comments, a last event without
//! its blank line.

/// Largest event: many times what a server sends for one token.
const MAX_EVENT_BYTES: usize = 256 * 1024;

/// An event, or a stream of them, that is larger than anything a model has to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TooLarge;

/// Bytes on their way to events.
#[derive(Debug, Default)]
pub(super) struct Events {
    /// The line that is not over.
    line: Vec<u8>,
    /// Data lines of the event that is not over.
    data: String,
    has_data: bool,
    /// The line before ended in CR: a LF right behind it belongs to it.
    after_cr: bool,
}

impl Events {
    /// Takes bytes as they come; returns the data of the events they complete.
    pub fn push(&mut self, bytes: &[u8]) -> Result<Vec<String>, TooLarge> {
        let mut whole = Vec::new();
        for &byte in bytes {
            let after_cr = std::mem::take(&mut self.after_cr);
            match byte {
                b'\n' if after_cr => {}
                b'\n' | b'\r' => {
                    self.after_cr = byte == b'\r';
                    whole.extend(self.end_line());
                }
                _ => self.line.push(byte),
            }
            if self.line.len() + self.data.len() > MAX_EVENT_BYTES {
                return Err(TooLarge);
            }
        }
        Ok(whole)
    }

    /// The stream is over: what is left is an event too (some servers leave out the last blank line).
    pub fn finish(&mut self) -> Option<String> {
        if !self.line.is_empty() {
            self.end_line();
        }
        self.end_line()
    }

    fn end_line(&mut self) -> Option<String> {
        let line = std::mem::take(&mut self.line);
        if line.is_empty() {
            let data = std::mem::take(&mut self.data);
            return std::mem::take(&mut self.has_data).then_some(data);
        }
        // A whole line can be cut out of UTF-8 anywhere but within a character.
        let line = String::from_utf8_lossy(&line);
        if let Some(value) = line.strip_prefix("data:") {
            if self.has_data {
                self.data.push('\n');
            }
            self.data.push_str(value.strip_prefix(' ').unwrap_or(value));
            self.has_data = true;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn read(text: &str, pieces: usize) -> Vec<String> {
        let mut events = Events::default();
        let mut all = Vec::new();
        for piece in text.as_bytes().chunks(pieces) {
            all.extend(events.push(piece).unwrap());
        }
        all.extend(events.finish());
        all
    }

    #[test]
    fn events_are_found_wherever_the_bytes_are_cut() {
        let text =
            ": hello\r\ndata: {\"a\":\"é\"}\r\n\r\nevent: x\ndata:one\ndata: two\n\ndata: [DONE]";
        for pieces in 1..text.len() {
            assert_eq!(
                read(text, pieces),
                ["{\"a\":\"é\"}", "one\ntwo", "[DONE]"],
                "in pieces of {pieces}"
            );
        }
    }

    #[test]
    fn a_comment_or_an_unknown_field_is_no_event() {
        assert!(read(": keep-alive\n\nid: 1\nretry: 3\n\n", 5).is_empty());
    }

    #[test]
    fn a_line_without_end_is_refused() {
        let mut events = Events::default();
        assert_eq!(events.push(&vec![b'x'; MAX_EVENT_BYTES + 1]), Err(TooLarge));
    }

    proptest! {
        #[test]
        fn cuts_change_nothing(text in "(data: [a-zé]{0,5}|:c|)(\n|\r\n|\r){0,3}", pieces in 1_usize..6) {
            prop_assert_eq!(read(&text, pieces), read(&text, 10_000));
        }
    }
}
