//! Money and tax rates, read exactly from what was written.

use super::super::written::Written;
use super::super::{Code, Problem};
use super::findings::Findings;
use crate::restaurant::{Currency, Money};

/// An amount in `currency`; zero when it is not one (the problem is noted).
pub(super) fn money(
    written: &Written,
    currency: Currency,
    pointer: &str,
    found: &mut Findings,
) -> Money {
    Money::parse(&written.0, currency).unwrap_or_else(|error| {
        found.add(Code::Money, pointer, error.to_string());
        Money::ZERO
    })
}

/// As [`money`], but it may be taken off.
pub(super) fn signed_money(
    written: &Written,
    currency: Currency,
    pointer: &str,
    found: &mut Findings,
) -> Money {
    Money::parse_signed(&written.0, currency).unwrap_or_else(|error| {
        found.add(Code::Money, pointer, error.to_string());
        Money::ZERO
    })
}

/// A measure as thousandths of its unit, at least 1: `0.25` -> 250.
pub(super) fn thousandths(written: &Written, pointer: &str, found: &mut Findings) -> u32 {
    let (whole, part) = written.0.split_once('.').unwrap_or((&written.0, ""));
    let part = part.trim_end_matches('0');
    let read = (part.len() <= 3).then(|| format!("{whole}{part:0<3}").parse::<u32>().ok());
    match read.flatten() {
        Some(read) if (1..=1_000_000).contains(&read) => read,
        _ => {
            found.push(
                Problem::new(
                    Code::Option,
                    pointer,
                    format!("{} is not a measure that can be sold", written.0),
                )
                .with_help("more than 0, with up to three decimals, such as 0.25"),
            );
            1000
        }
    }
}

/// A percentage as thousandths of a percent: `8.875` -> 8875.
pub(super) fn rate(written: &Written, pointer: &str, found: &mut Findings) -> u32 {
    let refuse = |message: String| {
        Problem::new(Code::Tax, pointer, message)
            .with_help("a percentage from 0 to 100 with up to three decimals, such as 8.875")
    };
    let (whole, fraction) = written.0.split_once('.').unwrap_or((&written.0, ""));
    let digits = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let fraction = fraction.trim_end_matches('0');
    if !digits(whole) || !digits(fraction) || whole.is_empty() && fraction.is_empty() {
        found.push(refuse(format!("\"{}\" is not a percentage", written.0)));
        return 0;
    }
    if fraction.len() > 3 {
        found.push(refuse(format!("{} has too many decimals", written.0)));
        return 0;
    }
    match format!("{whole}{fraction:0<3}").parse::<u32>() {
        Ok(thousandths) if thousandths <= 100_000 => thousandths,
        _ => {
            found.push(refuse(format!("{} is more than 100 percent", written.0)));
            0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (u32, usize) {
        let mut found = Findings::default();
        let value = rate(&Written(text.to_owned()), "/tax/rate", &mut found);
        (value, found.into_problems().len())
    }

    #[test]
    fn a_rate_stays_exact_to_a_thousandth_of_a_percent() {
        assert_eq!(read("13"), (13_000, 0));
        assert_eq!(read("8.875"), (8_875, 0));
        assert_eq!(read(".5"), (500, 0));
        assert_eq!(read("6.5000"), (6_500, 0));
        for bad in ["8.8751", "101", "-1", "x", "", "99999999999999"] {
            assert_eq!(read(bad), (0, 1), "{bad}");
        }
    }
}
