//! Walks the lattice left to right, keeping the cheapest drafts at each word.

use super::compiled::CompiledMenu;
use super::draft::{Draft, Last};
use super::everyday::is_everyday;
use super::halves::{self, Halves};
use super::lattice::{Edge, Lattice, Reading};
use super::understood::{Understood, WantedName};
use super::weights as w;
use super::{choice_step, close, cue_step, finish, item_step};
use crate::restaurant::Amount;

/// What every step needs.
pub(super) struct Ground<'a> {
    pub menu: &'a CompiledMenu,
    pub lattice: &'a Lattice,
}

impl CompiledMenu {
    /// Understands one utterance. `context` names the items of the lines the caller already has, the one talked about
    /// last at the end: "and extra pickles" then belongs to it. `text` is what [`CompiledMenu::read`] made of the words. Pure; the same words always mean the same.
    pub fn understand(&self, text: &str, context: &[usize]) -> Understood {
        match halves::read(self, text, context) {
            None => self.understand_written(text, context),
            Some(Halves::Written(text)) => self.understand_written(&text, context),
            Some(Halves::NotToBeHad { rest, wanted }) => {
                let mut heard = self.understand_written(&rest, context);
                heard.unmatched.push(wanted.clone());
                heard.wanted.push(WantedName {
                    text: wanted,
                    quantity: None,
                    sure: true,
                });
                heard
            }
        }
    }

    fn understand_written(&self, text: &str, context: &[usize]) -> Understood {
        let lattice = Lattice::new(self, text);
        let ground = Ground {
            menu: self,
            lattice: &lattice,
        };
        finish::understood(&ground, best(&ground, context))
    }
}

fn best(ground: &Ground<'_>, context: &[usize]) -> Draft {
    let length = ground.lattice.words.len();
    let mut at: Vec<Vec<Draft>> = vec![Vec::new(); length + 1];
    let mut limits = vec![Limit::default(); length + 1];
    let mut meanings: Vec<Vec<u64>> = vec![Vec::new(); length + 1];
    at[0].push(Draft::new(context));
    for here in 0..length {
        let drafts = std::mem::take(&mut at[here]);
        for draft in prune(drafts) {
            for edge in &ground.lattice.edges[here] {
                // No step makes a draft cheaper, so one that is dear already need not be tried.
                if draft.cost + edge.cost > limits[edge.to].cost() {
                    continue;
                }
                for next in step(ground, &draft, here, edge) {
                    // "And with" is one word or two: drafts that came the same way to the same order would fill the beam.
                    let meaning = next.meaning();
                    if let Some(known) = meanings[edge.to].iter().position(|m| *m == meaning) {
                        let known = &mut at[edge.to][known];
                        if next.cost < known.cost {
                            *known = next;
                        }
                        continue;
                    }
                    meanings[edge.to].push(meaning);
                    if edge.to < length {
                        limits[edge.to].admit(next.cost);
                    }
                    at[edge.to].push(next);
                }
            }
        }
    }
    let ends = std::mem::take(&mut at[length])
        .into_iter()
        .flat_map(|draft| close::at_end(ground, draft));
    ends.min_by(|a, b| a.cost.total_cmp(&b.cost))
        .unwrap_or_else(|| Draft::new(context))
}

/// The costs of the cheapest drafts at a word, as many as are kept there.
#[derive(Clone, Default)]
struct Limit(Vec<f32>);

impl Limit {
    /// A dearer draft will not be kept.
    fn cost(&self) -> f32 {
        match self.0.as_slice() {
            costs if costs.len() < w::BEAM => f32::INFINITY,
            costs => costs[w::BEAM - 1],
        }
    }

    fn admit(&mut self, cost: f32) {
        if cost < self.cost() {
            let at = self.0.partition_point(|&known| known <= cost);
            self.0.insert(at, cost);
            self.0.truncate(w::BEAM);
        }
    }
}

fn prune(mut drafts: Vec<Draft>) -> Vec<Draft> {
    drafts.sort_by(|a, b| a.cost.total_cmp(&b.cost));
    drafts.truncate(w::BEAM);
    drafts
}

/// "No blue cheese", with no blue of any sort: what follows the strange word in the same breath is refused with it.
fn refused_on(ground: &Ground<'_>, draft: &Draft, here: usize, edge: &Edge) -> Option<Draft> {
    let refusing = draft.amount == Some(Amount::None) && draft.last == Last::Unknown;
    let pause = ground.lattice.words[here].after_break;
    let name = matches!(edge.reading, Reading::Name(_));
    if !refusing || pause || !name {
        return None;
    }
    let mut next = draft.clone().paying(edge.cost);
    next.refused_words.extend(here..edge.to);
    next.amount = None;
    Some(next)
}

fn step(ground: &Ground<'_>, draft: &Draft, here: usize, edge: &Edge) -> Vec<Draft> {
    if let Some(refused) = refused_on(ground, draft, here, edge) {
        return vec![refused];
    }
    // Two strange words may be one name; anything else begins something new.
    let mut ended;
    let mut draft = draft;
    let goes_on =
        matches!(edge.reading, Reading::Unknown) && !ground.lattice.words[here].after_break;
    if !goes_on && draft.last == Last::Unknown && draft.amount == Some(Amount::None) {
        ended = draft.clone();
        ended.amount = None;
        draft = &ended;
    }
    match edge.reading {
        Reading::Cue(cue) => cue_step::read(
            ground,
            draft.clone().paying(edge.cost),
            cue,
            (here, edge.to),
        ),
        Reading::Number(value) => cue_step::number(ground, draft.clone().paying(edge.cost), value),
        Reading::Unknown => {
            let mut next = draft.clone().paying(edge.cost);
            if next.amount == Some(Amount::None) && !is_everyday(&ground.lattice.words[here].text) {
                next.refused_words.push(here);
                next.carry_none = false;
                next.excluding = false;
                next.last = Last::Unknown;
                return vec![next];
            }
            next.unmatched.push(here);
            next.drop_amount();
            next.carry_none = false;
            next.excluding = false;
            next.last = Last::Unknown;
            vec![next]
        }
        Reading::Name(name) => {
            let mut next = item_step::read(ground, draft, name, edge.cost);
            next.extend(choice_step::read(ground, draft, name, edge.cost));
            next
        }
    }
}
