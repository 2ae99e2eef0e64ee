//! Twilio's REST API over HTTPS: one account, one request at a time, its credentials sent to its address and nowhere else.
//! How often something is tried is its caller's to say: orders wait in the outbox, a command in front of somebody.

use std::sync::OnceLock;
use std::time::Duration;

use reqwest::redirect::Policy;
use reqwest::{Client, Method, StatusCode, Url};
use serde_json::Value;
use thiserror::Error;

use super::DeliveryError;
use super::http_request::retry_after;
use crate::twilio::auth_tokens::AuthTokens;
use crate::words::printable;

/// How long one request may take, the body of its answer too.
const TRY_TIMEOUT: Duration = Duration::from_secs(15);
/// Largest answer that is read, bytes: a page of a thousand numbers has some two million.
const MAX_ANSWER: usize = 16 * 1024 * 1024;
/// Longest message of Twilio's that is shown, characters.
const MAX_MESSAGE: usize = 300;
/// What no later try mends: no such number, not one that can be reached so, its owner wants no texts.
const FOR_GOOD: [u64; 6] = [21_211, 21_214, 21_217, 21_610, 21_612, 21_614];

/// Why Twilio did not do what was asked.
#[derive(Debug, Error)]
pub enum TwilioError {
    #[error("TWILIO_ACCOUNT_SID is not set for the server")]
    NoAccount,
    #[error("TWILIO_AUTH_TOKEN has no token of {account}")]
    NoToken { account: String },
    #[error("could not ask {host}: {why}")]
    Unreachable { host: String, why: String },
    #[error(
        "Twilio takes none of our tokens for {account} (401): is TWILIO_AUTH_TOKEN the token of that account?"
    )]
    Unauthorised { account: String },
    #[error("Twilio answered {status}{told}")]
    Refused {
        status: u16,
        /// Twilio's own number of the error.
        code: Option<u64>,
        /// Both in words, in brackets.
        told: String,
        /// How long it asks to be left in peace.
        after: Option<Duration>,
    },
    #[error("Twilio answered something else than was asked for: {0}")]
    Answer(String),
}

impl TwilioError {
    /// May the same request succeed in a moment?
    pub fn may_pass(&self) -> bool {
        match self {
            Self::Unreachable { .. } => true,
            Self::Refused { status, .. } => *status == 429 || *status >= 500,
            _ => false,
        }
    }

    /// Will it never, whatever an operator does?
    pub fn is_for_good(&self) -> bool {
        matches!(self, Self::Refused { status: 400, code: Some(code), .. } if FOR_GOOD.contains(code))
    }

    /// What Twilio wants to be waited.
    pub fn retry_after(&self) -> Option<Duration> {
        match self {
            Self::Refused { after, .. } => *after,
            _ => None,
        }
    }
}

/// Where Twilio is, and who we are there.
#[derive(Debug)]
pub struct TwilioRest {
    api: Url,
    main: Option<String>,
    tokens: AuthTokens,
    http: OnceLock<Result<Client, String>>,
}

impl TwilioRest {
    /// `main` is the account of what names none. Whoever read `api` has seen to it that a token may travel there.
    pub fn new(api: Url, main: Option<String>, tokens: AuthTokens) -> Self {
        Self {
            api,
            main,
            tokens,
            http: OnceLock::new(),
        }
    }

    /// One account's door; the main account's where none is named.
    ///
    /// # Errors
    /// We have no account, or no token of it.
    pub fn account<'a>(&'a self, named: Option<&'a str>) -> Result<TwilioAccount<'a>, TwilioError> {
        let account = named.or(self.main.as_deref());
        let account = account.ok_or(TwilioError::NoAccount)?;
        let tokens = self.tokens.for_account(account);
        if tokens.is_empty() {
            let account = account.to_owned();
            return Err(TwilioError::NoToken { account });
        }
        Ok(TwilioAccount {
            rest: self,
            account,
            tokens,
        })
    }

    /// The client, whose connections are used again.
    fn http(&self) -> Result<&Client, TwilioError> {
        let build = || {
            // An error means that the process has a TLS implementation already.
            let _ = rustls::crypto::ring::default_provider().install_default();
            Client::builder()
                .redirect(Policy::none())
                .timeout(TRY_TIMEOUT)
                .user_agent(concat!("maitred/", env!("CARGO_PKG_VERSION")))
                .build()
                .map_err(|error| error.to_string())
        };
        let built = self.http.get_or_init(build).as_ref();
        built.map_err(|why| self.unreachable(why.clone()))
    }

    fn unreachable(&self, why: String) -> TwilioError {
        let host = self.api.host_str().unwrap_or_default().to_owned();
        TwilioError::Unreachable { host, why }
    }
}

/// One account's door.
#[derive(Debug)]
pub struct TwilioAccount<'a> {
    rest: &'a TwilioRest,
    account: &'a str,
    tokens: Vec<&'a str>,
}

impl TwilioAccount<'_> {
    /// The address of something of the account: `Messages.json`.
    pub fn path(&self, of: &str) -> String {
        format!("/2010-04-01/Accounts/{}/{of}", self.account)
    }

    /// Reads what lies at a path of the account.
    ///
    /// # Errors
    /// [`TwilioError`].
    pub async fn get(&self, path: &str) -> Result<Vec<u8>, TwilioError> {
        self.ask(Method::GET, path, &[]).await
    }

    /// Posts a form to a path of the account.
    ///
    /// # Errors
    /// [`TwilioError`].
    pub async fn post(&self, path: &str, form: &[(&str, &str)]) -> Result<Vec<u8>, TwilioError> {
        self.ask(Method::POST, path, form).await
    }

    /// While a token is being rotated, the next one is tried where one is not taken.
    async fn ask(
        &self,
        method: Method,
        path: &str,
        form: &[(&str, &str)],
    ) -> Result<Vec<u8>, TwilioError> {
        // Another path of the same host would see our token all the same.
        if !path.starts_with(&self.path("")) {
            let path = printable(path, MAX_MESSAGE);
            return Err(TwilioError::Answer(format!("an address {path}")));
        }
        for token in &self.tokens {
            if let Some(answered) = self.once(&method, path, form, token).await? {
                return Ok(answered);
            }
        }
        let account = self.account.to_owned();
        Err(TwilioError::Unauthorised { account })
    }

    /// `None`: this token is not taken.
    async fn once(
        &self,
        method: &Method,
        path: &str,
        form: &[(&str, &str)],
        token: &str,
    ) -> Result<Option<Vec<u8>>, TwilioError> {
        let unreachable = |error| {
            self.rest
                .unreachable(DeliveryError::unreachable(error).cause())
        };
        let url = self.rest.api.join(path);
        let url = url.map_err(|error| TwilioError::Answer(error.to_string()))?;
        let http = self.rest.http()?;
        let mut request = http
            .request(method.clone(), url)
            .basic_auth(self.account, Some(token));
        if method == Method::POST {
            request = request.form(form);
        }
        let mut response = request.send().await.map_err(unreachable)?;
        let status = response.status();
        if status == StatusCode::UNAUTHORIZED {
            return Ok(None);
        }
        let after = retry_after(response.headers());
        let mut body = Vec::new();
        while let Some(piece) = response.chunk().await.map_err(unreachable)? {
            if body.len() + piece.len() > MAX_ANSWER {
                return Err(TwilioError::Answer(format!("more than {MAX_ANSWER} bytes")));
            }
            body.extend_from_slice(&piece);
        }
        match status.is_success() {
            true => Ok(Some(body)),
            false => Err(refused(status.as_u16(), &body, after)),
        }
    }
}

/// The error of an answer, in either of Twilio's two forms.
fn refused(status: u16, body: &[u8], after: Option<Duration>) -> TwilioError {
    let said: Value = serde_json::from_slice(body).unwrap_or_default();
    let message = ["message", "detail", "title"]
        .iter()
        .find_map(|key| said[*key].as_str());
    let message = message.map(|message| printable(message, MAX_MESSAGE));
    let code = said["code"].as_u64();
    let told = match (code, message) {
        (Some(code), Some(message)) => format!(" ({code}: {message})"),
        (Some(code), None) => format!(" ({code})"),
        (None, Some(message)) => format!(" ({message})"),
        (None, None) => String::new(),
    };
    TwilioError::Refused {
        status,
        code,
        told,
        after,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ACCOUNT: &str = "AC0000000000000000000000000000000a";

    #[test]
    fn both_forms_of_an_error_are_told_and_other_text_is_not() {
        let told = |body: &[u8]| refused(400, body, None).to_string();
        let old = br#"{"code":20404,"message":"not found","more_info":"x","status":404}"#;
        assert_eq!(told(old), "Twilio answered 400 (20404: not found)");
        let new =
            br#"{"type":"x","title":"Bad","status":400,"code":21405,"detail":"no \u001b[31m url"}"#;
        assert_eq!(told(new), r"Twilio answered 400 (21405: no \u{1b}[31m url)");
        assert_eq!(told(b"<html>"), "Twilio answered 400");
    }

    #[test]
    fn only_what_passes_is_worth_another_try_and_some_things_never_are() {
        let busy = refused(429, b"", Some(Duration::from_secs(2)));
        assert!(busy.may_pass() && !busy.is_for_good());
        assert_eq!(busy.retry_after(), Some(Duration::from_secs(2)));
        assert!(refused(503, b"", None).may_pass());
        let stopped = refused(400, br#"{"code":21610}"#, None);
        assert!(stopped.is_for_good() && !stopped.may_pass());
        // An operator may mend the account.
        assert!(!refused(400, br#"{"code":21608}"#, None).is_for_good());
        assert!(!refused(404, br#"{"code":21211}"#, None).is_for_good());
    }

    #[test]
    fn an_account_without_a_token_is_named_before_anything_is_asked() {
        let api = || Url::parse("https://api.twilio.com").unwrap();
        let nobody = TwilioRest::new(api(), None, AuthTokens::default());
        assert!(matches!(nobody.account(None), Err(TwilioError::NoAccount)));
        let told = nobody.account(Some(ACCOUNT)).unwrap_err().to_string();
        assert_eq!(told, format!("TWILIO_AUTH_TOKEN has no token of {ACCOUNT}"));
    }

    #[tokio::test]
    async fn no_other_path_of_the_host_is_shown_our_token() {
        let api = Url::parse("https://receiver.invalid").unwrap();
        let tokens = AuthTokens::parse("token").unwrap();
        let rest = TwilioRest::new(api, Some(ACCOUNT.to_owned()), tokens);
        let account = rest.account(None).unwrap();
        for path in [
            "/",
            "/2010-04-01/Accounts/AC1/Messages.json",
            "//x/",
            "http://x/",
        ] {
            let error = account.get(path).await.unwrap_err();
            assert!(matches!(error, TwilioError::Answer(_)), "{path}: {error}");
        }
    }
}
