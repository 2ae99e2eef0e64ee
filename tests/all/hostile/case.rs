//! One hostile input and what must come back.

use maitred::twilio::signature::sign;
use maitred::twilio::webhook_form::write_pairs;

use super::http::Request;
use super::play::Step;
use super::server::{BELLA, PERSON, PUBLIC, TOKEN};

/// What is sent, and what is expected.
pub struct Case {
    pub name: String,
    pub call: Call,
    pub input: Input,
    pub expected: Expected,
}

pub enum Input {
    /// Requests one after the other; the last one's answer counts, the others must be 2xx.
    Requests(Vec<Vec<u8>>),
    /// A request that begins so, and nothing more comes.
    Unfinished(Vec<u8>),
    /// A media socket's life.
    Socket(Vec<Step>),
}

/// What must come back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A status and a body.
    Answer(u16, Body),
    /// The connection is closed, without a word or with 408.
    Closed,
    /// One of these statuses.
    Status(&'static [u16]),
    /// The socket is not opened: an HTTP status.
    Handshake(u16),
    /// The socket is closed with this code and reason.
    Close(u16, &'static str),
    /// The call takes no harm: it is on the line afterwards, and ends by `stop` with 1000 as having hung up.
    GoesOn,
}

/// What a body must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Body {
    /// Not looked at.
    Any,
    /// Exactly this text.
    Text(&'static str),
    /// TwiML: the media socket.
    Connect,
    /// TwiML: an apology, then the media socket again.
    Reconnect,
    /// TwiML: a sentence with these words, then the end.
    Says(&'static str),
    /// TwiML: an apology, then Bella's person.
    RingsPerson,
    /// TwiML: no verb.
    Nothing,
    /// TwiML: only the end.
    HangsUp,
}

impl Body {
    /// Does `text` look so?
    pub fn fits(self, text: &str) -> bool {
        let verbs: Vec<bool> = ["<Say", "<Connect", "<Dial", "<Hangup/>"]
            .iter()
            .map(|verb| text.contains(verb))
            .collect();
        match self {
            Body::Any => true,
            Body::Text(whole) => text == whole,
            Body::Connect => verbs == [false, true, false, false] && text.contains("\"token\""),
            Body::Reconnect => verbs == [true, true, false, false] && text.contains("\"token\""),
            Body::Says(words) => verbs == [true, false, false, true] && text.contains(words),
            Body::RingsPerson => verbs == [true, false, true, false] && text.contains(PERSON),
            Body::Nothing => text.trim_end().ends_with("<Response/>"),
            Body::HangsUp => verbs == [false, false, false, true],
        }
    }
}

/// A call that no other case shares: its own CallSid, its own caller.
#[derive(Clone, Debug)]
pub struct Call {
    pub sid: String,
    pub stream: String,
    pub from: String,
}

pub const ACCOUNT: &str = "AC000000000000000000000000000000aa";

/// Hands out calls.
pub struct Calls {
    round: u32,
    given: u32,
}

impl Calls {
    pub fn new(round: u32) -> Self {
        Self { round, given: 0 }
    }

    pub fn fresh(&mut self) -> Call {
        self.given += 1;
        let (round, n) = (self.round, self.given);
        Call {
            sid: format!("CA{round:08x}{n:024x}"),
            stream: format!("MZ{round:08x}{n:024x}"),
            from: format!("+1415555{n:04}"),
        }
    }
}

/// How a text is spoiled, and what it is called.
pub type Spoil<'n> = (&'n str, fn(&str) -> String);

pub type Pairs = Vec<(String, String)>;

impl Call {
    /// What Twilio posts when this call rings at Bella's.
    pub fn form(&self) -> Pairs {
        pairs(&[
            ("CallSid", &self.sid),
            ("AccountSid", ACCOUNT),
            ("From", &self.from),
            ("To", BELLA),
            ("CallStatus", "in-progress"),
            ("Direction", "inbound"),
            ("ApiVersion", "2010-04-01"),
        ])
    }

    /// The form with one field replaced.
    pub fn with(&self, name: &str, value: &str) -> Pairs {
        let mut form = self.without(name);
        form.push((name.to_owned(), value.to_owned()));
        form
    }

    /// The form without one field.
    pub fn without(&self, name: &str) -> Pairs {
        let mut form = self.form();
        form.retain(|(n, _)| n != name);
        form
    }
}

pub fn pairs(fields: &[(&str, &str)]) -> Pairs {
    let own = |(name, value): &(&str, &str)| ((*name).to_owned(), (*value).to_owned());
    fields.iter().map(own).collect()
}

/// The signature Twilio would send.
pub fn signature(target: &str, form: &[(String, String)]) -> String {
    sign(TOKEN, &format!("{PUBLIC}{target}"), form)
}

/// A form signed as Twilio signs it.
pub fn signed(target: &str, form: &[(String, String)]) -> Request {
    Request::form(target, write_pairs(form)).with("X-Twilio-Signature", &signature(target, form))
}

/// The table under construction.
pub struct Table {
    pub calls: Calls,
    pub cases: Vec<Case>,
}

impl Table {
    /// A case of one request.
    pub fn request(&mut self, name: String, call: Call, request: &Request, expected: (u16, Body)) {
        self.requests(name, call, vec![request.bytes()], expected);
    }

    /// A case of several.
    pub fn requests(&mut self, name: String, call: Call, all: Vec<Vec<u8>>, expected: (u16, Body)) {
        self.cases.push(Case {
            name,
            call,
            input: Input::Requests(all),
            expected: Expected::Answer(expected.0, expected.1),
        });
    }

    /// A case of one request that is refused in one of several ways.
    pub fn request_refused(
        &mut self,
        name: String,
        call: Call,
        request: &Request,
        statuses: &'static [u16],
    ) {
        self.cases.push(Case {
            name,
            call,
            input: Input::Requests(vec![request.bytes()]),
            expected: Expected::Status(statuses),
        });
    }

    /// A case of a request that never ends; `None`: its connection is closed, whatever is said.
    pub fn unfinished(&mut self, name: String, request: String, expected: Option<(u16, Body)>) {
        let call = self.calls.fresh();
        self.cases.push(Case {
            name,
            call,
            input: Input::Unfinished(request.into_bytes()),
            expected: expected.map_or(Expected::Closed, |(status, body)| {
                Expected::Answer(status, body)
            }),
        });
    }

    /// A case of a media socket.
    pub fn socket(&mut self, name: String, steps: Vec<Step>, expected: Expected) {
        let call = self.calls.fresh();
        self.cases.push(Case {
            name,
            call,
            input: Input::Socket(steps),
            expected,
        });
    }
}
