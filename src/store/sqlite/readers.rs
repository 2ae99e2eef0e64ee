//! The connections that read: they follow the writer when the database is replaced.

use std::sync::Arc;
use std::time::Duration;

use arc_swap::ArcSwap;
use sqlx::SqlitePool;
use sqlx::sqlite::{SqliteConnectOptions, SqlitePoolOptions};
use sqlx::{Connection as _, Sqlite, Transaction};

use crate::store::StoreError;

/// Beside the one writer; lists and the call page never wait for a commit.
const READERS: u32 = 4;

/// Read-only connections to the file that is open for writing.
#[derive(Debug)]
pub(super) struct Readers {
    options: SqliteConnectOptions,
    pool: ArcSwap<SqlitePool>,
}

impl Readers {
    /// Connects when first asked.
    pub(super) fn new(options: SqliteConnectOptions) -> Arc<Self> {
        let options = options.create_if_missing(false).read_only(true);
        let pool = ArcSwap::from_pointee(pool(&options));
        Arc::new(Self { options, pool })
    }

    /// Those of now.
    pub(super) fn pool(&self) -> SqlitePool {
        SqlitePool::clone(&self.pool.load())
    }

    /// Everything read in it is of one moment. End it with `commit`.
    pub(super) async fn snapshot(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        Ok(self.pool().begin().await?)
    }

    /// Reads the file that lies there now.
    pub(super) fn reopen(&self) {
        self.pool.store(Arc::new(pool(&self.options)));
    }

    /// Lets reads end, for `limit` at the longest; there are none until [`Readers::reopen`].
    pub(super) async fn close(&self, limit: Duration) {
        let pool = self.pool();
        // Those that take longer read on in the file they began with.
        let _ = tokio::time::timeout(limit, pool.close()).await;
    }
}

fn pool(options: &SqliteConnectOptions) -> SqlitePool {
    SqlitePoolOptions::new()
        .max_connections(READERS)
        // A read that failed may have left its transaction open: what is read through it would be old for ever.
        .before_acquire(|connection, _| {
            let clean = !connection.is_in_transaction();
            Box::pin(async move { Ok(clean) })
        })
        .connect_lazy_with(options.clone())
}
