//! The folder's memory in every kind of database: functions over a [`Store`], run by [`super::contract`].

use std::collections::HashMap;

use jiff::Timestamp;

use super::{AuditRow, Commit, FileVersion, FolderChange, InForce, Store};
use crate::restaurant::{Digest, PhoneNumber, RestaurantId};

const FILE: &str = "luna.yaml";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_764_000_000 + second).unwrap()
}

fn version(file: &str, n: u64) -> FileVersion {
    let bytes = format!("id: luna # {n}").into_bytes();
    FileVersion {
        file: file.into(),
        digest: Digest::of(&bytes),
        restaurant: RestaurantId::parse("luna").unwrap(),
        bytes: bytes.into(),
        accepted_at: at(n.try_into().unwrap()),
    }
}

fn in_force(version: &FileVersion) -> InForce {
    InForce {
        digest: version.digest.clone(),
        restaurant: version.restaurant.clone(),
        numbers: vec![PhoneNumber::parse("+12125550150").unwrap()],
        pinned_over: Some(Digest::of(b"on disk")),
    }
}

fn audit(file: &str, n: u64) -> AuditRow {
    AuditRow {
        at: at(n.try_into().unwrap()),
        generation: n,
        trigger: "event".into(),
        file: file.into(),
        outcome: "accepted".into(),
        moved_from: (n == 2).then(|| "old.yaml".into()),
        on_disk: Some("ab".into()),
        served: Some("cd".into()),
        before: None,
        effect: "changed".into(),
        changes: vec!["Tea: 2.50 -> 3.50".into(), "Café \"noir\" added".into()],
        commit: None,
    }
}

fn accepted(version: FileVersion, generation: u64) -> FolderChange {
    FolderChange {
        generation,
        at: version.accepted_at,
        in_force: vec![(version.file.clone(), in_force(&version))],
        audit: vec![audit(&version.file, generation)],
        versions: vec![version],
        ..FolderChange::default()
    }
}

pub(super) async fn an_empty_folder_is_generation_zero(store: &Store) {
    let kept = store.kept_folder().await.unwrap();
    assert_eq!((kept.generation, kept.in_force.len()), (0, 0));
    let nothing = store.file_version(FILE, &Digest::of(b"x")).await.unwrap();
    assert_eq!(nothing, None);
    assert_eq!(store.folder_audit(10).await.unwrap(), []);
}

pub(super) async fn a_publication_reads_back_whole(store: &Store) {
    for n in 1..=2 {
        let change = accepted(version(FILE, n), n);
        store.keep_folder(&change).await.unwrap();
    }
    let newest = version(FILE, 2);
    let kept = store.kept_folder().await.unwrap();
    assert_eq!(kept.generation, 2);
    assert_eq!(kept.in_force[FILE], in_force(&newest));
    for n in 1..=2 {
        let written = version(FILE, n);
        let read = store.file_version(FILE, &written.digest).await.unwrap();
        assert_eq!(read, Some(written));
    }
    let rows = store.folder_audit(10).await.unwrap();
    assert_eq!(rows, [audit(FILE, 2), audit(FILE, 1)], "newest first");
    assert_eq!(store.folder_audit(1).await.unwrap().len(), 1);
}

pub(super) async fn the_last_twenty_versions_of_a_file_are_kept(store: &Store) {
    for n in 1..=22 {
        let change = accepted(version(FILE, n), n);
        store.keep_folder(&change).await.unwrap();
        // Accepted again, the first becomes the newest and outlives the second.
        if n == 20 {
            let again = accepted(version(FILE, 1), n);
            store.keep_folder(&again).await.unwrap();
        }
        let other = accepted(version("other.yaml", n), n);
        store.keep_folder(&other).await.unwrap();
    }
    let mut kept = Vec::new();
    for n in 1..=22 {
        let wanted = version(FILE, n).digest;
        if store.file_version(FILE, &wanted).await.unwrap().is_some() {
            kept.push(n);
        }
    }
    let wanted: Vec<u64> = std::iter::once(1).chain(4..=22).collect();
    assert_eq!(kept, wanted);
}

pub(super) async fn a_moved_file_takes_its_history_along(store: &Store) {
    let (before, after) = (version("old.yaml", 1), version(FILE, 2));
    store
        .keep_folder(&accepted(before.clone(), 1))
        .await
        .unwrap();
    let change = FolderChange {
        moved: vec![("old.yaml".into(), FILE.into())],
        removed: vec!["old.yaml".into()],
        ..accepted(after, 2)
    };
    store.keep_folder(&change).await.unwrap();
    let read = store.file_version(FILE, &before.digest).await.unwrap();
    assert_eq!(read.unwrap().bytes, before.bytes);
    let old = store
        .file_version("old.yaml", &before.digest)
        .await
        .unwrap();
    assert_eq!(old, None);
    let kept = store.kept_folder().await.unwrap();
    assert_eq!(kept.in_force.keys().collect::<Vec<_>>(), [FILE]);
}

pub(super) async fn a_removed_file_keeps_its_versions(store: &Store) {
    let gone = version(FILE, 1);
    store.keep_folder(&accepted(gone.clone(), 1)).await.unwrap();
    let change = FolderChange {
        generation: 2,
        removed: vec![FILE.into()],
        ..FolderChange::default()
    };
    store.keep_folder(&change).await.unwrap();
    let kept = store.kept_folder().await.unwrap();
    assert_eq!((kept.generation, kept.in_force.len()), (2, 0));
    let read = store.file_version(FILE, &gone.digest).await.unwrap();
    assert_eq!(read, Some(gone));
}

pub(super) async fn a_large_publication_is_one(store: &Store) {
    let name = |n: u64| format!("r{n}.yaml");
    let versions: Vec<FileVersion> = (0..1_201).map(|n| version(&name(n), n)).collect();
    let change = FolderChange {
        generation: 1,
        in_force: versions
            .iter()
            .map(|version| (version.file.clone(), in_force(version)))
            .collect(),
        audit: (0..1_201).map(|n| audit(&name(n), 1)).collect(),
        versions,
        ..FolderChange::default()
    };
    store.keep_folder(&change).await.unwrap();
    let kept = store.kept_folder().await.unwrap();
    assert_eq!(kept.in_force.len(), 1_201);
    assert_eq!(store.folder_audit(5_000).await.unwrap().len(), 1_201);
    let last = version(&name(1_200), 1_200);
    let read = store.file_version(&last.file, &last.digest).await.unwrap();
    assert_eq!(read, Some(last));
}

pub(super) async fn commits_are_named_behind_the_publication(store: &Store) {
    for n in 1..=2 {
        let change = accepted(version(FILE, n), n);
        store.keep_folder(&change).await.unwrap();
    }
    let commit = Commit {
        id: "c0ffee".into(),
        author: "Ada <ada@example.com>".into(),
    };
    let commits = HashMap::from([
        (FILE.to_owned(), commit.clone()),
        ("nobodys.yaml".to_owned(), commit.clone()),
    ]);
    store.note_commits(at(2), &commits).await.unwrap();
    let rows = store.folder_audit(10).await.unwrap();
    assert_eq!(rows[0].commit, Some(commit));
    assert_eq!(rows[1].commit, None, "another change of the same file");
}

pub(super) async fn an_open_store_can_be_written(store: &Store) {
    assert_eq!(store.check_writable().await, Ok(()));
    store.check_files().await.unwrap();
    store.check_pages().await.unwrap();
}
