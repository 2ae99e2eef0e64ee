//! How this server runs: flags and environment as written -> settings, which can only be right.

mod limits;
mod secret;

pub use limits::CallLimits;
pub use secret::Secret;
