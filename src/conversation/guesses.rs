//! Several guesses of a recogniser: each is read, and the cheapest sum of sound and sense is what the caller said. "Chips in a
//! coat" is chips and a Coke; asked yes or no, "Derek" is "correct".
//!
//! Reading one costs a walk through the menu, so the guesses are first weighed by the words that nothing explains, those that come to the
//! same words are weighed once, and one that cannot become cheaper than the best one read is not read.

use super::intent;
use super::lexicon::{Tag, Tagged};
use super::waiter::Waiter;
use crate::words::{single_number, tokens};

/// More guesses than this are not looked at.
const MOST: usize = 8;
/// So many are read in full, at most.
const READ: usize = 2;
/// What a guess costs that the engine holds for e times less likely than its first.
const SOUND: f32 = 0.25;
/// The same for each place behind the first, of an engine that does not say how likely.
const PLACE: f32 = 0.12;
/// A word that nothing explains, as understanding counts it.
const STRANGE: f32 = 1.0;
/// The least that such a word costs when all is read: it may be a name of the menu by its sound.
const STRANGE_AT_LEAST: f32 = 0.15;
/// A guess that answers the open question in full.
const EXPECTED: f32 = -0.2;
/// No answer has more words.
const LONGEST_ANSWER: usize = 8;
/// Nothing was said, where other guesses have words.
const NOTHING: f32 = 1.5;
/// The least an engine's certainty counts for.
const FLOOR: f32 = 0.001;

/// Which of the guesses the caller most probably said: its place. They come likeliest first, with how sure the engine is
/// (0 to 1) where it says.
pub fn likeliest(waiter: &Waiter, guesses: &[(&str, Option<f32>)]) -> usize {
    if guesses.len() < 2 {
        return 0;
    }
    let mut weighed: Vec<Weighed> = Vec::new();
    for (at, sound) in sounds(guesses).into_iter().enumerate() {
        let plain = intent::plain(waiter.menu.read(guesses[at].0).text());
        // The likeliest of those that come to the same words stands for all of them.
        if weighed.iter().all(|other| other.plain != plain) {
            weighed.push(Weighed::new(waiter, at, plain, sound));
        }
    }
    weighed.sort_by(|a, b| a.likely.total_cmp(&b.likely).then(a.at.cmp(&b.at)));
    let mut best: Option<(usize, f32)> = None;
    for guess in weighed.iter().take(READ) {
        let cheapest = best.map_or(f32::INFINITY, |(_, cost)| cost);
        if guess.at_least >= cheapest {
            continue;
        }
        let cost = match guess.settled {
            true => guess.at_least,
            false => guess.sound + sense(waiter, &guess.plain),
        };
        let earlier = best.is_some_and(|(at, _)| guess.at < at);
        if cost < cheapest || cost <= cheapest && earlier {
            best = Some((guess.at, cost));
        }
    }
    best.map_or(0, |(at, _)| at)
}

/// A guess before it is read.
struct Weighed {
    /// Its place.
    at: usize,
    plain: String,
    sound: f32,
    /// What it will probably cost, and the least that it can.
    likely: f32,
    at_least: f32,
    /// There is nothing to read: that is its cost.
    settled: bool,
}

impl Weighed {
    fn new(waiter: &Waiter, at: usize, plain: String, sound: f32) -> Self {
        let known = if plain.is_empty() {
            Some(NOTHING)
        } else {
            is_expected(waiter, &plain).then_some(EXPECTED)
        };
        let strange = known.map_or_else(|| strange_words(waiter, &plain) as f32, |_| 0.0);
        let sense = |each: f32| known.unwrap_or(strange * each);
        Self {
            at,
            sound,
            likely: sound + sense(STRANGE),
            at_least: sound + sense(STRANGE_AT_LEAST),
            settled: known.is_some(),
            plain,
        }
    }
}

/// How many words nothing on the menu or in the language explains.
fn strange_words(waiter: &Waiter, plain: &str) -> usize {
    let words = tokens(plain);
    let unknown = |at: &usize| {
        let word = &words[*at].text;
        !waiter.menu.explains(word) && single_number(word).is_none()
    };
    let strange: Vec<usize> = (0..words.len()).filter(unknown).collect();
    if strange.is_empty() {
        return 0;
    }
    let tagged = Tagged::of(plain);
    // A word that is read as several is one word all the same.
    strange.iter().filter(|at| !tagged.is_tagged(**at)).count()
}

/// What a reading costs: 0 is perfect.
fn sense(waiter: &Waiter, plain: &str) -> f32 {
    let heard = waiter.menu.understand(plain, &waiter.context().0);
    let doubt = heard.lines.iter().map(|line| line.doubt).sum::<f32>();
    heard.cost + doubt
}

/// Does it answer the open question, end the order or ask for what outranks everything? None of these takes many words.
fn is_expected(waiter: &Waiter, plain: &str) -> bool {
    if plain.split(' ').count() > LONGEST_ANSWER {
        return false;
    }
    let said = intent::yes_or_no(plain);
    let tagged = Tagged::of(plain);
    waiter.expects(plain, said)
        || tagged.covered_by(&[Tag::Done])
        || intent::overriding(plain).is_some()
}

/// What each guess costs by its sound, beside the likeliest.
fn sounds(guesses: &[(&str, Option<f32>)]) -> Vec<f32> {
    let best = guesses[0].1;
    let each = guesses.iter().take(MOST).enumerate();
    each.map(|(at, &(_, score))| match (best, score) {
        (Some(best), Some(score)) => {
            let behind = (best.max(FLOOR) / score.max(FLOOR)).ln();
            SOUND * behind.max(0.0)
        }
        _ => PLACE * at as f32,
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use jiff::ZonedDateTime;
    use proptest::prelude::*;

    use super::*;
    use crate::config::{Capabilities, read};
    use crate::conversation::CompiledMenu;

    const MENU: &str = r#"
id: t
name: Pier Coffee
phone_number: "+12125550199"
menu:
  - {id: latte, name: Latte, price: 4.00, options: [{name: Size, choices: [Small, Large]}]}
  - {id: chips, name: Chips, price: 2.00}
  - {id: coke, name: Coke, price: 2.00}
"#;

    fn waiter() -> Waiter {
        let reading = read(MENU.as_bytes(), &Capabilities::in_text());
        let restaurant = reading.restaurant.expect("a valid file");
        let menu = Arc::new(CompiledMenu::new(&restaurant));
        Waiter::new(restaurant, menu)
    }

    fn now() -> ZonedDateTime {
        "2026-06-01T12:00[America/New_York]"
            .parse()
            .expect("a time")
    }

    #[test]
    fn the_guess_that_makes_sense_wins_over_one_that_sounds_a_little_better() {
        let waiter = waiter();
        for guesses in [
            [
                ("one large lobby", Some(0.6)),
                ("one large latte", Some(0.4)),
            ],
            [
                ("chips in a coat", Some(0.5)),
                ("chips and a coke", Some(0.3)),
            ],
        ] {
            assert_eq!(likeliest(&waiter, &guesses), 1, "{guesses:?}");
        }
    }

    #[test]
    fn an_open_question_makes_its_answers_likelier() {
        let mut done = waiter();
        let _ = done.hear("chips and that's all", &now());
        assert_eq!(likeliest(&done, &[("Derek.", None), ("Correct.", None)]), 1);
        assert_eq!(likeliest(&done, &[("Well,", None), ("Yes.", None)]), 1);
        let mut asked = waiter();
        let _ = asked.hear("a latte", &now());
        assert_eq!(likeliest(&asked, &[("Lodge.", None), ("Large.", None)]), 1);
    }

    #[test]
    fn a_guess_that_makes_sense_is_not_given_up_for_a_later_one() {
        let waiter = waiter();
        let guesses = [("two cokes", Some(0.8)), ("two chips", Some(0.7))];
        assert_eq!(likeliest(&waiter, &guesses), 0);
        let far = [("a lager", Some(0.99)), ("a latte", Some(0.001))];
        assert_eq!(likeliest(&waiter, &far), 0);
    }

    proptest! {
        #[test]
        fn any_guesses_have_a_likeliest_and_repeating_one_changes_nothing(
            words in proptest::collection::vec("[a-z]{1,8}( [a-z]{1,8}){0,3}", 1..10),
        ) {
            let waiter = waiter();
            let guesses: Vec<(&str, Option<f32>)> = words.iter().map(|w| (w.as_str(), None)).collect();
            let best = likeliest(&waiter, &guesses);
            prop_assert!(best < guesses.len().min(MOST));
            let mut again = vec![guesses[best]];
            again.extend(&guesses);
            prop_assert_eq!(again[likeliest(&waiter, &again)].0, guesses[best].0);
        }
    }
}
