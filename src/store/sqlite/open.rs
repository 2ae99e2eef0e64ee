//! Opening and closing: SQLite with a write-ahead log, every commit on disk before it returns.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

use super::health::Health;
use super::readers::Readers;
use super::writer::Writer;
use crate::store::{StoreError, private};

/// How long a statement waits for another process (a backup, `maitred orders`) to let go of the file.
const BUSY: Duration = Duration::from_secs(5);

/// An open SQLite database. Clones share its connections.
#[derive(Clone, Debug)]
pub(in crate::store) struct SqliteStore {
    /// One connection: SQLite has one writer anyway, and a queue here is fairer than its busy handler.
    pub(super) writer: Writer,
    pub(super) readers: Arc<Readers>,
    pub(super) health: Arc<Health>,
}

/// The database kept in the data folder when no address was given.
pub fn default_url(data: &Path) -> String {
    let mut url = String::from("sqlite://");
    for c in data.join("maitred.db").to_string_lossy().chars() {
        match c {
            '%' => url.push_str("%25"),
            '?' => url.push_str("%3F"),
            '#' => url.push_str("%23"),
            other => url.push(other),
        }
    }
    url
}

/// The file of a database.
///
/// # Errors
/// [`StoreError::Address`].
pub fn database_file(url: &str) -> Result<PathBuf, StoreError> {
    Ok(options(url)?.get_filename().to_path_buf())
}

impl SqliteStore {
    /// Opens `sqlite://PATH`, makes the folder and file if absent, and runs the migrations.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let options = options(url)?.create_if_missing(true);
        let file = options.get_filename().to_path_buf();
        let made = tokio::task::spawn_blocking(move || private::make_database(&file)).await;
        made.unwrap_or_else(|stopped| Err(std::io::Error::other(stopped)))
            .map_err(|source| StoreError::Make {
                file: options.get_filename().to_path_buf(),
                source,
            })?;
        Self::connect(options).await
    }

    /// Like [`SqliteStore::open`], but a file that is not there is [`StoreError::Missing`] and stays absent: for commands that look.
    pub async fn open_existing(url: &str) -> Result<Self, StoreError> {
        let options = options(url)?.create_if_missing(false);
        let file = options.get_filename();
        if !tokio::fs::try_exists(file).await.unwrap_or(false) {
            return Err(StoreError::Missing(file.to_path_buf()));
        }
        Self::connect(options).await
    }

    async fn connect(options: SqliteConnectOptions) -> Result<Self, StoreError> {
        let health = Health::new();
        let readers = Readers::new(options.clone());
        let writer = Writer::open(options, Arc::clone(&readers), Arc::clone(&health)).await?;
        Ok(Self {
            writer,
            readers,
            health,
        })
    }

    /// Waits for running statements and closes the file; the write-ahead log is folded in.
    pub async fn close(&self) {
        self.readers.pool().close().await;
        self.writer.close().await;
    }
}

fn options(url: &str) -> Result<SqliteConnectOptions, StoreError> {
    let refuse = || StoreError::Address(url.to_owned());
    // A database in memory would take orders that end with the process.
    let in_memory = url.contains(":memory:") || url.contains("mode=memory");
    if !url.starts_with("sqlite:") || in_memory {
        return Err(refuse());
    }
    Ok(SqliteConnectOptions::from_str(url)
        .map_err(|_| refuse())?
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_commit_is_on_disk_before_it_returns() {
        let folder = tempfile::tempdir().unwrap();
        let store = SqliteStore::open(&default_url(&folder.path().join("new/data")))
            .await
            .unwrap();
        let ask = async |pragma: &str| {
            let mut transaction = store.writer.begin().await.unwrap();
            sqlx::query_scalar::<_, String>(&format!(
                "SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}"
            ))
            .fetch_one(&mut *transaction)
            .await
            .unwrap()
        };
        assert_eq!(ask("journal_mode").await, "wal");
        assert_eq!(ask("synchronous").await, "2", "FULL");
        assert_eq!(ask("foreign_keys").await, "1");
        store.close().await;
    }

    #[tokio::test]
    async fn looking_at_an_absent_database_makes_none() {
        let folder = tempfile::tempdir().unwrap();
        let answer = SqliteStore::open_existing(&default_url(folder.path())).await;
        assert!(matches!(answer, Err(StoreError::Missing(_))), "{answer:?}");
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    }

    #[tokio::test]
    async fn another_kind_of_address_is_refused_with_the_form_to_use() {
        for url in [
            "postgres://localhost/maitred",
            "sqlite::memory:",
            "data/maitred.db",
            "",
        ] {
            let error = SqliteStore::open(url).await.unwrap_err().to_string();
            assert!(error.contains("sqlite://"), "{error}");
        }
    }

    #[tokio::test]
    async fn odd_folder_names_survive_the_address() {
        let folder = tempfile::tempdir().unwrap();
        let odd = folder.path().join("50% off? #1 café");
        SqliteStore::open(&default_url(&odd))
            .await
            .unwrap()
            .close()
            .await;
        assert!(odd.join("maitred.db").exists());
    }

    #[test]
    fn every_migration_of_the_folder_is_compiled_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/sqlite/migrations");
        let files = folder.read_dir().unwrap().count();
        assert_eq!(
            sqlx::migrate!("src/store/sqlite/migrations").iter().count(),
            files
        );
    }
}
