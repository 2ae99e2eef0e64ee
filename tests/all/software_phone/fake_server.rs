//! A server that checks everything the phone sends, and behaves well or badly in return.

use std::sync::{Arc, Mutex};

use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use actix_ws::{Message, Session};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use futures_util::StreamExt as _;
use maitred::twilio::media_message::{Inbound, Outbound};
use maitred::twilio::signature::{SignatureHeaders, Signed, validate, websocket_candidates};
use maitred::twilio::twiml;
use maitred::twilio::webhook_form::VoiceForm;
use serde_json::Value;

pub const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// How the server behaves.
#[derive(Clone)]
pub enum Behaviour {
    /// Greets, answers one utterance, says goodbye and closes.
    Polite,
    /// Queues ten seconds with two marks, then clears.
    Clears,
    /// Sends what does not conform.
    Rude,
    /// Answers the upgrade with 403.
    RefusesSocket,
    /// Drops the connection without a word.
    Breaks,
    /// Gives these answers to its webhooks, in turn.
    Answers(Vec<(u16, String)>),
}

/// A webhook that was asked.
#[derive(Clone)]
pub struct Asked {
    pub path: String,
    pub form: VoiceForm,
    pub signed: bool,
}

#[derive(Default)]
struct Seen {
    asked: Vec<Asked>,
    upgrade_signed: bool,
    messages: Vec<String>,
}

struct State {
    behaviour: Behaviour,
    base: String,
    seen: Mutex<Seen>,
}

pub struct FakeServer {
    state: Arc<State>,
    handle: actix_web::dev::ServerHandle,
}

/// A loud tone, mu-law.
pub fn loud(ms: usize) -> Vec<u8> {
    [0x10, 0x90].repeat(ms * 4)
}

impl FakeServer {
    pub async fn start(behaviour: Behaviour) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let base = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::new(State {
            behaviour,
            base,
            seen: Mutex::default(),
        });
        let shared = web::Data::from(Arc::clone(&state));
        let server = HttpServer::new(move || {
            App::new()
                .app_data(shared.clone())
                .route("/media", web::get().to(media))
                .route("/api/orders", web::get().to(orders))
                .route("/api/calls/{sid}", web::get().to(HttpResponse::NotFound))
                .default_service(web::post().to(webhook))
        })
        .workers(1)
        .disable_signals()
        .listen(listener)
        .unwrap()
        .run();
        let handle = server.handle();
        actix_web::rt::spawn(server);
        FakeServer { state, handle }
    }

    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.state.base)
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.state.seen.lock().unwrap().asked.clone()
    }

    pub fn upgrade_was_signed(&self) -> bool {
        self.state.seen.lock().unwrap().upgrade_signed
    }

    pub fn messages(&self) -> Messages {
        let seen = self.state.seen.lock().unwrap();
        let read = |text: &String| serde_json::from_str(text).unwrap();
        Messages(seen.messages.iter().map(read).collect())
    }
}

impl Drop for FakeServer {
    fn drop(&mut self) {
        actix_web::rt::spawn(self.handle.stop(false));
    }
}

fn header<'r>(request: &'r HttpRequest, name: &str) -> Option<&'r str> {
    request.headers().get(name).and_then(|v| v.to_str().ok())
}

async fn webhook(state: web::Data<State>, request: HttpRequest, body: web::Bytes) -> HttpResponse {
    assert_eq!(
        header(&request, "content-type"),
        Some("application/x-www-form-urlencoded")
    );
    let form = VoiceForm::parse(&body).unwrap();
    let headers = SignatureHeaders {
        signature: header(&request, "x-twilio-signature"),
        settings: None,
    };
    let url = format!("{}{}", state.base, request.uri());
    let signed = validate(&[TOKEN], None, &url, Signed::Form(&form.pairs), headers).is_ok();
    let mut seen = state.seen.lock().unwrap();
    seen.asked.push(Asked {
        path: request.path().to_owned(),
        form,
        signed,
    });
    let (status, body) = match (&state.behaviour, request.path()) {
        (Behaviour::Answers(answers), _) => answers[seen.asked.len() - 1].clone(),
        (_, "/voice") => {
            let url = format!("{}/media", state.base.replace("http", "ws"));
            let token = ("token".to_owned(), "t1".to_owned());
            (200, twiml::connect_stream(&url, "/voice/after", &[token]))
        }
        _ => (200, twiml::hangup()),
    };
    HttpResponse::build(status.try_into().unwrap())
        .content_type("text/xml; charset=utf-8")
        .body(body)
}

async fn media(
    state: web::Data<State>,
    request: HttpRequest,
    body: web::Payload,
) -> Result<HttpResponse, actix_web::Error> {
    let headers = SignatureHeaders {
        signature: header(&request, "x-twilio-signature"),
        settings: None,
    };
    let signed = websocket_candidates(&state.base, "/media")
        .iter()
        .any(|url| validate(&[TOKEN], None, url, Signed::UrlOnly, headers).is_ok());
    state.seen.lock().unwrap().upgrade_signed = signed;
    if matches!(state.behaviour, Behaviour::RefusesSocket) {
        return Ok(HttpResponse::Forbidden().finish());
    }
    let (response, session, messages) = actix_ws::handle(&request, body)?;
    actix_web::rt::spawn(talk(state, session, messages));
    Ok(response)
}

/// The one order this server ever takes, for whoever has the admin token.
async fn orders(request: HttpRequest) -> HttpResponse {
    if header(&request, "authorization") != Some("Bearer open") {
        return HttpResponse::Forbidden().finish();
    }
    assert!(request.query_string().starts_with("call_sid=CA"));
    HttpResponse::Ok().json(serde_json::json!([{"number": 1, "state": "test", "total": "4.50", "currency": "USD",
        "lines": [{"item": "latte", "name": "Latte", "quantity": 1, "price": "4.50", "choices": []}]}]))
}

/// The agent of the fake: one stream.
async fn talk(
    state: web::Data<State>,
    mut session: Session,
    mut messages: actix_ws::MessageStream,
) {
    let mut stream_sid = String::new();
    let (mut frames, mut heard, mut quiet) = (0, false, 0);
    while let Some(Ok(message)) = messages.next().await {
        let Message::Text(text) = message else {
            continue;
        };
        state.seen.lock().unwrap().messages.push(text.to_string());
        let said = match Inbound::parse(&text).unwrap() {
            Inbound::Start(start) => {
                stream_sid = start.stream_sid;
                match state.behaviour {
                    Behaviour::Polite => spoken(300, "greeting"),
                    Behaviour::Clears => [spoken(5000, "a"), spoken(5000, "b")].concat(),
                    Behaviour::Rude => {
                        session.binary(vec![1, 2]).await.unwrap();
                        let sound = STANDARD.encode(loud(200));
                        for rude in [
                            format!(
                                r#"{{"event":"media","streamSid":"{stream_sid}","media":{{"payload":"{sound}","track":"outbound"}}}}"#
                            ),
                            r#"{"event":"clear","streamSid":"MZ1"}"#.to_owned(),
                            "hello".to_owned(),
                        ] {
                            session.text(rude).await.unwrap();
                        }
                        session.binary(vec![3]).await.unwrap();
                        return session.close(None).await.unwrap();
                    }
                    // Dropping both halves without a close frame breaks the connection.
                    _ => return,
                }
            }
            Inbound::Media(media) => {
                frames += 1;
                let mut sound = Vec::new();
                media.decode_into(&mut sound).unwrap();
                let silent = sound.iter().all(|b| *b == 0xff);
                quiet = if silent { quiet + 1 } else { 0 };
                heard |= !silent;
                if heard && quiet == 10 && matches!(state.behaviour, Behaviour::Polite) {
                    heard = false;
                    spoken(200, "bye")
                } else if frames == 10 && matches!(state.behaviour, Behaviour::Clears) {
                    vec![Outbound::Clear]
                } else {
                    Vec::new()
                }
            }
            Inbound::Mark(mark) if mark.name == "bye" || mark.name == "b" => {
                return session
                    .close(Some(actix_ws::CloseCode::Normal.into()))
                    .await
                    .unwrap();
            }
            Inbound::Stop(_) => return,
            _ => Vec::new(),
        };
        for message in said {
            session.text(message.to_json(&stream_sid)).await.unwrap();
        }
    }
}

fn spoken(ms: usize, mark: &'static str) -> Vec<Outbound<'static>> {
    vec![
        Outbound::Media {
            payload: loud(ms).into(),
        },
        Outbound::Mark { name: mark.into() },
    ]
}

/// What came over one stream, as raw JSON.
pub struct Messages(Vec<Value>);

impl Messages {
    /// Order, counters as text without a gap, frames of 20 ms, one stream.
    pub fn assert_well_formed(&self) {
        let all = &self.0;
        assert_eq!(all[0]["event"], "connected");
        assert_eq!(all[0]["protocol"], "Call");
        assert!(all[0].get("streamSid").is_none());
        assert!(all[0].get("sequenceNumber").is_none());
        let start = &all[1];
        assert_eq!(start["event"], "start");
        assert_eq!(start["start"]["tracks"], serde_json::json!(["inbound"]));
        assert_eq!(start["start"]["mediaFormat"]["sampleRate"], 8000);
        assert_eq!(start["start"]["mediaFormat"]["encoding"], "audio/x-mulaw");
        let sid = start["streamSid"].as_str().unwrap();
        assert!(maitred::twilio::sid::SidKind::Stream.matches(sid));
        let mut chunk = 0;
        for (index, message) in all[1..].iter().enumerate() {
            assert_eq!(message["sequenceNumber"], (index + 1).to_string());
            assert_eq!(message["streamSid"], sid);
            if message["event"] == "media" {
                chunk += 1;
                let media = &message["media"];
                assert_eq!(media["track"], "inbound");
                assert_eq!(media["chunk"], chunk.to_string());
                assert_eq!(media["timestamp"], ((chunk - 1) * 20).to_string());
                let sound = STANDARD.decode(media["payload"].as_str().unwrap());
                assert_eq!(sound.unwrap().len(), 160);
            }
        }
        assert!(chunk > 0, "sound was sent");
    }

    fn of<'m>(&'m self, event: &'m str) -> impl Iterator<Item = &'m Value> {
        self.0.iter().filter(move |m| m["event"] == event)
    }

    pub fn marks(&self) -> Vec<&str> {
        self.of("mark")
            .map(|m| m["mark"]["name"].as_str().unwrap())
            .collect()
    }

    pub fn keys(&self) -> Vec<&str> {
        let key = |m: &'_ Value| m["dtmf"]["track"] == "inbound_track";
        assert!(self.of("dtmf").all(key));
        self.of("dtmf")
            .map(|m| m["dtmf"]["digit"].as_str().unwrap())
            .collect()
    }

    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.0[1]["start"]["customParameters"][name].as_str()
    }

    pub fn last_event(&self) -> &str {
        self.0.last().unwrap()["event"].as_str().unwrap()
    }
}
