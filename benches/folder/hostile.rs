//! Files of 1 MiB that mean to be slow.

use std::time::{Duration, Instant};

use maitred::config::{Capabilities, MAX_BYTES, read};

use crate::machine::ms;
use crate::row;

/// Prints the slowest of them.
pub fn print() {
    let filled = |unit: &str| unit.repeat(MAX_BYTES / unit.len());
    let keys: String = (0..80_000).map(|n| format!("k{n:06}: 1\n")).collect();
    let items: String = (0..9_000)
        .map(|n| {
            format!("  - {{id: i{n}, name: \"Dish number {n}\", price: \"{n}.00\", zzz: 1}}\n")
        })
        .collect();
    let menu = format!("id: a\nname: A\nphone_number: \"+12125550100\"\nmenu:\n{items}");
    let files = [
        ("flow lists, one in another", filled("[")),
        ("block lists, one in another", filled("- ")),
        ("entries", filled("- a\n")),
        ("keys", keys),
        ("anchors", filled("- &a b\n")),
        ("a long text", format!("a: \"{}\"", filled("\\u00e9"))),
        ("one line", format!("a: {}", filled("a "))),
        ("comments", filled("# a\n")),
        ("a menu of 9,000 items, each with a wrong key", menu),
    ];
    let mut slowest = (Duration::ZERO, "");
    for (what, mut text) in files {
        text.truncate(MAX_BYTES);
        let begun = Instant::now();
        let reading = read(text.as_bytes(), &Capabilities::embedded());
        let took = begun.elapsed();
        assert!(reading.restaurant.is_none(), "{what} is valid");
        row(&format!("  1 MiB of {what}"), &ms(took), "");
        slowest = slowest.max((took, what));
    }
    row("slowest hostile file of 1 MiB", &ms(slowest.0), "250 ms");
}
