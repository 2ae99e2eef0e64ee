//! A recogniser that streams, behind the server's registry of engines: chosen by a restaurant's file, fed frame by frame,
//! believed early, followed by the next engine when it dies.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use maitred::audio::{FRAME_MS, VoiceDetector};
use maitred::events::DomainEvent;
use maitred::speech::{
    Hints, Hypothesis, Recognition, Recognizer, RecognizerSession, Results, SpeechError, Stretch,
    StretchId, scripted,
};
use serde_json::Value;

use crate::harness::{ServerSetup, TestServer};
use crate::scripted_caller::LiveCall;

const BELLA: &str = "+15550100001";
const LUNA: &str = "+15550100002";
/// Frames between two looks at what was said: 200 ms.
const LOOK_EVERY: usize = 10;

/// What the engine has seen and done.
#[derive(Debug, Default)]
struct Seen {
    sessions: AtomicUsize,
    frames: AtomicUsize,
    interims: AtomicUsize,
    expects_words: AtomicBool,
    language: Mutex<String>,
}

/// Reads words that lie in the sound, as they come.
#[derive(Debug)]
struct Streaming {
    seen: Arc<Seen>,
    /// Its session is lost when it is asked for so many stretches.
    dies_at: Option<usize>,
}

struct StreamingSession {
    seen: Arc<Seen>,
    results: Option<Results>,
    /// Everything it was fed, from this moment of the stream on.
    from_ms: Option<u64>,
    sound: Vec<i16>,
    /// Index of the first sample behind the last pause.
    open_from: usize,
    believed: String,
    frames: usize,
    stretches_left: Option<usize>,
}

impl Recognizer for Streaming {
    fn name(&self) -> &str {
        "streaming"
    }

    fn languages(&self) -> Vec<String> {
        vec!["en".to_owned()]
    }

    fn detector(&self) -> VoiceDetector {
        VoiceDetector::Loudness
    }

    fn open(&self, hints: &Hints, results: Results) -> Box<dyn RecognizerSession> {
        self.seen.sessions.fetch_add(1, Ordering::Relaxed);
        let expects = hints.expected.is_some();
        self.seen.expects_words.store(expects, Ordering::Relaxed);
        self.seen
            .language
            .lock()
            .unwrap()
            .clone_from(&hints.language);
        Box::new(StreamingSession {
            seen: Arc::clone(&self.seen),
            results: Some(results),
            from_ms: None,
            sound: Vec::new(),
            open_from: 0,
            believed: String::new(),
            frames: 0,
            stretches_left: self.dies_at,
        })
    }
}

impl StreamingSession {
    fn tell(&self, recognition: Recognition) {
        if let Some(results) = &self.results {
            // The call may be over.
            let _ = results.send(recognition);
        }
    }

    fn index(&self, ms: u64) -> usize {
        let since = ms.saturating_sub(self.from_ms.unwrap_or(ms));
        (since as usize * 8).min(self.sound.len())
    }
}

impl RecognizerSession for StreamingSession {
    fn feed(&mut self, end_ms: u64, samples: &[i16]) {
        let begins = end_ms - FRAME_MS;
        let next = *self.from_ms.get_or_insert(begins) + self.sound.len() as u64 / 8;
        assert_eq!(begins, next, "frames come in order and without gaps");
        self.sound.extend_from_slice(samples);
        self.seen.frames.fetch_add(1, Ordering::Relaxed);
        self.frames += 1;
        if !self.frames.is_multiple_of(LOOK_EVERY) {
            return;
        }
        let words = scripted::decode(&self.sound[self.open_from..]).unwrap_or_default();
        if words != self.believed {
            self.believed.clone_from(&words);
            self.seen.interims.fetch_add(1, Ordering::Relaxed);
            self.tell(Recognition::Interim {
                until_ms: end_ms,
                best: Hypothesis {
                    words,
                    score: Some(0.5),
                },
            });
        }
    }

    fn recognise(&mut self, stretch: Stretch) {
        if let Some(left) = &mut self.stretches_left {
            *left = left.saturating_sub(1);
            if *left == 0 {
                self.tell(Recognition::Failed {
                    id: None,
                    error: SpeechError::Stopped,
                });
                self.results = None;
            }
        }
        let (from, until) = (self.index(stretch.from_ms), self.index(stretch.until_ms));
        let words = scripted::decode(&self.sound[from.min(until)..until]).unwrap_or_default();
        if stretch.paused {
            self.open_from = until;
            self.believed.clear();
        }
        self.tell(Recognition::Final {
            id: stretch.id,
            hypotheses: vec![
                Hypothesis {
                    words,
                    score: Some(0.9),
                },
                Hypothesis {
                    words: "something else".to_owned(),
                    score: Some(0.1),
                },
            ],
        });
    }

    fn forget(&mut self, _: StretchId) {}
}

/// A server with the scripted engines and, before them, the streaming one.
struct StreamedServer(TestServer);

impl StreamedServer {
    async fn start(engine: Streaming, files: &[(String, String)]) -> Self {
        let setup = ServerSetup::new()
            .files(files)
            .flags(&["--dev"])
            .recognizers(vec![Arc::new(engine)]);
        Self(setup.start().await)
    }

    /// A call that orders two teas; its record.
    async fn two_teas(&self, to: &str) -> Value {
        let mut call = LiveCall::place(&self.0.webhook, to);
        let sid = call.sid.clone();
        call.hears("What would you like to order?").await;
        call.say("two teas please");
        call.hears("Anything else?").await;
        call.say("no thank you");
        call.hears("Is that right?").await;
        call.say("yes please");
        call.hears("Goodbye.").await;
        call.over().await;
        let record = self.0.json(&format!("/api/calls/{sid}")).await;
        assert_eq!(record["ending"], "confirmed", "{record}");
        assert_eq!(record["order"]["lines"][0]["quantity"], 2, "{record}");
        record
    }

    /// What engines were said to have failed so far.
    fn failures(&mut self) -> Vec<String> {
        let mut all = Vec::new();
        while let Ok(event) = self.0.events.try_recv() {
            if let DomainEvent::SpeechFailed { error, .. } = &*event {
                all.push(error.clone());
            }
        }
        all
    }
}

fn file(id: &str, number: &str, more: &str) -> (String, String) {
    let text = format!(
        "id: {id}\nname: The {id}\nphone_number: \"{number}\"\n{more}\nmenu:\n  - {{id: tea, name: Tea, price: 2.50}}\n"
    );
    (format!("{id}.yaml"), text)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_restaurant_is_heard_by_the_engine_its_file_names_and_by_no_other() {
    let seen = Arc::new(Seen::default());
    let engine = Streaming {
        seen: Arc::clone(&seen),
        dies_at: None,
    };
    let files = [
        file("bella", BELLA, "speech: {stt: streaming}"),
        file("luna", LUNA, "speech: {stt: scripted}"),
        file("nova", "+15550100003", "speech: {stt: local}"),
    ];
    let server = StreamedServer::start(engine, &files).await;
    let table = server.0.json("/api/table").await;
    let refused = &table["rejected"][0];
    assert_eq!(refused["file"], "nova.yaml", "{table}");
    let mut problems = refused["problems"].as_array().unwrap().iter();
    let named = problems.any(|problem| problem["code"] == "E_ENGINE");
    assert!(named, "local is not open here: {refused}");

    let record = server.two_teas(LUNA).await;
    assert_eq!(record["engine"]["stt"], "scripted");
    assert_eq!(seen.sessions.load(Ordering::Relaxed), 0);

    let record = server.two_teas(BELLA).await;
    assert_eq!(record["engine"]["stt"], "streaming");
    assert_eq!(
        seen.sessions.load(Ordering::Relaxed),
        1,
        "one session a call"
    );
    assert!(seen.frames.load(Ordering::Relaxed) > 100);
    assert!(seen.interims.load(Ordering::Relaxed) >= 3);
    assert!(
        seen.expects_words.load(Ordering::Relaxed),
        "the menu's words"
    );
    assert_eq!(*seen.language.lock().unwrap(), "en-US");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recogniser_that_dies_in_a_call_is_followed_by_the_next_and_no_word_is_lost() {
    for dies_at in [1, 2] {
        let engine = Streaming {
            seen: Arc::default(),
            dies_at: Some(dies_at),
        };
        let mut server = StreamedServer::start(engine, &[file("bella", BELLA, "")]).await;
        let record = server.two_teas(BELLA).await;
        assert_eq!(record["engine"]["stt"], "streaming, scripted");
        let failures = server.failures();
        assert!(
            failures.len() == 1 && failures[0].ends_with("scripted listens now"),
            "{failures:?}"
        );
        let lines = record["transcript"].as_array().unwrap().iter();
        let said: Vec<&Value> = lines
            .filter(|line| line["who"] == "caller")
            .map(|line| &line["text"])
            .collect();
        assert_eq!(said, ["two teas please", "no thank you", "yes please"]);
    }
}
