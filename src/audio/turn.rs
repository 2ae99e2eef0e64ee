//! Who is speaking: voice probabilities in, beginnings, pauses and resumptions out.
//!
//! Nothing here knows a menu. The waiter says how complete the words so far are ([`Completeness`]) and
//! [`TurnSettings::patience_ms`] turns that into the silence that ends the turn.

use std::ops::{Add, Sub};

/// Milliseconds since the media stream's `start`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CallTime(pub u64);

impl Add<u64> for CallTime {
    type Output = CallTime;
    fn add(self, ms: u64) -> CallTime {
        CallTime(self.0 + ms)
    }
}

impl Sub for CallTime {
    type Output = u64;
    /// Milliseconds from `earlier`; 0 when `earlier` is later.
    fn sub(self, earlier: CallTime) -> u64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// How finished an utterance sounds, from its meaning so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Completeness {
    /// A closed question (yes/no, size, number) is open and these words answer it.
    Answer,
    /// A complete order or request.
    Order,
    /// Could go on.
    Open,
    /// Clearly unfinished ("and a large..."), spelling, digits.
    Dangling,
}

/// The lengths, in milliseconds, by which turns are taken.
#[derive(Clone, Debug, PartialEq)]
pub struct TurnSettings {
    /// Probability from which a frame counts as voice.
    pub voice_threshold: f32,
    /// Voice needed to begin while we are silent ("two", "no", "yep" count).
    pub start_ms: u64,
    /// Voice needed to begin while we speak.
    pub barge_in_ms: u64,
    /// Silence after which the utterance so far is recognised speculatively.
    pub pause_ms: u64,
    /// Sound kept from before the beginning, so that no first consonant is lost.
    pub pre_roll_ms: u64,
    /// Silence that ends a turn, by completeness.
    pub answer_ms: u64,
    pub order_ms: u64,
    pub open_ms: u64,
    pub dangling_ms: u64,
    /// Voice after which an utterance spoken over us is decoded once to judge it.
    pub judge_ms: u64,
    /// During the read-back: voice after which we stop even if nothing was decoded yet.
    pub read_back_limit_ms: u64,
}

impl Default for TurnSettings {
    fn default() -> Self {
        Self {
            voice_threshold: 0.5,
            start_ms: 48,
            barge_in_ms: 250,
            pause_ms: 200,
            pre_roll_ms: 300,
            answer_ms: 280,
            order_ms: 450,
            open_ms: 700,
            dangling_ms: 2500,
            judge_ms: 500,
            read_back_limit_ms: 900,
        }
    }
}

impl TurnSettings {
    /// The silence that ends a turn whose words are this complete.
    pub fn patience_ms(&self, completeness: Completeness) -> u64 {
        match completeness {
            Completeness::Answer => self.answer_ms,
            Completeness::Order => self.order_ms,
            Completeness::Open => self.open_ms,
            Completeness::Dangling => self.dangling_ms,
        }
    }
}

/// What a frame changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnEvent {
    /// Somebody speaks; the utterance's sound begins at `from_ms` of the caller's stream (pre-roll included).
    Started { from_ms: u64 },
    /// Nobody has spoken for `pause_ms`; the utterance so far ends at `until_ms`.
    Paused { until_ms: u64 },
    /// The caller went on after a pause.
    Resumed,
}

/// Follows one caller's stream, frame by frame.
#[derive(Clone, Debug)]
pub struct TurnTaker {
    settings: TurnSettings,
    state: State,
}

#[derive(Clone, Debug, PartialEq)]
enum State {
    /// Nobody speaks; `run_ms` of voice gathered since `began_ms`, leaking away in silence.
    Quiet { run_ms: u64, began_ms: u64 },
    /// Somebody speaks or pauses; `again_ms` of voice gathered since the pause.
    Voice {
        began_ms: u64,
        last_voice_ms: u64,
        now_ms: u64,
        paused: bool,
        again_ms: u64,
    },
}

const QUIET: State = State::Quiet {
    run_ms: 0,
    began_ms: 0,
};
/// A single frame of voice in a pause is a click, two are speech.
const RESUME_MS: u64 = 40;

impl TurnTaker {
    /// Starts in silence.
    pub fn new(settings: TurnSettings) -> Self {
        Self {
            settings,
            state: QUIET,
        }
    }

    /// The lengths in use.
    pub fn settings(&self) -> &TurnSettings {
        &self.settings
    }

    /// Takes the frame that ends at `end_ms` of the caller's stream and lasted `frame_ms`. `we_speak`: our own voice is
    /// sounding, so more of the caller's is needed before it counts.
    pub fn push(
        &mut self,
        end_ms: u64,
        frame_ms: u64,
        probability: f32,
        we_speak: bool,
    ) -> Option<TurnEvent> {
        let voice = probability >= self.settings.voice_threshold;
        match &mut self.state {
            State::Quiet { run_ms, began_ms } => {
                if !voice {
                    // At half speed, for words have holes: "like" is silent before its k.
                    *run_ms = run_ms.saturating_sub(frame_ms / 2);
                    return None;
                }
                if *run_ms == 0 {
                    *began_ms = end_ms.saturating_sub(frame_ms);
                }
                *run_ms += frame_ms;
                let needed = if we_speak {
                    self.settings.barge_in_ms
                } else {
                    self.settings.start_ms
                };
                if *run_ms < needed {
                    return None;
                }
                let began_ms = *began_ms;
                self.state = State::Voice {
                    began_ms,
                    last_voice_ms: end_ms,
                    now_ms: end_ms,
                    paused: false,
                    again_ms: 0,
                };
                Some(TurnEvent::Started {
                    from_ms: began_ms.saturating_sub(self.settings.pre_roll_ms),
                })
            }
            State::Voice {
                last_voice_ms,
                now_ms,
                paused,
                again_ms,
                ..
            } => {
                *now_ms = end_ms;
                if voice && *paused {
                    *again_ms += frame_ms;
                    if *again_ms < RESUME_MS {
                        return None;
                    }
                    (*last_voice_ms, *paused, *again_ms) = (end_ms, false, 0);
                    return Some(TurnEvent::Resumed);
                }
                *again_ms = 0;
                if voice {
                    *last_voice_ms = end_ms;
                } else if !*paused
                    && end_ms.saturating_sub(*last_voice_ms) >= self.settings.pause_ms
                {
                    *paused = true;
                    return Some(TurnEvent::Paused { until_ms: end_ms });
                }
                None
            }
        }
    }

    /// Ends the utterance: its words were taken, or it was noise.
    pub fn finish(&mut self) {
        self.state = QUIET;
    }

    /// Is an utterance under way (speaking or pausing)?
    pub fn is_open(&self) -> bool {
        matches!(self.state, State::Voice { .. })
    }

    /// Is the caller's voice sounding, as far as 200 ms of silence can tell?
    pub fn is_voiced(&self) -> bool {
        matches!(self.state, State::Voice { paused: false, .. })
    }

    /// Stream time at which the voice began, without pre-roll.
    pub fn began_ms(&self) -> Option<u64> {
        match self.state {
            State::Voice { began_ms, .. } => Some(began_ms),
            State::Quiet { .. } => None,
        }
    }

    /// From the first voice to the last, milliseconds.
    pub fn voice_ms(&self) -> u64 {
        match self.state {
            State::Voice {
                began_ms,
                last_voice_ms,
                ..
            } => last_voice_ms.saturating_sub(began_ms),
            State::Quiet { .. } => 0,
        }
    }

    /// Silence since the last voice of this utterance, milliseconds.
    pub fn silence_ms(&self) -> u64 {
        match self.state {
            State::Voice {
                last_voice_ms,
                now_ms,
                ..
            } => now_ms.saturating_sub(last_voice_ms),
            State::Quiet { .. } => 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Plays `(milliseconds, voice)` stretches in 20 ms frames; returns events with the time they came.
    fn play(
        taker: &mut TurnTaker,
        from: u64,
        stretches: &[(u64, bool)],
        we_speak: bool,
    ) -> Vec<(u64, TurnEvent)> {
        let mut at = from;
        let mut events = Vec::new();
        for &(length, voice) in stretches {
            for _ in 0..length / 20 {
                at += 20;
                if let Some(event) = taker.push(at, 20, if voice { 0.9 } else { 0.1 }, we_speak) {
                    events.push((at, event));
                }
            }
        }
        events
    }

    #[test]
    fn a_short_word_begins_a_turn_while_we_are_silent() {
        let mut taker = TurnTaker::new(TurnSettings::default());
        let events = play(&mut taker, 1000, &[(100, true), (200, false)], false);
        assert_eq!(events[0], (1060, TurnEvent::Started { from_ms: 700 }));
        assert_eq!(events[1], (1300, TurnEvent::Paused { until_ms: 1300 }));
        assert_eq!(taker.silence_ms(), 200);
    }

    #[test]
    fn a_click_begins_nothing() {
        let mut taker = TurnTaker::new(TurnSettings::default());
        assert_eq!(
            play(
                &mut taker,
                0,
                &[(40, true), (200, false), (40, true), (200, false)],
                false
            ),
            vec![]
        );
    }

    #[test]
    fn while_we_speak_a_quarter_of_a_second_is_needed() {
        let mut taker = TurnTaker::new(TurnSettings::default());
        let events = play(&mut taker, 0, &[(240, true)], true);
        assert_eq!(events, vec![]);
        let events = play(&mut taker, 240, &[(20, true)], true);
        assert_eq!(events, vec![(260, TurnEvent::Started { from_ms: 0 })]);
    }

    #[test]
    fn a_caller_who_goes_on_after_a_pause_resumes_the_same_turn() {
        let mut taker = TurnTaker::new(TurnSettings::default());
        let events = play(
            &mut taker,
            0,
            &[(300, true), (240, false), (300, true), (200, false)],
            false,
        );
        let kinds: Vec<_> = events.iter().map(|(_, event)| *event).collect();
        assert_eq!(
            kinds,
            vec![
                TurnEvent::Started { from_ms: 0 },
                TurnEvent::Paused { until_ms: 500 },
                TurnEvent::Resumed,
                TurnEvent::Paused { until_ms: 1040 },
            ]
        );
        assert_eq!(taker.voice_ms(), 840);
        taker.finish();
        assert!(!taker.is_open());
    }

    #[test]
    fn patience_grows_with_what_is_missing() {
        let settings = TurnSettings::default();
        let lengths = [
            Completeness::Answer,
            Completeness::Order,
            Completeness::Open,
            Completeness::Dangling,
        ]
        .map(|completeness| settings.patience_ms(completeness));
        assert_eq!(lengths, [280, 450, 700, 2500]);
    }

    proptest! {
        #[test]
        fn events_alternate_whatever_is_heard(frames in prop::collection::vec((0.0f32..1.0, any::<bool>()), 0..400)) {
            let mut taker = TurnTaker::new(TurnSettings::default());
            let mut last = None;
            for (index, (probability, we_speak)) in frames.into_iter().enumerate() {
                let event = taker.push((index as u64 + 1) * 20, 20, probability, we_speak);
                match (last, event) {
                    (_, None) => continue,
                    (None, Some(TurnEvent::Started { .. }))
                    | (Some(TurnEvent::Started { .. } | TurnEvent::Resumed), Some(TurnEvent::Paused { .. }))
                    | (Some(TurnEvent::Paused { .. }), Some(TurnEvent::Resumed)) => last = event,
                    (before, now) => prop_assert!(false, "{now:?} after {before:?}"),
                }
            }
        }
    }
}
