//! Words -> order lines for one menu.
//!
//! `forms` (with `synonyms`) writes down every way a name may be said -> `compiled` indexes them once per menu ->
//! `lattice` lays all readings of an utterance side by side (names, sound-alikes, numbers and the function words of
//! `cues`, spelt out from the patterns of `phrases`) -> `beam` walks it left to right with `draft` orders, scored by `weights` -> `finish` turns the cheapest draft
//! into [`Understood`], with `remainder` for the badly heard rest of a name and `plain` for bare words.
//! `halves` first writes out a dish whose halves are named around it; `names_by_sound` finds a whole name in what nothing explained.

mod beam;
mod choice_step;
mod close;
mod compiled;
mod cue_step;
mod cues;
mod doubts;
mod draft;
mod everyday;
mod families;
mod finish;
mod forms;
mod halves;
mod item_step;
mod lattice;
mod names;
mod names_by_sound;
mod parts;
mod phrases;
mod plain;
mod remainder;
mod repair;
mod select_all;
mod some_of;
mod sound_alike;
mod stems_at;
mod synonyms;
mod understood;
mod weights;

pub use compiled::CompiledMenu;
pub(super) use everyday::{is_common, is_everyday};
pub(super) use names::{NamedChoice, combined};
pub use understood::{Ambiguous, AmbiguousKind, HeardLine, LooseChoice, Understood, WantedName};
