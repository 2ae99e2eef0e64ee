//! The folder's memory: the last good versions of each file, what is in force, the generation, and the audit.
//! [`SqliteStore::keep_folder`] writes all of it in one transaction, before a table is published.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use jiff::Timestamp;
use sqlx::{QueryBuilder, Row as _, Sqlite, SqliteConnection};

use super::SqliteStore;
use super::instant::{from_sql, instant_from, instant_text, to_sql};
use crate::restaurant::{Digest, PhoneNumber, RestaurantId};
use crate::store::{AuditRow, Commit, FileVersion, FolderChange, InForce, KeptFolder, StoreError};

/// Versions kept of each file.
const VERSIONS_KEPT: i64 = 20;
/// Rows of one statement: a first start writes ten thousand files.
const ROWS_AT_ONCE: usize = 500;
/// Of the restaurant file's form (`schema/restaurant.schema.json`).
const SCHEMA_VERSION: i64 = 1;

impl SqliteStore {
    /// Writes a publication: when this returns `Ok` all of it is on disk, else none.
    ///
    /// # Errors
    /// When the database refuses; nothing may be published then.
    pub async fn keep_folder(&self, change: &FolderChange) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        for (from, to) in &change.moved {
            sqlx::query("UPDATE OR REPLACE file_versions SET file = ? WHERE file = ?")
                .bind(to)
                .bind(from)
                .execute(&mut *transaction)
                .await?;
        }
        for versions in change.versions.chunks(ROWS_AT_ONCE) {
            keep_versions(&mut transaction, versions, change.generation).await?;
        }
        for file in &change.removed {
            sqlx::query("DELETE FROM files_in_force WHERE file = ?")
                .bind(file)
                .execute(&mut *transaction)
                .await?;
        }
        for in_force in change.in_force.chunks(ROWS_AT_ONCE) {
            keep_in_force(&mut transaction, in_force).await?;
        }
        sqlx::query(
            "INSERT OR REPLACE INTO folder_generation (only_row, generation) VALUES (1, ?)",
        )
        .bind(to_sql(change.generation))
        .execute(&mut *transaction)
        .await?;
        for rows in change.audit.chunks(ROWS_AT_ONCE) {
            keep_audit(&mut transaction, rows).await?;
        }
        transaction.commit().await
    }

    /// The folder as it was last published.
    ///
    /// # Errors
    /// When the database refuses, or holds what maitred did not write.
    pub async fn kept_folder(&self) -> Result<KeptFolder, StoreError> {
        let generation: Option<i64> =
            sqlx::query_scalar("SELECT generation FROM folder_generation")
                .fetch_optional(&self.readers.pool())
                .await?;
        let mut kept = KeptFolder {
            generation: from_sql("folder_generation", "generation", generation.unwrap_or(0))?,
            in_force: BTreeMap::new(),
        };
        let rows = sqlx::query(
            "SELECT file, digest, restaurant, numbers, pinned_over FROM files_in_force",
        )
        .fetch_all(&self.readers.pool())
        .await?;
        for row in rows {
            let bad = |column, value: &str| StoreError::corrupt("files_in_force", column, value);
            let numbers: String = row.try_get("numbers")?;
            let pinned: Option<String> = row.try_get("pinned_over")?;
            let in_force = InForce {
                digest: digest("files_in_force", row.try_get("digest")?)?,
                restaurant: restaurant("files_in_force", row.try_get("restaurant")?)?,
                numbers: serde_json::from_str::<Vec<String>>(&numbers)
                    .ok()
                    .and_then(|all| all.iter().map(|n| PhoneNumber::parse(n).ok()).collect())
                    .ok_or_else(|| bad("numbers", &numbers))?,
                pinned_over: pinned
                    .map(|hex| digest("files_in_force", hex))
                    .transpose()?,
            };
            kept.in_force.insert(row.try_get("file")?, in_force);
        }
        Ok(kept)
    }

    /// A version of a file, if it is among those kept.
    ///
    /// # Errors
    /// As [`SqliteStore::kept_folder`].
    pub async fn file_version(
        &self,
        file: &str,
        wanted: &Digest,
    ) -> Result<Option<FileVersion>, StoreError> {
        let row = sqlx::query(
            "SELECT restaurant, bytes, accepted_at FROM file_versions WHERE file = ? AND digest = ?",
        )
        .bind(file)
        .bind(wanted.as_str())
        .fetch_optional(&self.readers.pool())
        .await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(FileVersion {
            file: file.to_owned(),
            digest: wanted.clone(),
            restaurant: restaurant("file_versions", row.try_get("restaurant")?)?,
            bytes: Arc::new(row.try_get("bytes")?),
            accepted_at: instant_from("file_versions", "accepted_at", row.try_get("accepted_at")?)?,
        }))
    }

    /// The newest `limit` rows of the audit, newest first.
    ///
    /// # Errors
    /// As [`SqliteStore::kept_folder`].
    pub async fn folder_audit(&self, limit: u32) -> Result<Vec<AuditRow>, StoreError> {
        let rows = sqlx::query("SELECT * FROM folder_audit ORDER BY position DESC LIMIT ?")
            .bind(i64::from(limit))
            .fetch_all(&self.readers.pool())
            .await?;
        let read = |row: sqlx::sqlite::SqliteRow| {
            Ok(AuditRow {
                at: instant_from("folder_audit", "at", row.try_get("at")?)?,
                generation: from_sql("folder_audit", "generation", row.try_get("generation")?)?,
                trigger: row.try_get("trigger_")?,
                file: row.try_get("file")?,
                outcome: row.try_get("outcome")?,
                moved_from: row.try_get("moved_from")?,
                on_disk: row.try_get("on_disk")?,
                served: row.try_get("served")?,
                before: row.try_get("before_")?,
                effect: row.try_get("effect")?,
                changes: changes(row.try_get("changes")?)?,
                commit: match (row.try_get("commit_")?, row.try_get("author")?) {
                    (Some(id), Some(author)) => Some(Commit { id, author }),
                    _ => None,
                },
            })
        };
        rows.into_iter().map(read).collect()
    }

    /// Names the commits that brought the files audited at `at`.
    ///
    /// # Errors
    /// When the database refuses; the audit then names nobody.
    pub async fn note_commits(
        &self,
        at: Timestamp,
        commits: &HashMap<String, Commit>,
    ) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        for (file, commit) in commits {
            sqlx::query(
                "UPDATE folder_audit SET commit_ = ?, author = ? WHERE at = ? AND file = ?",
            )
            .bind(&commit.id)
            .bind(&commit.author)
            .bind(instant_text(at))
            .bind(file)
            .execute(&mut *transaction)
            .await?;
        }
        transaction.commit().await
    }
}

/// Adds versions as the newest of their files and forgets the oldest beyond those kept.
async fn keep_versions(
    connection: &mut SqliteConnection,
    versions: &[FileVersion],
    generation: u64,
) -> Result<(), StoreError> {
    let mut insert = QueryBuilder::<Sqlite>::new(
        "INSERT OR REPLACE INTO file_versions \
         (file, digest, restaurant, bytes, schema_version, generation, accepted_at) ",
    );
    insert.push_values(versions, |mut row, version| {
        row.push_bind(&version.file)
            .push_bind(version.digest.as_str())
            .push_bind(version.restaurant.as_str())
            .push_bind(version.bytes.as_slice())
            .push_bind(SCHEMA_VERSION)
            .push_bind(to_sql(generation))
            .push_bind(instant_text(version.accepted_at));
    });
    insert.build().execute(&mut *connection).await?;
    let mut forget = QueryBuilder::<Sqlite>::new(
        "DELETE FROM file_versions WHERE position IN (SELECT position FROM (SELECT position, \
         ROW_NUMBER() OVER (PARTITION BY file ORDER BY position DESC) AS age FROM file_versions WHERE file IN (",
    );
    let mut files = forget.separated(", ");
    for version in versions {
        files.push_bind(&version.file);
    }
    forget
        .push(")) WHERE age > ")
        .push_bind(VERSIONS_KEPT)
        .push(")");
    forget.build().execute(&mut *connection).await?;
    Ok(())
}

async fn keep_in_force(
    connection: &mut SqliteConnection,
    files: &[(String, InForce)],
) -> Result<(), StoreError> {
    let mut insert = QueryBuilder::<Sqlite>::new(
        "INSERT OR REPLACE INTO files_in_force (file, digest, restaurant, numbers, pinned_over) ",
    );
    insert.push_values(files, |mut row, (file, in_force)| {
        let numbers: Vec<String> = in_force.numbers.iter().map(ToString::to_string).collect();
        row.push_bind(file)
            .push_bind(in_force.digest.as_str())
            .push_bind(in_force.restaurant.as_str())
            .push_bind(serde_json::Value::from(numbers).to_string())
            .push_bind(in_force.pinned_over.as_ref().map(Digest::as_str));
    });
    insert.build().execute(connection).await?;
    Ok(())
}

async fn keep_audit(
    connection: &mut SqliteConnection,
    rows: &[AuditRow],
) -> Result<(), StoreError> {
    let mut insert = QueryBuilder::<Sqlite>::new(
        "INSERT INTO folder_audit \
         (at, generation, trigger_, file, outcome, moved_from, on_disk, served, before_, effect, changes) ",
    );
    insert.push_values(rows, |mut values, row| {
        values
            .push_bind(instant_text(row.at))
            .push_bind(to_sql(row.generation))
            .push_bind(&row.trigger)
            .push_bind(&row.file)
            .push_bind(&row.outcome)
            .push_bind(&row.moved_from)
            .push_bind(&row.on_disk)
            .push_bind(&row.served)
            .push_bind(&row.before)
            .push_bind(&row.effect)
            .push_bind(serde_json::Value::from(row.changes.clone()).to_string());
    });
    insert.build().execute(connection).await?;
    Ok(())
}

fn changes(json: String) -> Result<Vec<String>, StoreError> {
    let read = serde_json::from_str(&json);
    read.map_err(|_| StoreError::corrupt("folder_audit", "changes", json))
}

fn digest(table: &'static str, hex: String) -> Result<Digest, StoreError> {
    Digest::parse(&hex).ok_or_else(|| StoreError::corrupt(table, "digest", hex))
}

fn restaurant(table: &'static str, id: String) -> Result<RestaurantId, StoreError> {
    RestaurantId::parse(&id).ok_or_else(|| StoreError::corrupt(table, "restaurant", id))
}
