//! The one loop that does I/O for a call: socket, recogniser, synthesiser, store and timer on one side, the pure
//! [`Machine`] on the other.
//!
//! What comes in from the line or from an engine becomes an [`Event`]; what the machine answers is done here. Engines
//! run in tasks of their own, so a slow one never holds up the caller's sound, and a task whose result is not wanted any
//! more is dropped, which takes it out of the engine's queue.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

use crate::audio::CallTime;
use crate::conversation::Waiter;
use crate::order::{Order, OrderState};
use crate::record::{CallRecord, Ending};
use crate::speech::Bias;
use crate::store::Placement;
use crate::twilio::media_message::Outbound;

use super::caller_sound::{CallerSound, FRAME_MS};
use super::line::{FromLine, ToLine};
use super::live_calls::LiveCall;
use super::machine::{Command, Event, Machine, SegmentId, SentenceId};
use super::services::CallServices;

/// Time passes for the machine at least this often, even when no sound comes.
const TICK: Duration = Duration::from_millis(100);
/// A socket that does not take a message for this long is dead.
const SOCKET_PATIENCE: Duration = Duration::from_secs(5);
/// An order that is not stored by then counts as not stored (the store's transaction is idempotent).
const COMMIT_PATIENCE: Duration = Duration::from_secs(10);

/// What a call is answered with.
pub struct CallStart {
    pub live: LiveCall,
    pub stream_sid: String,
    pub record: CallRecord,
    pub served: Arc<crate::routing::Served>,
}
