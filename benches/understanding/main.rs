//! What understanding one utterance costs, for a menu of 120 and one of 1,000 items: `cargo bench --bench understanding`.
//! Needs no models; takes a few seconds. The figures stand beside their budgets (2 ms and 8 ms, and three times the cost of one reading
//! for eight guesses of a recogniser); nothing fails.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::unwrap_used,
    reason = "measures on this machine, and stops when it cannot"
)]

mod large_menu;

use std::sync::Arc;
use std::time::{Duration, Instant};

use maitred::conversation::{CompiledMenu, Waiter, likeliest};

const ROUNDS: usize = 20;

fn main() {
    println!(
        "{:>6} {:>8} {:>9} {:>9} {:>9} {:>9} {:>11} {:>9} {:>14}",
        "items", "compile", "mean", "p50", "p99", "worst", "utterances", "budget", "8 guesses (3x)"
    );
    for (items, budget) in [(120, "2 ms"), (1000, "8 ms")] {
        let restaurant = large_menu::restaurant(items);
        let start = Instant::now();
        let menu = Arc::new(CompiledMenu::new(&restaurant));
        let compiled = start.elapsed();
        let utterances = large_menu::utterances(items);
        let mut times = measured(&menu, &utterances);
        times.sort_unstable();
        let mean = times.iter().sum::<Duration>() / u32::try_from(times.len()).expect("few rounds");
        let eight = of_eight(
            &Waiter::new(restaurant, Arc::clone(&menu)),
            &menu,
            &utterances,
        );
        println!(
            "{items:>6} {:>8} {:>9} {:>9} {:>9} {:>9} {:>11} {budget:>9} {:>13.1}x",
            shown(compiled),
            shown(mean),
            shown(times[times.len() / 2]),
            shown(times[times.len() * 99 / 100]),
            shown(*times.last().unwrap()),
            utterances.len(),
            eight.as_secs_f64() / mean.as_secs_f64(),
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

/// The mean of weighing eight guesses of a recogniser and reading the likeliest. Each guess but the first has another of the words
/// wrong.
fn of_eight(waiter: &Waiter, menu: &CompiledMenu, utterances: &[String]) -> Duration {
    let mut spent = Duration::ZERO;
    for utterance in utterances {
        let wrong = |at: usize| {
            let mut words: Vec<&str> = utterance.split(' ').collect();
            let place = at % words.len();
            words[place] = "brambling";
            words.join(" ")
        };
        let guesses: Vec<String> = std::iter::once(utterance.clone())
            .chain((1..8).map(wrong))
            .collect();
        let guesses: Vec<(&str, Option<f32>)> =
            guesses.iter().map(|guess| (guess.as_str(), None)).collect();
        let start = Instant::now();
        let best = likeliest(waiter, &guesses);
        let heard = menu.understand(guesses[best].0, &[]);
        spent += start.elapsed();
        assert!(heard.cost.is_finite(), "{utterance:?}");
    }
    spent / u32::try_from(utterances.len()).expect("few utterances")
}

fn shown(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1000.0)
}
