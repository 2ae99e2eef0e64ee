//! [`LlmAgent`]: the conversation with the model, turn by turn.

use std::sync::Arc;

use super::super::question::Question;
use super::super::speech::Speech;
use super::super::waiter::Waiter;
use super::super::{Action, Reply, Sentence, State};
use super::brief::{Brief, Request};
use super::error::LlmError;
use super::exchange::{Message, ToolCall};
use super::guard::{self, Verdict};
use super::operations::{self, Done};
use super::turns::{Ended, Streamed, Turn};
use super::{arguments, view};
use jiff::ZonedDateTime;

/// Answers with tool calls in one turn: a turn that needs more goes round in circles.
const MAX_ROUNDS: u32 = 6;
/// Turns the model is reminded of.
const MAX_TURNS: usize = 24;

/// The language model of one call. Works on the call's [`Waiter`], whose cart and state stay the truth. Cheap to clone.
#[derive(Clone, Debug)]
pub struct LlmAgent {
    brief: Arc<Brief>,
    /// Messages of earlier turns.
    turns: Vec<Vec<Message>>,
    turn: Option<Turn>,
    dismissed: Option<LlmError>,
}

/// What came of a piece of the model's answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Step {
    /// To be said now, behind what was said before.
    pub sentences: Vec<Sentence>,
    pub next: Next,
}

/// How the turn goes on.
#[derive(Clone, Debug, PartialEq)]
pub enum Next {
    /// The answer is still coming.
    Wait,
    /// This must be asked now.
    Ask(Request),
    /// The turn is over.
    Done(Action),
    /// The turn is over, and was finished by the built-in waiter, who keeps the call.
    TookOver { error: LlmError, action: Action },
}

impl LlmAgent {
    /// A model at the start of a call.
    pub fn new(brief: Arc<Brief>) -> Self {
        Self {
            brief,
            turns: Vec::new(),
            turn: None,
            dismissed: None,
        }
    }

    /// Is this turn the model's? Not after it was sent home, and not where the engine answers itself.
    pub fn takes(&self, waiter: &Waiter, words: &str) -> bool {
        self.dismissed.is_none() && !waiter.answers_itself(words)
    }

    /// Why the model was sent home, if it was.
    pub fn dismissed(&self) -> Option<&LlmError> {
        self.dismissed.as_ref()
    }

    /// Is an answer awaited?
    pub fn is_thinking(&self) -> bool {
        self.turn.is_some()
    }

    /// Something was said without the model: the greeting, an engine's answer. `words` are the caller's, if any.
    pub fn note(&mut self, words: &str, reply: &Reply) {
        let said = joined(&reply.sentences);
        let mut messages = Vec::new();
        if !words.trim().is_empty() {
            messages.push(Message::Caller(words.to_owned()));
        }
        if !said.is_empty() {
            messages.push(Message::said(said));
        }
        self.keep(messages);
    }

    /// A caller's turn begins.
    pub fn begin(&mut self, waiter: &mut Waiter, words: &str) -> Request {
        let before = waiter.clone();
        let fresh = waiter.state == State::Confirming && waiter.question == Question::Confirm;
        waiter.listen_on();
        let content = match view::in_words(waiter) {
            Some(order) => format!("(The order now: {order})\nCaller: {words}"),
            None => format!("Caller: {words}"),
        };
        let turn = Turn::new(words, before, fresh, Message::Caller(content));
        let request = self.request(&turn, true);
        self.turn = Some(turn);
        request
    }

    /// Takes a piece of the answer. Pieces that come when no turn is open are dropped.
    pub fn take(&mut self, waiter: &mut Waiter, piece: Streamed, now: &ZonedDateTime) -> Step {
        let mut sentences = Vec::new();
        let next = match self.advance(waiter, piece, &mut sentences, now) {
            Ok(next) => next,
            Err(error) => {
                let reply = self.take_over(waiter, error.clone(), now);
                sentences.extend(reply.sentences);
                Next::TookOver {
                    error,
                    action: reply.action,
                }
            }
        };
        Step { sentences, next }
    }

    /// Sends the model home. The built-in waiter answers the open turn from how everything stood before it, so that
    /// nothing the model half did counts twice.
    pub fn take_over(
        &mut self,
        waiter: &mut Waiter,
        error: LlmError,
        now: &ZonedDateTime,
    ) -> Reply {
        self.dismissed = Some(error);
        match self.turn.take() {
            Some(turn) => {
                *waiter = *turn.before;
                waiter.hear(&turn.words, now)
            }
            None => Speech::default().reply(Action::Listen),
        }
    }

    fn request(&self, turn: &Turn, streamed: bool) -> Request {
        let mut messages: Vec<Message> = self.turns.iter().flatten().cloned().collect();
        messages.extend(turn.messages.iter().cloned());
        Request {
            brief: Arc::clone(&self.brief),
            messages,
            streamed,
        }
    }

    fn keep(&mut self, messages: Vec<Message>) {
        if !messages.is_empty() {
            self.turns.push(messages);
        }
        let over = self.turns.len().saturating_sub(MAX_TURNS);
        self.turns.drain(..over);
    }

    fn advance(
        &mut self,
        waiter: &mut Waiter,
        piece: Streamed,
        sentences: &mut Vec<Sentence>,
        now: &ZonedDateTime,
    ) -> Result<Next, LlmError> {
        let Some(turn) = &mut self.turn else {
            return Ok(Next::Wait);
        };
        match piece {
            Streamed::Delta { text } => {
                turn.text.push_str(&text);
                for sentence in turn.sentences.push(&text) {
                    say(turn, waiter, sentence, sentences, now);
                }
                Ok(Next::Wait)
            }
            Streamed::ToolCall(call) => {
                turn.calls.push(call);
                Ok(Next::Wait)
            }
            Streamed::Failed(error) => Err(error),
            Streamed::End => {
                if let Some(rest) = turn.sentences.finish() {
                    say(turn, waiter, rest, sentences, now);
                }
                self.answered(waiter, sentences)
            }
        }
    }

    /// The model's answer is whole.
    fn answered(
        &mut self,
        waiter: &mut Waiter,
        sentences: &mut Vec<Sentence>,
    ) -> Result<Next, LlmError> {
        let Some(mut turn) = self.turn.take() else {
            return Ok(Next::Wait);
        };
        let ended = if turn.calls.is_empty() {
            without_calls(&mut turn, waiter, sentences)
        } else {
            with_calls(&mut turn, waiter, sentences)
        };
        match ended {
            Ok(Ended::Over(action)) => {
                self.keep(turn.messages);
                Ok(Next::Done(action))
            }
            Ok(Ended::GoesOn) => {
                let request = self.request(&turn, !turn.asked_whole);
                turn.next_answer();
                self.turn = Some(turn);
                Ok(Next::Ask(request))
            }
            Err(error) => {
                self.turn = Some(turn);
                Err(error)
            }
        }
    }
}

/// Words and no tool: the turn is over.
fn without_calls(
    turn: &mut Turn,
    waiter: &mut Waiter,
    sentences: &mut Vec<Sentence>,
) -> Result<Ended, LlmError> {
    if turn.claimed {
        return Err(LlmError::Claimed);
    }
    if turn.text.trim().is_empty() && turn.said.is_empty() {
        // Some servers drop tool calls from a stream; asked for the whole answer they give them.
        if turn.asked_whole {
            return Err(LlmError::Silent);
        }
        turn.asked_whole = true;
        return Ok(Ended::GoesOn);
    }
    if turn.said.is_empty() {
        // All of it was the engine's to say.
        return Err(LlmError::Claimed);
    }
    if !turn.text.trim().is_empty() {
        turn.note_answer(&[]);
    }
    waiter.keep_up(&turn.said, false);
    if !turn.spoke {
        // The tools have spoken and the model added nothing: the engine asks what comes next.
        let mut speech = Speech::default();
        waiter.ask_again(&mut speech);
        let asked = speech.reply(Action::Listen).sentences;
        turn.note_said(&joined(&asked));
        sentences.extend(asked);
    }
    Ok(Ended::Over(Action::Listen))
}

fn with_calls(
    turn: &mut Turn,
    waiter: &mut Waiter,
    sentences: &mut Vec<Sentence>,
) -> Result<Ended, LlmError> {
    let calls = std::mem::take(&mut turn.calls);
    turn.note_answer(&calls);
    let mut ended: Option<Action> = None;
    let mut bad = false;
    let mut said = Vec::new();
    for call in &calls {
        let done = if ended.is_some() {
            operations::refused("the turn is over")
        } else {
            one_call(turn, waiter, call, &mut bad)
        };
        turn.note_result(call, &done.result);
        said.extend(done.sentences);
        ended = ended.or(done.ends);
    }
    let now_done = calls.into_iter().map(|call| (call.name, call.arguments));
    turn.done.extend(now_done);
    turn.said.extend(said.iter().cloned());
    if let Some(action) = ended {
        turn.note_said(&joined(&said));
        sentences.append(&mut said);
        waiter.keep_up(&turn.said, true);
        return Ok(Ended::Over(action));
    }
    sentences.append(&mut said);
    if turn.claimed {
        return Err(LlmError::Claimed);
    }
    turn.rounds += 1;
    turn.bad_rounds += u32::from(bad);
    if turn.bad_rounds > 1 {
        return Err(LlmError::BadCalls);
    }
    if turn.rounds >= MAX_ROUNDS {
        return Err(LlmError::TooManyRounds);
    }
    Ok(Ended::GoesOn)
}

/// Reads and does one call. A call done in an earlier answer of this turn is not done again: small models repeat
/// themselves.
fn one_call(turn: &Turn, waiter: &mut Waiter, call: &ToolCall, bad: &mut bool) -> Done {
    let repeated = turn
        .done
        .iter()
        .any(|(name, arguments)| *name == call.name && *arguments == call.arguments);
    match arguments::read(&call.name, &call.arguments, waiter) {
        Err(problem) => {
            *bad = true;
            operations::refused(&problem)
        }
        Ok(_) if repeated && !ends_turns(&call.name) => {
            operations::refused("this was already done in this turn")
        }
        Ok(operation) => operations::perform(waiter, operation, &turn.words, turn.fresh),
    }
}

/// Calls that may be tried again after another call has made them possible.
fn ends_turns(name: &str) -> bool {
    matches!(
        name,
        "read_back" | "place_order" | "cancel_order" | "hand_off"
    )
}

/// Says a sentence of the model's, if it may be said.
fn say(
    turn: &mut Turn,
    waiter: &Waiter,
    text: String,
    sentences: &mut Vec<Sentence>,
    now: &ZonedDateTime,
) {
    let verdict = guard::look(&text, &waiter.restaurant);
    let mut spoken = Vec::new();
    match verdict {
        Verdict::Fine => spoken.push(Sentence {
            text,
            fixed: false,
            read_back: false,
        }),
        Verdict::Placed => turn.claimed = true,
        Verdict::Fact | Verdict::Safe if !turn.corrected => {
            // The engine's answer to the caller's question, where it was one, stands in.
            let plain = super::super::intent::plain(waiter.menu.read(&turn.words).text());
            let mut copy = waiter.clone();
            let fact = copy.further_inquiry(&plain, now);
            let fact = fact.or_else(|| copy.inquiry(&plain, now));
            let first = fact.and_then(|reply| reply.sentences.into_iter().next());
            turn.corrected = first.is_some();
            spoken.extend(first);
        }
        Verdict::Fact | Verdict::Safe => {}
    }
    turn.spoke |= !spoken.is_empty();
    turn.said.extend(spoken.iter().cloned());
    sentences.extend(spoken);
}

fn joined(sentences: &[Sentence]) -> String {
    let texts: Vec<&str> = sentences.iter().map(|s| s.text.as_str()).collect();
    texts.join(" ")
}
