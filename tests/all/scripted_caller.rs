//! A caller whose words arrive exactly: they lie in the sound as bits, and the waiter's are read back off what was heard.

use std::time::Duration;

use maitred::audio::mulaw;
use maitred::cli::call::{
    Act, CallPlan, CallReport, Clip, Cue, Event, Happening, Timing, new_sid, place_improvised,
};
use maitred::speech::scripted;
use maitred::twilio::sid::SidKind;
use maitred::twilio::webhook_form::CallStatus;
use maitred::words::{Language, speakable};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

/// However slow the machine: what was not heard by then never comes.
const NEVER: Duration = Duration::from_secs(120);

/// A call to `to`, from a number of its own, unsigned.
pub fn plan(webhook: &str, to: &str, acts: Vec<Act>) -> CallPlan {
    CallPlan {
        webhook: webhook.to_owned(),
        to: to.to_owned(),
        from: format!("+1415{:07}", rand::random_range(2_000_000..10_000_000)),
        account_sid: new_sid(SidKind::Account),
        call_sid: new_sid(SidKind::Call),
        auth_token: None,
        test: false,
        extra_fields: Vec::new(),
        acts,
        timing: Timing {
            reaction_ms: 100,
            patience_ms: 30_000,
            linger_ms: 30_000,
            longest_ms: 180_000,
        },
        dial_status: CallStatus::Completed,
        status_url: None,
        tls: None,
    }
}

/// Saying this.
pub fn say(cue: Cue, text: &str) -> Act {
    let clip = Clip {
        text: text.to_owned(),
        sound: scripted::encode(text).into(),
    };
    Act::Speak { cue, clip }
}

/// As the waiter's voice says it: "$5.00" is "five dollars".
pub fn spoken(text: &str) -> String {
    speakable(text, Language::default())
}

/// Every word of the waiter that was heard, a word cut short left out.
pub fn heard(report: &CallReport) -> String {
    scripted::decode(&mulaw::decode(&report.heard)).unwrap_or_default()
}

/// A call in progress, led by the test.
pub struct LiveCall {
    pub sid: String,
    acts: mpsc::UnboundedSender<Act>,
    waiter: mpsc::UnboundedReceiver<String>,
    /// What was heard and not asked for yet.
    unasked: String,
    phone: JoinHandle<CallReport>,
}

impl LiveCall {
    /// Rings.
    pub fn place(webhook: &str, to: &str) -> Self {
        Self::begin(plan(webhook, to, Vec::new()))
    }

    /// Rings from whatever calls itself a number.
    pub fn place_from(webhook: &str, to: &str, from: &str) -> Self {
        Self::begin(CallPlan {
            from: from.to_owned(),
            ..plan(webhook, to, Vec::new())
        })
    }

    /// Rings where signatures are checked.
    pub fn place_signed(webhook: &str, to: &str, auth_token: &str) -> Self {
        Self::begin(CallPlan {
            auth_token: Some(auth_token.to_owned()),
            ..plan(webhook, to, Vec::new())
        })
    }

    /// Rings as planned.
    pub fn begin(plan: CallPlan) -> Self {
        let (acts, more) = mpsc::unbounded_channel();
        let (words, waiter) = mpsc::unbounded_channel();
        let sid = plan.call_sid.clone();
        let phone = tokio::spawn(async move {
            let mut watch = |event: &Event, report: &CallReport| {
                let last = report.agent.last();
                if let (Happening::AgentFinished { .. }, Some(last)) = (&event.what, last) {
                    let sound = mulaw::decode(report.agent_sound(*last));
                    // Nobody listens any more when the test has failed already.
                    let _ = words.send(scripted::decode(&sound).unwrap_or_default());
                }
            };
            let placed = place_improvised(&plan, &mut watch, Some(more)).await;
            placed.unwrap()
        });
        Self {
            sid,
            acts,
            waiter,
            unasked: String::new(),
            phone,
        }
    }

    /// Says this as soon as the waiter is quiet.
    pub fn say(&self, text: &str) {
        let _ = self.acts.send(say(Cue::AgentDone, text));
    }

    /// Hangs up.
    pub fn hang_up(&self) {
        let _ = self.acts.send(Act::HangUp);
    }

    /// Waits until the waiter has said this, after what was waited for before.
    pub async fn hears(&mut self, text: &str) {
        let words = spoken(text);
        let listening = async {
            while !self.unasked.contains(&words) {
                let more = self.waiter.recv().await;
                let more =
                    more.unwrap_or_else(|| panic!("over before {words:?}: {}", self.unasked));
                self.unasked = format!("{} {more}", self.unasked).trim().to_owned();
            }
        };
        let came = tokio::time::timeout(NEVER, listening).await.is_ok();
        assert!(came, "{words:?} never came: {}", self.unasked);
        let (_, rest) = self.unasked.split_once(&words).unwrap();
        self.unasked = rest.to_owned();
    }

    /// Waits until the call is over.
    pub async fn over(self) -> CallReport {
        tokio::time::timeout(NEVER, self.phone)
            .await
            .expect("the call never ended")
            .unwrap()
    }
}
