//! The server itself, as an operator starts it: a process of its own, reached over TCP only.

use std::time::Duration;

use crate::harness::{SCRIPTED, ServerProcess};

/// Signs what Twilio sends.
pub const TOKEN: &str = "fedcba9876543210fedcba9876543210";
/// Another account's, which has its own token.
pub const OTHER_ACCOUNT: &str = "AC000000000000000000000000000000cc";
pub const OTHER_TOKEN: &str = "00112233445566778899aabbccddeeff";
/// Opens `/api` and `/metrics`.
pub const ADMIN: &str = "let-me-look-at-everything-please";
/// Seals the media tokens.
pub const SECRET: &str = "a secret that nobody may read in a log";
/// What Twilio believes our address to be.
pub const PUBLIC: &str = "https://voice.test";
/// An open restaurant with a person to ring.
pub const BELLA: &str = "+15550100001";
/// `enabled: false`, and nobody to ring.
pub const RETIRED: &str = "+15550100003";
/// Bella's person.
pub const PERSON: &str = "+15550199999";

/// More calls at once than the test ever makes, so that no case meets a full line.
pub const BELLA_FILE: &str = "\
id: bella
name: The bella
phone_number: \"+15550100001\"
handoff: \"+15550199999\"
limits: {calls: 100}
menu:
  - {id: tea, name: Tea, price: 2.50}
";
const RETIRED_FILE: &str = "\
id: retired
name: The retired
phone_number: \"+15550100003\"
enabled: false
menu:
  - {id: tea, name: Tea, price: 2.50}
";

/// How long anything here may take before the test gives up; nothing is measured by it.
pub const PATIENCE: Duration = Duration::from_secs(60);
/// How often a gauge is asked again.
pub const AGAIN: Duration = Duration::from_millis(50);

/// Starts it as on a desk: `--dev`, nothing signed, no key.
pub fn start_dev() -> ServerProcess {
    let flags = [&SCRIPTED[..], &["--dev", "--watch=off"]].concat();
    ServerProcess::start_in(folder(), &flags, &[])
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let restaurants = folder.path().join("restaurants.d");
    std::fs::create_dir(&restaurants).unwrap();
    std::fs::write(restaurants.join("bella.yaml"), BELLA_FILE).unwrap();
    std::fs::write(restaurants.join("retired.yaml"), RETIRED_FILE).unwrap();
    folder
}

/// Starts it in an empty environment and waits until it takes calls.
pub fn start() -> ServerProcess {
    let flags = [
        "--watch=off",
        "--pin-expiry=1s",
        "--log=debug",
        "--public-url",
        PUBLIC,
    ];
    let tokens = format!("{TOKEN},{OTHER_ACCOUNT}={OTHER_TOKEN}");
    let environment = [
        ("TWILIO_AUTH_TOKEN", tokens.as_str()),
        ("MAITRED_ADMIN_TOKEN", ADMIN),
        ("MAITRED_SECRET", SECRET),
    ];
    let flags = [&SCRIPTED[..], &flags].concat();
    ServerProcess::start_in(folder(), &flags, &environment)
}
