//! "Two large milk teas, one taro and one thai": the family is named first, then which ones of it.

use super::draft::DraftLine;

/// A word that means several items, and whose number the items of it that follow make up, is those items: they take over
/// what was said of all.
pub(super) fn part(lines: &mut Vec<DraftLine>) {
    told_later(lines);
    let Some((family, members)) = (0..lines.len()).find_map(|at| Some((at, members(lines, at)?)))
    else {
        return;
    };
    let shared = lines[family].mods.clone();
    for member in members {
        lines[member].mods.splice(0..0, shared.iter().copied());
    }
    lines.remove(family);
}

/// "No onions on the burger, just a cheeseburger": what was said of a family is said of the one of it that follows.
fn told_later(lines: &mut Vec<DraftLine>) {
    let member = |at: usize| {
        let family = &lines[at];
        if family.items.len() < 2 || family.counted || family.known.is_some() {
            return None;
        }
        let mut of_family = (at + 1..lines.len()).filter(|&later| {
            let line = &lines[later];
            line.items.len() == 1
                && line.known.is_none()
                && family.items.iter().any(|&(item, _)| item == line.item())
        });
        let only = of_family.next()?;
        of_family.next().is_none().then_some(only)
    };
    let Some((family, member)) = (0..lines.len()).find_map(|at| Some((at, member(at)?))) else {
        return;
    };
    let shared = lines[family].mods.clone();
    lines[member].mods.splice(0..0, shared);
    lines.remove(family);
}

/// The lines after the family that make it up.
fn members(lines: &[DraftLine], at: usize) -> Option<Vec<usize>> {
    let family = &lines[at];
    if family.items.len() < 2 || family.quantity < 2 || family.known.is_some() {
        return None;
    }
    let mut wanted = family.quantity;
    let mut found = Vec::new();
    for (later, line) in lines.iter().enumerate().skip(at + 1) {
        let of_family = line.items.len() == 1
            && line.known.is_none()
            && line.counted
            && family.items.iter().any(|&(item, _)| item == line.item());
        if !of_family || line.quantity > wanted {
            return None;
        }
        wanted -= line.quantity;
        found.push(later);
        if wanted == 0 {
            return Some(found);
        }
    }
    None
}
