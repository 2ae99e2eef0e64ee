//! `GET /media`: a call's socket. Handshake (signature) -> `start` within its time (token) -> the pump.
//!
//! The pump stays on this worker, because its stream is not `Send`; the session runs elsewhere and talks to it through
//! two bounded channels. Whatever ends first ends the other: the session drops its sender (close 1000), the socket
//! closes (the session's receiver ends), or the socket refuses a message for too long.

use std::time::Duration;

use actix_web::web::{Data, Payload};
use actix_web::{HttpRequest, HttpResponse};
use actix_ws::{CloseCode, CloseReason, Session};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::AppState;
use super::frames::{self, Frame, Frames};
use super::public_address::public_base;
use super::voice_webhook::{TOKEN, cap_reason};
use crate::call::{
    CallId, ClaimRefusal, ClaimedCall, FromCaller, StartInfo, ToCaller, TokenError, session,
};
use crate::events::DomainEvent;
use crate::twilio::media_message::{Inbound, Start, Track};
use crate::twilio::signature::{SignatureHeaders, Signed, validate, websocket_candidates};

/// Messages from the caller that may wait for the session: five seconds of sound.
const FROM_CALLER: usize = 256;
/// Messages to the caller that may wait for the socket.
const TO_CALLER: usize = 64;
/// A live stream brings sound every 20 ms; after this silence its connection is dead.
const DEAD_AFTER: Duration = Duration::from_secs(60);
/// How long a session may tidy up once its socket is gone, and a peer once we said goodbye.
const SESSION_END_TIMEOUT: Duration = Duration::from_secs(30);
const CLOSE_GRACE: Duration = Duration::from_secs(2);

/// Upgrades to a media socket, if Twilio signed the request.
pub(super) async fn media(
    request: HttpRequest,
    payload: Payload,
    state: Data<AppState>,
) -> HttpResponse {
    if !state.settings.dev && !signed(&request, &state) {
        return refused(&state, "wrong_signature", HttpResponse::Forbidden());
    }
    match frames::open(&request, payload).await {
        Ok((response, session, frames)) => {
            actix_web::rt::spawn(serve(state, session, frames));
            response
        }
        Err(_) => refused(&state, "no_handshake", HttpResponse::BadRequest()),
    }
}

fn refused(
    state: &AppState,
    reason: &'static str,
    mut response: actix_web::HttpResponseBuilder,
) -> HttpResponse {
    state
        .events
        .publish(DomainEvent::SocketRefused { call: None, reason });
    response.finish()
}

/// One constant string for every call: it keeps strangers out, it admits nobody.
fn signed(request: &HttpRequest, state: &AppState) -> bool {
    let Some(base) = public_base(request, state) else {
        return false;
    };
    let header = |name: &str| request.headers().get(name).and_then(|v| v.to_str().ok());
    let headers = SignatureHeaders {
        signature: header("x-twilio-signature"),
        settings: header("x-twilio-webhooks-signature-settings"),
    };
    let tokens = state.settings.auth_tokens.all();
    websocket_candidates(&base, &request.uri().to_string())
        .iter()
        .any(|url| validate(&tokens, None, url, Signed::UrlOnly, headers).is_ok())
}

async fn serve(state: Data<AppState>, session: Session, mut frames: Frames) {
    let open = state.admission.live().socket_opened();
    let limit = state.settings.limits.write_timeout;
    let reason = match timeout(
        state.settings.limits.start_timeout,
        claimed(&state, &mut frames),
    )
    .await
    {
        Err(_) => Some(policy(&state, None, "no_start")),
        Ok(Err(reason)) => reason,
        Ok(Ok(call)) => pump(&state, call, session.clone(), &mut frames).await,
    };
    drop(open);
    if let Some(reason) = reason {
        // A peer that takes nothing more is gone.
        let _ = timeout(limit, session.close(Some(reason))).await;
        // Unread bytes would make the kernel reset the connection before the close frame is read.
        let _ = timeout(CLOSE_GRACE, ended(&mut frames)).await;
    }
}

async fn ended(frames: &mut Frames) {
    while let Frame::Text(_) | Frame::Binary = frames.next().await {}
}

/// Waits for `start` and lets it prove itself.
async fn claimed(
    state: &AppState,
    frames: &mut Frames,
) -> Result<ClaimedCall, Option<CloseReason>> {
    loop {
        match frames.next().await {
            Frame::Text(text) => match parse(&text) {
                Some(Inbound::Start(start)) => return claim(state, &start).map_err(Some),
                Some(Inbound::Connected { .. }) => {}
                Some(_) => ignored(state, "before_start"),
                None => ignored(state, "not_understood"),
            },
            Frame::Binary => ignored(state, "binary"),
            frame => return Err(closing(state, None, &frame)),
        }
    }
}

fn claim(state: &AppState, start: &Start) -> Result<ClaimedCall, CloseReason> {
    let id = CallId::new(&start.account_sid, &start.call_sid);
    if !start.format.is_taken() {
        return Err(policy(state, Some(&id), "media_format"));
    }
    let info = StartInfo {
        call_sid: &start.call_sid,
        account_sid: &start.account_sid,
        stream_sid: &start.stream_sid,
        token: start.custom_parameters.get(TOKEN).map(String::as_str),
    };
    match state.admission.claim(info, state.clock.now()) {
        Ok(call) => {
            state.events.publish(DomainEvent::CallStarted {
                call: id,
                restaurant: call.pin.served.restaurant.id.clone(),
                from: call.pin.from.clone(),
                generation: call.pin.generation,
            });
            Ok(call)
        }
        Err(refusal) => Err(policy(state, Some(&id), why(refusal))),
    }
}

/// The stable name of a refusal.
fn why(refusal: ClaimRefusal) -> &'static str {
    match refusal {
        ClaimRefusal::Token(TokenError::Malformed) => "bad_token",
        ClaimRefusal::Token(TokenError::Forged) => "forged_token",
        ClaimRefusal::Token(TokenError::Expired) => "expired_token",
        ClaimRefusal::Reused => "reused_token",
        ClaimRefusal::NotHeld => "version_not_held",
        ClaimRefusal::OverCap(cap) => cap_reason(cap),
    }
}

/// Runs a claimed call between socket and session. Says how to close; `None`: the socket is gone already.
async fn pump(
    state: &AppState,
    call: ClaimedCall,
    socket: Session,
    frames: &mut Frames,
) -> Option<CloseReason> {
    let id = call.id();
    let stream_sid = call.stream_sid.clone();
    let (to_session, inbound) = mpsc::channel(FROM_CALLER);
    let (outbound, mut from_session) = mpsc::channel(TO_CALLER);
    let services = std::sync::Arc::clone(&state.services);
    state
        .runtime
        .spawn(session::run(call, inbound, outbound, services));
    let limit = state.settings.limits.write_timeout;
    let writing = write(socket, &mut from_session, &stream_sid, limit);
    tokio::pin!(writing);
    tokio::select! {
        said = &mut writing => match said {
            Said::Everything => Some(CloseReason { code: CloseCode::Normal, description: None }),
            Said::Stalled => Some(policy(state, Some(&id), "stalled")),
            Said::Nobody => None,
        },
        last = read(state, frames, to_session, &id) => {
            // The session sees the end of its channel; it must not wait for a writer that is gone.
            let _ = timeout(SESSION_END_TIMEOUT, writing).await;
            closing(state, Some(&id), &last)
        }
    }
}

/// How the writer came to its end.
enum Said {
    /// The session is done and all of it was sent.
    Everything,
    /// The socket did not take a message in time.
    Stalled,
    /// The socket is gone; the session's words were drained.
    Nobody,
}

async fn write(
    mut socket: Session,
    from_session: &mut mpsc::Receiver<ToCaller>,
    stream_sid: &str,
    limit: Duration,
) -> Said {
    while let Some(message) = from_session.recv().await {
        match timeout(limit, socket.text(message.to_json(stream_sid))).await {
            Ok(Ok(())) => {}
            Ok(Err(_closed)) => {
                while from_session.recv().await.is_some() {}
                return Said::Nobody;
            }
            Err(_) => return Said::Stalled,
        }
    }
    Said::Everything
}

/// Passes on what the caller's side sends; returns the frame that ended it.
async fn read(
    state: &AppState,
    frames: &mut Frames,
    to_session: mpsc::Sender<FromCaller>,
    call: &CallId,
) -> Frame {
    let mut dropped = 0;
    let last = loop {
        let frame = match timeout(DEAD_AFTER, frames.next()).await {
            Ok(frame) => frame,
            Err(_) => break Frame::End,
        };
        let text = match frame {
            Frame::Text(text) => text,
            Frame::Binary => {
                ignored(state, "binary");
                continue;
            }
            end => break end,
        };
        match understood(state, &text) {
            None => {}
            Some(sound @ FromCaller::Sound { .. }) => match to_session.try_send(sound) {
                Ok(()) => {}
                Err(mpsc::error::TrySendError::Full(_)) => dropped += 1,
                // The session is done; the writer says how to close.
                Err(mpsc::error::TrySendError::Closed(_)) => continue,
            },
            Some(message) => {
                let _ = to_session.send(message).await;
            }
        }
    };
    if dropped > 0 {
        state.events.publish(DomainEvent::SoundDropped {
            call: call.clone(),
            messages: dropped,
        });
    }
    last
}

/// What the session is told of a message.
fn understood(state: &AppState, text: &[u8]) -> Option<FromCaller> {
    match parse(text) {
        Some(Inbound::Media(media)) if media.track == Track::Inbound => {
            let mut mulaw = Vec::with_capacity(160);
            if media.decode_into(&mut mulaw).is_err() {
                ignored(state, "bad_payload");
                return None;
            }
            Some(FromCaller::Sound {
                mulaw,
                timestamp_ms: media.timestamp_ms,
            })
        }
        Some(Inbound::Dtmf(key)) => Some(FromCaller::Key(key.digit)),
        Some(Inbound::Mark(mark)) => Some(FromCaller::Mark(mark.name)),
        Some(Inbound::Stop(_)) => Some(FromCaller::Stop),
        Some(_) => {
            ignored(state, "unexpected");
            None
        }
        None => {
            ignored(state, "not_understood");
            None
        }
    }
}

fn parse(text: &[u8]) -> Option<Inbound<'_>> {
    Inbound::parse(std::str::from_utf8(text).ok()?).ok()
}

fn ignored(state: &AppState, reason: &'static str) {
    state.events.publish(DomainEvent::MessageIgnored { reason });
}

fn closing(state: &AppState, call: Option<&CallId>, frame: &Frame) -> Option<CloseReason> {
    let (code, reason) = match frame {
        Frame::TooLarge => (CloseCode::Size, "message_too_large"),
        Frame::Broken => (CloseCode::Protocol, "broken_frame"),
        Frame::End => return Some(CloseCode::Normal.into()),
        Frame::Text(_) | Frame::Binary => return None,
    };
    Some(close(state, call, code, reason))
}

fn policy(state: &AppState, call: Option<&CallId>, reason: &'static str) -> CloseReason {
    close(state, call, CloseCode::Policy, reason)
}

fn close(
    state: &AppState,
    call: Option<&CallId>,
    code: CloseCode,
    reason: &'static str,
) -> CloseReason {
    state.events.publish(DomainEvent::SocketRefused {
        call: call.cloned(),
        reason,
    });
    CloseReason {
        code,
        description: Some(reason.to_owned()),
    }
}
