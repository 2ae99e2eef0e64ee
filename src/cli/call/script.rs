//! The caller's script: one act a line.
//!
//! ```text
//! # a comment
//! say two large pepperoni pizzas     when the agent is done, say this
//! cut 800 no, wait                   800 ms after the agent begins to speak, say this
//! now hello?                         say this at once
//! wav order.wav                      when the agent is done, play this file
//! keys 12#                           when the agent is done, press these
//! silence                            let the agent speak and answer nothing
//! wait 1500                          do nothing for 1500 ms
//! noise breath                       from here on: breath, hiss or off
//! hangup                             put the receiver down
//! ```

use std::path::PathBuf;

use thiserror::Error;

use super::plan::Cue;

/// A line of a script; its words are not sound yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    Say { cue: Cue, text: String },
    Wav { cue: Cue, path: PathBuf },
    Keys { cue: Cue, keys: String },
    Silence,
    Wait { ms: u32 },
    Noise(Noise),
    HangUp,
}

/// What sounds behind the caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Noise {
    /// Nothing.
    Off,
    /// Slow breathing into the receiver.
    Breath,
    /// A room: steady faint noise.
    Hiss,
}

/// A line that means nothing.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
#[error("line {line}: {what}")]
pub struct ScriptError {
    /// From 1.
    pub line: usize,
    pub what: String,
}

/// Reads a script.
///
/// # Errors
/// The first line that is not as above.
pub fn read(text: &str) -> Result<Vec<Line>, ScriptError> {
    let mut lines = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        lines.push(read_line(line).map_err(|what| ScriptError {
            line: index + 1,
            what,
        })?);
    }
    Ok(lines)
}

fn read_line(line: &str) -> Result<Line, String> {
    let (word, rest) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let rest = rest.trim();
    let something = |what: &str| {
        if rest.is_empty() {
            Err(format!("{word} needs {what}"))
        } else {
            Ok(rest.to_owned())
        }
    };
    let milliseconds = |text: &str| {
        text.parse::<u32>()
            .map_err(|_| format!("{word} needs milliseconds, not {text:?}"))
    };
    match word {
        "say" => Ok(Line::Say {
            cue: Cue::AgentDone,
            text: something("words")?,
        }),
        "now" => Ok(Line::Say {
            cue: Cue::Now,
            text: something("words")?,
        }),
        "cut" => {
            let rest = something("milliseconds and words")?;
            let (ms, text) = rest
                .split_once(char::is_whitespace)
                .ok_or("cut needs milliseconds and words")?;
            Ok(Line::Say {
                cue: Cue::AgentSpeaking {
                    after_ms: milliseconds(ms)?,
                },
                text: text.trim().to_owned(),
            })
        }
        "wav" => Ok(Line::Wav {
            cue: Cue::AgentDone,
            path: something("a file")?.into(),
        }),
        "keys" => Ok(Line::Keys {
            cue: Cue::AgentDone,
            keys: keys(rest)?,
        }),
        "silence" => Ok(Line::Silence),
        "wait" => Ok(Line::Wait {
            ms: milliseconds(rest)?,
        }),
        "noise" => match rest {
            "off" => Ok(Line::Noise(Noise::Off)),
            "breath" => Ok(Line::Noise(Noise::Breath)),
            "hiss" => Ok(Line::Noise(Noise::Hiss)),
            other => Err(format!("noise is breath, hiss or off, not {other:?}")),
        },
        "hangup" => Ok(Line::HangUp),
        other => Err(format!(
            "{other:?} is none of say, cut, now, wav, keys, silence, wait, noise, hangup"
        )),
    }
}

/// Checks that every key is on a telephone.
///
/// # Errors
/// No key, or one that is not `0`-`9`, `*` or `#`.
pub fn keys(text: &str) -> Result<String, String> {
    let wrong = |c: char| !matches!(c, '0'..='9' | '*' | '#');
    match text.chars().find(|c| wrong(*c)) {
        Some(c) => Err(format!("{c:?} is not a key; keys are 0-9, * and #")),
        None if text.is_empty() => Err("no keys".to_owned()),
        None => Ok(text.to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_line_is_read() {
        let script = "\n# order\nsay two pizzas\ncut 800  no, wait \nnow hello?\nwav a b.wav\nkeys 12#\nsilence\nwait 1500\nnoise breath\nhangup\n";
        let lines = read(script).unwrap();
        let say = |cue, text: &str| Line::Say {
            cue,
            text: text.to_owned(),
        };
        assert_eq!(
            lines,
            [
                say(Cue::AgentDone, "two pizzas"),
                say(Cue::AgentSpeaking { after_ms: 800 }, "no, wait"),
                say(Cue::Now, "hello?"),
                Line::Wav {
                    cue: Cue::AgentDone,
                    path: "a b.wav".into()
                },
                Line::Keys {
                    cue: Cue::AgentDone,
                    keys: "12#".to_owned()
                },
                Line::Silence,
                Line::Wait { ms: 1500 },
                Line::Noise(Noise::Breath),
                Line::HangUp,
            ]
        );
    }

    #[test]
    fn a_line_that_means_nothing_is_named() {
        for (script, line) in [
            ("say", 1),
            ("\nsing a song", 2),
            ("cut x y", 1),
            ("cut 5", 1),
            ("wait", 1),
            ("keys 1a", 1),
            ("keys", 1),
            ("noise loud", 1),
        ] {
            assert_eq!(read(script).unwrap_err().line, line, "{script}");
        }
    }
}
