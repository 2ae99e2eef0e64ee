//! What a caller waits for, and what a call costs: `cargo bench --bench line`. Needs the models; takes ten minutes, because
//! calls are real time. `cargo bench --bench line -- webhook frames` prints only those tables, and
//! `BASELINE=.../maitred cargo bench --bench line -- compare` measures another program beside this one.
//!
//! Prints the tables of `docs/performance.md`. Nothing fails for being slow: the figures stand beside their budgets.
//! The software phone, the server and the engines share this machine.

#![expect(
    clippy::disallowed_methods,
    clippy::expect_used,
    reason = "measures on this machine, and stops when it cannot"
)]

mod answers;
mod compare;
mod figures;
mod frames;
mod greeting;
mod line;
mod mix;
mod webhook;

use figures::machine;

const TABLES: [&str; 6] = [
    "compare", "answers", "greeting", "barge-in", "webhook", "frames",
];

#[tokio::main]
async fn main() {
    // An error means that the process has a TLS implementation already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let asked: Vec<String> = std::env::args()
        .skip(1)
        .filter(|argument| TABLES.contains(&argument.as_str()))
        .collect();
    let wanted = |table: &str| asked.is_empty() || asked.iter().any(|name| name == table);
    println!("{}", machine());
    if asked.iter().any(|name| name == "compare") {
        compare::print().await;
    }
    if wanted("frames") {
        frames::print();
    }
    if wanted("webhook") {
        webhook::print().await;
    }
    if ["answers", "greeting", "barge-in"].into_iter().any(wanted) {
        let line = line::Line::spoken().await;
        if wanted("greeting") {
            greeting::print(&line).await;
        }
        if wanted("barge-in") {
            greeting::print_barge_in(&line).await;
        }
        if wanted("answers") {
            answers::print(&line).await;
        }
    }
    println!("\nafterwards: {}", machine());
}
