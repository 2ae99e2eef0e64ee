//! What the receiver of `--notify-url` gets: one JSON object.

use jiff::Timestamp;
use serde_json::{Value, json};
use uuid::Uuid;

use super::troubles::{InTrouble, Notice, Topic};
use crate::delivery::Message;

/// Most files told of in one message; `count` has them all.
const MAX_FILES: usize = 20;

/// The message that tells of `notice`.
pub(super) fn message(notice: &Notice, at: Timestamp) -> Message {
    let id = Uuid::now_v7();
    let files: Vec<Value> = notice.files.iter().take(MAX_FILES).map(file).collect();
    let body = json!({
        "id": id,
        "event": notice.topic,
        "at": at,
        "text": text(notice),
        "count": notice.files.len(),
        "files": files,
    });
    Message {
        id,
        body: body.to_string(),
    }
}

fn file(file: &InTrouble) -> Value {
    json!({
        "file": file.file,
        "id": file.restaurant,
        "status": file.status,
        "since": file.since,
        "served": file.served,
        "problem": file.problem,
    })
}

/// One line for a person.
fn text(notice: &Notice) -> String {
    let Some(first) = notice.files.first() else {
        return String::new();
    };
    let file = &first.file;
    let meanwhile = match first.served {
        Some(_) => "callers get the last good version",
        None => "nothing is served from it",
    };
    let told = match notice.topic {
        Topic::Rejected => {
            let why = first.problem.as_ref();
            let why = why.map(|p| format!(": {} at {}", p.code, p.one_line()));
            format!(
                "{file} is not served as it is on disk{}; {meanwhile}",
                why.unwrap_or_default()
            )
        }
        Topic::Held => format!(
            "{file} is gone, with too many others at once; its line is answered until it returns or its removal is confirmed"
        ),
        Topic::Stale => format!("{file} has been broken for an hour; {meanwhile}"),
    };
    match notice.files.len() {
        1 => told,
        2 => format!("{told} (and 1 more file)"),
        many => format!("{told} (and {} more files)", many - 1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::{Code, Problem};
    use crate::routing::FileStatus;

    fn notice(topic: Topic, files: usize) -> Notice {
        let file = |n| InTrouble {
            file: format!("r{n}.yaml"),
            restaurant: Some(format!("r{n}")),
            status: FileStatus::Rejected,
            since: Timestamp::UNIX_EPOCH,
            served: None,
            problem: Some(Problem::new(Code::Yaml, "", "broken")),
        };
        Notice {
            topic,
            files: (0..files).map(file).collect(),
        }
    }

    #[test]
    fn a_message_says_in_one_line_what_is_wrong_and_lists_a_bounded_number_of_files() {
        let told = message(&notice(Topic::Rejected, 1000), Timestamp::UNIX_EPOCH);
        let body: Value = serde_json::from_str(&told.body).unwrap();
        assert_eq!(body["event"], "rejected");
        assert_eq!(body["count"], 1000);
        assert_eq!(body["files"].as_array().unwrap().len(), MAX_FILES);
        assert_eq!(body["files"][0]["problem"]["code"], "E_YAML");
        let text = body["text"].as_str().unwrap();
        assert!(text.starts_with("r0.yaml is not served as it is on disk: E_YAML"));
        assert!(text.ends_with("(and 999 more files)"), "{text}");
    }
}
