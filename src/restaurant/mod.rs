//! What a valid restaurant is: identity, numbers, hours, money and a menu of items with options and choices.
//!
//! `config` turns a file into [`RestaurantParts`] and calls [`Restaurant::new`]; every other room only ever sees the
//! sealed [`Restaurant`], so nobody downstream checks a menu twice.

mod answer;
mod availability;
mod channels;
mod delivers;
mod details;
mod hours;
mod identity;
mod keep;
mod kitchen;
mod menu;
mod menu_details;
mod money;
mod options_apart;
mod payment_link;
mod phone_number;
mod sealed;
mod shared_list;
mod tax;

pub use answer::Answer;
pub use availability::Availability;
pub use channels::{CallerNews, CallerText, OrderChannel, PaperWidth, Recipient};
pub use delivers::{Delivers, plain_code};
pub use details::{
    Bundle, ChoiceDetails, Condition, ItemDetails, OptionRules, PriceBy, Requests, Unit,
};
pub use hours::{Opening, Schedule, Span, WeeklyHours};
pub use identity::{Digest, RestaurantId};
pub use keep::Keep;
pub use kitchen::{Kitchen, KitchenStatus, Pace, Sellable, SoldOut};
pub use menu::{Amount, Choice, Item, ItemOption, Menu, MenuFault};
pub use money::{Currency, Money, MoneyError};
pub(crate) use options_apart::OptionsApart;
pub use payment_link::PaymentLink;
pub use phone_number::{PhoneNumber, PhoneNumberError};
pub(crate) use phone_number::{mask, mask_numbers_in};
pub use sealed::{Ask, Brain, Limits, Restaurant, RestaurantParts, SpeechChoice};
pub use shared_list::SharedList;
pub use tax::{Fee, FeeAmount, Tax, TaxClass};

#[cfg(test)]
#[path = "generated_tests.rs"]
pub(crate) mod generated;
