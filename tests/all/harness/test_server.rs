//! A server in the test's process, and a look into it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use maitred::app::App;
use maitred::call::{Admission, ManualClock};
use maitred::events::DomainEvent;
use maitred::order::PlacedOrder;
use maitred::record::CallRecord;
use maitred::reload::Reloader;
use maitred::routing::LiveTable;
use maitred::store::{OrderFilter, Store};
use tokio::sync::{broadcast, oneshot};
use tokio::task::JoinHandle;

use super::restaurants::of_every_kind;
use super::{ADMIN, NEVER, OLD_TOKEN, PUBLIC, ServerSetup, TOKEN};

/// Monday, 13:00 in Toronto.
const NOW: &str = "2026-11-23T18:00:00Z";

/// A running server; it stops when this is dropped.
pub struct TestServer {
    pub address: SocketAddr,
    /// Where Twilio posts calls.
    pub webhook: String,
    pub store: Store,
    pub admission: Arc<Admission>,
    pub table: Arc<LiveTable>,
    pub reloader: Arc<Reloader>,
    pub events: broadcast::Receiver<Arc<DomainEvent>>,
    pub server: JoinHandle<std::io::Result<()>>,
    clock: Option<ManualClock>,
    // Dropped, they say the same as sent to.
    stop: Option<oneshot::Sender<()>>,
    force: Option<oneshot::Sender<()>>,
    root: tempfile::TempDir,
}

impl TestServer {
    /// As an operator runs it, on restaurants of every kind: signatures checked, admin token set, a clock that stands.
    pub async fn start() -> Self {
        Self::start_with(&[], &[("MAITRED_ADMIN_TOKEN", ADMIN)]).await
    }

    /// The same with further flags, and exactly these variables beside the auth tokens.
    pub async fn start_with(flags: &[&str], environment: &[(&str, &str)]) -> Self {
        let public: &[&str] = if flags.contains(&"--dev") {
            &[]
        } else {
            &["--public-url", PUBLIC]
        };
        let tokens = format!("{OLD_TOKEN},{TOKEN}");
        ServerSetup::new()
            .files(&of_every_kind())
            .flags(public)
            .flags(flags)
            .environment(&[("TWILIO_AUTH_TOKEN", &tokens)])
            .environment(environment)
            .at(NOW)
            .start()
            .await
    }

    pub(super) fn run(app: App, clock: Option<ManualClock>, root: tempfile::TempDir) -> Self {
        let (stop, stopped) = oneshot::channel::<()>();
        let (force, forced) = oneshot::channel::<()>();
        let stopped = async {
            let _ = stopped.await;
        };
        let forced = async {
            let _ = forced.await;
        };
        Self {
            address: app.address(),
            webhook: format!("http://{}/voice", app.address()),
            store: app.store().clone(),
            admission: Arc::clone(app.admission()),
            table: Arc::clone(app.table()),
            reloader: Arc::clone(app.reloader()),
            events: app.events().subscribe(),
            server: tokio::spawn(app.run(stopped, forced)),
            clock,
            stop: Some(stop),
            force: Some(force),
            root,
        }
    }

    /// The folder of restaurant files, by the name the server was given.
    pub fn folder(&self) -> PathBuf {
        self.root.path().join("restaurants.d")
    }

    /// The address of its database.
    pub fn database(&self) -> String {
        maitred::store::default_url(&self.root.path().join("data"))
    }

    /// The clock of a server that was started at an instant.
    pub fn clock(&self) -> &ManualClock {
        self.clock.as_ref().expect("it runs by the wall clock")
    }

    /// As the first SIGTERM.
    pub fn drain(&mut self) {
        let _ = self.stop.take().unwrap().send(());
    }

    /// As the second.
    pub fn force(&mut self) {
        let _ = self.force.take().unwrap().send(());
    }

    /// Stops as told to, whatever is on the line; the folder it was started in.
    pub async fn stop(mut self) -> tempfile::TempDir {
        self.drain();
        self.force();
        let ended = tokio::time::timeout(NEVER, self.server).await;
        ended.expect("it did not stop").unwrap().unwrap();
        self.root
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// What `path` answers to the holder of the admin token.
    pub async fn response(&self, path: &str) -> reqwest::Response {
        let request = reqwest::Client::new().get(self.url(path));
        request.bearer_auth(ADMIN).send().await.unwrap()
    }

    /// Its status and text.
    pub async fn look(&self, path: &str) -> (u16, String) {
        let response = self.response(path).await;
        (response.status().as_u16(), response.text().await.unwrap())
    }

    /// The status alone: a stream's body never ends.
    pub async fn look_at_head(&self, path: &str) -> u16 {
        self.response(path).await.status().as_u16()
    }

    pub async fn json(&self, path: &str) -> serde_json::Value {
        let (status, text) = self.look(path).await;
        assert_eq!(status, 200, "{path}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Posts to the API with the admin token; what is answered.
    pub async fn post(&self, path: &str, body: &str) -> serde_json::Value {
        let request = reqwest::Client::new()
            .post(self.url(path))
            .bearer_auth(ADMIN)
            // With `--dev` a change must say that it is JSON.
            .header("Content-Type", "application/json")
            .body(body.to_owned());
        let response = request.send().await.unwrap();
        assert_eq!(response.status(), 200, "{path}");
        response.json().await.unwrap()
    }

    /// One line of `/metrics`.
    pub async fn metric(&self, name: &str) -> Option<f64> {
        let (_, text) = self.look("/metrics").await;
        text.lines()
            .find_map(|line| line.strip_prefix(name)?.strip_prefix(' '))
            .map(|value| value.parse().unwrap())
    }

    /// Waits for an event, however long the machine takes.
    pub async fn event<T>(&mut self, wanted: impl Fn(&DomainEvent) -> Option<T>) -> T {
        let found = async {
            loop {
                if let Some(found) = wanted(&self.events.recv().await.unwrap()) {
                    return found;
                }
            }
        };
        let found = tokio::time::timeout(NEVER, found).await;
        found.expect("the event never came")
    }

    /// The record of a call that is over; it may be written behind the call's last answer.
    pub async fn record(&self, call_sid: &str) -> CallRecord {
        let written = async {
            loop {
                if let Some(record) = self.store.call(call_sid).await.unwrap() {
                    return record;
                }
                tokio::task::yield_now().await;
            }
        };
        let record = tokio::time::timeout(NEVER, written).await;
        record.expect("the call was never put on record")
    }

    /// The one order of a call.
    pub async fn order(&self, call_sid: &str) -> PlacedOrder {
        let mut orders = self.orders(call_sid).await;
        assert_eq!(orders.len(), 1, "{orders:#?}");
        orders.remove(0)
    }

    /// The record of a call that is over, and its one order.
    pub async fn stored(&self, call_sid: &str) -> (CallRecord, PlacedOrder) {
        let order = self.order(call_sid).await;
        (self.record(call_sid).await, order)
    }

    /// Every order of a call.
    pub async fn orders(&self, call_sid: &str) -> Vec<PlacedOrder> {
        let filter = OrderFilter {
            call_sid: Some(call_sid.to_owned()),
            ..OrderFilter::default()
        };
        self.store.orders(&filter).await.unwrap()
    }
}
