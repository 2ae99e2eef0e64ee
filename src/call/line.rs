//! What passes between a call's session and whatever carries its sound (today Twilio's media socket).

use std::sync::Arc;

/// From the line.
#[derive(Clone, Debug, PartialEq)]
pub enum FromLine {
    /// The caller's sound: mu-law, 8 kHz.
    Sound(Vec<u8>),
    /// Everything before this mark was played, or cleared.
    Mark(String),
    /// A key was pressed.
    Key(char),
    /// The caller hung up, or the socket is gone.
    Gone,
}

/// To the line.
#[derive(Clone, Debug, PartialEq)]
pub enum ToLine {
    /// Play these bytes of `audio` after what is queued: mu-law, 8 kHz.
    Sound {
        audio: Arc<[u8]>,
        from: usize,
        to: usize,
    },
    /// Return this when everything before it was played.
    Mark(String),
    /// Drop everything queued.
    Clear,
    /// The call is over: close.
    Close,
}
