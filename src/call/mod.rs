//! One phone call: [`machine`] decides (pure: events and time in, commands out), `session` is the one loop that does
//! what it says.
//!
//! A caller's frame -> `machine` (`listen`: begun, paused, gone on) -> recognise -> waiter -> `speak` -> `playout`
//! (what was sent, what was heard) -> socket.

pub mod caller_sound;
pub mod line;
pub mod machine;
