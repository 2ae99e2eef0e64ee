//! A test that runs itself again as root of a user and mount namespace of its own, so that it may mount.

use std::process::Command;

const ENTERED: &str = "MAITRED_TEST_NAMESPACE";

/// Inside? Else runs `test` of this binary there and returns `false` when it has passed; says SKIPPED where the system
/// forbids it.
pub fn entered(test: &str) -> bool {
    if std::env::var_os(ENTERED).is_some() {
        return true;
    }
    let mut unshare = Command::new("unshare");
    unshare.arg("-rm");
    let tried = unshare.args(["mount", "-t", "tmpfs", "x", "/mnt"]).output();
    let why = match tried {
        Ok(done) if done.status.success() => None,
        Ok(done) => Some(String::from_utf8_lossy(&done.stderr).trim().to_owned()),
        Err(error) => Some(error.to_string()),
    };
    if let Some(why) = why {
        println!("SKIPPED {test}: unshare -rm or mount is forbidden here: {why}");
        return false;
    }
    let done = Command::new("unshare")
        .arg("-rm")
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", test, "--nocapture"])
        .env(ENTERED, "1")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&done.stdout);
    print!("{told}");
    let errors = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{told}\n{errors}");
    assert!(told.contains("1 passed"), "no such test: {told}");
    false
}
