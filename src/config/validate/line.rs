//! The telephone line: numbers, the hand-off, and what the engines must be able to do.

use std::collections::HashSet;

use super::super::orders_file::AnswerFile;
use super::super::problem::join;
use super::super::suggestion::did_you_mean;
use super::super::{Capabilities, Code, Problem, RestaurantFile};
use super::findings::Findings;
use crate::restaurant::{Answer, Brain, Kitchen, PhoneNumber, SpeechChoice};
use crate::words::Language;

/// Seconds that the staff's telephone may ring before the waiter answers.
const RINGS: std::ops::RangeInclusive<u32> = 5..=60;

/// The numbers callers dial, in the file's order.
pub(super) fn numbers(file: &RestaurantFile, found: &mut Findings) -> Vec<PhoneNumber> {
    let written: Vec<(String, &String)> = match (&file.phone_number, &file.phone_numbers) {
        (Some(_), Some(_)) => {
            found.push(
                Problem::new(
                    Code::Phone,
                    "/phone_numbers",
                    "phone_number and phone_numbers are both given",
                )
                .at_key()
                .with_help("keep one of them"),
            );
            return Vec::new();
        }
        (None, None) => {
            found.push(
                Problem::new(Code::Phone, "", "\"phone_number\" is missing")
                    .at_key()
                    .with_help("for example: phone_number: \"+15555550101\""),
            );
            return Vec::new();
        }
        (Some(one), None) => vec![("/phone_number".to_owned(), one)],
        (None, Some(many)) => many
            .iter()
            .enumerate()
            .map(|(index, number)| (join("/phone_numbers", &index.to_string()), number))
            .collect(),
    };
    let mut seen = HashSet::new();
    let mut numbers = Vec::new();
    for (pointer, text) in written {
        let Some(number) = number(text, &pointer, found) else {
            continue;
        };
        if seen.insert(number.clone()) {
            numbers.push(number);
        } else {
            found.add(
                Code::Duplicate,
                &pointer,
                format!("{number} is listed twice"),
            );
        }
    }
    numbers
}

/// Where "a person please" goes; its own number would be a call loop.
pub(super) fn handoff(
    file: &RestaurantFile,
    own: &[PhoneNumber],
    found: &mut Findings,
) -> Option<PhoneNumber> {
    let handoff = number(file.handoff.as_deref()?, "/handoff", found)?;
    if own.contains(&handoff) {
        found.push(
            Problem::new(
                Code::WarnHandoffLoop,
                "/handoff",
                format!("{handoff} is the restaurant's own number: a hand-off would call itself"),
            )
            .with_help("give a number that a person answers"),
        );
    }
    Some(handoff)
}

/// Who answers first. Whoever is rung before the waiter needs a telephone.
pub(super) fn answer(
    file: &RestaurantFile,
    handoff: Option<&PhoneNumber>,
    found: &mut Findings,
) -> Answer {
    let answer = match &file.answer {
        None | Some(AnswerFile::First) => return Answer::First,
        Some(AnswerFile::OffHours) => Answer::OffHours,
        Some(AnswerFile::Overflow) => Answer::StaffFirst {
            seconds: Answer::RING_SECONDS,
        },
        Some(AnswerFile::StaffFirst(text)) => {
            let time = text.parse::<jiff::SignedDuration>().ok();
            let seconds = time.and_then(|time| u32::try_from(time.as_secs()).ok());
            let Some(seconds) = seconds.filter(|seconds| RINGS.contains(seconds)) else {
                let message = "expected a time from 5s to 60s, such as 20s";
                found.add(Code::Answer, "/answer/staff_first", message);
                return Answer::First;
            };
            Answer::StaffFirst { seconds }
        }
    };
    if handoff.is_none() {
        found.push(
            Problem::new(
                Code::Answer,
                "/answer",
                "there is no handoff: no telephone of the staff that could ring",
            )
            .with_help("write the staff's number as handoff, or answer: first"),
        );
    }
    if answer == Answer::OffHours && file.hours.is_none() {
        found.push(
            Problem::new(
                Code::Answer,
                "/answer",
                "off_hours needs hours: without them it is always open, and the waiter never answers",
            )
            .with_help("write hours, or answer: overflow"),
        );
    }
    answer
}

/// Who may say what is sold out. A number of the restaurant's own sends no texts to itself.
pub(super) fn kitchen(file: &RestaurantFile, own: &[PhoneNumber], found: &mut Findings) -> Kitchen {
    let mut phones = Vec::new();
    for (index, text) in file.kitchen.phones.iter().enumerate() {
        let pointer = join("/kitchen/phones", &index.to_string());
        let Some(phone) = number(text, &pointer, found) else {
            continue;
        };
        if phones.contains(&phone) {
            let message = format!("{phone} is listed twice");
            found.add(Code::Duplicate, &pointer, message);
        } else if own.contains(&phone) {
            let message = format!("{phone} is the restaurant's own number, which sends no texts");
            let problem = Problem::new(Code::Phone, &pointer, message);
            found.push(problem.with_help("list a telephone of the kitchen's"));
        } else {
            phones.push(phone);
        }
    }
    Kitchen {
        phones,
        orders_per_15_minutes: file.kitchen.orders_per_15_minutes,
    }
}

fn number(text: &str, pointer: &str, found: &mut Findings) -> Option<PhoneNumber> {
    let number = PhoneNumber::parse(text)
        .map_err(|error| found.add(Code::Phone, pointer, error.to_string()))
        .ok()?;
    let known = phonenumber::parse(None, text).is_ok_and(|parsed| phonenumber::is_valid(&parsed));
    if !known {
        found.push(
            Problem::new(
                Code::WarnNumber,
                pointer,
                format!("no numbering plan knows {number}"),
            )
            .with_help("check it for a slip; test numbers (+1 555 ...) are fine"),
        );
    }
    Some(number)
}

/// The language, when someone here speaks it.
pub(super) fn language(file: &RestaurantFile, here: &Capabilities, found: &mut Findings) -> String {
    let language = file.language.as_deref().unwrap_or("en-US");
    if !here.speaks(language) {
        let message = format!("no engine here speaks \"{language}\"");
        let code = match Language::from_tag(language) {
            Some(_) => Code::LanguageNotServed,
            None => Code::Language,
        };
        found.push(
            Problem::new(code, "/language", message)
                .with_help(format!("spoken here: {}", here.languages.join(", "))),
        );
    }
    language.to_owned()
}

/// The engines the file asks for, when they are here.
pub(super) fn speech(
    file: &RestaurantFile,
    here: &Capabilities,
    found: &mut Findings,
) -> SpeechChoice {
    let mut check = |key: &str, wanted: &Option<String>, offered: Option<&[String]>| {
        if let (Some(name), Some(offered)) = (wanted, offered)
            && !offered.contains(name)
        {
            let known: Vec<&str> = offered.iter().map(String::as_str).collect();
            let mut problem = Problem::new(
                Code::Engine,
                join("/speech", key),
                format!("there is no {key} \"{name}\" here"),
            );
            problem.help = did_you_mean(name, &known);
            found.push(problem);
        }
    };
    check("stt", &file.speech.stt, Some(&here.stt));
    check("tts", &file.speech.tts, Some(&here.tts));
    check("voice", &file.speech.voice, here.voices.as_deref());
    SpeechChoice {
        stt: file.speech.stt.clone(),
        tts: file.speech.tts.clone(),
        voice: file.speech.voice.clone(),
    }
}

/// The brain, when it is here.
pub(super) fn brain(
    file: &RestaurantFile,
    here: &Capabilities,
    found: &mut Findings,
) -> Option<Brain> {
    if file.brain == Some(Brain::Llm) && !here.llm {
        found.push(
            Problem::new(Code::Engine, "/brain", "no language model is set up here").with_help(
                "set OPENAI_MODEL for the server (docs/llm.md), write menu, or remove the key",
            ),
        );
    }
    file.brain
}
