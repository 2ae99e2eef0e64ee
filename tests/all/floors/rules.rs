//! The rules, each a function from one source to its faults.

use proc_macro2::{TokenStream, TokenTree};

use super::Source;
use super::house::{PURE_FLOORS, floor, is_pure, pure_below_the_line};
use super::paths::crate_paths;

/// Words that reach the world, as they stand in code; the last part of a path is enough where it is telling.
const WORLDLY_WORDS: &[&str] = &[
    "Instant",
    "SystemTime",
    "async",
    "await",
    "tokio",
    "actix_web",
    "actix_ws",
    "reqwest",
    "sqlx",
    "dotenvy",
    "now_v7",
    "disallowed_methods",
];
/// Macros that write to the terminal.
const WORLDLY_MACROS: &[&str] = &["print", "println", "eprint", "eprintln", "dbg"];
/// The rooms of `std` that do.
const WORLDLY_STD: &[&str] = &["fs", "net", "env", "process", "thread"];
/// Types with a clock in them.
const CLOCKED: &[&str] = &["Timestamp", "ZonedDateTime", "Zoned"];

/// Paths from a room to one on the same floor or below, or to no room at all.
pub fn upward_paths(source: &Source) -> Vec<String> {
    let module = &source.module;
    let Some(own) = module.first() else {
        return Vec::new(); // lib.rs names every room
    };
    let own_floor = floor(own);
    let pure = pure_below_the_line(module);
    let mut faults = Vec::new();
    for path in crate_paths(tokens(source), module) {
        let target = path.segments.first().map_or("", String::as_str);
        let fault = if let Some(pure) = pure {
            let inside = path
                .segments
                .iter()
                .zip(pure)
                .filter(|(a, b)| a == b)
                .count()
                == pure.len();
            let above = floor(target).is_some_and(|floor| floor < PURE_FLOORS);
            !inside && !above
        } else if target == own {
            false
        } else {
            match (own_floor, floor(target)) {
                // The ground floor knows every room, itself included.
                (Some(own), Some(target)) => target >= own && own + 1 < super::FLOORS.len(),
                _ => true,
            }
        };
        if fault {
            let to = match path.segments.as_slice() {
                [] => "the whole crate".to_owned(),
                segments => segments.join("::"),
            };
            faults.push(format!("src/{}:{} uses {to}", source.path, path.line));
        }
    }
    faults
}

/// What a pure module must not touch, outside its tests.
pub fn impurities(source: &Source) -> Vec<String> {
    if source.test_only || !is_pure(&source.module) {
        return Vec::new();
    }
    let mut flat = Vec::new();
    flatten(without_tests(tokens(source)), &mut flat);
    let text = |at: usize| {
        flat.get(at)
            .map_or("", |(word, _): &(String, usize)| word.as_str())
    };
    let mut faults = Vec::new();
    let mut fault = |word: &str, line: usize| {
        faults.push(format!("src/{}:{line} touches {word}", source.path));
    };
    for (at, (word, line)) in flat.iter().enumerate() {
        let after = |offset: usize| text(at + offset);
        let writes = WORLDLY_MACROS.contains(&word.as_str()) && after(1) == "!";
        if writes || WORLDLY_WORDS.contains(&word.as_str()) {
            fault(word, *line);
        } else if CLOCKED.contains(&word.as_str()) && after(1) == ":" && after(3) == "now" {
            fault("the clock", *line);
        } else if word == "std" && after(1) == ":" {
            // `std::fs` or `std::{fmt, fs::File}`: groups are flattened between braces.
            let grouped = after(3) == "{";
            let end = if grouped {
                (at..flat.len())
                    .find(|at| text(*at) == ";")
                    .unwrap_or(flat.len())
            } else {
                at + 4
            };
            for inside in at + 3..end {
                let starts = !grouped || matches!(text(inside - 1), "{" | ",");
                if starts && WORLDLY_STD.contains(&text(inside)) && text(inside + 1) != "!" {
                    fault(&format!("std::{}", text(inside)), *line);
                }
            }
        }
    }
    faults
}

/// Makers of speech engines and language models, and of telephone lines: whom the waiter must not know.
const PROVIDERS: &[&str] = &[
    "anthropic",
    "assemblyai",
    "aws",
    "azure",
    "bedrock",
    "cartesia",
    "claude",
    "deepgram",
    "elevenlabs",
    "gemini",
    "google",
    "gpt",
    "hibari",
    "kokoro",
    "llama",
    "mistral",
    "moonshine",
    "ollama",
    "openai",
    "piper",
    "polly",
    "twilio",
    "vertex",
    "vosk",
    "whisper",
];

/// Where a file of `conversation/` names a provider: in an identifier or a path (`OpenAiClient`, `crate::llm::openai`), or as
/// a word of its own in a text, which would be a name to compare with. What a caller may say ("google pay") is no name.
pub fn provider_names(source: &Source) -> Vec<String> {
    if source.test_only
        || source
            .module
            .first()
            .is_none_or(|room| room != "conversation")
    {
        return Vec::new();
    }
    let mut words = Vec::new();
    named(without_tests(tokens(source)), &mut words);
    let fault = |(word, line): (String, usize)| {
        let is_named = PROVIDERS.iter().any(|provider| names(&word, provider));
        is_named.then(|| format!("src/{}:{line} names {word}", source.path))
    };
    words.into_iter().filter_map(fault).collect()
}

/// Is the provider in this identifier as a part of it? `claws` and `gptx` name nobody.
fn names(identifier: &str, provider: &str) -> bool {
    let mut parts = vec![String::new()];
    let mut after_lower = false;
    for c in identifier.chars() {
        if !c.is_ascii_alphabetic() || (c.is_ascii_uppercase() && after_lower) {
            parts.push(String::new());
        }
        if let (true, Some(part)) = (c.is_ascii_alphabetic(), parts.last_mut()) {
            part.push(c.to_ascii_lowercase());
        }
        after_lower = c.is_ascii_lowercase();
    }
    // `OpenAi` and `open_ai` are written apart.
    parts.iter().any(|part| part == provider)
        || parts.windows(2).any(|two| two.concat() == provider)
}

/// Identifiers, and texts that are one word.
fn named(stream: TokenStream, words: &mut Vec<(String, usize)>) {
    for token in stream {
        let line = token.span().start().line;
        match token {
            TokenTree::Ident(name) => words.push((name.to_string(), line)),
            TokenTree::Literal(text) => {
                let text = text.to_string();
                let (Some(from), Some(to)) = (text.find('"'), text.rfind('"')) else {
                    continue;
                };
                let word = text.get(from + 1..to).unwrap_or_default();
                if word
                    .chars()
                    .all(|c| c.is_ascii_alphanumeric() || "_-".contains(c))
                {
                    words.push((word.to_owned(), line));
                }
            }
            TokenTree::Group(group) => named(group.stream(), words),
            TokenTree::Punct(_) => {}
        }
    }
}

/// Words in lists of words: arrays of two texts or more, or of pairs that begin with one. Which phrases do what belongs to the lexicon.
pub fn listed_words(source: &Source) -> usize {
    fn texts(group: &proc_macro2::Group) -> usize {
        let is_text = |token: &TokenTree| match token {
            TokenTree::Literal(literal) => literal.to_string().starts_with('"'),
            TokenTree::Group(pair) => pair.stream().into_iter().next().is_some_and(
                |first| matches!(first, TokenTree::Literal(l) if l.to_string().starts_with('"')),
            ),
            _ => false,
        };
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        let only = tokens.iter().all(|token| {
            is_text(token) || matches!(token, TokenTree::Punct(mark) if mark.as_char() == ',')
        });
        let count = tokens.iter().filter(|token| is_text(token)).count();
        if only && count >= 2 { count } else { 0 }
    }
    fn inside(stream: TokenStream) -> usize {
        let groups = stream.into_iter().filter_map(|token| match token {
            TokenTree::Group(group) => Some(group),
            _ => None,
        });
        groups
            .map(|group| {
                let list = group.delimiter() == proc_macro2::Delimiter::Bracket;
                let own = if list { texts(&group) } else { 0 };
                if own > 0 { own } else { inside(group.stream()) }
            })
            .sum()
    }
    inside(production_tokens(source))
}

/// Items of a `mod.rs` that are neither `mod x;` nor `use`.
pub fn front_page_faults(source: &Source) -> Vec<String> {
    let tokens: Vec<TokenTree> = tokens(source).into_iter().collect();
    let mut at = 0;
    while at < tokens.len() {
        at = behind_attributes(&tokens, at);
        let Some(first) = tokens.get(at) else { break };
        let mut start = at;
        if is_word(first, "pub") {
            start += 1;
            if matches!(tokens.get(start), Some(TokenTree::Group(_))) {
                start += 1;
            }
        }
        let end = tokens[start..]
            .iter()
            .position(|token| matches!(token, TokenTree::Punct(p) if p.as_char() == ';'))
            .map(|offset| start + offset);
        let is_use = tokens.get(start).is_some_and(|token| is_word(token, "use"));
        let is_mod = tokens.get(start).is_some_and(|token| is_word(token, "mod"));
        match end {
            Some(end) if is_use || (is_mod && end == start + 2) => at = end + 1,
            _ => {
                let line = first.span().start().line;
                return vec![format!("src/{}:{line} holds code", source.path)];
            }
        }
    }
    Vec::new()
}

/// Lines of a file but those of its `#[cfg(test)]` items.
pub fn production_lines(source: &Source) -> usize {
    let all = source.text.lines().count();
    let tokens: Vec<TokenTree> = tokens(source).into_iter().collect();
    let mut tests = 0;
    for (start, end) in test_items(&tokens) {
        tests += tokens[end - 1].span().end().line - tokens[start].span().start().line + 1;
    }
    all.saturating_sub(tests)
}

/// A module declared `#[cfg(test)] mod name;`, perhaps with `#[path = "file.rs"]`.
#[derive(Debug, PartialEq)]
pub struct TestModule {
    pub module: Vec<String>,
    /// Below `src/`, where the declaration names a file.
    pub file: Option<String>,
}

/// The test modules a source declares in files of their own.
pub fn test_modules(source: &Source) -> Vec<TestModule> {
    let tokens: Vec<TokenTree> = tokens(source).into_iter().collect();
    let declared = |(start, end): (usize, usize)| {
        let body = behind_attributes(&tokens, start);
        let [
            TokenTree::Ident(kind),
            TokenTree::Ident(name),
            TokenTree::Punct(_),
        ] = &tokens[body..end]
        else {
            return None;
        };
        (kind == "mod").then(|| TestModule {
            module: [source.module.as_slice(), &[name.to_string()]].concat(),
            file: path_attribute(&tokens[start..body]).map(|file| {
                let folder = source
                    .path
                    .rsplit_once('/')
                    .map_or("", |(folder, _)| folder);
                format!("{folder}/{file}")
            }),
        })
    };
    test_items(&tokens)
        .into_iter()
        .filter_map(declared)
        .collect()
}

/// The file of `#[path = "file.rs"]` among attributes.
fn path_attribute(attributes: &[TokenTree]) -> Option<String> {
    attributes.iter().find_map(|attribute| {
        let text = attribute.to_string();
        let file = text.strip_prefix("[path = \"")?.strip_suffix("\"]")?;
        Some(file.to_owned())
    })
}

fn tokens(source: &Source) -> TokenStream {
    source
        .text
        .parse()
        .unwrap_or_else(|error| panic!("src/{} is not Rust: {error}", source.path))
}

/// Is this token that word?
pub fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(name) if name == word)
}

/// The index behind the attributes (`#[..]`, `#![..]`, docs) that begin at `at`.
fn behind_attributes(tokens: &[TokenTree], mut at: usize) -> usize {
    let punct = |at: usize, c: char| matches!(tokens.get(at), Some(TokenTree::Punct(p)) if p.as_char() == c);
    while punct(at, '#') {
        at += 1 + usize::from(punct(at + 1, '!')) + 1;
    }
    at
}

/// Top-level items under `#[cfg(test)]`, from the attribute to behind the item's end.
fn test_items(tokens: &[TokenTree]) -> Vec<(usize, usize)> {
    let mut items = Vec::new();
    let mut at = 0;
    while at < tokens.len() {
        let cfg_test = matches!(tokens.get(at + 1), Some(TokenTree::Group(g)) if g.to_string().replace(' ', "") == "[cfg(test)]");
        if !cfg_test {
            at += 1;
            continue;
        }
        let body = behind_attributes(tokens, at);
        let ends = |token: &TokenTree| match token {
            TokenTree::Punct(punct) => punct.as_char() == ';',
            TokenTree::Group(group) => group.delimiter() == proc_macro2::Delimiter::Brace,
            _ => false,
        };
        let end = tokens[body..]
            .iter()
            .position(ends)
            .map_or(tokens.len(), |offset| body + offset + 1);
        items.push((at, end));
        at = end;
    }
    items
}

/// A source's tokens but those of its tests.
pub fn production_tokens(source: &Source) -> TokenStream {
    without_tests(tokens(source))
}

fn without_tests(stream: TokenStream) -> TokenStream {
    let tokens: Vec<TokenTree> = stream.into_iter().collect();
    let tests = test_items(&tokens);
    let in_test = |at: usize| {
        tests
            .iter()
            .any(|(start, end)| (*start..*end).contains(&at))
    };
    tokens
        .into_iter()
        .enumerate()
        .filter(|(at, _)| !in_test(*at))
        .map(|(_, token)| token)
        .collect()
}

/// Words and signs in reading order with their lines; string and other literals are left out.
fn flatten(stream: TokenStream, flat: &mut Vec<(String, usize)>) {
    for token in stream {
        let line = token.span().start().line;
        match token {
            TokenTree::Ident(name) => flat.push((name.to_string(), line)),
            TokenTree::Punct(punct) => flat.push((punct.as_char().to_string(), line)),
            TokenTree::Literal(_) => {}
            TokenTree::Group(group) => {
                flat.push(("{".into(), line));
                flatten(group.stream(), flat);
                flat.push(("}".into(), line));
            }
        }
    }
}
