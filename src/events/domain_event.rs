//! Everything worth telling an operator.

use std::sync::Arc;
use std::time::Duration;

use super::{CallProgress, FileChange, FolderState, KitchenNews};
use crate::config::Problem;
use crate::order::{OrderChange, PlacedOrder};
use crate::record::{CallId, CallRecord};
use crate::restaurant::{Digest, RestaurantId};

/// How a try of a delivery ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeliveryResult {
    Received,
    /// It will be tried again.
    Retried,
    /// It will not.
    Failed,
}

impl DeliveryResult {
    /// The label of the counter.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Retried => "retried",
            Self::Failed => "failed",
        }
    }
}

/// Something that happened. Telephone numbers are whole here; the log masks them.
#[derive(Clone, Debug)]
pub enum DomainEvent {
    /// The server takes calls.
    Ready { address: String },
    /// No new calls; live ones may go on.
    Draining { live: usize },
    /// `/voice` promised an answer.
    CallInvited {
        call: CallId,
        restaurant: RestaurantId,
        from: String,
    },
    /// `/voice` turned a call away: `unknown`, `foreign_account`, `disabled`, `closed`, `over_cap_restaurant`, `_caller`, `_server`.
    CallTurnedAway {
        call: CallId,
        restaurant: Option<RestaurantId>,
        from: String,
        to: String,
        reason: &'static str,
    },
    /// A webhook was not believed or not understood. `detail`: what is missing or wrong; `names`: of its parameters, never
    /// their values.
    WebhookRefused {
        path: String,
        reason: &'static str,
        detail: Option<String>,
        names: Vec<String>,
    },
    /// `--dev` was asked by a web page or from outside: `foreign_host`, `forwarded`, `foreign_origin`.
    RequestRefused { reason: &'static str },
    /// Connections that said nothing in time (`late`), or made room for newer ones (`evicted`), in the last second.
    ConnectionsShut { late: u64, evicted: u64 },
    /// A media socket was turned away or closed by us, before or after `start`.
    SocketRefused {
        call: Option<CallId>,
        reason: &'static str,
    },
    /// A message of a media socket that is not JSON, unknown or broken.
    MessageIgnored { reason: &'static str },
    /// Sound of the caller was dropped because the session did not take it.
    SoundDropped { call: CallId, messages: u64 },
    /// Calls that waited for their socket were pushed out by newer ones.
    PinsDropped { count: usize },
    /// A media socket proved itself.
    CallStarted {
        call: CallId,
        restaurant: RestaurantId,
        from: String,
        generation: u64,
    },
    /// A call on the line: its words, its cart or its state changed.
    CallChanged { call: Arc<CallProgress> },
    /// A session ended; the record says how.
    CallEnded { record: Arc<CallRecord> },
    /// The process before this one died with so many calls on the line; their records have an end now.
    CallsLost { count: u64 },
    /// A call whose socket was lost is connected once more.
    CallReconnected { call: CallId },
    /// The store committed an order.
    OrderPlaced { order: Arc<PlacedOrder> },
    /// Something became of an order after it was placed.
    OrderChanged {
        order: Arc<PlacedOrder>,
        change: OrderChange,
    },
    /// A kitchen said something that holds beside its file.
    KitchenSaid {
        restaurant: RestaurantId,
        news: KitchenNews,
    },
    /// A text message came in: `obeyed`, `not_understood`, `unlisted` (nobody who may say anything here), `consent` (STOP and the
    /// like).
    TextReceived {
        restaurant: Option<RestaurantId>,
        from: String,
        to: String,
        what: &'static str,
    },
    /// A delivery of an order was tried, so long after the order was placed.
    DeliveryTried {
        restaurant: RestaurantId,
        number: u32,
        channel: &'static str,
        destination: String,
        result: DeliveryResult,
        error: Option<String>,
        after: Duration,
    },
    /// A delivery of a message that a caller left was tried.
    MessageTried {
        restaurant: RestaurantId,
        channel: &'static str,
        destination: String,
        result: DeliveryResult,
        error: Option<String>,
    },
    /// So many deliveries are not received yet.
    DeliveriesWaiting { count: u64 },
    /// The store failed at something that goes on without it.
    StoreFailed { what: &'static str, error: String },
    /// So many calls and orders were too old and are deleted.
    DataDeleted { calls: u64, orders: u64 },
    /// So many records of calls that had waited in memory for a store that refused them are written now.
    RecordsWrittenLate { count: u64 },
    /// So many records of calls are lost: more waited than may, the process ended, or the store refused them for good.
    RecordsLost { count: u64 },
    /// The database cannot be written, or is damaged (why): callers whose order is not stored are told and handed over.
    StoreLost { reason: String },
    /// Orders are stored, in a database that is whole.
    StoreBack,
    /// An engine failed at one stretch of sound or one sentence: `stt` or `tts`.
    SpeechFailed {
        call: CallId,
        engine: &'static str,
        error: String,
    },
    /// The built-in waiter took a call over from a language model.
    BrainTakenOver { call: CallId, reason: String },
    /// Twilio could not use an answer of ours and asked the fallback.
    FallbackAsked { call: CallId, code: Option<String> },
    /// The folder was looked at; a [`DomainEvent::ConfigFile`] for each file of note came before.
    ConfigLoaded {
        generation: u64,
        digest: Digest,
        /// Did this scan publish a new table?
        published: bool,
        /// What made us look: `start`, `event`, `poll`, `signal`, `api`.
        trigger: &'static str,
        /// Restaurants that are served.
        served: usize,
        /// Files that are gone and whose removal waits to be confirmed.
        held: usize,
        state: FolderState,
        /// How long the scan took, publishing included.
        took: Duration,
        /// Of each newly served version, from the write of its bytes to the table that has it.
        visible: Vec<Duration>,
    },
    /// Something became of a file.
    ConfigFile(Box<FileChange>),
    /// Something in the folder is not read: a folder, a link that leads out of it.
    ConfigSkipped { name: String, problem: Problem },
    /// The folder cannot be read (why), or can be again (`None`). Nothing of it is lost meanwhile.
    ConfigSource { lost: Option<String> },
    /// The store refused what a scan would have published; the table stays as it was.
    ConfigNotKept { error: String },
    /// `--notify-url` took a message.
    Notified { topic: &'static str },
    /// `--notify-url` did not take a message; `last`: it will not be tried again.
    NotifyFailed { reason: String, last: bool },
}
