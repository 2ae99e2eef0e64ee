//! The server's database as another process sees it.

use std::path::{Path, PathBuf};

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions as _, Connection as _, SqliteConnection};

/// A database file.
#[derive(Clone)]
pub struct Database(PathBuf);

/// The one lock for writing; it is released when this is dropped, or surely with [`Held::release`].
pub struct Held(SqliteConnection);

impl Database {
    /// Where a server started in `folder` keeps it.
    pub fn in_folder(folder: &Path) -> Self {
        Self(folder.join("data/maitred.db"))
    }

    async fn connect(&self) -> SqliteConnection {
        let options = SqliteConnectOptions::new().filename(&self.0);
        options.connect().await.unwrap()
    }

    /// Keeps everybody else from writing, as a slow disk or a backup would.
    pub async fn hold(&self) -> Held {
        let mut connection = self.connect().await;
        let begin = sqlx::query("BEGIN IMMEDIATE");
        begin.execute(&mut connection).await.unwrap();
        Held(connection)
    }

    /// Folds the write-ahead log in and gives its room back, so that the next write needs room of its own.
    pub async fn truncate_log(&self) {
        let mut connection = self.connect().await;
        let fold = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)");
        fold.execute(&mut connection).await.unwrap();
        connection.close().await.unwrap();
    }

    /// Changes what is stored, as a version before ours or another hand may have left it.
    pub async fn change(&self, statement: &str) {
        let mut connection = self.connect().await;
        for sql in ["PRAGMA foreign_keys = OFF", statement] {
            let change = sqlx::raw_sql(sql);
            change.execute(&mut connection).await.unwrap();
        }
        connection.close().await.unwrap();
    }

    /// Asks SQLite whether anything in it is broken.
    pub async fn check_integrity(&self) {
        let mut connection = self.connect().await;
        let check = sqlx::query_scalar("PRAGMA integrity_check");
        let found: Vec<String> = check.fetch_all(&mut connection).await.unwrap();
        assert_eq!(found, ["ok"]);
        let check = sqlx::query("PRAGMA foreign_key_check");
        let orphans = check.fetch_all(&mut connection).await.unwrap();
        assert!(orphans.is_empty(), "{} rows lead nowhere", orphans.len());
    }
}

impl Held {
    pub async fn release(mut self) {
        let end = sqlx::query("ROLLBACK");
        end.execute(&mut self.0).await.unwrap();
        self.0.close().await.unwrap();
    }
}
