//! Ears and mouth.
pub mod scripted;
