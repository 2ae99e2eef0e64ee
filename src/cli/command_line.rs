//! What can be asked of the program, and who does it.

use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use clap::{Parser, Subcommand};

use super::{
    call, check, env_file, forget, models, orders, plan, replay, schema, serve, talk, twilio,
    understand,
};

/// Answers the telephone for many restaurants, one YAML file each.
#[derive(Parser)]
#[command(name = "maitred", version, after_help = AFTER_HELP)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

const AFTER_HELP: &str = "\
Examples:
  maitred serve --dev                       try it on this machine, with no account
  maitred serve --public-url https://voice.example.com
  maitred check restaurants.d               is every file good?
  maitred plan restaurants.d                what would change if the server had this folder?
  maitred orders list                       what was ordered

Exit codes:
  0   fine
  1   findings, or a refusal
  2   wrong usage, or unreadable input
  3   could not connect
  78  bad server settings";

#[derive(Subcommand)]
enum Command {
    Call(Box<call::CallArgs>),
    Check(check::CheckArgs),
    Forget(forget::ForgetArgs),
    Models(models::ModelsArgs),
    Orders(orders::OrdersArgs),
    Plan(plan::PlanArgs),
    Replay(replay::ReplayArgs),
    Schema(schema::SchemaArgs),
    Serve(Box<serve::ServeArgs>),
    Talk(talk::TalkArgs),
    Twilio(twilio::TwilioArgs),
    Understand(understand::UnderstandArgs),
}

/// Reads the command line (for `serve` the settings in `.env` too), and does what is asked.
pub fn run() -> ExitCode {
    if std::env::args_os()
        .nth(1)
        .is_some_and(|word| word == "serve")
    {
        match env_file::load(Path::new(".env")) {
            Ok(others) => others.iter().for_each(|name| {
                eprintln!("maitred: .env: {name:?} is no setting of `maitred serve`: not used");
            }),
            Err(error) => {
                eprintln!("maitred: .env: {error}");
                return ExitCode::from(serve::BAD_SETTINGS);
            }
        }
    }
    match Cli::parse().command {
        Command::Call(args) => call::run(*args),
        Command::Check(args) => check::run(args),
        Command::Forget(args) => block_on(forget::run(args)),
        Command::Models(args) => models::run(args),
        Command::Orders(args) => block_on(orders::run(args)),
        Command::Plan(args) => block_on(plan::run(args)),
        Command::Replay(args) => replay::run(args),
        Command::Schema(args) => schema::run(args),
        Command::Serve(args) => block_on(serve::run(*args)),
        Command::Talk(args) => talk::run(args),
        Command::Twilio(args) => block_on(twilio::run(args)),
        Command::Understand(args) => understand::run(args),
    }
}

/// How long work on other threads may hold up the end of the process.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

fn block_on(work: impl Future<Output = ExitCode>) -> ExitCode {
    match tokio::runtime::Runtime::new() {
        Ok(runtime) => {
            let code = runtime.block_on(work);
            // What still hangs then (a network folder that is away) hangs for ever.
            runtime.shutdown_timeout(SHUTDOWN_TIMEOUT);
            code
        }
        Err(error) => {
            eprintln!("maitred: cannot start: {error}");
            ExitCode::from(1)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }

    #[test]
    fn every_command_that_can_fail_says_its_exit_codes() {
        let says = |command: &clap::Command| {
            let help = command.get_after_help().map(ToString::to_string);
            help.is_some_and(|help| help.contains("Exit code"))
        };
        for command in Cli::command().get_subcommands() {
            let said = says(command) || command.get_subcommands().any(says);
            let name = command.get_name();
            assert!(
                said || name == "schema",
                "maitred {name} --help says no exit code"
            );
        }
    }

    #[test]
    fn every_command_shows_examples() {
        for command in Cli::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string);
            let shown = help.is_some_and(|help| help.contains("maitred "));
            assert!(
                shown,
                "maitred {} --help shows no example",
                command.get_name()
            );
        }
    }
}
