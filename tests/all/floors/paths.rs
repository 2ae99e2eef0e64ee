//! Finds the paths of a source that lead into this crate: in `use` trees, in code and inside macros alike, because it
//! reads tokens and not text.

use std::collections::HashSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// A path made absolute: `super::super::store::Store` in `a::b` is `["store", "Store"]`. A glob ends in `*`.
#[derive(Debug, PartialEq)]
pub struct CratePath {
    pub segments: Vec<String>,
    /// Of the source, from 1.
    pub line: usize,
}

/// Every path in `tokens` that begins with `crate`, `self`, `super` or the crate's own name, as seen from `module`.
pub fn crate_paths(tokens: TokenStream, module: &[String]) -> Vec<CratePath> {
    crate_paths_of(tokens, module, &HashSet::new())
}

/// The same, and paths that begin with one of the module's own modules.
pub fn crate_paths_of(
    tokens: TokenStream,
    module: &[String],
    children: &HashSet<String>,
) -> Vec<CratePath> {
    let mut found = Vec::new();
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    walk(&tokens, module, children, &mut found);
    found
}

/// What the `use` items among `tokens` bring in: the name it has here, and its path as written. A glob's name is `*`.
pub fn uses(tokens: &[TokenTree]) -> Vec<(String, Vec<String>)> {
    let mut found = Vec::new();
    let is_end = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == ';');
    let mut at = 0;
    while at < tokens.len() {
        if word(tokens.get(at)).as_deref() == Some("use") {
            let length = tokens[at..].iter().position(is_end);
            let end = length.map_or(tokens.len(), |length| at + length);
            use_tree(&tokens[at + 1..end], &[], &mut found);
            at = end;
        }
        at += 1;
    }
    found
}

fn use_tree(tokens: &[TokenTree], base: &[String], found: &mut Vec<(String, Vec<String>)>) {
    let mut path = base.to_vec();
    let mut name = None;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        match token {
            TokenTree::Group(group) => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                for branch in inside.split(is_comma) {
                    use_tree(branch, &path, found);
                }
                return;
            }
            TokenTree::Punct(punct) if punct.as_char() == '*' => name = Some("*".to_owned()),
            TokenTree::Ident(word) if word == "as" => {
                name = tokens.get(at + 1).map(ToString::to_string);
                at += 1;
            }
            // `a::{self, b}` names `a`.
            TokenTree::Ident(word) if word == "self" && !path.is_empty() => {}
            TokenTree::Ident(word) => path.push(word.to_string()),
            _ => {}
        }
        at += 1;
    }
    if let Some(name) = name.or_else(|| path.last().cloned()) {
        found.push((name, path));
    }
}

fn is_comma(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Punct(p) if p.as_char() == ',')
}

fn walk(
    tokens: &[TokenTree],
    module: &[String],
    children: &HashSet<String>,
    found: &mut Vec<CratePath>,
) {
    let mut at = 0;
    while at < tokens.len() {
        // `mod inner { ... }`: what is inside sees one `super` more.
        if let (Some("mod"), Some(name), Some(TokenTree::Group(body))) = (
            word(tokens.get(at)).as_deref(),
            word(tokens.get(at + 1)),
            tokens.get(at + 2),
        ) {
            let inner = [module, &[name]].concat();
            let inside: Vec<TokenTree> = body.stream().into_iter().collect();
            walk(&inside, &inner, &HashSet::new(), found);
            at += 3;
            continue;
        }
        // The visibility `pub(crate)` and `pub(super)` names no room; `pub(in path)` does.
        if word(tokens.get(at)).as_deref() == Some("pub")
            && let Some(TokenTree::Group(scope)) = tokens.get(at + 1)
            && scope.stream().into_iter().count() == 1
        {
            at += 2;
            continue;
        }
        let begins = at == 0 || !colons(tokens, at.saturating_sub(2));
        let child = word(tokens.get(at)).filter(|word| children.contains(word));
        let base = match child {
            Some(child) if begins && colons(tokens, at + 1) => {
                Some(([module, &[child]].concat(), at + 1))
            }
            _ => base_of(tokens, at, module),
        };
        if let Some((base, next)) = base {
            at = tree(tokens, next, &base, line(&tokens[at]), found);
            continue;
        }
        if let TokenTree::Group(group) = &tokens[at] {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            walk(&inside, module, children, found);
        }
        at += 1;
    }
}

/// `crate`, `self`, `super::super` or `maitred` at `at`: the module it names and the index behind it.
fn base_of(tokens: &[TokenTree], at: usize, module: &[String]) -> Option<(Vec<String>, usize)> {
    let first = word(tokens.get(at))?;
    // `crate` alone in a `use` (`use crate as house`) names the whole house; other lone words are values or names.
    let lone = !colons(tokens, at + 1);
    match first.as_str() {
        "crate" => Some((Vec::new(), at + 1)),
        "maitred" if !lone => Some((Vec::new(), at + 1)),
        "self" if !lone => Some((module.to_vec(), at + 1)),
        "super" => {
            let mut base = module.to_vec();
            base.pop();
            let mut next = at + 1;
            while colons(tokens, next) && word(tokens.get(next + 2)).as_deref() == Some("super") {
                base.pop();
                next += 3;
            }
            Some((base, next))
        }
        _ => None,
    }
}

/// What follows a base: `::a::b`, `::{a, b::c}`, `::*`. Returns the index behind the path.
fn tree(
    tokens: &[TokenTree],
    mut at: usize,
    base: &[String],
    line: usize,
    found: &mut Vec<CratePath>,
) -> usize {
    let mut segments = base.to_vec();
    while colons(tokens, at) {
        match tokens.get(at + 2) {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                branches(&inside, &segments, found);
                return at + 3;
            }
            Some(TokenTree::Punct(punct)) if punct.as_char() == '*' => {
                segments.push("*".into());
                at += 3;
            }
            Some(TokenTree::Ident(name)) => {
                segments.push(name.to_string());
                at += 3;
            }
            // `::<T>`: the walk goes on inside.
            _ => break,
        }
    }
    found.push(CratePath { segments, line });
    at
}

/// The comma-separated branches of a `use` group, each below `base`.
fn branches(tokens: &[TokenTree], base: &[String], found: &mut Vec<CratePath>) {
    for branch in tokens.split(is_comma) {
        let Some(first) = branch.first() else {
            continue;
        };
        let mut start = base.to_vec();
        let mut at = 1;
        match first {
            TokenTree::Ident(name) if name == "self" => {}
            TokenTree::Ident(name) if name == "super" => {
                start.pop();
                while colons(branch, at) && word(branch.get(at + 2)).as_deref() == Some("super") {
                    start.pop();
                    at += 3;
                }
            }
            TokenTree::Ident(name) => start.push(name.to_string()),
            TokenTree::Punct(punct) if punct.as_char() == '*' => start.push("*".into()),
            _ => at = 0,
        }
        tree(branch, at, &start, line(first), found);
    }
}

fn word(token: Option<&TokenTree>) -> Option<String> {
    match token {
        Some(TokenTree::Ident(name)) => Some(name.to_string()),
        _ => None,
    }
}

fn colons(tokens: &[TokenTree], at: usize) -> bool {
    let colon = |token: Option<&TokenTree>| matches!(token, Some(TokenTree::Punct(p)) if p.as_char() == ':');
    colon(tokens.get(at)) && colon(tokens.get(at + 1))
}

fn line(token: &TokenTree) -> usize {
    token.span().start().line
}
