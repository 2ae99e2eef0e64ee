//! Whole names found by their sound where word for word nothing fits.
//!
//! A recogniser that misses a name often cuts it elsewhere ("keen washouts"), so words are joined before they are
//! compared. What is found here is asked about or chosen among few things, never taken silently from the whole menu.

use super::compiled::CompiledMenu;
use super::everyday::is_everyday;
use super::weights as w;
use crate::restaurant::Item;
use crate::words::{SoundKey, likeness, plural, tokens};

impl CompiledMenu {
    /// The item of the whole menu that words nothing explains most probably mean, if one stands out.
    pub(crate) fn item_by_sound(&self, heard: &str) -> Option<usize> {
        let all: Vec<usize> = (0..self.restaurant.menu.items.len()).collect();
        self.likest_item(heard, &all, w::WHOLE_NAME)
    }

    /// Which of a few items the words mean, by sound.
    pub(crate) fn among_few(&self, heard: &str, few: &[usize]) -> Option<usize> {
        self.likest_item(heard, few, w::AMONG_FEW)
    }

    fn likest_item(&self, heard: &str, among: &[usize], floor: f32) -> Option<usize> {
        // An everyday word may be a part of the name ("kids") or not ("some").
        let heard = [joined(heard, true), joined(heard, false)];
        let items = &self.restaurant.menu.items;
        let alike = |at: usize| {
            let each = heard.iter().flatten();
            each.map(|heard| item_likeness(&items[at], heard))
                .fold(0.0, f32::max)
        };
        let scores = among.iter().map(|&at| (alike(at), at));
        standing_out(scores, floor)
    }

    /// Which of several names an answer sounds like as a whole ("the cheese calls on me").
    pub(crate) fn name_by_sound(&self, answer: &str, names: &[String]) -> Option<usize> {
        let heard = joined(answer, false)?;
        let score = |name: &String| {
            let key = joined(name, false).map(|name| likeness(&heard, &name));
            key.unwrap_or(0.0)
        };
        standing_out(
            names.iter().enumerate().map(|(at, name)| (score(name), at)),
            w::AMONG_FEW,
        )
    }
}

/// The one with the best score, if it is good enough and clearly better than the next.
fn standing_out(scores: impl Iterator<Item = (f32, usize)>, floor: f32) -> Option<usize> {
    let mut scores: Vec<(f32, usize)> = scores.collect();
    scores.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let &(best, at) = scores.first()?;
    let second = scores.get(1).map_or(0.0, |s| s.0);
    (best >= floor && best - second >= w::LIKEST_BY).then_some(at)
}

/// How much the joined words sound like any name of the item, one or several of it.
fn item_likeness(item: &Item, heard: &SoundKey) -> f32 {
    let names = std::iter::once(&item.name)
        .chain(&item.aliases)
        .chain(&item.say_as);
    names
        .flat_map(|name| [name.clone(), plural(name)])
        .filter_map(|name| joined(&name, false))
        .map(|name| likeness(heard, &name))
        .fold(0.0, f32::max)
}

/// The words of a text as one; `telling` leaves everyday words out. `None` when hardly a sound is left.
fn joined(text: &str, telling: bool) -> Option<SoundKey> {
    let words: String = tokens(text)
        .into_iter()
        .map(|t| t.text)
        .filter(|word| !matches!(word.as_str(), "the" | "a" | "an" | "please" | "and"))
        .filter(|word| !telling || !is_everyday(word))
        .collect();
    let key = SoundKey::of(&words);
    (key.letters().len() >= 2).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sound(text: &str) -> SoundKey {
        joined(text, false).expect("words")
    }

    #[test]
    fn a_name_cut_elsewhere_sounds_like_itself_and_not_like_its_neighbours() {
        for (heard, meant, other) in [
            ("keen washouts", "keenwah salads", "green smoothies"),
            ("coax", "cokes", "sprites"),
            ("cheese calls on me", "cheese calzone", "cheese pizza"),
            ("yuan in rings", "onion rings", "cannoli"),
            ("house owlets", "house salads", "caesar salads"),
            ("bow", "bowl", "cup"),
            ("miriam", "medium", "small"),
        ] {
            let (right, wrong) = (
                likeness(&sound(heard), &sound(meant)),
                likeness(&sound(heard), &sound(other)),
            );
            assert!(right >= w::AMONG_FEW, "{heard} {meant} {right}");
            assert!(
                right - wrong >= w::LIKEST_BY,
                "{heard} {right} {other} {wrong}"
            );
        }
    }
}
