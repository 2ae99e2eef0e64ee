//! What a phrase does, in any language.

use super::topic::{DayName, Topic, Wish};

/// What a language writes down: a tag, and patterns of folded words that have it.
pub type Table = &'static [(Tag, &'static str)];

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
    /// Stands behind the noun of a dish's name, as in the Romance languages ("blanco", "de").
    BehindNoun,
    /// Words around an answer that change nothing.
    Courtesy,
    /// Words in which an answer is said ("I'll have", "is good").
    AnswerFrame,
    /// Something more is meant ("also", "you left off"), and no correction.
    Adds,
    /// What follows goes ("remove", "I didn't order").
    Remove,
    /// What follows becomes what stands behind the second ("change ... to").
    ChangeVerb,
    ChangeInto,
    /// The same of two things ("swap ... for").
    TradeVerb,
    TradeFor,
    /// What stands before goes ("shouldn't be there").
    NotThere,
    /// Talk about the call or the day, and no order.
    Social,
    /// The name follows, asked for or not.
    NameLead,
    /// The name follows, where it was asked for.
    NameLeadAsked,
    /// A telephone number follows, and what may stand between.
    PhoneLead,
    PhoneFiller,
    Pickup,
    Delivery,
    /// A question about something, or the words of it around a dish.
    Ask(Topic),
    /// A question follows ("can you tell me").
    AskLead,
    /// Stands before a question and says nothing ("hi", "one question").
    AskCourtesy,
    /// A question begins so.
    AskBegin,
    /// One that asks for nothing to be brought begins so.
    AskOnly,
    /// A question ends so ("the large pepperoni, how much is it").
    AskEnd,
    /// A question wherever it stands ("the soup, is it vegan").
    AskTurned,
    /// Asks for something to be brought.
    Brings,
    /// Between a dish and what it may come with.
    ComesVerb,
    /// Asked of a dish, answered from stated allergens only.
    DietWord,
    /// Never answered from a description.
    AllergenWord,
    /// About opening and closing, where a day is named with it.
    Opening,
    /// What a dish is wanted to be, and how menus write it.
    Wish(Wish),
    Written(Wish),
    Negation,
    /// "anything", of a kind named with it.
    AnyThing,
    /// A question about all that there is begins so.
    AnyOf,
    /// Behind "anything": nothing is asked of a dish.
    AnyElse,
    ComesPlace,
    /// "on it", behind what it may come with.
    OnIt,
    Article,
    /// A question about kinds begins so.
    KindBegin,
    /// Between "anything" and what it is to have.
    ThatIs,
    KindOf,
    /// Ends the thing whose kinds are asked for.
    KindEnd,
    /// What follows is what the kinds are for.
    KindOwner,
    KindWord,
    NamesNothing,
    /// In a question about a price, no part of the dish.
    PriceFiller,
    Pronoun,
    /// Who is asked, where a dish could stand.
    Restaurant,
    /// Options that say how hot a dish is, which sizes stand before its name, which behind; sizes that are things.
    HeatOption,
    SizeBefore,
    SizeBehind,
    Vessel,
    /// Says how much a size is.
    Measure,
    Day(DayName),
    /// From January, 1.
    Month(i8),
    /// Before and behind a count that takes what was asked about.
    TakeOpener,
    AfterCount,
    PointsAtThings,
    Takes,
    /// A sentence does not end so.
    SentenceGoesOn,
    /// Of those, what may end a name or an answer ("coke large").
    MayEndName,
    /// Behind it nothing is missing.
    CourtesyEnd,
    /// A caller thinks aloud.
    Thinking,
    /// Says only that one listens.
    Backchannel,
    /// Before the first part of a line that says how many of what, and no part of it.
    PartsLead,
    /// Anywhere between such parts, and nothing.
    PartsFiller,
    /// "order", "plate": one of them is one of the dish.
    PortionNoun,
    /// Between the number and what it is of.
    /// "One", "the first": a part of what was counted before begins.
    PartsBegin,
    /// "I'll": who fetches the order.
    WhoComes,
    /// "In total": a count is of all there is to be.
    InAll,
    PartsJoint,
    /// Before a thing that is named alone.
    BeforeName,
    /// Between a yes or no and what follows it.
    BehindAnswer,
    /// A dish is wanted as the combo of it.
    AsMeal,
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
    /// A dish or an ingredient by the name that everybody has for it.
    Foodstuff,
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
