//! How well the waiter understands, as a table: `make eval`.
//!
//! Without `EVAL_DIR` our own conversations are played. With it, a folder of menus and gold orders is judged
//! (docs/evaluating.md says how such a folder looks); its numbers are printed and nothing is asserted about them.

mod folder;
mod gold;
mod rows;
mod talks;

use std::path::Path;

use crate::conversations::played;

#[test]
fn the_eval_table_is_printed_and_no_own_conversation_confirms_a_wrong_order() {
    if let Some(folder) = std::env::var_os("EVAL_DIR") {
        folder::judge(Path::new(&folder));
        return;
    }
    println!("EVAL our own utterances (tests/understanding)");
    println!("{:<20} {:>5} {:>7}", "set", "rows", "exact");
    let (mut rows, mut exact) = (0, 0);
    let share = |exact: usize, rows: usize| exact as f64 / rows.max(1) as f64;
    for set in crate::own_orders::sets() {
        println!(
            "{:<20} {:>5} {:>7.3}",
            set.menu,
            set.rows,
            share(set.exact, set.rows)
        );
        (rows, exact) = (rows + set.rows, exact + set.exact);
    }
    println!("{:<20} {rows:>5} {:>7.3}\n", "ALL", share(exact, rows));
    println!("EVAL our own conversations (tests/conversations)");
    println!(
        "{:<20} {:>5} {:>7} {:>7} {:>9}",
        "set", "rows", "exact", "full", "wrongconf"
    );
    let mut all = Tally::default();
    for file in played::all() {
        let table = played::Table::at(&file.menu);
        let mut tally = Tally::default();
        for conversation in &file.conversations {
            tally.add(&played::play(&table, conversation));
        }
        tally.print(&file.name);
        all.join(&tally);
    }
    all.print("ALL");
    assert_eq!(all.wrong_confirmed, 0);
    assert!(all.exact * 20 >= all.rows * 19, "{all:?}");
}

/// Counts over conversations.
#[derive(Debug, Default)]
struct Tally {
    rows: usize,
    exact: usize,
    full: usize,
    wrong_confirmed: usize,
}

impl Tally {
    fn add(&mut self, played: &played::Played) {
        self.rows += 1;
        self.exact += usize::from(played.exact);
        self.full += usize::from(played.wrong.is_empty());
        self.wrong_confirmed += usize::from(played.wrong_confirmed);
    }

    fn join(&mut self, other: &Self) {
        self.rows += other.rows;
        self.exact += other.exact;
        self.full += other.full;
        self.wrong_confirmed += other.wrong_confirmed;
    }

    fn print(&self, name: &str) {
        let share = |part: usize| part as f64 / self.rows.max(1) as f64;
        println!(
            "{name:<20} {:>5} {:>7.3} {:>7.3} {:>9}",
            self.rows,
            share(self.exact),
            share(self.full),
            self.wrong_confirmed
        );
    }
}
