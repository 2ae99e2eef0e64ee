//! Calls and orders kept safe: nothing is spoken as placed before [`Store::place`] has returned.
//!
//! `open` -> migrations -> one writing connection, a few reading ones. `calls` writes a call when it starts and again,
//! whole, when it ends; `orders` places an order, its spoken number and its call in ONE transaction. `rows` is the form
//! things have in tables; `last_good` is the folder's memory (versions, owners, audit); `contract` holds the tests every kind of database must pass.

mod calls;
#[cfg(test)]
mod contract;
mod error;
mod instant;
mod last_good;
mod open;
mod order_rows;
mod orders;

pub use error::StoreError;
pub use last_good::{AuditRow, Commit, FileVersion, FolderChange, InForce, KeptFolder};
pub use open::{Store, default_url};
pub use orders::{OrderFilter, Placement};
