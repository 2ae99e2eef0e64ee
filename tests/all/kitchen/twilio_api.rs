//! Twilio's REST API as far as texts and calls to a kitchen go: a wrong account, token, parameter or method is refused as Twilio does.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use actix_web::dev::ServerHandle;
use actix_web::web::{Bytes, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use serde_json::json;
use tokio::sync::mpsc;

pub const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";
pub const TOKEN: &str = "0123456789abcdef0123456789abcdef";

/// A text that was sent.
pub type Text = BTreeMap<String, String>;

pub struct TwilioApi {
    pub address: SocketAddr,
    sent: mpsc::UnboundedReceiver<Text>,
    rung: mpsc::UnboundedReceiver<Text>,
    _server: ServerHandle,
}

struct State {
    told: mpsc::UnboundedSender<Text>,
    rings: mpsc::UnboundedSender<Text>,
    /// Answers "too many requests" so often first.
    busy: Mutex<usize>,
}

impl TwilioApi {
    pub async fn open(busy: usize) -> Self {
        let (told, sent) = mpsc::unbounded_channel();
        let (rings, rung) = mpsc::unbounded_channel();
        let state = Data::from(Arc::new(State {
            told,
            rings,
            busy: Mutex::new(busy),
        }));
        let app = move || {
            App::new()
                .app_data(state.clone())
                .default_service(web::to(messages))
        };
        let server = HttpServer::new(app).workers(1).bind("127.0.0.1:0").unwrap();
        let address = server.addrs()[0];
        let server = server.disable_signals().run();
        let handle = server.handle();
        tokio::spawn(server);
        Self {
            address,
            sent,
            rung,
            _server: handle,
        }
    }

    pub fn variables(&self) -> [(&'static str, String); 3] {
        [
            ("TWILIO_API_URL", format!("http://{}", self.address)),
            ("TWILIO_ACCOUNT_SID", ACCOUNT.to_owned()),
            ("TWILIO_AUTH_TOKEN", TOKEN.to_owned()),
        ]
    }

    pub async fn next(&mut self) -> Text {
        let next = tokio::time::timeout(crate::harness::NEVER, self.sent.recv()).await;
        next.expect("no text came").unwrap()
    }

    /// The next call that is to be made.
    pub async fn next_call(&mut self) -> Text {
        let next = tokio::time::timeout(crate::harness::NEVER, self.rung.recv()).await;
        next.expect("nobody was rung").unwrap()
    }

    pub fn nothing_more(&mut self) {
        assert!(self.sent.try_recv().is_err(), "a text more");
        assert!(self.rung.try_recv().is_err(), "a call more");
    }
}

async fn messages(request: HttpRequest, body: Bytes, state: Data<State>) -> HttpResponse {
    let refused = |status: u16, code: u32| {
        let status = actix_web::http::StatusCode::from_u16(status).unwrap();
        HttpResponse::build(status)
            .json(json!({"code": code, "message": "no", "status": status.as_u16()}))
    };
    let folder = format!("/2010-04-01/Accounts/{ACCOUNT}/");
    let (known, to): (&[&str], _) = match request.path().strip_prefix(&folder) {
        Some("Messages.json") => (&["To", "From", "Body"], &state.told),
        Some("Calls.json") => (
            &[
                "To",
                "From",
                "Url",
                "StatusCallback",
                "Timeout",
                "TimeLimit",
            ],
            &state.rings,
        ),
        _ => return refused(404, 20_404),
    };
    if request.method() != "POST" {
        return refused(405, 20_004);
    }
    use base64::Engine as _;
    let login = base64::engine::general_purpose::STANDARD.encode(format!("{ACCOUNT}:{TOKEN}"));
    let given = request.headers().get("Authorization");
    if given.is_none_or(|given| given.to_str().unwrap() != format!("Basic {login}")) {
        return refused(401, 20_003);
    }
    let text: Text = form_urlencoded::parse(&body).into_owned().collect();
    if text.keys().any(|key| !known.contains(&key.as_str())) || text.len() != known.len() {
        return refused(400, 21_604);
    }
    if text
        .get("Body")
        .is_some_and(|body| body.chars().count() > 1_600)
    {
        return refused(400, 21_617);
    }
    let mut busy = state.busy.lock().unwrap();
    if *busy > 0 {
        *busy -= 1;
        return HttpResponse::TooManyRequests()
            .insert_header(("Retry-After", "0"))
            .json(json!({"code": 20_429, "message": format!("Too many requests for {}", text["To"]), "status": 429}));
    }
    let _ = to.send(text);
    HttpResponse::Created().json(json!({"sid": "SM0", "status": "queued"}))
}
