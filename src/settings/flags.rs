//! The server's settings as written: flags, each with its variable. Nothing here is checked yet.

use std::path::PathBuf;

/// `maitred serve`: every flag can be given as the variable named beside it; secrets only as variables.
#[derive(Clone, Debug, clap::Args)]
pub struct ServeFlags {
    /// Address and port to listen on; port 0 takes any free one
    #[arg(
        long,
        env = "MAITRED_LISTEN",
        default_value = "127.0.0.1:8000",
        value_name = "ADDR"
    )]
    pub listen: String,
    /// The folder of restaurant files
    #[arg(
        long,
        env = "MAITRED_RESTAURANTS",
        default_value = "restaurants.d",
        value_name = "DIR"
    )]
    pub restaurants: PathBuf,
    /// Where the database, the prompt cache and the made secret are kept
    #[arg(long, env = "MAITRED_DATA", default_value = "data", value_name = "DIR")]
    pub data: PathBuf,
    /// The address Twilio reaches us at, such as <https://voice.example.com>
    #[arg(long, env = "MAITRED_PUBLIC_URL", value_name = "URL")]
    pub public_url: Option<String>,
    /// sqlite://PATH [default: maitred.db in --data; DATABASE_URL is read after MAITRED_DATABASE_URL]
    #[arg(long, env = "MAITRED_DATABASE_URL", value_name = "URL")]
    pub database_url: Option<String>,
    /// Who thinks, where a restaurant's file does not say
    #[arg(long, env = "MAITRED_BRAIN", value_enum, default_value = "menu")]
    pub brain: BrainFlag,
    /// How long a language model may be silent before the built-in waiter takes over
    #[arg(
        long,
        env = "MAITRED_LLM_PATIENCE",
        default_value = "3s",
        value_name = "TIME"
    )]
    pub llm_patience: String,
    /// How changes of the folder are noticed
    #[arg(long, env = "MAITRED_WATCH", value_enum, default_value = "auto")]
    pub watch: WatchMode,
    /// Refuse to start (78) unless every restaurant file is good
    #[arg(long, env = "MAITRED_STRICT")]
    pub strict: bool,
    /// How long live calls may go on after SIGTERM
    #[arg(
        long,
        env = "MAITRED_DRAIN",
        default_value = "10m",
        value_name = "TIME"
    )]
    pub drain: String,
    /// Who listens: recognisers with commas, the first choice first; the others stand in when it fails
    #[arg(
        long,
        env = "MAITRED_STT",
        value_enum,
        value_delimiter = ',',
        default_value = "local",
        value_name = "ENGINES"
    )]
    pub stt: Vec<Engine>,
    /// Who speaks: synthesisers, as --stt
    #[arg(
        long,
        env = "MAITRED_TTS",
        value_enum,
        value_delimiter = ',',
        default_value = "local",
        value_name = "ENGINES"
    )]
    pub tts: Vec<Engine>,
    /// The folder of the local speech models [default: maitred/models in the user's data folder]
    #[arg(long, env = "MAITRED_MODELS", value_name = "DIR")]
    pub models: Option<PathBuf>,
    /// For trying things out: loopback only, no signatures, no admin token
    #[arg(long, env = "MAITRED_DEV")]
    pub dev: bool,
    /// Let --dev be reached from outside, through a tunnel or a proxy: /api and /metrics then ask for MAITRED_ADMIN_TOKEN
    #[arg(long, env = "MAITRED_DEV_EXPOSED", requires = "dev")]
    pub dev_exposed: bool,
    /// Proxies whose X-Forwarded-Proto and -Host are believed: addresses or networks, with commas [default: none]
    #[arg(long, env = "MAITRED_TRUSTED_PROXIES", value_name = "NETS")]
    pub trusted_proxies: Option<String>,
    /// Is told when a restaurant file is rejected, held, or stale for an hour; signed with MAITRED_NOTIFY_SECRET
    #[arg(
        long,
        env = "MAITRED_NOTIFY_URL",
        value_name = "URL",
        hide_env_values = true
    )]
    pub notify_url: Option<String>,
    /// Let --notify-url be an address of this machine or network, and plain http
    #[arg(long, env = "MAITRED_NOTIFY_ALLOW_PRIVATE")]
    pub notify_allow_private: bool,
    /// Private hosts that orders may be sent to, plain http included: HOST or HOST:PORT, with commas [default: none]
    #[arg(long, env = "MAITRED_DELIVER_ALLOW", value_name = "HOSTS")]
    pub deliver_allow: Option<String>,
    /// The wait before the second try of a delivery; the eight after it grow with it, to a day in all from 5s
    #[arg(
        long,
        env = "MAITRED_DELIVER_RETRY",
        default_value = "5s",
        value_name = "TIME"
    )]
    pub deliver_retry: String,
    /// Delete calls and what was said in them after this time, such as 90d, unless a restaurant's file says otherwise
    #[arg(long, env = "MAITRED_KEEP_CALLS", value_name = "TIME")]
    pub keep_calls: Option<String>,
    /// Delete orders after this time, such as 2y, unless a restaurant's file says otherwise
    #[arg(long, env = "MAITRED_KEEP_ORDERS", value_name = "TIME")]
    pub keep_orders: Option<String>,
    /// Calls at once, all restaurants together
    #[arg(
        long,
        env = "MAITRED_MAX_CALLS",
        default_value_t = 200,
        value_name = "N"
    )]
    pub max_calls: usize,
    /// Calls at once from one number
    #[arg(
        long,
        env = "MAITRED_MAX_CALLS_PER_CALLER",
        default_value_t = 3,
        value_name = "N"
    )]
    pub max_calls_per_caller: usize,
    /// Calls waiting for their media socket at once
    #[arg(
        long,
        env = "MAITRED_MAX_PINS",
        default_value_t = 50_000,
        value_name = "N"
    )]
    pub max_pins: usize,
    /// How long a call waits for its media socket
    #[arg(
        long,
        env = "MAITRED_PIN_EXPIRY",
        default_value = "90s",
        value_name = "TIME"
    )]
    pub pin_expiry: String,
    /// How long a media token is good
    #[arg(
        long,
        env = "MAITRED_TOKEN_EXPIRY",
        default_value = "60s",
        value_name = "TIME"
    )]
    pub token_expiry: String,
    /// How long a media socket may take to say start
    #[arg(
        long,
        env = "MAITRED_START_TIMEOUT",
        default_value = "10s",
        value_name = "TIME"
    )]
    pub start_timeout: String,
    /// How long a media socket may refuse a message before the call ends
    #[arg(
        long,
        env = "MAITRED_WRITE_TIMEOUT",
        default_value = "5s",
        value_name = "TIME"
    )]
    pub write_timeout: String,
    /// What is logged, such as info or maitred=debug
    #[arg(
        long,
        env = "MAITRED_LOG",
        default_value = "info,actix_server=warn",
        value_name = "FILTER"
    )]
    pub log: String,
    /// How a log line is written
    #[arg(long, env = "MAITRED_LOG_FORMAT", value_enum, default_value = "text")]
    pub log_format: LogFormat,
}

/// Who thinks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum BrainFlag {
    /// The built-in waiter
    Menu,
    /// The model of OPENAI_MODEL, on the same cart
    Llm,
}

/// How changes of the folder are noticed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum WatchMode {
    /// The system's events where they work, and polling
    Auto,
    /// The system's events and slow polling
    Native,
    /// Polling only
    Poll,
    /// At start, on SIGHUP and by API only
    Off,
}

/// A speech engine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Engine {
    /// The models on this machine
    Local,
    /// Text hidden in the sound, for tests
    Scripted,
}

/// How a log line is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// For people
    Text,
    /// One JSON object a line
    Json,
}
