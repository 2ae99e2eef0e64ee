//! What is kept of every change of the folder: who, what, when, and by whose commit.

use std::process::Command;
use std::time::Duration;

use maitred::store::AuditRow;

use super::config::ask;
use crate::harness::TestServer;

/// However slow the machine: what is not there by then never comes.
const NEVER: Duration = Duration::from_secs(60);

pub fn git(server: &TestServer, line: &str) {
    let done = Command::new("sh")
        .args(["-ec", line])
        .current_dir(server.folder())
        .envs([("GIT_AUTHOR_NAME", "Ada"), ("GIT_COMMITTER_NAME", "Ada")])
        .envs([
            ("GIT_AUTHOR_EMAIL", "ada@example.com"),
            ("GIT_COMMITTER_EMAIL", "ada@example.com"),
        ])
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{line}: {told}");
}

/// The newest row of a file.
async fn row(server: &TestServer, file: &str) -> AuditRow {
    let rows = server.store.folder_audit(100).await.unwrap();
    let found = rows.into_iter().find(|row| row.file == file);
    found.unwrap_or_else(|| panic!("{file} is not in the audit"))
}

/// The newest row of a file once its commit is known; it is looked up behind the publication.
async fn with_commit(server: &TestServer, file: &str) -> AuditRow {
    let waiting = async {
        let mut again = tokio::time::interval(Duration::from_millis(20));
        loop {
            again.tick().await;
            let row = row(server, file).await;
            if row.commit.is_some() {
                return row;
            }
        }
    };
    tokio::time::timeout(NEVER, waiting)
        .await
        .expect("no commit was named")
}

#[actix_web::test]
async fn the_audit_tells_what_changed_on_the_menu_and_whose_commit_it_was() {
    let server = TestServer::start().await;
    let start = row(&server, "bella.yaml").await;
    assert_eq!(
        (start.outcome.as_str(), start.trigger.as_str()),
        ("accepted", "start")
    );
    assert!(start.commit.is_none() && start.changes.is_empty());

    git(
        &server,
        "git init -q -b main; git add .; git commit -qm first",
    );
    git(
        &server,
        "sed -i s/2.50/3.50/ bella.yaml; git commit -qam dearer",
    );
    ask(&server, "/api/config/reload", "").await;
    let dearer = with_commit(&server, "bella.yaml").await;
    assert_eq!(dearer.changes, ["Tea: 2.50 -> 3.50"]);
    assert_eq!((dearer.generation, dearer.trigger.as_str()), (2, "api"));
    assert_eq!(dearer.before, start.served);
    assert_eq!(dearer.served, dearer.on_disk);
    let commit = dearer.commit.unwrap();
    assert_eq!(commit.author, "Ada <ada@example.com>");
    assert_eq!(commit.id.len(), 40, "{commit:?}");

    // A rejected file names its commit too; what is not committed names none.
    git(
        &server,
        "echo 'id: [' > shut.yaml; git commit -qam broken; echo 'id: {' > small.yaml",
    );
    ask(&server, "/api/config/reload", "").await;
    let broken = with_commit(&server, "shut.yaml").await;
    assert_eq!(broken.outcome, "rejected");
    assert_eq!(broken.served, broken.before, "the last good version");
    assert_eq!(row(&server, "small.yaml").await.commit, None);
}

#[actix_web::test]
async fn a_move_is_audited_with_where_it_came_from() {
    let server = TestServer::start().await;
    let folder = server.folder();
    std::fs::rename(folder.join("bella.yaml"), folder.join("b.yaml")).unwrap();
    ask(&server, "/api/config/reload", "").await;
    let moved = row(&server, "b.yaml").await;
    assert_eq!(moved.outcome, "moved");
    assert_eq!(moved.moved_from.as_deref(), Some("bella.yaml"));
}
