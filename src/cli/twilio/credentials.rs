//! Who we are at Twilio, as a command finds it in the environment; and how a command says why it did nothing.
#![expect(
    clippy::disallowed_methods,
    reason = "a command: it reads Twilio's credentials from the environment"
)]

use reqwest::Url;

use crate::cli::serve::BAD_SETTINGS;
use crate::delivery::{TwilioError, TwilioRest};
use crate::settings::{TWILIO_API, is_this_machine};
use crate::twilio::auth_tokens::AuthTokens;
use crate::twilio::sid::SidKind;

pub(super) const FINDINGS: u8 = 1;
pub(super) const UNREACHABLE: u8 = 3;

/// Why nothing was done.
pub(super) struct Refused {
    pub message: String,
    pub code: u8,
}

pub(super) fn refused(code: u8, message: impl std::fmt::Display) -> Refused {
    let message = message.to_string();
    Refused { message, code }
}

impl From<TwilioError> for Refused {
    fn from(error: TwilioError) -> Self {
        let code = match error {
            TwilioError::Unreachable { .. } => UNREACHABLE,
            _ => FINDINGS,
        };
        refused(code, error)
    }
}

/// Who we are at Twilio.
pub(super) struct Credentials {
    /// Every account that has a token, the main one first.
    pub accounts: Vec<String>,
    pub rest: TwilioRest,
}

/// Reads them from the environment.
///
/// # Errors
/// What is missing or cannot be used.
pub(super) fn credentials() -> Result<Credentials, Refused> {
    let bad = |message: String| refused(BAD_SETTINGS, message);
    let env = |name: &str| {
        let value = std::env::var(name).ok();
        value
            .map(|value| value.trim().to_owned())
            .filter(|value| !value.is_empty())
    };
    let main = env("TWILIO_ACCOUNT_SID");
    if let Some(main) = &main
        && !SidKind::Account.matches(main)
    {
        return Err(bad(
            "TWILIO_ACCOUNT_SID is no account: AC and 32 hex digits".to_owned(),
        ));
    }
    let tokens = env("TWILIO_AUTH_TOKEN").ok_or_else(|| {
        bad("TWILIO_AUTH_TOKEN is not set: it opens the account's numbers".to_owned())
    })?;
    let tokens = AuthTokens::parse(&tokens)
        .map_err(|error| bad(format!("TWILIO_AUTH_TOKEN: {error}")))?
        .with_main_account(main.as_deref().unwrap_or_default());
    let mut accounts: Vec<String> = tokens.accounts().into_iter().map(str::to_owned).collect();
    if let Some(main) = main
        && !accounts.contains(&main)
        && !tokens.for_account(&main).is_empty()
    {
        accounts.insert(0, main);
    }
    if accounts.is_empty() {
        return Err(bad(
            "TWILIO_ACCOUNT_SID is not set: whose numbers?".to_owned()
        ));
    }
    let api = env("TWILIO_API_URL").unwrap_or_else(|| TWILIO_API.to_owned());
    let url = Url::parse(&api).map_err(|error| bad(format!("TWILIO_API_URL: {error}")))?;
    if url.scheme() != "https" && !(url.scheme() == "http" && is_this_machine(&api)) {
        return Err(bad(
            "TWILIO_API_URL must begin with https://: the token travels there".to_owned(),
        ));
    }
    Ok(Credentials {
        accounts,
        rest: TwilioRest::new(url, None, tokens),
    })
}
