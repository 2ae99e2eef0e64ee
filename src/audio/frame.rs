//! The line's clock: 8000 samples a second, cut into frames of 20 ms.

/// Samples a second on the telephone line.
pub const SAMPLE_RATE: u32 = 8_000;
/// Samples in a millisecond of the line.
pub const SAMPLES_PER_MS: usize = 8;
/// Length of a frame, ms: what Twilio sends in one message.
pub const FRAME_MS: u64 = 20;
/// Samples in a frame.
pub const FRAME_SAMPLES: usize = 160;

/// Cuts a stream that arrives in pieces of any length into whole frames, keeping the rest for the next piece.
#[derive(Clone, Debug, Default)]
pub struct Framer {
    rest: Vec<i16>,
}

impl Framer {
    /// An empty framer.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Hands every frame that `samples` completes to `each`, in order.
    pub fn push(&mut self, samples: &[i16], mut each: impl FnMut(&[i16; FRAME_SAMPLES])) {
        let mut samples = samples;
        if !self.rest.is_empty() {
            let missing = (FRAME_SAMPLES - self.rest.len()).min(samples.len());
            let (head, tail) = samples.split_at(missing);
            self.rest.extend_from_slice(head);
            samples = tail;
            if let Ok(frame) = <&[i16; FRAME_SAMPLES]>::try_from(self.rest.as_slice()) {
                each(frame);
                self.rest.clear();
            }
        }
        let (frames, rest) = samples.as_chunks::<FRAME_SAMPLES>();
        frames.iter().for_each(each);
        self.rest.extend_from_slice(rest);
    }

    /// Samples waiting for the rest of their frame; fewer than [`FRAME_SAMPLES`].
    #[must_use]
    pub fn waiting(&self) -> &[i16] {
        &self.rest
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn pieces_of_any_length_give_the_same_frames(
            samples in proptest::collection::vec(any::<i16>(), 0..2000),
            cuts in proptest::collection::vec(0usize..400, 0..20),
        ) {
            let mut framer = Framer::new();
            let mut got = Vec::new();
            let mut left = samples.as_slice();
            for cut in cuts {
                let (piece, tail) = left.split_at(cut.min(left.len()));
                framer.push(piece, |frame| got.extend_from_slice(frame));
                left = tail;
            }
            framer.push(left, |frame| got.extend_from_slice(frame));
            prop_assert_eq!(got.len() % FRAME_SAMPLES, 0);
            prop_assert!(framer.waiting().len() < FRAME_SAMPLES);
            got.extend_from_slice(framer.waiting());
            prop_assert_eq!(got, samples);
        }
    }
}
