//! What happened, as data. Pure rooms return reports; rooms below the line publish them here.
//!
//! [`Events::publish`] -> one log line (`log_line`), the counters (`measures`), and a broadcast for whoever listens (the SSE stream, the notifier).
//! Log and counters are fed at once, not through the broadcast: a slow listener may miss events, they never do.

mod call_progress;
mod domain_event;
mod feed;
mod file_change;
mod folder_measures;
mod folder_state;
mod kitchen_news;
mod log_line;
mod log_writer;
mod logging;
mod measures;
mod publish;
mod refusals;
mod render;

pub use call_progress::CallProgress;
pub use domain_event::{DeliveryResult, DomainEvent};
pub use feed::{Feed, Message, Read, Resumed};
pub use file_change::{FileChange, FileNews};
pub use folder_measures::WatchGauges;
pub use folder_state::FolderState;
pub use kitchen_news::{KitchenNews, pace_json, sellable_json, sold_out_json};
pub use logging::start_logging;
pub use measures::{Gauges, Measures};
pub use publish::Events;
pub use render::folder;
