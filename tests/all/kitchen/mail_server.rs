//! A mail server that takes orders, strictly by RFC 5321: what comes out of turn, or ends a line with anything but CRLF, fails
//! the test. Written here because it is shorter than a Python server with its environment, and because it can hang and cut at
//! any word.

use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::{TcpListener, TcpStream};

/// What it does with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Take,
    /// "Come back later", where the recipient is named.
    Later,
    /// Hangs up in the middle of the message.
    Cut,
    /// Takes it and hangs up before saying so.
    TakeAndCut,
    /// Never answers the message.
    Hang,
}

pub struct MailServer {
    pub address: SocketAddr,
    taken: Arc<Mutex<BTreeMap<String, String>>>,
}

impl MailServer {
    pub async fn open(mut mood: impl FnMut() -> Mood + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let taken = Arc::new(Mutex::new(BTreeMap::new()));
        let shared = Arc::clone(&taken);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (taken, mood) = (Arc::clone(&shared), mood());
                tokio::spawn(async move {
                    serve(BufReader::new(stream), mood, &taken).await;
                });
            }
        });
        Self { address, taken }
    }

    /// The variable that names it.
    pub fn url(&self) -> String {
        format!("smtp://{}?from=orders@maitred.example", self.address)
    }

    /// Messages by their Message-ID.
    pub fn taken(&self) -> BTreeMap<String, String> {
        self.taken.lock().unwrap().clone()
    }
}

type Taken = Mutex<BTreeMap<String, String>>;

/// One connection; `None` when it broke off.
async fn serve(mut client: BufReader<TcpStream>, mood: Mood, taken: &Taken) -> Option<()> {
    say(&mut client, "220 mail.example").await?;
    let hello = hear(&mut client).await?;
    assert!(hello.starts_with("EHLO "), "{hello}");
    say(&mut client, "250-mail.example\r\n250 8BITMIME").await?;
    let from = hear(&mut client).await?;
    assert!(
        from.starts_with("MAIL FROM:<orders@maitred.example>"),
        "{from}"
    );
    say(&mut client, "250 fine").await?;
    let to = hear(&mut client).await?;
    assert_eq!(to, "RCPT TO:<kitchen@bistro.example>");
    if mood == Mood::Later {
        say(&mut client, "451 4.7.1 come back later").await?;
        return None;
    }
    say(&mut client, "250 fine").await?;
    assert_eq!(hear(&mut client).await?, "DATA");
    say(&mut client, "354 go on").await?;
    let mut text = String::new();
    loop {
        let line = hear(&mut client).await?;
        if line == "." {
            break;
        }
        if mood == Mood::Cut {
            return None;
        }
        text.push_str(line.strip_prefix('.').unwrap_or(&line));
        text.push('\n');
    }
    if mood == Mood::Hang {
        return std::future::pending().await;
    }
    let id = text
        .lines()
        .find_map(|line| line.strip_prefix("Message-ID: "));
    let id = id.expect("it has an id").to_owned();
    taken.lock().unwrap().insert(id, text);
    if mood == Mood::TakeAndCut {
        return None;
    }
    say(&mut client, "250 taken").await
}

async fn say(client: &mut BufReader<TcpStream>, line: &str) -> Option<()> {
    let line = format!("{line}\r\n");
    client.get_mut().write_all(line.as_bytes()).await.ok()
}

async fn hear(client: &mut BufReader<TcpStream>) -> Option<String> {
    let mut line = String::new();
    let read = client.read_line(&mut line).await.ok()?;
    if read == 0 || !line.ends_with('\n') {
        return None;
    }
    let line = line.strip_suffix("\r\n").expect("a line ends with CRLF");
    assert!(!line.contains('\r') && line.len() <= 998, "{line:?}");
    Some(line.to_owned())
}
