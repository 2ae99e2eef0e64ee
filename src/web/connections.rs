//! Open connections: how long each may say nothing, and which goes first when there are too many.
//!
//! actix bounds the head of a connection's first request. It does not bound the head of a second one, nor a client that
//! never takes its answer, and at its own limit it stops accepting, so that whoever holds connections open keeps the next
//! call out. Here every connection is kept with a second handle of its socket: [`Connections::sweep`] shuts those that are
//! past their time, and a new one beyond the bound shuts the oldest that is not being served.

use std::any::Any;
use std::collections::BTreeMap;
use std::net::{Shutdown, TcpStream};
use std::os::fd::AsFd as _;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use actix_web::Error;
use actix_web::body::{BodySize, BoxBody, MessageBody};
use actix_web::dev::{Extensions, ServiceRequest, ServiceResponse};
use actix_web::http::StatusCode;
use actix_web::middleware::Next;
use actix_web::rt::net::TcpStream as ServedStream;
use actix_web::web::Bytes;

/// A connection must have sent the head of its first request by then.
pub(super) const HEAD_TIMEOUT: Duration = Duration::from_secs(5);
/// A connection may stay idle between requests for so long; Twilio and nginx keep theirs.
pub(super) const KEEP_ALIVE: Duration = Duration::from_secs(75);
/// A request whose body did not come in time is answered, and its connection shut so long after: what might still come
/// of that body is nothing to wait for.
const LATE_BODY_GRACE: Duration = Duration::from_secs(2);
/// Sent bytes that are not taken for so long end the connection (TCP_USER_TIMEOUT, RFC 5482).
pub(super) const WRITE_TIMEOUT: Duration = Duration::from_secs(20);
/// Most connections at once, where the system lets the process have the files.
const MAX_CONNECTIONS: usize = 8192;
/// Files left for the database, the folder, logs and models.
const RESERVED_FILES: usize = 256;

/// Being served: no deadline of ours.
const SERVED: u64 = u64::MAX;

/// All open connections, the oldest first.
#[derive(Debug)]
pub struct Connections {
    began: Instant,
    max: usize,
    inner: Mutex<Inner>,
}

#[derive(Debug, Default)]
struct Inner {
    serial: u64,
    open: BTreeMap<u64, Open>,
    /// Shut for want of room since the last look.
    evicted: u64,
}

#[derive(Debug)]
struct Open {
    socket: TcpStream,
    /// Milliseconds since `began`, or [`SERVED`].
    deadline: Arc<AtomicU64>,
}

/// What a sweep did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Swept {
    /// Shut because they were too slow.
    pub(super) late: u64,
    /// Shut because others wanted their place.
    pub(super) evicted: u64,
}

impl Connections {
    /// At most `max` at once.
    #[expect(clippy::disallowed_methods, reason = "connections age by the clock")]
    pub fn new(max: usize) -> Self {
        Self {
            began: Instant::now(),
            max: max.max(1),
            inner: Mutex::default(),
        }
    }

    /// As many as the system's bound on open files allows: a connection costs two.
    pub fn within_system_limits() -> Self {
        let files = open_files().unwrap_or(1024);
        Self::new((files.saturating_sub(RESERVED_FILES) / 2).clamp(64, MAX_CONNECTIONS))
    }

    /// How many are open.
    pub fn len(&self) -> usize {
        self.lock().open.len()
    }

    /// Is none open?
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Notes a connection that was accepted; it is forgotten when its last request and itself are gone.
    pub(super) fn accepted(self: &Arc<Self>, io: &dyn Any, data: &mut Extensions) {
        let Some(stream) = io.downcast_ref::<ServedStream>() else {
            return;
        };
        // Without a second handle it is served all the same, within actix's own bounds.
        if let Ok(handle) = stream.as_fd().try_clone_to_owned() {
            data.insert(self.open(TcpStream::from(handle)));
        }
    }

    fn open(self: &Arc<Self>, socket: TcpStream) -> Connection {
        let deadline = Arc::new(AtomicU64::new(self.in_time(HEAD_TIMEOUT)));
        let mut inner = self.lock();
        inner.serial += 1;
        let serial = inner.serial;
        let open = Open {
            socket,
            deadline: Arc::clone(&deadline),
        };
        inner.open.insert(serial, open);
        if inner.open.len() > self.max {
            inner.evict();
        }
        Connection {
            all: Arc::clone(self),
            serial,
            deadline,
        }
    }

    /// Shuts what is past its time; says what was shut since the last time.
    pub(super) fn sweep(&self) -> Swept {
        let now = self.in_time(Duration::ZERO);
        let mut inner = self.lock();
        let late: Vec<u64> = inner
            .open
            .iter()
            .filter(|(_, open)| open.deadline.load(Ordering::Relaxed) <= now)
            .map(|(serial, _)| *serial)
            .collect();
        for serial in &late {
            inner.shut(*serial);
        }
        Swept {
            late: late.len() as u64,
            evicted: std::mem::take(&mut inner.evicted),
        }
    }

    /// Milliseconds since `began`, `wait` from now.
    fn in_time(&self, wait: Duration) -> u64 {
        u64::try_from((self.began.elapsed() + wait).as_millis()).unwrap_or(SERVED - 1)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// The oldest that is not being served goes; when all are, the bound is exceeded: calls outrank it.
    fn evict(&mut self) {
        let waiting = |open: &Open| open.deadline.load(Ordering::Relaxed) != SERVED;
        let oldest = self.open.iter().find(|(_, open)| waiting(open));
        if let Some(serial) = oldest.map(|(serial, _)| *serial) {
            self.shut(serial);
            self.evicted += 1;
        }
    }

    /// Its worker sees the end of the stream and closes it.
    fn shut(&mut self, serial: u64) {
        if let Some(open) = self.open.remove(&serial) {
            // A peer that is gone already is as well.
            let _ = open.socket.shutdown(Shutdown::Both);
        }
    }
}

/// One open connection, kept with actix's data of it.
struct Connection {
    all: Arc<Connections>,
    serial: u64,
    deadline: Arc<AtomicU64>,
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.all.lock().open.remove(&self.serial);
    }
}

/// A request that is being answered; when it is dropped its connection is idle.
struct Serving {
    all: Arc<Connections>,
    deadline: Arc<AtomicU64>,
    /// How long the connection may be idle afterwards.
    idle: Duration,
}

impl Drop for Serving {
    fn drop(&mut self) {
        let idle_until = self.all.in_time(self.idle);
        self.deadline.store(idle_until, Ordering::Relaxed);
    }
}

/// The outermost middleware: a connection is being served from the head of a request to the end of its answer.
pub(super) async fn track(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let mut serving = request.conn_data::<Connection>().map(|connection| {
        connection.deadline.store(SERVED, Ordering::Relaxed);
        Serving {
            all: Arc::clone(&connection.all),
            deadline: Arc::clone(&connection.deadline),
            idle: KEEP_ALIVE,
        }
    });
    let answer = next.call(request).await?;
    if answer.status() == StatusCode::REQUEST_TIMEOUT
        && let Some(serving) = &mut serving
    {
        serving.idle = LATE_BODY_GRACE;
    }
    Ok(answer.map_body(|_, body| {
        let body = body.boxed();
        match serving {
            Some(serving) => BoxBody::new(Answer {
                body,
                _serving: serving,
            }),
            None => body,
        }
    }))
}

/// The body of an answer, and the connection that is busy with it.
struct Answer {
    body: BoxBody,
    _serving: Serving,
}

impl MessageBody for Answer {
    type Error = <BoxBody as MessageBody>::Error;

    fn size(&self) -> BodySize {
        self.body.size()
    }

    fn poll_next(
        mut self: std::pin::Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<Bytes, Self::Error>>> {
        std::pin::Pin::new(&mut self.body).poll_next(context)
    }

    fn try_into_bytes(self) -> Result<Bytes, Self> {
        let Self { body, _serving } = self;
        body.try_into_bytes()
            .map_err(|body| Self { body, _serving })
    }
}

/// The soft bound on open files, from `/proc/self/limits`.
#[expect(clippy::disallowed_methods, reason = "asks the system for its bound")]
fn open_files() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    soft_limit(&limits)
}

fn soft_limit(limits: &str) -> Option<usize> {
    let line = limits
        .lines()
        .find_map(|line| line.strip_prefix("Max open files"))?;
    match line.split_whitespace().next()? {
        "unlimited" => Some(usize::MAX),
        number => number.parse().ok(),
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "sockets of this machine")]
mod tests {
    use super::*;
    use std::io::Read as _;
    use std::net::TcpListener;

    /// Both ends of a connection.
    fn pair(listener: &TcpListener) -> (TcpStream, TcpStream) {
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        (client, listener.accept().unwrap().0)
    }

    fn is_shut(client: &mut TcpStream) -> bool {
        client.set_nonblocking(true).unwrap();
        matches!(client.read(&mut [0; 1]), Ok(0))
    }

    #[test]
    fn beyond_the_bound_the_oldest_that_is_not_served_is_shut() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let all = Arc::new(Connections::new(2));
        let (mut first, server) = pair(&listener);
        let served = all.open(server);
        served.deadline.store(SERVED, Ordering::Relaxed);
        let (mut second, server) = pair(&listener);
        let _second = all.open(server);
        let (mut third, server) = pair(&listener);
        let _third = all.open(server);
        assert!(is_shut(&mut second), "the oldest that waits");
        assert!(!is_shut(&mut first) && !is_shut(&mut third));
        assert_eq!(all.len(), 2);
        let swept = Swept {
            late: 0,
            evicted: 1,
        };
        assert_eq!(all.sweep(), swept);
        assert_eq!(all.sweep(), Swept::default(), "told once");
    }

    #[test]
    fn who_is_past_its_time_is_shut_and_who_is_served_is_not() {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let all = Arc::new(Connections::new(9));
        let (mut late, server) = pair(&listener);
        let idle = all.open(server);
        let (mut live, server) = pair(&listener);
        let busy = all.open(server);
        idle.deadline.store(0, Ordering::Relaxed);
        busy.deadline.store(SERVED, Ordering::Relaxed);
        assert_eq!(all.sweep().late, 1);
        assert!(is_shut(&mut late) && !is_shut(&mut live));
        drop((idle, busy));
        assert!(all.is_empty());
    }

    #[test]
    fn the_systems_bound_is_read() {
        let limits = "Limit                     Soft Limit           Hard Limit           Units     \n\
                      Max open files            1024                 524288               files     \n";
        assert_eq!(soft_limit(limits), Some(1024));
        assert_eq!(
            soft_limit("Max open files  unlimited unlimited files"),
            Some(usize::MAX)
        );
        assert_eq!(soft_limit(""), None);
        assert!(open_files().is_some());
    }
}
