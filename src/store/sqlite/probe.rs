//! Asking the disk whether an order could be stored now, by storing something.

use std::sync::Arc;
use std::time::Duration;

use tokio::time::timeout;

use super::health::Known;
use super::{SqliteStore, whole};
use crate::store::StoreError;

/// A probe that takes longer has failed: a caller would not wait longer for an order either.
const PROBE_TIMEOUT: Duration = Duration::from_secs(5);
/// Bytes a probe writes: what an order writes with a long transcript.
const PROBE_BYTES: i64 = 32 * 1024;

impl SqliteStore {
    /// Could an order be stored now? A write of the last seconds answers it, else the disk is asked: by one write at a
    /// time, not more often than once a second, and not for longer than five.
    ///
    /// # Errors
    /// Why not, in the database's words.
    pub async fn check_writable(&self) -> Result<(), Arc<str>> {
        match self.health.known() {
            Known::Writable => return Ok(()),
            Known::Failed(reason) => return Err(reason),
            Known::Ask => {}
        }
        let _one_at_a_time = self.health.probing.lock().await;
        match self.health.known() {
            Known::Writable => return Ok(()),
            Known::Failed(reason) => return Err(reason),
            Known::Ask => {}
        }
        let reason: Arc<str> = match timeout(PROBE_TIMEOUT, self.write_probe()).await {
            Ok(Ok(())) => return Ok(()),
            Ok(Err(error)) => error.to_string().into(),
            Err(_) => StoreError::Stuck.to_string().into(),
        };
        self.health.failed(Arc::clone(&reason));
        Err(reason)
    }

    /// Waits until a write has not ended well, at once if that happened since this was last asked: time for
    /// [`SqliteStore::check_writable`].
    pub async fn suspected(&self) {
        self.health.suspected().await;
    }

    /// Are the files still those that were opened? Asked without writing, so that a file that was removed or replaced is
    /// noticed before an order comes; then the next question of [`SqliteStore::check_writable`] goes to the disk.
    ///
    /// # Errors
    /// What lies there instead.
    pub async fn check_files(&self) -> Result<(), StoreError> {
        self.writer.check_files().await
    }

    /// Looks at every page of the database: what is found broken stays the answer of [`SqliteStore::check_writable`] until
    /// another file is put in its place. Takes a second for some hundred megabytes, beside everything else.
    ///
    /// # Errors
    /// What is broken, in SQLite's words.
    pub async fn check_pages(&self) -> Result<(), StoreError> {
        let mut connection = self.readers.pool().acquire().await?;
        let checked = whole::check(&mut connection, self.writer.file()).await;
        if let Err(error @ StoreError::Damaged { .. }) = &checked {
            self.health.damaged(error.to_string().into());
        }
        checked
    }

    async fn write_probe(&self) -> Result<(), StoreError> {
        let mut transaction = self.writer.begin().await?;
        sqlx::query(
            "INSERT OR REPLACE INTO write_probe (only_row, filling) VALUES (1, randomblob(?))",
        )
        .bind(PROBE_BYTES)
        .execute(&mut *transaction)
        .await?;
        transaction.commit().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::default_url;

    #[tokio::test]
    async fn a_writer_that_failed_is_asked_again_and_believed_when_it_can_write() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&default_url(folder.path()))
            .await
            .unwrap();
        assert_eq!(store.check_writable().await, Ok(()));
        // Somebody's transaction is dropped half way.
        drop(store.writer.begin().await.unwrap());
        store.suspected().await;
        assert_eq!(store.check_writable().await, Ok(()));
        store.health.failed("full".into());
        assert_eq!(store.check_writable().await, Err("full".into()));
        store.write_probe().await.unwrap();
        assert_eq!(store.check_writable().await, Ok(()));
        store.close().await;
    }
}
