//! Everyday English words: they are never taken for a misheard menu word, and leaving one unexplained costs little.

use std::collections::HashSet;
use std::sync::LazyLock;

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
yours yup absolutely definitely completely certainly hiya howdy heya grab owe wish hook gimme lemme wonder please dad mother father brother sister";

/// Is it one of them?
pub fn is_everyday(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> =
        LazyLock::new(|| EVERYDAY.split_ascii_whitespace().collect());
    word.len() < 3 || WORDS.contains(word)
}

/// Common verbs, nouns and adjectives of English that are no food: one of them may be a misheard dish ("bow" for "bowl"),
/// but only if the caller is asked.
const COMMON: &str = "accept account across address admit advice afford afraid afternoon age agree ahead aim air airport allow alone \
angry animal answer apart apartment apologize appear area argue arm army arrange arrive art article aside asleep \
attack attend aunt avenue average awake aware baby bad balance ball bank base basic bathroom battery beach bear \
beat beautiful become bed begin behave behind believe belong below beside beyond bill bird birth birthday bite \
blame blind block blood blow board boat body bone book boring borrow boss bother bottom bow brain brake branch \
brave break breath bridge brief bright broken build building burn business busy button buy camera camp capital car \
card care careful carry case cash catch cause ceiling cell center certain chair chance character charge cheap chief \
choice choose church circle city claim class clean clear clever climb clock close cloth cloud club coast coat \
collect college color comfort common company compare complain complete computer concern condition confuse connect \
consider contact contain content continue control conversation copy corner correct cost cotton count country court \
cover crazy create credit crime cross crowd cry current custom customer damage dance danger dark data date dead \
deaf deal death debt decide degree delay deliver depend describe desert design desk detail develop die differ \
difficult direct dirty discover discuss distance divide doctor dog door dream dress drive driver driveway dry due \
dust duty ear early earn earth east edge educate effect effort either electric email emergency employ empty engine \
enjoy enter entire equal error escape especially event exact examine example excellent exchange excite exercise \
exist expect expensive experience explain express eye face fact fail fair faith fall false fame famous fan far farm \
fashion fast fat fault fear fight figure file fill film final finger finish fire firm fit fix flag flat float floor \
flow fly follow foot force foreign forever form forward free freeze frequent friday funny furniture further future \
gain game gas gate gather general gentle gift glad goal gold grand grass gray ground group grow guard guest guide \
gun habit hair hall hand handle hang happen hardly hat hate health heart heat heaven heavy height hide high hill \
history hit hobby hole holiday honest horse hospital host hotel hour human hurry hurt husband idea ignore ill \
imagine important improve increase indeed industry inform inner insect instance interest interview introduce invent \
invite iron island issue jacket job join joke journey judge jump key kick kill king kitchen knee knock lady lake \
lamp land language laugh law lawyer lay lazy lead learn leg lend length lesson letter level library license lie \
lift limit line link lip list listen live local lock lonely lord loss loud low luck machine mad magazine mail \
manage map mark market marry master match material matter maybe meaning measure meet meeting member memory mention \
message metal middle mile mind miss mistake model modern monday month mood moon moral mountain mouse mouth move \
movie music narrow nation nature near neck need neighbor nervous net network news noise north nose note notice \
nurse obey object ocean offer office officer often opinion opposite ordinary own owner pack page pain paint pan \
paper parent park part partner party pass past path patient pause peace pen pencil perform perhaps period permit \
photo picture pity plan plane plant play player pleasant point police polite pool poor position possible post pound \
power practice pray prepare present president press price prince print prison private prize probably problem \
process produce product program promise proper protect proud prove public pull punish purple purpose push quarter \
queen question quiet race radio rain raise range rare rate reach reason receive recent record reduce refuse regard \
relate relax religion remember repair repeat replace reply report request rescue respect result return reward rich \
ride ring rise risk river road rock room rope rough row rule run rush sad safe sail salary sample save scared \
school science scream screen search season seat secret seem sell send sense sentence separate serious service set \
settle several shade shadow shape share sharp shine ship shirt shock shoe shoot shop short shoulder shout shut sick \
sign signal silence silly silver sing sister sit situation skill skin sky sleep slow smart smell smile smoke smooth \
snow social soldier solid solve song sort south space speak speech speed spell spend spirit spoil sport spot spring \
square staff stage stair stand star state station stay steal step stick stone store storm story straight strange \
street strength stress strong student study stupid subject succeed sudden suffer suggest suit summer sun sunday \
support suppose surface surprise sweat swim switch system tail tall task taste tax taxi teach teacher team tear \
telephone television terrible test text thank theater thief throat through throw thursday ticket tie tight tired \
title toe tomorrow tone tongue tool tooth touch tour toward tower town toy trade traffic train translate travel \
treat tree trick trip trouble truck true trust truth tube tuesday turn twice type ugly uncle understand unit \
university upset useful usual valley value video view village visit voice vote walk wall war warn wash waste watch \
wave weak wear weather wednesday week weekend weigh weight welcome west wet wheel wide wild win wind window winter \
wire wise wonder wood word work worker world worry worth wound write wrong yard year young";

/// Is it one of them?
pub fn is_common(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> =
        LazyLock::new(|| COMMON.split_ascii_whitespace().collect());
    WORDS.contains(word)
}

/// Adjectives that say how food is, not which: alone they name no item ("hot" is not a hot chocolate).
const DESCRIBING: &str = "hot cold fresh warm sweet spicy crispy toasted black white red green yellow blue brown big small large medium \
little double single mini classic original special deluxe house homemade grilled fried baked roasted plain regular extra new old \
organic natural whole half full light dark mild iced frozen crunchy soft hard thick thin premium super jumbo royal american mexican \
french italian raw steamed boiled braised smoked poached stuffed shredded sliced chopped pickled toasty creamy";

/// Does it only describe?
pub fn is_describing(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> =
        LazyLock::new(|| DESCRIBING.split_ascii_whitespace().collect());
    WORDS.contains(word)
}

/// Words that "cheese" may follow to name one kind of it.
const CHEESES: &str = "american cheddar swiss provolone mozzarella mozz parmesan parm feta jack pepperjack monterey colby gouda brie \
cream blue bleu goat ricotta cotija romano pecorino asiago muenster gruyere havarti cottage string nacho queso fresco oaxaca \
halloumi paneer mascarpone camembert gorgonzola manchego fontina burrata vegan grated melted cheese extra light no more";

/// Is it one of them, or an adjective that may stand before any?
pub fn is_kind_of_cheese(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> =
        LazyLock::new(|| CHEESES.split_ascii_whitespace().collect());
    is_describing(word) || WORDS.contains(word)
}
