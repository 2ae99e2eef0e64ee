//! The loop: mutate, run, keep what is new, save what breaks.

use std::collections::HashSet;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;

use crate::{corpus, mutate};

/// An input that takes longer hangs; generous, because a busy machine may stop us for seconds.
const HANGS: Duration = Duration::from_secs(30);
/// Inputs that behaved in a new way are kept up to here.
const KEPT: usize = 4_096;

/// Code under test.
pub struct Target {
    pub name: &'static str,
    /// What is made once, before the first input and before the watch over it.
    pub prepare: fn(),
    /// Runs one input, panics when a promise is broken, and says how the input behaved.
    pub run: fn(&[u8]) -> u64,
}

/// How to fuzz.
pub struct Settings {
    pub time: Duration,
    pub seed: u64,
    /// Where breaking inputs are saved.
    pub artifacts: PathBuf,
}

/// How it ended.
#[derive(Debug, PartialEq, Eq)]
pub enum Outcome {
    Held,
    Broken,
}

/// The input that runs now and when it began, for the watch over hanging ones.
type Current = Arc<Mutex<Option<(Instant, Vec<u8>)>>>;

/// Fuzzes one target for the time given.
pub fn fuzz(target: &Target, settings: &Settings) -> Outcome {
    let tokens = corpus::tokens();
    let mut inputs = corpus::files();
    let mut seen: HashSet<u64> = HashSet::new();
    let mut rng = ChaCha8Rng::seed_from_u64(settings.seed);
    let current = Current::default();
    (target.prepare)();
    watch(target.name, &settings.artifacts, &current);
    let (seeds, began) = (inputs.len(), Instant::now());
    println!(
        "{}: {seeds} files, seed {}, {:?}",
        target.name, settings.seed, settings.time
    );
    let (mut runs, mut slowest) = (0_u64, Duration::ZERO);
    while began.elapsed() < settings.time {
        // The corpus itself comes first.
        let input = match inputs
            .get(runs as usize)
            .filter(|_| (runs as usize) < seeds)
        {
            Some(seed) => seed.clone(),
            None => mutate::mutate(&mut rng, &inputs, &tokens),
        };
        let start = Instant::now();
        *current.lock().expect("the watch never panics") = Some((start, input.clone()));
        let behaved = catch_unwind(AssertUnwindSafe(|| (target.run)(&input)));
        *current.lock().expect("the watch never panics") = None;
        slowest = slowest.max(start.elapsed());
        runs += 1;
        match behaved {
            Ok(behaviour) => {
                if seen.insert(behaviour) && inputs.len() < seeds + KEPT && runs as usize > seeds {
                    inputs.push(input);
                }
            }
            Err(_) => {
                let file = save(target.name, &settings.artifacts, &input);
                println!(
                    "{}: broken after {runs} runs by {}",
                    target.name,
                    file.display()
                );
                return Outcome::Broken;
            }
        }
    }
    println!(
        "{}: {runs} runs, {:.0}/s, {} behaviours, slowest {slowest:.1?}, nothing broken",
        target.name,
        runs as f64 / began.elapsed().as_secs_f64(),
        seen.len(),
    );
    Outcome::Held
}

/// Runs one saved input.
pub fn once(target: &Target, input: &[u8]) -> Outcome {
    (target.prepare)();
    let start = Instant::now();
    let behaved = catch_unwind(AssertUnwindSafe(|| (target.run)(input)));
    println!(
        "{}: {} bytes, {:.1?}",
        target.name,
        input.len(),
        start.elapsed()
    );
    match behaved {
        Ok(_) => Outcome::Held,
        Err(_) => Outcome::Broken,
    }
}

/// Ends the program when an input hangs: nothing else can stop it.
fn watch(name: &'static str, artifacts: &Path, current: &Current) {
    let (artifacts, current) = (artifacts.to_owned(), Arc::downgrade(current));
    std::thread::spawn(move || {
        while let Some(current) = current.upgrade() {
            let hanging = current
                .lock()
                .expect("the fuzzer never panics with the lock")
                .as_ref()
                .filter(|(start, _)| start.elapsed() > HANGS)
                .map(|(_, input)| input.clone());
            if let Some(input) = hanging {
                let file = save(name, &artifacts, &input);
                println!("{name}: hangs over {}", file.display());
                std::process::exit(1);
            }
            drop(current);
            std::thread::sleep(Duration::from_secs(1));
        }
    });
}

fn save(name: &str, artifacts: &Path, input: &[u8]) -> PathBuf {
    let digest = maitred::restaurant::Digest::of(input);
    let file = artifacts.join(format!("{name}-{}", digest.short()));
    std::fs::create_dir_all(artifacts).expect("a folder for what breaks");
    std::fs::write(&file, input).expect("what breaks is saved");
    file
}
