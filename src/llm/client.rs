//! Asks a chat completions server and listens to its answer with a telephone's patience.
#![expect(
    clippy::disallowed_methods,
    reason = "patience is measured on the clock"
)]

use std::collections::VecDeque;
use std::time::Duration;

use reqwest::StatusCode;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use tokio::time::{Instant, timeout_at};

use super::events::Events;
use super::openai::{self, Chunks};
use crate::conversation::{LlmError, Request, Streamed};
use crate::settings::LlmSettings;

/// Most bytes of one answer on the wire: each token comes in some 300 bytes of JSON.
const MAX_BYTES: usize = 2 * 1024 * 1024;
/// How long a server may leave the connection open after it said that the answer is over.
const CLOSE_GRACE: Duration = Duration::from_millis(300);
/// Codes and types of a 429 that waiting does not mend (OpenAI, 2026).
const QUOTA: &[&str] = &[
    "insufficient_quota",
    "credit_balance_exhausted",
    "organization_spend_limit_exceeded",
    "project_spend_limit_exceeded",
    "organization_usage_limit_exceeded",
];

/// Why no client could be made.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    #[error("OPENAI_API_KEY holds characters that no header can")]
    Key,
    #[error("no HTTP client: {0}")]
    Http(#[source] reqwest::Error),
}

/// One server, one model. Cheap to clone; connections are shared.
#[derive(Clone)]
pub struct Client {
    http: reqwest::Client,
    url: String,
    key: Option<HeaderValue>,
    model: String,
    patience: Duration,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Client({} of {})", self.model, self.url)
    }
}

impl Client {
    /// A client of the server that the settings name.
    ///
    /// # Errors
    /// The key fits in no header, or there is no TLS.
    pub fn new(settings: &LlmSettings) -> Result<Self, ClientError> {
        // Already chosen by another client of this process, or chosen now.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let key = settings.key.as_ref().map(|key| {
            let mut value = HeaderValue::from_str(&format!("Bearer {}", key.expose()))
                .map_err(|_| ClientError::Key)?;
            value.set_sensitive(true);
            Ok(value)
        });
        let mut http = reqwest::Client::builder()
            .connect_timeout(settings.patience.min(Duration::from_secs(2)))
            // A redirect would take the key elsewhere.
            .redirect(reqwest::redirect::Policy::none())
            .user_agent(concat!("maitred/", env!("CARGO_PKG_VERSION")));
        if settings.base_url.starts_with("http://") {
            // No certificates are read where none are needed.
            let trust = rustls::ClientConfig::builder()
                .with_root_certificates(rustls::RootCertStore::empty())
                .with_no_client_auth();
            http = http.tls_backend_preconfigured(trust);
        }
        Ok(Self {
            http: http.build().map_err(ClientError::Http)?,
            url: format!("{}/chat/completions", settings.base_url),
            key: key.transpose()?,
            model: settings.model.clone(),
            patience: settings.patience,
        })
    }

    /// Asks; nothing is sent before the first [`Answering::next`].
    pub fn ask(&self, request: &Request) -> Answering {
        // A whole answer takes longer than its first token.
        let streamed = request.is_streamed();
        let patience = if streamed {
            self.patience
        } else {
            self.patience * 2
        };
        Answering {
            client: self.clone(),
            body: openai::body(request, &self.model).to_string(),
            patience,
            deadline: Instant::now() + patience,
            retried: false,
            response: None,
            events: Events::default(),
            chunks: Chunks::default(),
            bytes: 0,
            ready: VecDeque::new(),
            ending: false,
            over: false,
        }
    }

    async fn send(&self, body: String) -> Result<reqwest::Response, reqwest::Error> {
        let mut request = self
            .http
            .post(&self.url)
            .header(CONTENT_TYPE, "application/json")
            .header(ACCEPT, "text/event-stream, application/json");
        if let Some(key) = &self.key {
            request = request.header(AUTHORIZATION, key);
        }
        request.body(body).send().await
    }
}

/// An answer that is coming in. Dropping it ends the request.
pub struct Answering {
    client: Client,
    body: String,
    patience: Duration,
    /// The next token must be here by then.
    deadline: Instant,
    retried: bool,
    response: Option<reqwest::Response>,
    events: Events,
    chunks: Chunks,
    bytes: usize,
    ready: VecDeque<Streamed>,
    /// The server said that this is all.
    ending: bool,
    over: bool,
}

impl Answering {
    /// The next piece; `None` behind [`Streamed::End`] and [`Streamed::Failed`].
    pub async fn next(&mut self) -> Option<Streamed> {
        loop {
            if let Some(piece) = self.ready.pop_front() {
                return Some(piece);
            }
            if self.over {
                return None;
            }
            match timeout_at(self.deadline, self.receive()).await {
                Err(_) if self.ending => self.end(),
                Err(_) => {
                    let ms = u64::try_from(self.patience.as_millis()).unwrap_or(u64::MAX);
                    self.fail(LlmError::Stalled { ms });
                }
                Ok(Err(error)) => self.fail(error),
                Ok(Ok(Received::Events)) => {}
                Ok(Ok(Received::End)) => self.end(),
            }
        }
    }

    /// Takes the data of one event.
    fn take(&mut self, data: &str) -> Result<(), LlmError> {
        if self.over {
            return Ok(());
        }
        if self.ending && openai::is_done(data) {
            self.end();
            return Ok(());
        }
        let chunk = self.chunks.push(data)?;
        if openai::is_done(data) {
            self.ending = true;
            self.deadline = Instant::now();
        } else if chunk.last {
            self.ending = true;
            self.deadline = Instant::now() + CLOSE_GRACE;
        } else if chunk.token && !self.ending {
            self.deadline = Instant::now() + self.patience;
        }
        if !chunk.text.is_empty() {
            self.ready.push_back(Streamed::Delta { text: chunk.text });
        }
        Ok(())
    }

    /// Nothing more will come: the calls, which are whole only now, and the end.
    fn end(&mut self) {
        match self.chunks.end() {
            Ok(calls) => {
                self.over = true;
                self.ready.extend(calls.into_iter().map(Streamed::ToolCall));
                self.ready.push_back(Streamed::End);
            }
            Err(error) => self.fail(error),
        }
    }

    fn fail(&mut self, error: LlmError) {
        self.over = true;
        self.ready.push_back(Streamed::Failed(error));
    }

    async fn receive(&mut self) -> Result<Received, LlmError> {
        let Some(response) = &mut self.response else {
            return self.open().await;
        };
        let chunk = response.chunk().await.map_err(|_| LlmError::Cut)?;
        let Some(chunk) = chunk else {
            if let Some(data) = self.events.finish() {
                self.take(&data)?;
            }
            return Ok(Received::End);
        };
        self.count(chunk.len())?;
        let events = self.events.push(&chunk);
        let events = events.map_err(|_| LlmError::TooLong { bytes: MAX_BYTES })?;
        for data in events {
            self.take(&data)?;
        }
        Ok(Received::Events)
    }

    fn count(&mut self, bytes: usize) -> Result<(), LlmError> {
        self.bytes += bytes;
        if self.bytes > MAX_BYTES {
            return Err(LlmError::TooLong { bytes: MAX_BYTES });
        }
        Ok(())
    }

    /// Sends the request; what may pass at a second try is tried once more, as long as patience lasts.
    async fn open(&mut self) -> Result<Received, LlmError> {
        let response = match self.client.send(self.body.clone()).await {
            Ok(response) => response,
            Err(_) if self.may_retry() => return Ok(Received::Events),
            Err(_) => return Err(LlmError::Unreachable),
        };
        let status = response.status();
        if !status.is_success() {
            return self.refused(status, response).await;
        }
        let kind = response
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok())
            .unwrap_or_default();
        if kind.starts_with("application/json") {
            let whole = self.whole(response).await?;
            self.take(&whole)?;
            self.take("[DONE]")?;
            return Ok(Received::Events);
        }
        self.response = Some(response);
        Ok(Received::Events)
    }

    async fn refused(
        &mut self,
        status: StatusCode,
        response: reqwest::Response,
    ) -> Result<Received, LlmError> {
        let refused = LlmError::Refused {
            status: status.as_u16(),
        };
        if status == StatusCode::TOO_MANY_REQUESTS {
            let body = self.whole(response).await.unwrap_or_default();
            if QUOTA.iter().any(|code| body.contains(code)) {
                return Err(LlmError::QuotaSpent);
            }
        }
        let passing = matches!(status.as_u16(), 408 | 409 | 429) || status.is_server_error();
        if passing && self.may_retry() {
            return Ok(Received::Events);
        }
        Err(refused)
    }

    fn may_retry(&mut self) -> bool {
        !std::mem::replace(&mut self.retried, true)
    }

    async fn whole(&mut self, mut response: reqwest::Response) -> Result<String, LlmError> {
        let mut bytes = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|_| LlmError::Cut)? {
            self.count(chunk.len())?;
            bytes.extend_from_slice(&chunk);
        }
        String::from_utf8(bytes).map_err(|_| LlmError::NotJson)
    }
}

/// What came.
enum Received {
    /// Perhaps events; look.
    Events,
    /// Nothing more will.
    End,
}
