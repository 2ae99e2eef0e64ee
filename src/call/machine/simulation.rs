//! A telephone line in simulated time, for tests: a caller with a timetable, a recogniser that hears the words that
//! were over, a synthesiser, and Twilio's playback clock with its marks.

use std::collections::VecDeque;
use std::sync::Arc;

use super::*;
use crate::conversation::Request;

/// Words the caller says, spread evenly from `from` to `to` (ms of the call).
struct Spoken {
    from: u64,
    to: u64,
    words: Vec<String>,
}

/// What Twilio has queued.
enum Queued {
    Audio { ends: u64 },
    Mark { name: String },
}

pub(super) struct Line {
    pub machine: Machine,
    pub now: u64,
    /// Every effect with the time it came.
    pub log: Vec<(u64, Effect)>,
    pub recognise_ms: u64,
    pub synthesise_ms: u64,
    /// How long storing an order takes; `None`: it fails.
    pub commit_ms: Option<u64>,
    /// Twilio stops returning marks.
    pub marks_lost: bool,
    /// Frames stop coming.
    pub frames_lost: bool,
    /// What a language model was asked.
    pub asked: Vec<(ThoughtId, Request)>,
    spoken: Vec<Spoken>,
    due: Vec<(u64, MachineInput)>,
    queue: VecDeque<Queued>,
    clock_end: u64,
    orders: u32,
}

impl Line {
    pub fn new(machine: Machine) -> Self {
        let mut line = Self {
            machine,
            now: 0,
            log: Vec::new(),
            recognise_ms: 60,
            synthesise_ms: 100,
            commit_ms: Some(5),
            marks_lost: false,
            frames_lost: false,
            asked: Vec::new(),
            spoken: Vec::new(),
            due: Vec::new(),
            queue: VecDeque::new(),
            clock_end: 0,
            orders: 0,
        };
        line.give(MachineInput::Started);
        line
    }

    /// The caller will say `words` from `from` on, 250 ms a word; returns when the last word is over.
    pub fn say(&mut self, from: u64, words: &str) -> u64 {
        let words: Vec<String> = words.split_whitespace().map(str::to_owned).collect();
        let to = from + 250 * words.len() as u64;
        self.spoken.push(Spoken { from, to, words });
        to
    }

    /// The caller will make a sound that is no word.
    pub fn noise(&mut self, from: u64, to: u64) {
        self.spoken.push(Spoken {
            from,
            to,
            words: Vec::new(),
        });
    }

    pub fn give(&mut self, input: MachineInput) {
        let effects = self.machine.step(CallTime(self.now), input);
        for effect in effects {
            self.log.push((self.now, effect.clone()));
            self.execute(effect);
        }
    }

    fn execute(&mut self, effect: Effect) {
        match effect {
            Effect::Recognise {
                segment,
                from_ms,
                until_ms,
                ..
            } => {
                let words = self.heard(from_ms, until_ms);
                self.due.push((
                    self.now + self.recognise_ms,
                    MachineInput::Heard { segment, words },
                ));
            }
            Effect::Synthesise {
                sentence,
                speech_text,
                ..
            } => {
                let audio: Arc<[u8]> =
                    vec![0xff; speech_text.split_whitespace().count() * 2000].into();
                self.due.push((
                    self.now + self.synthesise_ms,
                    MachineInput::Spoken { sentence, audio },
                ));
            }
            Effect::Play { from, to, .. } => {
                self.clock_end = self.clock_end.max(self.now) + (to - from) as u64 / 8;
                self.queue.push_back(Queued::Audio {
                    ends: self.clock_end,
                });
            }
            Effect::Mark { name } => self.queue.push_back(Queued::Mark { name }),
            Effect::Clear => {
                self.clock_end = self.now;
                for queued in std::mem::take(&mut self.queue) {
                    if let Queued::Mark { name } = queued {
                        self.due.push((self.now, MachineInput::Mark { name }));
                    }
                }
            }
            Effect::Commit { .. } => {
                self.orders += 1;
                let input = match self.commit_ms {
                    Some(_) => MachineInput::Committed {
                        number: self.orders,
                    },
                    None => MachineInput::CommitFailed,
                };
                self.due
                    .push((self.now + self.commit_ms.unwrap_or(5), input));
            }
            Effect::Think { thought, request } => self.asked.push((thought, *request)),
            Effect::ForgetThought { .. }
            | Effect::ForgetSegment { .. }
            | Effect::ForgetSentence { .. }
            | Effect::Close { .. } => {}
        }
    }

    fn heard(&self, from_ms: u64, until_ms: u64) -> String {
        let mut heard = Vec::new();
        for spoken in &self.spoken {
            for (index, word) in spoken.words.iter().enumerate() {
                let ends = spoken.from + 250 * (index as u64 + 1);
                if ends > from_ms + 125 && ends <= until_ms {
                    heard.push(word.clone());
                }
            }
        }
        heard.join(" ")
    }

    /// Passes time in frames of 20 ms until `until`.
    pub fn run_until(&mut self, until: u64) {
        while self.now < until && self.machine.ending().is_none() {
            self.now += 20;
            let now = self.now;
            let (ready, later) = std::mem::take(&mut self.due)
                .into_iter()
                .partition(|(at, _)| *at <= now);
            self.due = later;
            let ready: Vec<(u64, MachineInput)> = ready;
            for (_, input) in ready {
                self.give(input);
            }
            self.play();
            if self.frames_lost {
                self.give(MachineInput::Tick);
            } else {
                let voice = self
                    .spoken
                    .iter()
                    .any(|spoken| spoken.from < now && now <= spoken.to);
                let voice = if voice { 0.9 } else { 0.05 };
                self.give(MachineInput::Frame {
                    end_ms: now,
                    frame_ms: 20,
                    voice,
                });
            }
        }
    }

    fn play(&mut self) {
        while let Some(queued) = self.queue.front() {
            if matches!(queued, Queued::Audio { ends } if *ends > self.now) {
                return;
            }
            if let Some(Queued::Mark { name }) = self.queue.pop_front()
                && !self.marks_lost
            {
                self.give(MachineInput::Mark { name });
            }
        }
    }

    /// Is our voice sounding at the caller's end?
    pub fn is_sounding(&self) -> bool {
        self.clock_end > self.now
    }

    /// Runs until nothing sounds, nothing is queued and nothing is due.
    pub fn run_until_quiet(&mut self) {
        loop {
            let until = self.now + 20;
            self.run_until(until);
            let waiting = self.due.iter().any(|(at, _)| *at > self.now);
            if (self.queue.is_empty() && !waiting && !self.is_sounding())
                || self.machine.ending().is_some()
            {
                return;
            }
        }
    }

    /// Times at which an effect of this kind came.
    pub fn times(&self, kind: impl Fn(&Effect) -> bool) -> Vec<u64> {
        self.log
            .iter()
            .filter(|(_, effect)| kind(effect))
            .map(|(at, _)| *at)
            .collect()
    }

    /// What the caller said, as the record has it.
    pub fn caller_lines(&self) -> Vec<String> {
        let lines = self.machine.transcript().into_iter();
        lines
            .filter(|line| line.who == crate::record::Speaker::Caller)
            .map(|line| line.text)
            .collect()
    }
}
