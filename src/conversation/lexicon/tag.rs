//! What a phrase does, in any language.

/// The act of a phrase. Where two senses are close, the rule that reads the tags decides by what is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tag {
    /// "yes", "that's right", "go ahead".
    Yes,
    /// "no", "that's wrong", "I'll pass".
    No,
    /// All that was offered, together ("both", "the two of them").
    Both,
    /// What follows is not wanted ("I don't want", "no").
    Refusal,
    /// "almost", "one thing is wrong": a no that is said kindly.
    NotQuite,
    /// Says that what was heard is wrong, before what is right ("that's not right, ...").
    Denial,
    /// Words around an answer that change nothing.
    Courtesy,
    /// Words in which an answer is said ("I'll have", "is good").
    AnswerFrame,
    /// Something more is meant ("also", "you left off"), and no correction.
    Adds,
    /// What follows goes ("remove", "I didn't order").
    Remove,
    /// What stands before goes ("shouldn't be there").
    NotThere,
    /// Talk about the call or the day, and no order.
    Social,
    /// The name follows, asked for or not.
    NameLead,
    /// The name follows, where it was asked for.
    NameLeadAsked,
    Pickup,
    Delivery,
    /// "do you deliver"
    AskDelivery,
    /// "do you take cards"
    AskPaying,
    /// A time follows at which the order is wanted.
    TimeLead,
    /// A whole time by itself, and what stands behind one.
    TimeWord,
    TimeTail,
    /// A bare no, and a bare yes.
    NoWord,
    YesWord,
    /// Between two answers of which the last counts ("no wait, yes").
    Between,
    /// Words that may stand around an utterance of one thing.
    Pad,
    /// Asks for something ("can I get"), which is said next.
    Wanting,
    /// A "no" before one of these was an answer, and no refusal ("no, I meant").
    GoesOn,
    /// What was said last, or is being asked about, is unwanted ("scratch that").
    DropThat,
    /// The order is complete ("that's all").
    Done,
    /// The same, where it is the whole utterance ("done", "no more").
    DoneAlone,
    /// The whole order is unwanted.
    Cancel,
    /// What is being asked about is unwanted, and, where nothing is asked, the order ("never mind", "forget it").
    CancelThat,
    /// "everything off it": of one thing, not of the order.
    PartOf,
    /// Somebody real is wanted.
    Person,
    /// The same, where it is the whole utterance ("manager, please").
    PersonAlone,
    /// What was said last is wanted again.
    SayAgain,
    /// The same, where it is the whole utterance ("what?").
    SayAgainAlone,
    /// What is ordered so far is wanted.
    ReadBack,
    /// One more of what was ordered last.
    SameAgain,
    /// The caller is leaving.
    Leave,
    /// The same, where it is the whole utterance.
    WrongNumber,
    /// The order so far is void, the caller stays.
    StartOver,
    /// Says nothing, anywhere.
    Expletive,
    /// The food that is not borne follows ("allergic to", "can't have").
    AllergyTo,
    /// The food that is not borne stands before ("peanut allergy", "makes me ill"), or was never said.
    AllergyOf,
    /// The same where a food follows, and nothing otherwise ("don't eat").
    Avoids,
    /// Who has it, and how that is said ("my son is"): not a part of the food.
    AllergyWho,
    /// A name of a condition that is a food's ("coeliac").
    Condition(Allergen),
    /// "vegan", said of somebody.
    Diet,
    /// The clause about an allergy is over ("so", "can I get").
    ClauseEnd,
    /// A word for a food that people cannot bear.
    Food(Allergen),
}

/// Foods as allergens are stated; a stated word and a said one meet in one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Allergen {
    Peanuts,
    Nuts,
    Milk,
    Gluten,
    Egg,
    Soy,
    Fish,
    Shellfish,
    Sesame,
    Mustard,
    Celery,
    Sulphites,
    Meat,
    Pork,
    Alcohol,
    Sugar,
    Onion,
}
