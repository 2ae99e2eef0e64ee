//! The real nginx in front, with the site file we ship and a certificate of our own: signed webhook, media socket and a
//! whole spoken call through TLS.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

use maitred::cli::call::{Act, Cue, VoiceName, place, trust_only};
use maitred::record::Ending;
use maitred::store::OrderFilter;

use crate::harness::{SpokenServer, voice};

const TOKEN: &str = "0123456789abcdef0123456789abcdef";
const SITE: &str = include_str!("../../../deploy/nginx/maitred.conf");

/// nginx with our site; stopped when dropped.
struct Nginx {
    folder: tempfile::TempDir,
}

impl Nginx {
    /// Listens with TLS on `port`, in front of `upstream`. Returns when its sockets are bound.
    fn start(folder: tempfile::TempDir, port: u16, plain_port: u16, upstream: &str) -> Self {
        let path = folder.path().display();
        let site: String = SITE
            .lines()
            .filter(|line| !line.contains("listen [::]"))
            .map(|line| {
                line.replace("127.0.0.1:8000", upstream)
                    .replace("listen 80;", &format!("listen 127.0.0.1:{plain_port};"))
                    .replace("listen 443 ssl;", &format!("listen 127.0.0.1:{port} ssl;"))
                    .replace("/etc/letsencrypt/live/calls.example.com", &path.to_string())
                    .replace("calls.example.com", "localhost")
                    + "\n"
            })
            .collect();
        std::fs::write(folder.path().join("site.conf"), site).unwrap();
        let main = format!(
            "user root;\npid {path}/nginx.pid;\nerror_log {path}/error.log;\nevents {{}}\nhttp {{\naccess_log off;\n\
             client_body_temp_path {path}/body;\nproxy_temp_path {path}/proxy;\nfastcgi_temp_path {path}/fastcgi;\n\
             uwsgi_temp_path {path}/uwsgi;\nscgi_temp_path {path}/scgi;\ninclude {path}/site.conf;\n}}\n"
        );
        std::fs::write(folder.path().join("nginx.conf"), main).unwrap();
        // In its usual mode the command returns once the sockets are bound and the workers run.
        let started = nginx(folder.path(), &[]);
        assert!(
            started.status.success(),
            "{}",
            String::from_utf8_lossy(&started.stderr)
        );
        Self { folder }
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        nginx(self.folder.path(), &["-s", "stop"]);
    }
}

fn nginx(folder: &Path, arguments: &[&str]) -> std::process::Output {
    let program = if Path::new("/usr/sbin/nginx").exists() {
        "/usr/sbin/nginx"
    } else {
        "nginx"
    };
    let mut command = Command::new(program);
    command
        .arg("-p")
        .arg(folder)
        .arg("-c")
        .arg(folder.join("nginx.conf"))
        .args(arguments);
    command.output().expect("nginx is installed by `make test`")
}

/// A key and a certificate for localhost.
fn certificate(folder: &Path) -> Vec<u8> {
    let made = Command::new("openssl")
        .args([
            "req",
            "-x509",
            "-newkey",
            "rsa:2048",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=localhost",
        ])
        .args([
            "-addext",
            "subjectAltName=DNS:localhost",
            "-addext",
            "basicConstraints=critical,CA:FALSE",
        ])
        .arg("-keyout")
        .arg(folder.join("privkey.pem"))
        .arg("-out")
        .arg(folder.join("fullchain.pem"))
        .output()
        .expect("openssl is installed by `make test`");
    assert!(
        made.status.success(),
        "{}",
        String::from_utf8_lossy(&made.stderr)
    );
    std::fs::read(folder.join("fullchain.pem")).unwrap()
}

/// A port nobody listens on now.
fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn spoken_call_through_nginx_and_tls_places_an_order() {
    let _alone = super::LINE.lock().await;
    let Some(()) = super::models() else { return };
    let folder = tempfile::tempdir().unwrap();
    let pem = certificate(folder.path());
    let (port, plain_port) = (free_port(), free_port());
    let public = format!("https://localhost:{port}");
    let server = SpokenServer::signed(&public, TOKEN).await;
    let _nginx = Nginx::start(folder, port, plain_port, &server.address.to_string());

    let restaurants = server.restaurants();
    let cafe = restaurants
        .iter()
        .find(|restaurant| restaurant.id.as_str() == "la-paloma")
        .unwrap();
    let mut caller = voice(VoiceName::Joe).await;
    let acts = [
        "A steak quesadilla and a flan, please.",
        "That's all.",
        "No thanks.",
        "Yes.",
    ];
    let acts = acts.map(|words| Act::Speak {
        cue: Cue::AgentDone,
        clip: caller.say(words).unwrap(),
    });
    let tls = trust_only(&pem).unwrap();
    let mut plan = server.plan(cafe, acts.to_vec());
    plan.webhook = format!("{public}/voice");
    plan.auth_token = Some(TOKEN.to_owned());
    plan.tls = Some(tls);
    let mut forged = plan.clone();
    let sid = plan.call_sid.clone();

    let report = place(plan).await.unwrap();
    let record = server.store.call(&sid).await.unwrap().unwrap();
    assert_eq!(
        record.ending,
        Some(Ending::Confirmed),
        "{:?}",
        record.transcript
    );
    assert!(report.complaints.is_empty(), "{:?}", report.complaints);
    assert!(
        report.twiml[0]
            .body
            .contains(&format!("wss://localhost:{port}/media")),
        "{}",
        report.twiml[0].body
    );
    let filter = OrderFilter {
        call_sid: Some(sid),
        ..OrderFilter::default()
    };
    let orders = server.store.orders(&filter).await.unwrap();
    let mut items: Vec<&str> = orders[0]
        .order
        .lines
        .iter()
        .map(|line| line.item.as_str())
        .collect();
    items.sort_unstable();
    assert_eq!(
        items,
        ["flan", "steak_quesadilla"],
        "{:?}",
        record.transcript
    );

    // A stranger's signature, and a door that is not Twilio's.
    forged.auth_token = Some("f".repeat(32));
    let report = place(forged.clone()).await.unwrap();
    assert_eq!(report.twiml[0].status, 403);
    forged.webhook = format!("{public}/api/orders");
    assert_eq!(place(forged).await.unwrap().twiml[0].status, 404);
}
