//! What can be wrong with the server's settings.

/// Any of these ends `serve` with exit code 78. Never contains a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// Looked at before anything else: without it nobody could be believed.
    #[error(
        "TWILIO_AUTH_TOKEN is not set; set it to the auth token of your Twilio account, or use --dev to try maitred on this machine"
    )]
    NoAuthToken,
    /// Neither a public address nor a trusted proxy that would tell it.
    #[error(
        "MAITRED_PUBLIC_URL (--public-url) is not set; Twilio signs the public address of every request, such as https://voice.example.com"
    )]
    NoPublicUrl,
    /// `--dev` asks nobody for a signature or a token; whatever is reached from outside must.
    #[error(
        "--dev is for this machine alone; with --public-url (MAITRED_PUBLIC_URL) or --trusted-proxies also say --dev-exposed, which asks for MAITRED_ADMIN_TOKEN"
    )]
    DevFromOutside,
    /// A value that cannot be used, with the flag or variable it came from.
    #[error("{name}: {reason}")]
    Bad { name: &'static str, reason: String },
}

impl SettingsError {
    /// A bad value of `name`.
    pub(super) fn bad(name: &'static str, reason: impl std::fmt::Display) -> Self {
        Self::Bad {
            name,
            reason: reason.to_string(),
        }
    }
}
