//! Where log lines go: stderr, for people or as JSON.

use std::io::IsTerminal as _;

use tracing_subscriber::EnvFilter;

use super::log_writer::LogWriter;
use crate::settings::LogFormat;

/// Starts logging to stderr, coloured on a terminal only. `filter` is such as `info` or `maitred=debug`; a second call
/// in one process changes nothing.
///
/// # Errors
/// The filter cannot be read.
pub fn start_logging(filter: &str, format: LogFormat) -> Result<(), String> {
    let filter = EnvFilter::try_new(filter).map_err(|error| error.to_string())?;
    let colours = format == LogFormat::Text && std::io::stderr().is_terminal();
    let builder = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(move || LogWriter { format, colours })
        .with_ansi(colours);
    // An error means that logging runs already.
    let _ = match format {
        LogFormat::Text => builder.with_target(false).try_init(),
        LogFormat::Json => builder.json().flatten_event(true).try_init(),
    };
    Ok(())
}
