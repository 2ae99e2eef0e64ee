//! [`Restaurant`]: everything a call needs to know, sealed once it is valid.

use std::ops::Deref;
use std::sync::Arc;

use jiff::ZonedDateTime;
use serde::{Deserialize, Serialize};

use super::{
    Answer, CallerNews, CallerText, Currency, Delivers, Fee, Keep, Kitchen, KitchenStatus, Menu,
    Money, OrderChannel, Pace, PaymentLink, PhoneNumber, Recipient, Requests, RestaurantId,
    Schedule, Tax,
};

/// What must be asked besides the food.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ask {
    /// The caller's name.
    pub name: bool,
    /// Pickup or dine-in/delivery wishes.
    pub fulfilment: bool,
}

/// Bounds of a restaurant's line.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Calls at once.
    pub calls: u32,
    /// Longest call, minutes.
    pub call_minutes: u32,
    /// Items in one order (quantities counted).
    pub items: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            calls: 10,
            call_minutes: 10,
            items: 50,
        }
    }
}

/// Which engines the file asks for; `None`: the server's default.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SpeechChoice {
    /// Recogniser, by name (`local`).
    pub stt: Option<String>,
    /// Synthesiser, by name (`local`).
    pub tts: Option<String>,
    /// Voice, by name (`heart`).
    pub voice: Option<String>,
}

/// Who thinks: the built-in waiter, or a language model.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Brain {
    /// The built-in waiter.
    #[default]
    Menu,
    /// A language model on top of the same cart; refused where the server has none.
    Llm,
}

/// All parts of a restaurant, before they are sealed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RestaurantParts {
    pub id: RestaurantId,
    pub name: String,
    /// At least one; unique.
    pub phone_numbers: Vec<PhoneNumber>,
    /// `false`: new calls hear the closed message.
    pub enabled: bool,
    /// BCP 47, such as `en-US`.
    pub language: String,
    pub currency: Currency,
    pub address: Option<String>,
    /// With `{name}` still in it; [`Restaurant::greeting`] fills it.
    pub greeting: Option<String>,
    /// With `{next_open}` still in it.
    pub closed_message: Option<String>,
    /// Time zone, weekly hours and closed dates.
    pub schedule: Schedule,
    pub tax: Option<Tax>,
    /// Added to every order.
    pub fees: Vec<Fee>,
    /// Least an order must come to, fees and tax not counted; zero: anything.
    pub minimum_order: Money,
    /// May wishes go to the kitchen as notes?
    pub requests: Requests,
    pub ask: Ask,
    /// Minutes until an order can be picked up.
    pub pickup_minutes: Option<u32>,
    /// Where and on what terms orders are brought; `None`: they are fetched.
    pub delivery: Option<Delivers>,
    /// Callers get it by text when their order is in.
    pub payment_link: Option<PaymentLink>,
    /// The Twilio account (`AC…`) whose calls these numbers answer; `None`: every account's.
    pub account: Option<String>,
    /// Where "a person please" goes.
    pub handoff: Option<PhoneNumber>,
    /// Who answers first; the staff's telephone is `handoff`.
    pub answer: Answer,
    /// Is a message taken from a caller whom nobody can answer?
    pub messages: bool,
    /// Said before the greeting ("This call may be recorded.").
    pub announce: Option<String>,
    pub limits: Limits,
    pub speech: SpeechChoice,
    pub brain: Option<Brain>,
    pub upsell: Option<String>,
    /// How orders reach the restaurant, in this order; empty: they stay in the store.
    pub orders: Vec<OrderChannel>,
    pub kitchen: Kitchen,
    /// How fast the kitchen says it is at this moment; the file knows nothing of it ([`Restaurant::in_kitchen`]).
    #[serde(skip)]
    pub pace: Option<Pace>,
    /// What callers are told by text of their orders.
    pub notify_caller: Vec<CallerNews>,
    /// How long its calls and orders are kept.
    pub keep: Keep,
    pub menu: Menu,
}

/// A valid restaurant. Read its parts through `Deref`; nothing can change them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "RestaurantParts")]
pub struct Restaurant(RestaurantParts);

impl Restaurant {
    /// Seals the parts; `None` when there is no number to answer.
    pub fn new(parts: RestaurantParts) -> Option<Self> {
        (!parts.phone_numbers.is_empty() && !parts.name.trim().is_empty()).then_some(Self(parts))
    }

    /// Whom a new order is told: the ways of the file, then the texts its caller may get. `called` is the number that was
    /// rung. A caller without a number, or with one of ours, gets none.
    pub fn order_channels(&self, caller: &str, called: &str) -> Vec<OrderChannel> {
        let mut channels = self.0.orders.clone();
        let caller = PhoneNumber::parse(caller).ok();
        let Some(caller) = caller.filter(|caller| !self.0.phone_numbers.contains(caller)) else {
            return channels;
        };
        let own = self.0.phone_numbers.iter();
        let from = own.clone().find(|own| own.as_str() == called);
        let Some(from) = from.or(self.0.phone_numbers.first()) else {
            return channels;
        };
        let awaits_answer = channels.iter().any(|channel| channel.ack_seconds.is_some());
        let unanswered = awaits_answer.then_some(CallerNews::Unanswered);
        let payment = self.0.payment_link.as_ref().map(|_| CallerNews::Payment);
        let told = self.0.notify_caller.iter().copied();
        let news = payment.into_iter().chain(told).chain(unanswered);
        channels.extend(news.map(|news| {
            OrderChannel {
                to: Recipient::Caller(CallerText {
                    to: caller.as_str().to_owned(),
                    from: from.as_str().to_owned(),
                    account: self.0.account.clone(),
                    news,
                    ready_at: None,
                    reason: None,
                    link: self
                        .0
                        .payment_link
                        .clone()
                        .filter(|_| news == CallerNews::Payment),
                }),
                ack_seconds: None,
            }
        }));
        channels
    }

    /// Does it send texts, or read them? Then the texts to its numbers must reach us: answers, STOP, and what the kitchen says.
    pub fn uses_texts(&self) -> bool {
        let texts = |way: &OrderChannel| {
            // Where an answer is waited for, a caller may be asked by text to ring.
            matches!(way.to, Recipient::Sms { .. }) || way.ack_seconds.is_some()
        };
        !self.0.kitchen.phones.is_empty()
            || !self.0.notify_caller.is_empty()
            || self.0.orders.iter().any(texts)
    }

    /// Parts of a restaurant that was sealed before, on their way to where it will be again.
    pub(super) fn unsealed(parts: RestaurantParts) -> Self {
        Self(parts)
    }

    pub(super) fn into_parts(self) -> RestaurantParts {
        self.0
    }

    /// The restaurant as it sells at this time: what is out of its time is unavailable. A call keeps the menu of the time at
    /// which it began, so that nothing is taken out of an order while the caller speaks. The very same where nothing has times.
    pub fn at(self: &Arc<Self>, now: &ZonedDateTime) -> Arc<Self> {
        let local = now.with_time_zone(self.0.schedule.timezone.clone());
        match self.0.menu.at(&local) {
            None => Arc::clone(self),
            Some(menu) => Arc::new(Self(RestaurantParts {
                menu,
                ..self.0.clone()
            })),
        }
    }

    /// The restaurant as its kitchen says it is at this moment: without what is sold out, as slow as it is. The very same where
    /// nothing is said.
    pub fn in_kitchen(self: &Arc<Self>, status: &KitchenStatus) -> Arc<Self> {
        if status.is_plain() {
            return Arc::clone(self);
        }
        let slower = status.pace.as_ref().and_then(|pace| pace.ready_in_minutes);
        Arc::new(Self(RestaurantParts {
            menu: self.0.menu.without(&status.sold_out),
            pickup_minutes: slower.or(self.0.pickup_minutes),
            pace: status.pace.clone(),
            ..self.0.clone()
        }))
    }

    /// Does the kitchen take no orders at this moment?
    pub fn is_paused(&self) -> bool {
        self.0.pace.as_ref().is_some_and(|pace| pace.paused)
    }

    /// The first sentence of a call, as display text: the file's greeting or the house's.
    pub fn greeting(&self) -> String {
        self.0
            .greeting
            .as_deref()
            .unwrap_or("Welcome to {name}. What would you like to order?")
            .replace("{name}", &self.0.name)
    }
}

impl TryFrom<RestaurantParts> for Restaurant {
    type Error = &'static str;

    fn try_from(parts: RestaurantParts) -> Result<Self, &'static str> {
        Self::new(parts).ok_or("a restaurant without a name or a number")
    }
}

impl Deref for Restaurant {
    type Target = RestaurantParts;
    fn deref(&self) -> &RestaurantParts {
        &self.0
    }
}
