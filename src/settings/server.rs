//! [`ServeFlags`] and the environment -> [`Settings`]. Pure: the environment is an argument.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use super::flags::{BrainFlag, Engine, LogFormat, ServeFlags, WatchMode};
use super::{
    CallLimits, DeliverSettings, LlmSettings, Notify, PublicUrl, Secret, SettingsError,
    TrustedProxies,
};
use crate::restaurant::Keep;
use crate::twilio::auth_tokens::AuthTokens;

/// Fewest bytes of `MAITRED_SECRET` and the others that only a machine remembers.
const MIN_SECRET: usize = 32;

/// How this server runs. Can only be right; `Debug` shows no secret.
#[derive(Clone, Debug)]
pub struct Settings {
    pub listen: SocketAddr,
    /// The folder of restaurant files.
    pub restaurants: PathBuf,
    /// Database, prompt cache, made secret.
    pub data: PathBuf,
    /// `None`: from a trusted proxy, or with `--dev` the bound address.
    pub public_url: Option<PublicUrl>,
    pub trusted_proxies: TrustedProxies,
    /// `None`: SQLite in `data`.
    pub database_url: Option<String>,
    /// Who thinks, where a file does not say.
    pub brain: BrainFlag,
    /// The model that may take orders.
    pub llm: Option<LlmSettings>,
    pub watch: WatchMode,
    pub strict: bool,
    /// How long live calls may go on after SIGTERM.
    pub drain: Duration,
    /// Recognisers and synthesisers, the first choice first.
    pub stt: Vec<Engine>,
    pub tts: Vec<Engine>,
    /// `None`: the user's data folder.
    pub models: Option<PathBuf>,
    /// Loopback only, signatures off, no admin token needed.
    pub dev: bool,
    /// With `dev`: requests from outside are answered, and the admin token is needed.
    pub dev_exposed: bool,
    /// Empty only with `dev`.
    pub auth_tokens: AuthTokens,
    pub account_sid: Option<String>,
    /// Seals media tokens; `None`: made once and kept in `data`.
    pub secret: Option<Secret>,
    /// `None`: the admin endpoints answer 403 (but with `dev` on this machine alone).
    pub admin_token: Option<Secret>,
    /// `None`: nobody is told of trouble with the folder but the log.
    pub notify: Option<Notify>,
    /// How orders reach restaurants.
    pub deliver: DeliverSettings,
    /// How long calls and orders are kept where a restaurant's file does not say; without a rule for ever.
    pub keep: Keep,
    pub limits: CallLimits,
    pub log: String,
    pub log_format: LogFormat,
}

impl Settings {
    /// Checks the flags and reads the secrets through `env`.
    ///
    /// # Errors
    /// The first thing wrong, `TWILIO_AUTH_TOKEN` before all else.
    pub fn resolve(
        flags: ServeFlags,
        env: impl Fn(&str) -> Option<String>,
    ) -> Result<Self, SettingsError> {
        let env = |name: &str| env(name).filter(|value| !value.trim().is_empty());
        let account_sid = env("TWILIO_ACCOUNT_SID").map(|text| text.trim().to_owned());
        let auth_tokens = match env("TWILIO_AUTH_TOKEN") {
            Some(text) => AuthTokens::parse(text.trim())
                .map_err(|error| SettingsError::bad("TWILIO_AUTH_TOKEN", error))?
                .with_main_account(account_sid.as_deref().unwrap_or_default()),
            None if flags.dev => AuthTokens::default(),
            None => return Err(SettingsError::NoAuthToken),
        };
        let listen: SocketAddr = flags.listen.parse().map_err(|_| {
            let reason = format!(
                "\"{}\" is not an address and port such as 127.0.0.1:8000",
                flags.listen
            );
            SettingsError::bad("--listen (MAITRED_LISTEN)", reason)
        })?;
        if flags.dev && !listen.ip().is_loopback() {
            let reason = "with --dev only a loopback address such as 127.0.0.1:8000 is allowed, because nobody is asked for a signature";
            return Err(SettingsError::bad("--listen (MAITRED_LISTEN)", reason));
        }
        let trusted_proxies =
            TrustedProxies::parse(flags.trusted_proxies.as_deref().unwrap_or_default()).map_err(
                |reason| SettingsError::bad("--trusted-proxies (MAITRED_TRUSTED_PROXIES)", reason),
            )?;
        let public_url = flags
            .public_url
            .as_deref()
            .map(|text| PublicUrl::parse(text, flags.dev))
            .transpose()
            .map_err(|reason| SettingsError::bad("--public-url (MAITRED_PUBLIC_URL)", reason))?;
        if public_url.is_none() && trusted_proxies.is_empty() && !flags.dev {
            return Err(SettingsError::NoPublicUrl);
        }
        if flags.dev && !flags.dev_exposed && (public_url.is_some() || !trusted_proxies.is_empty())
        {
            return Err(SettingsError::DevFromOutside);
        }
        let admin_token = env("MAITRED_ADMIN_TOKEN").map(|text| Secret::new(text.trim()));
        if flags.dev_exposed && admin_token.is_none() {
            let reason = "--dev-exposed needs it: strangers can reach a server behind a tunnel; `openssl rand -hex 32` makes one";
            return Err(SettingsError::bad("MAITRED_ADMIN_TOKEN", reason));
        }
        let secret = env("MAITRED_SECRET").map(Secret::new);
        if let Some(secret) = &secret
            && secret.expose().len() < MIN_SECRET
        {
            let reason =
                format!("needs at least {MIN_SECRET} bytes; `openssl rand -hex 32` makes one");
            return Err(SettingsError::bad("MAITRED_SECRET", reason));
        }
        let admin_token = env("MAITRED_ADMIN_TOKEN").map(|text| Secret::new(text.trim()));
        if let Some(token) = &admin_token
            && token.expose().len() < MIN_SECRET
        {
            let reason =
                format!("needs at least {MIN_SECRET} characters; `openssl rand -hex 32` makes one");
            return Err(SettingsError::bad("MAITRED_ADMIN_TOKEN", reason));
        }
        let notify = match &flags.notify_url {
            Some(url) => Some(notify(
                url,
                env("MAITRED_NOTIFY_SECRET"),
                flags.notify_allow_private,
            )?),
            None => None,
        };
        let first_retry = duration(
            "--deliver-retry (MAITRED_DELIVER_RETRY)",
            &flags.deliver_retry,
        )?;
        let deliver = DeliverSettings::resolve(flags.deliver_allow.as_deref(), first_retry, env)?;
        let patience = duration("--llm-patience (MAITRED_LLM_PATIENCE)", &flags.llm_patience)?;
        let llm = LlmSettings::resolve(env, patience)?;
        if flags.brain == BrainFlag::Llm && llm.is_none() {
            let reason = "llm needs a model: set OPENAI_MODEL";
            return Err(SettingsError::bad("--brain (MAITRED_BRAIN)", reason));
        }
        Ok(Self {
            listen,
            restaurants: flags.restaurants,
            data: flags.data,
            public_url,
            trusted_proxies,
            database_url: flags.database_url.or_else(|| env("DATABASE_URL")),
            brain: flags.brain,
            llm,
            watch: flags.watch,
            strict: flags.strict,
            drain: duration("--drain (MAITRED_DRAIN)", &flags.drain)?,
            stt: each_once(flags.stt),
            tts: each_once(flags.tts),
            models: flags.models,
            dev: flags.dev,
            dev_exposed: flags.dev_exposed,
            auth_tokens,
            account_sid,
            secret,
            admin_token,
            notify,
            deliver,
            keep: Keep {
                calls: days(
                    "--keep-calls (MAITRED_KEEP_CALLS)",
                    flags.keep_calls.as_deref(),
                )?,
                orders: days(
                    "--keep-orders (MAITRED_KEEP_ORDERS)",
                    flags.keep_orders.as_deref(),
                )?,
            },
            limits: CallLimits {
                calls: at_least_one("--max-calls (MAITRED_MAX_CALLS)", flags.max_calls)?,
                calls_per_caller: at_least_one(
                    "--max-calls-per-caller (MAITRED_MAX_CALLS_PER_CALLER)",
                    flags.max_calls_per_caller,
                )?,
                max_pins: at_least_one("--max-pins (MAITRED_MAX_PINS)", flags.max_pins)?,
                pin_expiry: duration("--pin-expiry (MAITRED_PIN_EXPIRY)", &flags.pin_expiry)?,
                token_expiry: duration(
                    "--token-expiry (MAITRED_TOKEN_EXPIRY)",
                    &flags.token_expiry,
                )?,
                start_timeout: duration(
                    "--start-timeout (MAITRED_START_TIMEOUT)",
                    &flags.start_timeout,
                )?,
                write_timeout: duration(
                    "--write-timeout (MAITRED_WRITE_TIMEOUT)",
                    &flags.write_timeout,
                )?,
            },
            log: flags.log,
            log_format: flags.log_format,
        })
    }
}

/// The receiver of warnings; a message that nobody can tell from a forged one is not sent.
fn notify(url: &str, secret: Option<String>, private: bool) -> Result<Notify, SettingsError> {
    let secret = secret.filter(|secret| secret.len() >= MIN_SECRET);
    let Some(secret) = secret else {
        let reason = format!(
            "--notify-url needs it, at least {MIN_SECRET} bytes; `openssl rand -hex 32` makes one"
        );
        return Err(SettingsError::bad("MAITRED_NOTIFY_SECRET", reason));
    };
    Notify::new(url, Secret::new(secret), private)
        .map_err(|reason| SettingsError::bad("--notify-url (MAITRED_NOTIFY_URL)", reason))
}

/// `90s`, `10m`, `1h30m`: more than nothing, at most a day.
pub(crate) fn duration(name: &'static str, text: &str) -> Result<Duration, SettingsError> {
    text.parse::<jiff::SignedDuration>()
        .ok()
        .and_then(|signed| Duration::try_from(signed).ok())
        .filter(|time| !time.is_zero() && *time <= Duration::from_secs(86_400))
        .ok_or_else(|| {
            let reason = format!("\"{text}\" is not a time such as 90s or 10m, up to a day");
            SettingsError::bad(name, reason)
        })
}

/// In the order given, without what was said before.
/// A time in days, such as `90d`.
fn days(flag: &'static str, text: Option<&str>) -> Result<Option<u32>, SettingsError> {
    let read = |text: &str| {
        let days = Keep::days(text);
        days.ok_or_else(|| {
            SettingsError::bad(
                flag,
                format!("\"{text}\" is not a time such as 90d, 12w or 2y"),
            )
        })
    };
    text.map(read).transpose()
}

fn each_once(engines: Vec<Engine>) -> Vec<Engine> {
    let mut once = Vec::new();
    for engine in engines {
        if !once.contains(&engine) {
            once.push(engine);
        }
    }
    once
}

fn at_least_one(name: &'static str, number: usize) -> Result<usize, SettingsError> {
    match number {
        0 => Err(SettingsError::bad(name, "must be at least 1")),
        more => Ok(more),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Parser)]
    struct Line {
        #[command(flatten)]
        flags: ServeFlags,
    }

    fn resolve(line: &[&str], env: &[(&str, &str)]) -> Result<Settings, SettingsError> {
        let line = Line::try_parse_from([&["serve"], line].concat()).unwrap();
        Settings::resolve(line.flags, |name| {
            env.iter()
                .find(|(n, _)| *n == name)
                .map(|(_, v)| (*v).to_owned())
        })
    }

    const TOKEN: (&str, &str) = ("TWILIO_AUTH_TOKEN", "t");
    const LONG: &str = "0123456789abcdef0123456789abcdef";
    const URL: &str = "--public-url=https://v.example.com";

    fn said(result: Result<Settings, SettingsError>) -> String {
        result.unwrap_err().to_string()
    }

    #[test]
    fn without_an_auth_token_nothing_else_is_looked_at() {
        let refused = resolve(&["--listen=nonsense", "--drain=never"], &[]);
        assert_eq!(refused.unwrap_err(), SettingsError::NoAuthToken);
        let refused = resolve(&[], &[("TWILIO_AUTH_TOKEN", "  ")]);
        assert_eq!(refused.unwrap_err(), SettingsError::NoAuthToken);
        assert!(resolve(&["--dev"], &[]).is_ok());
    }

    #[test]
    fn every_refusal_names_its_variable() {
        for (line, env, name) in [
            (vec![], vec![TOKEN], "MAITRED_PUBLIC_URL"),
            (
                vec!["--public-url=http://v.example.com"],
                vec![TOKEN],
                "MAITRED_PUBLIC_URL",
            ),
            (vec![URL, "--listen=8000"], vec![TOKEN], "MAITRED_LISTEN"),
            (vec![URL, "--drain=soon"], vec![TOKEN], "MAITRED_DRAIN"),
            (vec![URL, "--drain=0s"], vec![TOKEN], "MAITRED_DRAIN"),
            (vec![URL, "--max-calls=0"], vec![TOKEN], "MAITRED_MAX_CALLS"),
            (vec![URL, "--brain=llm"], vec![TOKEN], "OPENAI_MODEL"),
            (
                vec![URL, "--llm-patience=x"],
                vec![TOKEN],
                "MAITRED_LLM_PATIENCE",
            ),
            (
                vec![URL],
                vec![TOKEN, ("MAITRED_SECRET", "short")],
                "MAITRED_SECRET",
            ),
            (
                vec![URL],
                vec![
                    TOKEN,
                    ("MAITRED_ADMIN_TOKEN", "short-0123456789abcdef012345678"),
                ],
                "MAITRED_ADMIN_TOKEN",
            ),
            (
                vec![URL, "--notify-url=https://hooks.example.com"],
                vec![TOKEN],
                "MAITRED_NOTIFY_SECRET",
            ),
            (
                vec![URL, "--notify-url=https://10.0.0.1"],
                vec![TOKEN, ("MAITRED_NOTIFY_SECRET", LONG)],
                "MAITRED_NOTIFY_URL",
            ),
            (
                vec![URL],
                vec![("TWILIO_AUTH_TOKEN", "a,,b")],
                "TWILIO_AUTH_TOKEN",
            ),
            (
                vec![URL, "--deliver-allow=http://pos"],
                vec![TOKEN],
                "MAITRED_DELIVER_ALLOW",
            ),
            (
                vec![URL, "--deliver-retry=0s"],
                vec![TOKEN],
                "MAITRED_DELIVER_RETRY",
            ),
            (
                vec![URL],
                vec![
                    TOKEN,
                    ("MAITRED_SMTP_URL", "smtps://u:short@mail.x.example"),
                ],
                "MAITRED_SMTP_URL",
            ),
            (
                vec![URL],
                vec![TOKEN, ("TWILIO_API_URL", "http://api.twilio.com")],
                "TWILIO_API_URL",
            ),
            (
                vec!["--trusted-proxies=nginx"],
                vec![TOKEN],
                "MAITRED_TRUSTED_PROXIES",
            ),
            (
                vec!["--dev", "--listen=0.0.0.0:8000"],
                vec![],
                "MAITRED_LISTEN",
            ),
            (vec!["--dev", URL], vec![], "--dev-exposed"),
            (
                vec!["--dev", "--trusted-proxies=127.0.0.1"],
                vec![],
                "--dev-exposed",
            ),
            (
                vec!["--dev", "--dev-exposed"],
                vec![],
                "MAITRED_ADMIN_TOKEN",
            ),
        ] {
            let text = said(resolve(&line, &env));
            assert!(text.contains(name), "{line:?}: {text}");
            assert!(!text.contains("short"), "a secret is never repeated");
        }
    }

    #[test]
    fn an_exposed_dev_server_has_a_token() {
        let token = ("MAITRED_ADMIN_TOKEN", LONG);
        let exposed = resolve(&["--dev", "--dev-exposed", URL], &[token]).unwrap();
        assert!(exposed.dev && exposed.dev_exposed && exposed.admin_token.is_some());
    }

    #[test]
    fn the_defaults_are_those_of_the_contract() {
        let settings = resolve(&[URL], &[TOKEN]).unwrap();
        assert_eq!(settings.listen.to_string(), "127.0.0.1:8000");
        assert_eq!(settings.drain, Duration::from_secs(600));
        assert_eq!(settings.limits, CallLimits::default());
        assert!(settings.admin_token.is_none() && settings.database_url.is_none());
    }

    #[test]
    fn our_database_variable_wins_over_the_common_one() {
        let common = ("DATABASE_URL", "sqlite://common.db");
        let settings = resolve(&[URL], &[TOKEN, common]).unwrap();
        assert_eq!(settings.database_url.as_deref(), Some("sqlite://common.db"));
        let own = "--database-url=sqlite://own.db";
        let settings = resolve(&[URL, own], &[TOKEN, common]).unwrap();
        assert_eq!(settings.database_url.as_deref(), Some("sqlite://own.db"));
    }

    #[test]
    fn printed_settings_show_no_secret() {
        let env = [
            ("TWILIO_AUTH_TOKEN", "hidden-token"),
            ("MAITRED_SECRET", LONG),
            ("MAITRED_NOTIFY_SECRET", "hidden-0123456789abcdef0123456789"),
            ("MAITRED_ADMIN_TOKEN", "hidden-admin-0123456789abcdef0123"),
        ];
        let shown = format!(
            "{:?}",
            resolve(&[URL, "--notify-url=https://h.example.com/hidden-"], &env).unwrap()
        );
        assert!(
            !shown.contains("hidden-") && !shown.contains(LONG),
            "{shown}"
        );
    }
}
