//! What the kitchen says during the call: it holds for every copy of the waiter, also for those from before a turn, and an
//! answer that was prepared before it is prepared anew.

use std::sync::Arc;

use super::state::Machine;
use crate::restaurant::Restaurant;

impl Machine {
    /// From now on `restaurant` says what can be had. Understands words where an answer was prepared.
    pub fn sells_from(&mut self, restaurant: &Arc<Restaurant>) {
        self.waiter.sells_from(restaurant);
        if let Some(last) = &mut self.last_turn {
            last.before.sells_from(restaurant);
        }
        let prepared = self.utterance.as_mut().and_then(|u| u.prepared.take());
        if let Some(prepared) = prepared {
            self.drop_sound_of(&prepared);
            self.prepare(prepared.own_words, prepared.until_ms);
        }
    }
}
