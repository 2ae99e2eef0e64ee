//! What a caller is saying, and the turn before it: data only.

use std::sync::Arc;

use super::protocol::{SegmentId, SentenceId};
use crate::audio::Completeness;
use crate::conversation::{LlmAgent, Reply, Waiter};

/// How an utterance stands to our own voice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OverUs {
    /// We were silent and had nothing to say.
    No,
    /// It began during the read-back, which goes on until a word is decoded.
    Watching,
    /// It made us stop.
    Cut,
}

/// What a caller is saying.
#[derive(Debug)]
pub(super) struct Utterance {
    pub(super) from_ms: u64,
    /// Words of earlier pieces of a long utterance.
    pub(super) settled: String,
    pub(super) over_us: OverUs,
    /// It continues the turn before: our answer had hardly begun.
    pub(super) joins: bool,
    pub(super) pending: Option<(SegmentId, u64)>,
    pub(super) judge: Option<SegmentId>,
    pub(super) judged: bool,
    /// Half a second of it held no word: only a decoded word stops us now.
    pub(super) proved_noise: bool,
    /// Words that came while an order was being stored.
    pub(super) deferred: Option<String>,
    pub(super) prepared: Option<Prepared>,
}

/// A reply that is ready in case the turn ends here.
#[derive(Debug)]
pub(super) struct Prepared {
    pub(super) words: String,
    pub(super) own_words: String,
    pub(super) until_ms: u64,
    pub(super) completeness: Completeness,
    pub(super) waiter: Waiter,
    pub(super) agent: Option<LlmAgent>,
    /// `None`: the language model decides, once the turn is over.
    pub(super) reply: Option<Reply>,
    pub(super) first: Option<FirstSentence>,
}

/// The first sentence of a prepared reply, synthesised ahead of the decision.
#[derive(Debug)]
pub(super) struct FirstSentence {
    pub id: SentenceId,
    pub audio: Option<Arc<[u8]>>,
}

/// The turn that was answered last, in case the caller goes on.
#[derive(Debug)]
pub(super) struct LastTurn {
    pub words: String,
    pub before: Waiter,
    pub agent: Option<LlmAgent>,
    pub(super) at_ms: u64,
}
