//! The phone itself: asks the webhook, does what the TwiML says, until the call is over.

use thiserror::Error;
use tokio::sync::mpsc;

use crate::twilio::sid::SidKind;
use crate::twilio::twiml::Verb;
use crate::twilio::webhook_form::CallStatus;

use super::caller::Caller;
use super::ear::Ear;
use super::plan::{Act, CallPlan};
use super::report::{CallLog, CallReport, Ended, Event, Happening, TwimlReceived};
use super::stream::{self, Line};
use super::twiml_reader;
use super::webhook_client::{Answer, AskError, WebhookClient, resolve};

/// More documents than this in one call is a loop.
const DOCUMENTS: usize = 30;

/// A call that could not even begin.
#[derive(Debug, Error)]
pub enum PlaceError {
    #[error(transparent)]
    Unreachable(#[from] AskError),
}

/// Places a call and returns when it is over.
///
/// # Errors
/// The voice webhook cannot be reached. Whatever happens after that is in the report.
pub async fn place(plan: CallPlan) -> Result<CallReport, PlaceError> {
    place_watched(&plan, &mut |_, _| {}).await
}

/// [`place`] with somebody watching: every event as it happens, and the report so far.
///
/// # Errors
/// As [`place`].
pub async fn place_watched(
    plan: &CallPlan,
    watch: &mut (dyn FnMut(&Event, &CallReport) + Send),
) -> Result<CallReport, PlaceError> {
    place_improvised(plan, watch, None).await
}

/// [`place_watched`] with a caller who thinks: acts that come over `more` while the call runs follow those of the plan.
///
/// # Errors
/// As [`place`].
pub async fn place_improvised(
    plan: &CallPlan,
    watch: &mut (dyn FnMut(&Event, &CallReport) + Send),
    more: Option<mpsc::UnboundedReceiver<Act>>,
) -> Result<CallReport, PlaceError> {
    let mut phone = Phone {
        plan,
        more,
        webhooks: WebhookClient::new(plan)?,
        caller: Caller::new(plan.acts.clone(), plan.timing),
        ear: Ear::default(),
        log: CallLog::new(&plan.call_sid, watch),
        over: false,
    };
    phone.talk().await?;
    phone.tell_status_url().await;
    Ok(phone.log.finish())
}

/// An identifier of this kind that was never used before.
pub fn new_sid(kind: SidKind) -> String {
    kind.from_bytes(rand::random())
}

struct Phone<'p, 'w> {
    plan: &'p CallPlan,
    /// What the caller thinks of while the call runs.
    more: Option<mpsc::UnboundedReceiver<Act>>,
    webhooks: WebhookClient<'p>,
    caller: Caller,
    ear: Ear,
    log: CallLog<'w>,
    /// The caller is gone: actions are still asked, their answers not executed.
    over: bool,
}

/// What is asked next.
struct Question {
    url: String,
    status: CallStatus,
    extra: Vec<(&'static str, String)>,
}

impl Question {
    fn plain(url: String) -> Self {
        Question {
            url,
            status: CallStatus::InProgress,
            extra: Vec::new(),
        }
    }
}

impl Phone<'_, '_> {
    async fn talk(&mut self) -> Result<(), AskError> {
        let mut next = Some(Question {
            status: CallStatus::Ringing,
            ..Question::plain(self.plan.webhook.clone())
        });
        for asked in 0..DOCUMENTS {
            let Some(question) = next.take() else {
                return Ok(());
            };
            let answer = self
                .webhooks
                .ask(&question.url, &question.status, &question.extra)
                .await;
            next = match answer {
                Ok(answer) => self.execute(&question.url, answer).await,
                Err(error) if asked == 0 => return Err(error),
                Err(error) => self.trouble(11205, error.to_string()),
            };
        }
        if next.is_some() {
            self.trouble(0, "the call goes from document to document without end");
        }
        Ok(())
    }

    /// Executes an answer; returns what is to be asked next.
    async fn execute(&mut self, url: &str, answer: Answer) -> Option<Question> {
        self.log.note(Happening::Asked {
            url: url.to_owned(),
            status: answer.status,
        });
        self.log.report.twiml.push(TwimlReceived {
            url: url.to_owned(),
            status: answer.status,
            body: answer.body.clone(),
        });
        if answer.status >= 400 {
            return self.trouble(11217, format!("{url} answered {}", answer.status));
        }
        let kind = answer.content_type.split(';').next().unwrap_or_default();
        let is_twiml = ["text/xml", "application/xml", "text/html"].contains(&kind.trim());
        if !is_twiml && !answer.body.is_empty() {
            return self.trouble(12300, format!("{url} answered {kind:?}, not XML"));
        }
        match twiml_reader::read(&answer.body) {
            Ok(_) if self.over => None,
            Ok(verbs) => self.obey(url, verbs).await,
            Err(error) => self.trouble(12100, format!("{url}: {error}")),
        }
    }

    async fn obey(&mut self, document: &str, verbs: Vec<Verb>) -> Option<Question> {
        for verb in verbs {
            match verb {
                Verb::Say { text, .. } => self.log.note(Happening::TwilioSays { text }),
                // No answer to a call.
                Verb::Message { .. } => {}
                // Its caller presses no key here: what stands behind it is next.
                Verb::GatherKey { text, .. } | Verb::GatherKeys { text, .. } => {
                    self.log.note(Happening::TwilioSays { text })
                }
                Verb::Hangup => break,
                Verb::Redirect { url } => {
                    self.log.note(Happening::Redirected { url: url.clone() });
                    return self.ask_at(document, &url);
                }
                Verb::Dial { number, action, .. } => {
                    if let Some(next) = self.dial(document, number, action) {
                        return Some(next);
                    }
                }
                Verb::ConnectStream {
                    url,
                    action,
                    parameters,
                } => {
                    self.connect(url, parameters).await;
                    if let Some(action) = action {
                        return self.ask_at(document, &action);
                    }
                    if self.over {
                        return None;
                    }
                }
            }
        }
        self.log.note(Happening::HungUp);
        None
    }

    fn ask_at(&mut self, document: &str, written: &str) -> Option<Question> {
        match resolve(document, written) {
            Ok(url) => Some(Question {
                status: if self.over {
                    CallStatus::Completed
                } else {
                    CallStatus::InProgress
                },
                ..Question::plain(url)
            }),
            Err(error) => self.trouble(11100, error.to_string()),
        }
    }

    fn dial(&mut self, document: &str, number: String, action: Option<String>) -> Option<Question> {
        let outcome = self.plan.dial_status.as_word().to_owned();
        self.log.note(Happening::Dialled {
            number,
            outcome: outcome.clone(),
        });
        let mut question = self.ask_at(document, &action?)?;
        question.extra = vec![
            ("DialCallStatus", outcome),
            ("DialCallSid", new_sid(SidKind::Call)),
        ];
        Some(question)
    }

    async fn connect(&mut self, url: String, parameters: Vec<(String, String)>) {
        // Twilio drops the query of a stream's URL.
        let url = url.split(['?', '#']).next().unwrap_or_default();
        // Without TLS only where the webhook had none either: a server on this machine.
        let unencrypted_allowed = self.plan.webhook.starts_with("http://");
        if !(url.starts_with("wss://") || unencrypted_allowed && url.starts_with("ws://")) {
            return self.log.complain(31922, format!("{url} is not wss://"));
        }
        let socket = match stream::open(self.plan, url).await {
            Ok(socket) => socket,
            Err((code, reason)) => return self.log.complain(code, format!("{url}: {reason}")),
        };
        let stream_sid = new_sid(SidKind::Stream);
        self.log.note(Happening::StreamOpened {
            url: url.to_owned(),
            stream_sid: stream_sid.clone(),
        });
        let line = Line {
            plan: self.plan,
            caller: &mut self.caller,
            more: self.more.as_mut(),
            ear: &mut self.ear,
            log: &mut self.log,
        };
        if stream::run(line, socket, stream_sid, parameters).await {
            self.over = true;
            self.log.report.ended = Ended::Caller;
        }
    }

    /// What Twilio does when TwiML cannot be had or executed: the caller hears an apology and the call ends.
    fn trouble(&mut self, code: u32, about: impl Into<String>) -> Option<Question> {
        self.log.complain(code, about);
        if !self.over {
            self.log.report.ended = Ended::Trouble;
        }
        None
    }

    async fn tell_status_url(&mut self) {
        let Some(url) = &self.plan.status_url else {
            return;
        };
        let duration = ("CallDuration", (self.log.now_ms() / 1000).to_string());
        match self
            .webhooks
            .ask(url, &CallStatus::Completed, &[duration])
            .await
        {
            Ok(answer) => {
                self.log.note(Happening::Asked {
                    url: url.clone(),
                    status: answer.status,
                });
                if answer.status >= 400 {
                    self.log
                        .complain(11217, format!("{url} answered {}", answer.status));
                }
            }
            Err(error) => self.log.complain(11205, error.to_string()),
        }
    }
}
