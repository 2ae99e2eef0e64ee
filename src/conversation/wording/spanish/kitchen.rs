//! What the kitchen says meanwhile.

pub fn ran_out(what: &str) -> String {
    format!("Lo siento, se nos acaba de terminar {what}, así que lo he quitado.")
}
pub fn changed_meanwhile() -> String {
    "Lo siento, algo acaba de cambiar.".into()
}
pub fn kitchen_paused() -> String {
    "Lo siento, la cocina no toma pedidos en este momento. Llame más tarde, por favor.".into()
}
pub fn nothing_was_ordered() -> String {
    "No se ha pedido nada. Adiós.".into()
}
pub fn busy(minutes: u32) -> String {
    format!("La cocina está ocupada: tardará unos {minutes} minutos.")
}
pub fn nobody_answers() -> String {
    "Lo siento, nadie puede atenderle en este momento.".into()
}
pub fn leave_a_message() -> String {
    "Deje un mensaje con su nombre y su número, por favor.".into()
}
pub fn anything_else_to_pass_on() -> String {
    "Lo tengo. ¿Algo más?".into()
}
pub fn message_passed_on() -> String {
    "Gracias, lo transmitiré. Adiós.".into()
}
pub fn you_had(what: &str) -> String {
    format!("Se cortó la llamada. Tenía {what}.")
}
pub fn go_on_with_it() -> String {
    "¿Seguimos con eso?".into()
}
