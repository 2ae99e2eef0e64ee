//! The house's floors, top first; the table of docs/architecture.md as data.

/// Rooms floor by floor: a room may use only rooms of floors above its own.
pub const FLOORS: &[&[&str]] = &[
    &["restaurant"],
    &["words"],
    &["order"],
    &["record"],
    &["audio"],
    &["twilio"],
    &["config"],
    &["routing"],
    &["conversation"],
    // ---- the line ----
    &["settings"],
    &["events"],
    &["speech", "llm"],
    &["store"],
    &["delivery"],
    &["reload"],
    &["call"],
    &["web"],
    &["app", "cli", "main"],
];

/// More files than a room may have without floors of its own.
const SMALL_ROOM: usize = 10;

/// Where files may still need each other in circles, and how many of them do: the numbers may only fall.
pub const CIRCLES: &[(&str, usize)] = &[("conversation/", 52)];

/// Words in lists outside the waiter's lexicon (sentences, prompts and the interpreter's tables are no lists of it): the number may only
/// fall.
pub const LISTED_WORDS: usize = 1459;

/// Floors inside the large rooms: a file or folder may use only those of floors above its own in its room.
const FLOORS_INSIDE: &[(&str, &[&[&str]])] = &[
    (
        "app",
        &[
            &[
                "drain",
                "first_call",
                "git_commits",
                "greetings",
                "notify",
                "retention",
                "store_watch",
                "systemd",
            ],
            &["config_reports"],
            &["background"],
            &["build"],
        ],
    ),
    (
        "call",
        &[
            &[
                "clock",
                "closed_message",
                "kitchen_load",
                "kitchen_names",
                "kitchen_words",
                "machine",
                "purpose",
                "stream_clock",
                "wire",
            ],
            &["kitchen_board", "token"],
            &["caller_sound", "kitchen_watch", "pins", "services"],
            &["outcomes", "tasks", "testing"],
            &["live_calls"],
            &["claim"],
            &["admission", "dropped_cart", "messages"],
            &["session"],
        ],
    ),
    (
        "cli",
        &[
            &[
                "call",
                "check",
                "env_file",
                "forget",
                "models",
                "orders_text",
                "restaurant_file",
                "schema",
                "serve",
                "talk_llm",
            ],
            &["orders", "plan", "replay", "understand"],
            &["talk", "twilio"],
            &["command_line"],
        ],
    ),
    (
        "config",
        &[
            &[
                "capabilities",
                "code",
                "form",
                "line_events",
                "plain_scalar",
                "quote",
                "suggestion",
            ],
            &["blanks", "problem", "written"],
            &[
                "delivery_file",
                "option_file",
                "orders_file",
                "position",
                "schema_message",
                "syntax",
            ],
            &["restaurant_file", "scan", "schema", "yaml"],
            &["event_reader", "lint", "validate"],
            &["read"],
            &["packed"],
        ],
    ),
    (
        "delivery",
        &[
            &[
                "ack_token",
                "address_guard",
                "escpos",
                "retries",
                "signature",
                "standard_webhook",
            ],
            &["error", "incoming_text", "tickets"],
            &["http_clients"],
            &["http_request"],
            &["twilio_rest"],
            &["channel_context", "live_call"],
            &["destination", "email", "printer", "text_message", "webhook"],
            &["caller_text", "kitchen_call", "message_courier", "sms"],
            &["courier", "http_sender", "message_worker"],
            &["worker"],
        ],
    ),
    (
        "events",
        &[
            &[
                "call_progress",
                "feed",
                "file_change",
                "folder_state",
                "kitchen_news",
                "log_writer",
            ],
            &["domain_event", "folder_measures", "logging"],
            &["measures", "refusals", "render"],
            &["log_line"],
            &["publish"],
        ],
    ),
    (
        "order",
        &[
            &["address", "backoff", "change", "measure"],
            &["delivery", "placed"],
            &["caller_texts", "cart_line"],
            &["dispatch"],
            &["json", "pricing", "rules"],
            &["cart", "placing", "ticket", "way_json"],
            &["kept_cart", "sold_out"],
            &["cart_swap", "checkout"],
        ],
    ),
    (
        "reload",
        &[
            &[
                "aside",
                "cores",
                "disk_calls",
                "hint",
                "mass_delete",
                "mounts",
                "plain_file",
                "report",
                "scan_delta",
                "settings",
                "settle",
                "source",
                "strays",
                "touched",
                "waiting",
                "writers",
            ],
            &["first_look", "folder", "git_dir", "inbox"],
            &["file_states", "git_lock", "stable_read", "watching"],
            &[
                "deletions",
                "incomplete",
                "menu_cache",
                "menu_changes",
                "rows",
            ],
            &["persisted_state", "publication", "scan_pass"],
            &["rollback", "state"],
            &["parts"],
            &["linting", "publish"],
            &["look"],
            &["reloader"],
            &["first_scan", "watched_dirs"],
            &["watch"],
        ],
    ),
    (
        "restaurant",
        &[
            &[
                "answer",
                "generated_tests",
                "hours",
                "identity",
                "keep",
                "money",
                "payment_link",
                "phone_number",
                "shared_list",
            ],
            &["availability", "channels", "delivers", "tax"],
            &["details"],
            &["menu"],
            &["kitchen", "menu_details"],
            &["sealed"],
            &["options_apart"],
        ],
    ),
    (
        "settings",
        &[
            &[
                "error",
                "flags",
                "limits",
                "network",
                "public_address",
                "secret",
            ],
            &["deliver", "llm", "notify", "secret_file"],
            &["server"],
        ],
    ),
    (
        "speech",
        &[
            &["bias", "models", "prompt_disk", "scripted"],
            &["error"],
            &["recognizer"],
            &["local", "scripted_recognizer"],
            &["call_recognizer", "piper", "synthesizer"],
            &["prompt_cache"],
            &["registry"],
            &["caller_voice"],
        ],
    ),
    (
        "store",
        &[
            &[
                "error",
                "folder_memory",
                "lock",
                "outbox",
                "people",
                "placement",
                "private",
            ],
            &["sqlite"],
            &["backend"],
            &["messages", "record_queue"],
        ],
    ),
    (
        "twilio",
        &[
            &[
                "incoming_numbers",
                "media_message",
                "sid",
                "signature",
                "twiml",
            ],
            &["auth_tokens", "webhook_form"],
            &["message_form"],
        ],
    ),
    (
        "web",
        &[
            &[
                "body",
                "connections",
                "frame_lengths",
                "next_step",
                "phrases",
                "turned_away",
                "twiml_answer",
            ],
            &["app_state", "frames"],
            &[
                "ack",
                "api",
                "health",
                "local_only",
                "metrics",
                "public_address",
            ],
            &["signed_form"],
            &["kitchen_keys"],
            &["kitchen_call", "sms", "voice_status", "voice_webhook"],
            &["media_socket", "voice_after", "voice_staff"],
            &["voice_fallback"],
            &["server"],
        ],
    ),
    (
        "words",
        &[
            &[
                "inflect",
                "phonetic",
                "printable",
                "spoken_numbers",
                "sum",
                "tokens",
            ],
            &["english", "numbers", "spoken_clock"],
            &["number_table"],
            &["french", "spanish"],
            &["language"],
            &["spoken"],
        ],
    ),
];

/// Floors above the line.
pub const PURE_FLOORS: usize = 9;

/// Below the line, and yet held to the rules above it.
const PURE_MODULES: &[&[&str]] = &[&["call", "machine"]];

/// Which floor a room is on, 0 at the top.
pub fn floor(room: &str) -> Option<usize> {
    FLOORS.iter().position(|rooms| rooms.contains(&room))
}

/// `call/machine/playing.rs` is module `call::machine::playing`, `store/mod.rs` is `store`, `lib.rs` the root.
pub fn module_of(path: &str) -> Vec<String> {
    let mut module: Vec<String> = path
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    if module.last().is_some_and(|last| last == "mod") || module == ["lib"] {
        module.pop();
    }
    module
}

/// The pure module below the line that this one is in, if it is in one.
pub fn pure_below_the_line(module: &[String]) -> Option<&'static [&'static str]> {
    let inside = |pure: &[&str]| {
        module.len() >= pure.len() && pure.iter().zip(module).all(|(name, own)| name == own)
    };
    PURE_MODULES.iter().copied().find(|pure| inside(pure))
}

/// Must this module be free of I/O?
pub fn is_pure(module: &[String]) -> bool {
    let above = module
        .first()
        .and_then(|room| floor(room))
        .is_some_and(|floor| floor < PURE_FLOORS);
    above || pure_below_the_line(module).is_some()
}

/// The floors of a room that has some of its own.
pub fn floors_inside(room: &str) -> Option<&'static [&'static [&'static str]]> {
    let mut all = FLOORS_INSIDE.iter();
    all.find(|(name, _)| *name == room)
        .map(|(_, floors)| *floors)
}

/// The room of a file, and the file or folder in it that the file is or lies in; `None` for a file beside the rooms.
pub fn room_and_part(path: &str) -> Option<(String, String)> {
    let mut module = module_of(path).into_iter();
    Some((module.next()?, module.next()?))
}

/// Rooms of more files than a small one, with their number; the waiter's room is measured by its circles instead.
pub fn large_rooms<'p>(paths: impl Iterator<Item = &'p String>) -> Vec<(String, usize)> {
    let mut counts = std::collections::BTreeMap::<String, usize>::new();
    for path in paths.filter(|path| !path.starts_with("conversation/")) {
        if let Some((room, _)) = room_and_part(path) {
            *counts.entry(room).or_default() += 1;
        }
    }
    counts
        .into_iter()
        .filter(|(_, files)| *files > SMALL_ROOM)
        .collect()
}
