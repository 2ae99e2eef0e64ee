//! One restaurant's menu, compiled for matching.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::cues::cues;
use super::everyday::is_everyday;
use super::forms::{Frequencies, forms, stem, stems};
use super::sound_alike::Sounds;
use super::weights as w;
use crate::conversation::Said;
use crate::conversation::interpreter::{read, read_menu};
use crate::conversation::lexicon::{Tag, is_word};
use crate::restaurant::{Item, Restaurant};
use crate::words::{Language, is_plural, number_at, tokens};

/// What a form means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Meaning {
    /// An index into the menu's items.
    Item(usize),
    /// An index into [`CompiledMenu::choices`].
    Choice(usize),
}

/// A choice by its option's and its own name, wherever the menu has it.
#[derive(Debug)]
pub(crate) struct ChoiceSense {
    pub option: String,
    pub choice: String,
    /// The name is a plural ("Onions").
    pub plural: bool,
    /// (item, option, choice), by item.
    pub on: Vec<(usize, usize, usize)>,
}

impl ChoiceSense {
    /// Where it stands on an item.
    pub fn on_item(&self, item: usize) -> Option<(usize, usize)> {
        let at = self.on.binary_search_by_key(&item, |&(i, _, _)| i).ok()?;
        Some((self.on[at].1, self.on[at].2))
    }
}

/// The matcher for one menu; built once per restaurant digest, then shared by all its calls.
#[derive(Debug)]
pub struct CompiledMenu {
    /// The restaurant with its names as the interpreter reads them; in English, as they are written.
    pub(crate) restaurant: Arc<Restaurant>,
    language: Language,
    pub(crate) choices: Vec<ChoiceSense>,
    pub(super) sounds: Sounds,
    /// Stems joined by a blank -> meanings and what each costs, cheapest first.
    forms: HashMap<String, Vec<(Meaning, f32)>>,
    /// Every beginning of a form, so that a walk stops early.
    beginnings: HashSet<String>,
    words: HashSet<String>,
    /// Words as kitchens of other languages may spell and inflect them -> the words themselves.
    spellings: HashMap<String, Vec<String>>,
    /// Names and aliases as written (tokens joined by a blank) -> their meanings.
    written: HashMap<String, Vec<Meaning>>,
    listening: Vec<String>,
    /// By item: its options whose choices are numbers of it ("Twelve piece"), with the numbers.
    counts: Vec<Vec<(usize, u32)>>,
    /// Lower-case name -> how a voice should say it, longest name first.
    pub(super) say_as: Vec<(String, String)>,
}

impl CompiledMenu {
    /// Compiles the menu of `restaurant`.
    pub fn new(restaurant: &Arc<Restaurant>) -> Self {
        let language = Language::from_tag(&restaurant.language).unwrap_or_default();
        let names_read = read_menu(restaurant, language);
        let mut menu = Self {
            choices: collect_choices(&names_read),
            restaurant: names_read,
            language,
            sounds: Sounds::default(),
            forms: HashMap::new(),
            beginnings: HashSet::new(),
            words: HashSet::new(),
            spellings: HashMap::new(),
            written: HashMap::new(),
            listening: listening_words(restaurant),
            counts: restaurant.menu.items.iter().map(counts_of).collect(),
            say_as: say_as(restaurant),
        };
        menu.index();
        menu
    }

    /// A caller's words as the rules of understanding read them; [`CompiledMenu::understand`] takes what this gives.
    pub fn read(&self, words: &str) -> Said {
        read(self.language, words)
    }

    /// Menu words for recogniser bias.
    pub fn listening_words(&self) -> &[String] {
        &self.listening
    }

    /// What a run of stems means.
    pub(super) fn meanings(&self, key: &str) -> Option<&[(Meaning, f32)]> {
        self.forms.get(key).map(Vec::as_slice)
    }

    /// What is written on the menu exactly so.
    pub(super) fn written(&self, heard: &str) -> &[Meaning] {
        self.written.get(heard).map_or(&[], Vec::as_slice)
    }

    /// Could a longer form begin with these stems?
    pub(super) fn begins(&self, key: &str) -> bool {
        self.beginnings.contains(key)
    }

    /// How many of an item its choices mean, by option.
    pub(crate) fn counts_of(&self, item: usize) -> &[(usize, u32)] {
        &self.counts[item]
    }

    /// Is the stem a word of any form?
    pub(crate) fn knows(&self, stem: &str) -> bool {
        self.words.contains(stem)
    }

    /// Is the word one of the menu's, and none that the language uses for anything?
    pub(crate) fn knows_name(&self, word: &str) -> bool {
        self.knows(&stem(word)) && !is_everyday(word) && !cues().is_cue(word)
    }

    /// Is the word one of the menu, or a function word or an everyday one of the language?
    pub(crate) fn explains(&self, word: &str) -> bool {
        self.knows(&stem(word)) || is_everyday(word) || cues().is_cue(word)
    }

    fn index(&mut self) {
        let restaurant = Arc::clone(&self.restaurant);
        let frequency = frequencies(&restaurant, &self.choices);
        let of_items = frequencies(&restaurant, &[]);
        let mut all: HashMap<String, HashMap<Meaning, f32>> = HashMap::new();
        let mut written: HashMap<String, Vec<Meaning>> = HashMap::new();
        let mut put = |name: &str, heads: &[String], base: f32, meaning: Meaning| {
            let words: Vec<String> = tokens(name).into_iter().map(|t| t.text).collect();
            written.entry(words.join(" ")).or_default().push(meaning);
            let of_item = matches!(meaning, Meaning::Item(_));
            for (form, cost) in forms(name, heads, &frequency, &of_items, base, of_item) {
                cheapest(&mut all, form.join(" "), meaning, cost);
            }
        };
        for (at, item) in restaurant.menu.items.iter().enumerate() {
            let head: Vec<String> = item
                .category
                .iter()
                .filter_map(|c| stems(c).pop())
                .collect();
            put(&item.name, &head, 0.0, Meaning::Item(at));
            for alias in &item.aliases {
                put(alias, &head, w::ALIAS, Meaning::Item(at));
            }
        }
        let mut bare_with_head: Vec<(String, usize)> = Vec::new();
        for (at, sense) in self.choices.iter().enumerate() {
            // "Ginger" of the option Extras is no "ginger extra": the word is an amount of what follows it.
            let mut named = stems(&sense.option);
            // "Pecan waffle" of the option Waffle Kind.
            if named.len() > 1
                && named
                    .last()
                    .is_some_and(|last| is_word(last, Tag::KindWord))
            {
                named.pop();
            }
            let mut heads: Vec<String> = named
                .pop()
                .filter(|head| head != "extra")
                .into_iter()
                .collect();
            heads.extend(["size", "sized", "style"].map(stem));
            put(&sense.choice, &heads, 0.0, Meaning::Choice(at));
            let (item, option, choice) = sense.on[0];
            let choice = &restaurant.menu.items[item].options[option].choices[choice];
            for alias in &choice.aliases {
                put(alias, &heads, w::ALIAS, Meaning::Choice(at));
            }
            // "Masala base" for "Masala (M)" of the option Base: what stands in brackets is left out of how it is said.
            let whole = stems(&choice.name);
            let bare = stems(choice.say_as.as_deref().unwrap_or_default());
            if !bare.is_empty() && bare.iter().all(|word| whole.contains(word)) {
                let added = heads.iter().filter(|head| !bare.contains(head));
                let said = added.map(|head| (format!("{} {head}", bare.join(" ")), at));
                bare_with_head.extend(said);
            }
        }
        for (said, at) in bare_with_head {
            cheapest(
                &mut all,
                said,
                Meaning::Choice(at),
                w::ALIAS + w::ADDED_HEAD,
            );
        }
        self.written = written;
        for (at, item) in restaurant.menu.items.iter().enumerate() {
            for said in last_parts(&item.name, &frequency) {
                let mut whole = stems(&item.name);
                whole.pop();
                if !whole.is_empty() {
                    whole.push(said.clone());
                    cheapest(&mut all, whole.join(" "), Meaning::Item(at), w::DROPPED);
                }
                cheapest(&mut all, said, Meaning::Item(at), w::LAST_PART);
            }
        }
        for form in all.keys() {
            self.words.extend(form.split(' ').map(str::to_owned));
        }
        for (said, meaning) in self.said_otherwise() {
            let joined = said.replace(' ', "");
            cheapest(&mut all, said, meaning, w::ALIAS);
            cheapest(&mut all, joined.clone(), meaning, w::ALIAS);
            self.words.insert(joined);
        }
        for (form, meanings) in all {
            let words: Vec<&str> = form.split(' ').collect();
            for upto in 1..=words.len() {
                self.beginnings.insert(words[..upto].join(" "));
            }
            let mut meanings: Vec<(Meaning, f32)> = meanings.into_iter().collect();
            meanings.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
            self.forms.insert(form, meanings);
        }
        for word in &self.words {
            let spelt = forms_of_kitchens(word);
            for other in spelt {
                self.spellings.entry(other).or_default().push(word.clone());
            }
        }
        self.spellings.values_mut().for_each(|words| words.sort());
        self.sounds = Sounds::new(self.words.iter().map(String::as_str));
    }

    /// The words of the menu that a heard word may be another spelling or a plural of ("saag", "panzerotti", "banh mis").
    pub(super) fn spelt_like(&self, heard: &str) -> impl Iterator<Item = &str> {
        let found = self.spellings.get(&one_vowel(heard));
        found.into_iter().flatten().map(String::as_str)
    }

    /// The spellings for the voice (`say_as`), as stems joined by a blank: a recogniser that hears our own voice may
    /// write them, or something like them ("strum bow lees" for "strom boe lee"). They count only whole, or joined to one word that
    /// may be found by its sound: their syllables ("can oh lee") are no words of the menu.
    fn said_otherwise(&self) -> Vec<(String, Meaning)> {
        let menu = &self.restaurant.menu.items;
        let items = menu
            .iter()
            .enumerate()
            .map(|(at, item)| (&item.say_as, Meaning::Item(at)));
        let choices = self.choices.iter().enumerate().map(|(at, sense)| {
            let (item, option, choice) = sense.on[0];
            let choice = &menu[item].options[option].choices[choice];
            (&choice.say_as, Meaning::Choice(at))
        });
        items
            .chain(choices)
            .filter_map(|(said, meaning)| Some((stems(said.as_deref()?).join(" "), meaning)))
            .filter(|(said, _)| !said.is_empty())
            .collect()
    }
}

/// How else a word of a menu may be spelt: a vowel doubled or not, and the plural of its own language or of English.
fn forms_of_kitchens(word: &str) -> Vec<String> {
    const SHORTEST: usize = 5;
    let plain = one_vowel(word);
    let mut out = Vec::new();
    if word.len() >= SHORTEST
        && let Some(stem) = plain.strip_suffix(['o', 'e'])
    {
        out.push(format!("{stem}i"));
    }
    // English plurals of short foreign words keep their "s" ("mis", "phos").
    let whole = word.len() == 2 || !is_everyday(word);
    if word.len() < SHORTEST && word.ends_with(['a', 'e', 'i', 'o', 'u']) && whole {
        out.push(format!("{plain}s"));
    }
    if word.len() > 2 && !word.bytes().any(|byte| byte.is_ascii_digit()) {
        out.push(plain);
    }
    out
}

/// A word with its doubled vowels written once.
fn one_vowel(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for letter in word.chars() {
        let doubled = out.ends_with(letter) && matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u');
        if !doubled {
            out.push(letter);
        }
    }
    out
}

/// Notes that `form` may mean `meaning` for `cost`, unless it already does for less.
fn cheapest(
    all: &mut HashMap<String, HashMap<Meaning, f32>>,
    form: String,
    meaning: Meaning,
    cost: f32,
) {
    let best = all.entry(form).or_default().entry(meaning).or_insert(cost);
    *best = best.min(cost);
}

/// "burger" for a name that ends in "cheeseburger", where the menu or the language knows the last part as a word, or the
/// first ("steak" of a cheesesteak).
fn last_parts(name: &str, frequency: &Frequencies) -> Vec<String> {
    const PART: usize = 4;
    const REST: usize = 3;
    let Some(last) = stems(name).pop().filter(|word| word.is_ascii()) else {
        return Vec::new();
    };
    (REST..last.len().saturating_sub(PART - 1))
        .map(|from| last.split_at(from))
        .filter(|(before, part)| {
            let known = |word: &str| frequency.contains_key(word) || cues().is_head(word);
            known(part) || known(before)
        })
        .map(|(_, part)| part.to_owned())
        .collect()
}

/// Every choice once per (option name, choice name).
fn collect_choices(restaurant: &Restaurant) -> Vec<ChoiceSense> {
    let mut senses: Vec<ChoiceSense> = Vec::new();
    let mut known: HashMap<(String, String), usize> = HashMap::new();
    for (item_at, item) in restaurant.menu.items.iter().enumerate() {
        for (option_at, option) in item.options.iter().enumerate() {
            for (choice_at, choice) in option.choices.iter().enumerate() {
                let name = (option.name.to_lowercase(), choice.name.to_lowercase());
                let at = *known.entry(name).or_insert_with(|| {
                    senses.push(ChoiceSense {
                        option: option.name.clone(),
                        choice: choice.name.clone(),
                        plural: tokens(&choice.name)
                            .last()
                            .is_some_and(|last| is_plural(&last.text)),
                        on: Vec::new(),
                    });
                    senses.len() - 1
                });
                senses[at].on.push((item_at, option_at, choice_at));
            }
        }
    }
    senses
}

fn frequencies(restaurant: &Restaurant, choices: &[ChoiceSense]) -> Frequencies {
    let mut frequency = Frequencies::new();
    let items = restaurant.menu.items.iter().map(|item| item.name.as_str());
    for name in items.chain(choices.iter().map(|c| c.choice.as_str())) {
        let words: HashSet<String> = stems(name).into_iter().collect();
        for word in words {
            *frequency.entry(word).or_insert(0) += 1;
        }
    }
    frequency
}

/// Counts are as much to be expected as the things counted: "two lattes", not "to lattes".
const COUNTS: &str = "one two three four five six seven eight nine ten dozen";

/// Choices that say how many of the item it is: "Twelve piece", "6 wings", "20".
fn counts_of(item: &Item) -> Vec<(usize, u32)> {
    let named = stems(&item.name);
    let unit = |word: &String| {
        matches!(word.as_str(), "piece" | "pc" | "count" | "ct" | "pack") || named.contains(word)
    };
    let options = item.options.iter().enumerate();
    let choices = options.flat_map(|(at, option)| option.choices.iter().map(move |c| (at, c)));
    choices
        .filter_map(|(at, choice)| {
            // "Twelve piece", "Half dozen".
            let said = tokens(&choice.name);
            let number = number_at(&said, 0)?;
            let rest: Vec<String> = said[number.words..].iter().map(|t| stem(&t.text)).collect();
            let counts = stem(&said[0].text).parse::<u32>().is_ok() || number.value > 2;
            (counts && rest.iter().all(unit)).then_some((at, number.value))
        })
        .collect()
}

fn listening_words(restaurant: &Restaurant) -> Vec<String> {
    let mut seen = HashSet::new();
    let items = restaurant.menu.items.iter();
    let names = items.flat_map(|item| {
        let choices = item.options.iter().flat_map(|o| o.choices.iter());
        std::iter::once(item.name.as_str()).chain(choices.map(|c| c.name.as_str()))
    });
    names
        .chain(COUNTS.split(' '))
        .flat_map(tokens)
        .map(|t| t.text)
        .filter(|word| word.len() > 2 && seen.insert(word.clone()))
        .collect()
}

fn say_as(restaurant: &Restaurant) -> Vec<(String, String)> {
    let items = &restaurant.menu.items;
    let of_items = items.iter().map(|item| (&item.name, &item.say_as));
    let choices = items
        .iter()
        .flat_map(|item| item.options.iter().flat_map(|option| &option.choices));
    let of_choices = choices.map(|choice| (&choice.name, &choice.say_as));
    let mut all: Vec<(String, String)> = of_items
        .chain(of_choices)
        .filter_map(|(name, said)| Some((name.to_lowercase(), said.clone()?)))
        .collect();
    all.sort_by(|a, b| b.0.len().cmp(&a.0.len()).then(a.cmp(b)));
    all.dedup();
    all
}
