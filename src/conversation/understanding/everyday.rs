//! Everyday English words: they are never taken for a misheard menu word, and leaving one unexplained costs little.

/// Closed-class and conversational words of spoken English (pronouns, auxiliaries, adverbs, courtesies, kin, time).
const EVERYDAY: &str = "about actually add after again ago ah all almost along already alright also always am an and any \
anybody anyone anything are around as ask at away back be because been before being best better bit both boy bring but by \
bye call called calling came can cant cause change check child come cool could couple course cup daughter day days dear did \
didnt do does doesnt doing dont done down each else enough even evening ever every everybody everyone everything except \
excuse family far favor feel few find fine first for forget forgot four friend friends from front fun gave get getting girl \
give glad go goes going gonna good got gotta great guess guy guys had half happy has have havent he hear heard hello help \
her here hers hey hi him his hold home hope hopefully house how huh hungry husband i id if ill im in include included \
including inside instead is isnt it its ive just keep kid kids kind know lady last late later least leave left less let \
lets like likely little long look looking lot lots love lunch made make making man many maybe me mean might mine minute \
minutes mm moment mom money more morning most much must my myself name need needs never new next nice night no nope not \
nothing now number of off oh ok okay old on once one only onto or order ordered ordering orders other others our ours out \
over own pay people perfect person phone pick pickup place please plus prefer pretty put quick quite rather read ready \
really rest right same saw say second see serve serving she should show side simple since sir six so some somebody someone \
something son soon sorry sort sound sounds start still stop stuff super sure table take taking talk tell ten than thank \
thanks that thats the their theirs them then there theres these they thing things think thinking third this those though \
thought three time to today together told tomorrow tonight too took top total totally tried try trying two uh um under \
until up us use usual very wait wanna want wanted wants was wasnt way we well were what whats when where which while who \
whole whos why wife will wish with without woman wont wonderful would yeah yep yes yesterday yet you youd youll your youre \
yours yup dad mother father brother sister";

/// Is it one of them?
pub fn is_everyday(word: &str) -> bool {
    word.len() < 3 || EVERYDAY.split_ascii_whitespace().any(|w| w == word)
}

/// Adjectives that say how food is, not which: alone they name no item ("hot" is not a hot chocolate).
const DESCRIBING: &str = "hot cold fresh warm sweet spicy crispy toasted black white red green yellow blue brown big small large medium \
little double single mini classic original special deluxe house homemade grilled fried baked roasted plain regular extra new old \
organic natural whole half full light dark mild iced frozen crunchy soft hard thick thin premium super jumbo royal american mexican \
french italian";

/// Does it only describe?
pub fn is_describing(word: &str) -> bool {
    DESCRIBING.split_ascii_whitespace().any(|w| w == word)
}
