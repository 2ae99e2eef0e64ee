//! Files that need each other: by `use` and by paths, followed through front pages to the file that has the name, and by
//! methods of one struct that lie in several files.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use proc_macro2::{Delimiter, TokenTree};

use super::Source;
use super::paths::{CratePath, crate_paths_of, uses};
use super::rules::{is_word, production_tokens};

/// One file's needs: which other files, and the first word that says so.
pub type Needs = BTreeMap<String, String>;

/// What a file has and what it names.
struct File<'s> {
    source: &'s Source,
    tokens: Vec<TokenTree>,
    /// Names of its structs, functions and so on.
    items: HashSet<String>,
    /// The modules it declares in files of their own.
    children: HashSet<String>,
    /// Names that it brings in, with where they come from; a glob's name is `*`.
    uses: Vec<(String, Vec<String>)>,
}

/// A struct or enum, by the file that has it.
type Type = (usize, String);

struct Crate<'s> {
    files: Vec<File<'s>>,
    by_module: HashMap<&'s [String], usize>,
}

/// Every file's needs, front pages and tests left out.
pub fn needs(sources: &[Source]) -> BTreeMap<String, Needs> {
    let house = Crate::new(sources);
    let mut all = BTreeMap::new();
    let methods = house.methods();
    for (at, file) in house.files.iter().enumerate() {
        let mut needs = Needs::new();
        let mut need = |target: usize, why: String| {
            let path = &house.files[target].source.path;
            if target != at && !is_front_page(path) {
                needs.entry(path.clone()).or_insert(why);
            }
        };
        for path in file.paths() {
            if let Some(target) = house.resolve(&path.segments, 0) {
                need(target, path.segments.join("::"));
            }
        }
        for (of, body) in house.impls(file) {
            for name in own_calls(&body, &of.1) {
                let Some(found) = methods.get(&(of.clone(), name.clone())) else {
                    continue;
                };
                if !found.contains(&at) {
                    for target in found {
                        need(*target, format!("{}::{name}", of.1));
                    }
                }
            }
        }
        if !is_front_page(&file.source.path) {
            all.insert(file.source.path.clone(), needs);
        }
    }
    all
}

/// Groups of files of which each needs every other, directly or through others.
pub fn circles(needs: &BTreeMap<String, Needs>) -> Vec<BTreeSet<String>> {
    let reached: BTreeMap<&String, BTreeSet<&String>> = needs
        .keys()
        .map(|file| (file, reach(needs, file)))
        .collect();
    let mut circles: Vec<BTreeSet<String>> = Vec::new();
    for (file, reaches) in &reached {
        if !reaches.contains(file) || circles.iter().any(|circle| circle.contains(*file)) {
            continue;
        }
        let both = reaches
            .iter()
            .filter(|other| reached[*other].contains(file));
        circles.push(both.map(|other| (*other).clone()).collect());
    }
    circles
}

/// The needs within a circle, for a person to read.
pub fn describe(circle: &BTreeSet<String>, needs: &BTreeMap<String, Needs>) -> String {
    let mut lines = vec![format!("{} files in a circle:", circle.len())];
    for file in circle {
        let inside = needs[file].iter().filter(|(to, _)| circle.contains(*to));
        lines.extend(inside.map(|(to, why)| format!("    {file} needs {to} ({why})")));
    }
    lines.join("\n")
}

fn reach<'n>(needs: &'n BTreeMap<String, Needs>, from: &String) -> BTreeSet<&'n String> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&String> = needs[from].keys().collect();
    while let Some(file) = open.pop() {
        if reached.insert(file) {
            open.extend(needs[file].keys());
        }
    }
    reached
}

fn is_front_page(path: &str) -> bool {
    path.ends_with("mod.rs") || path == "lib.rs"
}

impl<'s> Crate<'s> {
    fn new(sources: &'s [Source]) -> Self {
        let production = sources.iter().filter(|source| !source.test_only);
        let files: Vec<File> = production.map(File::new).collect();
        let by_module = files.iter().enumerate();
        let by_module = by_module.map(|(at, file)| (file.source.module.as_slice(), at));
        Self {
            by_module: by_module.collect(),
            files,
        }
    }

    /// The file that has what a path names; a front page if nobody knows better.
    fn resolve(&self, path: &[String], depth: usize) -> Option<usize> {
        self.find(path, depth).map(|(file, _)| file)
    }

    /// The same, with the name that it has there.
    fn find(&self, path: &[String], depth: usize) -> Option<Type> {
        let (length, at) = (0..=path.len()).rev().find_map(|length| {
            let at = self.by_module.get(&path[..length])?;
            Some((length, *at))
        })?;
        let Some(name) = path.get(length) else {
            return Some((at, String::new()));
        };
        let file = &self.files[at];
        if file.items.contains(name) || depth > 8 {
            return Some((at, name.clone()));
        }
        let rest = &path[length + 1..];
        let named = file.uses.iter().filter(|(known, _)| known == name);
        for (_, from) in named {
            if let Some(found) = self.find(&[from.as_slice(), rest].concat(), depth + 1) {
                return Some(found);
            }
        }
        for (_, from) in file.uses.iter().filter(|(known, _)| known == "*") {
            let within = self.find(&[from.as_slice(), &path[length..]].concat(), depth + 1);
            if let Some((found, own)) = within
                && self.files[found].items.contains(&own)
            {
                return Some((found, own));
            }
        }
        Some((at, name.clone()))
    }

    /// The types that a file's `impl` blocks are of, and the blocks' bodies.
    fn impls(&self, file: &File) -> Vec<(Type, Vec<TokenTree>)> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < file.tokens.len() {
            if !is_word(&file.tokens[at], "impl") {
                at += 1;
                continue;
            }
            let is_body = |token: &TokenTree| matches!(token, TokenTree::Group(g) if g.delimiter() == Delimiter::Brace);
            let Some(length) = file.tokens[at..].iter().position(is_body) else {
                break;
            };
            let TokenTree::Group(body) = &file.tokens[at + length] else {
                break;
            };
            if let Some(path) = self_type(&file.tokens[at + 1..at + length]) {
                let path = file.absolute(&path);
                if let Some(of) = self.find(&path, 0) {
                    found.push((of, body.stream().into_iter().collect()));
                }
            }
            at += length + 1;
        }
        found
    }

    /// Which files have a method of a type.
    fn methods(&self) -> HashMap<(Type, String), BTreeSet<usize>> {
        let mut methods: HashMap<(Type, String), BTreeSet<usize>> = HashMap::new();
        for (at, file) in self.files.iter().enumerate() {
            for (of, body) in self.impls(file) {
                for pair in body.windows(2) {
                    if is_word(&pair[0], "fn") {
                        let name = pair[1].to_string();
                        methods.entry((of.clone(), name)).or_default().insert(at);
                    }
                }
            }
        }
        methods
    }
}

impl<'s> File<'s> {
    fn new(source: &'s Source) -> Self {
        let tokens: Vec<TokenTree> = production_tokens(source).into_iter().collect();
        let kinds = [
            "struct", "enum", "fn", "trait", "const", "static", "type", "union", "mod",
        ];
        let mut items = HashSet::new();
        let mut children = HashSet::new();
        for three in tokens.windows(3) {
            let TokenTree::Ident(name) = &three[1] else {
                continue;
            };
            let elsewhere = matches!(&three[2], TokenTree::Punct(p) if p.as_char() == ';');
            if is_word(&three[0], "mod") && elsewhere {
                children.insert(name.to_string());
            } else if kinds.iter().any(|kind| is_word(&three[0], kind)) {
                items.insert(name.to_string());
            }
        }
        let mut file = Self {
            source,
            tokens,
            items,
            children,
            uses: Vec::new(),
        };
        file.uses = uses(&file.tokens)
            .into_iter()
            .map(|(name, path)| (name, file.absolute(&path)))
            .collect();
        file
    }

    /// A path as seen from the crate's root; one that does not lead into this crate becomes one that leads nowhere.
    fn absolute(&self, path: &[String]) -> Vec<String> {
        let module = &self.source.module;
        let supers = path.iter().take_while(|word| *word == "super").count();
        let Some(first) = path.first() else {
            return Vec::new();
        };
        match first.as_str() {
            "crate" | "maitred" => path[1..].to_vec(),
            "self" => [module.as_slice(), &path[1..]].concat(),
            "super" => {
                let above = module.len().saturating_sub(supers);
                [&module[..above], &path[supers..]].concat()
            }
            name if self.children.contains(name) || self.items.contains(name) => {
                [module.as_slice(), path].concat()
            }
            name => {
                let known = self.uses.iter().find(|(known, _)| known == name);
                match known {
                    Some((_, from)) => [from.as_slice(), &path[1..]].concat(),
                    None => vec!["(elsewhere)".to_owned()],
                }
            }
        }
    }

    fn paths(&self) -> Vec<CratePath> {
        let stream = self.tokens.iter().cloned().collect();
        crate_paths_of(stream, &self.source.module, &self.children)
    }
}

/// The type of `impl<T> Trait for some::Type<T> where ...`, as a path.
fn self_type(header: &[TokenTree]) -> Option<Vec<String>> {
    let mut depth = 0_i32;
    let mut path = Vec::new();
    for (at, token) in header.iter().enumerate() {
        match token {
            TokenTree::Punct(punct) if punct.as_char() == '<' => depth += 1,
            TokenTree::Punct(punct) if punct.as_char() == '>' => {
                let arrow =
                    at > 0 && matches!(&header[at - 1], TokenTree::Punct(p) if p.as_char() == '-');
                depth -= i32::from(!arrow);
            }
            TokenTree::Ident(word) if depth == 0 => match word.to_string().as_str() {
                "for" => path.clear(),
                "where" => break,
                "dyn" | "mut" => {}
                word => path.push(word.to_owned()),
            },
            _ => {}
        }
    }
    (!path.is_empty()).then_some(path)
}

/// Names of the methods that a body of `impl` calls on itself: `self.name(`, `Self::name`, `Type::name`.
fn own_calls(body: &[TokenTree], own: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (at, token) in body.iter().enumerate() {
        if let TokenTree::Group(group) = token {
            let inside: Vec<TokenTree> = group.stream().into_iter().collect();
            found.extend(own_calls(&inside, own));
        }
        let sign = |offset: usize, c: char| matches!(body.get(at + offset), Some(TokenTree::Punct(p)) if p.as_char() == c);
        let word = |offset: usize| match body.get(at + offset) {
            Some(TokenTree::Ident(name)) => Some(name.to_string()),
            _ => None,
        };
        let called = matches!(body.get(at + 3), Some(TokenTree::Group(g)) if g.delimiter() == Delimiter::Parenthesis);
        if is_word(token, "self") && sign(1, '.') && called {
            found.extend(word(2));
        }
        if (is_word(token, "Self") || is_word(token, own)) && sign(1, ':') && sign(2, ':') {
            found.extend(word(3));
        }
    }
    found
}
