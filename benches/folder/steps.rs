//! One file, step by step, on one thread: what a start multiplies by its files.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use maitred::config::{Capabilities, read};
use maitred::reload::list;
use maitred::restaurant::Digest;

use crate::menus::{Menu, folder, text};
use crate::row;

/// So many files are read; enough for a mean, few enough for the processor's cache.
const FILES: u32 = 200;

/// Prints what reading a file costs, and listing the folder.
pub fn print(menu: Menu, home: &Path) {
    let texts: Vec<String> = (0..FILES).map(|n| text(menu, n, 900)).collect();
    let capabilities = Capabilities::embedded();
    let each = |step: &dyn Fn(&str)| {
        texts.iter().take(20).for_each(|text| step(text));
        let begun = Instant::now();
        texts.iter().for_each(|text| step(text));
        begun.elapsed() / FILES
    };
    let us = |time: Duration| format!("{:.0} us", time.as_secs_f64() * 1e6);
    row("a file, bytes", &texts[0].len().to_string(), "");
    let digest = each(&|text| {
        black_box(Digest::of(text.as_bytes()));
    });
    row("  its digest", &us(digest), "");
    let reading = each(&|text| {
        black_box(read(text.as_bytes(), &capabilities));
    });
    row("  reading it, digest and lint included", &us(reading), "");
    let begun = Instant::now();
    let listing = list(&folder(home)).expect("a folder");
    row(
        "listing the folder, a file",
        &us(begun.elapsed() / listing.files.len().max(1) as u32),
        "",
    );
}
