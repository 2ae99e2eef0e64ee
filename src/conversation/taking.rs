//! Taking items into the cart, and saying back what was heard.

use super::corrections::{Command, commands};
use super::question::Question;
use super::speech::Speech;
use super::waiter::Waiter;
use super::{AmbiguousKind, HeardLine, Reply, Understood, answering, describe, intent};
use crate::order::{Cart, CartError, CartLine, LineId, Picked};
use crate::restaurant::Amount;

/// A line heard with more doubt than this is asked about before it is taken.
const ASK_FROM_DOUBT: f32 = 0.42;

/// A number said with no more words than this may be a count of what was ordered last.
const SHORT: usize = 2;
/// Such a number is hardly larger.
const LIKELY_COUNT: u32 = 20;

/// Does an utterance replace what was heard before?
#[derive(Clone, Copy, Debug)]
struct Correcting {
    /// A word says so ("actually", "make that").
    said: bool,
    /// Or it answers the read-back.
    any: bool,
}

/// What a turn did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Taken {
    /// Something was ordered, changed, asked about or refused for a reason.
    pub something: bool,
    /// Content words were left that nothing explains.
    pub leftovers: bool,
    /// All that was said is that the menu has no such thing.
    pub only_missed: bool,
}

impl Waiter {
    /// Takes the words as an order or a correction.
    pub(super) fn take(&mut self, words: &str) -> Reply {
        let plain = intent::plain(words);
        self.undo_if_said_again(&plain);
        let before = self.snapshot(&plain);
        let reply = self.take_said(&plain);
        self.keep_snapshot(before);
        reply
    }

    fn take_said(&mut self, plain: &str) -> Reply {
        self.note_in_passing(plain);
        let (rest, done) = intent::split_done(plain);
        let said_no = intent::begins_with_no(&rest);
        let rest = intent::without_leading_no(&rest);
        let spoken_of = self.spoken_of.take();
        self.missed_before = std::mem::take(&mut self.missed);
        let confirming = matches!(self.question, Question::Confirm | Question::Change);
        let mut speech = Speech::default();
        let mut taken = Taken::default();
        let rest = match self.without_denial(&rest) {
            Some(said) if confirming => said,
            _ => rest,
        };
        let pointed = self.point(&mut speech, &rest, spoken_of);
        let commands = match pointed {
            Some(_) => Vec::new(),
            None => self.commands(&rest),
        };
        taken.something = pointed.is_some();
        for command in commands {
            let part = match command {
                Command::Order { text, correcting } => {
                    let corrects = Correcting {
                        said: correcting || said_no,
                        any: correcting || confirming || said_no,
                    };
                    self.order_said(&mut speech, &text, corrects)
                }
                Command::Remove { text } => self.remove_said(&mut speech, &text),
                Command::Replace { old, new } => self.replace_said(&mut speech, &old, &new),
            };
            taken.something |= part.something;
            taken.leftovers |= part.leftovers;
            taken.only_missed |= part.only_missed;
        }
        if !taken.something {
            return self.nothing_taken(speech, done, taken.leftovers);
        }
        if !taken.only_missed {
            self.misses = 0;
        } else {
            self.misses = self.misses.saturating_add(1);
            if self.misses >= 2 && !done {
                speech.fixed(self.words.say_one_thing(self.restaurant.handoff.is_some()));
            }
        }
        if done || confirming && self.waiting.is_empty() {
            self.wrap_up(speech)
        } else {
            self.go_on(speech)
        }
    }

    fn commands(&self, rest: &str) -> Vec<Command> {
        let items: Vec<usize> = self.cart.lines().iter().map(CartLine::item).collect();
        let orders = |text: &str| !self.menu.understand(text, &[]).lines.is_empty();
        let in_cart = |text: &str| {
            self.menu
                .understand(text, &[])
                .lines
                .iter()
                .any(|l| items.contains(&l.item))
        };
        commands(rest, &orders, &in_cart)
    }

    /// A name or "for pickup" said along the way, where the file wants them.
    fn note_in_passing(&mut self, plain: &str) {
        if self.restaurant.ask.name && self.cart.name.is_none() {
            let name = answering::name_in(plain, false);
            self.cart.name = name.map(|name| self.name_as_said(&name));
        }
        if self.restaurant.ask.fulfilment && self.cart.fulfilment.is_none() {
            self.cart.fulfilment = answering::fulfilment_in(plain);
        }
    }

    fn nothing_taken(&mut self, mut speech: Speech, done: bool, leftovers: bool) -> Reply {
        if done {
            return self.wrap_up(speech);
        }
        if !leftovers {
            if self.question == Question::Free && !self.cart.is_empty() {
                speech.fixed(self.words.okay());
            }
            self.ask_again(&mut speech);
            return self.finish(speech, super::Action::Listen);
        }
        self.misses = self.misses.saturating_add(1);
        self.troubled = true;
        if self.misses >= 2 {
            speech.fixed(self.words.say_one_thing(self.restaurant.handoff.is_some()));
        } else {
            speech.fixed(self.words.did_not_get());
        }
        self.ask_again(&mut speech);
        self.finish(speech, super::Action::Listen)
    }

    /// Only courtesies and fillers?
    pub(super) fn is_chatter(&self, plain: &str) -> bool {
        let heard = self.menu.understand(plain, &[]);
        heard.lines.is_empty()
            && heard.unmatched.is_empty()
            && heard.ambiguous.is_empty()
            && heard.loose.is_empty()
    }

    /// The items of the cart's lines with the line talked about last at the end, and their ids.
    pub(super) fn context(&self) -> (Vec<usize>, Vec<LineId>) {
        let focus = match &self.question {
            Question::Option(missing) => Some(missing.line),
            Question::WhichChoice { line, .. } => Some(*line),
            _ => self.focus,
        };
        let mut lines: Vec<&CartLine> = self.cart.lines().iter().collect();
        lines.sort_by_key(|line| Some(line.id()) == focus);
        lines.iter().map(|line| (line.item(), line.id())).unzip()
    }

    fn order_said(&mut self, speech: &mut Speech, text: &str, corrects: Correcting) -> Taken {
        let correcting = corrects.any;
        let (items, ids) = self.context();
        let heard = self.menu.understand(text, &items);
        let before = (self.cart.clone(), speech.is_empty(), self.waiting.len());
        let mut touched: Vec<LineId> = Vec::new();
        if correcting && let Some((id, quantity)) = self.recounted(text, &heard) {
            self.set_quantity(speech, id, quantity);
            self.acknowledge(speech, id);
            return Taken {
                something: true,
                leftovers: false,
                only_missed: false,
            };
        }
        let menu = &self.restaurant.menu;
        let sold_out = |line: &HeardLine| !menu.items[line.item].available;
        self.missed = !heard.wanted.is_empty() || heard.lines.iter().any(sold_out);
        for line in &heard.lines {
            touched.extend(self.take_line(speech, line, &ids, correcting));
        }
        if heard.lines.is_empty() && heard.ambiguous.is_empty() {
            touched.extend(self.take_bare_quantity(text, &heard, corrects.said));
        }
        self.take_ambiguous(&heard, &touched);
        let refused = self.take_refused(speech, &heard);
        let guessed = self.guess_wanted(&heard);
        if guessed.is_none() {
            self.take_loose(speech, &heard);
        }
        touched.dedup();
        for &line in &touched {
            self.acknowledge(speech, line);
        }
        let answered = !touched.is_empty() || refused || self.waiting.len() != before.2;
        self.say_not_on_menu(speech, &heard, guessed.as_deref(), answered);
        self.keep_open_question(&heard);
        let said_something = before.1 && !speech.is_empty();
        Taken {
            something: answered || said_something,
            only_missed: !answered && said_something && !heard.wanted.is_empty(),
            leftovers: !heard.unmatched.is_empty() || heard.bare_quantity.is_some(),
        }
    }

    /// One line heard: more about a line of the cart, a correction of one, or a new one.
    fn take_line(
        &mut self,
        speech: &mut Speech,
        line: &HeardLine,
        ids: &[LineId],
        correcting: bool,
    ) -> Option<LineId> {
        let answers = match &self.question {
            Question::Option(missing) => {
                let same = self
                    .cart
                    .line(missing.line)
                    .is_some_and(|l| l.item() == line.item);
                let fills = line.picked.iter().any(|p| p.option == missing.option);
                (same && fills && line.quantity == 1).then_some(missing.line)
            }
            _ => None,
        };
        let corrected = || {
            let same = |id: &&LineId| self.cart.line(**id).is_some_and(|l| l.item() == line.item);
            correcting
                .then(|| ids.iter().rev().find(same).copied())
                .flatten()
        };
        let target = line
            .known
            .and_then(|at| ids.get(at).copied())
            .or(answers)
            .or_else(corrected);
        if let Some(mut id) = target {
            if line.known.is_none() && answers.is_none() && line.counted {
                self.set_quantity(speech, id, line.quantity);
            }
            for &pick in &line.picked {
                id = self.pick(speech, id, pick);
            }
            self.focus = Some(id);
            return Some(id);
        }
        if line.doubt >= ASK_FROM_DOUBT {
            self.waiting
                .push(Question::DidYouSay(Box::new(line.clone())));
            self.troubled = true;
            return None;
        }
        match self.asked_count(line) {
            Some(quantity) => self.add_new(
                speech,
                &HeardLine {
                    quantity,
                    ..line.clone()
                },
            ),
            None => self.add_new(speech, line),
        }
    }

    /// Adds a line that was asked about and confirmed.
    pub(super) fn add_line(&mut self, speech: &mut Speech, line: &HeardLine) {
        if let Some(id) = self.add_new(speech, line) {
            self.acknowledge(speech, id);
        }
    }

    fn add_new(&mut self, speech: &mut Speech, line: &HeardLine) -> Option<LineId> {
        let picked = self.allowed(speech, line.item, &line.picked);
        match self.cart.add(line.item, line.quantity, &picked) {
            Ok(id) => {
                self.focus = Some(id);
                Some(id)
            }
            Err(error) => {
                self.note(speech, Some(error));
                None
            }
        }
    }

    /// The picks the menu allows together; says why the others were left out.
    fn allowed(&self, speech: &mut Speech, item: usize, picked: &[Picked]) -> Vec<Picked> {
        let mut scratch = Cart::new(self.restaurant.clone());
        let Ok(id) = scratch.add(item, 1, &[]) else {
            return Vec::new();
        };
        for &pick in picked {
            if let Err(error) = scratch.choose(id, pick)
                && pick.amount != Amount::None
            {
                self.note(speech, Some(error));
            }
        }
        scratch
            .line(id)
            .map(|line| line.picked().to_vec())
            .unwrap_or_default()
    }

    /// Takes a choice on a line; what the menu forbids is said. A refusal where amounts are not offered just forgets it.
    pub(super) fn pick(&mut self, speech: &mut Speech, id: LineId, pick: Picked) -> LineId {
        match self.cart.choose(id, pick) {
            Ok(id) => id,
            Err(CartError::AmountNotAllowed { .. }) if pick.amount == Amount::None => self
                .cart
                .unchoose(id, pick.option, pick.choice)
                .unwrap_or(id),
            Err(error) => {
                self.note(speech, Some(error));
                id
            }
        }
    }

    /// "make that three": the line talked about last. A bare number says no such thing, so the caller is asked.
    fn take_bare_quantity(
        &mut self,
        text: &str,
        heard: &Understood,
        correcting: bool,
    ) -> Option<LineId> {
        const POINTING: &[&str] = &["of them", "of those", "of these", "of that", "of each"];
        let quantity = heard.bare_quantity?;
        let line = self.focus.filter(|&id| self.cart.line(id).is_some())?;
        if correcting || POINTING.iter().any(|of| intent::holds(text, of)) {
            self.cart.set_quantity(line, quantity).ok()?;
            return Some(line);
        }
        let alone = text.split(' ').count() <= SHORT && heard.unmatched.is_empty();
        if alone && quantity <= LIKELY_COUNT {
            self.waiting.push(Question::Recount { line, quantity });
            self.troubled = true;
        }
        None
    }

    fn take_ambiguous(&mut self, heard: &Understood, touched: &[LineId]) {
        for word in &heard.ambiguous {
            let question = match &word.meant {
                AmbiguousKind::Items {
                    items,
                    quantity,
                    choices,
                } => {
                    let available: Vec<usize> = items
                        .iter()
                        .copied()
                        .filter(|&at| self.restaurant.menu.items[at].available)
                        .collect();
                    let said: Vec<&str> = choices
                        .iter()
                        .map(|&c| self.menu.choices[c].choice.as_str())
                        .collect();
                    Some(Question::WhichItem {
                        text: self.said.as_said(&word.text),
                        items: if available.is_empty() {
                            items.clone()
                        } else {
                            available
                        },
                        quantity: *quantity,
                        said: said.join(" and "),
                    })
                }
                AmbiguousKind::Choices { line, choices } => {
                    // A line that was not taken (too many of it) has no place in the cart to ask about.
                    let item = heard.lines.get(*line).map(|line| line.item);
                    let taken = |id: &&LineId| self.cart.line(**id).map(CartLine::item) == item;
                    let id = touched.iter().filter(|_| item.is_some()).find(taken);
                    id.map(|&line| Question::WhichChoice {
                        line,
                        text: self.said.as_said(&word.text),
                        choices: choices.clone(),
                    })
                }
            };
            self.troubled |= question.is_some();
            self.waiting.extend(question);
        }
    }

    /// "no fries" when there are fries: they go.
    fn take_refused(&mut self, speech: &mut Speech, heard: &Understood) -> bool {
        let mut any = false;
        for &item in &heard.refused {
            let Some(line) = self.cart.lines().iter().find(|line| line.item() == item) else {
                continue;
            };
            let id = line.id();
            if self.cart.remove(id).is_ok() {
                speech.say(self.words.removed(&self.restaurant.menu.items[item].name));
                any = true;
            }
        }
        any
    }

    /// Choices without an item: the one line that offers them, else the items that do are offered.
    fn take_loose(&mut self, speech: &mut Speech, heard: &Understood) {
        let Some(first) = heard.loose.first() else {
            return;
        };
        let fits = |item: usize| {
            heard.loose.iter().all(|c| {
                c.senses
                    .iter()
                    .any(|&s| self.menu.choices[s].on_item(item).is_some())
            })
        };
        let fitting: Vec<usize> = (0..self.restaurant.menu.items.len())
            .filter(|&i| self.restaurant.menu.items[i].available && fits(i))
            .collect();
        let text: Vec<&str> = heard.loose.iter().map(|c| c.text.as_str()).collect();
        if (2..=5).contains(&fitting.len()) {
            let (text, said) = (self.said.as_said(&first.text), text.join(" and "));
            self.waiting.push(Question::WhichItem {
                text,
                items: fitting,
                quantity: 1,
                said,
            });
        } else {
            self.troubled = true;
            let texts: Vec<String> = text.iter().map(|text| self.said.as_said(text)).collect();
            speech.say(self.words.what_is_that_for(&self.words.and(&texts)));
        }
    }

    /// A question about something ambiguous stays open when other things were ordered instead of answering it.
    fn keep_open_question(&mut self, heard: &Understood) {
        let Question::WhichItem { items, .. } = &self.question else {
            return;
        };
        let other =
            !heard.lines.is_empty() && heard.lines.iter().all(|line| !items.contains(&line.item));
        if other {
            self.waiting.insert(0, self.question.clone());
        }
        self.question = Question::Free;
    }

    /// "One large Pepperoni." so that what was misheard comes out at once.
    pub(super) fn acknowledge(&mut self, speech: &mut Speech, id: LineId) {
        self.focus = Some(id);
        if let Some(line) = self.cart.line(id) {
            speech.say(
                self.words
                    .added(&describe::line(self.words, &self.cart, line, false)),
            );
        }
    }

    /// One more of what was ordered last.
    pub(super) fn same_again(&mut self) -> Reply {
        let mut speech = Speech::default();
        let id = self.focus.filter(|&id| self.cart.line(id).is_some());
        let id = id.or_else(|| self.cart.lines().last().map(CartLine::id));
        if let Some(line) = id.and_then(|id| self.cart.line(id)) {
            let (id, more) = (line.id(), line.quantity() + 1);
            self.set_quantity(&mut speech, id, more);
            self.acknowledge(&mut speech, id);
        }
        self.go_on(speech)
    }

    /// Changes how many; says why not.
    pub(super) fn set_quantity(&mut self, speech: &mut Speech, id: LineId, quantity: u32) {
        let error = self.cart.set_quantity(id, quantity).err();
        self.note(speech, error);
    }
}
