//! A server with real speech, and calls to its restaurants.

use std::ops::Deref;
use std::sync::Arc;

use maitred::cli::call::{Act, CallPlan, Timing, Voice, VoiceName, new_sid};
use maitred::restaurant::Restaurant;
use maitred::twilio::sid::SidKind;
use maitred::twilio::webhook_form::CallStatus;

use super::{ServerSetup, TestServer};

/// A restaurant that never opens.
const SHUT: &str = r#"
id: shut
name: The Shut Door
phone_number: "+12125550170"
hours: {mon: []}
closed_message: "Sorry, we are closed. Goodbye."
menu: [{id: tea, name: Tea, price: 2}]
"#;

/// Opens a caller's voice.
pub async fn voice(name: VoiceName) -> Voice {
    tokio::task::spawn_blocking(move || Voice::open(name, None))
        .await
        .unwrap()
        .unwrap()
}

/// A running server over the example restaurants and a closed one.
pub struct SpokenServer(TestServer);

impl SpokenServer {
    /// Nothing is signed.
    pub async fn open() -> Self {
        Self::start(ServerSetup::new().flags(&["--dev"])).await
    }

    /// Signatures under `token`, for this public address.
    pub async fn signed(public_url: &str, token: &str) -> Self {
        let setup = ServerSetup::new().flags(&["--public-url", public_url]);
        Self::start(setup.environment(&[("TWILIO_AUTH_TOKEN", token)])).await
    }

    async fn start(setup: ServerSetup) -> Self {
        let setup = setup.example_files().files(&[("shut.yaml", SHUT)]);
        Self(setup.local_speech().start().await)
    }

    /// All of them, the closed one too.
    pub fn restaurants(&self) -> Vec<Arc<Restaurant>> {
        let table = self.table.load();
        let served = table.restaurants();
        served
            .map(|served| Arc::clone(&served.restaurant))
            .collect()
    }

    /// A call to this restaurant.
    pub fn plan(&self, restaurant: &Restaurant, acts: Vec<Act>) -> CallPlan {
        CallPlan {
            webhook: self.webhook.clone(),
            to: restaurant.phone_numbers[0].to_string(),
            from: format!("+1415555{:04}", rand::random_range(0..10_000)),
            account_sid: new_sid(SidKind::Account),
            call_sid: new_sid(SidKind::Call),
            auth_token: None,
            test: false,
            extra_fields: Vec::new(),
            acts,
            timing: Timing {
                longest_ms: 120_000,
                ..Timing::default()
            },
            dial_status: CallStatus::Completed,
            status_url: None,
            tls: None,
        }
    }
}

impl Deref for SpokenServer {
    type Target = TestServer;

    fn deref(&self) -> &TestServer {
        &self.0
    }
}
