//! What strangers wrote, on the terminal of whoever looks: no name of a file or a dish, no number and no stored text commands
//! it, hides there or begins a line of its own, in any command and in either form of the log.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt as _;
use std::path::Path;
use std::process::Command;

use crate::harness::{SCRIPTED, ServerProcess};
use crate::hostile::is_plain;
use crate::kill::database::Database;
use crate::scripted_caller::LiveCall;

const BISTRO: &str = "+12125550150";
/// Erases the screen, sets the window's title, and is read from right to left.
const EVIL: &str = "\u{1b}[2J\u{1b}]0;owned\u{7}\u{9b}31m\u{202e}x";
/// What would be a line of ours.
const FORGED: &str = "FORGED all is well";

fn restaurant(id: &str, number: &str, dish: &str) -> String {
    format!(
        "id: {id}\nname: The {id}\nphone_number: \"{number}\"\ngreeting: \"Hello.\"\nmenu:\n  - {{id: tea, name: {dish}, price: 2.50}}\n"
    )
}

/// A folder whose names and texts would all do something, and one good file.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let restaurants = folder.path().join("restaurants.d");
    std::fs::create_dir(&restaurants).unwrap();
    let write =
        |name: OsString, text: String| std::fs::write(restaurants.join(name), text).unwrap();
    write("bistro.yaml".into(), restaurant("bistro", BISTRO, "Tea"));
    let names = [
        format!("a{EVIL}.yaml").into_bytes(),
        format!("b\n{FORGED}.yaml").into_bytes(),
        b"c\xff\x1b[2J.yaml".to_vec(),
        format!("d{EVIL}.yaml.txt").into_bytes(),
    ];
    for (n, name) in names.into_iter().enumerate() {
        let text = restaurant(&format!("named-{n}"), &format!("+1212555016{n}"), "Tea");
        write(OsString::from_vec(name), text);
    }
    std::fs::create_dir(restaurants.join(format!("e{EVIL}.yaml"))).unwrap();
    std::os::unix::fs::symlink("nowhere", restaurants.join(format!("f{EVIL}.yaml"))).unwrap();
    let number = |n: u32| format!("+1212555017{n}");
    for (n, dish) in [
        format!("\"Soup {EVIL}\""),
        r#""Soup \e[2J \u202E \x9b31m""#.to_owned(),
        format!("\"Soup\\n{FORGED}\""),
        format!("Soup, {EVIL}: 1"),
        format!("Soup # {EVIL}"),
    ]
    .iter()
    .enumerate()
    {
        let n = u32::try_from(n).unwrap();
        let text = restaurant(&format!("dish-{n}"), &number(n), dish);
        write(format!("dish-{n}.yaml").into(), text);
    }
    let keys = format!(
        "{}\"{EVIL}\": {EVIL}\nopen: [\n",
        restaurant("keys", &number(9), "Tea")
    );
    write("keys.yaml".into(), keys);
    let id = restaurant(r#""\e[2Jx""#, r#""\e[2J+1""#, "Tea");
    write("id.yaml".into(), id);
    folder
}

/// The status and everything a command prints, which must be plain.
fn prints(folder: &Path, args: &[&str]) -> (i32, String) {
    let done = Command::new(env!("CARGO_BIN_EXE_maitred"))
        .args(args)
        .current_dir(folder)
        .env_remove("MAITRED_ADMIN_TOKEN")
        .env_remove("DATABASE_URL")
        .output()
        .unwrap();
    let text = [done.stdout, done.stderr].concat();
    let text = String::from_utf8(text).unwrap_or_else(|error| panic!("{args:?}: {error}"));
    is_harmless(&format!("{args:?}"), &text);
    (done.status.code().unwrap(), text)
}

fn is_harmless(what: &str, text: &str) {
    for line in text.split('\n') {
        assert!(
            line.chars().all(|c| is_plain(c) || c == '\t'),
            "{what}: {line:?}"
        );
        assert!(!line.trim_start().starts_with("FORGED"), "{what}: {line:?}");
    }
}

#[test]
fn check_and_plan_show_names_and_dishes_of_strangers_and_obey_none() {
    let folder = folder();
    let empty = tempfile::tempdir().unwrap();
    let empty = empty.path().to_str().unwrap();
    for format in ["human", "json", "github", "sarif"] {
        let (status, text) = prints(
            folder.path(),
            &["check", "restaurants.d", "--format", format],
        );
        assert_eq!(status, 1, "{text}");
        assert!(
            text.contains("dish-0.yaml") && text.contains("keys.yaml"),
            "{text}"
        );
    }
    for format in ["human", "json"] {
        let to = prints(
            folder.path(),
            &["plan", "restaurants.d", empty, "--format", format],
        );
        let from = prints(
            folder.path(),
            &["plan", empty, "restaurants.d", "--format", format],
        );
        assert_eq!((to.0, from.0), (1, 1), "{} {}", to.1, from.1);
    }
    // As a shell hands them over.
    for name in std::fs::read_dir(folder.path().join("restaurants.d")).unwrap() {
        let path = name.unwrap().path();
        if let Some(path) = path.to_str() {
            prints(folder.path(), &["check", path]);
            prints(folder.path(), &["plan", path, "restaurants.d"]);
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_log_shows_names_dishes_and_numbers_of_strangers_and_obeys_none() {
    for format in ["text", "json"] {
        let folder = folder();
        let flags = [&["--dev", "--watch=off"], &SCRIPTED[..]].concat();
        let format = format!("--log-format={format}");
        let flags = [&flags[..], &[format.as_str(), "--log=debug"]].concat();
        let server = ServerProcess::start_in(folder, &flags, &[]);
        let forged = format!("+1415555\n{FORGED}");
        for from in [EVIL, forged.as_str()] {
            let call = LiveCall::place_from(&server.webhook(), BISTRO, from);
            call.say("a tea that's all");
            call.say("yes");
            call.over().await;
        }
        let (ended, log) = server.stop().await;
        assert!(ended.success(), "{log}");
        assert!(
            log.contains("ORDER_PLACED") && log.contains("dish-0.yaml"),
            "{log}"
        );
        is_harmless(&format, &log);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn orders_show_numbers_names_and_stored_texts_of_strangers_and_obey_none() {
    let folder = folder();
    let server = ServerProcess::start(folder.path());
    let call = LiveCall::place_from(&server.webhook(), BISTRO, EVIL);
    call.say("a tea that's all");
    call.say("yes");
    call.over().await;
    assert!(server.stop().await.0.success());
    let all = |command: &[&str]| {
        let (status, text) = prints(folder.path(), command);
        assert_eq!(status, 0, "{text}");
        assert!(text.contains("Tea"), "{text}");
    };
    let commands: [&[&str]; 5] = [
        &["orders", "list"],
        &["orders", "list", "--json"],
        &["orders", "show", "1"],
        &["orders", "show", "1", "--json"],
        &["orders", "show", "1", "--ticket"],
    ];
    commands.iter().for_each(|command| all(command));
    // What an older version, a restored backup or another hand may have left there.
    let database = Database::in_folder(folder.path());
    for change in [
        r"UPDATE orders SET lines = replace(lines, 'Tea', 'Tea\u001b[2J\u202e\u009b31m\nFORGED')",
        "UPDATE orders SET customer_name = 'x' || char(27) || '[2J' || char(10) || 'FORGED'",
        "UPDATE orders SET call_sid = call_sid || char(27) || ']0;owned' || char(7)",
        "UPDATE calls SET sid = sid || char(27) || ']0;owned' || char(7)",
        "UPDATE calls SET from_number = from_number || char(10) || 'FORGED'",
    ] {
        database.change(change).await;
        commands.iter().for_each(|command| all(command));
    }
}
