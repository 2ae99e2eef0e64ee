//! Bringing an order to its caller.

pub fn ask_address() -> String {
    "What's the delivery address?".into()
}
pub fn ask_right_address() -> String {
    "What's the right address?".into()
}
pub fn ask_house_number(street: &str) -> String {
    format!("What's the house number on {street}?")
}
pub fn ask_street() -> String {
    "And the street?".into()
}
pub fn ask_postal_code() -> String {
    "And the postal code?".into()
}
pub fn address_is(address: &str) -> String {
    format!("That goes to {address}.")
}
pub fn address_example() -> String {
    "Please say the number, then the street, for example: 12 Maple Street.".into()
}
pub fn out_of_area(code: &str) -> String {
    format!("Sorry, we don't deliver to {code}.")
}
pub fn pickup_instead() -> String {
    "Would you like to pick it up instead?".into()
}
pub fn delivery_minimum(minimum: &str, so_far: &str) -> String {
    format!(
        "We deliver from {minimum}, and so far you have {so_far}. You can add something, or pick it up."
    )
}
pub fn delivered_to(address: &str) -> String {
    format!("Delivered to {address}.")
}
pub fn there_in(minutes: u32) -> String {
    format!("It will be with you in about {minutes} minutes.")
}
pub fn we_deliver(fee: Option<&str>, minimum: Option<&str>) -> String {
    match (fee, minimum) {
        (None, None) => "Yes, we deliver.".into(),
        (Some(fee), None) => format!("Yes, we deliver, for {fee}."),
        (None, Some(least)) => format!("Yes, we deliver, from {least}."),
        (Some(fee), Some(least)) => format!("Yes, we deliver, for {fee}, from {least}."),
    }
}
