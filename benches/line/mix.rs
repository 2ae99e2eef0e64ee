//! The fixed mix of turns: 13 short answers, 23 orders of items, 9 hesitant ones; dangling ones apart.

use crate::line::{CAFE, PIZZERIA};

/// What kind of thing a caller says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A size, or yes or no, asked for by the waiter.
    Short,
    /// Things from the menu.
    Items,
    /// Things from the menu with pauses inside.
    Hesitant,
    /// A sentence left unfinished; the waiter waits longer on purpose.
    Dangling,
}

use Kind::{Dangling, Hesitant, Items, Short};

/// Calls: whom, and what is said in turn. `...` is a pause.
pub const CALLS: [(&str, &[(Kind, &str)]); 10] = [
    (
        CAFE,
        &[
            (Items, "Two blueberry muffins, please."),
            (Items, "Can I get a latte?"),
            (Short, "Large."),
            (Hesitant, "I'd like ... um ... a cinnamon roll."),
            (Short, "No."),
        ],
    ),
    (
        CAFE,
        &[
            (Items, "One berry smoothie and one banana bread."),
            (Items, "A clam chowder, please."),
            (Short, "Bowl."),
            (Hesitant, "And also ... uh ... two sparkling waters."),
            (Short, "No, that's all."),
        ],
    ),
    (
        CAFE,
        &[
            (Items, "Could I have a cobb salad, please?"),
            (Items, "I'll take a hot chocolate."),
            (Short, "Small."),
            (Hesitant, "Let me have ... a veggie wrap."),
            (Short, "No thanks."),
        ],
    ),
    (
        CAFE,
        &[
            (Items, "Three croissants, please."),
            (Items, "I want a cappuccino with oat milk."),
            (Short, "Medium."),
            (Hesitant, "Um ... a french toast ... please."),
            (Short, "No."),
        ],
    ),
    (
        CAFE,
        &[
            (Items, "A large latte with almond milk, please."),
            (Items, "And a tomato soup."),
            (Short, "Cup."),
            (Hesitant, "I think ... I'll have ... a quinoa salad."),
            (Items, "Two almond croissants, please."),
        ],
    ),
    (
        PIZZERIA,
        &[
            (Items, "Two chocolate brownies, please."),
            (Items, "Can I get a cheese pizza?"),
            (Short, "Large."),
            (Hesitant, "I'd like ... um ... a stromboli."),
            (Items, "And some french fries."),
        ],
    ),
    (
        PIZZERIA,
        &[
            (Items, "I'd like a cheesecake, please."),
            (Items, "One large cheese pizza with mushrooms."),
            (Short, "No."),
            (Hesitant, "Then ... two bottled waters."),
            (Items, "Garlic knots and onion rings, please."),
        ],
    ),
    (
        PIZZERIA,
        &[
            (Items, "One caesar salad, please."),
            (Items, "And a cheese pizza."),
            (Short, "Small."),
            (Hesitant, "Could I have ... uh ... cheese fries?"),
            (Items, "One cannoli, please."),
        ],
    ),
    (
        PIZZERIA,
        &[
            (Items, "Two orders of garlic knots."),
            (Items, "A medium cheese pizza, please."),
            (Short, "Yes."),
            (Hesitant, "I'd also like ... meatballs."),
            (Items, "And a chocolate brownie."),
        ],
    ),
    (
        CAFE,
        &[
            (Dangling, "I'd like a"),
            (Dangling, "Can I get two"),
            (Dangling, "And then the"),
        ],
    ),
];
