//! A valid file's [`Reading`](super::Reading) as bytes, so that a start need not validate ten thousand files again.
//!
//! `pen` (numbers, texts, lists) -> `menu`, `parts` (the restaurant) -> `reading`. What is unpacked goes through the same
//! seals as what is parsed; whoever keeps the bytes sees to it that they were packed by this very program.

mod menu;
mod parts;
mod pen;
mod reading;

pub use reading::{pack, unpack};
