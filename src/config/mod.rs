//! Text of a file -> a valid [`Restaurant`](crate::restaurant::Restaurant), or everything that is wrong with it.
//!
//! `event_reader` (one event pass: limits and types at once) -> [`RestaurantFile`] (as written) -> `validate` (meaning)
//! -> `Restaurant`, on which `lint` warns of what will go wrong on a telephone. What the types refuse is read the long
//! way, to say why: `scan` (limits) -> `yaml` (a value without doubles) -> `schema` (JSON Schema 2020-12). A file is
//! valid as a whole or not at all.
//! Every finding is a [`Problem`] with a stable [`Code`] and a place; places are looked up by a second parse
//! (`position`), which happens only when there is something to report. Pure: bytes and names are arguments.

mod blanks;
mod capabilities;
mod code;
mod delivery_file;
mod event_reader;
mod form;
mod lint;
mod option_file;
mod orders_file;
pub mod packed;
mod plain_scalar;
mod position;
mod problem;
mod quote;
mod read;
mod restaurant_file;
mod scan;
mod schema;
mod schema_message;
mod suggestion;
mod syntax;
mod validate;
mod written;
mod yaml;

pub use capabilities::Capabilities;
pub use code::{Code, Severity};
pub use option_file::{OptionFile, OptionGroupFile};
pub use problem::{MAX_PROBLEMS, Problem, key_path};
#[doc(hidden)]
pub use read::read_slowly;
pub use read::{Reading, read};
pub(crate) use read::{Unlinted, read_unlinted};
pub use restaurant_file::{ItemFile, RestaurantFile};
pub use scan::{MAX_BYTES, MAX_DEPTH, MAX_EVENTS, Place};
pub use schema::SCHEMA_TEXT;
