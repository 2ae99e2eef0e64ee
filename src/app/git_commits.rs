//! Whose commit brought a file, where the folder is a git work tree. Best effort, after the change is published: without
//! git, without a repository, or when it takes too long, nobody is named.

use std::collections::HashMap;
use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use crate::store::Commit;

/// However large the repository: later than that nobody is named.
const PATIENCE: Duration = Duration::from_secs(10);
/// Files asked about one by one; of more, all are ascribed to the newest commit in the folder.
const FEW: usize = 20;

/// The newest commit of each of `files` in `folder` that is as it was committed.
pub(super) async fn commits(folder: &Path, files: &[String]) -> HashMap<String, Commit> {
    let in_repository = folder
        .canonicalize()
        .is_ok_and(|root| root.ancestors().any(|at| at.join(".git").exists()));
    if !in_repository || files.is_empty() {
        return HashMap::new();
    }
    let asked = tokio::time::timeout(PATIENCE, ask(folder, files)).await;
    asked.ok().flatten().unwrap_or_default()
}

async fn ask(folder: &Path, files: &[String]) -> Option<HashMap<String, Commit>> {
    let status = [
        "status",
        "--porcelain=v1",
        "-z",
        "--no-renames",
        "-uall",
        "--",
        ".",
    ];
    let status = git(folder, &status).await?;
    // `XY path`, the path from the root of the work tree.
    let prefix = git(folder, &["rev-parse", "--show-prefix"]).await?;
    let prefix = prefix.trim_end_matches('\n');
    let dirty: Vec<&str> = status
        .split('\0')
        .filter_map(|entry| entry.get(3..)?.strip_prefix(prefix))
        .collect();
    let clean: Vec<&String> = files
        .iter()
        .filter(|file| !dirty.contains(&file.as_str()))
        .collect();
    if clean.len() > FEW {
        let newest = newest(folder, ".").await?;
        let all = clean.into_iter().map(|file| (file.clone(), newest.clone()));
        return Some(all.collect());
    }
    let mut found = HashMap::new();
    for file in clean {
        if let Some(commit) = newest(folder, file).await {
            found.insert(file.clone(), commit);
        }
    }
    Some(found)
}

async fn newest(folder: &Path, path: &str) -> Option<Commit> {
    let line = git(
        folder,
        &["log", "-1", "--format=%H%x00%an <%ae>", "--", path],
    )
    .await?;
    let (id, author) = line.trim_end().split_once('\0')?;
    Some(Commit {
        id: id.to_owned(),
        author: author.to_owned(),
    })
}

/// Runs git without letting it take a lock (a scan waits for locks), ask a person, or run a program of the repository's.
async fn git(folder: &Path, arguments: &[&str]) -> Option<String> {
    let output = Command::new("git")
        .args(["--no-pager", "--literal-pathspecs"])
        .args([
            "-c",
            "core.fsmonitor=false",
            "-c",
            "log.showSignature=false",
        ])
        .args(["-c", "core.quotePath=false"])
        .args(arguments)
        .current_dir(folder)
        .env("GIT_OPTIONAL_LOCKS", "0")
        .env("GIT_TERMINAL_PROMPT", "0")
        .stdin(Stdio::null())
        .kill_on_drop(true)
        .output()
        .await
        .ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}
