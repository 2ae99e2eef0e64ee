//! The JSON of a media stream.
//!
//! Twilio -> us: [`Inbound`], read tolerantly (numbers as text or numbers, extra fields, unknown events).
//! Us -> Twilio: [`Outbound`], written with exactly the documented keys, because Twilio answers any other with warning
//! 31951 and ignores the message. Each also goes the other way, for the software phone: it writes `Inbound` as Twilio
//! does and reads `Outbound` as strictly as Twilio.

mod inbound;
mod inbound_read;
mod inbound_write;
mod outbound;
mod wire_number;

pub use inbound::{Dtmf, Inbound, InboundError, Mark, Media, MediaFormat, Start, Stop, Track};
pub use outbound::{NonConforming, Outbound};
