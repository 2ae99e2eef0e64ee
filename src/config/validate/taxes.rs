//! Tax classes, and the names that refer to them.

use super::super::problem::join;
use super::super::restaurant_file::{FeePer, TaxFile};
use super::super::suggestion::did_you_mean;
use super::super::{Code, Problem, RestaurantFile};
use super::amount::{money, rate};
use super::findings::Findings;
use crate::restaurant::{Currency, Fee, FeeAmount, Money, Tax, TaxClass};

/// The class that is always there, and free of tax.
const NONE: &str = "none";

/// The taxes of a file while it is read.
pub(super) struct Taxes(Option<Tax>);

impl Taxes {
    /// From `tax`: one rate, or classes with a default.
    pub(super) fn read(written: Option<&TaxFile>, found: &mut Findings) -> Self {
        let Some(written) = written else {
            return Self(None);
        };
        let Some(classes) = &written.classes else {
            if written.default.is_some() {
                let message = "\"default\" goes with \"classes\"";
                found.push(Problem::new(Code::Tax, "/tax/default", message).at_key());
            }
            let Some(one) = &written.rate else {
                found.push(
                    Problem::new(Code::Schema, "/tax", "\"rate\" is missing")
                        .at_key()
                        .with_help("for example: rate: 8.875"),
                );
                return Self(None);
            };
            let thousandths = rate(one, "/tax/rate", found);
            return Self(Some(Tax::single(thousandths, written.included)));
        };
        if written.rate.is_some() {
            let message = "\"rate\" and \"classes\" say the same thing twice";
            found.push(Problem::new(Code::Tax, "/tax/rate", message).at_key());
        }
        let mut read: Vec<TaxClass> = Vec::new();
        for (name, percent) in classes {
            read.push(TaxClass {
                name: name.clone(),
                rate_thousandths: rate(percent, &join("/tax/classes", name), found),
            });
        }
        let default = match (&written.default, read.as_slice()) {
            (Some(name), _) => {
                let at = read.iter().position(|class| class.name == *name);
                if at.is_none() {
                    found.push(unknown(name, &read, "/tax/default"));
                }
                at.unwrap_or(0)
            }
            (None, [_]) => 0,
            (None, _) => {
                let message = "\"default\" is missing: which class has a dish that names none?";
                let problem = Problem::new(Code::Tax, "/tax", message).at_key();
                found.push(problem.with_help(format!("for example: default: {}", read[0].name)));
                0
            }
        };
        Self(Some(Tax {
            classes: read,
            default,
            included: written.included,
        }))
    }

    /// The class a `tax` key names.
    pub(super) fn class(
        &mut self,
        name: Option<&str>,
        pointer: &str,
        found: &mut Findings,
    ) -> Option<usize> {
        let name = name?;
        let Some(tax) = &mut self.0 else {
            if name != NONE {
                found.push(unknown(name, &[], pointer));
            }
            return None;
        };
        let known = tax.classes.iter().position(|class| class.name == name);
        match known {
            Some(at) => Some(at),
            None if name == NONE => {
                tax.classes.push(TaxClass {
                    name: NONE.to_owned(),
                    rate_thousandths: 0,
                });
                Some(tax.classes.len() - 1)
            }
            None => {
                found.push(unknown(name, &tax.classes, pointer));
                None
            }
        }
    }

    /// The taxes, when everything that names them is read.
    pub(super) fn into_tax(self) -> Option<Tax> {
        self.0
    }
}

fn unknown(name: &str, known: &[TaxClass], pointer: &str) -> Problem {
    let named = known.iter().map(|class| class.name.as_str());
    let mut names: Vec<&str> = named.filter(|name| !name.is_empty()).collect();
    if !names.contains(&NONE) {
        names.push(NONE);
    }
    let message = format!("no tax class is called \"{name}\"");
    let mut problem = Problem::new(Code::Reference, pointer, message);
    problem.help = did_you_mean(name, &names);
    problem
}

/// The fees of a file.
pub(super) fn fees(
    file: &RestaurantFile,
    currency: Currency,
    taxes: &mut Taxes,
    found: &mut Findings,
) -> Vec<Fee> {
    let mut fees = Vec::new();
    for (index, fee) in file.fees.iter().enumerate() {
        let at = join("/fees", &index.to_string());
        let key = |key: &str| join(&at, key);
        let amount = match (&fee.amount, &fee.percent, fee.per) {
            (Some(amount), None, per) => {
                let amount = money(amount, currency, &key("amount"), found);
                match per {
                    Some(FeePer::Item) => FeeAmount::PerItem(amount),
                    _ => FeeAmount::PerOrder(amount),
                }
            }
            (None, Some(percent), None | Some(FeePer::Order)) => {
                FeeAmount::Percent(rate(percent, &key("percent"), found))
            }
            (None, Some(_), Some(FeePer::Item)) => {
                let message = "a percentage is of the whole order";
                found.push(Problem::new(Code::Option, key("per"), message));
                FeeAmount::PerOrder(Money::ZERO)
            }
            _ => {
                let problem = Problem::new(
                    Code::Schema,
                    &at,
                    "a fee has an \"amount\" or a \"percent\"",
                );
                found.push(problem.with_help("for example: {name: Bag, amount: 0.10}"));
                FeeAmount::PerOrder(Money::ZERO)
            }
        };
        fees.push(Fee {
            name: fee.name.clone(),
            amount,
            tax: taxes.class(fee.tax.as_deref(), &key("tax"), found),
        });
    }
    fees
}
