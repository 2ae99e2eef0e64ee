//! The house rules that a compiler does not check: floors, purity, file sizes, front pages, clean text.
#![expect(
    clippy::disallowed_methods,
    reason = "these tests read the repository's own files"
)]

mod circles;
mod house;
mod paths;
mod rules;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use house::{FLOORS, floor};
use rules::{
    TestModule, front_page_faults, impurities, listed_words, production_lines, provider_names,
    upward_paths,
};

/// A source file: its path below `src/`, with forward slashes, and its text.
struct Source {
    path: String,
    text: String,
    /// Where `super` counts from; follows a `#[path]`.
    module: Vec<String>,
    /// Declared `#[cfg(test)] mod ...;` by the module above it: test code as a whole.
    test_only: bool,
}

impl Source {
    fn new(path: &str, text: &str) -> Self {
        Self {
            path: path.to_owned(),
            text: text.to_owned(),
            module: house::module_of(path),
            test_only: false,
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file below `folder`, sorted, but what git does not keep.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_path_buf()];
    while let Some(folder) = folders.pop() {
        let entries = std::fs::read_dir(&folder)
            .unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
        for entry in entries.flatten() {
            let name = entry.file_name();
            let path = entry.path();
            let ignored = [".git", "target", "data", ".env", "corpus", "artifacts"];
            if ignored.iter().any(|ignored| name == *ignored) {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

fn sources() -> Vec<Source> {
    let folder = root().join("src");
    let mut sources: Vec<Source> = files_below(&folder)
        .into_iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "rs"))
        .map(|path| {
            let below = path.strip_prefix(&folder).unwrap_or(&path);
            let text = std::fs::read_to_string(&path)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            Source::new(&below.to_string_lossy().replace('\\', "/"), &text)
        })
        .collect();
    assert!(sources.len() > 20, "only {} sources found", sources.len());
    let tests: Vec<TestModule> = sources.iter().flat_map(rules::test_modules).collect();
    for source in &mut sources {
        for test in &tests {
            if test.file.as_ref() == Some(&source.path) {
                source.module = test.module.clone();
            }
            source.test_only |= source.module.starts_with(&test.module);
        }
    }
    sources
}

fn complain(what: &str, faults: &[String]) {
    assert!(faults.is_empty(), "{what}:\n  {}\n", faults.join("\n  "));
}

#[test]
fn a_room_uses_only_the_floors_above_it() {
    let faults: Vec<String> = sources().iter().flat_map(upward_paths).collect();
    complain(
        "these look down the house (see docs/architecture.md)",
        &faults,
    );
}

/// Which files need which: reading all sources takes seconds, so it is done once.
fn needs() -> &'static BTreeMap<String, circles::Needs> {
    static NEEDS: LazyLock<BTreeMap<String, circles::Needs>> =
        LazyLock::new(|| circles::needs(&sources()));
    &NEEDS
}

#[test]
fn no_two_files_need_each_other_in_a_circle() {
    let needs = needs();
    let mut faults = Vec::new();
    let mut counted = vec![Vec::new(); house::CIRCLES.len()];
    for circle in circles::circles(needs) {
        let within = |part: &&(&str, usize)| circle.iter().all(|file| file.starts_with(part.0));
        match house::CIRCLES.iter().position(|part| within(&part)) {
            Some(known) => counted[known].extend(circle.iter().cloned()),
            None => faults.push(circles::describe(&circle, needs)),
        }
    }
    complain("these files need each other in a circle", &faults);
    for ((part, bound), files) in house::CIRCLES.iter().zip(counted) {
        let told = "the number in house.rs may only fall";
        assert!(
            files.len() <= *bound,
            "{} files of {part} stand in circles: {told}: {files:?}",
            files.len()
        );
    }
}

#[test]
fn a_file_of_a_large_room_uses_only_the_floors_above_its_own() {
    let needs = needs();
    let mut faults = Vec::new();
    for (room, files) in house::large_rooms(needs.keys()) {
        let Some(floors) = house::floors_inside(&room) else {
            faults.push(format!(
                "{room}/ has {files} files and no floors in house.rs"
            ));
            continue;
        };
        let floor = |path: &str| {
            let (own, part) = house::room_and_part(path)?;
            (own == room).then(|| {
                floors
                    .iter()
                    .position(|parts| parts.contains(&part.as_str()))
            })
        };
        for (file, needed) in needs {
            let Some(own) = floor(file) else { continue };
            let Some(own) = own else {
                let used = needed.keys().filter_map(|other| floor(other).flatten());
                let fits = used.max().map_or(1, |floor| floor + 2);
                faults.push(format!(
                    "src/{file} is on no floor of {room}/ in house.rs; by what it uses it fits on number {fits}"
                ));
                continue;
            };
            for (other, why) in needed {
                let below = floor(other).flatten().is_some_and(|other| other >= own);
                if below && house::room_and_part(other) != house::room_and_part(file) {
                    faults.push(format!(
                        "src/{file} uses src/{other} ({why}), which is not above it"
                    ));
                }
            }
        }
    }
    complain("these look down their room (see house.rs)", &faults);
}

#[test]
fn nothing_above_the_line_reads_a_clock_a_file_a_socket_or_the_environment() {
    let faults: Vec<String> = sources().iter().flat_map(impurities).collect();
    complain("these are not pure", &faults);
}

#[test]
fn the_waiter_names_no_provider_of_speech_models_or_lines() {
    let faults: Vec<String> = sources().iter().flat_map(provider_names).collect();
    complain("conversation/ names a provider", &faults);
}

#[test]
fn every_room_has_a_floor() {
    for source in sources() {
        let room = source.path.split('/').next().unwrap_or_default();
        let room = room.trim_end_matches(".rs");
        assert!(
            room == "lib" || floor(room).is_some(),
            "src/{} is in no floor's list: {FLOORS:?}",
            source.path
        );
    }
}

#[test]
fn files_stay_small() {
    let mut sizes: Vec<(usize, String)> = sources()
        .iter()
        .filter(|source| !source.test_only)
        .map(|source| (production_lines(source), source.path.clone()))
        .collect();
    sizes.sort();
    let at = |percent: usize| sizes[(sizes.len() - 1) * percent / 100].0;
    let largest: Vec<_> = sizes.iter().rev().take(5).collect();
    assert!(at(50) <= 150, "the median file has {} lines", at(50));
    assert!(
        at(90) <= 300,
        "one file in ten has over {} lines: {largest:?}",
        at(90)
    );
    assert!(at(100) <= 500, "the largest files: {largest:?}");
}

#[test]
fn words_of_a_language_are_listed_in_the_lexicon() {
    let outside = |path: &str| {
        let tables = ["lexicon/", "wording/", "llm_agent/", "interpreter/"];
        let room = path.strip_prefix("conversation/");
        room.is_some_and(|file| !tables.iter().any(|table| file.starts_with(table)))
    };
    let mut counts: Vec<(usize, String)> = sources()
        .iter()
        .filter(|source| !source.test_only && outside(&source.path))
        .map(|source| (listed_words(source), source.path.clone()))
        .filter(|(words, _)| *words > 0)
        .collect();
    counts.sort();
    let words: usize = counts.iter().map(|(words, _)| words).sum();
    assert!(
        words <= house::LISTED_WORDS,
        "{words} words in lists of {} files outside the lexicon; the number in house.rs may only fall: {counts:?}",
        counts.len()
    );
}

#[test]
fn a_mod_file_is_a_front_page_only() {
    let faults: Vec<String> = sources()
        .iter()
        .filter(|source| source.path.ends_with("mod.rs") || source.path == "lib.rs")
        .flat_map(front_page_faults)
        .collect();
    complain("a mod.rs holds docs, mod lines and re-exports", &faults);
}

#[test]
fn no_file_names_a_registry_or_somebodys_machine() {
    // Put together here so that this file does not name them either.
    let banned = [
        concat!("/wo", "rk/"),
        concat!("/ro", "ot/"),
        concat!("../sha", "red"),
        concat!("pypi", ".org"),
        concat!("files.python", "hosted.org"),
        concat!("index.", "crates.io"),
        concat!("static.", "crates.io"),
        concat!("registry.", "npmjs"),
        concat!("--index", "-url"),
        concat!("extra-index", "-url"),
        concat!("proxy.", "golang.org"),
    ];
    let files = files_below(root());
    assert!(files.len() > 40, "only {} files found", files.len());
    let mut faults = Vec::new();
    for path in files {
        let bytes =
            std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        let text = String::from_utf8_lossy(&bytes);
        for (number, line) in (1..).zip(text.lines()) {
            if let Some(found) = banned.iter().find(|word| line.contains(**word)) {
                faults.push(format!("{}:{number} holds \"{found}\"", path.display()));
            }
        }
    }
    complain(
        "addresses that belong to one machine or one registry",
        &faults,
    );
}

#[test]
fn every_direct_dependency_says_why_it_is_here() {
    let read = |name: &str| {
        std::fs::read_to_string(root().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    };
    let reasons = read("docs/dependencies.md");
    let manifest = read("Cargo.toml");
    let mut in_dependencies = false;
    let mut seen = 0;
    for line in manifest.lines() {
        if line.starts_with('[') {
            in_dependencies = line.contains("dependencies]");
        } else if let (true, Some((name, _))) = (in_dependencies, line.split_once(" =")) {
            seen += 1;
            let row = format!("\n| {name} | ");
            assert!(
                reasons.contains(&row),
                "docs/dependencies.md says nothing of {name}"
            );
        }
    }
    assert!(seen > 30, "only {seen} dependencies found in Cargo.toml");
}

/// The last name of a path in backticks, as the third column of `docs/security.md` holds them: of a test, or of a module.
fn named_tests(text: &str) -> Vec<&str> {
    // Every second piece is inside backticks.
    let paths = text.split('`').skip(1).step_by(2);
    let is_path = |path: &&str| {
        let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "_:*…".contains(c);
        path.contains("::") && path.chars().all(plain)
    };
    paths.filter(is_path).filter_map(last_name).collect()
}

fn last_name(path: &str) -> Option<&str> {
    let parts = path.split("::").map(|part| part.trim_end_matches('*'));
    parts.filter(|part| !part.is_empty()).last()
}

#[test]
fn every_test_that_the_list_of_promises_names_is_there() {
    let read = |path: &Path| {
        std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    };
    let promises = read(&root().join("docs/security.md"));
    let names: Vec<&str> = promises
        .lines()
        .filter_map(|line| line.trim_end().strip_suffix('|')?.rsplit('|').next())
        .flat_map(named_tests)
        .collect();
    assert!(names.len() > 80, "only {} names found", names.len());
    let (mut code, mut modules) = (String::new(), Vec::new());
    for path in files_below(root()) {
        if path.extension().is_some_and(|extension| extension == "rs") {
            code.push_str(&read(&path));
            modules.extend(
                path.file_stem()
                    .map(|stem| stem.to_string_lossy().into_owned()),
            );
        }
    }
    // The beginning of a name stands for all that begin so.
    let is_there = |name: &&str| {
        modules.iter().any(|module| module == name)
            || code.contains(&format!("fn {name}"))
            || code.contains(&format!("mod {name}"))
    };
    let missing: Vec<String> = names
        .iter()
        .filter(|name| !is_there(name))
        .map(|name| (*name).to_owned())
        .collect();
    complain("docs/security.md names tests that are not there", &missing);
}

#[test]
fn links_between_our_documents_lead_somewhere() {
    let mut links = 0;
    for path in files_below(root()) {
        if path.extension().is_none_or(|extension| extension != "md") {
            continue;
        }
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        for after in text.split("](").skip(1) {
            let target = after.split([')', '#']).next().unwrap_or_default();
            if target.is_empty() || target.contains("://") {
                continue;
            }
            links += 1;
            let found = path
                .parent()
                .is_some_and(|folder| folder.join(target).exists());
            assert!(found, "{}: {target} is not there", path.display());
        }
    }
    assert!(links > 10, "only {links} links found");
}

mod planted {
    //! The rules themselves: a planted violation of each is found, and what is allowed is not.
    use super::*;

    fn source(path: &str, text: &str) -> Source {
        Source::new(path, text)
    }

    #[test]
    fn a_provider_is_found_by_every_way_to_write_it_and_a_caller_may_pay_as_he_likes() {
        for text in [
            "use crate::llm::openai::Client;",
            "struct OpenAiAgent;",
            "fn ask_open_ai() {}",
            "const ENGINE: &str = \"deepgram\";",
            "fn f() { twilio::say() }",
            "enum E { AzureVoice }",
        ] {
            let found = provider_names(&source("conversation/waiter.rs", text));
            assert_eq!(found.len(), 1, "{text}: {found:?}");
        }
        let said = "const PAY: &str = \"google pay\"; fn claws() {} #[cfg(test)] mod tests { use crate::llm::openai; }";
        assert_eq!(
            provider_names(&source("conversation/waiter.rs", said)),
            Vec::<String>::new()
        );
        let elsewhere = "use crate::llm::openai::Client;";
        assert_eq!(
            provider_names(&source("call/session.rs", elsewhere)),
            Vec::<String>::new()
        );
    }

    #[test]
    fn every_way_to_look_down_is_found() {
        for text in [
            "use crate::store::Store;",
            "use crate::{restaurant::Money, store::Store};",
            "use crate::{\n    restaurant::Money,\n    web::{app},\n};",
            "use super::super::store::Store;",
            "use super::{super::store::Store};",
            "use super::super::{restaurant, events as e};",
            "fn f() { crate::store::default_url(p); }",
            "fn f() -> super::super::web::Door { todo!() }",
            "fn f() { println!(\"{}\", crate::settings::NAME); }",
            "mod inner { use super::super::super::store::Store; }",
            "mod inner { fn f() { super::super::super::app::run() } }",
            "pub(in crate::call) fn f() {}",
            "use crate as house;",
            "use crate::*;",
            "use super::super::*;",
            "use ::maitred::store::Store;",
            "use crate::hidden::Thing;",
            "#[cfg(test)] mod tests { use crate::store::Store; }",
            "fn f() { let x: Vec<crate::call::Pins> = vec![]; }",
        ] {
            let found = upward_paths(&source("conversation/waiter.rs", text));
            assert_eq!(found.len(), 1, "{text}\n{found:?}");
        }
    }

    #[test]
    fn looking_up_and_sideways_is_allowed() {
        for text in [
            "use crate::restaurant::{Menu, Money};",
            "use super::understanding::Found;",
            "use super::super::order::Cart;",
            "use crate::conversation::seam;",
            "use self::inner::x; mod inner {}",
            "impl A { fn f(&self) { self.store.x(); Self::web::y(); } }",
            "// use crate::store::Store;\nconst A: &str = \"crate::store::Store\";",
            "pub(crate) fn f() {}  pub(super) fn g() {}",
            "#[cfg(test)] mod tests { use super::*; }",
            "mod inner { use super::super::seam::Reply; }",
            "use std::sync::Arc; use serde::{self, Serialize};",
        ] {
            let found = upward_paths(&source("conversation/waiter.rs", text));
            assert_eq!(found, Vec::<String>::new(), "{text}");
        }
        assert_eq!(
            upward_paths(&source("cli/serve.rs", "use crate::app::App;")).len(),
            0
        );
        assert_eq!(
            upward_paths(&source("store/orders.rs", "use crate::reload::R;")).len(),
            1
        );
    }

    #[test]
    fn the_call_machine_is_held_to_the_rules_above_the_line() {
        let text =
            "use crate::store::Store; use crate::call::session::Session; use crate::audio::Turn;";
        for path in ["call/machine.rs", "call/machine/playing.rs"] {
            let found = upward_paths(&source(path, text));
            assert_eq!(found.len(), 2, "{found:?}");
            assert_eq!(impurities(&source(path, "async fn f() {}")).len(), 1);
        }
        let sideways = "use super::playing::Playing; use crate::call::machine::Event;";
        let found = upward_paths(&source("call/machine/marks.rs", sideways));
        assert_eq!(found, Vec::<String>::new());
        assert_eq!(upward_paths(&source("call/session.rs", text)).len(), 0);
        assert_eq!(
            impurities(&source("call/session.rs", "async fn f() {}")).len(),
            0
        );
    }

    #[test]
    fn every_way_to_touch_the_world_is_found() {
        for text in [
            "use std::fs;",
            "use std::{fmt, fs::File};",
            "fn f() { std::env::var(\"X\"); }",
            "fn f() -> Instant { Instant::now() }",
            "use tokio::sync::mpsc;",
            "async fn f() {}",
            "fn f() { println!(\"x\"); }",
            "fn f() { let t = jiff::Timestamp::now(); }",
            "#![expect(clippy::disallowed_methods, reason = \"because\")]",
            "fn f() { std::thread::spawn(g); }",
            "fn f() { Uuid::now_v7(); }",
        ] {
            assert!(
                !impurities(&source("words/number.rs", text)).is_empty(),
                "{text}"
            );
        }
        for text in [
            "use std::time::Duration; fn now(now: Timestamp) {}",
            "#[cfg(test)] mod tests { use std::fs; #[tokio::test] async fn f() {} }",
            "const MENU: &str = include_str!(\"menu.yaml\"); const DIR: &str = env!(\"CARGO_MANIFEST_DIR\");",
            "/// Reads std::fs never.\nfn f() {}",
        ] {
            assert_eq!(
                impurities(&source("words/number.rs", text)),
                Vec::<String>::new(),
                "{text}"
            );
        }
    }

    fn in_circles(files: &[(&str, &str)]) -> Vec<String> {
        let mut sources: Vec<Source> = files
            .iter()
            .map(|(path, text)| source(path, text))
            .collect();
        sources.push(source("lib.rs", "pub mod call; pub mod words;"));
        let needs = super::circles::needs(&sources);
        let circles = super::circles::circles(&needs);
        circles.into_iter().flatten().collect()
    }

    #[test]
    fn a_circle_is_found_however_the_files_name_each_other() {
        let two = ["call/a.rs", "call/b.rs"];
        for (first, second) in [
            (
                "use super::b::B; pub struct A;",
                "use super::a::A; pub struct B;",
            ),
            ("fn f() { super::b::g(); }", "use super::a; pub fn g() {}"),
            (
                "fn f(b: crate::call::b::B) {}",
                "use crate::{call::a::f}; pub struct B;",
            ),
            // Through the front page that hands the names on.
            (
                "use super::B; pub struct A;",
                "use crate::call::{A, Other}; pub struct B;",
            ),
            // Methods of one struct, in two files that call back and forth.
            (
                "pub struct A; impl A { fn one(&self) { self.two(); } }",
                "use super::a::A; impl A { fn two(&self) { } }",
            ),
        ] {
            let front = "mod a; mod b; pub use a::A; pub use b::B;";
            let files = [("call/mod.rs", front), (two[0], first), (two[1], second)];
            assert_eq!(in_circles(&files), two, "{first}");
        }
        let parent = "mod inner; pub struct A; fn f() { inner::g(); }";
        let files = [
            ("call/a.rs", parent),
            ("call/a/inner.rs", "use super::A; pub fn g() {}"),
        ];
        assert_eq!(in_circles(&files), ["call/a.rs", "call/a/inner.rs"]);
    }

    #[test]
    fn what_is_no_circle_is_none() {
        for (first, second) in [
            ("use super::b::B;", "pub struct B;"),
            (
                "use super::b::B;",
                "pub struct B; #[cfg(test)] mod tests { use super::super::a::A; }",
            ),
            (
                "use super::b::B; pub struct A;",
                "/// [`A`](super::a::A)\npub struct B;",
            ),
            (
                "pub struct A; impl A { fn one(&self) { self.one(); } }",
                "use super::a::A; impl A { fn two(&self) { self.one(); self.two(); } }",
            ),
        ] {
            let front = "mod a; mod b; pub use a::A; pub use b::B;";
            let files = [
                ("call/mod.rs", front),
                ("call/a.rs", first),
                ("call/b.rs", second),
            ];
            assert_eq!(in_circles(&files), Vec::<String>::new(), "{first}");
        }
    }

    #[test]
    fn code_in_a_front_page_is_found() {
        for text in [
            "fn f() {}",
            "mod x { }",
            "pub struct X;",
            "pub const A: u8 = 1;",
            "impl X {}",
        ] {
            assert_eq!(
                front_page_faults(&source("words/mod.rs", text)).len(),
                1,
                "{text}"
            );
        }
        let page = "//! Docs.\n#![expect(x, reason = \"y\")]\nmod a;\n#[cfg(test)]\nmod b;\npub(crate) mod c;\npub use a::{A, B};\nuse b::C;";
        assert_eq!(
            front_page_faults(&source("words/mod.rs", page)),
            Vec::<String>::new()
        );
    }

    #[test]
    fn lines_of_tests_do_not_count() {
        let text = "fn a() {}\n\nfn b() {\n}\n#[cfg(test)]\nmod tests {\n    fn c() {}\n}\n";
        assert_eq!(production_lines(&source("words/number.rs", text)), 4);
        assert_eq!(production_lines(&source("words/number.rs", "a\nb\n")), 2);
        let front = source("store/mod.rs", "mod calls;\n#[cfg(test)]\nmod contract;\n");
        let module = ["store".to_owned(), "contract".to_owned()].to_vec();
        assert_eq!(
            rules::test_modules(&front),
            [TestModule { module, file: None }]
        );
        let beside = source(
            "store/open.rs",
            "#[cfg(test)]\n#[path = \"open_tests.rs\"]\nmod tests;",
        );
        let module = ["store", "open", "tests"].map(str::to_owned).to_vec();
        let file = Some("store/open_tests.rs".to_owned());
        assert_eq!(rules::test_modules(&beside), [TestModule { module, file }]);
    }
}
