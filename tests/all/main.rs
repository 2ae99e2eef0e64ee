//! The integration tests, one binary: one link, one line of totals.

mod floors;
