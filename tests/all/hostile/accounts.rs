//! A second Twilio account on the same server: its token is good, and good for nothing of the first one's.

use maitred::twilio::signature::sign;
use maitred::twilio::webhook_form::write_pairs;

use super::case::{ACCOUNT, Body, Expected, Pairs, Table, signed};
use super::forms::{PATHS, welcome};
use super::http::Request;
use super::play::Step;
use super::server::{OTHER_ACCOUNT, OTHER_TOKEN, PUBLIC, TOKEN};
use super::sockets::{CONNECTED, START, live, open, text};

const WRONG: (u16, Body) = (403, Body::Text("wrong_signature"));

/// All cases of this page.
pub fn add(table: &mut Table) {
    for path in PATHS {
        signatures(table, path);
        calls_of_the_other(table, path);
    }
    sockets(table);
}

/// A form signed with this token.
pub fn signed_by(token: &str, path: &str, form: &Pairs) -> Request {
    let signature = sign(token, &format!("{PUBLIC}{path}"), form);
    Request::form(path, write_pairs(form)).with("X-Twilio-Signature", &signature)
}

fn signatures(table: &mut Table, path: &str) {
    let rows = [
        (
            "the other's token under our account",
            ACCOUNT,
            OTHER_TOKEN,
            WRONG,
        ),
        (
            "our token under the other's account",
            OTHER_ACCOUNT,
            TOKEN,
            WRONG,
        ),
        (
            "the other's token under an account that is not listed",
            "AC000000000000000000000000000000dd",
            OTHER_TOKEN,
            WRONG,
        ),
        (
            "the other's own call",
            OTHER_ACCOUNT,
            OTHER_TOKEN,
            welcome(path),
        ),
    ];
    for (what, account, token, expected) in rows {
        let call = table.calls.fresh();
        let request = signed_by(token, path, &call.with("AccountSid", account));
        table.request(format!("{path}: {what}"), call, &request, expected);
    }
    // Who reads of two accounts in one form believes one and pins for the other.
    for accounts in [[ACCOUNT, OTHER_ACCOUNT], [OTHER_ACCOUNT, ACCOUNT]] {
        for token in [TOKEN, OTHER_TOKEN] {
            let call = table.calls.fresh();
            let mut form = call.without("AccountSid");
            form.extend(accounts.map(|account| ("AccountSid".to_owned(), account.to_owned())));
            let name = format!(
                "{path}: {} before {}, signed by {}",
                &accounts[0][32..],
                &accounts[1][32..],
                if token == TOKEN { "us" } else { "the other" }
            );
            let request = signed_by(token, path, &form);
            // Refused as one or the other; never served.
            table.request_refused(name, call, &request, &[400, 403]);
        }
    }
}

/// The other account knows the CallSid of a call that rang here.
fn calls_of_the_other(table: &mut Table, path: &str) {
    for status in ["ringing", "in-progress", "completed", "failed"] {
        let call = table.calls.fresh();
        let mut theirs = call.with("AccountSid", OTHER_ACCOUNT);
        theirs.retain(|(name, _)| name != "CallStatus");
        theirs.push(("CallStatus".to_owned(), status.to_owned()));
        let ours = signed("/voice", &call.form()).bytes();
        let all = vec![
            ours.clone(),
            signed_by(OTHER_TOKEN, path, &theirs).bytes(),
            ours,
        ];
        // Twilio asks again for our call, and is answered as before.
        let name = format!("{path}: the other account says {status} of our CallSid");
        table.requests(name, call, all, welcome("/voice"));
    }
}

fn sockets(table: &mut Table) {
    let forged = Expected::Close(1008, "forged_token");
    let theirs = START.replace("{token}", "{other}");
    let as_them = |path| Step::AskAsOther(path);
    let steps = vec![
        Step::Ring,
        as_them("/voice"),
        open(),
        text(CONNECTED),
        text(&theirs),
    ];
    let name = "the other account's token for our CallSid".to_owned();
    table.socket(name, steps, forged.clone());
    let steps = vec![
        Step::Ring,
        as_them("/voice"),
        open(),
        text(CONNECTED),
        text(&START.replace("{account}", OTHER_ACCOUNT)),
    ];
    let name = "our token under the other's AccountSid".to_owned();
    table.socket(name, steps, forged);
    let steps = vec![
        Step::Ring,
        as_them("/voice"),
        open(),
        text(CONNECTED),
        text(START),
    ];
    let name = "our token after the other account rang with our CallSid".to_owned();
    table.socket(name, steps, Expected::GoesOn);
    for path in PATHS {
        let mut steps = live();
        steps.push(as_them(path));
        let name = format!("a live call, and the other account at {path}");
        table.socket(name, steps, Expected::GoesOn);
    }
}
