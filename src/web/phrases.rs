//! What callers hear in Twilio's own voice, when ours cannot speak: refusals and apologies.

/// Said for a number nobody here owns.
pub(super) const UNKNOWN: &str =
    "Sorry, this number is not available right now. Please try again later. Goodbye.";
/// Said when a bound is reached.
pub(super) const BUSY: &str =
    "Sorry, all our lines are busy right now. Please call again in a few minutes. Goodbye.";
/// Said before the one reconnect.
pub(super) const LOST: &str = "Sorry, we lost you for a moment. Please hold on.";
/// Said when something of ours broke and nobody can be rung.
pub(super) const FAILED: &str =
    "Sorry, something went wrong on our side. Please call again in a few minutes. Goodbye.";
/// Said when something of ours broke and a person is rung.
pub(super) const FAILED_PERSON: &str =
    "Sorry, something went wrong on our side. One moment, I will connect you to a person.";
/// Heard by the person who takes a call, before the caller is put through.
pub(super) const WHISPER: &str = "A call for {name}.";
/// Said when the person we rang did not answer.
pub(super) const NOBODY: &str =
    "Sorry, nobody can answer right now. Please call again later. Goodbye.";
/// The language of the house, where no restaurant's is known.
pub(super) const LANGUAGE: &str = "en-US";
