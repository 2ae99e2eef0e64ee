//! Two programs in one run: the one that was built now, and the one that the variable BASELINE names. Each is a process of
//! its own with the same flags, files and requests; they take turns, so that a noisy moment meets both.

use std::net::{SocketAddr, TcpListener};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use futures_util::future;
use maitred::cli::call::{percentile, place};

use crate::line::{Callers, plan};
use crate::mix::{CALLS, Kind};
use crate::webhook::{self, PUBLIC, TOKEN};

/// Rounds of rings for each program.
const ROUNDS: usize = 7;
/// Differences this small are the machine's: two runs of one program differ by as much.
const NOISE: f64 = 0.03;
/// Milliseconds: half of the answers, and nineteen of twenty, on an idle machine.
const ANSWER_BUDGETS: [(usize, u64); 2] = [(50, 500), (95, 750)];
/// `USER_HZ`: what `/proc` counts processor time in.
const TICKS_A_SECOND: f64 = 100.0;
/// How long a program may take to load its models.
const START: Duration = Duration::from_secs(60);

/// A program under measurement.
struct Program {
    name: &'static str,
    child: Child,
    address: SocketAddr,
    _data: tempfile::TempDir,
}

impl Program {
    async fn start(name: &'static str, path: &Path, flags: &[&str], token: Option<&str>) -> Self {
        let data = tempfile::tempdir().expect("a folder for the database");
        let free = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = free.local_addr().expect("bound");
        drop(free);
        let mut command = Command::new(path);
        command
            .args(["serve", "--watch=off", "--log=off", "--restaurants"])
            .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/restaurants.d"))
            .arg("--data")
            .arg(data.path())
            .arg(format!("--listen={address}"))
            .args(flags)
            .env_clear()
            .env("HOME", std::env::var_os("HOME").unwrap_or_default())
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit());
        if let Some(token) = token {
            command.env("TWILIO_AUTH_TOKEN", token);
        }
        let child = command.spawn().unwrap_or_else(|error| {
            panic!("{}: {error}", path.display());
        });
        let program = Self {
            name,
            child,
            address,
            _data: data,
        };
        program.until_ready().await;
        program
    }

    fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    async fn until_ready(&self) {
        let url = format!("{}/readyz", self.base());
        let mut again = tokio::time::interval(Duration::from_millis(50));
        let ready = async {
            loop {
                again.tick().await;
                if let Ok(answer) = reqwest::get(&url).await
                    && answer.status().is_success()
                {
                    return;
                }
            }
        };
        let started = tokio::time::timeout(START, ready).await;
        assert!(started.is_ok(), "{} does not start", self.name);
    }

    /// Processor time so far, seconds: user and system, all threads.
    fn processor_seconds(&self) -> f64 {
        let path = format!("/proc/{}/stat", self.child.id());
        let stat = std::fs::read_to_string(path).unwrap_or_default();
        // The name in brackets may hold anything; user and system time are the 12th and 13th fields behind it.
        let behind = stat.rsplit_once(')').map_or("", |(_, behind)| behind);
        let fields: Vec<f64> = behind
            .split_whitespace()
            .skip(11)
            .take(2)
            .filter_map(|field| field.parse().ok())
            .collect();
        fields.iter().sum::<f64>() / TICKS_A_SECOND
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Prints both programs' figures and a verdict for each budget. `false`: there is no baseline.
pub async fn print() -> bool {
    let Some(baseline) = std::env::var_os("BASELINE") else {
        println!("\ncompare: BASELINE names no program (see docs/performance.md)");
        return false;
    };
    let programs = [
        ("baseline", Path::new(&baseline)),
        ("now", Path::new(env!("CARGO_BIN_EXE_maitred"))),
    ];
    rings(programs).await;
    answers(programs).await;
    true
}

/// Requests a second, and what one costs in processor time.
async fn rings(programs: [(&'static str, &Path); 2]) {
    let flags = ["--stt=scripted", "--tts=scripted", "--public-url", PUBLIC];
    let mut running = Vec::new();
    for (name, path) in programs {
        running.push(Program::start(name, path, &flags, Some(TOKEN)).await);
    }
    let (mut rates, mut costs) = ([Vec::new(), Vec::new()], [Vec::new(), Vec::new()]);
    for round in 0..=ROUNDS {
        for at in [round % 2, (round + 1) % 2] {
            let program = &running[at];
            let before = program.processor_seconds();
            let (rate, count) = webhook::round(&program.address.to_string(), "<Stream").await;
            let used = program.processor_seconds() - before;
            // The first fills caches.
            if round > 0 {
                rates[at].push(rate);
                costs[at].push(used / count as f64 * 1e6);
            }
        }
    }
    let [rates, costs] = [rates.map(webhook::median), costs.map(webhook::median)];
    println!("\nrings, {ROUNDS} rounds each, in turn");
    println!("  {:<28}{:>12}{:>12}", "", "baseline", "now");
    println!(
        "  {:<28}{:>12.0}{:>12.0}",
        "signed POST /voice a second", rates[0], rates[1]
    );
    println!(
        "  {:<28}{:>12.1}{:>12.1}",
        "processor time a ring, us", costs[0], costs[1]
    );
    let verdict = |is_met| if is_met { "met" } else { "NOT MET" };
    println!(
        "verdict: webhook rate {:.0}/s of {:.0}/s ({:+.1} %): {}",
        rates[1],
        rates[0],
        (rates[1] / rates[0] - 1.0) * 100.0,
        verdict(rates[1] >= rates[0] * (1.0 - NOISE))
    );
    println!(
        "verdict: processor time a ring {:.1} us of {:.1} us ({:+.1} %): {}",
        costs[1],
        costs[0],
        (costs[1] / costs[0] - 1.0) * 100.0,
        verdict(costs[1] <= costs[0] * (1.0 + NOISE))
    );
}

/// How long callers wait for an answer: the mix of `mix.rs`, one call after the other, each with both programs. About eight
/// minutes.
async fn answers(programs: [(&'static str, &Path); 2]) {
    let mut running = Vec::new();
    for (name, path) in programs {
        running.push(Program::start(name, path, &["--dev"], None).await);
    }
    let mut callers = Callers::open().await;
    let mut waited = [Vec::new(), Vec::new()];
    let mut unanswered = [0, 0];
    for (number, (to, turns)) in CALLS.iter().enumerate() {
        let acts = callers.acts(turns);
        // Both at the same moment, so that a noisy one meets both.
        let calls = [0, 1].map(|at| place(plan(&running[at].base(), to, acts.clone())));
        for (at, placed) in future::join_all(calls).await.into_iter().enumerate() {
            let report = placed.expect("the call is placed");
            for (turn, (kind, _)) in report.turns.iter().zip(*turns) {
                match turn.latency_ms {
                    // The waiter waits for the rest of an unfinished sentence on purpose.
                    _ if *kind == Kind::Dangling => {}
                    Some(ms) => waited[at].push(ms),
                    None => unanswered[at] += 1,
                }
            }
        }
        eprintln!("call {} of {} is over", number + 1, CALLS.len());
    }
    println!("\nanswers, caller's last sound to waiter's first, ms");
    println!("  {:<28}{:>12}{:>12}", "", "baseline", "now");
    waited.iter_mut().for_each(|all| all.sort_unstable());
    let counts = waited.each_ref().map(Vec::len);
    println!(
        "  {:<28}{:>12}{:>12}",
        "turns answered", counts[0], counts[1]
    );
    println!(
        "  {:<28}{:>12}{:>12}",
        "not answered", unanswered[0], unanswered[1]
    );
    for (percent, budget) in ANSWER_BUDGETS {
        let [before, now] = waited
            .each_ref()
            .map(|all| percentile(all, percent).unwrap_or_default());
        println!("  {:<28}{before:>12}{now:>12}", format!("p{percent}"));
        let met = if now <= budget { "met" } else { "NOT MET" };
        println!("verdict: answer p{percent} {now} ms of {budget} (baseline {before}): {met}");
    }
}
