//! General English food words that mean the same everywhere in North America. No dish of any menu is here: a word is
//! listed only when a dictionary gives the two as the same thing, or one as the common short form of the other.

/// One word for another, both ways: every word of a row is read as the first.
const SAME_WORD: &[&[&str]] = &[
    &["mayo", "mayonnaise"],
    &["guac", "guacamole", "guacamoles"],
    &["bbq", "barbecue", "barbeque"],
    &["veggie", "vegetable", "vegetarian", "veg", "veggy"],
    &["ketchup", "catsup"],
    &["doughnut", "donut"],
    &["decaf", "decaffeinated"],
    &["yogurt", "yoghurt"],
    &["espresso", "expresso"],
    &["chili", "chilli", "chile"],
    &["parmesan", "parm", "parmigiano", "parmigiana"],
    &["mozzarella", "mozz"],
    &["dr", "doctor"],
    &["st", "saint"],
    &["flavored", "flavoured"],
    &["liter", "litre"],
    &["oz", "ounce"],
    &["combination", "combo"],
    &["whipped", "whip"],
    &["caffe", "cafe"],
    &["piece", "pc", "pcs", "pce"],
];

/// Phrases for one another: a name that holds one may be said with any other of its row.
const SAME_PHRASE: &[&[&str]] = &[
    &["french fries", "fries"],
    &["coca cola", "coke", "cola"],
    &["diet coke", "diet cola", "diet coca cola"],
    &["hot chocolate", "hot cocoa", "cocoa"],
    &["iced tea", "ice tea"],
    &["extra large", "xl", "x large"],
    &["large", "big"],
    &["small", "little"],
    &["medium", "med"],
    &["sugar free", "zero sugar", "sugarless"],
    &["pizza", "pie", "pizza pie"],
    &["shake", "milkshake", "milk shake"],
    &["soda", "pop", "soft drink"],
    &[
        "sub",
        "hoagie",
        "submarine sandwich",
        "sub sandwich",
        "sandwich",
    ],
    &["bottled water", "bottle of water", "water bottle"],
    &["footlong", "foot long", "12 inch", "twelve inch"],
    &["latte", "caffe latte"],
    &["drip coffee", "coffee", "filter coffee"],
    &["dressing", "sauce"],
    &["thin crust", "thin"],
    &["thick crust", "thick"],
    &["pepper", "bell pepper", "sweet pepper"],
    &["fl oz", "fluid oz", "floz"],
];

/// The word a word is read as.
pub fn canonical(word: &str) -> &str {
    SAME_WORD
        .iter()
        .find(|row| row.contains(&word))
        .map_or(word, |row| row[0])
}

/// The other words that are read as this one.
pub fn others(word: &str) -> &'static [&'static str] {
    let row = SAME_WORD.iter().find(|row| row[0] == word);
    row.map_or(&[], |row| &row[1..])
}

/// Rows of phrases that mean the same, as written.
pub fn phrases() -> &'static [&'static [&'static str]] {
    SAME_PHRASE
}
