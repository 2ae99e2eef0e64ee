//! "Which size?" of two coffees, answered "one large one small": the line becomes two.

use super::counted_parts::{HowMany, counted_parts};
use super::speech::Speech;
use super::waiter::Waiter;
use super::{Reply, intent};
use crate::order::{Missing, Picked};
use crate::words::singular;

impl Waiter {
    /// Takes an answer that makes some of a line otherwise than the rest; `None` when it is none.
    pub(super) fn answer_in_parts(&mut self, plain: &str, missing: Missing) -> Option<Reply> {
        let line = self.cart.line(missing.line)?;
        let (item, quantity) = (line.item(), line.quantity());
        let (rest, done) = intent::split_done(plain);
        let parts = counted_parts(&rest).filter(|_| quantity > 1)?;
        let mut left = quantity;
        let mut wanted: Vec<(u32, Vec<Picked>)> = Vec::new();
        for part in &parts {
            let many = match part.count {
                HowMany::Number(many) if parts.len() > 1 => many,
                HowMany::Rest if !wanted.is_empty() => left,
                HowMany::All if parts.len() == 1 => left,
                _ => return None,
            };
            let picks = self.picks_only(&part.words, item)?;
            if !picks.iter().any(|pick| pick.option == missing.option) {
                return None;
            }
            left = left.checked_sub(many).filter(|_| many > 0)?;
            wanted.push((many, picks));
        }
        let mut speech = Speech::default();
        let mut line = missing.line;
        let mut remaining = quantity;
        for (many, picks) in wanted {
            remaining -= many;
            let next = match remaining {
                0 => line,
                more => self.cart.split(line, more).ok()?,
            };
            let made = picks
                .into_iter()
                .fold(line, |line, pick| self.pick(&mut speech, line, pick));
            self.acknowledge(&mut speech, made);
            line = next;
        }
        Some(if done {
            self.wrap_up(speech)
        } else {
            self.go_on(speech)
        })
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
