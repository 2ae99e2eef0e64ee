//! What every call shares: engines, store, compiled menus.

use std::sync::Arc;

use crate::conversation::CompiledMenu;
use crate::record::Engines;
use crate::restaurant::Digest;
use crate::routing::Served;
use crate::speech::{Bias, Speech};
use crate::store::Store;

use super::machine::CallSettings;

/// Compiled menus kept: a matcher of 60 items is some tens of KiB.
const MENUS_KEPT: u64 = 512;

/// A menu made ready for listening.
#[derive(Clone, Debug)]
pub struct ReadyMenu {
    /// The waiter's matcher.
    pub menu: Arc<CompiledMenu>,
    /// The recogniser's leaning towards its words.
    pub bias: Option<Arc<Bias>>,
}

/// Shared by all calls.
pub struct CallServices {
    pub speech: Arc<Speech>,
    pub store: Arc<Store>,
    pub settings: CallSettings,
    /// Names for the record.
    pub engines: Engines,
    /// The voice of restaurants that name none.
    pub voice: String,
    menus: moka::sync::Cache<Digest, ReadyMenu>,
}

impl std::fmt::Debug for CallServices {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "CallServices({:?})", self.engines)
    }
}

impl CallServices {
    /// Puts the shared parts together.
    pub fn new(speech: Arc<Speech>, store: Arc<Store>, settings: CallSettings, voice: String) -> Self {
        let engines = Engines {
            stt: speech.ears.name().to_owned(),
            tts: speech.mouth_name().to_owned(),
            brain: "menu".to_owned(),
        };
        Self { speech, store, settings, engines, voice, menus: moka::sync::Cache::new(MENUS_KEPT) }
    }

    /// The compiled menu of a restaurant, built once per version of its file.
    pub fn ready_menu(&self, served: &Served) -> ReadyMenu {
        self.menus.get_with(served.digest.clone(), || {
            let menu = Arc::new(CompiledMenu::new(&served.restaurant));
            let bias = self.speech.ears.bias(menu.listening_words());
            ReadyMenu { menu, bias }
        })
    }
}
