//! What a call was, as data: everything sent, heard and complained about.

use serde::Serialize;

use super::caller::Why;
use super::ear::Utterance;
use super::turn_latency::{Spoken, Turn, measure};

/// A call that took place, however it went.
#[derive(Clone, Debug)]
pub struct CallReport {
    pub call_sid: String,
    /// In order.
    pub events: Vec<Event>,
    /// What Twilio would show in its debugger.
    pub complaints: Vec<Complaint>,
    /// Every answer of a webhook.
    pub twiml: Vec<TwimlReceived>,
    /// What the caller sounded like, mu-law, 8000 bytes a second from the first `start`.
    pub caller: Vec<u8>,
    /// What the caller heard on the same clock.
    pub heard: Vec<u8>,
    /// Where the agent spoke, in samples of `heard`.
    pub agent: Vec<Utterance>,
    /// One for each utterance of the caller.
    pub turns: Vec<Turn>,
    /// How each media stream ended.
    pub closes: Vec<Close>,
    pub ended: Ended,
    pub(super) spoken: Vec<Spoken>,
}

/// Something that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Since the first `start`; 0 before it.
    pub at_ms: u64,
    #[serde(flatten)]
    pub what: Happening,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Happening {
    /// A webhook was asked and answered with this HTTP status.
    Asked {
        url: String,
        status: u16,
    },
    /// The media stream is open: `start` was sent.
    StreamOpened {
        url: String,
        stream_sid: String,
    },
    /// The agent's first sound after a pause.
    AgentBegan,
    /// The agent has been quiet for a while; it spoke from here to there.
    AgentFinished {
        from_ms: u64,
        to_ms: u64,
    },
    CallerBegan {
        text: String,
    },
    CallerFinished {
        text: String,
    },
    KeyPressed {
        key: char,
    },
    CallerHungUp {
        why: String,
    },
    /// Everything before this mark was played.
    MarkPlayed {
        name: String,
    },
    /// The server dropped what was queued: this much was not played.
    Cleared {
        unplayed_ms: u32,
    },
    /// The stream is over.
    StreamClosed {
        close: Close,
    },
    /// TwiML: Twilio's own voice says this.
    TwilioSays {
        text: String,
    },
    /// TwiML: a person is rung.
    Dialled {
        number: String,
        outcome: String,
    },
    /// TwiML: go on there.
    Redirected {
        url: String,
    },
    /// TwiML: the call is over.
    HungUp,
    /// Twilio would complain.
    Complained {
        code: u32,
        about: String,
    },
}

/// How a media stream ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Close {
    pub by: ClosedBy,
    /// The WebSocket close code, if there was one.
    pub code: Option<u16>,
    pub reason: String,
    /// Sound that was still queued and never heard.
    pub unplayed_ms: u32,
}

/// Who ended a media stream.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedBy {
    Caller,
    Server,
    /// The connection broke without a close frame.
    Lost,
}

/// What ended the call.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// The caller put the receiver down.
    Caller,
    /// TwiML: Hangup, or nothing more to do.
    Server,
    /// A webhook failed or answered what cannot be executed: a caller would hear Twilio's apology.
    Trouble,
}

/// A warning or error as in Twilio's debugger.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Complaint {
    /// Twilio's number of it.
    pub code: u32,
    pub at_ms: u64,
    pub about: String,
}

/// An answer to a webhook.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct TwimlReceived {
    pub url: String,
    pub status: u16,
    pub body: String,
}

impl CallReport {
    /// Milliseconds from `start` to the agent's first sound.
    pub fn greeting_ms(&self) -> Option<u64> {
        self.agent.first().map(|first| first.from / 8)
    }

    /// The sound of one utterance of the agent, mu-law.
    pub fn agent_sound(&self, utterance: Utterance) -> &[u8] {
        let end = (utterance.to as usize).min(self.heard.len());
        &self.heard[(utterance.from as usize).min(end)..end]
    }

    /// What Twilio's own voice said.
    pub fn twilio_said(&self) -> impl Iterator<Item = &str> {
        self.events.iter().filter_map(|event| match &event.what {
            Happening::TwilioSays { text } => Some(text.as_str()),
            _ => None,
        })
    }

    /// The numbers that were dialled for the caller.
    pub fn dialled(&self) -> impl Iterator<Item = &str> {
        self.events.iter().filter_map(|event| match &event.what {
            Happening::Dialled { number, .. } => Some(number.as_str()),
            _ => None,
        })
    }
}

/// A report being written, and somebody watching.
pub(super) struct CallLog<'w> {
    pub report: CallReport,
    watch: &'w mut (dyn FnMut(&Event, &CallReport) + Send),
}

impl<'w> CallLog<'w> {
    pub fn new(call_sid: &str, watch: &'w mut (dyn FnMut(&Event, &CallReport) + Send)) -> Self {
        CallLog {
            report: CallReport {
                call_sid: call_sid.to_owned(),
                events: Vec::new(),
                complaints: Vec::new(),
                twiml: Vec::new(),
                caller: Vec::new(),
                heard: Vec::new(),
                agent: Vec::new(),
                turns: Vec::new(),
                closes: Vec::new(),
                ended: Ended::Server,
                spoken: Vec::new(),
            },
            watch,
        }
    }

    /// Where the call stands, in ms since the first `start`.
    pub fn now_ms(&self) -> u64 {
        self.report.heard.len() as u64 / 8
    }

    pub fn note(&mut self, what: Happening) {
        self.note_at(self.now_ms(), what);
    }

    pub fn note_at(&mut self, at_ms: u64, what: Happening) {
        let event = Event { at_ms, what };
        (self.watch)(&event, &self.report);
        self.report.events.push(event);
    }

    pub fn complain(&mut self, code: u32, about: impl Into<String>) {
        let about = about.into();
        self.report.complaints.push(Complaint {
            code,
            at_ms: self.now_ms(),
            about: about.clone(),
        });
        self.note(Happening::Complained { code, about });
    }

    pub fn closed(&mut self, close: Close) {
        self.report.closes.push(close.clone());
        self.note(Happening::StreamClosed { close });
    }

    pub fn finish(mut self) -> CallReport {
        self.report.turns = measure(&self.report.spoken, &self.report.heard);
        self.report
    }
}

impl Why {
    /// In words.
    pub fn in_words(self) -> &'static str {
        match self {
            Why::Planned => "as planned",
            Why::NothingHeard => "nothing more to say or to hear",
            Why::TooLong => "the longest a call may take",
        }
    }
}
