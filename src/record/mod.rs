//! What a call leaves behind: how it ended, who said what and when, how long each turn took, what served it.

mod call_id;
mod call_record;
mod json;

pub use call_id::CallId;
pub use call_record::{CallRecord, Ending, Engines, Speaker, TakeOver, TranscriptLine, TurnTiming};
pub use json::{call_json, call_summary_json};
