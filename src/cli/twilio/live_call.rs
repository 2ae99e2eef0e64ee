//! `maitred twilio call`: a call on the line is ended, or joined to a person.

use clap::Args;

use super::credentials::{FINDINGS, Refused, credentials, refused};
use crate::delivery::CallUpdate;
use crate::restaurant::PhoneNumber;
use crate::twilio::twiml::{Verb, response};

/// How long a person's telephone rings, seconds.
const RINGS: u32 = 30;

/// End a call that is on the line, or take it from the waiter and join it to a person.
#[derive(Debug, Args)]
#[command(after_help = "\
Reads TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (ACxxx=token pairs for sub-accounts), and TWILIO_API_URL.

Exit codes: 0 done; 1 Twilio refused: the call is over, or another account's; 3 Twilio cannot be reached; 78 credentials missing.

Examples:
  maitred twilio call CA0123456789abcdef0123456789abcdef --hang-up
  maitred twilio call CA0123456789abcdef0123456789abcdef --dial +12125550123")]
pub(super) struct CallArgs {
    /// The call, as /api/calls names it.
    #[arg(value_name = "CALL_SID")]
    call: String,
    /// End it.
    #[arg(long, required_unless_present = "dial")]
    hang_up: bool,
    /// Ring this number and join the caller to it.
    #[arg(long, value_name = "NUMBER", conflicts_with = "hang_up", value_parser = number)]
    dial: Option<PhoneNumber>,
    /// The account whose call it is, where there are several [default: TWILIO_ACCOUNT_SID].
    #[arg(long, value_name = "ACCOUNT_SID")]
    account: Option<String>,
}

fn number(text: &str) -> Result<PhoneNumber, String> {
    PhoneNumber::parse(text).map_err(|error| error.to_string())
}

pub(super) async fn update(args: &CallArgs) -> Result<u8, Refused> {
    let credentials = credentials()?;
    let account = match &args.account {
        Some(account) => Some(account.as_str()),
        None => credentials.accounts.first().map(String::as_str),
    };
    let account = credentials.rest.account(account)?;
    let twiml = args.dial.as_ref().map(|number| {
        response(&[Verb::Dial {
            number: number.as_str().to_owned(),
            action: None,
            timeout_s: Some(RINGS),
            whisper: None,
        }])
    });
    let update = match &twiml {
        Some(twiml) => CallUpdate::Twiml(twiml),
        None => CallUpdate::HangUp,
    };
    account
        .update_call(&args.call, update)
        .await
        .map_err(|error| match error.is_unknown_call() {
            true => refused(
                FINDINGS,
                format!("the call is over, or not this account's: {error}"),
            ),
            false => Refused::from(error),
        })?;
    println!("done");
    Ok(0)
}
