//! The HTTP server: built (bound, port known) apart from run.

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use actix_web::dev::{Server, ServerHandle};
use actix_web::middleware::from_fn;
use actix_web::web::{self, Data};
use actix_web::{App, HttpRequest, HttpResponse, HttpServer};

use socket2::SockRef;

use super::connections::{Connections, HEAD_TIMEOUT, KEEP_ALIVE, Swept, WRITE_TIMEOUT, track};
use super::local_only::local_only;
use super::{
    AppState, ack, api, health, kitchen_call, kitchen_keys, media_socket, metrics, sms,
    voice_after, voice_fallback, voice_staff, voice_status, voice_webhook,
};
use crate::events::{DomainEvent, Events};

/// How long a connection whose answer is an error is still read, so that the answer arrives.
const DISCONNECT_TIMEOUT: Duration = Duration::from_secs(2);
/// Connections the system may hold for us before they are accepted.
const BACKLOG: i32 = 1024;
/// More than `Connections` ever lets stay open.
const MAX_ACCEPTED: usize = 100_000;
/// Bytes the system takes for a connection before we read them (it keeps twice as many): a second of a caller's sound. The
/// HTTP library makes requests of everything it reads at once, thousands of them where a client sends one behind another
/// without waiting for answers, and each takes a hundred times its length until it is answered.
const RECEIVE_BUFFER: usize = 16 * 1024;
/// Between two looks at the slow connections.
const SWEEP: Duration = Duration::from_secs(1);

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
    let socket = SockRef::from(&listener);
    socket.listen(BACKLOG)?;
    // Accepted sockets inherit it: a peer that takes nothing more is gone, whatever we were sending.
    socket.set_tcp_user_timeout(Some(WRITE_TIMEOUT))?;
    socket.set_recv_buffer_size(RECEIVE_BUFFER)?;
    let bound = listener.local_addr()?;
    let state: Data<AppState> = Data::from(Arc::new(state(bound)));
    tokio::spawn(sweep(state.connections.clone(), state.events.clone()));
    let connections = Arc::clone(&state.connections);
    let server = HttpServer::new(move || {
        App::new()
            .app_data(state.clone())
            .wrap(from_fn(local_only))
            .wrap(from_fn(track))
            .configure(routes)
    })
    .workers(workers)
    .on_connect(move |io, data| connections.accepted(io, data))
    // The bound is `Connections`: at its own, actix would leave the next call waiting.
    .max_connections(MAX_ACCEPTED)
    .keep_alive(KEEP_ALIVE)
    // A frame of sound must not wait until the caller's side has acknowledged the one before (Nagle, RFC 896).
    .tcp_nodelay(true)
    .client_request_timeout(HEAD_TIMEOUT)
    .client_disconnect_timeout(DISCONNECT_TIMEOUT)
    .disable_signals()
    .shutdown_timeout(5)
    .listen(listener)?
    .run();
    Ok(WebServer {
        server,
        address: bound,
    })
}

/// Shuts slow connections, and sums up refusals, for as long as the process lives.
async fn sweep(connections: Arc<Connections>, events: Events) {
    let mut tick = tokio::time::interval(SWEEP);
    tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
    loop {
        tick.tick().await;
        events.tell_refusals();
        let swept = connections.sweep();
        if swept != Swept::default() {
            events.publish(DomainEvent::ConnectionsShut {
                late: swept.late,
                evicted: swept.evicted,
            });
        }
    }
}

fn routes(config: &mut web::ServiceConfig) {
    config
        .service(webhook("/voice").route(web::post().to(voice_webhook::voice)))
        .service(webhook("/voice/after").route(web::post().to(voice_after::voice_after)))
        .service(webhook("/voice/staff").route(web::post().to(voice_staff::staff)))
        .service(webhook("/voice/whisper").route(web::post().to(voice_staff::whisper)))
        .service(webhook("/voice/status").route(web::post().to(voice_status::voice_status)))
        .service(webhook("/voice/fallback").route(web::post().to(voice_fallback::voice_fallback)))
        .service(webhook("/sms").route(web::post().to(sms::sms)))
        .service(webhook("/voice/kitchen/keys").route(web::post().to(kitchen_keys::keys)))
        .service(webhook("/voice/kitchen/{token}").route(web::post().to(kitchen_call::kitchen)))
        .service(webhook("/voice/kitchen/{token}/over").route(web::post().to(kitchen_call::over)))
        .service(web::resource("/media").route(web::get().to(media_socket::media)))
        .service(
            web::resource("/ack/{token}")
                .route(web::get().to(ack::show))
                .route(web::post().to(ack::answer)),
        )
        .service(web::resource("/healthz").route(web::get().to(health::healthz)))
        .service(web::resource("/readyz").route(web::get().to(health::readyz)))
        .service(
            web::resource("/metrics")
                .wrap(from_fn(api::guard))
                .route(web::get().to(metrics::metrics)),
        )
        .service(api::routes());
}

/// 405 for anything but POST, said in the log: an operator who chose GET in Twilio's console must find out why nothing
/// rings.
fn webhook(path: &str) -> actix_web::Resource {
    web::resource(path).default_service(web::to(
        |request: HttpRequest, state: Data<AppState>| async move {
            state.events.publish(DomainEvent::WebhookRefused {
                path: request.path().to_owned(),
                reason: "wrong_method",
                detail: Some(format!("{} where POST is expected", request.method())),
                names: Vec::new(),
            });
            HttpResponse::MethodNotAllowed()
                .insert_header(("Allow", "POST"))
                .finish()
        },
    ))
}
