//! The family of the line talked about: after three chicken tacos, "actually two chicken and one steak" means tacos, and
//! "make one of the tacos with flour" means those of the order.

use super::counted_parts::{CountedPart, HowMany, counted_parts};
use super::intent::{self, holds};
use super::question::Question;
use super::speech::Speech;
use super::taking::Taken;
use super::waiter::Waiter;
use super::{AmbiguousKind, LooseChoice, Understood};
use crate::order::{CartLine, LineId, Part, Picked};
use crate::restaurant::Amount;
use crate::words::singular;

/// Words that say that something replaces what was heard before.
const CORRECTING: &[&str] = &[
    "actually", "no", "sorry", "meant", "mean", "make", "wait", "change", "instead", "said",
];
/// A noun of the order is followed by one of these, or by nothing.
const AFTER_NOUN: &[&str] = &[
    "with", "without", "no", "on", "in", "to", "be", "should", "all", "please", "a", "an", "extra",
    "light", "and", "has", "have",
];
/// Who says these asks for something new.
const ORDERING: &[&str] = &[
    "have the",
    "get the",
    "take the",
    "want the",
    "order the",
    "like the",
    "add the",
    "another",
];

impl Waiter {
    /// Takes items named only by what sets them apart from the line talked about.
    pub(super) fn of_the_family(
        &mut self,
        speech: &mut Speech,
        rest: &str,
        corrects: bool,
    ) -> Option<Taken> {
        let correcting = corrects || CORRECTING.iter().any(|word| holds(rest, word));
        self.line_in_focus()?;
        let parts = counted_parts(rest)?;
        let (id, members) = self.meant_family(&parts, correcting)?;
        if let [part] = parts.as_slice() {
            let [member] = members.as_slice() else {
                return None;
            };
            return self.one_of_family(speech, (id, rest), (part, *member), correcting);
        }
        let counts: Option<Vec<u32>> = parts
            .iter()
            .map(|part| match part.count {
                HowMany::Number(many) => Some(many),
                _ => None,
            })
            .collect();
        let wanted: Vec<(usize, u32)> = members.into_iter().zip(counts?).collect();
        if correcting {
            self.put_in_place(speech, id, &wanted);
        } else {
            for (member, many) in wanted {
                self.add_member(speech, member, many);
            }
        }
        Some(DONE)
    }

    /// The line whose family the parts name: the one talked about, else, to correct it, one of as many as they are.
    fn meant_family(
        &self,
        parts: &[CountedPart],
        correcting: bool,
    ) -> Option<(LineId, Vec<usize>)> {
        let numbers = parts.iter().map(|part| match part.count {
            HowMany::Number(many) => many,
            _ => 0,
        });
        let sum: u32 = numbers.sum();
        let focus = self.line_in_focus()?.id();
        let as_many = |line: &&CartLine| {
            line.id() == focus || correcting && parts.len() > 1 && line.quantity() == sum
        };
        let mut lines: Vec<&CartLine> = self.cart.lines().iter().rev().filter(as_many).collect();
        lines.sort_by_key(|line| line.id() != focus);
        lines.iter().find_map(|line| {
            let head = self.head_of(line.item())?;
            let each = parts
                .iter()
                .map(|part| self.member(line.item(), &head, &part.words));
            let members = each.collect::<Option<Vec<usize>>>()?;
            let new = |(at, member): (usize, &usize)| !members[..at].contains(member);
            let distinct = members.iter().enumerate().all(new);
            distinct.then(|| (line.id(), members.clone()))
        })
    }

    /// "actually steak", "make one of them steak", "and a steak".
    fn one_of_family(
        &mut self,
        speech: &mut Speech,
        (id, rest): (LineId, &str),
        (part, member): (&CountedPart, usize),
        correcting: bool,
    ) -> Option<Taken> {
        let line = self.cart.line(id)?;
        let (item, held) = (line.item(), line.quantity());
        // What may be put on the one in the order is no other dish, and what names a dish needs no family.
        let heard = self.menu.understand(&part.words, &[]);
        let named = heard.lines.iter().any(|line| !line.implied);
        let known = named && !correcting;
        if self.picks_on(&part.words, item).is_some() || known || member == item {
            return None;
        }
        match part.count {
            HowMany::Number(many) if !correcting => self.add_member(speech, member, many),
            HowMany::Number(many)
                if many < held && (holds(rest, "make") || holds(rest, "of them")) =>
            {
                self.put_in_place(speech, id, &[(item, held - many), (member, many)]);
            }
            HowMany::Number(many) => self.put_in_place(speech, id, &[(member, many)]),
            HowMany::All => {
                let all = self.family_of(item).iter().map(|(_, many)| many).sum();
                self.put_in_place(speech, id, &[(member, all)]);
            }
            HowMany::Unsaid if correcting => self.put_in_place(speech, id, &[(member, held)]),
            _ => return None,
        }
        Some(DONE)
    }

    fn add_member(&mut self, speech: &mut Speech, member: usize, many: u32) {
        match self.cart.add(member, many, &[]) {
            Ok(id) => self.acknowledge(speech, id),
            Err(error) => self.note(speech, Some(error)),
        }
    }

    /// These stand for the line, or for all of its family when they are as many; what was chosen on it goes with them.
    fn put_in_place(&mut self, speech: &mut Speech, id: LineId, wanted: &[(usize, u32)]) {
        let items = &self.restaurant.menu.items;
        if let Some((sold_out, _)) = wanted.iter().find(|(member, _)| !items[*member].available) {
            let error = self.cart.add(*sold_out, 1, &[]).err();
            self.note(speech, error);
            return;
        }
        let sum = wanted.iter().map(|(_, many)| many).sum::<u32>();
        let lines = self.cart.line(id).map(|line| self.family_of(line.item()));
        let lines = lines.unwrap_or_default();
        let held = self.cart.line(id).map_or(0, CartLine::quantity);
        if held != sum && lines.iter().map(|(_, many)| many).sum::<u32>() == sum {
            for (other, _) in lines.iter().filter(|(other, _)| *other != id) {
                let gone = self.cart.remove(*other).err();
                self.note(speech, gone);
            }
        }
        if let Err(error) = self.cart.set_quantity(id, sum) {
            self.note(speech, Some(error));
            return;
        }
        let mut parts = vec![(id, wanted[0].0)];
        for &(member, many) in wanted[1..].iter().rev() {
            if let Ok(part) = self.cart.split(id, many) {
                parts.insert(1, (part, member));
            }
        }
        for (part, member) in parts {
            let same = self
                .cart
                .line(part)
                .is_some_and(|line| line.item() == member);
            let made = if same {
                Ok(part)
            } else {
                self.cart.replace(part, member)
            };
            match made {
                Ok(made) => self.acknowledge(speech, made),
                Err(error) => self.note(speech, Some(error)),
            }
        }
    }

    /// The lines of the order that are of an item's family, with how many each is.
    fn family_of(&self, item: usize) -> Vec<(LineId, u32)> {
        let head = self.head_of(item);
        let same = |line: &&CartLine| {
            line.item() == item || head.is_some() && self.head_of(line.item()) == head
        };
        let lines = self.cart.lines().iter().filter(same);
        lines.map(|line| (line.id(), line.quantity())).collect()
    }

    /// The word that an item's name shares with most of its category ("taco").
    fn head_of(&self, item: usize) -> Option<String> {
        let items = &self.menu.restaurant.menu.items;
        let sharing = |word: &String| {
            let alike = items
                .iter()
                .filter(|other| other.category == items[item].category);
            alike
                .filter(|other| words_of(&other.name).contains(word))
                .count()
        };
        let words = words_of(&items[item].name);
        let counted = words.into_iter().map(|word| (sharing(&word), word));
        counted
            .max_by_key(|(count, _)| *count)
            .filter(|(count, _)| *count > 1)
            .map(|(_, word)| word)
    }

    /// The one item of the family that words name beside its head.
    fn member(&self, of: usize, head: &str, said: &str) -> Option<usize> {
        let items = &self.menu.restaurant.menu.items;
        let mut said = words_of(said);
        said.retain(|word| word != head);
        if said.is_empty() {
            return None;
        }
        let family = || {
            let all = items.iter().enumerate();
            all.filter(|(_, item)| {
                item.category == items[of].category
                    && words_of(&item.name).iter().any(|word| word == head)
            })
        };
        let apart = |name: &str| {
            let mut words = words_of(name);
            words.retain(|word| {
                word != head && !matches!(word.as_str(), "al" | "de" | "with" | "the")
            });
            words
        };
        let only = |so: &dyn Fn(&crate::restaurant::Item) -> bool| {
            let mut found = family().filter(|(_, item)| so(item)).map(|(at, _)| at);
            let first = found.next();
            first.filter(|_| found.next().is_none())
        };
        only(&|item| apart(&item.name) == said)
            .or_else(|| only(&|item| item.aliases.iter().any(|alias| apart(alias) == said)))
            .or_else(|| only(&|item| said.iter().all(|word| apart(&item.name).contains(word))))
    }

    /// "one of the tacos", with fish tacos ordered and no others: "one of them", with those in focus.
    pub(super) fn definite_of_the_order(&mut self, rest: &str) -> Option<String> {
        if self.cart.is_empty() || ORDERING.iter().any(|orders| holds(rest, orders)) {
            return None;
        }
        let words: Vec<&str> = rest.split(' ').collect();
        let (at, id) = (0..words.len().saturating_sub(1)).find_map(|at| {
            let points = matches!(words[at], "the" | "my" | "those" | "these");
            let ends = words
                .get(at + 2)
                .is_none_or(|next| AFTER_NOUN.contains(next));
            let id = (points && ends).then(|| self.only_one_called(words[at + 1]))??;
            Some((at, id))
        })?;
        let of = at > 0 && words[at - 1] == "of";
        let them = if of { "them" } else { "those" };
        let said = [&words[..at], &[them], &words[at + 2..]].concat().join(" ");
        // "One of them" counts some of the line; what is said about them is the rest.
        let before = at - if of { at.min(2) } else { 0 };
        let about = [&words[..before], &words[at + 2..]].concat().join(" ");
        let item = self.cart.line(id)?.item();
        let heard = self.menu.understand(&about, &[item]);
        let about_it = |line: &super::HeardLine| line.known.is_some() && !line.picked.is_empty();
        let known = !heard.lines.is_empty() && heard.lines.iter().all(about_it);
        if !known || !heard.ambiguous.is_empty() {
            return None;
        }
        self.focus = Some(id);
        Some(said)
    }

    /// The line of the order that a word means which means several items of the menu.
    pub(super) fn only_one_called(&self, noun: &str) -> Option<LineId> {
        let heard = self.menu.understand(noun, &[]);
        let [word] = heard.ambiguous.as_slice() else {
            return None;
        };
        let AmbiguousKind::Items { items, .. } = &word.meant else {
            return None;
        };
        let mut lines = self
            .cart
            .lines()
            .iter()
            .filter(|line| items.contains(&line.item()));
        let only = lines.next()?.id();
        lines.next().is_none().then_some(only)
    }

    /// A bare choice ("cilantro", "small") is not taken for an item that was never named: it is asked what it is for.
    pub(super) fn without_inventions(&self, heard: &mut Understood) {
        let of_lines =
            |word: &super::Ambiguous| matches!(word.meant, AmbiguousKind::Choices { .. });
        if heard.ambiguous.iter().any(of_lines) {
            return;
        }
        let (bare, kept): (Vec<_>, Vec<_>) = std::mem::take(&mut heard.lines)
            .into_iter()
            .partition(|line| {
                let asked = matches!(&self.question, Question::WhichItem { items, .. } if items.contains(&line.item));
                let bare = line.implied && !line.counted && line.known.is_none();
                bare && !asked && line.picked.len() == 1
            });
        heard.lines = kept;
        // What is refused brings no dish into the order that has it: it is noted on what is there.
        if !self.cart.is_empty() || !heard.lines.is_empty() {
            let refused = |loose: &LooseChoice| loose.picked.amount == Amount::None;
            let (refused, loose) = std::mem::take(&mut heard.loose)
                .into_iter()
                .partition(refused);
            let refused: Vec<LooseChoice> = refused;
            heard.loose = loose;
            heard
                .refused_names
                .extend(refused.into_iter().map(|l| l.text.to_lowercase()));
        }
        for line in bare {
            let pick = line.picked[0];
            if pick.amount == Amount::None {
                let option = &self.menu.restaurant.menu.items[line.item].options[pick.option];
                let name = option.choices[pick.choice].name.to_lowercase();
                heard.refused_names.push(name);
                continue;
            }
            let is_it = |sense: &usize| {
                self.menu.choices[*sense].on_item(line.item) == Some((pick.option, pick.choice))
            };
            let senses: Vec<usize> = (0..self.menu.choices.len()).filter(is_it).collect();
            let text = senses.first().map_or_else(String::new, |&sense| {
                self.menu.choices[sense].choice.clone()
            });
            let picked = Picked {
                option: 0,
                choice: 0,
                part: Part::Whole,
                ..pick
            };
            heard.loose.push(LooseChoice {
                senses,
                picked,
                text,
            });
        }
    }
}

const DONE: Taken = Taken {
    something: true,
    leftovers: false,
    only_missed: false,
};

fn words_of(text: &str) -> Vec<String> {
    intent::plain(text).split(' ').map(singular).collect()
}
