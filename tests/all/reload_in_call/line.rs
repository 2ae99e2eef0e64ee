//! A server whose folder is watched, and what it has stored.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser as _;
use maitred::app::{App, Options};
use maitred::events::DomainEvent;
use maitred::order::PlacedOrder;
use maitred::record::CallRecord;
use maitred::restaurant::Digest;
use maitred::routing::LiveTable;
use maitred::settings::{ServeFlags, Settings};
use maitred::store::{OrderFilter, Store};
use tokio::sync::{broadcast, oneshot};

/// However slow the machine: what did not happen by then never will.
const NEVER: Duration = Duration::from_secs(120);

#[derive(clap::Parser)]
struct Arguments {
    #[command(flatten)]
    flags: ServeFlags,
}

/// A running server.
pub struct Line {
    pub webhook: String,
    store: Store,
    table: Arc<LiveTable>,
    events: broadcast::Receiver<Arc<DomainEvent>>,
    /// Of the table in force, as far as events were asked for.
    pub generation: u64,
    folder: tempfile::TempDir,
    stop: Option<oneshot::Sender<()>>,
}

impl Line {
    /// Serves these files; later changes are noticed by the product's own watch.
    pub async fn open(files: &[(&str, &str)]) -> Self {
        let _ = rustls::crypto::ring::default_provider().install_default();
        let folder = tempfile::tempdir().unwrap();
        let restaurants = folder.path().join("restaurants.d");
        std::fs::create_dir(&restaurants).unwrap();
        for (name, text) in files {
            write(&restaurants, name, text);
        }
        let line = Arguments::parse_from([
            "serve",
            "--dev",
            "--listen=127.0.0.1:0",
            "--watch=auto",
            "--stt=scripted",
            "--tts=scripted",
            "--restaurants",
            &restaurants.display().to_string(),
            "--data",
            &folder.path().join("data").display().to_string(),
        ]);
        let settings = Settings::resolve(line.flags, |_| None).unwrap();
        let options = Options {
            workers: 1,
            ..Options::default()
        };
        let app = App::build(settings, options).await.unwrap();
        let (stop, stopped) = oneshot::channel();
        let line = Self {
            webhook: format!("http://{}/voice", app.address()),
            store: app.store().clone(),
            table: Arc::clone(app.table()),
            events: app.events().subscribe(),
            generation: app.table().load().generation(),
            folder,
            stop: Some(stop),
        };
        let stopped = async {
            let _ = stopped.await;
        };
        tokio::spawn(app.run(stopped, std::future::ready(())));
        line
    }

    /// Puts a file in place of another as editors and deployments do: written aside, then renamed.
    pub fn replace(&self, name: &str, text: &str) {
        write(&self.folder.path().join("restaurants.d"), name, text);
    }

    pub fn delete(&self, name: &str) {
        std::fs::remove_file(self.folder.path().join("restaurants.d").join(name)).unwrap();
    }

    /// Waits until the watch has published a new table.
    pub async fn published(&mut self) {
        let published = |event: &DomainEvent| match event {
            DomainEvent::ConfigLoaded {
                published: true,
                generation,
                trigger,
                ..
            } => Some((*generation, *trigger)),
            _ => None,
        };
        let (generation, trigger) = self.event(published).await;
        assert!(generation > self.generation);
        assert!(["event", "poll"].contains(&trigger), "{trigger}");
        self.generation = generation;
    }

    /// Waits until a newer table is in force, however many other events there are meanwhile.
    pub async fn newer(&mut self) {
        let newer = async {
            let mut events = self.events.resubscribe();
            while self.table.load().generation() <= self.generation {
                // Missed ones may have been the publication: the table tells.
                let _ = events.recv().await;
            }
        };
        let came = tokio::time::timeout(NEVER, newer).await;
        came.expect("no newer table");
        self.generation = self.table.load().generation();
    }

    /// Waits until the watch has found fault with a file; returns the code.
    pub async fn fault(&mut self) -> String {
        self.event(|event| match event {
            DomainEvent::ConfigFile(change) => {
                let mut errors = change.problems.iter().filter(|problem| problem.is_error());
                errors.next().map(|problem| problem.code.to_string())
            }
            _ => None,
        })
        .await
    }

    async fn event<T>(&mut self, wanted: impl Fn(&DomainEvent) -> Option<T>) -> T {
        let looking = async {
            loop {
                if let Some(found) = wanted(&self.events.recv().await.unwrap()) {
                    return found;
                }
            }
        };
        let found = tokio::time::timeout(NEVER, looking).await;
        found.expect("the event never came")
    }

    /// What `/api/table` tells of the restaurant in this file.
    pub async fn row(&self, file: &str) -> serde_json::Value {
        let url = self.webhook.replace("/voice", "/api/table");
        let answer = reqwest::get(url).await.unwrap();
        let table: serde_json::Value = answer.json().await.unwrap();
        let rows = table["restaurants"].as_array().unwrap();
        let row = rows.iter().find(|row| row["file"] == file);
        row.cloned().unwrap_or_default()
    }

    /// The record of a call that is over, and its one order.
    pub async fn stored(&self, sid: &str) -> (CallRecord, PlacedOrder) {
        let filter = OrderFilter {
            call_sid: Some(sid.to_owned()),
            ..OrderFilter::default()
        };
        let mut orders = self.store.orders(&filter).await.unwrap();
        assert_eq!(orders.len(), 1, "{orders:#?}");
        let record = self.store.call(sid).await.unwrap().unwrap();
        (record, orders.remove(0))
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}

fn write(folder: &Path, name: &str, text: &str) {
    let aside = folder.join(format!(".{name}.new"));
    std::fs::write(&aside, text).unwrap();
    std::fs::rename(aside, folder.join(name)).unwrap();
}

/// What the server calls a version of a file.
pub fn digest(text: &str) -> Digest {
    Digest::of(text.as_bytes())
}
