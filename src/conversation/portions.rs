//! Portions and sizes that are counted or compared instead of named: "twelve wings", "two dozen wings" where wings come by six and by
//! twelve (pieces, or orders? nobody can know, so it is asked), "the bigger one", "smaller please".

use super::question::Question;
use super::speech::Speech;
use super::taking::Taken;
use super::waiter::Waiter;
use super::{HeardLine, Reply, describe, intent};
use crate::order::{CartLine, LineId, Picked};
use crate::words::{number_at, tokens};

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

const PIECES: &[&str] = &[
    "piece",
    "pieces",
    "in total",
    "total",
    "altogether",
    "all together",
    "single ones",
];
const ORDERS: &[&str] = &[
    "order", "orders", "portion", "portions", "plate", "plates", "box", "boxes", "servings",
];

impl Waiter {
    /// The portions a dish comes in ("6 wings", "Twelve piece"; "2 pounds" is no number of them), where one of them must be
    /// chosen: the option, and what its choices count.
    fn portions(&self, item: usize, picked: &[Picked]) -> Option<(usize, Vec<u32>)> {
        let counts = self.menu.counts_of(item);
        let options = &self.menu.restaurant.menu.items[item].options;
        options.iter().enumerate().find_map(|(at, option)| {
            let of_it = counts.iter().filter(|(option, _)| *option == at);
            let numbers: Vec<u32> = of_it.map(|(_, number)| *number).collect();
            let counted = numbers.len() > 1 && numbers.len() == option.choices.len();
            let answered = picked.iter().any(|pick| pick.option == at);
            let open = option.must_be_asked() && option.max == Some(1) && !answered;
            (counted && open).then_some((at, numbers))
        })
    }

    /// The open choice of an item that is this many pieces.
    pub(super) fn portion_of(&self, item: usize, picked: &[Picked], pieces: u32) -> Option<Picked> {
        let (option, numbers) = self.portions(item, picked)?;
        let choice = numbers.iter().position(|&number| number == pieces)?;
        Some(Picked::plain(option, choice))
    }

    /// "twelve wings" where they are sold by six, twelve and twenty: one portion of twelve. `None` where the number is no
    /// portion of the item.
    pub(super) fn by_the_piece(&self, line: &HeardLine) -> Option<HeardLine> {
        if !line.counted || line.quantity < 2 || line.portions {
            return None;
        }
        let mut portion = line.clone();
        let pick = self.portion_of(line.item, &line.picked, line.quantity)?;
        portion.quantity = 1;
        portion.picked.push(pick);
        Some(portion)
    }

    /// May the number said of a dish count its pieces, though none of its portions has so many?
    pub(super) fn may_count_pieces(&self, line: &HeardLine) -> bool {
        let portions = self.portions(line.item, &line.picked);
        portions.is_some_and(|(_, numbers)| {
            let fewer = |&n: &u32| 1 < n && n < line.quantity;
            line.counted && !line.portions && numbers.iter().all(fewer)
        })
    }

    /// "Two dozen oysters" of what is sold by the dozen ("Dozen Oysters", "Corn Tortillas (dozen)"): two of it.
    pub(super) fn in_dozens(&self, text: &str, line: &HeardLine) -> Option<HeardLine> {
        let says = |name: &str| {
            let plain = intent::plain(name);
            match ["dozen", "douzaine", "docena"]
                .iter()
                .find(|word| intent::holds(&plain, word))
            {
                Some(_) if intent::holds(&plain, "half dozen") => Some(6),
                Some(_) => Some(12),
                None => None,
            }
        };
        let item = &self.restaurant.menu.items[line.item];
        let each = says(item.printed()).or_else(|| says(&item.name))?;
        let words = tokens(text);
        let dozen = |at: &usize| words[*at].text == "dozen";
        let mut said = (0..words.len()).filter(dozen);
        let at = said.next().filter(|_| said.next().is_none())?;
        // The number begins up to four words before: "one and a half dozen".
        let number = (at.saturating_sub(4)..=at).find_map(|from| {
            let number = number_at(&words, from)?;
            (from + number.words > at).then_some(number)
        });
        let pieces = number.map_or(12, |number| number.value);
        (pieces % each == 0 && pieces > 0).then(|| HeardLine {
            quantity: pieces / each,
            counted: true,
            ..line.clone()
        })
    }

    /// "Pieces" or "orders"; `None` when neither was said.
    pub(super) fn answer_pieces(&mut self, plain: &str, heard: &HeardLine) -> Option<Reply> {
        let says = |words: &[&str]| words.iter().any(|word| intent::holds(plain, word));
        let mut speech = Speech::default();
        if says(ORDERS) {
            self.add_line(&mut speech, heard);
            return Some(self.go_on(speech));
        }
        if !says(PIECES) {
            return None;
        }
        let (option, numbers) = self.portions(heard.item, &heard.picked)?;
        let whole = |n: &&u32| heard.quantity.is_multiple_of(**n);
        match numbers.iter().filter(whole).max() {
            Some(&portion) => {
                let choice = numbers.iter().position(|&n| n == portion)?;
                let mut line = heard.clone();
                line.quantity = heard.quantity / portion;
                line.picked.push(Picked::plain(option, choice));
                self.add_line(&mut speech, &line);
            }
            None => {
                let item = &self.restaurant.menu.items[heard.item];
                let choices = item.options[option].choices.iter();
                let names: Vec<String> = choices.map(|choice| choice.name.clone()).collect();
                speech.say(self.words.comes_in(&item.name, &names));
            }
        }
        Some(self.go_on(speech))
    }

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
