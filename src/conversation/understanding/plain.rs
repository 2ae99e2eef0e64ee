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

    /// The plain one of a family: the item the owner calls plain ("plain pizza"; a cheese pizza is one), whose name is its
    /// category's ("Pizza" among Pizzas), or whose name the other items' names contain ("Pizza" beside "Hawaiian pizza").
    /// `None` when no one, or more than one, is so, or when most of the items are something else (a mocha is no plain
    /// coffee, though there is a white mocha).
    pub(super) fn plain_of(&self, family: &[usize]) -> Option<usize> {
        if let Some(plain) = self.only(family, |words| words[0] == "plain") {
            return Some(plain);
        }
        let items = &self.restaurant.menu.items;
        let share = |same: &dyn Fn(usize) -> bool| {
            family.iter().filter(|&&at| same(at)).count() * 2 >= family.len()
        };
        if let Some(plain) = self.named_as_its_category(family) {
            let category = &items[plain].category;
            return share(&|at| items[at].category == *category).then_some(plain);
        }
        let plain = self
            .only(family, |words| {
                matches!(words[0], "regular" | "basic") || *words == ["cheese", "pizza"]
            })
            .or_else(|| self.held_by_others(family))?;
        let head = stems(&items[plain].name).pop()?;
        share(&|at| stems(&items[at].name).contains(&head)).then_some(plain)
    }

    /// The only item with a name of two words or more that is called so.
    fn only(&self, family: &[usize], called: impl Fn(&[&str]) -> bool) -> Option<usize> {
        let mut found = family.iter().copied().filter(|&at| {
            let item = &self.restaurant.menu.items[at];
            let mut names = std::iter::once(&item.name).chain(&item.aliases);
            names.any(|name| {
                let words = stems(name);
                let words: Vec<&str> = words.iter().map(String::as_str).collect();
                words.len() > 1 && called(&words)
            })
        });
        let only = found.next()?;
        found.next().is_none().then_some(only)
    }

    fn named_as_its_category(&self, family: &[usize]) -> Option<usize> {
        let mut found = family.iter().copied().filter(|&at| {
            let item = &self.restaurant.menu.items[at];
            let category = item.category.as_deref().map(stems);
            category.is_some_and(|category| category == stems(&item.name))
        });
        let only = found.next()?;
        found.next().is_none().then_some(only)
    }

    fn held_by_others(&self, family: &[usize]) -> Option<usize> {
        let menu = &self.restaurant.menu;
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
