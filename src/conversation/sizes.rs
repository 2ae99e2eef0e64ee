//! Sizes that are compared instead of named: "the bigger one", "smaller please".

use super::describe;
use super::question::Question;
use super::speech::Speech;
use super::taking::Taken;
use super::waiter::Waiter;
use crate::order::{CartLine, LineId, Picked};

/// How a size compares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Than {
    Smallest,
    Smaller,
    Bigger,
    Biggest,
}

const COMPARED: &[(&str, Than)] = &[
    ("smallest", Than::Smallest),
    ("littlest", Than::Smallest),
    ("smaller", Than::Smaller),
    ("bigger", Than::Bigger),
    ("larger", Than::Bigger),
    ("biggest", Than::Biggest),
    ("largest", Than::Biggest),
];

impl Waiter {
    /// "smaller please": the line talked about, or asked about, in another size. `None` where words say more than that.
    pub(super) fn other_size(&mut self, speech: &mut Speech, rest: &str) -> Option<Taken> {
        let (word, than) = COMPARED
            .iter()
            .find(|(word, _)| rest.split(' ').any(|said| said == *word))?;
        let others: Vec<&str> = rest.split(' ').filter(|said| said != word).collect();
        if self.menu.knows(word) || !others.is_empty() && !self.is_chatter(&others.join(" ")) {
            return None;
        }
        let (id, pick) = self.compared(*than)?;
        let id = self.pick(speech, id, pick);
        self.acknowledge(speech, id);
        Some(Taken {
            something: true,
            ..Taken::default()
        })
    }

    /// The size meant, on the line that has sizes. They are told apart by their price, then by their place in the file.
    fn compared(&self, than: Than) -> Option<(LineId, Picked)> {
        let asked = match &self.question {
            Question::Option(missing) => self.cart.line(missing.line),
            _ => None,
        };
        let line: &CartLine = asked.or(self.line_in_focus())?;
        let item = self.cart.item(line);
        let sized = |option: &usize| describe::is_size(item, &Picked::plain(*option, 0));
        let option = (0..item.options.len()).find(sized)?;
        let choices = &item.options[option].choices;
        let mut order: Vec<usize> = (0..choices.len())
            .filter(|&at| choices[at].available)
            .collect();
        order.sort_by_key(|&at| choices[at].price.minor());
        let taken = line.taken(option).next().map(|pick| pick.choice);
        let now = taken.and_then(|taken| order.iter().position(|&at| at == taken));
        let last = order.len().checked_sub(1)?;
        let meant = match (than, now) {
            (Than::Smallest, _) | (Than::Smaller, None) => 0,
            (Than::Biggest, _) | (Than::Bigger, None) => last,
            (Than::Smaller, Some(now)) => now.saturating_sub(1),
            (Than::Bigger, Some(now)) => (now + 1).min(last),
        };
        Some((line.id(), Picked::plain(option, order[meant])))
    }
}
