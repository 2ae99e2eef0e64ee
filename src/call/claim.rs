//! A media socket that comes for its call, and what it gets.

use std::sync::Arc;

use jiff::Timestamp;

use super::CallId;
use super::live_calls::{Cap, LiveCall};
use super::pins::Pin;
use super::token::TokenError;

/// What the media socket's `start` says.
#[derive(Clone, Copy, Debug)]
pub struct StartInfo<'a> {
    pub call_sid: &'a str,
    pub account_sid: &'a str,
    pub stream_sid: &'a str,
    /// The custom parameter `token`.
    pub token: Option<&'a str>,
}

impl StartInfo<'_> {
    pub(super) fn id(&self) -> CallId {
        CallId::new(self.account_sid, self.call_sid)
    }
}

/// A call whose socket has proven itself; the session owns it.
#[derive(Debug)]
pub struct ClaimedCall {
    pub call_sid: String,
    pub stream_sid: String,
    pub pin: Arc<Pin>,
    pub started_at: Timestamp,
    /// Keeps the call on the line; [`LiveCall::finish`] says how it ended.
    pub live: LiveCall,
}

impl ClaimedCall {
    /// Its name among all accounts' calls.
    pub fn id(&self) -> CallId {
        CallId::new(&self.pin.account_sid, &self.call_sid)
    }
}

/// Why a media socket was turned away (close 1008).
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ClaimRefusal {
    #[error(transparent)]
    Token(#[from] TokenError),
    /// This token, or this call, has its socket already.
    #[error("token was used before")]
    Reused,
    /// The restaurant's version in the token is not held by this process.
    #[error("that version of the restaurant is not held here")]
    NotHeld,
    /// Between ring and start the line filled up.
    #[error("too many calls")]
    OverCap(Cap),
}
