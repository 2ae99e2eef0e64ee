//! The waiter: one caller's order from greeting to goodbye.
//!
//! `hear` tries, in this order: words that outrank everything (a person, cancel, repeat), the open question
//! (`answering`), the caller's own questions (`inquiries`), corrections and items (`taking`); then `asking` decides what
//! to ask next.

use std::sync::Arc;

use jiff::ZonedDateTime;

use super::act::{Allergy, Turn};
use super::intent::{self, Intent};
use super::measures::Measured;
use super::message::Message;
use super::misheard::TurnBefore;
use super::pointing::difference;
use super::question::Question;
use super::requests::KitchenRequest;
use super::speech::{Speech, sentences};
use super::wording::Wording;
use super::{Action, CompiledMenu, Reply, Said, Sentence, State, numbered};
use crate::order::{Cart, KeptCart, LineId};
use crate::restaurant::Restaurant;
use crate::words::Language;

/// Takes one caller's order. Cheap to clone: the call keeps a copy from before each turn.
#[derive(Clone, Debug)]
pub struct Waiter {
    pub(super) restaurant: Arc<Restaurant>,
    pub(super) menu: Arc<CompiledMenu>,
    pub(super) words: Wording,
    pub(super) cart: Cart,
    pub(super) state: State,
    pub(super) question: Question,
    /// Questions to ask before going on, oldest first.
    pub(super) waiting: Vec<Question>,
    /// The line talked about last.
    pub(super) focus: Option<LineId>,
    /// Turns in a row that were not understood.
    pub(super) misses: u8,
    pub(super) upsold: bool,
    /// The order was read back before; what changes it is followed by another read-back.
    pub(super) closing: bool,
    /// The caller cut the read-back short before the total was said.
    pub(super) total_unheard: bool,
    /// What a dropped call left, while the caller has not said what becomes of it.
    pub(super) kept: Option<Box<KeptCart>>,
    /// The call is for a message.
    pub(super) message: Option<Message>,
    /// What was read back is not what would be placed now.
    pub(super) read_back_void: bool,
    /// The order's number within the call, from 1.
    pub(super) sequence: u32,
    commit_failures: u8,
    pub(super) last: Vec<Sentence>,
    /// Turns heard so far.
    pub(super) turn: u32,
    /// What the caller said last, in their own words.
    pub(super) said: Said,
    /// How things stood before the last order was taken.
    pub(super) before: Option<TurnBefore>,
    /// The item the caller asked about in the turn before.
    pub(super) spoken_of: Option<usize>,
    /// The items read out last: "which one is cheaper?"
    pub(super) listed: Vec<usize>,
    /// The time of this turn.
    pub(super) now: Option<ZonedDateTime>,
    /// Amounts said in this turn that no line has taken yet, by dish.
    pub(super) measured: Vec<(usize, Measured)>,
    /// Requests whose dish is still being asked about.
    pub(super) open_requests: Vec<KitchenRequest>,
    /// Something asked for in this turn, and in the one before, could not be had.
    pub(super) missed: bool,
    pub(super) missed_before: bool,
    /// This turn's answer says that something was not understood.
    pub(super) troubled: bool,
    /// How often in a row the same was answered again.
    pub(super) repeated: u8,
}

impl Waiter {
    /// A waiter at the start of a call.
    pub fn new(restaurant: Arc<Restaurant>, menu: Arc<CompiledMenu>) -> Self {
        let cart = Cart::new(Arc::clone(&restaurant));
        let language = Language::from_tag(&restaurant.language).unwrap_or_default();
        Self {
            restaurant,
            menu,
            words: Wording::new(language),
            cart,
            state: State::Greeting,
            question: Question::Free,
            waiting: Vec::new(),
            focus: None,
            misses: 0,
            upsold: false,
            closing: false,
            total_unheard: false,
            kept: None,
            message: None,
            read_back_void: false,
            sequence: 1,
            commit_failures: 0,
            last: Vec::new(),
            turn: 0,
            said: Said::default(),
            before: None,
            spoken_of: None,
            listed: Vec::new(),
            now: None,
            measured: Vec::new(),
            open_requests: Vec::new(),
            missed: false,
            missed_before: false,
            troubled: false,
            repeated: 0,
        }
    }

    /// What the caller hears first: the announcement, if any, then the greeting.
    pub fn greeting(&mut self) -> Reply {
        if let Some(reply) = self.ask_for_message() {
            return reply;
        }
        let mut speech = Speech::default();
        if let Some(announce) = &self.restaurant.announce {
            speech.fixed(announce.clone());
        }
        let greeting = match (&self.restaurant.greeting, self.words.language()) {
            (None, language) if language != Language::English => {
                self.words.greeting(&self.restaurant.name)
            }
            _ => self.restaurant.greeting(),
        };
        let paused = self.restaurant.is_paused();
        let quiet = paused || self.offers_kept();
        for sentence in sentences(&greeting) {
            // Nobody is asked for an order that is not taken.
            if !(quiet && sentence.ends_with('?')) {
                speech.fixed(sentence);
            }
        }
        if paused {
            speech.fixed(self.words.kitchen_paused());
        }
        self.offer_kept(&mut speech);
        self.finish(speech, Action::Listen)
    }

    /// Answers one whole caller turn.
    pub fn hear(&mut self, words: &str, now: &ZonedDateTime) -> Reply {
        if let Some(reply) = self.message_heard(words) {
            return reply;
        }
        self.said = self.menu.read(words);
        self.now = Some(now.with_time_zone(self.restaurant.schedule.timezone.clone()));
        let read = self.said.text().to_owned();
        let over = matches!(self.state, State::Handoff | State::Cancelled);
        let outranked = matches!(
            intent::overriding(&intent::plain(&read)),
            Some(Intent::Person | Intent::Cancel | Intent::CancelThat)
        );
        if !over
            && !outranked
            && let Some(allergy) = self.allergy_in(words)
        {
            return self.allergy_said(&allergy);
        }
        if !over
            && !outranked
            && let Some(reply) = self.delivery_said(words, &read, now)
        {
            return reply;
        }
        self.hear_read(&read, now)
    }

    /// The allergy that an utterance speaks of, if it does.
    pub(super) fn allergy_in(&self, words: &str) -> Option<Allergy> {
        Turn::new(self.words.language(), words).allergy()
    }

    /// Answers words that are already in those of the rules (see [`CompiledMenu::read`]).
    pub(super) fn hear_read(&mut self, words: &str, now: &ZonedDateTime) -> Reply {
        if let Some(reply) = self.number_to_call(&intent::plain(words), now) {
            return reply;
        }
        let free = !self.question.takes_numbers();
        let named = numbered::named(words, &self.restaurant, &self.menu, free);
        let words = named.as_deref().unwrap_or(words);
        let plain = intent::plain(words);
        if plain.is_empty() {
            return self.silence(1);
        }
        self.turn = self.turn.saturating_add(1);
        match self.state {
            State::Handoff
                if self.restaurant.handoff.is_some() || !self.orders_something(&plain) =>
            {
                return self.hand_off(Speech::default());
            }
            State::Handoff => self.state = State::Ordering,
            State::Cancelled => return self.ended(Action::Cancel),
            State::Confirmed => return self.after_confirmed(words, &plain),
            State::Greeting => self.state = State::Ordering,
            _ => {}
        }
        match intent::overriding(&plain) {
            Some(Intent::Person) => self.hand_off(Speech::default()),
            Some(Intent::Cancel) if self.question != Question::CancelSure => self.cancel_asked(),
            Some(Intent::CancelThat) if self.question != Question::CancelSure => self.cancel_that(),
            None if self.question.is_pending() && intent::drops_that(&plain) => self.cancel_that(),
            Some(Intent::SayAgain) => self.say_again(),
            Some(Intent::ReadBack) => self.read_so_far(),
            Some(Intent::SameAgain) if !self.cart.is_empty() && difference(&plain).is_none() => {
                self.same_again()
            }
            _ => self.take_turn(words, &plain, now),
        }
    }

    /// Do the words order, answer or finish something?
    pub(super) fn orders_something(&self, plain: &str) -> bool {
        let (_, done) = intent::split_done(plain);
        done || intent::yes_or_no(plain).is_some()
            || !self
                .menu
                .understand(plain, &self.context().0)
                .lines
                .is_empty()
    }

    fn take_turn(&mut self, words: &str, plain: &str, now: &ZonedDateTime) -> Reply {
        if intent::only_talks(plain) {
            let mut speech = Speech::default();
            self.ask_again(&mut speech);
            return self.finish(speech, Action::Listen);
        }
        if self.question.is_pending()
            && super::corrections::removes(plain)
            && self.drops_question(plain)
        {
            return self.go_on_okay();
        }
        if let Some(reply) = self.further_inquiry(plain, now) {
            return reply;
        }
        if let Some(named) = self.naming_what_was_asked(plain) {
            return self.take(&named);
        }
        // The open question was just asked again: a bare choice answers it, whatever was asked about in between.
        if let Question::Option(missing) = self.question
            && let Some(line) = self.cart.line(missing.line)
            && self.picks_on(plain, line.item()).is_some()
        {
            self.spoken_of = None;
        }
        if let Some(reply) = self.bare_measure(plain) {
            return reply;
        }
        if let Some(reply) = self.made_a_meal(plain) {
            return reply;
        }
        if let Some(reply) = self.answer_question(plain) {
            self.spoken_of = None;
            return reply;
        }
        if let Some(reply) = self.inquiry(plain, now) {
            return reply;
        }
        if intent::leaves(plain) {
            return self.leaving();
        }
        if intent::starts_over(plain) && !self.cart.is_empty() {
            return self.start_over();
        }
        if self.restaurant.is_paused() {
            return self.kitchen_paused(Speech::default());
        }
        self.take(words)
    }

    /// Nothing of the order stays but who it is for.
    fn start_over(&mut self) -> Reply {
        self.cart.clear();
        self.waiting.clear();
        self.focus = None;
        self.closing = false;
        self.misses = 0;
        let mut speech = Speech::default();
        speech.fixed(self.words.okay());
        self.go_on(speech)
    }

    /// The order was stored under this spoken number: now, and only now, it is said to be in.
    pub fn committed(&mut self, number: u32) -> Reply {
        self.state = State::Confirmed;
        self.question = Question::Free;
        self.commit_failures = 0;
        let mut speech = Speech::default();
        for sentence in self.words.order_is_in(number) {
            speech.say(sentence);
        }
        self.say_when_ready(&mut speech);
        speech.fixed(self.words.goodbye());
        self.finish(speech, Action::Finish)
    }

    /// The order could not be stored: tried once more, then handed to a person with an apology.
    pub fn commit_failed(&mut self) -> Reply {
        self.commit_failures += 1;
        let mut speech = Speech::default();
        if self.commit_failures == 1
            && let Some(order) = self.cart.to_order(self.sequence)
        {
            speech.fixed(self.words.commit_failed());
            return self.finish(speech, Action::Place(Box::new(order)));
        }
        if self.restaurant.handoff.is_some() {
            speech.fixed(self.words.commit_failed_twice());
            self.state = State::Handoff;
            return self.finish(speech, Action::HandOff);
        }
        speech.fixed(self.words.commit_failed_alone());
        self.state = State::Incomplete;
        self.finish(speech, Action::Cancel)
    }

    /// The caller has been silent, for the `nth` time in a row: two nudges, then goodbye.
    pub fn silence(&mut self, nth: u8) -> Reply {
        if self.message.is_some() {
            return self.message_silence(nth);
        }
        let mut speech = Speech::default();
        match self.state {
            State::Confirmed => return self.ended(Action::Finish),
            State::Cancelled => return self.ended(Action::Cancel),
            State::Handoff => return self.hand_off(speech),
            _ => {}
        }
        if nth >= 3 {
            speech.fixed(self.words.silent_goodbye());
            self.state = State::Incomplete;
            return self.finish(speech, Action::Cancel);
        }
        speech.fixed(self.words.are_you_there(nth));
        self.ask_again(&mut speech);
        speech.reply(Action::Listen)
    }

    /// The caller cut in before the read-back was heard whole: a bare "yes" is then not enough.
    pub fn read_back_cut(&mut self) {
        if self.question == Question::Confirm {
            self.total_unheard = true;
        }
    }

    /// Where the conversation stands.
    pub fn state(&self) -> State {
        self.state
    }

    /// The order so far.
    pub fn cart(&self) -> &Cart {
        &self.cart
    }

    /// Display text as speech text: names as the file wants them said, then numbers, prices and times in words.
    pub fn speakable(&self, display: &str) -> String {
        self.menu.speakable(display, self.words.language())
    }

    /// Menu words for recogniser bias.
    pub fn listening_words(&self) -> &[String] {
        self.menu.listening_words()
    }

    /// Passes the caller to a person. Without a number to pass them to they hear so, and may go on ordering.
    pub(super) fn hand_off(&mut self, mut speech: Speech) -> Reply {
        if self.restaurant.handoff.is_none() {
            speech.fixed(self.words.nobody_to_hand_to());
            self.ask_again(&mut speech);
            self.state = State::Handoff;
            return self.finish(speech, Action::Listen);
        }
        speech.fixed(self.words.handing_off());
        self.state = State::Handoff;
        self.finish(speech, Action::HandOff)
    }

    fn say_again(&mut self) -> Reply {
        if self.question == Question::Confirm {
            return self.read_back(Speech::default());
        }
        if self.last.is_empty() {
            return self.greeting();
        }
        Reply {
            sentences: self.last.clone(),
            action: Action::Listen,
        }
    }

    /// "Cancel that", "never mind": what is being asked about; where nothing is, the order.
    fn cancel_that(&mut self) -> Reply {
        match &self.question {
            Question::Option(_) | Question::WhichChoice { .. } => {
                let mut speech = Speech::default();
                if let Some(line) = self.question.line() {
                    self.remove_line(&mut speech, line);
                }
                self.go_on(speech)
            }
            Question::Upsell => self.wrap_up(Speech::default()),
            question if question.is_pending() => self.go_on_okay(),
            _ => self.cancel_asked(),
        }
    }

    pub(super) fn cancel_asked(&mut self) -> Reply {
        if self.cart.is_empty() {
            return self.cancel();
        }
        let mut speech = Speech::default();
        self.question = Question::CancelSure;
        speech.fixed(self.words.cancel_sure());
        self.finish(speech, Action::Listen)
    }

    /// Everything is called off.
    pub(super) fn cancel(&mut self) -> Reply {
        self.cart.clear();
        self.waiting.clear();
        self.state = State::Cancelled;
        let mut speech = Speech::default();
        speech.fixed(self.words.cancelled());
        self.finish(speech, Action::Cancel)
    }

    /// "bye": with an empty cart the call ends; an unfinished order is read back first.
    fn leaving(&mut self) -> Reply {
        if self.cart.is_empty() {
            self.cancel()
        } else {
            self.wrap_up(Speech::default())
        }
    }

    /// Words after "it is in": more food is a second order, all else a goodbye.
    fn after_confirmed(&mut self, words: &str, plain: &str) -> Reply {
        if intent::overriding(plain) == Some(Intent::Person) {
            return self.hand_off(Speech::default());
        }
        if self.menu.understand(words, &[]).lines.is_empty() {
            return self.ended(Action::Finish);
        }
        let name = self.cart.name.take();
        self.cart = Cart::new(Arc::clone(&self.restaurant));
        self.cart.name = name;
        self.sequence += 1;
        self.closing = false;
        self.focus = None;
        self.state = State::Ordering;
        self.take(words)
    }

    fn ended(&mut self, action: Action) -> Reply {
        let mut speech = Speech::default();
        speech.fixed(self.words.goodbye());
        self.finish(speech, action)
    }
}
