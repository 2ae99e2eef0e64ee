//! The caller's utterance: begun, paused, gone on, judged, ended.
//!
//! At each pause the utterance so far is recognised and a copy of the waiter hears it; when the silence has lasted as
//! long as the meaning asks for, that copy and its reply are adopted. A caller who goes on has it thrown away.

use crate::audio::{Completeness, TurnEvent};
use crate::record::{Speaker, TranscriptLine, TurnTiming};

use super::protocol::{Effect, SegmentId};
use super::state::{Machine, Phase};
use super::utterance::{FirstSentence, LastTurn, OverUs, Prepared, Utterance};

impl Machine {
    pub(super) fn on_frame(&mut self, end_ms: u64, frame_ms: u64, voice: f32) {
        self.last_frame = self.now;
        if !self.listens() {
            return;
        }
        let we_speak = self.playout.is_sounding(self.now);
        match self.turn.push(end_ms, frame_ms, voice, we_speak) {
            Some(TurnEvent::Started { from_ms }) => self.begin_utterance(from_ms, end_ms),
            Some(TurnEvent::Paused { until_ms }) => self.recognise_so_far(until_ms),
            Some(TurnEvent::Resumed) => self.go_on(),
            None => {}
        }
        self.stream_ms = end_ms;
        self.judge_speech_over_us(end_ms);
        self.end_turn_if_patient(false);
    }

    /// A hand-off or a failure is not stopped by the caller's voice.
    fn listens(&self) -> bool {
        use crate::record::Ending;
        match self.phase {
            Phase::Ringing | Phase::Closed { .. } => false,
            Phase::Talking | Phase::Committing { .. } => true,
            Phase::Closing { ending, .. } => {
                matches!(
                    ending,
                    Ending::Confirmed | Ending::Cancelled | Ending::Silent | Ending::Message
                )
            }
        }
    }

    fn begin_utterance(&mut self, from_ms: u64, end_ms: u64) {
        let mut utterance = Utterance {
            from_ms,
            settled: String::new(),
            over_us: OverUs::No,
            joins: false,
            pending: None,
            judge: None,
            judged: false,
            proved_noise: false,
            deferred: None,
            prepared: None,
        };
        if !self.playout.is_idle() {
            let ran = end_ms.saturating_sub(self.turn.began_ms().unwrap_or(end_ms));
            let heard = self.playout.heard_ms(self.now).saturating_sub(ran);
            utterance.joins = self.last_turn.is_some() && heard < self.settings.join_ms;
            if self.playout.has_begun() && self.playout.in_read_back(self.now) {
                utterance.over_us = OverUs::Watching;
            } else {
                utterance.over_us = OverUs::Cut;
                self.interrupt();
            }
        }
        // A turn that is not answered yet is not over: what is said now belongs to it.
        utterance.joins |= self.thinking.is_some() && self.last_turn.is_some();
        self.utterance = Some(utterance);
    }

    /// At a pause: what was said so far?
    fn recognise_so_far(&mut self, until_ms: u64) {
        let segment = self.fresh_id();
        if let Some(utterance) = &mut self.utterance {
            utterance.pending = Some((segment, until_ms));
            let from_ms = utterance.from_ms;
            self.out.push(Effect::Recognise {
                segment,
                from_ms,
                until_ms,
                paused: true,
            });
        }
    }

    /// The caller went on: the speculation is thrown away; the words of a long utterance are kept.
    fn go_on(&mut self) {
        let segment_ms = self.settings.segment_ms;
        let Some(utterance) = &mut self.utterance else {
            return;
        };
        if let Some((segment, _)) = utterance.pending.take() {
            self.out.push(Effect::ForgetSegment { segment });
        }
        if let Some(prepared) = utterance.prepared.take() {
            if prepared.until_ms.saturating_sub(utterance.from_ms) >= segment_ms {
                utterance.settled.clone_from(&prepared.own_words);
                // The pause itself is silent, so half of it is room enough for the next first consonant.
                utterance.from_ms = prepared.until_ms.saturating_sub(100);
            }
            self.drop_sound_of(&prepared);
        }
    }

    /// Nobody waits for the first sentence of this answer any more.
    pub(super) fn drop_sound_of(&mut self, prepared: &Prepared) {
        if let Some(first) = &prepared.first
            && first.audio.is_none()
        {
            self.out.push(Effect::ForgetSentence { sentence: first.id });
        }
    }

    /// Speech over our own voice is decoded once early, to learn whether it is speech at all.
    fn judge_speech_over_us(&mut self, end_ms: u64) {
        let settings = self.turn.settings().clone();
        let voice_ms = self.turn.voice_ms();
        let voiced = self.turn.is_voiced();
        let Some(utterance) = &mut self.utterance else {
            return;
        };
        if utterance.over_us == OverUs::No || !voiced {
            return;
        }
        let limit = voice_ms >= settings.read_back_limit_ms;
        if utterance.over_us == OverUs::Watching && limit && !utterance.proved_noise {
            utterance.over_us = OverUs::Cut;
            self.interrupt();
            return;
        }
        if !utterance.judged && voice_ms >= settings.judge_ms {
            utterance.judged = true;
            let from_ms = utterance.from_ms;
            let segment = self.fresh_id();
            if let Some(utterance) = &mut self.utterance {
                utterance.judge = Some(segment);
            }
            self.out.push(Effect::Recognise {
                segment,
                from_ms,
                until_ms: end_ms,
                paused: false,
            });
        }
    }

    /// Words that a streaming recogniser believes in prove early that what is said over our voice is speech: no decode of
    /// its own is needed to judge it.
    pub(super) fn on_interim(&mut self, until_ms: u64, words: &str) {
        let Some(utterance) = &mut self.utterance else {
            return;
        };
        if until_ms <= utterance.from_ms || !has_words(words) {
            return;
        }
        self.last_words = self.now;
        if utterance.over_us == OverUs::No || self.waiter.is_backchannel(words) {
            return;
        }
        utterance.judged = true;
        if let Some(segment) = utterance.judge.take() {
            self.out.push(Effect::ForgetSegment { segment });
        }
        self.judge(words);
    }

    pub(super) fn on_heard(&mut self, segment: SegmentId, words: &str) {
        let Some(utterance) = &mut self.utterance else {
            return;
        };
        if utterance.judge == Some(segment) {
            utterance.judge = None;
            self.judge(words);
        } else if let Some((pending, until_ms)) = utterance.pending
            && pending == segment
        {
            utterance.pending = None;
            self.unheard_turns = 0;
            if matches!(self.phase, Phase::Committing { .. }) {
                utterance.deferred = Some(words.to_owned());
            } else {
                self.consider(words, until_ms);
            }
        }
    }

    /// What the first half second of speech over our voice turned out to be.
    fn judge(&mut self, words: &str) {
        let Some(utterance) = &mut self.utterance else {
            return;
        };
        match (utterance.over_us, has_words(words)) {
            (OverUs::Watching, true) if !self.waiter.is_backchannel(words) => {
                utterance.over_us = OverUs::Cut;
                self.interrupt();
            }
            (OverUs::Watching, false) => utterance.proved_noise = true,
            (OverUs::Cut, false) => {
                utterance.proved_noise = true;
                utterance.over_us = OverUs::Watching;
                self.resume_speech();
            }
            _ => {}
        }
    }

    /// Is the caller saying something that a closing call should wait for?
    pub(super) fn holds_the_line(&self) -> bool {
        self.utterance
            .as_ref()
            .is_some_and(|utterance| !utterance.proved_noise)
    }

    /// Words that came while an order was being stored are considered now.
    pub(super) fn consider_deferred(&mut self) {
        if let Some(words) = self
            .utterance
            .as_mut()
            .and_then(|utterance| utterance.deferred.take())
        {
            self.consider(&words, self.stream_ms);
        }
    }

    fn consider(&mut self, words: &str, until_ms: u64) {
        let Some(utterance) = &mut self.utterance else {
            return;
        };
        let own_words = join_words(&utterance.settled, words);
        let backchannel = utterance.over_us != OverUs::No && self.waiter.is_backchannel(&own_words);
        if !has_words(&own_words) || backchannel {
            self.dismiss_utterance();
            return;
        }
        self.last_words = self.now;
        if utterance.over_us == OverUs::Watching {
            utterance.over_us = OverUs::Cut;
            self.interrupt();
        }
        self.prepare(own_words, until_ms);
        self.end_turn_if_patient(false);
    }

    /// Has the answer ready in case the turn ends here.
    pub(super) fn prepare(&mut self, own_words: String, until_ms: u64) {
        let joins = self
            .utterance
            .as_ref()
            .is_some_and(|utterance| utterance.joins);
        let (mut waiter, agent, text) = match &self.last_turn {
            Some(last) if joins => (
                last.before.clone(),
                self.agent_as_of(last),
                join_words(&last.words, &own_words),
            ),
            _ => (self.waiter.clone(), self.agent.clone(), own_words.clone()),
        };
        if !joins
            && self
                .interrupted
                .as_ref()
                .is_some_and(|cut| cut.read_back_unheard)
        {
            waiter.read_back_cut();
        }
        let completeness = waiter.completeness(&text);
        // A model is not asked before the turn is over: most pauses are not its end, and what it does cannot be undone
        // as cheaply as a copy is thrown away.
        let models = agent
            .as_ref()
            .is_some_and(|agent| agent.takes(&waiter, &text));
        let reply = (!models).then(|| waiter.hear(&text, &self.wall_clock()));
        let first = match reply.as_ref().and_then(|reply| reply.sentences.first()) {
            Some(sentence) if completeness != Completeness::Dangling => {
                let id = self.fresh_id();
                let speech_text = waiter.speakable(&sentence.text);
                self.out.push(Effect::Synthesise {
                    sentence: id,
                    speech_text,
                    keep: sentence.fixed,
                });
                Some(FirstSentence { id, audio: None })
            }
            _ => None,
        };
        let prepared = Prepared {
            words: text,
            own_words,
            until_ms,
            completeness,
            waiter,
            agent,
            reply,
            first,
        };
        if let Some(utterance) = &mut self.utterance {
            utterance.prepared = Some(prepared);
        }
    }

    pub(super) fn on_hear_failed(&mut self, segment: SegmentId) {
        let Some(utterance) = &mut self.utterance else {
            return;
        };
        if utterance.judge == Some(segment) {
            utterance.judge = None;
        } else if utterance
            .pending
            .is_some_and(|(pending, _)| pending == segment)
        {
            self.unheard_turns += 1;
            self.drop_utterance();
            self.interrupted = None;
            if self.unheard_turns >= 3 {
                self.fail();
            } else if !matches!(self.phase, Phase::Committing { .. }) && self.thinking.is_none() {
                let reply = self.waiter.hear("", &self.wall_clock());
                self.speak(reply, None);
            }
        }
    }

    /// Ends the turn once the silence has lasted as long as its meaning asks for; `stalled`: no more sound will come.
    pub(super) fn end_turn_if_patient(&mut self, stalled: bool) {
        if matches!(self.phase, Phase::Committing { .. }) || (self.turn.is_voiced() && !stalled) {
            return;
        }
        let silence_ms = self.turn.silence_ms();
        let Some(prepared) = self.utterance.as_mut().and_then(|utterance| {
            utterance.prepared.take_if(|prepared| {
                stalled || silence_ms >= self.settings.turn.patience_ms(prepared.completeness)
            })
        }) else {
            return;
        };
        let patience = self.settings.turn.patience_ms(prepared.completeness);
        let timing = TurnTiming {
            silence_ms: silence_ms.min(patience),
            recognise_ms: silence_ms.saturating_sub(patience),
            ..TurnTiming::default()
        };
        self.end_turn(prepared, timing);
    }

    fn end_turn(&mut self, prepared: Prepared, timing: TurnTiming) {
        let Some(utterance) = self.utterance.take() else {
            return;
        };
        self.turn.finish();
        self.heard_from_caller();
        self.caller_spoke = true;
        self.interrupted = None;
        let mut at_ms = utterance.from_ms + self.settings.turn.pre_roll_ms.min(utterance.from_ms);
        self.forget_thought();
        let (before, agent) = match self.last_turn.take() {
            Some(last) if utterance.joins => {
                at_ms = last.at_ms;
                self.take_back_caller_line(at_ms);
                (last.before, last.agent)
            }
            _ => (self.waiter.clone(), self.agent.clone()),
        };
        self.note_caller_line(at_ms, prepared.words.clone());
        self.last_turn = Some(LastTurn {
            words: prepared.words.clone(),
            before,
            agent,
            at_ms,
        });
        self.waiter = prepared.waiter;
        self.agent = prepared.agent;
        self.awaiting_sound = Some((self.now, timing));
        match prepared.reply {
            Some(reply) => {
                self.note_for_agent(&prepared.words, &reply);
                self.speak(reply, prepared.first);
            }
            None => self.think(&prepared.words),
        }
    }

    /// It was nothing: what we were saying goes on, and no turn is made.
    fn dismiss_utterance(&mut self) {
        self.drop_utterance();
        self.resume_speech();
    }

    /// The utterance is over without a turn; nobody waits for its results.
    pub(super) fn drop_utterance(&mut self) {
        self.go_on();
        if let Some(utterance) = self.utterance.take()
            && let Some(segment) = utterance.judge
        {
            self.out.push(Effect::ForgetSegment { segment });
        }
        self.turn.finish();
    }

    /// Frames stopped coming while somebody spoke: what was said so far is all there is.
    pub(super) fn end_stalled_utterance(&mut self) {
        let Some(utterance) = &self.utterance else {
            return;
        };
        if utterance.prepared.is_some() {
            self.end_turn_if_patient(true);
        } else if utterance.pending.is_none() && utterance.deferred.is_none() {
            self.recognise_so_far(self.stream_ms);
        }
    }

    pub(super) fn note_caller_line(&mut self, at_ms: u64, text: String) {
        self.transcript.push(TranscriptLine {
            who: Speaker::Caller,
            at_ms,
            heard: text.clone(),
            text,
        });
    }

    fn take_back_caller_line(&mut self, at_ms: u64) {
        if let Some(index) = self
            .transcript
            .iter()
            .rposition(|line| line.who == Speaker::Caller && line.at_ms == at_ms)
        {
            self.transcript.remove(index);
        }
    }
}

/// Anything a person could have said: at least one letter or digit.
fn has_words(text: &str) -> bool {
    text.chars().any(char::is_alphanumeric)
}

fn join_words(first: &str, second: &str) -> String {
    match (first.trim(), second.trim()) {
        ("", only) | (only, "") => only.to_owned(),
        (first, second) => format!("{first} {second}"),
    }
}
