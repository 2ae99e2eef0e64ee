//! What a provider refuses with 400, as the strictest of them do.

use std::collections::HashSet;

use serde_json::Value;

/// Top-level fields every server takes. `tool_choice` is not among them: Ollama has none.
const FIELDS: &[&str] = &["model", "messages", "tools", "stream"];

/// Finds the first fault of a request.
pub fn check(body: &Value) -> Result<(), String> {
    let fields = body.as_object().ok_or("the body is no object")?;
    if let Some(unknown) = fields.keys().find(|key| !FIELDS.contains(&key.as_str())) {
        return Err(format!("unknown parameter: {unknown}"));
    }
    if body["model"] != "stand-in" {
        return Err(format!("no model {}", body["model"]));
    }
    if !body["stream"].is_boolean() {
        return Err("stream is no boolean".into());
    }
    check_tools(body["tools"].as_array().ok_or("tools is no array")?)?;
    check_messages(body["messages"].as_array().ok_or("messages is no array")?)
}

fn check_tools(tools: &[Value]) -> Result<(), String> {
    let mut names = HashSet::new();
    for tool in tools {
        let function = &tool["function"];
        let name = function["name"].as_str().ok_or("a tool without a name")?;
        let fits = (1..=64).contains(&name.len())
            && name
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        if tool["type"] != "function" || !fits || !names.insert(name.to_owned()) {
            return Err(format!("tool {name} is not well named"));
        }
        let schema = &function["parameters"];
        if schema["type"] != "object" || !jsonschema::meta::is_valid(schema) {
            return Err(format!(
                "the parameters of {name} are no JSON Schema of an object"
            ));
        }
        let known = schema["properties"].as_object().ok_or("no properties")?;
        let required = schema["required"].as_array().ok_or("no required")?;
        let all_known = required
            .iter()
            .all(|key| known.contains_key(key.as_str().unwrap_or_default()));
        if !all_known {
            return Err(format!("{name} requires what it does not have"));
        }
    }
    Ok(())
}

fn check_messages(messages: &[Value]) -> Result<(), String> {
    if messages
        .first()
        .is_none_or(|first| first["role"] != "system")
    {
        return Err("the first message is not the system's".into());
    }
    // Tool calls that still wait for their results.
    let mut open: Vec<String> = Vec::new();
    for (at, message) in messages.iter().enumerate() {
        let fault = |what: &str| Err(format!("messages[{at}]: {what}"));
        let text = message["content"].as_str();
        let role = message["role"].as_str().unwrap_or_default();
        if role != "tool" && !open.is_empty() {
            return fault("tool_calls must be followed by a tool message for each tool_call_id");
        }
        match role {
            "system" | "user" if text.is_none_or(str::is_empty) => return fault("no content"),
            "system" if at > 0 => return fault("a second system message"),
            "system" | "user" => {}
            "assistant" => match message.get("tool_calls") {
                None if text.is_none_or(str::is_empty) => {
                    return fault("neither content nor tool calls");
                }
                None => {}
                Some(calls) => {
                    open = check_calls(calls).map_err(|what| format!("messages[{at}]: {what}"))?
                }
            },
            "tool" => {
                let id = message["tool_call_id"].as_str().unwrap_or_default();
                let Some(place) = open.iter().position(|waiting| waiting == id) else {
                    return fault("no tool call has this tool_call_id");
                };
                open.remove(place);
                if text.is_none() {
                    return fault("the content of a tool message is a text");
                }
            }
            other => return fault(&format!("no role \"{other}\"")),
        }
    }
    if !open.is_empty() {
        return Err("the last tool calls have no results".into());
    }
    match messages.last().map(|last| &last["role"]) {
        Some(role) if role == "user" || role == "tool" => Ok(()),
        _ => Err("there is nothing to answer".into()),
    }
}

fn check_calls(calls: &Value) -> Result<Vec<String>, String> {
    let calls = calls.as_array().filter(|calls| !calls.is_empty());
    let calls = calls.ok_or("tool_calls is no filled array")?;
    let mut ids = Vec::new();
    for call in calls {
        let id = call["id"].as_str().unwrap_or_default();
        let arguments = call["function"]["arguments"]
            .as_str()
            .ok_or("arguments are no text")?;
        let parsed: Option<Value> = serde_json::from_str(arguments).ok();
        if !parsed.is_some_and(|arguments| arguments.is_object()) {
            return Err(format!("arguments are no JSON object: {arguments}"));
        }
        let named = call["function"]["name"]
            .as_str()
            .is_some_and(|name| !name.is_empty());
        if call["type"] != "function" || !named || id.is_empty() || ids.contains(&id.to_owned()) {
            return Err("a tool call is not whole".into());
        }
        ids.push(id.to_owned());
    }
    Ok(ids)
}

mod the_rules_themselves {
    use super::*;
    use serde_json::json;

    fn asked(messages: Value) -> Result<(), String> {
        let tool = json!({"type": "function", "function": {"name": "t", "parameters":
            {"type": "object", "properties": {}, "required": []}}});
        check(&json!({"model": "stand-in", "stream": true, "tools": [tool], "messages": messages}))
    }

    #[test]
    fn a_stand_in_refuses_what_a_provider_would() {
        let system = json!({"role": "system", "content": "s"});
        let user = json!({"role": "user", "content": "u"});
        let call =
            json!({"id": "a", "type": "function", "function": {"name": "t", "arguments": "{}"}});
        let calls = json!({"role": "assistant", "content": null, "tool_calls": [call]});
        let result = json!({"role": "tool", "tool_call_id": "a", "content": "{}"});
        assert_eq!(asked(json!([system, user, calls, result])), Ok(()));
        let stray = json!({"role": "tool", "tool_call_id": "b", "content": "{}"});
        for messages in [
            json!([user]),
            json!([system, user, calls]),
            json!([system, user, calls, user]),
            json!([system, user, calls, stray]),
            json!([system, user, {"role": "assistant", "content": ""}, user]),
            json!([system, {"role": "caller", "content": "u"}]),
        ] {
            assert!(asked(messages.clone()).is_err(), "{messages}");
        }
        let broken =
            json!({"id": "a", "type": "function", "function": {"name": "t", "arguments": "{"}});
        let calls = json!({"role": "assistant", "content": null, "tool_calls": [broken]});
        assert!(asked(json!([system, user, calls, result])).is_err());
    }
}
