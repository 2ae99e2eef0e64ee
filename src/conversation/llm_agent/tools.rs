//! The tools: the cart's own operations, as JSON Schema.

use serde_json::{Value, json};

use super::exchange::Tool;
use super::prompt::SEARCH_FROM;
use crate::restaurant::Restaurant;

/// All tools of a restaurant, in the order in which a call needs them.
pub(super) fn tools(restaurant: &Restaurant) -> Vec<Tool> {
    let mut tools = Vec::new();
    let measured = restaurant
        .menu
        .items
        .iter()
        .any(|item| item.unit().is_some());
    if restaurant.menu.items.len() >= SEARCH_FROM {
        tools.push(tool(
            "search_menu",
            "Finds items of the menu by words of their name, category or contents. Nothing is said to the caller.",
            json!({"query": {"type": "string", "description": "A few words, such as chicken wings"}}),
            &["query"],
        ));
    }
    tools.push(tool(
        "add_item",
        "Adds something to the order and says so to the caller.",
        json!({
            "item_id": {"type": "string", "description": "The item's id"},
            "quantity": quantity("How many, all made the same way; 1 if left out", measured),
            "choices": choices("What the caller chose. Leave out what was not said."),
            "notes": notes(),
        }),
        &["item_id"],
    ));
    tools.push(tool(
        "change_item",
        "Changes a line of the order and says so to the caller.",
        json!({
            "line": line(),
            "quantity": quantity("The new number of them", measured),
            "item_id": {"type": "string", "description": "Another item instead"},
            "choices": choices("Choices to take or change; amount none refuses one."),
            "forget": choices("Choices to take back, as if never said."),
            "notes": notes(),
        }),
        &["line"],
    ));
    tools.push(tool(
        "remove_item",
        "Takes a line out of the order and says so to the caller.",
        json!({"line": line()}),
        &["line"],
    ));
    tools.push(tool(
        "say_price",
        "Tells the caller what an item costs with these choices.",
        json!({
            "item_id": {"type": "string", "description": "The item's id"},
            "choices": choices("Choices to include in the price."),
        }),
        &["item_id"],
    ));
    tools.push(tool(
        "note_for_kitchen",
        "Notes a request about the whole order for the kitchen and says so to the caller.",
        json!({"note": {"type": "string", "minLength": 1, "maxLength": 80}}),
        &["note"],
    ));
    if restaurant.ask.name {
        tools.push(tool(
            "set_name",
            "Notes the caller's name for the order.",
            json!({"name": {"type": "string", "minLength": 1, "maxLength": 40}}),
            &["name"],
        ));
    }
    if restaurant.ask.fulfilment {
        tools.push(tool(
            "set_fulfilment",
            "Notes how the food reaches the caller.",
            json!({"fulfilment": {"type": "string", "enum": ["pickup", "delivery"]}}),
            &["fulfilment"],
        ));
    }
    tools.push(tool(
        "read_back",
        "Call it when the caller wants nothing more. Asks what is still missing, or reads the whole order back with its total and asks for a yes. Ends your turn.",
        json!({}),
        &[],
    ));
    tools.push(tool(
        "place_order",
        "Stores the order. Only after read_back, when the caller has said yes. Ends your turn.",
        json!({}),
        &[],
    ));
    tools.push(tool(
        "cancel_order",
        "Calls the whole order off; the caller is asked once more. Ends your turn.",
        json!({}),
        &[],
    ));
    tools.push(tool(
        "hand_off",
        "Passes the caller to a person. Ends your turn.",
        json!({}),
        &[],
    ));
    tools
}

fn tool(
    name: &'static str,
    description: &'static str,
    properties: Value,
    required: &[&str],
) -> Tool {
    Tool {
        name,
        description,
        parameters: json!({
            "type": "object",
            "properties": properties,
            "required": required,
            "additionalProperties": false,
        }),
    }
}

/// How many; of what is sold by measure, how much.
fn quantity(description: &str, measured: bool) -> Value {
    if !measured {
        return json!({"type": "integer", "minimum": 1, "description": description});
    }
    let description =
        format!("{description}. Of what is sold by a unit: how much of it, such as 0.75");
    json!({"type": "number", "exclusiveMinimum": 0, "description": description})
}

fn notes() -> Value {
    json!({
        "type": "array",
        "description": "Requests to the kitchen that no option covers, in the caller's words, such as no onions or sauce on the side. Not for anything an option has.",
        "items": {"type": "string", "minLength": 1, "maxLength": 80},
        "maxItems": 8,
    })
}

fn line() -> Value {
    json!({"type": "integer", "description": "The line's number, from a tool result"})
}

fn choices(description: &str) -> Value {
    json!({
        "type": "array",
        "description": description,
        "items": {
            "type": "object",
            "properties": {
                "option": {"type": "string", "description": "The option's name, such as Size"},
                "of": {"type": "string", "description": "The choice the option belongs to, where several options have the same name"},
                "choice": {"type": "string", "description": "The choice's name"},
                "amount": {"type": "string", "enum": ["none", "light", "regular", "extra"]},
                "count": {"type": "integer", "minimum": 1},
                "part": {"type": "string", "enum": ["whole", "left", "right"]},
            },
            "required": ["option", "choice"],
            "additionalProperties": false,
        },
    })
}
