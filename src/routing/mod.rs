//! Which number is whose: `ownership` decides it for a settled batch of files (the incumbent wins), an immutable
//! [`RoutingTable`] holds it, `diff` and `menu_diff` say what changed, [`LiveTable`] swaps it as a whole; `rows` is what an operator sees.

mod diff;
mod live;
mod menu_diff;
mod ownership;
mod rows;
mod table;

pub use diff::{NumberMove, TableDiff, diff};
pub use live::LiveTable;
pub use menu_diff::{MenuChange, menu_diff};
pub use ownership::{Candidate, Claim, Conflict, Contested, Owners, decide, explain};
pub use rows::{FileStatus, FolderStatus, RejectedRow, ServedRow};
pub use table::{RoutingTable, Served};
