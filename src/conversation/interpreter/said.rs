//! What was said, and how it is read.

/// An utterance as the waiter's rules read it, with the caller's own words kept beside it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Said {
    text: String,
    /// Empty for English: it is read as it was said.
    pieces: Vec<Piece>,
}

/// Some words of the caller's and what they are read as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    pub read: Vec<String>,
    pub original: String,
    /// A pause or the end of a sentence stood before it.
    pub after_break: bool,
}

impl Said {
    /// Read as it was said.
    pub(super) fn plainly(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            pieces: Vec::new(),
        }
    }

    pub(super) fn of(pieces: Vec<Piece>) -> Self {
        let mut text = String::new();
        for piece in pieces.iter().filter(|piece| !piece.read.is_empty()) {
            if !text.is_empty() {
                text.push_str(if piece.after_break { ", " } else { " " });
            }
            text.push_str(&piece.read.join(" "));
        }
        Self { text, pieces }
    }

    /// The words in which it is understood.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// What was really said.
    pub(in crate::conversation) fn original(&self) -> String {
        if self.pieces.is_empty() {
            return self.text.clone();
        }
        let words = self.pieces.iter().map(|piece| piece.original.as_str());
        words.collect::<Vec<_>>().join(" ")
    }

    /// Words of [`Said::text`] as the caller said them; words that are not in it come back unchanged.
    pub fn as_said(&self, read: &str) -> String {
        let wanted: Vec<&str> = read.split_whitespace().collect();
        if self.pieces.is_empty() || wanted.is_empty() {
            return read.to_owned();
        }
        let spans = (0..self.pieces.len()).filter_map(|from| self.span(from, &wanted));
        if let Some(words) = spans.min_by_key(String::len) {
            return words;
        }
        let each: Vec<String> = wanted
            .iter()
            .map(|word| {
                let alone = |piece: &&Piece| piece.read.len() == 1 && piece.read[0] == *word;
                let piece = self.pieces.iter().find(alone);
                piece.map_or_else(|| (*word).to_owned(), |piece| piece.original.clone())
            })
            .collect();
        each.join(" ")
    }

    /// The original words of the pieces from `from` on, if they are read as just these words.
    fn span(&self, from: usize, wanted: &[&str]) -> Option<String> {
        let mut left = wanted;
        let mut words: Vec<&str> = Vec::new();
        if self.pieces[from].read.is_empty() {
            return None;
        }
        for piece in &self.pieces[from..] {
            if left.is_empty() {
                break;
            }
            for word in &piece.read {
                left = left.strip_prefix(&[word.as_str()][..])?;
            }
            words.push(&piece.original);
        }
        left.is_empty().then(|| words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(read: &str, original: &str) -> Piece {
        Piece {
            read: read.split_whitespace().map(str::to_owned).collect(),
            original: original.to_owned(),
            after_break: false,
        }
    }

    #[test]
    fn words_are_echoed_as_they_were_said() {
        let said = Said::of(vec![
            piece("id like", "je voudrais"),
            piece("a", "une"),
            piece("soup", "Soupe"),
            piece("of", "de"),
            piece("", "la"),
            piece("tortu", "tortue"),
        ]);
        assert_eq!(said.text(), "id like a soup of tortu");
        assert_eq!(said.as_said("soup of tortu"), "Soupe de la tortue");
        assert_eq!(said.as_said("tortu soup"), "tortue Soupe");
        assert_eq!(said.as_said("elsewhere"), "elsewhere");
        assert_eq!(Said::plainly("a Coke").as_said("coke"), "coke");
    }
}
