//! Whole conversations over the example restaurants: what is said, what ends up in the order, what is heard back.
#![expect(clippy::disallowed_methods, reason = "tests read fixtures")]
#![expect(clippy::unwrap_used, reason = "a test may panic in its helpers too")]

pub mod played;

use std::sync::{Arc, LazyLock};

use maitred::cli::talk::Talk;

use played::{Table, play, restaurant};

#[test]
fn every_conversation_ends_as_written() {
    let mut count = 0;
    let mut wrong = Vec::new();
    for file in played::all() {
        let table = Table::at(&file.menu);
        for conversation in &file.conversations {
            count += 1;
            wrong.extend(play(&table, conversation).wrong);
        }
    }
    assert!(count >= 300, "only {count} conversations were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

mod properties {
    use super::*;
    use maitred::conversation::State;
    use proptest::prelude::*;

    /// Words that make trouble together: food, numbers, corrections, function words and nonsense.
    const WORDS: &[&str] = &[
        "a", "two", "large", "latte", "mocha", "no", "extra", "with", "and", "oat", "milk",
        "remove", "the", "change", "to", "instead", "of", "that's", "all", "yes", "half", "bagel",
        "one", "other", "make", "it", "three", "bacon", "sesame", "how", "much", "is", "what",
        "do", "you", "have", "sorry", "actually", "light", "both", "cancel", "blah", "9999",
        "soup", "cup", "muffin", "Jo", "for", "sugar", "x", "0",
    ];

    fn utterance() -> impl Strategy<Value = String> {
        prop_oneof![
            6 => prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..14).prop_map(|w| w.join(" ")),
            1 => "\\PC{0,40}",
        ]
    }

    fn talked(lines: &[String]) -> (Talk, Vec<String>) {
        let now = "2026-11-24T12:00[America/Toronto]".parse().unwrap();
        static CAFE: LazyLock<Table> = LazyLock::new(|| Table::at("north-pier-cafe"));
        let mut talk = CAFE.talk();
        let said = lines.iter().map(|line| talk.line(line, &now)).collect();
        (talk, said)
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 60, ..ProptestConfig::default() })]

        #[test]
        fn no_utterance_panics_and_every_one_is_answered(lines in prop::collection::vec(utterance(), 1..8)) {
            let (_, said) = talked(&lines);
            prop_assert!(said.iter().all(|text| !text.trim().is_empty()), "{:?}", said);
        }

        #[test]
        fn a_conversation_replayed_gives_the_same_order(lines in prop::collection::vec(utterance(), 1..8)) {
            let (first, second) = (talked(&lines), talked(&lines));
            prop_assert_eq!(first.0.order(), second.0.order());
            prop_assert_eq!(first.1, second.1);
        }

        #[test]
        fn cancelling_empties_the_order(lines in prop::collection::vec(utterance(), 0..6)) {
            let mut lines = lines;
            lines.extend(["cancel the whole order".to_owned(), "yes".to_owned()]);
            let (talk, _) = talked(&lines);
            let ended = matches!(talk.state(), State::Confirmed | State::Handoff);
            prop_assert!(ended || talk.order()["lines"].as_array().unwrap().is_empty(), "{:?}", lines);
        }
    }
}

mod seam {
    use super::*;
    use maitred::conversation::{Action, CompiledMenu, Completeness, State, Waiter};

    fn now() -> jiff::ZonedDateTime {
        "2026-11-24T12:00[America/Toronto]".parse().unwrap()
    }

    fn waiter_after(lines: &[&str]) -> Waiter {
        let restaurant = restaurant("corner-slice");
        let menu = Arc::new(CompiledMenu::new(&restaurant));
        let mut waiter = Waiter::new(restaurant, menu);
        for line in lines {
            let _ = waiter.hear(line, &now());
        }
        waiter
    }

    const READ_BACK: &[&str] = &["a coke", "that's all", "no", "Max"];

    #[test]
    fn completeness_follows_the_meaning_and_the_open_question() {
        use Completeness::{Answer, Dangling, Open, Order};
        let size: &[&str] = &["a pepperoni pizza"];
        for (before, words, expected) in [
            (&[][..], "a large pepperoni pizza", Order),
            (&[], "two cokes and a cannoli", Order),
            (&[], "a large pepperoni pizza and", Dangling),
            (&[], "and a large", Dangling),
            (&[], "can I get", Dangling),
            (&[], "um let me see", Dangling),
            (&[], "two", Dangling),
            (&[], "three cuisines, please", Open),
            (&[], "one can only please", Order),
            (&[], "three cuisines and a", Dangling),
            (&[], "hello", Open),
            (size, "large", Answer),
            (size, "large and", Dangling),
            (size, "but", Open),
            (READ_BACK, "yes", Answer),
            (READ_BACK, "no that's wrong", Answer),
            (&["a coke"], "that's all", Answer),
            (&["a coke"], "no", Order),
        ] {
            assert_eq!(
                waiter_after(before).completeness(words),
                expected,
                "{before:?} {words:?}"
            );
        }
    }

    #[test]
    fn a_yes_is_a_backchannel_only_where_no_yes_was_asked_for() {
        let ordering = waiter_after(&["a coke"]);
        assert!(ordering.is_backchannel("okay") && ordering.is_backchannel("mm-hm"));
        assert!(!ordering.is_backchannel("a sprite"));
        let confirming = waiter_after(READ_BACK);
        assert!(!confirming.is_backchannel("yes"));
        assert!(confirming.is_backchannel("mm-hm"));
    }

    #[test]
    fn a_yes_to_a_read_back_cut_short_hears_the_total_first() {
        let mut waiter = waiter_after(READ_BACK);
        waiter.read_back_cut();
        let reply = waiter.hear("yes", &now());
        assert_eq!(reply.action, Action::Listen);
        assert!(reply.sentences.iter().any(|s| s.text.contains("$2.17")));
        assert!(matches!(
            waiter.hear("yes", &now()).action,
            Action::Place(_)
        ));
    }

    #[test]
    fn nothing_is_said_to_be_in_before_it_is_committed() {
        let mut waiter = waiter_after(READ_BACK);
        let reply = waiter.hear("yes", &now());
        assert!(matches!(reply.action, Action::Place(_)) && reply.sentences.is_empty());
        assert_eq!(waiter.state(), State::Confirming);
        assert!(matches!(waiter.commit_failed().action, Action::Place(_)));
        assert_eq!(waiter.commit_failed().action, Action::HandOff);
    }

    #[test]
    fn an_ambiguous_word_on_a_line_that_was_not_taken_is_not_asked_about() {
        let restaurant = restaurant("north-pier-cafe");
        let menu = Arc::new(CompiledMenu::new(&restaurant));
        let mut waiter = Waiter::new(restaurant, menu);
        let reply = waiter.hear("soup 9999 extra milk", &now());
        assert!(!reply.sentences.is_empty());
        assert!(waiter.cart().lines().len() <= 1, "9999 lattes are no order");
    }

    #[test]
    fn keys_answer_questions() {
        let mut waiter = waiter_after(&["a pepperoni pizza"]);
        let _ = waiter.key('3', &now());
        assert_eq!(waiter.cart().lines()[0].picked()[0].choice, 2);
        assert_eq!(waiter.key('0', &now()).action, Action::HandOff);
        let mut confirming = waiter_after(READ_BACK);
        assert!(matches!(
            confirming.key('1', &now()).action,
            Action::Place(_)
        ));
    }

    #[test]
    fn three_silences_end_the_call() {
        let mut waiter = waiter_after(&["a coke"]);
        assert_eq!(waiter.silence(1).action, Action::Listen);
        assert_eq!(waiter.silence(2).action, Action::Listen);
        assert_eq!(waiter.silence(3).action, Action::Cancel);
    }

    #[test]
    fn prices_and_names_are_made_speakable() {
        let waiter = waiter_after(&[]);
        assert_eq!(
            waiter.speakable("One Margherita pizza and one Coke. The total is $23.80."),
            "One margareeta pizza and one Coca Cola. The total is twenty-three eighty."
        );
    }
}
