//! A receipt printer on TCP: it reads ESC/POS as the machine does and keeps the paper.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// What it does with a ticket.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    Print,
    OutOfPaper,
    /// Its cable is pulled in the middle of the ticket.
    Cut,
    /// It prints, and its cable is pulled.
    PrintAndCut,
    /// It never says that it has printed, though it says how it is.
    Hang,
}

pub struct Printer {
    pub address: SocketAddr,
    tickets: Arc<Mutex<Vec<String>>>,
}

impl Printer {
    pub async fn open(mut mood: impl FnMut() -> Mood + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let tickets = Arc::new(Mutex::new(Vec::new()));
        let shared = Arc::clone(&tickets);
        tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (tickets, mood) = (Arc::clone(&shared), mood());
                tokio::spawn(async move {
                    if let Some(ticket) = print(stream, mood).await {
                        tickets.lock().unwrap().push(ticket);
                    }
                });
            }
        });
        Self { address, tickets }
    }

    /// Everything it has printed.
    pub fn tickets(&self) -> Vec<String> {
        self.tickets.lock().unwrap().clone()
    }
}

/// One connection; the ticket as text, in Windows-1252, once it is cut.
async fn print(mut wire: TcpStream, mood: Mood) -> Option<String> {
    let mut ticket = String::new();
    loop {
        match wire.read_u8().await.ok()? {
            0x10 => {
                assert_eq!(
                    [wire.read_u8().await.ok()?, wire.read_u8().await.ok()?],
                    [4, 4]
                );
                match mood {
                    Mood::OutOfPaper => wire.write_all(&[0x72]).await.ok()?,
                    _ => wire.write_all(&[0x12]).await.ok()?,
                }
            }
            0x1b => match wire.read_u8().await.ok()? {
                b'@' => ticket.clear(),
                b't' => assert_eq!(wire.read_u8().await.ok()?, 16, "Windows-1252"),
                b'R' => assert_eq!(wire.read_u8().await.ok()?, 0),
                other => panic!("ESC {other:x}"),
            },
            0x1d => match wire.read_u8().await.ok()? {
                b'!' => {
                    wire.read_u8().await.ok()?;
                }
                b'V' => {
                    assert_eq!(
                        [wire.read_u8().await.ok()?, wire.read_u8().await.ok()?],
                        [66, 0]
                    );
                }
                b'r' => {
                    assert_eq!(wire.read_u8().await.ok()?, 1);
                    break;
                }
                other => panic!("GS {other:x}"),
            },
            b'\n' => ticket.push('\n'),
            letter => {
                assert!(letter >= 0x20, "{letter:x}");
                ticket.push(char::from(letter));
                if mood == Mood::Cut {
                    return None;
                }
            }
        }
    }
    match mood {
        Mood::Print => wire.write_all(&[0]).await.ok()?,
        Mood::Hang => return std::future::pending().await,
        _ => {}
    }
    Some(format!("{}\n", ticket.trim_end()))
}
