//! What the kitchen says meanwhile.

pub fn ran_out(what: &str) -> String {
    format!("Désolé, {what}: il n'en reste plus, je l'ai donc enlevé.")
}
pub fn changed_meanwhile() -> String {
    "Désolé, quelque chose vient de changer.".into()
}
pub fn kitchen_paused() -> String {
    "Désolé, la cuisine ne prend pas de commandes en ce moment. Rappelez plus tard, s'il vous plaît.".into()
}
pub fn nothing_was_ordered() -> String {
    "Rien n'a été commandé. Au revoir.".into()
}
pub fn busy(minutes: u32) -> String {
    format!("Il y a du monde en cuisine: ce sera prêt dans {minutes} minutes environ.")
}
pub fn nobody_answers() -> String {
    "Désolé, personne ne peut répondre en ce moment.".into()
}
pub fn leave_a_message() -> String {
    "Laissez un message avec votre nom et votre numéro, s'il vous plaît.".into()
}
pub fn anything_else_to_pass_on() -> String {
    "C'est noté. Autre chose?".into()
}
pub fn message_passed_on() -> String {
    "Merci, je transmettrai. Au revoir.".into()
}
pub fn you_had(what: &str) -> String {
    format!("L'appel a été coupé. Vous aviez {what}.")
}
pub fn go_on_with_it() -> String {
    "On continue avec ça ?".into()
}
