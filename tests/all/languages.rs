//! French and Spanish: what takes such a file and what refuses it, through the binary.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use maitred::conversation::State;
use proptest::prelude::*;
use serde_json::Value;

use crate::conversations::played::Table;
use crate::harness::ServerProcess;

fn menu(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/conversations/menus")
        .join(format!("{name}.yaml"))
}

/// What the program prints for these lines, parsed.
fn answers(arguments: &[&str], said: &str) -> Vec<Value> {
    let mut child = Command::new(env!("CARGO_BIN_EXE_maitred"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(said.as_bytes())
        .unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "{arguments:?}: {}", output.status);
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn talk_and_understand_speak_the_language_of_the_file() {
    let (french, spanish) = (menu("chez-rosalie"), menu("la-esquina"));
    let talked = answers(
        &["talk", french.to_str().unwrap(), "--json", "--greeting"],
        "une tarte au sucre\n",
    );
    assert_eq!(
        talked[0]["say"],
        "Bienvenue chez Chez Rosalie. Que désirez-vous commander?"
    );
    assert_eq!(talked[1]["say"], "Une Tarte au sucre. Autre chose?");
    let heard = answers(
        &["understand", spanish.to_str().unwrap()],
        "dos flanes y una sopa de tortuga\nuna torta\n",
    );
    assert_eq!(heard[0]["lines"][0]["item"], "flan");
    assert_eq!(heard[0]["lines"][0]["quantity"], 2);
    assert_eq!(heard[1]["ambiguous"][0]["text"], "torta");
    assert_eq!(
        heard[1]["ambiguous"][0]["candidates"],
        serde_json::json!(["Torta ahogada", "Torta cubana"])
    );
}

#[test]
fn check_accepts_the_menus_of_all_conversations() {
    let folder = menu("chez-rosalie");
    let output = Command::new(env!("CARGO_BIN_EXE_maitred"))
        .arg("check")
        .arg(folder.parent().unwrap())
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{told}");
    assert!(told.contains("10 files ok, 0 rejected"), "{told}");
}

#[tokio::test]
async fn serve_refuses_a_language_its_engines_do_not_speak_and_answers_for_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("restaurants.d");
    std::fs::create_dir(&files).unwrap();
    for name in ["chez-rosalie", "ember-grill"] {
        std::fs::copy(menu(name), files.join(format!("{name}.yaml"))).unwrap();
    }
    let server = ServerProcess::start(folder.path());
    let table = server.json("/api/table").await;
    assert_eq!(table["restaurants"][0]["id"], "ember-grill");
    assert_eq!(table["restaurants"].as_array().unwrap().len(), 1);
    let rejected = &table["rejected"][0];
    assert!(
        rejected["file"]
            .as_str()
            .unwrap()
            .ends_with("chez-rosalie.yaml")
    );
    let codes: Vec<&str> = rejected["problems"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|problem| problem["severity"] == "error")
        .filter_map(|problem| problem["code"].as_str())
        .collect();
    assert_eq!(codes, ["E_LANGUAGE_NOT_SERVED"]);
}

/// Words that make trouble together, in both languages.
const WORDS: &[&str] = &[
    "un",
    "une",
    "deux",
    "poutine",
    "grande",
    "avec",
    "sans",
    "oignons",
    "café",
    "lait",
    "et",
    "moitié",
    "l'autre",
    "au",
    "lieu",
    "du",
    "changez",
    "pour",
    "enlevez",
    "les",
    "mettez-en",
    "c'est",
    "tout",
    "oui",
    "non",
    "combien",
    "quatre-vingt",
    "dix",
    "encore",
    "extra",
    "una",
    "dos",
    "tacos",
    "de",
    "pollo",
    "con",
    "sin",
    "queso",
    "y",
    "la",
    "otra",
    "mitad",
    "en",
    "lugar",
    "cambie",
    "por",
    "quite",
    "que",
    "sean",
    "eso",
    "es",
    "todo",
    "sí",
    "no",
    "cuánto",
    "treinta",
    "media",
    "docena",
    "mucho",
    "9999",
    "zut",
    "¿",
    "taco",
    "flan",
    "frites",
];

fn lines() -> impl Strategy<Value = Vec<String>> {
    let utterance = prop::collection::vec(prop::sample::select(WORDS.to_vec()), 0..12);
    prop::collection::vec(utterance.prop_map(|words| words.join(" ")), 1..6)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_said_is_answered_and_cancelling_empties_the_order(said in lines(), french: bool) {
        static TABLES: std::sync::LazyLock<[Table; 2]> =
            std::sync::LazyLock::new(|| [Table::at("chez-rosalie"), Table::at("la-esquina")]);
        let now = "2026-11-24T12:00[America/Toronto]".parse().unwrap();
        let mut talk = TABLES[usize::from(!french)].talk();
        let mut said = said;
        let last = if french { ["annulez la commande", "oui"] } else { ["cancele la orden", "sí"] };
        said.extend(last.map(str::to_owned));
        for line in &said {
            prop_assert!(!talk.line(line, &now).trim().is_empty(), "{line:?}");
        }
        let over = matches!(talk.state(), State::Confirmed | State::Handoff);
        prop_assert!(over || talk.order()["lines"].as_array().unwrap().is_empty(), "{said:?}");
    }
}
