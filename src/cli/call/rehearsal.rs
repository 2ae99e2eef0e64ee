//! Arguments become a plan: files read, sentences rendered, nothing left to wait for.

use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::twilio::auth_tokens::{AuthTokens, AuthTokensError};
use crate::twilio::sid::SidKind;
use crate::twilio::webhook_form::CallStatus;

use super::args::CallArgs;
use super::expectation::{Expectation, ExpectationError};
use super::noise::background;
use super::phone::new_sid;
use super::plan::{Act, CallPlan, Cue, Timing};
use super::script::{self, Line, Noise, ScriptError};
use super::sound_file::{SoundFileError, read_text};
use super::tls::{TrustError, trust_only};
use super::voice::{Voice, VoiceError, play};

/// Why a call cannot even be planned: usage, or a file that cannot be used.
#[derive(Debug, Error)]
pub enum RehearsalError {
    #[error("{path}: {source}")]
    Unreadable {
        path: PathBuf,
        #[source]
        source: std::io::Error,
    },
    #[error("{path}: {source}")]
    Script {
        path: PathBuf,
        #[source]
        source: ScriptError,
    },
    #[error("{path}: {source}")]
    Expectation {
        path: PathBuf,
        #[source]
        source: ExpectationError,
    },
    #[error("{path}: {source}")]
    Trust {
        path: PathBuf,
        #[source]
        source: TrustError,
    },
    #[error(transparent)]
    Sound(#[from] SoundFileError),
    #[error(transparent)]
    Voice(#[from] VoiceError),
    #[error("TWILIO_AUTH_TOKEN: {0}")]
    Tokens(#[from] AuthTokensError),
    #[error("{0:?} is not the http or https address of a webhook")]
    Webhook(String),
    #[error("{0:?} is not an account SID (AC and 32 hex digits)")]
    Account(String),
}

/// The call that was asked for, and the order it should end in.
///
/// # Errors
/// See [`RehearsalError`].
pub async fn rehearse(args: &CallArgs) -> Result<(CallPlan, Option<Expectation>), RehearsalError> {
    let expectation =
        match &args.expect {
            Some(path) => Some(Expectation::read(&text(path)?).map_err(|source| {
                RehearsalError::Expectation {
                    path: path.clone(),
                    source,
                }
            })?),
            None => None,
        };
    let tls =
        match &args.trust {
            Some(path) => Some(trust_only(text(path)?.as_bytes()).map_err(|source| {
                RehearsalError::Trust {
                    path: path.clone(),
                    source,
                }
            })?),
            None => None,
        };
    let is_webhook = reqwest::Url::parse(&args.to)
        .is_ok_and(|url| url.has_host() && ["http", "https"].contains(&url.scheme()));
    if !is_webhook {
        return Err(RehearsalError::Webhook(args.to.clone()));
    }
    if !SidKind::Account.matches(&args.account_sid) {
        return Err(RehearsalError::Account(args.account_sid.clone()));
    }
    let auth_token = match args.auth_token.as_deref().filter(|t| !t.is_empty()) {
        Some(list) => AuthTokens::parse(list)?
            .for_account(&args.account_sid)
            .first()
            .map(|token| (*token).to_owned()),
        None => None,
    };
    let plan = CallPlan {
        webhook: args.to.clone(),
        to: args.number.clone(),
        from: args.from.clone(),
        account_sid: args.account_sid.clone(),
        call_sid: new_sid(SidKind::Call),
        auth_token,
        test: args.test,
        extra_fields: Vec::new(),
        acts: render(lines(args)?, args).await?,
        timing: Timing {
            reaction_ms: args.reaction,
            linger_ms: args.linger,
            ..Timing::default()
        },
        dial_status: CallStatus::from_word(&args.dial_status),
        status_url: args.status_url.clone(),
        tls,
    };
    Ok((plan, expectation))
}

fn text(path: &Path) -> Result<String, RehearsalError> {
    read_text(path).map_err(|source| RehearsalError::Unreadable {
        path: path.to_owned(),
        source,
    })
}

/// What the caller does, before it is sound.
fn lines(args: &CallArgs) -> Result<Vec<Line>, RehearsalError> {
    let mut lines = Vec::new();
    if args.noise != Noise::Off {
        lines.push(Line::Noise(args.noise));
    }
    if let Some(path) = &args.script {
        let script = script::read(&text(path)?).map_err(|source| RehearsalError::Script {
            path: path.clone(),
            source,
        })?;
        lines.extend(script);
        return Ok(lines);
    }
    let cue = match args.interrupt_after {
        Some(after_ms) => Cue::AgentSpeaking { after_ms },
        None => Cue::AgentDone,
    };
    lines.extend(args.wav.iter().map(|path| Line::Wav {
        cue,
        path: path.clone(),
    }));
    lines.extend(args.say.iter().map(|text| Line::Say {
        cue,
        text: text.clone(),
    }));
    lines.extend(args.keys.iter().map(|keys| Line::Keys {
        cue: Cue::AgentDone,
        keys: keys.clone(),
    }));
    Ok(lines)
}

async fn render(lines: Vec<Line>, args: &CallArgs) -> Result<Vec<Act>, RehearsalError> {
    // A call without words needs no voice, and none of what a voice needs.
    let mut voice = None;
    let mut acts = Vec::with_capacity(lines.len());
    for line in lines {
        acts.push(match line {
            Line::Say { cue, text } => {
                if voice.is_none() {
                    voice = Some(Voice::open(args.voice, args.models.as_deref()).await?);
                }
                let Some(voice) = &mut voice else { continue };
                Act::Speak {
                    cue,
                    clip: voice.say(&text).await?,
                }
            }
            Line::Wav { cue, path } => Act::Speak {
                cue,
                clip: play(&path)?,
            },
            Line::Keys { cue, keys } => Act::Press { cue, keys },
            Line::Silence => Act::Silence,
            Line::Wait { ms } => Act::Pause { ms },
            Line::Noise(noise) => Act::Background {
                clip: background(noise),
            },
            Line::HangUp => Act::HangUp,
        });
    }
    Ok(acts)
}
