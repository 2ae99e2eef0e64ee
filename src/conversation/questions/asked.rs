//! A caller's question, taken apart by the tags of its words: in the caller's own language, and as the rules read it.

use super::super::asks;
use super::super::lexicon::{RawWord, Span, Tag, Tagged, Topic, Wish, raw_words};
use super::super::{CompiledMenu, intent};
use crate::words::Language;

/// One question.
#[derive(Debug)]
pub(in super::super) struct Asked<'a> {
    menu: &'a CompiledMenu,
    /// As the rules read it.
    read: Tagged,
    /// Where the question begins in it.
    from: usize,
    led: bool,
    /// In the caller's language, where that is another.
    own: Option<Own>,
}

#[derive(Debug)]
struct Own {
    words: Vec<RawWord>,
    tags: Tagged,
    from: usize,
}

/// Topics whose phrases are whole questions.
const WHOLE: &[Topic] = &[
    Topic::Delivery,
    Topic::Pickup,
    Topic::Paying,
    Topic::Robot,
    Topic::Have,
    Topic::Hours,
    Topic::Wait,
    Topic::Phone,
    Topic::Address,
    Topic::Total,
];
/// Topics that a word alone asks about: nothing on a menu is called so.
const WORD: &[Topic] = &[Topic::Calories, Topic::Difference, Topic::Minimum];

impl<'a> Asked<'a> {
    /// A plain line of the rules' words, and what was really said.
    pub fn new(menu: &'a CompiledMenu, language: Language, plain: &str, said: &str) -> Self {
        let read = Tagged::of(plain);
        let (mut from, mut led) = asks::question_at(&read);
        if !led && read.at(from, Tag::AskBegin).is_none() {
            from = behind_talk(menu, &read).unwrap_or(from);
        }
        let own = (language != Language::English).then(|| {
            let words = raw_words(language, said);
            let folded = words.iter().map(|word| word.folded.clone()).collect();
            let tags = Tagged::new(language, folded);
            let (from, own_led) = asks::question_at(&tags);
            led |= own_led;
            Own { words, tags, from }
        });
        Self {
            menu,
            read,
            from,
            led,
            own,
        }
    }

    /// Is the topic named anywhere? "Run me through the menu" names no price, "how long are you open" no wait.
    pub fn about(&self, topic: Topic) -> bool {
        let tag = Tag::Ask(topic);
        let longer = match topic {
            Topic::Price => Topic::Menu,
            Topic::Wait => Topic::Hours,
            _ => return self.has(tag),
        };
        let outside = |tags: &Tagged| tags.has_outside(tag, Tag::Ask(longer));
        self.own.as_ref().is_some_and(|own| outside(&own.tags)) || outside(&self.read)
    }

    pub fn has(&self, tag: Tag) -> bool {
        let own = self.own.as_ref().is_some_and(|own| own.tags.has(tag));
        own || self.read.has(tag)
    }

    /// Does the question begin with the tag?
    pub fn begins(&self, tag: Tag) -> bool {
        let own = self.own.as_ref();
        own.is_some_and(|own| own.tags.at(own.from, tag).is_some())
            || self.read.at(self.from, tag).is_some()
    }

    /// Does it begin like a question, or was it announced as one?
    pub fn is_question(&self) -> bool {
        let whole = |tags: &Tagged, from| {
            let mut topics = tags.topics_at(from);
            topics.any(|(topic, words)| words > 1 && WHOLE.contains(&topic))
        };
        let own = self.own.as_ref();
        self.led
            || self.begins(Tag::AskBegin)
            || WORD.iter().any(|&topic| self.about(topic))
            || self.read.ends(Tag::AskEnd)
            || self.read.has(Tag::AskTurned)
            || whole(&self.read, self.from)
            || own.is_some_and(|own| own.tags.ends(Tag::AskEnd) || whole(&own.tags, own.from))
            || self.is_said_of_a_dish()
    }

    /// "The soup is halal": a question, even where the voice that rises is not heard.
    fn is_said_of_a_dish(&self) -> bool {
        let end = self.read.words().len();
        let this = [Tag::Article, Tag::Pronoun];
        let definite = this
            .iter()
            .any(|&tag| self.read.at(self.from, tag).is_some());
        let is = |at: usize| at > 0 && matches!(self.read.words()[at - 1].as_str(), "is" | "are");
        definite
            && self
                .read
                .wishes()
                .any(|(span, _)| span.to == end && is(span.from))
    }

    /// Does it ask for something to be brought?
    pub fn brings(&self) -> bool {
        match &self.own {
            Some(own) if own.tags.has(Tag::Brings) => asks::brings(&own.tags, own.from),
            _ => asks::brings(&self.read, self.from),
        }
    }

    /// A question, and nothing is to be brought.
    pub fn only_asks(&self) -> bool {
        (self.led || self.begins(Tag::AskOnly)) && !self.brings()
    }

    /// The question without what stands before it.
    pub fn rest(&self) -> String {
        self.read.text(self.from, self.read.words().len())
    }

    /// All of it.
    pub fn whole(&self) -> String {
        self.read.text(0, self.read.words().len())
    }

    /// What stands before and behind the first phrase of a topic, as the rules read it.
    pub fn around(&self, topic: Topic) -> Option<(String, String)> {
        let tag = Tag::Ask(topic);
        let end = |tags: &Tagged| tags.words().len();
        if let Some(own) = &self.own
            && let Some(span) = first(&own.tags, tag)
        {
            let from = own.from.min(span.from);
            return Some((
                self.text(own, from, span.from),
                self.text(own, span.to, end(&own.tags)),
            ));
        }
        let span = first(&self.read, tag)?;
        let before = self.read.text(self.from.min(span.from), span.from);
        Some((before, self.read.text(span.to, end(&self.read))))
    }

    /// The question without the phrases of the topics.
    pub fn without(&self, topics: &[Topic]) -> String {
        let outside = |tags: &Tagged, from: usize| -> Vec<(usize, usize)> {
            let mut kept = Vec::new();
            let mut at = from;
            while at < tags.words().len() {
                let spans = topics
                    .iter()
                    .filter_map(|&topic| tags.at(at, Tag::Ask(topic)));
                match spans.map(|span| span.to).max() {
                    Some(to) => at = to,
                    None => {
                        kept.push((at, at + 1));
                        at += 1;
                    }
                }
            }
            kept
        };
        let named = |tags: &Tagged| topics.iter().any(|&topic| tags.has(Tag::Ask(topic)));
        match self.own.as_ref().filter(|own| named(&own.tags)) {
            Some(own) => {
                let words = outside(&own.tags, own.from);
                let words = words.iter().map(|&(at, _)| own.words[at].original.as_str());
                self.as_read(&words.collect::<Vec<_>>().join(" "))
            }
            None => {
                let words = outside(&self.read, self.from);
                let words = words.iter().map(|&(at, to)| self.read.text(at, to));
                words.collect::<Vec<_>>().join(" ")
            }
        }
    }

    /// The question about a topic by itself, and the words that stand beside it, if there are any; as the rules read them.
    pub fn apart(&self, topic: Topic) -> Option<(Self, String)> {
        let span = first(&self.read, Tag::Ask(topic))?;
        let leads = [Tag::AskBegin, Tag::AskOnly, Tag::AskLead, Tag::AskCourtesy];
        let lead_before = |at: usize| {
            let mut all = leads.iter().flat_map(|&tag| self.read.all(tag));
            all.find(|lead| lead.to == at).map(|lead| lead.from)
        };
        let mut from = span.from;
        while let Some(lead) = lead_before(from) {
            from = lead;
        }
        let before = self.read.text(0, from);
        let behind = self.read.text(span.to, self.read.words().len());
        let rest = format!("{before} {behind}").trim().to_owned();
        let question = self.read.text(from, span.to);
        let alone = Self::new(self.menu, Language::English, &question, "");
        (!rest.is_empty()).then_some((alone, rest))
    }

    /// What a dish is wished to be, how it was said, and the question without it.
    pub fn wish(&self) -> Option<(Wish, String, String)> {
        if let Some(own) = &self.own
            && let Some((span, wish)) = longest_wish(&own.tags)
        {
            let end = own.words.len();
            let said = own.words[span.from..span.to].iter();
            let said: Vec<&str> = said.map(|word| word.original.as_str()).collect();
            let from = own.from.min(span.from);
            let rest = [
                self.text(own, from, span.from),
                self.text(own, span.to, end),
            ];
            return Some((wish, said.join(" "), rest.join(" ").trim().to_owned()));
        }
        let (span, wish) = longest_wish(&self.read)?;
        let end = self.read.words().len();
        let from = self.from.min(span.from);
        let rest = [
            self.read.text(from, span.from),
            self.read.text(span.to, end),
        ];
        Some((
            wish,
            self.read.text(span.from, span.to),
            rest.join(" ").trim().to_owned(),
        ))
    }

    /// The tags in which days are named: the caller's own, if there are any.
    pub fn day_tags(&self) -> &Tagged {
        let named = |tags: &&Tagged| tags.days().next().is_some() || tags.months().next().is_some();
        let own = self.own.as_ref().map(|own| &own.tags);
        own.filter(named).unwrap_or(&self.read)
    }

    fn text(&self, own: &Own, from: usize, to: usize) -> String {
        let words = own.words[from..to]
            .iter()
            .map(|word| word.original.as_str());
        self.as_read(&words.collect::<Vec<_>>().join(" "))
    }

    fn as_read(&self, said: &str) -> String {
        intent::plain(self.menu.read(said).text())
    }
}

/// "I'm a bit out of breath, what do you charge for the soup": where a question begins behind talk that names nothing of the menu.
fn behind_talk(menu: &CompiledMenu, said: &Tagged) -> Option<usize> {
    let leads = [Tag::AskOnly, Tag::Ask(Topic::Price)];
    let mut begins: Vec<usize> = leads
        .iter()
        .flat_map(|&tag| said.all(tag).filter(|span| span.to > span.from + 1))
        .filter(|span| {
            // "Let's not do the fries" asks nothing.
            let word = said.words()[span.from].as_str();
            word.starts_with("wh") || word.starts_with("how") || span.tag == Tag::Ask(Topic::Price)
        })
        .map(|span| span.from)
        .collect();
    begins.sort_unstable();
    let from = *begins.first()?;
    let before = &said.words()[..from];
    let talk = before.iter().all(|word| !menu.knows_name(word));
    let brings = said.all(Tag::Brings).any(|verb| verb.from < from);
    (talk && !brings).then_some(from)
}

/// The first span of a tag, the longest of those that begin with it.
pub(super) fn first(tags: &Tagged, tag: Tag) -> Option<Span> {
    let from = tags.all(tag).next()?.from;
    tags.at(from, tag)
}

fn longest_wish(tags: &Tagged) -> Option<(Span, Wish)> {
    let first = tags.wishes().next()?.0.from;
    tags.wishes().filter(|(span, _)| span.from == first).last()
}
