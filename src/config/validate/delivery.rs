//! `delivery`: what it costs, from how much on, and where to; and where it is paid.

use super::super::delivery_file::DeliveryFile;
use super::super::{Code, Problem};
use super::amount;
use super::findings::Findings;
use crate::restaurant::{Currency, Delivers, Money, PaymentLink, plain_code};

/// `payment_link`: an https address with nothing in braces but the order's own values.
pub(super) fn payment_link(written: Option<&str>, found: &mut Findings) -> Option<PaymentLink> {
    match PaymentLink::parse(written?) {
        Ok(link) => Some(link),
        Err(message) => {
            let problem = Problem::new(Code::Schema, "/payment_link", message);
            found.push(problem.with_help("such as https://pay.example.com/{order}"));
            None
        }
    }
}

pub(super) fn delivery(
    file: Option<&DeliveryFile>,
    currency: Currency,
    found: &mut Findings,
) -> Option<Delivers> {
    let file = file?;
    let mut areas = Vec::new();
    for (at, written) in file.areas.iter().enumerate() {
        let code = plain_code(written);
        let marks = |c: char| c.is_ascii_alphanumeric() || matches!(c, ' ' | '-');
        if code.is_empty() || !written.chars().all(marks) {
            let message = format!("\"{written}\" is no postal code, nor how one begins");
            let problem = Problem::new(Code::Schema, format!("/delivery/areas/{at}"), message);
            found.push(problem.with_help("letters and digits such as M5V or 10001"));
        } else {
            areas.push(code);
        }
    }
    let mut money = |written: Option<&_>, pointer| {
        written.map_or(Money::ZERO, |written| {
            amount::money(written, currency, pointer, found)
        })
    };
    Some(Delivers {
        fee: money(file.fee.as_ref(), "/delivery/fee"),
        minimum: money(file.minimum.as_ref(), "/delivery/minimum"),
        areas,
        ready_in_minutes: file.ready_in_minutes,
    })
}
