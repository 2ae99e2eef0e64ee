//! The line that `--dev` prints: a first call, ready to be pasted.

use std::net::SocketAddr;

use crate::routing::RoutingTable;

/// Prints it to stdout.
pub(super) fn print(address: SocketAddr, table: &RoutingTable) {
    println!(
        "maitred --dev: no signatures, no admin token, loopback only. Never for real callers."
    );
    match command(address, table) {
        Some(command) => println!("Place a first call from another shell:\n\n  {command}\n"),
        None => println!("No restaurant is served yet: put a file into the folder."),
    }
}

/// A call to the first restaurant for the first thing on its menu that needs no choice, or any.
fn command(address: SocketAddr, table: &RoutingTable) -> Option<String> {
    let restaurant = &table.restaurants().first()?.restaurant;
    let number = restaurant.phone_numbers.first()?;
    let available = || restaurant.menu.items.iter().filter(|item| item.available);
    let plain = available().find(|item| !item.options.iter().any(|o| o.must_be_asked()));
    let item = plain.or_else(|| available().next())?;
    let name = item.name.replace(['"', '$', '`', '\\'], "");
    Some(format!(
        "maitred call {number} --to http://{address}/voice --say \"One {name}, please.\" --say \"That's all.\" --say \"Yes.\""
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::testing::{parts, serve};

    #[test]
    fn the_first_call_orders_something_from_the_first_restaurant() {
        let table = RoutingTable::build(1, vec![serve(parts("bella", "+15551234567"))]);
        let line = command("127.0.0.1:8000".parse().unwrap(), &table).unwrap();
        assert!(line.starts_with("maitred call +15551234567 --to http://127.0.0.1:8000/voice"));
        assert!(line.contains("\"One Tea, please.\""), "{line}");
        assert!(command("127.0.0.1:8000".parse().unwrap(), &RoutingTable::empty()).is_none());
    }
}
