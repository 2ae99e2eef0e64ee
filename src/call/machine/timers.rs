//! Silences and limits: nudges, the goodbye, the longest call, marks that never come, sound that stops coming.

use crate::conversation::Reply;
use crate::record::Ending;

use super::state::{Machine, Phase};

/// How long the sentences of a closing call may take to be synthesised.
const CLOSING_SPEECH_TIMEOUT_MS: u64 = 10_000;
/// How long a caller who talks over the goodbye can hold the line.
const CLOSING_TIMEOUT_MS: u64 = 60_000;
/// A store that has not answered by then counts as failed.
const COMMIT_TIMEOUT_MS: u64 = 15_000;

impl Machine {
    pub(super) fn check_timers(&mut self) {
        if matches!(self.phase, Phase::Closed { .. } | Phase::Ringing) {
            return;
        }
        let lines = self.playout.forgive_late_marks(self.now);
        self.transcript.extend(lines);
        self.pump();
        if self.utterance.is_some() && self.now - self.last_frame >= self.settings.stall_ms {
            self.end_stalled_utterance();
        }
        match self.phase {
            Phase::Committing { since } if self.now - since >= COMMIT_TIMEOUT_MS => {
                self.on_commit_failed()
            }
            Phase::Closing { ending, since } => self.check_closing(ending, since),
            Phase::Talking => {
                self.check_thinking();
                self.check_talking();
            }
            _ => {}
        }
    }

    /// We hang up only when the last mark has come back, so a goodbye is never cut.
    fn check_closing(&mut self, ending: Ending, since: crate::audio::CallTime) {
        let waited = self.now - since;
        let heard = self.playout.is_idle() && !self.holds_the_line();
        let unsaid = waited >= CLOSING_SPEECH_TIMEOUT_MS && !self.playout.unspoken().is_empty();
        if heard || unsaid || waited >= CLOSING_TIMEOUT_MS {
            self.close(ending);
        }
    }

    fn check_talking(&mut self) {
        if self.now.0 >= self.settings.longest_ms {
            let reply = self.waiter.time_up();
            self.say_goodbye(reply, Ending::TimeUp);
            return;
        }
        if self.now - self.last_words >= self.settings.no_words_ms {
            let reply = self.waiter.silence(3);
            self.say_goodbye(reply, Ending::Silent);
            return;
        }
        let warning_at = self
            .settings
            .longest_ms
            .saturating_sub(self.settings.longest_warning_ms);
        let speaking = self.utterance.is_some();
        // While a model thinks it is not the caller who is silent.
        let sounding = !self.playout.is_idle() || self.thinking.is_some();
        if !self.warned_of_end && self.now.0 >= warning_at && !speaking && !sounding {
            self.warned_of_end = true;
            let reply = self.waiter.time_nearly_up();
            self.speak(reply, None);
            return;
        }
        if sounding && !self.nudging {
            self.quiet_since = self.now;
        } else if !sounding && !speaking {
            self.check_silence();
        }
    }

    /// A nudge at 8 s of silence, again at 16 s, goodbye at 24 s.
    fn check_silence(&mut self) {
        let due = self.settings.nudge_ms * (u64::from(self.nudges) + 1);
        if self.now - self.quiet_since < due {
            return;
        }
        self.nudges += 1;
        let reply = self.waiter.silence(self.nudges);
        if self.nudges >= 3 {
            self.say_goodbye(reply, Ending::Silent);
        } else {
            self.last_turn = None;
            self.speak(reply, None);
            self.nudging = true;
        }
    }

    /// The last reply of a call that ends whatever the waiter would like.
    fn say_goodbye(&mut self, reply: Reply, ending: Ending) {
        self.drop_utterance();
        self.forget_thought();
        self.cut_speech();
        self.speak(reply, None);
        let ending = self.ending_instead_of(ending);
        self.begin_closing(ending);
    }
}
