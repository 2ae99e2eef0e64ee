//! The line that `--dev` prints: a first call, ready to be pasted.

use std::net::SocketAddr;

use crate::restaurant::Item;
use crate::routing::RoutingTable;

/// Prints it to stdout.
pub(super) fn print(address: SocketAddr, exposed: bool, table: &RoutingTable) {
    match exposed {
        false => println!(
            "maitred --dev: no signatures, no admin token, for this machine's own programs only. Never for real callers."
        ),
        true => println!(
            "maitred --dev --dev-exposed: no signatures: whoever finds this server can place calls. /api asks for MAITRED_ADMIN_TOKEN."
        ),
    }
    match command(&program(), address, table) {
        Some(command) => println!("Place a first call from another shell:\n\n  {command}\n"),
        None => println!("No restaurant is served yet: put a file into the folder."),
    }
}

/// A call to the first restaurant: one thing with a choice to be made, and one without, where the menu has such.
fn command(program: &str, address: SocketAddr, table: &RoutingTable) -> Option<String> {
    let restaurant = &table.restaurants().next()?.restaurant;
    let number = restaurant.phone_numbers.first()?;
    let available = || restaurant.menu.items.iter().filter(|item| item.available);
    let asked = |item: &&Item| {
        item.options
            .iter()
            .filter(|option| option.must_be_asked())
            .count()
    };
    let chosen = available().find(|item| asked(item) == 1).and_then(|item| {
        let option = item.options.iter().find(|option| option.must_be_asked())?;
        let choice = option
            .choices
            .iter()
            .rev()
            .find(|choice| choice.available)?;
        Some(format!("{} {}", choice.name, item.name))
    });
    let plain = available()
        .find(|item| asked(item) == 0)
        .map(|item| item.name.clone());
    let things: Vec<String> = chosen
        .into_iter()
        .chain(plain)
        .map(|name| format!("one {name}"))
        .collect();
    let wish = match things.is_empty() {
        true => available().next()?.name.clone(),
        false => things.join(" and "),
    };
    let wish = wish.replace(['"', '$', '`', '\\'], "");
    let mut said = vec![format!("Hi, {wish}, please."), "That's all.".to_owned()];
    // What the waiter asks before it reads the order back.
    said.extend(restaurant.upsell.is_some().then(|| "No thanks.".to_owned()));
    said.extend(restaurant.ask.name.then(|| "Sam.".to_owned()));
    said.extend(restaurant.ask.fulfilment.then(|| "Pickup.".to_owned()));
    said.push("Yes.".to_owned());
    let says: String = said
        .iter()
        .map(|words| format!(" --say \"{words}\""))
        .collect();
    Some(format!(
        "{program} call {number} --to http://{address}/voice{says}"
    ))
}

/// How this program was called, so that the line can be pasted.
fn program() -> String {
    std::env::args()
        .next()
        .unwrap_or_else(|| "maitred".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::testing::{parts, serve};

    #[test]
    fn the_first_call_orders_something_from_the_first_restaurant() {
        let table = RoutingTable::build(1, vec![serve(parts("bella", "+15551234567"))]);
        let line = command("maitred", "127.0.0.1:8000".parse().unwrap(), &table).unwrap();
        assert!(line.starts_with("maitred call +15551234567 --to http://127.0.0.1:8000/voice"));
        assert!(line.contains("\"Hi, one Tea, please.\""), "{line}");
        assert!(
            command(
                "maitred",
                "127.0.0.1:8000".parse().unwrap(),
                &RoutingTable::empty()
            )
            .is_none()
        );
    }
}
