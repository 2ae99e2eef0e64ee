//! Calls and orders kept safe: nothing is spoken as placed before [`Store::place`] has returned.
//!
//! [`Store`] is the one door; behind it stands the kind of database that the address names (`sqlite/`, the only one so
//! far). A call is written when it starts and again, whole, when it ends; an order, its spoken number and its call in ONE
//! transaction, with its deliveries (`outbox`), which workers take by leases. `record_queue` writes the records of ended calls behind them, later if need be. `people` is what is deleted when it is old or somebody asks. `folder_memory` is what the folder's versions, owners and audit are as data. `contract` holds the tests
//! every kind of database must pass. `lock` keeps a second server away, `private` everybody else.

mod backend;
#[cfg(test)]
mod contract;
mod error;
mod folder_memory;
#[cfg(test)]
mod kept_carts_contract;
#[cfg(test)]
mod kitchen_contract;
#[cfg(test)]
mod last_good_contract;
mod lock;
mod messages;
#[cfg(test)]
mod messages_contract;
mod outbox;
#[cfg(test)]
mod outbox_contract;
mod people;
#[cfg(test)]
mod people_contract;
mod placement;
mod private;
mod record_queue;
mod sqlite;

pub use backend::Store;
pub use error::StoreError;
pub use folder_memory::{AuditRow, Commit, FileVersion, FolderChange, InForce, KeptFolder};
pub use lock::{LockError, ServerLock};
pub use outbox::{Dispatched, Leased, LeasedMessage, LeftMessage, OrderWay};
pub use people::{Deleted, Forgotten, TooOld};
pub use placement::{OrderFilter, Placement};
pub use private::make_private_folder;
pub use record_queue::RecordQueue;
pub use sqlite::{database_file, default_url};
