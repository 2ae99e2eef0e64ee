//! What passes between the socket's pump and the session: whole, owned, bounded by their channels.

/// From the caller's side of the socket. The channel closes when the socket does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FromCaller {
    /// Mu-law, 8000 bytes a second, usually 160 of them.
    Sound {
        mulaw: Vec<u8>,
        /// When it began, milliseconds since the stream did, as the sender counts; `None`: it does not say.
        timestamp_ms: Option<u64>,
    },
    /// `0`-`9`, `*`, `#`, `A`-`D`.
    Key(char),
    /// A mark of ours came back.
    Mark(String),
    /// Twilio said the stream is over.
    Stop,
}

/// Towards the caller. Dropping the sender closes the socket with 1000 once everything sent before is on its way.
pub type ToCaller = crate::twilio::media_message::Outbound<'static>;
