//! The cheapest draft as an answer: items and choices bound, doubts and leftovers named.

use super::beam::Ground;
use super::doubts;
use super::draft::{Draft, DraftLine, Fit, Mod, fits, fits_among};
use super::everyday::{is_common, is_everyday};
use super::families;
use super::forms::stems;
use super::remainder;
use super::select_all;
use super::understood::{Ambiguous, AmbiguousKind, HeardLine, LooseChoice, Understood, WantedName};
use super::weights as w;
use crate::order::{Part, Picked};
use crate::restaurant::Amount;
use crate::words::single_number;

/// Turns a draft into what was understood.
pub(super) fn understood(ground: &Ground<'_>, draft: Draft) -> Understood {
    let mut out = Understood {
        cost: draft.cost,
        refused: draft.refused.clone(),
        bare_quantity: draft.bare_quantity,
        ..Understood::default()
    };
    let mut unmatched = draft.unmatched.clone();
    let noise = doubts::noise(ground, &unmatched);
    let mut lines = draft.lines.clone();
    families::part(&mut lines);
    for line in &lines {
        let untouched = line.known.is_some() && line.mods.is_empty() && line.all_of.is_none();
        if untouched || line.remaining == 0 {
            continue;
        }
        finish_line(ground, (line, &lines), noise, &mut unmatched, &mut out);
    }
    let mut refused = draft.refused_words.clone();
    let talk = doubts::talk(ground, &unmatched);
    for waiting in draft.loose.iter().filter(|_| !talk) {
        let heard = &ground.lattice.matches[waiting.name];
        if waiting.amount == Amount::None {
            refused.extend(heard.from..heard.to);
        } else {
            out.loose.push(loose(ground, waiting));
        }
    }
    refused.sort_unstable();
    refused.dedup();
    out.refused_names = runs(ground, &refused);
    unmatched.sort_unstable();
    unmatched.dedup();
    let alone = out.lines.is_empty() && out.ambiguous.is_empty();
    out.wanted = wanted(ground, &unmatched, alone);
    out.unmatched = runs(ground, &unmatched);
    out.unmatched
        .extend(out.loose.iter().map(|choice| choice.text.clone()));
    out
}

fn finish_line(
    ground: &Ground<'_>,
    (line, lines): (&DraftLine, &[DraftLine]),
    noise: bool,
    unmatched: &mut Vec<usize>,
    out: &mut Understood,
) {
    let name = line.name.map(|at| &ground.lattice.matches[at]);
    let text = name.map_or_else(String::new, |name| ground.lattice.text(name.from, name.to));
    let family: Vec<usize> = line.items.iter().map(|&(item, _)| item).collect();
    let unmarked = || ground.menu.unmarked_of(&family, &text);
    let plain = ground
        .menu
        .plain_of(&family)
        .filter(|&item| {
            let siblings = lines.iter().filter(|other| other.name == line.name);
            siblings
                .into_iter()
                .any(|line| has_toppings(ground, line, item))
        })
        .or_else(unmarked)
        .filter(|_| family.len() > 1);
    let rest = remainder::of(ground, line, unmatched);
    if let Some(rest) = &rest {
        unmatched.retain(|at| !rest.explains.contains(at));
    }
    let another = |name| {
        doubts::another_dish(ground, name, line.items[0])
            || doubts::of_another_food(ground, (name, line.items[0].1), unmatched)
    };
    if rest.is_none() && line.known.is_none() && name.is_some_and(another) {
        unmatched.extend(name.into_iter().flat_map(|name| name.from..name.to));
        return;
    }
    let told = rest.as_ref().and_then(|rest| rest.item).or(plain);
    if line.items.len() > 1 && told.is_none() {
        let choices = line.mods.iter().map(|said| loose(ground, said));
        let items = line.items.iter().map(|&(item, _)| item).collect();
        let kind = AmbiguousKind::Items {
            items,
            quantity: line.quantity,
            choices: choices.collect(),
        };
        out.ambiguous.push(Ambiguous { text, meant: kind });
        return;
    }
    let item = told.unwrap_or(line.item());
    let mut doubt = name.map_or(0.0, |name| doubts::of_item(ground, name, line.items[0].1));
    if noise && name.is_some_and(|name| doubts::only_by_sound(name, &name.items)) {
        doubt = doubt.max(w::UNKNOWN);
    }
    let cut_short = |name| doubts::cut_short(ground, name, line.items[0].1);
    let count_lost = |name| !line.counted && doubts::count_lost(ground, name, item);
    if name.is_some_and(|name| cut_short(name) || count_lost(name)) {
        doubt = doubt.max(w::PART_BY_COMMON_WORD);
    }
    if rest.is_none() && name.is_some_and(|name| doubts::of_another_kind(ground, name, unmatched)) {
        doubt = doubt.max(w::PART_BY_COMMON_WORD);
    }
    doubt = doubt.max(rest.map_or(0.0, |rest| rest.doubt));
    let mut picked: Vec<Picked> = Vec::new();
    let at_line = out.lines.len();
    let asked = out.ambiguous.len();
    let talk = doubts::talk(ground, unmatched);
    for (at, said) in line.mods.iter().enumerate() {
        let heard = &ground.lattice.matches[said.name];
        let alone = line.known.is_some() && (talk || doubts::hardly(heard));
        if alone || noise && doubts::only_by_sound(heard, &heard.choices) {
            unmatched.extend(heard.from..heard.to);
            continue;
        }
        doubt = doubt.max(heard.stretch);
        let likely = likely_picks(ground, item, said, &line.mods[..at]);
        match likely.as_slice() {
            [] => {}
            several if said.amount == Amount::None => {
                let text = ground.lattice.text(heard.from, heard.to);
                for pick in of_option(ground, item, &text, several) {
                    let wanted = |p: &Picked| {
                        (p.option, p.choice) == (pick.option, pick.choice)
                            && p.amount != Amount::None
                    };
                    if several.len() == 1 || !picked.iter().any(wanted) {
                        keep(ground, item, &mut picked, pick);
                    }
                }
            }
            [only] => keep(ground, item, &mut picked, *only),
            several => out.ambiguous.push(Ambiguous {
                text: ground.lattice.text(heard.from, heard.to),
                meant: AmbiguousKind::Choices {
                    line: at_line,
                    choices: several.to_vec(),
                },
            }),
        }
    }
    let options = &ground.menu.restaurant.menu.items[item].options;
    // "Oat milk instead of whole milk": where one is taken, the others need no refusing.
    let taken: Vec<usize> = picked
        .iter()
        .filter(|pick| pick.amount != Amount::None && options[pick.option].max == Some(1))
        .map(|pick| pick.option)
        .collect();
    picked.retain(|pick| {
        let refusable = line.known.is_some() || options[pick.option].amounts.contains(&pick.amount);
        pick.amount != Amount::None || refusable && !taken.contains(&pick.option)
    });
    if let Some(option) = line.all_of {
        select_all::fill(ground, item, option, &mut picked);
    }
    // A line that only its choices spoke of is nothing without them.
    let by_choices = line.known.is_some() || line.implied && !line.mods.is_empty();
    if by_choices && picked.is_empty() && out.ambiguous.len() == asked {
        return;
    }
    out.lines.push(HeardLine {
        item,
        quantity: line.remaining,
        counted: line.counted,
        picked,
        known: line.known,
        portions: line.portions,
        implied: line.implied,
        doubt,
        text,
    });
}

/// "No cheese" of an option Cheese refuses all its cheeses, whatever their names.
fn of_option(ground: &Ground<'_>, item: usize, text: &str, several: &[Picked]) -> Vec<Picked> {
    let options = &ground.menu.restaurant.menu.items[item].options;
    let option = several[0].option;
    if stems(&options[option].name) != stems(text) || several.iter().any(|p| p.option != option) {
        return several.to_vec();
    }
    // "No beans" is not without the choice No beans.
    let refusal = |choice: &usize| {
        let name = stems(&options[option].choices[*choice].name);
        matches!(name[0].as_str(), "no" | "without")
    };
    (0..options[option].choices.len())
        .filter(|choice| !refusal(choice))
        .map(|choice| Picked {
            choice,
            ..several[0]
        })
        .collect()
}

/// Was something put on it that a plain one would carry ("a pizza with ham")?
fn has_toppings(ground: &Ground<'_>, line: &DraftLine, item: usize) -> bool {
    let options = &ground.menu.restaurant.menu.items[item].options;
    line.all_of.is_some()
        || line.mods.iter().any(|m| {
            let senses = fits(ground.menu, &ground.lattice.matches[m.name], item);
            senses
                .first()
                .is_some_and(|fit| options[fit.option].takes_several())
        })
}

/// What a choice may mean on the item: the cheapest sense, and any that costs about the same.
fn likely_picks(ground: &Ground<'_>, item: usize, said: &Mod, others: &[Mod]) -> Vec<Picked> {
    let name = &ground.lattice.matches[said.name];
    let senses = fits_among(ground.menu, name, item, said.amount, others);
    let Some(best) = senses.first().map(Fit::whole) else {
        return Vec::new();
    };
    // "No beans" is no beans of any sort.
    let near = match said.amount {
        Amount::None => w::ALL_REFUSED,
        _ => w::AMBIGUOUS,
    };
    let near = senses.iter().filter(|fit| fit.whole() <= best + near);
    let options = &ground.menu.restaurant.menu.items[item].options;
    near.map(|fit| {
        let option = &options[fit.option];
        Picked {
            option: fit.option,
            choice: fit.choice,
            part: match option.takes_several() {
                true => said.part,
                false => Part::Whole,
            },
            // "Extra hot" is hot, where hot comes one way.
            amount: match said.amount {
                Amount::None => Amount::None,
                amount if option.amounts.contains(&amount) => amount,
                _ => Amount::Regular,
            },
            count: said.count,
        }
    })
    .collect()
}

/// The first size said wins over a stray second one; a repeated choice is kept once.
fn keep(ground: &Ground<'_>, item: usize, picked: &mut Vec<Picked>, new: Picked) {
    let single = ground.menu.restaurant.menu.items[item].options[new.option].max == Some(1);
    let same =
        |old: &Picked| old.option == new.option && old.choice == new.choice && old.part == new.part;
    if let Some(old) = picked.iter_mut().find(|old| same(old)) {
        if old.amount == Amount::Regular {
            *old = new;
        }
        return;
    }
    if single && new.amount != Amount::None {
        picked.retain(|old| old.option != new.option || old.amount == Amount::None);
    }
    picked.push(new);
}

fn loose(ground: &Ground<'_>, waiting: &Mod) -> LooseChoice {
    let heard = &ground.lattice.matches[waiting.name];
    let best = heard.choices[0].1;
    let near = heard
        .choices
        .iter()
        .filter(|(_, cost)| *cost <= best + w::AMBIGUOUS);
    LooseChoice {
        senses: near.map(|&(sense, _)| sense).collect(),
        picked: Picked {
            option: 0,
            choice: 0,
            part: waiting.part,
            amount: waiting.amount,
            count: waiting.count,
        },
        text: ground.lattice.text(heard.from, heard.to),
    }
}

/// Runs that stand after an article, a number or "with": a name the menu does not have. One that begins the utterance
/// counts only if nothing else was understood: a lone word before an order is a badly heard "sorry" or "and".
fn wanted(ground: &Ground<'_>, unmatched: &[usize], alone: bool) -> Vec<WantedName> {
    const BEFORE: &[&str] = &[
        "a", "an", "some", "any", "the", "and", "with", "have", "get", "of", "order", "take",
        "want", "like", "plus",
    ];
    let words = &ground.lattice.words;
    let told: Vec<usize> = unmatched
        .iter()
        .copied()
        .filter(|&at| !is_everyday(&words[at].text))
        .collect();
    let number = |at: usize| {
        let before = at.checked_sub(1)?;
        single_number(&words[before].text)
    };
    let starts = |at: usize| match at.checked_sub(1) {
        Some(before) => BEFORE.contains(&words[before].text.as_str()) || number(at).is_some(),
        None => alone,
    };
    let first = |at: usize| !told.contains(&at.wrapping_sub(1));
    let mut out = Vec::new();
    for &at in told.iter().filter(|&&at| first(at)) {
        // "two kids case ideas": an everyday word nothing explains may be the beginning of the name.
        let from = match at.checked_sub(1) {
            Some(before) if !starts(at) && unmatched.contains(&before) && starts(before) => before,
            _ if starts(at) => at,
            _ => continue,
        };
        let run: Vec<&str> = (from..words.len())
            .take_while(|&i| i <= at || told.contains(&i))
            .map(|i| words[i].text.as_str())
            .collect();
        if run.len() <= 3 + at - from {
            // "Out of breath": a common word that nothing counts is no dish, whatever it sounds like.
            let counted = number(from).is_some() || from > 0 && is_article(&words[from - 1].text);
            let common = !counted && run.iter().all(|word| is_everyday(word) || is_common(word));
            out.push(WantedName {
                sure: common || run.iter().all(|word| doubts::heard_right(ground, word)),
                text: run.join(" "),
                quantity: number(from),
            });
        }
    }
    out
}

fn is_article(word: &str) -> bool {
    matches!(word, "a" | "an" | "some" | "any" | "the")
}

/// Words nothing explains, neighbours joined; everyday words alone are not worth a mention.
fn runs(ground: &Ground<'_>, unmatched: &[usize]) -> Vec<String> {
    let words = &ground.lattice.words;
    let mut out: Vec<(usize, Vec<&str>)> = Vec::new();
    for &at in unmatched {
        let word = words[at].text.as_str();
        match out.last_mut() {
            Some((end, run)) if *end == at => {
                run.push(word);
                *end = at + 1;
            }
            _ => out.push((at + 1, vec![word])),
        }
    }
    let telling = |run: &&str| !is_everyday(run);
    out.into_iter()
        .filter(|(_, run)| run.iter().any(telling))
        .map(|(_, run)| run.join(" "))
        .collect()
}
