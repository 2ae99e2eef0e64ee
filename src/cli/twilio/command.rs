//! The `twilio` command.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Subcommand};

use super::credentials::{FINDINGS, Refused, UNREACHABLE, credentials, refused};
use super::live_call::{CallArgs, update};
use super::numbers::Numbers;
use super::sync::{Answers, SyncPlan, compare};
use super::told::{self, Done};
use crate::cli::check::gather::{Gathered, look};
use crate::cli::plan::{ServerError, server_table};
use crate::cli::serve::BAD_SETTINGS;
use crate::restaurant::PhoneNumber;
use crate::routing::{RoutingTable, decide};
use crate::settings::PublicUrl;
use crate::twilio::incoming_numbers::Webhooks;
use crate::words::{printable, printable_json};

/// Looks after numbers and calls at Twilio.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  maitred twilio sync --dry-run --public-url https://voice.example.com
  maitred twilio sync --public-url https://voice.example.com
  maitred twilio sync --public-url https://voice.example.com --server http://127.0.0.1:8000
  maitred twilio call CA0123456789abcdef0123456789abcdef --hang-up")]
pub struct TwilioArgs {
    #[command(subcommand)]
    command: TwilioCommand,
}

#[derive(Debug, Subcommand)]
enum TwilioCommand {
    Sync(SyncArgs),
    Call(CallArgs),
}

/// Set the webhook, fallback and status address of every number that a restaurant has, at Twilio.
///
/// Every page of every account in TWILIO_AUTH_TOKEN is looked through. A number on a SIP trunk or a TwiML application is
/// reported and left alone; nothing but these addresses and their methods is changed. A second run changes nothing.
#[derive(Debug, Args)]
#[command(after_help = "\
Reads TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (ACxxx=token pairs for sub-accounts), and TWILIO_API_URL.

Exit codes: 0 every number reaches us, 1 something would be set (--dry-run), is left alone or belongs to no account, or
Twilio refused; 2 the folder cannot be read; 3 Twilio or the server cannot be reached; 78 credentials or address missing.

Examples:
  maitred twilio sync --dry-run --public-url https://voice.example.com
  maitred twilio sync --public-url https://voice.example.com --format json | jq '.numbers[] | select(.state == \"set\")'")]
struct SyncArgs {
    /// Say what would be set, and set nothing.
    #[arg(long)]
    dry_run: bool,
    /// Where Twilio reaches the server: https:// and a host name.
    #[arg(long, env = "MAITRED_PUBLIC_URL", value_name = "URL")]
    public_url: String,
    /// The folder whose restaurants' numbers are set.
    #[arg(
        long,
        env = "MAITRED_RESTAURANTS",
        default_value = "restaurants.d",
        value_name = "DIR"
    )]
    restaurants: PathBuf,
    /// The numbers that this server answers, instead of a folder's.
    #[arg(long, value_name = "URL")]
    server: Option<String>,
    /// Opens the server's table.
    #[arg(long, env = "MAITRED_ADMIN_TOKEN", hide_env_values = true)]
    admin_token: Option<String>,
    /// Who reads it: a person, or a program.
    #[arg(long, value_enum, default_value_t = SyncFormat::Human)]
    format: SyncFormat,
}

/// How a sync is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum SyncFormat {
    /// A line per number that is not right.
    Human,
    /// One document.
    Json,
}

const UNREADABLE: u8 = 2;
/// Longest message, characters: names of files and answers of servers are strangers' texts.
const MAX_MESSAGE: usize = 2000;

/// Compares, sets and prints.
pub async fn run(args: TwilioArgs) -> ExitCode {
    let (name, done) = match args.command {
        TwilioCommand::Sync(args) => ("sync", sync(&args).await),
        TwilioCommand::Call(args) => ("call", update(&args).await),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(refused) => {
            let message = printable(&refused.message, MAX_MESSAGE);
            eprintln!("maitred twilio {name}: {message}");
            ExitCode::from(refused.code)
        }
    }
}

async fn sync(args: &SyncArgs) -> Result<u8, Refused> {
    let credentials = credentials()?;
    let public = PublicUrl::parse(&args.public_url, false)
        .map_err(|reason| refused(BAD_SETTINGS, format!("--public-url {reason}")))?;
    let (ours, rejected) = numbers(args).await?;
    let mut clients = BTreeMap::new();
    let mut theirs = Vec::new();
    for account in &credentials.accounts {
        let client = Numbers::of(credentials.rest.account(Some(account))?);
        let numbers = client.list().await?;
        eprintln!("maitred twilio: {account} has {} numbers", numbers.len());
        theirs.extend(numbers.into_iter().map(|number| (account.clone(), number)));
        clients.insert(account.as_str(), client);
    }
    let plan = compare(&ours, theirs, &Webhooks::at(public.as_str()));
    let mut failed = false;
    let done = if args.dry_run {
        Done::DryRun
    } else {
        let mut set = Vec::new();
        for (row, changes) in plan.differing() {
            // Every row is of an account that was asked.
            let Some(client) = clients.get(row.account.as_str()) else {
                continue;
            };
            match client.update(&row.sid, changes).await {
                Ok(()) => set.push(row.sid.clone()),
                // The others are set all the same.
                Err(error) => {
                    failed = true;
                    eprintln!("maitred twilio sync: {}: {error}", row.number);
                }
            }
        }
        Done::Set(set)
    };
    print(&plan, &done, args.format);
    let pending = args.dry_run && plan.differing().next().is_some();
    let findings = failed || pending || rejected || !plan.is_whole();
    Ok(if findings { FINDINGS } else { 0 })
}

fn print(plan: &SyncPlan, done: &Done, format: SyncFormat) {
    let text = match format {
        SyncFormat::Human => told::human(plan, done),
        SyncFormat::Json => {
            let json = format!("{:#}\n", told::json(plan, done));
            printable_json(&json).into_owned()
        }
    };
    // A reader that closed early has all it wanted.
    let _ = std::io::stdout().write_all(text.as_bytes());
}

/// Every number that is answered, and by whom. True: some file serves nothing, and its numbers are not known.
async fn numbers(args: &SyncArgs) -> Result<(BTreeMap<PhoneNumber, Answers>, bool), Refused> {
    let (table, rejected) = match &args.server {
        Some(server) => {
            let token = args.admin_token.as_deref();
            let table = server_table(server, token, &Gathered::default()).await;
            let table = table.map_err(|error| match error {
                ServerError::Url { .. } => refused(UNREADABLE, error),
                _ => refused(UNREACHABLE, error),
            })?;
            (table, false)
        }
        None => {
            let folder = look(std::slice::from_ref(&args.restaurants))
                .map_err(|error| refused(UNREADABLE, error))?;
            let mut rejected = false;
            for file in folder.files.iter().filter(|file| file.is_rejected()) {
                rejected = true;
                let path = file.path.display().to_string();
                let path = printable(&path, MAX_MESSAGE);
                eprintln!(
                    "maitred twilio: {path} is rejected, its numbers are left out: see maitred check"
                );
            }
            let owners = decide(&RoutingTable::empty(), &folder.candidates);
            for conflict in &owners.conflicts {
                rejected = true;
                let file = printable(&conflict.refused.file, MAX_MESSAGE);
                eprintln!("maitred twilio: {file} claims what another file has: see maitred check");
            }
            (RoutingTable::with_owners(1, owners.by_number), rejected)
        }
    };
    let numbers = table.numbers().map(|(number, served)| {
        let answers = Answers {
            restaurant: served.restaurant.id.to_string(),
            texts: served.restaurant.uses_texts(),
        };
        (number.clone(), answers)
    });
    Ok((numbers.collect(), rejected))
}
