//! What every call shares: engines, store, compiled menus.

use std::sync::Arc;
use std::thread::available_parallelism;

use tokio::sync::Semaphore;

use crate::conversation::{Brief, CompiledMenu, LlmAgent};
use crate::events::Events;
use crate::llm;
use crate::restaurant::{Brain, Digest, Restaurant};
use crate::routing::Served;
use crate::speech::{Bias, CallRecognizer, Hints, Speech, Voice};
use crate::store::{RecordQueue, Store};

use super::Clock;
use super::kitchen_board::KitchenBoard;
use super::machine::CallSettings;

/// Compiled menus kept: a matcher of 60 items is some tens of KiB.
const MAX_MENUS: u64 = 512;

/// A menu made ready for listening and, where a model is used, for its eyes.
#[derive(Clone, Debug)]
pub struct ReadyMenu {
    /// The waiter's matcher.
    pub menu: Arc<CompiledMenu>,
    /// The recogniser's leaning towards its words.
    pub bias: Option<Arc<Bias>>,
    /// What a language model is told, where one is.
    pub brief: Option<Arc<Brief>>,
}

/// A model that may take orders.
#[derive(Clone, Debug)]
pub struct LlmProvider {
    pub client: llm::Client,
    /// Restaurants whose file names no brain have it.
    pub by_default: bool,
}

/// Shared by all calls.
pub struct Services {
    pub speech: Speech,
    pub store: Store,
    /// Where records of ended calls are left.
    pub records: RecordQueue,
    pub events: Events,
    pub clock: Clock,
    pub settings: CallSettings,
    /// What kitchens say beside their files.
    pub kitchen: Arc<KitchenBoard>,
    /// `None`: every call is the built-in waiter's.
    pub llm: Option<LlmProvider>,
    menus: moka::sync::Cache<Digest, ReadyMenu>,
    /// Calls that understand at the same moment: one for each core, so that none waits for all the others' share of it.
    thinking: Arc<Semaphore>,
}

impl std::fmt::Debug for Services {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Services({:?})", self.llm)
    }
}

impl ReadyMenu {
    /// A language model at the start of a call.
    pub fn agent(&self) -> Option<LlmAgent> {
        self.brief.clone().map(LlmAgent::new)
    }
}

impl Services {
    /// Puts the shared parts together.
    pub fn new(
        speech: Speech,
        store: Store,
        events: Events,
        clock: Clock,
        settings: CallSettings,
        kitchen: Arc<KitchenBoard>,
    ) -> Self {
        let menus = moka::sync::Cache::new(MAX_MENUS);
        Self {
            speech,
            records: RecordQueue::start(store.clone(), events.clone()),
            store,
            events,
            clock,
            settings,
            kitchen,
            llm: None,
            menus,
            thinking: Arc::new(Semaphore::new(
                available_parallelism().map_or(2, usize::from),
            )),
        }
    }

    /// Does work that takes milliseconds of a processor where it holds up nobody's sound: on a blocking thread, as many at
    /// once as there are cores, first come first served.
    pub(super) async fn compute<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> T {
        // The semaphore is never closed, and without a place the work is done all the same.
        let _place = self.thinking.acquire().await.ok();
        match tokio::task::spawn_blocking(work).await {
            Ok(done) => done,
            Err(failed) => match failed.try_into_panic() {
                Ok(panic) => std::panic::resume_unwind(panic),
                // The runtime is shutting down and this task with it.
                Err(_) => std::future::pending().await,
            },
        }
    }

    /// A recogniser for one call to this restaurant, which expects the words of its menu.
    pub(super) fn listen(&self, restaurant: &Restaurant, ready: &ReadyMenu) -> CallRecognizer {
        let named = restaurant.speech.stt.as_slice();
        let language = restaurant.language.clone();
        let engines = self.speech.recognizers(named, &language);
        let expected = ready.bias.clone();
        CallRecognizer::open(engines, Hints { language, expected })
    }

    /// May this restaurant's calls be a model's?
    fn uses_llm(&self, restaurant: &Restaurant) -> bool {
        self.llm.as_ref().is_some_and(|llm| {
            let brain = restaurant.brain;
            brain == Some(Brain::Llm) || brain.is_none() && llm.by_default
        })
    }

    /// The voices a restaurant's waiter speaks with, the first choice first.
    pub fn voices_of(&self, restaurant: &Restaurant) -> Vec<Voice> {
        let speech = &restaurant.speech;
        self.speech
            .voices(speech.tts.as_slice(), speech.voice.as_deref())
    }

    /// As [`Services::ready_menu`], which is waited for where it must be compiled first.
    pub(super) async fn menu_for_call(self: &Arc<Self>, served: &Arc<Served>) -> ReadyMenu {
        if let Some(ready) = self.menus.get(&served.digest) {
            return ready;
        }
        let (services, served) = (Arc::clone(self), Arc::clone(served));
        self.compute(move || services.ready_menu(&served)).await
    }

    /// The compiled menu of a restaurant, built once per version of its file: blocks for some milliseconds then.
    pub fn ready_menu(&self, served: &Served) -> ReadyMenu {
        self.menus.get_with(served.digest.clone(), || {
            let menu = Arc::new(CompiledMenu::new(&served.restaurant));
            let words = menu.listening_words();
            let bias =
                (!words.is_empty()).then(|| Arc::new(Bias::new(words.iter().map(String::as_str))));
            let brief = self
                .uses_llm(&served.restaurant)
                .then(|| Arc::new(Brief::new(&served.restaurant)));
            ReadyMenu { menu, bias, brief }
        })
    }
}
