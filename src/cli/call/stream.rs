//! One media stream: the socket between the caller's mouth and ear and the server.
#![expect(
    clippy::disallowed_methods,
    reason = "the phone's one loop: it owns the socket and the clock"
)]

use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::{SinkExt as _, StreamExt as _};
use tokio::net::TcpStream;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval_at, timeout};
use tokio_tungstenite::tungstenite::{Error as WsError, Message, client::IntoClientRequest as _};
use tokio_tungstenite::{
    Connector, MaybeTlsStream, WebSocketStream, connect_async_tls_with_config,
};

use crate::audio::{FRAME_MS, FRAME_SAMPLES, mulaw};
use crate::twilio::media_message::{Dtmf, Inbound, Mark, Media, Outbound, Start, Stop, Track};
use crate::twilio::signature::sign;

use super::caller::{Caller, Did, Hearing};
use super::ear::{Ear, Noticed};
use super::plan::{Act, CallPlan};
use super::playback::Playback;
use super::report::{CallLog, Close, ClosedBy, Happening};
use super::turn_latency::{Spoken, sounding_part};

/// The socket to the server.
pub(super) type Socket = WebSocketStream<MaybeTlsStream<TcpStream>>;

/// Messages that wait for a server that does not read: five seconds of sound, then sound is dropped (31930).
const SEND_QUEUE: usize = 250;
/// How long a closing handshake may take.
const CLOSING: Duration = Duration::from_secs(2);
/// How long opening the socket may take.
const OPENING: Duration = Duration::from_secs(10);

/// Opens the socket, its upgrade signed.
///
/// # Errors
/// Twilio's code for the failure, and the reason.
pub(super) async fn open(plan: &CallPlan, url: &str) -> Result<Socket, (u32, String)> {
    let mut request = url
        .into_client_request()
        .map_err(|e| (31923, e.to_string()))?;
    if let Some(token) = &plan.auth_token
        && let Ok(signature) = sign(token, url, &[]).parse()
    {
        request
            .headers_mut()
            .insert("X-Twilio-Signature", signature);
    }
    let connector = plan.tls.clone().map(Connector::Rustls);
    let connecting = connect_async_tls_with_config(request, None, true, connector);
    match timeout(OPENING, connecting).await {
        Ok(Ok((socket, _))) => Ok(socket),
        Ok(Err(WsError::Http(response))) => Err((
            31920,
            format!("the handshake was answered with {}", response.status()),
        )),
        Ok(Err(WsError::Tls(error))) => Err((31910, error.to_string())),
        Ok(Err(error)) => Err((31902, error.to_string())),
        Err(_) => Err((31901, "no connection within 10 s".to_owned())),
    }
}

/// The parts of a call that live on from stream to stream.
pub(super) struct Line<'c, 'w> {
    pub plan: &'c CallPlan,
    pub caller: &'c mut Caller,
    pub more: Option<&'c mut mpsc::UnboundedReceiver<Act>>,
    pub ear: &'c mut Ear,
    pub log: &'c mut CallLog<'w>,
}

/// Runs a stream until one side ends it. Returns whether the caller hung up.
pub(super) async fn run(
    line: Line<'_, '_>,
    socket: Socket,
    stream_sid: String,
    parameters: Vec<(String, String)>,
) -> bool {
    let (mut sink, mut source) = socket.split();
    let (out, mut waiting) = mpsc::channel::<Message>(SEND_QUEUE);
    let writer = tokio::spawn(async move {
        while let Some(message) = waiting.recv().await {
            if sink.send(message).await.is_err() {
                return;
            }
        }
        // The other side may have closed first; then there is nothing to say.
        let _ = sink.close().await;
    });
    let mut stream = Stream::new(line, out, stream_sid);
    stream.greet(parameters);
    let begun = Instant::now();
    let mut ticks = interval_at(
        begun + Duration::from_millis(FRAME_MS),
        Duration::from_millis(FRAME_MS),
    );
    // Late frames follow at once: the schedule is absolute and never drifts.
    ticks.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let mut close = loop {
        tokio::select! {
            biased;
            message = source.next() => {
                stream.play(begun.elapsed().as_micros() as u64 * 8 / 1000);
                match message {
                    Some(Ok(Message::Text(text))) => stream.obey(&text),
                    Some(Ok(Message::Binary(_))) => stream.complain_once(31950, "a binary frame"),
                    Some(Ok(Message::Close(frame))) => {
                        break Close {
                            by: ClosedBy::Server,
                            code: frame.as_ref().map(|f| f.code.into()),
                            reason: frame.map(|f| f.reason.to_string()).unwrap_or_default(),
                            unplayed_ms: 0,
                        };
                    }
                    Some(Ok(_)) => {}
                    Some(Err(error)) => break lost(error.to_string()),
                    None => break lost("end of data".to_owned()),
                }
            }
            _ = ticks.tick() => {
                if stream.tick() {
                    break Close {
                        by: ClosedBy::Caller,
                        code: None,
                        reason: String::new(),
                        unplayed_ms: 0,
                    };
                }
            }
        }
    };
    close.unplayed_ms = stream.playback.unplayed_ms();
    let log = stream.finish();
    if close.by == ClosedBy::Lost {
        log.complain(31903, close.reason.clone());
    }
    // The sender is gone, so the writer closes; the server's answer is read until the connection ends.
    let farewell = async {
        while let Some(Ok(message)) = source.next().await {
            if let (Message::Close(Some(frame)), ClosedBy::Caller) = (message, close.by) {
                close.code = Some(frame.code.into());
            }
        }
        let _ = writer.await;
    };
    let _ = timeout(CLOSING, farewell).await;
    let hung_up = close.by == ClosedBy::Caller;
    log.closed(close);
    hung_up
}

fn lost(reason: String) -> Close {
    Close {
        by: ClosedBy::Lost,
        code: None,
        reason,
        unplayed_ms: 0,
    }
}

struct Stream<'c, 'w> {
    line: Line<'c, 'w>,
    playback: Playback,
    out: mpsc::Sender<Message>,
    stream_sid: String,
    sequence: u64,
    /// Frames sent.
    chunk: u64,
    /// Where this stream begins on the call's tracks, in samples.
    base: u64,
    complained: Vec<u32>,
    payload: String,
}

impl<'c, 'w> Stream<'c, 'w> {
    fn new(line: Line<'c, 'w>, out: mpsc::Sender<Message>, stream_sid: String) -> Self {
        let report = &mut line.log.report;
        let base = report.heard.len().max(report.caller.len());
        report.heard.resize(base, mulaw::SILENCE);
        report.caller.resize(base, mulaw::SILENCE);
        line.caller.reconnected(base as u64);
        Stream {
            line,
            playback: Playback::default(),
            out,
            stream_sid,
            sequence: 0,
            chunk: 0,
            base: base as u64,
            complained: Vec::new(),
            payload: String::new(),
        }
    }

    fn greet(&mut self, parameters: Vec<(String, String)>) {
        self.send(&Inbound::Connected {
            protocol: "Call".to_owned(),
            version: "1.0.0".to_owned(),
        });
        let start = Inbound::Start(Start {
            sequence: self.next(),
            stream_sid: self.stream_sid.clone(),
            account_sid: self.line.plan.account_sid.clone(),
            call_sid: self.line.plan.call_sid.clone(),
            tracks: vec!["inbound".to_owned()],
            custom_parameters: parameters.into_iter().collect(),
            ..Start::default()
        });
        self.send(&start);
    }

    /// The next 20 ms: play, listen, speak. True: the caller hung up.
    fn tick(&mut self) -> bool {
        self.play((self.chunk + 1) * FRAME_SAMPLES as u64);
        let now = self.base + self.chunk * FRAME_SAMPLES as u64;
        let hearing = Hearing {
            agent: self.line.ear.last(),
            queue_empty: self.playback.is_idle(),
        };
        while let Some(Ok(act)) = self.line.more.as_mut().map(|more| more.try_recv()) {
            self.line.caller.add(act);
        }
        let mut sound = [0; FRAME_SAMPLES];
        let mut hung_up = false;
        for did in self.line.caller.frame(now, hearing, &mut sound) {
            hung_up |= self.act(did, now);
        }
        if hung_up {
            let stop = Inbound::Stop(Stop {
                sequence: self.next(),
                stream_sid: self.stream_sid.clone(),
                account_sid: self.line.plan.account_sid.clone(),
                call_sid: self.line.plan.call_sid.clone(),
            });
            self.send(&stop);
            return true;
        }
        let mut payload = std::mem::take(&mut self.payload);
        payload.clear();
        STANDARD.encode_string(sound, &mut payload);
        let (sequence, stream_sid) = (self.next(), std::mem::take(&mut self.stream_sid));
        let timestamp_ms = self.chunk * FRAME_MS;
        self.chunk += 1;
        let media = Inbound::Media(Media {
            sequence,
            stream_sid: stream_sid.as_str().into(),
            track: Track::Inbound,
            chunk: self.chunk,
            timestamp_ms: Some(timestamp_ms),
            payload: payload.as_str().into(),
        });
        self.send(&media);
        drop(media);
        (self.stream_sid, self.payload) = (stream_sid, payload);
        self.line.log.report.caller.extend_from_slice(&sound);
        false
    }

    /// Notes what the caller did at `now`; true: hung up.
    fn act(&mut self, did: Did, now: u64) -> bool {
        let at_ms = now / 8;
        let log = &mut *self.line.log;
        match did {
            Did::Began(clip) => {
                log.report.spoken.push(Spoken {
                    text: clip.text.clone(),
                    at: sounding_part(now, &clip.sound),
                });
                log.note_at(at_ms, Happening::CallerBegan { text: clip.text });
            }
            Did::Finished(clip) => {
                log.note_at(at_ms, Happening::CallerFinished { text: clip.text });
            }
            Did::Pressed(digit) => {
                log.note_at(at_ms, Happening::KeyPressed { key: digit });
                let dtmf = Inbound::Dtmf(Dtmf {
                    sequence: self.next(),
                    stream_sid: self.stream_sid.clone(),
                    digit,
                });
                self.send(&dtmf);
            }
            Did::HungUp(why) => {
                let why = why.in_words().to_owned();
                log.note_at(at_ms, Happening::CallerHungUp { why });
                return true;
            }
        }
        false
    }

    /// Plays up to `until` samples of this stream; returns marks that were reached and tells the ear.
    fn play(&mut self, until: u64) {
        let marks = self
            .playback
            .advance(until, &mut self.line.log.report.heard);
        for name in marks {
            self.return_mark(name);
        }
        let Line { ear, log, .. } = &mut self.line;
        let mut noticed = Vec::new();
        ear.listen(&log.report.heard, |notice| noticed.push(notice));
        for notice in noticed {
            match notice {
                Noticed::Began(agent) => log.note_at(agent.from / 8, Happening::AgentBegan),
                Noticed::Finished(agent) => {
                    log.report.agent.push(agent);
                    log.note(Happening::AgentFinished {
                        from_ms: agent.from / 8,
                        to_ms: agent.to / 8,
                    });
                }
            }
        }
    }

    /// Does what a message of the server asks.
    fn obey(&mut self, text: &str) {
        match Outbound::parse_strictly(text, &self.stream_sid) {
            Ok(Outbound::Media { payload }) => {
                if !self.playback.push(payload.into_owned()) {
                    self.complain_once(31931, "more than ten minutes of sound are queued");
                }
            }
            Ok(Outbound::Mark { name }) => {
                if let Some(name) = self.playback.mark(name.into_owned()) {
                    self.return_mark(name);
                }
            }
            Ok(Outbound::Clear) => {
                let (marks, unplayed_ms) = self.playback.clear();
                self.line.log.note(Happening::Cleared { unplayed_ms });
                for name in marks {
                    self.return_mark(name);
                }
            }
            Err(error) => self.complain_once(31951, &error.to_string()),
        }
    }

    fn return_mark(&mut self, name: String) {
        self.line
            .log
            .note(Happening::MarkPlayed { name: name.clone() });
        let mark = Inbound::Mark(Mark {
            sequence: self.next(),
            stream_sid: self.stream_sid.clone(),
            name,
        });
        self.send(&mark);
    }

    /// Twilio reports each kind once a stream.
    fn complain_once(&mut self, code: u32, about: &str) {
        if !self.complained.contains(&code) {
            self.complained.push(code);
            self.line.log.complain(code, about);
        }
    }

    fn next(&mut self) -> u64 {
        self.sequence += 1;
        self.sequence
    }

    fn send(&mut self, message: &Inbound<'_>) {
        let sent = self.out.try_send(Message::text(message.to_json()));
        if let Err(mpsc::error::TrySendError::Full(_)) = sent {
            self.complain_once(
                31930,
                "the server does not read; the caller's sound is lost",
            );
        }
    }

    /// The stream is over: an utterance cut short by its end is one as well.
    fn finish(self) -> &'c mut CallLog<'w> {
        let Line { ear, log, .. } = self.line;
        if let Some(agent) = ear.hush() {
            log.report.agent.push(agent);
            log.note(Happening::AgentFinished {
                from_ms: agent.from / 8,
                to_ms: agent.to / 8,
            });
        }
        log
    }
}
