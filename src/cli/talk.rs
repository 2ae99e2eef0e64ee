//! `maitred talk FILE`: the waiter over text, as a REPL or one JSON object per caller line.
#![expect(
    clippy::disallowed_methods,
    reason = "the subcommand reads the clock unless --now is given"
)]

use std::io::{self, BufRead, IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use jiff::{Timestamp, ZonedDateTime};
use serde_json::{Value, json};

use super::talk_llm::LlmTalk;
use super::understand::line_json;
use crate::conversation::{Action, CompiledMenu, Reply, State, Waiter};
use crate::order::{Cart, quantity_json};
use crate::restaurant::Restaurant;
use crate::settings::BrainFlag;
use crate::words::{printable_json, printable_lines};

/// Talk to the waiter over text: one line is one turn of the caller, an empty line is silence.
#[derive(clap::Args)]
#[command(after_help = "\
Exit codes: 0 fine, 2 an unreadable file or input, 78 bad settings of the model.

Examples:
  maitred talk restaurants.d/corner-slice.yaml
  maitred talk luna.yaml --json --greeting < caller-lines.txt
  OPENAI_MODEL=llama3.1 OPENAI_BASE_URL=http://127.0.0.1:11434/v1 maitred talk luna.yaml --brain llm
  maitred talk luna.yaml --now '2026-11-24T19:30[America/Toronto]'")]
pub struct TalkArgs {
    /// The restaurant's file.
    file: PathBuf,
    /// One JSON object per caller line: say, order, state.
    #[arg(long)]
    json: bool,
    /// The time of the call, such as 2026-11-24T19:30[America/Toronto]; default now.
    #[arg(long, value_name = "TIME")]
    now: Option<ZonedDateTime>,
    /// Print the greeting first (always on a terminal).
    #[arg(long)]
    greeting: bool,
    /// Who thinks; default as the file says.
    #[arg(long, value_enum)]
    brain: Option<BrainFlag>,
    /// How long a hired model may be silent before the built-in waiter takes over.
    #[arg(
        long,
        env = "MAITRED_LLM_PATIENCE",
        default_value = "3s",
        value_name = "TIME"
    )]
    llm_patience: String,
}

/// Runs `maitred talk`: 0 fine, 2 unreadable file or input, 78 when the model's settings are bad.
pub fn run(args: TalkArgs) -> ExitCode {
    let Some(restaurant) = super::restaurant_file::load(&args.file) else {
        return ExitCode::from(2);
    };
    let llm = match LlmTalk::wanted(args.brain, &args.llm_patience, &restaurant) {
        Ok(llm) => llm,
        Err(reason) => {
            eprintln!("maitred talk: {reason}");
            return ExitCode::from(super::serve::BAD_SETTINGS);
        }
    };
    let zone = restaurant.schedule.timezone.clone();
    let now = args
        .now
        .unwrap_or_else(|| Timestamp::now().to_zoned_datetime(zone));
    let input = io::stdin();
    let shown = Shown {
        json: args.json,
        greeting: args.greeting || input.is_terminal() && !args.json,
    };
    let mut talk = Talk::new(&restaurant.at(&now));
    if let Some(llm) = llm {
        talk.use_llm(llm);
    }
    match talk_on(talk, &now, shown, input.lock(), io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("maitred talk: {error}");
            ExitCode::from(2)
        }
    }
}

/// How a conversation is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    /// One JSON object per caller line instead of plain sentences.
    pub json: bool,
    /// Print the greeting before the first line.
    pub greeting: bool,
}

/// A conversation over text. `Place` is committed at once, as order number 1, 2, ...
#[derive(Debug)]
pub struct Talk {
    waiter: Waiter,
    /// A model on top of the waiter's cart.
    llm: Option<LlmTalk>,
    placed: u32,
    silences: u8,
}

impl Talk {
    /// A waiter at the start of a call.
    pub fn new(restaurant: &Arc<Restaurant>) -> Self {
        Self::over(restaurant, &Arc::new(CompiledMenu::new(restaurant)))
    }

    /// The same, over a menu that was compiled before: many conversations need it only once.
    pub fn over(restaurant: &Arc<Restaurant>, menu: &Arc<CompiledMenu>) -> Self {
        Self {
            waiter: Waiter::new(Arc::clone(restaurant), Arc::clone(menu)),
            llm: None,
            placed: 0,
            silences: 0,
        }
    }

    /// Puts a model on top of the waiter's cart.
    pub fn use_llm(&mut self, llm: LlmTalk) {
        self.llm = Some(llm);
    }

    /// Why the built-in waiter took over from the model, if it did.
    pub fn taken_over(&self) -> Option<String> {
        self.llm.as_ref()?.dismissed().map(ToString::to_string)
    }

    /// The greeting, as display text.
    pub fn greeting(&mut self) -> String {
        let greeting = self.waiter.greeting();
        if let Some(llm) = &mut self.llm {
            llm.note("", &greeting);
        }
        said(&greeting)
    }

    /// Answers one line of the caller; an empty line is silence.
    pub fn line(&mut self, words: &str, now: &ZonedDateTime) -> String {
        let reply = if words.trim().is_empty() {
            self.silences += 1;
            self.waiter.silence(self.silences)
        } else {
            self.silences = 0;
            match &mut self.llm {
                Some(llm) => llm.hear(&mut self.waiter, words, now),
                None => self.waiter.hear(words, now),
            }
        };
        let mut text = said(&reply);
        if let Action::Place(_) = reply.action {
            self.placed += 1;
            let placed = said(&self.waiter.committed(self.placed));
            text = if text.is_empty() {
                placed
            } else {
                format!("{text} {placed}")
            };
        }
        text
    }

    /// Where the conversation stands.
    pub fn state(&self) -> State {
        self.waiter.state()
    }

    /// The order so far, as JSON; defaults are in it once it was read back.
    pub fn order(&self) -> Value {
        let read_back = matches!(self.state(), State::Confirming | State::Confirmed);
        order_json(self.waiter.cart(), read_back)
    }
}

/// Talks until the input ends.
///
/// # Errors
/// Reading or writing failed.
pub fn talk_lines(
    restaurant: &Arc<Restaurant>,
    now: &ZonedDateTime,
    shown: Shown,
    input: impl BufRead,
    output: impl Write,
) -> io::Result<()> {
    talk_on(Talk::new(&restaurant.at(now)), now, shown, input, output)
}

fn talk_on(
    mut talk: Talk,
    now: &ZonedDateTime,
    shown: Shown,
    input: impl BufRead,
    mut output: impl Write,
) -> io::Result<()> {
    if shown.greeting {
        let greeting = talk.greeting();
        show(&talk, &greeting, shown, &mut output)?;
    }
    for line in input.lines() {
        let answer = talk.line(&line?, now);
        show(&talk, &answer, shown, &mut output)?;
    }
    Ok(())
}

fn show(talk: &Talk, text: &str, shown: Shown, output: &mut impl Write) -> io::Result<()> {
    if shown.json {
        let line = json!({"say": text, "order": talk.order(), "state": talk.state()});
        writeln!(output, "{}", printable_json(&line.to_string()))?;
    } else {
        writeln!(output, "{}", printable_lines(text))?;
    }
    output.flush()
}

fn said(reply: &Reply) -> String {
    let sentences: Vec<&str> = reply.sentences.iter().map(|s| s.text.as_str()).collect();
    sentences.join(" ")
}

fn order_json(cart: &Cart, read_back: bool) -> Value {
    let lines: Vec<Value> = cart
        .lines()
        .iter()
        .map(|line| {
            let item = cart.item(line);
            let picked = if read_back {
                line.made(item)
            } else {
                line.picked().to_vec()
            };
            let mut value = line_json(item, line.quantity(), &picked);
            value["quantity"] = quantity_json(line.quantity(), line.measure());
            if !line.notes().is_empty() {
                value["notes"] = json!(line.notes());
            }
            value
        })
        .collect();
    let mut order = json!({"lines": lines, "unmatched": []});
    if !cart.notes().is_empty() {
        order["notes"] = json!(cart.notes());
    }
    order
}
