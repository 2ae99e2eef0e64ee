//! One try of a delivery, by whichever channel.

use jiff::Timestamp;

use super::channel_context::ChannelContext;
use super::text_message::Numbers;
use super::{caller_text, email, kitchen_call, printer, sms, webhook};
use crate::order::Outcome;
use crate::restaurant::Recipient;
use crate::store::Leased;

/// Tries once; however it ends, within the time of a lease.
pub(super) async fn deliver(context: &ChannelContext, leased: &Leased, now: Timestamp) -> Outcome {
    let Leased { order, delivery } = leased;
    let asked = delivery.channel.ack_seconds.is_some();
    let link = asked.then(|| context.tickets.link(order)).flatten();
    match &delivery.channel.to {
        Recipient::Webhook { url, secret_env } => {
            webhook::deliver(context, order, delivery.id, (url, secret_env), now).await
        }
        Recipient::Sms { to, from, account } => {
            let account = account.as_deref();
            let numbers = Numbers { from, to, account };
            sms::deliver(context, order, numbers, link.as_deref(), asked).await
        }
        Recipient::Email { to } => {
            email::deliver(context, order, delivery.id, to, link.as_deref()).await
        }
        Recipient::Printer { host, port, width } => {
            let ticket = context.tickets.ticket(order, width.columns());
            let again = delivery.tries > 0 || delivery.sent_at.is_some();
            printer::deliver(context, &ticket, again, (host, *port)).await
        }
        Recipient::Call { to, from, account } => {
            let account = account.as_deref();
            let numbers = Numbers { from, to, account };
            let within = delivery.channel.ack_seconds.unwrap_or_default();
            kitchen_call::deliver(context, order, delivery.id, numbers, within, now).await
        }
        Recipient::Caller(text) => caller_text::deliver(context, order, text).await,
    }
}
