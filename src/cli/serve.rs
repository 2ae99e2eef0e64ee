//! `maitred serve`: settings -> logging -> build -> run until a signal, then drain.

use std::process::ExitCode;

use rustix::fs::Mode;
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::app::{App, Options};
use crate::events::start_logging;
use crate::settings::{ServeFlags, Settings};

/// EX_CONFIG of sysexits.h.
pub(super) const BAD_SETTINGS: u8 = 78;

/// Answers calls.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Exit codes: 0 ended by a signal, 1 it broke, 2 wrong usage, 78 bad settings (or nothing to work on), said on standard error.

Examples:
  maitred serve --dev
  maitred serve --dev --stt scripted --tts scripted --listen 127.0.0.1:0
  TWILIO_AUTH_TOKEN=... maitred serve --public-url https://voice.example.com

Secrets are read from the environment or .env, never from the command line:
  TWILIO_AUTH_TOKEN    required without --dev; a comma list while rotating, ACxxx=token for sub-accounts
  MAITRED_ADMIN_TOKEN  at least 32 characters, opens /api and /metrics; without it they answer 403
  MAITRED_NOTIFY_SECRET  at least 32 bytes, signs what --notify-url is told
  MAITRED_SECRET       at least 32 bytes, signs media tokens; made once and kept in --data if unset
  MAITRED_SMTP_URL     the server that takes orders by e-mail: smtps://user:password@mail.example.com?from=orders@example.com
  TWILIO_ACCOUNT_SID   whose texts orders by SMS are")]
pub struct ServeArgs {
    #[command(flatten)]
    flags: ServeFlags,
}

/// Runs the server: 0 after a signal, 78 with bad settings, 1 when it broke.
pub async fn run(args: ServeArgs) -> ExitCode {
    // Whatever is made from here on (database, prompts, caches) is for this user alone, whatever umask we were given.
    rustix::process::umask(Mode::RWXG | Mode::RWXO);
    let settings = match Settings::resolve(args.flags, environment) {
        Ok(settings) => settings,
        Err(error) => return refuse(&error),
    };
    if let Err(reason) = start_logging(&settings.log, settings.log_format) {
        return refuse(&format!("--log (MAITRED_LOG): {reason}"));
    }
    if settings.dev {
        tracing::warn!(
            code = "DEV",
            "--dev: NO SIGNATURES ARE CHECKED and no admin token is asked for; never for real callers"
        );
    }
    let (mut interrupts, mut terminations) = match signals() {
        Ok(signals) => signals,
        Err(error) => return broke(&error),
    };
    let app = tokio::select! {
        app = App::build(settings, Options::default()) => match app {
            Ok(app) => app,
            Err(error) => return refuse(&error),
        },
        // A start may take long: it reads the folder, whose disk may not answer.
        () = next(&mut interrupts, &mut terminations) => return ExitCode::SUCCESS,
    };
    app.scan_on_hangup();
    // One signal after the other: the first drains, the second forces.
    let (first, second) = tokio::sync::oneshot::channel();
    let stop = async move {
        next(&mut interrupts, &mut terminations).await;
        let _ = first.send((interrupts, terminations));
    };
    let force = async move {
        match second.await {
            Ok((mut interrupts, mut terminations)) => {
                next(&mut interrupts, &mut terminations).await
            }
            Err(_) => std::future::pending().await,
        }
    };
    match app.run(stop, force).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => broke(&error),
    }
}

/// SIGXFSZ of signal(7): a file would outgrow the limit of the process.
const FILE_TOO_LARGE: i32 = 25;

fn signals() -> std::io::Result<(Signal, Signal)> {
    // Once caught it no longer ends the process: the write fails with EFBIG, as on a full disk.
    let _caught = signal(SignalKind::from_raw(FILE_TOO_LARGE))?;
    Ok((
        signal(SignalKind::interrupt())?,
        signal(SignalKind::terminate())?,
    ))
}

async fn next(interrupts: &mut Signal, terminations: &mut Signal) {
    tokio::select! {
        _ = interrupts.recv() => {}
        _ = terminations.recv() => {}
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "secrets come from the environment"
)]
fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

fn refuse(error: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("maitred serve: {error}");
    ExitCode::from(BAD_SETTINGS)
}

fn broke(error: &dyn std::fmt::Display) -> ExitCode {
    eprintln!("maitred serve: {error}");
    ExitCode::from(1)
}
