//! Several guesses side by side: a beam over what the decoder might mean.
//!
//! The decoder alone takes the likeliest token at each step and cannot take it back. Here a few beginnings are kept, so
//! that a word of the menu whose first half sounds like another word can still win ("extra guacamole", not "extra
//! blackmole"), and what a [`Bias`] adds for the beginning of an expected word is taken back when the word ends otherwise.
//! Beginnings far behind the best are dropped: a clear utterance costs what it would cost without a beam.

use super::tokens::Tokens;
use crate::speech::Bias;

/// Beginnings kept side by side.
const WIDTH: usize = 4;
/// A beginning this much less likely than the best (natural logarithm) is dropped.
const BEHIND: f32 = 4.0;
/// An unfinished guess may catch up this much on a finished one.
const CATCH_UP: f32 = 1.0;
/// Letters of one word that a bias counts: a menu word must not be repeated for its length alone.
const COUNTED_LETTERS: f32 = 7.0;

/// One guess, as far as it goes.
#[derive(Clone, Debug, Default)]
pub(super) struct Guess {
    pub tokens: Vec<usize>,
    /// Sum of the logarithms of its tokens' probabilities.
    sound: f32,
    /// What whole expected words added.
    expected: f32,
    /// What the beginning of an expected word adds until the word ends.
    hoped: f32,
    /// The letters of the word it is in, lower-case.
    word: String,
}

impl Guess {
    /// What guesses are compared by.
    fn score(&self) -> f32 {
        self.sound + self.expected + self.hoped
    }

    /// The token its next one follows, if it has any.
    pub fn last(&self) -> Option<usize> {
        self.tokens.last().copied()
    }
}

/// A guess with one token more.
struct Step {
    /// Which open guess goes on.
    row: usize,
    token: usize,
    sound: f32,
    bonus: f32,
    score: f32,
}

/// The guesses that go on and those that have ended.
pub(super) struct Search<'a> {
    bias: Option<&'a Bias>,
    tokens: &'a Tokens,
    end: usize,
    open: Vec<Guess>,
    ended: Vec<Guess>,
}

impl<'a> Search<'a> {
    /// A search that has heard nothing yet; `end` is the token that ends a guess.
    pub fn new(bias: Option<&'a Bias>, tokens: &'a Tokens, end: usize) -> Self {
        Self {
            bias,
            tokens,
            end,
            open: vec![Guess::default()],
            ended: Vec::new(),
        }
    }

    /// The guesses that go on, in the order their logits are expected in.
    pub fn open(&self) -> &[Guess] {
        &self.open
    }

    /// Takes the logits of each open guess; returns which of them each guess that goes on came from. Empty: it is over.
    pub fn step(&mut self, rows: &[&[f32]]) -> Vec<usize> {
        let steps = self.steps(rows);
        let (mut open, mut from): (Vec<(Guess, String)>, Vec<usize>) = (Vec::new(), Vec::new());
        for step in steps {
            let mut guess = self.open[step.row].clone();
            guess.sound += step.sound;
            self.take(&mut guess, step.token, step.bonus);
            if step.token == self.end {
                self.ended.push(guess);
                continue;
            }
            // Two that differ in commas or capitals are one; the likelier came first.
            let plain = self.plain(&guess);
            if open.len() < WIDTH && open.iter().all(|(_, other)| *other != plain) {
                open.push((guess, plain));
                from.push(step.row);
            }
        }
        self.ended.sort_by(|a, b| b.score().total_cmp(&a.score()));
        let reached = self.ended.first().map(Guess::score);
        let enough = self.ended.len() >= WIDTH;
        self.open.clear();
        let mut rows = Vec::new();
        for ((guess, _), row) in open.into_iter().zip(from) {
            if !enough && reached.is_none_or(|reached| guess.score() > reached - CATCH_UP) {
                self.open.push(guess);
                rows.push(row);
            }
        }
        rows
    }

    /// The likeliest steps of all open guesses, best first.
    fn steps(&self, rows: &[&[f32]]) -> Vec<Step> {
        let mut steps = Vec::new();
        // No bonus lifts a token from below this.
        let lift = self.bias.map_or(0.0, |b| b.strength() * COUNTED_LETTERS);
        for (row, (logits, guess)) in rows.iter().zip(&self.open).enumerate() {
            let top = logits.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let norm = log_sum_exp(logits, top);
            for (token, &logit) in logits.iter().enumerate() {
                if logit >= top - BEHIND - lift {
                    let (sound, bonus) = (logit - norm, self.bonus(guess, token));
                    let score = guess.score() + sound + bonus;
                    steps.push(Step {
                        row,
                        token,
                        sound,
                        bonus,
                        score,
                    });
                }
            }
        }
        steps.sort_by(|a, b| b.score.total_cmp(&a.score));
        let best = steps.first().map_or(f32::NEG_INFINITY, |step| step.score);
        steps.retain(|step| step.score >= best - BEHIND);
        steps.truncate(2 * WIDTH);
        steps
    }

    /// What a token changes in what expected words add.
    fn bonus(&self, guess: &Guess, token: usize) -> f32 {
        let Some(bias) = self.bias else { return 0.0 };
        let lost = |word: &str| {
            if bias.is_whole(word) {
                0.0
            } else {
                -guess.hoped
            }
        };
        let most = bias.strength() * COUNTED_LETTERS;
        let gain = |hoped: f32, letters: usize| {
            (hoped + bias.strength() * letters as f32).min(most) - hoped
        };
        match self.tokens.piece(token) {
            Some((false, "'")) => 0.0,
            Some((starts, piece)) if token != self.end && is_letters(piece) => {
                let (letters, lower) = (piece.chars().count(), piece.to_lowercase());
                let word = if starts {
                    lower
                } else {
                    format!("{}{lower}", guess.word)
                };
                match (starts, bias.continues(&word)) {
                    (true, true) => lost(&guess.word) + gain(0.0, letters),
                    (true, false) => lost(&guess.word),
                    (false, true) => gain(guess.hoped, letters),
                    (false, false) => lost(&word),
                }
            }
            _ => lost(&guess.word),
        }
    }

    /// Adds a token that changes what expected words add by `bonus`.
    fn take(&self, guess: &mut Guess, token: usize, bonus: f32) {
        let piece = self.tokens.piece(token).filter(|_| token != self.end);
        if token != self.end {
            guess.tokens.push(token);
        }
        if let Some((false, piece)) = piece
            && (is_letters(piece) || piece == "'")
        {
            guess.word.extend(
                piece
                    .chars()
                    .filter(|c| c.is_alphabetic())
                    .flat_map(char::to_lowercase),
            );
            guess.hoped += bonus;
            return;
        }
        // The word before has ended: what it was hoped to add is kept or lost.
        let whole = self.bias.is_some_and(|bias| bias.is_whole(&guess.word));
        let kept = if whole { guess.hoped } else { 0.0 };
        guess.expected += kept;
        guess.hoped = (guess.hoped - kept + bonus).max(0.0);
        guess.word.clear();
        if let Some((true, piece)) = piece
            && is_letters(piece)
        {
            guess.word.push_str(&piece.to_lowercase());
        }
    }

    /// A guess's words without commas and capitals.
    fn plain(&self, guess: &Guess) -> String {
        let text = self.tokens.text(&guess.tokens).to_lowercase();
        let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'');
        words
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The likeliest guess's tokens.
    pub fn finish(mut self) -> Vec<usize> {
        if self.ended.is_empty() {
            self.ended = std::mem::take(&mut self.open);
        }
        let best = self
            .ended
            .into_iter()
            .max_by(|a, b| a.score().total_cmp(&b.score()));
        best.map(|guess| guess.tokens).unwrap_or_default()
    }
}

fn is_letters(piece: &str) -> bool {
    !piece.is_empty() && piece.chars().all(char::is_alphabetic)
}

/// The logarithm of the sum of the exponentials; `top` is the greatest of them.
fn log_sum_exp(logits: &[f32], top: f32) -> f32 {
    // What is further below adds less than a ten-thousandth, all tokens taken together.
    let near = logits.iter().filter(|&&logit| logit > top - 20.0);
    top + near.map(|logit| (logit - top).exp()).sum::<f32>().ln()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;

    const PIECES: [&str; 12] = [
        "</s>",
        "\u{2581}extra",
        "\u{2581}black",
        "\u{2581}gu",
        "mole",
        "aca",
        ",",
        "\u{2581}to",
        "\u{2581}two",
        "s",
        "\u{2581}Extra",
        "'",
    ];
    const END: usize = 0;

    fn vocabulary() -> Tokens {
        let file: Vec<u8> = PIECES
            .iter()
            .flat_map(|piece| std::iter::once(piece.len() as u8).chain(piece.bytes()))
            .collect();
        Tokens::parse(&file, Path::new("t")).expect("well formed")
    }

    /// Logits in which these pieces have these probabilities and the rest next to none.
    fn row(likely: &[(&str, f32)]) -> Vec<f32> {
        let mut row = vec![-30.0; PIECES.len()];
        for (piece, probability) in likely {
            let at = PIECES.iter().position(|p| p == piece).expect("a piece");
            row[at] = probability.ln();
        }
        row
    }

    /// Decodes with a model that sees only the last token.
    fn decode(bias: Option<&Bias>, next: impl Fn(Option<&str>) -> Vec<f32>) -> String {
        let tokens = vocabulary();
        let mut search = Search::new(bias, &tokens, END);
        for _ in 0..12 {
            let rows: Vec<Vec<f32>> = search
                .open()
                .iter()
                .map(|guess| next(guess.last().map(|token| PIECES[token])))
                .collect();
            if search
                .step(&rows.iter().map(Vec::as_slice).collect::<Vec<_>>())
                .is_empty()
            {
                break;
            }
        }
        tokens.text(&search.finish())
    }

    /// "extra guacamole" of which the first sound was heard as "black".
    fn mumbled(last: Option<&str>) -> Vec<f32> {
        match last {
            None => row(&[("\u{2581}extra", 0.6), ("\u{2581}Extra", 0.4)]),
            Some("\u{2581}extra" | "\u{2581}Extra") => {
                row(&[("\u{2581}black", 0.75), ("\u{2581}gu", 0.25)])
            }
            Some("\u{2581}gu") => row(&[("aca", 0.9), ("mole", 0.1)]),
            Some("mole") => row(&[("</s>", 0.9), (",", 0.1)]),
            _ => row(&[("mole", 0.9), ("</s>", 0.1)]),
        }
    }

    #[test]
    fn a_word_of_the_menu_wins_over_a_likelier_beginning_and_not_without_a_menu() {
        let bias = Bias::new(["Guacamole"]);
        assert_eq!(decode(Some(&bias), mumbled), "extra guacamole");
        assert_eq!(decode(None, mumbled), "extra blackmole");
    }

    #[test]
    fn the_beginning_of_an_expected_word_that_ends_otherwise_adds_nothing() {
        // "black" begins "blackened", and no such word follows.
        let bias = Bias::new(["Blackened", "Guacamole"]);
        assert_eq!(decode(Some(&bias), mumbled), "extra guacamole");
    }

    #[test]
    fn several_of_an_expected_word_are_expected() {
        let bias = Bias::new(["Two"]);
        let said = |last: Option<&str>| match last {
            None => row(&[("\u{2581}to", 0.6), ("\u{2581}two", 0.4)]),
            Some("s") => row(&[("</s>", 1.0)]),
            _ => row(&[("s", 1.0)]),
        };
        assert_eq!(decode(Some(&bias), said), "twos");
        assert_eq!(decode(None, said), "tos");
    }

    #[test]
    fn guesses_that_differ_in_commas_and_capitals_are_kept_once() {
        let tokens = vocabulary();
        let mut search = Search::new(None, &tokens, END);
        let first = row(&[
            ("\u{2581}extra", 0.5),
            ("\u{2581}Extra", 0.4),
            ("\u{2581}to", 0.1),
        ]);
        assert_eq!(search.step(&[&first]), [0, 0]);
        let told: Vec<&str> = search
            .open()
            .iter()
            .filter_map(|g| g.last())
            .map(|t| PIECES[t])
            .collect();
        assert_eq!(told, ["\u{2581}extra", "\u{2581}to"]);
    }

    proptest! {
        #[test]
        fn whatever_the_logits_rows_stay_in_step_and_few(
            steps in prop::collection::vec(prop::collection::vec(-9.0f32..9.0, PIECES.len() * WIDTH), 1..12),
        ) {
            let tokens = vocabulary();
            let bias = Bias::new(["guacamole", "extra", "two"]);
            let mut search = Search::new(Some(&bias), &tokens, END);
            for logits in &steps {
                let open = search.open().len();
                let rows: Vec<&[f32]> = logits.chunks(PIECES.len()).take(open).collect();
                let from = search.step(&rows);
                prop_assert_eq!(from.len(), search.open().len());
                prop_assert!(from.len() <= WIDTH && from.iter().all(|&row| row < open));
                if from.is_empty() {
                    break;
                }
            }
            prop_assert!(search.finish().iter().all(|&token| token != END));
        }
    }
}
