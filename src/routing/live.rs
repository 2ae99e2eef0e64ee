//! The one place where a table is swapped.

use std::sync::Arc;

use arc_swap::ArcSwap;

use super::RoutingTable;

/// Holds the current table; readers load it once per call, the publisher swaps it whole.
#[derive(Debug)]
pub struct LiveTable(ArcSwap<RoutingTable>);

impl LiveTable {
    /// Starts with `table`.
    pub fn new(table: RoutingTable) -> Self {
        Self(ArcSwap::from_pointee(table))
    }

    /// The table of this moment.
    pub fn load(&self) -> Arc<RoutingTable> {
        self.0.load_full()
    }

    /// Makes `table` the one every later [`LiveTable::load`] sees.
    pub fn publish(&self, table: Arc<RoutingTable>) {
        self.0.store(table);
    }
}
