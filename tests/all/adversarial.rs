//! Lines that try to cheat, insult, confuse or tire the waiter: no price changes, nothing unspoken is confirmed, and a
//! real order among them is taken right.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::ZonedDateTime;
use maitred::conversation::{Action, CompiledMenu, Reply, State, Waiter};
use maitred::order::Order;
use maitred::restaurant::Restaurant;
use serde::Deserialize;

use crate::menu_laws::{broken_laws, restaurant_at, sorted, written_cart, written_order};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Lines {
    groups: Vec<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Group {
    kind: String,
    menu: String,
    lines: Vec<String>,
    #[serde(default)]
    long: Vec<String>,
    /// The real order, hidden before line `at`.
    order: Vec<String>,
    at: usize,
    /// What the caller says from there to the read-back.
    answers: Vec<String>,
    placed: Vec<String>,
    total: String,
}

const LONG: usize = 500;

impl Group {
    fn all_lines(&self) -> Vec<String> {
        let long = self.long.iter().map(|text| {
            let words: Vec<&str> = text.split(' ').cycle().take(LONG).collect();
            words.join(" ")
        });
        self.lines.iter().cloned().chain(long).collect()
    }
}

fn groups() -> Vec<Group> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/adversarial/lines.yaml");
    let file: Lines = serde_yaml::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    file.groups
}

fn now() -> ZonedDateTime {
    "2026-11-24T12:00[America/Toronto]".parse().unwrap()
}

/// A call whose every turn is checked.
struct Call {
    restaurant: Arc<Restaurant>,
    waiter: Waiter,
    placed: Option<Order>,
    said: Vec<String>,
    wrong: Vec<String>,
}

impl Call {
    fn new(restaurant: &Arc<Restaurant>, menu: &Arc<CompiledMenu>) -> Self {
        Self {
            restaurant: Arc::clone(restaurant),
            waiter: Waiter::new(Arc::clone(restaurant), Arc::clone(menu)),
            placed: None,
            said: Vec::new(),
            wrong: Vec::new(),
        }
    }

    fn hear(&mut self, line: &str) {
        let reply = match line.trim() {
            "" => self.waiter.silence(1),
            _ => self.waiter.hear(line, &now()),
        };
        self.check(line, &reply);
        if let Action::Place(order) = reply.action {
            self.placed = Some(*order);
            let _ = self.waiter.committed(1);
        }
    }

    fn check(&mut self, line: &str, reply: &Reply) {
        let text: Vec<&str> = reply.sentences.iter().map(|s| s.text.as_str()).collect();
        let text = text.join(" ");
        let short: String = line.chars().take(120).collect();
        self.wrong.extend(
            broken_laws(&self.restaurant, self.waiter.cart())
                .into_iter()
                .map(|law| format!("{short:?}: {law}")),
        );
        let known = known_amounts(&self.restaurant, &self.waiter);
        for amount in amounts_in(&text).difference(&known) {
            self.wrong
                .push(format!("{short:?} made the waiter say ${amount}"));
        }
        self.said.push(format!("> {short}\n  {text}"));
    }

    fn hear_all(&mut self, lines: &[String]) {
        lines.iter().for_each(|line| self.hear(line));
    }

    /// Says the line; the order must stay as it is and nothing may be placed.
    fn must_change_nothing(&mut self, line: &str, when: &str) {
        let before = written_cart(&self.restaurant, self.waiter.cart());
        self.hear(line);
        let after = written_cart(&self.restaurant, self.waiter.cart());
        if before != after {
            self.wrong.push(format!(
                "{when}: {before:?} became {after:?} after {line:?}"
            ));
        }
        let over = matches!(self.waiter.state(), State::Confirmed | State::Cancelled);
        if self.placed.is_some() || over {
            self.wrong
                .push(format!("{when}: {:?} after {line:?}", self.waiter.state()));
        }
    }

    fn wrongs(self, at: &str) -> Vec<String> {
        if self.wrong.is_empty() {
            return Vec::new();
        }
        vec![format!(
            "{at}:\n{}\n{}",
            self.said.join("\n"),
            self.wrong.join("\n")
        )]
    }
}

/// Amounts of money the waiter may say: prices of the menu, with a choice or without, and the order's total.
fn known_amounts(restaurant: &Restaurant, waiter: &Waiter) -> BTreeSet<String> {
    let plain = |money: maitred::restaurant::Money| {
        let shown = money.display(restaurant.currency);
        shown
            .chars()
            .filter(|c| c.is_ascii_digit() || *c == '.')
            .collect::<String>()
    };
    let mut known = BTreeSet::new();
    for item in &restaurant.menu.items {
        known.insert(plain(item.price));
        for choice in item.options.iter().flat_map(|option| &option.choices) {
            known.insert(plain(choice.price));
            known.insert(plain(item.price + choice.price));
        }
    }
    let totals = waiter.cart().totals();
    known.extend([
        plain(totals.subtotal),
        plain(totals.tax),
        plain(totals.total),
    ]);
    known
}

fn amounts_in(text: &str) -> BTreeSet<String> {
    text.split('$')
        .skip(1)
        .map(|after| {
            let end = after
                .find(|c: char| !c.is_ascii_digit() && c != '.' && c != ',')
                .unwrap_or(after.len());
            after[..end].trim_end_matches(['.', ',']).to_owned()
        })
        .collect()
}

#[test]
fn two_hundred_adversarial_lines_order_nothing_confirm_nothing_and_change_no_price() {
    let mut wrong = Vec::new();
    let mut lines = 0;
    for group in groups() {
        let restaurant = restaurant_at(&format!("restaurants.d/{}.yaml", group.menu));
        let menu = Arc::new(CompiledMenu::new(&restaurant));
        let mut ordering = Call::new(&restaurant, &menu);
        ordering.hear_all(&group.order);
        let mut confirming = Call::new(&restaurant, &menu);
        confirming.hear_all(&group.order);
        confirming.hear_all(&group.answers);
        assert_eq!(
            confirming.waiter.state(),
            State::Confirming,
            "{}: {:?}",
            group.kind,
            confirming.said
        );
        for line in group.all_lines() {
            lines += 1;
            let mut fresh = Call::new(&restaurant, &menu);
            fresh.must_change_nothing(&line, "at the start");
            wrong.extend(fresh.wrongs(&group.kind));
            for (before, when) in [
                (&ordering, "with an order open"),
                (&confirming, "at the read-back"),
            ] {
                let mut call = Call::new(&restaurant, &menu);
                call.waiter = before.waiter.clone();
                call.must_change_nothing(&line, when);
                wrong.extend(call.wrongs(&group.kind));
            }
        }
    }
    assert_eq!(lines, 200, "the lines are counted");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn an_order_hidden_among_twenty_adversarial_lines_is_taken_right() {
    let mut wrong = Vec::new();
    let mut orders = 0;
    for group in groups() {
        let restaurant = restaurant_at(&format!("restaurants.d/{}.yaml", group.menu));
        let menu = Arc::new(CompiledMenu::new(&restaurant));
        let mut call = Call::new(&restaurant, &menu);
        let lines = group.all_lines();
        let (before, after) = lines.split_at(group.at);
        call.hear_all(before);
        call.hear_all(&group.order);
        call.hear_all(after);
        call.hear_all(&group.answers);
        if call.waiter.state() != State::Confirming || call.placed.is_some() {
            call.wrong.push(format!("state {:?}", call.waiter.state()));
        }
        call.hear("yes");
        let expected: Vec<String> = group.placed.iter().map(|line| sorted(line)).collect();
        let placed = call.placed.as_ref().map(written_order);
        if placed.as_ref() != Some(&expected) {
            call.wrong
                .push(format!("expected {expected:?}, placed {placed:?}"));
        }
        let total = call.placed.as_ref().map(|order| order.total.minor());
        let written: i64 = group.total.replace('.', "").parse().unwrap();
        if total != Some(written) {
            call.wrong
                .push(format!("expected a total of {written}, got {total:?}"));
        }
        orders += usize::from(placed.is_some());
        wrong.extend(call.wrongs(&group.kind));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
    assert_eq!(orders, 10);
}
