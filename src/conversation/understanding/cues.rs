//! Function words: what they do to the order around them.

use std::collections::HashMap;

use crate::words::Token;

/// What a function word or phrase does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Cue {
    /// Says nothing about the order.
    Filler,
    /// A new clause: "I'd like", "also", "for toppings".
    Opener,
    /// "a", "an", "some".
    Article,
    /// "the", "that": something known.
    Definite,
    /// "another", "one more".
    Another,
    /// "the other", "the rest": what a split leaves.
    Other,
    /// "and", "plus".
    And,
    /// "or", "nor".
    Or,
    /// "with", "on it", "topped with": choices follow.
    With,
    /// "but", "then".
    But,
    /// "no": for the next choice, and on over "or".
    No,
    /// "without", "hold the": on over "or" and "and".
    Without,
    /// "light", "a little".
    Light,
    /// "extra", "lots of".
    Extra,
    /// "regular", "normal amount of": as it comes.
    Plain,
    /// "half", "on one half".
    Half,
    /// "both", "each", "all of them".
    Spread,
    /// "a side of", "a bag of": an item follows.
    Portion,
    /// A food noun that only describes what was named ("tuna sandwich", "caesar dressing").
    Head,
    /// "on the side", "as a drink": an item came before.
    AsItem,
}

/// Phrases by what they do. Apostrophes are gone (`dont`), as in [`crate::words::tokens`].
const PHRASES: &[(Cue, &str)] = &[
    (
        Cue::Filler,
        "no worries|no problem|no rush|no matter|no big deal|why not|not sure|shot of|shots of|pump of|pumps of|\
        scoop of|scoops of|dollop of|please|thanks|thank you|thanks a lot|thanks so much|thanks much|\
        thank you very much|um|uh|er|ah|oh|hmm|mm|well|so|ok|okay|alright|all right|yeah|yes|yep|hi|hello|hey|\
        hi there|hey there|good evening|good morning|good afternoon|how are you|how are you doing|let me see|\
        let me think|you know|i guess|i think|just|only|maybe|actually|really|probably|kind of|of|to go|for here|\
        to eat in|for takeout|take out|takeout|for pickup|if you can|if possible|if thats ok|to start|for starters|\
        today|for today|tonight|for tonight|this time|for me|for us|for my wife|for my husband|for my son|\
        for my daughter|for my kid|for my friend|for the kids|that will be it|that will be all|thatll be it|\
        thatll be all|thats all|thats it|thats all for today|thats everything|and thats it|and thats all|in all|\
        in total|altogether|great|perfect|awesome|lovely|as well|too|also|at all|it|in|at|is|be|are|will be|my|our|\
        your|you|i|we|me|us|to|for|from|by|right now|order|meal|meals|item|items|dish|instead|though|however|\
        definitely|the order|that would be great|would be great|style|size|sized|in size|kind|type|flavor|flavored|\
        love|like|which is|as|dear|sir|maam|man|buddy|already|all|main",
    ),
    (
        Cue::Opener,
        "id like|i would like|i said|i meant|i mean|i asked for|i ordered|i want|i wanna|i need|i wanted|ill have|\
        i will have|ill take|i will take|ill get|ill do|ill try|ill go for|ill go with|ill just take|ill just have|\
        lets do|lets get|lets have|let me get|let me have|let me do|let me try|can i get|can i have|can i please get|\
        can i please have|can i also get|can i also have|can i do|can i try|can i order|can i add|can i also add|\
        could i get|could i have|could i please get|could i please have|could you get me|can you get me|\
        can you make me|can you add|could you add|may i have|may i get|may i please have|may i please get|\
        may i also have|give me|get me|gimme|make me|bring me|order me|i would also like|id also like|i also want|\
        i also need|ill also have|ill also take|ill also get|i would like to order|id like to order|id like to get|\
        id like to have|id like to try|i want to order|i want to get|i want to try|i need to order|i wish to have|\
        i would like to have|i would like to try|i would like to get|id love|i would love|also|and also|then|and then|\
        next|for toppings|for the toppings|as toppings|toppings|for topping|topping|for my drink|for the drink|\
        for drinks|for a drink|for a side|for my side|for sides|for dessert|include|and include|also include|\
        can we get|can we have|could we get|could we have|well have|well take|wed like|we would like|we need|we want|\
        we will have|were getting|im getting|i am getting|do you think i could get|i was hoping to get|\
        i was wondering if i could get|put me down for|make it|make that|make them|make those|and make it|throw in|\
        id take|i prefer|id prefer|id try|id go for|place an order for|my order is|i have|need|want|order|get|have|\
        give|take|try|how about|what about|do i get|to order|to have|to try|to get|to add",
    ),
    (
        Cue::Article,
        "a|an|some|any|a whole|an order of|orders of|order of",
    ),
    (Cue::Definite, "the|that|those|these|this|my|said"),
    (Cue::Another, "another|one more|another one|one additional"),
    (
        Cue::Other,
        "the other|the other one|the others|the rest|other one|the second one|the second|the last one|the remaining",
    ),
    (
        Cue::And,
        "and|plus|along with|as well as|together with|followed by",
    ),
    (Cue::Or, "or|nor"),
    (
        Cue::With,
        "with|add|please add|on|on it|on that|on them|on there|in it|in that|in there|on top|on top of that|\
        topped with|over|has|having|that has|put|on those|to that|on this|in them|with it|served with|loaded with|\
        covered in|filled with|stuffed with|made with|including|and put|added|with added|to it|inside|in this|it with|\
        that with",
    ),
    (Cue::But, "but|but please|but with|except|except for"),
    (
        Cue::No,
        "no|not|with no|but no|and no|please no|no more|not any|but not|and not",
    ),
    (
        Cue::Without,
        "without|without any|without the|without a|and without|hold|hold the|skip|skip the|avoid|avoid any|avoid the|\
        minus|minus the|leave off|leave off the|leave out|leave out the|dont want|dont want any|dont want the|\
        do not want|do not want any|do not want the|dont add|dont add any|do not add|do not add any|dont put|\
        dont put any|do not put|do not put any|dont include|do not include|dont include any|hate|i hate|dont like|\
        i dont like|i dislike|dislike|none of the|nix the|eighty six the|86 the|lose the|drop the|take off the|\
        take off|remove|remove the|i dont want|i dont want any|i do not want|i do not want any|free of|instead of|\
        cut the|never any|but hold|but hold the|but avoid|but without|but without any|but dont add",
    ),
    (
        Cue::Light,
        "light|light on|light on the|go light on|go light on the|easy on|easy on the|easy|go easy on|go easy on the|\
        a little|little|a little bit of|just a little|just a little bit of|a bit of|just a bit of|only a little|\
        only a little bit of|a touch of|just a touch of|a dash of|a hint of|not much|not too much|not many|\
        not too many|not a lot|not a lot of|less|a drizzle of|a tiny bit of|a splash of|a sprinkle of|lightly|\
        half the|a small amount of|a smidge of|a squeeze of|very little|a light amount of|a little light on",
    ),
    (
        Cue::Extra,
        "extra|lots of|a lot of|lot of|plenty of|heavy|heavy on|heavy on the|go heavy on|go heavy on the|a bunch of|\
        a whole lot of|additional|double|triple|more|loads of|tons of|a ton of|too much|double the|a good amount of|\
        an extra|a extra|some extra|extra extra|added extra|much|generous",
    ),
    (
        Cue::Plain,
        "regular|normal|a normal amount of|a regular amount of|standard|plain",
    ),
    (
        Cue::Half,
        "half|one half|on one half|on half|half of it|on the other half|the other half|other half|on the left|\
        on the right|left half|right half|and half",
    ),
    (
        Cue::Spread,
        "both|each|all of them|on both|on each|on all|on all of them|both of them|both with|each with|all with|\
        on both of them|on all of those|on each of them|on each one|on every one|every one|in both|in each|to both|\
        on both of those",
    ),
    (
        Cue::Portion,
        "an order of|orders of|order of|a side of|side of|with a side of|sides of|side order of|a side order of|\
        a bag of|bag of|bags of|cup of|cups of|bowl of|a bowl of|glass of|glasses of|piece of|pieces of|slice of|\
        plate of|basket of|carton of|pack of|packet of|bottle of|bottles of|can of|cans of",
    ),
    (
        Cue::Head,
        "sandwich|sandwiches|sub|subs|burger|burgers|pizza|pizzas|cookie|cookies|chips|drink|drinks|soda|sodas|sauce|\
        dressing|cheese|bread|roast|syrup|meat|coffee|tea|juice|water|salad|soup|wrap|bowl|plate|roll|cup|bottle|bag|\
        crust|filling|fillings|beverage|topping|seasoning|mix|special|combo|platter|entree|side dish|bun|patty|\
        flavour|shot|shots|pieces|piece|beer|milk|leaves",
    ),
    (
        Cue::AsItem,
        "on the side|as a side|as my side|as a drink|as my drink|to drink|for a drink|side|sides|drink|to go with it|\
        to go with that|as sides",
    ),
];

/// Phrases indexed for lookup.
#[derive(Debug)]
pub(crate) struct Cues {
    by_phrase: HashMap<&'static str, Vec<Cue>>,
    longest: usize,
}

impl Cues {
    pub fn new() -> Self {
        let mut by_phrase: HashMap<&'static str, Vec<Cue>> = HashMap::new();
        let mut longest = 1;
        for (cue, phrases) in PHRASES {
            for phrase in phrases.split('|').map(str::trim) {
                longest = longest.max(phrase.split(' ').count());
                let cues = by_phrase.entry(phrase).or_default();
                if !cues.contains(cue) {
                    cues.push(*cue);
                }
            }
        }
        Self { by_phrase, longest }
    }

    /// Cues that begin at a word: how many words each takes, longest first.
    pub fn at(&self, words: &[Token], at: usize) -> Vec<(usize, Cue)> {
        let mut found = Vec::new();
        let mut phrase = String::new();
        for len in 1..=self.longest.min(words.len() - at) {
            if len > 1 {
                phrase.push(' ');
            }
            phrase.push_str(&words[at + len - 1].text);
            for &cue in self.by_phrase.get(phrase.as_str()).into_iter().flatten() {
                found.push((len, cue));
            }
        }
        found.reverse();
        found
    }

    /// Is this single word a cue?
    pub fn is_cue(&self, word: &str) -> bool {
        self.by_phrase.contains_key(word)
    }
}
