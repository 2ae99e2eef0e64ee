//! `maitred understand FILE`: each line of standard input is one utterance; each line of output is the order in it.

use std::io::{self, BufRead, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::conversation::{AmbiguousKind, CompiledMenu, HeardLine, Said, Understood};
use crate::order::{Picked, picked_json};
use crate::restaurant::{Item, Restaurant};
use crate::words::printable_json;

/// What an utterance orders from a menu: each line of standard input is one independent utterance.
#[derive(clap::Args)]
#[command(after_help = "\
Exit codes: 0 fine, 2 an unreadable file or input.

Examples:
  echo 'two large lattes with oat milk' | maitred understand restaurants.d/north-pier-cafe.yaml
  maitred understand luna.yaml < utterances.txt > orders.jsonl")]
pub struct UnderstandArgs {
    /// The restaurant's file.
    file: PathBuf,
}

/// Runs `maitred understand`: 0 fine, 2 unreadable file or input.
pub fn run(args: UnderstandArgs) -> ExitCode {
    let Some(restaurant) = super::restaurant_file::load(&args.file) else {
        return ExitCode::from(2);
    };
    match understand_lines(&restaurant, io::stdin().lock(), io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("maitred understand: {error}");
            ExitCode::from(2)
        }
    }
}

/// Reads utterances and writes one JSON order per line until the input ends.
///
/// # Errors
/// Reading or writing failed.
pub fn understand_lines(
    restaurant: &Arc<Restaurant>,
    input: impl BufRead,
    mut output: impl Write,
) -> io::Result<()> {
    let menu = CompiledMenu::new(restaurant);
    for line in input.lines() {
        let said = menu.read(&line?);
        let understood = menu.understand(said.text(), &[]);
        let json = order_json(restaurant, &said, &understood).to_string();
        writeln!(output, "{}", printable_json(&json))?;
        output.flush()?;
    }
    Ok(())
}

/// The order as JSON: lines, unmatched, and ambiguous where a word means several things.
pub(crate) fn order_json(restaurant: &Restaurant, said: &Said, understood: &Understood) -> Value {
    let items = &restaurant.menu.items;
    let line = |line: &HeardLine| line_json(&items[line.item], line.quantity, &line.picked);
    let lines: Vec<Value> = understood.lines.iter().map(line).collect();
    let unmatched: Vec<String> = understood
        .unmatched
        .iter()
        .map(|words| said.as_said(words))
        .collect();
    let mut order = json!({"lines": lines, "unmatched": unmatched});
    if !understood.ambiguous.is_empty() {
        let ambiguous = understood.ambiguous.iter().map(|word| {
            let candidates: Vec<&str> = match &word.meant {
                AmbiguousKind::Items { items: which, .. } => {
                    which.iter().map(|&at| items[at].printed()).collect()
                }
                AmbiguousKind::Choices { line, choices } => {
                    let item = &items[understood.lines[*line].item];
                    choices
                        .iter()
                        .map(|pick| item.options[pick.option].choices[pick.choice].printed())
                        .collect()
                }
            };
            json!({"text": said.as_said(&word.text), "candidates": candidates})
        });
        order["ambiguous"] = ambiguous.collect();
    }
    order
}

/// One line in the order JSON.
pub(crate) fn line_json(item: &Item, quantity: u32, picked: &[Picked]) -> Value {
    json!({"item": item.id, "quantity": quantity, "choices": picked_json(item, picked)})
}
