//! The function words of English, as patterns: `(a|b|)` stands for "a", "b" or nothing.
//!
//! They are a small grammar of how English asks, refuses and measures (auxiliary, pronoun, verb, preposition), not a
//! list of sentences somebody said. Apostrophes are gone (`dont`), as in [`crate::words::tokens`].

use super::cues::Cue;

/// Patterns by what they do.
pub(super) const PHRASES: &[(Cue, &str)] = &[
    // Courtesies, hesitation, persons and occasions.
    (
        Cue::Filler,
        "first (of all|off)|half and half|(if |)(its |it is |thats |)no (worries|problem|rush|matter|big deal|hurry|trouble|bother)|why not|not sure|(pump|scoop|dollop|spoonful|shot)(|s) of|please|\
        thanks (|a lot|so much|much|again)|thank you (|very much|so much)|um|uh|er|ah|oh|hmm|mm|well|so|ok|okay|yeah|\
        yes|yep|all right|alright|(hi|hello|hey) (|there)|good (morning|afternoon|evening)|how are you (|doing|today)|\
        let me (see|think)|you know|i (guess|think|suppose|believe)|just|only|maybe|perhaps|actually|really|probably|\
        kind of|of|to go|for here|to eat in|for take out|for takeout|take out|takeout|for pickup|(i |we |id |)(really |)appreciate (it|that)|if (you can|possible|\
        thats ok|thats okay|you have it)|to start|for (starters|today|tonight|now|lunch|dinner|breakfast)|today|tonight|\
        this time|for (me|us|him|her|them)|for (my|the) (wife|husband|son|daughter|kid|kids|friend|mom|dad|boss)|\
        (and|) (that will be|thatll be|thats|that is) (it|all|everything) (|for today|for now)|in (all|total)|\
        altogether|great|perfect|awesome|lovely|as well|too|also|at all|it|in|at|is|be|are|will be|my|our|your|you|i|\
        we|me|us|to|for|from|by|right now|order|meal|meals|item|items|dish|instead|though|however|definitely|\
        (that|) would be (great|nice|good|lovely)|(in|) size|sized|style|kind|type|flavor|flavored|love|like|which is|\
        as|sir|maam|already|all|main|apiece",
    ),
    // How an order begins.
    (
        Cue::Opener,
        "(id|i would|wed|we would) (also|really|just|) (like|love|prefer|take|try|go for) (to (have|get|order|try|add|do)|)|\
        (i|we) (also|really|just|) (want|wanna|need|wanted|wish|said|ordered|asked for|have|prefer) \
        (to (have|get|order|try|add)|)|\
        (ill|i will|well|we will) (also|just|) (have|take|get|do|try|order|add|want|need|go (for|with))|\
        (can|could|may) (i|we) (please|also|just|maybe|) (please|also|) (get|have|do|try|order|add|grab)|\
        (can|could|would) you (please|also|just|) (get|make|give|bring|add|put|do) (me|us|)|\
        (lets|let me|let us) (also|just|please|) (get|have|do|try|order|add|start with)|\
        (give|get|bring|make|order|pass) (me|us)|gimme|(im|i am|were|we are) (also|) (getting|having|after|ordering|\
        looking for|going (for|with))|i was (hoping|looking|wondering|thinking) (to|of|about|if i could|if we could) \
        (get|getting|have|having|order|ordering)|(do you think|) i could (get|have|order)|also|and also|then|and then|\
        next|(for|as|) (the|my|) (toppings|topping)|for (my|the|a|) (drink|drinks|side|sides|dessert|appetizer)|\
        (and|also|) include|and (make|do) (it|that|them|those)|do (it|that|them|those)|(throw|chuck|toss|pop|stick) in|put me down for|place an order for|\
        my order is|need|want|order|get|have|give|take|try|how about|what about|do i get|to (order|have|try|get|add)",
    ),
    (Cue::Article, "a|an|some|any|a whole|(an|) order(|s) of"),
    (Cue::Definite, "the|that|those|these|this|my|said"),
    (Cue::Another, "another (one|)|one (more|additional)"),
    (
        Cue::Other,
        "the (other|others|rest|remaining) (one|ones|)|other one|the remaining",
    ),
    (
        Cue::Nth,
        "the (first|second|third|fourth|fifth|last) (one|)|(first|second|third|last) one",
    ),
    (
        Cue::OnSome,
        "(on|in|for|off|from) (just|only|) (one|two|three|four|five|six|half) (of (them|those|these)|)|\
        (on|in|for|off|from) (the|) (first|second|third|last) (one|)|\
        (on|in|for|off|from) the (other|others|rest) (one|ones|two|three|four|five|)",
    ),
    (Cue::Times(1), "once|one time"),
    (Cue::Times(2), "twice|(two|2) times|times (two|2)|x (two|2)"),
    (
        Cue::Times(3),
        "thrice|(three|3) times|times (three|3)|x (three|3)",
    ),
    (Cue::Times(4), "(four|4) times|times (four|4)|x (four|4)"),
    (Cue::Ones, "ones"),
    // The caller's own words taken back.
    (
        Cue::Repair,
        "(oh|uh|um|actually|) no wait (no|)|(oh|uh|um|actually) wait (no|)|wait (no|wait)|(no|) sorry no|no sorry|actually no|no actually|\
        (oh|no|sorry|actually|wait|oops|er|uh|um|erm|) (sorry|) i mean(|t) (to say|)|that is to say|you know what|hold up|(uh|um|er|erm|oh|ah) (no|nope)|\
        (no|oh|sorry|wait|actually|no wait|oh wait|wait no|hang on|hold on|you know what|on second thought|oops|well|uh|um|nah|hold up) (make|do|change) (that|it|them|those) (to|)|\
        (no|oh|sorry|wait|actually|no wait|hang on|hold on|you know what|) (change|switch) (that|it) to|\
        (scratch|strike) that|(oh|no) scratch that|(no|actually|oh|) (forget|cancel) (that|it)|never mind|(no|oh|wait|) let me (change|correct|switch) (that|it) (to|)|or rather|correction|on second (thought|thoughts)|(sorry|) my (bad|mistake|fault|error|apologies)|(oh|) (pardon|forgive|excuse) me|(i |)beg your pardon|silly me|(on|upon) reflection|better still|apologies|\
        i misspoke|(no wait|no|actually|wait|) (id|i would) rather (have|get|do)",
    ),
    (
        Cue::Instead,
        "make (it|that|them|those)|sorry|(whoops|oops) (sorry|)",
    ),
    (
        Cue::And,
        "and|plus|along with|as well as|together with|followed by",
    ),
    (Cue::Or, "or|nor"),
    // What follows belongs to what was named.
    (
        Cue::With,
        "(please|and|) (with|add|put)|on|over|inside|(on|in|inside|over|to|with) (it|that|them|this|there|those)|\
        on top (of (it|that)|)|(topped|served|loaded|filled|stuffed|made|covered) (with|in)|has|having|that has|gets|getting|(comes|come) with|\
        including|added|with added|(it|that) with",
    ),
    (Cue::But, "but (please|with|)|except (for|)"),
    (
        Cue::No,
        "(with|but|and|please|) no|not|(but|and) not|no more|not any",
    ),
    // A refusing verb, what it governs, and how far: it goes on over "and" and "or".
    (
        Cue::Without,
        "without (adding|putting|having|including|using|) (any|the|a|)|\
        (dont|do not|do no|did not|didnt|never|wont) (want|add|put|include|need|like|use|have|care for) \
        (it|them|that|) (with|on|in|) (any|the|a|)|but hold on|(leave|take|keep) (off|out) (the|any|)|(leave|keep) the|\
        (hold|skip|avoid|omit|nix|lose|drop|cut|ditch|remove|minus|spare|eighty six|86) (the|any|all the|all|)|\
        (there |it |that |)(shouldnt|should not) (be|have) (any|)|hate|dislike|cant stand|none of the|(free|instead) of|never any|not (adding|putting|wanting) (any|)",
    ),
    (Cue::Free, "free"),
    (
        Cue::Light,
        "light (on|) (the|)|lightly|(go|) (easy|light) (on|) (the|)|(just|only|) a (little|little bit|tiny bit|wee bit|small bit|small amount|\
        tiny amount) (of|)|(just|only|) a (bit|touch|dash|hint|drizzle|splash|sprinkle|smidge|squeeze|drop|pinch) of|\
        not (much|too much|too many|too|that|so|very|many|a lot|a lot of|so much)|less|(very|) little|a light amount of|half the|\
        a little light on",
    ),
    (
        Cue::Extra,
        "extra (on|) (of|) (the|)|(a|) (lot|lots|ton|tons|load|loads|bunch|heap|heaps) of|a whole (lot|bunch) of|(load|pile) (up on|up|on) (the|)|heavy with|\
        plenty of|(go|) heavy (on|) (the|)|additional|(double|triple) (up on|) (the|)|more|(too|) much|(an|a|some|\
        added) extra|extra extra|a (good|generous|big|large) amount of|generous|all the extra",
    ),
    (
        Cue::Plain,
        "regular|normal|standard|plain|a (normal|regular|standard) amount of",
    ),
    (
        Cue::Half,
        "(on|) (one|the other|the left|the right|left|right|other|the first|the second|) (half|side half)|\
        (on|) half of (it|them|the pizza|the pie)|on the (left|right)|and half|(on|) (one|the other) side|on the other",
    ),
    (
        Cue::Whole,
        "on (all of it|the whole (thing|pizza|pie|one|))|all over (it|)|everywhere",
    ),
    (
        Cue::Spread,
        "both|each|all|(on|in|to|for) (both|each|all|either)|(on|in|to|for|) (both|each|all|either) (of|) (them|those|these)|\
        (both|each|all) with|(on|) (every|each|either) one",
    ),
    (
        Cue::All,
        "everything (on (it|that|them|there)|you have|you got|)|the works|fully loaded|\
        all (of|) (the|your|) (toppings|topping|fixings|fixins|trimmings|extras|condiments|garnishes|add ons)",
    ),
    // A measure before its noun.
    (
        Cue::Portion,
        "(an|) order(|s) of|(with|) (a|) side (order|) of|sides of|(bag|cup|bowl|glass|piece|slice|plate|basket|\
        carton|pack|packet|bottle|can|jar|mug|pot|portion|serving|helping) of|(bags|cups|bowls|glasses|pieces|slices|\
        plates|baskets|cartons|packs|packets|bottles|cans|jars|mugs|pots|portions|servings) of|in order of",
    ),
    // Nouns that only say again what sort of thing was named.
    (
        Cue::Head,
        "sandwich(|es)|sub(|s)|burger(|s)|pizza(|s)|cookie(|s)|chips|drink(|s)|soda(|s)|sauce|dressing|cheese|bread|\
        roast|syrup|meat|coffee|tea|juice|water|salad|soup|wrap|bowl|plate|roll|cup|bottle|bag|crust|filling(|s)|\
        beverage|topping|seasoning|mix|special|combo|platter|entree|side dish|bun|patty|flavour|shot(|s)|piece(|s)|\
        beer|milk|leaves",
    ),
    (
        Cue::AsItem,
        "on the side|as (a|my) (side|drink)|as sides|(for|as|) (a|my) drink|to drink|side|sides|drink|\
        to go with (it|that|them)",
    ),
];
