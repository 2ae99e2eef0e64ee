//! An order on its way to the store, and a caller who hangs up meanwhile.

use crate::conversation::Reply;
use crate::record::Ending;

use super::state::{Machine, Phase};

impl Machine {
    pub(super) fn on_committed(&mut self, number: u32) {
        if matches!(self.phase, Phase::Committing { .. }) {
            self.order_placed = true;
            let reply = self.waiter.committed(number);
            self.after_commit(reply);
        }
    }

    pub(super) fn on_commit_failed(&mut self) {
        if matches!(self.phase, Phase::Committing { .. }) {
            let reply = self.waiter.commit_failed();
            self.after_commit(reply);
        }
    }

    pub(super) fn after_commit(&mut self, reply: Reply) {
        self.phase = Phase::Talking;
        if self.gone {
            self.on_caller_gone();
            return;
        }
        // What was said before the order was in cannot be unsaid: nothing joins it any more.
        self.last_turn = None;
        self.speak(reply, None);
        if !matches!(self.phase, Phase::Committing { .. }) {
            self.consider_deferred();
        }
    }

    pub(super) fn on_caller_gone(&mut self) {
        if matches!(self.phase, Phase::Committing { .. }) {
            self.gone = true;
            return;
        }
        let ending = match &self.phase {
            Phase::Closing { ending, .. } => *ending,
            _ => self.ending_instead_of(Ending::HungUp),
        };
        self.close(ending);
    }
}
