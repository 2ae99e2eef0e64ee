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
