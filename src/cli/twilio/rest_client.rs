//! Twilio's REST API over HTTPS, as far as numbers need it. Credentials go to its address and nowhere else.
#![expect(clippy::disallowed_methods, reason = "waits between tries")]

use std::time::Duration;

use reqwest::{Method, StatusCode, Url};
use serde_json::Value;
use thiserror::Error;

use crate::cli::call::http_client;
use crate::delivery::Retries;
use crate::twilio::auth_tokens::AuthTokens;
use crate::twilio::incoming_numbers::{FieldChange, IncomingNumber, NumberPage};
use crate::words::printable;

/// Numbers asked for on a page; Twilio gives no more.
const PAGE_SIZE: u32 = 1000;
/// More pages than any account has: a server that always names a next one is not believed for ever.
const MAX_PAGES: usize = 1000;
/// Largest answer that is read, bytes.
const MAX_ANSWER: usize = 16 * 1024 * 1024;
/// Longest wait that a server may ask for.
const MAX_WAIT: Duration = Duration::from_secs(60);
/// Longest message of Twilio's that is shown, characters.
const MAX_MESSAGE: usize = 300;

/// Why Twilio did not do what was asked.
#[derive(Debug, Error)]
pub(super) enum RestError {
    #[error("could not ask {host}: {why}")]
    Unreachable { host: String, why: String },
    #[error(
        "Twilio takes none of our tokens for {account} (401): is TWILIO_AUTH_TOKEN the token of that account?"
    )]
    Unauthorised { account: String },
    #[error("Twilio answered {status}{told}")]
    Refused { status: u16, told: String },
    #[error("Twilio answered something else than numbers: {0}")]
    Answer(String),
}

/// One account's door.
pub(super) struct RestClient<'a> {
    http: reqwest::Client,
    api: &'a Url,
    account: &'a str,
    tokens: Vec<&'a str>,
    retries: Retries,
}

impl<'a> RestClient<'a> {
    pub(super) fn new(
        api: &'a Url,
        account: &'a str,
        tokens: &'a AuthTokens,
    ) -> Result<Self, RestError> {
        let http = http_client(api.as_str(), None).map_err(|error| RestError::Unreachable {
            host: api.to_string(),
            why: error.to_string(),
        })?;
        let retries = Retries {
            tries: 6,
            ..Retries::default()
        };
        let tokens = tokens.for_account(account);
        Ok(Self {
            http,
            api,
            account,
            tokens,
            retries,
        })
    }

    /// Every number of the account.
    pub(super) async fn numbers(&self) -> Result<Vec<IncomingNumber>, RestError> {
        let mut numbers = Vec::new();
        let folder = format!("/2010-04-01/Accounts/{}/", self.account);
        let mut next = Some(format!(
            "{folder}IncomingPhoneNumbers.json?PageSize={PAGE_SIZE}"
        ));
        let mut pages = 0;
        while let Some(path) = next.take() {
            pages += 1;
            if pages > MAX_PAGES {
                return Err(RestError::Answer(format!("more than {MAX_PAGES} pages")));
            }
            // Another path of the same host would see our token all the same.
            if !path.starts_with(&folder) {
                let path = printable(&path, MAX_MESSAGE).into_owned();
                return Err(RestError::Answer(format!("its next page is {path}")));
            }
            let body = self.ask(Method::GET, &path, &[]).await?;
            let page: NumberPage = serde_json::from_slice(&body)
                .map_err(|error| RestError::Answer(error.to_string()))?;
            numbers.extend(page.incoming_phone_numbers);
            next = page.next_page_uri.filter(|uri| !uri.is_empty());
        }
        Ok(numbers)
    }

    /// Sets these fields of a number and no others.
    pub(super) async fn update(&self, sid: &str, changes: &[FieldChange]) -> Result<(), RestError> {
        if !sid
            .strip_prefix("PN")
            .is_some_and(|rest| rest.bytes().all(|b| b.is_ascii_alphanumeric()))
        {
            let sid = printable(sid, MAX_MESSAGE).into_owned();
            return Err(RestError::Answer(format!("a number is called {sid}")));
        }
        let path = format!(
            "/2010-04-01/Accounts/{}/IncomingPhoneNumbers/{sid}.json",
            self.account
        );
        let form: Vec<(&str, &str)> = changes
            .iter()
            .map(|c| (c.name, c.becomes.as_str()))
            .collect();
        self.ask(Method::POST, &path, &form).await.map(drop)
    }

    /// Asks until there is an answer that will not change: the same update twice is one update.
    async fn ask(
        &self,
        method: Method,
        path: &str,
        form: &[(&str, &str)],
    ) -> Result<Vec<u8>, RestError> {
        let mut failures = 0;
        let mut token = 0;
        loop {
            let (error, wait) = match self.once(&method, path, form, token).await {
                Ok(Answered::Well(body)) => return Ok(body),
                // While a token is being rotated, the next one.
                Ok(Answered::Unauthorised) if token + 1 < self.tokens.len() => {
                    token += 1;
                    continue;
                }
                Ok(Answered::Unauthorised) => {
                    let account = self.account.to_owned();
                    return Err(RestError::Unauthorised { account });
                }
                Ok(Answered::Badly {
                    error,
                    passing: false,
                    ..
                }) => return Err(error),
                Ok(Answered::Badly { error, wait, .. }) => (error, wait),
                Err(error) => (error, None),
            };
            failures += 1;
            let Some(ours) = self.retries.wait_after(failures) else {
                return Err(error);
            };
            let wait = wait.map_or(ours, |asked| asked.min(MAX_WAIT));
            eprintln!("maitred twilio: {error}; again in {} s", wait.as_secs_f32());
            tokio::time::sleep(wait).await;
        }
    }

    async fn once(
        &self,
        method: &Method,
        path: &str,
        form: &[(&str, &str)],
        token: usize,
    ) -> Result<Answered, RestError> {
        let unreachable = |error: reqwest::Error| RestError::Unreachable {
            host: self.api.host_str().unwrap_or_default().to_owned(),
            why: root_cause(&error.without_url()),
        };
        let url = self
            .api
            .join(path)
            .map_err(|error| RestError::Answer(error.to_string()))?;
        let mut request = self
            .http
            .request(method.clone(), url)
            .basic_auth(self.account, self.tokens.get(token));
        if !form.is_empty() {
            request = request.form(form);
        }
        let mut response = request.send().await.map_err(unreachable)?;
        let status = response.status();
        if status == StatusCode::UNAUTHORIZED {
            return Ok(Answered::Unauthorised);
        }
        let seconds = response
            .headers()
            .get("Retry-After")
            .and_then(|value| value.to_str().ok()?.parse().ok());
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(unreachable)? {
            body.extend_from_slice(&piece);
            if body.len() > MAX_ANSWER {
                return Err(RestError::Answer(format!("more than {MAX_ANSWER} bytes")));
            }
        }
        if status.is_success() {
            return Ok(Answered::Well(body));
        }
        Ok(Answered::Badly {
            error: RestError::Refused {
                status: status.as_u16(),
                told: told(&body),
            },
            passing: status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error(),
            wait: seconds.map(Duration::from_secs),
        })
    }
}

enum Answered {
    Well(Vec<u8>),
    Unauthorised,
    Badly {
        error: RestError,
        /// May the same request succeed later?
        passing: bool,
        /// How long the server asks to be left in peace.
        wait: Option<Duration>,
    },
}

/// ` (21405: Voice fallback URL needs ...)`, of Twilio's two forms of an error; nothing where it is neither.
fn told(body: &[u8]) -> String {
    let said: Value = serde_json::from_slice(body).unwrap_or_default();
    let message = ["message", "detail", "title"]
        .iter()
        .find_map(|key| said[*key].as_str());
    let message = message.map(|message| printable(message, MAX_MESSAGE));
    match (said["code"].as_u64(), message) {
        (Some(code), Some(message)) => format!(" ({code}: {message})"),
        (Some(code), None) => format!(" ({code})"),
        (None, Some(message)) => format!(" ({message})"),
        (None, None) => String::new(),
    }
}

/// reqwest says "error sending request"; what helps is below that.
fn root_cause(error: &dyn std::error::Error) -> String {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}

#[cfg(test)]
mod tests {
    use super::told;

    #[test]
    fn both_forms_of_an_error_are_told_and_other_text_is_not() {
        let old = br#"{"code":20404,"message":"not found","more_info":"x","status":404}"#;
        assert_eq!(told(old), " (20404: not found)");
        let new =
            br#"{"type":"x","title":"Bad","status":400,"code":21405,"detail":"no \u001b[31m url"}"#;
        assert_eq!(told(new), r" (21405: no \u{1b}[31m url)");
        assert_eq!(told(b"<html>"), "");
    }
}
