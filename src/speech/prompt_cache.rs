//! Sound of sentences that will be said again: in memory, on disk, and each rendered once however many calls want it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use moka::sync::Cache;
use tokio::sync::OnceCell;

use super::local::Urgency;
use super::prompt_disk::PromptDisk;
use super::{SpeechError, Synthesizer};
use crate::restaurant::Digest;

/// Sound kept in memory, bytes: about an hour of it.
const MEMORY_BYTES: u64 = 32 * 1024 * 1024;

type Rendering = Arc<OnceCell<Arc<[u8]>>>;

/// A synthesizer with a memory. The key of a prompt is the SHA-256 of engine digest, voice and speech text.
pub struct PromptCache {
    synthesizer: Arc<Synthesizer>,
    memory: Cache<Digest, Arc<[u8]>>,
    disk: Option<Arc<PromptDisk>>,
    /// What is being rendered now. A caller does not wait for the background's turn at the same prompt.
    rendering: Mutex<HashMap<(Digest, Urgency), Rendering>>,
}

impl PromptCache {
    /// With prompts on disk in `dir`, at most `disk_bytes` of them. Without a directory, or when it cannot be used
    /// (logged), sound is kept in memory only.
    #[must_use]
    pub fn open(synthesizer: Arc<Synthesizer>, dir: Option<&Path>, disk_bytes: u64) -> Self {
        let disk = dir.and_then(|dir| match PromptDisk::open(dir, disk_bytes) {
            Ok(disk) => Some(Arc::new(disk)),
            Err(error) => {
                tracing::warn!(dir = %dir.display(), %error, "prompts are kept in memory only");
                None
            }
        });
        Self {
            synthesizer,
            memory: Cache::builder()
                .max_capacity(MEMORY_BYTES)
                .weigher(|_, sound: &Arc<[u8]>| u32::try_from(sound.len()).unwrap_or(u32::MAX))
                .build(),
            disk,
            rendering: Mutex::default(),
        }
    }

    /// The engine behind it.
    #[must_use]
    pub fn synthesizer(&self) -> &Synthesizer {
        &self.synthesizer
    }

    /// The sound (mu-law, 8 kHz) if it is at hand: in memory, or on disk (one small file is read).
    #[must_use]
    pub fn cached(&self, voice: &str, text: &str) -> Option<Arc<[u8]>> {
        self.look_up(&self.key(voice, text))
    }

    /// The sound for a caller on the line, from the cache or rendered now. `keep`: it will be said again.
    ///
    /// # Errors
    /// As [`Synthesizer::say`].
    pub async fn say(&self, voice: &str, text: &str, keep: bool) -> Result<Arc<[u8]>, SpeechError> {
        let key = self.key(voice, text);
        if let Some(sound) = self.look_up(&key) {
            return Ok(sound);
        }
        let sound = self.render_once(&key, voice, text, Urgency::Live).await?;
        if keep {
            self.memory.insert(key.clone(), Arc::clone(&sound));
            if let Some(disk) = self.disk.clone() {
                let sound = Arc::clone(&sound);
                // The caller does not wait for the disk.
                drop(tokio::task::spawn_blocking(move || {
                    disk.write(&key, &sound)
                }));
            }
        }
        Ok(sound)
    }

    /// Renders a sentence ahead of its first use, when no caller needs the engine, and keeps it.
    ///
    /// # Errors
    /// As [`Synthesizer::say`].
    pub async fn prepare(&self, voice: &str, text: &str) -> Result<(), SpeechError> {
        let key = self.key(voice, text);
        if self.look_up(&key).is_some() {
            return Ok(());
        }
        let sound = self
            .render_once(&key, voice, text, Urgency::Background)
            .await?;
        self.memory.insert(key.clone(), Arc::clone(&sound));
        if let Some(disk) = self.disk.clone() {
            // A panic in there could only come from the runtime shutting down.
            let _ = tokio::task::spawn_blocking(move || disk.write(&key, &sound)).await;
        }
        Ok(())
    }

    fn key(&self, voice: &str, text: &str) -> Digest {
        Digest::of(format!("{}\0{voice}\0{text}", self.synthesizer.digest()).as_bytes())
    }

    fn look_up(&self, key: &Digest) -> Option<Arc<[u8]>> {
        if let Some(sound) = self.memory.get(key) {
            return Some(sound);
        }
        let sound: Arc<[u8]> = self.disk.as_ref()?.read(key)?.into();
        self.memory.insert(key.clone(), Arc::clone(&sound));
        Some(sound)
    }

    async fn render_once(
        &self,
        key: &Digest,
        voice: &str,
        text: &str,
        urgency: Urgency,
    ) -> Result<Arc<[u8]>, SpeechError> {
        let place = Place::take(&self.rendering, (key.clone(), urgency));
        let render = || self.synthesizer.say_when(voice, text, urgency);
        place.cell.get_or_try_init(render).await.cloned()
    }
}

/// A share in one rendering; the last to leave (done, failed or dropped midway) clears it away.
struct Place<'a> {
    all: &'a Mutex<HashMap<(Digest, Urgency), Rendering>>,
    key: (Digest, Urgency),
    cell: Rendering,
}

impl<'a> Place<'a> {
    fn take(all: &'a Mutex<HashMap<(Digest, Urgency), Rendering>>, key: (Digest, Urgency)) -> Self {
        let mut open = all.lock().unwrap_or_else(PoisonError::into_inner);
        let cell = Arc::clone(open.entry(key.clone()).or_default());
        drop(open);
        Self { all, key, cell }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        let mut open = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        // Two: the map's and our own. Counts only change under the lock.
        if Arc::strong_count(&self.cell) <= 2 {
            open.remove(&self.key);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speech::scripted;

    fn cache(dir: Option<&Path>) -> PromptCache {
        PromptCache::open(Arc::new(Synthesizer::Scripted), dir, 1 << 20)
    }

    #[tokio::test]
    async fn a_kept_sentence_is_at_hand_and_another_is_not() {
        let cache = cache(None);
        assert!(cache.cached("heart", "Hello.").is_none());
        let sound = cache
            .say("heart", "Hello.", true)
            .await
            .expect("scripted never fails");
        assert_eq!(*sound, scripted::encode("Hello."));
        assert_eq!(cache.cached("heart", "Hello."), Some(sound));
        cache
            .say("heart", "That's four fifty.", false)
            .await
            .expect("scripted never fails");
        assert!(cache.cached("heart", "That's four fifty.").is_none());
        assert!(cache.rendering.lock().expect("not poisoned").is_empty());
    }

    #[tokio::test]
    async fn a_prepared_greeting_outlives_the_server() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        cache(Some(dir.path()))
            .prepare("heart", "Welcome.")
            .await
            .expect("scripted never fails");
        let sound = cache(Some(dir.path())).cached("heart", "Welcome.");
        assert_eq!(sound.as_deref(), Some(&*scripted::encode("Welcome.")));
    }

    #[tokio::test]
    async fn a_voice_the_engine_lacks_is_refused_and_leaves_no_trace() {
        let cache = cache(None);
        let refused = cache.say("nobody", "Hello.", true).await;
        assert!(matches!(refused, Err(SpeechError::UnknownVoice(_))));
        assert!(cache.rendering.lock().expect("not poisoned").is_empty());
    }

    #[test]
    fn askers_of_one_prompt_share_one_rendering() {
        let all = Mutex::default();
        let key = || (Digest::of(b"x"), Urgency::Live);
        let first = Place::take(&all, key());
        let second = Place::take(&all, key());
        assert!(Arc::ptr_eq(&first.cell, &second.cell));
        drop(first);
        assert!(Arc::ptr_eq(&second.cell, &Place::take(&all, key()).cell));
        drop(second);
        assert!(all.lock().expect("not poisoned").is_empty());
    }
}
