//! Sound of sentences that will be said again: in memory, on disk, and each rendered once however many calls want it.

use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use moka::sync::Cache;
use tokio::sync::OnceCell;

use super::local::Urgency;
use super::prompt_disk::PromptDisk;
use super::{SpeechError, Voice};
use crate::restaurant::Digest;

/// Sound kept in memory, bytes: about an hour of it.
const MEMORY_BYTES: u64 = 32 * 1024 * 1024;

type Rendering = Arc<OnceCell<Arc<[u8]>>>;

/// The sounds of all voices of a server. The key of a prompt is `Voice::key`.
pub struct PromptCache {
    memory: Cache<Digest, Arc<[u8]>>,
    disk: Option<Arc<PromptDisk>>,
    /// What is being rendered now. A caller does not wait for the background's turn at the same prompt.
    rendering: Mutex<HashMap<(Digest, Urgency), Rendering>>,
}

impl PromptCache {
    /// With prompts on disk in `dir`, at most `disk_bytes` of them. Without a directory, or when it cannot be used
    /// (logged), sound is kept in memory only.
    #[must_use]
    pub fn open(dir: Option<&Path>, disk_bytes: u64) -> Self {
        let disk = dir.and_then(|dir| match PromptDisk::open(dir, disk_bytes) {
            Ok(disk) => Some(Arc::new(disk)),
            Err(error) => {
                tracing::warn!(dir = %dir.display(), %error, "prompts are kept in memory only");
                None
            }
        });
        Self {
            memory: Cache::builder()
                .max_capacity(MEMORY_BYTES)
                .weigher(|_, sound: &Arc<[u8]>| u32::try_from(sound.len()).unwrap_or(u32::MAX))
                .build(),
            disk,
            rendering: Mutex::default(),
        }
    }

    /// The sound (mu-law, 8 kHz) if it is in memory.
    #[must_use]
    pub fn in_memory(&self, voice: &Voice, text: &str) -> Option<Arc<[u8]>> {
        self.memory.get(&voice.key(text))
    }

    /// The sound if it is in memory or on disk.
    pub async fn cached(&self, voice: &Voice, text: &str) -> Option<Arc<[u8]>> {
        self.look_up(&voice.key(text)).await
    }

    /// The sound for a caller on the line, from the cache or rendered now. `keep`: it will be said again.
    ///
    /// # Errors
    /// As [`Voice::say`].
    pub async fn say(
        &self,
        voice: &Voice,
        text: &str,
        keep: bool,
    ) -> Result<Arc<[u8]>, SpeechError> {
        let key = voice.key(text);
        if let Some(sound) = self.look_up(&key).await {
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
    /// As [`Voice::say`].
    pub async fn prepare(&self, voice: &Voice, text: &str) -> Result<(), SpeechError> {
        let key = voice.key(text);
        if self.look_up(&key).await.is_some() {
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

    /// A file is read where waiting for a disk holds up nobody's sound.
    async fn look_up(&self, key: &Digest) -> Option<Arc<[u8]>> {
        if let Some(sound) = self.memory.get(key) {
            return Some(sound);
        }
        let disk = Arc::clone(self.disk.as_ref()?);
        let wanted = key.clone();
        let read = tokio::task::spawn_blocking(move || disk.read(&wanted)).await;
        let sound: Arc<[u8]> = read.ok()??.into();
        self.memory.insert(key.clone(), Arc::clone(&sound));
        Some(sound)
    }

    async fn render_once(
        &self,
        key: &Digest,
        voice: &Voice,
        text: &str,
        urgency: Urgency,
    ) -> Result<Arc<[u8]>, SpeechError> {
        let place = Place::take(&self.rendering, (key.clone(), urgency));
        let render = || voice.say_when(text, urgency);
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
    use crate::speech::{Synthesizer, scripted};

    fn cache(dir: Option<&Path>) -> PromptCache {
        PromptCache::open(dir, 1 << 20)
    }

    fn heart() -> Voice {
        Voice::new(Arc::new(Synthesizer::Scripted), "heart")
    }

    #[tokio::test]
    async fn a_kept_sentence_is_at_hand_and_another_is_not() {
        let cache = cache(None);
        assert!(cache.in_memory(&heart(), "Hello.").is_none());
        let sound = cache
            .say(&heart(), "Hello.", true)
            .await
            .expect("scripted never fails");
        assert_eq!(*sound, scripted::encode("Hello."));
        assert_eq!(cache.in_memory(&heart(), "Hello."), Some(sound));
        cache
            .say(&heart(), "That's four fifty.", false)
            .await
            .expect("scripted never fails");
        assert!(cache.cached(&heart(), "That's four fifty.").await.is_none());
        assert!(cache.rendering.lock().expect("not poisoned").is_empty());
    }

    #[tokio::test]
    async fn a_prepared_greeting_outlives_the_server() {
        let dir = tempfile::tempdir().expect("a temporary directory");
        cache(Some(dir.path()))
            .prepare(&heart(), "Welcome.")
            .await
            .expect("scripted never fails");
        let again = cache(Some(dir.path()));
        assert_eq!(again.in_memory(&heart(), "Welcome."), None);
        let sound = again.cached(&heart(), "Welcome.").await;
        assert_eq!(sound.as_deref(), Some(&*scripted::encode("Welcome.")));
    }

    #[tokio::test]
    async fn a_voice_the_engine_lacks_is_refused_and_leaves_no_trace() {
        let cache = cache(None);
        let nobody = Voice::new(Arc::new(Synthesizer::Scripted), "nobody");
        let refused = cache.say(&nobody, "Hello.", true).await;
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
