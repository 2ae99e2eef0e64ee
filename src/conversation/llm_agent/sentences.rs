//! Streamed text -> whole sentences that can be spoken while the rest still comes.

/// A sentence is cut at a space when it has grown this long without an end.
const MAX_SENTENCE_BYTES: usize = 240;
/// Short words whose dot does not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "mr", "mrs", "ms", "dr", "st", "no", "vs", "oz", "lb", "approx", "etc", "e.g", "i.e", "a.m",
    "p.m",
];
const THINK: &str = "<think>";
const THOUGHT: &str = "</think>";

/// Text that waits for the end of its sentence.
#[derive(Clone, Debug, Default)]
pub(super) struct Sentences {
    /// As it came; may end in the beginning of a `<think>`.
    raw: String,
    /// Without thoughts.
    waiting: String,
    /// Inside `<think>`: some servers send a model's thoughts as text.
    thinking: bool,
}

impl Sentences {
    /// Takes text that is new; returns the sentences it completes.
    pub fn push(&mut self, text: &str) -> Vec<String> {
        self.raw.push_str(text);
        self.drop_thoughts();
        let mut whole = Vec::new();
        while let Some(end) = self.first_end() {
            let rest = self.waiting.split_off(end);
            let sentence = std::mem::replace(&mut self.waiting, rest);
            whole.extend(spoken(&sentence));
        }
        whole
    }

    /// The text is over: the rest is a sentence too.
    pub fn finish(&mut self) -> Option<String> {
        let raw = std::mem::take(&mut self.raw);
        if !std::mem::take(&mut self.thinking) {
            self.waiting.push_str(&raw);
        }
        spoken(&std::mem::take(&mut self.waiting))
    }

    fn drop_thoughts(&mut self) {
        loop {
            let mark = if self.thinking { THOUGHT } else { THINK };
            let Some(at) = self.raw.find(mark) else { break };
            let rest = self.raw.split_off(at + mark.len());
            let before = std::mem::replace(&mut self.raw, rest);
            if !self.thinking {
                self.waiting.push_str(&before[..at]);
            }
            self.thinking = !self.thinking;
        }
        if !self.thinking {
            let held = (1..THINK.len())
                .rev()
                .find(|&len| self.raw.ends_with(&THINK[..len]))
                .unwrap_or(0);
            let rest = self.raw.split_off(self.raw.len() - held);
            let clean = std::mem::replace(&mut self.raw, rest);
            self.waiting.push_str(&clean);
        }
    }

    /// Where the first sentence ends: behind its mark, once something that is not part of it follows.
    fn first_end(&self) -> Option<usize> {
        let text = &self.waiting;
        let mut last_space = None;
        for (at, letter) in text.char_indices() {
            let behind = at + letter.len_utf8();
            if letter == '\n' && !text[..at].trim().is_empty() {
                return Some(behind);
            }
            if letter == ' ' {
                last_space = Some(behind);
            }
            if matches!(letter, '.' | '!' | '?' | '…')
                && let Some(end) = self.ends_at(at, behind)
            {
                return Some(end);
            }
            if at >= MAX_SENTENCE_BYTES {
                return last_space;
            }
        }
        None
    }

    /// Behind the mark at `at`, and behind quotes and stars that close with it; a space must follow.
    fn ends_at(&self, at: usize, behind: usize) -> Option<usize> {
        let closers = ['*', '_', '"', '\'', '”', '’', ')'];
        let rest = self.waiting[behind..].trim_start_matches(closers);
        if !rest.starts_with(char::is_whitespace) {
            return None;
        }
        let word = self.waiting[..at].rsplit(char::is_whitespace).next();
        let abbreviated = word.is_some_and(|word| {
            self.waiting[at..].starts_with('.')
                && ABBREVIATIONS.contains(&word.to_lowercase().as_str())
        });
        (!abbreviated).then_some(self.waiting.len() - rest.len())
    }
}

/// Without the marks of written text; `None` when nothing is left to say.
fn spoken(text: &str) -> Option<String> {
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, '*' | '`' | '#' | '_' | '~'))
        .collect();
    let plain = plain
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .trim_start_matches(['-', '•', ' '])
        .to_owned();
    plain.chars().any(char::is_alphanumeric).then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split(text: &str, pieces: usize) -> Vec<String> {
        let letters: Vec<char> = text.chars().collect();
        let mut sentences = Sentences::default();
        let mut all = Vec::new();
        for piece in letters.chunks(pieces) {
            all.extend(sentences.push(&piece.iter().collect::<String>()));
        }
        all.extend(sentences.finish());
        all
    }

    #[test]
    fn a_sentence_is_given_as_soon_as_it_is_whole() {
        let mut sentences = Sentences::default();
        assert!(sentences.push("Sure, one").is_empty());
        assert!(sentences.push(" latte.").is_empty());
        assert_eq!(sentences.push(" What"), ["Sure, one latte."]);
        assert_eq!(sentences.push(" size?\nSmall"), ["What size?"]);
        assert_eq!(sentences.finish().as_deref(), Some("Small"));
    }

    #[test]
    fn decimals_and_abbreviations_do_not_end_a_sentence() {
        assert_eq!(
            split("The 1.5 liter one is at St. Mary's. Okay?", 3),
            ["The 1.5 liter one is at St. Mary's.", "Okay?"]
        );
    }

    #[test]
    fn thoughts_and_marks_of_written_text_are_not_spoken() {
        let text = "<think>They want pizza. Hm!</think>**Sure!** One `large` pizza.\n- Size? ";
        for pieces in 1..12 {
            assert_eq!(
                split(text, pieces),
                ["Sure!", "One large pizza.", "Size?"],
                "in pieces of {pieces}"
            );
        }
        assert!(split("<think>never ends. Really.", 4).is_empty());
    }

    #[test]
    fn a_text_without_an_end_is_cut_at_a_space() {
        let all = split(&"word ".repeat(200), 7);
        assert!(all.len() > 2 && all.iter().all(|s| s.len() <= MAX_SENTENCE_BYTES + 10));
    }

    proptest! {
        #[test]
        fn pieces_never_change_what_is_said(text in "[a-zé.!? \n]{0,80}", pieces in 1_usize..9) {
            prop_assert_eq!(split(&text, pieces), split(&text, 1000));
        }
    }
}
