//! What callers say beside their food: a name, how and when the order is fetched, a number to call, talk. None of it is ever food.

use jiff::ZonedDateTime;

use super::act::{Beside, beside};
use super::callback::number_in;
use super::delivering::{self, Looked};
use super::intent::{self, Intent};
use super::lexicon::{Tag, Tagged, Topic, is_word};
use super::question::{AddressPart, Question};
use super::speech::Speech;
use super::waiter::Waiter;
use super::{Action, Reply, State, answering, asks};
use crate::order::{Address, Fulfilment};
use crate::words::single_number;

impl Waiter {
    /// Takes what is said beside the food out of the words.
    pub(super) fn take_beside(&self, plain: &str) -> Beside {
        let is_food = |words: &str| {
            let heard = self.menu.understand(words, &[]);
            heard
                .lines
                .iter()
                .any(|line| !line.implied && line.doubt == 0.0)
                || !heard.ambiguous.is_empty()
        };
        beside(plain, &is_food)
    }

    /// A name or "for pickup" said along the way, where the file wants them.
    pub(super) fn note_in_passing(&mut self, plain: &str) {
        let asked = self.restaurant.ask.fulfilment || self.restaurant.delivery.is_some();
        if asked && self.cart.fulfilment.is_none() {
            self.cart.fulfilment = answering::fulfilment_in(plain);
        }
    }

    /// The rest is taken as ever; a time is answered, for nobody writes it down here.
    pub(super) fn take_with_what_is_beside(&mut self, beside: &Beside) -> Reply {
        if let Some(name) = &beside.name
            && self.restaurant.ask.name
            && self.cart.name.is_none()
        {
            self.cart.name = Some(self.name_as_said(name));
        }
        let mut speech = Speech::default();
        if beside.time.is_some() {
            speech.say(self.words.no_time_promised(self.restaurant.pickup_minutes));
        }
        let comes = |words: &str| {
            // "I'll scoop it up at six".
            let mut all = words.split(' ');
            let first = all.next().is_some_and(|word| is_word(word, Tag::WhoComes));
            first
                && words.split(' ').count() <= 4
                && all.all(|word| !is_word(word, Tag::Takes) && single_number(word).is_none())
        };
        if beside.time.is_some() && comes(&beside.rest)
            || self.is_chatter(&beside.rest)
            || beside.rest.split(' ').all(|word| word.len() < 3)
        {
            if beside.name.is_some() && speech.is_empty() {
                speech.fixed(self.words.okay());
            }
            self.ask_again(&mut speech);
            return self.finish(speech, Action::Listen);
        }
        let mut reply = self.take_said(&beside.rest);
        let said = speech.reply(Action::Listen).sentences;
        reply.sentences.splice(0..0, said);
        reply
    }

    /// When it can be fetched, or is there.
    pub(super) fn say_when_ready(&self, speech: &mut Speech) {
        match self.cart.delivers() {
            Some(terms) => {
                if let Some(minutes) = terms.ready_in_minutes {
                    speech.fixed(self.words.there_in(minutes));
                }
            }
            None => {
                if let Some(minutes) = self.restaurant.pickup_minutes {
                    speech.fixed(self.words.ready_in(minutes));
                }
            }
        }
    }

    pub(super) fn ask_address(&self, speech: &mut Speech, part: AddressPart) {
        match part {
            AddressPart::Whole => speech.fixed(self.words.ask_address()),
            AddressPart::Again => speech.fixed(self.words.ask_right_address()),
            AddressPart::Number => {
                speech.say(self.words.ask_house_number(&self.cart.address.street))
            }
            AddressPart::Street => speech.fixed(self.words.ask_street()),
            AddressPart::Code => speech.fixed(self.words.ask_postal_code()),
        }
    }

    /// The address as it is read back, its postal code letter by letter.
    pub(super) fn address_spoken(&self) -> String {
        let mut address = self.cart.address.clone();
        address.postal_code = delivering::spaced(&address.postal_code);
        address.to_string()
    }

    /// Where the order is brought, asked for or not, and how it gets to the caller. `None`: the words are about something else.
    pub(super) fn delivery_said(
        &mut self,
        words: &str,
        read: &str,
        now: &ZonedDateTime,
    ) -> Option<Reply> {
        let plain = intent::plain(read);
        if self.state == State::Confirmed || intent::overriding(&plain).is_some() {
            return None;
        }
        if self.question.is_about_address() {
            return self.answer_address(words, &plain, now);
        }
        let language = self.words.language();
        let dish = |text: &str, word: &str| {
            let heard = self.menu.understand(self.menu.read(text).text(), &[]);
            let named = |item: usize| &self.restaurant.menu.items[item];
            let has = |name: &String| intent::plain(name).split(' ').any(|said| said == word);
            let mut lines = heard.lines.iter().map(|line| named(line.item));
            lines.any(|item| has(&item.name) || item.aliases.iter().any(has))
        };
        if let Some(looked) =
            delivering::volunteered(language, words, &dish, &|text: &str| self.names_food(text))
        {
            if self.restaurant.delivery.is_none() && !self.restaurant.ask.fulfilment {
                let mut speech = Speech::default();
                speech.fixed(self.words.about_delivery(false));
                return Some(self.with_order_beside(speech, &looked, now));
            }
            self.cart.fulfilment = Some(Fulfilment::Delivery);
            return Some(self.put_address(looked, now));
        }
        self.restaurant.delivery.as_ref()?;
        // "Actually, I'll pick it up."
        let wanted = answering::fulfilment_in(&plain)?;
        let asks = Tagged::of(&plain);
        let asked = asks.has(Tag::Ask(Topic::Delivery)) || asks.has(Tag::Ask(Topic::Pickup));
        if asked || self.question == Question::Fulfilment || self.read_names_food(read) {
            return None;
        }
        self.begun();
        self.cart.fulfilment = Some(wanted);
        Some(self.go_on_okay())
    }

    /// Does it name something of the menu?
    fn names_food(&self, text: &str) -> bool {
        self.read_names_food(self.menu.read(text).text())
    }

    fn read_names_food(&self, read: &str) -> bool {
        let heard = self.menu.understand(read, &[]);
        heard.lines.iter().any(|line| !line.implied) || !heard.ambiguous.is_empty()
    }

    fn begun(&mut self) {
        self.turn = self.turn.saturating_add(1);
        if self.state == State::Greeting {
            self.state = State::Ordering;
        }
    }

    pub(super) fn answer_address(
        &mut self,
        words: &str,
        plain: &str,
        now: &ZonedDateTime,
    ) -> Option<Reply> {
        let yes = intent::yes_or_no(plain);
        let confirms = yes == Some(Intent::Yes) || intent::confirms(plain);
        let mut speech = Speech::default();
        if self.question == Question::AddressRight && confirms {
            self.begun();
            self.cart.address_confirmed = true;
            return Some(self.wrap_up(speech));
        }
        if self.question == Question::PickupInstead && confirms
            || answering::fulfilment_in(plain) == Some(Fulfilment::Pickup)
        {
            self.begun();
            self.cart.fulfilment = Some(Fulfilment::Pickup);
            speech.fixed(self.words.okay());
            return Some(self.wrap_up(speech));
        }
        if yes == Some(Intent::No) && !matches!(self.question, Question::Address(_)) {
            self.begun();
            self.cart.address = Address::default();
            self.question = Question::Address(AddressPart::Again);
            self.ask(&mut speech);
            return Some(self.finish(speech, Action::Listen));
        }
        let language = self.words.language();
        let food = |text: &str| self.names_food(text);
        if let Some(looked) = delivering::answered(language, words, &self.question, &food) {
            return Some(self.put_address(looked, now));
        }
        // Nothing that was said where an address was asked for orders anything, unless it says that it does.
        if asks::is_question(plain) || asks::asks_to_bring(plain) || yes.is_some() {
            return None;
        }
        self.misses = self.misses.saturating_add(1);
        speech.fixed(self.words.did_not_get());
        self.ask(&mut speech);
        Some(self.finish(speech, Action::Listen))
    }

    fn put_address(&mut self, looked: Looked, now: &ZonedDateTime) -> Reply {
        self.begun();
        self.misses = 0;
        let asked = self.question.is_about_address();
        if asked {
            self.question = Question::Free;
        }
        let (said, town) = (looked.said.clone(), looked.town.clone());
        said.put_into(&mut self.cart.address, town);
        self.cart.address_confirmed = false;
        let ordered = !looked.before.is_empty() || !looked.behind.is_empty();
        let mut speech = Speech::default();
        if looked.note.split(' ').count() > 1 {
            self.note_down(&mut speech, None, &looked.note);
        }
        if !ordered && (asked || self.closing) {
            return self.wrap_up(speech);
        }
        speech.fixed(self.words.okay());
        self.with_order_beside(speech, &looked, now)
    }

    /// What is ordered beside an address.
    fn with_order_beside(&mut self, speech: Speech, looked: &Looked, now: &ZonedDateTime) -> Reply {
        self.begun();
        let more = format!("{} {}", looked.before, looked.behind);
        if !self.names_food(&more) {
            return self.go_on(speech);
        }
        let read = self.menu.read(more.trim());
        let text = read.text().to_owned();
        self.said = read;
        let said = speech.reply(Action::Listen).sentences;
        let mut reply = self.hear_read(&text, now);
        reply.sentences.splice(0..0, said);
        reply
    }

    /// Notes a number to call that is said in these words; `None` where none is.
    pub(super) fn number_to_call(&mut self, plain: &str, now: &ZonedDateTime) -> Option<Reply> {
        if matches!(
            self.state,
            State::Handoff | State::Cancelled | State::Confirmed
        ) {
            return None;
        }
        let (rest, number) = number_in(plain)?;
        if self.state == State::Greeting {
            self.state = State::Ordering;
        }
        let mut speech = Speech::default();
        self.note_down(&mut speech, None, &self.words.call_back(&number));
        if !self.orders_something(&rest) {
            self.ask_again(&mut speech);
            return Some(self.finish(speech, Action::Listen));
        }
        let said = speech.reply(Action::Listen).sentences;
        let mut reply = self.hear_read(&rest, now);
        reply.sentences.splice(0..0, said);
        Some(reply)
    }
}
