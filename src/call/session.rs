//! The one loop that does I/O for a call: line, recogniser, synthesiser, store and timer on one side, the pure
//! [`Machine`] on the other.
//!
//! What comes in becomes an [`Event`]; what the machine answers is done here. Engines run in tasks of their own, so a
//! slow one never holds up the caller's sound; a task whose result is not wanted any more is aborted, which takes it out
//! of the engine's queue.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tokio::sync::mpsc;
use tokio::task::AbortHandle;

use super::caller_sound::CallerSound;
use super::line::{FromLine, ToLine};
use super::admission::ClaimedCall;
use super::machine::{CallSettings, Command, Event, Machine, SegmentId, SentenceId};
use super::services::{CallServices, ReadyMenu};
use crate::audio::{CallTime, FRAME_MS};
use crate::conversation::Waiter;
use crate::order::{Order, OrderState};
use crate::record::{CallRecord, Ending};
use crate::store::{OrderFilter, Placement, Store, StoreError};

/// Time passes for the machine at least this often, even when no sound comes.
const TICK: Duration = Duration::from_millis(100);
/// A line that does not take a message for this long is dead.
const LINE_PATIENCE: Duration = Duration::from_secs(5);
/// An order that is not stored by then counts as not stored; storing is idempotent, so a retry cannot double it.
const COMMIT_PATIENCE: Duration = Duration::from_secs(8);
/// How long the record of an ended call may take to be written before the line is closed anyway.
const RECORD_PATIENCE: Duration = Duration::from_secs(5);

struct Session {
    call: ClaimedCall,
    services: Arc<CallServices>,
    ready: ReadyMenu,
    voice: String,
    machine: Machine,
    sound: CallerSound,
    began: Instant,
    record: CallRecord,
    to_line: mpsc::Sender<ToLine>,
    /// Results of engines and store.
    results: mpsc::UnboundedSender<Event>,
    hearing: HashMap<SegmentId, AbortHandle>,
    saying: HashMap<SentenceId, AbortHandle>,
    lines_shown: usize,
    /// The last order an earlier session of the same call stored (0: none), asked before this one's first.
    earlier_orders: Arc<tokio::sync::OnceCell<u32>>,
}

/// Takes the call from its greeting to its ending, which is on record before the line is told to close.
pub async fn run(
    call: ClaimedCall,
    mut from_line: mpsc::Receiver<FromLine>,
    to_line: mpsc::Sender<ToLine>,
    services: Arc<CallServices>,
) -> Ending {
    // Bounded by construction: one result for each task this session started, and it starts few at a time.
    let (results, mut outcomes) = mpsc::unbounded_channel();
    let mut session = Session::new(call, to_line, results, services);
    let started = session.note_start();
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    session.take(Event::Started).await;
    let mut line_open = true;
    while session.machine.ending().is_none() {
        tokio::select! {
            biased;
            Some(event) = outcomes.recv() => session.take(event).await,
            message = from_line.recv(), if line_open => {
                let message = message.unwrap_or(FromLine::Gone);
                line_open = message != FromLine::Gone;
                session.hear_line(message).await;
            }
            _ = tick.tick() => session.take(Event::Tick).await,
        }
    }
    // The first write must be over before the last one, or an old record could overwrite the ending.
    let _ = started.await;
    session.finish().await
}

impl Session {
    fn new(
        call: ClaimedCall,
        to_line: mpsc::Sender<ToLine>,
        results: mpsc::UnboundedSender<Event>,
        services: Arc<CallServices>,
    ) -> Self {
        let restaurant = Arc::clone(&call.pin.served.restaurant);
        let ready = services.ready_menu(&call.pin.served);
        let waiter = Waiter::new(Arc::clone(&restaurant), Arc::clone(&ready.menu));
        let longest_ms = u64::from(restaurant.limits.call_minutes) * 60_000;
        let settings = CallSettings { longest_ms, ..services.settings.clone() };
        let record = CallRecord {
            sid: call.call_sid.clone(),
            restaurant: Some(restaurant.id.clone()),
            from: call.pin.from.clone(),
            to: call.pin.to.clone(),
            started_at: call.started_at,
            ended_at: None,
            ending: None,
            generation: call.pin.generation,
            digest: Some(call.pin.served.digest.clone()),
            engines: services.engines.clone(),
            test: call.pin.test,
            transcript: Vec::new(),
            turns: Vec::new(),
        };
        Self {
            machine: Machine::new(waiter, settings, call.started_at, restaurant.schedule.timezone.clone()),
            sound: CallerSound::new(services.speech.ears.detector()),
            voice: restaurant.speech.voice.clone().unwrap_or_else(|| services.voice.clone()),
            began: Instant::now(),
            record,
            ready,
            call,
            services,
            to_line,
            results,
            hearing: HashMap::new(),
            saying: HashMap::new(),
            lines_shown: 0,
            earlier_orders: Arc::default(),
        }
    }

    /// Writes that the call began, beside the greeting rather than before it.
    fn note_start(&self) -> tokio::task::JoinHandle<()> {
        self.call.live.show(self.record.clone());
        let (store, record) = (Arc::clone(&self.services.store), self.record.clone());
        tokio::spawn(async move {
            if let Err(error) = store.call_started(&record).await {
                tracing::error!(code = "E_STORE", call = %record.sid, "failed to note the start of a call: {error}");
            }
        })
    }

    fn now(&self) -> CallTime {
        CallTime(u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX))
    }

    async fn hear_line(&mut self, message: FromLine) {
        match message {
            FromLine::Sound(bytes) => {
                for frame in self.sound.push(&bytes) {
                    let event = Event::Frame { end_ms: frame.end_ms, frame_ms: FRAME_MS, voice: frame.voice };
                    self.take(event).await;
                }
            }
            FromLine::Mark(name) => self.take(Event::Mark { name }).await,
            FromLine::Key(digit) => self.take(Event::Key { digit }).await,
            FromLine::Gone => self.take(Event::CallerGone).await,
        }
    }

    /// Gives an event to the machine and does what it answers; cached sentences come straight back as events.
    async fn take(&mut self, event: Event) {
        let mut events = VecDeque::from([event]);
        while let Some(event) = events.pop_front() {
            match &event {
                Event::Heard { segment, .. } | Event::HearFailed { segment } => {
                    self.hearing.remove(segment);
                }
                Event::Spoken { sentence, .. } | Event::SpeakFailed { sentence } => {
                    self.saying.remove(sentence);
                }
                _ => {}
            }
            let decides = matches!(event, Event::Heard { .. });
            let before = Instant::now();
            let commands = self.machine.step(self.now(), event);
            if decides {
                self.machine.note_decide_ms(u64::try_from(before.elapsed().as_millis()).unwrap_or(u64::MAX));
            }
            for command in commands {
                self.obey(command, &mut events).await;
            }
        }
        let lines = self.machine.transcript_len();
        if lines != self.lines_shown {
            self.lines_shown = lines;
            self.call.live.show(self.current_record());
        }
    }

    async fn obey(&mut self, command: Command, events: &mut VecDeque<Event>) {
        match command {
            Command::Recognise { segment, from_ms, until_ms } => self.recognise(segment, from_ms, until_ms),
            Command::ForgetSegment { segment } => {
                if let Some(task) = self.hearing.remove(&segment) {
                    task.abort();
                }
            }
            Command::Synthesise { sentence, speech_text, keep } => {
                match self.services.speech.prompts.cached(&self.voice, &speech_text) {
                    Some(audio) => events.push_back(Event::Spoken { sentence, audio }),
                    None => self.synthesise(sentence, speech_text, keep),
                }
            }
            Command::ForgetSentence { sentence } => {
                if let Some(task) = self.saying.remove(&sentence) {
                    task.abort();
                }
            }
            Command::Play { audio, from, to, .. } => self.tell_line(ToLine::Sound { audio, from, to }, events).await,
            Command::Mark { name } => self.tell_line(ToLine::Mark(name), events).await,
            Command::Clear => self.tell_line(ToLine::Clear, events).await,
            Command::Commit { order } => self.commit(*order),
            // The ending is read from the machine once the loop is left.
            Command::Close { .. } => {}
        }
    }

    async fn tell_line(&mut self, message: ToLine, events: &mut VecDeque<Event>) {
        match self.to_line.send_timeout(message, LINE_PATIENCE).await {
            Ok(()) => {}
            Err(_) => events.push_back(Event::CallerGone),
        }
    }

    fn recognise(&mut self, segment: SegmentId, from_ms: u64, until_ms: u64) {
        let samples = self.sound.stretch(from_ms, until_ms);
        let (ears, bias) = (Arc::clone(&self.services.speech.ears), self.ready.bias.clone());
        let (results, sid) = (self.results.clone(), self.call.call_sid.clone());
        let task = tokio::spawn(async move {
            let event = match ears.recognise(samples, bias).await {
                Ok(words) => Event::Heard { segment, words },
                Err(error) => {
                    tracing::error!(code = "E_STT", call = %sid, "failed to recognise speech: {error}");
                    Event::HearFailed { segment }
                }
            };
            // The session is gone when nobody receives; then nobody needs the words.
            let _ = results.send(event);
        });
        self.hearing.insert(segment, task.abort_handle());
    }

    fn synthesise(&mut self, sentence: SentenceId, speech_text: String, keep: bool) {
        let (speech, voice) = (Arc::clone(&self.services.speech), self.voice.clone());
        let (results, sid) = (self.results.clone(), self.call.call_sid.clone());
        let task = tokio::spawn(async move {
            let event = match speech.prompts.say(&voice, &speech_text, keep).await {
                Ok(audio) => Event::Spoken { sentence, audio },
                Err(error) => {
                    tracing::error!(code = "E_TTS", call = %sid, "failed to speak a sentence: {error}");
                    Event::SpeakFailed { sentence }
                }
            };
            let _ = results.send(event);
        });
        self.saying.insert(sentence, task.abort_handle());
    }

    fn commit(&self, order: Order) {
        let pin = &self.call.pin;
        let mut placement = Placement {
            call_sid: self.call.call_sid.clone(),
            state: if pin.test { OrderState::Test } else { OrderState::Placed },
            generation: pin.generation,
            digest: pin.served.digest.clone(),
            order,
            at: Timestamp::now(),
            timezone: pin.served.restaurant.schedule.timezone.clone(),
            record: self.current_record(),
        };
        let (store, results) = (Arc::clone(&self.services.store), self.results.clone());
        let earlier = Arc::clone(&self.earlier_orders);
        tokio::spawn(async move {
            let stored = tokio::time::timeout(COMMIT_PATIENCE, async {
                // After a lost socket the same call comes back with a new session; its orders follow the earlier ones.
                let before = earlier.get_or_try_init(|| last_sequence(&store, &placement.call_sid)).await?;
                placement.order.sequence += before;
                store.place(&placement).await
            })
            .await;
            let event = match stored {
                Ok(Ok(placed)) => {
                    tracing::info!(
                        code = "I_ORDER", call = %placed.call_sid, restaurant = %placed.order.restaurant,
                        number = placed.number, lines = placed.order.lines.len(), "order placed"
                    );
                    Event::Committed { number: placed.number }
                }
                Ok(Err(error)) => {
                    tracing::error!(code = "E_STORE", call = %placement.call_sid, "failed to store an order: {error}");
                    Event::CommitFailed
                }
                Err(_) => {
                    tracing::error!(code = "E_STORE", call = %placement.call_sid, "storing an order took too long");
                    Event::CommitFailed
                }
            };
            let _ = results.send(event);
        });
    }

    fn current_record(&self) -> CallRecord {
        CallRecord {
            transcript: self.machine.transcript(),
            turns: self.machine.turns().to_vec(),
            ..self.record.clone()
        }
    }

    /// Puts the ending on record, gives up the call's place, and only then closes the line: `/voice/after` must find
    /// the ending.
    async fn finish(self) -> Ending {
        for task in self.hearing.values().chain(self.saying.values()) {
            task.abort();
        }
        let ending = self.machine.ending().unwrap_or(Ending::Failed);
        let now = Timestamp::now();
        let record = CallRecord { ended_at: Some(now), ending: Some(ending), ..self.current_record() };
        match tokio::time::timeout(RECORD_PATIENCE, self.services.store.call_ended(&record)).await {
            Ok(Ok(())) => {}
            Ok(Err(error)) => {
                tracing::error!(code = "E_STORE", call = %record.sid, "failed to keep a call's record: {error}");
            }
            Err(_) => tracing::error!(code = "E_STORE", call = %record.sid, "keeping a call's record took too long"),
        }
        self.call.live.finish(ending, self.call.pin.served.restaurant.handoff.clone(), now);
        // A line that is gone already needs no closing.
        let _ = self.to_line.send_timeout(ToLine::Close, LINE_PATIENCE).await;
        ending
    }
}

/// The highest sequence among the orders stored for a call; 0 when there are none.
async fn last_sequence(store: &Store, call_sid: &str) -> Result<u32, StoreError> {
    let filter = OrderFilter { call_sid: Some(call_sid.to_owned()), ..OrderFilter::default() };
    let orders = store.orders(&filter).await?;
    Ok(orders.iter().map(|placed| placed.order.sequence).max().unwrap_or(0))
}
