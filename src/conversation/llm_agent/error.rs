//! Why the language model was dismissed.

/// What went wrong; its text is written into the call's record. Never holds words of the provider, which may repeat a
/// key.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LlmError {
    #[error("the model could not be reached")]
    Unreachable,
    #[error("the model's server answered {status}")]
    Refused { status: u16 },
    #[error("the provider's quota is spent")]
    QuotaSpent,
    #[error("no token for {ms} ms")]
    Stalled { ms: u64 },
    #[error("the connection ended in the middle of the answer")]
    Cut,
    #[error("the server reported an error in the middle of the answer")]
    ErrorInStream,
    #[error("the answer was not JSON of the agreed form")]
    NotJson,
    #[error("the answer grew beyond {bytes} bytes")]
    TooLong { bytes: usize },
    #[error("the answer was cut off at its length limit")]
    LengthLimit,
    #[error("the provider held the answer back")]
    Withheld,
    #[error("the model answered nothing")]
    Silent,
    #[error("the model called its tools wrongly twice")]
    BadCalls,
    #[error("the model went on calling tools")]
    TooManyRounds,
    #[error("the model said what only the order engine may say")]
    Claimed,
    #[error("the turn took more than {ms} ms")]
    TooSlow { ms: u64 },
}
