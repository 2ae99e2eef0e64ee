//! The waiter's reply on its way to the caller: synthesised sentence by sentence, sent in order, stopped when cut off,
//! taken up again when the interruption was nothing.

use std::sync::Arc;

use crate::conversation::{Action, Reply, Sentence};
use crate::record::Ending;

use super::playout::Piece;
use super::protocol::{Effect, SentenceId};
use super::state::Interrupted;
use super::state::{Machine, Phase};
use super::utterance::FirstSentence;

impl Machine {
    /// Says the reply and does what it asks for. `first`: its first sentence may be synthesised already.
    pub(super) fn speak(&mut self, reply: Reply, first: Option<FirstSentence>) {
        self.begin_reply();
        self.say(reply.sentences, first);
        self.act(reply.action);
    }

    /// What comes now answers the caller.
    pub(super) fn begin_reply(&mut self) {
        self.playout.begin_reply();
        self.nudging = false;
    }

    /// Queues sentences behind what is being said.
    pub(super) fn say(&mut self, sentences: Vec<Sentence>, mut first: Option<FirstSentence>) {
        for sentence in sentences {
            let ready = first.take();
            let id = ready
                .as_ref()
                .map_or_else(|| self.fresh_id(), |first| first.id);
            let speech_text = self.waiter.speakable(&sentence.text);
            let keep = sentence.fixed;
            self.playout.queue(Piece::new(id, sentence));
            match ready {
                Some(FirstSentence {
                    audio: Some(audio), ..
                }) => {
                    self.playout.set_audio(id, &audio);
                }
                Some(_) => {}
                None => self.out.push(Effect::Synthesise {
                    sentence: id,
                    speech_text,
                    keep,
                }),
            }
        }
        self.pump();
    }

    /// Does what a reply asks for.
    pub(super) fn act(&mut self, action: Action) {
        match action {
            Action::Listen => self.phase = Phase::Talking,
            Action::Place(order) => {
                self.phase = Phase::Committing { since: self.now };
                self.out.push(Effect::Commit { order });
            }
            Action::Finish | Action::Cancel => {
                let ending = self.ending_instead_of(Ending::Cancelled);
                self.begin_closing(ending);
            }
            Action::HandOff => self.begin_closing(Ending::Handoff),
        }
    }

    /// How the call ended, which would be `otherwise` if nothing came of it.
    pub(super) fn ending_instead_of(&self, otherwise: Ending) -> Ending {
        match self.waiter.message() {
            _ if self.order_placed => Ending::Confirmed,
            Some(_) => Ending::Message,
            None => otherwise,
        }
    }

    /// The last sentences are on their way; the socket closes when they were heard.
    pub(super) fn begin_closing(&mut self, ending: Ending) {
        self.phase = Phase::Closing {
            ending,
            since: self.now,
        };
    }

    /// We cannot go on: `/voice/after` apologises in Twilio's own voice.
    pub(super) fn fail(&mut self) {
        let ending = self.ending_instead_of(Ending::Failed);
        self.close(ending);
    }

    pub(super) fn on_spoken(&mut self, sentence: SentenceId, audio: Arc<[u8]>) {
        if self.playout.set_audio(sentence, &audio) {
            self.pump();
        } else {
            self.keep_prepared_sound(sentence, &audio);
        }
    }

    /// Once is bad luck and is tried again; a sentence that fails twice is left out; two such sentences end the call.
    pub(super) fn on_speak_failed(&mut self, id: SentenceId) {
        self.forget_prepared_sound(id);
        if !self.playout.unspoken().contains(&id) {
            return;
        }
        if self.retried != Some(id)
            && let Some(sentence) = self.playout.unspoken_sentence(id)
        {
            self.retried = Some(id);
            let (speech_text, keep) = (self.waiter.speakable(&sentence.text), sentence.fixed);
            self.out.push(Effect::Synthesise {
                sentence: id,
                speech_text,
                keep,
            });
            return;
        }
        self.playout.drop_unspoken(id);
        self.unsaid_sentences += 1;
        if self.unsaid_sentences >= 2 {
            self.fail();
        } else {
            self.pump();
        }
    }

    pub(super) fn on_mark(&mut self, name: &str) {
        let lines = self.playout.mark(name);
        self.transcript.extend(lines);
    }

    /// Sends what can be sent and notes when a turn's answer begins to sound.
    pub(super) fn pump(&mut self) {
        let before = self.out.len();
        self.playout.pump(self.now, &mut self.out);
        if self.out.len() > before
            && let Some((decided, mut timing)) = self.awaiting_sound.take()
        {
            timing.first_audio_ms = self.now - decided;
            self.turns.push(timing);
        }
    }

    /// The caller cut in: stop producing, drop the queue, clear what Twilio holds, remember the rest.
    pub(super) fn interrupt(&mut self) {
        let begun = self.playout.has_begun();
        for sentence in self.playout.unspoken() {
            self.out.push(Effect::ForgetSentence { sentence });
        }
        let cut = self.playout.cut(self.now);
        if begun {
            self.out.push(Effect::Clear);
        }
        self.transcript.extend(cut.lines);
        let mut rest = cut.rest;
        let mut read_back_unheard = cut.read_back_unheard;
        if let Some(earlier) = self.interrupted.take() {
            read_back_unheard |= earlier.read_back_unheard;
            rest.extend(earlier.rest);
        }
        self.interrupted = Some(Interrupted {
            rest,
            read_back_unheard,
        });
    }

    /// Stops for good: nothing of it will be taken up again. Was a part of the read-back not heard?
    pub(super) fn cut_speech(&mut self) -> bool {
        if !self.playout.is_idle() {
            self.interrupt();
        }
        self.interrupted
            .take()
            .is_some_and(|cut| cut.read_back_unheard)
    }

    /// The interruption was nothing: from the start of the sentence that was cut.
    pub(super) fn resume_speech(&mut self) {
        let Some(interrupted) = self.interrupted.take() else {
            return;
        };
        for piece in interrupted.rest {
            if piece.audio.is_none() {
                let speech_text = self.waiter.speakable(&piece.sentence.text);
                let keep = piece.sentence.fixed;
                self.out.push(Effect::Synthesise {
                    sentence: piece.id,
                    speech_text,
                    keep,
                });
            }
            self.playout.queue(piece);
        }
        self.pump();
    }
}
