//! The frames of one socket: continuations joined, pings answered, sizes bounded.

use actix_web::web::Bytes;
use actix_ws::{AggregatedMessage, AggregatedMessageStream, MessageStream, ProtocolError, Session};

/// Largest message, bytes, whole or in continuations. Twilio's have about 300.
const MAX_MESSAGE: usize = 64 * 1024;

/// What came next.
#[derive(Debug)]
pub(super) enum Frame {
    /// A whole text message.
    Text(Bytes),
    /// Twilio sends none.
    Binary,
    /// Larger than we read: close with 1009.
    TooLarge,
    /// Not a WebSocket any more: close with 1002.
    Broken,
    /// The other side closed, or is gone.
    End,
}

/// Reads frames.
pub(super) struct Frames {
    stream: AggregatedMessageStream,
    session: Session,
}

impl Frames {
    /// Reads `stream`; pings are answered through `session`.
    pub(super) fn new(stream: MessageStream, session: Session) -> Self {
        let stream = stream
            .max_frame_size(MAX_MESSAGE)
            .aggregate_continuations()
            .max_continuation_size(MAX_MESSAGE);
        Self { stream, session }
    }

    /// The next frame that means something.
    pub(super) async fn next(&mut self) -> Frame {
        loop {
            match self.stream.recv().await {
                Some(Ok(AggregatedMessage::Text(text))) => return Frame::Text(text.into_bytes()),
                Some(Ok(AggregatedMessage::Binary(_))) => return Frame::Binary,
                Some(Ok(AggregatedMessage::Ping(payload))) => self.pong(&payload).await,
                Some(Ok(AggregatedMessage::Pong(_))) => {}
                Some(Ok(AggregatedMessage::Close(_))) | None => return Frame::End,
                Some(Err(error)) => return broken(&error),
            }
        }
    }

    async fn pong(&mut self, payload: &Bytes) {
        // A socket that is gone shows as the end of the stream.
        let _ = self.session.pong(payload).await;
    }
}

/// A socket whose other side went away is an end, not a fault.
fn broken(error: &ProtocolError) -> Frame {
    match error {
        ProtocolError::Overflow => Frame::TooLarge,
        // The one way actix-ws tells that continuations grew too large.
        ProtocolError::Io(io) if io.to_string().contains("continuation size") => Frame::TooLarge,
        ProtocolError::Io(io) if io.kind() == std::io::ErrorKind::Other => Frame::Broken,
        ProtocolError::Io(_) => Frame::End,
        _ => Frame::Broken,
    }
}
