//! What the caller hears: the queue of sound and marks at Twilio's end, played by a clock of 8000 bytes a second.
//!
//! Pure: the time is a count of samples since the stream's `start`, passed in.

use std::collections::VecDeque;

use crate::audio::mulaw;

/// Queued sound beyond this is thrown away (Twilio: ten minutes, error 31931).
pub const LIMIT_BYTES: usize = 10 * 60 * 8000;

/// The queue. Marks lie between the bytes they were sent between.
#[derive(Debug, Default)]
pub struct Playback {
    queue: VecDeque<Queued>,
    /// Bytes of the first piece that were played already.
    played_of_first: usize,
    queued_bytes: usize,
    /// Samples since `start` up to which everything was played.
    position: u64,
}

#[derive(Debug)]
enum Queued {
    Sound(Vec<u8>),
    Mark(String),
}

impl Playback {
    /// Plays up to `until` (samples since `start`): appends every sample to `heard` (silence where nothing was queued) and
    /// returns the marks that were reached, in order. Time never runs backwards: an earlier `until` plays nothing.
    pub fn advance(&mut self, until: u64, heard: &mut Vec<u8>) -> Vec<String> {
        let mut marks = Vec::new();
        let mut room = usize::try_from(until.saturating_sub(self.position)).unwrap_or(0);
        self.position = self.position.max(until);
        loop {
            match self.queue.front_mut() {
                Some(Queued::Mark(name)) => {
                    marks.push(std::mem::take(name));
                    self.queue.pop_front();
                }
                Some(Queued::Sound(bytes)) if room > 0 => {
                    let rest = &bytes[self.played_of_first..];
                    let now = rest.len().min(room);
                    heard.extend_from_slice(&rest[..now]);
                    room -= now;
                    self.queued_bytes -= now;
                    self.played_of_first += now;
                    if self.played_of_first == bytes.len() {
                        self.queue.pop_front();
                        self.played_of_first = 0;
                    }
                }
                Some(Queued::Sound(_)) => break,
                None => {
                    heard.resize(heard.len() + room, mulaw::SILENCE);
                    break;
                }
            }
        }
        marks
    }

    /// Queues sound behind what is queued. False: the queue is full and the sound was thrown away.
    #[must_use]
    pub fn push(&mut self, sound: Vec<u8>) -> bool {
        if self.queued_bytes + sound.len() > LIMIT_BYTES {
            return false;
        }
        if !sound.is_empty() {
            self.queued_bytes += sound.len();
            self.queue.push_back(Queued::Sound(sound));
        }
        true
    }

    /// Queues a mark. `Some`: nothing was queued before it, so it comes back at once.
    #[must_use]
    pub fn mark(&mut self, name: String) -> Option<String> {
        if self.queue.is_empty() {
            return Some(name);
        }
        self.queue.push_back(Queued::Mark(name));
        None
    }

    /// Drops everything queued; returns the outstanding marks in order, and how many milliseconds were not played.
    pub fn clear(&mut self) -> (Vec<String>, u32) {
        let unplayed = self.unplayed_ms();
        let marks = self
            .queue
            .drain(..)
            .filter_map(|queued| match queued {
                Queued::Mark(name) => Some(name),
                Queued::Sound(_) => None,
            })
            .collect();
        self.played_of_first = 0;
        self.queued_bytes = 0;
        (marks, unplayed)
    }

    /// Milliseconds of sound waiting to be played.
    pub fn unplayed_ms(&self) -> u32 {
        u32::try_from(self.queued_bytes / 8).unwrap_or(u32::MAX)
    }

    /// Whether no sound is waiting.
    pub fn is_idle(&self) -> bool {
        self.queued_bytes == 0
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_mark_comes_back_when_the_sound_before_it_was_played() {
        let mut playback = Playback::default();
        let mut heard = Vec::new();
        assert!(playback.push(vec![1; 400]));
        assert_eq!(playback.mark("half".to_owned()), None);
        assert!(playback.push(vec![2; 400]));
        assert!(playback.advance(399, &mut heard).is_empty());
        assert_eq!(playback.advance(400, &mut heard), ["half"]);
        assert!(playback.advance(1000, &mut heard).is_empty());
        assert_eq!(heard.len(), 1000);
        assert_eq!(&heard[399..401], [1, 2]);
        assert_eq!(&heard[799..801], [2, mulaw::SILENCE]);
    }

    #[test]
    fn a_mark_with_nothing_before_it_comes_back_at_once() {
        let mut playback = Playback::default();
        assert_eq!(playback.mark("now".to_owned()).as_deref(), Some("now"));
        assert!(playback.push(vec![1; 8]));
        playback.advance(8, &mut Vec::new());
        assert_eq!(playback.mark("again".to_owned()).as_deref(), Some("again"));
    }

    #[test]
    fn clear_drops_the_queue_and_returns_every_outstanding_mark() {
        let mut playback = Playback::default();
        let mut heard = Vec::new();
        assert!(playback.push(vec![1; 1600]));
        assert_eq!(playback.mark("a".to_owned()), None);
        assert!(playback.push(vec![1; 800]));
        assert_eq!(playback.mark("b".to_owned()), None);
        playback.advance(800, &mut heard);
        assert_eq!(
            playback.clear(),
            (vec!["a".to_owned(), "b".to_owned()], 200)
        );
        playback.advance(900, &mut heard);
        assert_eq!(heard[800..], [mulaw::SILENCE; 100]);
        assert!(playback.is_idle());
    }

    #[test]
    fn sound_beyond_ten_minutes_is_thrown_away() {
        let mut playback = Playback::default();
        assert!(playback.push(vec![0; LIMIT_BYTES]));
        assert!(!playback.push(vec![0; 1]));
        assert_eq!(playback.unplayed_ms(), 600_000);
    }

    proptest! {
        /// Whatever is sent whenever, every byte and mark is heard once, in order, and the clock never slips.
        #[test]
        fn everything_is_played_once_and_in_order(steps in prop::collection::vec((0u64..400, 0usize..300), 1..60)) {
            let mut playback = Playback::default();
            let (mut heard, mut marks, mut now, mut sent) = (Vec::new(), Vec::new(), 0, Vec::new());
            for (index, (wait, length)) in steps.iter().enumerate() {
                now += wait;
                marks.extend(playback.advance(now, &mut heard));
                let sound = vec![(index % 100) as u8; *length];
                sent.extend_from_slice(&sound);
                prop_assert!(playback.push(sound));
                marks.extend(playback.mark(index.to_string()));
                prop_assert_eq!(heard.len() as u64, now);
            }
            marks.extend(playback.advance(now + 60 * 300, &mut heard));
            heard.retain(|byte| *byte != mulaw::SILENCE);
            prop_assert_eq!(heard, sent);
            let all: Vec<String> = (0..steps.len()).map(|i| i.to_string()).collect();
            prop_assert_eq!(marks, all);
        }
    }
}
