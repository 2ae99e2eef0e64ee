//! A turn in the hands of a language model: asked when the turn is over, spoken sentence by sentence, held back while the
//! caller speaks, redone when the caller goes on, finished by the built-in waiter when it fails.

use crate::conversation::{Action, LlmAgent, LlmError, Next, Reply, Streamed};
use crate::record::TakeOver;

use super::protocol::{Effect, ThoughtId};
use super::state::{Machine, Phase, Thinking};
use super::utterance::LastTurn;

/// A turn longer than this goes to the built-in waiter, whatever still comes.
const THINKING_TIMEOUT_MS: u64 = 20_000;

impl Machine {
    /// Puts a model on top of the waiter's cart. To be done before the call begins.
    pub fn use_agent(&mut self, agent: LlmAgent) {
        self.agent = Some(agent);
    }

    /// When and why the built-in waiter took over from a language model.
    pub fn take_over(&self) -> Option<&TakeOver> {
        self.take_over.as_ref()
    }

    /// The turn is over; the model decides.
    pub(super) fn think(&mut self, words: &str) {
        let Some(agent) = &mut self.agent else {
            return;
        };
        let request = agent.begin(&mut self.waiter, words);
        let id = self.fresh_id();
        self.phase = Phase::Talking;
        self.thinking = Some(Thinking {
            id,
            since: self.now,
            held: Vec::new(),
        });
        self.begin_reply();
        self.ask(id, request);
    }

    fn ask(&mut self, thought: ThoughtId, request: crate::conversation::Request) {
        let request = Box::new(request);
        self.out.push(Effect::Think { thought, request });
    }

    pub(super) fn on_thought(&mut self, id: ThoughtId, piece: Streamed) {
        if let Some(thinking) = self.thinking.as_mut().filter(|t| t.id == id) {
            thinking.held.push(piece);
        }
    }

    /// Takes what came of the answer, unless the caller is speaking: those words may belong to the same turn.
    pub(super) fn go_on_thinking(&mut self) {
        while self.utterance.is_none() {
            let Some(thinking) = self.thinking.as_mut().filter(|t| !t.held.is_empty()) else {
                return;
            };
            let (id, piece) = (thinking.id, thinking.held.remove(0));
            let now = self.wall_clock();
            let Some(agent) = &mut self.agent else {
                return;
            };
            let step = agent.take(&mut self.waiter, piece, &now);
            self.say(step.sentences, None);
            match step.next {
                Next::Wait => {}
                Next::Ask(request) => self.ask(id, request),
                Next::Done(action) => {
                    self.thinking = None;
                    self.act(action);
                }
                Next::TookOver { error, action } => {
                    self.took_over(&error);
                    self.act(action);
                }
            }
        }
    }

    /// A turn that never ends, piece by piece.
    pub(super) fn check_thinking(&mut self) {
        let late = |thinking: &Thinking| self.now - thinking.since >= THINKING_TIMEOUT_MS;
        if !self.thinking.as_ref().is_some_and(late) || self.utterance.is_some() {
            return;
        }
        let error = LlmError::TooSlow {
            ms: THINKING_TIMEOUT_MS,
        };
        let now = self.wall_clock();
        let Some(agent) = &mut self.agent else {
            return;
        };
        let reply = agent.take_over(&mut self.waiter, error.clone(), &now);
        self.took_over(&error);
        self.say(reply.sentences, None);
        self.act(reply.action);
    }

    /// Is there something of an answer to go on with, or an answer to give up, when time passes?
    pub(super) fn thinks_on(&self) -> bool {
        let late = |thinking: &Thinking| self.now - thinking.since >= THINKING_TIMEOUT_MS - 1_000;
        let open = self.thinking.as_ref();
        open.is_some_and(|thinking| !thinking.held.is_empty() || late(thinking))
    }

    fn took_over(&mut self, error: &LlmError) {
        self.forget_thought();
        self.take_over = Some(TakeOver {
            at_ms: self.now.0,
            reason: error.to_string(),
        });
    }

    /// The open turn is decided at once by the built-in waiter, because a key was pressed meanwhile. Its reply is given
    /// back when it must be acted on, and when the key cannot be meant for it: nobody answers what was not heard yet.
    /// `0` asks for a person and `#` is "that's all" whatever was said.
    pub(super) fn decide_thought(&mut self, digit: char) -> Option<Reply> {
        self.thinking.as_ref()?;
        self.forget_thought();
        let last = self.last_turn.take()?;
        self.agent = self.agent_as_of(&last);
        self.waiter = last.before;
        let reply = self.waiter.hear(&last.words, &self.wall_clock());
        self.note_for_agent(&last.words, &reply);
        let instead_of_key = match digit {
            _ if reply.action != Action::Listen => true,
            '0' => false,
            '#' => reply.sentences.iter().any(|sentence| sentence.read_back),
            _ => true,
        };
        instead_of_key.then_some(reply)
    }

    /// Nobody waits for the model's answer any more.
    pub(super) fn forget_thought(&mut self) {
        if let Some(thinking) = self.thinking.take() {
            let thought = thinking.id;
            self.out.push(Effect::ForgetThought { thought });
        }
    }

    /// The model is told what was said without it.
    pub(super) fn note_for_agent(&mut self, words: &str, reply: &Reply) {
        if let Some(agent) = &mut self.agent {
            agent.note(words, reply);
        }
    }

    /// The model before the last turn; but once sent home it stays there.
    pub(super) fn agent_as_of(&self, last: &LastTurn) -> Option<LlmAgent> {
        let now = self.agent.as_ref();
        if now.is_some_and(|agent| agent.dismissed().is_some()) {
            now.cloned()
        } else {
            last.agent.clone()
        }
    }
}
