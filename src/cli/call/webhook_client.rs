//! Asks webhooks as Twilio does: a signed form, ten seconds to connect, fifteen in all.

use std::sync::Arc;
use std::time::Duration;

use reqwest::Url;
use reqwest::header::CONTENT_TYPE;
use thiserror::Error;

use crate::twilio::signature::sign;
use crate::twilio::webhook_form::{CallStatus, write_pairs};

use super::plan::CallPlan;
use super::tls;

/// Twilio's limits on a webhook.
const CONNECT: Duration = Duration::from_secs(10);
const WHOLE: Duration = Duration::from_secs(15);

/// Asks the webhooks of one call.
pub(super) struct WebhookClient<'p> {
    http: reqwest::Client,
    plan: &'p CallPlan,
}

/// What a webhook answered.
pub(super) struct Answer {
    pub status: u16,
    pub content_type: String,
    pub body: String,
}

/// A webhook that could not be asked.
#[derive(Debug, Error)]
pub enum AskError {
    #[error("{url} is not a URL: {reason}")]
    Url { url: String, reason: String },
    #[error("no HTTP client: {0}")]
    Client(#[source] reqwest::Error),
    #[error("could not ask {url}: {source}")]
    Unreachable {
        url: String,
        #[source]
        source: reqwest::Error,
    },
}

impl<'p> WebhookClient<'p> {
    pub fn new(plan: &'p CallPlan) -> Result<Self, AskError> {
        Ok(WebhookClient {
            http: http_client(&plan.webhook, plan.tls.clone())?,
            plan,
        })
    }

    /// Posts the standard form with `extra` fields, signed.
    pub async fn ask(
        &self,
        url: &str,
        status: &CallStatus,
        extra: &[(&str, String)],
    ) -> Result<Answer, AskError> {
        let form = self.form(status, extra);
        let unreachable = |source| AskError::Unreachable {
            url: url.to_owned(),
            source,
        };
        // The fragment stays here: it only tells Twilio how to connect.
        let url_sent = url.split('#').next().unwrap_or_default();
        let mut request = self
            .http
            .post(url_sent)
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(token) = &self.plan.auth_token {
            request = request.header("X-Twilio-Signature", sign(token, url_sent, &form));
        }
        let response = request
            .body(write_pairs(&form))
            .send()
            .await
            .map_err(unreachable)?;
        let content_type = response
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
            .to_owned();
        Ok(Answer {
            status: response.status().as_u16(),
            content_type,
            body: response.text().await.map_err(unreachable)?,
        })
    }

    fn form(&self, status: &CallStatus, extra: &[(&str, String)]) -> Vec<(String, String)> {
        let plan = self.plan;
        let standard = [
            ("AccountSid", plan.account_sid.as_str()),
            ("ApiVersion", "2010-04-01"),
            ("CallSid", &plan.call_sid),
            ("CallStatus", status.as_word()),
            ("Called", &plan.to),
            ("Caller", &plan.from),
            ("Direction", "inbound"),
            ("From", &plan.from),
            ("To", &plan.to),
        ];
        let mut form: Vec<(String, String)> = standard
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        if plan.test {
            form.push(("MaitredTest".to_owned(), "1".to_owned()));
        }
        form.extend(plan.extra_fields.iter().cloned());
        form.extend(extra.iter().map(|(n, v)| ((*n).to_owned(), v.clone())));
        form
    }
}

/// A client with Twilio's patience that trusts as the plan says; for an `http` webhook no certificates are read.
pub(in crate::cli) fn http_client(
    webhook: &str,
    trust: Option<Arc<rustls::ClientConfig>>,
) -> Result<reqwest::Client, AskError> {
    let mut builder = reqwest::Client::builder()
        .connect_timeout(CONNECT)
        .timeout(WHOLE)
        .user_agent(concat!("maitred-call/", env!("CARGO_PKG_VERSION")));
    tls::choose_provider();
    let unencrypted = webhook.starts_with("http://");
    if let Some(tls) = trust.or(unencrypted.then(tls::trust_nobody)) {
        builder = builder.tls_backend_preconfigured(tls.as_ref().clone());
    }
    builder.build().map_err(AskError::Client)
}

/// A URL as written in the TwiML that came from `document`: absolute ones stay byte for byte, because that is what is
/// signed.
pub(super) fn resolve(document: &str, written: &str) -> Result<String, AskError> {
    let problem = |reason: &dyn std::fmt::Display| AskError::Url {
        url: written.to_owned(),
        reason: reason.to_string(),
    };
    if Url::parse(written).is_ok() {
        return Ok(written.to_owned());
    }
    let base = Url::parse(document).map_err(|e| problem(&e))?;
    Ok(base.join(written).map_err(|e| problem(&e))?.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn actions_are_resolved_against_the_document_that_names_them() {
        let document = "https://voice.example.com:8443/voice?x=1";
        assert_eq!(
            resolve(document, "/voice/after").unwrap(),
            "https://voice.example.com:8443/voice/after"
        );
        assert_eq!(
            resolve(document, "https://Other.example.com:443/a?b=c d").unwrap(),
            "https://Other.example.com:443/a?b=c d"
        );
        assert!(resolve("voice", "/after").is_err());
    }
}
