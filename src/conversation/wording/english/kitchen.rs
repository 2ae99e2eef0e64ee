//! What the kitchen says meanwhile.

pub fn ran_out(what: &str) -> String {
    format!("Sorry, we've just run out of {what}, so I took it off.")
}
pub fn changed_meanwhile() -> String {
    "Sorry, something has changed meanwhile.".into()
}
pub fn kitchen_paused() -> String {
    "Sorry, the kitchen isn't taking orders right now. Please call again later.".into()
}
pub fn nothing_was_ordered() -> String {
    "Nothing was ordered. Goodbye.".into()
}
pub fn busy(minutes: u32) -> String {
    format!("The kitchen is busy: it will take about {minutes} minutes.")
}
pub fn nobody_answers() -> String {
    "Sorry, nobody can come to the phone right now.".into()
}
pub fn leave_a_message() -> String {
    "Please leave a message with your name and number.".into()
}
pub fn anything_else_to_pass_on() -> String {
    "I've got that. Anything else?".into()
}
pub fn message_passed_on() -> String {
    "Thank you, I'll pass that on. Goodbye.".into()
}
pub fn you_had(what: &str) -> String {
    format!("Your call was cut off. You had {what}.")
}
pub fn go_on_with_it() -> String {
    "Shall we go on with that?".into()
}
