//! The arguments of `maitred call`.

use std::path::PathBuf;

use clap::Args;

use super::script::{Noise, keys};
use super::voice::VoiceName;

/// Call a number of a running server and speak.
#[derive(Args, Clone)]
#[command(after_help = EXAMPLES)]
pub struct CallArgs {
    /// The restaurant's number, such as +15551234567
    #[arg(value_name = "NUMBER", value_parser = number)]
    pub number: String,
    /// The server's voice webhook
    #[arg(
        long,
        value_name = "URL",
        default_value = "http://127.0.0.1:8000/voice"
    )]
    pub to: String,
    /// The caller's number
    #[arg(long, value_name = "NUMBER", default_value = "+14155550100")]
    pub from: String,
    /// Say this when the agent has finished; repeatable, one turn each
    #[arg(long, value_name = "TEXT")]
    pub say: Vec<String>,
    /// Play this sound file when the agent has finished; repeatable, before any --say
    #[arg(long, value_name = "FILE")]
    pub wav: Vec<PathBuf>,
    /// Do what this file says, a line at a time (see below)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["say", "wav", "keys", "interrupt_after"])]
    pub script: Option<PathBuf>,
    /// Press these keys when the agent has finished, after any --say
    #[arg(long, value_name = "KEYS", value_parser = keys)]
    pub keys: Option<String>,
    /// Cut in: begin each --say this long after the agent begins to speak
    #[arg(long, value_name = "MS")]
    pub interrupt_after: Option<u32>,
    /// Who speaks
    #[arg(long, value_enum, default_value_t = VoiceName::Flite)]
    pub voice: VoiceName,
    /// What sounds behind the caller
    #[arg(long, value_enum, default_value_t = Noise::Off)]
    pub noise: Noise,
    /// Pause before answering the agent, ms
    #[arg(long, value_name = "MS", default_value_t = 500)]
    pub reaction: u32,
    /// Hang up when everything was said and nothing was heard for this long, ms
    #[arg(long, value_name = "MS", default_value_t = 30_000)]
    pub linger: u32,
    /// How a person answers whom the agent hands the caller to
    #[arg(long, value_name = "STATUS", default_value = "no-answer",
          value_parser = ["completed", "busy", "no-answer", "failed", "canceled"])]
    pub dial_status: String,
    /// Tell this URL when the call is over, as a number's status callback is told
    #[arg(long, value_name = "URL")]
    pub status_url: Option<String>,
    /// Compare the stored order with this one; exit 1 when it differs
    #[arg(long, value_name = "ORDER.json")]
    pub expect: Option<PathBuf>,
    /// Record the call: the caller left, the agent right
    #[arg(long, value_name = "OUT.wav")]
    pub record: Option<PathBuf>,
    /// Print one JSON object instead of the conversation
    #[arg(long)]
    pub json: bool,
    /// Mark the call as a test: its order is stored as one and never delivered
    #[arg(long)]
    pub test: bool,
    /// Write down what the agent says with the local recogniser, as it is said. It takes a core: leave it out where
    /// the server on the same machine is being measured
    #[arg(long)]
    pub listen: bool,
    /// Where the local speech models are
    #[arg(long, env = "MAITRED_MODELS", value_name = "DIR")]
    pub models: Option<PathBuf>,
    /// Trust only the certificates in this file (a server with a self-signed one)
    #[arg(long, value_name = "PEM")]
    pub trust: Option<PathBuf>,
    /// Signs the call; of a list, the first token that holds for the account
    #[arg(long, env = "TWILIO_AUTH_TOKEN", hide_env_values = true)]
    pub auth_token: Option<String>,
    /// The account the call belongs to
    #[arg(
        long,
        env = "TWILIO_ACCOUNT_SID",
        default_value = "AC00000000000000000000000000000000"
    )]
    pub account_sid: String,
    /// Opens the server's record of the call and its orders
    #[arg(long, env = "MAITRED_ADMIN_TOKEN", hide_env_values = true)]
    pub admin_token: Option<String>,
}

fn number(text: &str) -> Result<String, String> {
    let plain: String = text
        .chars()
        .filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.'))
        .collect();
    match crate::restaurant::PhoneNumber::parse(&plain) {
        Ok(number) => Ok(number.as_str().to_owned()),
        Err(error) => Err(error.to_string()),
    }
}

const EXAMPLES: &str = "\
Examples:
  maitred call +15551234567 --say \"a large pepperoni pizza please\" --say \"that's all\" --say yes
  maitred call +15551234567 --say \"two lattes\" --interrupt-after 800 --record call.wav
  maitred call +15551234567 --script order.txt --expect order.json --test
  maitred call +15551234567 --to https://voice.example.com/voice --json

A script has one act a line:
  say two large pizzas     when the agent is done, say this
  cut 800 no, wait         800 ms after the agent begins to speak, say this
  now hello?               say this at once
  wav order.wav            when the agent is done, play this file
  keys 12#                 when the agent is done, press these
  silence                  let the agent speak and answer nothing
  wait 1500                do nothing for 1500 ms
  noise breath             from here on: breath, hiss or off
  hangup                   put the receiver down

Exit code: 0 fine, 1 the call went wrong or the order is not the expected one,
2 usage or an unreadable file, 3 could not connect.";
