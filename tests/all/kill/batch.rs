//! Calls at once, and the event of theirs at which the server dies.

use std::fmt;
use std::sync::{Arc, Mutex};

use maitred::cli::call::{Act, CallReport, ClosedBy, Cue, Event, Happening, place_watched};
use rand::RngExt as _;
use rand_chacha::ChaCha8Rng;
use tokio::sync::mpsc;

use super::NUMBER;
use super::database::{Database, Held};
use crate::harness::{DiskFaults, ENOSPC, ServerProcess};
use crate::scripted_caller::{heard, plan, say};

/// Calls in a batch that does not say how many.
pub const AT_ONCE: usize = 10;
/// How long their callers think before they order, ms.
const THINKS: u32 = 4_500;

/// What a caller wants, and how it must be read back and stored.
#[derive(Debug)]
pub struct Wish {
    said: &'static str,
    pub read_back: &'static str,
    /// Item, quantity, choice.
    pub lines: &'static [(&'static str, u64, Option<&'static str>)],
    pub total: &'static str,
}

const WISHES: &[Wish] = &[
    Wish {
        said: "two teas",
        read_back: "So that's: Two Teas. The total is $5.00. Is that right?",
        lines: &[("tea", 2, None)],
        total: "5.00",
    },
    Wish {
        said: "a cake and three teas",
        read_back: "So that's: One Cake. Three Teas. The total is $11.50. Is that right?",
        lines: &[("cake", 1, None), ("tea", 3, None)],
        total: "11.50",
    },
    Wish {
        said: "a large latte",
        read_back: "So that's: One large Latte. The total is $4.00. Is that right?",
        lines: &[("latte", 1, Some("Large"))],
        total: "4.00",
    },
    Wish {
        said: "two small lattes and a tea",
        read_back: "So that's: Two small Lattes. One Tea. The total is $8.70. Is that right?",
        lines: &[("latte", 2, Some("Small")), ("tea", 1, None)],
        total: "8.70",
    },
];

/// Which event of a batch is its last: so many after so many callers began to say yes.
#[derive(Clone, Copy, Debug)]
pub struct KillPoint {
    yeses: usize,
    events: usize,
    /// From that yes on nothing more gets to the disk.
    disk_held: bool,
}

/// What is done to the disk at that yes, until the calls are over.
pub enum Disk {
    /// Somebody else writes.
    Held(Database),
    /// It is full.
    Full(DiskFaults),
}

impl KillPoint {
    /// Five points: while most callers order, around the first yes, with the disk held, in the middle, near the end.
    /// So many events after so many callers began to say yes; at that yes something is done to the disk, or nothing.
    pub fn after(yeses: usize, events: usize, disk_held: bool) -> Self {
        Self {
            yeses,
            events,
            disk_held,
        }
    }

    pub fn spread(random: &mut ChaCha8Rng) -> Vec<Self> {
        let mut point = |yeses: [usize; 2], events: [usize; 2], disk_held| Self {
            yeses: random.random_range(yeses[0]..=yeses[1]),
            events: random.random_range(events[0]..=events[1]),
            disk_held,
        };
        vec![
            point([0, 0], [20, 110], false),
            point([1, 3], [1, 12], false),
            point([3, 5], [20, 60], true),
            point([4, 7], [1, 40], false),
            point([8, 10], [1, 60], false),
        ]
    }
}

impl fmt::Display for KillPoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let held = if self.disk_held { ", disk held" } else { "" };
        write!(f, "at event {} after yes {}{held}", self.events, self.yeses)
    }
}

/// How far a call was when it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// No word of the read-back was heard.
    Ordering,
    /// The order was read back, at least in part.
    ReadBack,
    /// The caller had said yes, or was saying it.
    SaidYes,
    /// The order was spoken as placed, at least its first word.
    BeingTold,
    /// To the goodbye.
    Told,
}

/// How many calls ended in which phase.
pub struct Table(Vec<Phase>);

impl Phase {
    pub fn counts(calls: &[Finished]) -> Table {
        Table(calls.iter().map(|call| call.phase).collect())
    }
}

impl Table {
    pub fn of(&self, phase: Phase) -> usize {
        self.0.iter().filter(|other| **other == phase).count()
    }

    /// Calls that heard their order spoken as placed, at least its first word.
    pub fn told(&self) -> usize {
        self.of(Phase::BeingTold) + self.of(Phase::Told)
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [ordering, read_back, yes, being_told, told] = [
            Phase::Ordering,
            Phase::ReadBack,
            Phase::SaidYes,
            Phase::BeingTold,
            Phase::Told,
        ]
        .map(|phase| self.of(phase));
        write!(
            f,
            "ordering {ordering}, read back {read_back}, said yes {yes}, being told {being_told}, told {told}"
        )
    }
}

/// A call that is over, one way or the other.
#[derive(Debug)]
pub struct Finished {
    pub sid: String,
    pub wish: &'static Wish,
    /// Every word of the waiter that was heard.
    pub heard: String,
    pub phase: Phase,
    /// Its socket broke: the call was live when the server died.
    pub lost: bool,
}

impl Finished {
    fn new(report: &CallReport, wish: &'static Wish) -> Self {
        let heard = heard(report);
        let said_yes = report.events.iter().any(|event| is_yes(&event.what));
        // No other sentence of the waiter has this word with a capital letter.
        let told = heard.split(' ').any(|word| word == "Your");
        let phase = match () {
            () if heard.ends_with("Goodbye.") && told => Phase::Told,
            () if told => Phase::BeingTold,
            () if said_yes => Phase::SaidYes,
            () if heard.contains("So") => Phase::ReadBack,
            () => Phase::Ordering,
        };
        Self {
            sid: report.call_sid.clone(),
            wish,
            heard,
            phase,
            lost: report.closes.iter().any(|close| close.by == ClosedBy::Lost),
        }
    }
}

fn is_yes(what: &Happening) -> bool {
    matches!(what, Happening::CallerBegan { text } if text == "yes")
}

/// Calls to be placed.
pub struct Batch {
    point: KillPoint,
    callers: Vec<(&'static Wish, Vec<Act>)>,
}

impl Batch {
    pub fn new(random: &mut ChaCha8Rng, point: KillPoint) -> Self {
        Self::of(random, point, AT_ONCE, THINKS)
    }

    /// So many calls, whose callers think at most so many ms.
    pub fn of(random: &mut ChaCha8Rng, point: KillPoint, calls: usize, thinks: u32) -> Self {
        let callers = (0..calls).map(|_| caller(random, thinks)).collect();
        Self { point, callers }
    }

    /// Places all calls at once and kills the server at the batch's point. Returns when every call is over.
    pub async fn run(self, server: ServerProcess, database: &Database) -> Vec<Finished> {
        self.run_on(server, Disk::Held(database.clone())).await
    }

    /// The same on a disk that something else may happen to.
    pub async fn run_on(self, server: ServerProcess, disk: Disk) -> Vec<Finished> {
        let webhook = server.webhook();
        let (hold, mut wanted) = mpsc::unbounded_channel();
        let disk = tokio::spawn(async move {
            let asked = wanted.recv().await;
            match (asked, disk) {
                (None, _) => None,
                (Some(()), Disk::Held(database)) => Some(Fault::Held(database.hold().await)),
                (Some(()), Disk::Full(faults)) => {
                    faults.begin(ENOSPC);
                    Some(Fault::Full(faults))
                }
            }
        });
        let switch = Arc::new(Switch {
            server,
            point: self.point,
            seen: Mutex::default(),
            hold,
        });
        let mut phones = Vec::new();
        for (wish, acts) in self.callers {
            let plan = plan(&webhook, NUMBER, acts);
            let switch = Arc::clone(&switch);
            phones.push(tokio::spawn(async move {
                let mut watch = |event: &Event, _: &CallReport| switch.note(event);
                let report = place_watched(&plan, &mut watch).await.unwrap();
                Finished::new(&report, wish)
            }));
        }
        let mut calls = Vec::new();
        for phone in phones {
            calls.push(phone.await.unwrap());
        }
        // A batch that never came to its point ends here.
        switch.server.kill();
        drop(switch);
        match disk.await.unwrap() {
            None => {}
            Some(Fault::Held(held)) => held.release().await,
            Some(Fault::Full(faults)) => faults.end(),
        }
        calls
    }
}

/// What was done to the disk.
enum Fault {
    Held(Held),
    Full(DiskFaults),
}

/// A caller who takes a while to think, so that the calls of a batch are everywhere in a call at once.
fn caller(random: &mut ChaCha8Rng, longest: u32) -> (&'static Wish, Vec<Act>) {
    let wish = &WISHES[random.random_range(0..WISHES.len())];
    let thinks = Act::Pause {
        ms: random.random_range(0..longest),
    };
    let mut acts = vec![Act::Silence, thinks];
    if random.random_bool(0.5) {
        acts.push(say(Cue::Now, wish.said));
        acts.push(say(Cue::AgentDone, "that's all"));
    } else {
        acts.push(say(Cue::Now, &format!("{} that's all", wish.said)));
    }
    acts.push(say(Cue::AgentDone, "yes"));
    (wish, acts)
}

/// Counts what happens to the phones and pulls the plug.
struct Switch {
    server: ServerProcess,
    point: KillPoint,
    seen: Mutex<Seen>,
    hold: mpsc::UnboundedSender<()>,
}

#[derive(Default)]
struct Seen {
    yeses: usize,
    events: usize,
}

impl Switch {
    fn note(&self, event: &Event) {
        let mut seen = self.seen.lock().unwrap();
        if is_yes(&event.what) {
            seen.yeses += 1;
            if self.point.disk_held && seen.yeses == self.point.yeses {
                let _ = self.hold.send(());
            }
        }
        if seen.yeses >= self.point.yeses {
            seen.events += 1;
            if seen.events == self.point.events {
                self.server.kill();
            }
        }
    }
}
