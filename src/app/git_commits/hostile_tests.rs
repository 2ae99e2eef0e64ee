//! Repositories that strangers made: nothing in them is run, and none of them makes anybody wait for ever.
#![expect(clippy::disallowed_methods, reason = "makes repositories")]

use super::*;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;

/// A work tree with one committed restaurant, and a command that leaves a mark when it is run.
struct Repository {
    root: tempfile::TempDir,
}

impl Repository {
    fn new() -> Self {
        let root = tempfile::tempdir().unwrap();
        let it = Self { root };
        std::fs::create_dir_all(it.folder()).unwrap();
        it.shell(
            "echo 'touch \"$MARK\"; exit 1' > ../evil.sh; chmod +x ../evil.sh; \
             git init -q -b main; echo 'id: a' > restaurants.d/a.yaml; git add .; git commit -qm one; \
             echo 'id: b' > restaurants.d/b.yaml; git add .; git commit -qm two",
        );
        it
    }

    fn tree(&self) -> PathBuf {
        self.root.path().join("tree")
    }

    fn folder(&self) -> PathBuf {
        self.tree().join("restaurants.d")
    }

    fn mark(&self) -> PathBuf {
        self.root.path().join("mark")
    }

    fn shell(&self, line: &str) {
        let evil = format!("#!/bin/sh\ntouch {}\n", self.mark().display());
        let script = self.root.path().join("evil");
        std::fs::write(&script, evil).unwrap();
        std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
        let done = Command::new("sh")
            .args(["-ec", line])
            .current_dir(self.tree())
            .env("EVIL", script)
            .env("MARK", self.mark())
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

    async fn authors(&self) -> Vec<String> {
        let files = ["a.yaml", "b.yaml"].map(str::to_owned);
        let lookup = Lookup {
            timeout: Duration::from_secs(3),
            ..Lookup::default()
        };
        let found = lookup.commits(&self.folder(), &files).await;
        let mut named: Vec<String> = found
            .iter()
            .map(|(file, commit)| format!("{file} {}", commit.author))
            .collect();
        named.sort();
        named
    }
}

const ADA: [&str; 2] = [
    "a.yaml Ada <ada@example.com>",
    "b.yaml Ada <ada@example.com>",
];

/// Everything a repository can say that makes git run a program, by name, as shell lines in the work tree.
const COMMANDS: &[(&str, &str)] = &[
    ("core.fsmonitor", "git config core.fsmonitor \"$EVIL\""),
    (
        "filters",
        "echo '*.yaml filter=evil' > .gitattributes; cp .gitattributes .git/info/attributes; \
         git config filter.evil.clean \"$EVIL\"; git config filter.evil.smudge \"$EVIL\"; \
         git config filter.evil.process \"$EVIL\"; git config filter.evil.required true",
    ),
    (
        "hooks",
        "for h in post-index-change reference-transaction post-checkout pre-auto-gc fsmonitor-watchman; do \
         cp \"$EVIL\" .git/hooks/$h; done; git config core.hooksPath .git/hooks",
    ),
    (
        "included files",
        "printf '[core]\\n\\tfsmonitor = %s\\n\\tpager = %s\\n' \"$EVIL\" \"$EVIL\" > more; git config include.path ../more",
    ),
    (
        "the work tree's own configuration",
        "git config extensions.worktreeConfig true; git config --worktree core.fsmonitor \"$EVIL\"",
    ),
    (
        "pager and editor",
        "git config core.pager \"$EVIL\"; git config pager.log \"$EVIL\"; git config core.editor \"$EVIL\"",
    ),
    (
        "signatures",
        "git config log.showSignature true; git config gpg.program \"$EVIL\"; git config gpg.ssh.program \"$EVIL\"",
    ),
    (
        "diff programs",
        "echo '*.yaml diff=evil' > .gitattributes; git config diff.external \"$EVIL\"; \
         git config diff.evil.textconv \"$EVIL\"; git config diff.evil.command \"$EVIL\"",
    ),
    (
        "aliases",
        "git config alias.log \"!$EVIL\"; git config alias.ls-tree \"!$EVIL\"; git config alias.status \"!$EVIL\"",
    ),
    (
        "questions to a person",
        "git config core.askPass \"$EVIL\"; git config credential.helper \"!$EVIL\"",
    ),
    (
        "mailmap and ignored files",
        "git config mailmap.file /dev/zero; git config core.excludesFile /dev/zero; git config core.attributesFile /dev/zero",
    ),
];

/// Objects that are missing, and a way to fetch them that runs a program.
const MISSING: &[(&str, &str)] = &[
    (
        "a partial clone by core.sshCommand",
        "git config core.sshCommand \"$EVIL\"; git config remote.origin.url ssh://x/y",
    ),
    (
        "a partial clone by ext::",
        "git config protocol.ext.allow always; git config remote.origin.url \"ext::$EVIL\"",
    ),
    (
        "a partial clone by uploadpack",
        "git config remote.origin.url \"$PWD\"; git config remote.origin.uploadpack \"$EVIL\"",
    ),
    (
        "a partial clone by a helper",
        "git config remote.origin.url x; git config remote.origin.vcs evil; cp \"$EVIL\" git-remote-evil",
    ),
    (
        "a partial clone by core.gitProxy",
        "git config core.gitProxy \"$EVIL\"; git config remote.origin.url git://x/y",
    ),
];

#[tokio::test]
async fn a_repository_says_whose_commit_it_was_and_nothing_it_says_is_run() {
    for (name, line) in COMMANDS {
        let repository = Repository::new();
        repository.shell(line);
        assert_eq!(repository.authors().await, ADA, "{name}");
        assert!(!repository.mark().exists(), "{name} was run");
    }
    // The marks work: git itself, asked in that place, runs what it is told.
    let repository = Repository::new();
    repository.shell("git config core.fsmonitor \"$EVIL\"; git status > /dev/null 2>&1 || :");
    assert!(repository.mark().exists());
}

#[tokio::test]
async fn what_a_repository_lacks_is_not_fetched() {
    for (name, line) in MISSING {
        let repository = Repository::new();
        repository.shell(line);
        repository.shell(
            "git config core.repositoryFormatVersion 1; git config extensions.partialClone origin; \
             git config remote.origin.promisor true; rm -f .git/objects/$(git rev-parse HEAD^ | sed 's,^..,&/,')",
        );
        // The first commit is gone, so nobody can tell who wrote a.yaml.
        let named = repository.authors().await;
        assert!(
            !named.iter().any(|name| name.starts_with("a.yaml")),
            "{named:?}"
        );
        assert!(!repository.mark().exists(), "{name} was run");
    }
}

#[tokio::test]
async fn a_repository_of_somebody_else_is_read_all_the_same() {
    let repository = Repository::new();
    let mine = std::os::unix::fs::chown(repository.tree().join(".git"), Some(65534), None);
    if mine.is_err() {
        eprintln!("SKIPPED: only root can give a repository away");
        return;
    }
    repository.shell("chown -R 65534 .");
    assert_eq!(repository.authors().await, ADA);
}

#[tokio::test]
async fn second_work_trees_shallow_clones_and_packs_are_read() {
    for line in [
        "git pack-refs --all; git gc -q",
        "git checkout -q --detach",
        "git branch -q other; rm -rf ../other; git worktree add -q ../other other; mv restaurants.d old; \
         ln -s ../other/restaurants.d restaurants.d",
    ] {
        let repository = Repository::new();
        repository.shell(line);
        assert_eq!(repository.authors().await, ADA, "{line}");
    }
    let repository = Repository::new();
    repository
        .shell("git clone -q --depth 1 \"file://$PWD\" ../thin; rm -rf .git; mv ../thin/.git .git");
    assert_eq!(repository.authors().await, ADA, "shallow");
    let repository = Repository::new();
    repository.shell("echo 'id: c' > restaurants.d/a.yaml");
    assert_eq!(repository.authors().await, ADA[1..], "changed since");
}

/// Files that never end or never begin, where git's should be.
const TRAPS: &[(&str, &str)] = &[
    (".git a pipe", "rm -rf .git; mkfifo .git"),
    (".git a device", "rm -rf .git; ln -s /dev/zero .git"),
    (".git huge", "rm -rf .git; truncate -s 20G .git"),
    (".git a circle", "rm -rf .git; ln -s .git .git"),
    ("HEAD a pipe", "rm .git/HEAD; mkfifo .git/HEAD"),
    ("HEAD huge", "truncate -s 20G .git/HEAD"),
    ("HEAD a device", "rm .git/HEAD; ln -s /dev/zero .git/HEAD"),
    (
        "a ref a pipe",
        "rm .git/refs/heads/main; mkfifo .git/refs/heads/main",
    ),
    (
        "packed-refs huge",
        "rm .git/refs/heads/main; truncate -s 20G .git/packed-refs",
    ),
    ("commondir a pipe", "mkfifo .git/commondir; rm .git/HEAD"),
    (
        "alternates a pipe",
        "mkdir -p .git/objects/info; mkfifo .git/objects/info/alternates",
    ),
    (
        "the objects pipes",
        "for o in $(find .git/objects -type f); do rm -f $o; mkfifo $o; done",
    ),
    (
        "an object that unpacks to gigabytes",
        "c=$(git rev-parse HEAD | sed 's,^..,&/,'); rm -f .git/objects/$c; \
         python3 -c 'import zlib,sys; z=zlib.compressobj(9); w=sys.stdout.buffer.write; \
         w(z.compress(b\"commit 4000000000\\0\")); [w(z.compress(bytes(1<<24))) for _ in range(30)]; w(z.flush())' \
         > .git/objects/$c",
    ),
];

#[tokio::test]
async fn a_repository_of_pipes_devices_and_huge_files_names_nobody_in_time() {
    for (name, line) in TRAPS {
        let repository = Repository::new();
        repository.shell(line);
        let named = repository.authors().await;
        assert_eq!(named, Vec::<String>::new(), "{name}");
    }
    // A pipe for a configuration is one nobody opens.
    let repository = Repository::new();
    repository.shell("rm .git/config .git/index; mkfifo .git/config .git/index .git/hooks/x");
    assert_eq!(repository.authors().await, ADA);
}
