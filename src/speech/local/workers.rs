//! The threads that run the models: as many as there are cores, each with sessions of its own, one job at a time.
//!
//! Latency and memory stay bounded this way (about 14 MB per decode in flight), whatever the number of calls. A job
//! whose asker has gone (the caller spoke on, the call ended) is skipped when its turn comes.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, mpsc};
use std::thread::{self, JoinHandle};

use tokio::sync::{oneshot, watch};

use super::hibari::Hibari;
use super::moonshine::{Moonshine, MoonshineFiles};
use super::pronunciation::Pronunciation;
use super::queue::Queue;
pub(in crate::speech) use super::queue::Urgency;
use crate::audio::mulaw;
use crate::speech::{Bias, SpeechError};

type Reply<T> = oneshot::Sender<Result<T, SpeechError>>;

enum Job {
    Recognise {
        samples: Arc<[i16]>,
        bias: Option<Arc<Bias>>,
        reply: Reply<String>,
    },
    Say {
        text: String,
        reply: Reply<Arc<[u8]>>,
    },
}

/// What the threads share: weights and dictionaries. A part that is `None` is not served.
#[derive(Clone)]
pub(in crate::speech) struct LocalModels {
    pub(in crate::speech) models: PathBuf,
    pub(in crate::speech) recognizer: Option<Arc<MoonshineFiles>>,
    pub(in crate::speech) synthesizer: Option<Arc<Pronunciation>>,
}

/// The pool. Dropping it sends the threads home after the job at hand.
pub(in crate::speech) struct Workers {
    queue: Arc<Queue<Job>>,
    warm: watch::Receiver<Warmth>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// How far the warm-up is.
#[derive(Clone, Default)]
struct Warmth {
    /// Threads still warming up.
    cold: usize,
    failed: Option<SpeechError>,
}

impl Workers {
    /// Starts the threads and waits until each has opened its sessions; their warm-up goes on behind.
    pub(in crate::speech) fn start(
        engines: &LocalModels,
        count: usize,
    ) -> Result<Self, SpeechError> {
        let count = count.max(1);
        let queue = Arc::new(Queue::new(count));
        let (warmth, warm) = watch::channel(Warmth {
            cold: count,
            failed: None,
        });
        let warmth = Arc::new(warmth);
        let (opened, openings) = mpsc::channel();
        // Built first, so that its drop ends the threads if one of them fails to open.
        let workers = Self {
            queue: Arc::clone(&queue),
            warm,
            threads: Mutex::default(),
        };
        for number in 0..count {
            let (engines, queue) = (engines.clone(), Arc::clone(&queue));
            let (warmth, opened) = (Arc::clone(&warmth), opened.clone());
            let thread = thread::Builder::new()
                .name(format!("speech-{number}"))
                .spawn(move || work(&engines, &queue, &warmth, &opened))
                .map_err(|e| SpeechError::load("a speech thread", e))?;
            workers.threads().push(thread);
        }
        // The threads keep their senders, so outcomes are counted; one per thread.
        for outcome in openings.iter().take(count) {
            outcome?;
        }
        Ok(workers)
    }

    fn threads(&self) -> std::sync::MutexGuard<'_, Vec<JoinHandle<()>>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Returns when every thread has done its warm-up.
    pub(in crate::speech) async fn warmed_up(&self) -> Result<(), SpeechError> {
        let mut warm = self.warm.clone();
        let warmth = warm
            .wait_for(|warmth| warmth.cold == 0)
            .await
            .map_err(|_| SpeechError::Stopped)?;
        warmth.failed.clone().map_or(Ok(()), Err)
    }

    /// Words of a segment (8 kHz).
    pub(in crate::speech) async fn recognise(
        &self,
        samples: Arc<[i16]>,
        bias: Option<Arc<Bias>>,
    ) -> Result<String, SpeechError> {
        self.ask(Urgency::Live, |reply| Job::Recognise {
            samples,
            bias,
            reply,
        })
        .await
    }

    /// Speech text as mu-law.
    pub(in crate::speech) async fn say(
        &self,
        text: &str,
        urgency: Urgency,
    ) -> Result<Arc<[u8]>, SpeechError> {
        let text = text.to_owned();
        self.ask(urgency, |reply| Job::Say { text, reply }).await
    }

    async fn ask<T>(
        &self,
        urgency: Urgency,
        job: impl FnOnce(Reply<T>) -> Job,
    ) -> Result<T, SpeechError> {
        let (reply, answer) = oneshot::channel();
        if !self.queue.push(urgency, job(reply)).await {
            return Err(SpeechError::Stopped);
        }
        answer.await.map_err(|_| SpeechError::Stopped)?
    }
}

impl Drop for Workers {
    fn drop(&mut self) {
        self.queue.close();
        for thread in self.threads().drain(..) {
            // A thread that panicked has nothing more to say.
            let _ = thread.join();
        }
    }
}

/// One thread's sessions.
struct Worker {
    recognizer: Option<Moonshine>,
    synthesizer: Option<(Hibari, Arc<Pronunciation>)>,
}

fn work(
    engines: &LocalModels,
    queue: &Queue<Job>,
    warmth: &watch::Sender<Warmth>,
    opened: &mpsc::Sender<Result<(), SpeechError>>,
) {
    let mut worker = match Worker::open(engines) {
        Ok(worker) => worker,
        Err(error) => {
            // Nobody listens only when another thread failed first.
            let _ = opened.send(Err(error));
            return;
        }
    };
    let _ = opened.send(Ok(()));
    let outcome = worker.warm_up();
    warmth.send_modify(|warmth| {
        warmth.cold -= 1;
        warmth.failed = warmth.failed.take().or(outcome.err());
    });
    while let Some((job, urgency)) = queue.take() {
        // A model that panics on one input must not cost the pool a thread; the asker sees a dropped reply.
        if catch_unwind(AssertUnwindSafe(|| worker.perform(job))).is_err() {
            tracing::error!("a speech engine panicked; its job is lost");
        }
        queue.done(urgency);
    }
}

impl Worker {
    fn open(engines: &LocalModels) -> Result<Self, SpeechError> {
        let models: &Path = &engines.models;
        let open_recognizer =
            |files: &Arc<MoonshineFiles>| Moonshine::new(models, Arc::clone(files));
        let open_synthesizer =
            |words: &Arc<Pronunciation>| Ok((Hibari::open(models)?, Arc::clone(words)));
        Ok(Self {
            recognizer: engines
                .recognizer
                .as_ref()
                .map(open_recognizer)
                .transpose()?,
            synthesizer: engines
                .synthesizer
                .as_ref()
                .map(open_synthesizer)
                .transpose()?,
        })
    }

    /// First runs are slow (memory is laid out, kernels are chosen): have them behind us.
    fn warm_up(&mut self) -> Result<(), SpeechError> {
        self.recognise(&[0; 8000], None)?;
        self.say("What would you like to order?").map(drop)
    }

    fn perform(&mut self, job: Job) {
        // A send fails when the asker left meanwhile, which is its right.
        match job {
            Job::Recognise { reply, .. } if reply.is_closed() => {}
            Job::Say { reply, .. } if reply.is_closed() => {}
            Job::Recognise {
                samples,
                bias,
                reply,
            } => {
                let _ = reply.send(self.recognise(&samples, bias.as_deref()));
            }
            Job::Say { text, reply } => {
                let _ = reply.send(self.say(&text));
            }
        }
    }

    fn recognise(&mut self, samples: &[i16], bias: Option<&Bias>) -> Result<String, SpeechError> {
        match &mut self.recognizer {
            Some(recognizer) => recognizer.recognise(samples, bias),
            None => Ok(String::new()),
        }
    }

    fn say(&mut self, text: &str) -> Result<Arc<[u8]>, SpeechError> {
        match &mut self.synthesizer {
            Some((voice, words)) => Ok(mulaw::encode(&voice.say(words, text)?).into()),
            None => Ok([].into()),
        }
    }
}
