//! Watch the folder, read it, publish a new table.
