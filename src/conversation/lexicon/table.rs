//! A language's table as a tree of words, and the spans it finds in an utterance.

use std::collections::HashMap;
use std::sync::LazyLock;

use super::patterns::spelt_out;
use super::tag::{Allergen, Table, Tag};
use super::topic::{DayName, Topic, Wish};
use super::words::raw_words;
use super::{en, es, fr};
use crate::words::{Language, singular};

/// Words `from..to` and what they do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    pub from: usize,
    pub to: usize,
    pub tag: Tag,
}

#[derive(Debug, Default)]
struct Node {
    next: HashMap<String, usize>,
    tags: Vec<Tag>,
}

/// The phrases of a table, word by word; node 0 is the root.
#[derive(Debug)]
struct Lexicon {
    nodes: Vec<Node>,
}

impl Lexicon {
    fn new(tables: &[Table]) -> Self {
        let mut lexicon = Self {
            nodes: vec![Node::default()],
        };
        for &(tag, patterns) in tables.iter().copied().flatten() {
            for phrase in spelt_out(patterns) {
                lexicon.learn(tag, &phrase);
            }
        }
        lexicon
    }

    fn learn(&mut self, tag: Tag, phrase: &str) {
        let mut at = 0;
        for word in phrase.split(' ') {
            at = match self.nodes[at].next.get(word) {
                Some(&next) => next,
                None => {
                    let next = self.nodes.len();
                    self.nodes.push(Node::default());
                    self.nodes[at].next.insert(word.to_owned(), next);
                    next
                }
            };
        }
        if !self.nodes[at].tags.contains(&tag) {
            self.nodes[at].tags.push(tag);
        }
    }

    fn spans(&self, words: &[String]) -> Vec<Span> {
        let mut found = Vec::new();
        for from in 0..words.len() {
            let mut at = 0;
            for (to, word) in words.iter().enumerate().skip(from) {
                let Some(&next) = self.nodes[at].next.get(word) else {
                    break;
                };
                at = next;
                let tags = self.nodes[at].tags.iter();
                found.extend(tags.map(|&tag| Span {
                    from,
                    to: to + 1,
                    tag,
                }));
            }
        }
        found
    }
}

/// Is an English word of the tag by itself?
pub fn is_word(word: &str, tag: Tag) -> bool {
    let lexicon = lexicon(Language::English);
    let node = lexicon.nodes[0].next.get(word);
    node.is_some_and(|&at| lexicon.nodes[at].tags.contains(&tag))
}

/// Is an English word a food by itself, whatever the menu has?
pub fn is_food(word: &str) -> bool {
    let lexicon = lexicon(Language::English);
    let known = |word: &str| lexicon.nodes[0].next.get(word);
    let node = known(word).or_else(|| known(&singular(word)));
    let food = |tag: &Tag| matches!(tag, Tag::Food(_) | Tag::Foodstuff);
    node.is_some_and(|&at| lexicon.nodes[at].tags.iter().any(food))
}

fn lexicon(language: Language) -> &'static Lexicon {
    static ENGLISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(en::TABLES));
    static FRENCH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(fr::TABLES));
    static SPANISH: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::new(es::TABLES));
    match language {
        Language::English => &ENGLISH,
        Language::French => &FRENCH,
        Language::Spanish => &SPANISH,
    }
}

/// An utterance with its phrases.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tagged {
    words: Vec<String>,
    spans: Vec<Span>,
}

impl Tagged {
    /// Folded words of a language.
    pub fn new(language: Language, words: Vec<String>) -> Self {
        let spans = lexicon(language).spans(&words);
        Self { words, spans }
    }

    /// Text in its own language.
    pub fn said(language: Language, text: &str) -> Self {
        let words = raw_words(language, text).into_iter();
        Self::new(language, words.map(|word| word.folded).collect())
    }

    /// A line of words that is already plain, in the words of the rules.
    pub fn of(plain: &str) -> Self {
        let words = plain.split(' ').filter(|word| !word.is_empty());
        Self::new(Language::English, words.map(str::to_owned).collect())
    }

    pub fn words(&self) -> &[String] {
        &self.words
    }

    /// Does it stand anywhere?
    pub fn has(&self, tag: Tag) -> bool {
        self.spans.iter().any(|span| span.tag == tag)
    }

    /// The spans of a tag, in order; of those that begin at one word the longest is last.
    pub fn all(&self, tag: Tag) -> impl Iterator<Item = Span> + '_ {
        let spans = self.spans.iter().copied();
        spans.filter(move |span| span.tag == tag)
    }

    /// The longest span of a tag that begins at a word.
    pub fn at(&self, from: usize, tag: Tag) -> Option<Span> {
        self.all(tag).filter(|span| span.from == from).last()
    }

    /// Does a word stand in a phrase of any tag?
    pub fn is_tagged(&self, at: usize) -> bool {
        self.spans
            .iter()
            .any(|span| span.from <= at && at < span.to)
    }

    /// Does it begin with the tag?
    pub fn begins(&self, tag: Tag) -> bool {
        self.at(0, tag).is_some()
    }

    /// Does it end with the tag, behind something else?
    pub fn ends(&self, tag: Tag) -> bool {
        let end = self.words.len();
        self.all(tag).any(|span| span.from > 0 && span.to == end)
    }

    /// Are its last words a phrase of the tag?
    pub fn ends_in(&self, tag: Tag) -> bool {
        let end = self.words.len();
        self.all(tag).any(|span| span.to == end)
    }

    /// Is every word part of a phrase of these tags, or a courtesy, and is at least one such phrase there?
    pub fn covered_by(&self, tags: &[Tag]) -> bool {
        let mut at = 0;
        let mut found = false;
        while at < self.words.len() {
            let longest = tags
                .iter()
                .filter_map(|&tag| self.at(at, tag))
                .map(|s| s.to)
                .max();
            match longest {
                Some(to) => {
                    found = true;
                    at = to;
                }
                None => match self.at(at, Tag::Courtesy) {
                    Some(courtesy) => at = courtesy.to,
                    None => return false,
                },
            }
        }
        found
    }

    /// Is the utterance one phrase of the tag and words that say nothing around it?
    pub fn is_only(&self, tags: &[Tag]) -> bool {
        let mut at = 0;
        let mut found = false;
        while at < self.words.len() {
            let longest = tags
                .iter()
                .filter_map(|&tag| self.at(at, tag))
                .map(|s| s.to)
                .max();
            let pad = self.at(at, Tag::Pad).map(|span| span.to);
            found |= longest.is_some();
            match longest.or(pad) {
                Some(to) => at = to,
                None => return false,
            }
        }
        found
    }

    /// A span of the tag that lies in no longer one of the other.
    pub fn has_outside(&self, tag: Tag, other: Tag) -> bool {
        self.all(tag).any(|span| {
            let longer = |o: Span| {
                o.from <= span.from && o.to >= span.to && o.to - o.from > span.to - span.from
            };
            !self.all(other).any(longer)
        })
    }

    /// Is a span part of a longer one that asks about something?
    pub fn inside_a_question(&self, span: Span) -> bool {
        self.spans.iter().any(|o| {
            let longer =
                o.from <= span.from && o.to >= span.to && o.to - o.from > span.to - span.from;
            longer && matches!(o.tag, Tag::Ask(_))
        })
    }

    /// What phrases that begin at a word ask about, and of how many words they are.
    pub fn topics_at(&self, from: usize) -> impl Iterator<Item = (Topic, usize)> + '_ {
        self.spans.iter().filter_map(move |span| match span.tag {
            Tag::Ask(topic) if span.from == from => Some((topic, span.to - from)),
            _ => None,
        })
    }

    /// What a dish is wished to be, in order.
    pub fn wishes(&self) -> impl Iterator<Item = (Span, Wish)> + '_ {
        self.spans.iter().filter_map(|span| match span.tag {
            Tag::Wish(wish) => Some((*span, wish)),
            _ => None,
        })
    }

    /// The days named, in order.
    pub fn days(&self) -> impl Iterator<Item = (Span, DayName)> + '_ {
        self.spans.iter().filter_map(|span| match span.tag {
            Tag::Day(day) => Some((*span, day)),
            _ => None,
        })
    }

    /// The months named, from January, 1.
    pub fn months(&self) -> impl Iterator<Item = (Span, i8)> + '_ {
        self.spans.iter().filter_map(|span| match span.tag {
            Tag::Month(month) => Some((*span, month)),
            _ => None,
        })
    }

    /// The words without the phrases of a tag (the longest at each place), and whether there were any.
    pub fn without(&self, tag: Tag) -> (String, bool) {
        let mut left: Vec<&str> = Vec::new();
        let mut at = 0;
        let mut any = false;
        while at < self.words.len() {
            match self.at(at, tag) {
                Some(span) => {
                    any = true;
                    at = span.to;
                }
                None => {
                    left.push(&self.words[at]);
                    at += 1;
                }
            }
        }
        (left.join(" "), any)
    }

    /// Words `from..to` as a line.
    pub fn text(&self, from: usize, to: usize) -> String {
        self.words[from..to].join(" ")
    }

    /// The foods named by words `from..to`.
    pub fn foods(&self, from: usize, to: usize) -> impl Iterator<Item = Allergen> + '_ {
        let inside = self.spans.iter();
        inside.filter_map(move |span| match span.tag {
            Tag::Food(food) if span.from >= from && span.to <= to => Some(food),
            _ => None,
        })
    }

    /// Where the longest food that begins at a word ends.
    pub fn food_at(&self, from: usize) -> Option<usize> {
        let foods = self
            .spans
            .iter()
            .filter(|span| matches!(span.tag, Tag::Food(_)));
        foods
            .filter(|span| span.from == from)
            .map(|span| span.to)
            .max()
    }

    /// Does a food begin at a word?
    pub fn begins_food(&self, at: usize) -> bool {
        self.food_at(at).is_some()
    }

    /// Does a food end before a word?
    pub fn ends_food(&self, at: usize) -> bool {
        let mut spans = self.spans.iter();
        spans.any(|span| matches!(span.tag, Tag::Food(_)) && span.to == at)
    }

    /// Conditions that are a food's.
    pub fn conditions(&self) -> impl Iterator<Item = (Span, Allergen)> + '_ {
        self.spans.iter().filter_map(|span| match span.tag {
            Tag::Condition(allergen) => Some((*span, allergen)),
            _ => None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_spells_out_to_few_phrases() {
        // Each is kept for the life of the process: a group too many multiplies them.
        for (language, tables) in [("en", en::TABLES), ("fr", fr::TABLES), ("es", es::TABLES)] {
            let phrases: usize = tables
                .iter()
                .copied()
                .flatten()
                .map(|(_, patterns)| spelt_out(patterns).len())
                .sum();
            assert!(phrases < 40_000, "{language}: {phrases}");
        }
    }

    #[test]
    fn an_utterance_is_tagged_and_covered() {
        let said = Tagged::of("yes thats right thank you");
        assert!(said.covered_by(&[Tag::Yes]) && !said.covered_by(&[Tag::No]));
        assert!(Tagged::of("a coke and thats all").has(Tag::Done));
        let (rest, done) = Tagged::of("a coke and thats all").without(Tag::Done);
        assert_eq!((rest.as_str(), done), ("a coke and", true));
        assert!(Tagged::of("manager please").is_only(&[Tag::PersonAlone]));
    }
}
