//! Restaurants made at random for the tests of every room: all the shapes a menu can have, valid by construction.

use std::sync::Arc;

use proptest::prelude::*;
use proptest::sample::select;

use super::*;

/// A restaurant with one to four dishes of random shapes.
pub(crate) fn any_restaurant() -> impl Strategy<Value = Arc<Restaurant>> {
    let classes = prop::collection::vec(0_u32..25_000, 1..4);
    (
        prop::collection::vec(an_item(), 1..5),
        classes,
        any::<bool>(),
        prop::option::of(Just(())),
        prop::collection::vec(a_fee(), 0..3),
        prop_oneof![Just(0_i64), 1_i64..3_000],
    )
        .prop_map(|(items, classes, included, taxed, fees, minimum)| {
            let count = classes.len();
            let items = items.into_iter().enumerate().map(|(at, mut item)| {
                item.id = format!("i{at}");
                item.name = format!("Dish {at}");
                within(&mut item, count);
                item
            });
            let fees = fees.into_iter().map(|fee| Fee {
                tax: fee.tax.map(|class| class % count),
                ..fee
            });
            let tax = Tax {
                classes: classes
                    .iter()
                    .enumerate()
                    .map(|(at, &rate_thousandths)| TaxClass {
                        name: format!("c{at}"),
                        rate_thousandths,
                    })
                    .collect(),
                default: 0,
                included,
            };
            let menu = Menu::new(Vec::new(), items.collect()).expect("built to be valid");
            let parts = RestaurantParts {
                id: RestaurantId::parse("t").expect("an id"),
                name: "T".into(),
                phone_numbers: vec![PhoneNumber::parse("+15550001111").expect("a number")],
                enabled: true,
                language: "en-US".into(),
                currency: Currency::USD,
                address: None,
                greeting: None,
                closed_message: None,
                schedule: Schedule::default(),
                account: None,
                tax: taxed.map(|()| tax),
                fees: fees.collect(),
                minimum_order: Money::from_minor(minimum),
                requests: Requests::Accept,
                ask: Ask::default(),
                pickup_minutes: None,
                delivery: None,
                payment_link: None,
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
                keep: Default::default(),
                menu,
            };
            Arc::new(Restaurant::new(parts).expect("it has a number and a name"))
        })
}

/// Tax classes of an item and its choices brought into range.
fn within(item: &mut Item, classes: usize) {
    if let Some(details) = &mut item.details {
        details.tax = details.tax.map(|class| class % classes);
    }
    let choices = item.options.iter_mut().flat_map(|o| &mut o.choices);
    for details in choices.filter_map(|choice| choice.details.as_mut()) {
        details.tax = details.tax.map(|class| class % classes);
    }
}

fn a_fee() -> impl Strategy<Value = Fee> {
    let amount = prop_oneof![
        (0_i64..300).prop_map(|minor| FeeAmount::PerOrder(Money::from_minor(minor))),
        (0_i64..60).prop_map(|minor| FeeAmount::PerItem(Money::from_minor(minor))),
        (0_u32..20_000).prop_map(FeeAmount::Percent),
    ];
    (amount, prop::option::of(0_usize..3)).prop_map(|(amount, tax)| Fee {
        name: "Fee".into(),
        amount,
        tax,
    })
}

/// How much is sold, and at which price.
fn details() -> impl Strategy<Value = ItemDetails> {
    let unit = (select(vec![125_u32, 250, 500, 1000]), 1_u32..4).prop_map(|(step, times)| Unit {
        name: "pound".into(),
        step,
        min: step * times,
    });
    (
        prop::option::weighted(0.3, unit),
        prop::option::weighted(0.3, (2_u32..5, 0_i64..100)),
        prop::option::of(1_u32..4),
        prop::option::of(4_u32..12),
        prop::option::of(0_usize..3),
        prop_oneof![Just(0_i64), 5_i64..50],
        prop::option::weighted(0.2, 18_u32..22),
        prop::bool::weighted(0.1),
    )
        .prop_map(
            |(unit, bundle, min, max, tax, deposit, age, market_price)| ItemDetails {
                // The bundle's price is a percentage here; `an_item` knows what the dish costs.
                bundle: bundle.filter(|_| unit.is_none() && !market_price).map(
                    |(quantity, percent)| Bundle {
                        quantity,
                        price: Money::from_minor(percent),
                    },
                ),
                unit,
                min,
                max,
                tax,
                deposit: Money::from_minor(deposit),
                age,
                market_price,
                ..ItemDetails::default()
            },
        )
}

fn an_item() -> impl Strategy<Value = Item> {
    (
        0_i64..2_000,
        prop::bool::weighted(0.9),
        prop::option::of(details()),
        prop::collection::vec(an_option(), 0..5),
    )
        .prop_map(|(price, available, details, shapes)| {
            let mut item = Item::plain("", "", Money::from_minor(price));
            item.available = available;
            item.details = details.map(|mut details| {
                if let Some(bundle) = &mut details.bundle {
                    let apart = price * i64::from(bundle.quantity);
                    bundle.price = Money::from_minor(apart * bundle.price.minor() / 100);
                }
                if details.market_price {
                    item.price = Money::ZERO;
                }
                Box::new(details)
            });
            let mut options: Vec<ItemOption> = Vec::new();
            for (at, shape) in shapes.into_iter().enumerate() {
                let option = shape.option(at, &options);
                options.push(option);
            }
            item.options = options.into();
            follow_prices(&mut item);
            item
        })
}

/// An option before it knows what stands before it.
#[derive(Clone, Debug)]
struct Shape {
    choices: Vec<(i64, i64, u32, bool)>,
    min: u32,
    max: Option<u32>,
    default: Option<usize>,
    free: u32,
    half_price: bool,
    /// Opened by a choice, asked when one is taken, or neither; with places to look.
    depends: u8,
    places: (usize, usize),
    extras: Option<(Option<usize>, i64, Option<u32>)>,
    follows: bool,
}

fn an_option() -> impl Strategy<Value = Shape> {
    (
        prop::collection::vec(
            (
                -200_i64..400,
                0_i64..300,
                1_u32..4,
                prop::bool::weighted(0.9),
            ),
            1..4,
        ),
        0_u32..2,
        select(vec![Some(1), Some(1), Some(3), None]),
        prop::option::of(0_usize..3),
        select(vec![0_u32, 0, 1, 2]),
        any::<bool>(),
        0_u8..4,
        (any::<usize>(), any::<usize>()),
        prop::option::of((
            prop::option::of(0_usize..3),
            0_i64..20,
            prop::option::weighted(0.1, 18_u32..22),
        )),
        any::<bool>(),
    )
        .prop_map(
            |(choices, min, max, default, free, half_price, depends, places, extras, follows)| {
                Shape {
                    choices,
                    min,
                    max,
                    default,
                    free,
                    half_price,
                    depends,
                    places,
                    extras,
                    follows,
                }
            },
        )
}

impl Shape {
    fn option(self, at: usize, before: &[ItemOption]) -> ItemOption {
        let choices: Vec<Choice> = self
            .choices
            .iter()
            .enumerate()
            .map(|(index, &(price, more, max_count, available))| {
                let mut choice =
                    Choice::plain(&format!("Choice {index}"), Money::from_minor(price));
                choice.extra_price = Money::from_minor(price + more);
                choice.max_count = max_count;
                choice.available = available;
                if index == 0
                    && let Some((tax, deposit, age)) = self.extras
                {
                    choice.details = Some(Box::new(ChoiceDetails {
                        tax,
                        deposit: Money::from_minor(deposit),
                        age,
                        ..ChoiceDetails::default()
                    }));
                }
                choice
            })
            .collect();
        let mut rules = OptionRules {
            free: self.free,
            ..OptionRules::default()
        };
        if !before.is_empty() && self.depends > 0 {
            let option = self.places.0 % before.len();
            let choice = self.places.1 % before[option].choices.len();
            if self.depends == 1 {
                rules.parent = Some((option, choice));
            } else if self.depends == 2 {
                rules.when = vec![Condition {
                    option,
                    choices: vec![choice],
                }];
            }
        }
        // The other option is looked for once all are there.
        let follows = self.follows.then_some(self.places.1);
        let default = self.default.filter(|&d| d < choices.len());
        let mut option = ItemOption {
            name: format!("Option {at}"),
            min: self.min,
            max: self.max,
            amounts: match self.max {
                Some(1) => vec![Amount::Regular],
                _ => Amount::ALL.to_vec(),
            },
            half_price: self.half_price,
            default: default.into_iter().collect(),
            choices: choices.into(),
            rules: (rules != OptionRules::default()).then(|| Box::new(rules)),
        };
        if let Some(place) = follows
            && let Some(choice) = option.choices.last_mut()
        {
            let details = choice.details.get_or_insert_default();
            details.price_by = Some(PriceBy {
                option: place,
                prices: Vec::new(),
            });
        }
        option
    }
}

/// Gives prices that follow another option a real one to follow.
fn follow_prices(item: &mut Item) {
    let counts: Vec<usize> = item.options.iter().map(|o| o.choices.len()).collect();
    for (at, option) in item.options.iter_mut().enumerate() {
        for choice in &mut option.choices {
            let Some(details) = &mut choice.details else {
                continue;
            };
            let Some(by) = &mut details.price_by else {
                continue;
            };
            let other = by.option % counts.len();
            if other == at {
                details.price_by = None;
                continue;
            }
            by.option = other;
            by.prices = (0..counts[other])
                .map(|at| (at % 2 == 0).then(|| Money::from_minor(at as i64 * 75 + 50)))
                .collect();
        }
    }
}
