//! The real nginx with the site file we ship and a certificate of our own, as a program beside the test.

use std::net::TcpListener;
use std::path::Path;
use std::process::Command;

const SITE: &str = include_str!("../../deploy/nginx/maitred.conf");

/// nginx with our site; stopped when dropped.
pub struct Nginx {
    folder: tempfile::TempDir,
}

impl Nginx {
    /// Listens with TLS on `port`, in front of `upstream`. Returns when its sockets are bound.
    pub fn start(folder: tempfile::TempDir, port: u16, plain_port: u16, upstream: &str) -> Self {
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
pub fn certificate(folder: &Path) -> Vec<u8> {
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
pub fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}
