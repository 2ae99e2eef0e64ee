//! A call's state, and the few changes to it that every part of the machine makes.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp, ZonedDateTime, tz::TimeZone};

use super::playout::{Piece, Playout};
use super::protocol::{Effect, SentenceId, ThoughtId};
use super::settings::CallSettings;
use super::utterance::{LastTurn, Utterance};
use crate::audio::{CallTime, TurnTaker};
use crate::conversation::{LlmAgent, Streamed, Waiter};
use crate::record::{Ending, TakeOver, TranscriptLine, TurnTiming};

/// Where the call stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Phase {
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

/// What we were saying when the caller cut in.
#[derive(Debug)]
pub(super) struct Interrupted {
    pub(super) rest: Vec<Piece>,
    /// The caller did not hear all of the read-back.
    pub read_back_unheard: bool,
}

/// A turn that the model is answering.
#[derive(Debug)]
pub(super) struct Thinking {
    pub(super) id: ThoughtId,
    pub(super) since: CallTime,
    /// Pieces that came while the caller spoke.
    pub(super) held: Vec<Streamed>,
}

/// One call.
#[derive(Debug)]
pub struct Machine {
    pub(super) settings: CallSettings,
    pub(super) waiter: Waiter,
    /// The model on top of the waiter's cart, where one is used.
    pub(super) agent: Option<LlmAgent>,
    pub(super) thinking: Option<Thinking>,
    pub(super) take_over: Option<TakeOver>,
    pub(super) phase: Phase,
    /// The caller's side.
    pub(super) turn: TurnTaker,
    pub(super) utterance: Option<Utterance>,
    pub(super) last_turn: Option<LastTurn>,
    /// End of the newest frame, in the caller's stream.
    pub(super) stream_ms: u64,
    /// When it came.
    pub(super) last_frame: CallTime,
    /// Our side.
    pub(super) playout: Playout,
    pub(super) interrupted: Option<Interrupted>,
    /// The turn whose first sound is still to come: when it was decided.
    pub(super) awaiting_sound: Option<(CallTime, TurnTiming)>,
    /// Timers.
    pub(super) now: CallTime,
    pub(super) quiet_since: CallTime,
    pub(super) nudges: u8,
    /// What sounds is a nudge, which does not count as conversation.
    pub(super) nudging: bool,
    pub(super) last_words: CallTime,
    pub(super) warned_of_end: bool,
    /// Counters and results.
    pub(super) next_id: u64,
    pub(super) unheard_turns: u8,
    pub(super) unsaid_sentences: u8,
    pub(super) retried: Option<SentenceId>,
    pub(super) order_placed: bool,
    /// The caller hung up while an order was being stored; its fate decides the ending.
    pub(super) gone: bool,
    pub(super) caller_spoke: bool,
    pub(super) transcript: Vec<TranscriptLine>,
    pub(super) turns: Vec<TurnTiming>,
    /// Wall clock of `CallTime(0)`, for opening hours.
    pub(super) started: Timestamp,
    pub(super) timezone: TimeZone,
    pub(super) out: Vec<Effect>,
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

    pub(super) fn fresh_id(&mut self) -> u64 {
        self.next_id += 1;
        self.next_id
    }

    /// The restaurant's wall clock now.
    pub(super) fn wall_clock(&self) -> ZonedDateTime {
        let elapsed = SignedDuration::from_millis(i64::try_from(self.now.0).unwrap_or(i64::MAX));
        let now = self.started.checked_add(elapsed).unwrap_or(self.started);
        now.to_zoned_datetime(self.timezone.clone())
    }

    /// The caller said something: silence starts anew.
    pub(super) fn heard_from_caller(&mut self) {
        self.quiet_since = self.now;
        self.last_words = self.now;
        self.nudges = 0;
        self.nudging = false;
    }

    /// A sentence that was synthesised ahead of the decision.
    pub(super) fn keep_prepared_sound(&mut self, id: SentenceId, audio: &Arc<[u8]>) {
        let prepared = self
            .utterance
            .as_mut()
            .and_then(|utterance| utterance.prepared.as_mut());
        if let Some(first) = prepared.and_then(|prepared| prepared.first.as_mut())
            && first.id == id
        {
            first.audio = Some(Arc::clone(audio));
        }
    }

    /// The sentence synthesised ahead failed; it is tried again when the turn ends.
    pub(super) fn forget_prepared_sound(&mut self, id: SentenceId) {
        if let Some(prepared) = self
            .utterance
            .as_mut()
            .and_then(|utterance| utterance.prepared.as_mut())
            && prepared.first.as_ref().is_some_and(|first| first.id == id)
        {
            prepared.first = None;
        }
    }

    /// A decided turn whose answer never sounded keeps what is known of it.
    pub(super) fn flush_timing(&mut self) {
        if let Some((decided, mut timing)) = self.awaiting_sound.take() {
            timing.first_audio_ms = self.now - decided;
            self.turns.push(timing);
        }
    }

    pub(super) fn close(&mut self, ending: Ending) {
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
