//! How this server runs: [`ServeFlags`] as written, with the environment -> [`Settings`], which can only be right.

mod deliver;
mod error;
mod flags;
mod limits;
mod llm;
mod network;
mod notify;
mod public_address;
mod secret;
mod secret_file;
mod server;

pub use deliver::{AllowedHosts, DeliverSettings, SmtpSecurity, SmtpUrl, TWILIO_API};
pub use error::SettingsError;
pub use flags::{BrainFlag, Engine, LogFormat, ServeFlags, WatchMode};
pub use limits::CallLimits;
pub use llm::{LlmSettings, is_this_machine};
pub use network::{PublicUrl, TrustedProxies};
pub use notify::Notify;
pub use public_address::is_public;
pub use secret::Secret;
pub use secret_file::load_or_make;
pub use server::Settings;
pub(crate) use server::duration;
