//! What a caller is told of an order by text: in the restaurant's language, from the number that was rung.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::channel_context::ChannelContext;
use super::text_message::{MAX_TEXT, Numbers, send};
use crate::order::{OrderState, Outcome, PlacedOrder};
use crate::restaurant::{CallerNews, CallerText};
use crate::words::{Language, printable};

/// Longest name of a restaurant in a text, characters.
const MAX_NAME: usize = 120;

/// One try.
pub(super) async fn deliver(
    context: &ChannelContext,
    order: &PlacedOrder,
    text: &CallerText,
) -> Outcome {
    let told = {
        let served = context.tickets.restaurant(order);
        let restaurant = served.as_ref().map(|served| &served.restaurant);
        let place = Place {
            name: restaurant.map_or(order.order.restaurant.as_str(), |r| r.name.as_str()),
            zone: restaurant.map_or(TimeZone::UTC, |r| r.schedule.timezone.clone()),
            language: restaurant
                .and_then(|r| Language::from_tag(&r.language))
                .unwrap_or_default(),
        };
        written(order, text, &place)
    };
    let numbers = Numbers {
        from: &text.from,
        to: &text.to,
        account: text.account.as_deref(),
    };
    send(context, numbers, &told).await
}

/// Who tells, where and in which language.
struct Place<'a> {
    name: &'a str,
    zone: TimeZone,
    language: Language,
}

fn written(order: &PlacedOrder, text: &CallerText, place: &Place<'_>) -> String {
    let number = order.number;
    let (news, ring) = (text.news, text.from.as_str());
    let at = text.ready_at.map(|at| clock(at, place));
    let said = match place.language {
        Language::English => english(news, order.state, number, at.as_deref(), ring),
        Language::French => french(news, order.state, number, at.as_deref(), ring),
        Language::Spanish => spanish(news, order.state, number, at.as_deref(), ring),
    };
    let name = printable(place.name, MAX_NAME);
    let reason = text
        .reason
        .as_deref()
        .filter(|_| news == CallerNews::Refused);
    let reason = reason.map(|reason| format!(" ({})", printable(reason, MAX_TEXT)));
    let link = text
        .link
        .as_ref()
        .map(|link| format!(" {}", link.of(|value| of_order(order, value))));
    let more = reason.or(link).unwrap_or_default();
    let whole = format!("{name}: {said}{more}");
    whole.chars().take(MAX_TEXT).collect()
}

/// What stands for a placeholder of a payment link.
fn of_order(placed: &PlacedOrder, name: &str) -> String {
    let order = &placed.order;
    match name {
        "order" => placed.id.to_string(),
        "number" => placed.number.to_string(),
        "total" => order.total.decimal(order.currency),
        "currency" => order.currency.code().to_owned(),
        "restaurant" => order.restaurant.as_str().to_owned(),
        _ => String::new(),
    }
}

fn clock(at: Timestamp, place: &Place<'_>) -> String {
    let time = at.to_zoned_datetime(place.zone.clone()).time();
    // Never negative, and below 24 * 60.
    let minute = u16::try_from(time.hour()).unwrap_or(0) * 60;
    let minute = minute + u16::try_from(time.minute()).unwrap_or(0);
    place.language.clock_display(minute)
}

fn english(
    news: CallerNews,
    state: OrderState,
    number: u32,
    at: Option<&str>,
    ring: &str,
) -> String {
    let ready = at.map(|at| format!(" It will be ready at {at}."));
    match (news, state) {
        (CallerNews::Accepted, _) => {
            format!(
                "your order {number} is accepted.{}",
                ready.unwrap_or_default()
            )
        }
        (CallerNews::Refused, OrderState::Cancelled) => {
            format!("sorry, your order {number} had to be cancelled. Please call us at {ring}.")
        }
        (CallerNews::Refused, _) => {
            format!("sorry, we cannot make your order {number}. Please call us at {ring}.")
        }
        (CallerNews::Payment, _) => format!("you can pay for your order {number} here:"),
        (CallerNews::Ready, _) => format!("your order {number} is ready."),
        (CallerNews::Unanswered, _) => {
            format!("nobody has confirmed your order {number} yet. Please call us at {ring}.")
        }
    }
}

fn french(
    news: CallerNews,
    state: OrderState,
    number: u32,
    at: Option<&str>,
    ring: &str,
) -> String {
    let ready = at.map(|at| format!(" Elle sera prête à {at}."));
    match (news, state) {
        (CallerNews::Accepted, _) => format!(
            "votre commande {number} est acceptée.{}",
            ready.unwrap_or_default()
        ),
        (CallerNews::Refused, OrderState::Cancelled) => {
            format!("désolé, votre commande {number} a dû être annulée. Appelez-nous au {ring}.")
        }
        (CallerNews::Refused, _) => format!(
            "désolé, nous ne pouvons pas préparer votre commande {number}. Appelez-nous au {ring}."
        ),
        (CallerNews::Payment, _) => format!("vous pouvez payer votre commande {number} ici :"),
        (CallerNews::Ready, _) => format!("votre commande {number} est prête."),
        (CallerNews::Unanswered, _) => {
            format!("personne n'a encore confirmé votre commande {number}. Appelez-nous au {ring}.")
        }
    }
}

fn spanish(
    news: CallerNews,
    state: OrderState,
    number: u32,
    at: Option<&str>,
    ring: &str,
) -> String {
    let ready = at.map(|at| format!(" Estará listo a las {at}."));
    match (news, state) {
        (CallerNews::Accepted, _) => format!(
            "su pedido {number} está aceptado.{}",
            ready.unwrap_or_default()
        ),
        (CallerNews::Refused, OrderState::Cancelled) => {
            format!("lo sentimos, su pedido {number} tuvo que cancelarse. Llámenos al {ring}.")
        }
        (CallerNews::Refused, _) => {
            format!("lo sentimos, no podemos preparar su pedido {number}. Llámenos al {ring}.")
        }
        (CallerNews::Payment, _) => format!("puede pagar su pedido {number} aquí:"),
        (CallerNews::Ready, _) => format!("su pedido {number} está listo."),
        (CallerNews::Unanswered, _) => {
            format!("nadie ha confirmado todavía su pedido {number}. Llámenos al {ring}.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::delivery::testing::placed;

    fn told(news: CallerNews, state: OrderState, language: Language) -> String {
        let mut order = placed();
        order.state = state;
        let text = CallerText {
            to: "+12125550199".into(),
            from: "+12125550150".into(),
            account: None,
            news,
            ready_at: "2026-11-30T18:45:00Z".parse().ok(),
            reason: Some("out of\nsalmon".into()),
            link: None,
        };
        let place = Place {
            name: "Luna",
            zone: TimeZone::get("America/New_York").unwrap(),
            language,
        };
        written(&order, &text, &place)
    }

    #[test]
    fn a_link_to_pay_has_the_orders_own_values() {
        let text = CallerText {
            to: "+12125550199".into(),
            from: "+12125550150".into(),
            account: None,
            news: CallerNews::Payment,
            ready_at: None,
            reason: None,
            link: crate::restaurant::PaymentLink::parse(
                "https://pay.example.com/{order}?n={number}&sum={total}{currency}",
            )
            .ok(),
        };
        let place = Place {
            name: "Luna",
            zone: TimeZone::UTC,
            language: Language::English,
        };
        let order = placed();
        let expected = format!(
            "Luna: you can pay for your order 12 here: https://pay.example.com/{}?n=12&sum=9.00USD",
            order.id
        );
        assert_eq!(written(&order, &text, &place), expected);
    }

    #[test]
    fn a_caller_is_told_in_the_restaurants_language_and_time() {
        use CallerNews::{Accepted, Ready, Refused, Unanswered};
        use Language::{English, French, Spanish};
        use OrderState::{Cancelled, Sent};
        for (news, state, language, expected) in [
            (
                Accepted,
                OrderState::Accepted,
                English,
                "Luna: your order 12 is accepted. It will be ready at 1:45 PM.",
            ),
            (
                Refused,
                OrderState::Refused,
                English,
                "Luna: sorry, we cannot make your order 12. Please call us at +12125550150. (out of\\nsalmon)",
            ),
            (
                Refused,
                Cancelled,
                English,
                "Luna: sorry, your order 12 had to be cancelled. Please call us at +12125550150. (out of\\nsalmon)",
            ),
            (
                Ready,
                OrderState::Accepted,
                English,
                "Luna: your order 12 is ready.",
            ),
            (
                Unanswered,
                Sent,
                English,
                "Luna: nobody has confirmed your order 12 yet. Please call us at +12125550150.",
            ),
            (
                Accepted,
                OrderState::Accepted,
                French,
                "Luna: votre commande 12 est acceptée. Elle sera prête à 13 h 45.",
            ),
            (
                Ready,
                OrderState::Accepted,
                Spanish,
                "Luna: su pedido 12 está listo.",
            ),
        ] {
            assert_eq!(told(news, state, language), expected);
        }
    }
}
