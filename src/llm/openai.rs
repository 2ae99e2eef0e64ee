//! Chat completions, the form that OpenAI's servers and those compatible with them speak: bodies out, chunks in.
//!
//! Bodies hold only what every compatible server takes. Chunks are read leniently, as the dialects ask: `choices` may be
//! null or empty, any field may be missing, a tool call may come whole or in fragments, with or without an index or an id.

use serde_json::{Value, json};

use crate::conversation::{Brief, LlmError, Message, Request, ToolCall};

/// Most bytes of one answer, text and tool arguments together: about ten minutes of speech.
const MAX_BYTES: usize = 16 * 1024;
/// Most tool calls in one answer.
const MAX_CALLS: usize = 32;

/// The body of `POST /chat/completions`.
///
/// No `tool_choice` (Ollama has none; "auto" is the default where it exists), no token limit (its name differs), no
/// temperature (some models refuse it).
pub fn body(request: &Request, model: &str) -> Value {
    let mut messages = vec![json!({"role": "system", "content": request.brief().system()})];
    messages.extend(request.messages().iter().map(message));
    json!({
        "model": model,
        "messages": messages,
        "tools": tools(request.brief()),
        "stream": request.is_streamed(),
    })
}

/// The tools of a brief, as functions.
pub fn tools(brief: &Brief) -> Value {
    let function = |tool: &crate::conversation::Tool| {
        json!({
            "type": "function",
            "function": {
                "name": tool.name,
                "description": tool.description,
                "parameters": tool.parameters,
            },
        })
    };
    brief.tools().iter().map(function).collect()
}

fn message(message: &Message) -> Value {
    match message {
        Message::Caller(text) => json!({"role": "user", "content": text}),
        Message::Agent { text, calls } => {
            let mut message = json!({"role": "assistant", "content": text});
            if !calls.is_empty() {
                message["tool_calls"] = calls.iter().map(call_json).collect();
            }
            message
        }
        Message::Result { call, content } => {
            json!({"role": "tool", "tool_call_id": call, "content": content})
        }
    }
}

/// A call as the provider wants to see it again: arguments that are JSON even where the model's were not, because some
/// servers refuse the rest.
fn call_json(call: &ToolCall) -> Value {
    let sound = serde_json::from_str::<Value>(&call.arguments).is_ok_and(|v| v.is_object());
    let arguments = if sound { call.arguments.as_str() } else { "{}" };
    json!({
        "id": call.id,
        "type": "function",
        "function": {"name": call.name, "arguments": arguments},
    })
}

/// A call that is being put together.
#[derive(Clone, Debug, Default)]
struct Fragments {
    call: ToolCall,
    index: Option<u64>,
}

/// One answer, chunk by chunk.
#[derive(Clone, Debug, Default)]
pub(super) struct Chunks {
    calls: Vec<Fragments>,
    bytes: usize,
    finished: bool,
}

/// What one chunk held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Chunk {
    /// Text that is new; may be empty.
    pub text: String,
    /// Something of the answer: text, a piece of a call, the end. A server that only says it is alive has not spoken.
    pub token: bool,
    /// The server says that the answer is over; figures of use may follow.
    pub last: bool,
}

impl Chunks {
    /// Takes the data of one event (or a whole, unstreamed body).
    pub fn push(&mut self, data: &str) -> Result<Chunk, LlmError> {
        let mut taken = Chunk::default();
        if is_done(data) {
            self.finished = true;
            taken.last = true;
            return Ok(taken);
        }
        let chunk: Value = serde_json::from_str(data).map_err(|_| LlmError::NotJson)?;
        if chunk.get("error").is_some_and(|error| !error.is_null()) {
            return Err(LlmError::ErrorInStream);
        }
        for choice in list(&chunk, "choices") {
            taken.last |= choice.get("finish_reason").is_some_and(Value::is_string);
            taken.token |= taken.last || carries_token(choice);
            if choice.get("index").and_then(Value::as_u64).unwrap_or(0) != 0 {
                continue;
            }
            // "delta" in a stream, "message" in an answer that comes whole.
            for part in ["delta", "message"] {
                if let Some(part) = choice.get(part) {
                    self.take_part(part, &mut taken.text)?;
                }
            }
            match choice.get("finish_reason").and_then(Value::as_str) {
                Some("length") => return Err(LlmError::LengthLimit),
                Some("content_filter") => return Err(LlmError::Withheld),
                Some(_) => self.finished = true,
                None => {}
            }
        }
        self.bytes += taken.text.len();
        if self.bytes > MAX_BYTES || self.calls.len() > MAX_CALLS {
            return Err(LlmError::TooLong { bytes: MAX_BYTES });
        }
        Ok(taken)
    }

    fn take_part(&mut self, part: &Value, text: &mut String) -> Result<(), LlmError> {
        match part.get("content") {
            Some(Value::String(content)) => text.push_str(content),
            Some(Value::Array(parts)) => {
                for content in parts.iter().filter_map(|p| p.get("text")?.as_str()) {
                    text.push_str(content);
                }
            }
            _ => {}
        }
        let refusal = part.get("refusal").and_then(Value::as_str);
        if refusal.is_some_and(|refusal| !refusal.is_empty()) {
            return Err(LlmError::Withheld);
        }
        for (position, call) in list(part, "tool_calls").iter().enumerate() {
            self.take_call(position, call);
        }
        Ok(())
    }

    /// A fragment of a tool call, or all of it.
    fn take_call(&mut self, position: usize, fragment: &Value) {
        let id = text_of(fragment.get("id"));
        let function = fragment.get("function");
        let name = text_of(function.and_then(|f| f.get("name")));
        let index = fragment.get("index").and_then(Value::as_u64);
        let at = self.call_of(position, index, id, name);
        let call = &mut self.calls[at].call;
        if call.id.is_empty() {
            id.clone_into(&mut call.id);
        }
        if call.name.is_empty() {
            name.clone_into(&mut call.name);
        }
        match function.and_then(|f| f.get("arguments")) {
            Some(Value::String(arguments)) => {
                self.bytes += arguments.len();
                call.arguments.push_str(arguments);
            }
            // Some servers send the object itself.
            Some(arguments @ Value::Object(_)) => {
                let arguments = arguments.to_string();
                self.bytes += arguments.len();
                call.arguments.push_str(&arguments);
            }
            _ => {}
        }
    }

    /// Which call a fragment belongs to: an id not seen before, or a name where the call at hand has one already and no
    /// index tells, begins a new one (some proxies give every parallel call the index 0, some give none).
    fn call_of(&mut self, position: usize, index: Option<u64>, id: &str, name: &str) -> usize {
        let known = if id.is_empty() {
            match index {
                Some(_) => self.calls.iter().rposition(|call| call.index == index),
                None if name.is_empty() => self.calls.len().checked_sub(1),
                None => None,
            }
        } else {
            let same = self.calls.iter().position(|known| known.call.id == id);
            // The id came late: the call of this index has none yet.
            same.or_else(|| {
                let waiting = |known: &Fragments| known.call.id.is_empty() && known.index == index;
                self.calls
                    .iter()
                    .position(|c| index.is_some() && waiting(c))
            })
        };
        known.unwrap_or_else(|| {
            let index = index.or(u64::try_from(position).ok());
            self.calls.push(Fragments {
                index,
                ..Fragments::default()
            });
            self.calls.len() - 1
        })
    }

    /// The stream is over: the calls, in order, each with an id.
    ///
    /// # Errors
    /// It ended before the server said that it was the end.
    pub fn end(&mut self) -> Result<Vec<ToolCall>, LlmError> {
        if !self.finished {
            return Err(LlmError::Cut);
        }
        let whole = |(at, fragments): (usize, Fragments)| {
            let mut call = fragments.call;
            if call.id.is_empty() {
                call.id = format!("call_{at}");
            }
            call
        };
        let calls = std::mem::take(&mut self.calls);
        Ok(calls.into_iter().enumerate().map(whole).collect())
    }
}

/// Does this event end the stream?
pub(super) fn is_done(data: &str) -> bool {
    data.trim_start().starts_with("[DONE]")
}

fn carries_token(choice: &Value) -> bool {
    let filled = |part: &Value| {
        !text_of(part.get("content")).is_empty() || !list(part, "tool_calls").is_empty()
    };
    choice.get("delta").is_some_and(filled) || choice.get("message").is_some_and(filled)
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value
        .get(key)
        .and_then(Value::as_array)
        .map_or(&[], Vec::as_slice)
}

fn text_of(value: Option<&Value>) -> &str {
    value.and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Text and calls of a whole answer.
    fn read(chunks: &[Value]) -> Result<(String, Vec<ToolCall>), LlmError> {
        let (mut answer, mut text) = (Chunks::default(), String::new());
        for chunk in chunks {
            text.push_str(&answer.push(&chunk.to_string())?.text);
        }
        Ok((text, answer.end()?))
    }

    fn delta(delta: Value) -> Value {
        json!({"choices": [{"index": 0, "delta": delta, "finish_reason": null}]})
    }

    fn finish(reason: &str) -> Value {
        json!({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
    }

    fn named(answer: &(String, Vec<ToolCall>)) -> Vec<(&str, &str, &str)> {
        let calls = &answer.1;
        calls
            .iter()
            .map(|c| (c.id.as_str(), c.name.as_str(), c.arguments.as_str()))
            .collect()
    }

    #[test]
    fn null_choices_usage_and_unknown_fields_are_passed_over() {
        let answer = read(&[
            json!({"choices": null}),
            delta(json!({"role": "assistant", "content": null})),
            delta(json!({"content": "Hi", "obfuscation": "xx"})),
            json!({"choices": [], "usage": {"total_tokens": 9}}),
            json!({"id": "only"}),
            finish("stop"),
        ])
        .unwrap();
        assert_eq!(answer.0, "Hi");
    }

    #[test]
    fn a_tool_call_in_fragments_is_put_together() {
        let answer = read(&[
            delta(json!({"tool_calls": [{"index": 0, "id": "a", "type": "function", "function": {"name": "add_item", "arguments": ""}}]})),
            delta(json!({"tool_calls": [{"index": 0, "function": {"arguments": "{\"item"}}]})),
            delta(json!({"tool_calls": [{"index": 0, "function": {"arguments": "_id\":1}"}}]})),
            delta(json!({"tool_calls": [{"index": 1, "id": "b", "function": {"name": "read_back", "arguments": "{}"}}]})),
            finish("tool_calls"),
        ])
        .unwrap();
        assert_eq!(
            named(&answer),
            [
                ("a", "add_item", "{\"item_id\":1}"),
                ("b", "read_back", "{}")
            ]
        );
    }

    #[test]
    fn parallel_calls_that_all_have_index_0_are_kept_apart_by_their_ids() {
        let call = |id: &str, name: &str| {
            delta(
                json!({"tool_calls": [{"index": 0, "id": id, "function": {"name": name, "arguments": "{"}}]}),
            )
        };
        let more = |id: &str| {
            delta(json!({"tool_calls": [{"index": 0, "id": id, "function": {"arguments": "}"}}]}))
        };
        let answer = read(&[
            call("a", "x"),
            more("a"),
            call("b", "y"),
            more("b"),
            finish("stop"),
        ])
        .unwrap();
        assert_eq!(named(&answer), [("a", "x", "{}"), ("b", "y", "{}")]);
    }

    #[test]
    fn calls_that_come_whole_without_index_or_id_are_numbered() {
        let answer = read(&[
            delta(json!({"tool_calls": [
                {"function": {"name": "x", "arguments": {"a": 1}}},
                {"function": {"name": "y", "arguments": "{}"}},
            ]})),
            finish("stop"),
        ])
        .unwrap();
        assert_eq!(
            named(&answer),
            [("call_0", "x", "{\"a\":1}"), ("call_1", "y", "{}")]
        );
    }

    #[test]
    fn an_unstreamed_answer_is_read_as_one_piece() {
        let whole = json!({"choices": [{"index": 0, "finish_reason": "tool_calls", "message": {
            "role": "assistant", "content": "One moment.",
            "tool_calls": [{"id": "a", "type": "function", "function": {"name": "read_back", "arguments": "{}"}}],
        }}]});
        let answer = read(&[whole]).unwrap();
        assert_eq!(answer.0, "One moment.");
        assert_eq!(named(&answer), [("a", "read_back", "{}")]);
    }

    #[test]
    fn an_end_nobody_announced_is_a_cut() {
        assert_eq!(
            read(&[delta(json!({"content": "One la"}))]).unwrap_err(),
            LlmError::Cut
        );
        let mut done = Chunks::default();
        done.push("[DONE]").unwrap();
        assert_eq!(done.end(), Ok(Vec::new()));
    }

    #[test]
    fn errors_filters_and_limits_are_troubles() {
        let error = json!({"error": {"message": "boom", "type": "server_error"}});
        assert_eq!(read(&[error]).unwrap_err(), LlmError::ErrorInStream);
        assert_eq!(
            read(&[finish("length")]).unwrap_err(),
            LlmError::LengthLimit
        );
        assert_eq!(
            read(&[finish("content_filter")]).unwrap_err(),
            LlmError::Withheld
        );
        assert_eq!(Chunks::default().push("<html>"), Err(LlmError::NotJson));
        let long = delta(json!({"content": "x".repeat(MAX_BYTES + 1)}));
        assert!(matches!(read(&[long]), Err(LlmError::TooLong { .. })));
    }

    #[test]
    fn only_pieces_of_the_answer_count_as_tokens() {
        let token = |chunk: Value| Chunks::default().push(&chunk.to_string()).unwrap().token;
        assert!(!token(delta(json!({"role": "assistant", "content": ""}))));
        assert!(!token(json!({"choices": null})));
        assert!(!token(delta(json!({"reasoning_content": "hm"}))));
        assert!(token(delta(json!({"content": "a"}))));
        assert!(token(finish("stop")));
    }

    #[test]
    fn broken_arguments_are_written_back_as_json() {
        let call = |arguments: &str| ToolCall {
            id: "a".to_owned(),
            name: "add_item".to_owned(),
            arguments: arguments.to_owned(),
        };
        for broken in ["{broken", "", "5", "[]"] {
            let calls = vec![call(broken)];
            let written = message(&Message::Agent { text: None, calls });
            assert_eq!(written["content"], Value::Null);
            let function = &written["tool_calls"][0]["function"];
            assert_eq!(function["arguments"], "{}", "{broken}");
        }
        let sound = call_json(&call(r#"{"item_id":1}"#));
        assert_eq!(sound["function"]["arguments"], r#"{"item_id":1}"#);
    }
}
