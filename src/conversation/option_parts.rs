//! "Which size?" of two coffees, answered "one large one small": the line becomes two.

use super::counted_parts::{HowMany, counted_parts};
use super::speech::Speech;
use super::taking::Taken;
use super::waiter::Waiter;
use super::{Reply, intent};
use crate::order::{LineId, Missing, Picked};
use crate::words::singular;

/// So many of a line, and what they are to have.
type Part = (u32, Vec<Picked>);

impl Waiter {
    /// Takes an answer that makes some of a line otherwise than the rest; `None` when it is none.
    pub(super) fn answer_in_parts(&mut self, plain: &str, missing: Missing) -> Option<Reply> {
        let (rest, done) = intent::split_done(plain);
        let (parts, _) = self.parts_of(&rest, missing.line)?;
        let answers = |picks: &[Picked]| picks.iter().any(|pick| pick.option == missing.option);
        if !parts.iter().all(|(_, picks)| answers(picks)) {
            return None;
        }
        let mut speech = Speech::default();
        self.make_parts(&mut speech, missing.line, parts)?;
        Some(if done {
            self.wrap_up(speech)
        } else {
            self.go_on(speech)
        })
    }

    /// "Two with corn, one with flour" after three tacos: those three are meant, made differently, and no more of them.
    pub(super) fn share_out(&mut self, speech: &mut Speech, plain: &str) -> Option<Taken> {
        let line = self.focus?;
        let (parts, left) = self.parts_of(plain, line)?;
        if parts.len() < 2 || left > 0 {
            return None;
        }
        self.make_parts(speech, line, parts)?;
        Some(Taken {
            something: true,
            ..Taken::default()
        })
    }

    /// How many of a line are to have which choices, if the words say just that, and how many they leave.
    fn parts_of(&self, plain: &str, line: LineId) -> Option<(Vec<Part>, u32)> {
        let line = self.cart.line(line)?;
        let (item, quantity) = (line.item(), line.quantity());
        let said = counted_parts(plain).filter(|_| quantity > 1)?;
        let mut left = quantity;
        let mut parts: Vec<Part> = Vec::new();
        for part in &said {
            let many = match part.count {
                HowMany::Number(many) if said.len() > 1 => many,
                HowMany::Rest if !parts.is_empty() => left,
                HowMany::All if said.len() == 1 => left,
                _ => return None,
            };
            let picks = self.picks_only(&part.words, item)?;
            left = left.checked_sub(many).filter(|_| many > 0)?;
            parts.push((many, picks));
        }
        Some((parts, left))
    }

    /// Splits a line into its parts; the last one made.
    fn make_parts(&mut self, speech: &mut Speech, line: LineId, parts: Vec<Part>) -> Option<()> {
        let mut line = line;
        let mut remaining = self.cart.line(line)?.quantity();
        for (many, picks) in parts {
            remaining -= many;
            let next = match remaining {
                0 => line,
                more => self.cart.split(line, more).ok()?,
            };
            let made = picks
                .into_iter()
                .fold(line, |line, pick| self.pick(speech, line, pick));
            self.acknowledge(speech, made);
            line = next;
        }
        Some(())
    }

    /// The choices that words take on an item, when they say nothing else but its name.
    fn picks_only(&self, words: &str, item: usize) -> Option<Vec<Picked>> {
        let name = intent::plain(&self.menu.restaurant.menu.items[item].name);
        let named: Vec<String> = name.split(' ').map(singular).collect();
        let said: Vec<&str> = words
            .split(' ')
            .filter(|word| !named.contains(&singular(word)))
            .collect();
        let heard = self.menu.understand(&said.join(" "), &[item]);
        let [line] = heard.lines.as_slice() else {
            return None;
        };
        let whole =
            line.known == Some(0) && heard.unmatched.is_empty() && heard.ambiguous.is_empty();
        (whole && !line.picked.is_empty()).then(|| line.picked.clone())
    }
}
