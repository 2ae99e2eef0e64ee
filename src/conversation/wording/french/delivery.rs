//! Apporter une commande.

pub fn ask_address() -> String {
    "Quelle est l'adresse de livraison ?".into()
}
pub fn ask_right_address() -> String {
    "Quelle est la bonne adresse ?".into()
}
pub fn ask_house_number(street: &str) -> String {
    format!("À quel numéro, {street} ?")
}
pub fn ask_street() -> String {
    "Et la rue ?".into()
}
pub fn ask_postal_code() -> String {
    "Et le code postal ?".into()
}
pub fn address_is(address: &str) -> String {
    format!("On livre au {address}.")
}
pub fn address_example() -> String {
    "Dites le numéro, puis la rue, par exemple : 12 rue des Lilas.".into()
}
pub fn out_of_area(code: &str) -> String {
    format!("Désolé, nous ne livrons pas à {code}.")
}
pub fn pickup_instead() -> String {
    "Voulez-vous venir la chercher ?".into()
}
pub fn delivery_minimum(minimum: &str, so_far: &str) -> String {
    format!(
        "Nous livrons à partir de {minimum}, et vous en êtes à {so_far}. Vous pouvez ajouter quelque chose, ou venir chercher la commande."
    )
}
pub fn delivered_to(address: &str) -> String {
    format!("En livraison au {address}.")
}
pub fn there_in(minutes: u32) -> String {
    format!("Vous serez livré dans environ {minutes} minutes.")
}
pub fn we_deliver(fee: Option<&str>, minimum: Option<&str>) -> String {
    match (fee, minimum) {
        (None, None) => "Oui, nous livrons.".into(),
        (Some(fee), None) => format!("Oui, nous livrons, pour {fee}."),
        (None, Some(least)) => format!("Oui, nous livrons, à partir de {least}."),
        (Some(fee), Some(least)) => format!("Oui, nous livrons, pour {fee}, à partir de {least}."),
    }
}
