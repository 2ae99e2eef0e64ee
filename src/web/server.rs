//! The HTTP server: built (bound, port known) apart from run.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use actix_web::dev::{Server, ServerHandle};
use actix_web::web::{self, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};

use super::{
    AppState, api, health, media_socket, metrics, voice_after, voice_fallback, voice_status,
    voice_webhook,
};
use crate::events::DomainEvent;

/// Seconds a connection may stay idle between requests; Twilio keeps its connections.
const KEEP_ALIVE_SECONDS: u64 = 75;
/// Seconds a client may take to send a request's head.
const HEAD_SECONDS: u64 = 10;

/// Why the server cannot be built.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// The address is taken, or not ours.
    #[error("cannot listen on {address}: {source}")]
    Bind {
        address: SocketAddr,
        source: std::io::Error,
    },
    /// The system refused the listener afterwards.
    #[error("cannot serve: {0}")]
    Listen(#[from] std::io::Error),
}

/// A bound server; nothing is answered before it is awaited.
pub struct WebServer {
    server: Server,
    /// Where it listens, the port known even when 0 was asked for.
    pub address: SocketAddr,
}

impl WebServer {
    /// Stops the server from elsewhere.
    pub fn handle(&self) -> ServerHandle {
        self.server.handle()
    }

    /// Answers until it is stopped.
    ///
    /// # Errors
    /// The system's.
    pub async fn run(self) -> std::io::Result<()> {
        self.server.await
    }
}

/// Binds `address` and builds the server; `state` is told where it listens.
///
/// # Errors
/// [`BuildError`].
#[expect(clippy::disallowed_methods, reason = "binds the listening socket")]
pub fn build(
    address: SocketAddr,
    workers: usize,
    state: impl FnOnce(SocketAddr) -> AppState,
) -> Result<WebServer, BuildError> {
    let listener =
        TcpListener::bind(address).map_err(|source| BuildError::Bind { address, source })?;
    let bound = listener.local_addr()?;
    let state: Data<AppState> = Data::from(Arc::new(state(bound)));
    let server = HttpServer::new(move || App::new().app_data(state.clone()).configure(routes))
        .workers(workers)
        .keep_alive(std::time::Duration::from_secs(KEEP_ALIVE_SECONDS))
        // A frame of sound must not wait until the caller's side has acknowledged the one before (Nagle, RFC 896).
        .tcp_nodelay(true)
        .client_request_timeout(std::time::Duration::from_secs(HEAD_SECONDS))
        .disable_signals()
        .shutdown_timeout(5)
        .listen(listener)?
        .run();
    Ok(WebServer {
        server,
        address: bound,
    })
}

/// A restaurant's file and a byte, so that one that is too large is told so in words.
const LARGEST_FILE: usize = crate::config::MAX_BYTES + 1;

fn routes(config: &mut web::ServiceConfig) {
    config
        .service(webhook("/voice").route(web::post().to(voice_webhook::voice)))
        .service(webhook("/voice/after").route(web::post().to(voice_after::voice_after)))
        .service(webhook("/voice/status").route(web::post().to(voice_status::voice_status)))
        .service(webhook("/voice/fallback").route(web::post().to(voice_fallback::voice_fallback)))
        .service(web::resource("/media").route(web::get().to(media_socket::media)))
        .service(web::resource("/healthz").route(web::get().to(health::healthz)))
        .service(web::resource("/readyz").route(web::get().to(health::readyz)))
        .service(web::resource("/metrics").route(web::get().to(metrics::metrics)))
        .service(posted("/api/config/reload").route(web::post().to(api::reload)))
        .service(posted("/api/config/confirm").route(web::post().to(api::confirm)))
        .service(posted("/api/config/rollback").route(web::post().to(api::rollback)))
        .service(web::resource("/api/config/events").route(web::get().to(api::events)))
        .service(
            posted("/api/config/validate")
                .app_data(web::PayloadConfig::new(LARGEST_FILE))
                .route(web::post().to(api::validate)),
        )
        .service(web::resource("/api/table").route(web::get().to(api::table)))
        .service(web::resource("/api/restaurants/{id}").route(web::get().to(api::restaurant)))
        .service(web::resource("/api/calls").route(web::get().to(api::calls)))
        .service(web::resource("/api/calls/{sid}").route(web::get().to(api::call)))
        .service(web::resource("/api/orders").route(web::get().to(api::orders)));
}

/// 405 for anything but POST.
fn posted(path: &str) -> actix_web::Resource {
    web::resource(path).default_service(web::to(|| async { not_allowed() }))
}

/// The same for a webhook, and said in the log: an operator who chose GET in Twilio's console must find out why nothing rings.
fn webhook(path: &str) -> actix_web::Resource {
    web::resource(path).default_service(web::to(
        |request: HttpRequest, state: Data<AppState>| async move {
            state.events.publish(DomainEvent::WebhookRefused {
                path: request.path().to_owned(),
                reason: "wrong_method",
                detail: Some(format!("{} where POST is expected", request.method())),
                names: Vec::new(),
            });
            not_allowed()
        },
    ))
}

fn not_allowed() -> HttpResponse {
    HttpResponse::MethodNotAllowed()
        .insert_header(("Allow", "POST"))
        .finish()
}
