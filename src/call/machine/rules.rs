//! What a call promises its caller, rule by rule, each a test in simulated time.

use std::sync::Arc;

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::simulation::Line;
use super::*;
use crate::conversation::{CompiledMenu, Waiter};
use crate::restaurant::*;

fn item(id: &str, name: &str, minor: i64, options: Vec<ItemOption>) -> Item {
    Item {
        options: options.into(),
        ..Item::plain(id, name, Money::from_minor(minor))
    }
}

fn size() -> ItemOption {
    let choice = |name: &str| Choice::plain(name, Money::ZERO);
    ItemOption {
        name: "Size".into(),
        min: 1,
        max: Some(1),
        amounts: vec![Amount::Regular],
        half_price: false,
        default: vec![],
        choices: vec![choice("Small"), choice("Large")].into(),
        rules: None,
    }
}

pub(super) fn bistro() -> Arc<Restaurant> {
    let menu = Menu::new(
        vec![],
        vec![
            item("soup", "Tomato Soup", 650, vec![]),
            item("cake", "Carrot Cake", 500, vec![]),
            item("tea", "Green Tea", 300, vec![size()]),
        ],
    )
    .unwrap();
    let parts = RestaurantParts {
        id: RestaurantId::parse("bistro").unwrap(),
        name: "The Bistro".into(),
        phone_numbers: vec![PhoneNumber::parse("+15555550199").unwrap()],
        enabled: true,
        language: "en-US".into(),
        currency: Currency::USD,
        address: None,
        greeting: None,
        closed_message: None,
        schedule: Schedule::default(),
        tax: None,
        fees: Vec::new(),
        minimum_order: Money::ZERO,
        requests: Requests::default(),
        ask: Ask::default(),
        pickup_minutes: None,
        delivery: None,
        payment_link: None,
        account: None,
        handoff: Some(PhoneNumber::parse("+15555550198").unwrap()),
        announce: None,
        limits: Limits::default(),
        speech: SpeechChoice::default(),
        brain: None,
        upsell: None,
        orders: Vec::new(),
        kitchen: Default::default(),
        answer: Default::default(),
        messages: false,
        pace: None,
        notify_caller: vec![],
        keep: crate::restaurant::Keep::default(),
        menu,
    };
    Arc::new(Restaurant::new(parts).unwrap())
}

fn machine() -> Machine {
    let restaurant = bistro();
    let menu = Arc::new(CompiledMenu::new(&restaurant));
    let started = "2026-11-23T18:00:00Z".parse().unwrap();
    Machine::new(
        Waiter::new(restaurant, menu),
        CallSettings::default(),
        started,
        TimeZone::UTC,
    )
}

/// A line on which the greeting has been heard.
fn greeted() -> Line {
    let mut line = Line::new(machine());
    line.run_until_quiet();
    line
}

fn is_play(effect: &Effect) -> bool {
    matches!(effect, Effect::Play { .. })
}

fn is_clear(effect: &Effect) -> bool {
    matches!(effect, Effect::Clear)
}

/// From the end of the caller's words to the first sound of the answer.
fn answer_after(line: &mut Line, words: &str) -> u64 {
    let from = line.now + 500;
    let end = line.say(from, words);
    line.run_until(end + 4000);
    let plays = line.times(is_play);
    plays.into_iter().find(|at| *at > end).unwrap() - end
}

#[test]
fn the_greeting_goes_out_as_soon_as_its_sound_exists() {
    let line = greeted();
    assert_eq!(line.times(is_play)[0], 100);
}

#[test]
fn a_complete_order_is_answered_after_its_own_patience() {
    let mut line = greeted();
    let waited = answer_after(&mut line, "a tomato soup please");
    assert!((450..=480).contains(&waited), "{waited}");
}

#[test]
fn an_answer_to_a_closed_question_ends_the_turn_sooner() {
    let mut line = greeted();
    answer_after(&mut line, "a green tea");
    line.run_until_quiet();
    let waited = answer_after(&mut line, "large");
    assert!(
        (280..=380).contains(&waited),
        "recognition and speech are ready by then: {waited}"
    );
}

#[test]
fn an_unfinished_sentence_is_waited_for() {
    let mut line = greeted();
    let from = line.now + 500;
    let end = line.say(from, "I want a tomato soup and a");
    line.say(end + 1800, "carrot cake");
    line.run_until(end + 6000);
    assert_eq!(
        line.caller_lines(),
        vec!["I want a tomato soup and a carrot cake"]
    );
}

#[test]
fn a_caller_who_goes_on_has_the_speculation_thrown_away() {
    let mut line = greeted();
    let from = line.now + 500;
    let end = line.say(from, "a tomato soup");
    let end = line.say(end + 300, "and a carrot cake");
    line.run_until(end + 4000);
    assert_eq!(line.caller_lines(), vec!["a tomato soup and a carrot cake"]);
    assert_eq!(line.machine.turns().len(), 1);
}

#[test]
fn a_caller_who_goes_on_after_we_answered_continues_the_same_turn() {
    let mut line = greeted();
    let from = line.now + 500;
    let end = line.say(from, "a tomato soup");
    let end = line.say(end + 620, "and a carrot cake");
    line.run_until(end + 4000);
    assert_eq!(line.caller_lines(), vec!["a tomato soup and a carrot cake"]);
    assert_eq!(line.times(is_clear).len(), 1);
}

#[test]
fn barge_in_clears_after_a_quarter_of_a_second_of_voice() {
    let mut line = Line::new(machine());
    line.run_until(800);
    let from = line.now;
    let end = line.say(from, "a tomato soup please");
    line.run_until(end + 4000);
    let clear = line.times(is_clear)[0];
    assert!((250..=280).contains(&(clear - from)), "{}", clear - from);
    let lines = line.machine.transcript();
    assert!(
        lines[0].heard.len() < lines[0].text.len(),
        "only what was heard counts as said: {lines:?}"
    );
}

#[test]
fn a_noise_over_our_voice_makes_no_turn_and_we_take_the_sentence_up_again() {
    let mut line = Line::new(machine());
    line.run_until(800);
    line.noise(800, 1150);
    line.run_until(1900);
    let clear = line.times(is_clear)[0];
    let again = line
        .times(is_play)
        .into_iter()
        .find(|at| *at > clear)
        .unwrap();
    assert!(
        again - 1150 <= 700,
        "resumed {} ms after the noise",
        again - 1150
    );
    line.run_until_quiet();
    assert_eq!(line.machine.turns().len(), 0);
    assert!(line.caller_lines().is_empty());
}

#[test]
fn a_cleared_mark_is_not_a_played_one() {
    let mut line = Line::new(machine());
    line.run_until(800);
    line.noise(800, 1150);
    line.run_until(6000);
    let greeting: Vec<_> = line.machine.transcript();
    assert_eq!(
        greeting.last().unwrap().heard,
        greeting.last().unwrap().text
    );
    assert_ne!(
        greeting[0].heard, greeting[0].text,
        "the first attempt was cut: {greeting:?}"
    );
}

#[test]
fn silence_is_nudged_twice_and_then_ended() {
    let mut line = greeted();
    let from = line.now;
    line.run_until(from + 40_000);
    let plays = line.times(is_play);
    let nudge = |seconds: u64| {
        plays
            .iter()
            .any(|at| (from + seconds * 1000..from + seconds * 1000 + 400).contains(at))
    };
    assert!(nudge(8) && nudge(16) && nudge(24), "{plays:?} after {from}");
    assert_eq!(line.machine.ending(), Some(Ending::Silent));
    let close = line.now;
    assert!(
        close > from + 24_500,
        "the goodbye was heard first: {close}"
    );
}

#[test]
fn breathing_is_not_talking() {
    let mut line = greeted();
    let from = line.now;
    for breath in 0..20 {
        line.noise(from + breath * 3000, from + breath * 3000 + 700);
    }
    line.run_until(from + 60_000);
    assert_eq!(line.machine.ending(), Some(Ending::Silent));
    assert!(line.caller_lines().is_empty());
}

#[test]
fn endless_noise_ends_the_call_after_two_minutes_without_words() {
    let mut line = greeted();
    let from = line.now;
    line.noise(from, from + 300_000);
    line.run_until(from + 140_000);
    assert_eq!(line.machine.ending(), Some(Ending::Silent));
    assert!(line.now >= 120_000);
}

#[test]
fn lost_marks_hold_nobody_on_the_line() {
    let mut line = Line::new(machine());
    line.marks_lost = true;
    line.run_until(60_000);
    assert_eq!(line.machine.ending(), Some(Ending::Silent));
}

#[test]
fn sound_that_stops_coming_ends_the_utterance_with_what_was_heard() {
    let mut line = greeted();
    let from = line.now + 500;
    let end = line.say(from, "a tomato soup");
    line.run_until(end);
    line.frames_lost = true;
    line.run_until(end + 3000);
    assert_eq!(line.caller_lines(), vec!["a tomato soup"]);
}

#[test]
fn an_order_is_spoken_as_placed_only_after_the_commit() {
    let mut line = greeted();
    for words in ["a tomato soup", "that's all", "yes"] {
        line.run_until_quiet();
        answer_after(&mut line, words);
    }
    line.run_until(line.now + 20_000);
    let commit = line.times(|effect| matches!(effect, Effect::Commit { .. }));
    assert_eq!(commit.len(), 1, "{:?}", line.machine.transcript());
    let lines = line.machine.transcript();
    let placed = lines
        .iter()
        .find(|line| line.text.contains("order is in"))
        .unwrap();
    assert!(placed.at_ms > commit[0]);
    assert_eq!(line.machine.ending(), Some(Ending::Confirmed));
}

#[test]
fn a_store_that_fails_twice_hands_the_caller_to_a_person() {
    let mut line = greeted();
    line.commit_ms = None;
    for words in ["a tomato soup", "that's all", "yes"] {
        line.run_until_quiet();
        answer_after(&mut line, words);
    }
    line.run_until(line.now + 20_000);
    assert_eq!(
        line.times(|effect| matches!(effect, Effect::Commit { .. }))
            .len(),
        2
    );
    assert_eq!(line.machine.ending(), Some(Ending::Handoff));
    assert!(
        !line
            .machine
            .transcript()
            .iter()
            .any(|line| line.text.contains("order is in"))
    );
}

#[test]
fn hanging_up_before_an_order_and_after_it_are_different_endings() {
    let mut line = greeted();
    answer_after(&mut line, "a tomato soup");
    line.give(MachineInput::CallerGone);
    assert_eq!(line.machine.ending(), Some(Ending::HungUp));

    let mut line = greeted();
    for words in ["a tomato soup", "that's all", "yes"] {
        line.run_until_quiet();
        let from = line.now + 500;
        let end = line.say(from, words);
        line.run_until(end + 700);
    }
    line.give(MachineInput::CallerGone);
    assert_eq!(line.machine.ending(), Some(Ending::Confirmed));
}

#[test]
fn hanging_up_while_the_order_is_stored_waits_for_its_fate() {
    for (commit_ms, ending) in [(Some(400), Ending::Confirmed), (None, Ending::HungUp)] {
        let mut line = greeted();
        line.commit_ms = commit_ms;
        for words in ["a tomato soup", "that's all"] {
            line.run_until_quiet();
            answer_after(&mut line, words);
        }
        line.run_until_quiet();
        let from = line.now + 500;
        let end = line.say(from, "yes");
        while line
            .times(|effect| matches!(effect, Effect::Commit { .. }))
            .is_empty()
            && line.now < end + 2000
        {
            line.run_until(line.now + 20);
        }
        line.give(MachineInput::CallerGone);
        line.run_until(line.now + 1000);
        assert_eq!(line.machine.ending(), Some(ending));
    }
}

#[test]
fn the_longest_call_is_announced_a_minute_before() {
    let mut machine = machine();
    machine.settings.longest_ms = 90_000;
    let mut line = Line::new(machine);
    for at in (6..120).step_by(6) {
        line.say(at * 1000, "hello there");
    }
    line.run_until(120_000);
    assert!(line.now < 110_000, "{}", line.now);
    assert_eq!(line.machine.ending(), Some(Ending::TimeUp));
}

#[test]
fn a_call_at_its_longest_time_hears_its_goodbye_whole_and_ends_as_time_up() {
    for marks_lost in [false, true] {
        let mut machine = machine();
        machine.settings.longest_ms = 90_000;
        let mut line = Line::new(machine);
        line.marks_lost = marks_lost;
        for at in (6..150).step_by(6) {
            line.say(at * 1000, "a tomato soup");
        }
        line.run_until(200_000);
        assert_eq!(line.machine.ending(), Some(Ending::TimeUp));
        let said = line.machine.transcript();
        let goodbye = said.last().unwrap();
        assert!(
            goodbye.text.contains("our time is up") && goodbye.heard == goodbye.text,
            "{goodbye:?}"
        );
    }
}

#[test]
fn recognition_that_fails_three_times_fails_the_call() {
    let mut line = greeted();
    for _ in 0..3 {
        line.recognise_ms = 1_000_000;
        let from = line.now + 500;
        let end = line.say(from, "soup");
        line.run_until(end + 300);
        let segment = line
            .log
            .iter()
            .rev()
            .find_map(|(_, c)| {
                if let Effect::Recognise { segment, .. } = c {
                    Some(*segment)
                } else {
                    None
                }
            })
            .unwrap();
        line.give(MachineInput::HearFailed { segment });
        line.run_until(line.now + 3000);
    }
    assert_eq!(line.machine.ending(), Some(Ending::Failed));
}

/// A line on which an order's read-back has begun to sound.
fn reading_back() -> Line {
    let mut line = greeted();
    answer_after(&mut line, "a tomato soup please");
    line.run_until_quiet();
    let end = line.say(line.now + 500, "that's all");
    line.run_until(end + 900);
    assert!(line.is_sounding());
    line
}

#[test]
fn interim_words_stop_us_before_a_decode_would_and_spare_it() {
    // From the order's read-back, which goes on until a word is decoded.
    let over_us = |line: &mut Line, words: Option<&str>| {
        let from = line.now + 200;
        line.say(from, "no wait two soups please");
        line.run_until(from + 300);
        if let Some(words) = words {
            let (until_ms, words) = (line.now, words.to_owned());
            line.give(MachineInput::Interim { until_ms, words });
        }
        let decodes = line.log.len();
        line.run_until(from + 900);
        let stopped = line.times(is_clear).last().map(|at| at - from);
        let judging = |(_, effect): &&(u64, Effect)| {
            matches!(effect, Effect::Recognise { paused: false, .. })
        };
        (stopped, line.log[decodes..].iter().filter(judging).count())
    };
    let (stopped, decodes) = over_us(&mut reading_back(), None);
    assert!(stopped > Some(500) && decodes == 1, "{stopped:?} {decodes}");
    let (stopped, decodes) = over_us(&mut reading_back(), Some("no"));
    assert!(
        stopped <= Some(300) && decodes == 0,
        "{stopped:?} {decodes}"
    );
    // A backchannel proves nothing yet, and neither do words of before.
    let (stopped, decodes) = over_us(&mut reading_back(), Some("mm-hm"));
    assert!(stopped > Some(500) && decodes == 1, "{stopped:?} {decodes}");
}

#[test]
fn a_key_answers_at_any_time() {
    let mut line = Line::new(machine());
    line.run_until(600);
    line.give(MachineInput::Key { digit: '0' });
    line.run_until(line.now + 20_000);
    assert_eq!(line.machine.ending(), Some(Ending::Handoff));
}

#[test]
fn a_key_pressed_over_the_read_back_places_nothing_until_the_total_was_heard() {
    for digit in ['1', '#'] {
        let mut line = reading_back();
        line.give(MachineInput::Key { digit });
        line.run_until(line.now + 20_000);
        let commits = |line: &Line| line.times(|e| matches!(e, Effect::Commit { .. })).len();
        assert_eq!(commits(&line), 0, "{digit} agreed to what nobody heard");
        line.give(MachineInput::Key { digit });
        line.run_until(line.now + 20_000);
        assert_eq!(
            commits(&line),
            1,
            "{digit} is a yes once the total was heard"
        );
    }
}

/// What a property run may throw at the machine.
fn any_input() -> impl Strategy<Value = (u64, MachineInput)> {
    let words = prop::sample::select(vec![
        "",
        "a tomato soup",
        "yes",
        "no",
        "that's all",
        "mm-hm",
        "and a",
        "cancel my order",
        "a green tea",
        "large",
        "a person please",
    ]);
    let id = 1u64..40;
    let input = prop_oneof![
        2 => (0u64..20_000, words.clone()).prop_map(|(until_ms, words)| MachineInput::Interim {
            until_ms,
            words: words.to_owned(),
        }),
        8 => (any::<bool>(), 1u64..30).prop_map(|(voice, frames)| MachineInput::Frame {
            end_ms: frames * 20,
            frame_ms: 20,
            voice: if voice { 0.9 } else { 0.0 },
        }),
        3 => (id.clone(), words).prop_map(|(segment, words)| MachineInput::Heard { segment, words: words.into() }),
        1 => id.clone().prop_map(|segment| MachineInput::HearFailed { segment }),
        3 => (id.clone(), 0usize..40_000)
            .prop_map(|(sentence, bytes)| MachineInput::Spoken { sentence, audio: vec![0xff; bytes].into() }),
        1 => id.prop_map(|sentence| MachineInput::SpeakFailed { sentence }),
        3 => (0u32..6, 1u32..60).prop_map(|(epoch, mark)| MachineInput::Mark { name: format!("{epoch}-{mark}") }),
        1 => prop::char::range('0', '9').prop_map(|digit| MachineInput::Key { digit }),
        1 => (1u32..9).prop_map(|number| MachineInput::Committed { number }),
        1 => Just(MachineInput::CommitFailed),
        2 => Just(MachineInput::Tick),
    ];
    (0u64..600, input)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn no_order_of_events_deadlocks_leaks_a_turn_or_speaks_over_itself(
        inputs in prop::collection::vec(any_input(), 0..120)
    ) {
        let mut machine = machine();
        let mut now = 0;
        let mut stream = 0;
        let mut asked = std::collections::HashSet::new();
        let mut playing: Option<(u64, usize)> = None;
        let mut commits = 0;
        let mut closed = false;
        let mut execute = |effects: Vec<Effect>| -> Result<(), TestCaseError> {
            for effect in effects {
                prop_assert!(!closed, "{effect:?} after the close");
                match effect {
                    Effect::Synthesise { sentence, .. } => { asked.insert(sentence); }
                    Effect::Play { sentence, audio, from, to } => {
                        prop_assert!(asked.contains(&sentence), "a sentence nobody asked for was played");
                        prop_assert!(from < to && to <= audio.len());
                        // A sentence begins at its first byte and goes on where it stopped, and the next one starts
                        // only when it was sent whole.
                        match playing {
                            Some((current, sent)) if current == sentence && from != 0 => prop_assert_eq!(sent, from),
                            _ => prop_assert_eq!(from, 0),
                        }
                        playing = (to < audio.len()).then_some((sentence, to));
                    }
                    Effect::Clear => playing = None,
                    Effect::Commit { .. } => commits += 1,
                    Effect::Close { .. } => closed = true,
                    _ => {}
                }
            }
            Ok(())
        };
        execute(machine.step(CallTime(0), MachineInput::Started))?;
        for (wait, input) in inputs {
            now += wait;
            let input = match input {
                MachineInput::Frame { end_ms: frames, frame_ms, voice } => {
                    // A burst of frames of one kind, in stream order.
                    for _ in 0..frames / 20 {
                        stream += 20;
                        execute(machine.step(CallTime(now), MachineInput::Frame { end_ms: stream, frame_ms, voice }))?;
                    }
                    MachineInput::Tick
                }
                other => other,
            };
            execute(machine.step(CallTime(now), input))?;
        }
        for _ in 0..2000 {
            now += 500;
            execute(machine.step(CallTime(now), MachineInput::Tick))?;
        }
        prop_assert!(machine.ending().is_some(), "the call never ended: {machine:?}");
        prop_assert!(commits <= 60);
        let turns = machine.turns().len();
        let lines = machine.transcript().iter().filter(|line| line.who == crate::record::Speaker::Caller).count();
        prop_assert!(turns <= lines, "{turns} turns from {lines} caller lines");
    }
}
