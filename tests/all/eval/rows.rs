//! Independent utterances with gold orders: one file of rows, one menu.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use maitred::cli::understand::understand_lines;
use maitred::restaurant::Restaurant;
use serde_json::Value;

use super::gold::{Normal, accepted, by_split, f1};

/// What came of one split of a set.
#[derive(Debug, Default)]
pub struct Score {
    pub rows: usize,
    pub exact: usize,
    lines: (usize, usize, usize),
    slots: (usize, usize, usize),
    items: usize,
    quantities: usize,
    empty: usize,
    ms: f64,
}

impl Score {
    pub fn head() {
        println!(
            "{:<11} {:<9} {:>5} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6} {:>8}",
            "set", "split", "rows", "exact", "lineF1", "slotF1", "items", "qty", "empty", "ms/utt"
        );
    }

    /// The share of rows understood exactly.
    pub fn exact_match(&self) -> f64 {
        self.exact as f64 / self.rows.max(1) as f64
    }

    pub fn print(&self, set: &str, split: &str) {
        let rows = self.rows.max(1) as f64;
        println!(
            "{set:<11} {split:<9} {:>5} {:>6.3} {:>6.3} {:>6.3} {:>6.3} {:>6.3} {:>6} {:>8.2}",
            self.rows,
            self.exact_match(),
            f1(self.lines.0, self.lines.1, self.lines.2),
            f1(self.slots.0, self.slots.1, self.slots.2),
            self.items as f64 / rows,
            self.quantities as f64 / self.lines.2.max(1) as f64,
            self.empty,
            self.ms / rows,
        );
    }

    /// Judges one order against what is accepted: the alternative nearest to it counts.
    fn add(&mut self, heard: &Normal, accepted: &[Normal]) {
        let mut best: Option<(bool, f64, &Normal)> = None;
        for gold in accepted {
            let (shared, mine, theirs) = heard.shared_slots(gold);
            let fit = (heard == gold, f1(shared, mine, theirs));
            if best.is_none_or(|(exact, f1, _)| fit > (exact, f1)) {
                best = Some((fit.0, fit.1, gold));
            }
        }
        let Some((exact, _, gold)) = best else { return };
        self.rows += 1;
        self.exact += usize::from(exact);
        let slots = heard.shared_slots(gold);
        sum(
            &mut self.lines,
            (heard.shared_lines(gold), heard.len(), gold.len()),
        );
        sum(&mut self.slots, slots);
        self.items += usize::from(heard.same_items(gold));
        self.quantities += gold.same_quantities(heard);
        self.empty += usize::from(heard.is_empty());
    }
}

fn sum(total: &mut (usize, usize, usize), more: (usize, usize, usize)) {
    total.0 += more.0;
    total.1 += more.1;
    total.2 += more.2;
}

/// Understands every row of a file against a menu, through the same door as `maitred understand`.
pub fn judge(restaurant: &Arc<Restaurant>, gold: &Path) -> Vec<(String, Score)> {
    by_split(gold)
        .into_iter()
        .map(|(split, rows)| (split, score(restaurant, &rows)))
        .collect()
}

fn score(restaurant: &Arc<Restaurant>, rows: &[Value]) -> Score {
    let one_line = |row: &Value| {
        let words: Vec<&str> = row["utterance"]
            .as_str()
            .unwrap()
            .split_whitespace()
            .collect();
        format!("{}\n", words.join(" "))
    };
    let said: String = rows.iter().map(one_line).collect();
    let began = Instant::now();
    let mut out = Vec::new();
    understand_lines(restaurant, said.as_bytes(), &mut out).unwrap();
    let mut score = Score {
        ms: began.elapsed().as_secs_f64() * 1000.0,
        ..Score::default()
    };
    let heard: Vec<Value> = String::from_utf8(out)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(heard.len(), rows.len(), "one order per utterance");
    for (row, order) in rows.iter().zip(&heard) {
        score.add(&Normal::of(order).unwrap(), &accepted(row));
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn coke(quantity: i64) -> Normal {
        Normal::of(&json!({"lines": [{"item": "coke", "quantity": quantity}]})).unwrap()
    }

    #[test]
    fn the_alternative_nearest_to_what_was_heard_counts() {
        let mut score = Score::default();
        score.add(&coke(2), &[coke(1), coke(2)]);
        score.add(&coke(3), &[coke(1), coke(2)]);
        score.add(&Normal::default(), &[coke(1)]);
        assert_eq!((score.rows, score.exact, score.empty), (3, 1, 1));
        assert_eq!(score.lines, (1, 2, 3));
        assert_eq!((score.items, score.quantities), (2, 1));
        assert!((score.exact_match() - 1.0 / 3.0).abs() < 1e-9);
    }
}
