//! Which of several things a bare word means: the plain one.

use super::compiled::CompiledMenu;
use super::forms::stems;

/// Drinks that are one thing in English unless a word in their name makes them another: "a water" is neither tonic
/// water nor coconut water, "a milk" no oat milk. What is left, whatever its brand, is what the bare word means.
const ONE_THING: &[(&str, &str)] = &[
    (
        "water",
        "sparkling still mineral tonic soda seltzer carbonated club vitamin coconut flavored rose barley lemon lime cucumber \
hot fizzy protein maple",
    ),
    (
        "milk",
        "chocolate strawberry vanilla banana almond oat soy coconut rice cashew condensed evaporated malted steamed hot \
butter iced",
    ),
];

impl CompiledMenu {
    /// The one of a family that no word marks as another kind, where the bare word is a drink of one kind.
    pub(super) fn unmarked_of(&self, family: &[usize], said: &str) -> Option<usize> {
        let said = stems(said);
        let head = said.last()?;
        let (_, marks) = ONE_THING.iter().find(|(drink, _)| drink == head)?;
        let marked = |item: usize| {
            let name = stems(&self.restaurant.menu.items[item].name);
            name.iter()
                .any(|word| marks.split(' ').any(|mark| stems(mark)[0] == *word))
        };
        let mut unmarked = family.iter().copied().filter(|&item| !marked(item));
        let only = unmarked.next()?;
        unmarked.next().is_none().then_some(only)
    }

    /// The plain one of a family: the item the owner calls plain ("plain pizza"), or whose name the other items' names
    /// contain ("Pizza" beside "Hawaiian pizza"). `None` when no one, or more than one, is so.
    pub(super) fn plain_of(&self, family: &[usize]) -> Option<usize> {
        let menu = &self.restaurant.menu;
        let called_plain = |at: usize| {
            let item = &menu.items[at];
            std::iter::once(&item.name)
                .chain(&item.aliases)
                .any(|name| {
                    let words = stems(name);
                    words.len() > 1 && matches!(words[0].as_str(), "plain" | "regular" | "basic")
                })
        };
        let called: Vec<usize> = family
            .iter()
            .copied()
            .filter(|&at| called_plain(at))
            .collect();
        if let [only] = called.as_slice() {
            return Some(*only);
        }
        let plain: Vec<usize> = family
            .iter()
            .copied()
            .filter(|&at| {
                let own = stems(&menu.items[at].name);
                let holds = |other: usize| {
                    let item = &menu.items[other];
                    std::iter::once(&item.name)
                        .chain(&item.aliases)
                        .any(|name| stems(name).windows(own.len()).any(|part| part == own))
                };
                own.len() <= 2 && family.iter().any(|&other| other != at && holds(other))
            })
            .collect();
        match plain.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}
