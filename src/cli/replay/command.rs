//! Reads, replays, prints.
#![expect(
    clippy::disallowed_methods,
    reason = "a subcommand reads the files it was given"
)]

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use super::calls::{self, RecordedCall};
use super::rerun::rerun;
use super::verdict::{Status, Verdict};
use crate::cli::restaurant_file;
use crate::conversation::CompiledMenu;
use crate::restaurant::Restaurant;
use crate::words::{printable, printable_json};

/// Longest line about a call, characters.
const MAX_TEXT: usize = 2000;

/// Replay recorded calls against an edited restaurant file, and show the orders that would change.
#[derive(clap::Args)]
#[command(after_help = "\
Examples:
  maitred replay calls.jsonl --restaurant restaurants.d/luna.yaml
  maitred replay calls.jsonl --restaurant luna-edited.yaml --json | jq 'select(.status == \"changed\")'
  curl -s localhost:8000/api/calls/CA123 | jq -c . | maitred replay - --restaurant luna.yaml

CALLS holds one object of /api/calls/{sid} per line. Calls to other restaurants are skipped.

Exit codes:
  0  every order stays as it is
  1  an order would change
  2  an unreadable file or line")]
pub struct ReplayArgs {
    /// Recorded calls, one JSON object per line; `-` reads standard input.
    calls: PathBuf,
    /// The edited restaurant file.
    #[arg(long, value_name = "FILE")]
    restaurant: PathBuf,
    /// One JSON object per call: sid, status, before, after, state.
    #[arg(long)]
    json: bool,
}

/// Runs `maitred replay`: 0 nothing changes, 1 something does, 2 unreadable input.
pub fn run(args: ReplayArgs) -> ExitCode {
    let Some(restaurant) = restaurant_file::load(&args.restaurant) else {
        return ExitCode::from(2);
    };
    let text = match read_text(&args.calls) {
        Ok(text) => text,
        Err(error) => {
            eprintln!("maitred replay: {}: {error}", args.calls.display());
            return ExitCode::from(2);
        }
    };
    let calls = match calls::read(&text) {
        Ok(calls) => calls,
        Err(bad) => {
            for bad in bad {
                let bad = bad.to_string();
                let bad = printable(&bad, MAX_TEXT);
                eprintln!("maitred replay: {}: {bad}", args.calls.display());
            }
            return ExitCode::from(2);
        }
    };
    let verdicts = replay(&restaurant, &calls);
    match print(&verdicts, args.json, io::stdout().lock()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            eprintln!("maitred replay: {error}");
            ExitCode::from(2)
        }
        _ => ExitCode::from(u8::from(
            verdicts.iter().any(|v| v.status == Status::Changed),
        )),
    }
}

fn read_text(path: &Path) -> io::Result<String> {
    if path == Path::new("-") {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    std::fs::read_to_string(path)
}

fn replay(restaurant: &Arc<Restaurant>, calls: &[RecordedCall]) -> Vec<Verdict> {
    let menu = Arc::new(CompiledMenu::new(restaurant));
    calls
        .iter()
        .map(|call| {
            if call.restaurant.as_deref() != Some(restaurant.id.as_str()) {
                return Verdict::skipped(&call.sid);
            }
            Verdict::of(&call.sid, &call.order, &rerun(restaurant, &menu, call))
        })
        .collect()
}

fn print(verdicts: &[Verdict], as_json: bool, mut output: impl Write) -> io::Result<()> {
    let count = |status| verdicts.iter().filter(|v| v.status == status).count();
    for verdict in verdicts {
        if as_json {
            writeln!(output, "{}", printable_json(&verdict.json().to_string()))?;
        } else if verdict.status == Status::Changed {
            writeln!(output, "{}", printable(&verdict.sid, MAX_TEXT))?;
            for line in verdict.differences() {
                writeln!(output, "  {}", printable(&line, MAX_TEXT))?;
            }
        }
    }
    if !as_json {
        writeln!(
            output,
            "{} replayed: {} changed, {} the same, {} to other restaurants skipped",
            verdicts.len() - count(Status::Skipped),
            count(Status::Changed),
            count(Status::Same),
            count(Status::Skipped)
        )?;
    }
    Ok(())
}
