//! One try of a delivery, by whichever channel.

use jiff::Timestamp;

use super::channel_context::ChannelContext;
use super::{email, printer, sms, webhook};
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
            sms::deliver(
                context,
                order,
                sms::Sms { from, to, account },
                link.as_deref(),
            )
            .await
        }
        Recipient::Email { to } => {
            email::deliver(context, order, delivery.id, to, link.as_deref()).await
        }
        Recipient::Printer { host, port, width } => {
            let ticket = context.tickets.ticket(order, width.columns());
            let again = delivery.tries > 0 || delivery.sent_at.is_some();
            printer::deliver(context, &ticket, again, (host, *port)).await
        }
    }
}
