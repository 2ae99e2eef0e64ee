//! A file's bytes, if nobody moved them while they were read.

use std::fs::File;
use std::io::{self, Read as _};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use jiff::Timestamp;

use super::folder::Stamp;
use crate::config::MAX_BYTES;

/// A file's bytes.
pub(super) struct Bytes {
    /// `None` when the file changed so recently that another write could bear the same stamp (the kernel's clock for
    /// files ticks every few milliseconds): the next scan reads it again.
    pub stamp: Option<Stamp>,
    /// When they were written.
    pub modified: Option<Timestamp>,
    pub bytes: Vec<u8>,
}

/// A change younger than this, in nanoseconds, may hide another behind the same stamp (the slowest kernel tick is 10 ms).
const TOO_FRESH_NS: i128 = 50_000_000;
/// How often a file that moves is read.
const TRIES: u32 = 5;
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(20);

/// The bytes of the file that `open` opens; `None` when it moved every time it was read (a later scan reads it again).
///
/// # Errors
/// When the file cannot be opened or read.
pub(super) fn read(open: impl Fn() -> io::Result<File>) -> io::Result<Option<Bytes>> {
    steady(TRIES, || std::thread::sleep(PAUSE), || read_once(open()?))
}

/// Tries until something came of it.
fn steady<T>(
    tries: u32,
    mut pause: impl FnMut(),
    mut attempt: impl FnMut() -> io::Result<Option<T>>,
) -> io::Result<Option<T>> {
    for left in (0..tries).rev() {
        if let Some(found) = attempt()? {
            return Ok(Some(found));
        }
        if left > 0 {
            pause();
        }
    }
    Ok(None)
}

fn read_once(mut file: File) -> io::Result<Option<Bytes>> {
    let before = Stamp::of(&file.metadata()?);
    let mut bytes = Vec::new();
    // One byte over the limit is enough to be refused for it.
    let limit = MAX_BYTES as u64 + 1;
    file.by_ref().take(limit).read_to_end(&mut bytes)?;
    let after = Stamp::of(&file.metadata()?);
    let now = SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_nanos() as i128);
    let settled = now - after.newest_ns() > TOO_FRESH_NS;
    Ok((before == after).then(|| Bytes {
        stamp: settled.then_some(after),
        modified: after.modified(),
        bytes,
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn r07_a_file_that_moves_is_read_again_but_not_for_ever() {
        let (mut pauses, mut reads) = (0, 0);
        let mut third = || {
            reads += 1;
            Ok((reads == 3).then_some(reads))
        };
        let found = steady(5, || pauses += 1, &mut third).unwrap();
        assert_eq!((found, pauses), (Some(3), 2));
        let (mut pauses, mut reads) = (0, 0);
        let found = steady(
            5,
            || pauses += 1,
            || {
                reads += 1;
                Ok(None::<()>)
            },
        );
        assert_eq!((found.unwrap(), reads, pauses), (None, 5, 4));
    }
}
