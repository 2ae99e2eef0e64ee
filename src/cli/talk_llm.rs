//! A language model over text: one turn is one request after the other, until it is over.
#![expect(
    clippy::disallowed_methods,
    reason = "the model's settings come from the environment"
)]

use std::sync::Arc;

use jiff::ZonedDateTime;
use tokio::runtime::Runtime;

use crate::conversation::{Brief, LlmAgent, LlmError, Next, Reply, Waiter};
use crate::llm::Client;
use crate::restaurant::{Brain, Restaurant};
use crate::settings::{BrainFlag, LlmSettings, duration};

/// A model and the way to it.
#[derive(Debug)]
pub struct LlmTalk {
    agent: LlmAgent,
    client: Client,
    runtime: Runtime,
}

impl LlmTalk {
    /// A model for this restaurant's calls.
    ///
    /// # Errors
    /// No client could be made.
    pub fn new(settings: &LlmSettings, restaurant: &Restaurant) -> Result<Self, String> {
        let client = Client::new(settings).map_err(|error| error.to_string())?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|error| error.to_string())?;
        Ok(Self {
            agent: LlmAgent::new(Arc::new(Brief::new(restaurant))),
            client,
            runtime,
        })
    }

    /// The model that the flag or else the file asks for; `None` where it is the built-in waiter.
    pub(super) fn wanted(
        flag: Option<BrainFlag>,
        patience: &str,
        restaurant: &Restaurant,
    ) -> Result<Option<Self>, String> {
        let wanted = match flag {
            Some(flag) => flag == BrainFlag::Llm,
            None => restaurant.brain == Some(Brain::Llm),
        };
        if !wanted {
            return Ok(None);
        }
        let patience = duration("--llm-patience (MAITRED_LLM_PATIENCE)", patience)
            .map_err(|error| error.to_string())?;
        let settings = LlmSettings::resolve(|name| std::env::var(name).ok(), patience)
            .map_err(|error| error.to_string())?;
        let settings = settings.ok_or("a language model needs OPENAI_MODEL (docs/llm.md)")?;
        Self::new(&settings, restaurant).map(Some)
    }

    /// Why the model was sent home, if it was.
    pub fn dismissed(&self) -> Option<&LlmError> {
        self.agent.dismissed()
    }

    /// The model is told what was said without it.
    pub(super) fn note(&mut self, words: &str, reply: &Reply) {
        self.agent.note(words, reply);
    }

    /// Answers one line of the caller: the model, or whoever must.
    pub(super) fn hear(&mut self, waiter: &mut Waiter, words: &str, now: &ZonedDateTime) -> Reply {
        if !self.agent.takes(waiter, words) {
            let reply = waiter.hear(words, now);
            self.agent.note(words, &reply);
            return reply;
        }
        let mut sentences = Vec::new();
        let mut request = self.agent.begin(waiter, words);
        let action = self.runtime.block_on(async {
            loop {
                let mut answering = self.client.ask(&request);
                let next = loop {
                    let piece = answering.next().await;
                    // A client ends every answer with its end or its failure; silence after that would be a failure.
                    let piece =
                        piece.unwrap_or(crate::conversation::Streamed::Failed(LlmError::Cut));
                    let step = self.agent.take(waiter, piece, now);
                    sentences.extend(step.sentences);
                    if step.next != Next::Wait {
                        break step.next;
                    }
                };
                match next {
                    Next::Wait => {}
                    Next::Ask(more) => request = more,
                    Next::Done(action) => break action,
                    Next::TookOver { error, action } => {
                        eprintln!("maitred talk: the built-in waiter took over: {error}");
                        break action;
                    }
                }
            }
        });
        Reply { sentences, action }
    }
}
