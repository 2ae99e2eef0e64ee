//! What happened, as data, broadcast to log and metrics.
