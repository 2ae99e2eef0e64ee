//! The embedded engines: neural models on ONNX Runtime, on a few threads of their own.
//!
//! `runtime` (the shared library, once per process) -> `moonshine` (samples -> words, with `tokens`) and `hibari`
//! (text -> `sentences` -> `pronunciation` -> spectrum -> `vocoder` -> samples) -> `workers` (who runs them, in which
//! order) behind `queue`. `finish` makes every voice equally loud and cuts the silence around it.

pub(super) mod finish;
pub(super) mod hibari;
pub(super) mod moonshine;
pub(super) mod pronunciation;
mod queue;
mod recognizer;
pub(super) mod runtime;
mod search;
pub(super) mod sentences;
mod tokens;
mod unknown_words;
mod vocoder;
mod workers;

pub(super) use recognizer::LocalRecognizer;
pub(super) use workers::{LocalModels, Urgency, Workers};
