//! A caller with a wish: says it turn by turn, and answers what the waiter asks from what it wants.

use maitred::restaurant::{Item, ItemOption};

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
            return Some(if self.wants(what) { "Yes." } else { "No." }.into());
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
        if misunderstood.iter().any(|sorry| waiter.contains(sorry))
            && self.repeats < 2
            && !self.last.is_empty()
        {
            self.repeats += 1;
            return Some(self.last.clone());
        }
        let turn = self.wanted.turns.get(self.said).cloned();
        self.said += 1;
        Some(turn.unwrap_or_else(|| "No, that's all.".into()))
    }

    /// Is this thing (or all of these words) in the wish?
    fn wants(&self, what: &str) -> bool {
        let what = fold(what.trim_end_matches('?'));
        self.wanted.lines.iter().any(|line| {
            let item = self.item(line);
            what.contains(&fold(&item.name))
                || line
                    .choices
                    .iter()
                    .any(|choice| what.contains(&fold(&choice.choice)))
        })
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

/// Lower case, letters and digits only: "Jalapeños" and "jalapenos" differ, "Gluten-free" and "gluten free" do not.
fn fold(text: &str) -> String {
    let kept = text
        .to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { ' ' })
        .collect::<String>();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}
