//! WAV files: what the caller plays, and the recording of a call.
#![expect(
    clippy::disallowed_methods,
    reason = "the phone reads and writes sound files"
)]

use std::path::{Path, PathBuf};

use hound::{SampleFormat, WavReader, WavSpec, WavWriter};
use thiserror::Error;

use crate::audio::{SAMPLE_RATE, mulaw, resample};

/// A file that is not usable sound, or cannot be written.
#[derive(Debug, Error)]
pub enum SoundFileError {
    #[error("{path}: {source}")]
    Wav {
        path: PathBuf,
        #[source]
        source: hound::Error,
    },
    #[error("{path}: {source}")]
    Rate {
        path: PathBuf,
        #[source]
        source: resample::ResampleError,
    },
}

/// Reads a WAV of any rate, depth and number of channels (the first counts) as samples of the line.
///
/// # Errors
/// The file cannot be read, or is no WAV.
pub fn read_wav(path: &Path) -> Result<Vec<i16>, SoundFileError> {
    let failed = |source| SoundFileError::Wav {
        path: path.to_owned(),
        source,
    };
    let reader = WavReader::open(path).map_err(failed)?;
    let spec = reader.spec();
    let channels = usize::from(spec.channels.max(1));
    let values: Vec<f32> = match spec.sample_format {
        SampleFormat::Float => first_channel(reader.into_samples::<f32>(), channels, |s| s),
        SampleFormat::Int => {
            let full = (1i64 << (spec.bits_per_sample - 1)) as f32;
            first_channel(reader.into_samples::<i32>(), channels, |s| s as f32 / full)
        }
    }
    .map_err(failed)?;
    let line = resample::convert(&values, spec.sample_rate, SAMPLE_RATE).map_err(|source| {
        SoundFileError::Rate {
            path: path.to_owned(),
            source,
        }
    })?;
    Ok(resample::to_i16(&line))
}

fn first_channel<S>(
    samples: impl Iterator<Item = Result<S, hound::Error>>,
    channels: usize,
    value: impl Fn(S) -> f32,
) -> Result<Vec<f32>, hound::Error> {
    samples
        .step_by(channels)
        .map(|sample| sample.map(&value))
        .collect()
}

/// Writes a call as stereo: the caller on the left, the agent on the right, both mu-law tracks of the same clock.
///
/// # Errors
/// The file cannot be written.
pub fn write_call(path: &Path, caller: &[u8], agent: &[u8]) -> Result<(), SoundFileError> {
    let failed = |source| SoundFileError::Wav {
        path: path.to_owned(),
        source,
    };
    let spec = WavSpec {
        channels: 2,
        sample_rate: SAMPLE_RATE,
        bits_per_sample: 16,
        sample_format: SampleFormat::Int,
    };
    let mut writer = WavWriter::create(path, spec).map_err(failed)?;
    let at = |track: &[u8], n: usize| {
        mulaw::decode_sample(track.get(n).copied().unwrap_or(mulaw::SILENCE))
    };
    for n in 0..caller.len().max(agent.len()) {
        writer.write_sample(at(caller, n)).map_err(failed)?;
        writer.write_sample(at(agent, n)).map_err(failed)?;
    }
    writer.finalize().map_err(failed)
}

/// Reads a text file.
///
/// # Errors
/// As the file system says.
pub fn read_text(path: &Path) -> std::io::Result<String> {
    std::fs::read_to_string(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recording_has_the_caller_left_and_the_agent_right() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("call.wav");
        let loud = mulaw::encode_sample(8000);
        write_call(&path, &[loud; 80], &[mulaw::SILENCE; 100]).unwrap();
        let mut reader = WavReader::open(&path).unwrap();
        assert_eq!(reader.spec().channels, 2);
        let samples: Vec<i16> = reader.samples().map(Result::unwrap).collect();
        assert_eq!(samples.len(), 200);
        assert_eq!(&samples[..2], [mulaw::decode_sample(loud), 0]);
        assert_eq!(&samples[198..], [0, 0]);
        assert_eq!(read_wav(&path).unwrap()[0], mulaw::decode_sample(loud));
    }

    #[test]
    fn a_wav_of_another_rate_becomes_eight_kilohertz() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("high.wav");
        let spec = WavSpec {
            channels: 1,
            sample_rate: 24_000,
            bits_per_sample: 16,
            sample_format: SampleFormat::Int,
        };
        let mut writer = WavWriter::create(&path, spec).unwrap();
        for _ in 0..24_000 {
            writer.write_sample(1000i16).unwrap();
        }
        writer.finalize().unwrap();
        let line = read_wav(&path).unwrap();
        assert!(line.len().abs_diff(8000) <= 1, "{}", line.len());
    }

    #[test]
    fn a_file_that_is_no_wav_is_an_error() {
        assert!(read_wav(Path::new("no-such-file.wav")).is_err());
    }
}
