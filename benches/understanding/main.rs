//! What understanding one utterance costs, for a menu of 120 and one of 1,000 items: `cargo bench --bench understanding`.
//! Needs no models; takes a few seconds. The figures stand beside their budgets (2 ms and 10 ms); nothing fails.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "measures on this machine, and stops when it cannot"
)]

mod large_menu;

use std::time::{Duration, Instant};

use maitred::conversation::CompiledMenu;

const ROUNDS: usize = 20;

fn main() {
    println!(
        "{:>6} {:>8} {:>9} {:>9} {:>9} {:>9} {:>11} {:>9}",
        "items", "compile", "mean", "p50", "p99", "worst", "utterances", "budget"
    );
    for (items, budget) in [(120, "2 ms"), (1000, "10 ms")] {
        let restaurant = large_menu::restaurant(items);
        let start = Instant::now();
        let menu = CompiledMenu::new(&restaurant);
        let compiled = start.elapsed();
        let utterances = large_menu::utterances(items);
        let mut times = measured(&menu, &utterances);
        times.sort_unstable();
        let mean = times.iter().sum::<Duration>() / u32::try_from(times.len()).expect("few rounds");
        println!(
            "{items:>6} {:>8} {:>9} {:>9} {:>9} {:>9} {:>11} {budget:>9}",
            shown(compiled),
            shown(mean),
            shown(times[times.len() / 2]),
            shown(times[times.len() * 99 / 100]),
            shown(*times.last().unwrap()),
            utterances.len(),
        );
    }
}

fn measured(menu: &CompiledMenu, utterances: &[String]) -> Vec<Duration> {
    let mut times = Vec::new();
    for round in 0..=ROUNDS {
        for utterance in utterances {
            let start = Instant::now();
            let heard = menu.understand(utterance, &[]);
            let took = start.elapsed();
            assert!(
                !heard.lines.is_empty() || !heard.ambiguous.is_empty(),
                "{utterance:?} orders nothing"
            );
            if round > 0 {
                times.push(took);
            }
        }
    }
    times
}

fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}
