//! Words of addresses, by language: what streets and doors are called, and how letters are said. A list is words parted by `|`, or
//! `word=meaning`.

use super::words::RawWord;
use crate::words::Language;

/// One of the words of a list?
pub fn is_in(list: &str, word: &str) -> bool {
    list.split('|').any(|known| known == word)
}

/// What a word of a list stands for.
pub fn meaning(list: &'static str, word: &str) -> Option<&'static str> {
    let mut pairs = list.split('|').filter_map(|pair| pair.split_once('='));
    pairs
        .find(|(known, _)| *known == word)
        .map(|(_, meaning)| meaning)
}

/// How many words the longest phrase of a list takes from a word on; 0 where none stands there.
pub fn longest(words: &[RawWord], at: usize, list: &str) -> usize {
    let begins = |phrase: &str| {
        let mut count = 0;
        for word in phrase.split(' ') {
            if words.get(at + count).is_none_or(|said| said.folded != word) {
                return 0;
            }
            count += 1;
        }
        count
    };
    list.split('|').map(begins).max().unwrap_or(0)
}

/// Words around an address that say nothing of it.
pub fn leads(language: Language) -> &'static str {
    match language {
        Language::English => {
            "the delivery address is|my address is|the address is|our address is|address is|my address|the address|delivery address|\
            delivered to|deliver it to|deliver that to|deliver to|deliver this to|deliver them to|bring it to|bring that to|send it to|\
            send it over to|drop it at|drop it off at|its going to|it goes to|going to|i live at|i live on|we live at|i am at|im at|im on|\
            were at|we are at|can you|could you|would you|that would be|that is|that will be|thatll be|thats|it is|its|i said|i meant|\
            i mean|it should be|make it|make that|change it to|the street is|the street name is|street name is|the streets|the street name|\
            the number is|the house number is|house number is|house number|the numbers|the house numbers|its number|the right address is|\
            my place at|my house at|my home at|my office at|our place at|our house at|the office at|the house at|actually|sorry|no|nope|\
            yes|yeah|yep|sure|okay|ok|so|well|oh|wait|and|but|please|to|at|on|right|correct|alright|let me see|the|is"
        }
        Language::French => {
            "mon adresse est|l adresse est|adresse|l adresse c est|c est au|c est le|c est|j habite au|j habite|je suis au|livrez au|\
            livrer au|au|a|le|la|oui|non|alors|et|numero|s il vous plait"
        }
        Language::Spanish => {
            "mi direccion es|la direccion es|direccion|es en|es la|es|vivo en|estoy en|a la|en la|en|si|no|pues|y|la|el|numero|por favor"
        }
    }
}

/// Said before an address that nobody asked for.
pub fn delivery_leads(language: Language) -> &'static str {
    match language {
        Language::English => {
            "delivered to|deliver it to|deliver that to|deliver this to|deliver them to|deliver to|delivery to|bring it to|send it to|\
            send it over to|drop it at|drop it off at|my address is|the address is|i live at|the delivery address is"
        }
        Language::French => {
            "livrer au|livrez au|livraison au|mon adresse est|l adresse est|j habite au"
        }
        Language::Spanish => "mi direccion es|la direccion es|vivo en|entregar en|a domicilio en",
    }
}

/// Behind the name of a street.
pub const STREET_ENDS: &str = "street|st|avenue|ave|av|road|rd|lane|ln|drive|dr|boulevard|blvd|crescent|cres|court|ct|place|pl|way|terrace|\
    close|square|sq|hill|row|gardens|garden|grove|park|highway|hwy|parkway|pkwy|trail|circle|cir|mews|walk|quay|wharf|alley|plaza|mall|\
    crossing|heights|gate|green|path|rise|view|broadway|line|sideroad|route|turnpike|esplanade|embankment";
/// Those that nothing else is called.
pub const STREETS_FOR_SURE: &str =
    "street|avenue|ave|road|rd|lane|drive|boulevard|blvd|crescent|parkway|terrace";
/// As it is written.
pub const STREETS_IN_FULL: &str =
    "st=Street|ave=Avenue|av=Avenue|rd=Road|ln=Lane|dr=Drive|blvd=Boulevard|cres=Crescent|pl=Place";
/// Before a name they are a saint and a doctor.
pub const TITLES: &str = "st|dr";

/// Before the name of a street.
pub fn street_begins(language: Language) -> &'static str {
    match language {
        Language::English => "",
        Language::French => {
            "rue|avenue|boulevard|place|chemin|allee|allees|impasse|quai|route|cours|square|passage|rang|cote|montee|faubourg"
        }
        Language::Spanish => {
            "calle|avenida|paseo|plaza|camino|carretera|ronda|calzada|travesia|callejon|bulevar|via"
        }
    }
}

/// Beside a street's kind.
pub const DIRECTIONS: &str = "north=North|south=South|east=East|west=West|northwest=Northwest|northeast=Northeast|southwest=Southwest|\
    southeast=Southeast|n=North|s=South|e=East|w=West|nw=Northwest|ne=Northeast|sw=Southwest|se=Southeast";

/// Before the number of a door, and how it is written.
pub fn units(language: Language) -> &'static str {
    match language {
        Language::English => {
            "apartment=apartment|apt=apartment|unit=unit|suite=suite|ste=suite|flat=flat|room=room|buzzer=buzzer|buzz=buzzer|door=door|\
            floor=floor|building=building|penthouse=penthouse"
        }
        Language::French => {
            "appartement=appartement|appart=appartement|app=appartement|apt=appartement|porte=porte|bureau=bureau|etage=étage|\
            batiment=bâtiment"
        }
        Language::Spanish => {
            "apartamento=apartamento|departamento=departamento|piso=piso|puerta=puerta|portal=portal|interior=interior|oficina=oficina"
        }
    }
}

/// Between a door's word and its number.
pub const UNIT_FILLERS: &str = "number|code|is";
/// Before a house number that stands behind its street.
pub const NUMBER_LEADS: &str = "number|numero|its|its number|thats";
/// A door that has no number; before "floor" or alone.
pub const FLOORS: &str = "ground|top|main|upper|lower|bottom";
pub const PARTS_OF_HOUSES: &str = "basement|upstairs|downstairs|penthouse";

/// Before a postal code.
pub fn code_leads(language: Language) -> &'static str {
    match language {
        Language::English => {
            "the postal code is|my postal code is|postal code is|the postal code|postal code|the postcode is|postcode is|postcode|\
            post code is|post code|the zip code is|zip code is|zip code|the zip is|zip is|zip"
        }
        Language::French => {
            "le code postal est|code postal est|code postal c est|le code postal|code postal"
        }
        Language::Spanish => "el codigo postal es|codigo postal es|el codigo postal|codigo postal",
    }
}
pub const CODE_FILLERS: &str = "is|its";

/// What may stand between the parts of an address.
pub const BETWEEN: &str = "in|its|thats|the|is|please|thanks|thank|you|and|on|at|area|then|okay|yeah|a|en|est|es|et|y|merci|gracias|por|favor|\
    de|with|it|that|only|code|house|home";
/// Said while thinking, anywhere.
pub const THINKING: &str = "um|uh|er|erm|hmm|euh|eh";
/// What follows is right, and what stands before is not.
pub const TAKEN_BACK: &str = "no sorry|no wait|sorry|i mean|i meant|actually|scratch that|make that|no actually|wait no|or rather";
/// Before letters that spell a name.
pub const SPELLING: &str = "spelled|spelt|spelling|thats|its|that|is|it|as|in";
/// Between a letter and a word that begins with it.
pub const AS_IN: &str = "as in|like|for|is for";

/// The names of letters over a bad line.
pub const LETTERS: &str = "alpha=A|alfa=A|bravo=B|charlie=C|delta=D|echo=E|foxtrot=F|golf=G|hotel=H|india=I|juliet=J|juliett=J|kilo=K|lima=L|\
    mike=M|november=N|oscar=O|papa=P|quebec=Q|romeo=R|sierra=S|tango=T|uniform=U|victor=V|whiskey=W|xray=X|yankee=Y|zulu=Z";
/// As they are heard; read only where a code is expected.
pub const LETTERS_HEARD: &str = "ay=A|bee=B|be=B|see=C|sea=C|dee=D|eff=F|gee=G|aitch=H|jay=J|kay=K|el=L|ell=L|em=M|en=N|oh=O|pee=P|cue=Q|\
    queue=Q|are=R|ar=R|ess=S|tee=T|tea=T|you=U|vee=V|ex=X|why=Y|zed=Z|zee=Z";
pub const DIGITS_HEARD: &str = "to=2|too=2|for=4|fore=4|ate=8|won=1|oh=0|o=0";

/// Said of a street by its number.
pub const ORDINALS: &str = "first=1|second=2|third=3|fourth=4|fifth=5|sixth=6|seventh=7|eighth=8|ninth=9|tenth=10|eleventh=11|twelfth=12|\
    thirteenth=13|fourteenth=14|fifteenth=15|sixteenth=16|seventeenth=17|eighteenth=18|nineteenth=19|twentieth=20|thirtieth=30|\
    fortieth=40|fiftieth=50|sixtieth=60|seventieth=70|eightieth=80|ninetieth=90";
pub const HUNDREDS: &str = "hundred=100|thousand=1000";
