//! How an order reaches the restaurant: channels, in the order in which they are used.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::PaymentLink;

/// One way to the kitchen. Stored with each order as it was when the order was placed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderChannel {
    pub to: Recipient,
    /// Seconds within which the restaurant must answer before the next channel is used; `None`: the channel only tells, and
    /// the next one is used beside it.
    pub ack_seconds: Option<u32>,
}

/// Who is told, and how.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Recipient {
    /// A signed HTTP request.
    Webhook {
        url: String,
        /// The variable of the server's environment that holds the signing secret.
        secret_env: String,
    },
    /// A text message.
    Sms {
        to: String,
        /// A number of the account that may send texts.
        from: String,
        /// The Twilio account that sends; `None`: the server's.
        account: Option<String>,
    },
    /// A message with the ticket.
    Email { to: String },
    /// A receipt printer on the network.
    Printer {
        host: String,
        port: u16,
        /// Millimetres of its paper.
        width: PaperWidth,
    },
    /// A telephone: it rings, the order is read, a key answers.
    Call {
        to: String,
        /// A number of the account that may call.
        from: String,
        /// The Twilio account that calls; `None`: the server's.
        account: Option<String>,
    },
    /// No way to the restaurant: the caller is told by text what became of the order.
    Caller(CallerText),
}

/// A text to the caller, written with the order and sent when there is such news.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallerText {
    pub to: String,
    /// A number of the account that may send texts.
    pub from: String,
    /// The Twilio account that sends; `None`: the server's.
    pub account: Option<String>,
    pub news: CallerNews,
    /// What the restaurant said with it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ready_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    /// Where to pay, with the order's values still to be filled in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<PaymentLink>,
}

/// What a caller may be told of an order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CallerNews {
    Accepted,
    /// Or cancelled after it was accepted.
    Refused,
    Ready,
    /// Where to pay for it; no news of the restaurant's, sent as soon as the order is in.
    Payment,
    /// Nobody at the restaurant answered: the caller had better ring.
    Unanswered,
}

/// Widths of receipt paper.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PaperWidth {
    #[serde(rename = "58")]
    Mm58,
    #[serde(rename = "80")]
    Mm80,
}

impl PaperWidth {
    /// Letters in a line of the printer's plain font.
    pub fn columns(self) -> usize {
        match self {
            Self::Mm58 => 32,
            Self::Mm80 => 42,
        }
    }
}

impl OrderChannel {
    /// Is it the caller who is told, and not the restaurant?
    pub fn tells_caller(&self) -> bool {
        matches!(self.to, Recipient::Caller(_))
    }

    /// `webhook`, `sms`, `email`, `printer`, `call`, or `caller` for a text to the caller.
    pub fn kind(&self) -> &'static str {
        match self.to {
            Recipient::Webhook { .. } => "webhook",
            Recipient::Sms { .. } => "sms",
            Recipient::Email { .. } => "email",
            Recipient::Printer { .. } => "printer",
            Recipient::Call { .. } => "call",
            Recipient::Caller(_) => "caller",
        }
    }

    /// What takes the deliveries: those of one destination share its few connections and keep their order. Of an address only
    /// the host is in it.
    pub fn destination(&self) -> String {
        match &self.to {
            Recipient::Webhook { url, .. } => format!("webhook {}", host_of(url)),
            Recipient::Sms { .. } => "sms".to_owned(),
            Recipient::Email { .. } => "email".to_owned(),
            Recipient::Printer { host, port, .. } => format!("printer {host}:{port}"),
            Recipient::Call { .. } => "call".to_owned(),
            Recipient::Caller(_) => "caller".to_owned(),
        }
    }
}

/// Host and port of an address as it is written, without user, path and query.
fn host_of(url: &str) -> String {
    let behind = url.split_once("://").map_or(url, |(_, behind)| behind);
    let end = behind.find(['/', '?', '#']).unwrap_or(behind.len());
    let host = &behind[..end];
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    host.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_destination_names_the_host_and_nothing_of_the_path() {
        let webhook = |url: &str| OrderChannel {
            to: Recipient::Webhook {
                url: url.to_owned(),
                secret_env: "S".to_owned(),
            },
            ack_seconds: None,
        };
        for (url, destination) in [
            (
                "https://Pos.example.com/t0ken?x=1",
                "webhook pos.example.com",
            ),
            (
                "https://u:p@pos.example.com:8443",
                "webhook pos.example.com:8443",
            ),
            ("http://[::1]:80?q", "webhook [::1]:80"),
        ] {
            assert_eq!(webhook(url).destination(), destination);
        }
    }

    #[test]
    fn a_stored_channel_reads_back() {
        let printer = OrderChannel {
            to: Recipient::Printer {
                host: "10.0.0.7".into(),
                port: 9100,
                width: PaperWidth::Mm58,
            },
            ack_seconds: Some(180),
        };
        let text = serde_json::to_string(&printer).unwrap();
        let expected =
            r#"{"to":{"printer":{"host":"10.0.0.7","port":9100,"width":"58"}},"ack_seconds":180}"#;
        assert_eq!(text, expected);
        assert_eq!(
            serde_json::from_str::<OrderChannel>(&text).unwrap(),
            printer
        );
        let caller = OrderChannel {
            to: Recipient::Caller(CallerText {
                to: "+12125550199".into(),
                from: "+12125550150".into(),
                account: None,
                news: CallerNews::Ready,
                ready_at: None,
                reason: None,
                link: None,
            }),
            ack_seconds: None,
        };
        let text = serde_json::to_string(&caller).unwrap();
        let expected = r#"{"to":{"caller":{"to":"+12125550199","from":"+12125550150","account":null,"news":"ready"}},"ack_seconds":null}"#;
        assert_eq!(text, expected);
        assert_eq!(serde_json::from_str::<OrderChannel>(&text).unwrap(), caller);
    }
}
