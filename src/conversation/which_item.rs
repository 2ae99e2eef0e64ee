//! Words that mean several things of this menu: "Which calzones?" and its answer. What was said with them (how many,
//! "extra cheese", "no onions") waits with the question and goes with whatever the caller picks.

use super::answering::nth_or_best;
use super::intent::holds;
use super::question::Question;
use super::speech::Speech;
use super::waiter::Waiter;
use super::{AmbiguousKind, HeardLine, LooseChoice, Reply, Understood};
use crate::order::{CartLine, LineId, Part, Picked};
use crate::words::{single_number, singular};

/// More items than this are no question a caller could answer by ear.
const FEW: usize = 5;

impl Waiter {
    /// Puts a question for every word that meant several things.
    pub(super) fn take_ambiguous(&mut self, heard: &Understood, touched: &[LineId]) {
        for word in &heard.ambiguous {
            let question = match &word.meant {
                AmbiguousKind::Items {
                    items,
                    quantity,
                    choices,
                } => {
                    let available: Vec<usize> = items
                        .iter()
                        .copied()
                        .filter(|&at| self.restaurant.menu.items[at].available)
                        .collect();
                    let items = if available.is_empty() {
                        items.clone()
                    } else {
                        available
                    };
                    Some(Question::WhichItem {
                        text: self.said.as_said(&word.text),
                        items,
                        quantity: *quantity,
                        with: choices.clone(),
                    })
                }
                AmbiguousKind::Choices { line, choices } => {
                    // A line that was not taken (too many of it) has no place in the cart to ask about.
                    let item = heard.lines.get(*line).map(|line| line.item);
                    let taken = |id: &&LineId| self.cart.line(**id).map(CartLine::item) == item;
                    let id = touched.iter().filter(|_| item.is_some()).find(taken);
                    match id.and_then(|&id| Some((id, self.one_of_same_name(id, choices)?))) {
                        Some((id, pick)) => {
                            // What the line has become is said with the line.
                            self.pick(&mut Speech::default(), id, pick);
                            None
                        }
                        None => id.map(|&line| Question::WhichChoice {
                            line,
                            text: self.said.as_said(&word.text),
                            choices: choices.clone(),
                        }),
                    }
                }
            };
            self.troubled |= question.is_some();
            self.waiting.extend(question);
        }
    }

    /// One name in several options of a dish cannot be told apart by asking for it again: the option that is being asked goes
    /// first, then one that must be answered.
    fn one_of_same_name(&self, id: LineId, choices: &[Picked]) -> Option<Picked> {
        let line = self.cart.line(id)?;
        let item = self.cart.item(line);
        let name = |pick: &Picked| item.options[pick.option].choices[pick.choice].name.as_str();
        let (first, others) = choices.split_first()?;
        let same = |other: &Picked| name(other).eq_ignore_ascii_case(name(first));
        if others.is_empty() || !others.iter().all(same) {
            return None;
        }
        let asked = |pick: &&Picked| match &self.question {
            Question::Option(missing) => missing.line == id && missing.option == pick.option,
            _ => false,
        };
        let open = |pick: &&Picked| {
            item.options[pick.option].must_be_asked() && line.taken(pick.option).next().is_none()
        };
        let best = choices.iter().find(asked);
        Some(*best.or_else(|| choices.iter().find(open)).unwrap_or(first))
    }

    /// "make it two wraps" when one sort of wrap is ordered: that one is meant.
    pub(super) fn settle_by_the_order(
        &mut self,
        speech: &mut Speech,
        heard: &mut Understood,
        touched: &mut Vec<LineId>,
    ) {
        for word in std::mem::take(&mut heard.ambiguous) {
            let held = match &word.meant {
                AmbiguousKind::Items { items, .. } => self.only_line_of(items),
                AmbiguousKind::Choices { .. } => None,
            };
            match (held, &word.meant) {
                (
                    Some(id),
                    AmbiguousKind::Items {
                        quantity, choices, ..
                    },
                ) => {
                    if *quantity > 1 {
                        self.set_quantity(speech, id, *quantity);
                    }
                    let item = self.cart.line(id).map_or(0, CartLine::item);
                    let picks = self.bound(choices, item);
                    let id = picks
                        .into_iter()
                        .fold(id, |id, pick| self.pick(speech, id, pick));
                    touched.push(id);
                }
                _ => heard.ambiguous.push(word),
            }
        }
    }

    /// Choices without an item: the items that offer them are offered, when they are few.
    pub(super) fn take_loose(&mut self, speech: &mut Speech, heard: &Understood) {
        let Some(first) = heard.loose.first() else {
            return;
        };
        let fits = |item: usize| {
            let on_item = |&sense: &usize| self.menu.choices[sense].on_item(item).is_some();
            heard.loose.iter().all(|c| c.senses.iter().any(on_item))
        };
        let fitting: Vec<usize> = (0..self.restaurant.menu.items.len())
            .filter(|&i| self.restaurant.menu.items[i].available && fits(i))
            .collect();
        if (2..=FEW).contains(&fitting.len()) {
            self.waiting.push(Question::WhichItem {
                text: self.said.as_said(&first.text),
                items: fitting,
                quantity: 1,
                with: heard.loose.clone(),
            });
        } else {
            self.troubled = true;
            let said = |choice: &LooseChoice| self.said.as_said(&choice.text);
            let texts: Vec<String> = heard.loose.iter().map(said).collect();
            speech.say(self.words.what_is_that_for(&self.words.and(&texts)));
        }
    }

    /// A question about something ambiguous stays open when other things were ordered instead of answering it.
    pub(super) fn keep_open_question(&mut self, heard: &Understood) {
        let Question::WhichItem { items, .. } = &self.question else {
            return;
        };
        let other =
            !heard.lines.is_empty() && heard.lines.iter().all(|line| !items.contains(&line.item));
        if other {
            self.waiting.insert(0, self.question.clone());
        }
        self.question = Question::Free;
    }

    /// "the cheese one", "one cheese and one spinach", "one of each": what was asked about is taken with all that was
    /// said of it.
    pub(super) fn answer_which_item(
        &mut self,
        plain: &str,
        items: &[usize],
        quantity: u32,
        with: &[LooseChoice],
    ) -> Option<Reply> {
        let names: Vec<String> = items
            .iter()
            .map(|&at| self.restaurant.menu.items[at].name.clone())
            .collect();
        let shares = self.shares(plain, &names, quantity);
        let shares = match shares {
            Some(shares) => shares,
            None => {
                let nth = nth_or_best(self, plain, &names)?;
                vec![(nth, quantity, plain.to_owned())]
            }
        };
        self.question = Question::Free;
        let mut speech = Speech::default();
        for (nth, quantity, said) in shares {
            let item = items[nth];
            let mut picked = self.bound(with, item);
            let answer = self.besides_the_name(&said, item);
            picked.extend(self.picks_on(&answer, item).unwrap_or_default());
            self.add_line(
                &mut speech,
                &HeardLine {
                    item,
                    quantity,
                    counted: true,
                    picked,
                    known: None,
                    portions: false,
                    implied: false,
                    doubt: 0.0,
                    text: String::new(),
                },
            );
        }
        Some(self.go_on(speech))
    }

    /// Choices that waited for their item, as it offers them; one it does not offer is gone.
    pub(super) fn bound(&self, with: &[LooseChoice], item: usize) -> Vec<Picked> {
        let options = &self.restaurant.menu.items[item].options;
        let on_item = |choice: &LooseChoice| {
            let found = |&sense: &usize| self.menu.choices[sense].on_item(item);
            let (option, at) = choice.senses.iter().find_map(found)?;
            let part = match options[option].takes_several() {
                true => choice.picked.part,
                false => Part::Whole,
            };
            Some(Picked {
                option,
                choice: at,
                part,
                ..choice.picked
            })
        };
        with.iter().filter_map(on_item).collect()
    }

    /// How several items are parted among the things asked about: which, how many, and the words about it.
    fn shares(
        &self,
        plain: &str,
        names: &[String],
        quantity: u32,
    ) -> Option<Vec<(usize, u32, String)>> {
        // Both of two, one of each of a few; never the whole menu.
        const EACH: &[&str] = &[
            "each",
            "all of them",
            "half and half",
            "a mix",
            "mixed",
            "some of both",
            "half half",
        ];
        let many = u32::try_from(names.len()).unwrap_or(u32::MAX);
        let both = names.len() == 2 && holds(plain, "both");
        let each = (2..=quantity.max(2)).contains(&many) && EACH.iter().any(|w| holds(plain, w));
        if both || each {
            let share = (quantity / many).max(1);
            let all = 0..names.len();
            return Some(all.map(|at| (at, share, String::new())).collect());
        }
        let parts = counted_parts(plain);
        if parts.len() < 2 {
            return None;
        }
        let mut shares = Vec::new();
        for part in parts {
            let number = match part.split(' ').next()? {
                "a" | "an" => 1,
                "half" => quantity / 2,
                word => single_number(word)?,
            };
            if number == 0 {
                return None;
            }
            shares.push((nth_or_best(self, &part, names)?, number, part));
        }
        let distinct = shares.iter().all(|(at, _, _)| {
            let same = |(other, _, _): &&(usize, u32, String)| other == at;
            shares.iter().filter(same).count() == 1
        });
        distinct.then_some(shares)
    }

    /// An answer without the words that only name the item: what is left may be choices.
    fn besides_the_name(&self, said: &str, item: usize) -> String {
        let name = &self.menu.restaurant.menu.items[item].name;
        let named: Vec<String> = super::intent::plain(name)
            .split(' ')
            .map(singular)
            .collect();
        let rest: Vec<&str> = said
            .split(' ')
            .filter(|word| !named.contains(&singular(word)))
            .collect();
        rest.join(" ")
    }
}

/// "one chicken and two veggie", "half butter half almond": the stretches that begin with a number, an article or a half.
fn counted_parts(plain: &str) -> Vec<String> {
    let words: Vec<&str> = plain.split(' ').filter(|word| *word != "and").collect();
    // "The first one": a number at the end, or behind an article, begins nothing.
    let begins = |at: usize| match words[at] {
        "one" => at + 1 < words.len() && (at == 0 || words[at - 1] != "the"),
        "a" | "an" | "half" => true,
        word => single_number(word).is_some(),
    };
    let mut parts: Vec<Vec<&str>> = Vec::new();
    for (at, &word) in words.iter().enumerate() {
        match parts.last_mut() {
            _ if begins(at) => parts.push(vec![word]),
            Some(part) => part.push(word),
            None => {}
        }
    }
    parts.iter().map(|part| part.join(" ")).collect()
}
