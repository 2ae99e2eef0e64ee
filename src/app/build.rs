//! Putting the rooms together, in the order in which they need each other.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;
use std::thread::available_parallelism;
use std::time::Duration;

use jiff::Timestamp;
use tokio::time::timeout;

use super::background::Background;
use super::{
    config_reports, drain, first_call, greetings, notify, retention, store_watch, systemd,
};
use crate::call::machine::CallSettings;
use crate::call::session::Services;
use crate::call::{Admission, Clock, KitchenBoard, LlmProvider};
use crate::config::Capabilities;
use crate::delivery::{Outbox, OutboxParts, Retries, Secrets};
use crate::events::{DomainEvent, Events};
use crate::llm::{Client, ClientError};
use crate::reload::{ReloadSettings, Reloader, WatchMode};
use crate::routing::{FileStatus, LiveTable, RoutingTable};
use crate::settings::{self, Settings, load_or_make};
use crate::speech::models::default_dir;
use crate::speech::{EngineChoice, Recognizer, Speech, SpeechError, SpeechSettings};
use crate::store::{
    LockError, ServerLock, Store, StoreError, database_file, default_url, make_private_folder,
};
use crate::web::{self, AppState, BuildError, Connections, Readiness, WebServer};

/// Rendered prompts kept on disk: some ten hours of sound.
const PROMPTS_ON_DISK: u64 = 256 * 1024 * 1024;

/// Streams of `GET /api/config/events` at once.
const LISTENERS: usize = 32;

/// How long the database may take to close.
const CLOSE_TIMEOUT: Duration = Duration::from_secs(5);

/// What a test sets and an operator does not.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The wall clock.
    pub clock: Clock,
    /// HTTP workers; 0: one for each core.
    pub workers: usize,
    /// Recognisers before those that the settings name.
    pub recognizers: Vec<Arc<dyn Recognizer>>,
    /// How stubbornly `--notify-url` is told.
    pub notify_retries: Retries,
    /// What restaurants' files name as `secret_env`.
    pub secrets: Secrets,
}

/// Why the server does not start; all of it is the operator's to mend (exit code 78).
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    #[error("--data (MAITRED_DATA): cannot work in {folder}: {source}")]
    Data {
        folder: String,
        source: std::io::Error,
    },
    #[error("{what}: {source}")]
    Locked { what: String, source: LockError },
    #[error("--database-url (MAITRED_DATABASE_URL): {0}")]
    Store(#[from] StoreError),
    #[error("--strict: {0}")]
    NotClean(String),
    #[error("--listen (MAITRED_LISTEN): {0}")]
    Web(#[from] BuildError),
    #[error("the folder of restaurants could not be scanned: {0}")]
    Scan(String),
    #[error("the language model: {0}")]
    Llm(#[from] ClientError),
    #[error("failed to {0}")]
    Speech(#[from] SpeechError),
}

/// A server that is bound and ready, not yet running.
pub struct App {
    web: WebServer,
    settings: Arc<Settings>,
    store: Store,
    table: Arc<LiveTable>,
    admission: Arc<Admission>,
    events: Events,
    readiness: Arc<Readiness>,
    reloader: Arc<Reloader>,
    background: Background,
    /// Let go of last: until then the database is ours.
    _locks: [ServerLock; 2],
}

impl App {
    /// Opens everything. When it returns the folder was read once and speech is warm.
    ///
    /// # Errors
    /// [`StartError`], which names what to mend.
    pub async fn build(settings: Settings, options: Options) -> Result<Self, StartError> {
        let settings = Arc::new(settings);
        let events = Events::default();
        if settings.auth_tokens.are_of_several_accounts() {
            events.name_accounts();
        }
        let url = settings.database_url.clone();
        let url = url.unwrap_or_else(|| default_url(&settings.data));
        let locks = lock(&settings, &url)?;
        let secret = secret(&settings)?;
        let store = Store::open(&url).await?;

        let table = Arc::new(LiveTable::new(RoutingTable::empty()));
        let readiness = Arc::new(Readiness::default());
        // Before the folder: what its files may ask for is what is open. The engines warm up behind it.
        let speech = load_speech(&settings).await?;
        let speech = speech.with_recognizers(options.recognizers);
        let mut folder = ReloadSettings::new(&settings.restaurants, watch_mode(settings.watch));
        folder.cache = Some(settings.data.join("menus.cache"));
        let reloader = Reloader::with_store(
            folder,
            Arc::clone(&table),
            Capabilities {
                llm: settings.llm.is_some(),
                ..speech.capabilities()
            },
            store.clone(),
            tokio::runtime::Handle::current(),
        );
        let reports = config_reports::start(&reloader, &events, &store)
            .await
            .map_err(StartError::Scan)?;
        if settings.strict {
            clean(&reloader, reports.first.source_lost.as_deref())?;
        }
        readiness.table_loaded();
        speech.warm_up().await?;
        readiness.speech_warm();

        let limits = settings.limits.clone();
        let admission = Arc::new(Admission::new(Arc::clone(&table), &secret, limits));
        let kitchen = KitchenBoard::load(store.clone(), events.clone()).await?;
        let mut services = Services::new(
            speech,
            store.clone(),
            events.clone(),
            options.clock.clone(),
            CallSettings::default(),
            Arc::new(kitchen),
        );
        services.llm = llm(&settings)?;
        let services = Arc::new(services);
        let notifier = settings.notify.clone().map(|notify| {
            let (retries, clock) = (options.notify_retries, options.clock.clone());
            notify::start(notify, retries, &reloader, &events, clock)
        });
        let records = services.records.clone();
        greetings::keep_ready(&services, &table, reloader.subscribe());
        let deliveries = Arc::new(tokio::sync::Notify::new());
        let state = |bound| AppState {
            settings: Arc::clone(&settings),
            bound,
            table: Arc::clone(&table),
            reloader: Arc::clone(&reloader),
            admission: Arc::clone(&admission),
            store: store.clone(),
            events: events.clone(),
            clock: options.clock.clone(),
            readiness: Arc::clone(&readiness),
            connections: Arc::new(Connections::within_system_limits()),
            listeners: Arc::new(tokio::sync::Semaphore::new(LISTENERS)),
            deliveries: Arc::clone(&deliveries),
            secret: secret.clone(),
            services,
            runtime: tokio::runtime::Handle::current(),
        };
        let workers = match options.workers {
            0 => available_parallelism().map_or(2, usize::from),
            some => some,
        };
        let web = web::build(settings.listen, workers, state)?;
        // Only now that the port is ours: a second server started by mistake does not come this far.
        end_lost_calls(&store, &events).await;
        let clock = options.clock;
        let now: Arc<dyn Fn() -> Timestamp + Send + Sync> = Arc::new(move || clock.now());
        let outbox = Outbox::start(OutboxParts {
            store: store.clone(),
            events: events.clone(),
            table: Arc::clone(&table),
            public_url: public_url(&settings, web.address),
            settings: Arc::clone(&settings),
            secret,
            secrets: options.secrets,
            now: Arc::clone(&now),
            wake: deliveries,
        });
        let (rules, keep) = (Arc::clone(&table), settings.keep);
        let retention = retention::start(store.clone(), events.clone(), rules, keep, now);
        let store_watch = store_watch::start(&store, &events);
        Ok(Self {
            web,
            settings,
            store,
            table,
            admission,
            events,
            readiness,
            reloader,
            background: Background {
                reports,
                notifier,
                records,
                outbox,
                store_watch,
                retention,
            },
            _locks: locks,
        })
    }

    /// Where it listens; the port is known even when 0 was asked for.
    pub fn address(&self) -> SocketAddr {
        self.web.address
    }

    /// What happens, from now on.
    pub fn events(&self) -> &Events {
        &self.events
    }

    /// The store, for whoever looks on.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// Who may call, and who is on the line.
    pub fn admission(&self) -> &Arc<Admission> {
        &self.admission
    }

    /// Who answers which number.
    pub fn table(&self) -> &Arc<LiveTable> {
        &self.table
    }

    /// The folder's keeper.
    pub fn reloader(&self) -> &Arc<Reloader> {
        &self.reloader
    }

    /// SIGHUP makes the folder be scanned, from now on.
    pub fn scan_on_hangup(&self) {
        config_reports::scan_on_hangup(&self.reloader);
    }

    /// Answers calls until `stop` says so, then lets live calls end (at most `--drain`, or until `force` says so).
    ///
    /// # Errors
    /// The web server's.
    pub async fn run(
        self,
        stop: impl Future<Output = ()>,
        force: impl Future<Output = ()>,
    ) -> std::io::Result<()> {
        let address = self.web.address;
        self.events.publish(DomainEvent::Ready {
            address: address.to_string(),
        });
        if self.settings.dev {
            first_call::print(address, self.settings.dev_exposed, &self.table.load());
        }
        systemd::ready();
        let handle = self.web.handle();
        let server = self.web.run();
        tokio::pin!(server);
        let ended = tokio::select! {
            ended = &mut server => Some(ended),
            () = stop => None,
        };
        let ended = match ended {
            Some(ended) => ended,
            None => {
                self.readiness.drain();
                systemd::stopping();
                let live = Arc::clone(self.admission.live());
                self.events
                    .publish(DomainEvent::Draining { live: live.len() });
                let drained = drain::until_idle(&live, self.settings.drain, force);
                // The server goes on answering while live calls end: `/voice/after` is still asked.
                tokio::select! {
                    ended = &mut server => ended,
                    () = drained => {
                        let (ended, ()) = tokio::join!(server, handle.stop(true));
                        ended
                    }
                }
            }
        };
        self.background
            .finish(self.admission.live(), &self.events)
            .await;
        self.events.tell_last_refusals();
        if timeout(CLOSE_TIMEOUT, self.store.close()).await.is_err() {
            tracing::warn!("the database was not closed in time; the next start reads its log");
        }
        ended
    }
}

/// What links in messages begin with: the public address; with `--dev` the bound one. Behind a proxy that tells it request by
/// request nobody knows it when a message is written.
fn public_url(settings: &Settings, bound: SocketAddr) -> Option<String> {
    let public = settings
        .public_url
        .as_ref()
        .map(|url| url.as_str().to_owned());
    public.or_else(|| settings.dev.then(|| format!("http://{bound}")))
}

/// The model that restaurants may use.
fn llm(settings: &Settings) -> Result<Option<LlmProvider>, ClientError> {
    let by_default = settings.brain == settings::BrainFlag::Llm;
    let client = settings.llm.as_ref().map(Client::new).transpose()?;
    Ok(client.map(|client| LlmProvider { client, by_default }))
}

/// Calls without an end would be shown as live for ever. A store that cannot do it now is no reason not to answer.
async fn end_lost_calls(store: &Store, events: &Events) {
    match store.end_lost_calls().await {
        Ok(0) => {}
        Ok(count) => events.publish(DomainEvent::CallsLost { count }),
        Err(error) => events.publish(DomainEvent::StoreFailed {
            what: "end the calls of a server that died",
            error: error.to_string(),
        }),
    }
}

/// Makes the data folder and takes it, and the database, which may lie elsewhere.
fn lock(settings: &Settings, url: &str) -> Result<[ServerLock; 2], StartError> {
    let data = |source| StartError::Data {
        folder: settings.data.display().to_string(),
        source,
    };
    make_private_folder(&settings.data).map_err(data)?;
    let database = database_file(url)?;
    let folder = database.parent().filter(|at| !at.as_os_str().is_empty());
    if let Some(folder) = folder.filter(|folder| !folder.exists()) {
        make_private_folder(folder).map_err(data)?;
    }
    let take = |name: &str, what: &Path| {
        ServerLock::take(what).map_err(|source| StartError::Locked {
            what: format!("{name}: {}", what.display()),
            source,
        })
    };
    Ok([
        take("--data (MAITRED_DATA)", &settings.data)?,
        take("--database-url (MAITRED_DATABASE_URL)", &database)?,
    ])
}

fn secret(settings: &Settings) -> Result<Vec<u8>, StartError> {
    let secret = match &settings.secret {
        Some(secret) => secret.clone(),
        None => load_or_make(&settings.data).map_err(|source| StartError::Data {
            folder: settings.data.display().to_string(),
            source,
        })?,
    };
    Ok(secret.expose().as_bytes().to_vec())
}

/// `--strict`: every file is served as it is on disk.
fn clean(reloader: &Reloader, lost: Option<&str>) -> Result<(), StartError> {
    let status = reloader.status();
    let rejected: Vec<&str> = status
        .rejected
        .iter()
        .map(|row| row.file.as_str())
        .collect();
    if !rejected.is_empty() {
        return Err(StartError::NotClean(format!(
            "not served: {} (maitred check tells why)",
            rejected.join(", ")
        )));
    }
    let clean = |status| matches!(status, FileStatus::Active | FileStatus::Disabled);
    let other: Vec<String> = status
        .restaurants
        .iter()
        .filter(|row| !clean(row.status))
        .map(|row| format!("{} ({})", row.file, row.status.as_str()))
        .collect();
    if !other.is_empty() {
        return Err(StartError::NotClean(format!(
            "not served as on disk: {}",
            other.join(", ")
        )));
    }
    if let Some(error) = lost {
        return Err(StartError::NotClean(format!("the folder is lost: {error}")));
    }
    if status.restaurants.is_empty() {
        let folder = reloader.settings().folder.display().to_string();
        return Err(StartError::NotClean(format!(
            "no restaurant is served from {folder}"
        )));
    }
    Ok(())
}

/// Opens the engines; reading models blocks for about a second, so it is done aside.
async fn load_speech(settings: &Settings) -> Result<Speech, SpeechError> {
    let engine = |flag: &settings::Engine| match flag {
        settings::Engine::Local => EngineChoice::Local,
        settings::Engine::Scripted => EngineChoice::Scripted,
    };
    let speech = SpeechSettings {
        stt: settings.stt.iter().map(engine).collect(),
        tts: settings.tts.iter().map(engine).collect(),
        models_dir: settings.models.clone().unwrap_or_else(default_dir),
        cache_dir: Some(settings.data.join("prompts")),
        cache_bytes: PROMPTS_ON_DISK,
        threads: 0,
    };
    let loaded = tokio::task::spawn_blocking(move || Speech::load(speech)).await;
    loaded.unwrap_or(Err(SpeechError::Stopped))
}

fn watch_mode(flag: settings::WatchMode) -> WatchMode {
    match flag {
        settings::WatchMode::Auto => WatchMode::Auto,
        settings::WatchMode::Native => WatchMode::Native,
        settings::WatchMode::Poll => WatchMode::Poll,
        settings::WatchMode::Off => WatchMode::Off,
    }
}
