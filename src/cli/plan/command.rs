//! The `plan` command.
#![expect(
    clippy::disallowed_methods,
    reason = "looks whether PATH is a folder or a file"
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use crate::cli::check::gather::{Gathered, look};
use crate::routing::{RoutingTable, decide};
use crate::words::{printable, printable_json};

use super::proposed::{Plan, Scope, plan};
use super::server::{self, ServerError};
use super::told;

/// Show what would change: restaurants added and removed, dishes repriced, numbers moved.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exit codes: 0 nothing would change, 1 something would (or a file would be rejected), 2 a path cannot \
    be read, 3 the server cannot be asked.\n\n\
    Examples:\n  maitred plan restaurants.d\n  \
    maitred plan restaurants.d --server https://voice.example.com\n  \
    maitred plan bella.yaml                          this file alone, the others stay\n  \
    maitred plan restaurants.d ../main/restaurants.d --format json"
)]
pub struct PlanArgs {
    /// The folder (or one file of it) that would be served.
    #[arg(value_name = "PATH")]
    pub path: PathBuf,
    /// Compare with this folder instead of a server.
    #[arg(value_name = "FOLDER", conflicts_with = "server")]
    pub folder: Option<PathBuf>,
    /// The server to compare with.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8000")]
    pub server: String,
    /// Opens the server's table.
    #[arg(long, env = "MAITRED_ADMIN_TOKEN", hide_env_values = true)]
    pub admin_token: Option<String>,
    /// Who reads it: a person, or a program.
    #[arg(long, value_enum, default_value_t = PlanFormat::Human)]
    pub format: PlanFormat,
}

/// How a plan is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum PlanFormat {
    /// A line per change.
    Human,
    /// One document.
    Json,
}

/// Longest message of why there is no plan, characters.
const MAX_MESSAGE: usize = 2000;

const FINDINGS: u8 = 1;
const UNREADABLE: u8 = 2;
const UNREACHABLE: u8 = 3;

/// Compares and prints.
pub async fn run(args: PlanArgs) -> ExitCode {
    match compare(&args).await {
        Ok(plan) => {
            let text = match args.format {
                PlanFormat::Human => told::human(&plan),
                PlanFormat::Json => {
                    let json = format!("{:#}\n", told::json(&plan));
                    printable_json(&json).into_owned()
                }
            };
            // A reader that closed early has all it wanted.
            let _ = std::io::stdout().write_all(text.as_bytes());
            ExitCode::from(if plan.is_empty() { 0 } else { FINDINGS })
        }
        Err(refused) => {
            eprintln!("maitred plan: {}", printable(&refused.message, MAX_MESSAGE));
            ExitCode::from(refused.code)
        }
    }
}

/// Why there is no plan.
struct Refused {
    message: String,
    code: u8,
}

fn unreadable(error: impl std::fmt::Display) -> Refused {
    Refused {
        message: error.to_string(),
        code: UNREADABLE,
    }
}

impl From<ServerError> for Refused {
    fn from(error: ServerError) -> Self {
        let code = match error {
            ServerError::Url { .. } => UNREADABLE,
            _ => UNREACHABLE,
        };
        Refused {
            message: error.to_string(),
            code,
        }
    }
}

async fn compare(args: &PlanArgs) -> Result<Plan, Refused> {
    let scope = match std::fs::metadata(&args.path) {
        Ok(found) if found.is_dir() => Scope::Folder,
        Ok(_) => Scope::File,
        Err(why) => {
            return Err(unreadable(format!(
                "cannot read {}: {why}",
                args.path.display()
            )));
        }
    };
    let local = read(&args.path)?;
    let (active, guarded) = match &args.folder {
        Some(folder) => (table(&read(folder)?), false),
        None => {
            let token = args.admin_token.as_deref();
            (server::table(&args.server, token, &local).await?, true)
        }
    };
    Ok(plan(&active, &local, scope, guarded))
}

/// The files of a folder under their names in it, as a server knows them.
fn read(path: &Path) -> Result<Gathered, Refused> {
    look(&[path.to_path_buf()])
        .map(Gathered::by_file_name)
        .map_err(unreadable)
}

/// The table a server would make of a folder it sees for the first time.
fn table(folder: &Gathered) -> RoutingTable {
    let owners = decide(&RoutingTable::empty(), &folder.candidates);
    RoutingTable::with_owners(1, owners.by_number)
}
