//! What a cart promises on menus of every shape: it holds only what the menu allows, and costs what a slow reckoning says.
//! The reckoning shares no code with `pricing`.

use proptest::prelude::*;

use super::*;
use crate::restaurant::generated::any_restaurant;
use crate::restaurant::{Amount, FeeAmount, Item, Restaurant};

#[derive(Clone, Debug)]
enum Step {
    Add(usize, u32, Vec<Picked>),
    AddMeasure(usize, u32),
    Remove(usize),
    Quantity(usize, u32),
    Measure(usize, u32),
    Choose(usize, Picked),
    Unchoose(usize, usize, usize),
    Replace(usize, usize),
    Split(usize, u32),
    Note(usize),
    Age(u32),
}

fn a_pick() -> impl Strategy<Value = Picked> {
    let part = prop::sample::select(vec![Part::Whole, Part::Whole, Part::Left, Part::Right]);
    let amount = prop::sample::select(vec![
        Amount::Regular,
        Amount::Regular,
        Amount::None,
        Amount::Light,
        Amount::Extra,
    ]);
    (0_usize..5, 0_usize..3, part, amount, 1_u32..4).prop_map(
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
    let measure = || (1_u32..24).prop_map(|eighths| eighths * 125);
    prop_oneof![
        3 => (0_usize..4, 1_u32..8, prop::collection::vec(a_pick(), 0..4))
            .prop_map(|(i, q, p)| Step::Add(i, q, p)),
        1 => (0_usize..4, measure()).prop_map(|(i, m)| Step::AddMeasure(i, m)),
        1 => (0_usize..4).prop_map(Step::Remove),
        1 => (0_usize..4, 0_u32..9).prop_map(|(l, q)| Step::Quantity(l, q)),
        1 => (0_usize..4, measure()).prop_map(|(l, m)| Step::Measure(l, m)),
        4 => (0_usize..4, a_pick()).prop_map(|(l, p)| Step::Choose(l, p)),
        1 => (0_usize..4, 0_usize..5, 0_usize..3).prop_map(|(l, o, c)| Step::Unchoose(l, o, c)),
        1 => (0_usize..4, 0_usize..4).prop_map(|(l, i)| Step::Replace(l, i)),
        1 => (0_usize..4, 1_u32..4).prop_map(|(l, q)| Step::Split(l, q)),
        1 => (0_usize..4).prop_map(Step::Note),
        1 => (17_u32..23).prop_map(Step::Age),
    ]
}

fn apply(cart: &mut Cart, step: Step) {
    let id = |cart: &Cart, at: usize| cart.lines().get(at).map_or(LineId(u32::MAX), CartLine::id);
    let before = cart.lines().to_vec();
    let measure = |thousandths| Measure::from_thousandths(thousandths).unwrap();
    let refused = match step {
        Step::Add(item, quantity, picked) => cart.add(item, quantity, &picked).is_err(),
        Step::AddMeasure(item, m) => cart.add_measure(item, measure(m), &[]).is_err(),
        Step::Remove(at) => cart.remove(id(cart, at)).is_err(),
        Step::Quantity(at, quantity) => cart.set_quantity(id(cart, at), quantity).is_err(),
        Step::Measure(at, m) => cart.set_measure(id(cart, at), measure(m)).is_err(),
        Step::Choose(at, pick) => cart.choose(id(cart, at), pick).is_err(),
        Step::Unchoose(at, option, choice) => cart.unchoose(id(cart, at), option, choice).is_err(),
        Step::Replace(at, item) => cart.replace(id(cart, at), item).is_err(),
        Step::Split(at, quantity) => cart.split(id(cart, at), quantity).is_err(),
        Step::Note(at) => cart.note(id(cart, at), "no salt").is_err(),
        Step::Age(age) => {
            cart.confirm_age(age);
            false
        }
    };
    if refused {
        assert_eq!(cart.lines(), before);
    }
}

/// Is an option asked? Everything it depends on is looked up again.
fn asked(item: &Item, option: usize, made: &[Picked]) -> bool {
    let taken = |option: usize, choice: usize| {
        let same = |p: &&Picked| (p.option, p.choice) == (option, choice);
        made.iter().filter(same).any(|p| p.amount != Amount::None)
    };
    let Some(rules) = &item.options[option].rules else {
        return true;
    };
    let opened = rules
        .parent
        .is_none_or(|(outer, choice)| taken(outer, choice));
    let mut conditions = rules.when.iter();
    opened && conditions.all(|c| c.choices.iter().any(|&choice| taken(c.option, choice)))
}

fn holds_only_what_is_allowed(cart: &Cart) -> Result<(), TestCaseError> {
    let restaurant = cart.restaurant();
    prop_assert!(cart.count() <= 20);
    for line in cart.lines() {
        let item = cart.item(line);
        let made = line.made(item);
        prop_assert!(item.available && line.quantity() >= 1);
        match (line.measure(), item.unit()) {
            (None, None) => {}
            (Some(measure), Some(unit)) => {
                prop_assert_eq!(line.quantity(), 1);
                prop_assert_eq!(measure.thousandths() % unit.step, 0);
                prop_assert!(measure.thousandths() >= unit.min);
            }
            other => prop_assert!(false, "{:?}", other),
        }
        for pick in &made {
            let option = &item.options[pick.option];
            let choice = &option.choices[pick.choice];
            prop_assert!(asked(item, pick.option, &made));
            prop_assert!(pick.count >= 1 && pick.count <= choice.max_count);
            prop_assert!(choice.available || pick.amount == Amount::None);
        }
        for pick in line.picked() {
            prop_assert!(made.contains(pick));
            prop_assert!(item.options[pick.option].amounts.contains(&pick.amount));
        }
        for (at, option) in item.options.iter().enumerate() {
            let taken: u32 = line.taken(at).map(|p| p.count).sum();
            prop_assert!(option.max.is_none_or(|max| taken <= max));
        }
        let details = item.details.as_ref();
        if let Some(max) = details.and_then(|d| d.max) {
            let same = cart.lines().iter().filter(|l| l.item() == line.item());
            let held: u64 = same
                .map(|l| {
                    l.measure().map_or(u64::from(l.quantity()) * 1000, |m| {
                        u64::from(m.thousandths())
                    })
                })
                .sum();
            prop_assert!(held <= u64::from(max) * 1000, "{}", restaurant.id);
        }
    }
    Ok(())
}

/// Nearest whole number, halves away from zero, of a fraction with a positive denominator.
fn nearest(numerator: i128, denominator: i128) -> i128 {
    let down = numerator.abs() / denominator;
    let rest = numerator.abs() % denominator;
    let size = if rest * 2 >= denominator {
        down + 1
    } else {
        down
    };
    if numerator < 0 { -size } else { size }
}

/// What each pick adds, piece by piece.
fn slow_picks(item: &Item, made: &[Picked]) -> Vec<i128> {
    let price_of = |pick: &Picked, count: u32| -> i128 {
        let option = &item.options[pick.option];
        let choice = &option.choices[pick.choice];
        let mut price = choice.price.minor();
        if let Some(by) = choice.details.as_ref().and_then(|d| d.price_by.as_ref()) {
            for other in made {
                if other.option == by.option
                    && other.amount != Amount::None
                    && let Some(followed) = by.prices[other.choice]
                {
                    price = followed.minor();
                    break;
                }
            }
        }
        let one = match pick.amount {
            Amount::None => 0,
            Amount::Extra => price + choice.extra_price.minor() - choice.price.minor(),
            _ => price,
        };
        let all = i128::from(one) * i128::from(count);
        match pick.part != Part::Whole && option.half_price {
            // Half, and up where it is no whole number.
            true => (all + 1).div_euclid(2),
            false => all,
        }
    };
    let mut paid: Vec<u32> = made.iter().map(|pick| pick.count).collect();
    for (at, option) in item.options.iter().enumerate() {
        for _ in 0..option.free() {
            // The cheapest piece that still costs something is free.
            let costs = |i: &usize| {
                made[*i].option == at && paid[*i] > 0 && price_of(&made[*i], made[*i].count) > 0
            };
            let next = (0..made.len())
                .filter(costs)
                .min_by_key(|&i| (price_of(&made[i], 1), i));
            if let Some(next) = next {
                paid[next] -= 1;
            }
        }
    }
    let mut prices = Vec::new();
    for (pick, paid) in made.iter().zip(paid) {
        let mut times = 1_i128;
        let mut option = pick.option;
        while let Some((outer, choice)) = item.options[option].parent() {
            let opener = made
                .iter()
                .find(|p| (p.option, p.choice) == (outer, choice) && p.amount != Amount::None);
            times *= i128::from(opener.map_or(1, |p| p.count));
            option = outer;
        }
        let price = if paid == 0 { 0 } else { price_of(pick, paid) };
        prices.push(price * times);
    }
    prices
}

fn slow_unit(item: &Item, made: &[Picked]) -> i128 {
    let all = i128::from(item.price.minor()) + slow_picks(item, made).iter().sum::<i128>();
    all.max(0)
}

fn extend(unit: i128, line: &CartLine) -> i128 {
    match line.measure() {
        None => unit * i128::from(line.quantity()),
        Some(measure) => nearest(unit * i128::from(measure.thousandths()), 1000),
    }
}

/// Subtotal, tax and total.
fn slow_totals(restaurant: &Restaurant, cart: &Cart) -> (i128, i128, i128) {
    let default = restaurant.tax.as_ref().map_or(0, |t| t.default);
    let classes = restaurant.tax.as_ref().map_or(1, |t| t.classes.len());
    let mut bases = vec![0_i128; classes.max(3)];
    let (mut subtotal, mut deposits, mut pieces) = (0_i128, 0_i128, 0_i128);
    for (at, item) in restaurant.menu.items.iter().enumerate() {
        let lines: Vec<&CartLine> = cart.lines().iter().filter(|l| l.item() == at).collect();
        let count: u32 = lines.iter().map(|l| l.quantity()).sum();
        let mut saving = match item.details.as_ref().and_then(|d| d.bundle) {
            Some(bundle) => {
                let apart = i128::from(item.price.minor()) * i128::from(bundle.quantity);
                (apart - i128::from(bundle.price.minor())).max(0)
                    * i128::from(count / bundle.quantity)
            }
            None => 0,
        };
        for line in lines {
            let made = line.made(item);
            let whole = extend(slow_unit(item, &made), line);
            let off = saving.min(whole);
            saving -= off;
            let mut rest = whole - off;
            subtotal += rest;
            pieces += i128::from(line.quantity());
            for (pick, price) in made.iter().zip(slow_picks(item, &made)) {
                let choice = &item.options[pick.option].choices[pick.choice];
                let Some(details) = &choice.details else {
                    continue;
                };
                if let Some(class) = details.tax {
                    let part = extend(price, line).min(rest).max(0);
                    bases[class] += part;
                    rest -= part;
                }
                if pick.amount != Amount::None {
                    let mut times = i128::from(pick.count);
                    let mut option = pick.option;
                    while let Some((outer, choice)) = item.options[option].parent() {
                        let opener = made.iter().find(|p| {
                            (p.option, p.choice) == (outer, choice) && p.amount != Amount::None
                        });
                        times *= i128::from(opener.map_or(1, |p| p.count));
                        option = outer;
                    }
                    deposits +=
                        i128::from(details.deposit.minor()) * times * i128::from(line.quantity());
                }
            }
            let details = item.details.as_ref();
            bases[details.and_then(|d| d.tax).unwrap_or(default)] += rest;
            deposits +=
                details.map_or(0, |d| i128::from(d.deposit.minor())) * i128::from(line.quantity());
        }
    }
    let mut fees = 0;
    for fee in &restaurant.fees {
        let amount = match fee.amount {
            FeeAmount::PerOrder(amount) => i128::from(amount.minor()),
            FeeAmount::PerItem(amount) => i128::from(amount.minor()) * pieces,
            FeeAmount::Percent(rate) => nearest(subtotal * i128::from(rate), 100_000),
        };
        fees += amount;
        if let Some(class) = fee.tax {
            bases[class] += amount;
        }
    }
    let mut tax = 0;
    let mut included = false;
    if let Some(taxes) = &restaurant.tax {
        included = taxes.included;
        for (class, base) in taxes.classes.iter().zip(&bases) {
            let rate = i128::from(class.rate_thousandths);
            tax += match included {
                true => nearest(base * rate, 100_000 + rate),
                false => nearest(base * rate, 100_000),
            };
        }
    }
    let total = subtotal + fees + deposits + if included { 0 } else { tax };
    (subtotal, tax, total)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn on_any_menu_the_cart_holds_only_what_is_allowed_and_costs_what_its_parts_cost(
        restaurant in any_restaurant(),
        steps in prop::collection::vec(a_step(), 1..25),
    ) {
        let mut cart = Cart::new(restaurant.clone());
        for step in steps {
            apply(&mut cart, step);
            holds_only_what_is_allowed(&cart)?;
        }
        let (subtotal, tax, total) = slow_totals(&restaurant, &cart);
        let totals = cart.totals();
        prop_assert_eq!(i128::from(totals.subtotal.minor()), subtotal);
        prop_assert_eq!(i128::from(totals.tax.minor()), tax);
        prop_assert_eq!(i128::from(totals.total.minor()), total);
        match cart.to_order(1) {
            None => prop_assert!(
                cart.is_empty() || cart.missing().is_some() || cart.shortfall().is_some()
            ),
            // The lines price themselves from what they hold: no menu is asked, so none can change them.
            Some(order) => {
                let lines: i64 = order.lines.iter().map(|line| line.total().minor()).sum();
                prop_assert_eq!(lines, order.subtotal.minor());
                let taxes: i64 = order.details.taxes.iter().map(|tax| tax.amount.minor()).sum();
                prop_assert_eq!(taxes, order.tax.minor());
                let fees: i64 = order.details.fees.iter().map(|fee| fee.amount.minor()).sum();
                let added = if order.details.tax_included { 0 } else { taxes };
                prop_assert_eq!(order.subtotal.minor() + fees + added, order.total.minor());
            }
        }
    }

    #[test]
    fn the_order_in_which_choices_are_taken_changes_no_price(
        restaurant in any_restaurant(),
        picks in prop::collection::vec(a_pick(), 0..6),
    ) {
        let add = |picks: &[Picked]| {
            let mut cart = Cart::new(restaurant.clone());
            cart.add(0, 1, picks).ok().map(|_| cart.totals())
        };
        let mut distinct: Vec<Picked> = Vec::new();
        for pick in picks {
            let whole = Picked { part: Part::Whole, ..pick };
            if distinct.iter().all(|p| p.option != whole.option) {
                distinct.push(whole);
            }
        }
        let forward = add(&distinct);
        distinct.reverse();
        prop_assert_eq!(forward, add(&distinct));
    }
}
