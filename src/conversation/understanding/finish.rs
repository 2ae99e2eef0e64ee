//! The cheapest draft as an answer: items and choices bound, doubts and leftovers named.

use super::beam::Ground;
use super::draft::{Draft, DraftLine, Mod, fits};
use super::everyday::is_everyday;
use super::understood::{Ambiguous, AmbiguousKind, HeardLine, LooseChoice, Understood};
use super::weights as w;
use crate::order::{Part, Picked};
use crate::restaurant::Amount;

/// Turns a draft into what was understood.
pub(super) fn understood(ground: &Ground<'_>, draft: Draft) -> Understood {
    let mut out = Understood {
        cost: draft.cost,
        refused: draft.refused.clone(),
        bare_quantity: draft.bare_quantity,
        wanted: wanted(ground, &draft.unmatched),
        ..Understood::default()
    };
    for line in &draft.lines {
        let untouched = line.known.is_some() && line.mods.is_empty();
        if untouched || line.remaining == 0 {
            continue;
        }
        finish_line(ground, line, &mut out);
    }
    for waiting in &draft.loose {
        out.loose.push(loose(ground, waiting));
    }
    out.unmatched = runs(ground, &draft.unmatched);
    out.unmatched
        .extend(out.loose.iter().map(|choice| choice.text.clone()));
    out
}

fn finish_line(ground: &Ground<'_>, line: &DraftLine, out: &mut Understood) {
    let name = line.name.map(|at| &ground.lattice.matches[at]);
    let text = name.map_or_else(String::new, |name| ground.lattice.text(name.from, name.to));
    let family: Vec<usize> = line.items.iter().map(|&(item, _)| item).collect();
    let plain = ground
        .menu
        .plain_of(&family)
        .filter(|&item| family.len() > 1 && has_toppings(ground, line, item));
    if line.items.len() > 1 && plain.is_none() {
        let choices = line
            .mods
            .iter()
            .filter_map(|m| ground.lattice.matches[m.name].choices.first().map(|c| c.0));
        let items = line.items.iter().map(|&(item, _)| item).collect();
        let kind = AmbiguousKind::Items {
            items,
            quantity: line.quantity,
            choices: choices.collect(),
        };
        out.ambiguous.push(Ambiguous { text, meant: kind });
        return;
    }
    let item = plain.unwrap_or(line.item());
    let mut doubt = name.map_or(0.0, |name| name.stretch);
    let mut picked: Vec<Picked> = Vec::new();
    let at_line = out.lines.len();
    for said in &line.mods {
        let heard = &ground.lattice.matches[said.name];
        doubt = doubt.max(heard.stretch);
        let likely = likely_picks(ground, item, said);
        match likely.as_slice() {
            [] => {}
            [only] => keep(ground, item, &mut picked, *only),
            several if said.amount == Amount::None => {
                several
                    .iter()
                    .for_each(|&pick| keep(ground, item, &mut picked, pick));
            }
            several => out.ambiguous.push(Ambiguous {
                text: ground.lattice.text(heard.from, heard.to),
                meant: AmbiguousKind::Choices {
                    line: at_line,
                    choices: several.to_vec(),
                },
            }),
        }
    }
    out.lines.push(HeardLine {
        item,
        quantity: line.remaining,
        counted: line.counted,
        picked,
        known: line.known,
        implied: line.implied,
        doubt,
        text,
    });
}

/// Was something put on it that a plain one would carry ("a pizza with ham")?
fn has_toppings(ground: &Ground<'_>, line: &DraftLine, item: usize) -> bool {
    let options = &ground.menu.restaurant.menu.items[item].options;
    line.mods.iter().any(|m| {
        let senses = fits(ground.menu, &ground.lattice.matches[m.name], item);
        senses
            .first()
            .is_some_and(|fit| options[fit.option].takes_several())
    })
}

/// What a choice may mean on the item: the cheapest sense, and any that costs about the same.
fn likely_picks(ground: &Ground<'_>, item: usize, said: &Mod) -> Vec<Picked> {
    let senses = fits(ground.menu, &ground.lattice.matches[said.name], item);
    let Some(best) = senses.first().map(|fit| fit.cost) else {
        return Vec::new();
    };
    let near = senses.iter().filter(|fit| fit.cost <= best + w::AMBIGUOUS);
    near.map(|fit| Picked {
        option: fit.option,
        choice: fit.choice,
        part: said.part,
        amount: said.amount,
        count: said.count,
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
            part: Part::Whole,
            amount: waiting.amount,
            count: waiting.count,
        },
        text: ground.lattice.text(heard.from, heard.to),
    }
}

/// Runs that stand after an article, a number or "with": a name the menu does not have.
fn wanted(ground: &Ground<'_>, unmatched: &[usize]) -> Vec<String> {
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
    let starts = |at: usize| {
        let before = at.checked_sub(1).map(|i| words[i].text.as_str());
        before.is_none_or(|b| BEFORE.contains(&b) || crate::words::single_number(b).is_some())
    };
    let first = |at: usize| !told.contains(&at.wrapping_sub(1));
    let mut out = Vec::new();
    for &at in told.iter().filter(|&&at| first(at) && starts(at)) {
        let run: Vec<&str> = (at..words.len())
            .take_while(|i| told.contains(i))
            .map(|i| words[i].text.as_str())
            .collect();
        if run.len() <= 3 {
            out.push(run.join(" "));
        }
    }
    out
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
