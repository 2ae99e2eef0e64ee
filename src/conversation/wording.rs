//! Every sentence of the waiter, in one place per language: `wording/english`, `french`, `spanish`. Display text: "$23.80"
//! here, "twenty-three eighty" only in the voice. Callers wait while we speak, so sentences are short and the question
//! comes last.

mod english;
mod french;
mod shared;
mod spanish;

use crate::words::Language;

/// The house's sentences in one language.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Wording {
    language: Language,
}

impl Wording {
    pub fn new(language: Language) -> Self {
        Self { language }
    }

    pub fn language(self) -> Language {
        self.language
    }
}

/// One method per sentence, each said by the language's own module: a language that lacks one does not compile.
macro_rules! sentences {
    ($($(#[$doc:meta])* fn $name:ident($($argument:ident: $type:ty),*) -> $said:ty;)*) => {
        impl Wording {
            $($(#[$doc])*
            pub fn $name(self, $($argument: $type),*) -> $said {
                match self.language {
                    Language::English => english::$name($($argument),*),
                    Language::French => french::$name($($argument),*),
                    Language::Spanish => spanish::$name($($argument),*),
                }
            })*
        }
    };
}

sentences! {
    /// What the house says first when the file has no greeting.
    fn greeting(name: &str) -> String;
    fn what_would_you_like() -> String;
    fn anything_else() -> String;
    fn okay() -> String;
    fn added(what: &str) -> String;
    fn changed(what: &str) -> String;
    fn removed(what: &str) -> String;
    fn not_in_order() -> String;
    fn which_option(option: &str, item: &str, choices: &[String]) -> String;
    fn which_one(text: &str, candidates: &[String]) -> String;
    fn what_is_that_for(what: &str) -> String;
    fn did_you_say(what: &str) -> String;
    fn sold_out(what: &str) -> String;
    /// In the order, and gone meanwhile.
    fn ran_out(what: &str) -> String;
    /// The order is not what was read back.
    fn changed_meanwhile() -> String;
    fn kitchen_paused() -> String;
    /// A call dropped; what was ordered in it.
    fn you_had(what: &str) -> String;
    fn go_on_with_it() -> String;
    fn nothing_was_ordered() -> String;
    fn nobody_answers() -> String;
    fn leave_a_message() -> String;
    fn anything_else_to_pass_on() -> String;
    fn message_passed_on() -> String;
    /// It takes longer than usual.
    fn busy(minutes: u32) -> String;
    fn not_on_menu(what: &str) -> String;
    /// Something refused that no choice of the menu leaves out.
    fn cannot_leave_out(what: &str, person: bool) -> String;
    fn near_offers(offers: &[String]) -> String;
    fn too_many_choices(option: &str, max: u32) -> String;
    fn too_often(choice: &str, max: u32) -> String;
    fn not_that_way(choice: &str) -> String;
    fn too_many_items(limit: u32) -> String;
    fn too_many_of(dish: &str, max: u32) -> String;
    /// So much of a unit, in thousandths of it: "half a pound".
    fn measure(thousandths: u32, unit: &str) -> String;
    fn of_measure(measure: &str, dish: &str) -> String;
    fn sold_in(dish: &str, step: &str, min: &str) -> String;
    fn by_the_piece(dish: &str) -> String;
    fn only_with(choice: &str, needs: &[String]) -> String;
    fn no_requests() -> String;
    fn person_can_say() -> String;
    fn nothing_yet() -> String;
    fn so_far() -> String;
    fn that_is() -> String;
    fn line(what: &str) -> String;
    fn total(total: &str) -> String;
    fn total_with_tax(total: &str) -> String;
    /// A request to the kitchen, as it goes there.
    fn noted(note: &str) -> String;
    /// As a note to whoever makes the order.
    fn call_back(number: &str) -> String;
    fn total_with_fees(fees: &[String], taxed: bool, total: &str) -> String;
    fn plus_market_price(names: &[String]) -> String;
    fn at_least_of(dish: &str, least: &str) -> String;
    fn minimum_order(minimum: &str, so_far: &str) -> String;
    fn ask_age(age: u32) -> String;
    fn left_out_for_age(names: &[String]) -> String;
    fn comes_in(dish: &str, sizes: &[String]) -> String;
    fn pieces_or_orders(number: &str, dish: &str) -> String;
    /// As a note to the kitchen.
    fn allergy(to: Option<&str>) -> String;
    fn back_at(dish: &str, when: &str) -> String;
    fn today_at(time: &str) -> String;
    fn market_price(dish: &str) -> String;
    fn is_that_right() -> String;
    fn what_should_i_change() -> String;
    /// About one thing of the order that is wrong.
    fn what_about(what: &str) -> String;
    fn order_is_in(number: u32) -> Vec<String>;
    fn ready_in(minutes: u32) -> String;
    fn goodbye() -> String;
    fn commit_failed() -> String;
    fn commit_failed_twice() -> String;
    fn commit_failed_alone() -> String;
    fn cancel_sure() -> String;
    fn cancelled() -> String;
    fn keeping() -> String;
    fn handing_off() -> String;
    fn nobody_to_hand_to() -> String;
    fn did_not_get() -> String;
    fn say_that_one_again() -> String;
    fn say_one_thing(person: bool) -> String;
    fn are_you_there(nth: u8) -> String;
    fn silent_goodbye() -> String;
    fn time_nearly_up() -> String;
    fn time_up() -> String;
    fn time_up_after_order() -> String;
    fn ask_name() -> String;
    fn ask_fulfilment() -> String;
    fn ask_address() -> String;
    /// What was understood is wrong.
    fn ask_right_address() -> String;
    fn ask_house_number(street: &str) -> String;
    fn ask_street() -> String;
    fn ask_postal_code() -> String;
    fn address_is(address: &str) -> String;
    /// In other words, for who was not understood.
    fn address_example() -> String;
    fn out_of_area(code: &str) -> String;
    fn pickup_instead() -> String;
    fn delivery_minimum(minimum: &str, so_far: &str) -> String;
    fn delivered_to(address: &str) -> String;
    fn there_in(minutes: u32) -> String;
    fn we_deliver(fee: Option<&str>, minimum: Option<&str>) -> String;
    fn price_is(what: &str, price: &str) -> String;
    fn price_from(what: &str, price: &str) -> String;
    fn we_have(what: &[String]) -> String;
    fn you_can_choose(option: &str, choices: &[String]) -> String;
    fn yes_we_have(what: &str, price: &str) -> String;
    fn would_you_like_it() -> String;
    fn contents(item: &str, description: &str) -> String;
    fn contents_unknown(item: &str) -> String;
    fn calories(item: &str, calories: u32) -> String;
    fn calories_unknown(item: &str) -> String;
    fn allergens(item: &str, allergens: &[String]) -> String;
    fn allergens_unknown(item: &str) -> String;
    fn ask_a_person() -> String;
    /// What a caller cannot have, repeated; it may not have been said.
    fn allergy_heard(what: &str) -> String;
    /// The dishes that state it, and how many more there are.
    fn allergy_stated(what: &str, names: &[String], more: usize) -> String;
    fn allergy_not_stated() -> String;
    fn allergy_ask_the_staff() -> String;
    fn open_until(time: &str) -> String;
    /// It closes after midnight.
    fn open_late(time: &str) -> String;
    fn always_open() -> String;
    fn closed_now(next: &str) -> String;
    fn closed() -> String;
    fn today_hours(spans: &[String]) -> String;
    fn span(from: &str, to: &str) -> String;
    /// The next opening; `day` counts from Monday, 0.
    fn day_at(day: usize, time: &str) -> String;
    /// "On Friday", at the beginning of a sentence; `day` counts from Monday, 0.
    fn on_weekday(day: usize) -> String;
    /// "On December 25", at the beginning of a sentence.
    fn on_date(month: i8, day: i8) -> String;
    fn today() -> String;
    fn tomorrow() -> String;
    fn open_then(when: &str, spans: &[String]) -> String;
    fn open_all_day(when: &str) -> String;
    fn closed_then(when: &str) -> String;
    fn hours_unknown() -> String;
    /// The menu's own word ("vegetarian") and what carries it.
    fn menu_calls(what: &str, names: &[String]) -> String;
    /// Nothing on the menu carries the word.
    fn nothing_listed(what: &str) -> String;
    fn not_said_of(item: &str, what: &str) -> String;
    fn comes_with(item: &str, what: &str) -> String;
    fn can_have(what: &str) -> String;
    fn can_have_for(what: &str, price: &str) -> String;
    fn one_size(item: &str) -> String;
    fn how_big_unknown() -> String;
    fn no_favourites() -> String;
    fn and(names: &[String]) -> String;
    fn address(address: &str) -> String;
    fn address_unknown() -> String;
    /// Nothing known answers the question; `person`: somebody may know.
    fn do_not_know(person: bool) -> String;
    fn no_specials() -> String;
    fn phone(number: &str) -> String;
    fn about_pickup() -> String;
    fn minimum_is(minimum: &str) -> String;
    fn no_minimum() -> String;
    /// What is sold only from an age on.
    fn age_needed(names: &[String], age: u32) -> String;
    fn no_age() -> String;
    /// "Are you a robot?"
    fn i_am_automated() -> String;
    /// "Do you deliver?"; `asked`: whether the order is for pickup or delivery is asked here.
    fn about_delivery(asked: bool) -> String;
    fn about_paying() -> String;
    /// Where a link is sent by text.
    fn link_to_pay() -> String;
    /// A time was wanted; the usual wait, if the file has one.
    fn no_time_promised(minutes: Option<u32>) -> String;
    /// The same answer three times: another way to go on.
    fn another_way(person: bool) -> String;
    /// The open question in other words, for who was not understood: its answers, an example, or the keys.
    fn say_one_of(choices: &[String]) -> String;
    fn for_example(what: &str) -> String;
    fn yes_or_no_please() -> String;
    fn pickup_or_delivery_please() -> String;
    fn first_name_please() -> String;
    fn press_for(choices: &[String], person: bool) -> String;
    fn press_yes_or_no(person: bool) -> String;
    /// Half of an item.
    fn on_half(what: &str, first: bool) -> String;
    fn with(item: &str, what: &[String]) -> String;
    fn vessel_of(vessel: &str, item: &str) -> String;
    fn without(choice: &str) -> String;
    fn light(choice: &str) -> String;
    fn extra(choice: &str) -> String;
}
