//! English: questions. Where a dish stands inside a question the pattern has only the words around it ("how much is", "costs").

use crate::conversation::lexicon::tag::{Table, Tag};
use crate::conversation::lexicon::topic::{DayName, Topic, Wish};

pub const TABLE: Table = &[
    // How a question begins.
    (
        Tag::AskCourtesy,
        "hi|hello|hey|hiya|ah|er|right|great|lovely|fine|friend|um|uh|okay|ok|and|so|oh|well|yeah|yes|wait|sorry|please|excuse me|actually|just|no|before that|before i (order|do that|decide)|hmm|i dont know|im not sure|not sure|\
        (let me|lemme) (see|think)|you know( what|)|one question|question|also|but|first( off| of all|)|by the way|real quick|quick question|one (quick |more |last |)(thing|question)|before we start|out of curiosity|thanks|thank you|alright|all right|then|now|there|maam|sir|good (morning|afternoon|evening)( to you|)|(evening|morning|afternoon)( to you|)|what about|how about",
    ),
    (
        Tag::AskLead,
        "(can|could|would|will) you (please |quickly |)(tell (me|us)|say|explain|check|see|confirm|let (me|us) know|give me an idea|remind me|find out)( if| whether| about|)|\
        (do|would) you (happen to |)know( if| whether|)|(can|could|may|might) i (just |)ask( you|)( a question| something|)( if| whether| about|)|(im|i am|i was|was|just|ive been) (just |)(wondering|curious|asking|calling to ask|checking|calling to check|calling to see)( if| whether| about|)|curious( if| about|)|wondering( if| whether|)|\
        (id like|i want|i wanted|i need|i would like|id love|wanna|i wanna) to (know|ask|find out|check)( if| whether| about| you|)|(any idea|any chance|is there any chance|any possibility)( if| that|)|tell (me|us)( please| again|)|remind me|let me (ask|know)( you|)( something|)( if|)|i (have|got|had|ve got) a (quick |)question( about|)|ive (got |)a (quick |)question|question for you",
    ),
    (
        Tag::AskBegin,
        "what|whats|how|hows|when|whens|where|wheres|which|do|does|is|are|have you|who|whos|will|did|has|describe|read|any|why|would|am|(can|could|would|will) you (please |)(describe|explain|read|run|walk|take|list|spell|recommend|suggest|check)|can (a|kids|people|someone|vegetarians|vegans|you (eat|get it|have it))|isnt|arent|doesnt|dont you|whatre|price (on|of|for)|prices|cost of|yall|can i (pick|choose)|got any|got a|got anything|anything|something|\
        im allergic|i am allergic|i have an allergy|i have a|you guys|yall|youre (located|open|closed|based)|till when|until when|about how|roughly how|price check|in which|at what|for how|around what|hows come",
    ),
    (
        Tag::AskOnly,
        "what alls|what all|what you|what yall|how you|price (on|of|for)|cost of|what is|whats|what are|what does|what do|what kind|what size|what sizes|how big|how many|how spicy|how hot|how large|how is|how are|how do|how old|how far|how much|how long|is the|is there|is it|is that|is this|are the|are there|are you|\
        are your|are they|are these|are those|are dogs|are kids|does|do you|do they|do the|do your|do i (have|need|get)|will it|will you|would it|would the|when|where|who|why|which|am i|has (it|the)|is (your|everything|anything)|what (else|time|street|number|forms)",
    ),
    (
        Tag::AskEnd,
        "how much( is| is it| are they| is that| are those| for that|)|what(s| is) (that|it) (go|going) for|what (does|do|would) (that|it|they|those) (cost|run|go for)( me|)|whats (the price|that cost|in (it|that|there)|on (it|that)|that got (on|in) it)( on that| of that|)",
    ),
    (Tag::AskTurned, "is it|are they"),
    (
        Tag::Brings,
        "can i|could i|may i|can we|could we|ill have|ill take|ill get|ill grab|id like|id love|i would like|i want|i need|give me|get me|let me|i could get|to order|to add|to get|make it|make that|too late|put|add|lets do|lets get|lemme|where(s| is) (a|an|one|two|three|my)|what (happened to|about|of)",
    ),
    // Money.
    (
        Tag::Ask(Topic::Price),
        "how much|what (do|would|did|are) (you|you guys) charg(e|ing)( for| to add| to put|)|(whats|what is) the (price|cost|damage)|(the |)price(s|) (of|for|on)|what (does|do) (it|that|they|those|one) (cost|run)|cost(s|)|(you |)charg(e|ing)( for|)|how expensive|what would (a|an|one|the)|(run|runs|set|sets|setting|gonna set|knock) (me|us|you)( back|)|amount to|going for|(goes|go) for|how pricey|paying for|price check( on|)|pay for|priced( at|)|price(s|)|bucks|dollars",
    ),
    (
        Tag::Ask(Topic::Total),
        "my total|the total|total so far|do i owe|(it|that|this|all|everything) come to|is that altogether|is that in total|is it all together|tax included|with tax|including tax|plus tax|include tax|what do i owe( you|)|how much do i owe( you|)|what am i at( so far| now|)|grand total|subtotal|\
        (how much|what) (is|are|was|does|would|will) (everything|it all|all of (it|that)|my order|the (whole |)order|it altogether|that altogether|that all together|all that)|how much so far|where am i at",
    ),
    (
        Tag::Ask(Topic::Extra),
        "extra|cost(s|) more|extra charge|upcharge|charge for|charge (extra|more)|for free|additional|to add|to put|add on|more for|included in the price",
    ),
    (
        Tag::Ask(Topic::Cheapest),
        "cheaper|cheapest|least expensive|less expensive|lowest price(d|)",
    ),
    (
        Tag::Ask(Topic::Dearest),
        "more expensive|most expensive|priciest|dearest",
    ),
    (
        Tag::Ask(Topic::Minimum),
        "minimum( order| purchase| spend|)|at (a |)minimum|least (i|we|you) can (order|get|spend|buy)|smallest order|spend (a certain amount|at least|a minimum)|have to spend|need to spend|order at least",
    ),
    (
        Tag::Ask(Topic::Paying),
        "(take|takes|accept|accepts) (a |any |your |just |)(card|cards|credit|credit card|credit cards|debit|debit card|debit cards|cash|cash only|check|checks|cheque|visa|mastercard|amex|american express|discover|apple pay|google pay|tap|gift card|gift cards|venmo|paypal|bitcoin|crypto|zelle|cash app|ebt|snap|tips|payment)|\
        (how|where|when) (do|can|should|would|am|will) (i|we) (pay|paying)|how (does|would|do) (payment|paying|payments|the payment) work|pay (with|by|in|cash|now|when|at the|there|over the phone|online|using|for it when|at pickup|here|ahead|in advance)|have to pay|(is|are|was) (a |it |that |)(card|cards|cash|debit|credit|tap|apple pay|credit cards)|(cash|cards|card) only|by card|credit card|debit card|apple pay|google pay|gift card|\
        (payment|payments)( methods| options|)|(forms|kinds|types|kind|form|type|methods|method) of payment|(leave|add|give|include|put) (a |you a |the |)tip|(can|could|may|do|should) i tip|take tips|accept tips|gratuity|split (the|our) (bill|check|tab)|(split|separate) (checks|bills)|card number|(get|have) (a |an |)(receipt|invoice)|contactless|venmo|paypal",
    ),
    // Dishes.
    (
        Tag::Ask(Topic::Sizes),
        "can i (pick|choose) (a|the|my|what) size|what size|what sizes|which size|which sizes|how many sizes|what are (the|your|my) size(s|)( options|)|different sizes|size options|(a |any |)(bigger|larger|smaller)|come(s|) in (a |an |)(small|medium|large|different|other|bigger|smaller)|(other|more|any) sizes|sizes",
    ),
    (
        Tag::Ask(Topic::Portion),
        "how big|how large|how small|how many (ounces|inches|slices|pieces|people|of us|kids|adults|persons|guests)|feed(s|)|enough for|serve (a |two|three|four|five|six|eight|ten|how|one|several)|serves|big enough|portion(s|)( size| sizes|)|how filling|for how many|servings|how much food|how many",
    ),
    (
        Tag::Ask(Topic::ComesWith),
        "do (i|we|you) get (a |any |)(side|sides|fries|salad|drink|bread|rice|anything)( with| on|)|what (all |)comes with|what does (it|that) come with|what do (they|those) come with|whats included( with| in|)|what is included( with| in|)|what comes (on|in)|what do i get with|what can you put on|what goes with|what does it come on|what do you serve|\
        what (else |)(do you|does) (get|come)",
    ),
    (
        Tag::ComesVerb,
        "come with|comes with|served with|serve with|coming with|include|includes|have|has|got|made with",
    ),
    (
        Tag::Ask(Topic::Contents),
        "whats (all |)in|what is (all |)in|whats (all |)on (the|your|that|this|it)|what is (all |)on (the|your|that)|what (all |)comes (on|in)|what does it come with|whats inside|tell (me|us) (a little |a bit |more |something |)about|what (is|exactly is|are|exactly are) (the|a|an|in|your|these|those)|whats (a|an|the|your)|whats that|describe|ingredient(s|)|what (all |)(goes|go) (in|on|into)|\
        what (all |stuff |)do you put (in|on)|you put (in|on)|made( of| from| out of|)|what all is (in|on)|about the|explain the|hows the|how is the|how are the",
    ),
    (
        Tag::Ask(Topic::Difference),
        "difference(s|)( between| in|)|different (from|than|to)|differ(s|)( from|)|compare(d|s|)( to| with|)|(bigger|larger|smaller|better|healthier|spicier) than",
    ),
    (
        Tag::Ask(Topic::Calories),
        "(how many |what |)calor(ie|ies|y)( count| info| information| content|)|kilocalories|caloric|kcal|how fattening|fattening|calorie count",
    ),
    (
        Tag::Ask(Topic::Allergens),
        "allergy|allergies|allergic|allergen(s|)|gluten free|contain|contains|have nuts|have dairy|any nuts|celiac|dairy free|nut free|peanut(s|)|lactose",
    ),
    (
        Tag::DietWord,
        "vegan|vegetarian|dairy|nuts|halal|kosher|egg|eggs|gluten|wheat|soy|shellfish|pork|alcohol|milk|sesame|peanuts|peanut|nut",
    ),
    (
        Tag::AllergenWord,
        "allergen|allergens|allergy|allergies|allergic|nut|nuts|peanut|peanuts|dairy|gluten|egg|eggs|soy|wheat|shellfish|lactose|milk|sesame",
    ),
    (
        Tag::Ask(Topic::Favourite),
        "recommend|recommended|recommendation(s|)|suggest|suggestion(s|)|popular|whats good|what is good|good here|(best|top) seller(s|)|bestseller(s|)|favorite(s|)|favourite(s|)|your best|the best|specialty|speciality|known for|famous for|signature|must try|sells (best|the most)|\
        (people|folks|everyone|everybody|regulars) (order|get|like|love|go for)|what (should|would) (i|you) (get|order|try|pick|have)",
    ),
    (
        Tag::Ask(Topic::Specials),
        "special(s|)|deal(s|)|promo(s|)|promotion(s|)|discount(s|)|coupon(s|)|on sale|happy hour|on offer|two for one|bogo|offers",
    ),
    (
        Tag::Ask(Topic::Choices),
        "what are (my|the) (options|choices)|what (options|choices)|what can i (choose|pick)( from|)|what are they|which ones( do you have|)|what do you (have|got)|like what|such as|what kind(s|)( do you have|)",
    ),
    (
        Tag::Ask(Topic::Menu),
        "what do you (have|got|sell|serve)|what have you got|what (all |else |)(is|are|s|have you got|do you have|do you got|do you guys have) on (the|your) menu|whats (all |else |)on (the|your) menu|what is on the menu|what are my options|what can i (get|order|choose)|what (kind|kinds|sort|types|type) of|what are your|what other|which|\
        tell me the menu|read me the menu|(can you |could you |would you |)(run|walk|take|talk) me (quickly |)through (the|your) menu|the menu|your menu|what else( do you have|)|what (sides|drinks|desserts|flavors|flavours|sizes|toppings|sauces|choices|options|soups|salads|appetizers|starters|mains|pizzas|sandwiches|burgers|dressings|breads)|what comes with|whats good|what do you recommend|whats (for|there)|what is there( to|)|\
        (have you|you) got to (drink|eat)",
    ),
    (
        Tag::Ask(Topic::Have),
        "(do|did|would) (you|yall|they) (guys |still |also |even |happen to |)(have|sell|serve|carry|offer|do|make|stock|got)( any| some| anything like|)|have you got( any|)|you guys have|(you (guys |)|)got any|is there (any|a|an|still)|are there any|(you guys |you |)(dont|wouldnt) (happen to |)have( any|)|you guys (still |)(sell|carry|do|make|got)|(theres|is there) (any |still |)|available|in stock|left (today|tonight)|still on the menu|any left|left",
    ),
    // The house.
    (
        Tag::Ask(Topic::Hours),
        "what time|how long (are|will) (you|yall|you guys|they) (be |)open|when (do|are|will|does|is) (you|yall|it|the place|the kitchen|closing|opening)|your hours|(opening|business|closing|store|kitchen) (hours|times|time)|the hours|are you (guys |still |)(open|closed)|how late|(stay|staying) open|open (until|till|til|now|right now)|still open|you (guys |)(close|open|shut)( up|)|closing time|whats closing|till when|until when|what times closing|times closing",
    ),
    (
        Tag::Opening,
        "open|opened|opening|close|closed|closing|closes|opens|hours|how late|what time|start serving|stop serving|shut|be open",
    ),
    (
        Tag::Ask(Topic::Wait),
        "how long|how soon|be ready|(the|a long|any) wait|wait time|ready (in|by|for pickup)|(when|what time|how soon|how fast|how quick|how quickly) (will|would|should|can|could|do|does|is) (i|we|it|my order|my food|our food|that|everything|the food|the order)|(when|how soon|how quick|how quickly|how fast) (will|would|can|could) you (have|be)|how many minutes|how fast|how quick(ly|)|your eta|the eta|\
        backed up|turnaround|take (very |too |)long|are you (guys |)(busy|slammed)|estimated time|(until|till) its ready",
    ),
    (
        Tag::Ask(Topic::Address),
        "(can|could|may) (i|we) (get|have) (your|the) address|(can|could) (i|we) get directions|(your|the) address|where (are|r) (you|yall)( guys|)( at| located| based|)|where (you|you guys|youre|you are) (at|are|located)|where (is|s) (the |this |your |)(restaurant|place|store|shop|location)|wheres (the |this |your |)(restaurant|place|store|shop|location)|(you |)located|(your|the|which) location|how do (i|we) (get there|find (you|it|the place))|where (do|should|can|would) (i|we) (pick|go|come|get)|directions|(what|which) (street|part of town|neighborhood|area|corner|intersection|side)|cross street(s|)|nearest intersection|find you|address",
    ),
    (
        Tag::Ask(Topic::Phone),
        "(can|could|may) (i|we) (get|have) (your (phone |telephone |)number|the (phone |telephone )number|the number (for|of) (the|your) (restaurant|place|store))|your (phone |telephone |direct |callback |)number|the (phone |telephone |direct |callback )number|the number (for|of) (the|your) (restaurant|place|store)|phone number|telephone number|\
        what number (is this|am i calling|did i (call|dial)|(can|should|do|could) i)|number (can|should|do|could) i (call|reach)|direct line|call (you|back) (back |)(on|at)|reach you( at| on|)",
    ),
    (
        Tag::Ask(Topic::Delivery),
        "(do|can|could|will|does|are|would|if) (you|they|i|somebody|someone|yall) (do |guys |still |be able to |)(deliver|delivery|delivering|delivered|have delivery|offer delivery|doing delivery|any delivery)|you guys (do |)(deliver|delivery)|you (guys |)(deliver|do delivery|have delivery|offer delivery)|\
        (do|can|could|would|will|if) (you|you guys|somebody|someone|they) (bring|drop|send|run|ship) (it|food|orders|that|this|them|my order|stuff)|is (there |it |)(a |)delivery|how (does|much is|far do you|far out do you|long does) (deliver|delivery)|what about delivery|(whats |)the delivery (fee|charge|cost|area|radius|zone)|delivery (available|option|an option|possible|fee|charge|area|radius)|(have|offer|get|getting) (it |this |that |food |)delivered|doordash|uber eats|ubereats|grubhub|skip the dishes|skipthedishes|delivery service|come to (me|us|my)",
    ),
    (
        Tag::Ask(Topic::Pickup),
        "(do|can|could|does) (you|you guys|i|we) (do |offer |have |)(takeout|take out|carryout|carry out|curbside|take away|takeaway)|(do|can|could) (you|you guys) (do|offer|have) (pickup|pick up|to go)|\
        (can|could|may|should|do|would) (i|we) (just |have to |need to |)(come (by|in|inside|over|get it|and get it)|swing by|stop (by|in)|walk in|drop (by|in)|pick (it|that|them|this|the order|my order) up|pick up (the order|my order|it)|grab (it|my order|the order))|\
        (can|could) (my (husband|wife|son|daughter|friend|roommate|kid)|somebody( else|)|someone( else|)|a friend) (come (by|in|get it)|swing by|stop by|pick (it|that|them|the order|my order) up|pick up (the order|my order|it)|grab it)|curbside|drive (thru|through|up)|(is|are) (it|this|you|you guys) (pickup|pick up|takeout|carryout) only|pickup only",
    ),
    (
        Tag::Ask(Topic::Age),
        "(sell|serve|have|got|any|is there|offer) (any |)(alcohol|booze|liquor|hard liquor|alcoholic drinks|alcoholic beverages|adult beverages)|alcoholic|how old (do|must|should|would)|what age|drinking age|need (an |my |to show |to bring |)id|show (my |an |some |)id|bring (my |an |)id|check id|card me|carded|(booze|liquor|alcohol) license|have to be (21|18|19|twenty one|eighteen|nineteen)",
    ),
    (
        Tag::Ask(Topic::Robot),
        "(are|r) you (a |an |some |just a |some kind of |the |actually |)(robot|bot|machine|computer|ai|recording|automated|real person|human|human being|real|live person|chatbot|program|person|answering machine|real human)|am i (talking|speaking) (to|with) (a |an |)(real |actual |live |)(robot|bot|machine|computer|ai|recording|person|human|human being|chatbot)|is (this|it|that) (a |an |)(real |automated |actual |)(robot|bot|machine|computer|ai|recording|person|human|system|automated|chatbot)|artificial intelligence|real or (a |)(robot|bot|machine|computer)",
    ),
    (
        Tag::Ask(Topic::House),
        "parking|park( there| my car| out front| nearby|)|valet|reservation(s|)|(book|reserve) (a |the |your |)(table|room|place|spot)|table for|wifi|wi fi|internet|password|high chair|highchair|booster seat|(dogs|dog|pets|pet|animals) (allowed|friendly|okay|ok|welcome)|bring (my |a |the )dog|patio|outdoor seating|outside seating|indoor seating|dine in|eat in|sit down|seating|cater(s|ing|)|hiring|job(s|)|work (there|for you)|\
        (owns|owner of|runs) (the|this|your) (place|restaurant)|who owns|franchise|dress code|live music|music|karaoke|bathroom|restroom|washroom|wheelchair|accessible|handicap|private (room|party)|gift (cards|certificate|certificates)|loyalty|rewards|loyalty points|newsletter|website|instagram|facebook|an app|your app|online (menu|ordering)|locally sourced|wild caught|farm raised|grass fed|fresh or frozen|frozen or fresh|homemade|the (cook|chef)|lost and found|complaint|refund",
    ),
    // What a dish may be, said by callers and by menus.
    (Tag::Wish(Wish::Vegan), "vegan(s|)|plant based"),
    (
        Tag::Wish(Wish::Vegetarian),
        "vegetarian(s|)|veggie|meatless|without meat|no meat|meat free",
    ),
    (
        Tag::Wish(Wish::GlutenFree),
        "gluten free|without gluten|no gluten|celiac",
    ),
    (
        Tag::Wish(Wish::DairyFree),
        "dairy free|without dairy|no dairy|non dairy|lactose free|without lactose|without milk",
    ),
    (
        Tag::Wish(Wish::NutFree),
        "nut free|without nuts|no nuts|peanut free",
    ),
    (Tag::Wish(Wish::Halal), "halal"),
    (Tag::Wish(Wish::Kosher), "kosher"),
    (Tag::Wish(Wish::Organic), "organic"),
    (Tag::Wish(Wish::SugarFree), "sugar free|without sugar"),
    (Tag::Wish(Wish::Spicy), "spicy|spicier|how hot"),
    (
        Tag::Wish(Wish::ForChildren),
        "for (kids|the kids|my kids|children|a child|a kid|my son|my daughter)|kids (menu|meals)|kid friendly|childrens menu",
    ),
    (Tag::Written(Wish::Vegan), "vegan|plant based"),
    (Tag::Written(Wish::Vegetarian), "vegetarian|veggie|meatless"),
    (Tag::Written(Wish::GlutenFree), "gluten free|without gluten"),
    (
        Tag::Written(Wish::DairyFree),
        "dairy free|no dairy|non dairy|lactose free",
    ),
    (
        Tag::Written(Wish::NutFree),
        "nut free|no nut(s|)|peanut free",
    ),
    (Tag::Written(Wish::Halal), "halal"),
    (Tag::Written(Wish::Kosher), "kosher"),
    (Tag::Written(Wish::Organic), "organic"),
    (
        Tag::Written(Wish::SugarFree),
        "sugar free|no sugar|unsweetened",
    ),
    (Tag::Written(Wish::Spicy), "spicy"),
    (
        Tag::Written(Wish::ForChildren),
        "kid|kids|child|children|childrens",
    ),
    (
        Tag::Written(Wish::Favourite),
        "popular|favorite|favourite|best seller|bestseller|signature|house special|specialty|famous",
    ),
    (Tag::Written(Wish::Special), "special(s|)|deal(s|)"),
    (Tag::Negation, "no|without|not"),
    // Any of a kind.
    (
        Tag::AnyThing,
        "anything|something|any (dishes|items|mains|options)",
    ),
    (
        Tag::AnyOf,
        "do you (guys |still |)(have|serve|sell|offer|do|make)|have you got|got any|got anything|are there|is there|what|whats|which|any|anything|you (guys |)got|which of your",
    ),
    (
        Tag::ThatIs,
        "with|made with|thats|that is|that has|from|in|that are|that dont have",
    ),
    (Tag::AnyElse, "else|to|for|on|special|good|like|you"),
    (Tag::ComesPlace, "in|on|with"),
    (Tag::OnIt, "(in|on|with) (it|them|that|there|those)"),
    (Tag::Article, "the|a|an|your|any|some"),
    (Tag::KindBegin, "what|which|what other|any other"),
    (
        Tag::KindOf,
        "(kind|kinds|type|types|sort|sorts|flavor|flavors|flavour|flavours|variety|varieties|selection|choice|choices) of",
    ),
    (
        Tag::KindEnd,
        "do you( guys|)|have you|you have|you got|you guys|are there|there are|is there|do they|can (you|i)|are available|you offer|did you|to choose|have yall",
    ),
    (Tag::KindOwner, "for|on|with|in|to|come|comes"),
    (
        Tag::KindWord,
        "kind|type|flavor|flavour|sort|style|variety|option|choice",
    ),
    (
        Tag::NamesNothing,
        "a|an|the|any|some|your|my|other|of|all|do|you|have|and|else|different|guys|got|there|are|is|one|ones|each|please|these|those|that|this|it|them|they|to|i|we|me|us|with|for|does|in|on",
    ),
    (
        Tag::PriceFiller,
        "for|charge|does|cost|it|be|would|just|run|me|what|whats|how|much|price|days",
    ),
    (Tag::Pronoun, "it|that|they|those|them|these|this|one"),
    (Tag::Restaurant, "you|you guys|i|we|there|yall|guys"),
    (Tag::HeatOption, "heat|spice|spiciness|spicy"),
    (
        Tag::Measure,
        "inch|inches|ounce|ounces|oz|liter|liters|litre|slice|slices|piece|pieces|people|cup|pound|pint|ml|cm",
    ),
    // Days.
    (
        Tag::Day(DayName::Today),
        "today|tonight|this (evening|afternoon|morning)",
    ),
    (Tag::Day(DayName::Tomorrow), "tomorrow"),
    (Tag::Day(DayName::Weekend), "weekend|weekends"),
    (Tag::Day(DayName::Weekday(0)), "monday(s|)"),
    (Tag::Day(DayName::Weekday(1)), "tuesday(s|)"),
    (Tag::Day(DayName::Weekday(2)), "wednesday(s|)"),
    (Tag::Day(DayName::Weekday(3)), "thursday(s|)"),
    (Tag::Day(DayName::Weekday(4)), "friday(s|)"),
    (Tag::Day(DayName::Weekday(5)), "saturday(s|)"),
    (Tag::Day(DayName::Weekday(6)), "sunday(s|)"),
    (Tag::Day(DayName::Date(12, 24)), "christmas eve"),
    (Tag::Day(DayName::Date(12, 25)), "christmas( day|)|xmas"),
    (Tag::Day(DayName::Date(12, 26)), "boxing day"),
    (Tag::Day(DayName::Date(12, 31)), "new years eve"),
    (Tag::Day(DayName::Date(1, 1)), "new year(s|)( day|)"),
    (Tag::Day(DayName::Date(2, 14)), "valentines( day|)"),
    (Tag::Day(DayName::Date(7, 1)), "canada day"),
    (
        Tag::Day(DayName::Date(7, 4)),
        "fourth of july|independence day|july fourth",
    ),
    (Tag::Day(DayName::Date(10, 31)), "halloween"),
    (
        Tag::Day(DayName::Moving),
        "thanksgiving|easter|good friday|labor day|labour day|memorial day|victoria day|(the |)holiday(s|)|mothers day|fathers day",
    ),
    (Tag::Month(1), "january"),
    (Tag::Month(2), "february"),
    (Tag::Month(3), "march"),
    (Tag::Month(4), "april"),
    (Tag::Month(5), "may"),
    (Tag::Month(6), "june"),
    (Tag::Month(7), "july"),
    (Tag::Month(8), "august"),
    (Tag::Month(9), "september"),
    (Tag::Month(10), "october"),
    (Tag::Month(11), "november"),
    (Tag::Month(12), "december"),
    // Dishes as they are said.
    (Tag::SizeBefore, "size|volume"),
    (Tag::SizeBehind, "format|taille|grandeur|tamano"),
    (
        Tag::Vessel,
        "bottle|bowl|box|bucket|can|carafe|cup|glass|jar|mug|pint|pitcher|plate|pot|slice|tray|tub",
    ),
    // Ordering what was asked about.
    (
        Tag::TakeOpener,
        "ok|okay|yeah|yes|yep|sure|great|good|cool|alright|all|right|fine|then|so|well|um|uh|oh|and|ill|i|will|id|would|like|want|have|take|get|do|give|me|gimme|us|can|could|may|let|lets|make|order|please|just|go|need|perfect|also|we|add|grab|nice|wow",
    ),
    (
        Tag::AfterCount,
        "and|with|without|no|please|then|thanks|thank|for|but|to|extra|light|on|hold",
    ),
    (Tag::PointsAtThings, "those|them|these|that|it|each"),
    (
        Tag::Takes,
        "take|have|get|do|want|order|like|add|me|need|give|grab|us|try|and|also|plus|then",
    ),
];
