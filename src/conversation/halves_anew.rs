//! "Actually make it half sausage half mushrooms": halves told anew take the place of those told before.

use super::Understood;
use super::intent::holds;
use super::waiter::Waiter;
use crate::order::{LineId, Part, Picked};

impl Waiter {
    /// "and mushrooms on the other half", of a pizza that has something on the first.
    pub(super) fn put_on_the_other_half(&self, text: &str, heard: &mut Understood, ids: &[LineId]) {
        let other = ["other half", "other side", "second half"];
        if !other.iter().any(|half| holds(text, half)) {
            return;
        }
        for line in &mut heard.lines {
            let held = line.known.and_then(|at| self.cart.line(*ids.get(at)?));
            let has_left = held.is_some_and(|l| l.picked().iter().any(|p| p.part == Part::Left));
            let second = line.picked.iter().all(|p| p.part != Part::Right);
            let left = |pick: &&mut Picked| has_left && second && pick.part == Part::Left;
            for pick in line.picked.iter_mut().filter(left) {
                pick.part = Part::Right;
            }
        }
    }

    /// Takes off what was on the halves of a line whose halves are both told anew. `ids` are the lines of the order as
    /// they were heard of.
    pub(super) fn forget_halves(&mut self, heard: &Understood, ids: &[LineId]) {
        for line in &heard.lines {
            let on = |part: Part| line.picked.iter().any(|pick| pick.part == part);
            let both = on(Part::Left) && on(Part::Right);
            let id = line.known.and_then(|at| ids.get(at).copied());
            let Some(held) = id.filter(|_| both).and_then(|id| self.cart.line(id)) else {
                continue;
            };
            let (id, held) = (held.id(), held.picked().to_vec());
            let anew = |pick: &&Picked| pick.part != Part::Whole && !line.picked.contains(pick);
            for pick in held.iter().filter(anew) {
                // It was taken, so it can be taken off; what is left of the line is read back.
                if self.cart.unchoose(id, pick.option, pick.choice).is_err() {
                    return;
                }
            }
        }
    }
}
