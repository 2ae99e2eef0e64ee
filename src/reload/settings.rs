//! Which folder, and how it is watched.

use std::path::PathBuf;
use std::str::FromStr;
use std::time::Duration;

/// How changes are noticed (`--watch`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum WatchMode {
    /// The system's events where they work, and polling always.
    #[default]
    Auto,
    /// As `Auto`, also where the file system may hide what other machines change; polling stays on as the safety net.
    Native,
    /// Polling only.
    Poll,
    /// Scans at start and on request only.
    Off,
}

/// Not a watch mode.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("expected auto, native, poll or off, got \"{0}\"")]
pub struct UnknownWatchMode(pub String);

impl FromStr for WatchMode {
    type Err = UnknownWatchMode;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "auto" => Ok(Self::Auto),
            "native" => Ok(Self::Native),
            "poll" => Ok(Self::Poll),
            "off" => Ok(Self::Off),
            other => Err(UnknownWatchMode(other.to_owned())),
        }
    }
}

impl WatchMode {
    /// Are the system's events used?
    pub(super) fn uses_events(self) -> bool {
        matches!(self, Self::Auto | Self::Native)
    }
}

/// The folder, and how soon and how often it is looked at.
#[derive(Clone, Debug)]
pub struct ReloadSettings {
    pub folder: PathBuf,
    pub watch: WatchMode,
    /// The file that saves the next start from validating what this one did; `None`: each start validates every file.
    pub cache: Option<PathBuf>,
    /// Between scans that need no event.
    pub poll: Duration,
    /// Between scans while the system's events are wanted but not there, and while the folder is lost.
    pub poll_unhealthy: Duration,
    /// Between scans that read every file, changed or not.
    pub read_all: Duration,
    /// How long a file must be missing before it is gone.
    pub deletion: Duration,
    /// How long bytes that look cut off are given to become whole.
    pub incomplete: Duration,
    /// How long somebody may write a file before it is read all the same.
    pub writer: Duration,
    /// How long the folder may take to answer at the start, before what it held last is served.
    pub first_look: Duration,
    /// How long git may hold the lock of the work tree before the folder is scanned all the same.
    pub git: Duration,
}

impl ReloadSettings {
    /// The defaults for a folder: poll every 30 s (1 s while events fail), read all every 10 min, deletions and doubtful
    /// bytes after 2 s, writers after 10 s, a first answer for 10 s, git's lock for 30 s.
    pub fn new(folder: impl Into<PathBuf>, watch: WatchMode) -> Self {
        Self {
            folder: folder.into(),
            watch,
            cache: None,
            poll: Duration::from_secs(30),
            poll_unhealthy: Duration::from_secs(1),
            read_all: Duration::from_secs(600),
            deletion: Duration::from_secs(2),
            incomplete: Duration::from_secs(2),
            writer: Duration::from_secs(10),
            first_look: Duration::from_secs(10),
            git: Duration::from_secs(30),
        }
    }
}
