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
    /// The folder of the database could not be made.
    #[error("cannot make the folder {}: {source}", folder.display())]
    Folder {
        folder: PathBuf,
        source: std::io::Error,
    },
    /// A migration failed, or the database was written by a newer maitred.
    #[error("cannot bring the database up to date: {0}")]
    Migrate(#[from] sqlx::migrate::MigrateError),
    /// The database refused (full disk, lock, broken file).
    #[error("the database refused: {0}")]
    Database(#[from] sqlx::Error),
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
