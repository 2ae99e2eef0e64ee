//! Taking items into the cart, and saying back what was heard.

use super::act::Beside;
use super::corrections::{Command, Names, adds, commands};
use super::counting::{counts_them, without_what_was_recounted};
use super::option_parts::{Part, in_parts};
use super::question::Question;
use super::reworded::reworded;
use super::speech::Speech;
use super::understanding::is_common;
use super::waiter::Waiter;
use super::{HeardLine, Reply, Understood, describe, intent, refusal_words};
use crate::order::{CartLine, LineId};

/// A line heard with more doubt than this is asked about before it is taken.
pub(super) const ASK_FROM_DOUBT: f32 = 0.42;

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
        let plain = intent::plain(&intent::with_lone_no(words));
        self.undo_if_said_again(&plain);
        let (before, misses) = (self.snapshot(&plain), self.misses);
        self.note_in_passing(&plain);
        let reply = match self.take_beside(&plain) {
            Beside {
                rest,
                time: None,
                talk: false,
                name: None,
            } => self.take_said(&rest),
            beside => self.take_with_what_is_beside(&beside),
        };
        // A mere guess is no progress.
        if self.troubled && self.cart.lines() == before.cart.lines() {
            self.misses = self.misses.max(misses);
        }
        self.keep_snapshot(before);
        reply
    }

    pub(super) fn take_said(&mut self, plain: &str) -> Reply {
        let plain = refusal_words::plainly(plain, self);
        let (plain, requests) = self.split_requests(&plain);
        let (rest, denied) = intent::without_denial_before(&plain);
        let (rest, done) = intent::split_done(&rest);
        let said_no = denied || intent::begins_with_no(&rest);
        let rest = intent::without_leading_no(&rest);
        let spoken_of = self.spoken_of.take();
        self.missed_before = std::mem::take(&mut self.missed);
        let confirming = matches!(self.question, Question::Confirm | Question::Change);
        let mut speech = Speech::default();
        let mut taken = Taken::default();
        let rest = match self.without_denial(&rest) {
            Some(said) if confirming => said,
            _ => self.without_vain_refusal(&rest).unwrap_or(rest),
        };
        let names = |text: &str| {
            let heard = self.menu.understand(text, &[]);
            heard.lines.iter().any(|line| !line.implied) || !heard.ambiguous.is_empty()
        };
        let rest = reworded(&rest, &names);
        let (rest, parted) = match self.told_in_parts(&rest) {
            Some((head, parts, tail)) => {
                let correcting = Correcting {
                    said: said_no,
                    any: said_no,
                };
                taken = self.order_said(&mut speech, &head, correcting, &parts);
                (tail, true)
            }
            None => (rest, false),
        };
        let some = self
            .change_some(&mut speech, &rest)
            .or_else(|| self.change_of_a_line(&mut speech, &rest));
        let (rest, pointed) = match some {
            Some(taken) => (rest, Some(taken)),
            None => {
                let rest = self.change_on_a_line(&rest).unwrap_or(rest);
                let pointed = self.follow_pointing(&rest);
                let pointed = pointed.or_else(|| self.definite_of_the_order(&rest));
                let rest = pointed.unwrap_or(rest);
                let family = self.of_the_family(&mut speech, &rest, said_no);
                let taken = family.or_else(|| self.point(&mut speech, &rest, spoken_of));
                (rest, taken)
            }
        };
        let commands = match pointed {
            Some(_) => Vec::new(),
            None if parted && rest.is_empty() => Vec::new(),
            None => self.commands(&rest),
        };
        taken.something |= pointed.is_some();
        for command in commands {
            let part = match command {
                Command::Order { text, correcting } => {
                    let anew = self.takes_fewer(&text) || self.counts_anew(&text);
                    let corrects = Correcting {
                        said: correcting || said_no || anew,
                        any: (correcting || confirming || said_no || anew) && !adds(&text),
                    };
                    self.order_said(&mut speech, &text, corrects, &[])
                }
                Command::Remove { text } => self.remove_said(&mut speech, &text),
                Command::Replace { old, new } => self.replace_said(&mut speech, &old, &new),
            };
            taken.something |= part.something;
            taken.leftovers |= part.leftovers;
            taken.only_missed |= part.only_missed;
        }
        if !requests.is_empty() && !self.cart.is_empty() && self.waiting.is_empty() {
            self.take_requests(&mut speech, &requests);
            taken.something = true;
            taken.only_missed = false;
        } else if !requests.is_empty() {
            self.open_requests.extend(requests);
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
            let named = self.menu.understand(text, &[]).lines;
            named.iter().any(|line| items.contains(&line.item))
                || !self.lines_of_kind(text).is_empty()
        };
        let chosen = |text: &str| {
            self.cart.lines().iter().any(|line| {
                let picks = self.picks_on(text, line.item());
                picks.is_some_and(|picks| picks.iter().all(|pick| line.picked().contains(pick)))
            })
        };
        commands(
            rest,
            &Names {
                orders: &orders,
                in_cart: &in_cart,
                chosen: &chosen,
            },
        )
    }

    fn nothing_taken(&mut self, mut speech: Speech, done: bool, leftovers: bool) -> Reply {
        // An offer of something more is made once: whatever was said to it, it was no order.
        if done || self.question == Question::Upsell {
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
        // A guess that was neither taken nor refused is not made again.
        if matches!(self.question, Question::DidYouSay(_)) {
            self.question = self.next_question().unwrap_or(Question::Free);
        }
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
            && heard.refused_names.is_empty()
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

    /// `parts`: what the last of it was told in.
    fn order_said(
        &mut self,
        speech: &mut Speech,
        text: &str,
        corrects: Correcting,
        parts: &[Part],
    ) -> Taken {
        let correcting = corrects.any;
        let (items, ids) = self.context();
        let (text, measured) = self.split_measures(text);
        let text = text.as_str();
        self.measured = measured;
        let mut heard = self.menu.understand(text, &items);
        self.put_on_the_other_half(text, &mut heard, &ids);
        self.without_inventions(&mut heard);
        without_what_was_recounted(text, &mut heard);
        in_parts(&mut heard, parts);
        self.keep_the_last_amounts(&heard);
        if correcting {
            self.forget_halves(&heard, &ids);
        }
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
        if corrects.said
            && let Some((id, quantity)) = self.recounted_as_made(text)
        {
            self.set_quantity(speech, id, quantity);
            self.acknowledge(speech, id);
            return Taken {
                something: true,
                ..Taken::default()
            };
        }
        if correcting && let Some(lines) = self.restated(speech, &heard) {
            lines
                .iter()
                .for_each(|&line| self.acknowledge(speech, line));
            return Taken {
                something: true,
                ..Taken::default()
            };
        }
        let menu = &self.restaurant.menu;
        let sold_out = |line: &HeardLine| !menu.items[line.item].available;
        self.missed = !heard.wanted.is_empty() || heard.lines.iter().any(sold_out);
        match self.told_apart(speech, &heard) {
            Some(lines) => touched.extend(lines),
            None => {
                for line in &heard.lines {
                    let dozens = self.in_dozens(text, line);
                    let line = dozens.as_ref().unwrap_or(line);
                    // "Two coffees, one large one small" is no answer to the size of the coffee before.
                    let alone = heard.lines.iter().filter(|l| l.item == line.item).count() == 1;
                    touched.extend(self.take_line(speech, line, &ids, (correcting, alone)));
                }
            }
        }
        if heard.lines.is_empty() && !self.measured.is_empty() {
            touched.extend(self.measure_of_the_order(speech));
        }
        if heard.lines.is_empty() && heard.ambiguous.is_empty() {
            touched.extend(self.take_bare_quantity(text, &heard, corrects.said));
        } else if let [line] = heard.lines.as_slice()
            && !line.counted
            && let Some(quantity) = heard.bare_quantity
            && let Some(&id) = touched.last()
            && counts_them(text)
        {
            // "Garlic naan, two of those."
            self.set_quantity(speech, id, quantity);
        }
        self.take_portion(&heard, &touched);
        let points = |word: &super::Ambiguous| intent::holds(text, &format!("the {}", word.text));
        if corrects.said || heard.ambiguous.iter().any(points) {
            self.settle_by_the_order(speech, &mut heard, &mut touched);
        }
        self.take_ambiguous(&heard, &touched);
        let refused = self.take_refused(speech, &heard);
        let unnoted = heard.refused_names.clone();
        let guessed = self.guess_wanted(&heard);
        let heard = if touched.is_empty() {
            heard
        } else {
            without_small_talk(heard)
        };
        if guessed.is_none() {
            self.take_loose(speech, &heard);
        }
        touched.dedup();
        for &line in &touched {
            self.acknowledge(speech, line);
        }
        let answered = !touched.is_empty() || refused || self.waiting.len() != before.2;
        let answered = self.note_what_is_refused(speech, text, &unnoted) || answered;
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
        (correcting, alone): (bool, bool),
    ) -> Option<LineId> {
        let answers = match &self.question {
            Question::Option(missing) => {
                let same = self
                    .cart
                    .line(missing.line)
                    .is_some_and(|l| l.item() == line.item);
                let fills = line.picked.iter().any(|p| p.option == missing.option);
                (same && fills && alone && line.quantity == 1).then_some(missing.line)
            }
            _ => None,
        };
        // "No, five with beef": the line that has beef, else the newest.
        let corrected = || {
            let held = |id: &&LineId| self.cart.line(**id).filter(|l| l.item() == line.item);
            let same = |id: &&LineId| held(id).is_some();
            let so = |id: &&LineId| {
                held(id).is_some_and(|l| line.picked.iter().all(|pick| l.picked().contains(pick)))
            };
            let mut newest = ids.iter().rev();
            let exact = newest.clone().find(so).filter(|_| !line.picked.is_empty());
            let likely = exact.or_else(|| newest.find(same)).copied();
            likely.filter(|_| correcting)
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
            if let Some(measured) = self.measure_for(line.item) {
                self.apply_measure(speech, id, &measured);
            }
            return Some(id);
        }
        if line.doubt >= ASK_FROM_DOUBT {
            self.waiting
                .push(Question::DidYouSay(Box::new(line.clone())));
            self.troubled = true;
            return None;
        }
        let portion = self.by_the_piece(line);
        let line = portion.as_ref().unwrap_or(line);
        if self.may_count_pieces(line) {
            self.waiting.push(Question::Pieces(Box::new(line.clone())));
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

    /// "No onions" where no option covers it: a note for the kitchen, and where none is taken the caller hears so. Never passed
    /// over in silence.
    fn note_what_is_refused(
        &mut self,
        speech: &mut Speech,
        text: &str,
        refused: &[String],
    ) -> bool {
        let any = !self.cart.is_empty() && !refused.is_empty();
        for name in refused.iter().filter(|_| any) {
            let before = intent::find(text, name).map(|at| &text[..at]);
            let dish = before.and_then(|before| self.dish_named_last(before));
            let name = self.said.as_said(name);
            let Some(id) = self.line_to_note(dish) else {
                continue;
            };
            self.note_left_out(speech, id, &name);
        }
        any
    }

    /// "One large Pepperoni." so that what was misheard comes out at once.
    pub(super) fn acknowledge(&mut self, speech: &mut Speech, id: LineId) {
        self.focus = Some(id);
        if let Some(line) = self.cart.line(id) {
            let made = describe::line(self.words, &self.cart, line, false);
            speech.say_of(id, self.words.added(&made));
        }
    }
}

/// What was said beside an order and is no food ("we're at the office", "and hurry") is not said to be missing.
fn without_small_talk(mut heard: Understood) -> Understood {
    let food = |wanted: &super::WantedName| {
        wanted.quantity.is_some() || !wanted.text.split(' ').any(is_common)
    };
    heard.wanted.retain(food);
    heard
}
