//! What is in a database file: ours, and whole?

use std::path::Path;

use sqlx::SqliteConnection;

use crate::store::StoreError;

/// Brings the tables up to date.
pub(super) async fn migrate(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    // Not `run`: its future could not be sent to another thread.
    Ok(sqlx::migrate!("src/store/sqlite/migrations")
        .run_direct(connection)
        .await?)
}

/// Refuses a file that maitred did not write, or that is broken; an empty one too: it was not there when we began.
pub(super) async fn prove(
    connection: &mut SqliteConnection,
    file: &Path,
) -> Result<(), StoreError> {
    let damaged = |found: &str| StoreError::Damaged {
        file: file.to_path_buf(),
        found: found.to_owned(),
    };
    let tables: i64 =
        sqlx::query_scalar("SELECT COUNT(*) FROM sqlite_schema WHERE name IN ('orders', 'calls')")
            .fetch_one(&mut *connection)
            .await
            .map_err(|error| damaged(&error.to_string()))?;
    if tables != 2 {
        return Err(damaged("it has no table of orders"));
    }
    check(connection, file).await
}

/// Looks at every page.
pub(super) async fn check(
    connection: &mut SqliteConnection,
    file: &Path,
) -> Result<(), StoreError> {
    let found: Result<String, sqlx::Error> = sqlx::query_scalar("PRAGMA quick_check(1)")
        .fetch_one(connection)
        .await;
    let found = match found {
        Ok(found) if found == "ok" => return Ok(()),
        Ok(found) => found.replace('\n', " "),
        Err(error) => error.to_string(),
    };
    let file = file.to_path_buf();
    Err(StoreError::Damaged { file, found })
}
