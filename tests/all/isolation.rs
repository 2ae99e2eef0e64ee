//! Commands in a folder that somebody else filled: nothing that lies there is run, and nobody's settings are taken.

use std::path::Path;
use std::process::{Command, Output};

const CAFE: &str = concat!(
    env!("CARGO_MANIFEST_DIR"),
    "/restaurants.d/north-pier-cafe.yaml"
);

fn maitred(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_maitred"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("OPENAI_MODEL")
        .env_remove("MAITRED_LOG")
        .env("PYTHONPATH", folder)
        .env("PYTHONSTARTUP", folder.join("pip.py"))
        .env("PIP_NO_INDEX", "1")
        .stdin(std::process::Stdio::null())
        .output()
        .unwrap()
}

#[test]
fn fetching_models_imports_nothing_of_the_current_folder() {
    let folder = tempfile::tempdir().unwrap();
    let mark = folder.path().join("mark");
    let evil = format!("open({:?}, 'w')\n", mark.display().to_string());
    for name in [
        "pip.py",
        "sitecustomize.py",
        "usercustomize.py",
        "encodings.py",
        "runpy.py",
    ] {
        std::fs::write(folder.path().join(name), &evil).unwrap();
    }
    let output = maitred(folder.path(), &["models", "fetch", "--models", "models"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(!mark.exists(), "{told}");
    // The trap works: python by itself steps into it.
    let plain = Command::new("python3")
        .args(["-m", "pip", "--version"])
        .current_dir(folder.path())
        .output();
    if plain.is_ok() {
        assert!(mark.exists());
    }
}

#[test]
fn only_serve_reads_the_settings_of_the_current_folder() {
    let folder = tempfile::tempdir().unwrap();
    let restaurants = folder.path().join("restaurants.d");
    std::fs::create_dir(&restaurants).unwrap();
    std::fs::copy(CAFE, restaurants.join("cafe.yaml")).unwrap();
    // Neither lines that are none nor settings that are bad harm the other commands.
    let env =
        "OPENAI_MODEL=evil\nMAITRED_MODELS=/nowhere\nMAITRED_LLM_PATIENCE=never\nthis is no line\n";
    std::fs::write(folder.path().join(".env"), env).unwrap();
    for arguments in [
        &["check", "restaurants.d"][..],
        &["talk", "restaurants.d/cafe.yaml"],
        &["schema"],
    ] {
        let output = maitred(folder.path(), arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {told}");
    }
    let output = maitred(folder.path(), &["serve", "--dev"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(78), "{told}");
    assert!(told.contains(".env") && !told.contains("no line"), "{told}");
    // What is no setting of serve is named and left out.
    std::fs::write(
        folder.path().join(".env"),
        "PATH=/evil\nMAITRED_DRAIN=whenever\n",
    )
    .unwrap();
    let output = maitred(folder.path(), &["serve", "--dev"]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(78), "{told}");
    assert!(
        told.contains("PATH") && told.contains("MAITRED_DRAIN"),
        "{told}"
    );
}
