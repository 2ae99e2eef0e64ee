//! One answer of the model, put together from the pieces of its stream.
//!
//! Read leniently, as the dialects of compatible servers ask: `choices` may be null or empty, any field may be missing,
//! a tool call may come whole or in fragments, with or without an index or an id.

use serde_json::Value;

use super::error::LlmError;

/// Most bytes of one answer, text and tool arguments together: about ten minutes of speech.
const MAX_BYTES: usize = 16 * 1024;
/// Most tool calls in one answer.
const MAX_CALLS: usize = 32;

/// A call of a tool; arguments as they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ToolCall {
    pub id: String,
    pub name: String,
    pub arguments: String,
    index: Option<u64>,
}

/// An answer so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Answer {
    /// The tool calls, in order.
    pub calls: Vec<ToolCall>,
    /// All text.
    pub text: String,
    bytes: usize,
    finished: bool,
}

impl Answer {
    /// Takes the data of one event (or a whole, unstreamed body); returns the text that is new.
    pub fn push(&mut self, data: &str) -> Result<String, LlmError> {
        if data.trim_start().starts_with("[DONE]") {
            self.finished = true;
            return Ok(String::new());
        }
        let chunk: Value = serde_json::from_str(data).map_err(|_| LlmError::NotJson)?;
        if chunk.get("error").is_some_and(|error| !error.is_null()) {
            return Err(LlmError::ErrorInStream);
        }
        let mut text = String::new();
        for choice in list(&chunk, "choices") {
            if choice.get("index").and_then(Value::as_u64).unwrap_or(0) != 0 {
                continue;
            }
            // "delta" in a stream, "message" in an answer that comes whole.
            for part in ["delta", "message"] {
                if let Some(part) = choice.get(part) {
                    self.take_part(part, &mut text)?;
                }
            }
            match choice.get("finish_reason").and_then(Value::as_str) {
                Some("length") => return Err(LlmError::LengthLimit),
                Some("content_filter") => return Err(LlmError::Withheld),
                Some(_) => self.finished = true,
                None => {}
            }
        }
        self.bytes += text.len();
        if self.bytes > MAX_BYTES || self.calls.len() > MAX_CALLS {
            return Err(LlmError::TooLong { bytes: MAX_BYTES });
        }
        self.text.push_str(&text);
        Ok(text)
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
        let call = &mut self.calls[at];
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
            let same = self.calls.iter().position(|call| call.id == id);
            // The id came late: the call of this index has none yet.
            same.or_else(|| {
                let waiting = |call: &ToolCall| call.id.is_empty() && call.index == index;
                self.calls
                    .iter()
                    .position(|c| index.is_some() && waiting(c))
            })
        };
        known.unwrap_or_else(|| {
            let index = index.or(u64::try_from(position).ok());
            self.calls.push(ToolCall {
                index,
                ..ToolCall::default()
            });
            self.calls.len() - 1
        })
    }

    /// The stream is over.
    ///
    /// # Errors
    /// It ended before the server said that it was the end.
    pub fn end(&mut self) -> Result<(), LlmError> {
        if !self.finished {
            return Err(LlmError::Cut);
        }
        for (at, call) in self.calls.iter_mut().enumerate() {
            if call.id.is_empty() {
                call.id = format!("call_{at}");
            }
        }
        Ok(())
    }
}

/// Does this event carry something of the answer? A server that only says it is alive has not spoken.
pub(super) fn carries_token(data: &str) -> bool {
    let Ok(chunk) = serde_json::from_str::<Value>(data) else {
        return true;
    };
    list(&chunk, "choices").iter().any(|choice| {
        let filled = |part: &Value| {
            !text_of(part.get("content")).is_empty() || !list(part, "tool_calls").is_empty()
        };
        choice.get("delta").is_some_and(filled)
            || choice.get("message").is_some_and(filled)
            || choice.get("finish_reason").is_some_and(Value::is_string)
    })
}

/// Does this event say that the answer is over?
pub(super) fn says_end(data: &str) -> bool {
    data.trim_start().starts_with("[DONE]")
        || serde_json::from_str::<Value>(data).is_ok_and(|chunk| {
            let over = |choice: &Value| choice.get("finish_reason").is_some_and(Value::is_string);
            list(&chunk, "choices").iter().any(over)
        })
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
    use serde_json::json;

    fn read(chunks: &[Value]) -> Result<Answer, LlmError> {
        let mut answer = Answer::default();
        for chunk in chunks {
            answer.push(&chunk.to_string())?;
        }
        answer.end()?;
        Ok(answer)
    }

    fn delta(delta: Value) -> Value {
        json!({"choices": [{"index": 0, "delta": delta, "finish_reason": null}]})
    }

    fn finish(reason: &str) -> Value {
        json!({"choices": [{"index": 0, "delta": {}, "finish_reason": reason}]})
    }

    fn named(answer: &Answer) -> Vec<(&str, &str, &str)> {
        answer
            .calls
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
        assert_eq!(answer.text, "Hi");
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
        assert_eq!(answer.text, "One moment.");
        assert_eq!(named(&answer), [("a", "read_back", "{}")]);
    }

    #[test]
    fn an_end_nobody_announced_is_a_cut() {
        assert_eq!(
            read(&[delta(json!({"content": "One la"}))]).unwrap_err(),
            LlmError::Cut
        );
        let mut done = Answer::default();
        done.push("[DONE]").unwrap();
        assert_eq!(done.end(), Ok(()));
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
        assert_eq!(Answer::default().push("<html>"), Err(LlmError::NotJson));
        let long = delta(json!({"content": "x".repeat(MAX_BYTES + 1)}));
        assert!(matches!(read(&[long]), Err(LlmError::TooLong { .. })));
    }

    #[test]
    fn only_pieces_of_the_answer_count_as_tokens() {
        assert!(!carries_token(
            &delta(json!({"role": "assistant", "content": ""})).to_string()
        ));
        assert!(!carries_token(r#"{"choices":null}"#));
        assert!(!carries_token(
            &delta(json!({"reasoning_content": "hm"})).to_string()
        ));
        assert!(carries_token(&delta(json!({"content": "a"})).to_string()));
        assert!(carries_token(&finish("stop").to_string()));
    }
}
