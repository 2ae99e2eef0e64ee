//! Answers to the open question, and keys.

use jiff::ZonedDateTime;

use super::intent::{self, Intent};
use super::lexicon::{Tag, Tagged, is_word};
use super::question::Question;
use super::speech::Speech;
use super::understanding::combined;
use super::waiter::Waiter;
use super::{Action, AmbiguousKind, HeardLine, Reply};
use crate::order::{Fulfilment, Missing, Picked};
use crate::restaurant::ItemOption;
use crate::words::{number_at, single_number, singular, tokens};

impl Waiter {
    /// Answers a key: 1 yes, 2 no, 0 a person; where choices were offered, the first, second, ... of them; else a
    /// number. `*` says the question again, `#` means done.
    pub fn key(&mut self, digit: char, now: &ZonedDateTime) -> Reply {
        if let Some(reply) = self.message_key(digit) {
            return reply;
        }
        let nth = digit.to_digit(10).map(|d| d as usize);
        let offered = self.offered_now();
        match (digit, nth) {
            ('0', _) => self.hear_read("a person please", now),
            ('#', _) => self.hear_read("that's all", now),
            ('*', _) => self.hear_read("say that again", now),
            ('1', _) if self.question.wants_yes_or_no() => self.hear_read("yes", now),
            ('2', _) if self.question.wants_yes_or_no() => self.hear_read("no", now),
            (_, Some(nth)) if nth <= offered.len() && !offered.is_empty() => {
                self.hear(&offered[nth - 1].clone(), now)
            }
            _ => self.hear_read(&digit.to_string(), now),
        }
    }

    pub(super) fn offered(&self, missing: Missing) -> Vec<String> {
        let Some(line) = self.cart.line(missing.line) else {
            return Vec::new();
        };
        let option = &self.cart.item(line).options[missing.option];
        option
            .choices
            .iter()
            .filter(|c| c.available)
            .map(|c| c.name.clone())
            .collect()
    }

    /// Takes the words as the answer to the open question; `None` when they are something else.
    pub(super) fn answer_question(&mut self, plain: &str) -> Option<Reply> {
        let said = intent::yes_or_no(plain);
        match self.question.clone() {
            Question::Free => self.answer_free(plain, said),
            Question::Change => self.answer_change(plain),
            Question::Confirm => self.answer_confirm(plain),
            Question::CancelSure => Some(self.answer_cancel(plain, said)),
            Question::DidYouSay(heard) => self.answer_did_you_say(plain, &heard),
            Question::Recount { line, quantity } => self.answer_recount(plain, line, quantity),
            Question::Offer { item } => match said {
                _ if intent::declines(plain) && said != Some(Intent::Yes) => {
                    Some(if intent::split_done(plain).1 {
                        self.wrap_up(Speech::default())
                    } else {
                        self.go_on_okay()
                    })
                }
                Some(Intent::Yes) => {
                    let name = self.menu.restaurant.menu.items[item].name.clone();
                    Some(self.take(&name))
                }
                Some(_) => Some(self.go_on_okay()),
                None => self.answer_did_you_say(plain, &HeardLine::of(item)),
            },
            Question::Upsell => match said {
                _ if intent::declines(plain) => Some(self.wrap_up(Speech::default())),
                Some(Intent::Yes) => {
                    let mut speech = Speech::default();
                    self.question = Question::Free;
                    speech.fixed(self.words.what_would_you_like());
                    Some(
                        self.accept_upsell()
                            .unwrap_or_else(|| self.finish(speech, Action::Listen)),
                    )
                }
                Some(_) => Some(self.wrap_up(Speech::default())),
                None => {
                    let (_, done) = intent::split_done(plain);
                    let offered = self
                        .upsell_item()
                        .filter(|_| intent::begins_with_yes(plain));
                    if let Some(item) = offered
                        && let Some(reply) = self.answer_did_you_say(plain, &HeardLine::of(item))
                    {
                        return Some(reply);
                    }
                    done.then(|| self.wrap_up(Speech::default()))
                }
            },
            Question::Pieces(heard) => self.answer_pieces(plain, &heard),
            Question::Age { age } => {
                let names = self.menu.understand(plain, &[]).lines;
                let stated = Some(plain).filter(|_| names.iter().all(|line| line.implied));
                let old = stated.and_then(|plain| is_old_enough(plain, age));
                let yes = old.or(said.map(|answer| answer == Intent::Yes))?;
                Some(self.answer_age(age, yes))
            }
            Question::Name => self.answer_name(plain),
            Question::Fulfilment => self.answer_fulfilment(plain),
            Question::Resume => self.answer_resume(plain, said),
            Question::Address(_) | Question::AddressRight | Question::PickupInstead => {
                let now = self.now.clone()?;
                self.answer_address(plain, plain, &now)
            }
            Question::WhichItem { .. } | Question::WhichChoice { .. }
                if said == Some(Intent::No) || intent::split_done(plain).1 =>
            {
                self.neither(plain, said)
            }
            Question::WhichItem {
                items,
                quantity,
                with,
                ..
            } => self.answer_which_item(plain, &items, quantity, &with),
            Question::WhichChoice { line, choices, .. } => {
                self.answer_which_choice(plain, line, &choices)
            }
            Question::Option(missing) => self
                .answer_in_parts(plain, missing)
                .or_else(|| self.answer_option(plain, missing)),
        }
    }

    /// "no", "no, that's all" to "Which one?": neither. The question is not asked again.
    fn neither(&mut self, plain: &str, said: Option<Intent>) -> Option<Reply> {
        let (rest, done) = intent::split_done(plain);
        let more = done && !self.is_chatter(&rest) && intent::yes_or_no(&rest).is_none();
        if more {
            return None;
        }
        self.question = Question::Free;
        if done {
            return Some(self.wrap_up(Speech::default()));
        }
        said.map(|_| self.go_on_okay())
    }

    pub(super) fn go_on_okay(&mut self) -> Reply {
        let mut speech = Speech::default();
        speech.fixed(self.words.okay());
        self.go_on(speech)
    }

    fn answer_free(&mut self, plain: &str, said: Option<Intent>) -> Option<Reply> {
        let (rest, done) = intent::split_done(plain);
        let nothing_more = done
            && (rest.is_empty() || intent::yes_or_no(&rest).is_some() || self.is_chatter(&rest));
        if nothing_more || said == Some(Intent::No) {
            return Some(self.wrap_up(Speech::default()));
        }
        if said == Some(Intent::Yes) {
            let mut speech = Speech::default();
            speech.fixed(self.words.what_would_you_like());
            return Some(self.finish(speech, Action::Listen));
        }
        None
    }

    fn answer_cancel(&mut self, plain: &str, said: Option<Intent>) -> Reply {
        let again = matches!(
            intent::overriding(plain),
            Some(Intent::Cancel | Intent::CancelThat)
        ) && !intent::begins_with_no(plain);
        // "That's it" ends an order; it calls nothing off.
        let done = intent::split_done(plain).1;
        if said == Some(Intent::Yes) && !done || again || intent::begins_with_yes(plain) {
            return self.cancel();
        }
        let mut speech = Speech::default();
        speech.fixed(self.words.keeping());
        self.question = Question::Free;
        if said == Some(Intent::No) {
            self.go_on(speech)
        } else {
            self.take(plain)
        }
    }

    /// What was asked for is a name: it is no dish, whatever it sounds like, unless something says that it is ordered.
    fn answer_name(&mut self, plain: &str) -> Option<Reply> {
        let (rest, done) = intent::split_done(plain);
        if done && self.is_chatter(&rest) || intent::yes_or_no(plain) == Some(Intent::No) {
            return None;
        }
        if self.orders_beside_a_name(plain) {
            // "Maria, and add a Sprite."
            let (name, more) = plain
                .split_once(" and ")
                .filter(|(name, _)| !self.orders_beside_a_name(name))?;
            let name = name_in(name, true)?;
            self.cart.name = Some(self.name_as_said(&name));
            return Some(self.take(more));
        }
        if done {
            return None;
        }
        let name = name_in(plain, true).or_else(|| self.name_of_little_words(plain))?;
        self.cart.name = Some(self.name_as_said(&name));
        Some(self.wrap_up(Speech::default()))
    }

    /// A name of which the telephone left little words ("Sam" heard as "then"): asked for once more, then taken as heard. No
    /// order is lost for its name.
    fn name_of_little_words(&self, plain: &str) -> Option<String> {
        let short = plain.split(' ').count() <= LONGEST_NAME;
        let letters = |word: &str| !word.is_empty() && word.chars().all(char::is_alphabetic);
        let taken = self.repeated > 0
            && short
            && plain.split(' ').all(letters)
            && intent::yes_or_no(plain).is_none();
        taken.then(|| plain.to_owned())
    }

    /// Is food asked for: named, and with a number, an article or a verb that orders?
    fn orders_beside_a_name(&self, text: &str) -> bool {
        let heard = self.menu.understand(text, &[]);
        let counted = |line: &HeardLine| line.counted && line.doubt < super::taking::ASK_FROM_DOUBT;
        let named = heard.lines.iter().any(|line| !line.implied);
        let brings = super::asks::asks_to_bring(text) && !Tagged::of(text).has(Tag::NameLeadAsked);
        let changes = intent::begins_with_no(text) || super::corrections::removes(text);
        named && (brings || changes) || heard.lines.iter().any(counted)
    }

    /// A name as the caller said it, with capital letters.
    pub(super) fn name_as_said(&self, name: &str) -> String {
        let said = self.said.as_said(&name.to_lowercase());
        let words: Vec<String> = said.split(' ').map(capital).collect();
        words.join(" ")
    }

    fn answer_fulfilment(&mut self, plain: &str) -> Option<Reply> {
        let fulfilment = fulfilment_in(plain)?;
        self.cart.fulfilment = Some(fulfilment);
        Some(self.wrap_up(Speech::default()))
    }

    fn answer_which_choice(
        &mut self,
        plain: &str,
        line: crate::order::LineId,
        choices: &[Picked],
    ) -> Option<Reply> {
        let item = self.cart.item(self.cart.line(line)?).clone();
        let names: Vec<String> = choices
            .iter()
            .map(|p| super::describe::choice_name(&item, p).to_owned())
            .collect();
        let pick = choices[nth_or_best(self, plain, &names)?];
        let mut speech = Speech::default();
        self.pick(&mut speech, line, pick);
        self.acknowledge(&mut speech, line);
        Some(self.go_on(speech))
    }

    fn answer_option(&mut self, plain: &str, missing: Missing) -> Option<Reply> {
        let line = self.cart.line(missing.line)?;
        let option = &self.cart.item(line).options[missing.option];
        let names: Vec<String> = option.choices.iter().map(|c| c.name.clone()).collect();
        const ANY: &[&str] = &[
            "whatever",
            "any",
            "anything",
            "either",
            "i dont care",
            "i dont mind",
            "you choose",
            "doesnt matter",
            "it doesnt matter",
            "dont care",
            "any of them",
            "surprise me",
        ];
        if ANY.contains(&plain) {
            let mut speech = Speech::default();
            self.ask_again(&mut speech);
            return Some(self.finish(speech, Action::Listen));
        }
        let read = &self.menu.restaurant.menu.items[line.item()].options[missing.option];
        let read_names: Vec<String> = read.choices.iter().map(|c| c.name.clone()).collect();
        if let Some(choice) =
            combined(&read.name, &read_names, plain).or_else(|| choice_named(read, plain))
        {
            let mut speech = Speech::default();
            self.pick(
                &mut speech,
                missing.line,
                Picked::plain(missing.option, choice),
            );
            self.acknowledge(&mut speech, missing.line);
            return Some(self.go_on(speech));
        }
        let short = plain.split(' ').count() <= 3;
        let understood = self.menu.understand(plain, &[line.item()]);
        if !understood.lines.is_empty() || !short {
            return None;
        }
        // "That's all" sounds like "well done", and is no choice.
        if intent::split_done(plain).1 {
            return None;
        }
        let choice = nth_or_best(self, plain, &names)?;
        let mut speech = Speech::default();
        self.pick(
            &mut speech,
            missing.line,
            Picked::plain(missing.option, choice),
        );
        self.acknowledge(&mut speech, missing.line);
        Some(self.go_on(speech))
    }

    /// "yes" to "Would you like chips with that?": the item the file's question names, if it names exactly one.
    fn accept_upsell(&mut self) -> Option<Reply> {
        let item = self.upsell_item()?;
        let name = self.menu.restaurant.menu.items[item].name.clone();
        Some(self.take(&name))
    }

    /// Is the file's question still one? What it names (a dish, or one of a few) may be in the order already, or
    /// be out.
    pub(super) fn upsell_is_open(&self) -> bool {
        let Some(asked) = &self.restaurant.upsell else {
            return false;
        };
        let heard = self.menu.understand(self.menu.read(asked).text(), &[]);
        let items = &self.restaurant.menu.items;
        let named = heard.lines.iter().filter(|line| !line.implied);
        let mut offered: Vec<Vec<usize>> = named.map(|line| vec![line.item]).collect();
        offered.extend(heard.ambiguous.iter().filter_map(|word| match &word.meant {
            AmbiguousKind::Items { items, .. } => Some(items.clone()),
            AmbiguousKind::Choices { .. } => None,
        }));
        let ordered = |item: &usize| self.cart.lines().iter().any(|line| line.item() == *item);
        let open = |of: &Vec<usize>| {
            !of.iter().any(ordered) && of.iter().any(|&item| items[item].available)
        };
        offered.is_empty() || offered.iter().any(open)
    }

    /// What the file's question offers.
    fn upsell_item(&self) -> Option<usize> {
        let asked = self.restaurant.upsell.as_ref()?;
        let heard = self.menu.understand(self.menu.read(asked).text(), &[]);
        match heard.lines.as_slice() {
            [line] if heard.ambiguous.is_empty() => Some(line.item),
            _ => None,
        }
    }
}

/// "Biscuit is good", asked which bread: the one choice of the open option that has all the words of the answer. It goes before any
/// dish of that name.
fn choice_named(option: &ItemOption, plain: &str) -> Option<usize> {
    let said = Tagged::of(plain);
    // "Side size works", asked for the salad size.
    let asked = intent::plain(&option.name);
    let of_option = |word: &String| asked.split(' ').any(|of| of == word) || word == "size";
    let telling: Vec<String> = said
        .words()
        .iter()
        .filter(|word| !is_word(word, Tag::AnswerFrame) && !of_option(word))
        .map(|word| singular(word))
        .collect();
    let holds = |name: &String| {
        let words: Vec<String> = intent::plain(name).split(' ').map(singular).collect();
        telling.iter().all(|word| words.contains(word))
    };
    let named = |at: &usize| {
        let choice = &option.choices[*at];
        holds(&choice.name) || choice.aliases.iter().any(holds)
    };
    if telling.is_empty() || telling.iter().any(|word| single_number(word).is_some()) {
        return None;
    }
    let mut found = (0..option.choices.len()).filter(named);
    let only = found.next()?;
    found.next().is_none().then_some(only)
}

/// "the second one", or the name that shares most words with the answer.
pub(super) fn nth_or_best(waiter: &Waiter, plain: &str, names: &[String]) -> Option<usize> {
    const NTH: &[&str] = &["first", "second", "third", "fourth", "fifth"];
    let words: Vec<&str> = plain.split(' ').collect();
    if let Some(nth) = NTH
        .iter()
        .position(|nth| words.contains(nth))
        .filter(|&nth| nth < names.len())
    {
        return Some(nth);
    }
    if words.contains(&"last") {
        return names.len().checked_sub(1);
    }
    if let [only] = words.as_slice()
        && let Some(nth) = single_number(only).map(|n| n as usize)
        && (1..=names.len()).contains(&nth)
        && !names.iter().any(|name| intent::plain(name).contains(only))
    {
        return Some(nth - 1);
    }
    waiter.menu.likest(plain, names)
}

/// Pickup or delivery, as heard ("take up" is a telephone's "pickup").
pub(super) fn fulfilment_in(plain: &str) -> Option<Fulfilment> {
    let said = Tagged::of(plain);
    if said.has(Tag::Delivery) {
        Some(Fulfilment::Delivery)
    } else if said.has(Tag::Pickup) {
        Some(Fulfilment::Pickup)
    } else {
        None
    }
}

/// The most words of a name.
const LONGEST_NAME: usize = 3;

/// A name: after "my name is" anywhere, or, when it was asked for, a short answer of its own.
pub(super) fn name_in(plain: &str, asked: bool) -> Option<String> {
    let said = Tagged::of(plain);
    let (from, to) = name_span(&said, asked)?;
    let name: Vec<String> = said.words()[from..to].iter().map(|w| capital(w)).collect();
    Some(name.join(" "))
}

/// Where the words of a name stand.
pub(super) fn name_span(said: &Tagged, asked: bool) -> Option<(usize, usize)> {
    // "Sarah with an H", "Jon, spelled J O N".
    const SPELT: [&str; 4] = ["with", "spelled", "spelt", "thats"];
    let words = said.words();
    let lead = said.all(Tag::NameLead).max_by_key(|span| span.to);
    let asked_lead = said
        .all(Tag::NameLeadAsked)
        .filter(|span| asked && span.to < words.len());
    let start = match lead
        .into_iter()
        .chain(asked_lead)
        .max_by_key(|span| (span.to, span.to - span.from))
    {
        Some(span) => span.to,
        None if asked => 0,
        None => return None,
    };
    let padding =
        |at: usize| said.at(at, Tag::Pad).is_some() || said.at(at, Tag::Courtesy).is_some();
    let from = (start..words.len()).find(|&at| !padding(at))?;
    let to = (from + 1..words.len())
        .find(|&at| padding(at) || SPELT.contains(&words[at].as_str()))
        .unwrap_or(words.len());
    let to = if asked { to } else { (from + 1).min(to) };
    let letters = |word: &String| word.chars().all(char::is_alphabetic);
    let fits = to - from <= LONGEST_NAME && words[from..to].iter().all(letters);
    let rest_is_talk = !asked
        || (to..words.len()).all(|at| {
            padding(at) || at >= to && SPELT.contains(&words[to.min(words.len() - 1)].as_str())
        });
    (fits && rest_is_talk).then_some((from, to))
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
/// "I'm nineteen", "yes I'm 25", "no, under twenty-one": is a caller who says a number as old as asked?
fn is_old_enough(plain: &str, age: u32) -> Option<bool> {
    const YOUNGER: &[&str] = &["under", "not", "younger", "almost", "nearly", "below"];
    let words = tokens(plain);
    let number = (0..words.len()).find_map(|at| number_at(&words, at))?.value;
    let younger = YOUNGER.iter().any(|word| intent::holds(plain, word));
    (1..=120)
        .contains(&number)
        .then_some(number >= age && !younger)
}
