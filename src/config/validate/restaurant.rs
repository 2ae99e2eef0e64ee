//! The whole file: each part read, then sealed when nothing stands against it.

use super::super::{Capabilities, Code, Problem, RestaurantFile};
use super::findings::Findings;
use super::taxes::{self, Taxes};
use super::{amount, delivery, hours, keep, line, menu, orders};
use crate::restaurant::{
    Ask, Currency, Limits, Money, Restaurant, RestaurantId, RestaurantParts, Schedule,
};

/// A restaurant when nothing is wrong; and everything that was found, warnings too.
pub(in crate::config) fn validate(
    file: &RestaurantFile,
    here: &Capabilities,
) -> (Option<Restaurant>, Vec<Problem>) {
    let mut found = Findings::default();
    let sealed = seal(file, here, &mut found);
    let mut problems = found.into_problems();
    let errors = problems.iter().any(Problem::is_error);
    if sealed.is_none() && !errors {
        problems.push(Problem::new(
            Code::Schema,
            "",
            "the parts do not make a restaurant",
        ));
    }
    (sealed.filter(|_| !errors), problems)
}

fn seal(file: &RestaurantFile, here: &Capabilities, found: &mut Findings) -> Option<Restaurant> {
    let id = RestaurantId::parse(&file.id);
    if id.is_none() {
        let message = "expected 1 to 64 letters, digits, - or _";
        found.add(Code::Schema, "/id", message);
    }
    let currency = currency(file, found);
    let phone_numbers = line::numbers(file, found);
    let orders = orders::channels(file, &phone_numbers, found);
    let kitchen = line::kitchen(file, &phone_numbers, found);
    let keep = keep::keep(file.keep.as_ref(), found);
    let handoff = line::handoff(file, &phone_numbers, found);
    let language = line::language(file, here, found);
    let speech = line::speech(file, here, found);
    let brain = line::brain(file, here, found);
    let schedule: Schedule = hours::schedule(file, found);
    let mut taxes = Taxes::read(file.tax.as_ref(), found);
    placeholders("/greeting", file.greeting.as_deref(), &["name"], found);
    placeholders(
        "/closed_message",
        file.closed_message.as_deref(),
        &["name", "next_open"],
        found,
    );
    let fees = taxes::fees(file, currency, &mut taxes, found);
    let minimum = file.minimum_order.as_ref();
    let minimum_order = minimum.map_or(Money::ZERO, |minimum| {
        amount::money(minimum, currency, "/minimum_order", found)
    });
    let menu = menu::menu(file, &language, currency, &mut taxes, found);
    let limits = Limits::default();
    Restaurant::new(RestaurantParts {
        id: id?,
        name: file.name.trim().to_owned(),
        phone_numbers,
        enabled: file.enabled.unwrap_or(true),
        language,
        currency,
        address: file.address.clone(),
        greeting: file.greeting.clone(),
        closed_message: file.closed_message.clone(),
        schedule,
        tax: taxes.into_tax(),
        fees,
        minimum_order,
        requests: file.requests.unwrap_or_default(),
        ask: Ask {
            name: file.ask.name,
            fulfilment: file.ask.fulfilment,
        },
        pickup_minutes: file.pickup.ready_in_minutes,
        payment_link: delivery::payment_link(file.payment_link.as_deref(), found),
        delivery: delivery::delivery(file.delivery.as_ref(), currency, found),
        account: file.account.clone(),
        answer: line::answer(file, handoff.as_ref(), found),
        messages: file.messages.unwrap_or(false),
        handoff,
        announce: file.announce.clone(),
        limits: Limits {
            calls: file.limits.calls.unwrap_or(limits.calls),
            call_minutes: file.limits.call_minutes.unwrap_or(limits.call_minutes),
            items: file.limits.items.unwrap_or(limits.items),
        },
        speech,
        brain,
        upsell: file.upsell.clone(),
        orders,
        kitchen,
        pace: None,
        notify_caller: file
            .notify_caller
            .iter()
            .map(|news| (*news).into())
            .collect(),
        keep,
        menu: menu?,
    })
}

fn currency(file: &RestaurantFile, found: &mut Findings) -> Currency {
    let Some(code) = file.currency.as_deref() else {
        return Currency::USD;
    };
    Currency::from_code(code).unwrap_or_else(|| {
        found.push(
            Problem::new(
                Code::Currency,
                "/currency",
                format!("no currency has the code \"{code}\""),
            )
            .with_help("an ISO 4217 code such as USD, CAD or EUR"),
        );
        Currency::USD
    })
}

/// A `{word}` nobody fills in would be read out with its braces.
fn placeholders(pointer: &str, text: Option<&str>, known: &[&str], found: &mut Findings) {
    let mut rest = text.unwrap_or_default();
    while let Some((_, after)) = rest.split_once('{') {
        let Some((name, behind)) = after.split_once('}') else {
            return;
        };
        if !known.contains(&name) {
            let help: Vec<String> = known.iter().map(|name| format!("{{{name}}}")).collect();
            found.push(
                Problem::new(
                    Code::WarnPlaceholder,
                    pointer,
                    format!("nothing fills in {{{name}}}"),
                )
                .with_help(format!("known here: {}", help.join(", "))),
            );
        }
        rest = behind;
    }
}
