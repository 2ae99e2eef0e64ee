//! What a kitchen has to make: when it was given its last orders, and how much longer one more would take. Pure.
//!
//! A kitchen that makes so many orders in a quarter of an hour makes that many in the usual time, however close they come; each
//! one more waits until there is room for it (the rule of a leaky bucket that holds a quarter of an hour).

use std::collections::VecDeque;

use jiff::Timestamp;
use uuid::Uuid;

/// A quarter of an hour, seconds.
const QUARTER: i64 = 15 * 60;
/// Orders remembered: those before them are made.
const MOST: usize = 2_000;
/// Nothing older is looked at, seconds.
const OLD: i64 = 12 * 3_600;
/// A promise is made in steps of so many minutes.
const STEP: u32 = 5;
/// Longest addition, minutes: nobody waits so long, and no number of orders makes a clock of it.
const LONGEST: u32 = 240;

/// The orders of one kitchen, oldest first.
#[derive(Debug, Default)]
pub(super) struct KitchenLoad(VecDeque<(Uuid, Timestamp)>);

impl KitchenLoad {
    /// One order more; the same again is none.
    pub(super) fn add(&mut self, id: Uuid, at: Timestamp) {
        if self.0.iter().rev().any(|(known, _)| *known == id) {
            return;
        }
        self.0.push_back((id, at));
        let old = |first: &(Uuid, Timestamp)| at.duration_since(first.1).as_secs() > OLD;
        while self.0.len() > MOST || self.0.front().is_some_and(old) {
            self.0.pop_front();
        }
    }

    /// Minutes that an order placed at `now` takes longer than usual where so many are made in a quarter of an hour: rounded up
    /// to five.
    pub(super) fn longer(&self, per_quarter: u32, now: Timestamp) -> u32 {
        let each = QUARTER * 1000 / i64::from(per_quarter.max(1));
        // When all that was ordered is made, in ms behind `now`.
        let mut made = i64::MIN;
        for (_, at) in &self.0 {
            let at = i64::try_from(at.duration_since(now).as_millis()).unwrap_or(0);
            // Placed later than now: the clock was set back since.
            made = made.max(at.min(0)) + each;
        }
        let over = made.max(0) + each - QUARTER * 1000;
        let minutes = u32::try_from(over.max(0).div_euclid(60_000)).unwrap_or(LONGEST);
        let minutes = minutes + u32::from(over > 0 && over % 60_000 > 0);
        minutes.div_ceil(STEP).saturating_mul(STEP).min(LONGEST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn loaded(times: impl IntoIterator<Item = i64>) -> KitchenLoad {
        let mut load = KitchenLoad::default();
        for (nth, second) in times.into_iter().enumerate() {
            load.add(Uuid::from_u128(nth as u128), at(second));
        }
        load
    }

    #[test]
    fn as_many_as_it_makes_take_the_usual_time_and_each_one_more_takes_longer() {
        for (many, longer) in [
            (0, 0),
            (2, 0),
            (3, 5),
            (4, 10),
            (5, 15),
            (6, 20),
            (9, 35),
            (1_000, 240),
        ] {
            let load = loaded(vec![0; many]);
            assert_eq!(load.longer(3, at(0)), longer, "{many} orders before");
        }
        assert_eq!(loaded([0]).longer(12, at(0)), 0);
        assert_eq!(loaded([0; 12]).longer(12, at(0)), 5, "75 s, rounded up");
    }

    #[test]
    fn a_queue_becomes_shorter_with_time_and_what_came_twice_counts_once() {
        let mut load = loaded([0; 6]);
        let longer: Vec<u32> = (0..6)
            .map(|quarter| load.longer(3, at(quarter * 300)))
            .collect();
        assert_eq!(longer, [20, 15, 10, 5, 0, 0]);
        load.add(Uuid::from_u128(2), at(60));
        assert_eq!(load.longer(3, at(0)), 20);
        // Three every quarter of an hour is what it makes.
        let steady = loaded((0..40).map(|nth| nth * 300));
        assert_eq!(steady.longer(3, at(40 * 300)), 0);
        // A clock that was set back by a day makes no queue of a day.
        assert_eq!(loaded([86_400; 3]).longer(3, at(0)), 5);
    }
}
