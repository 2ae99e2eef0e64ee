//! Does the folder answer at all? Asked at the start, on a thread of its own: a network folder whose server went away holds
//! every call on it for ever, and what was served last must not wait for that.

use std::io::{self, Read as _};
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc;

use super::plain_file::OpenFolder;
use super::settings::ReloadSettings;

/// How a folder is asked; a test's may never answer.
pub(super) type Ask = dyn Fn(&Path) -> io::Result<()> + Send + Sync;

/// Looks at the folder and at what lies in it: its attributes, a name and the first byte of a file, each of which may hang
/// while another is answered from memory.
pub(super) fn ask(folder: &Path) -> io::Result<()> {
    let open = OpenFolder::open(folder)?;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        // Only a regular file, and nothing that it became meanwhile: a pipe would wait for a writer.
        if entry.file_type()?.is_file() {
            let name = entry.file_name();
            open.file(Path::new(&name))?.read_exact(&mut [0])?;
            break;
        }
    }
    Ok(())
}

/// Why nothing is known of the folder.
pub(super) fn unanswered() -> io::Error {
    io::Error::new(io::ErrorKind::TimedOut, "it does not answer")
}

/// Does the folder answer in time, be it with an error? The thread that asks stays behind where it does not.
pub(super) fn answers(settings: &ReloadSettings, ask: &Arc<Ask>) -> bool {
    let (folder, ask) = (settings.folder.clone(), Arc::clone(ask));
    let (sender, answer) = mpsc::channel();
    let asking = std::thread::Builder::new()
        .name("folder-first".to_owned())
        .spawn(move || {
            // What is wrong with it the scan will say.
            let _ = ask(&folder);
            let _ = sender.send(());
        });
    asking.is_err() || answer.recv_timeout(settings.first_look).is_ok()
}
