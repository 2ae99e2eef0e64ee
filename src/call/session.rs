//! The one loop that does I/O for a call: socket, recogniser, synthesiser, store and timer on one side, the pure
//! [`Machine`] on the other.
//!
//! What comes in becomes a [`MachineInput`]; what the machine answers is done here. Engines and store work in `Tasks`, so a
//! slow one never holds up the caller's sound.

#![expect(
    clippy::disallowed_methods,
    reason = "the loop that turns the clock into call time"
)]

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::mpsc;

use super::caller_sound::CallerSound;
use super::claim::ClaimedCall;
use super::dropped_cart;
use super::kitchen_watch::KitchenWatch;
use super::machine::{CallSettings, Effect, Machine, MachineInput};
use super::messages::{SpokenBefore, first_record, record_before, why_nobody_answers};
use super::services::ReadyMenu;
pub use super::services::Services;
use super::tasks::Tasks;
use super::wire::{FromCaller, ToCaller};
use crate::audio::{CallTime, FRAME_MS};
use crate::conversation::{State, Waiter, likeliest};
use crate::events::{CallProgress, DomainEvent};
use crate::order::{CartLine, KeptCart, Order, OrderState};
use crate::record::{CallRecord, Ending, Engines};
use crate::speech::{CallRecognizer, Heard, Hypothesis, Stretch, Voice};
use crate::store::Placement;

/// Time passes for the machine at least this often, even when no sound comes.
const TICK: Duration = Duration::from_millis(100);
/// A socket that does not take a message for this long is dead.
const SOCKET_WRITE_TIMEOUT: Duration = Duration::from_secs(5);
/// How long the record of an ended call may take to be written before the socket is closed anyway; it is written all the
/// same, when the store takes it.
const RECORD_TIMEOUT: Duration = Duration::from_secs(5);

struct Session {
    call: ClaimedCall,
    services: Arc<Services>,
    voices: Vec<Voice>,
    /// Locked by one at a time by construction: this loop waits while a blocking thread takes a step.
    machine: Arc<Mutex<Machine>>,
    sound: CallerSound,
    recognizer: CallRecognizer,
    tasks: Tasks,
    began: Instant,
    kitchen: KitchenWatch,
    spoken_before: SpokenBefore,
    record: CallRecord,
    to_caller: mpsc::Sender<ToCaller>,
    /// Lines of the transcript and state of the conversation, as last shown; and the cart.
    shown: (usize, State),
    shown_cart: Vec<CartLine>,
}

/// Takes the call from its greeting to its ending. The ending is on record before the sender towards the caller is
/// dropped, which closes the socket.
pub async fn run(
    call: ClaimedCall,
    mut from_caller: mpsc::Receiver<FromCaller>,
    to_caller: mpsc::Sender<ToCaller>,
    services: Arc<Services>,
) {
    let (tasks, mut results) = Tasks::new(call.id(), &services);
    let ready = services.menu_for_call(&call.pin.served).await;
    let before = record_before(&call, &services).await;
    let kept = dropped_cart::take(&call, &services).await;
    let mut session = Session::new(call, ready, kept, to_caller, tasks, services);
    session.goes_on_from(before);
    session.handle(MachineInput::Started).await;
    let noted = session.note_start();
    let mut tick = tokio::time::interval(TICK);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Skip);
    let mut socket_open = true;
    while session.ending().is_none() {
        tokio::select! {
            biased;
            Some(input) = results.recv() => session.handle(input).await,
            heard = session.recognizer.next() => session.hear(heard).await,
            message = from_caller.recv(), if socket_open => {
                let message = message.unwrap_or(FromCaller::Stop);
                socket_open = message != FromCaller::Stop;
                session.hear_caller(message).await;
            }
            _ = tick.tick() => session.handle(MachineInput::Tick).await,
        }
    }
    // The first write must be over before the last one, or an old record could overwrite the ending.
    let _ = noted.await;
    session.finish().await;
}

impl Session {
    fn new(
        call: ClaimedCall,
        ready: ReadyMenu,
        kept: Option<KeptCart>,
        to_caller: mpsc::Sender<ToCaller>,
        tasks: Tasks,
        services: Arc<Services>,
    ) -> Self {
        let served = &call.pin.served.restaurant;
        let zone = served.schedule.timezone.clone();
        let restaurant = served.at(&call.started_at.to_zoned_datetime(zone));
        let (kitchen, restaurant) =
            KitchenWatch::begin(&services.kitchen, restaurant, services.clock.now());
        let mut waiter = Waiter::new(Arc::clone(&restaurant), Arc::clone(&ready.menu));
        if let Some(kept) = kept {
            waiter.offer_again(kept);
        }
        let mut agent = ready.agent();
        if call.pin.purpose.is_message() {
            waiter.take_message(why_nobody_answers(&call, &restaurant));
            agent = None;
        }
        let recognizer = services.listen(&restaurant, &ready);
        let voices = services.voices_of(&restaurant);
        let brain = if agent.is_some() { "llm" } else { "menu" };
        let engines = Engines {
            stt: recognizer.engine().to_owned(),
            tts: voices.first().map_or("none", Voice::engine).to_owned(),
            brain: brain.to_owned(),
        };
        let longest_ms = u64::from(restaurant.limits.call_minutes) * 60_000;
        let settings = CallSettings {
            longest_ms,
            ..services.settings.clone()
        };
        let record = first_record(&call, &restaurant, engines);
        let timezone = restaurant.schedule.timezone.clone();
        let mut machine = Machine::new(waiter, settings, call.started_at, timezone);
        if let Some(agent) = agent {
            machine.use_agent(agent);
        }
        Self {
            machine: Arc::new(Mutex::new(machine)),
            sound: CallerSound::new(recognizer.detector()),
            recognizer,
            voices,
            began: Instant::now(),
            kitchen,
            spoken_before: SpokenBefore::default(),
            record,
            call,
            services,
            tasks,
            to_caller,
            shown: (0, State::Greeting),
            shown_cart: Vec::new(),
        }
    }

    /// The record goes on from the one of an earlier session of this call.
    fn goes_on_from(&mut self, before: Option<CallRecord>) {
        let Some(before) = before else {
            return;
        };
        let since = self.record.started_at.duration_since(before.started_at);
        self.spoken_before = SpokenBefore {
            lines: before.transcript,
            turns: before.turns,
            shift_ms: u64::try_from(since.as_millis()).unwrap_or(0),
        };
        self.record.started_at = before.started_at;
        self.record.take_over = before.take_over;
    }

    /// Writes that the call began, beside the greeting rather than before it.
    fn note_start(&self) -> tokio::task::JoinHandle<()> {
        self.show();
        let (services, record) = (Arc::clone(&self.services), self.record.clone());
        tokio::spawn(async move {
            if let Err(error) = services.store.call_started(&record).await {
                let error = error.to_string();
                services.events.publish(DomainEvent::StoreFailed {
                    what: "note the start of a call",
                    error,
                });
            }
        })
    }

    async fn hear_caller(&mut self, message: FromCaller) {
        match message {
            FromCaller::Sound {
                mulaw,
                timestamp_ms,
            } => {
                let elapsed_ms = millis(self.began.elapsed());
                for frame in self.sound.push(&mulaw, timestamp_ms, elapsed_ms) {
                    let (end_ms, voice) = (frame.end_ms, frame.voice);
                    self.recognizer.feed(end_ms, self.sound.frame(end_ms));
                    self.handle(MachineInput::Frame {
                        end_ms,
                        frame_ms: FRAME_MS,
                        voice,
                    })
                    .await;
                }
            }
            FromCaller::Mark(name) => self.handle(MachineInput::Mark { name }).await,
            FromCaller::Key(digit) => self.handle(MachineInput::Key { digit }).await,
            FromCaller::Stop => self.handle(MachineInput::CallerGone).await,
        }
    }

    async fn hear(&mut self, heard: Heard) {
        match heard {
            Heard::Interim { until_ms, best } => {
                let words = best.words;
                self.handle(MachineInput::Interim { until_ms, words }).await;
            }
            Heard::Words { id, hypotheses } => {
                let words = self.likeliest(hypotheses).await;
                self.handle(MachineInput::Heard { segment: id, words })
                    .await;
            }
            Heard::Unrecognised { id } => {
                self.handle(MachineInput::HearFailed { segment: id }).await;
            }
            Heard::EngineFailed {
                engine,
                error,
                next,
            } => {
                let mut error = format!("{engine}: {error}");
                if let Some(next) = next {
                    error = format!("{error}; {next} listens now");
                    self.record.engines.stt = format!("{}, {next}", self.record.engines.stt);
                }
                let call = self.call.id();
                self.services.events.publish(DomainEvent::SpeechFailed {
                    call,
                    engine: "stt",
                    error,
                });
            }
        }
    }

    /// What the caller most probably said, of what the engine takes for possible; read off this loop.
    async fn likeliest(&mut self, mut hypotheses: Vec<Hypothesis>) -> String {
        if hypotheses.len() > 1 {
            let machine = Arc::clone(&self.machine);
            let choose = move || {
                let guesses: Vec<(&str, Option<f32>)> = hypotheses
                    .iter()
                    .map(|guess| (guess.words.as_str(), guess.score))
                    .collect();
                let machine = machine.lock().unwrap_or_else(PoisonError::into_inner);
                let best = likeliest(machine.waiter(), &guesses);
                hypotheses.swap_remove(best)
            };
            return self.services.compute(choose).await.words;
        }
        hypotheses.pop().map(|only| only.words).unwrap_or_default()
    }

    fn machine(&self) -> MutexGuard<'_, Machine> {
        self.machine.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn ending(&self) -> Option<Ending> {
        self.machine().ending()
    }

    /// Takes one step of the machine. One that understands words goes to a blocking thread: up to tens of milliseconds on a
    /// large menu, in which this worker carries other calls' sound. Nothing else of this call is handled meanwhile.
    async fn step(&mut self, input: MachineInput) -> Vec<Effect> {
        let before = Instant::now();
        let now = CallTime(millis(self.began.elapsed()));
        if !self.machine().understands(&input) {
            return self.machine().step(now, input);
        }
        let decides = matches!(input, MachineInput::Heard { .. });
        let machine = Arc::clone(&self.machine);
        let step = move || {
            let mut machine = machine.lock().unwrap_or_else(PoisonError::into_inner);
            machine.step(now, input)
        };
        let effects = self.services.compute(step).await;
        if decides {
            self.machine().note_decide_ms(millis(before.elapsed()));
        }
        effects
    }

    /// Gives an input to the machine and does what it answers; cached sentences come straight back as inputs.
    async fn handle(&mut self, input: MachineInput) {
        self.look_at_kitchen().await;
        let mut inputs = VecDeque::from([input]);
        while let Some(input) = inputs.pop_front() {
            self.tasks.note(&input);
            for effect in self.step(input).await {
                self.execute(effect, &mut inputs).await;
            }
        }
        self.note_take_over();
        self.show_changes();
    }

    /// What the kitchen says holds before the next word is understood.
    async fn look_at_kitchen(&mut self) {
        let (board, clock) = (&self.services.kitchen, &self.services.clock);
        let Some(restaurant) = self.kitchen.changed(board, || clock.now()) else {
            return;
        };
        let machine = Arc::clone(&self.machine);
        let change = move || {
            let mut machine = machine.lock().unwrap_or_else(PoisonError::into_inner);
            machine.sells_from(&restaurant);
        };
        self.services.compute(change).await;
    }

    /// Shows the call again when its words, its cart or its state are others than those last shown.
    fn show_changes(&mut self) {
        let machine = self.machine();
        let waiter = machine.waiter();
        let now = (machine.transcript_len(), waiter.state());
        let changed = now != self.shown || waiter.cart().lines() != self.shown_cart;
        let cart = changed.then(|| waiter.cart().lines().to_vec());
        drop(machine);
        if let Some(cart) = cart {
            self.shown = now;
            self.shown_cart = cart;
            self.show();
        }
    }

    fn show(&self) {
        let record = self.current_record();
        let machine = self.machine();
        let waiter = machine.waiter();
        let call = Arc::new(CallProgress {
            record,
            cart: waiter.cart().order_lines(),
            currency: waiter.cart().restaurant().currency,
            state: waiter.state(),
        });
        drop(machine);
        self.call.live.show(Arc::clone(&call));
        self.services
            .events
            .publish(DomainEvent::CallChanged { call });
    }

    /// The built-in waiter took over: said once.
    fn note_take_over(&mut self) {
        if self.record.take_over.is_some() {
            return;
        }
        let taken = self.machine().take_over().cloned();
        if let Some(taken) = taken {
            self.services.events.publish(DomainEvent::BrainTakenOver {
                call: self.call.id(),
                reason: taken.reason.clone(),
            });
            self.record.take_over = Some(taken);
        }
    }

    async fn execute(&mut self, effect: Effect, inputs: &mut VecDeque<MachineInput>) {
        match effect {
            Effect::Recognise {
                segment,
                from_ms,
                until_ms,
                paused,
            } => self.recognizer.recognise(Stretch {
                id: segment,
                from_ms,
                until_ms,
                samples: self.sound.stretch(from_ms, until_ms),
                paused,
            }),
            Effect::ForgetSegment { segment } => self.recognizer.forget(segment),
            Effect::Synthesise {
                sentence,
                speech_text,
                keep,
            } => {
                let prompts = &self.services.speech.prompts;
                let voice = self.voices.first();
                match voice.and_then(|voice| prompts.in_memory(voice, &speech_text)) {
                    Some(audio) => inputs.push_back(MachineInput::Spoken { sentence, audio }),
                    None => self
                        .tasks
                        .say(sentence, self.voices.clone(), speech_text, keep),
                }
            }
            Effect::ForgetSentence { sentence } => self.tasks.forget_sentence(sentence),
            Effect::Think { thought, request } => self.tasks.think(thought, &request),
            Effect::ForgetThought { thought } => self.tasks.forget_thought(thought),
            Effect::Play {
                audio, from, to, ..
            } => {
                let payload = audio[from..to].to_vec().into();
                self.tell_caller(ToCaller::Media { payload }, inputs).await;
            }
            Effect::Mark { name } => {
                self.tell_caller(ToCaller::Mark { name: name.into() }, inputs)
                    .await
            }
            Effect::Clear => self.tell_caller(ToCaller::Clear, inputs).await,
            Effect::Commit { order } => self.tasks.store(self.placement(*order)),
            // The ending is read from the machine once the loop is left.
            Effect::Close { .. } => {}
        }
    }

    async fn tell_caller(&mut self, message: ToCaller, inputs: &mut VecDeque<MachineInput>) {
        if self
            .to_caller
            .send_timeout(message, SOCKET_WRITE_TIMEOUT)
            .await
            .is_err()
        {
            inputs.push_back(MachineInput::CallerGone);
        }
    }

    fn placement(&self, order: Order) -> Placement {
        let (pin, services) = (&self.call.pin, &self.services);
        let restaurant = &pin.served.restaurant;
        Placement {
            call_sid: self.call.call_sid.clone(),
            state: if pin.test {
                OrderState::Test
            } else {
                OrderState::Placed
            },
            generation: pin.generation,
            digest: pin.served.digest.clone(),
            order,
            at: self.kitchen.promise(&services.kitchen, &services.clock),
            timezone: restaurant.schedule.timezone.clone(),
            channels: restaurant.order_channels(&self.record.from, &self.record.to),
            record: self.current_record(),
        }
    }

    fn current_record(&self) -> CallRecord {
        let machine = self.machine();
        let (transcript, turns) = (machine.transcript(), machine.turns().to_vec());
        let message = machine.waiter().message();
        let (transcript, turns) = self.spoken_before.with(transcript, turns);
        CallRecord {
            message,
            transcript,
            turns,
            ..self.record.clone()
        }
    }

    /// Puts the ending on record and gives up the call's place; `/voice/after` must find the ending when the socket
    /// closes, which happens when `self` is dropped.
    async fn finish(self) {
        let ending = self.ending().unwrap_or(Ending::Failed);
        let now = self.services.clock.now();
        let record = CallRecord {
            ended_at: Some(now),
            ending: Some(ending),
            ..self.current_record()
        };
        let what = "keep the record of a call";
        self.services
            .records
            .write(record.clone(), what, RECORD_TIMEOUT)
            .await;
        self.call
            .live
            .finish(ending, self.call.pin.served.restaurant.handoff.clone(), now);
        let left = self.machine().waiter().left_behind();
        dropped_cart::keep(&self.call, &self.services, ending, left).await;
        self.services.events.publish(DomainEvent::CallEnded {
            record: Arc::new(record),
        });
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
