//! The length every frame announces, watched ahead of the WebSocket library, which judges a frame's size only once it
//! has collected all of it: whoever announced gigabytes could fill the memory with them.

use std::cell::Cell;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll};

use actix_web::error::PayloadError;
use actix_web::web::{Bytes, Payload};
use futures_util::{Stream, StreamExt as _};

/// Longest head of a frame: two bytes, a length of eight, a mask of four.
const LONGEST_HEAD: usize = 14;

/// The bytes of a socket, up to the first frame that announces too much. What comes behind is read and thrown away, so
/// that the other side can still be told why.
pub(super) struct Watched {
    payload: Payload,
    lengths: FrameLengths,
    swallowing: bool,
    too_large: Rc<Cell<bool>>,
}

impl Watched {
    /// Watches `payload` for frames above `most` bytes; `too_large` is set when the first begins.
    pub(super) fn new(payload: Payload, most: u64, too_large: Rc<Cell<bool>>) -> Self {
        Self {
            payload,
            lengths: FrameLengths::new(most),
            swallowing: false,
            too_large,
        }
    }
}

impl Stream for Watched {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        loop {
            let mut bytes = match self.payload.poll_next_unpin(context) {
                Poll::Ready(Some(Ok(bytes))) => bytes,
                other => return other,
            };
            if self.swallowing {
                continue;
            }
            let good = self.lengths.good(&bytes);
            if good < bytes.len() {
                self.swallowing = true;
                self.too_large.set(true);
                bytes.truncate(good);
            }
            if !bytes.is_empty() {
                return Poll::Ready(Some(Ok(bytes)));
            }
        }
    }
}

/// Walks from head to head. Pure.
struct FrameLengths {
    most: u64,
    /// What is known of the head being read.
    head: [u8; LONGEST_HEAD],
    known: usize,
    /// Bytes of the current frame's payload still to come.
    payload_left: u64,
}

impl FrameLengths {
    fn new(most: u64) -> Self {
        Self {
            most,
            head: [0; LONGEST_HEAD],
            known: 0,
            payload_left: 0,
        }
    }

    /// How many of `bytes` may be passed on: all, or those before the last byte of the first length above the bound.
    fn good(&mut self, bytes: &[u8]) -> usize {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if self.payload_left > 0 {
                let here = (bytes.len() - at) as u64;
                let skipped = self.payload_left.min(here);
                self.payload_left -= skipped;
                at += skipped as usize;
                continue;
            }
            self.head[self.known] = *byte;
            self.known += 1;
            let length = self.length();
            if length.is_some_and(|length| length > self.most) {
                return at;
            }
            if let Some(length) = length
                && self.known == self.head_size()
            {
                self.payload_left = length;
                self.known = 0;
            }
            at += 1;
        }
        at
    }

    /// The announced length, once the head has told it.
    fn length(&self) -> Option<u64> {
        let head = &self.head[..self.known];
        match head.get(1)? & 0x7f {
            126 => Some(u64::from(u16::from_be_bytes(
                head.get(2..4)?.try_into().ok()?,
            ))),
            127 => Some(u64::from_be_bytes(head.get(2..10)?.try_into().ok()?)),
            short => Some(u64::from(short)),
        }
    }

    /// Bytes of a head whose second byte is known.
    fn head_size(&self) -> usize {
        let length = match self.head[1] & 0x7f {
            126 => 2,
            127 => 8,
            _ => 0,
        };
        let mask = if self.head[1] & 0x80 == 0 { 0 } else { 4 };
        2 + length + mask
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn frame(masked: bool, payload: usize) -> Vec<u8> {
        let mask = if masked { 0x80 } else { 0 };
        let mut bytes = vec![0x81];
        match payload {
            0..126 => bytes.push(mask | payload as u8),
            126..65_536 => {
                bytes.push(mask | 126);
                bytes.extend((payload as u16).to_be_bytes());
            }
            _ => {
                bytes.push(mask | 127);
                bytes.extend((payload as u64).to_be_bytes());
            }
        }
        if masked {
            bytes.extend([0xff; 4]);
        }
        // Sound that would be a huge frame, were it taken for a head.
        bytes.resize(bytes.len() + payload, 0xff);
        bytes
    }

    proptest! {
        /// However the bytes are cut, everything before the first length above the bound is passed on, and no more.
        #[test]
        fn the_first_frame_above_the_bound_is_found(
            sizes in prop::collection::vec((any::<bool>(), 0usize..500), 0..8),
            masked: bool,
            above in 1001usize..100_000,
            cut in 1usize..50,
        ) {
            let mut bytes: Vec<u8> = sizes.iter().flat_map(|(masked, size)| frame(*masked, *size)).collect();
            let length_ends = bytes.len() + if above < 65_536 { 4 } else { 10 };
            bytes.extend(frame(masked, above));
            let mut lengths = FrameLengths::new(1000);
            let mut passed = 0;
            for piece in bytes.chunks(cut) {
                let good = lengths.good(piece);
                passed += good;
                if good < piece.len() {
                    break;
                }
            }
            prop_assert_eq!(passed, length_ends - 1);
        }

        #[test]
        fn frames_within_the_bound_pass_whole(sizes in prop::collection::vec((any::<bool>(), 0usize..1001), 0..8), cut in 1usize..50) {
            let bytes: Vec<u8> = sizes.iter().flat_map(|(masked, size)| frame(*masked, *size)).collect();
            let mut lengths = FrameLengths::new(1000);
            for piece in bytes.chunks(cut) {
                prop_assert_eq!(lengths.good(piece), piece.len());
            }
        }
    }
}
