//! Which number is whose: an immutable [`RoutingTable`], swapped as a whole by [`LiveTable`].

mod live;
mod table;

pub use live::LiveTable;
pub use table::{RoutingTable, Served};
