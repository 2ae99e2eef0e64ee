//! `keep`: times after which what names people is deleted.

use super::super::orders_file::KeepFile;
use super::super::problem::join;
use super::super::{Code, Problem};
use super::findings::Findings;
use crate::restaurant::Keep;

pub(super) fn keep(file: Option<&KeepFile>, found: &mut Findings) -> Keep {
    let mut days = |key: &str, written: Option<&String>| {
        let written = written?;
        let days = Keep::days(written);
        if days.is_none() {
            let message = format!("expected a time such as 90d, 12w or 2y, got \"{written}\"");
            let problem = Problem::new(Code::Schema, join("/keep", key), message);
            found.push(
                problem.with_help("from 1d to 100y; without the key the server's rule is used"),
            );
        }
        days
    };
    Keep {
        calls: days("calls", file.and_then(|file| file.calls.as_ref())),
        orders: days("orders", file.and_then(|file| file.orders.as_ref())),
    }
}
