//! Finds the paths of a source that lead into this crate: in `use` trees, in code and inside macros alike, because it
//! reads tokens and not text.

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
    let mut found = Vec::new();
    walk(&tokens.into_iter().collect::<Vec<_>>(), module, &mut found);
    found
}

fn walk(tokens: &[TokenTree], module: &[String], found: &mut Vec<CratePath>) {
    let mut at = 0;
    while at < tokens.len() {
        // `mod inner { ... }`: what is inside sees one `super` more.
        if let (Some("mod"), Some(name), Some(TokenTree::Group(body))) = (
            word(tokens.get(at)).as_deref(),
            word(tokens.get(at + 1)),
            tokens.get(at + 2),
        ) {
            let inner = [module, &[name]].concat();
            walk(
                &body.stream().into_iter().collect::<Vec<_>>(),
                &inner,
                found,
            );
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
        if let Some((base, next)) = base_of(tokens, at, module) {
            at = tree(tokens, next, &base, line(&tokens[at]), found);
            continue;
        }
        if let TokenTree::Group(group) = &tokens[at] {
            walk(
                &group.stream().into_iter().collect::<Vec<_>>(),
                module,
                found,
            );
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
    let is_comma = |token: &TokenTree| matches!(token, TokenTree::Punct(p) if p.as_char() == ',');
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
