//! How long the agent took to answer, measured on what was heard: from the caller's last sound to the agent's first,
//! both at -40 dBFS over 10 ms, at the playing end.

use serde::Serialize;

use super::ear::{Utterance, WINDOW, is_sound};

/// One utterance of the caller and what came back. All times in ms since the first `start`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Turn {
    /// What the caller said.
    pub text: String,
    /// The caller's first and last sound.
    pub began_ms: u64,
    pub ended_ms: u64,
    /// The agent's first sound after it; `None` when the agent said nothing before the caller spoke again or the call
    /// ended.
    pub answered_ms: Option<u64>,
    /// `answered_ms - ended_ms`.
    pub latency_ms: Option<u64>,
    /// The caller spoke into the agent's sentence: how long until the agent was silent, from the caller's first sound.
    pub silenced_after_ms: Option<u64>,
}

/// What the caller said and where: positions in samples.
#[derive(Clone, Debug)]
pub struct Spoken {
    pub text: String,
    pub at: Utterance,
}

/// Quiet that makes a new sound a new sentence, in windows (200 ms).
const PAUSE: usize = 20;

/// Measures every turn of the call; `heard` is the agent's track.
pub fn measure(spoken: &[Spoken], heard: &[u8]) -> Vec<Turn> {
    let sounding: Vec<bool> = heard.chunks_exact(WINDOW).map(is_sound).collect();
    spoken
        .iter()
        .enumerate()
        .map(|(index, one)| {
            let until = spoken
                .get(index + 1)
                .map_or(heard.len() as u64, |n| n.at.from);
            turn(one, until, &sounding)
        })
        .collect()
}

/// The caller's first and last sound inside a clip that begins at `from`.
pub fn sounding_part(from: u64, sound: &[u8]) -> Utterance {
    let windows: Vec<bool> = sound.chunks(WINDOW).map(is_sound).collect();
    let first = windows.iter().position(|s| *s).unwrap_or(0);
    let last = windows.iter().rposition(|s| *s).unwrap_or(windows.len());
    Utterance {
        from: from + (first * WINDOW) as u64,
        to: from + ((last + 1) * WINDOW).min(sound.len()) as u64,
    }
}

fn turn(spoken: &Spoken, until: u64, sounding: &[bool]) -> Turn {
    let window = |sample: u64| (sample as usize / WINDOW).min(sounding.len());
    let (from, to, until) = (window(spoken.at.from), window(spoken.at.to), window(until));
    // Was the agent speaking when the caller began, or just before?
    let cut_in = sounding[from.saturating_sub(PAUSE)..from]
        .iter()
        .any(|s| *s)
        && sounding[from..until.max(from)]
            .iter()
            .take(PAUSE)
            .any(|s| *s);
    let silent_from = cut_in.then(|| quiet_from(sounding, from, until)).flatten();
    let search_from = match (cut_in, silent_from) {
        (false, _) => to,
        (true, Some(silent)) => silent.max(to),
        // Never silenced: there is no answer to tell from the sentence it talked over.
        (true, None) => until,
    };
    let answered = (search_from..until).find(|w| sounding[*w]);
    let ms = |w: usize| (w * 10) as u64;
    let ended_ms = spoken.at.to / 8;
    let answered_ms = answered.map(ms);
    Turn {
        text: spoken.text.clone(),
        began_ms: spoken.at.from / 8,
        ended_ms,
        answered_ms,
        latency_ms: answered_ms.map(|a| a.saturating_sub(ended_ms)),
        silenced_after_ms: silent_from.map(|w| ms(w).saturating_sub(spoken.at.from / 8)),
    }
}

/// The first window at or after `from` that begins a pause.
fn quiet_from(sounding: &[bool], from: usize, until: usize) -> Option<usize> {
    (from..until).find(|start| {
        sounding[*start..(start + PAUSE).min(sounding.len())]
            .iter()
            .all(|s| !s)
    })
}

/// The value below which `percent` of the (sorted) values lie; `None` of nothing.
pub fn percentile(sorted: &[u64], percent: usize) -> Option<u64> {
    let rank = (sorted.len() * percent).div_ceil(100).max(1);
    sorted.get(rank - 1).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audio::mulaw;

    fn track(spans_ms: &[(usize, usize)], length_ms: usize) -> Vec<u8> {
        let mut track = vec![mulaw::SILENCE; length_ms * 8];
        for (from, to) in spans_ms {
            for (n, byte) in track[from * 8..to * 8].iter_mut().enumerate() {
                *byte = mulaw::encode_sample(if n % 2 == 0 { 6000 } else { -6000 });
            }
        }
        track
    }

    fn spoken(from_ms: u64, to_ms: u64) -> Spoken {
        Spoken {
            text: "x".to_owned(),
            at: Utterance {
                from: from_ms * 8,
                to: to_ms * 8,
            },
        }
    }

    #[test]
    fn latency_runs_from_the_callers_last_sound_to_the_agents_first() {
        let heard = track(&[(0, 1000), (2600, 3000), (6000, 6500)], 7000);
        let turns = measure(&[spoken(1500, 2000), spoken(4000, 5000)], &heard);
        assert_eq!(turns[0].latency_ms, Some(600));
        assert_eq!(turns[1].latency_ms, Some(1000));
        assert_eq!(turns[0].silenced_after_ms, None);
    }

    #[test]
    fn a_turn_without_an_answer_has_no_latency() {
        let heard = track(&[(0, 1000), (6000, 6500)], 7000);
        let turns = measure(&[spoken(1500, 2000), spoken(4000, 5000)], &heard);
        assert_eq!(turns[0].latency_ms, None);
        assert_eq!(turns[1].latency_ms, Some(1000));
    }

    #[test]
    fn cutting_in_measures_how_soon_the_agent_falls_silent() {
        let heard = track(&[(0, 2300), (3500, 4000)], 5000);
        let turns = measure(&[spoken(2000, 3000)], &heard);
        assert_eq!(turns[0].silenced_after_ms, Some(300));
        assert_eq!(turns[0].latency_ms, Some(500));
    }

    #[test]
    fn an_agent_that_talks_on_did_not_answer() {
        let heard = track(&[(0, 5000)], 5000);
        let turns = measure(&[spoken(2000, 3000)], &heard);
        assert_eq!(
            (turns[0].silenced_after_ms, turns[0].latency_ms),
            (None, None)
        );
    }

    #[test]
    fn quiet_around_a_clip_is_not_the_callers_sound() {
        let clip = track(&[(100, 300)], 500);
        let at = sounding_part(8000, &clip);
        assert_eq!((at.from, at.to), (8800, 8000 + 2400));
    }

    #[test]
    fn percentiles_are_values_that_occurred() {
        let sorted = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
        assert_eq!(percentile(&sorted, 50), Some(5));
        assert_eq!(percentile(&sorted, 95), Some(10));
        assert_eq!(percentile(&[7], 50), Some(7));
        assert_eq!(percentile(&[], 50), None);
    }
}
