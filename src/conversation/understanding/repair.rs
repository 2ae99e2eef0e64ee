//! What a caller takes back in the same breath: "a small latte, no wait, a large one", "ham, I mean bacon".

use super::beam::Ground;
use super::choice_step::rivals;
use super::draft::{Draft, DraftLine, Fit, Last, Mod, Repairs, best_fit, fits};
use super::lattice::Match;
use super::weights as w;
use crate::restaurant::Amount;
use crate::words::{Token, single_number};

/// "No wait": what is named next may replace what was named last.
pub(super) fn begun(ground: &Ground<'_>, mut draft: Draft, words: (usize, usize)) -> Vec<Draft> {
    let open = draft
        .open
        .as_ref()
        .is_some_and(|open| !open.mods.is_empty());
    let new = |line: &DraftLine| line.known.is_none() || !line.mods.is_empty();
    let said = open || draft.lines.iter().any(new);
    draft.drop_amount();
    draft.carry_none = false;
    draft.excluding = false;
    draft.last = Last::Opener;
    if !open {
        draft.open = None;
    }
    // "Wait, no onions": its "no" is more likely the refusal of what follows.
    let tokens = &ground.lattice.words;
    let counts = tokens.get(words.1).is_some_and(is_count);
    if words.1 > words.0 + 1 && tokens[words.1 - 1].text == "no" && !counts {
        draft.cost += w::REFUSAL_IN_REPAIR;
    }
    if said {
        draft.repairs = if open { Repairs::Open } else { Repairs::Line };
        draft.cost += w::REPAIR;
    }
    vec![draft]
}

/// "Two root beers, make it two lemonades", "white sorry brown rice": an item replaces the one before, and a choice another of its
/// option; else a choice ("make it large") is only added.
pub(super) fn instead(mut draft: Draft) -> Draft {
    let waits = draft
        .open
        .as_ref()
        .is_some_and(|open| !open.mods.is_empty());
    draft.drop_amount();
    draft.carry_none = false;
    draft.excluding = false;
    draft.last = Last::Opener;
    let new = |line: &DraftLine| line.known.is_none() || !line.mods.is_empty();
    if !waits && draft.lines.iter().any(new) {
        draft.open = None;
        draft.repairs = Repairs::Like;
    }
    draft
}

/// "A coffee, actually a malt": right behind something named, before a number or an article, "actually" begins it anew.
pub(super) fn thinks_again(ground: &Ground<'_>, draft: &Draft, words: (usize, usize)) -> bool {
    let tokens = &ground.lattice.words;
    let named = matches!(draft.last, Last::Item | Last::Choice) && draft.open.is_none();
    let actually = words.1 == words.0 + 1 && tokens[words.0].text == "actually";
    actually && named && tokens.get(words.1).is_some_and(is_count)
}

/// A number or "a": what follows is counted, and not refused.
pub(super) fn is_count(token: &Token) -> bool {
    matches!(token.text.as_str(), "a" | "an") || single_number(&token.text).is_some()
}

/// "Oh wait, can I also get a muffin" takes nothing back.
pub(super) fn adds(ground: &Ground<'_>, draft: &mut Draft, words: (usize, usize)) {
    const ADDING: &[&str] = &["also", "add", "plus", "and", "another", "more", "include"];
    let waiting = draft
        .open
        .as_ref()
        .is_some_and(|open| !open.mods.is_empty());
    let mut said = ground.lattice.words[words.0..words.1].iter();
    if !waiting && said.any(|word| ADDING.contains(&word.text.as_str())) {
        draft.repairs = Repairs::Nothing;
    }
}

/// The draft without its newest line, and that line. `None` when nothing new was named yet.
pub(super) fn replaced(ground: &Ground<'_>, draft: &Draft) -> Option<(Draft, DraftLine)> {
    let at = draft.lines.iter().rposition(|line| line.known.is_none())?;
    if draft.lines[at].parted {
        return None;
    }
    let mut next = draft.clone();
    let mut old = next.lines.remove(at);
    // "Singapore noodles, sorry, singapore fried rice": what was heard as parts of two dishes was one, and all of it is taken back.
    if let Some(before) = at.checked_sub(1)
        && one_phrase(ground, &next.lines[before], &old)
    {
        let first = next.lines.remove(before);
        (old.quantity, old.remaining, old.counted) =
            (first.quantity, first.remaining, first.counted);
        old.mods.splice(0..0, first.mods);
    }
    next.current = next.lines.len().checked_sub(1);
    next.placed = 0;
    next.repairs = Repairs::Nothing;
    Some((next, old))
}

/// Were two lines named in one breath with nothing between, and one of them only by a part of its name?
fn one_phrase(ground: &Ground<'_>, first: &DraftLine, second: &DraftLine) -> bool {
    let (Some(one), Some(other)) = (first.name, second.name) else {
        return false;
    };
    let (one, other) = (&ground.lattice.matches[one], &ground.lattice.matches[other]);
    let in_part = |line: &DraftLine, name: &Match| line.items[0].1 - name.stretch >= w::DROPPED;
    let side_by_side = one.to == other.from && !ground.lattice.words[other.from].after_break;
    side_by_side
        && first.known.is_none()
        && !second.counted
        && (in_part(first, one) || in_part(second, other))
}

/// What goes over from the line that was replaced: how many, and what is chosen once ("a large coke, I mean a diet coke"). `plain`: it
/// is to be as it comes, so that nothing goes over that need not be chosen.
pub(super) fn carry(ground: &Ground<'_>, draft: &mut Draft, old: &DraftLine, plain: bool) {
    let Some(line) = draft.lines.last_mut() else {
        return;
    };
    if !line.counted {
        (line.quantity, line.remaining, line.counted) = (old.quantity, old.quantity, old.counted);
    }
    let item = line.item();
    let options = &ground.menu.restaurant.menu.items[item].options;
    for &said in old.mods.iter().filter(|m| m.amount != Amount::None) {
        let Some(fit) = best_fit(ground.menu, &ground.lattice.matches[said.name], item) else {
            continue;
        };
        let taken = |m: &Mod| m.pick.is_some_and(|pick| pick.0 == fit.option);
        let left = plain && options[fit.option].min == 0;
        if options[fit.option].max == Some(1) && !left && !line.mods.iter().any(taken) {
            let pick = Some((fit.option, fit.choice));
            let carried = true;
            line.mods.insert(
                0,
                Mod {
                    pick,
                    carried,
                    ..said
                },
            );
        }
    }
    draft.placed = line.mods.len();
}

/// "Two eggs, egg whites, no wait, regular eggs": what was chosen last is taken back, and nothing of its option stands for it. The
/// name is that of the dish, or a part of the choice's own.
pub(super) fn as_it_comes(ground: &Ground<'_>, draft: &Draft, name: usize) -> Option<Draft> {
    if draft.repairs == Repairs::Nothing || draft.amount != Some(Amount::Regular) {
        return None;
    }
    let heard = &ground.lattice.matches[name];
    let mut next = draft.clone();
    let at = next.current.filter(|&at| next.lines[at].known.is_none())?;
    let line = &mut next.lines[at];
    let options = &ground.menu.restaurant.menu.items[line.item()].options;
    let last = line.mods.last()?;
    let (option, choice) = last.pick.filter(|pick| options[pick.0].min == 0)?;
    let senses = fits(ground.menu, heard, line.item());
    let other = |fit: &Fit| fit.option == option && fit.choice != choice && fit.cost < w::DROPPED;
    let of_it = |fit: &Fit| fit.option == option && fit.cost >= w::DROPPED;
    let dish = heard.items.iter().any(|&(item, _)| item == line.item());
    if senses.iter().any(other) || !dish && !senses.iter().any(of_it) {
        return None;
    }
    line.mods.pop();
    next.amount = None;
    next.repairs = Repairs::Nothing;
    next.open = None;
    next.placed = next.placed.min(next.said_choices().len());
    next.last = Last::Choice;
    Some(next)
}

/// The draft without the choice that one named now replaces: another of an option that takes one, else the last one said.
pub(super) fn taken_back(ground: &Ground<'_>, draft: &Draft, name: usize) -> Option<Draft> {
    let mut next = draft.clone();
    next.repairs = Repairs::Nothing;
    let waiting = next.open.as_mut().filter(|open| !open.mods.is_empty());
    let mods = match waiting {
        Some(open) => &mut open.mods,
        None => {
            let said =
                |at: &usize| next.lines[*at].known.is_none() || !next.lines[*at].mods.is_empty();
            let at = next.current.filter(said)?;
            &mut next.lines[at].mods
        }
    };
    let rival = mods.iter().rposition(|m| rivals(ground, m.name, name));
    let again = |m: &Mod| {
        let senses = |name: usize| ground.lattice.matches[name].choices.first().map(|c| c.0);
        senses(m.name) == senses(name)
    };
    let last = || match draft.repairs {
        Repairs::Like => None,
        _ => mods.len().checked_sub(1),
    };
    let at = rival
        .or_else(|| mods.iter().rposition(again))
        .or_else(last)?;
    let old = mods.remove(at);
    // "Half veggies, I mean half mushrooms": the same half.
    if next.part == old.part || rival.is_some() {
        next.part = old.part;
    }
    next.placed = next.placed.min(next.said_choices().len());
    next.last = Last::Choice;
    Some(next)
}
