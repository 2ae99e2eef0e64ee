//! Names of the menu as answers and as speech.

use super::compiled::CompiledMenu;
use super::everyday::is_everyday;
use super::forms::{stem, stems};
use crate::words::{Language, SoundKey, likeness, speakable, tokens};

/// Answers less alike than this name none of the candidates.
const NAMED: f32 = 0.7;

impl CompiledMenu {
    /// Which of several names an answer means: the one that shares most words with it, in letters or in sound. `None`
    /// when none does, or two do equally.
    pub(crate) fn likest(&self, answer: &str, names: &[String]) -> Option<usize> {
        let names: Vec<String> = names
            .iter()
            .map(|name| self.read(name).text().to_owned())
            .collect();
        let said: Vec<String> = tokens(answer).iter().map(|t| stem(&t.text)).collect();
        let keys: Vec<SoundKey> = said.iter().map(|word| SoundKey::of(word)).collect();
        let score = |name: &String| -> f32 {
            let words = stems(name);
            let shared = words.iter().map(|word| {
                if said.contains(word) {
                    return 1.0;
                }
                let key = SoundKey::of(word);
                keys.iter().map(|k| likeness(k, &key)).fold(0.0, f32::max)
            });
            let shared: f32 = shared.filter(|&like| like >= NAMED).sum();
            shared - 0.01 * words.len() as f32
        };
        let scores: Vec<f32> = names.iter().map(score).collect();
        let best = (0..scores.len()).max_by(|&a, &b| scores[a].total_cmp(&scores[b]))?;
        let second = (0..scores.len())
            .filter(|&at| at != best)
            .map(|at| scores[at])
            .fold(0.0, f32::max);
        if scores[best] > 0.5 && scores[best] > second + 0.2 {
            return Some(best);
        }
        // Two that share as many words are a question still; where no word was heard, the sound of the whole may tell.
        let strange = said.iter().any(|word| !is_everyday(word)) || answer.len() <= 2;
        (scores[best] < 1.0 && strange)
            .then(|| self.name_by_sound(answer, &names))
            .flatten()
    }

    /// Display text as speech text: names as the file wants them said, then numbers, prices and times in words.
    pub(crate) fn speakable(&self, display: &str, language: Language) -> String {
        let mut text = display.to_owned();
        for (name, said) in &self.say_as {
            text = replace_name(&text, name, said);
        }
        speakable(&text, language)
    }
}

/// Replaces a name, whatever its capitals, where it stands as whole words (a plural "s" stays).
fn replace_name(text: &str, name: &str, said: &str) -> String {
    let lower = text.to_lowercase();
    if lower.len() != text.len() {
        return text.replace(name, said);
    }
    let mut out = String::new();
    let mut at = 0;
    while let Some(found) = lower[at..].find(name).map(|f| f + at) {
        let end = found + name.len();
        let starts = !lower[..found].ends_with(|c: char| c.is_alphanumeric());
        let rest = &lower[end..];
        let plural = rest
            .strip_prefix("es")
            .or(rest.strip_prefix('s'))
            .unwrap_or(rest);
        let ends = !plural.starts_with(|c: char| c.is_alphanumeric());
        out.push_str(&text[at..found]);
        out.push_str(if starts && ends {
            said
        } else {
            &text[found..end]
        });
        at = end;
    }
    out.push_str(&text[at..]);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_said_as_the_file_says_only_where_it_stands_alone() {
        assert_eq!(
            replace_name("Two Jalapeños, please.", "jalapeño", "hallapenyo"),
            "Two hallapenyos, please."
        );
        assert_eq!(
            replace_name("Hamburger with ham", "ham", "hahm"),
            "Hamburger with hahm"
        );
    }
}
