//! How loud sound is, in dB below full scale (dBFS), and where it begins and ends.

use std::ops::Range;

/// Reported for digital silence, and for nothing at all.
pub const SILENT_DBFS: f32 = -100.0;

/// Root-mean-square level; 0 dBFS is a square wave that fills the 16-bit range. Never below [`SILENT_DBFS`].
#[must_use]
pub fn dbfs(samples: &[i16]) -> f32 {
    if samples.is_empty() {
        return SILENT_DBFS;
    }
    let energy: f64 = samples.iter().map(|&s| f64::from(s) * f64::from(s)).sum();
    let mean = energy / samples.len() as f64 / (32_768.0 * 32_768.0);
    ((10.0 * mean.log10()) as f32).max(SILENT_DBFS)
}

/// The level of each window of `window` samples, the last one perhaps shorter.
pub fn windows(samples: &[i16], window: usize) -> impl Iterator<Item = f32> {
    samples.chunks(window.max(1)).map(dbfs)
}

/// The span from the first to the last window that reaches `threshold` dBFS, in samples; `None` when none does.
#[must_use]
pub fn sounding(samples: &[i16], window: usize, threshold: f32) -> Option<Range<usize>> {
    let window = window.max(1);
    let mut loud = windows(samples, window)
        .enumerate()
        .filter(|&(_, level)| level >= threshold)
        .map(|(at, _)| at);
    let first = loud.next()?;
    let last = loud.last().unwrap_or(first);
    Some(first * window..((last + 1) * window).min(samples.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_square_wave_is_zero_and_half_of_it_six_below() {
        assert!(dbfs(&[i16::MIN, i16::MIN]).abs() < 0.001);
        assert!((dbfs(&[16_384, -16_384]) + 6.02).abs() < 0.01);
    }

    #[test]
    fn silence_has_a_floor() {
        assert_eq!(dbfs(&[]), SILENT_DBFS);
        assert_eq!(dbfs(&[0; 160]), SILENT_DBFS);
    }

    #[test]
    fn sound_is_found_between_silences() {
        let mut line = vec![0; 400];
        line.extend([8_000; 85]);
        line.extend([0; 300]);
        assert_eq!(sounding(&line, 80, -40.0), Some(400..560));
        assert_eq!(sounding(&[0; 400], 80, -40.0), None);
        assert_eq!(sounding(&[9_000; 90], 80, -40.0), Some(0..90));
    }
}
