//! What the receiver of `--notify-url` gets: one JSON object, and the headers that prove where it comes from.

use hmac::{Hmac, KeyInit as _, Mac as _};
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::Sha256;
use uuid::Uuid;

use super::troubles::{InTrouble, Notice, Topic};
use crate::settings::Secret;

/// The message's id, the same at every try.
pub(super) const ID: &str = "X-Maitred-Id";
/// Unix seconds of this try; a receiver refuses what is older than a few minutes.
pub(super) const TIMESTAMP: &str = "X-Maitred-Timestamp";
/// `v1=` and the hex of HMAC-SHA256 over `timestamp.body`.
pub(super) const SIGNATURE: &str = "X-Maitred-Signature";

/// Most files told of in one message; `count` has them all.
const MOST: usize = 20;

/// A message as it is sent.
#[derive(Clone, Debug)]
pub(super) struct Message {
    pub id: Uuid,
    /// `rejected`, `held` or `stale`.
    pub topic: Topic,
    pub body: String,
}

impl Message {
    pub(super) fn new(notice: &Notice, at: Timestamp) -> Self {
        let id = Uuid::now_v7();
        let files: Vec<Value> = notice.files.iter().take(MOST).map(file).collect();
        let body = json!({
            "id": id,
            "event": notice.topic,
            "at": at,
            "text": text(notice),
            "count": notice.files.len(),
            "files": files,
        });
        Self {
            id,
            topic: notice.topic,
            body: body.to_string(),
        }
    }

    /// The value of [`SIGNATURE`] for a try at `seconds`.
    pub(super) fn signature(&self, secret: &Secret, seconds: i64) -> String {
        let key = secret.expose().as_bytes();
        #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any key length");
        mac.update(format!("{seconds}.").as_bytes());
        mac.update(self.body.as_bytes());
        let hash = mac.finalize().into_bytes();
        let hex: String = hash.iter().map(|byte| format!("{byte:02x}")).collect();
        format!("v1={hex}")
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
        let message = Message::new(&notice(Topic::Rejected, 1000), Timestamp::UNIX_EPOCH);
        let body: Value = serde_json::from_str(&message.body).unwrap();
        assert_eq!(body["event"], "rejected");
        assert_eq!(body["count"], 1000);
        assert_eq!(body["files"].as_array().unwrap().len(), MOST);
        assert_eq!(body["files"][0]["problem"]["code"], "E_YAML");
        let text = body["text"].as_str().unwrap();
        assert!(text.starts_with("r0.yaml is not served as it is on disk: E_YAML"));
        assert!(text.ends_with("(and 999 more files)"), "{text}");
    }

    #[test]
    fn a_signature_is_that_of_openssl() {
        // printf '1764288000.{"a":1}' | openssl dgst -sha256 -hmac secret
        let message = Message {
            id: Uuid::nil(),
            topic: Topic::Held,
            body: "{\"a\":1}".to_owned(),
        };
        assert_eq!(
            message.signature(&Secret::new("secret"), 1_764_288_000),
            "v1=d18b610c5345204e37210189e80feb7cda97c766a32f2eac575fd424357c2065"
        );
    }
}
