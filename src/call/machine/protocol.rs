//! What goes into the machine and what comes out.

use std::sync::Arc;

use crate::conversation::{Request, Streamed};
use crate::order::Order;
use crate::record::Ending;

/// A stretch of the caller's sound sent to the recogniser; later ones have larger numbers.
pub type SegmentId = u64;
/// A sentence sent to the synthesiser.
pub type SentenceId = u64;

/// A turn that a language model answers; later ones have larger numbers.
pub type ThoughtId = u64;

/// Something that happened.
#[derive(Clone, Debug, PartialEq)]
pub enum MachineInput {
    /// The media stream began and its token was good.
    Started,
    /// A frame of the caller's sound ended at `end_ms` of the stream; `voice` is the probability of speech.
    Frame {
        end_ms: u64,
        frame_ms: u64,
        voice: f32,
    },
    /// A recogniser that streams has understood the sound up to `until_ms` so far; the words may still change.
    Interim { until_ms: u64, words: String },
    /// A segment was recognised (empty: nothing but noise).
    Heard { segment: SegmentId, words: String },
    /// A segment could not be recognised.
    HearFailed { segment: SegmentId },
    /// A sentence was synthesised: mu-law, 8 kHz.
    Spoken {
        sentence: SentenceId,
        audio: Arc<[u8]>,
    },
    /// A sentence could not be synthesised.
    SpeakFailed { sentence: SentenceId },
    /// A piece of the language model's answer.
    Thought { thought: ThoughtId, piece: Streamed },
    /// Twilio returned a mark.
    Mark { name: String },
    /// A key was pressed.
    Key { digit: char },
    /// The order is stored; `number` is what the caller is told.
    Committed { number: u32 },
    /// The order could not be stored.
    CommitFailed,
    /// `stop`, or the socket is gone.
    CallerGone,
    /// Time passes.
    Tick,
}

/// Something to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Recognise the caller's sound from `from_ms` to `until_ms` of the stream, answer with [`MachineInput::Heard`].
    /// `paused`: the caller has; otherwise the words so far are wanted while the caller speaks.
    Recognise {
        segment: SegmentId,
        from_ms: u64,
        until_ms: u64,
        paused: bool,
    },
    /// The result of this segment is not wanted any more.
    ForgetSegment { segment: SegmentId },
    /// Synthesise this speech text, answer with [`MachineInput::Spoken`]. `keep`: worth caching.
    Synthesise {
        sentence: SentenceId,
        speech_text: String,
        keep: bool,
    },
    /// The result of this sentence is not wanted any more.
    ForgetSentence { sentence: SentenceId },
    /// Ask the language model, answer with [`MachineInput::Thought`] piece by piece. A turn may ask several times, one after the
    /// other.
    Think {
        thought: ThoughtId,
        request: Box<Request>,
    },
    /// The answer to this turn is not wanted any more.
    ForgetThought { thought: ThoughtId },
    /// Send these bytes (mu-law, 8 kHz) to Twilio.
    Play {
        sentence: SentenceId,
        audio: Arc<[u8]>,
        from: usize,
        to: usize,
    },
    /// Send a mark.
    Mark { name: String },
    /// Drop everything Twilio has queued.
    Clear,
    /// Store the order, answer with [`MachineInput::Committed`] or [`MachineInput::CommitFailed`].
    Commit { order: Box<Order> },
    /// Close the socket; the call ended this way.
    Close { ending: Ending },
}
