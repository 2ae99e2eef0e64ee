//! `orders`: one way in each entry, addresses that can be used, times that make sense.

use std::time::Duration;

use super::super::orders_file::{
    AckFile, CallFile, ChannelFile, PrinterFile, SmsFile, WebhookFile,
};
use super::super::problem::join;
use super::super::{Code, Problem, RestaurantFile};
use super::findings::Findings;
use crate::restaurant::{OrderChannel, PaperWidth, PhoneNumber, Recipient};

/// Where a printer of this kind listens.
const PRINTER_PORT: u16 = 9100;
/// How long an answer is waited for where the file does not say.
const ACK: Duration = Duration::from_secs(180);
/// Shortest and longest that it may say.
const ACK_BOUNDS: [Duration; 2] = [Duration::from_secs(10), Duration::from_secs(3_600)];

/// The ways an order takes, in the file's order. `own` are the restaurant's numbers.
pub(super) fn channels(
    file: &RestaurantFile,
    own: &[PhoneNumber],
    found: &mut Findings,
) -> Vec<OrderChannel> {
    let mut channels = Vec::new();
    for (index, channel) in file.orders.iter().enumerate() {
        let pointer = join("/orders", &index.to_string());
        let to = recipient(channel, &pointer, file, own, found);
        // A call is a question by itself.
        let asks = AckFile::default();
        let ack = channel
            .ack
            .as_ref()
            .or(channel.call.as_ref().map(|_| &asks));
        let ack_seconds = ack.map(|ack| seconds(ack, &pointer, found));
        let silent = channel.printer.is_some();
        if silent && ack_seconds.is_some() {
            found.push(
                Problem::new(
                    Code::Orders,
                    join(&pointer, "ack"),
                    "nobody can answer on a printer",
                )
                .at_key()
                .with_help("remove ack; what is behind a printer is used beside it"),
            );
        }
        if let Some(to) = to {
            channels.push(OrderChannel { to, ack_seconds });
        }
    }
    channels
}

fn recipient(
    channel: &ChannelFile,
    pointer: &str,
    file: &RestaurantFile,
    own: &[PhoneNumber],
    found: &mut Findings,
) -> Option<Recipient> {
    let named = [
        channel.webhook.is_some(),
        channel.sms.is_some(),
        channel.email.is_some(),
        channel.printer.is_some(),
        channel.call.is_some(),
    ];
    if named.into_iter().filter(|named| *named).count() != 1 {
        found.push(
            Problem::new(
                Code::Orders,
                pointer,
                "expected one of webhook, sms, email, printer or call",
            )
            .with_help("each entry of the list is one way; several ways are several entries"),
        );
        return None;
    }
    let at = |key: &str| join(pointer, key);
    if let Some(webhook) = &channel.webhook {
        return self::webhook(webhook, &at("webhook"), found);
    }
    if let Some(email) = &channel.email {
        return self::email(&email.to, &join(&at("email"), "to"), found);
    }
    if let Some(printer) = &channel.printer {
        return self::printer(printer, &at("printer"), found);
    }
    let account = file.account.clone();
    if let Some(SmsFile { to, from }) = &channel.sms {
        let what = "the text would come back here";
        let (to, from) = numbers(to, from.as_deref(), what, &at("sms"), own, found)?;
        return Some(Recipient::Sms { to, from, account });
    }
    let CallFile { to, from } = channel.call.as_ref()?;
    let what = "it would ring itself";
    let (to, from) = numbers(to, from.as_deref(), what, &at("call"), own, found)?;
    Some(Recipient::Call { to, from, account })
}

fn webhook(file: &WebhookFile, pointer: &str, found: &mut Findings) -> Option<Recipient> {
    let at = join(pointer, "url");
    let mut refuse = |wrong: &str| {
        found.add(Code::Orders, &at, wrong);
        None
    };
    let (plain, behind) = match file.url.split_once("://") {
        Some(("https", behind)) => (false, behind),
        Some(("http", behind)) => (true, behind),
        Some(_) => return refuse("expected a URL that begins with https://"),
        None => return refuse("expected a URL such as https://pos.example.com/maitred"),
    };
    let end = behind.find(['/', '?', '#']).unwrap_or(behind.len());
    let (host, path) = behind.split_at(end);
    if host.contains('@') {
        return refuse("the URL must not contain a user or password");
    }
    let fits = |c: char| c.is_alphanumeric() || ".-_:[]".contains(c);
    if host.is_empty() || !host.chars().all(fits) {
        return refuse("expected a URL such as https://pos.example.com/maitred");
    }
    if path.contains('#') || path.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return refuse("the URL must not contain a # or a blank");
    }
    if plain {
        found.push(
            Problem::new(
                Code::WarnOrdersPlain,
                &at,
                "orders would travel in plain http",
            )
            .with_help("write https://; a host of your own network must be in --deliver-allow"),
        );
    }
    Some(Recipient::Webhook {
        url: file.url.clone(),
        secret_env: file.secret_env.clone(),
    })
}

/// Who is texted or rung, and by which number: the restaurant's first unless it is written.
fn numbers(
    to: &str,
    from: Option<&str>,
    own_is: &str,
    pointer: &str,
    own: &[PhoneNumber],
    found: &mut Findings,
) -> Option<(String, String)> {
    let to = PhoneNumber::parse(to)
        .map_err(|error| found.add(Code::Phone, &join(pointer, "to"), error.to_string()))
        .ok()?;
    if own.contains(&to) {
        let message = format!("{to} is the restaurant's own number: {own_is}");
        found.add(Code::Orders, &join(pointer, "to"), message);
        return None;
    }
    let from = from.or(own.first().map(PhoneNumber::as_str))?;
    Some((to.as_str().to_owned(), from.to_owned()))
}

fn email(to: &str, pointer: &str, found: &mut Findings) -> Option<Recipient> {
    let plain = |c: char| c.is_ascii_graphic() && !"<>()[],;:\\\"@".contains(c);
    let fits = to.rsplit_once('@').is_some_and(|(user, host)| {
        let host_fits = |c: char| c.is_ascii_alphanumeric() || ".-".contains(c);
        let dots =
            |part: &str| !part.starts_with('.') && !part.ends_with('.') && !part.contains("..");
        !user.is_empty()
            && user.chars().all(plain)
            && dots(user)
            && !host.is_empty()
            && host.chars().all(host_fits)
            && dots(host)
    });
    if !fits {
        let message = "expected an address such as kitchen@luna.example";
        found.add(Code::Orders, pointer, message);
        return None;
    }
    Some(Recipient::Email { to: to.to_owned() })
}

fn printer(file: &PrinterFile, pointer: &str, found: &mut Findings) -> Option<Recipient> {
    let width = match file.width {
        None | Some(80) => PaperWidth::Mm80,
        Some(58) => PaperWidth::Mm58,
        Some(other) => {
            let message = format!("expected 58 or 80 (millimetres of paper), got {other}");
            found.add(Code::Orders, &join(pointer, "width"), message);
            return None;
        }
    };
    let Some((host, port)) = host_and_port(&file.address) else {
        let message = "expected an address such as \"10.0.0.7:9100\"";
        found.add(Code::Orders, &join(pointer, "address"), message);
        return None;
    };
    Some(Recipient::Printer { host, port, width })
}

/// `10.0.0.7:9100`, `printer.local`, `[fe80::1]:9100`.
fn host_and_port(text: &str) -> Option<(String, u16)> {
    let (host, port) = match text.strip_prefix('[') {
        Some(rest) => {
            let (host, behind) = rest.split_once(']')?;
            let address = |c: char| c.is_ascii_hexdigit() || c == ':' || c == '.';
            if !host.contains(':') || !host.chars().all(address) {
                return None;
            }
            (
                host,
                behind.strip_prefix(':').or(behind.is_empty().then_some("")),
            )
        }
        None => match text.split_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, Some("")),
        },
    };
    let port = match port? {
        "" if text.ends_with(':') => return None,
        "" => PRINTER_PORT,
        port => port.parse().ok().filter(|port| *port > 0)?,
    };
    let fits = |c: char| c.is_ascii_alphanumeric() || ".-:".contains(c);
    let named = !host.is_empty() && host.len() <= 253 && host.chars().all(fits);
    named.then(|| (host.to_owned(), port))
}

/// Seconds of `ack: {within: 3m}`.
fn seconds(ack: &AckFile, pointer: &str, found: &mut Findings) -> u32 {
    let within = match ack.within.as_deref() {
        None => Some(ACK),
        Some(text) => text
            .parse::<jiff::SignedDuration>()
            .ok()
            .and_then(|time| Duration::try_from(time).ok())
            .filter(|time| (ACK_BOUNDS[0]..=ACK_BOUNDS[1]).contains(time)),
    };
    let within = within.unwrap_or_else(|| {
        let message = "expected a time from 10s to 1h, such as 3m";
        found.add(
            Code::Orders,
            &join(&join(pointer, "ack"), "within"),
            message,
        );
        ACK
    });
    u32::try_from(within.as_secs()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Capabilities, read};

    fn read_with(orders: &str) -> (Vec<OrderChannel>, Vec<(Code, String)>) {
        let text = format!(
            "id: luna\nname: Luna\nphone_number: \"+12125550123\"\nmenu: [{{id: x, name: Soup, price: 1}}]\norders:\n{orders}\n"
        );
        let reading = read(text.as_bytes(), &Capabilities::embedded());
        let channels = reading.restaurant.as_ref().map(|r| r.orders.clone());
        let problems = reading.problems.into_iter();
        let problems = problems.map(|p| (p.code, format!("{} {}", p.pointer, p.message)));
        (channels.unwrap_or_default(), problems.collect())
    }

    #[test]
    fn every_way_is_read_with_its_defaults() {
        let (channels, problems) = read_with(
            "  - {webhook: {url: \"https://pos.example.com/m\", secret_env: LUNA_SECRET}, ack: {}}\n  \
             - {sms: {to: \"+12125550198\"}, ack: {within: 1m30s}}\n  \
             - {email: {to: kitchen@luna.example}}\n  \
             - {printer: {address: \"10.0.0.7\", width: 58}}\n  \
             - {printer: {address: \"[fd00::7]:9101\"}}\n  \
             - {call: {to: \"+12125550198\", from: \"+12125550197\"}}",
        );
        assert_eq!(problems, []);
        let kinds: Vec<_> = channels.iter().map(|c| (c.kind(), c.ack_seconds)).collect();
        let expected = [
            ("webhook", Some(180)),
            ("sms", Some(90)),
            ("email", None),
            ("printer", None),
            ("printer", None),
            ("call", Some(180)),
        ];
        assert_eq!(kinds, expected);
        let own = "+12125550123".to_owned();
        assert!(
            matches!(&channels[1].to, Recipient::Sms { from, account: None, .. } if *from == own)
        );
        let printer = |index: usize| channels[index].destination();
        assert_eq!(printer(3), "printer 10.0.0.7:9100");
        assert_eq!(printer(4), "printer fd00::7:9101");
    }

    #[test]
    fn what_cannot_reach_a_kitchen_is_refused_where_it_stands() {
        for (orders, pointer) in [
            ("  - {}", "/orders/0 "),
            ("  - {ack: {}}", "/orders/0 "),
            (
                "  - {email: {to: a@b.example}, printer: {address: p}}",
                "/orders/0 ",
            ),
            (
                "  - {webhook: {url: pos.example.com, secret_env: S}}",
                "/orders/0/webhook/url",
            ),
            (
                "  - {webhook: {url: \"ftp://pos.example.com\", secret_env: S}}",
                "/orders/0/webhook/url",
            ),
            (
                "  - {webhook: {url: \"https://u:p@pos.example.com\", secret_env: S}}",
                "/orders/0/webhook/url",
            ),
            (
                "  - {webhook: {url: \"https://pos.example.com\", secret_env: \"whsec_abc=\"}}",
                "/orders/0/webhook/secret_env",
            ),
            ("  - {sms: {to: \"+12125550123\"}}", "/orders/0/sms/to"),
            ("  - {email: {to: \"a b@c.example\"}}", "/orders/0/email/to"),
            (
                "  - {email: {to: \"a@c.example\\nBcc: x@y.example\"}}",
                "/orders/0/email/to",
            ),
            (
                "  - {printer: {address: \"p:99999\"}}",
                "/orders/0/printer/address",
            ),
            (
                "  - {printer: {address: \"p:\"}}",
                "/orders/0/printer/address",
            ),
            (
                "  - {printer: {address: p, width: 60}}",
                "/orders/0/printer/width",
            ),
            ("  - {printer: {address: p}, ack: {}}", "/orders/0/ack"),
            (
                "  - {email: {to: a@b.example}, ack: {within: 2h}}",
                "/orders/0/ack/within",
            ),
            ("  - {call: {to: \"+12125550123\"}}", "/orders/0/call/to"),
            (
                "  - {call: {to: \"+12125550198\"}, ack: {within: 1s}}",
                "/orders/0/ack/within",
            ),
        ] {
            let (channels, problems) = read_with(orders);
            assert_eq!(channels, [], "{orders}");
            let errors = problems
                .iter()
                .filter(|(code, _)| code.as_str().starts_with("E_"));
            let told: Vec<&String> = errors.map(|(_, told)| told).collect();
            assert!(
                told.iter().any(|told| told.starts_with(pointer)),
                "{orders}: {told:?}"
            );
        }
    }

    #[test]
    fn plain_http_is_warned_of() {
        let (channels, problems) =
            read_with("  - {webhook: {url: \"http://10.0.0.7/orders\", secret_env: S}}");
        assert_eq!(channels.len(), 1);
        assert_eq!(problems[0].0, Code::WarnOrdersPlain);
    }
}
