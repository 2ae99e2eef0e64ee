//! What a menu allows on one line.

use super::cart_line::{self, Picked};
use super::{LineId, Measure, Part};
use crate::restaurant::{Amount, Item, Menu};

/// Why the cart refused a change; the cart is as it was before.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CartError {
    #[error("the menu has no such item, option or choice")]
    Unknown,
    #[error("the order has no line {0:?}")]
    NoSuchLine(LineId),
    #[error("a quantity must be at least 1")]
    NoQuantity,
    #[error("item {item} is sold out")]
    ItemSoldOut { item: usize },
    #[error("choice {choice} of option {option} is sold out")]
    ChoiceSoldOut {
        item: usize,
        option: usize,
        choice: usize,
    },
    #[error("an order holds at most {limit} items")]
    TooManyItems { limit: u32 },
    #[error("option {option} takes at most {max}")]
    TooManyChoices {
        item: usize,
        option: usize,
        max: u32,
    },
    #[error("choice {choice} of option {option} can be taken at most {max} times")]
    CountTooHigh {
        item: usize,
        option: usize,
        choice: usize,
        max: u32,
    },
    #[error("option {option} does not come {amount:?}")]
    AmountNotAllowed {
        item: usize,
        option: usize,
        choice: usize,
        amount: Amount,
    },
    #[error("an order holds at most {max} of item {item}")]
    TooManyOfItem { item: usize, max: u32 },
    #[error("item {item} is not sold in that measure")]
    MeasureNotSold { item: usize },
    #[error("item {item} is sold by the piece")]
    NoMeasure { item: usize },
    #[error("option {option} is only for other choices")]
    NotWithThat {
        item: usize,
        option: usize,
        choice: usize,
    },
    #[error("requests to the kitchen are not taken")]
    NoRequests { item: Option<usize> },
    #[error("option {option} cannot be on half an item")]
    NoHalves {
        item: usize,
        option: usize,
        choice: usize,
    },
}

/// The item at `index`, if it can be ordered.
pub(super) fn orderable(menu: &Menu, index: usize) -> Result<&Item, CartError> {
    let item = menu.items.get(index).ok_or(CartError::Unknown)?;
    item.available
        .then_some(item)
        .ok_or(CartError::ItemSoldOut { item: index })
}

/// Checks all picks of one line together.
pub(super) fn check(menu: &Menu, index: usize, picked: &[Picked]) -> Result<(), CartError> {
    let item = menu.items.get(index).ok_or(CartError::Unknown)?;
    let made = cart_line::made(item, picked);
    for pick in picked {
        check_one(item, index, pick)?;
        if !cart_line::is_asked(item, pick.option, &made) {
            return Err(CartError::NotWithThat {
                item: index,
                option: pick.option,
                choice: pick.choice,
            });
        }
    }
    for (at, option) in item.options.iter().enumerate() {
        let taken: u64 = picked
            .iter()
            .filter(|p| p.option == at && p.amount != Amount::None)
            .map(|p| u64::from(p.count))
            .sum();
        if let Some(max) = option.max.filter(|&max| taken > u64::from(max)) {
            return Err(CartError::TooManyChoices {
                item: index,
                option: at,
                max,
            });
        }
    }
    Ok(())
}

fn check_one(item: &Item, index: usize, pick: &Picked) -> Result<(), CartError> {
    let option = item.options.get(pick.option).ok_or(CartError::Unknown)?;
    let choice = option.choices.get(pick.choice).ok_or(CartError::Unknown)?;
    let (at, chosen) = (pick.option, pick.choice);
    if pick.count == 0 {
        return Err(CartError::NoQuantity);
    }
    if !choice.available && pick.amount != Amount::None {
        return Err(CartError::ChoiceSoldOut {
            item: index,
            option: at,
            choice: chosen,
        });
    }
    if !option.amounts.contains(&pick.amount) {
        return Err(CartError::AmountNotAllowed {
            item: index,
            option: at,
            choice: chosen,
            amount: pick.amount,
        });
    }
    if pick.count > choice.max_count {
        return Err(CartError::CountTooHigh {
            item: index,
            option: at,
            choice: chosen,
            max: choice.max_count,
        });
    }
    if pick.part != Part::Whole && !option.takes_several() {
        return Err(CartError::NoHalves {
            item: index,
            option: at,
            choice: chosen,
        });
    }
    Ok(())
}

/// Puts one pick among the others: a second choice replaces the first where only one may be taken, the same choice
/// again is changed, and a negation removes what was taken.
pub(super) fn merged(item: &Item, picked: &[Picked], new: Picked) -> Vec<Picked> {
    let single = item
        .options
        .get(new.option)
        .is_some_and(|option| option.max == Some(1));
    let mut all: Vec<Picked> = picked
        .iter()
        .copied()
        .filter(|old| {
            let same = old.option == new.option && old.choice == new.choice;
            let same_part =
                new.part == Part::Whole || old.part == Part::Whole || old.part == new.part;
            let pushed_out = single && old.option == new.option && new.amount != Amount::None;
            !(same && same_part || pushed_out)
        })
        .collect();
    all.push(new);
    all.sort();
    // A choice inside another takes that one with it: "poached" is the egg, poached.
    let parent = item
        .options
        .get(new.option)
        .and_then(|option| option.parent());
    if let Some((option, choice)) = parent.filter(|_| new.amount != Amount::None) {
        let taken = all
            .iter()
            .any(|p| p.option == option && p.choice == choice && p.amount != Amount::None);
        if !taken {
            return merged(item, &all, Picked::plain(option, choice));
        }
    }
    all
}

/// The picks without those of options that nothing opens any more, but for the one just made: that one is for [`check`].
pub(super) fn still_asked(item: &Item, picked: Vec<Picked>, new: Option<Picked>) -> Vec<Picked> {
    if !item.has_conditions() {
        return picked;
    }
    let made = cart_line::made(item, &picked);
    let asked = |pick: &Picked| Some(*pick) == new || cart_line::is_asked(item, pick.option, &made);
    picked.into_iter().filter(asked).collect()
}

/// How much a whole number of a dish is, where it is sold by measure.
pub(super) fn whole_units(
    item: &Item,
    index: usize,
    quantity: u32,
) -> Result<Option<Measure>, CartError> {
    let Some(unit) = item.unit() else {
        return Ok(None);
    };
    let measure = Measure::units(quantity).filter(|measure| measure.fits(unit));
    match measure {
        Some(measure) => Ok(Some(measure)),
        None => Err(CartError::MeasureNotSold { item: index }),
    }
}
