//! A server in this process, and callers for it.

use std::sync::Arc;

use clap::Parser as _;
use maitred::app::{App, Options};
use maitred::cli::call::{
    Act, CallPlan, CallReport, Clip, Cue, Timing, Voice, VoiceName, new_sid, place,
};
use maitred::record::CallRecord;
use maitred::settings::{ServeFlags, Settings};
use maitred::store::Store;
use maitred::twilio::sid::SidKind;
use maitred::twilio::webhook_form::CallStatus;
use tokio::sync::oneshot;

use crate::mix::Kind;

/// The café of the examples.
pub const CAFE: &str = "+14155550121";
/// The pizzeria of the examples.
pub const PIZZERIA: &str = "+12125550101";

#[derive(clap::Parser)]
struct Arguments {
    #[command(flatten)]
    flags: ServeFlags,
}

/// A running server over the example restaurants.
pub struct Line {
    /// `http://127.0.0.1:PORT`
    pub base: String,
    store: Store,
    stop: Option<oneshot::Sender<()>>,
    _data: tempfile::TempDir,
}

impl Line {
    /// Local engines, no signatures.
    pub async fn spoken() -> Self {
        Self::open(&["--dev"], None).await
    }

    /// Scripted engines, signatures under `token` for `public_url`.
    pub async fn signed(public_url: &str, token: &str) -> Self {
        let engines = ["--stt", "scripted", "--tts", "scripted"];
        let flags = [&engines[..], &["--public-url", public_url]].concat();
        Self::open(&flags, Some(token)).await
    }

    async fn open(flags: &[&str], token: Option<&str>) -> Self {
        // Only the first of two servers can set it.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let data = tempfile::tempdir().expect("a folder for the database");
        let path = data.path().display().to_string();
        let fixed = [
            "serve",
            "--listen=127.0.0.1:0",
            "--watch=off",
            "--restaurants",
            concat!(env!("CARGO_MANIFEST_DIR"), "/restaurants.d"),
            "--data",
            &path,
        ];
        let arguments = fixed.iter().chain(flags);
        let settings = Settings::resolve(Arguments::parse_from(arguments).flags, |name| {
            token
                .filter(|_| name == "TWILIO_AUTH_TOKEN")
                .map(str::to_owned)
        })
        .expect("these settings are right");
        let app = App::build(settings, Options::default())
            .await
            .expect("the models are needed: maitred models fetch");
        let base = format!("http://{}", app.address());
        let store = app.store().clone();
        let (stop, stopped) = oneshot::channel();
        tokio::spawn(app.run(
            async {
                let _ = stopped.await;
            },
            std::future::ready(()),
        ));
        Self {
            base,
            store,
            stop: Some(stop),
            _data: data,
        }
    }

    /// Places one call and waits for its end.
    pub async fn call(&self, to: &str, acts: Vec<Act>) -> (CallReport, CallRecord) {
        let plan = plan(&self.base, to, acts);
        let call_sid = plan.call_sid.clone();
        let report = place(plan).await.expect("the call is placed");
        let record = self.store.call(&call_sid).await.expect("the store answers");
        (report, record.expect("the call was recorded"))
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}

/// A call that nobody signs, to the server at `base`.
pub fn plan(base: &str, to: &str, acts: Vec<Act>) -> CallPlan {
    CallPlan {
        webhook: format!("{base}/voice"),
        to: to.to_owned(),
        from: "+14155550188".to_owned(),
        account_sid: new_sid(SidKind::Account),
        call_sid: new_sid(SidKind::Call),
        auth_token: None,
        test: false,
        extra_fields: Vec::new(),
        acts,
        timing: Timing::default(),
        dial_status: CallStatus::Completed,
        status_url: None,
        tls: None,
    }
}

/// The callers' voice (`heart`).
pub struct Callers(Voice);

impl Callers {
    pub async fn open() -> Self {
        let open = || Voice::open(VoiceName::Heart, None);
        let voice = tokio::task::spawn_blocking(open).await;
        Self(voice.expect("not cancelled").expect("the voice opens"))
    }

    /// A call of the mix: its sentences, each when the waiter is done, then silence and the end.
    pub fn acts(&mut self, turns: &[(Kind, &str)]) -> Vec<Act> {
        let mut acts: Vec<Act> = turns
            .iter()
            .map(|(_, text)| Act::Speak {
                cue: Cue::AgentDone,
                clip: self.say(text),
            })
            .collect();
        acts.extend([Act::Silence, Act::HangUp]);
        acts
    }

    /// A sentence; `...` is a pause of 400 ms inside it.
    pub fn say(&mut self, text: &str) -> Clip {
        let mut sound = Vec::new();
        for part in text.split("...").map(str::trim) {
            if !sound.is_empty() {
                sound.extend([maitred::audio::mulaw::SILENCE; 400 * 8]);
            }
            sound.extend_from_slice(&self.0.say(part).expect("the voice speaks").sound);
        }
        Clip {
            text: text.to_owned(),
            sound: Arc::from(sound),
        }
    }
}
