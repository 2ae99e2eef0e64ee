//! The machine, and percentiles beside their budgets.

use maitred::cli::call::percentile;

/// Processor, cores, and what else it is doing.
pub fn machine() -> String {
    let processors = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processors
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "))
        .map_or("unknown processor", |(_, model)| model.trim());
    let load = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    let load = load.split(' ').next().unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!("{model}, {cores} cores, load {load}")
}

/// One row: how many, p50, p95 (or another high percentile) and the largest, in ms.
pub fn row(name: &str, mut values: Vec<u64>, high: usize, budget: &str) {
    values.sort_unstable();
    let of = |percent| percentile(&values, percent).map_or("-".to_owned(), |ms| ms.to_string());
    println!(
        "  {name:<24} {:>4} {:>6} {:>6} {:>6}   {budget}",
        values.len(),
        of(50),
        of(high),
        of(100)
    );
}

/// The head of a table of [`row`]s.
pub fn head(title: &str, high: usize) {
    let high = format!("p{high}");
    println!("\n{title}");
    println!(
        "  {:<24} {:>4} {:>6} {high:>6} {:>6}   budget",
        "ms", "n", "p50", "max"
    );
}
