//! One restaurant file named on the command line.
#![expect(
    clippy::disallowed_methods,
    reason = "a subcommand reads the file it was given"
)]

use std::path::Path;
use std::sync::Arc;

use crate::config::{Capabilities, Severity, read};
use crate::restaurant::Restaurant;

/// Reads the file as a server with every brain would, in any language the waiter has words in: whoever wants to think with
/// a brain asks for it. What keeps it from being used goes to standard error, a line per problem.
pub(super) fn load(path: &Path) -> Option<Arc<Restaurant>> {
    let bytes = match std::fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            eprintln!("maitred: {}: {error}", path.display());
            return None;
        }
    };
    let here = Capabilities {
        llm: true,
        ..Capabilities::in_text()
    };
    let reading = read(&bytes, &here);
    if reading.restaurant.is_none() {
        for problem in reading
            .problems
            .iter()
            .filter(|p| p.severity == Severity::Error)
        {
            eprintln!("maitred: {}: {}", path.display(), problem.message);
        }
    }
    reading.restaurant
}
