//! An item is read: it heads the noun phrase before it, or points at one already ordered.

use super::super::lexicon::{Tag, is_word};
use super::beam::Ground;
use super::choice_step::not_so_much;
use super::cue_step::PLACES;
use super::draft::{Draft, DraftLine, Last, Mod, Open, Repairs, best_fit};
use super::everyday::is_describing;
use super::forms::{stem, stems};
use super::lattice::{Match, Reading};
use super::repair;
use super::weights as w;
use crate::order::Part;
use crate::restaurant::Amount;
use crate::words::tokens;

/// All ways to take a name as an item.
pub(super) fn read(ground: &Ground<'_>, draft: &Draft, name: usize, cost: f32) -> Vec<Draft> {
    let heard = &ground.lattice.matches[name];
    if heard.items.is_empty() {
        return Vec::new();
    }
    if matches!(draft.amount, Some(Amount::None)) {
        return vec![refuse(ground, draft, name, cost)];
    }
    let repaired = matches!(draft.repairs, Repairs::Line | Repairs::Like)
        .then(|| repair::replaced(ground, draft))
        .flatten();
    let mut out = vec![match repaired {
        Some((before, old)) => {
            let mut next = order(ground, &before, (name, Some(old.item())), cost);
            let plain = draft.amount == Some(Amount::Regular);
            repair::carry(ground, &mut next, &old, plain);
            next
        }
        None => order(ground, draft, (name, None), cost),
    }];
    if draft.repairs == Repairs::Nothing {
        out.extend(refer(ground, draft, name, cost));
    }
    out
}

/// "no drinks", "no coke": nothing is ordered. Only what was named is refused: what sounds like it, or shares no more than an
/// adjective with it ("an iced tea, no ice"), is a thing of its own.
fn refuse(ground: &Ground<'_>, draft: &Draft, name: usize, cost: f32) -> Draft {
    let heard = &ground.lattice.matches[name];
    let (item, item_cost) = heard.items[0];
    let mut next = draft.clone().paying(cost + item_cost + w::REFUSED_ITEM);
    // "A cobbler, uh no, banana pudding": nobody refuses a dish that was never spoken of, if the words can be read otherwise.
    if draft.lines.iter().all(|line| line.item() != item) && !draft.lines.is_empty() {
        next.cost += w::REFUSED_UNASKED;
    }
    let item_name = &ground.menu.restaurant.menu.items[item].name;
    let noun = stems(item_name).pop().unwrap_or_default();
    let said = stems(&ground.lattice.text(heard.from, heard.to));
    let named = item_cost < w::DROPPED || said.contains(&noun);
    let same = draft
        .current_line()
        .is_some_and(|line| line.known.is_none() && line.item() == item);
    if heard.stretch == 0.0 && named && !same {
        next.refused.push(item);
    } else {
        next.refused_words.extend(heard.from..heard.to);
    }
    next.amount = None;
    next.open = None;
    next.last = Last::Item;
    next
}

/// A new line, with the choices that waited for it. `like` is the item that it stands for.
fn order(
    ground: &Ground<'_>,
    draft: &Draft,
    (name, like): (usize, Option<usize>),
    cost: f32,
) -> Draft {
    let heard = &ground.lattice.matches[name];
    let mut next = draft.clone().paying(cost);
    next.cost += measured(draft);
    next.drop_amount();
    let open = next.open.take();
    next.cost += how_said(ground, draft, name, open.as_ref());
    let open = open.unwrap_or_default();
    let kind = like.map(|item| of_its_kind(ground, &heard.items, item));
    let items = choose_items(ground, kind.as_deref().unwrap_or(&heard.items), &open.mods);
    next.cost += items[0].1;
    // "Three orders of tenders" is no three piece.
    let portions = draft.last == Last::Portion;
    if let Some(quantity) = open.quantity.filter(|_| items.len() == 1 && !portions) {
        next.cost += count_is_a_choice(ground, items[0].0, quantity, &open.mods);
    }
    let quantity = open.quantity.unwrap_or(1);
    let mut line = DraftLine {
        items,
        quantity,
        counted: open.quantity.is_some() || open.article,
        mods: Vec::new(),
        remaining: quantity,
        known: None,
        portions: draft.last == Last::Portion,
        implied: false,
        name: Some(name),
        parted: false,
        by_article: false,
        all_of: None,
    };
    for waiting in open.mods {
        place(ground, &mut next, &mut line, waiting);
    }
    next.placed = line.mods.len();
    next.lines.push(line);
    next.current = Some(next.lines.len() - 1);
    next.take_all(ground, open.all);
    next.carry_none = false;
    next.excluding = false;
    next.spread = false;
    next.part = Part::Whole;
    next.repairs = Repairs::Nothing;
    next.last = Last::Item;
    next
}

/// "Light cheese", "extra burger": an amount is said of choices.
fn measured(draft: &Draft) -> f32 {
    let said = draft.last == Last::Amount && draft.amount.is_some_and(|a| a != Amount::Regular);
    if said { w::AMOUNT_OF_ITEM } else { 0.0 }
}

/// "Twelve wings" where wings come by six, twelve and twenty: the number is the choice.
fn count_is_a_choice(ground: &Ground<'_>, item: usize, quantity: u32, mods: &[Mod]) -> f32 {
    let options = &ground.menu.restaurant.menu.items[item].options;
    let counts = ground.menu.counts_of(item);
    let meant = counts
        .iter()
        .find(|&&(option, count)| count == quantity && options[option].max == Some(1));
    let said = |option: usize| {
        mods.iter().any(|m| {
            let name = &ground.lattice.matches[m.name];
            best_fit(ground.menu, name, item).is_some_and(|fit| fit.option == option)
        })
    };
    match meant {
        Some(&(option, _)) if quantity > 1 && !said(option) => w::COUNT_IS_A_CHOICE,
        _ => 0.0,
    }
}

/// "A double", "two singles": an adjective names an item only as a noun, counted and with no name right after it.
fn adjective_alone(ground: &Ground<'_>, draft: &Draft, name: usize, determined: bool) -> f32 {
    let heard = &ground.lattice.matches[name];
    let words = &ground.lattice.words[heard.from..heard.to];
    let adjectives = words
        .iter()
        .all(|word| is_describing(&word.text) || is_describing(word.text.trim_end_matches('s')));
    if !adjectives || heard.items[0].1 < w::DROPPED {
        return 0.0;
    }
    let named = |at: usize| {
        let edges = &ground.lattice.edges[at];
        edges
            .iter()
            .any(|edge| matches!(edge.reading, Reading::Name(_)))
    };
    let after = ground.lattice.words.get(heard.to);
    let goes_on = after.is_some_and(|word| !word.after_break && named(heard.to));
    let begins = after.is_some() && matches!(draft.last, Last::Start | Last::Opener);
    match determined || heard.plural {
        _ if goes_on => w::UNKNOWN,
        true => 0.0,
        false if begins => w::ADJECTIVE_FIRST,
        false => w::UNKNOWN,
    }
}

/// Is a part of the name of the line talked about said again?
fn repeats(draft: &Draft, heard: &Match) -> bool {
    let line = draft.current_line().filter(|line| line.known.is_none());
    let same = |line: &DraftLine| heard.items.iter().find(|(item, _)| *item == line.item());
    line.and_then(same)
        .is_some_and(|&(_, cost)| cost - heard.stretch >= w::DROPPED)
}

/// Does it stand right behind the name of the line before, and was one of the two said in part?
fn follows_part(ground: &Ground<'_>, draft: &Draft, heard: &Match) -> bool {
    let before = draft.current_line().and_then(|line| {
        let name = &ground.lattice.matches[line.name?];
        Some((name.to, line.items[0].1 - name.stretch))
    });
    before.is_some_and(|(to, cost)| {
        let part = cost.max(heard.items[0].1 - heard.stretch);
        to == heard.from && draft.last == Last::Item && part >= w::DROPPED
    })
}

/// "A croissant with bacon", where only a BLT has bacon in its name: what follows "with" is no dish unless its noun is named.
fn only_put_with(ground: &Ground<'_>, heard: &Match) -> f32 {
    let (item, cost) = heard.items[0];
    let item = &ground.menu.restaurant.menu.items[item];
    let said = stems(&ground.lattice.text(heard.from, heard.to));
    let named = |name: &String| {
        let words = tokens(name);
        // "Queso Blanco", "Pico de Gallo": the noun leads where the next word says so.
        let behind = words
            .iter()
            .position(|word| is_word(&word.text, Tag::BehindNoun));
        let noun = words[..behind.unwrap_or(words.len())].last();
        noun.is_some_and(|noun| said.last() == Some(&stem(&noun.text)))
    };
    let noun = std::iter::once(&item.name).chain(&item.aliases).any(named);
    if noun || cost - heard.stretch < w::DROPPED {
        0.0
    } else {
        w::UNKNOWN
    }
}

/// Costs of the words around the item's name.
fn how_said(ground: &Ground<'_>, draft: &Draft, name: usize, open: Option<&Open>) -> f32 {
    let heard = &ground.lattice.matches[name];
    let quantity = open.and_then(|open| open.quantity);
    let determined =
        open.is_some_and(|open| open.quantity.is_some() || open.article || open.definite);
    let mut cost = adjective_alone(ground, draft, name, determined);
    let portion = matches!(draft.last, Last::Portion | Last::Measure);
    if !determined && !portion && !matches!(draft.last, Last::Start | Last::Opener) {
        cost += w::BARE_ITEM;
    }
    if heard.plural && (quantity == Some(1)) || !heard.plural && quantity.is_some_and(|q| q > 1) {
        cost += w::NUMBER_MISMATCH;
    }
    let waiting = open.is_some_and(|open| !open.mods.is_empty());
    // "Steak and eggs with over medium eggs": the noun said again with what is put on it.
    if waiting && !determined && repeats(draft, heard) {
        cost += w::SAME_ITEM_AGAIN;
    }
    let definite = open.is_some_and(|open| open.definite && open.quantity.is_none());
    if definite
        && draft
            .lines
            .iter()
            .any(|line| line.item() == heard.items[0].0)
    {
        cost += w::SAME_ITEM_AGAIN;
        if after_place(ground, heard.from) {
            cost += w::GIVEN_ELSEWHERE;
        }
    }
    // "Large french, and add espresso": what follows "add" belongs to what came before.
    if waiting && !determined && draft.last == Last::With && draft.current.is_some() {
        cost += w::ITEM_AFTER_WITH;
    }
    let before = heard.from.checked_sub(1);
    let words = &ground.lattice.words;
    // No article stands between, whatever began the phrase before ("a scone with ice").
    if before.is_some_and(|at| words[at].text == "with") {
        cost += only_put_with(ground, heard);
    }
    // "Singapore noodles": two parts of names side by side are hardly two dishes.
    if !determined
        && !waiting
        && !words[heard.from].after_break
        && follows_part(ground, draft, heard)
    {
        cost += w::PARTS_SIDE_BY_SIDE;
    }
    if let Some(line) = draft.current_line()
        && !waiting
    {
        let item_cost = heard.items[0].1;
        let fit = best_fit(ground.menu, heard, line.item());
        let asked = fit
            .as_ref()
            .is_some_and(|fit| still_asked(ground, line, fit.option));
        let offered = fit.map(|fit| fit.cost);
        match (offered, draft.last) {
            _ if portion => {}
            (None, _) => {}
            // "A fish plate with slaw and roll", which must have a bread, where rolls are sold too.
            (Some(choice), _) if asked && !determined => {
                cost += w::ITEM_OVER_ASKED_CHOICE + (choice - item_cost).max(0.0);
            }
            // "Eggs on a rye roll", where rolls are sold too: what they are put on is theirs.
            (Some(_), _) if determined && !definite && put_on(ground, heard.from) => {
                cost += w::ITEM_AFTER_WITH;
            }
            (Some(choice), _)
                if determined && choice <= item_cost && quantity.unwrap_or(1) == 1 =>
            {
                cost += w::COUNTED_ITEM_OVER_CHOICE;
            }
            _ if determined => {}
            (Some(choice), Last::With) if choice <= item_cost + 0.5 => cost += w::ITEM_AFTER_WITH,
            (Some(choice), _) if choice <= item_cost + 0.3 => cost += w::ITEM_OVER_CHOICE,
            _ => {}
        }
        if line.item() == heard.items[0].0 && !determined && line.known.is_none() {
            cost += w::SAME_ITEM_AGAIN;
        }
    }
    cost
}

/// Must more of these be chosen on the line than were yet?
fn still_asked(ground: &Ground<'_>, line: &DraftLine, option: usize) -> bool {
    let asked = &ground.menu.restaurant.menu.items[line.item()].options[option];
    let chosen = |m: &&Mod| m.pick.is_some_and(|pick| pick.0 == option);
    let said = line.mods.iter().filter(chosen).count();
    u32::try_from(said).is_ok_and(|said| said < asked.min)
}

/// "A pork banh mi, no wait, make that chicken": of what a part of a name may mean, what is of one kind with what it replaces.
fn of_its_kind(ground: &Ground<'_>, items: &[(usize, f32)], old: usize) -> Vec<(usize, f32)> {
    let menu = &ground.menu.restaurant.menu.items;
    let kind = &menu[old].category;
    let near = |cost: f32| cost <= items[0].1 + w::NEAR_IN_KIND;
    let same = items.iter().copied().filter(|&(item, cost)| {
        kind.is_some() && menu[item].category == *kind && item != old && near(cost)
    });
    let same: Vec<(usize, f32)> = same.collect();
    if same.is_empty() || items[0].1 < w::DROPPED_OPTION_HEAD {
        return items.to_vec();
    }
    same
}

/// Of several likely items, those that take the waiting choices come first.
fn choose_items(ground: &Ground<'_>, items: &[(usize, f32)], mods: &[Mod]) -> Vec<(usize, f32)> {
    let lacking = |item: usize| {
        mods.iter()
            .filter(|m| best_fit(ground.menu, &ground.lattice.matches[m.name], item).is_none())
            .count()
    };
    let mut likely: Vec<(usize, f32, usize)> = items
        .iter()
        .filter(|(_, cost)| *cost <= items[0].1 + 0.3)
        .map(|&(item, cost)| (item, cost, lacking(item)))
        .collect();
    likely.sort_by(|a, b| a.2.cmp(&b.2).then(a.1.total_cmp(&b.1)));
    let (first, lacks) = (likely[0].1, likely[0].2);
    likely.retain(|&(_, cost, lack)| lack == lacks && cost <= first + w::AMBIGUOUS);
    likely
        .into_iter()
        .map(|(item, cost, _)| (item, cost))
        .collect()
}

/// Binds a waiting choice to the new line, else to the line before, else it stays loose.
fn place(ground: &Ground<'_>, draft: &mut Draft, line: &mut DraftLine, waiting: Mod) {
    let name = &ground.lattice.matches[waiting.name];
    let best = name.choices[0].1;
    if let Some(fit) = best_fit(ground.menu, name, line.item()) {
        draft.cost += fit.cost - best;
        let at = (line.item(), fit.option);
        draft.cost += not_so_much(ground, at, waiting.amount, fit.cost);
        let item = &ground.menu.restaurant.menu.items[line.item()];
        let several = item.options[fit.option].takes_several();
        let part = if several { waiting.part } else { Part::Whole };
        let pick = Some((fit.option, fit.choice));
        line.mods.push(Mod {
            part,
            pick,
            ..waiting
        });
        return;
    }
    let before = draft
        .current
        .filter(|&at| best_fit(ground.menu, name, draft.lines[at].item()).is_some());
    match before {
        Some(at) => {
            draft.cost += w::SHIFTED_BACK;
            draft.lines[at].mods.push(waiting);
        }
        None => {
            draft.cost += w::LOOSE;
            draft.loose.push(waiting);
        }
    }
}

/// "on a rye roll": "on" and an article stand before the name.
fn put_on(ground: &Ground<'_>, from: usize) -> bool {
    let words = &ground.lattice.words;
    let on = from.checked_sub(2).is_some_and(|at| words[at].text == "on");
    on && matches!(words[from - 1].text.as_str(), "a" | "an")
}

/// "in the latte": a place and an article stand before the name.
fn after_place(ground: &Ground<'_>, from: usize) -> bool {
    let before = from.checked_sub(2).map(|at| &ground.lattice.words[at].text);
    before.is_some_and(|word| PLACES.contains(&word.as_str()))
}

/// "on the burger": a line the caller already has becomes the one talked about.
fn refer(ground: &Ground<'_>, draft: &Draft, name: usize, cost: f32) -> Option<Draft> {
    let heard = &ground.lattice.matches[name];
    let open = draft.open.as_ref();
    let definite = open.is_some_and(|open| open.definite);
    let waits = open.is_some_and(|open| !open.mods.is_empty());
    let again = waits && repeats(draft, heard);
    if open.is_some_and(|open| open.quantity.is_some() || open.article)
        || waits && !definite && !again
    {
        return None;
    }
    let likely = heard
        .items
        .iter()
        .filter(|(_, cost)| *cost <= heard.items[0].1 + 0.3);
    let (line, item_cost) = likely
        .filter_map(|&(item, item_cost)| {
            let at = (0..draft.lines.len())
                .rev()
                .find(|&at| draft.lines[at].item() == item)?;
            Some((at, item_cost))
        })
        .min_by(|a, b| a.1.total_cmp(&b.1))?;
    let after_with = matches!(draft.last, Last::With);
    if !definite && !after_with && draft.lines[line].known.is_some() {
        return None;
    }
    let mut next = draft.clone().paying(
        cost + item_cost
            + if definite {
                w::REFERENCE
            } else {
                w::ITEM_OVER_CHOICE
            },
    );
    next.cost += measured(draft);
    next.drop_amount();
    // "Oat milk in the latte": what was just given to another line was meant for this one.
    let place = after_place(ground, heard.from);
    let gave = draft
        .current_line()
        .is_some_and(|line| !line.mods.is_empty());
    if !waits && place && gave && draft.current != Some(line) {
        next.cost += w::GIVEN_ELSEWHERE;
    }
    for waiting in next.open.take().unwrap_or_default().mods {
        let name = &ground.lattice.matches[waiting.name];
        let fit = best_fit(ground.menu, name, next.lines[line].item())?;
        let options = &ground.menu.restaurant.menu.items[next.lines[line].item()].options;
        let taken = |said: &Mod| said.pick.is_some_and(|pick| pick.0 == fit.option);
        let filled = next.lines[line].mods.iter().any(taken);
        // "Pork dumplings and vegetable dumplings" are two.
        if again && filled && options[fit.option].max == Some(1) {
            return None;
        }
        let pick = Some((fit.option, fit.choice));
        next.lines[line].mods.push(Mod { pick, ..waiting });
    }
    next.current = Some(line);
    next.placed = next.lines[line].mods.len();
    next.carry_none = false;
    next.excluding = false;
    next.last = Last::Item;
    Some(next)
}
