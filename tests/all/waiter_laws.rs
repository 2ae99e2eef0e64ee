//! Laws of every conversation on every menu of ours: whatever is said, the cart obeys the menu, the totals are the sum of
//! their parts, the same words give the same order, and "cancel" empties it.

use std::sync::{Arc, LazyLock};

use jiff::ZonedDateTime;
use maitred::conversation::{Action, CompiledMenu, State, Waiter};
use maitred::order::Cart;
use maitred::restaurant::{Item, Restaurant};
use proptest::prelude::*;

use crate::menu_laws::{broken_laws, restaurant_at, written_cart};

/// A menu and the words its callers use.
struct Table {
    restaurant: Arc<Restaurant>,
    menu: Arc<CompiledMenu>,
    phrases: Vec<String>,
}

/// Words that change what the next ones mean.
const AROUND: &[&str] = &[
    "a",
    "two",
    "three",
    "9999",
    "0",
    "no",
    "extra",
    "light",
    "with",
    "without",
    "and",
    "or",
    "half",
    "the other half",
    "one with",
    "the other with",
    "both",
    "on both",
    "all",
    "remove the",
    "change the",
    "to",
    "instead of",
    "make that",
    "make it five bucks",
    "actually",
    "that's all",
    "yes",
    "no thanks",
    "how much is",
    "what's in",
    "do you have",
    "same again",
    "another",
    "the second one",
    "sorry",
    "cancel that",
    "not extra",
    "everything but",
    "for free",
    "1",
    "2",
    "#",
];

static TABLES: LazyLock<Vec<Table>> = LazyLock::new(|| {
    let mut files = vec![
        "restaurants.d/corner-slice.yaml".to_owned(),
        "restaurants.d/la-paloma.yaml".to_owned(),
        "restaurants.d/north-pier-cafe.yaml".to_owned(),
    ];
    files.extend(crate::own_orders::menus());
    files.iter().map(|file| table(file)).collect()
});

fn table(file: &str) -> Table {
    let restaurant = restaurant_at(file);
    let of_item = |item: &Item| {
        let choices = item.options.iter().flat_map(|option| &option.choices);
        let named = choices.flat_map(|choice| std::iter::once(&choice.name).chain(&choice.aliases));
        let mut phrases: Vec<String> = named.cloned().collect();
        phrases.push(item.name.clone());
        phrases.extend(item.aliases.iter().cloned());
        phrases
    };
    let mut phrases: Vec<String> = restaurant.menu.items.iter().flat_map(of_item).collect();
    phrases.sort();
    phrases.dedup();
    Table {
        menu: Arc::new(CompiledMenu::new(&restaurant)),
        restaurant,
        phrases,
    }
}

/// One word or phrase of an utterance: of the menu, around it, or anything at all.
#[derive(Clone, Debug)]
enum Piece {
    Menu(prop::sample::Index),
    Around(&'static str),
    Noise(String),
}

fn piece() -> impl Strategy<Value = Piece> {
    prop_oneof![
        5 => any::<prop::sample::Index>().prop_map(Piece::Menu),
        5 => prop::sample::select(AROUND.to_vec()).prop_map(Piece::Around),
        1 => "\\PC{0,12}".prop_map(Piece::Noise),
    ]
}

/// Which menu, and the pieces of each utterance.
fn call() -> impl Strategy<Value = (prop::sample::Index, Vec<Vec<Piece>>)> {
    let utterance = prop::collection::vec(piece(), 1..9);
    (
        any::<prop::sample::Index>(),
        prop::collection::vec(utterance, 1..7),
    )
}

fn spoken(table: &Table, pieces: &[Piece]) -> String {
    let words: Vec<&str> = pieces
        .iter()
        .map(|piece| match piece {
            Piece::Menu(at) => at.get(&table.phrases).as_str(),
            Piece::Around(words) => words,
            Piece::Noise(noise) => noise.as_str(),
        })
        .collect();
    words.join(" ")
}

/// Plays a call; `each` sees the waiter after every turn.
fn played(table: &Table, lines: &[String], mut each: impl FnMut(&str, &Waiter, &Action)) -> Waiter {
    let now: ZonedDateTime = "2026-11-24T12:00[America/Toronto]".parse().unwrap();
    let mut waiter = Waiter::new(Arc::clone(&table.restaurant), Arc::clone(&table.menu));
    let _ = waiter.greeting();
    for line in lines {
        let _ = waiter.completeness(line);
        let reply = match line.trim() {
            "" => waiter.silence(1),
            "1" | "2" | "#" => waiter.key(line.trim().chars().next().unwrap(), &now),
            _ => waiter.hear(line, &now),
        };
        each(line, &waiter, &reply.action);
        if let Action::Place(_) = reply.action {
            let _ = waiter.committed(1);
        }
    }
    waiter
}

fn lines(table: &Table, utterances: &[Vec<Piece>]) -> Vec<String> {
    utterances
        .iter()
        .map(|pieces| spoken(table, pieces))
        .collect()
}

fn held(table: &Table, cart: &Cart) -> Vec<String> {
    written_cart(&table.restaurant, cart)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn the_cart_holds_only_what_the_menu_allows_and_totals_are_the_sum_of_their_parts((menu, said) in call()) {
        let table = menu.get(&TABLES);
        let said = lines(table, &said);
        let mut broken = Vec::new();
        played(table, &said, |line, waiter, action| {
            broken.extend(broken_laws(&table.restaurant, waiter.cart()));
            if let Action::Place(order) = action {
                let sum: i64 = order.lines.iter().map(|line| line.price.minor() * i64::from(line.quantity)).sum();
                let right = order.subtotal.minor() == sum && order.total == waiter.cart().totals().total;
                if !right {
                    broken.push(format!("placed after {line:?}: {order:?}"));
                }
            }
        });
        prop_assert!(broken.is_empty(), "{said:?}: {broken:?}");
    }

    #[test]
    fn the_same_words_give_the_same_order_on_every_menu((menu, said) in call()) {
        let table = menu.get(&TABLES);
        let said = lines(table, &said);
        let (first, second) = (played(table, &said, |_, _, _| {}), played(table, &said, |_, _, _| {}));
        prop_assert_eq!(held(table, first.cart()), held(table, second.cart()));
        prop_assert_eq!(first.state(), second.state());
    }

    #[test]
    fn calling_it_off_empties_the_order_of_every_call_that_is_not_over((menu, said) in call()) {
        let table = menu.get(&TABLES);
        let mut said = lines(table, &said);
        let over = |state: State| matches!(state, State::Confirmed | State::Handoff);
        let before = played(table, &said, |_, _, _| {}).state();
        said.extend(["cancel the whole order".to_owned(), "yes".to_owned()]);
        let after = played(table, &said, |_, _, _| {});
        prop_assert!(over(before) || after.cart().is_empty(), "{said:?}: {:?}", held(table, after.cart()));
        prop_assert!(over(before) || after.state() == State::Cancelled, "{said:?}: {:?}", after.state());
    }
}
