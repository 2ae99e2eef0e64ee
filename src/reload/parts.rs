//! What every scan works with.

use std::io;
use std::path::Path;
use std::sync::atomic::AtomicU64;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use arc_swap::{ArcSwap, ArcSwapOption};
use tokio::sync::broadcast;

use super::disk_calls::DiskCalls;
use super::file_states::FileStates;
use super::folder::{self, Listing, OpenFile};
use super::persisted_state::StateStore;
use super::report::ReloadReport;
use super::rows::{Owned, rows};
use super::settings::ReloadSettings;
use super::state::FirstTable;
use super::watching::Watching;
use crate::config::Capabilities;
use crate::routing::{FolderStatus, LiveTable};

/// Reports that a slow subscriber may fall behind.
const REPORTS_KEPT: usize = 256;

/// How a folder is listed.
type List = Box<dyn Fn(&Path) -> io::Result<Listing> + Send + Sync>;

/// The folder, the table, and what lies between them, but for what scans remember.
pub(super) struct Parts {
    pub settings: ReloadSettings,
    pub capabilities: Capabilities,
    pub live: Arc<LiveTable>,
    /// `None`: nothing outlives this process.
    pub state_store: Option<StateStore>,
    pub status: ArcSwap<FolderStatus>,
    pub watching: Watching,
    /// How the folder is listed, and its files are opened; a test's may never answer.
    pub list: List,
    pub open: OpenFile,
    pub disk_calls: DiskCalls,
    pub first_table: Mutex<FirstTable>,
    pub scans: AtomicU64,
    /// Why the last scan could not read it.
    pub lost: ArcSwapOption<String>,
    pub reports: broadcast::Sender<Arc<ReloadReport>>,
}

impl Parts {
    pub(super) fn new(
        settings: ReloadSettings,
        live: Arc<LiveTable>,
        capabilities: Capabilities,
        state_store: Option<StateStore>,
    ) -> Self {
        let table = live.load();
        Self {
            settings,
            capabilities,
            status: ArcSwap::from_pointee(rows(&FileStates::new(), &table, &Owned::under(&table))),
            live,
            state_store,
            watching: Watching::default(),
            list: Box::new(folder::list),
            open: Box::new(Listing::open),
            disk_calls: DiskCalls::default(),
            first_table: Mutex::default(),
            scans: AtomicU64::new(0),
            lost: ArcSwapOption::empty(),
            reports: broadcast::Sender::new(REPORTS_KEPT),
        }
    }

    /// The turn to publish first; waits for who has it.
    pub(super) fn first_turn(&self) -> MutexGuard<'_, FirstTable> {
        let turn = self.first_table.lock();
        turn.unwrap_or_else(PoisonError::into_inner)
    }
}
