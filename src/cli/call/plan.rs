//! What a call of the software phone will be: whom it calls, and what the caller does.

use std::sync::Arc;

use crate::twilio::webhook_form::CallStatus;

/// A call to place. Everything is known beforehand, the caller's sentences rendered, so that nothing but the server is
/// waited for while it runs.
#[derive(Clone)]
pub struct CallPlan {
    /// The voice webhook.
    pub webhook: String,
    /// The restaurant's number (`To`).
    pub to: String,
    /// The caller's (`From`).
    pub from: String,
    /// `AC…`.
    pub account_sid: String,
    /// `CA…`, new for every call.
    pub call_sid: String,
    /// Signs the webhooks and the socket's upgrade; nothing is signed without it.
    pub auth_token: Option<String>,
    /// Send the signed field `MaitredTest=1`.
    pub test: bool,
    /// Further form fields, signed like the rest.
    pub extra_fields: Vec<(String, String)>,
    /// What the caller does, in order.
    pub acts: Vec<Act>,
    pub timing: Timing,
    /// How a dialled person answers.
    pub dial_status: CallStatus,
    /// Told when the call is over, as a number's status callback is.
    pub status_url: Option<String>,
    /// Trusted certificates for `https` and `wss`; `None`: the system's.
    pub tls: Option<Arc<rustls::ClientConfig>>,
}

/// Milliseconds that make the caller a person.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// Between the agent's last sound and the caller's first.
    pub reaction_ms: u32,
    /// A caller who hears nothing for this long goes on anyway.
    pub patience_ms: u32,
    /// When everything was said and nothing was heard for this long, the caller hangs up.
    pub linger_ms: u32,
    /// The caller hangs up after this long whatever happens.
    pub longest_ms: u32,
}

/// 500 ms to react; 15 s of patience; 30 s to hear the server out (longer than its last nudge); 10 minutes in all.
impl Default for Timing {
    fn default() -> Self {
        Timing {
            reaction_ms: 500,
            patience_ms: 15_000,
            linger_ms: 30_000,
            longest_ms: 600_000,
        }
    }
}

/// A rendered utterance.
#[derive(Clone, PartialEq, Eq)]
pub struct Clip {
    /// Its words, for the transcript.
    pub text: String,
    /// Mu-law, 8000 bytes a second.
    pub sound: Arc<[u8]>,
}

impl std::fmt::Debug for Clip {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?} ({} ms)", self.text, self.sound.len() / 8)
    }
}

/// When the caller begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cue {
    /// When the agent has spoken since the last act and is done.
    AgentDone,
    /// This many milliseconds after the agent has begun to speak: cutting in.
    AgentSpeaking { after_ms: u32 },
    /// At once.
    Now,
}

/// Something the caller does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Say something.
    Speak { cue: Cue, clip: Clip },
    /// Press keys, 200 ms apart.
    Press { cue: Cue, keys: String },
    /// Do nothing for a while.
    Pause { ms: u32 },
    /// Let the agent speak and answer nothing.
    Silence,
    /// From here on something sounds below the voice: breath, a room. An empty clip is quiet again.
    Background { clip: Clip },
    /// Put the receiver down.
    HangUp,
}
