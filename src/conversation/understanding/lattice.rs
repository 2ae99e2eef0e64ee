//! All readings of an utterance, side by side: edges from word to word.

use super::compiled::{CompiledMenu, Meaning};
use super::cues::{Cue, cues};
use super::everyday::{is_common, is_describing, is_everyday};
use super::stems_at::{StemAt, stems_at};
use super::weights as w;
use crate::words::{Token, is_plural, number_at, single_number, tokens};

/// A name read somewhere.
#[derive(Clone, Debug)]
pub(super) struct Match {
    /// Words `from..to`.
    pub from: usize,
    pub to: usize,
    /// Items it may mean and what each costs, cheapest first.
    pub items: Vec<(usize, f32)>,
    /// Choices (senses) it may mean, cheapest first.
    pub choices: Vec<(usize, f32)>,
    /// How far the sound had to be stretched; 0 when the words were heard as written.
    pub stretch: f32,
    /// The last word was a plural.
    pub plural: bool,
}

/// What an edge reads.
#[derive(Clone, Copy, Debug)]
pub(super) enum Reading {
    /// An index into [`Lattice::matches`].
    Name(usize),
    Number(u32),
    Cue(Cue),
    Unknown,
}

/// One reading of words `from..to` (`from` is where it is stored).
#[derive(Clone, Copy, Debug)]
pub(super) struct Edge {
    pub to: usize,
    pub reading: Reading,
    pub cost: f32,
}

/// The readings of one utterance.
#[derive(Debug)]
pub(super) struct Lattice {
    pub words: Vec<Token>,
    pub matches: Vec<Match>,
    pub edges: Vec<Vec<Edge>>,
}

/// Words an utterance may have; the rest is not looked at (a caller who talks for minutes orders in later turns).
const LONGEST_UTTERANCE: usize = 160;
/// Words one name may take.
const LONGEST_NAME: usize = 8;

/// Words that refuse: to read past one would order what was refused.
pub(super) const REFUSING: &[&str] = &["no", "not", "dont", "without", "never", "hold"];
/// What a number before them counts is no food: money, time, people.
const COUNTED_ELSEWHERE: &[&str] = &[
    "dollar", "dollars", "buck", "bucks", "cent", "cents", "percent", "euro", "euros", "minute",
    "minutes", "hour", "hours", "oclock", "am", "pm", "people", "persons", "guests", "years",
    "days", "weeks", "miles", "blocks", "thousand", "million",
];

/// Function words that may stand inside a name that is written without them, or with another.
const INSERTED: &[&str] = &["the", "of", "and", "with", "n"];

/// Shares of a whole that a dish may be named by.
const SHARES: &[&str] = &["half", "quarter"];

/// A name while it is read, word by word.
struct Walk {
    key: String,
    at: usize,
    stretch: f32,
    /// The last word belongs to the key; a name ends only there.
    ended: bool,
    /// "and" or "with" was passed over: only nearly whole names may hold those.
    joint: bool,
}

impl Lattice {
    /// Reads an utterance against a menu.
    pub fn new(menu: &CompiledMenu, text: &str) -> Self {
        let mut words = tokens(text);
        words.truncate(LONGEST_UTTERANCE);
        let stems: Vec<Vec<StemAt>> = (0..words.len())
            .map(|at| stems_at(menu, &words, at))
            .collect();
        let mut lattice = Self {
            matches: Vec::new(),
            edges: vec![Vec::new(); words.len()],
            words,
        };
        for at in 0..lattice.words.len() {
            lattice.add_names(menu, &stems, at);
        }
        for at in 0..lattice.words.len() {
            lattice.add_numbers(at);
            lattice.add_cues(at);
            let text = lattice.words[at].text.as_str();
            let telling = !is_everyday(text) && !is_describing(text)
                || self_names(&lattice.edges[at], &lattice.matches);
            let adjective_of_item = is_describing(text) && lattice.names_item(at);
            let cost = match telling {
                _ if REFUSING.contains(&text) => w::UNKNOWN_REFUSAL,
                true if is_common(text) => w::UNKNOWN_COMMON,
                true => w::UNKNOWN,
                false if adjective_of_item => w::UNKNOWN_COMMON,
                false => w::UNKNOWN_EVERYDAY,
            };
            lattice.edges[at].push(Edge {
                to: at + 1,
                reading: Reading::Unknown,
                cost,
            });
        }
        lattice
    }

    fn add_names(&mut self, menu: &CompiledMenu, stems: &[Vec<StemAt>], from: usize) {
        let mut found: Vec<Match> = Vec::new();
        let mut open = vec![Walk {
            key: String::new(),
            at: from,
            stretch: 0.0,
            ended: false,
            joint: false,
        }];
        while let Some(walk) = open.pop() {
            let at = walk.at;
            if let Some(meanings) = menu.meanings(&walk.key).filter(|_| walk.ended) {
                let last = self.words[at - 1].text.as_str();
                let plural = last == "s" && at > from + 1 || last.len() > 2 && is_plural(last);
                let whole = meanings.partition_point(|&(_, cost)| cost <= w::NEARLY_WHOLE);
                let meant = if walk.joint {
                    &meanings[..whole]
                } else {
                    meanings
                };
                if !meant.is_empty() {
                    add_match(menu, &mut found, (from, at), meant, walk.stretch, plural);
                }
            }
            if at - from >= LONGEST_NAME || at >= stems.len() {
                continue;
            }
            for next in &stems[at] {
                let longer = if walk.key.is_empty() {
                    next.stem.clone()
                } else {
                    format!("{} {}", walk.key, next.stem)
                };
                if menu.begins(&longer) {
                    open.push(Walk {
                        key: longer,
                        at: next.to,
                        stretch: walk.stretch + next.cost,
                        ended: true,
                        joint: walk.joint,
                    });
                }
            }
            let word = self.words[at].text.as_str();
            // "Chicken in a bun" for a Chicken Bun: only a whole name may hold a preposition with its article.
            let within = matches!(word, "in" | "on")
                && self
                    .words
                    .get(at + 1)
                    .is_some_and(|next| matches!(next.text.as_str(), "a" | "an" | "the"));
            if walk.ended && within {
                open.push(Walk {
                    key: walk.key.clone(),
                    at: at + 2,
                    stretch: walk.stretch + w::INSERTED,
                    ended: false,
                    joint: true,
                });
            }
            // "Half an aromatic duck", "a quarter of a chicken": an article behind the share that begins the name.
            let of_share = SHARES.contains(&walk.key.as_str()) && matches!(word, "a" | "an");
            if of_share || walk.ended && INSERTED.contains(&word) {
                open.push(Walk {
                    at: at + 1,
                    stretch: walk.stretch + w::INSERTED,
                    ended: false,
                    joint: walk.joint || matches!(word, "and" | "with" | "n"),
                    key: walk.key,
                });
            }
        }
        for mut name in found {
            let to = name.to;
            self.prefer_written(menu, &mut name);
            self.matches.push(name);
            let reading = Reading::Name(self.matches.len() - 1);
            self.edges[from].push(Edge {
                to,
                reading,
                cost: if to > from + 1 {
                    w::LONG_ENTITY
                } else {
                    w::ENTITY
                },
            });
        }
    }

    /// Where the menu writes one meaning just as it was heard, the others cost a little more.
    fn prefer_written(&self, menu: &CompiledMenu, name: &mut Match) {
        let written = menu.written(&self.text(name.from, name.to));
        if written.is_empty() {
            return;
        }
        for (item, cost) in &mut name.items {
            *cost += if written.contains(&Meaning::Item(*item)) {
                0.0
            } else {
                w::NOT_AS_WRITTEN
            };
        }
        for (choice, cost) in &mut name.choices {
            *cost += if written.contains(&Meaning::Choice(*choice)) {
                0.0
            } else {
                w::NOT_AS_WRITTEN
            };
        }
        name.items.sort_by(|a, b| a.1.total_cmp(&b.1));
        name.choices.sort_by(|a, b| a.1.total_cmp(&b.1));
    }

    fn add_numbers(&mut self, at: usize) {
        if let Some(number) = number_at(&self.words, at) {
            let after = self.words.get(at + number.words);
            if after.is_some_and(|word| COUNTED_ELSEWHERE.contains(&word.text.as_str())) {
                self.edges[at].push(Edge {
                    to: at + number.words + 1,
                    reading: Reading::Unknown,
                    cost: w::UNKNOWN_EVERYDAY,
                });
                return;
            }
            let last = at + number.words - 1;
            let over = if self.words[last].text == "single" {
                self.single_over_name(last)
            } else {
                0.0
            };
            self.edges[at].push(Edge {
                to: at + number.words,
                reading: Reading::Number(number.value),
                cost: w::FILLER + over,
            });
            // "Two 82s", where a dish is called 82.
            let called = |edge: &Edge| self.is_exact(edge);
            if let Some(first) = single_number(&self.words[at].text)
                && number.words > 1
                && self.edges[at + 1].iter().any(called)
            {
                self.edges[at].push(Edge {
                    to: at + 1,
                    reading: Reading::Number(first),
                    cost: w::FILLER,
                });
            }
            return;
        }
        let value = match self.words[at].text.as_str() {
            "to" | "too" => 2,
            "for" | "fore" => 4,
            "ate" => 8,
            "won" => 1,
            "tree" => 3,
            _ => return,
        };
        let before = at.checked_sub(1).map(|i| self.words[i].text.as_str());
        // "make that too lattes"
        let makes = at >= 2 && matches!(self.words[at - 2].text.as_str(), "make" | "made");
        let fits_before = before.is_none_or(|b| {
            if matches!(b, "that" | "it" | "them" | "those") {
                return makes;
            }
            matches!(
                b,
                "and"
                    | "get"
                    | "have"
                    | "want"
                    | "need"
                    | "take"
                    | "me"
                    | "like"
                    | "do"
                    | "add"
                    | "plus"
                    | "yeah"
                    | "um"
                    | "uh"
                    | "please"
                    | "also"
            )
        });
        // "And to Strambolese": between "and" and even a badly heard name there is no room for another word.
        let by_sound = before.is_none_or(|b| b == "and");
        let fits_after = self.edges.get(at + 1).is_some_and(|next| {
            next.iter().any(|e| {
                matches!(e.reading, Reading::Name(m) if by_sound || self.matches[m].stretch == 0.0)
            })
        });
        if fits_before && fits_after && !cues().at(&self.words, at).iter().any(|&(len, _)| len > 1)
        {
            self.edges[at].push(Edge {
                to: at + 1,
                reading: Reading::Number(value),
                cost: w::NUMBER_BY_SOUND,
            });
            self.edges[at].push(Edge {
                to: at + 1,
                reading: Reading::Cue(Cue::Filler),
                cost: w::NOT_A_NUMBER,
            });
        }
    }

    /// Does the word alone name an item?
    fn names_item(&self, at: usize) -> bool {
        self.edges[at].iter().any(|edge| match edge.reading {
            Reading::Name(name) => edge.to == at + 1 && !self.matches[name].items.is_empty(),
            _ => false,
        })
    }

    /// "Single" counts only where nothing is called so.
    fn single_over_name(&self, at: usize) -> f32 {
        match self.names_item(at) {
            true => w::NUMBER_OVER_ITEM,
            false if self.edges[at].iter().any(|e| self.is_exact(e)) => w::AMOUNT_OVER_NAME,
            false => 0.0,
        }
    }

    fn add_cues(&mut self, at: usize) {
        let heard_as_number = self.edges[at]
            .iter()
            .any(|e| matches!(e.reading, Reading::Cue(_)));
        if self.takes_back(at) {
            self.edges[at].push(Edge {
                to: at + 1,
                reading: Reading::Cue(Cue::Repair),
                cost: w::FILLER + w::TAKES_BACK,
            });
        }
        for (len, cue) in cues().at(&self.words, at) {
            if heard_as_number && len == 1 || cue == Cue::Half && self.is_one_side(at, len) {
                continue;
            }
            let may_name = matches!(
                cue,
                Cue::Plain | Cue::Light | Cue::Extra | Cue::Half | Cue::Portion | Cue::All
            );
            let named = may_name
                && self.edges[at]
                    .iter()
                    .any(|e| e.to <= at + len && self.is_exact(e));
            let ends_in_name = len > 1
                && self.edges[at + len - 1]
                    .iter()
                    .any(|e| e.to == at + len && self.is_exact(e))
                && cue == Cue::Article;
            let inside = ends_in_name
                || self.edges[at]
                    .iter()
                    .any(|e| e.to > at + 1 && e.to >= at + len && self.is_exact(e));
            let cost = if named && cue == Cue::Half {
                w::FILLER + w::HALF_OVER_NAME
            } else if may_name && len == 1 && self.names_item(at) {
                w::FILLER + w::AMOUNT_OVER_ITEM
            } else if named && cue == Cue::Plain {
                w::FILLER + w::PLAIN_OVER_NAME
            } else if named {
                w::FILLER + w::AMOUNT_OVER_NAME
            } else if inside {
                w::FILLER + w::CUE_OVER_NAME
            } else {
                w::FILLER
            };
            self.edges[at].push(Edge {
                to: at + len,
                reading: Reading::Cue(cue),
                cost,
            });
        }
    }

    /// "A plain no a poppy bagel": a "no" before an article or a number refuses nothing; it takes back.
    fn takes_back(&self, at: usize) -> bool {
        let word = |at: usize| self.words.get(at).map_or("", |word| word.text.as_str());
        let counts = matches!(word(at + 1), "a" | "an") || number_at(&self.words, at + 1).is_some();
        at > 0 && matches!(word(at), "no" | "nope" | "nah") && counts
    }

    /// "One side" of a dish is a half of it only where the other side is spoken of too.
    fn is_one_side(&self, at: usize, len: usize) -> bool {
        let words = &self.words[at..at + len];
        let one = words.first().is_some_and(|word| word.text == "one");
        let side = words.last().is_some_and(|word| word.text == "side");
        let mut after = self.words[at + len..].windows(2);
        one && side && !after.any(|two| two[0].text == "other" && two[1].text == "side")
    }

    /// A name heard as the menu writes it.
    fn is_exact(&self, edge: &Edge) -> bool {
        let Reading::Name(name) = edge.reading else {
            return false;
        };
        let name = &self.matches[name];
        name.items
            .iter()
            .chain(&name.choices)
            .any(|&(_, cost)| cost <= w::ALIAS)
    }

    /// Is the name only a food noun that may as well describe another ("sauce", "cheese")?
    pub fn is_head(&self, name: &Match) -> bool {
        let one = name.to == name.from + 1;
        one && cues().is_head(&self.words[name.from].text)
    }

    /// The words of a span, as heard.
    pub fn text(&self, from: usize, to: usize) -> String {
        let words: Vec<&str> = self.words[from..to]
            .iter()
            .map(|t| t.text.as_str())
            .collect();
        words.join(" ")
    }
}

/// Is there a reading of the words here as a name, or nearly so?
fn self_names(edges: &[Edge], matches: &[Match]) -> bool {
    edges.iter().any(|edge| {
        let Reading::Name(name) = edge.reading else {
            return false;
        };
        let name = &matches[name];
        name.items
            .iter()
            .chain(&name.choices)
            .any(|&(_, cost)| cost < w::DROPPED)
    })
}

/// Joins a reading to an earlier one of the same span, keeping the cheaper cost of each meaning.
fn add_match(
    menu: &CompiledMenu,
    found: &mut Vec<Match>,
    (from, to): (usize, usize),
    meanings: &[(Meaning, f32)],
    stretch: f32,
    plural: bool,
) {
    let at = found.iter().position(|m| m.to == to).unwrap_or_else(|| {
        let (items, choices) = (Vec::new(), Vec::new());
        found.push(Match {
            from,
            to,
            items,
            choices,
            stretch,
            plural,
        });
        found.len() - 1
    });
    let known = &mut found[at];
    known.stretch = known.stretch.min(stretch);
    for &(meaning, cost) in meanings {
        let (list, what, number) = match meaning {
            Meaning::Item(item) => (&mut known.items, item, 0.0),
            Meaning::Choice(choice) => {
                let differs = menu.choices[choice].plural != plural;
                (
                    &mut known.choices,
                    choice,
                    if differs { w::CHOICE_NUMBER } else { 0.0 },
                )
            }
        };
        let cost = cost + number;
        match list.iter_mut().find(|(known, _)| *known == what) {
            Some((_, old)) => *old = old.min(cost + stretch),
            None => list.push((what, cost + stretch)),
        }
    }
    known.items.sort_by(|a, b| a.1.total_cmp(&b.1));
    known.choices.sort_by(|a, b| a.1.total_cmp(&b.1));
}
