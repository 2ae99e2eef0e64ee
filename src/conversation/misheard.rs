//! What a bad line does to a conversation: a sentence said again, a name that fits nothing, a correction of a line that
//! was heard wrong; and what is said to a caller who is not understood again: the question in other words with an example, then the
//! keys or a person. Nobody is helped by the same sentence a third time.

use super::intent::{Intent, holds};
use super::question::Question;
use super::speech::Speech;
use super::understanding::WantedName;
use super::waiter::Waiter;
use super::{Action, HeardLine, Reply, Sentence, State, Understood, describe};
use crate::order::{Cart, LineId, Picked};
use crate::words::letters_alike;

/// Two utterances this much alike are the same sentence.
const SAME_SENTENCE: f32 = 0.75;
/// More choices than this are not read out again.
const FEW: usize = 6;

/// The turn before: what was said, and how everything stood before it.
#[derive(Clone, Debug)]
pub(super) struct TurnBefore {
    turn: u32,
    words: String,
    /// The answer said that something was not understood, or asked whether it was.
    troubled: bool,
    pub(super) cart: Cart,
    question: Question,
    waiting: Vec<Question>,
    focus: Option<LineId>,
}

impl Waiter {
    /// A caller who was not understood says it again. What the first hearing did is undone, or all of it would be
    /// taken twice.
    pub(super) fn undo_if_said_again(&mut self, plain: &str) {
        let long = plain.split(' ').count() >= 3;
        if let Some(before) = self.before.take()
            && before.troubled
            && before.turn + 1 == self.turn
            && long
            && (letters_alike(plain, &before.words) >= SAME_SENTENCE
                || self.asks_again(plain, &before.words))
        {
            self.cart = before.cart;
            self.question = before.question;
            self.waiting = before.waiting;
            self.focus = before.focus;
        }
    }

    /// Does it ask for all that was understood before, and for something else where that was not understood?
    fn asks_again(&self, plain: &str, before: &str) -> bool {
        const MORE: &[&str] = &[
            "and", "also", "another", "more", "plus", "add", "too", "as well",
        ];
        if MORE
            .iter()
            .any(|more| plain.starts_with(more) || *more != "and" && holds(plain, more))
        {
            return false;
        }
        let (now, then) = (
            self.menu.understand(plain, &[]),
            self.menu.understand(before, &[]),
        );
        let same = |a: &HeardLine, b: &HeardLine| {
            (a.item, a.quantity, &a.picked) == (b.item, b.quantity, &b.picked)
        };
        let repeated = then
            .lines
            .iter()
            .all(|line| now.lines.iter().any(|new| same(new, line)));
        !then.lines.is_empty() && now.lines.len() > then.lines.len() && repeated
    }

    /// "No" to "Did you say ...?": the caller is asked for that one thing again. Who says the whole sentence again means
    /// it once.
    pub(super) fn guessed_wrong(&mut self) -> Reply {
        if let Some(before) = &mut self.before
            && before.turn + 1 == self.turn
        {
            before.turn = self.turn;
            before.troubled = true;
        }
        let mut speech = Speech::default();
        let next = self.next_question();
        self.misses = self.misses.saturating_add(1);
        if next.is_none() && self.misses >= 2 {
            speech.fixed(self.words.say_one_thing(self.restaurant.handoff.is_some()));
        } else if next.is_none() {
            speech.fixed(self.words.say_that_one_again());
        } else {
            speech.fixed(self.words.okay());
        }
        self.state = State::Ordering;
        self.question = next.unwrap_or(Question::Free);
        if !matches!(self.question, Question::Free) {
            self.ask(&mut speech);
        }
        self.finish(speech, Action::Listen)
    }

    /// Remembers how things stand before an utterance changes them.
    pub(super) fn snapshot(&self, plain: &str) -> TurnBefore {
        TurnBefore {
            turn: self.turn,
            words: plain.to_owned(),
            troubled: false,
            cart: self.cart.clone(),
            question: self.question.clone(),
            waiting: self.waiting.clone(),
            focus: self.focus,
        }
    }

    /// Keeps it, with whether the answer said that something was amiss.
    pub(super) fn keep_snapshot(&mut self, mut before: TurnBefore) {
        before.troubled = std::mem::take(&mut self.troubled);
        self.before = Some(before);
    }

    /// The line of the order that badly heard words mean: the likest by sound, or the only one.
    pub(super) fn line_by_sound(&self, clause: &str) -> Option<LineId> {
        let mut few: Vec<usize> = self.cart.lines().iter().map(|line| line.item()).collect();
        few.sort_unstable();
        few.dedup();
        let item = self.menu.among_few(clause, &few)?;
        let line = self
            .cart
            .lines()
            .iter()
            .rev()
            .find(|line| line.item() == item);
        line.map(|line| line.id())
    }

    /// "make that three turtles" after churros: a new count for what was just ordered, whatever its name sounded like.
    pub(super) fn recounted(&self, text: &str, heard: &Understood) -> Option<(LineId, u32)> {
        const MAKE: &[&str] = &["make that", "make it", "make them", "make those"];
        if !MAKE.iter().any(|make| super::intent::holds(text, make)) {
            return None;
        }
        let (name, quantity) = match (heard.lines.as_slice(), heard.wanted.as_slice()) {
            ([], [WantedName { text, quantity, .. }]) => (text, (*quantity)?),
            ([line], []) if line.known.is_none() && line.counted && line.doubt > 0.0 => {
                (&line.text, line.quantity)
            }
            _ => return None,
        };
        let focus = self.focus.filter(|&id| self.cart.line(id).is_some());
        Some((self.line_by_sound(name).or(focus)?, quantity))
    }

    /// What was asked for and is not on the menu may be something that is, badly heard: the waiter asks.
    pub(super) fn guess_wanted(&mut self, heard: &Understood) -> Option<String> {
        let unsure = heard.wanted.iter().filter(|wanted| !wanted.sure);
        let guess = unsure.into_iter().find_map(|wanted| {
            let item = self.menu.item_by_sound(&wanted.text)?;
            Some((wanted, item))
        });
        let (wanted, item) = guess?;
        let picked: Vec<Picked> = heard
            .loose
            .iter()
            .filter_map(|choice| {
                let on_item = |&sense: &usize| self.menu.choices[sense].on_item(item);
                let (option, at) = choice.senses.iter().find_map(on_item)?;
                Some(Picked {
                    option,
                    choice: at,
                    ..choice.picked
                })
            })
            .collect();
        self.waiting.push(Question::DidYouSay(Box::new(HeardLine {
            item,
            quantity: wanted.quantity.unwrap_or(1),
            counted: wanted.quantity.is_some(),
            picked,
            known: None,
            portions: false,
            implied: false,
            doubt: 1.0,
            text: wanted.text.clone(),
        })));
        self.troubled = true;
        Some(wanted.text.clone())
    }

    /// The count said with a word that meant several things goes with the thing the caller then names.
    pub(super) fn asked_count(&self, line: &HeardLine) -> Option<u32> {
        match &self.question {
            Question::WhichItem {
                items, quantity, ..
            } if line.quantity == 1 && items.contains(&line.item) => Some(*quantity),
            _ => None,
        }
    }

    /// Something asked for that this menu does not have.
    pub(super) fn say_not_on_menu(
        &mut self,
        speech: &mut Speech,
        heard: &Understood,
        guessed: Option<&str>,
        answered: bool,
    ) {
        let names = heard.wanted.iter().map(|wanted| wanted.text.as_str());
        for text in names
            .filter(|text| text.len() > 3 && Some(*text) != guessed)
            .take(2)
        {
            speech.say(self.words.not_on_menu(&self.said.as_said(text)));
            self.troubled = true;
        }
        if !answered && !heard.wanted.is_empty() {
            let categories = &self.restaurant.menu.categories;
            let offers: Vec<String> = categories.iter().take(5).cloned().collect();
            if !offers.is_empty() {
                speech.say(self.words.near_offers(&offers));
            }
        }
    }

    /// Keeps the sentences for "say that again"; a question that was asked and not answered is asked in other words.
    pub(super) fn finish(&mut self, speech: Speech, action: Action) -> Reply {
        let mut reply = speech.reply(action);
        if reply.sentences.is_empty() {
            return reply;
        }
        let same = reply.sentences == self.last;
        let asked = reply.sentences.last().map(|sentence| &sentence.text);
        let asked_before = self.last.last().map(|sentence| &sentence.text) == asked;
        let again = reply.action == Action::Listen && (same || self.misses > 0 && asked_before);
        self.repeated = if again {
            self.repeated.saturating_add(1)
        } else {
            0
        };
        self.last.clone_from(&reply.sentences);
        // Who asks the same twice is answered the same twice.
        let patience = if self.misses > 0 { 0 } else { 1 };
        if let Some(times) = self.repeated.checked_sub(patience).filter(|&n| n > 0) {
            self.ask_otherwise(&mut reply.sentences, times);
        }
        reply
    }

    /// Puts the question in other words, for the nth time in a row: an example, then keys or a person, and so on in turn.
    fn ask_otherwise(&self, sentences: &mut Vec<Sentence>, times: u8) {
        let person = self.restaurant.handoff.is_some();
        let text = match times % 2 {
            1 => self.with_example(),
            _ => Some(self.by_keys(person)),
        };
        let Some(text) = text else { return };
        let trouble = self.words.say_one_thing(person);
        sentences.retain(|sentence| sentence.text != trouble);
        sentences.pop();
        sentences.push(Sentence {
            text,
            fixed: false,
            read_back: false,
        });
    }

    fn with_example(&self) -> Option<String> {
        let offered = self.offered_now();
        match &self.question {
            _ if self.question.wants_yes_or_no() => Some(self.words.yes_or_no_please()),
            Question::Fulfilment => Some(self.words.pickup_or_delivery_please()),
            Question::Name => Some(self.words.first_name_please()),
            Question::Address(_) => Some(self.words.address_example()),
            Question::Free | Question::Change => {
                let mut items = self.restaurant.menu.items.iter();
                let item = items.find(|item| item.available)?;
                Some(
                    self.words
                        .for_example(&self.words.language().counting(2, &item.name)),
                )
            }
            _ if (1..=FEW).contains(&offered.len()) => Some(self.words.say_one_of(&offered)),
            _ => offered.first().map(|first| self.words.for_example(first)),
        }
    }

    fn by_keys(&self, person: bool) -> String {
        let offered = self.offered_now();
        if self.question.wants_yes_or_no() {
            self.words.press_yes_or_no(person)
        } else if (1..=FEW).contains(&offered.len()) {
            self.words.press_for(&offered, person)
        } else {
            self.words.another_way(person)
        }
    }

    /// The names that answer the open question, in the order of their keys.
    pub(super) fn offered_now(&self) -> Vec<String> {
        match &self.question {
            Question::Option(missing) => self.offered(*missing),
            Question::WhichItem { items, .. } => items
                .iter()
                .map(|&at| self.restaurant.menu.items[at].name.clone())
                .collect(),
            Question::WhichChoice { line, choices, .. } => {
                let item = self.cart.line(*line).map(|line| self.cart.item(line));
                let name = |pick| {
                    item.map_or_else(String::new, |item| {
                        describe::choice_name(item, pick).to_owned()
                    })
                };
                choices.iter().map(name).collect()
            }
            _ => Vec::new(),
        }
    }

    /// "Forget the pizza", asked which pizza, or whether a pizza was said: the question goes.
    pub(super) fn drops_question(&mut self, clause: &str) -> bool {
        let heard = self.menu.understand(clause, &[]);
        let mut named: Vec<usize> = heard.lines.iter().map(|line| line.item).collect();
        for word in &heard.ambiguous {
            if let super::AmbiguousKind::Items { items, .. } = &word.meant {
                named.extend(items);
            }
        }
        let of_it = |item: &usize| match &self.question {
            Question::WhichItem { items, .. } => items.contains(item),
            Question::DidYouSay(line) | Question::Pieces(line) => line.item == *item,
            Question::Offer { item: offered } => offered == item,
            _ => false,
        };
        let dropped = !named.is_empty() && named.iter().all(of_it);
        if dropped {
            self.question = Question::Free;
        }
        dropped
    }

    /// Does an utterance answer what is asked, in full?
    pub(super) fn expects(&self, plain: &str, said: Option<Intent>) -> bool {
        let named = || {
            self.offered_now()
                .iter()
                .any(|name| super::intent::plain(name) == plain)
        };
        match &self.question {
            question if question.wants_yes_or_no() => said.is_some(),
            Question::Fulfilment => super::answering::fulfilment_in(plain).is_some(),
            _ => named(),
        }
    }
}
