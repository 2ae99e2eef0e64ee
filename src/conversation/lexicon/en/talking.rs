//! English: how talk goes on, thinks aloud and listens, and little words around the parts of a line.

use crate::conversation::lexicon::tag::{Table, Tag};

pub const TABLE: Table = &[
    (
        Tag::SentenceGoesOn,
        "and|or|with|a|an|the|of|for|to|some|no|without|extra|plus|but|on|in|my|two|also|then|like|get|have|want|need|\
        add|as|is|at|id|ill|i|can|could|would|may|me|large|small|medium|another|double|light|instead|from|than|because|\
        half|im|its|please can|hold|change|make",
    ),
    (Tag::MayEndName, "two|large|small|medium|double|light|half"),
    (Tag::CourtesyEnd, "please|thanks|thank you"),
    (
        Tag::Thinking,
        "um|uh|er|hmm|let me see|let me think|lets see|hold on|one second|just a second|one moment|wait|give me a second|\
        give me a minute|hang on|you know|i think|maybe|well|so",
    ),
    (
        Tag::Backchannel,
        "mm|hm|hmm|mhm|mmhm|uh|huh|uhhuh|okay|ok|right|alright|sure|got|it|i|see|ah|oh|yeah|yep|yes|good|cool|great|fine",
    ),
    (
        Tag::PartsLead,
        "actually|no|sorry|i|im|meant|mean|make|that|it|them|those|well|oh|wait|id|ill|like|have|take|can|could|you|we|\
        get|me|lets|let|want|do|just|so|yes|yeah|okay|ok|give|be|should|its|change|to|said|say|hmm|see|think|then|there",
    ),
    (
        Tag::PartsFiller,
        "and|please|um|uh|then|thanks|plus|instead",
    ),
    (
        Tag::PortionNoun,
        "(order|portion|plate|bowl|serving|helping|basket|side|cup|glass|bottle|box)(s|)|boxes|glasses",
    ),
    (Tag::WhoComes, "ill|im|i|well|were|we|gonna|he|shes"),
    (Tag::PartsBegin, "one|ones|first"),
    (
        Tag::InAll,
        "in (all|total)|altogether|all together|total|to be (a|an|one|two|three|four|five|six|just)",
    ),
    (Tag::PartsJoint, "in|with|is|are|should|be|as|to"),
    (Tag::BeforeName, "no|um|uh|oh|sorry|well|for"),
    (
        Tag::BehindAnswer,
        "yes|yeah|yep|yup|sure|no|nope|nah|but|and|i|said|meant|mean|it|was|its|just|sorry|wait|actually|um|uh|oh|only|\
        please|thats|right|correct|not|make|that|asked|for|wanted|want",
    ),
    (
        Tag::PhoneLead,
        "(my |)(number|cell|phone|mobile)( is|s|)|(call|reach|text|phone|ring|get|contact|try) (me|us) (at|on)|(call|text|phone)( its|)|\
        you can (reach|call) me (at|on)|if you (need|want) me( its| at| on| call|)|to reach (me|us)",
    ),
    (
        Tag::ChangeVerb,
        "change|turn|bump|alter|amend|adjust|correct",
    ),
    (Tag::ChangeInto, "to|into|for"),
    (
        Tag::TradeVerb,
        "switch|swap|replace|substitute|trade|exchange",
    ),
    (Tag::TradeFor, "to|for|with|by|(out|in) for"),
    (
        Tag::PhoneFiller,
        "area|code|its|is|at|on|um|uh|so|thats|number|that",
    ),
    (
        Tag::AsMeal,
        "make it a meal|make that a meal|make it a combo|make that a combo|as a meal|as a combo|make them meals|\
        make them a meal|the meal please|with the meal|a meal please",
    ),
];
