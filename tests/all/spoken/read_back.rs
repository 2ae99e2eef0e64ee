//! What was read back is what was stored: every dish with its count and choices, no dish more, and the total.

use maitred::order::{OrderLine, PlacedOrder};
use maitred::record::Speaker;
use maitred::restaurant::Amount;
use maitred::words::{singular, tokens};

use super::call::Call;

/// How an order that was placed differs from what was last read back; `None`: it does not.
pub fn differs(call: &Call) -> Option<String> {
    let said: Vec<&str> = call
        .record
        .transcript
        .iter()
        .filter(|line| line.who == Speaker::Agent)
        .map(|line| line.text.as_str())
        .collect();
    call.orders.iter().find_map(|placed| compare(&said, placed))
}

fn compare(said: &[&str], placed: &PlacedOrder) -> Option<String> {
    let order = &placed.order;
    let total = said.iter().rposition(|text| text.contains("total is"))?;
    let begin = said[..total]
        .iter()
        .rposition(|text| text.starts_with("So that's"));
    let begin = begin.map_or(0, |at| at + 1);
    let lines = &said[begin..total];
    if lines.len() != order.lines.len() {
        return Some(format!(
            "{lines:?} were read back, {} lines stored",
            order.lines.len()
        ));
    }
    let unsaid = order
        .lines
        .iter()
        .find(|line| !lines.iter().any(|text| says(text, line)));
    if let Some(line) = unsaid {
        return Some(format!("{line:?} is not in {lines:?}"));
    }
    let amount = order.total.display(order.currency);
    (!said[total].contains(&amount)).then(|| format!("{amount} is not in {:?}", said[total]))
}

/// Does the sentence say this line: its count, its dish and each of its choices?
fn says(text: &str, line: &OrderLine) -> bool {
    const COUNTS: [&str; 9] = [
        "one", "two", "three", "four", "five", "six", "seven", "eight", "nine",
    ];
    let text = plain(text);
    let count = COUNTS
        .get(line.quantity as usize - 1)
        .is_some_and(|count| text.starts_with(count));
    let choices = line.choices.iter().all(|choice| {
        let amount = match choice.amount {
            Amount::Extra => "extra ",
            _ => "",
        };
        text.contains(&format!("{amount}{}", plain(&choice.choice)))
    });
    count && choices && text.contains(&plain(&line.name))
}

fn plain(text: &str) -> String {
    let words: Vec<String> = tokens(text)
        .iter()
        .map(|token| singular(&token.text))
        .collect();
    words.join(" ")
}
