//! `maitred talk FILE`: the waiter over text, as a REPL or one JSON object per caller line.

use std::io::{self, BufRead, Write};
use std::sync::Arc;

use jiff::ZonedDateTime;
use serde_json::{Value, json};

use super::understand::line_json;
use crate::conversation::{Action, CompiledMenu, Reply, State, Waiter};
use crate::order::Cart;
use crate::restaurant::Restaurant;

/// How a conversation is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// One JSON object per caller line instead of plain sentences.
    pub json: bool,
    /// Print the greeting before the first line.
    pub greeting: bool,
}

/// A conversation over text. `Place` is committed at once, as order number 1, 2, ...
#[derive(Debug)]
pub struct Talk {
    waiter: Waiter,
    placed: u32,
    silences: u8,
}

impl Talk {
    /// A waiter at the start of a call.
    pub fn new(restaurant: &Arc<Restaurant>) -> Self {
        let menu = Arc::new(CompiledMenu::new(restaurant));
        Self {
            waiter: Waiter::new(Arc::clone(restaurant), menu),
            placed: 0,
            silences: 0,
        }
    }

    /// The greeting, as display text.
    pub fn greeting(&mut self) -> String {
        said(&self.waiter.greeting())
    }

    /// Answers one line of the caller; an empty line is silence.
    pub fn line(&mut self, words: &str, now: &ZonedDateTime) -> String {
        let reply = if words.trim().is_empty() {
            self.silences += 1;
            self.waiter.silence(self.silences)
        } else {
            self.silences = 0;
            self.waiter.hear(words, now)
        };
        let mut text = said(&reply);
        if let Action::Place(_) = reply.action {
            self.placed += 1;
            let placed = said(&self.waiter.committed(self.placed));
            text = if text.is_empty() {
                placed
            } else {
                format!("{text} {placed}")
            };
        }
        text
    }

    /// Where the conversation stands.
    pub fn state(&self) -> State {
        self.waiter.state()
    }

    /// The order so far, as JSON; defaults are in it once it was read back.
    pub fn order(&self) -> Value {
        let read_back = matches!(self.state(), State::Confirming | State::Confirmed);
        order_json(self.waiter.cart(), read_back)
    }
}

/// Talks until the input ends.
///
/// # Errors
/// Reading or writing failed.
pub fn talk_lines(
    restaurant: &Arc<Restaurant>,
    now: &ZonedDateTime,
    shown: Shown,
    input: impl BufRead,
    mut output: impl Write,
) -> io::Result<()> {
    let mut talk = Talk::new(restaurant);
    if shown.greeting {
        let greeting = talk.greeting();
        show(&talk, &greeting, shown, &mut output)?;
    }
    for line in input.lines() {
        let answer = talk.line(&line?, now);
        show(&talk, &answer, shown, &mut output)?;
    }
    Ok(())
}

fn show(talk: &Talk, text: &str, shown: Shown, output: &mut impl Write) -> io::Result<()> {
    if shown.json {
        let line = json!({"say": text, "order": talk.order(), "state": talk.state()});
        writeln!(output, "{line}")?;
    } else {
        writeln!(output, "{text}")?;
    }
    output.flush()
}

fn said(reply: &Reply) -> String {
    let sentences: Vec<&str> = reply.sentences.iter().map(|s| s.text.as_str()).collect();
    sentences.join(" ")
}

fn order_json(cart: &Cart, read_back: bool) -> Value {
    let lines: Vec<Value> = cart
        .lines()
        .iter()
        .map(|line| {
            let item = cart.item(line);
            let picked = if read_back {
                line.made(item)
            } else {
                line.picked().to_vec()
            };
            line_json(item, line.quantity(), &picked)
        })
        .collect();
    json!({"lines": lines, "unmatched": []})
}
