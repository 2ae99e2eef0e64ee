//! What an order costs, reckoned slowly from the numbers in the restaurant's file and the order's JSON alone: no code of the
//! program that reads files or prices orders is used.

use std::collections::BTreeMap;

use serde_json::Value as Json;
use serde_yaml::Value as Yaml;

/// Millionths of the currency's unit.
type Micro = i128;
const UNIT: Micro = 1_000_000;

/// The sums of an order, in minor units (cents).
#[derive(Debug, PartialEq, Eq)]
pub struct Bill {
    pub lines: Vec<Micro>,
    pub subtotal: Micro,
    pub tax: Micro,
    pub total: Micro,
}

/// What the order's JSON says it costs.
pub fn stated(order: &Json) -> Bill {
    let amount = |value: &Json| cents(decimal(value.as_str().unwrap()));
    Bill {
        lines: lines(order)
            .iter()
            .map(|line| amount(&line["price"]))
            .collect(),
        subtotal: amount(&order["subtotal"]),
        tax: amount(&order["tax"]),
        total: amount(&order["total"]),
    }
}

/// What it costs by the file.
pub fn reckoned(file: &Yaml, order: &Json) -> Bill {
    let menu = Menu { file };
    let mut subtotal = 0;
    let mut bases: BTreeMap<String, Micro> = BTreeMap::new();
    let mut deposits = 0;
    let mut pieces = 0;
    let mut prices = Vec::new();
    let mut counted: BTreeMap<&str, (Micro, String)> = BTreeMap::new();
    for line in lines(order) {
        let id = line["item"].as_str().unwrap();
        let item = menu.dish(id);
        let choices = list(&line["choices"]);
        let parts = menu.costs(item, choices);
        let unit =
            (menu.base(item, choices) + parts.iter().map(|part| part.cost).sum::<Micro>()).max(0);
        prices.push(cents(unit));
        let much = match &line["quantity"] {
            Json::String(text) => decimal(text),
            number => Micro::from(number.as_i64().unwrap()) * UNIT,
        };
        let times = |price: Micro| rounded(price * much, UNIT * UNIT / 100) * UNIT / 100;
        let whole = times(unit);
        subtotal += whole;
        let own = menu.class(item.get("tax"));
        let mut rest = whole;
        for part in parts.iter().filter(|part| part.class.is_some()) {
            let cost = times(part.cost);
            *bases.entry(menu.class(part.class.as_ref())).or_default() += cost;
            rest -= cost;
        }
        *bases.entry(own.clone()).or_default() += rest;
        let one = line["quantity"].as_i64().map_or(1, Micro::from);
        pieces += one;
        deposits += one
            * (amount(item.get("deposit")) + parts.iter().map(|part| part.deposit).sum::<Micro>());
        counted.entry(id).or_insert((0, own)).0 += one;
    }
    for (id, (many, class)) in counted {
        let item = menu.dish(id);
        if let Some(bundle) = item.get("bundle") {
            let size = Micro::from(bundle["quantity"].as_i64().unwrap());
            let saved = amount(item.get("price")) * size - amount(bundle.get("price"));
            subtotal -= saved * (many / size);
            *bases.entry(class).or_default() -= saved * (many / size);
        }
    }
    let mut fees = deposits;
    for fee in file
        .get("fees")
        .and_then(Yaml::as_sequence)
        .into_iter()
        .flatten()
    {
        let per_item = fee.get("per").and_then(Yaml::as_str) == Some("item");
        let cost = match fee.get("percent") {
            Some(percent) => {
                rounded(subtotal * amount(Some(percent)), 100 * UNIT * UNIT / 100) * UNIT / 100
            }
            None => amount(fee.get("amount")) * if per_item { pieces } else { 1 },
        };
        fees += cost;
        if let Some(class) = fee.get("tax") {
            *bases.entry(menu.class(Some(class))).or_default() += cost;
        }
    }
    let included = file
        .get("tax")
        .is_some_and(|tax| tax.get("included") == Some(&Yaml::Bool(true)));
    let mut tax = 0;
    for (class, base) in bases {
        let rate = menu.rate(&class);
        let of = 100 * UNIT + if included { rate } else { 0 };
        tax += rounded(base * rate * 100, of * UNIT);
    }
    let total = cents(subtotal + fees) + if included { 0 } else { tax };
    Bill {
        lines: prices,
        subtotal: cents(subtotal),
        tax,
        total,
    }
}

/// What one choice adds to one of the dish, what is inside it not counted.
struct Part {
    cost: Micro,
    class: Option<Yaml>,
    deposit: Micro,
}

struct Menu<'a> {
    file: &'a Yaml,
}

impl<'a> Menu<'a> {
    fn dish(&self, id: &str) -> &'a Yaml {
        let mut menu = self.file["menu"].as_sequence().unwrap().iter();
        menu.find(|item| item["id"].as_str() == Some(id)).unwrap()
    }

    /// The price without choices; `prices` by the name that was chosen.
    fn base(&self, item: &Yaml, choices: &[Json]) -> Micro {
        match item.get("prices") {
            Some(prices) => {
                let mut chosen = choices
                    .iter()
                    .filter_map(|c| prices.get(c["choice"].as_str().unwrap()));
                amount(chosen.next())
            }
            None => amount(item.get("price")),
        }
    }

    fn options(&self, of: &'a Yaml) -> Vec<(String, &'a Yaml)> {
        let written = of.get("options").and_then(Yaml::as_sequence);
        let named = |option: &'a Yaml| match option.get("use").and_then(Yaml::as_str) {
            Some(group) => (group.to_owned(), &self.file["option_groups"][group]),
            None => (option["name"].as_str().unwrap().to_owned(), option),
        };
        written.into_iter().flatten().map(named).collect()
    }

    fn costs(&self, item: &'a Yaml, choices: &[Json]) -> Vec<Part> {
        self.inside(&self.options(item), choices, &[choices], 1)
    }

    fn inside(
        &self,
        options: &[(String, &'a Yaml)],
        choices: &[Json],
        scopes: &[&[Json]],
        times: Micro,
    ) -> Vec<Part> {
        let mut parts = Vec::new();
        for (name, option) in options {
            let taken: Vec<&Json> = choices
                .iter()
                .filter(|c| c["option"].as_str() == Some(name))
                .collect();
            let mut free = option
                .get("free")
                .and_then(Yaml::as_i64)
                .map_or(0, Micro::from);
            let mut single: Vec<(Micro, usize)> = Vec::new();
            for (at, choice) in taken.iter().enumerate() {
                single.push((self.one(option, choice, scopes), at));
            }
            single.sort_unstable();
            let mut costs = vec![0; taken.len()];
            for (one, at) in single {
                let count = taken[at]["count"].as_i64().map_or(1, Micro::from);
                let given = if one > 0 { free.min(count) } else { 0 };
                free -= given;
                let all = one * (count - given);
                let half = taken[at].get("part").is_some()
                    && option.get("half_price") == Some(&Yaml::Bool(true));
                costs[at] = if half {
                    (cents(all) + 1).div_euclid(2) * UNIT / 100
                } else {
                    all
                };
            }
            for (choice, cost) in taken.iter().zip(costs) {
                let written = self.written(option, choice);
                let dish = written
                    .get("item")
                    .and_then(Yaml::as_str)
                    .map(|id| self.dish(id));
                let of = |key: &str| written.get(key).or_else(|| dish?.get(key)).cloned();
                let none = choice["amount"].as_str() == Some("none");
                let count = choice["count"].as_i64().map_or(1, Micro::from);
                let deposit = if none {
                    0
                } else {
                    amount(of("deposit").as_ref()) * count * times
                };
                parts.push(Part {
                    cost: cost * times,
                    class: of("tax"),
                    deposit,
                });
                let Some(nested) = choice.get("choices").and_then(Json::as_array) else {
                    continue;
                };
                let mut opened = self.options(written);
                opened.extend(dish.into_iter().flat_map(|dish| self.options(dish)));
                let inner: Vec<&[Json]> =
                    scopes.iter().copied().chain([nested.as_slice()]).collect();
                parts.extend(self.inside(&opened, nested, &inner, times * count));
                if let Some(prices) = dish
                    .and_then(|dish| dish.get("prices"))
                    .and_then(Yaml::as_mapping)
                {
                    // The smallest is in the combo's price; what another costs more, it costs more here.
                    let least = prices
                        .values()
                        .map(|price| amount(Some(price)))
                        .min()
                        .unwrap();
                    let chosen = nested
                        .iter()
                        .find_map(|c| prices.get(c["choice"].as_str().unwrap()));
                    let cost = chosen.map_or(0, |price| amount(Some(price)) - least);
                    parts.push(Part {
                        cost: cost * times * count,
                        class: None,
                        deposit: 0,
                    });
                }
            }
        }
        parts
    }

    fn written(&self, option: &'a Yaml, choice: &Json) -> &'a Yaml {
        let name = choice["choice"].as_str().unwrap();
        let is = |written: &&Yaml| {
            let called = |of: &Yaml| {
                ["printed", "name"]
                    .iter()
                    .any(|key| of.get(*key).and_then(Yaml::as_str) == Some(name))
            };
            let dish = written.get("item").and_then(Yaml::as_str);
            written.as_str() == Some(name)
                || called(written)
                || dish.is_some_and(|id| called(self.dish(id)))
        };
        option["choices"]
            .as_sequence()
            .unwrap()
            .iter()
            .find(is)
            .unwrap_or_else(|| panic!("{choice}"))
    }

    /// One of a choice.
    fn one(&self, option: &'a Yaml, choice: &Json, scopes: &[&[Json]]) -> Micro {
        let written = self.written(option, choice);
        let plain = amount(written.get("price"));
        let by = written
            .get("price_by")
            .and_then(Yaml::as_mapping)
            .and_then(|by| by.iter().next());
        let followed = by.and_then(|(name, prices)| {
            let chosen = scopes.iter().rev().find_map(|scope| {
                scope
                    .iter()
                    .find(|other| other["option"].as_str() == name.as_str())
            })?;
            prices.get(chosen["choice"].as_str().unwrap())
        });
        let price = followed.map_or(plain, |price| amount(Some(price)));
        match choice["amount"].as_str() {
            Some("none") => 0,
            Some("extra") if written.get("extra_price").is_some() => {
                price + amount(written.get("extra_price")) - plain
            }
            _ => price,
        }
    }

    fn class(&self, written: Option<&Yaml>) -> String {
        let tax = self.file.get("tax");
        let default = tax
            .and_then(|tax| tax.get("default"))
            .and_then(Yaml::as_str);
        let only = tax
            .and_then(|tax| tax.get("classes"))
            .and_then(Yaml::as_mapping);
        let only = only
            .filter(|classes| classes.len() == 1)
            .and_then(|c| c.keys().next()?.as_str());
        let named = written.and_then(Yaml::as_str).or(default).or(only);
        named.unwrap_or_default().to_owned()
    }

    /// In millionths of a percent.
    fn rate(&self, class: &str) -> Micro {
        let Some(tax) = self.file.get("tax") else {
            return 0;
        };
        match (tax.get("rate"), class) {
            (_, "none") => 0,
            (Some(rate), _) => amount(Some(rate)),
            (None, class) => amount(Some(&tax["classes"][class])),
        }
    }
}

fn lines(order: &Json) -> &[Json] {
    list(&order["lines"])
}

fn list(value: &Json) -> &[Json] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn amount(written: Option<&Yaml>) -> Micro {
    match written {
        None => 0,
        Some(Yaml::String(text)) if text == "market" => 0,
        Some(Yaml::String(text)) => decimal(text),
        Some(Yaml::Number(number)) => decimal(&number.to_string()),
        Some(other) => panic!("no amount: {other:?}"),
    }
}

fn decimal(text: &str) -> Micro {
    let (sign, text) = text.strip_prefix('-').map_or((1, text), |text| (-1, text));
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: Micro = format!("{whole}{part:0<6}").parse().unwrap();
    sign * digits
}

fn cents(micro: Micro) -> Micro {
    rounded(micro * 100, UNIT)
}

/// A quotient as a whole number, half away from zero.
fn rounded(numerator: Micro, denominator: Micro) -> Micro {
    let twice = 2 * numerator.abs() + denominator;
    numerator.signum() * (twice / (2 * denominator))
}
