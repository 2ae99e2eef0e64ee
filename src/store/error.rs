//! Why the store could not do what it was asked.

use std::path::PathBuf;

/// Messages fit after "failed to ...:"; none of them holds a caller's words or number.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The address names a database this build does not speak.
    #[error(
        "\"{0}\" is not a database address; use sqlite://PATH (such as sqlite://data/maitred.db)"
    )]
    Address(String),
    /// [`super::Store::open_existing`] found no file.
    #[error("there is no database at {}", .0.display())]
    Missing(PathBuf),
    /// The file of the database, or its folder, could not be made.
    #[error("cannot make {}: {source}", file.display())]
    Make {
        file: PathBuf,
        source: std::io::Error,
    },
    /// A migration failed, or the database was written by a newer maitred.
    #[error("cannot bring the database up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The database refused (full disk, lock, broken file).
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
    /// The transactions before this one did not end in time.
    #[error("the database does not answer (is its disk hanging?)")]
    Stuck,
    /// The file of an open database lost its name.
    #[error(
        "{} is gone; put it back, or restart maitred to begin an empty one", .0.display()
    )]
    Gone(PathBuf),
    /// Another file lies in its place, its write-ahead log does, or it was cut off.
    #[error("{} is not the file that was opened; it is opened anew", .0.display())]
    Replaced(PathBuf),
    /// The log of the database before it lies beside a new one.
    #[error(
        "{} was replaced while the -wal beside it stayed; stop maitred, remove the -wal and the -shm, start it", .0.display()
    )]
    ForeignLog(PathBuf),
    /// A file in the place of the database that is none of ours, or broken.
    #[error("{} is damaged ({found}); put a backup in its place", file.display())]
    Damaged { file: PathBuf, found: String },
    /// The system does not say what lies there.
    #[error("cannot look at {}: {source}", file.display())]
    Unreadable {
        file: PathBuf,
        source: std::io::Error,
    },
    /// A row that maitred did not write, or wrote before a change of form.
    #[error("{table}.{column} holds \"{value}\", which is not valid there")]
    Corrupt {
        table: &'static str,
        column: &'static str,
        value: String,
    },
}

impl StoreError {
    /// A column whose text could not be read back.
    pub(super) fn corrupt(
        table: &'static str,
        column: &'static str,
        value: impl Into<String>,
    ) -> Self {
        Self::Corrupt {
            table,
            column,
            value: value.into(),
        }
    }
}
