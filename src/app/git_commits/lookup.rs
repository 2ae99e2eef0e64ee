//! The newest commit of each file that is as it was committed.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{Semaphore, oneshot};

use super::borrowed::Borrowed;
use super::head::Head;
use crate::store::Commit;

/// However large the repository: later than that nobody is named.
const LOOKUP_TIMEOUT: Duration = Duration::from_secs(10);
/// Files asked about one by one; of more, all are ascribed to the newest commit in the folder.
const MAX_SINGLE: usize = 20;
/// Longest name of an author that is kept, characters.
const MAX_AUTHOR: usize = 200;

/// Looks one change of the folder up at a time: a repository on a disk that does not answer costs one thread, not one for
/// every change.
#[derive(Clone, Debug)]
pub(in crate::app) struct Lookup {
    turns: Arc<Semaphore>,
    timeout: Duration,
}

impl Default for Lookup {
    fn default() -> Self {
        Self {
            turns: Arc::new(Semaphore::new(1)),
            timeout: LOOKUP_TIMEOUT,
        }
    }
}

impl Lookup {
    /// The newest commit of each of `files` in `folder` that is as it was committed. Nobody, when it takes too long.
    pub(in crate::app) async fn commits(
        &self,
        folder: &Path,
        files: &[String],
    ) -> HashMap<String, Commit> {
        let asked = tokio::time::timeout(self.timeout, self.ask(folder, files)).await;
        asked.ok().flatten().unwrap_or_default()
    }

    async fn ask(&self, folder: &Path, files: &[String]) -> Option<HashMap<String, Commit>> {
        if files.is_empty() {
            return None;
        }
        let turn = Arc::clone(&self.turns).acquire_owned().await.ok()?;
        let (folder, files) = (folder.to_owned(), files.to_vec());
        let (sender, found) = oneshot::channel();
        std::thread::Builder::new()
            .name("git-head".to_owned())
            .spawn(move || {
                let head = Head::of(&folder, &files);
                // Given back by this thread: while it hangs nobody else begins.
                drop(turn);
                let _ = sender.send(head);
            })
            .ok()?;
        newest_of_each(&found.await.ok()??).await
    }
}

async fn newest_of_each(head: &Head) -> Option<HashMap<String, Commit>> {
    let git = Borrowed::new(head).ok()?;
    let committed = blobs(&git, head).await?;
    let is_clean = |(file, blob): &(&String, &String)| {
        committed.contains(&format!("{blob}\t{}{file}", head.prefix))
    };
    let clean: Vec<&String> = head
        .blobs
        .iter()
        .filter(is_clean)
        .map(|(file, _)| file)
        .collect();
    if clean.is_empty() {
        return None;
    }
    if clean.len() > MAX_SINGLE {
        let newest = newest(&git, &head.commit, &head.prefix).await?;
        let all = clean.into_iter().map(|file| (file.clone(), newest.clone()));
        return Some(all.collect());
    }
    let mut found = HashMap::new();
    for file in clean {
        let path = format!("{}{file}", head.prefix);
        if let Some(commit) = newest(&git, &head.commit, &path).await {
            found.insert(file.clone(), commit);
        }
    }
    Some(found)
}

/// Every file of the folder as it was committed, as `<id> TAB <path from the root of the work tree>`.
async fn blobs(git: &Borrowed, head: &Head) -> Option<HashSet<String>> {
    let mut list = vec!["ls-tree", "-z", "--full-tree", &head.commit];
    if !head.prefix.is_empty() {
        list.extend(["--", &head.prefix]);
    }
    // `<mode> blob <id> TAB <path>`
    let listing = git.git(&list).await?;
    let blob = |entry: &str| Some(entry.split_once(" blob ")?.1.to_owned());
    Some(listing.split('\0').filter_map(blob).collect())
}

async fn newest(git: &Borrowed, commit: &str, path: &str) -> Option<Commit> {
    let mut log = vec![
        "log",
        "-1",
        "--no-show-signature",
        "--no-color",
        "--format=%H%x00%an <%ae>",
        commit,
    ];
    if !path.is_empty() {
        log.extend(["--", path]);
    }
    let line = git.git(&log).await?;
    let (id, author) = line.trim_end().split_once('\0')?;
    Some(Commit {
        id: id.to_owned(),
        author: author
            .chars()
            .filter(|letter| !letter.is_control())
            .take(MAX_AUTHOR)
            .collect(),
    })
}

#[cfg(test)]
#[path = "hostile_tests.rs"]
mod hostile;
