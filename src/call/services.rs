//! What every call shares: engines, store, compiled menus.

use std::sync::Arc;

use crate::conversation::{Brief, CompiledMenu, LlmAgent};
use crate::events::Events;
use crate::llm;
use crate::record::Engines;
use crate::restaurant::{Brain, Digest, Restaurant};
use crate::routing::Served;
use crate::speech::{Bias, DEFAULT_VOICE, Speech};
use crate::store::Store;

use super::Clock;
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
    pub events: Events,
    pub clock: Clock,
    pub settings: CallSettings,
    /// The voice of restaurants that name none.
    pub voice: String,
    /// `None`: every call is the built-in waiter's.
    pub llm: Option<LlmProvider>,
    menus: moka::sync::Cache<Digest, ReadyMenu>,
}

impl std::fmt::Debug for Services {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Services({:?})", self.engines())
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
    ) -> Self {
        let menus = moka::sync::Cache::new(MAX_MENUS);
        Self {
            speech,
            store,
            events,
            clock,
            settings,
            voice: DEFAULT_VOICE.to_owned(),
            llm: None,
            menus,
        }
    }

    /// Names of the engines, for the record.
    pub fn engines(&self) -> Engines {
        Engines {
            stt: self.speech.recognizer.name().to_owned(),
            tts: self.speech.prompts.synthesizer().name().to_owned(),
            brain: "menu".to_owned(),
        }
    }

    /// May this restaurant's calls be a model's?
    fn uses_llm(&self, restaurant: &Restaurant) -> bool {
        self.llm.as_ref().is_some_and(|llm| {
            let brain = restaurant.brain;
            brain == Some(Brain::Llm) || brain.is_none() && llm.by_default
        })
    }

    /// The voice a restaurant's waiter speaks with.
    pub fn voice_of(&self, restaurant: &Restaurant) -> String {
        restaurant
            .speech
            .voice
            .clone()
            .unwrap_or_else(|| self.voice.clone())
    }

    /// The compiled menu of a restaurant, built once per version of its file.
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
