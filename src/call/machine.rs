//! The call as a state table: every input with its time in, effects out. Pure, so every rule is a test in simulated
//! time (`machine/rules.rs`).
//!
//! `listen` follows the caller's utterance, `speak` the waiter's reply, `think` a language model's answer, `timers` the
//! silences and limits, and [`playout::Playout`] the ledger of what was sent and heard. A turn id on every sentence and segment lets late
//! results be dropped by comparison.

mod listen;
mod playout;
mod protocol;
mod settings;
mod speak;
mod think;
mod timers;

#[cfg(test)]
mod rules;
#[cfg(test)]
mod simulation;
#[cfg(test)]
mod think_rules;

use jiff::{SignedDuration, Timestamp, ZonedDateTime, tz::TimeZone};

use crate::audio::{CallTime, TurnTaker};
use crate::conversation::{LlmAgent, Reply, Waiter};
use crate::record::{Ending, TakeOver, TranscriptLine, TurnTiming};

use listen::{LastTurn, Utterance};
use playout::Playout;
pub use protocol::{Effect, MachineInput, SegmentId, SentenceId, ThoughtId};
pub use settings::CallSettings;
use speak::Interrupted;
use think::Thinking;

/// Where the call stands.
#[derive(Clone, Debug, PartialEq)]
enum Phase {
    /// Nothing was said yet.
    Ringing,
    /// Caller and waiter talk.
    Talking,
    /// An order is being stored; turns wait.
    Committing { since: CallTime },
    /// The last sentences are on their way; then the socket is closed with this ending.
    Closing { ending: Ending, since: CallTime },
    /// Over.
    Closed { ending: Ending },
}

/// One call.
#[derive(Debug)]
pub struct Machine {
    settings: CallSettings,
    waiter: Waiter,
    /// The model on top of the waiter's cart, where one is used.
    agent: Option<LlmAgent>,
    thinking: Option<Thinking>,
    take_over: Option<TakeOver>,
    phase: Phase,
    /// The caller's side.
    turn: TurnTaker,
    utterance: Option<Utterance>,
    last_turn: Option<LastTurn>,
    /// End of the newest frame, in the caller's stream.
    stream_ms: u64,
    /// When it came.
    last_frame: CallTime,
    /// Our side.
    playout: Playout,
    interrupted: Option<Interrupted>,
    /// The turn whose first sound is still to come: when it was decided.
    awaiting_sound: Option<(CallTime, TurnTiming)>,
    /// Timers.
    now: CallTime,
    quiet_since: CallTime,
    nudges: u8,
    /// What sounds is a nudge, which does not count as conversation.
    nudging: bool,
    last_words: CallTime,
    warned_of_end: bool,
    /// Counters and results.
    next_id: u64,
    unheard_turns: u8,
    unsaid_sentences: u8,
    retried: Option<SentenceId>,
    order_placed: bool,
    /// The caller hung up while an order was being stored; its fate decides the ending.
    gone: bool,
    caller_spoke: bool,
    transcript: Vec<TranscriptLine>,
    turns: Vec<TurnTiming>,
    /// Wall clock of `CallTime(0)`, for opening hours.
    started: Timestamp,
    timezone: TimeZone,
    out: Vec<Effect>,
}

impl Machine {
    /// A call that began at `started` (wall clock of the media stream's `start`).
    pub fn new(
        waiter: Waiter,
        settings: CallSettings,
        started: Timestamp,
        timezone: TimeZone,
    ) -> Self {
        Self {
            turn: TurnTaker::new(settings.turn.clone()),
            playout: Playout::new(settings.playout.clone()),
            settings,
            waiter,
            agent: None,
            thinking: None,
            take_over: None,
            phase: Phase::Ringing,
            utterance: None,
            last_turn: None,
            stream_ms: 0,
            last_frame: CallTime(0),
            interrupted: None,
            awaiting_sound: None,
            now: CallTime(0),
            quiet_since: CallTime(0),
            nudges: 0,
            nudging: false,
            last_words: CallTime(0),
            warned_of_end: false,
            next_id: 0,
            unheard_turns: 0,
            unsaid_sentences: 0,
            retried: None,
            order_placed: false,
            gone: false,
            caller_spoke: false,
            transcript: Vec::new(),
            turns: Vec::new(),
            started,
            timezone,
            out: Vec::new(),
        }
    }

    /// Takes one input at `now` and returns what must be done, in order. After [`Effect::Close`] nothing more comes.
    pub fn step(&mut self, now: CallTime, input: MachineInput) -> Vec<Effect> {
        self.now = self.now.max(now);
        if !matches!(self.phase, Phase::Closed { .. }) {
            match input {
                MachineInput::Started => self.greet(),
                MachineInput::Frame {
                    end_ms,
                    frame_ms,
                    voice,
                } => self.on_frame(end_ms, frame_ms, voice),
                MachineInput::Interim { until_ms, words } => self.on_interim(until_ms, &words),
                MachineInput::Heard { segment, words } => self.on_heard(segment, &words),
                MachineInput::HearFailed { segment } => self.on_hear_failed(segment),
                MachineInput::Spoken { sentence, audio } => self.on_spoken(sentence, audio),
                MachineInput::SpeakFailed { sentence } => self.on_speak_failed(sentence),
                MachineInput::Thought { thought, piece } => self.on_thought(thought, piece),
                MachineInput::Mark { name } => self.on_mark(&name),
                MachineInput::Key { digit } => self.on_key(digit),
                MachineInput::Committed { number } => self.on_committed(number),
                MachineInput::CommitFailed => self.on_commit_failed(),
                MachineInput::CallerGone => self.on_caller_gone(),
                MachineInput::Tick => {}
            }
            self.go_on_thinking();
            self.check_timers();
        }
        std::mem::take(&mut self.out)
    }

    /// Would a step with this input understand words, which may take tens of milliseconds on a large menu? What only moves
    /// sound and time takes microseconds.
    pub fn understands(&self, input: &MachineInput) -> bool {
        match input {
            MachineInput::Heard { .. }
            | MachineInput::Key { .. }
            | MachineInput::Committed { .. }
            | MachineInput::CommitFailed
            | MachineInput::Thought { .. } => true,
            // Pieces of an answer that waited for the caller to be quiet, or one that is given up.
            _ => self.thinks_on(),
        }
    }

    /// The ending, once [`Effect::Close`] was given.
    pub fn ending(&self) -> Option<Ending> {
        match self.phase {
            Phase::Closed { ending } => Some(ending),
            _ => None,
        }
    }

    /// What was said so far, by the time it began to sound.
    pub fn transcript(&self) -> Vec<TranscriptLine> {
        let mut lines = self.transcript.clone();
        lines.sort_by_key(|line| line.at_ms);
        lines
    }

    /// How many lines the transcript has; cheaper than the transcript when only a change matters.
    pub fn transcript_len(&self) -> usize {
        self.transcript.len()
    }

    /// The parts of each turn's latency.
    pub fn turns(&self) -> &[TurnTiming] {
        &self.turns
    }

    /// The waiter, for the record (state, cart).
    pub fn waiter(&self) -> &Waiter {
        &self.waiter
    }

    /// Adds the time the last [`Machine::step`] took to the turn it decided; the machine itself reads no clock.
    pub fn note_decide_ms(&mut self, ms: u64) {
        if let Some((_, timing)) = &mut self.awaiting_sound {
            timing.decide_ms = ms;
        } else if let Some(timing) = self.turns.last_mut() {
            timing.decide_ms = ms;
        }
    }

    fn fresh_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    /// The restaurant's wall clock now.
    fn wall_clock(&self) -> ZonedDateTime {
        let elapsed = SignedDuration::from_millis(i64::try_from(self.now.0).unwrap_or(i64::MAX));
        let now = self.started.checked_add(elapsed).unwrap_or(self.started);
        now.to_zoned_datetime(self.timezone.clone())
    }

    fn greet(&mut self) {
        if self.phase == Phase::Ringing {
            self.phase = Phase::Talking;
            self.quiet_since = self.now;
            self.last_words = self.now;
            let reply = self.waiter.greeting();
            self.note_for_agent("", &reply);
            self.speak(reply, None);
        }
    }

    fn on_key(&mut self, digit: char) {
        if matches!(self.phase, Phase::Ringing | Phase::Committing { .. }) {
            return;
        }
        self.drop_utterance();
        self.cut_speech();
        self.caller_spoke = true;
        self.heard_from_caller();
        self.note_caller_line(self.now.0, format!("[key {digit}]"));
        self.awaiting_sound = None;
        let decided = self.decide_thought();
        self.last_turn = None;
        if let Some(reply) = decided {
            self.speak(reply, None);
            return;
        }
        let now = self.wall_clock();
        let reply = self.waiter.key(digit, &now);
        self.note_for_agent(&digit.to_string(), &reply);
        self.speak(reply, None);
    }

    fn on_committed(&mut self, number: u32) {
        if matches!(self.phase, Phase::Committing { .. }) {
            self.order_placed = true;
            let reply = self.waiter.committed(number);
            self.after_commit(reply);
        }
    }

    fn on_commit_failed(&mut self) {
        if matches!(self.phase, Phase::Committing { .. }) {
            let reply = self.waiter.commit_failed();
            self.after_commit(reply);
        }
    }

    fn after_commit(&mut self, reply: Reply) {
        self.phase = Phase::Talking;
        if self.gone {
            self.on_caller_gone();
            return;
        }
        // What was said before the order was in cannot be unsaid: nothing joins it any more.
        self.last_turn = None;
        self.speak(reply, None);
        if !matches!(self.phase, Phase::Committing { .. }) {
            self.consider_deferred();
        }
    }

    fn on_caller_gone(&mut self) {
        if matches!(self.phase, Phase::Committing { .. }) {
            self.gone = true;
            return;
        }
        let ending = match &self.phase {
            Phase::Closing { ending, .. } => *ending,
            _ if self.order_placed => Ending::Confirmed,
            _ => Ending::HungUp,
        };
        self.close(ending);
    }

    fn close(&mut self, ending: Ending) {
        if matches!(self.phase, Phase::Closed { .. }) {
            return;
        }
        let heard = self.playout.settle(self.now);
        self.transcript.extend(heard);
        self.flush_timing();
        self.phase = Phase::Closed { ending };
        self.out.push(Effect::Close { ending });
    }
}
