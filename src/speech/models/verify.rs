//! Is everything here, and is it what was pinned?

#![expect(clippy::disallowed_methods, reason = "looks at files")]

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

use super::{Member, Part, members};
use crate::restaurant::Digest;

/// What is wrong with one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Not there.
    Missing,
    /// There, but of another length.
    Size { found: u64 },
    /// There, of the right length, with other contents.
    Contents,
    /// There, but it cannot be read.
    Unreadable(String),
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("missing"),
            Self::Size { found } => write!(f, "damaged: {found} bytes long"),
            Self::Contents => f.write_str("damaged: its SHA-256 is not the pinned one"),
            Self::Unreadable(reason) => write!(f, "unreadable: {reason}"),
        }
    }
}

/// A pinned file and its fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub member: &'static Member,
    pub fault: Fault,
}

/// Quick look, by presence and size: what of `parts` cannot be loaded from `dir`.
#[must_use]
pub fn missing(dir: &Path, parts: &[Part]) -> Vec<Finding> {
    members()
        .filter(|member| parts.contains(&member.part))
        .filter_map(|member| size_fault(dir, member).map(|fault| Finding { member, fault }))
        .collect()
}

/// Full check, every file by its SHA-256.
#[must_use]
pub fn faults(dir: &Path) -> Vec<Finding> {
    members()
        .filter_map(|member| {
            let fault = size_fault(dir, member).or_else(|| contents_fault(dir, member))?;
            Some(Finding { member, fault })
        })
        .collect()
}

fn size_fault(dir: &Path, member: &Member) -> Option<Fault> {
    match fs::metadata(dir.join(member.file)) {
        Ok(found) if found.len() == member.bytes => None,
        Ok(found) => Some(Fault::Size { found: found.len() }),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Some(Fault::Missing),
        Err(e) => Some(Fault::Unreadable(e.to_string())),
    }
}

fn contents_fault(dir: &Path, member: &Member) -> Option<Fault> {
    match fs::read(dir.join(member.file)) {
        Ok(bytes) if Digest::of(&bytes).as_str() == member.sha256 => None,
        Ok(_) => Some(Fault::Contents),
        Err(e) => Some(Fault::Unreadable(e.to_string())),
    }
}
