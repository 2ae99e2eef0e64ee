//! Twilio's REST API of 2010-04-01, its numbers only, on a port of its own. Strict: what Twilio would refuse is refused,
//! and so is what it would silently pass over (a field it does not know).

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use actix_web::http::header::{AUTHORIZATION, CONTENT_TYPE};
use actix_web::http::{Method, StatusCode};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer, web};
use serde_json::{Value, json};

/// What an update of a number may say.
const FIELDS: &[(&str, &str)] = &[
    ("VoiceUrl", "voice_url"),
    ("VoiceMethod", "voice_method"),
    ("VoiceFallbackUrl", "voice_fallback_url"),
    ("VoiceFallbackMethod", "voice_fallback_method"),
    ("StatusCallback", "status_callback"),
    ("StatusCallbackMethod", "status_callback_method"),
    ("SmsUrl", "sms_url"),
    ("SmsMethod", "sms_method"),
];

/// One account.
#[derive(Default)]
pub struct Account {
    pub token: String,
    /// As the API shows them.
    pub numbers: Vec<Value>,
    /// Calls on the line, and what became of them.
    pub calls: BTreeMap<String, Option<(String, String)>>,
}

#[derive(Default)]
pub struct Twilio {
    pub accounts: BTreeMap<String, Account>,
    /// Numbers on one page, however many were asked for.
    pub page_size: usize,
    /// So many of the next requests are too many at once.
    pub too_many: usize,
    /// Where every next page is said to be, instead of where it is.
    pub next_page: Option<String>,
    /// Method and path of every request that was answered well.
    pub done: Vec<String>,
    /// What was refused, and why.
    pub refused: Vec<String>,
}

impl Twilio {
    pub fn number(&mut self, phone: &str) -> &mut Value {
        let numbers = self
            .accounts
            .values_mut()
            .flat_map(|account| &mut account.numbers);
        numbers
            .into_iter()
            .find(|number| number["phone_number"] == phone)
            .unwrap()
    }

    pub fn updates(&self) -> usize {
        self.done
            .iter()
            .filter(|request| request.starts_with("POST"))
            .count()
    }
}

/// A number as Twilio lists it.
pub fn number(nth: usize, phone: &str, voice_url: &str) -> Value {
    json!({
        "sid": format!("PN{nth:032x}"), "phone_number": phone, "friendly_name": phone,
        "voice_url": voice_url, "voice_method": "POST",
        "voice_fallback_url": null, "voice_fallback_method": "POST",
        "status_callback": "", "status_callback_method": "POST",
        "voice_application_sid": null, "trunk_sid": null, "voice_receive_mode": "voice",
        "sms_url": "https://texts.example.com/", "capabilities": {"voice": true, "sms": true},
    })
}

/// Starts it; returns its address.
pub fn start(twilio: Twilio) -> (String, Arc<Mutex<Twilio>>) {
    let shared = Arc::new(Mutex::new(twilio));
    let state = web::Data::new(Arc::clone(&shared));
    let server = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .default_service(web::to(answer))
    });
    let server = server.workers(1).bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://{}", server.addrs()[0]);
    actix_web::rt::spawn(server.run());
    (address, shared)
}

async fn answer(
    request: HttpRequest,
    body: web::Bytes,
    twilio: web::Data<Arc<Mutex<Twilio>>>,
) -> HttpResponse {
    let mut twilio = twilio.lock().unwrap();
    if twilio.too_many > 0 {
        twilio.too_many -= 1;
        let error = json!({"code": 20429, "message": "Too Many Requests", "status": 429});
        let mut answer = HttpResponse::TooManyRequests();
        return answer.insert_header(("Retry-After", "0")).json(error);
    }
    match judge(&request, &body, &mut twilio) {
        Ok(answer) => {
            twilio
                .done
                .push(format!("{} {}", request.method(), request.uri()));
            HttpResponse::Ok().json(answer)
        }
        Err((status, code, message)) => {
            twilio.refused.push(format!(
                "{} {}: {message}",
                request.method(),
                request.path()
            ));
            let error = json!({"code": code, "message": message, "status": status.as_u16(), "more_info": ""});
            HttpResponse::build(status).json(error)
        }
    }
}

type Refusal = (StatusCode, u32, String);

fn judge(request: &HttpRequest, body: &[u8], twilio: &mut Twilio) -> Result<Value, Refusal> {
    let refuse = |status, code, why: &str| Err((status, code, why.to_owned()));
    let path = request.path().strip_prefix("/2010-04-01/Accounts/");
    let Some((sid, rest)) = path.and_then(|path| path.split_once('/')) else {
        return refuse(StatusCode::NOT_FOUND, 20404, "no such resource");
    };
    let (page_size, next_page) = (twilio.page_size, twilio.next_page.clone());
    let given = request
        .headers()
        .get(AUTHORIZATION)
        .and_then(|value| value.to_str().ok());
    let Some(account) = twilio
        .accounts
        .get_mut(sid)
        .filter(|account| given == Some(basic(sid, &account.token).as_str()))
    else {
        return refuse(StatusCode::UNAUTHORIZED, 20003, "Authenticate");
    };
    let call = rest.strip_prefix("Calls/");
    if let Some(sid) = call.and_then(|rest| rest.strip_suffix(".json")) {
        return update_call(request, body, account.calls.get_mut(sid));
    }
    if rest == "IncomingPhoneNumbers.json" {
        if request.method() != Method::GET {
            return refuse(
                StatusCode::METHOD_NOT_ALLOWED,
                20004,
                "only GET buys nothing",
            );
        }
        return list(request, sid, account, page_size, next_page);
    }
    let number = rest
        .strip_prefix("IncomingPhoneNumbers/")
        .and_then(|rest| rest.strip_suffix(".json"));
    let Some(number) = number.and_then(|sid| account.numbers.iter_mut().find(|n| n["sid"] == sid))
    else {
        return refuse(StatusCode::NOT_FOUND, 20404, "no such number");
    };
    if request.method() != Method::POST {
        return refuse(StatusCode::METHOD_NOT_ALLOWED, 20004, "POST updates");
    }
    let form = request
        .headers()
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    if form != Some("application/x-www-form-urlencoded") {
        return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, 20001, "not a form");
    }
    let fields: Vec<(String, String)> = serde_urlencoded_fields(body);
    for (name, value) in &fields {
        let Some((_, shown)) = FIELDS.iter().find(|(known, _)| known == name) else {
            return refuse(StatusCode::BAD_REQUEST, 20001, &format!("no field {name}"));
        };
        if shown.ends_with("_method") && !["GET", "POST"].contains(&value.as_str()) {
            return refuse(StatusCode::BAD_REQUEST, 21403, "no such method");
        }
        number[*shown] = json!(value);
    }
    if !number["voice_fallback_url"].is_null()
        && number["voice_url"].as_str().is_none_or(str::is_empty)
    {
        return refuse(
            StatusCode::BAD_REQUEST,
            21405,
            "VoiceFallbackUrl without VoiceUrl",
        );
    }
    Ok(number.clone())
}

/// Status and TwiML exclude each other; a call that is over is changed no more.
fn update_call(
    request: &HttpRequest,
    body: &[u8],
    call: Option<&mut Option<(String, String)>>,
) -> Result<Value, Refusal> {
    let refuse = |status, code, why: &str| Err((status, code, why.to_owned()));
    let Some(call) = call else {
        return refuse(StatusCode::NOT_FOUND, 20404, "no such call");
    };
    if request.method() != Method::POST {
        return refuse(StatusCode::METHOD_NOT_ALLOWED, 20004, "POST updates");
    }
    let fields = serde_urlencoded_fields(body);
    let [(name, value)] = &fields[..] else {
        return refuse(StatusCode::BAD_REQUEST, 20001, "one field");
    };
    let known = match name.as_str() {
        "Status" => value == "completed" || value == "canceled",
        "Twiml" => value.contains("<Response>") && value.chars().count() <= 4_000,
        _ => false,
    };
    if !known {
        return refuse(StatusCode::BAD_REQUEST, 20001, "no such field or value");
    }
    if call.is_some() {
        return refuse(
            StatusCode::BAD_REQUEST,
            21220,
            "the call is not in progress",
        );
    }
    *call = Some((name.clone(), value.clone()));
    Ok(json!({"status": "in-progress"}))
}

fn list(
    request: &HttpRequest,
    sid: &str,
    account: &Account,
    most: usize,
    next_page: Option<String>,
) -> Result<Value, Refusal> {
    let query: BTreeMap<String, String> =
        serde_urlencoded_fields(request.query_string().as_bytes())
            .into_iter()
            .collect();
    if let Some(unknown) = query
        .keys()
        .find(|key| !["PageSize", "Page", "PageToken"].contains(&key.as_str()))
    {
        return Err((
            StatusCode::BAD_REQUEST,
            20001,
            format!("no parameter {unknown}"),
        ));
    }
    let asked = |key: &str| query.get(key).and_then(|value| value.parse::<usize>().ok());
    let asked_size = asked("PageSize").unwrap_or(50);
    if !(1..=1000).contains(&asked_size) {
        return Err((StatusCode::BAD_REQUEST, 20006, "PageSize".to_owned()));
    }
    let size = asked_size.min(most);
    let page = asked("Page").unwrap_or(0);
    let numbers: Vec<&Value> = account
        .numbers
        .iter()
        .skip(page * size)
        .take(size)
        .collect();
    let more = account.numbers.len() > (page + 1) * size;
    let path = format!("/2010-04-01/Accounts/{sid}/IncomingPhoneNumbers.json");
    let next = more.then(|| format!("{path}?PageSize={size}&Page={}&PageToken=PA1", page + 1));
    Ok(json!({
        "incoming_phone_numbers": numbers, "page": page, "page_size": size,
        "next_page_uri": next_page.or(next), "previous_page_uri": null, "uri": path,
    }))
}

fn serde_urlencoded_fields(text: &[u8]) -> Vec<(String, String)> {
    let url = format!("http://x/?{}", String::from_utf8_lossy(text));
    let url = reqwest::Url::parse(&url).unwrap();
    url.query_pairs().into_owned().collect()
}

fn basic(user: &str, password: &str) -> String {
    use base64::Engine as _;
    let pair = base64::engine::general_purpose::STANDARD.encode(format!("{user}:{password}"));
    format!("Basic {pair}")
}
