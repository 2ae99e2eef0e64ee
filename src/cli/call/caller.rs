//! The caller: goes through the acts of a plan, 20 ms at a time.
//!
//! Pure: what the caller hears is passed in, what it sounds like is returned.

use std::collections::VecDeque;

use crate::audio::{FRAME_SAMPLES, SAMPLES_PER_MS, mulaw};

use super::ear::Utterance;
use super::plan::{Act, Clip, Cue, Timing};

/// Between two keys, in samples.
const KEY_GAP: u64 = 200 * SAMPLES_PER_MS as u64;

/// What the caller hears at the beginning of a frame.
#[derive(Clone, Copy, Debug, Default)]
pub struct Hearing {
    /// The agent's latest utterance.
    pub agent: Option<Utterance>,
    /// No more of the agent's sound is queued.
    pub queue_empty: bool,
}

/// What the caller did in a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Did {
    /// Began to say this.
    Began(Clip),
    /// Said it all.
    Finished(Clip),
    /// Pressed a key.
    Pressed(char),
    /// Put the receiver down: nothing follows.
    HungUp(Why),
}

/// Why the caller hung up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// The plan said so.
    Planned,
    /// All was said and the line stayed quiet.
    NothingHeard,
    /// The longest a call may take.
    TooLong,
}

/// The caller's state.
#[derive(Debug)]
pub struct Caller {
    acts: VecDeque<Act>,
    timing: Timing,
    speaking: Option<(Clip, usize)>,
    keys: VecDeque<char>,
    next_key_at: u64,
    background: Option<(Clip, usize)>,
    /// Samples since `start` at which the last act ended: what the agent says afterwards is its answer.
    since: u64,
    hung_up: bool,
}

impl Caller {
    /// A caller about to do `acts`.
    pub fn new(acts: Vec<Act>, timing: Timing) -> Self {
        Caller {
            acts: acts.into(),
            timing,
            speaking: None,
            keys: VecDeque::new(),
            next_key_at: 0,
            background: None,
            since: 0,
            hung_up: false,
        }
    }

    /// The caller will do this too, after everything else.
    pub fn add(&mut self, act: Act) {
        self.acts.push_back(act);
    }

    /// The line was opened anew (a second stream of the same call): what was heard before no longer counts.
    pub fn reconnected(&mut self, now: u64) {
        self.since = now;
    }

    /// The caller's sound from `now` (samples since `start`) on, 20 ms of it, and what it did.
    pub fn frame(
        &mut self,
        now: u64,
        hearing: Hearing,
        sound: &mut [u8; FRAME_SAMPLES],
    ) -> Vec<Did> {
        let mut did = Vec::new();
        sound.fill(mulaw::SILENCE);
        if self.hung_up {
            return did;
        }
        self.start_acts(now, hearing, &mut did);
        if let Some(key) = self.keys.front().copied()
            && now >= self.next_key_at
        {
            self.keys.pop_front();
            self.next_key_at = now + KEY_GAP;
            self.since = now;
            did.push(Did::Pressed(key));
        }
        self.fill(sound);
        if let Some((clip, at)) = &self.speaking
            && *at >= clip.sound.len()
        {
            did.push(Did::Finished(clip.clone()));
            self.speaking = None;
            self.since = now + FRAME_SAMPLES as u64;
        }
        did
    }

    /// Begins every act whose time has come; stops at the first that takes time.
    fn start_acts(&mut self, now: u64, hearing: Hearing, did: &mut Vec<Did>) {
        let busy = |caller: &Self| caller.speaking.is_some() || !caller.keys.is_empty();
        if now >= samples(self.timing.longest_ms) {
            return self.hang_up(Why::TooLong, did);
        }
        while !busy(self) {
            let Some(act) = self.acts.front() else {
                let quiet_since = hearing.agent.map_or(0, |a| a.to).max(self.since);
                if hearing.queue_empty && now >= quiet_since + samples(self.timing.linger_ms) {
                    self.hang_up(Why::NothingHeard, did);
                }
                return;
            };
            let ready = match act {
                Act::Speak { cue, .. } | Act::Press { cue, .. } => self.cue(*cue, now, hearing),
                Act::Silence => self.cue(Cue::AgentDone, now, hearing),
                Act::Pause { ms } => now >= self.since + samples(*ms),
                Act::Background { .. } | Act::HangUp => true,
            };
            if !ready {
                return;
            }
            match self.acts.pop_front() {
                Some(Act::Speak { clip, .. }) => {
                    did.push(Did::Began(clip.clone()));
                    self.speaking = Some((clip, 0));
                }
                Some(Act::Press { keys, .. }) => self.keys = keys.chars().collect(),
                Some(Act::Background { clip }) => {
                    self.background = Some((clip, 0)).filter(|(clip, _)| !clip.sound.is_empty());
                }
                Some(Act::Silence | Act::Pause { .. }) => self.since = now,
                Some(Act::HangUp) => return self.hang_up(Why::Planned, did),
                None => return,
            }
        }
    }

    fn cue(&self, cue: Cue, now: u64, hearing: Hearing) -> bool {
        // Sound that began before the last act ended and went on after it is an answer as well.
        let answer = hearing.agent.filter(|agent| agent.to > self.since);
        let impatient = now >= self.since + samples(self.timing.patience_ms);
        match (cue, answer) {
            (Cue::Now, _) => true,
            (Cue::AgentDone, Some(agent)) => {
                hearing.queue_empty && now >= agent.to + samples(self.timing.reaction_ms)
            }
            (Cue::AgentSpeaking { after_ms }, Some(agent)) => {
                now >= agent.from.max(self.since) + samples(after_ms)
            }
            (_, None) => impatient && hearing.queue_empty,
        }
    }

    fn hang_up(&mut self, why: Why, did: &mut Vec<Did>) {
        self.hung_up = true;
        did.push(Did::HungUp(why));
    }

    fn fill(&mut self, sound: &mut [u8; FRAME_SAMPLES]) {
        if let Some((clip, at)) = &mut self.speaking {
            let rest = &clip.sound[(*at).min(clip.sound.len())..];
            let now = rest.len().min(FRAME_SAMPLES);
            sound[..now].copy_from_slice(&rest[..now]);
            *at += FRAME_SAMPLES;
        }
        if let Some((clip, at)) = &mut self.background {
            for byte in sound.iter_mut() {
                let below = mulaw::decode_sample(clip.sound[*at]);
                *byte = mulaw::encode_sample(mulaw::decode_sample(*byte).saturating_add(below));
                *at = (*at + 1) % clip.sound.len();
            }
        }
    }
}

/// Milliseconds as samples.
fn samples(ms: u32) -> u64 {
    u64::from(ms) * SAMPLES_PER_MS as u64
}

#[cfg(test)]
#[path = "caller_tests.rs"]
mod tests;
