//! Bringing an order to its caller: what must still be asked, and what words about it come to.
//!
//! Pickup or delivery -> address -> what of it is missing -> is it within the areas -> is it right. Pure: `said_beside` speaks.

use super::address_said::{
    AddressSaid, Expected, address_begins, address_said, text_between, town,
};
use super::question::{AddressPart, Question};
use crate::order::Cart;
use crate::words::Language;

/// What must be known before an order is brought; `None`: nothing more.
pub(super) fn question(cart: &Cart) -> Option<Question> {
    let terms = cart.delivers()?;
    let address = &cart.address;
    let code = Some(address.postal_code.as_str()).filter(|code| !code.is_empty());
    let part = if address.is_empty() {
        AddressPart::Whole
    } else if address.street.is_empty() {
        AddressPart::Street
    } else if address.number.is_empty() {
        AddressPart::Number
    } else if terms.needs_code() && code.is_none() {
        AddressPart::Code
    } else if !terms.covers(code) {
        return Some(Question::PickupInstead);
    } else if !cart.address_confirmed {
        return Some(Question::AddressRight);
    } else {
        return None;
    };
    Some(Question::Address(part))
}

/// Words in which an address was looked for.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Looked {
    /// What stood before it and orders something.
    pub before: String,
    pub said: AddressSaid,
    pub town: Option<String>,
    /// What stood behind it and orders something.
    pub behind: String,
    /// What else stood there: for whoever brings it.
    pub note: String,
}

/// The address in the answer to a question about it. `is_food`: the words name something of the menu.
pub(super) fn answered(
    language: Language,
    text: &str,
    question: &Question,
    is_food: &dyn Fn(&str) -> bool,
) -> Option<Looked> {
    let expected = match question {
        Question::Address(AddressPart::Whole | AddressPart::Again) => Expected::Whole,
        Question::Address(AddressPart::Number) => Expected::Number,
        Question::Address(AddressPart::Street) => Expected::Street,
        Question::Address(AddressPart::Code) | Question::PickupInstead => Expected::Code,
        _ => Expected::Correction,
    };
    let mut said = address_said(language, text, expected);
    if expected == Expected::Code && said.parts.postal_code.is_empty() && !said.sure {
        said.parts = crate::order::Address::default();
    }
    // "Add two cokes" has a number, and is no address.
    let exact = !said.parts.postal_code.is_empty() || !said.parts.unit.is_empty();
    if said.is_empty() || !said.sure && !exact && !said.parts.street.is_empty() && is_food(text) {
        return None;
    }
    Some(looked(language, String::new(), said, is_food))
}

/// An address that nobody asked for. `is_dish`: the text names a dish that has the word.
pub(super) fn volunteered(
    language: Language,
    text: &str,
    is_dish: &dyn Fn(&str, &str) -> bool,
    is_food: &dyn Fn(&str) -> bool,
) -> Option<Looked> {
    let at = address_begins(language, text, is_dish)?;
    let said = address_said(
        language,
        &text_between(language, text, at, None),
        Expected::Whole,
    );
    let before = text_between(language, text, 0, Some(at));
    let enough = !said.parts.number.is_empty() && !said.parts.street.is_empty() || said.sure;
    enough.then(|| looked(language, before, said, is_food))
}

fn looked(
    language: Language,
    before: String,
    said: AddressSaid,
    is_food: &dyn Fn(&str) -> bool,
) -> Looked {
    let rest = said.rest.clone();
    let food = !rest.is_empty() && is_food(&rest);
    let (town, note) = match food {
        true => (None, String::new()),
        false => town(&rest, language),
    };
    Looked {
        before,
        behind: match food {
            true => rest,
            false => String::new(),
        },
        said,
        town,
        note,
    }
}

/// A postal code letter by letter, as it is said: `M5V 2T6` -> `M 5 V, 2 T 6`.
pub(super) fn spaced(code: &str) -> String {
    let part = |part: &str| {
        let letters: Vec<String> = part.chars().map(String::from).collect();
        letters.join(" ")
    };
    let parts: Vec<String> = code.split(' ').map(part).collect();
    parts.join(", ")
}
