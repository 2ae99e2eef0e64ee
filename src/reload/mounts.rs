//! On which file system the folder lies: some tell nobody when another machine changes a file.

use std::os::unix::ffi::OsStrExt;
use std::path::Path;

/// Is the real path on a file system whose events do not tell what others change? Then only looking helps.
pub(super) fn hides_changes(path: &Path) -> bool {
    let table = std::fs::read_to_string("/proc/self/mountinfo").unwrap_or_default();
    file_system(&table, path).is_some_and(is_shared)
}

/// The type of the file system at `path`, from the text of `/proc/self/mountinfo` (proc(5)).
fn file_system<'a>(mountinfo: &'a str, path: &Path) -> Option<&'a str> {
    let mut best: Option<(usize, &str)> = None;
    for line in mountinfo.lines() {
        let Some((mount, system)) = line.split_once(" - ") else {
            continue;
        };
        let (Some(point), Some(kind)) = (mount.split(' ').nth(4), system.split(' ').next()) else {
            continue;
        };
        let point = unescape(point);
        let length = point.len();
        // A later line at the same place lies on top.
        if path.starts_with(Path::new(std::ffi::OsStr::from_bytes(&point)))
            && best.is_none_or(|(other, _)| other <= length)
        {
            best = Some((length, kind));
        }
    }
    best.map(|(_, kind)| kind)
}

fn is_shared(kind: &str) -> bool {
    let network = [
        "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "virtiofs", "fuse", "fuseblk", "ceph", "afs",
        "vboxsf",
    ];
    network.contains(&kind) || kind.starts_with("fuse.")
}

/// `\040` is a space, and so on.
fn unescape(field: &str) -> Vec<u8> {
    let bytes = field.as_bytes();
    let mut plain = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let octal = bytes
            .get(at + 1..at + 4)
            .filter(|_| bytes[at] == b'\\')
            .and_then(|digits| std::str::from_utf8(digits).ok())
            .and_then(|digits| u8::from_str_radix(digits, 8).ok());
        match octal {
            Some(byte) => {
                plain.push(byte);
                at += 4;
            }
            None => {
                plain.push(bytes[at]);
                at += 1;
            }
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = "\
22 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
30 22 0:25 / /srv/our\\040menus rw - nfs4 box:/menus rw
31 22 0:26 / /mnt rw - tmpfs tmpfs rw
32 31 0:27 / /mnt/host rw - fuse.sshfs me@box: rw
33 22 0:28 / /etc/menus rw - tmpfs tmpfs rw
34 22 0:29 / /etc/menus rw - 9p host rw
";

    #[test]
    fn r02_the_innermost_and_last_mount_counts() {
        let at = |path: &str| file_system(TABLE, Path::new(path));
        assert_eq!(at("/etc/maitred"), Some("ext4"));
        assert_eq!(at("/srv/our menus/a"), Some("nfs4"));
        assert_eq!(at("/mnt/hosted"), Some("tmpfs"));
        assert_eq!(at("/mnt/host/restaurants.d"), Some("fuse.sshfs"));
        assert_eq!(at("/etc/menus"), Some("9p"));
        assert_eq!(file_system("", Path::new("/")), None);
        let shared = ["nfs4", "fuse.sshfs", "9p"].map(is_shared);
        assert_eq!(shared, [true; 3]);
        assert!(!is_shared("ext4") && !is_shared("overlay") && !is_shared("tmpfs"));
    }

    #[test]
    fn r02_this_machine_says_where_its_files_lie() {
        let table = std::fs::read_to_string("/proc/self/mountinfo").unwrap();
        assert!(file_system(&table, Path::new("/")).is_some());
    }
}
