//! Moonshine: an encoder and a decoder that together turn up to half a minute of sound into words.
//!
//! The graph's shape (layers, heads, head size) is read from the decoder's inputs, so that a bigger model of the
//! family runs unchanged. Names and the order of the loop are the model's; the loop is ours, which is what lets a
//! [`Bias`] and several guesses ([`Search`]) take part in it.

#![expect(clippy::disallowed_methods, reason = "reads model files")]

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use ort::session::{InMemorySession, SessionInputValue};
use ort::value::{DynValue, Tensor, TensorRef, ValueType};

use super::runtime;
use super::search::Search;
use super::tokens::Tokens;
use crate::audio::resample::double;
use crate::audio::{FRAME_SAMPLES, loudness, voicing};
use crate::speech::models::{DECODER, ENCODER, TOKENIZER};
use crate::speech::{Bias, SpeechError};

const START: usize = 1;
const END: usize = 2;
/// Speech has no more tokens a second than this (the model's authors' figure); a loop is cut there.
const TOKENS_PER_SECOND: f32 = 6.5;
/// Shorter segments (samples at 8 kHz, 60 ms) hold no word, and the encoder needs a few frames.
const SHORTEST: usize = 480;
/// Shorter pieces are followed by silence up to here: half a second.
const PADDED: usize = 4000;
/// Entries of the mask of which the decoder's graph keeps exactly one.
const MASKED: usize = 384;
/// Longest piece recognised at once, samples at 8 kHz: cost grows faster than length.
const MAX_SAMPLES: usize = 20 * 8000;
/// A piece that is nowhere louder than this holds no voice; the model would invent one.
const AUDIBLE_DBFS: f32 = -55.0;
/// A piece with less pitch than this is breath or noise; the model hears "You" in it.
const LEAST_VOICED_MS: u64 = 32;
const WHAT: &str = "the recogniser";

/// The parts that threads share.
pub(in crate::speech) struct MoonshineFiles {
    encoder: &'static [u8],
    decoder: &'static [u8],
    tokens: Tokens,
}

impl MoonshineFiles {
    /// Reads the model. Its weights stay in memory until the process ends: sessions read them in place.
    pub(in crate::speech) fn open(models: &Path) -> Result<Self, SpeechError> {
        let read = |file: &str| fs::read(models.join(file)).map_err(|e| SpeechError::load(file, e));
        Ok(Self {
            encoder: Box::leak(read(ENCODER)?.into_boxed_slice()),
            decoder: Box::leak(read(DECODER)?.into_boxed_slice()),
            tokens: Tokens::parse(&read(TOKENIZER)?, Path::new(TOKENIZER))?,
        })
    }
}

/// One thread's recogniser.
pub(in crate::speech) struct Moonshine {
    encoder: InMemorySession<'static>,
    decoder: InMemorySession<'static>,
    caches: Vec<CacheInput>,
    files: std::sync::Arc<MoonshineFiles>,
}

/// One `past_key_values` input: what it is called, where its next value comes from, and its shape when empty.
struct CacheInput {
    name: String,
    output: String,
    heads: i64,
    head_size: i64,
    /// Fixed after the first step: what the encoder heard does not change.
    of_encoder: bool,
}

impl Moonshine {
    /// Opens sessions over shared files.
    pub(in crate::speech) fn new(
        models: &Path,
        files: std::sync::Arc<MoonshineFiles>,
    ) -> Result<Self, SpeechError> {
        let decoder = runtime::shared_session(models, DECODER, files.decoder)?;
        let caches: Vec<CacheInput> = decoder
            .inputs()
            .iter()
            .filter_map(|input| CacheInput::read(input.name(), input.dtype()))
            .collect();
        if caches.is_empty() {
            return Err(SpeechError::load(
                DECODER,
                "it has no past_key_values inputs",
            ));
        }
        Ok(Self {
            encoder: runtime::shared_session(models, ENCODER, files.encoder)?,
            decoder,
            caches,
            files,
        })
    }

    /// The words of a segment (8 kHz); empty when there are none.
    pub(in crate::speech) fn recognise(
        &mut self,
        samples: &[i16],
        bias: Option<&Bias>,
    ) -> Result<String, SpeechError> {
        let mut words = Vec::new();
        let mut rest = samples;
        while rest.len() >= SHORTEST {
            let (piece, tail) = rest.split_at(quiet_cut(rest));
            rest = tail;
            if loudness::sounding(piece, FRAME_SAMPLES, AUDIBLE_DBFS).is_none()
                || voicing::voiced_ms(piece) < LEAST_VOICED_MS
            {
                continue;
            }
            let text = self.recognise_piece(piece, bias)?;
            // Noise alone comes out as note signs and dashes.
            if text.chars().any(char::is_alphanumeric) {
                words.push(text);
            }
        }
        Ok(words.join(" "))
    }

    fn recognise_piece(
        &mut self,
        samples: &[i16],
        bias: Option<&Bias>,
    ) -> Result<String, SpeechError> {
        let failed = |e: ort::Error| SpeechError::run(WHAT)(e);
        // A blip of a few encoder frames makes the decoder fail (seen: 2 frames, "attempting to broadcast").
        let mut padded = samples.to_vec();
        padded.resize(samples.len().max(PADDED), 0);
        let heard = self.encode(&padded).map_err(failed)?;
        let limit = (samples.len() as f32 / 8000.0 * TOKENS_PER_SECOND).ceil() as usize;
        let tokens = self.decode(&heard, limit.max(3), bias).map_err(failed)?;
        Ok(self.files.tokens.text(&tokens))
    }

    /// The encoder's output, `[1, frames, width]`.
    fn encode(&mut self, samples: &[i16]) -> ort::Result<DynValue> {
        let sound = double(samples);
        let shape = [1, sound.len()];
        let mask = vec![1i64; sound.len()];
        let mut inputs: Vec<(Cow<'_, str>, SessionInputValue<'_>)> = vec![(
            "input_values".into(),
            TensorRef::from_array_view((shape, sound.as_slice()))?.into(),
        )];
        // Other exports of the model take no mask.
        if self
            .encoder
            .inputs()
            .iter()
            .any(|i| i.name() == "attention_mask")
        {
            inputs.push((
                "attention_mask".into(),
                TensorRef::from_array_view((shape, mask.as_slice()))?.into(),
            ));
        }
        let mut outputs = self.encoder.run(inputs)?;
        outputs
            .remove("last_hidden_state")
            .ok_or_else(|| ort::Error::new("the encoder has no output last_hidden_state"))
    }

    /// The likeliest tokens, by a beam search that takes one step for all its guesses at once.
    fn decode(
        &mut self,
        heard: &DynValue,
        limit: usize,
        bias: Option<&Bias>,
    ) -> ort::Result<Vec<usize>> {
        let frames = heard.shape().get(1).copied().unwrap_or_default().max(0) as usize;
        // The graph keeps every 384th entry of this mask (it expects one a sample) and broadcasts what is left over the
        // encoder's frames: beyond 384 entries two would be left, and a segment of more than 9 s would fail.
        let masked = frames.clamp(1, MASKED);
        let files = std::sync::Arc::clone(&self.files);
        let mut search = Search::new(bias, &files.tokens, END);
        let mut past = self
            .caches
            .iter()
            .map(CacheInput::empty)
            .collect::<ort::Result<Vec<DynValue>>>()?;
        for step in 0..limit {
            let last = search.open().iter();
            let last: Vec<i64> = last.map(|g| g.last().unwrap_or(START) as i64).collect();
            let rows = last.len();
            let ids = Tensor::from_array(([rows, 1], last))?;
            let mask = Tensor::from_array(([rows, masked], vec![1i64; rows * masked]))?;
            let use_cache = Tensor::from_array(([1usize], vec![step > 0]))?;
            // After the first step what was heard comes from the caches: one row of it does for all guesses.
            let mut inputs: Vec<(Cow<'_, str>, SessionInputValue<'_>)> = vec![
                ("input_ids".into(), (&ids).into()),
                ("encoder_hidden_states".into(), heard.into()),
                ("encoder_attention_mask".into(), (&mask).into()),
                ("use_cache_branch".into(), (&use_cache).into()),
            ];
            for (cache, value) in self.caches.iter().zip(&past) {
                inputs.push((cache.name.as_str().into(), value.into()));
            }
            let mut outputs = self.decoder.run(inputs)?;
            let from = {
                let (_, logits) = outputs["logits"].try_extract_tensor::<f32>()?;
                let each: Vec<&[f32]> = logits.chunks(logits.len() / rows).collect();
                search.step(&each)
            };
            if from.is_empty() {
                break;
            }
            let as_they_were = from.iter().copied().eq(0..rows);
            for (cache, value) in self.caches.iter().zip(&mut past) {
                if step == 0 || !cache.of_encoder {
                    let new = outputs
                        .remove(&cache.output)
                        .ok_or_else(|| ort::Error::new(format!("no output {}", cache.output)))?;
                    *value = if as_they_were {
                        new
                    } else {
                        rows_of(&new, &from)?
                    };
                } else if from.len() != rows {
                    *value = rows_of(value, &vec![0; from.len()])?;
                }
            }
        }
        Ok(search.finish())
    }
}

/// These rows of a tensor whose first dimension is the batch.
fn rows_of(value: &DynValue, rows: &[usize]) -> ort::Result<DynValue> {
    let (shape, data) = value.try_extract_tensor::<f32>()?;
    let mut shape: Vec<i64> = shape.to_vec();
    let each = data.len() / shape[0].max(1) as usize;
    let mut taken = Vec::with_capacity(each * rows.len());
    for &row in rows {
        taken.extend_from_slice(&data[row * each..(row + 1) * each]);
    }
    shape[0] = rows.len() as i64;
    Ok(Tensor::<f32>::from_array((shape, taken))?.into_dyn())
}

impl CacheInput {
    fn read(name: &str, kind: &ValueType) -> Option<Self> {
        let place = name.strip_prefix("past_key_values.")?;
        let ValueType::Tensor { shape, .. } = kind else {
            return None;
        };
        Some(Self {
            name: name.to_owned(),
            output: format!("present.{place}"),
            heads: *shape.get(1)?,
            head_size: *shape.get(3)?,
            of_encoder: place.contains(".encoder."),
        })
    }

    fn empty(&self) -> ort::Result<DynValue> {
        let shape = [1, self.heads, 0, self.head_size];
        Ok(Tensor::<f32>::from_array((shape, Vec::new()))?.into_dyn())
    }
}

/// Where to cut a segment that is too long: at its quietest 20 ms between half and all of the longest piece.
fn quiet_cut(samples: &[i16]) -> usize {
    if samples.len() <= MAX_SAMPLES {
        return samples.len();
    }
    let half = MAX_SAMPLES / 2;
    let quietest = loudness::windows(&samples[half..MAX_SAMPLES], FRAME_SAMPLES)
        .enumerate()
        .min_by(|a, b| a.1.total_cmp(&b.1))
        .map_or(0, |(at, _)| at);
    half + quietest * FRAME_SAMPLES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_segment_is_cut_where_it_is_quietest() {
        let mut samples = vec![4000i16; MAX_SAMPLES + 4000];
        samples[100_000..100_320].fill(0);
        assert_eq!(quiet_cut(&samples), 100_000);
        assert_eq!(quiet_cut(&samples[..MAX_SAMPLES]), MAX_SAMPLES);
    }
}
