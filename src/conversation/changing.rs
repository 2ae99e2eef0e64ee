//! Removing and replacing what is in the cart; halves told anew ("actually make it half sausage half mushrooms").

use super::intent::holds;
use super::speech::Speech;
use super::taking::{ASK_FROM_DOUBT, Taken};
use super::waiter::Waiter;
use super::{AmbiguousKind, Understood, describe, intent};
use crate::order::{CartLine, LineId, Part, Picked};
use crate::restaurant::Amount;
use crate::words::{single_number, singular};

const DONE: Taken = Taken {
    something: true,
    leftovers: false,
    only_missed: false,
};

/// Words beside the name of a kind that name nothing.
const BESIDE_KIND: &[&str] = &[
    "the", "my", "that", "those", "all", "of", "both", "a", "an", "any", "please", "thanks",
    "thank", "you", "order", "from", "off", "one", "two", "three", "four", "five", "six", "then",
    "again", "just", "and",
];

impl Waiter {
    /// "drop the fries", "take off the onions", "remove one coke", "forget the last one".
    pub(super) fn remove_said(&mut self, speech: &mut Speech, clause: &str) -> Taken {
        if let Some(id) = self.line_having(clause) {
            self.remove_line(speech, id);
            return DONE;
        }
        if self.drops_question(clause) {
            speech.fixed(self.words.okay());
            return DONE;
        }
        if let Some(id) = self.line_of_size(clause) {
            self.remove_line(speech, id);
            return DONE;
        }
        let heard = self.menu.understand(clause, &[]);
        if let Some(id) = self.refused_on_a_line(speech, clause) {
            self.acknowledge(speech, id);
            return DONE;
        }
        let mut any = false;
        for line in heard.lines.iter().filter(|line| !line.implied) {
            let Some(id) = self.line_like(line.item, &line.picked) else {
                continue;
            };
            let held = self.cart.line(id).map_or(0, |l| l.quantity());
            let name = self.restaurant.menu.items[line.item].name.clone();
            let left = if line.counted {
                held.saturating_sub(line.quantity)
            } else {
                0
            };
            if self.cart.set_quantity(id, left).is_ok() {
                any = true;
                match self
                    .cart
                    .line(id)
                    .map(|l| describe::line(self.words, &self.cart, l, false))
                {
                    Some(rest) => speech.say(self.words.changed(&rest)),
                    None => speech.say(self.words.removed(&name)),
                }
            }
        }
        for word in &heard.ambiguous {
            if let AmbiguousKind::Items { items, .. } = &word.meant
                && let Some(id) = items.iter().find_map(|&item| self.line_like(item, &[]))
            {
                return self.remove_some(speech, id, clause);
            }
        }
        if any
            || self.unchoose_said(speech, clause)
            || self.take_off(speech, clause)
            || self.remove_last(speech, clause)
        {
            return DONE;
        }
        if self.remove_kind(speech, clause) {
            return DONE;
        }
        if let Some(id) = self.line_by_word(clause) {
            return self.remove_some(speech, id, clause);
        }
        if let Some(id) = self.line_by_sound(clause) {
            self.remove_line(speech, id);
            return DONE;
        }
        if !self.leave_out_said(speech, clause) {
            speech.fixed(self.words.not_in_order());
        }
        DONE
    }

    /// The lines of the order whose section these words name: "the ice cream", where the menu has a section of that name.
    pub(super) fn lines_of_kind(&self, words: &str) -> Vec<LineId> {
        let said: Vec<String> = words
            .split(' ')
            .filter(|word| !word.is_empty() && !BESIDE_KIND.contains(word))
            .map(singular)
            .collect();
        if said.is_empty() {
            return Vec::new();
        }
        // The names of the menu are read as the caller's words are.
        let items = &self.menu.restaurant.menu.items;
        let of_kind = |line: &&CartLine| {
            let section = items[line.item()].category.as_deref().map(intent::plain);
            section.is_some_and(|section| {
                let section: Vec<String> = section.split(' ').map(singular).collect();
                section.windows(said.len()).any(|run| run == said)
            })
        };
        let lines = self.cart.lines().iter().filter(of_kind);
        lines.map(CartLine::id).collect()
    }

    /// Takes out what a kind names: as many as were said, else all of it.
    pub(super) fn remove_kind(&mut self, speech: &mut Speech, clause: &str) -> bool {
        let lines = self.lines_of_kind(clause);
        let number = clause.split(' ').find_map(single_number);
        let Some(mut left) = number.filter(|&number| number > 0) else {
            for &id in &lines {
                self.remove_line(speech, id);
            }
            return !lines.is_empty();
        };
        for &id in lines.iter().rev() {
            let held = self.cart.line(id).map_or(0, CartLine::quantity);
            if left == 0 {
                break;
            }
            if held > left {
                self.set_quantity(speech, id, held - left);
                self.acknowledge(speech, id);
            } else {
                self.remove_line(speech, id);
            }
            left = left.saturating_sub(held);
        }
        !lines.is_empty()
    }

    /// "remove the large": no size can be taken off, so the line of that size is meant.
    fn line_of_size(&self, clause: &str) -> Option<LineId> {
        let said = clause.strip_prefix("the ").or(clause.strip_prefix("my "))?;
        let id = self.line_made(said)?;
        let item = self.cart.item(self.cart.line(id)?);
        let picks = self.picks_on(said, self.cart.line(id)?.item())?;
        let sizes = picks.iter().all(|pick| describe::is_size(item, pick));
        sizes.then_some(id)
    }

    /// "hold the tomato on the club": the choices go, the club stays.
    fn refused_on_a_line(&mut self, speech: &mut Speech, clause: &str) -> Option<LineId> {
        const PLACES: &[&str] = &[" on ", " off ", " from ", " in ", " for "];
        let (at, len) = PLACES
            .iter()
            .find_map(|place| Some((clause.find(place)?, place.len())))?;
        let (what, place) = (&clause[..at], &clause[at + len..]);
        let heard = self.menu.understand(place, &[]);
        let named = heard.lines.iter().find(|line| !line.implied);
        let id = match named {
            Some(line) => self.line_like(line.item, &line.picked)?,
            None if place == "that" || place == "it" => self.line_in_focus()?.id(),
            None => return None,
        };
        let picks = self.picks_on(what, self.cart.line(id)?.item())?;
        let mut line = id;
        for pick in picks {
            line = self.refuse_choice(speech, line, pick);
        }
        Some(line)
    }

    /// The choices named in a clause are taken off the line talked about, or else off any line that has them.
    fn unchoose_said(&mut self, speech: &mut Speech, clause: &str) -> bool {
        let (items, ids) = self.context();
        for (&item, &id) in items.iter().zip(&ids).rev() {
            let heard = self.menu.understand(clause, &[item]);
            let picks: Vec<Picked> = heard
                .lines
                .iter()
                .filter(|line| line.known.is_some())
                .flat_map(|line| line.picked.clone())
                .collect();
            if picks.is_empty() {
                continue;
            }
            let mut line = id;
            for pick in picks {
                line = self.refuse_choice(speech, line, pick);
            }
            self.acknowledge(speech, line);
            return true;
        }
        false
    }

    /// A choice that was taken is forgotten; one that was not (it comes with the item) is refused.
    fn refuse_choice(&mut self, speech: &mut Speech, id: LineId, pick: Picked) -> LineId {
        let taken = self.cart.line(id).is_some_and(|line| {
            line.picked().iter().any(|p| {
                p.option == pick.option && p.choice == pick.choice && p.amount != Amount::None
            })
        });
        if taken {
            self.cart
                .unchoose(id, pick.option, pick.choice)
                .unwrap_or(id)
        } else {
            self.pick(speech, id, pick.with_amount(Amount::None))
        }
    }

    /// "remove one" of three: that many less of what was talked about last.
    fn take_off(&mut self, speech: &mut Speech, clause: &str) -> bool {
        let Some(id) = self.focus else { return false };
        let held = self.cart.line(id).map_or(0, |line| line.quantity());
        let points = ["of those", "of them", "of these", "of that"];
        let alone = points.iter().find_map(|of| clause.strip_suffix(of));
        let number = single_number(alone.unwrap_or(clause).trim());
        let Some(less) = number.filter(|&less| 0 < less && less < held) else {
            return false;
        };
        self.set_quantity(speech, id, held - less);
        self.acknowledge(speech, id);
        true
    }

    /// "one of the tacos": as many of a line as are said, else all of it.
    fn remove_some(&mut self, speech: &mut Speech, id: LineId, clause: &str) -> Taken {
        let number = first_number(clause);
        let held = self.cart.line(id).map_or(0, |line| line.quantity());
        match number.filter(|&number| number < held) {
            Some(number) => {
                self.set_quantity(speech, id, held - number);
                self.acknowledge(speech, id);
            }
            None => {
                self.remove_line(speech, id);
            }
        }
        DONE
    }

    fn remove_last(&mut self, speech: &mut Speech, clause: &str) -> bool {
        const LAST: &[&str] = &[
            "that", "it", "this", "last", "one", "those", "them", "item", "thing", "the", "my",
            "please", "order", "",
        ];
        let points = clause.split(' ').all(|word| LAST.contains(&word));
        match self.focus.filter(|_| points) {
            Some(id) => self.remove_line(speech, id),
            None => false,
        }
    }

    pub(super) fn remove_line(&mut self, speech: &mut Speech, id: LineId) -> bool {
        let Some(line) = self.cart.line(id) else {
            return false;
        };
        let name = self.cart.item(line).name.clone();
        let gone = self.cart.remove(id).is_ok();
        if gone {
            speech.say(self.words.removed(&name));
        }
        gone
    }

    /// The line of the cart that is this item, with these choices if any has them; the newest first.
    fn line_like(&self, item: usize, picked: &[Picked]) -> Option<LineId> {
        let same: Vec<_> = self
            .cart
            .lines()
            .iter()
            .rev()
            .filter(|line| line.item() == item)
            .collect();
        let whole = same
            .iter()
            .find(|line| picked.iter().all(|p| line.picked().contains(p)));
        whole.or(same.first()).map(|line| line.id())
    }

    /// "change the latte to a mocha", "oat milk instead of whole", "a salad instead of the soup".
    pub(super) fn replace_said(&mut self, speech: &mut Speech, old: &str, new: &str) -> Taken {
        if old.is_empty() && self.missed_before {
            return self.order_instead(speech, new);
        }
        let (_, ids) = self.context();
        let named = self.menu.understand(old, &[]);
        let old_item = named
            .lines
            .iter()
            .filter(|l| !l.implied)
            .find_map(|l| self.line_like(l.item, &l.picked));
        let old_item = old_item
            .or_else(|| self.line_having(old))
            .or_else(|| self.line_of_choice(old));
        let strange = old_item.is_none() && !named.unmatched.is_empty();
        let old_item = old_item.or_else(|| self.line_by_sound(old).filter(|_| strange));
        let points_at_focus = !strange && named.lines.is_empty() && named.loose.is_empty();
        let focus = self
            .focus
            .filter(|&id| self.cart.line(id).is_some())
            .or(ids.last().copied());
        let Some(target) = old_item.or(focus) else {
            return self.order_instead(speech, new);
        };
        let item = self.cart.line(target).map_or(0, |l| l.item());
        let heard = self.menu.understand(new, &[item]);
        let Some(first) = heard.lines.first() else {
            return Taken {
                something: false,
                leftovers: true,
                only_missed: false,
            };
        };
        if first.doubt >= ASK_FROM_DOUBT {
            return Taken {
                leftovers: true,
                ..Taken::default()
            };
        }
        let replaces_item = first.known.is_none() && !first.implied;
        // "Change that to three boxes", with boxes in the order and something else said since: those are counted anew.
        if replaces_item
            && old_item.is_none()
            && points_at_focus
            && first.counted
            && first.item != item
            && let Some(id) = self.only_line_of(&[first.item])
        {
            self.set_quantity(speech, id, first.quantity);
            let picks = first.picked.iter();
            let id = picks.fold(id, |id, &pick| self.pick(speech, id, pick));
            self.acknowledge(speech, id);
            return DONE;
        }
        if replaces_item && old_item.is_none() && !points_at_focus {
            return self.order_instead(speech, new);
        }
        let mut line = target;
        // "Swap one of them for a steak taco": the others stay.
        let held = self.cart.line(target).map_or(0, |l| l.quantity());
        let parted = first_number(old).filter(|&some| replaces_item && 0 < some && some < held);
        if let Some(part) = parted.and_then(|some| self.cart.split(target, some).ok()) {
            line = part;
        }
        let target = line;
        if replaces_item {
            match self.cart.replace(target, first.item) {
                Ok(id) => line = self.without_what_is_chosen_anew(id, &first.picked),
                Err(error) => {
                    self.note(speech, Some(error));
                    return DONE;
                }
            }
            // "give me a cannoli" for two portions of rings means one; "the lattes to mochas" keeps their number.
            if first.counted && (parted.is_none() || first.quantity > 1) {
                self.set_quantity(speech, line, first.quantity);
            }
        } else if old_item.is_none() {
            line = self.drop_named_choices(old, item, line);
        }
        for &pick in &first.picked {
            line = self.pick(speech, line, pick);
        }
        self.acknowledge(speech, line);
        DONE
    }

    /// "Three catfish meals with beans and rice in place of the tenders": of an option that is chosen anew nothing is kept.
    fn without_what_is_chosen_anew(&mut self, id: LineId, picked: &[Picked]) -> LineId {
        let held = self.cart.line(id).map(|line| line.picked().to_vec());
        let anew = |old: &&Picked| picked.iter().any(|new| new.option == old.option);
        let gone: Vec<Picked> = held.iter().flatten().filter(anew).copied().collect();
        gone.iter().fold(id, |id, old| {
            let left = self.cart.unchoose(id, old.option, old.choice);
            left.unwrap_or(id)
        })
    }

    /// "no mayo but mustard": the old choice goes where it was taken.
    fn drop_named_choices(&mut self, old: &str, item: usize, mut line: LineId) -> LineId {
        let gone = self.menu.understand(old, &[item]);
        for pick in gone
            .lines
            .iter()
            .filter(|l| l.known.is_some())
            .flat_map(|l| l.picked.clone())
        {
            line = self
                .cart
                .unchoose(line, pick.option, pick.choice)
                .unwrap_or(line);
        }
        line
    }

    fn order_instead(&mut self, speech: &mut Speech, new: &str) -> Taken {
        let heard = self.menu.understand(new, &[]);
        let mut something = false;
        for line in &heard.lines {
            self.add_line(speech, line);
            something = true;
        }
        Taken {
            something,
            leftovers: !heard.unmatched.is_empty(),
            only_missed: false,
        }
    }

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

/// The number that a clause begins with ("one of the tacos").
fn first_number(clause: &str) -> Option<u32> {
    clause.split(' ').next().and_then(single_number)
}
