//! "Two dozen wings" where wings come by six and by twelve: pieces, or orders? Nobody can know, so it is asked.

use super::speech::Speech;
use super::waiter::Waiter;
use super::{HeardLine, Reply, intent};
use crate::order::Picked;
use crate::words::{number_at, single_number, tokens};

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
    /// The portions a dish comes in, with what they count, where one of them must be chosen.
    fn portions(&self, item: usize, picked: &[Picked]) -> Option<(usize, Vec<u32>)> {
        let item = &self.menu.restaurant.menu.items[item];
        item.options.iter().enumerate().find_map(|(at, option)| {
            let count = |name: &str| {
                let plain = intent::plain(name);
                plain.split(' ').next().and_then(single_number)
            };
            let numbers: Option<Vec<u32>> = option.choices.iter().map(|c| count(&c.name)).collect();
            let numbers = numbers.filter(|n| n.len() > 1 && n.iter().all(|&n| n > 1))?;
            let answered = picked.iter().any(|pick| pick.option == at);
            (option.must_be_asked() && option.max == Some(1) && !answered).then_some((at, numbers))
        })
    }

    /// May the number said of a dish count its pieces, though none of its portions has so many?
    pub(super) fn may_count_pieces(&self, line: &HeardLine) -> bool {
        let portions = self.portions(line.item, &line.picked);
        portions
            .is_some_and(|(_, numbers)| line.counted && numbers.iter().all(|&n| n < line.quantity))
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
}
