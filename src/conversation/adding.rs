//! Lines and choices put into the cart as far as the menu allows them; what it does not allow is said, or noted for the kitchen;
//! "make it a meal" makes a dish the combo its file names.

use super::lexicon::{Tag, Tagged};
use super::measures::Measured;
use super::question::Question;
use super::speech::Speech;
use super::waiter::Waiter;
use super::{HeardLine, Reply, intent};
use crate::order::{Cart, CartError, LineId, Picked};
use crate::restaurant::Amount;
use crate::words::singular;

impl Waiter {
    /// Adds a line that was asked about and confirmed.
    pub(super) fn add_line(&mut self, speech: &mut Speech, line: &HeardLine) {
        if let Some(id) = self.add_new(speech, line) {
            self.acknowledge(speech, id);
        }
    }

    pub(super) fn add_new(&mut self, speech: &mut Speech, line: &HeardLine) -> Option<LineId> {
        let picked = self.allowed(speech, line.item, &line.picked);
        let measured = self.measure_for(line.item);
        let added = match measured {
            Some(Measured::Unit(measure)) => self.cart.add_measure(line.item, measure, &picked),
            _ => self.cart.add(line.item, line.quantity, &picked),
        };
        match added {
            Ok(id) => {
                self.focus = Some(id);
                if let Some(
                    measured @ (Measured::Choice(_) | Measured::Several(_) | Measured::NotSold(_)),
                ) = measured
                {
                    self.apply_measure(speech, id, &measured);
                }
                let refused =
                    |pick: &&Picked| pick.amount == Amount::None && !picked.contains(pick);
                for &pick in line.picked.iter().filter(refused) {
                    self.note_refused(speech, self.focus.unwrap_or(id), pick);
                }
                self.focus
            }
            Err(error) => {
                self.note(speech, Some(error));
                None
            }
        }
    }

    /// The picks the menu allows together; says why the others were left out.
    pub(super) fn allowed(
        &self,
        speech: &mut Speech,
        item: usize,
        picked: &[Picked],
    ) -> Vec<Picked> {
        let mut scratch = Cart::new(self.restaurant.clone());
        let Ok(id) = scratch.add(item, 1, &[]) else {
            return Vec::new();
        };
        let mut order = picked.to_vec();
        order.sort_by_key(|pick| pick.option);
        for pick in order {
            let pick = self.pick_meant(&scratch, id, pick);
            let as_it_comes = |error: &CartError| {
                matches!(error, CartError::AmountNotAllowed { .. })
                    && matches!(pick.amount, Amount::None | Amount::Regular)
            };
            if let Err(error) = scratch.choose(id, pick)
                && pick.amount != Amount::None
                && !as_it_comes(&error)
            {
                self.note(speech, Some(error));
            }
        }
        scratch
            .line(id)
            .map(|line| line.picked().to_vec())
            .unwrap_or_default()
    }

    /// A choice that several options of the line have under one name (the size of the fries, the size of the drink): that of the
    /// open question, else of one that is asked and unanswered.
    fn pick_meant(&self, cart: &Cart, id: LineId, pick: Picked) -> Picked {
        let Some(line) = cart.line(id) else {
            return pick;
        };
        let item = cart.item(line);
        let Some((option, choice)) = item
            .options
            .get(pick.option)
            .and_then(|option| Some((option, option.choices.get(pick.choice)?)))
        else {
            return pick;
        };
        let same = |at: usize| {
            let other = &item.options[at];
            let found = other.choices.iter().position(|c| c.name == choice.name);
            found
                .filter(|_| other.name == option.name)
                .map(|choice| (at, choice))
        };
        let all: Vec<(usize, usize)> = (0..item.options.len()).filter_map(same).collect();
        if all.len() < 2 {
            return pick;
        }
        let asked_now = match &self.question {
            Question::Option(missing) if missing.line == id => Some(missing.option),
            _ => None,
        };
        let asks = |at: usize| cart.asks(line, at);
        let open = |at: usize| asks(at) && line.taken(at).next().is_none();
        let best = all
            .iter()
            .find(|(at, _)| Some(*at) == asked_now)
            .or_else(|| all.iter().find(|(at, _)| open(*at)))
            .or_else(|| all.iter().find(|(at, _)| asks(*at)));
        match best {
            Some(&(option, choice)) => Picked {
                option,
                choice,
                ..pick
            },
            None => pick,
        }
    }

    /// Takes a choice on a line; what the menu forbids is said. A refusal where amounts are not offered just forgets it, and
    /// so does one of what was only put on before.
    pub(super) fn pick(&mut self, speech: &mut Speech, id: LineId, pick: Picked) -> LineId {
        if pick.amount == Amount::None && self.only_put_on(id, pick) {
            let forgotten = self.cart.unchoose(id, pick.option, pick.choice);
            return forgotten.unwrap_or(id);
        }
        let pick = self.pick_meant(&self.cart, id, pick);
        match self.cart.choose(id, pick) {
            Ok(id) => id,
            Err(CartError::AmountNotAllowed { .. }) if pick.amount == Amount::None => {
                let left = self.cart.unchoose(id, pick.option, pick.choice);
                let id = left.unwrap_or(id);
                self.note_refused(speech, id, pick);
                id
            }
            // "With oregano", of what comes with it and may only be left out: as it comes.
            Err(CartError::AmountNotAllowed { .. }) if pick.amount == Amount::Regular => self
                .cart
                .unchoose(id, pick.option, pick.choice)
                .unwrap_or(id),
            Err(error) => {
                self.note(speech, Some(error));
                id
            }
        }
    }

    /// Did the caller put this on an item that does not come with it?
    fn only_put_on(&self, id: LineId, pick: Picked) -> bool {
        let Some(line) = self.cart.line(id) else {
            return false;
        };
        let taken = line.taken(pick.option).any(|p| p.choice == pick.choice);
        let item = &self.menu.restaurant.menu.items[line.item()];
        // What was said may fit another item than the one it is now put on: the cart says so.
        let Some((option, choice)) = item
            .options
            .get(pick.option)
            .and_then(|option| Some((option, option.choices.get(pick.choice)?)))
        else {
            return false;
        };
        let words = |text: &str| -> Vec<String> {
            let read = self.menu.read(text);
            intent::plain(read.text())
                .split(' ')
                .map(singular)
                .collect()
        };
        let described = item.description.as_deref().map(words).unwrap_or_default();
        let name = intent::plain(&choice.name);
        let mentioned = name
            .split(' ')
            .all(|word| described.contains(&singular(word)));
        taken && !option.default.contains(&pick.choice) && !mentioned
    }

    /// The line talked about as a meal; `None` where it has none, or nothing of the kind was said.
    pub(super) fn made_a_meal(&mut self, plain: &str) -> Option<Reply> {
        let (others, said) = Tagged::of(plain).without(Tag::AsMeal);
        if !said {
            return None;
        }
        if !self.is_chatter(others.trim()) {
            return None;
        }
        let line = self.line_in_focus()?;
        let (id, dish) = (line.id(), self.cart.item(line));
        let meal = dish.details.as_ref()?.meal.as_deref()?;
        let items = &self.restaurant.menu.items;
        let at = items.iter().position(|item| item.id == meal)?;
        let of_dish = items[at]
            .options
            .iter()
            .enumerate()
            .find_map(|(option, o)| {
                let mut choices = o.choices.iter();
                let choice = choices.position(|choice| choice.dish() == Some(&dish.id))?;
                Some((option, choice))
            });
        let mut speech = Speech::default();
        let replaced = match of_dish {
            Some(of) => self.cart.replace_by_combo(id, at, of),
            None => self.cart.replace(id, at),
        };
        match replaced {
            Ok(id) => self.acknowledge(&mut speech, id),
            Err(error) => self.note(&mut speech, Some(error)),
        }
        Some(self.go_on(speech))
    }
}
