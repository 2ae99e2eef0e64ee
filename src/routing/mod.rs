//! Which number is whose: `ownership` decides it for a settled batch of files (the incumbent wins), `claims` remembers
//! who claims what, so that only what changed is decided again. An immutable [`RoutingTable`] holds the decision, `diff`
//! and `menu_diff` say what changed, [`LiveTable`] swaps it as a whole; `rows` is what an operator sees.

mod claims;
mod diff;
mod live;
mod menu_diff;
mod ownership;
mod rows;
mod table;
mod table_digest;

pub use claims::{Claims, Decision, Owners, decide};
pub use diff::{NumberMove, TableDiff, diff, diff_of};
pub use live::LiveTable;
pub use menu_diff::{MenuChange, menu_diff};
pub use ownership::{Candidate, Claim, Conflict, Contested, explain};
pub use rows::{FileStatus, FolderStatus, RejectedRow, ServedRow};
pub use table::{NewOwners, RoutingTable, Served};
