//! Llevar un pedido.

pub fn ask_address() -> String {
    "¿Cuál es la dirección de entrega?".into()
}
pub fn ask_right_address() -> String {
    "¿Cuál es la dirección correcta?".into()
}
pub fn ask_house_number(street: &str) -> String {
    format!("¿Qué número de {street}?")
}
pub fn ask_street() -> String {
    "¿Y la calle?".into()
}
pub fn ask_postal_code() -> String {
    "¿Y el código postal?".into()
}
pub fn address_is(address: &str) -> String {
    format!("Lo llevamos a {address}.")
}
pub fn address_example() -> String {
    "Diga la calle y el número, por ejemplo: calle Mayor 12.".into()
}
pub fn out_of_area(code: &str) -> String {
    format!("Lo siento, no entregamos en {code}.")
}
pub fn pickup_instead() -> String {
    "¿Quiere pasar a recogerlo?".into()
}
pub fn delivery_minimum(minimum: &str, so_far: &str) -> String {
    format!(
        "Entregamos a partir de {minimum}, y por ahora lleva {so_far}. Puede añadir algo, o pasar a recogerlo."
    )
}
pub fn delivered_to(address: &str) -> String {
    format!("Entrega en {address}.")
}
pub fn there_in(minutes: u32) -> String {
    format!("Le llegará en unos {minutes} minutos.")
}
pub fn we_deliver(fee: Option<&str>, minimum: Option<&str>) -> String {
    match (fee, minimum) {
        (None, None) => "Sí, hacemos entregas.".into(),
        (Some(fee), None) => format!("Sí, hacemos entregas, por {fee}."),
        (None, Some(least)) => format!("Sí, hacemos entregas, a partir de {least}."),
        (Some(fee), Some(least)) => {
            format!("Sí, hacemos entregas, por {fee}, a partir de {least}.")
        }
    }
}
