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
