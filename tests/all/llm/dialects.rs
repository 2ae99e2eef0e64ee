//! The ways in which servers differ, each played once.

use std::time::Duration;

use serde_json::{Value, json};

use super::conversation::Table;
use super::stand_in::{Heard, Mind, Play, delta, ending, last, words};

/// Adds a croissant in the way of `plays`, then asks on.
fn croissant(plays: Vec<Play>) -> Mind {
    Box::new(move |request| match last(request) {
        Heard::Caller(_) => plays.clone(),
        Heard::Tool(_) => words("Anything else?"),
    })
}

fn call(arguments: Value) -> Value {
    json!({"id": "c1", "type": "function", "function": {"name": "add_item", "arguments": arguments}})
}

const ARGUMENTS: &str = r#"{"item_id": "croissant"}"#;

#[test]
fn every_way_of_calling_a_tool_is_understood() {
    let event = |chunk: Value| Play::Event(chunk.to_string());
    let mut null_choices = vec![
        event(json!({"choices": null})),
        event(json!({"object": "ping"})),
    ];
    null_choices.push(delta(json!({"tool_calls": [call(json!(ARGUMENTS))]}), None));
    null_choices.extend(ending("tool_calls"));
    let no_index_no_id = vec![
        delta(
            json!({"tool_calls": [{"function": {"name": "add_item", "arguments": {"item_id": "croissant"}}}]}),
            None,
        ),
        delta(json!({}), Some("stop")),
        Play::End,
    ];
    let sse = format!(
        ": keep-alive\r\n\r\nevent: message\r\ndata:{}\r\n\r\ndata: {}",
        json!({"choices": [{"delta": {"tool_calls": [call(json!(ARGUMENTS))]}}]}),
        json!({"choices": [{"delta": {}, "finish_reason": "tool_calls"}]}),
    );
    // Cut within lines, without [DONE] and without the last blank line.
    let mut cut: Vec<Play> = sse
        .as_bytes()
        .chunks(9)
        .map(|piece| Play::Raw(piece.to_vec()))
        .collect();
    cut.push(Play::End);
    let whole = vec![Play::Whole(
        json!({"object": "chat.completion", "choices": [{"index": 0, "finish_reason": "stop",
        "message": {"role": "assistant", "content": null, "tool_calls": [call(json!(ARGUMENTS))]}}]}),
    )];
    let held_open = vec![
        delta(json!({"tool_calls": [call(json!(ARGUMENTS))]}), None),
        delta(json!({}), Some("tool_calls")),
        Play::Stall,
    ];
    for (name, plays) in [
        ("null choices", null_choices),
        ("neither index nor id", no_index_no_id),
        ("cut bytes", cut),
        ("a whole answer to a streamed request", whole),
        ("a connection left open", held_open),
    ] {
        let mut table = Table::new(croissant(plays));
        let said = table.says("a croissant");
        assert_eq!(
            said,
            "One Croissant. Anything else?",
            "{name}: {:?}",
            table.talk.taken_over()
        );
        assert_eq!(table.order(), ["1 croissant "], "{name}");
        table.model.requests();
    }
}

#[test]
fn tool_calls_lost_in_a_stream_are_asked_for_whole() {
    let mut table = Table::new(Box::new(|request| match last(request) {
        Heard::Tool(_) if request["stream"] == false => vec![Play::Whole(json!({"choices": [
            {"message": {"role": "assistant", "content": "Anything else?"}, "finish_reason": "stop"}]}))],
        Heard::Caller(_) if request["stream"] == false => vec![Play::Whole(json!({"choices": [
            {"message": {"content": "", "tool_calls": [call(json!(ARGUMENTS))]}, "finish_reason": "tool_calls"}]}))],
        // As Ollama did: an answer with nothing in it.
        _ => ending("stop"),
    }));
    assert_eq!(table.says("a croissant"), "One Croissant. Anything else?");
    assert_eq!(table.talk.taken_over(), None);
    let streamed: Vec<Value> = table
        .model
        .requests()
        .iter()
        .map(|r| r["stream"].clone())
        .collect();
    assert_eq!(streamed, [json!(true), json!(false), json!(false)]);
}

#[test]
fn broken_arguments_are_told_to_the_model_once() {
    let mut wrong = 0;
    let mut table = Table::new(Box::new(move |request| match last(request) {
        Heard::Tool(result) if result["ok"] == true => words("Anything else?"),
        _ => {
            wrong += 1;
            let arguments = if wrong == 1 {
                "{\"item_id\": croiss"
            } else {
                ARGUMENTS
            };
            let mut plays = vec![delta(json!({"tool_calls": [call(json!(arguments))]}), None)];
            plays.extend(ending("tool_calls"));
            plays
        }
    }));
    assert_eq!(table.says("a croissant"), "One Croissant. Anything else?");
    assert_eq!(table.talk.taken_over(), None);
    let requests = table.model.requests();
    let told = requests[1]["messages"].as_array().unwrap().last().unwrap();
    assert!(
        told["content"]
            .as_str()
            .unwrap()
            .contains("not a JSON object"),
        "{told}"
    );
}

#[test]
fn every_failure_ends_in_the_built_in_waiters_answer_and_says_why() {
    let error =
        json!({"error": {"message": "key sk-stand-in is bad", "type": "invalid", "code": "x"}});
    let quota = json!({"error": {"message": "no", "type": "insufficient_quota"}});
    let half = delta(json!({"content": "One cro"}), None);
    let cases: Vec<(Vec<Play>, &str, usize)> = vec![
        (
            vec![half.clone(), Play::Drop],
            "the connection ended in the middle of the answer",
            1,
        ),
        (
            vec![half.clone(), Play::End],
            "the connection ended in the middle of the answer",
            1,
        ),
        (
            vec![half.clone(), Play::Event(error.to_string())],
            "the server reported an error in the middle of the answer",
            1,
        ),
        (
            vec![half.clone(), Play::Event("<html>".into())],
            "the answer was not JSON of the agreed form",
            1,
        ),
        (
            vec![half.clone(), delta(json!({}), Some("length"))],
            "the answer was cut off at its length limit",
            1,
        ),
        (
            vec![half, delta(json!({}), Some("content_filter"))],
            "the provider held the answer back",
            1,
        ),
        (
            vec![Play::Status(401, error.clone())],
            "the model's server answered 401",
            1,
        ),
        (
            vec![Play::Status(400, error.clone())],
            "the model's server answered 400",
            1,
        ),
        (
            vec![Play::Status(429, quota)],
            "the provider's quota is spent",
            1,
        ),
        // What may pass is tried once more.
        (
            vec![Play::Status(429, error.clone())],
            "the model's server answered 429",
            2,
        ),
        (
            vec![Play::Status(503, error)],
            "the model's server answered 503",
            2,
        ),
        (vec![Play::Drop], "the model could not be reached", 2),
        (ending("stop"), "the model answered nothing", 2),
    ];
    for (plays, why, requests) in cases {
        let played = plays.clone();
        let mut table = Table::new(Box::new(move |_| played.clone()));
        let said = table.says("a croissant");
        assert_eq!(said, "One Croissant. Anything else?", "{plays:?}");
        assert_eq!(table.talk.taken_over().as_deref(), Some(why), "{plays:?}");
        assert_eq!(table.model.requests().len(), requests, "{plays:?}");
        table.says("and an almond croissant");
        assert_eq!(
            table.model.requests().len(),
            requests,
            "it is not asked again"
        );
        assert_eq!(table.order(), ["1 croissant ", "1 almond_croissant "]);
    }
}

#[test]
fn a_model_that_falls_silent_is_not_waited_for() {
    let alive = Play::Raw(b": still here\n\n".to_vec());
    let role = delta(json!({"role": "assistant", "content": ""}), None);
    for plays in [
        vec![Play::Stall],
        // Neither comments nor a role are tokens.
        vec![alive, role, Play::Stall],
        vec![
            delta(json!({"content": "Sure, one cro"}), None),
            Play::Stall,
        ],
    ] {
        let played = plays.clone();
        let mut table = Table::patient(
            Box::new(move |_| played.clone()),
            Duration::from_millis(200),
        );
        assert_eq!(
            table.says("a croissant"),
            "One Croissant. Anything else?",
            "{plays:?}"
        );
        assert_eq!(
            table.talk.taken_over().as_deref(),
            Some("no token for 200 ms")
        );
    }
}

#[test]
fn a_server_that_is_not_there_costs_no_order() {
    let mut table = Table::new(Box::new(|_| Vec::new()));
    let gone = {
        let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
        listener.local_addr().unwrap().port()
    };
    let mut settings = table.model.settings(Duration::from_secs(5));
    settings.base_url = format!("http://127.0.0.1:{gone}/v1");
    let restaurant = super::conversation::cafe();
    table
        .talk
        .use_llm(maitred::cli::LlmTalk::new(&settings, &restaurant).unwrap());
    assert_eq!(table.says("a croissant"), "One Croissant. Anything else?");
    assert_eq!(
        table.talk.taken_over().as_deref(),
        Some("the model could not be reached")
    );
}
