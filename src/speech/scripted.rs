//! Speech for tests: the words are written into the sound as bits and read back exactly.
//!
//! Each word is one packet, a bit per sample, as mu-law's loudest positive and negative values (they survive mu-law
//! unchanged): sync word, repetition count, length, UTF-8 bytes, checksum. A packet is repeated until the word has
//! lasted as long as it would take to say, so sound takes time, is loud throughout, and a listener who joins late or
//! is cut off early gets the words that were whole, as with a voice. Silence, noise and cut packets are skipped.

use crate::audio::FRAME_SAMPLES;

/// Marks the start of a packet; chosen to be far from its own shifts and from alternating filler.
const SYNC: u32 = 0xF0A5_3C96;
const ONE: u8 = 0x80;
const ZERO: u8 = 0x00;
/// Samples quieter than this carry no bit.
const QUIETEST: i16 = 16_000;
/// Time a character takes, samples: 60 ms, a brisk talker.
const SAMPLES_PER_CHAR: usize = 480;
/// Longest word, bytes (the length field is one byte).
const MAX_WORD_BYTES: usize = 255;

/// Text as mu-law at 8 kHz, whole frames. Words are kept exactly; the space between them becomes one space.
#[must_use]
pub fn encode(text: &str) -> Vec<u8> {
    let mut sound = Vec::new();
    for word in text.split_whitespace() {
        let until = sound.len() + (word.chars().count() + 1) * SAMPLES_PER_CHAR;
        let mut repeat = 0u8;
        // A word longer than the field is cut at a character.
        let word = &word[..word.floor_char_boundary(MAX_WORD_BYTES)];
        while sound.len() < until || repeat == 0 {
            write_packet(&mut sound, repeat, word);
            // Never back to 0, which would begin the same word anew.
            repeat = repeat.checked_add(1).unwrap_or(1);
        }
    }
    while !sound.len().is_multiple_of(FRAME_SAMPLES) {
        sound.push(if sound.len().is_multiple_of(2) {
            ONE
        } else {
            ZERO
        });
    }
    sound
}

/// The words in a signal, in order, with single spaces; `None` when there are none.
#[must_use]
pub fn decode(samples: &[i16]) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last: Option<(u8, String)> = None;
    let mut window = 0u32;
    let mut at = 0;
    while at < samples.len() {
        window = match bit(samples[at]) {
            Some(bit) => (window << 1) | u32::from(bit),
            None => 0,
        };
        at += 1;
        if window != SYNC {
            continue;
        }
        let Some((repeat, word, length)) = read_packet(&samples[at..]) else {
            continue;
        };
        at += length;
        window = 0;
        // The same word goes on as long as its count rises; a fresh count is the word said again.
        let again = last.as_ref().is_some_and(|(before, same)| {
            *same == word && (repeat > *before || (*before == u8::MAX && repeat == 1))
        });
        if !again {
            words.push(word.clone());
        }
        last = Some((repeat, word));
    }
    (!words.is_empty()).then(|| words.join(" "))
}

fn bit(sample: i16) -> Option<bool> {
    (sample.unsigned_abs() >= QUIETEST.unsigned_abs()).then_some(sample > 0)
}

fn write_packet(sound: &mut Vec<u8>, repeat: u8, word: &str) {
    let mut bytes = vec![repeat, word.len() as u8];
    bytes.extend(word.as_bytes());
    bytes.extend(checksum(&bytes).to_be_bytes());
    for byte in SYNC.to_be_bytes().into_iter().chain(bytes) {
        sound.extend(
            (0..8)
                .rev()
                .map(|place| if byte >> place & 1 == 1 { ONE } else { ZERO }),
        );
    }
}

/// What follows a sync word: repetition, word, and how many samples that took.
fn read_packet(samples: &[i16]) -> Option<(u8, String, usize)> {
    let byte = |index: usize| -> Option<u8> {
        let bits = samples.get(index * 8..index * 8 + 8)?;
        bits.iter().try_fold(0u8, |byte, &sample| {
            Some(byte << 1 | u8::from(bit(sample)?))
        })
    };
    let length = usize::from(byte(1)?);
    let bytes: Vec<u8> = (0..length + 4).map(byte).collect::<Option<_>>()?;
    let (content, sum) = bytes.split_at(length + 2);
    if checksum(content).to_be_bytes() != sum {
        return None;
    }
    let word = String::from_utf8(content[2..].to_vec()).ok()?;
    Some((content[0], word, bytes.len() * 8))
}

/// CRC-16/XMODEM.
fn checksum(bytes: &[u8]) -> u16 {
    bytes.iter().fold(0u16, |sum, &byte| {
        (0..8).fold(sum ^ u16::from(byte) << 8, |sum, _| {
            if sum & 0x8000 == 0 {
                sum << 1
            } else {
                sum << 1 ^ 0x1021
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::{VoiceDetector, mulaw};
    use proptest::prelude::*;

    fn spoken(text: &str) -> Vec<i16> {
        mulaw::decode(&encode(text))
    }

    #[test]
    fn words_come_through_mulaw_exactly() {
        let text = "Two large café lattes, please — that's $23.80!";
        assert_eq!(decode(&spoken(text)).as_deref(), Some(text));
    }

    #[test]
    fn speech_takes_about_as_long_as_speech_and_is_loud_throughout() {
        let sound = spoken("Welcome to Luna Taqueria. What would you like to order?");
        assert!(
            (3_000..4_500).contains(&(sound.len() / 8)),
            "{} ms",
            sound.len() / 8
        );
        let (frames, rest) = sound.as_chunks::<FRAME_SAMPLES>();
        assert!(rest.is_empty());
        let mut detector = VoiceDetector::Loudness;
        assert!(frames.iter().all(|frame| detector.push(frame) > 0.5));
    }

    #[test]
    fn silence_and_noise_say_nothing() {
        assert_eq!(decode(&[0; 4000]), None);
        let hiss: Vec<i16> = (0..8000u32)
            .map(|n| (n.wrapping_mul(2_654_435_761) >> 16) as i16)
            .collect();
        assert_eq!(decode(&hiss), None);
        assert_eq!(decode(&[]), None);
    }

    #[test]
    fn utterances_in_one_segment_join_even_when_they_are_the_same() {
        let mut segment = vec![0; 999];
        segment.extend(spoken("yes"));
        segment.extend([0; 777]);
        segment.extend(spoken("yes"));
        segment.extend(spoken("two tacos"));
        assert_eq!(decode(&segment).as_deref(), Some("yes yes two tacos"));
    }

    #[test]
    fn a_listener_cut_off_early_has_the_words_so_far() {
        let sound = spoken("two large pepperoni pizzas");
        let heard = decode(&sound[..sound.len() / 2]).expect("half of it is there");
        assert!(
            "two large pepperoni pizzas".starts_with(&heard) && !heard.is_empty(),
            "{heard}"
        );
    }

    #[test]
    fn a_late_start_loses_no_word_of_any_length() {
        let sound = spoken("two large");
        assert_eq!(decode(&sound[300..]).as_deref(), Some("two large"));
    }

    proptest! {
        #[test]
        fn any_words_survive_any_silence_around_them(
            words in proptest::collection::vec("[^\\s\u{0}]{1,20}", 1..8),
            before in 0usize..3000, after in 0usize..3000,
        ) {
            let text = words.iter().flat_map(|w| w.split_whitespace()).collect::<Vec<_>>().join(" ");
            prop_assume!(!text.is_empty());
            let mut segment = vec![0; before];
            segment.extend(spoken(&text));
            segment.extend(vec![0; after]);
            prop_assert_eq!(decode(&segment), Some(text));
        }
    }
}
