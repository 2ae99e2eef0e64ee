//! The embedded recogniser: Moonshine, stretch by stretch. Re-reading a growing stretch costs 3.5 times as much as
//! reading it once, so nothing is recognised before it is asked for.

#![expect(
    clippy::disallowed_methods,
    reason = "each stretch is recognised in a task of its own, which forgetting it aborts"
)]

use std::collections::HashMap;
use std::sync::Arc;

use tokio::task::AbortHandle;

use super::workers::Workers;
use crate::speech::recognizer::{
    Hints, Recognition, Recognizer, RecognizerSession, Results, Stretch, StretchId,
};

/// Moonshine's place in the worker pool.
pub(in crate::speech) struct LocalRecognizer(pub(in crate::speech) Arc<Workers>);

impl std::fmt::Debug for LocalRecognizer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("LocalRecognizer")
    }
}

impl Recognizer for LocalRecognizer {
    fn name(&self) -> &str {
        "local"
    }

    fn languages(&self) -> Vec<String> {
        vec!["en".to_owned()]
    }

    fn open(&self, hints: &Hints, results: Results) -> Box<dyn RecognizerSession> {
        Box::new(LocalSession {
            workers: Arc::clone(&self.0),
            hints: hints.clone(),
            results,
            running: HashMap::new(),
        })
    }
}

struct LocalSession {
    workers: Arc<Workers>,
    hints: Hints,
    results: Results,
    running: HashMap<StretchId, AbortHandle>,
}

impl RecognizerSession for LocalSession {
    fn recognise(&mut self, stretch: Stretch) {
        self.running.retain(|_, task| !task.is_finished());
        let (workers, results) = (Arc::clone(&self.workers), self.results.clone());
        let (id, expected) = (stretch.id, self.hints.expected.clone());
        let task = tokio::spawn(async move {
            let result = match workers.recognise(stretch.samples, expected).await {
                Ok(words) => Recognition::one(id, words),
                Err(error) => Recognition::Failed {
                    id: Some(id),
                    error,
                },
            };
            // The call is over when nobody receives.
            let _ = results.send(result);
        });
        self.running.insert(id, task.abort_handle());
    }

    /// Takes it out of the workers' queue, if they have not begun.
    fn forget(&mut self, id: StretchId) {
        if let Some(task) = self.running.remove(&id) {
            task.abort();
        }
    }
}

impl Drop for LocalSession {
    fn drop(&mut self) {
        for task in self.running.values() {
            task.abort();
        }
    }
}
