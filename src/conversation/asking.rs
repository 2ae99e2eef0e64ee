//! What to ask next: what is unclear, what is missing, then "Anything else?", and at the end the read-back.

use super::question::Question;
use super::speech::Speech;
use super::waiter::Waiter;
use super::{Action, Reply, State, delivering, describe};
use crate::order::{LineId, Missing, Shortfall};
use crate::restaurant::Money;

impl Waiter {
    /// Asks the next open thing, or whether there is anything else. An order that was read back before is read back
    /// again.
    pub(super) fn go_on(&mut self, mut speech: Speech) -> Reply {
        self.state = State::Ordering;
        if !self.cart.is_empty() && self.waiting.is_empty() {
            // Which dish was meant is answered: what was wanted of it is noted now.
            let requests = std::mem::take(&mut self.open_requests);
            self.take_requests(&mut speech, &requests);
        }
        self.question = match self.next_question() {
            Some(question) => question,
            None if self.closing && !self.cart.is_empty() => return self.wrap_up(speech),
            None => Question::Free,
        };
        self.ask(&mut speech);
        self.finish(speech, Action::Listen)
    }

    /// The caller is done: asks what is still open, then reads the order back.
    pub(super) fn wrap_up(&mut self, mut speech: Speech) -> Reply {
        if self.restaurant.is_paused() {
            return self.kitchen_paused(speech);
        }
        self.tell_what_ran_out(&mut speech);
        if let Some(question) = self.next_question() {
            self.state = State::Ordering;
            self.question = question;
            self.ask(&mut speech);
            return self.finish(speech, Action::Listen);
        }
        if self.cart.is_empty() {
            speech.fixed(self.words.nothing_yet());
            self.question = Question::Free;
            speech.fixed(self.words.what_would_you_like());
            return self.finish(speech, Action::Listen);
        }
        if let Some(shortfall) = self.cart.shortfall() {
            return self.fall_short(speech, shortfall);
        }
        let last = self.last_question();
        match last {
            Some(question) => {
                self.question = question;
                self.ask(&mut speech);
                self.finish(speech, Action::Listen)
            }
            None => self.read_back(speech),
        }
    }

    /// Reads the order back with its total and asks for a yes.
    pub(super) fn read_back(&mut self, mut speech: Speech) -> Reply {
        speech.fixed(self.words.that_is());
        for line in self.cart.lines() {
            speech.read_back(
                self.words
                    .line(&describe::line(self.words, &self.cart, line, true)),
            );
            for note in line.notes() {
                speech.read_back(self.words.noted(note));
            }
        }
        for note in self.cart.notes() {
            speech.read_back(self.words.noted(note));
        }
        if self.cart.delivers().is_some() {
            let to = self.cart.address.street_line();
            speech.read_back(self.words.delivered_to(&to));
        }
        self.say_total(&mut speech);
        if let Some(minutes) = self.longer_than_usual() {
            speech.read_back(self.words.busy(minutes));
        }
        speech.fixed(self.words.is_that_right());
        self.question = Question::Confirm;
        self.state = State::Confirming;
        self.closing = true;
        self.total_unheard = false;
        self.finish(speech, Action::Listen)
    }

    /// "So far I have: ...", without asking for a yes.
    pub(super) fn read_so_far(&mut self) -> Reply {
        let mut speech = Speech::default();
        if self.cart.is_empty() {
            speech.fixed(self.words.nothing_yet());
            return self.go_on(speech);
        }
        if self.question == Question::Confirm {
            return self.read_back(speech);
        }
        speech.fixed(self.words.so_far());
        for line in self.cart.lines() {
            speech.say(
                self.words
                    .line(&describe::line(self.words, &self.cart, line, false)),
            );
            for note in line.notes() {
                speech.say(self.words.noted(note));
            }
        }
        for note in self.cart.notes() {
            speech.say(self.words.noted(note));
        }
        self.go_on(speech)
    }

    /// The total, tax and fees included, and what only the counter knows.
    pub(super) fn say_total(&self, speech: &mut Speech) {
        let totals = self.cart.totals();
        let total = totals.total.display(self.restaurant.currency);
        let fees: Vec<String> = totals.fees.iter().map(|fee| fee.name.clone()).collect();
        let included = self.restaurant.tax.as_ref().is_some_and(|t| t.included);
        let taxed = totals.tax != Money::ZERO && !included;
        speech.read_back(match (fees.is_empty(), taxed) {
            (true, false) => self.words.total(&total),
            (true, true) => self.words.total_with_tax(&total),
            (false, taxed) => self.words.total_with_fees(&fees, taxed, &total),
        });
        let market = self.cart.lines().iter().map(|line| self.cart.item(line));
        let market = market.filter(|item| item.has_market_price());
        let names: Vec<String> = market.map(|item| item.name.clone()).collect();
        if !names.is_empty() {
            speech.read_back(self.words.plus_market_price(&names));
        }
    }

    /// Why the order cannot be placed as it is: more is asked for, or how old the caller is.
    fn fall_short(&mut self, mut speech: Speech, shortfall: Shortfall) -> Reply {
        self.state = State::Ordering;
        self.closing = false;
        self.question = match shortfall {
            Shortfall::Dish { item, min } => {
                let item = &self.restaurant.menu.items[item];
                let least = match item.unit() {
                    Some(unit) => self.words.measure(min * 1000, &unit.name),
                    None => self.words.language().counting(min, &item.name),
                };
                speech.say(self.words.at_least_of(&item.name, &least));
                Question::Free
            }
            Shortfall::Order { minimum } => {
                let show = |amount: Money| amount.display(self.restaurant.currency);
                let so_far = show(self.cart.totals().subtotal);
                speech.say(self.words.minimum_order(&show(minimum), &so_far));
                Question::Free
            }
            Shortfall::Delivery { minimum } => {
                let show = |amount: Money| amount.display(self.restaurant.currency);
                let so_far = show(self.cart.totals().subtotal);
                speech.say(self.words.delivery_minimum(&show(minimum), &so_far));
                Question::Free
            }
            Shortfall::Age { age } => Question::Age { age },
        };
        self.ask(&mut speech);
        self.finish(speech, Action::Listen)
    }

    /// "Are you 21 or older?": what is for older callers goes in, or out.
    pub(super) fn answer_age(&mut self, age: u32, yes: bool) -> Reply {
        let mut speech = Speech::default();
        if yes {
            self.cart.confirm_age(age);
            return self.wrap_up(speech);
        }
        let lines = self.cart.lines().iter();
        let too_old = lines.filter(|line| self.cart.age_of(line).is_some_and(|a| a >= age));
        let (ids, names): (Vec<LineId>, Vec<String>) = too_old
            .map(|line| (line.id(), self.cart.item(line).name.clone()))
            .unzip();
        for id in ids {
            // The line was just looked up.
            let _ = self.cart.remove(id);
        }
        speech.say(self.words.left_out_for_age(&names));
        self.go_on(speech)
    }

    /// What must be cleared up before anything else.
    pub(super) fn next_question(&mut self) -> Option<Question> {
        let cart = &self.cart;
        self.waiting
            .retain(|question| question.line().is_none_or(|line| cart.line(line).is_some()));
        if !self.waiting.is_empty() {
            return Some(self.waiting.remove(0));
        }
        self.cart.missing().map(Question::Option)
    }

    /// Once the food is complete: the upsell, the name, pickup or delivery.
    fn last_question(&mut self) -> Option<Question> {
        if self.restaurant.upsell.is_some() && !self.upsold {
            self.upsold = true;
            if self.upsell_is_open() {
                return Some(Question::Upsell);
            }
        }
        if self.restaurant.ask.name && self.cart.name.is_none() {
            return Some(Question::Name);
        }
        if self.restaurant.ask.fulfilment && self.cart.fulfilment.is_none() {
            return Some(Question::Fulfilment);
        }
        delivering::question(&self.cart)
    }

    /// Says the open question once more (after a silence or something not understood).
    pub(super) fn ask_again(&mut self, speech: &mut Speech) {
        if self
            .question
            .line()
            .is_some_and(|line| self.cart.line(line).is_none())
        {
            self.question = self.next_question().unwrap_or(Question::Free);
        }
        match self.question {
            Question::Confirm if self.total_unheard => {
                self.say_total(speech);
                speech.fixed(self.words.is_that_right());
            }
            _ => self.ask(speech),
        }
    }

    pub(super) fn ask(&self, speech: &mut Speech) {
        let items = &self.restaurant.menu.items;
        match &self.question {
            Question::Free if self.restaurant.is_paused() => {
                speech.fixed(self.words.kitchen_paused());
            }
            Question::Free if self.cart.is_empty() => {
                speech.fixed(self.words.what_would_you_like())
            }
            Question::Free => speech.fixed(self.words.anything_else()),
            Question::Option(missing) => speech.say(self.option_question(*missing)),
            Question::WhichItem {
                text, items: which, ..
            } => {
                let names: Vec<String> = which.iter().map(|&at| items[at].name.clone()).collect();
                speech.say(self.words.which_one(text, &names));
            }
            Question::WhichChoice {
                line,
                text,
                choices,
            } => {
                let Some(line) = self.cart.line(*line) else {
                    return;
                };
                let item = self.cart.item(line);
                let names: Vec<String> = choices
                    .iter()
                    .map(|pick| describe::choice_name(item, pick).to_owned())
                    .collect();
                speech.say(self.words.which_one(text, &names));
            }
            Question::DidYouSay(heard) => {
                let goods = describe::goods(
                    self.words,
                    &items[heard.item],
                    heard.quantity,
                    &heard.picked,
                );
                let item = &items[heard.item].name;
                let quantity = self.words.language().counting(heard.quantity, item);
                speech.say(self.words.did_you_say(&format!("{quantity} {goods}")));
            }
            Question::Recount { line, quantity } => {
                let Some(line) = self.cart.line(*line) else {
                    return;
                };
                let item = self.cart.item(line);
                let goods = describe::goods(self.words, item, *quantity, line.picked());
                let number = self.words.language().counting(*quantity, &item.name);
                speech.say(self.words.did_you_say(&format!("{number} {goods}")));
            }
            Question::Offer { .. } => speech.fixed(self.words.would_you_like_it()),
            Question::Upsell => speech.fixed(self.restaurant.upsell.clone().unwrap_or_default()),
            Question::Name => speech.fixed(self.words.ask_name()),
            Question::Fulfilment => speech.fixed(self.words.ask_fulfilment()),
            Question::Address(part) => self.ask_address(speech, *part),
            Question::AddressRight => {
                speech.say(self.words.address_is(&self.address_spoken()));
                speech.fixed(self.words.is_that_right());
            }
            Question::PickupInstead => {
                let code = delivering::spaced(&self.cart.address.postal_code);
                speech.say(self.words.out_of_area(&code));
                speech.fixed(self.words.pickup_instead());
            }
            Question::Resume => self.say_kept(speech),
            Question::Confirm => speech.fixed(self.words.is_that_right()),
            Question::Change => speech.fixed(self.words.what_should_i_change()),
            Question::CancelSure => speech.fixed(self.words.cancel_sure()),
            Question::Pieces(heard) => {
                let item = &items[heard.item].name;
                let number = self.words.language().counting(heard.quantity, item);
                speech.say(self.words.pieces_or_orders(&number, item));
            }
            Question::Age { age } => speech.fixed(self.words.ask_age(*age)),
        }
    }

    fn option_question(&self, missing: Missing) -> String {
        let Some(line) = self.cart.line(missing.line) else {
            return self.words.anything_else();
        };
        let item = self.cart.item(line);
        let option = &item.options[missing.option];
        let names: Vec<String> = option
            .choices
            .iter()
            .filter(|c| c.available)
            .map(|c| c.name.clone())
            .collect();
        let owner = item.owner_of(missing.option);
        self.words.which_option(&option.name, owner, &names)
    }
}
