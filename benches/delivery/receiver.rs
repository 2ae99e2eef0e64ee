//! Who is delivered to: a process of its own that notes when each order came.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use actix_web::{App, HttpServer, web};

/// Set in the process that receives.
pub const RECEIVER: &str = "MAITRED_BENCH_RECEIVER";
/// Between questions how many came.
const AGAIN: Duration = Duration::from_millis(5);

/// Microseconds since 1970 by this machine's clock, which both processes share.
pub fn now_us() -> u64 {
    let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
    since.map_or(0, |since| {
        u64::try_from(since.as_micros()).unwrap_or(u64::MAX)
    })
}

/// The process.
pub struct Receiver {
    child: Child,
    /// Orders are posted here.
    pub url: String,
    port: String,
    client: reqwest::Client,
}

impl Receiver {
    pub async fn start() -> Self {
        // An error means that the process has a TLS implementation already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .env(RECEIVER, "1")
            .stdout(Stdio::piped())
            .spawn()
            .expect("a receiver");
        let mut port = String::new();
        BufReader::new(child.stdout.take().expect("its output"))
            .read_line(&mut port)
            .expect("its port");
        Self {
            child,
            url: format!("http://127.0.0.1:{}/orders", port.trim()),
            port: port.trim().to_owned(),
            client: reqwest::Client::new(),
        }
    }

    /// One of its names.
    pub fn host(number: usize) -> String {
        format!("127.0.0.{}", 1 + number % crate::HOSTS)
    }

    /// Where a restaurant's orders are posted.
    pub fn url_of(&self, restaurant: usize) -> String {
        let (host, port) = (Self::host(restaurant), &self.port);
        format!("http://{host}:{port}/orders?restaurant={restaurant}")
    }

    /// Waits until so many orders came; when each came, by its id. The next ones are counted anew.
    pub async fn arrived(&self, count: usize) -> HashMap<String, u64> {
        let mut again = tokio::time::interval(AGAIN);
        loop {
            again.tick().await;
            let asked = self.client.get(format!("{}/{count}", self.url)).send();
            let answer = asked.await.expect("answered");
            let arrived: Option<HashMap<String, u64>> = answer.json().await.expect("a list");
            if let Some(arrived) = arrived {
                return arrived;
            }
        }
    }
}

impl Drop for Receiver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

type Arrived = Arc<Mutex<HashMap<String, u64>>>;

/// Receives until it is killed.
pub async fn serve() {
    let arrived = Arrived::default();
    let server = HttpServer::new(move || {
        App::new()
            .app_data(web::Data::new(Arc::clone(&arrived)))
            .route("/orders", web::post().to(take))
            .route("/orders/{count}", web::get().to(list))
    });
    let server = server
        .workers(1)
        .disable_signals()
        .bind(("0.0.0.0", 0))
        .expect("a free port");
    println!("{}", server.addrs()[0].port());
    server.run().await.expect("served");
}

async fn take(arrived: web::Data<Arrived>, body: web::Bytes) -> &'static str {
    let message: serde_json::Value = serde_json::from_slice(&body).expect("JSON");
    let id = message["data"]["id"].as_str().expect("an id").to_owned();
    let mut arrived = arrived.lock().expect("nobody panicked");
    arrived.entry(id).or_insert_with(now_us);
    "{}"
}

/// `null` until so many came; then they, once.
async fn list(
    arrived: web::Data<Arrived>,
    count: web::Path<usize>,
) -> web::Json<Option<HashMap<String, u64>>> {
    let mut arrived = arrived.lock().expect("nobody panicked");
    let all = arrived.len() >= *count;
    web::Json(all.then(|| std::mem::take(&mut *arrived)))
}
