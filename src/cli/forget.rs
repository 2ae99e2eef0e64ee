//! `maitred forget NUMBER`: what is stored about a person who called is deleted, server running or not.
#![expect(
    clippy::disallowed_methods,
    reason = "a command: it asks the environment for DATABASE_URL"
)]

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use crate::restaurant::PhoneNumber;
use crate::store::{Store, StoreError, default_url};

/// Forgets a person who called: calls with what was said in them, names and notes of their orders.
///
/// What was sold and for how much stays, without a name. That a number wants no texts (STOP) stays too.
#[derive(Debug, Args)]
#[command(after_help = "\
Exit codes: 0 forgotten, or nothing is known; 1 some calls are on the line or their orders on their way: run it again later;
2 wrong usage or a database that cannot be read.

Examples:
  maitred forget +12125550123 --dry-run
  maitred forget +12125550123
  maitred forget +12125550123 --data /var/lib/maitred")]
pub struct ForgetArgs {
    /// The caller's number, such as +12125550123.
    #[arg(value_name = "NUMBER", value_parser = number)]
    number: PhoneNumber,
    /// Say what would be forgotten, and forget nothing.
    #[arg(long)]
    dry_run: bool,
    /// Folder of the server's data; calls and orders are in its maitred.db.
    #[arg(long, env = "MAITRED_DATA", default_value = "data")]
    data: PathBuf,
    /// Database address, such as sqlite://data/maitred.db; wins over --data. DATABASE_URL is read too.
    #[arg(long, env = "MAITRED_DATABASE_URL")]
    database_url: Option<String>,
}

fn number(text: &str) -> Result<PhoneNumber, String> {
    PhoneNumber::parse(text).map_err(|error| error.to_string())
}

/// Runs the command.
pub async fn run(args: ForgetArgs) -> ExitCode {
    match forget(&args).await {
        Ok(0) => ExitCode::SUCCESS,
        Ok(_) => ExitCode::from(1),
        Err(error) => {
            eprintln!("maitred forget: {error:#}");
            ExitCode::from(2)
        }
    }
}

/// How many calls had to be left.
async fn forget(args: &ForgetArgs) -> anyhow::Result<u64> {
    let url = args.database_url.clone();
    let url = url.or_else(|| std::env::var("DATABASE_URL").ok());
    let url = url.unwrap_or_else(|| default_url(&args.data));
    let store = match Store::open_existing(&url).await {
        Ok(store) => store,
        Err(StoreError::Missing { .. }) => {
            println!("nothing is stored at {url}");
            return Ok(0);
        }
        Err(error) => return Err(error).context("cannot open the database"),
    };
    let forgotten = store.forget(args.number.as_str(), args.dry_run).await;
    store.close().await;
    let found = forgotten.context("nothing was forgotten")?;
    let done = if args.dry_run {
        "would be forgotten"
    } else {
        "forgotten"
    };
    println!(
        "{} calls and what was said in them {done}; {} orders without name and notes",
        found.calls, found.orders
    );
    if found.busy > 0 {
        eprintln!(
            "maitred forget: {} more calls are on the line, or their orders on their way: run it again when they are over",
            found.busy
        );
    }
    Ok(found.busy)
}
