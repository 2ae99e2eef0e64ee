//! What the server keeps of a call: its orders and its transcript, asked for when the call is over.

use reqwest::{StatusCode, Url};
use serde_json::Value;
use thiserror::Error;

/// Why the server's record is not to be had.
#[derive(Debug, Error)]
pub enum RecordError {
    #[error("{0} is not a URL")]
    Url(String),
    #[error("could not ask the server for {what}: {source}")]
    Unreachable {
        what: &'static str,
        #[source]
        source: reqwest::Error,
    },
    #[error("the server does not show {0} without the right admin token (set MAITRED_ADMIN_TOKEN)")]
    Forbidden(&'static str),
    #[error("the server answered {status} when asked for {what}")]
    Status { what: &'static str, status: u16 },
}

/// Asks the server whose webhook a call went to.
pub struct ServerRecord {
    http: reqwest::Client,
    webhook: String,
    admin_token: Option<String>,
}

impl ServerRecord {
    /// `http` is the client the webhooks were asked with.
    pub fn new(http: reqwest::Client, webhook: &str, admin_token: Option<String>) -> Self {
        ServerRecord {
            http,
            webhook: webhook.to_owned(),
            admin_token,
        }
    }

    /// The orders of a call: a JSON list.
    ///
    /// # Errors
    /// See [`RecordError`].
    pub async fn orders(&self, call_sid: &str) -> Result<Value, RecordError> {
        self.get("the orders", &["orders"], Some(("call_sid", call_sid)))
            .await
    }

    /// The record of a call, transcript included.
    ///
    /// # Errors
    /// See [`RecordError`].
    pub async fn call(&self, call_sid: &str) -> Result<Value, RecordError> {
        self.get("the call", &["calls", call_sid], None).await
    }

    async fn get(
        &self,
        what: &'static str,
        path: &[&str],
        query: Option<(&str, &str)>,
    ) -> Result<Value, RecordError> {
        let bad = || RecordError::Url(self.webhook.clone());
        let mut url = Url::parse(&self.webhook).map_err(|_| bad())?;
        url.set_query(None);
        url.path_segments_mut()
            .map_err(|()| bad())?
            .clear()
            .push("api")
            .extend(path);
        if let Some((name, value)) = query {
            url.query_pairs_mut().append_pair(name, value);
        }
        let mut request = self.http.get(url);
        if let Some(token) = &self.admin_token {
            request = request.bearer_auth(token);
        }
        let unreachable = |source| RecordError::Unreachable { what, source };
        let response = request.send().await.map_err(unreachable)?;
        match response.status() {
            StatusCode::OK => response.json().await.map_err(unreachable),
            StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => Err(RecordError::Forbidden(what)),
            status => Err(RecordError::Status {
                what,
                status: status.as_u16(),
            }),
        }
    }
}
