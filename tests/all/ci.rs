//! What `deploy/ci/` gives to others: the git hook in a real repository, the workflow's commands on our own folder.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

struct Repository(tempfile::TempDir);

impl Repository {
    fn new() -> Self {
        let repository = Self(tempfile::tempdir().unwrap());
        repository.git(&["init", "-q"]);
        for (key, value) in [
            ("user.name", "Ida"),
            ("user.email", "ida@example.com"),
            ("commit.gpgsign", "false"),
            ("maitred.program", env!("CARGO_BIN_EXE_maitred")),
        ] {
            repository.git(&["config", key, value]);
        }
        let hook = repository.path(".git/hooks/pre-commit");
        std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
        std::os::unix::fs::symlink(root().join("deploy/ci/pre-commit"), hook).unwrap();
        repository
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        std::fs::write(self.path(name), text).unwrap();
    }

    fn try_git(&self, args: &[&str]) -> Output {
        Command::new("git")
            .args(args)
            .current_dir(self.0.path())
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("HOME", self.0.path())
            .output()
            .unwrap()
    }

    fn git(&self, args: &[&str]) {
        let output = self.try_git(args);
        assert!(output.status.success(), "git {args:?}: {output:?}");
    }

    /// Commits what is staged: did the hook let it pass, and what was said?
    fn commit(&self) -> (bool, String) {
        let output = self.try_git(&["commit", "-q", "-m", "menus"]);
        let said = [output.stdout, output.stderr].concat();
        (
            output.status.success(),
            String::from_utf8_lossy(&said).into_owned(),
        )
    }
}

const GOOD: &str = "id: bella\nname: Bella\nphone_number: \"+12125550100\"\nmenu: [{id: a, name: Soup, price: 4.50}]\n";

#[test]
fn the_hook_refuses_what_is_staged_and_not_what_lies_about() {
    let repository = Repository::new();
    let bad = GOOD.replace("4.50", "cheap");
    repository.write("restaurants.d/bella.yaml", &bad);
    repository.git(&["add", "."]);
    repository.write("restaurants.d/bella.yaml", GOOD);
    let (passed, said) = repository.commit();
    assert!(!passed, "{said}");
    assert!(said.contains("restaurants.d/bella.yaml:4:"), "{said}");
    repository.git(&["add", "."]);
    repository.write("restaurants.d/bella.yaml", &bad);
    let (passed, said) = repository.commit();
    assert!(passed, "{said}");
}

#[test]
fn the_hook_minds_its_own_folder_and_its_settings() {
    let repository = Repository::new();
    repository.write("notes.yaml", "not: [a restaurant\n");
    repository.git(&["add", "."]);
    assert!(repository.commit().0);
    let warned = GOOD.replace("+12125550100", "+15555550100");
    repository.write("menus/bella.yaml", &warned);
    repository.git(&["add", "."]);
    repository.git(&["config", "maitred.folder", "menus"]);
    repository.git(&["config", "maitred.denyWarnings", "true"]);
    let (passed, said) = repository.commit();
    assert!(!passed && said.contains("W_NUMBER"), "{said}");
    repository.git(&["config", "maitred.denyWarnings", "false"]);
    assert!(repository.commit().0);
    repository.git(&["rm", "-q", "menus/bella.yaml"]);
    let (passed, said) = repository.commit();
    assert!(passed, "{said}");
}

/// Every `run:` of the workflow that calls maitred.
fn workflow_commands() -> Vec<String> {
    let text = std::fs::read_to_string(root().join("deploy/ci/restaurants.yml")).unwrap();
    let workflow: serde_yaml::Value = serde_yaml::from_str(&text).unwrap();
    let steps = workflow["jobs"]["check"]["steps"].as_sequence().unwrap();
    steps
        .iter()
        .filter_map(|step| step["run"].as_str())
        .filter(|run| run.contains("maitred check") || run.contains("maitred plan"))
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_commands_of_the_workflow_do_what_it_says() {
    let commands = workflow_commands();
    assert_eq!(commands.len(), 3, "{commands:?}");
    let folder = tempfile::tempdir().unwrap();
    for (name, price) in [("restaurants.d", "4.50"), ("before/restaurants.d", "4.25")] {
        std::fs::create_dir_all(folder.path().join(name)).unwrap();
        let text = GOOD.replace("4.50", price);
        std::fs::write(folder.path().join(name).join("bella.yaml"), text).unwrap();
    }
    let programs = Path::new(env!("CARGO_BIN_EXE_maitred")).parent().unwrap();
    let path = format!("{}:{}", programs.display(), std::env::var("PATH").unwrap());
    let run = |command: &str| {
        Command::new("bash")
            .args(["-e", "-o", "pipefail", "-c", command])
            .current_dir(folder.path())
            .env("PATH", &path)
            .env("GITHUB_STEP_SUMMARY", folder.path().join("summary.md"))
            .output()
            .unwrap()
    };
    for command in &commands {
        let output = run(command);
        assert!(output.status.success(), "{command}: {output:?}");
    }
    let summary = std::fs::read_to_string(folder.path().join("summary.md")).unwrap();
    assert!(summary.contains("Soup: 4.25 -> 4.50"), "{summary}");
    let sarif = std::fs::read_to_string(folder.path().join("maitred.sarif")).unwrap();
    assert!(sarif.contains("\"2.1.0\""), "{sarif}");

    std::fs::write(folder.path().join("restaurants.d/bad.yaml"), "id: [\n").unwrap();
    let check = commands.iter().find(|c| c.contains("github")).unwrap();
    let output = run(check);
    assert!(!output.status.success());
    let said = String::from_utf8(output.stdout).unwrap();
    assert!(
        said.contains("::error file=restaurants.d/bad.yaml,line="),
        "{said}"
    );
    let sarif = commands.iter().find(|c| c.contains("sarif")).unwrap();
    assert!(
        run(sarif).status.success(),
        "the upload comes after a refusal too"
    );
}
