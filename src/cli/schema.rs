//! `maitred schema`: the JSON Schema of a restaurant file.

use std::io::Write;
use std::process::ExitCode;

use crate::config::SCHEMA_TEXT;

/// Print the JSON Schema of a restaurant file.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  maitred schema > restaurant.schema.json\n  \
    maitred schema | jq '.properties | keys'"
)]
pub struct SchemaArgs {}

/// Writes the schema's bytes to standard output, as they lie in `schema/`.
pub fn run(_args: SchemaArgs) -> ExitCode {
    // A reader that closed early (`| head`) has all it wanted.
    let _ = std::io::stdout().write_all(SCHEMA_TEXT.as_bytes());
    ExitCode::SUCCESS
}
