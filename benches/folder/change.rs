//! One file of the folder is replaced: how long until it is served, and what that costs.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::machine::{cpu, ms, percentile};
use crate::menus::{Menu, name, replace};
use crate::row;
use crate::starts::Watched;

const CHANGES: u32 = 100;

/// Prints the delay from the rename to the published table, and the processor time of each reload.
pub async fn print(menu: Menu, home: &Path, files: u32) {
    let mut watched = Watched::start(home, files).await;
    // The first scan's own second look, if there is one, is over with the first change.
    one(&mut watched, menu, home, 0, 901).await;
    let before = cpu();
    let mut delays: Vec<Duration> = Vec::new();
    for change in 0..CHANGES {
        let n = change * 97 % files;
        delays.push(one(&mut watched, menu, home, n, 1000 + change).await);
    }
    let cost = cpu().saturating_sub(before) / CHANGES;
    row(
        "one file changed -> served, p50",
        &ms(percentile(&mut delays, 50)),
        "100 ms (settling takes 50)",
    );
    row(
        "one file changed -> served, p99",
        &ms(percentile(&mut delays, 99)),
        "300 ms",
    );
    row("  processor time of that reload", &ms(cost), "10 ms");
    watched.stop().await;
}

/// Replaces file `n` and waits until it is served.
async fn one(watched: &mut Watched, menu: Menu, home: &Path, n: u32, cents: u32) -> Duration {
    let begun = Instant::now();
    replace(menu, home, n, cents);
    loop {
        let report = watched.reports.recv().await.expect("a report");
        let ours = |file: &maitred::reload::FileEvent| file.file == name(n);
        if report.published && report.files.iter().any(ours) {
            return begun.elapsed();
        }
    }
}
