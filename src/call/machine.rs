//! The call as a state table: every input with its time in, effects out. Pure, so every rule is a test in simulated
//! time (`machine/rules.rs`).
//!
//! `listen` follows the caller's utterance, `speak` the waiter's reply, `think` a language model's answer, `timers` the
//! silences and limits, and `playout::Playout` the ledger of what was sent and heard. A turn id on every sentence and segment lets late
//! results be dropped by comparison.

mod commit;
mod kitchen;
mod listen;
mod playout;
mod protocol;
mod settings;
mod speak;
mod state;
mod think;
mod timers;
mod utterance;

#[cfg(test)]
mod rules;
#[cfg(test)]
mod simulation;
#[cfg(test)]
mod think_rules;

use crate::audio::CallTime;
use crate::conversation::Waiter;
use crate::record::{Ending, TranscriptLine, TurnTiming};

pub use protocol::{Effect, MachineInput, SegmentId, SentenceId, ThoughtId};
pub use settings::CallSettings;
pub use state::Machine;
use state::Phase;

impl Machine {
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
        // As with words: who did not hear the read-back cannot agree to it.
        if self.cut_speech() {
            self.waiter.read_back_cut();
        }
        self.caller_spoke = true;
        self.heard_from_caller();
        self.note_caller_line(self.now.0, format!("[key {digit}]"));
        self.awaiting_sound = None;
        let decided = self.decide_thought(digit);
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
}
