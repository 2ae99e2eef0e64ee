//! Restaurant files that several tests serve.

use std::path::Path;

/// Bella's line: open, hands over to a person.
pub const BELLA: &str = "+15550100001";
/// Open on Tuesdays only.
pub const SHUT: &str = "+15550100002";
/// `enabled: false`.
pub const RETIRED: &str = "+15550100003";
/// One call at once.
pub const SMALL: &str = "+15550100004";
/// Whose hand-off number is Bella's.
pub const LOOP: &str = "+15550100005";
/// Bella's person.
pub const PERSON: &str = "+15550199999";

/// One restaurant for each way a call is answered: `bella`, `shut`, `retired`, `small` and `loop`.
pub fn of_every_kind() -> Vec<(String, String)> {
    let closed_message = "We open {next_open} & not before.";
    let hours = format!(
        "timezone: America/Toronto\nhours: {{tue: [\"11:00-14:00\"]}}\nclosed_message: \"{closed_message}\""
    );
    vec![
        with_tea("bella", BELLA, &format!("handoff: \"{PERSON}\"")),
        with_tea("shut", SHUT, &hours),
        with_tea("retired", RETIRED, "enabled: false"),
        with_tea("small", SMALL, "limits: {calls: 1}"),
        with_tea("loop", LOOP, &format!("handoff: \"{BELLA}\"")),
    ]
}

fn with_tea(id: &str, number: &str, more: &str) -> (String, String) {
    let text = format!(
        "id: {id}\nname: The {id}\nphone_number: \"{number}\"\n{more}\nmenu:\n  - {{id: tea, name: Tea, price: 2.50}}\n"
    );
    (format!("{id}.yaml"), text)
}

/// A restaurant with one dish; a telephone number of its own for every `number` below 10,000.
pub fn menu(id: &str, number: u32, price: &str) -> String {
    format!(
        "id: {id}\nname: {id}\nphone_number: \"{}\"\nmenu:\n  - {{id: soup, name: Soup, price: {price}}}\n",
        phone(number)
    )
}

/// The telephone number of that restaurant.
pub fn phone(number: u32) -> String {
    format!("+1212555{number:04}")
}

/// `r0.yaml` and so on, all at 1.00.
pub fn many(count: u32) -> Vec<(String, String)> {
    let file = |n| (format!("r{n}.yaml"), menu(&format!("r{n}"), n, "1.00"));
    (0..count).map(file).collect()
}

/// Puts a file in place of another as editors and deployments do: written aside, then renamed.
pub fn write_aside(folder: &Path, name: &str, text: &str) {
    let aside = folder.join(format!(".{name}.new"));
    std::fs::write(&aside, text).unwrap();
    std::fs::rename(aside, folder.join(name)).unwrap();
}
