use proptest::prelude::*;

use super::*;

fn stream() -> CallerSound {
    CallerSound::new(VoiceDetector::Loudness)
}

fn ends(frames: &[ScoredFrame]) -> Vec<u64> {
    frames.iter().map(|frame| frame.end_ms).collect()
}

/// A frame like no other: what its samples are is told by its number.
fn frame(number: u64) -> [u8; FRAME_SAMPLES] {
    [(number % 100) as u8; FRAME_SAMPLES]
}

#[test]
fn bytes_of_any_length_become_frames_in_stream_time() {
    let mut sound = stream();
    assert_eq!(sound.push(&[0xff; 100], None, 0), vec![]);
    let frames = sound.push(&[0xff; 300], None, 0);
    assert_eq!(ends(&frames), vec![20, 40]);
    assert_eq!(sound.stretch(10, 40).len(), 240);
    let all = sound.stretch(10, 1_000);
    assert_eq!(all.len(), 320, "no further than what came");
}

#[test]
fn an_endless_stream_keeps_a_minute_at_most() {
    let mut sound = stream();
    for _ in 0..150 {
        sound.push(&[0x80; 4000], None, 0);
    }
    assert!(sound.samples.len() <= 480_000, "{}", sound.samples.len());
    assert_eq!(sound.stretch(74_000, 75_000).len(), 8000);
    assert_eq!(sound.stretch(0, 75_000).len(), 25 * 8000);
}

#[test]
fn what_was_lost_is_silence_of_the_same_length() {
    let mut sound = stream();
    sound.push(&frame(1), Some(0), 20);
    // A second is lost.
    let frames = sound.push(&frame(2), Some(1_020), 1_040);
    assert_eq!(frames.len(), 51);
    assert_eq!(frames.last().map(|frame| frame.end_ms), Some(1_040));
    assert!(frames[..50].iter().all(|frame| frame.voice == 0.0));
    assert!(sound.stretch(20, 1_020).iter().all(|&sample| sample == 0));
    assert_eq!(*sound.stretch(1_020, 1_040), *mulaw::decode(&frame(2)));
}

#[test]
fn a_stream_that_begins_late_is_counted_from_its_beginning() {
    let mut sound = stream();
    assert_eq!(ends(&sound.push(&frame(1), Some(60), 90)), [20, 40, 60, 80]);
}

#[test]
fn jitter_of_less_than_a_frame_is_no_gap() {
    let mut sound = stream();
    for (number, jitter) in [0, 3, 19, 0, 12].into_iter().enumerate() {
        let at = number as u64 * 20 + jitter;
        let frames = sound.push(&frame(1), Some(at), at);
        assert_eq!(ends(&frames), [(number as u64 + 1) * 20]);
    }
}

#[test]
fn timestamps_that_cannot_be_true_make_no_silence() {
    // Ahead of the call, for ever the same, starting anew: every message is a frame, and none is more.
    for timestamps in [
        [u64::MAX; 400],
        [7; 400],
        std::array::from_fn(|n| {
            if n < 60 {
                3_600_000 + n as u64 * 20
            } else {
                n as u64 * 20
            }
        }),
    ] {
        let mut sound = stream();
        let mut all = Vec::new();
        for (number, timestamp) in timestamps.into_iter().enumerate() {
            all.extend(sound.push(&frame(1), Some(timestamp), number as u64 * 20));
        }
        assert!((290..=400).contains(&all.len()), "{}", all.len());
    }
}

/// How frames come: which are lost, which come twice, and how far each is held up on its way.
fn deliveries() -> impl Strategy<Value = Vec<(u64, bool, bool, u64)>> {
    let one = (any::<u8>(), any::<u8>(), 0..12_u64);
    prop::collection::vec(one, 1..200).prop_map(|all| {
        let numbered = all.into_iter().enumerate();
        numbered
            .map(|(number, (lost, twice, held))| (number as u64, lost < 40, twice < 30, held))
            .collect()
    })
}

proptest! {
    #[test]
    fn frames_dropped_doubled_and_reordered_never_move_the_clock(frames in deliveries()) {
        let mut sent = Vec::new();
        for &(number, lost, twice, held) in &frames {
            if !lost {
                sent.push((number + held, number));
            }
            if !lost && twice {
                sent.push((number + held * 2, number));
            }
        }
        sent.sort();
        let mut sound = stream();
        let mut scored = Vec::new();
        for &(arrived, number) in &sent {
            scored.extend(sound.push(&frame(number), Some(number * 20), (arrived + 1) * 20));
        }
        let newest = sent.iter().map(|&(_, number)| number + 1).max().unwrap_or(0);
        let expected: Vec<u64> = (1..=newest).map(|n| n * 20).collect();
        prop_assert_eq!(ends(&scored), expected);
        for &(number, lost, ..) in frames.iter().filter(|frame| frame.0 < newest) {
            let heard = sound.stretch(number * 20, number * 20 + 20);
            let whole = mulaw::decode(&frame(number));
            let silence = vec![0; FRAME_SAMPLES];
            prop_assert_eq!(&*heard, if lost { &silence[..] } else { &whole[..] }, "frame {}", number);
        }
    }

    #[test]
    fn no_timestamp_makes_the_clock_go_back_or_outrun_the_call(
        pieces in prop::collection::vec((prop::option::of(any::<u64>()), 0..2_000_u64, 0..400_usize), 0..60)
    ) {
        let mut sound = stream();
        let (mut last, mut elapsed, mut received) = (0, 0, 0);
        for (timestamp, wait, length) in pieces {
            elapsed += wait;
            received += length as u64;
            // Both wild ones and some that may be true.
            let timestamp = timestamp.map(|t| if t % 2 == 0 { t } else { t % 100_000 });
            for frame in sound.push(&vec![0x12; length], timestamp, elapsed) {
                prop_assert_eq!(frame.end_ms, last + 20);
                last = frame.end_ms;
            }
            prop_assert!(last <= elapsed + 5_000 + received / 8 + 20, "{last} ms after {elapsed} ms");
        }
    }
}
