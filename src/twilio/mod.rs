//! Twilio's words, both ways. Pure: bytes in, values out.
//!
//! A request comes in: [`signature`] (is it Twilio?) -> [`webhook_form`], [`message_form`] (what does it say?) -> the answer leaves as
//! [`twiml`]. The call's sound then runs over a socket as [`media_message`]s. [`sid`] knows how identifiers look;
//! [`auth_tokens`] which secret belongs to which account; [`incoming_numbers`] what the REST API says of our numbers.
//!
//! The same code serves both ends: the server validates, reads forms and writes TwiML; the software phone
//! (`maitred call`) signs, and reads strictly what the server writes.

pub mod auth_tokens;
pub mod incoming_numbers;
pub mod media_message;
pub mod message_form;
pub mod sid;
pub mod signature;
pub mod twiml;
pub mod webhook_form;
