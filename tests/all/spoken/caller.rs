//! A caller with a wish: says it turn by turn, and answers what the waiter asks from what it wants.

use maitred::restaurant::{Item, ItemOption};
use maitred::words::singular;

use super::wanted::{Wanted, WantedLine};

/// What a caller still has to say.
pub struct Caller {
    wanted: Wanted,
    said: usize,
    last: String,
    repeats: u32,
}

impl Caller {
    pub fn new(wanted: Wanted) -> Self {
        Self {
            wanted,
            said: 0,
            last: String::new(),
            repeats: 0,
        }
    }

    /// What the caller says to what the waiter just said; `None`: nothing, the call is over.
    pub fn answer(&mut self, waiter: &str) -> Option<String> {
        let answer = self.think(&waiter.to_lowercase())?;
        self.last.clone_from(&answer);
        Some(answer)
    }

    fn think(&mut self, waiter: &str) -> Option<String> {
        let asked = waiter
            .rsplit(['.', '!'])
            .map(str::trim)
            .find(|part| part.contains('?'))
            .unwrap_or(waiter);
        if waiter.contains("goodbye") || waiter.contains("get someone") {
            return None;
        }
        if asked.contains("is that right") {
            return Some("Yes.".into());
        }
        if asked.contains("what name") {
            return Some("Sam.".into());
        }
        let upsell = self
            .wanted
            .restaurant
            .upsell
            .as_deref()
            .map(str::to_lowercase);
        if upsell.is_some_and(|upsell| waiter.contains(upsell.trim_end_matches('?'))) {
            return Some("No thanks.".into());
        }
        if let Some(what) = asked.strip_prefix("did you say ") {
            return Some(self.confirm(what));
        }
        if asked.contains("would you like that") {
            return Some("No.".into());
        }
        if (asked.starts_with("which ")
            || asked.starts_with("for example")
            || asked.starts_with("what would you like with"))
            && let Some(answer) = self.choose(asked)
        {
            return Some(answer);
        }
        let misunderstood = [
            "didn't get that",
            "trouble hearing",
            "don't have",
            "what should i change",
            "still there",
        ];
        let again = misunderstood.iter().any(|sorry| waiter.contains(sorry));
        if again && self.repeats < 2 && !self.last.is_empty() && !self.last.starts_with("No") {
            self.repeats += 1;
            return Some(self.last.clone());
        }
        if (again || asked.contains("say that one again"))
            && self.repeats < 2
            && let Some(order) = self
                .said
                .checked_sub(1)
                .and_then(|at| self.wanted.turns.get(at))
        {
            self.repeats += 1;
            return Some(order.clone());
        }
        let turn = self.wanted.turns.get(self.said).cloned();
        self.said += 1;
        Some(turn.unwrap_or_else(|| "No, that's all.".into()))
    }

    /// "Did you say two Flans?": the truth, by what was said last: "Yes.", "No.", or "No, three." if only the count is
    /// wrong.
    fn confirm(&self, what: &str) -> String {
        let what = singular_words(what.trim_end_matches('?'));
        let last = self
            .said
            .checked_sub(1)
            .and_then(|at| self.wanted.turns.get(at));
        let last = singular_words(last.map_or("", String::as_str));
        let items = &self.wanted.restaurant.menu.items;
        let named = items
            .iter()
            .filter(|item| what.contains(&singular_words(&item.name)));
        let Some(item) = named.max_by_key(|item| item.name.len()) else {
            let mut choices = self.wanted.lines.iter().flat_map(|line| &line.choices);
            let right = choices.any(|choice| what.contains(&singular_words(&choice.choice)));
            return if right { "Yes." } else { "No." }.into();
        };
        let spoken = [&item.name]
            .into_iter()
            .chain(&item.say_as)
            .map(|name| singular_words(name));
        let Some(before) = spoken
            .filter_map(|name| Some(last.split_once(&name)?.0))
            .next()
        else {
            return "No.".into();
        };
        let said = before.split(' ').rev().find_map(count).unwrap_or(1);
        if what
            .split(' ')
            .find_map(count)
            .is_none_or(|asked| asked == said)
        {
            return "Yes.".into();
        }
        format!("No, {}.", COUNTS[said - 1])
    }

    fn item(&self, line: &WantedLine) -> &Item {
        self.wanted
            .restaurant
            .menu
            .item(&line.item)
            .expect("wanted things are on the menu")
    }

    /// The choice that answers a question about an option, or the thing that is meant.
    fn choose(&self, asked: &str) -> Option<String> {
        let asked = fold(asked);
        let about = |line: &&WantedLine| asked.contains(&fold(&self.item(line).name));
        let mut lines: Vec<&WantedLine> = self.wanted.lines.iter().filter(about).collect();
        lines.extend(self.wanted.lines.iter());
        let names = |option: &&ItemOption| {
            asked.contains(&fold(&option.name))
                || option
                    .choices
                    .iter()
                    .filter(|c| asked.contains(&fold(&c.name)))
                    .count()
                    > 1
        };
        for line in &lines {
            for option in self.item(line).options.iter().filter(names) {
                if let Some(choice) = line
                    .choices
                    .iter()
                    .find(|choice| choice.option == option.name)
                {
                    let chosen = option.choices.iter().find(|c| c.name == choice.choice)?;
                    return Some(format!(
                        "{}.",
                        chosen.say_as.as_deref().unwrap_or(&chosen.name)
                    ));
                }
            }
        }
        // "Which pizza: A, B or C?"
        let meant = lines
            .iter()
            .find(|line| asked.contains(&fold(&self.item(line).name)))?;
        let item = self.item(meant);
        Some(format!(
            "The {}.",
            item.say_as.as_deref().unwrap_or(&item.name)
        ))
    }
}

const COUNTS: [&str; 4] = ["one", "two", "three", "four"];

/// The count a word says; an article is one.
fn count(word: &str) -> Option<usize> {
    let word = if matches!(word, "a" | "an") {
        "one"
    } else {
        word
    };
    Some(COUNTS.iter().position(|count| *count == word)? + 1)
}

/// [`fold`], each word in the singular.
fn singular_words(text: &str) -> String {
    let words: Vec<String> = fold(text).split(' ').map(singular).collect();
    words.join(" ")
}

/// Lower case, letters and digits only: "Jalapeños" and "jalapenos" differ, "Gluten-free" and "gluten free" do not.
fn fold(text: &str) -> String {
    let kept = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect::<String>();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}
