//! Sound as numbers: mu-law, resampling, frames, loudness, voice activity, turn-taking.
