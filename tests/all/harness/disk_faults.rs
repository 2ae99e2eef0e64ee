//! A server whose disk fails on command.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::ServerProcess;

/// Writes fail, as the kernel says it: the device failed; the file system is read-only.
pub const EIO: i32 = 5;
pub const EROFS: i32 = 30;
/// There is no room left.
pub const ENOSPC: i32 = 28;
/// Folders do not answer.
pub const HANGS: i32 = 1000;

/// What is wrong with the disk, as `disk_faults.c` reads it in the server.
pub struct DiskFaults {
    library: PathBuf,
    on: &'static str,
    fault: PathBuf,
}

impl DiskFaults {
    /// Of files whose path contains `on`; nothing is wrong yet. What it needs is put in `folder`.
    pub fn new(folder: &Path, on: &'static str) -> Self {
        let library = folder.join("disk_faults.so");
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/all/harness/disk_faults.c");
        let built = Command::new("cc")
            .args(["-shared", "-fPIC", "-O1", "-o"])
            .args([&library, &source])
            .arg("-ldl")
            .status();
        assert!(built.unwrap().success(), "cc, which links this program too");
        let fault = folder.join("fault");
        Self { library, on, fault }
    }

    /// Starts `--dev` on `folder`, on this disk.
    pub fn start(&self, folder: &Path, flags: &[&str]) -> ServerProcess {
        let mut within = Command::new("env");
        within
            .arg(format!("LD_PRELOAD={}", self.library.display()))
            .arg(format!("DISK_FAULT={}", self.fault.display()))
            .arg(format!("DISK_FAULT_ON={}", self.on));
        ServerProcess::start_by(within, folder, flags)
    }

    /// The variables that a server on this disk is started with.
    pub fn environment(&self) -> [(&'static str, String); 3] {
        [
            ("LD_PRELOAD", self.library.display().to_string()),
            ("DISK_FAULT", self.fault.display().to_string()),
            ("DISK_FAULT_ON", self.on.to_owned()),
        ]
    }

    pub fn begin(&self, error: i32) {
        // Never seen half written.
        let draft = self.fault.with_extension("draft");
        std::fs::write(&draft, error.to_string()).unwrap();
        std::fs::rename(draft, &self.fault).unwrap();
    }

    pub fn end(&self) {
        std::fs::remove_file(&self.fault).unwrap();
    }
}
