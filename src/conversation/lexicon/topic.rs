//! What callers ask about, and what they want a dish to be.

/// What a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// "how much is"
    Price,
    /// What the order comes to so far.
    Total,
    /// Whether a choice costs more.
    Extra,
    Cheapest,
    Dearest,
    Sizes,
    /// How big, how much of it, for how many people.
    Portion,
    /// What is served with a dish.
    ComesWith,
    /// What is in a dish.
    Contents,
    Difference,
    Calories,
    Allergens,
    Favourite,
    Specials,
    /// "what are my options", with a choice open.
    Choices,
    /// What there is at all.
    Menu,
    /// Whether there is a thing.
    Have,
    Hours,
    Wait,
    Address,
    Phone,
    Delivery,
    Pickup,
    Paying,
    Minimum,
    /// Alcohol, and how old one must be.
    Age,
    /// "are you a robot"
    Robot,
    /// What no file says: parking, reservations, wifi, jobs.
    House,
}

/// What a dish may be said to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Wish {
    Vegan,
    Vegetarian,
    GlutenFree,
    DairyFree,
    NutFree,
    Halal,
    Kosher,
    Organic,
    SugarFree,
    Spicy,
    ForChildren,
    /// A favourite of the house or of its guests.
    Favourite,
    /// A special or a deal.
    Special,
}

impl Wish {
    /// May somebody be ill of it? Then only stated allergens are an answer.
    pub fn is_allergy(self) -> bool {
        matches!(self, Self::GlutenFree | Self::DairyFree | Self::NutFree)
    }
}

/// A day as callers name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum DayName {
    Today,
    Tomorrow,
    Weekend,
    /// From Monday, 0.
    Weekday(i8),
    /// Month and day.
    Date(i8, i8),
    /// Its date differs from year to year and from country to country.
    Moving,
}
