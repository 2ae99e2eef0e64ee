//! Opening and closing: SQLite with a write-ahead log, every commit on disk before it returns.

use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::time::Duration;

use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

use super::StoreError;

/// How long a statement waits for another process (a backup, `maitred orders`) to let go of the file.
const BUSY: Duration = Duration::from_secs(5);
/// Readers beside the one writer; lists and the call page never wait for a commit.
const READERS: u32 = 4;

/// An open database. Clones share its connections.
#[derive(Clone, Debug)]
pub struct Store {
    /// One connection: SQLite has one writer anyway, and a queue here is fairer than its busy handler.
    pub(super) writer: SqlitePool,
    /// Read-only connections; the writer itself for a database in memory, which no second connection can see.
    pub(super) reader: SqlitePool,
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

impl Store {
    /// Opens `sqlite://PATH` or `sqlite::memory:`, makes the folder and file if absent, and runs the migrations.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let options = options(url)?.create_if_missing(true);
        if let Some(folder) =
            file_of(url, &options).and_then(|file| file.parent().map(PathBuf::from))
        {
            tokio::fs::create_dir_all(&folder)
                .await
                .map_err(|source| StoreError::Folder { folder, source })?;
        }
        Self::connect(url, options).await
    }

    /// Like [`Store::open`], but a file that is not there is [`StoreError::Missing`] and stays absent: for commands that look.
    pub async fn open_existing(url: &str) -> Result<Self, StoreError> {
        let options = options(url)?.create_if_missing(false);
        if let Some(file) = file_of(url, &options)
            && !tokio::fs::try_exists(&file).await.unwrap_or(false)
        {
            return Err(StoreError::Missing(file));
        }
        Self::connect(url, options).await
    }

    async fn connect(url: &str, options: SqliteConnectOptions) -> Result<Self, StoreError> {
        let writer = SqlitePoolOptions::new()
            .max_connections(1)
            .min_connections(1)
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options.clone())
            .await?;
        sqlx::migrate!("src/store/migrations").run(&writer).await?;
        let reader = if file_of(url, &options).is_none() {
            writer.clone()
        } else {
            SqlitePoolOptions::new()
                .max_connections(READERS)
                .connect_with(options.create_if_missing(false).read_only(true))
                .await?
        };
        Ok(Self { writer, reader })
    }

    /// Waits for running statements and closes the file; the write-ahead log is folded in.
    pub async fn close(&self) {
        self.reader.close().await;
        self.writer.close().await;
    }
}

fn options(url: &str) -> Result<SqliteConnectOptions, StoreError> {
    let refuse = || StoreError::Address(url.to_owned());
    if !url.starts_with("sqlite:") {
        return Err(refuse());
    }
    Ok(SqliteConnectOptions::from_str(url)
        .map_err(|_| refuse())?
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(BUSY))
}

/// The file behind the address; `None` for a database in memory.
fn file_of(url: &str, options: &SqliteConnectOptions) -> Option<PathBuf> {
    let in_memory = url.contains(":memory:") || url.contains("mode=memory");
    (!in_memory).then(|| options.get_filename().to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_commit_is_on_disk_before_it_returns() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(&default_url(&folder.path().join("new/data")))
            .await
            .unwrap();
        let ask = |pragma: &'static str| {
            let pool = store.writer.clone();
            async move {
                sqlx::query_scalar::<_, String>(&format!(
                    "SELECT CAST({pragma} AS TEXT) FROM pragma_{pragma}"
                ))
                .fetch_one(&pool)
                .await
                .unwrap()
            }
        };
        assert_eq!(ask("journal_mode").await, "wal");
        assert_eq!(ask("synchronous").await, "2", "FULL");
        assert_eq!(ask("foreign_keys").await, "1");
        store.close().await;
    }

    #[tokio::test]
    async fn looking_at_an_absent_database_makes_none() {
        let folder = tempfile::tempdir().unwrap();
        let answer = Store::open_existing(&default_url(folder.path())).await;
        assert!(matches!(answer, Err(StoreError::Missing(_))), "{answer:?}");
        assert_eq!(folder.path().read_dir().unwrap().count(), 0);
    }

    #[tokio::test]
    async fn another_kind_of_address_is_refused_with_the_form_to_use() {
        for url in ["postgres://localhost/maitred", "data/maitred.db", ""] {
            let error = Store::open(url).await.unwrap_err().to_string();
            assert!(error.contains("sqlite://"), "{error}");
        }
    }

    #[tokio::test]
    async fn odd_folder_names_survive_the_address() {
        let folder = tempfile::tempdir().unwrap();
        let odd = folder.path().join("50% off? #1 café");
        Store::open(&default_url(&odd)).await.unwrap().close().await;
        assert!(odd.join("maitred.db").exists());
    }

    #[test]
    fn every_migration_of_the_folder_is_compiled_in() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/migrations");
        let files = folder.read_dir().unwrap().count();
        assert_eq!(sqlx::migrate!("src/store/migrations").iter().count(), files);
    }
}
