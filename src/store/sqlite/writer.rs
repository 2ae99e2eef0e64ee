//! The one connection that writes: lent to one transaction at a time, taken back only in a known state.
//!
//! When a disk is full or fails, SQLite rolls the transaction back by itself, and what is counted above it (sqlx's depth
//! of nesting) is wrong from then on. So a connection whose transaction did not end with a successful COMMIT is closed,
//! whatever the reason was (an error, a caller who stopped waiting), and the next transaction opens a new one.
//!
//! Before a transaction begins, and again between its COMMIT and the word that it is done, the [`Files`] must be those
//! that were opened. If they are not, everything is closed and opened anew, or refused while there is nothing to open.

use std::ops::{Deref, DerefMut};
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};
use tokio::sync::{Mutex, OwnedMutexGuard};
use tokio::time::timeout;

use super::files::{Files, Found};
use super::health::{Health, Unfinished};
use super::readers::Readers;
use super::whole;
use crate::store::StoreError;

/// How long a transaction waits for those before it. A write hangs only when the disk does.
const TURN_TIMEOUT: Duration = Duration::from_secs(10);
/// How long readers of a file that was replaced may finish.
const READERS_TIMEOUT: Duration = Duration::from_secs(2);

/// Gives out the connection, first come first served.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    options: SqliteConnectOptions,
    files: Files,
    slot: Arc<Mutex<Slot>>,
    readers: Arc<Readers>,
    health: Arc<Health>,
}

#[derive(Debug)]
struct Slot {
    /// `None`: lent, or closed because its state was not known.
    connection: Option<SqliteConnection>,
    /// What was opened last.
    opened: Found,
    /// Another file lies there now, or a shorter one: look at what is in it before it is used.
    unproven: bool,
    /// [`Writer::close`] was called.
    closed: bool,
}

impl Writer {
    /// Opens the database that must be there, or is made if `options` say so, and brings it up to date.
    pub(super) async fn open(
        options: SqliteConnectOptions,
        readers: Arc<Readers>,
        health: Arc<Health>,
    ) -> Result<Self, StoreError> {
        let files = Files::new(options.get_filename());
        let mut connection = options.connect().await?;
        whole::migrate(&mut connection).await?;
        let opened = files.look().await?;
        health.written();
        Ok(Self {
            // From now on a file that is gone is an error, not a reason to begin an empty one.
            options: options.create_if_missing(false),
            files,
            slot: Arc::new(Mutex::new(Slot {
                connection: Some(connection),
                opened,
                unproven: false,
                closed: false,
            })),
            readers,
            health,
        })
    }

    /// Begins a transaction that takes the write lock at once, so that it cannot fail half way for want of it.
    pub(super) async fn begin(&self) -> Result<WriteTransaction, StoreError> {
        let unfinished = self.health.begun();
        let waiting = Arc::clone(&self.slot).lock_owned();
        let mut slot = timeout(TURN_TIMEOUT, waiting)
            .await
            .map_err(|_| StoreError::Stuck)?;
        if slot.closed {
            return Err(StoreError::Database(sqlx::Error::PoolClosed));
        }
        let mut connection = match slot.connection.take() {
            Some(connection) => match self.files.check(&slot.opened).await {
                Ok(found) => {
                    slot.opened = found;
                    connection
                }
                Err(_) => {
                    self.let_go(&mut slot, connection).await;
                    self.reopen(&mut slot).await?
                }
            },
            None => self.reopen(&mut slot).await?,
        };
        sqlx::query("BEGIN IMMEDIATE")
            .execute(&mut connection)
            .await?;
        Ok(WriteTransaction {
            connection,
            slot,
            unfinished,
            writer: self.clone(),
        })
    }

    /// The database's file.
    pub(super) fn file(&self) -> &Path {
        self.options.get_filename()
    }

    /// Are the files still those that were opened? Asked without writing; a doubt makes the writer suspect.
    pub(super) async fn check_files(&self) -> Result<(), StoreError> {
        // Lent: its transaction looks by itself.
        let Ok(slot) = self.slot.try_lock() else {
            return Ok(());
        };
        if slot.closed || slot.connection.is_none() {
            return Ok(());
        }
        let checked = self.files.check(&slot.opened).await;
        if checked.is_err() {
            drop(self.health.begun());
        }
        checked.map(drop)
    }

    /// Waits for the transaction under way and closes the connection; there is no other after it.
    pub(super) async fn close(&self) {
        let mut slot = self.slot.lock().await;
        slot.closed = true;
        if let Some(connection) = slot.connection.take()
            && let Err(error) = connection.close().await
        {
            tracing::warn!(%error, "the database was not closed in an orderly way");
        }
    }

    /// Opens what lies there now. After a write that failed it is the same file, else it is looked at first.
    async fn reopen(&self, slot: &mut Slot) -> Result<SqliteConnection, StoreError> {
        let found = self.files.look().await?;
        if self.files.has_foreign_log(&slot.opened, &found) {
            return Err(StoreError::ForeignLog(self.file().into()));
        }
        slot.unproven |= !found.follows(&slot.opened);
        let mut connection = self.options.connect().await?;
        if slot.unproven {
            whole::prove(&mut connection, self.file()).await?;
            whole::migrate(&mut connection).await?;
            self.readers.reopen();
            self.health.replaced();
            tracing::warn!(
                code = "STORE_REOPENED",
                file = %self.file().display(),
                "the database was replaced; orders go to the file that is there now"
            );
        }
        // The first read makes the log.
        sqlx::query("SELECT 1 FROM sqlite_schema LIMIT 1")
            .execute(&mut connection)
            .await?;
        let opened = self.files.look().await?;
        if !opened.is_of(&found) {
            return Err(StoreError::Replaced(self.file().into()));
        }
        slot.opened = opened;
        slot.unproven = false;
        Ok(connection)
    }

    /// Closes a connection whose files are not what they were: its log is folded into the file it belongs to, whatever
    /// that is called now, so that it is not taken for the log of the file that comes next.
    async fn let_go(&self, slot: &mut Slot, mut connection: SqliteConnection) {
        slot.unproven = true;
        self.readers.close(READERS_TIMEOUT).await;
        let folded = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
            .execute(&mut connection)
            .await;
        let closed = connection.close().await;
        if let Err(error) = folded.and(closed) {
            tracing::warn!(%error, "the database that was replaced was not closed in an orderly way");
        }
    }
}

/// A transaction. Dropped without [`WriteTransaction::commit`], it is undone by closing its connection.
pub(super) struct WriteTransaction {
    connection: SqliteConnection,
    slot: OwnedMutexGuard<Slot>,
    unfinished: Unfinished,
    writer: Writer,
}

impl WriteTransaction {
    /// When this returns `Ok`, what was written is on disk, in a file that can be found there.
    pub(super) async fn commit(self) -> Result<(), StoreError> {
        let Self {
            mut connection,
            mut slot,
            unfinished,
            writer,
        } = self;
        sqlx::query("COMMIT").execute(&mut connection).await?;
        match writer.files.check(&slot.opened).await {
            Ok(found) => slot.opened = found,
            Err(error) => {
                writer.let_go(&mut slot, connection).await;
                return Err(error);
            }
        }
        slot.connection = Some(connection);
        unfinished.finish();
        Ok(())
    }
}

impl Deref for WriteTransaction {
    type Target = SqliteConnection;

    fn deref(&self) -> &SqliteConnection {
        &self.connection
    }
}

impl DerefMut for WriteTransaction {
    fn deref_mut(&mut self) -> &mut SqliteConnection {
        &mut self.connection
    }
}
