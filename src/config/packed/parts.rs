//! Everything of a restaurant but its menu.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::menu::{read_menu, write_menu};
use super::pen::{Eye, Pen};
use crate::restaurant::{
    Ask, Brain, Currency, Limits, Money, PhoneNumber, Requests, Restaurant, RestaurantId,
    RestaurantParts, Schedule, Span, SpeechChoice, WeeklyHours,
};

/// `None` when its time zone has no name to find it by again.
pub(super) fn write_restaurant(pen: &mut Pen<'_>, restaurant: &Restaurant) -> Option<()> {
    // Taken apart by name, so that a new part cannot be forgotten here.
    let RestaurantParts {
        id,
        name,
        phone_numbers,
        enabled,
        language,
        currency,
        address,
        greeting,
        closed_message,
        schedule,
        tax,
        fees,
        minimum_order,
        requests,
        ask,
        pickup_minutes,
        account,
        handoff,
        announce,
        limits,
        speech,
        brain,
        upsell,
        orders,
        menu,
    } = &**restaurant;
    pen.text(id.as_str());
    pen.text(name);
    pen.list(phone_numbers, |pen, number| pen.text(number.as_str()));
    pen.flag(*enabled);
    pen.text(language);
    pen.text(currency.code());
    pen.maybe(address.as_deref(), Pen::text);
    pen.maybe(greeting.as_deref(), Pen::text);
    pen.maybe(closed_message.as_deref(), Pen::text);
    write_schedule(pen, schedule)?;
    pen.maybe(tax.as_ref(), Pen::json);
    pen.list(fees, Pen::json);
    pen.signed(minimum_order.minor());
    pen.flag(*requests == Requests::Accept);
    pen.flag(ask.name);
    pen.flag(ask.fulfilment);
    pen.maybe(*pickup_minutes, |pen, minutes| {
        pen.number(u64::from(minutes))
    });
    pen.maybe(account.as_deref(), Pen::text);
    pen.maybe(handoff.as_ref(), |pen, number| pen.text(number.as_str()));
    pen.maybe(announce.as_deref(), Pen::text);
    for limit in [limits.calls, limits.call_minutes, limits.items] {
        pen.number(u64::from(limit));
    }
    for engine in [&speech.stt, &speech.tts, &speech.voice] {
        pen.maybe(engine.as_deref(), Pen::text);
    }
    pen.maybe(*brain, |pen, brain| pen.flag(brain == Brain::Llm));
    pen.maybe(upsell.as_deref(), Pen::text);
    pen.list(orders, Pen::json);
    write_menu(pen, menu);
    Some(())
}

pub(super) fn read_restaurant(eye: &mut Eye<'_>) -> Option<Restaurant> {
    let number = |eye: &mut Eye<'_>| PhoneNumber::parse(eye.text()?).ok();
    Restaurant::new(RestaurantParts {
        id: RestaurantId::parse(eye.text()?)?,
        name: eye.string()?,
        phone_numbers: eye.list(number)?,
        enabled: eye.flag()?,
        language: eye.string()?,
        currency: Currency::from_code(eye.text()?)?,
        address: eye.maybe(Eye::string)?,
        greeting: eye.maybe(Eye::string)?,
        closed_message: eye.maybe(Eye::string)?,
        schedule: read_schedule(eye)?,
        tax: eye.maybe(Eye::json)?,
        fees: eye.list(Eye::json)?,
        minimum_order: Money::from_minor(eye.signed()?),
        requests: match eye.flag()? {
            true => Requests::Accept,
            false => Requests::Refuse,
        },
        ask: Ask {
            name: eye.flag()?,
            fulfilment: eye.flag()?,
        },
        pickup_minutes: eye.maybe(Eye::small)?,
        account: eye.maybe(Eye::string)?,
        handoff: eye.maybe(number)?,
        announce: eye.maybe(Eye::string)?,
        limits: Limits {
            calls: eye.small()?,
            call_minutes: eye.small()?,
            items: eye.small()?,
        },
        speech: SpeechChoice {
            stt: eye.maybe(Eye::string)?,
            tts: eye.maybe(Eye::string)?,
            voice: eye.maybe(Eye::string)?,
        },
        brain: eye.maybe(|eye| {
            Some(match eye.flag()? {
                true => Brain::Llm,
                false => Brain::Menu,
            })
        })?,
        upsell: eye.maybe(Eye::string)?,
        orders: eye.list(Eye::json)?,
        menu: read_menu(eye)?,
    })
}

fn write_schedule(pen: &mut Pen<'_>, schedule: &Schedule) -> Option<()> {
    pen.text(schedule.timezone.iana_name()?);
    pen.maybe(schedule.hours.as_ref(), |pen, hours| {
        pen.list(&hours.days, |pen, spans| {
            pen.list(spans, |pen, span| {
                pen.number(u64::from(span.from));
                pen.number(u64::from(span.to));
            });
        });
    });
    pen.list(&schedule.closed_dates, |pen, date| {
        pen.signed(i64::from(date.year()));
        pen.signed(i64::from(date.month()));
        pen.signed(i64::from(date.day()));
    });
    Some(())
}

fn read_schedule(eye: &mut Eye<'_>) -> Option<Schedule> {
    let timezone = match eye.text()? {
        "UTC" => TimeZone::UTC,
        name => TimeZone::get(name).ok()?,
    };
    let span = |eye: &mut Eye<'_>| {
        Some(Span {
            from: eye.small()?,
            to: eye.small()?,
        })
    };
    let hours = eye.maybe(|eye| {
        let days = eye.list(|eye| eye.list(span))?;
        Some(WeeklyHours {
            days: days.try_into().ok()?,
        })
    })?;
    let part = |eye: &mut Eye<'_>| i8::try_from(eye.signed()?).ok();
    let closed_dates = eye.list(|eye| {
        let year = i16::try_from(eye.signed()?).ok()?;
        Date::new(year, part(eye)?, part(eye)?).ok()
    })?;
    Some(Schedule {
        timezone,
        hours,
        closed_dates,
    })
}
