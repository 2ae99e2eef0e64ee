//! English: everything that is not menu. Patterns are those of `patterns`: `(a|b|)` stands for "a", "b" or nothing; no apostrophes,
//! no accents. The rows are a small grammar of how English does it (subject, verb, adverb), not sentences somebody said.

mod asking;
mod foods;
mod talking;

use super::tag::{Allergen, Table, Tag};

pub(super) const TABLES: &[Table] = &[TABLE, asking::TABLE, talking::TABLE, foods::TABLE];

const TABLE: Table = &[
    // Answers.
    (
        Tag::Yes,
        "yes|yeah|yep|yup|ya|yea|yah|aye|uh huh|mm hm|mm hmm|mhm|affirmative|correct|right|exactly|precisely|absolutely|definitely|\
        certainly|totally|indeed|of course|for sure|sure (thing|)|you bet|you got it|got it|bingo|bang on|spot on|right on|dead on|\
        nailed it|that nails it|ok|okay|okey dokey|alright|all right|fine|good|great|perfect|wonderful|awesome|cool|excellent|lovely|\
        brilliant|beautiful|super|fantastic|amazing|terrific|superb|marvelous|why not|go (ahead|for it)|please do|do (it|that|so)|\
        place (it|that|the order|my order)|send it( in| through| over| off|)|put it (in|through)|confirm(|ed)( it| that|)|\
        good to go|lets do (it|that|this)|lets go with (it|that)|(that|it|this) works( for me| for us|)|works for me|fine by me|\
        im happy with (that|it)|i do|it is|it does|i am|we do|we are|i would|i will|we would|i did|thats me|\
        yes (please|sir|maam|it is|i do|i would|we do|we would|indeed)|everything (looks|sounds|seems) (good|right|great|fine|correct|perfect)|\
        you (have|ve got|got|did) it( right| all|)|youve got it( right|)|you got (that|it|everything|it all) right|\
        no (changes|problems|complaints)|nothing to change|ready to go|all (good|correct|right|true)|about right|\
        as (ordered|you said|i said)",
    ),
    (
        Tag::Yes,
        "(thats|that is|its|it is|that was|thatll be|that will be|that would be|everythings|everything is|everything was|alls|all is|all of it is|\
        it all is|thats all|that is all|its all) (all |exactly |just |quite |absolutely |perfectly |)\
        (right|correct|good|great|fine|perfect|lovely|wonderful|ok|okay|accurate|spot on|the one|excellent|ideal|in order)",
    ),
    (
        Tag::Yes,
        "(thats|that is|its|it is) (exactly |just |) what i (want|wanted|said|ordered|asked for|meant|had in mind)|\
        (that |it |this |all |everything |)(sounds|looks|seems) (all |about |just |pretty |)(good|great|right|perfect|fine|correct|lovely|wonderful|delicious|about right|ok|okay)",
    ),
    (
        Tag::No,
        "no|nope|nah|naw|nay|negative|wrong|incorrect|(definitely|absolutely|certainly|of course|probably|really|no definitely|most definitely) not|(no|nope|nah) (thanks|thank you|sir|maam|way|please|its not|it isnt|i dont|i didnt)|\
        not (really|right|quite|correct|exactly|today|this time|for me|interested|necessary|what i (said|ordered|asked for|wanted|meant))|\
        (thats|that is|its|it is|that was) (all |)(wrong|incorrect|a mistake|false)|its wrong|\
        (thats|that is|its|it is|that was|that|it|this|isnt|it isnt|that isnt|thats|everything) (not|isnt|is not|wasnt) (right|correct|it|quite right|what i (ordered|said|wanted|asked for|meant)|quite it)|\
        (isnt|it isnt|that isnt) right|it is not|it isnt|i (dont|do not) think so|i dont think i (do|will|would)|i (didnt|did not|never) (say|said|order|ordered|want|wanted|ask for|asked for) (that|it|this|those|them|any of that)|\
        (maybe |)next time|maybe (later|another time)|ill pass( on that| on it|)|ill (skip|do without|leave)( it| that| that one| it out|)|(ill|lets|we can|i can) skip (it|that|this|that one)|skip (it|that)|\
        pass|pass on that|hard pass|id rather not|no need|(i|we) (dont|do not) (want|need|like|care for) (it|that|one|any|them|those|this|that one|any of (them|those|that)|anything like that)|\
        none( of (them|those|that|the above)|)|neither( of (them|those)| one|)|not (that|it|those|them|this|that one)|dont bother|leave it( out| off|)",
    ),
    (
        Tag::Both,
        "both( of (them|those|these)|)|the two( of them|)|(ill|well|i will|we will) (have|take) both|all of (it|them)|everything|the works",
    ),
    (
        Tag::NotQuite,
        "almost( right|)|nearly|close|kind of|sort of|not (entirely|completely|all of it|everything)|no but almost|\
        theres (a mistake|something wrong|an error|one mistake|a problem)|there is (a mistake|something wrong|an error|a problem)|\
        (something|somethings|something is|one thing is|one things) (wrong|off|not right|missing)|one thing|one (change|correction|small change|more change|fix)|\
        (i|we) (need|want|would like|have) (to change|to fix|to correct) something|id like to change something|can i (change something|make a change|fix something)|\
        (i|we) need to make a (change|correction)|some of (it|that) is wrong|you got (something|one thing|part of it) wrong",
    ),
    (
        Tag::BehindNoun,
        "blanco|blanca|negro|negra|negros|negras|verde|verdes|rojo|roja|rojos|rojas|fresco|fresca|frito|frita|fritos|fritas|asado|asada|asados|dulce|picante|mexicano|mexicana|fundido|refrito|refritos|ranchero|rancheros|molido|molida|\
        bianco|bianca|rosso|rossa|fritto|misto|fresca|de|del|di|al|alla|allo|con|au|aux|en",
    ),
    (
        Tag::Courtesy,
        "please|thanks|thank|you|um|uh|well|so|oh|and|i|guess|think|very|much|just|now|that|thats|is|it|its|all|then|hmm|sir|maam|with|for|the|\
        order|really|pretty|man|will|be|do|to|me|a|lot|ah|hey|hi|there|cancel|my|us|cheers|mate|appreciate it|have a (good|great|nice) (one|day|night|evening|weekend)|\
        see you( soon| then| later|)|take care|thank you|many|kindly|(your|the|all your|all the) (help|time|patience)|but|also|honestly|actually|today|tonight|again|sorry|oops|er|nope sorry",
    ),
    (
        Tag::Refusal,
        "no|not|no no|(no |)(i |we |)(dont|do not|didnt|did not|never) (want|need|say|said|order|ordered|ask for|like|mean|asked for|want any|need any|want the|need the)( a| an| any| the|)|no (more|not)",
    ),
    (Tag::NoWord, "no|nope|nah|naw"),
    (
        Tag::YesWord,
        "yes|yeah|yep|yup|sure|yea|ya|absolutely|definitely",
    ),
    (
        Tag::Between,
        "wait|sorry|hold on|actually|i mean|my mistake|hang on|oops",
    ),
    (
        Tag::Pad,
        "please|thanks|thank you|um|uh|oh|okay|ok|yeah|no|nope|yes|and|so|sorry|then|hi|hello|hey|now|just|actually|listen|look|excuse me|can you|could you|would you|i|me|you|to|the|a|an|for me",
    ),
    (
        Tag::Wanting,
        "get|want|need|give me|get me|can i (have|get)|could i (have|get)|id like|let me (have|get|talk to|speak to)|is there|talk|speak",
    ),
    (
        Tag::GoesOn,
        "i|it|its|that|thats|make|actually|just|not|sorry|wait|can|could|change|should|please|but|and|a|an|one|two|three|no|instead|add|remove|drop|take|ill|id|im|lets|let|give|the|my|you|we|there|oh|um|uh",
    ),
    (
        Tag::DropThat,
        "cancel that( one|)|drop (it|that)( one|)|scratch (it|that)|forget that( one|)|skip (it|that)( one|)|lose (it|that)( one|)|take (it|that) (off|out|away)|remove (it|that)( one|)|\
        i (dont|do not) want (it|that|this|that one|any|one)( anymore| any more|)|no longer want (it|that)|leave (it|that) (off|out)|get rid of (it|that)|nix (it|that)|scrap that",
    ),
    // The end of the order, of the call, of everything.
    (
        Tag::Done,
        "(thats|that is|thatll be|that will be|thatd be|that would be|thats gonna be|thats going to be|that is going to be|that should be|that ought to be|\
        that oughta be|that makes|this is) \
        (about |pretty much |just |)(all|it|everything|the lot|the whole order|the whole thing|the order|my order|enough|plenty|us|all of it)\
        ( i need| we need|)",
    ),
    (
        Tag::Done,
        "(thatll|that will|that should|thatd|that would|that oughta|that|itll|this will|that about) (do|does|covers|cover|completes|complete|wrap up|wraps up) (it|me|us|everything|the order|my order|it for (me|us|now|today))|\
        thatll do|that will do|that does|(that|this|it|everything|the order|my order) is complete|thats complete|\
        (i think |i guess |i believe |)(im|i am|were|we are) (good|done|all set|set|all good|finished|through|fine)( for now| there| thanks| now| with that|)|\
        (all|done|finished) (set|done|ordering)|(i |we |)(dont|do not|wont|didnt) (need|want|think i need|think we need) (anything|nothing|any) (else|more|further)|\
        (nothing|nothin|not) (else|more|further)( for (me|us|now|today)| to add| thanks| right now|)|nothing for now|nothing to add|no more for (me|us)|\
        ill (stop there|leave it (at that|there)|be good|finish there)|lets (leave it (at that|there)|stop there)|i have everything|weve got everything|thats us|just that|\
        (not|nothing) (right now|at the moment|at this time)|place (the|my|that) order|check out|checkout|\
        (you can |please |)(ring|total|add|cash) (me|it|us|that|this) (up|out)|wrap it up|close (it|me) out|finish (the|my|that) order|(no|nope) thats good|thats good|thats plenty|im good to go",
    ),
    (
        Tag::DoneAlone,
        "done|finished|complete|finish|i finish|is all|that all|its all|enough|no more|nothing|its it|that it|is it|just this|just those|just these|end of order|were set",
    ),
    (
        Tag::Cancel,
        "cancel (the order|my order|everything|the whole (thing|order)|that order|it all|all of it|the entire (order|thing)|this order|please|all that|our order)|\
        forget (the whole thing|the order|everything|it all|my order)|never mind the order|scrap (the order|everything|the whole thing|it all)|\
        i (dont|do not) want (anything|to order( anything|)|nothing)|(dont|do not) place the order|call (it|the order) off|\
        i changed my mind about ordering|(delete|clear|void|kill) (everything|the order|my order|the whole (order|thing))|remove everything|\
        cancel the whole lot",
    ),
    (
        Tag::CancelThat,
        "cancel it|cancel|forget it|forget about (it|that)|scrap it|never mind( that| it| about (it|that)|)|nevermind( that| it|)",
    ),
    (
        Tag::PartOf,
        "everything (from|off|on|but|except)|everything (on|in) (it|that)",
    ),
    (
        Tag::Leave,
        "goodbye|good bye|bye|bye bye|bye now|(ill|i will|well|let me) call (back|later|you back)( later|)|hang up|(i|ive) (have to|gotta|got to) (go|run)|\
        ill call another time",
    ),
    (
        Tag::StartOver,
        "start (over|again|from scratch|fresh|all over)|begin again|from the (top|beginning)",
    ),
    // The call itself.
    (
        Tag::Person,
        "(a|an) (real |live |actual |)(person|human|human being|operator|manager|agent|representative|rep|employee|supervisor|staff member|team member)|the manager|\
        (real|live|actual) (person|human|human being|agent|people|operator)|human being|\
        (speak|talk) (to|with) (a |an |the |your |)(real |)(person|human|human being|someone|somebody|manager|operator|agent|staff|people|representative|rep|owner|boss|employee|supervisor|anyone|anybody)|\
        representative|operator|customer service|(someone|somebody|anyone|anybody) real|get me (someone|somebody)|put me (through|on with)|transfer me|connect me|\
        (put|get) (someone|somebody|a human|the manager|your manager) on( the (phone|line)|)|hand me (over|off)|pass me (over|on|to someone|to somebody)|\
        is (there |)(anyone|anybody|someone|somebody) (there |else |)i can (talk|speak) to",
    ),
    (
        Tag::PersonAlone,
        "manager|agent|operator|person|human|people|representative|rep|associate|supervisor|attendant|staff|somebody|someone|receptionist|owner|live agent|real person|anybody|anyone",
    ),
    (
        Tag::SayAgain,
        "(say|repeat) (that|it) (again|one more time)|(could|can|would|will) you (run|go over|go through) that( by me|) again|run that by me( again|)|(didnt|did not|couldnt|could not) (quite|really) (hear|catch|get|understand) (that|you|it|what you said|all (of |)that)|\
        i (didnt|did not) (hear|catch|get|understand) (all that|any of that|the last (part|bit|thing)|what you said)|what was that again|what did you just say|(can|could) you speak (up|louder|slower)|slow down|repeat that|(can|could|would|will) you (please |)(repeat|say that again|say it again)|please repeat|come again|pardon( me|)|what did you say|\
        i (didnt|did not) (hear|catch|get) (that|you|it)|didnt (hear|catch|get) (that|you)|one more time please|excuse me what|sorry what|i (couldnt|cant|can not) hear( you| that|)|what was that|\
        what was (the|your) (question|last (bit|part|thing))|i missed that|you broke up|youre breaking up|you cut out",
    ),
    (
        Tag::SayAgainAlone,
        "what|huh|sorry|repeat|again|pardon|eh|one more time|i didnt hear",
    ),
    (
        Tag::ReadBack,
        "read (that|it) back|read back|read me back|(read|repeat|review|confirm|go over|run through|recap) (my|the|our) order|what (do|have) i (have|got|ordered)|what (did|have) (i|we) order|whats (my|in my|on my|our) order|\
        what is my order|what (do|have) you (have|got) (so far|down|for me)|what i have so far|what have we got so far|what do we have so far|(go over|read) what (i have|ive got|you have)|whats on (my order|it) so far",
    ),
    (
        Tag::SameAgain,
        "(the |)same (again|thing again|order again|thing|one again)|another (of the same|one of those|of those|one like that|one just like it|one the same)|\
        one more (of (those|the same|that)|the same)|the same thing for|same thing for|(the |)same for (my|the|me|him|her|them|us)|another one of that|make it two of those|\
        the same for|same for my|two of the same",
    ),
    (
        Tag::Expletive,
        "freaking|freakin|fucking|fuckin|frigging|friggin|goddamn|goddam|damn|dammit|damned|fuck|shit|bloody hell|flipping|effing|\
        hon|dear|dearie|sweetie|sweetheart|darling|buddy|boss|bro|dude",
    ),
    (
        Tag::WrongNumber,
        "wrong number|i (have|got) the wrong number",
    ),
    // What is wrong, and what goes.
    (
        Tag::Denial,
        "(thats|that is|its|it is|that was|this is|no thats|no that is|no its) (all |)(wrong|incorrect|not (right|correct|quite right|it|what i (ordered|said|wanted|asked for|meant)))|not (quite|exactly|right|correct)( right|)|\
        (that|it|this|something) (isnt|is not|wasnt|doesnt sound|doesnt look) (right|correct|quite right|it|what i (ordered|said|wanted|asked for))|(somethings|something is|one things|one thing is) (wrong|off|not right|missing)|almost( right| there| but|)|nearly|close( but( no|)|)|\
        (theres|there is) (a mistake|an error|something wrong|a problem)( there| here| with that|)|(i think |i guess |)you (misheard|mis heard|misunderstood|got (that|it|me|one thing|something) wrong|made a mistake|(didnt|did not) (hear|get) (me|that) right|missed something)( me|)|\
        i (dont|do not) think (thats|that is|its|it is) (right|correct|it)|(just |only |)(one|a) (small |little |quick |minor |tiny |)(thing|change|correction|fix|problem|mistake)|(the |)(right|correct) (number|amount|quantity|count) (is|was|should be)|(oh |)(the |)wrong (number|amount|quantity|size|count|one)|the (number|amount|count|quantity)(s| is) (wrong|off|not right)|hold on|hang on|wait a (minute|second|sec)|just a second|\
        (thats|that is) not my order|theres been a mistake|no thats not",
    ),
    (
        Tag::Adds,
        "another|add|adding|also|more|plus|as well|too|additional|other|(you |i |and |)(forgot|forget|left off|left out|missed|skipped|didnt mention|did not mention|didnt add|didnt get|are missing|didnt say)( to add| to mention| about|)|missing|still (need|want|waiting)|dont see|didnt hear|dont forget|where(s| is| are)|what (happened to|about)|what of|aint got|remind you of",
    ),
    (
        Tag::Remove,
        "remove|(changed|change) (my|our) mind (about|on)|(decided|decide) against|do away with|(dont|do not) bother with|lets not (do|get|have) (the|any)|hold off on|pass on (the|that|my)|(kill|axe|strike|ditch|omit|cancel|dump|void|withdraw|eighty six|86) (the|that|my|those)|take (off|out|away)|get rid of|drop|scratch|delete|erase|cancel (just the|only the)|lose (the|my|that|those)|\
        forget( about|) (the|that|my|those)|skip (the|that|my|those)|nix (the|that|my)|scrap (the|that|my)|cut (the|that|my)|leave (out|off) (the|that|my|those)|never mind( about| on|) (the|that|my|those)|nevermind( about| on|) (the|that|my|those)|hold the|\
        (dont|do not|didnt|did not|never|no longer) (actually |really |)(want|need|order|ordered|ask for|asked for|asked you for|say|said|get) (the|any|that|those|my)|\
        (i |we )(didnt|did not|never|no longer) (actually |really |)(want|need|order|ordered|ask for|asked for|say|said)|i dont need|(nobody|no one|noone|none of us) (ordered|asked for|wanted|wants|needs|said) (the|any|a|an|that|)|\
        i (dont|do not) (want|need) (the|any|that)|(i |we |)(said|asked|say) nothing about (the|any|a|an|)|(i |we |)(have no idea|dont know|do not know) (where|why) (the|that|those)|(dont|do not|cant) (remember|recall) (ordering|saying|asking for) (the|any|a|an|)|(im|were|i am|we are) not (having|getting|taking|ordering) (the|any|that|a)|no longer want|do without (the|that)|minus the",
    ),
    (
        Tag::NotThere,
        "(shouldnt|should not|isnt supposed to|is not supposed to|arent supposed to|doesnt need to|does not need to|dont need to) be (there|on there|in there|on it|in it|on the order|in the order|on my order|in my order|here|on that)|\
        (isnt|arent|is not|are not|wasnt|werent) (mine|ours|my order|ordered|something (i|we) (ordered|asked for|wanted)|what (i|we) (ordered|asked for|wanted))|(has|have|needs|need) to (go|come off)|(can|should|must) (go|come off|be removed|be deleted|go away|be taken off)|\
        (is|are) (a mistake|too much|one too many)|(dont|doesnt) belong( there| on there| on it|)",
    ),
    // Beside the order.
    (
        Tag::Social,
        "how (are|r) (you|ya|things|yall)( doing| today| tonight| this evening|)|hows (it going|everything|business|your (day|night|evening|week)|life|things)( over there| today| going| so far|)|how is (it going|everything|your (day|night|evening)|business)( going| today|)|\
        is this( still|) (the |a |)(restaurant|place|kitchen|pizzeria|diner|cafe|bakery|deli|right (place|number))|(do i have|did i reach|have i reached|is this where i) (the |)(restaurant|kitchen|right (place|number)|order)|\
        (place|make|put in|start|call in|get in|order) (an |a |my |some |)(order|takeout order|pickup order|pick up order|carryout order|delivery order|food order|food|takeout|take out|takeaway|carryout)|order (supper|dinner|lunch)|over the phone|\
        (are you|you guys|are you guys) (taking orders|open for orders|busy|still taking orders)( right now| tonight| today|)|(can|could|will) you take (my |an |our |)order|nice to hear (your voice|from you)|(good|nice) to finally get through|\
        (i am|im|were|we are) (starving|so hungry|hungry|famished|back|driving|running late|at work)|(its|it is) (so |really |very |)(hot|cold|nice|busy|loud|raining|snowing)( out there| outside| out| here| today|)|(love|we love|i love) (your|this) (food|place|restaurant)|(first time|ive never) (calling|ordering|ordered|called)( here| before|)|\
        (can|could) you hear me( okay| ok| now| alright|)|(give me|just|hold on|hang on|bear with me|one|wait|let me have) (a |one |just a |)(sec|second|moment|minute|min)( please|)|bear with me|let me (think|see|check|ask)|long time no see",
    ),
    (
        Tag::NameLead,
        "(my |the |and the |and my |)name(s|) is|(my|the) names|put (it|that|this|the order|everything) (under|down for|in the name of|down under)|(its|it is|thats|the order is|the orders|order is) under|(the |)order(s| is) for|under the name( of|)|in the name of|in name of|(make|put) it out to|my name",
    ),
    (
        Tag::NameLeadAsked,
        "(that would|thatd|that will|thatll|it would|itd|itll|it will|it should|that should) be( for| under|)|thats( for|)|that is( for|)|its( for|)|it is( for|)|this is|im|i am|(you can |just |please |)(put|use|say|write|put down|write down|call me|make it)( down| in| it under| it for|)|\
        lets (say|do|go with|use)|for|under|call (me|it)|i go by|name|(first |last |)name( is|)|(it |that |)should be( under|)|(put|make) (it|that) (for|under)|names|they call me|everyone calls me|people call me|order for",
    ),
    (
        Tag::Pickup,
        "pickup|take up|pic up|pick up|pick|(pick|picking|picks|picked) (it|that|this|them|the order|everything|mine|my order|the food|) (up|)|(ill|well|i will|we will|im|were|gonna|going to|to) (come|stop|swing|drop|be) (by|in|get it|and get it|over)( to get it| for it|)|collect|collection|collecting|fetch|fetching|(come|coming|stop|swing) (by|in|get it|to get it|and get it|for it)|ill come|takeout|take out|takeaway|take away|carryout|carry out|to go|(get|grab|grabbing|getting) it (myself|ourselves|there|in person)|in person|in store",
    ),
    (
        Tag::Delivery,
        "delivery|deliver|delivered|delivering|bring it( to (me|us|my (house|place|door))| over| here|)|drop it off|send it (over|to (me|us|my house))|to my (house|place|door|address)",
    ),
    (
        Tag::TimeLead,
        "(pick|picking) (it |this |that |them |the order |everything |)up (at|by|for|around|about|before|after|in)|(pickup|pick up|ready|there|by|over|here|in|come|coming|arrive|get it|grab it|collect it|it|it ready|it done|food|order|scheduled|delivered) (at|by|for|around|about|before|round)|\
        (its|thats|this is|that is|it is|we want it|i want it|i need it|we need it) for|(at|by|around|before|after|for) (about|around|like|say)|(at|by|around)",
    ),
    (
        Tag::TimeWord,
        "noon|midnight|lunchtime|dinnertime|half past|quarter (to|past|of|after|till)|an hour|half an hour|half hour|(ten|twenty) (to|past|after|till)|as soon as possible|asap",
    ),
    (
        Tag::TimeTail,
        "am|pm|a m|p m|oclock|o clock|ish|sharp|tonight|today|tomorrow|this (evening|afternoon|morning)|in the (evening|afternoon|morning)|minutes|hours|hour|minute|or so|thirty|fifteen|forty five|twenty|ten|five|forty|fifty|oh five",
    ),
    (
        Tag::AnswerFrame,
        "ill|i|will|we|well|id|wed|would|let|lets|me|can|could|may|want|need|give|make|it|that|go|with|do|have|get|take|say|like|prefer|choose|try|just|the|is|are|be|good|fine|great|nice|perfect|please|thanks|thank|you|for|guess|think|maybe|probably|um|uh|oh|yeah|yes|sure|ok|okay|so|hmm|then|actually|hi|works|sounds|suppose|of|on|all|right|alright|cool|lovely|my|us|if|thats|its|mine|gosh|er|my|wanna|gimme|course|to|love|rather|and|a|an|some|one",
    ),
    // Allergies and diets. Nothing in such a clause is ever ordered.
    (
        Tag::AllergyTo,
        "allergic( reaction|)( to| against| with| from|)|(allergy|allergies|intolerance|intolerances|sensitivity|sensitivities|aversion)( to| against| for| with| is to| is| are|)|\
        intolerant( to| of|)|(very |super |really |)sensitive (to|with)|(reacts|react|reacting|reacted|reaction)( badly| really badly| strongly|) (to|against)|\
        ((cant|cannot|can not|couldnt|could not|mustnt|must not|shouldnt|should not|dont dare|can never|can no longer) (really |even |actually |ever |)|\
        (not allowed|isnt allowed|arent allowed|are not allowed|is not allowed|not supposed|unable|dont dare|not able) to )(have|eat|touch|tolerate|digest|consume|ingest|be near|go near) (any |anything with |anything containing |things with |)|\
        (break|breaks|broke|breaking) out( in hives| in a rash|) (from|with|over)|swell(s|) up (from|with)",
    ),
    (
        Tag::Avoids,
        "(has|have|need|needs|got|supposed|told) to (avoid|stay away from|stay off|keep away from|keep off)|must (avoid|stay away from|stay off)|(am|is|are|im|hes|shes|were) avoiding|\
        (cant|cannot|can not|dont|doesnt|do not|does not|never) (do|eat|tolerate|digest|handle|drink|touch)( any|)",
    ),
    (
        Tag::AllergyOf,
        "(food |)(allergy|allergies|intolerance|intolerances|sensitivity)|allergic|intolerant|(make|makes|made|making) (me|him|her|us|them|my (son|daughter|wife|husband|kid|kids|mom|dad|friend|girlfriend|boyfriend|partner)|the baby) \
        (sick|ill|really sick|very ill|swell|swell up|vomit|throw up|itch|break out)|(could|can|will) kill (me|him|her|us|them)|\
        anaphylactic( shock|)|anaphylaxis|epi pen|epipen|go(es|) into shock|(is|are) (deadly|poison|dangerous) (for|to) (me|him|her|us|them)|(doesnt|dont|does not|do not) agree with (me|him|her|us|them)",
    ),
    (
        Tag::Condition(Allergen::Gluten),
        "(celiac|coeliac|celiacs|coeliacs|caeliac|seliac)( disease|)",
    ),
    (
        Tag::Condition(Allergen::Milk),
        "lactose (intolerant|intolerance)|milk protein allergy",
    ),
    (Tag::Condition(Allergen::Sugar), "diabetic|diabetes"),
    (
        Tag::Diet,
        "(im|i am|were|we are|shes|she is|hes|he is|theyre|they are|who is|whos|wife is|husband is|son is|daughter is|friend is|kid is|us is|them is|mom is|dad is|girlfriend is|boyfriend is|partner is|both) \
        (a |strict |a strict |strictly |)(vegan|vegetarian|pescatarian)(s|)|(keep|keeps|keeping) kosher|(only |)eat(s|) (halal|kosher)",
    ),
    (
        Tag::AllergyWho,
        "(i|my|we|he|she|they|you|our|somebody|someone|one|everyone|a|an|the|im|ive|weve|youve|hes|shes|theyre|were|am|is|are|was|has|have|had|got|gets|get|there|theres|its|it|of|us|them|here|in|with|for|who|whos|at|on|\
        son|daughter|wife|husband|kid|kids|child|children|baby|mom|mum|mother|dad|father|friend|friends|girlfriend|boyfriend|partner|brother|sister|grandma|grandson|guest|guests|party|group|table|family|house|household|home|office|person|people|guy|lady|\
        really|very|severely|severe|deathly|deadly|highly|super|badly|bad|serious|seriously|terrible|terribly|huge|big|major|strong|life threatening|mild|mildly|slightly|bit|little|pretty|quite|so|extremely|kind of|sort of|because|cause|since|due|to|as|that|this|\
        just|fyi|heads up|by the way|note|please|be aware|know|should|say|tell|mention|warn|warning|told|forgot|just so you know|and|or|any|all|some|sort|kind|type|kinds|types|food|foods|stuff|products|things|anything|everything|either|other|also|too|both|else|form|forms|whatsoever|around|near|even|um|uh|oh|well|hi|hello|hey|okay|ok|wait|listen|hang on|sorry|actually|question|quick|before i order|before we start|thing|\
        do|does|did|deal|dealing|suffer|suffers|from|one of|doctor|says|said|not|no|dont|cant|cannot|now|today|tonight|yes|yeah|must|careful|carefully)",
    ),
    (
        Tag::ClauseEnd,
        "so|but|can i|can we|could i|could we|may i|id like|i would like|wed like|ill have|ill take|ill get|well have|give me|let me (get|have)|lets (get|do|have)|i want|we want|i need|we need|\
        is|are|does|do you|do any|what|whats|which|how|when|where|please|if|without|no|hold|leave|skip|take|make|be careful|any chance|would|will|should|just|thanks|thank you|though|and (can|could|id|ill|i|we|also|what|is|does|do|a|an|one|two|three|the|make|please)|\
        that|because|who|when|it|here|at|in|on|i|we|my|she|he|they|ok|okay|or (ill|i|she|he|my)|at all|either|too|also|then|by the way|unfortunately|sadly|very|badly|and thats",
    ),
    (
        Tag::Food(Allergen::Peanuts),
        "peanut(s|)|groundnut(s|)|ground nut(s|)|peanut (butter|oil|sauce)",
    ),
    (
        Tag::Food(Allergen::Nuts),
        "nut(s|)|tree nut(s|)|cashew(s|)|almond(s|)|walnut(s|)|pecan(s|)|pistachio(s|)|hazelnut(s|)|macadamia(s|)|brazil nut(s|)|pine nut(s|)|chestnut(s|)",
    ),
    (
        Tag::Food(Allergen::Milk),
        "milk|dairy|lactose|cheese|cream|butter|yogurt|yoghurt|casein|whey|mozzarella|cheddar|feta|parmesan|ghee",
    ),
    (
        Tag::Food(Allergen::Gluten),
        "gluten|wheat|barley|rye|spelt|flour|semolina|oats|seitan|breadcrumbs",
    ),
    (
        Tag::Food(Allergen::Egg),
        "egg(s|)|egg (white|yolk)(s|)|mayo|mayonnaise",
    ),
    (
        Tag::Food(Allergen::Soy),
        "soy|soya|soybean(s|)|tofu|edamame|tempeh|miso",
    ),
    (
        Tag::Food(Allergen::Fish),
        "fish|tuna|salmon|cod|anchovy|anchovies|halibut|tilapia|haddock|seafood",
    ),
    (
        Tag::Food(Allergen::Shellfish),
        "shellfish|shell fish|crustacean(s|)|shrimp(s|)|prawn(s|)|crab(s|)|lobster(s|)|crayfish|crawfish|mollus(c|k)(s|)|mussel(s|)|oyster(s|)|clam(s|)|scallop(s|)|squid|calamari|octopus|seafood",
    ),
    (
        Tag::Food(Allergen::Sesame),
        "sesame|tahini|sesame (seed|seeds|oil)",
    ),
    (Tag::Food(Allergen::Mustard), "mustard"),
    (Tag::Food(Allergen::Celery), "celery|celeriac"),
    (
        Tag::Food(Allergen::Sulphites),
        "sulfite(s|)|sulphite(s|)|sulfur dioxide",
    ),
    (
        Tag::Food(Allergen::Meat),
        "meat|beef|chicken|pork|lamb|red meat|poultry",
    ),
    (Tag::Food(Allergen::Pork), "pork|bacon|ham|lard|gelatin"),
    (Tag::Food(Allergen::Alcohol), "alcohol|wine|beer"),
    (Tag::Food(Allergen::Sugar), "sugar"),
    (
        Tag::Food(Allergen::Onion),
        "onion(s|)|garlic|allium(s|)|shallot(s|)|scallion(s|)",
    ),
];
