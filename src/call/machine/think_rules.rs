//! What a caller of a language model is promised, each a test in simulated time.

use std::sync::Arc;

use jiff::tz::TimeZone;
use proptest::prelude::*;

use super::rules::bistro;
use super::simulation::Line;
use super::*;
use crate::conversation::{
    Brief, CompiledMenu, LlmAgent, LlmError, Message, Streamed, ToolCall, Waiter,
};

/// A line with a language model, on which the greeting has been heard.
fn with_agent() -> Line {
    let restaurant = bistro();
    let menu = Arc::new(CompiledMenu::new(&restaurant));
    let started = "2026-11-23T18:00:00Z".parse().unwrap();
    let mut machine = Machine::new(
        Waiter::new(Arc::clone(&restaurant), menu),
        CallSettings::default(),
        started,
        TimeZone::UTC,
    );
    machine.use_agent(LlmAgent::new(Arc::new(Brief::new(&restaurant))));
    let mut line = Line::new(machine);
    line.run_until_quiet();
    line
}

/// The caller says this and waits for an answer; returns when the model has been asked.
fn turn(line: &mut Line, words: &str) {
    let asked = line.asked.len();
    let from = line.now + 500;
    let end = line.say(from, words);
    line.run_until(end + 3000);
    assert_eq!(
        line.asked.len(),
        asked + 1,
        "the model is asked once, when the turn is over"
    );
}

fn give(line: &mut Line, piece: Streamed) {
    let thought = line.asked.last().unwrap().0;
    line.give(MachineInput::Thought { thought, piece });
}

fn text(line: &mut Line, text: &str) {
    let text = text.to_owned();
    give(line, Streamed::Delta { text });
}

fn end(line: &mut Line) {
    give(line, Streamed::End);
}

fn call(line: &mut Line, name: &str, arguments: &str) {
    give(line, tool_call(name, arguments));
    end(line);
}

fn tool_call(name: &str, arguments: &str) -> Streamed {
    Streamed::ToolCall(ToolCall {
        id: "a".to_owned(),
        name: name.to_owned(),
        arguments: arguments.to_owned(),
    })
}

/// What the caller last told the model.
fn told(line: &Line) -> String {
    match line.asked.last().and_then(|(_, r)| r.messages().last()) {
        Some(Message::Caller(text)) => text.clone(),
        other => panic!("not the caller's: {other:?}"),
    }
}

fn agent_lines(line: &Line) -> Vec<String> {
    let lines = line.machine.transcript().into_iter();
    lines
        .filter(|line| line.who == crate::record::Speaker::Agent)
        .map(|line| line.text)
        .collect()
}

#[test]
fn the_first_sentence_sounds_while_the_model_is_still_writing() {
    let mut line = with_agent();
    turn(&mut line, "hello there good evening");
    text(&mut line, "Good evening! What would");
    line.run_until(line.now + 200);
    assert!(line.is_sounding());
    text(&mut line, " you like?");
    end(&mut line);
    line.run_until_quiet();
    assert_eq!(
        agent_lines(&line)[2..],
        ["Good evening!", "What would you like?"]
    );
}

#[test]
fn a_pause_does_not_ask_the_model_and_a_caller_who_goes_on_makes_one_turn() {
    let mut line = with_agent();
    let from = line.now + 500;
    let paused = line.say(from, "two tomato soups");
    let end = line.say(paused + 260, "and another one");
    line.run_until(end + 3000);
    assert_eq!(line.asked.len(), 1);
    assert_eq!(told(&line), "Caller: two tomato soups and another one");
}

#[test]
fn an_order_through_the_model_is_placed_after_its_yes() {
    let mut line = with_agent();
    turn(&mut line, "a bowl of tomato soup");
    call(&mut line, "add_item", r#"{"item_id":"soup"}"#);
    text(&mut line, "Anything else?");
    end(&mut line);
    line.run_until_quiet();
    turn(&mut line, "no thanks");
    call(&mut line, "read_back", "{}");
    line.run_until_quiet();
    turn(&mut line, "yes");
    call(&mut line, "place_order", "{}");
    line.run_until_quiet();
    assert_eq!(line.machine.ending(), Some(Ending::Confirmed));
    assert_eq!(line.times(|c| matches!(c, Effect::Commit { .. })).len(), 1);
    assert_eq!(line.machine.take_over(), None);
}

#[test]
fn a_caller_who_goes_on_before_the_answer_is_heard_whole_and_once() {
    let mut line = with_agent();
    turn(&mut line, "a tomato soup");
    call(&mut line, "add_item", r#"{"item_id":"soup"}"#);
    assert_eq!(line.machine.waiter().cart().count(), 1);
    // Said while the model thinks; what it had done is undone with the turn.
    turn(&mut line, "and one more");
    assert_eq!(told(&line), "Caller: a tomato soup and one more");
    assert!(line.machine.waiter().cart().is_empty());
    assert_eq!(
        line.times(|c| matches!(c, Effect::ForgetThought { .. }))
            .len(),
        1
    );
    assert_eq!(line.caller_lines(), ["a tomato soup and one more"]);
}

#[test]
fn what_the_model_says_waits_while_the_caller_speaks() {
    let mut line = with_agent();
    turn(&mut line, "a tomato soup");
    // A cough while the model thinks.
    line.noise(line.now + 100, line.now + 500);
    line.run_until(line.now + 300);
    let before = line.log.len();
    text(&mut line, "Sure thing. One");
    assert!(
        line.log[before..]
            .iter()
            .all(|(_, c)| !matches!(c, Effect::Synthesise { .. }))
    );
    line.run_until(line.now + 1500);
    text(&mut line, " soup.");
    end(&mut line);
    line.run_until_quiet();
    assert_eq!(agent_lines(&line)[2..], ["Sure thing.", "One soup."]);
}

#[test]
fn a_model_that_fails_is_followed_by_the_built_in_waiter_in_the_same_turn() {
    let mut line = with_agent();
    turn(&mut line, "two tomato soups please");
    text(&mut line, "Of course! Two so");
    let failed_at = line.now;
    give(&mut line, Streamed::Failed(LlmError::Stalled { ms: 3000 }));
    line.run_until_quiet();
    assert_eq!(
        agent_lines(&line)[2..],
        ["Of course!", "Two Tomato Soups.", "Anything else?"]
    );
    let taken = line.machine.take_over().unwrap();
    assert_eq!(
        (taken.at_ms, taken.reason.as_str()),
        (failed_at, "no token for 3000 ms")
    );
    // From now on the built-in waiter answers.
    let asked = line.asked.len();
    let end = line.say(line.now + 500, "no thanks");
    line.run_until(end + 3000);
    line.run_until_quiet();
    assert_eq!(line.asked.len(), asked);
    assert_eq!(
        line.machine.waiter().state(),
        crate::conversation::State::Confirming
    );
}

#[test]
fn a_turn_without_end_is_taken_away_from_the_model() {
    let mut line = with_agent();
    turn(&mut line, "a tomato soup");
    let began = line.now;
    line.run_until(began + 25_000);
    let taken = line.machine.take_over().unwrap();
    assert!(
        taken.at_ms <= began + 20_000 && taken.reason.contains("20000 ms"),
        "{taken:?}"
    );
    assert_eq!(line.machine.waiter().cart().count(), 1);
    assert_eq!(
        line.machine.ending(),
        None,
        "a thinking model is no silent caller"
    );
}

#[test]
fn a_key_pressed_while_the_model_thinks_loses_nothing_that_was_said() {
    let mut line = with_agent();
    turn(&mut line, "a tomato soup");
    line.give(MachineInput::Key { digit: '#' });
    line.run_until_quiet();
    assert_eq!(line.machine.waiter().cart().count(), 1);
    assert_eq!(
        line.machine.waiter().state(),
        crate::conversation::State::Confirming
    );
    assert_eq!(line.machine.take_over(), None);
    turn(&mut line, "hmm let me think about that");
    assert!(
        told(&line).starts_with("(The order now: line 0: one Tomato Soup)"),
        "{}",
        told(&line)
    );
}

#[test]
fn a_key_pressed_while_the_model_thinks_is_no_yes_to_a_read_back_nobody_heard() {
    let mut line = with_agent();
    turn(&mut line, "a tomato soup that's all");
    line.give(MachineInput::Key { digit: '#' });
    line.run_until_quiet();
    assert_eq!(line.times(|c| matches!(c, Effect::Commit { .. })).len(), 0);
    let said = agent_lines(&line).join(" ");
    assert!(
        said.contains("One Tomato Soup") && said.ends_with("Is that right?"),
        "{said}"
    );
    line.give(MachineInput::Key { digit: '1' });
    line.run_until_quiet();
    assert_eq!(line.machine.ending(), Some(Ending::Confirmed));
}

#[test]
fn pieces_of_an_answer_nobody_waits_for_are_dropped() {
    let mut line = with_agent();
    turn(&mut line, "a tomato soup");
    let old = line.asked.last().unwrap().0;
    turn(&mut line, "make it two tomato soups");
    line.give(MachineInput::Thought {
        thought: old,
        piece: Streamed::Delta {
            text: "Old news. ".to_owned(),
        },
    });
    text(&mut line, "Two soups.");
    end(&mut line);
    line.run_until_quiet();
    assert_eq!(agent_lines(&line).last().unwrap(), "Two soups.");
    assert!(!agent_lines(&line).contains(&"Old news.".to_owned()));
}

/// Something that happens on a line with a language model.
#[derive(Clone, Debug)]
enum Move {
    Say(&'static str, u64),
    Cough(u64),
    Key(char),
    Wait(u64),
    Text(&'static str),
    Call(&'static str, &'static str),
    End,
    Fail,
    /// A piece of some turn, perhaps one that is over.
    Stray(ThoughtId),
}

fn any_move() -> impl Strategy<Value = Move> {
    let words = prop::sample::select(vec![
        "a tomato soup",
        "two green teas and a",
        "no",
        "that's all",
        "a person please",
        "hello",
        "cancel my order",
    ]);
    let name = prop::sample::select(vec![
        "add_item",
        "read_back",
        "place_order",
        "hand_off",
        "x",
    ]);
    let arguments = prop::sample::select(vec!["{}", r#"{"item_id":"soup"}"#, "{", ""]);
    prop_oneof![
        (words, 0..3000_u64).prop_map(|(words, gap)| Move::Say(words, gap)),
        (20..900_u64).prop_map(Move::Cough),
        prop::sample::select(vec!['0', '1', '2', '#', '*']).prop_map(Move::Key),
        (20..6000_u64).prop_map(Move::Wait),
        prop::sample::select(vec!["Sure. ", "And what", " else? ", "It's $5. "])
            .prop_map(Move::Text),
        (name, arguments).prop_map(|(name, arguments)| Move::Call(name, arguments)),
        Just(Move::End),
        Just(Move::Fail),
        (0..40_u64).prop_map(Move::Stray),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, ..ProptestConfig::default() })]

    #[test]
    fn whatever_a_model_and_a_caller_do_the_call_ends_and_nothing_unconfirmed_is_placed(
        moves in prop::collection::vec(any_move(), 0..30)
    ) {
        let mut line = with_agent();
        for step in moves {
            // Without a turn of its own a piece of an answer is a stray one.
            let asked = line.asked.last().map_or(0, |(id, _)| *id);
            let mut piece = |piece: Streamed| line.give(MachineInput::Thought { thought: asked, piece });
            match step {
                Move::Text(text) => piece(Streamed::Delta { text: text.to_owned() }),
                Move::Call(name, arguments) => piece(tool_call(name, arguments)),
                Move::End => piece(Streamed::End),
                Move::Fail => piece(Streamed::Failed(LlmError::Cut)),
                Move::Stray(thought) => line.give(MachineInput::Thought { thought, piece: Streamed::End }),
                Move::Say(words, gap) => {
                    line.say(line.now + gap, words);
                }
                Move::Cough(ms) => line.noise(line.now, line.now + ms),
                Move::Key(digit) => line.give(MachineInput::Key { digit }),
                Move::Wait(ms) => line.run_until(line.now + ms),
            }
        }
        line.run_until(line.now + 700_000);
        prop_assert!(line.machine.ending().is_some(), "the call never ended");
        // Only a key can have said yes here: 1, or # to a read-back that was heard.
        let keys = ["[key 1]", "[key #]"];
        let pressed = line.caller_lines().iter().any(|said| keys.contains(&said.as_str()));
        let placed = line.times(|effect| matches!(effect, Effect::Commit { .. })).len();
        prop_assert!(pressed || placed == 0, "placed without a yes");
        let asked = agent_lines(&line).iter().any(|said| said.ends_with("Is that right?"));
        prop_assert!(asked || placed == 0, "placed unheard");
    }
}
