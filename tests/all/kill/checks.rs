//! What a server that was killed must still know.

use serde_json::Value;

use super::batch::{Finished, Phase};
use crate::harness::ServerProcess;
use crate::scripted_caller::spoken;

/// Everything a server has stored.
pub struct Stored {
    orders: Vec<Value>,
    calls: Vec<Value>,
}

impl Stored {
    pub async fn ask(server: &ServerProcess) -> Self {
        let list = |value: Value| value.as_array().unwrap().clone();
        Self {
            orders: list(server.json("/api/orders?limit=1000").await),
            calls: list(server.json("/api/calls?limit=1000").await),
        }
    }

    fn orders_of(&self, call: &Finished) -> Vec<&Value> {
        let of_call = |order: &&Value| order["call_sid"] == call.sid;
        self.orders.iter().filter(of_call).collect()
    }

    /// How many orders these calls became.
    pub fn of(&self, calls: &[Finished]) -> usize {
        calls.iter().map(|call| self.orders_of(call).len()).sum()
    }

    /// No order lost, none made up, none twice, no call left hanging.
    pub fn check(&self, calls: &[Finished]) {
        for call in calls {
            self.check_order(call);
            self.check_record(call);
        }
        assert_eq!(self.orders.len(), self.of(calls), "orders of nobody");
    }

    fn check_order(&self, call: &Finished) {
        let orders = self.orders_of(call);
        match (call.phase, &orders[..]) {
            (Phase::BeingTold | Phase::Told, [order]) => {
                let read_back = spoken(call.wish.read_back);
                assert!(call.heard.contains(&read_back), "{call:?}");
                let number = spoken(&format!("It's number {}.", order["number"]));
                let told = call.phase == Phase::Told;
                assert!(!told || call.heard.contains(&number), "{call:?} {order}");
            }
            // Killed between commit and answer: stored, and the caller does not know.
            (Phase::SaidYes, [] | [_]) => {}
            (Phase::Ordering | Phase::ReadBack, []) => {}
            (phase, stored) => panic!("{phase:?} but stored {stored:#?}\n{call:#?}"),
        }
        for order in orders {
            assert_eq!(order["total"], call.wish.total, "{call:?} {order}");
            let lines = order["lines"].as_array().unwrap();
            assert_eq!(lines.len(), call.wish.lines.len(), "{call:?} {order}");
            for (line, (item, quantity, choice)) in lines.iter().zip(call.wish.lines) {
                assert_eq!(line["item"], *item, "{call:?} {order}");
                assert_eq!(line["quantity"], *quantity, "{call:?} {order}");
                let stored = line["choices"][0]["choice"].as_str();
                assert_eq!(stored, *choice, "{call:?} {order}");
            }
        }
    }

    fn check_record(&self, call: &Finished) {
        let of_call = |record: &&Value| record["sid"] == call.sid;
        let records: Vec<&Value> = self.calls.iter().filter(of_call).collect();
        // The row of a call is written beside its greeting: who rang in the last moment may have left none.
        let [record] = records[..] else {
            assert!(
                records.is_empty() && call.phase == Phase::Ordering,
                "{call:?}"
            );
            return;
        };
        assert!(record["ended_at"].is_string(), "still live: {record}");
        let ending = record["ending"].as_str().unwrap_or("none");
        // A call that was told everything may have been on record when its socket had still to be closed.
        let over = call.phase == Phase::Told && ending == "confirmed";
        assert!(
            !call.lost || over || ending == "failed",
            "{call:?} {record}"
        );
    }
}
