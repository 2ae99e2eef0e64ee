//! Every endpoint: HTTP and WebSocket, on actix-web.
//!
//! Twilio rings: `signed_form` (is it Twilio?) -> `voice_webhook` (what does the caller hear?) -> `media_socket` (the
//! call itself) -> `voice_after` (what comes next). Operators look: `health`, `metrics`, `api`. A
//! restaurant answers an order by the link of a message: `ack`, by a key in a call about it: `kitchen_call`, and says what is sold out by a text: `sms`. [`AppState`] is what they all
//! share; [`build`] makes the server, running it is another step.

mod ack;
mod api;
mod app_state;
mod body;
mod connections;
mod frame_lengths;
mod frames;
mod health;
mod kitchen_call;
mod kitchen_keys;
mod local_only;
mod media_socket;
mod metrics;
mod next_step;
mod phrases;
mod public_address;
mod server;
mod signed_form;
mod sms;
mod turned_away;
mod twiml_answer;
mod voice_after;
mod voice_fallback;
mod voice_staff;
mod voice_status;
mod voice_webhook;

pub use app_state::{AppState, Readiness};
pub use connections::Connections;
pub use server::{BuildError, WebServer, build};
