//! What a cart promises, on random menus and random operations.

use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::restaurant::{
    Amount, Ask, Choice, Currency, Item, ItemOption, Limits, Menu, Money, PhoneNumber, Requests,
    Restaurant, RestaurantId, RestaurantParts, Schedule, SpeechChoice, Tax,
};

fn choice(name: &str, price: i64, max_count: u32, available: bool) -> Choice {
    Choice {
        name: name.into(),
        aliases: Vec::new(),
        price: Money::from_minor(price),
        extra_price: Money::from_minor(price * 2),
        max_count,
        allergens: None,
        available,
        say_as: None,
        details: None,
    }
}

fn option(
    name: &str,
    min: u32,
    max: Option<u32>,
    default: Vec<usize>,
    choices: Vec<Choice>,
) -> ItemOption {
    let amounts = if max == Some(1) {
        vec![Amount::Regular]
    } else {
        Amount::ALL.to_vec()
    };
    ItemOption {
        name: name.into(),
        min,
        max,
        amounts,
        half_price: true,
        default,
        choices: choices.into(),
        rules: None,
    }
}

fn item(id: &str, price: i64, available: bool, options: Vec<ItemOption>) -> Item {
    Item {
        id: id.into(),
        name: id.into(),
        category: None,
        price: Money::from_minor(price),
        aliases: Vec::new(),
        description: None,
        allergens: None,
        available,
        say_as: None,
        options: options.into(),
        details: None,
    }
}

fn restaurant(items: Vec<Item>, tax: Option<Tax>) -> Arc<Restaurant> {
    let parts = RestaurantParts {
        id: RestaurantId::parse("t").unwrap(),
        name: "T".into(),
        phone_numbers: vec![PhoneNumber::parse("+15550001111").unwrap()],
        enabled: true,
        language: "en-US".into(),
        currency: Currency::USD,
        address: None,
        greeting: None,
        closed_message: None,
        schedule: Schedule::default(),
        tax,
        fees: Vec::new(),
        minimum_order: Money::ZERO,
        requests: Requests::Accept,
        ask: Ask::default(),
        pickup_minutes: None,
        delivery: None,
        payment_link: None,
        account: None,
        handoff: None,
        announce: None,
        limits: Limits {
            items: 20,
            ..Limits::default()
        },
        speech: SpeechChoice::default(),
        brain: None,
        upsell: None,
        orders: Vec::new(),
        kitchen: Default::default(),
        answer: Default::default(),
        messages: false,
        pace: None,
        notify_caller: vec![],
        keep: crate::restaurant::Keep::default(),
        menu: Menu::new(Vec::new(), items).unwrap(),
    };
    Arc::new(Restaurant::new(parts).unwrap())
}

fn pizzeria() -> Arc<Restaurant> {
    let size = || {
        option(
            "Size",
            1,
            Some(1),
            vec![],
            vec![choice("Small", 0, 1, true), choice("Large", 300, 1, true)],
        )
    };
    let toppings = || {
        option(
            "Toppings",
            0,
            Some(4),
            vec![],
            vec![
                choice("Ham", 125, 2, true),
                choice("Olives", 75, 1, true),
                choice("Truffle", 900, 1, false),
            ],
        )
    };
    let crust = || {
        option(
            "Crust",
            1,
            Some(1),
            vec![0],
            vec![choice("Thin", 0, 1, true), choice("Pan", 150, 1, true)],
        )
    };
    restaurant(
        vec![
            item("pizza", 1000, true, vec![size(), crust(), toppings()]),
            item("calzone", 1100, true, vec![toppings(), size()]),
            item("cola", 250, true, vec![]),
            item("tiramisu", 500, false, vec![]),
        ],
        Some(Tax::single(13_000, false)),
    )
}

#[test]
fn equal_lines_become_one_and_a_split_parts_them() {
    let mut cart = Cart::new(pizzeria());
    let first = cart.add(2, 2, &[]).unwrap();
    assert_eq!(cart.add(2, 1, &[]).unwrap(), first);
    assert_eq!((cart.lines().len(), cart.count()), (1, 3));
    let part = cart.split(first, 1).unwrap();
    assert_ne!(part, first);
    assert_eq!(cart.lines().len(), 2);
}

#[test]
fn what_is_missing_is_asked_one_at_a_time_and_defaults_fill_the_rest() {
    let mut cart = Cart::new(pizzeria());
    let line = cart.add(0, 1, &[]).unwrap();
    assert_eq!(cart.missing(), Some(Missing { line, option: 0 }));
    assert_eq!(cart.to_order(1), None);
    cart.choose(line, Picked::plain(0, 1)).unwrap();
    assert_eq!(cart.missing(), None);
    let order = cart.to_order(1).unwrap();
    let names: Vec<&str> = order.lines[0]
        .choices
        .iter()
        .map(|c| c.choice.as_str())
        .collect();
    assert_eq!(names, ["Large", "Thin"]);
    assert_eq!(
        (
            order.subtotal.minor(),
            order.tax.minor(),
            order.total.minor()
        ),
        (1300, 169, 1469)
    );
}

#[test]
fn errors_are_data_and_leave_the_cart_as_it_was() {
    let mut cart = Cart::new(pizzeria());
    assert_eq!(cart.add(3, 1, &[]), Err(CartError::ItemSoldOut { item: 3 }));
    assert_eq!(
        cart.add(0, 1, &[Picked::plain(2, 2)]),
        Err(CartError::ChoiceSoldOut {
            item: 0,
            option: 2,
            choice: 2
        })
    );
    assert_eq!(
        cart.add(2, 21, &[]),
        Err(CartError::TooManyItems { limit: 20 })
    );
    let three = Picked {
        count: 3,
        ..Picked::plain(2, 0)
    };
    assert_eq!(
        cart.add(0, 1, &[three]),
        Err(CartError::CountTooHigh {
            item: 0,
            option: 2,
            choice: 0,
            max: 2
        })
    );
    let extra_size = Picked::plain(0, 1).with_amount(Amount::Extra);
    assert!(matches!(
        cart.add(0, 1, &[extra_size]),
        Err(CartError::AmountNotAllowed { .. })
    ));
    assert!(cart.is_empty());
}

#[test]
fn half_a_topping_costs_half_rounded_up() {
    let mut cart = Cart::new(pizzeria());
    let half = Picked {
        part: Part::Left,
        ..Picked::plain(2, 1)
    };
    cart.add(0, 1, &[Picked::plain(0, 0), half]).unwrap();
    assert_eq!(cart.totals().subtotal.minor(), 1000 + 38);
}

#[test]
fn replacing_an_item_keeps_the_choices_both_have() {
    let mut cart = Cart::new(pizzeria());
    let line = cart
        .add(
            0,
            2,
            &[
                Picked::plain(0, 1),
                Picked::plain(2, 0),
                Picked::plain(1, 1),
            ],
        )
        .unwrap();
    let line = cart.replace(line, 1).unwrap();
    let order = cart.to_order(1).unwrap();
    let names: Vec<&str> = order.lines[0]
        .choices
        .iter()
        .map(|c| c.choice.as_str())
        .collect();
    assert_eq!(
        (order.lines[0].item.as_str(), names),
        ("calzone", vec!["Ham", "Large"])
    );
    assert_eq!(cart.line(line).unwrap().quantity(), 2);
}

#[derive(Clone, Debug)]
enum Step {
    Add(usize, u32, Vec<Picked>),
    Remove(usize),
    Quantity(usize, u32),
    Choose(usize, Picked),
    Unchoose(usize, usize, usize),
    Replace(usize, usize),
    Split(usize, u32),
}

fn a_pick() -> impl Strategy<Value = Picked> {
    let part = prop::sample::select(vec![Part::Whole, Part::Left, Part::Right]);
    let amount = prop::sample::select(Amount::ALL.to_vec());
    (0usize..4, 0usize..4, part, amount, 0u32..4).prop_map(
        |(option, choice, part, amount, count)| Picked {
            option,
            choice,
            part,
            amount,
            count,
        },
    )
}

fn a_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        (0usize..5, 0u32..25, prop::collection::vec(a_pick(), 0..4))
            .prop_map(|(i, q, p)| Step::Add(i, q, p)),
        (0usize..4).prop_map(Step::Remove),
        (0usize..4, prop_oneof![0u32..25, Just(u32::MAX)]).prop_map(|(l, q)| Step::Quantity(l, q)),
        (0usize..4, a_pick()).prop_map(|(l, p)| Step::Choose(l, p)),
        (0usize..4, 0usize..4, 0usize..4).prop_map(|(l, o, c)| Step::Unchoose(l, o, c)),
        (0usize..4, 0usize..5).prop_map(|(l, i)| Step::Replace(l, i)),
        (0usize..4, 0u32..4).prop_map(|(l, q)| Step::Split(l, q)),
    ]
}

fn apply(cart: &mut Cart, step: Step) {
    let id = |cart: &Cart, at: usize| cart.lines().get(at).map_or(LineId(u32::MAX), CartLine::id);
    let before = cart.lines().to_vec();
    let refused = match step {
        Step::Add(item, quantity, picked) => cart.add(item, quantity, &picked).is_err(),
        Step::Remove(at) => cart.remove(id(cart, at)).is_err(),
        Step::Quantity(at, quantity) => cart.set_quantity(id(cart, at), quantity).is_err(),
        Step::Choose(at, pick) => cart.choose(id(cart, at), pick).is_err(),
        Step::Unchoose(at, option, choice) => cart.unchoose(id(cart, at), option, choice).is_err(),
        Step::Replace(at, item) => cart.replace(id(cart, at), item).is_err(),
        Step::Split(at, quantity) => cart.split(id(cart, at), quantity).is_err(),
    };
    if refused {
        assert_eq!(cart.lines(), before);
    }
}

proptest! {
    #[test]
    fn the_cart_never_holds_what_the_menu_does_not_allow(steps in prop::collection::vec(a_step(), 0..25)) {
        let mut cart = Cart::new(pizzeria());
        for step in steps {
            apply(&mut cart, step);
            prop_assert!(cart.count() <= 20);
            for line in cart.lines() {
                let item = cart.item(line);
                prop_assert!(item.available && line.quantity() >= 1);
                for pick in line.picked() {
                    let option = &item.options[pick.option];
                    let choice = &option.choices[pick.choice];
                    prop_assert!(pick.count >= 1 && pick.count <= choice.max_count);
                    prop_assert!(option.amounts.contains(&pick.amount));
                    prop_assert!(choice.available || pick.amount == Amount::None);
                }
                for (at, option) in item.options.iter().enumerate() {
                    let taken: u32 = line.taken(at).map(|p| p.count).sum();
                    prop_assert!(option.max.is_none_or(|max| taken <= max));
                }
            }
        }
    }

    #[test]
    fn totals_equal_the_sum_of_the_parts(steps in prop::collection::vec(a_step(), 0..25)) {
        let mut cart = Cart::new(pizzeria());
        for step in steps {
            apply(&mut cart, step);
        }
        if let Some(order) = cart.to_order(1) {
            let lines: i64 = order.lines.iter().map(|l| l.total().minor()).sum();
            prop_assert_eq!(lines, order.subtotal.minor());
            prop_assert_eq!(order.total.minor(), order.subtotal.minor() + order.tax.minor());
            for line in &order.lines {
                let base = cart.restaurant().menu.item(&line.item).unwrap().price.minor();
                let picks: i64 = line.choices.iter().map(|c| c.price.minor()).sum();
                prop_assert_eq!(line.price.minor(), base + picks);
            }
            let exact = order.subtotal.minor() as f64 * 0.13;
            prop_assert!((order.tax.minor() as f64 - exact).abs() <= 0.5 + 1e-6);
        } else {
            prop_assert!(cart.is_empty() || cart.missing().is_some());
        }
    }
}
