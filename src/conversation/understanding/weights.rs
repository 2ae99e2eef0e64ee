//! What a reading of an utterance costs. The cheapest draft order wins; 1.0 is the price of one word that nothing
//! explains, and every other weight was set against it. `docs/understanding.md` explains the choice of each.

/// A word that nothing explains.
pub const UNKNOWN: f32 = 1.0;
/// A filler or function word: almost free, so that fewer words are always better.
pub const FILLER: f32 = 0.02;
/// Every name or number read: one long name beats two short ones.
pub const ENTITY: f32 = 0.05;

/// The same for a name of two words or more heard whole or in part: it should win over the function words in it.
pub const LONG_ENTITY: f32 = 0.02;

/// An alias instead of the name: a word that is one thing's name and another's alias means the first.
pub const ALIAS: f32 = 0.06;
/// A general English synonym instead of the name's words ("fries" for "French fries").
pub const SYNONYM: f32 = 0.05;
/// Function words of the name left out ("mac cheese").
pub const DROPPED_FUNCTION_WORD: f32 = 0.03;
/// The option's or category's head word added to the name ("corn tortilla", "cheddar cheese").
pub const ADDED_HEAD: f32 = 0.03;
/// Words of the name left out: this, and a share of `DROPPED_SHARE` by weight of the words.
pub const DROPPED: f32 = 0.12;
/// The whole share: multiplied by the part of the name's weight that was not said.
pub const DROPPED_SHARE: f32 = 0.5;
/// What an adjective or a unit of a choice's name weighs, of a noun's 1.
pub const LIGHT_WORD: f32 = 0.5;
/// The name's last word (its head) left out, though it is no common word of this menu.
pub const DROPPED_HEAD: f32 = 0.04;
/// The option's own head word left out of a choice ("pinto" for "Pinto beans" of option Beans).
pub const DROPPED_OPTION_HEAD: f32 = 0.08;
/// Only an adjective of a choice's name was said ("grilled").
pub const ONLY_ADJECTIVE: f32 = 0.15;
/// The same of an item, where no other name has the adjective; `item_step` takes it only as a noun ("a double").
pub const ONLY_ADJECTIVE_OF_ITEM: f32 = 0.05;
/// Such an adjective with nothing before it ("single with cheese").
pub const ADJECTIVE_FIRST: f32 = 0.25;
/// The words in another order ("pastor taco").
pub const REORDERED: f32 = 0.08;
/// Two meanings closer than this are a question, not an answer.
pub const AMBIGUOUS: f32 = 0.05;

/// A sound-alike: this, and `SOUND_SHARE` times what is missing to the same sound.
pub const SOUND: f32 = 0.15;
pub const SOUND_SHARE: f32 = 1.1;
/// A common word that is no function word, read as a sound-alike: never without asking.
pub const COMMON_WORD: f32 = 0.3;
/// Words less alike than this are different words.
pub const SOUND_FLOOR: f32 = 0.64;
/// The floor for words of up to four letters, where chance likeness is common.
pub const SOUND_FLOOR_SHORT: f32 = 0.74;
/// The floor for two words heard where the menu has one ("alpa store").
pub const SOUND_FLOOR_JOINED: f32 = 0.68;
/// The floor for a name whose first syllable was heard as a function word ("or chattas").
pub const SOUND_FLOOR_CUT: f32 = 0.7;
/// Such a name is always asked about.
pub const CUT_IN_TWO: f32 = 0.2;
/// Some little word heard for the "al" in "tacos al pastor".
pub const LITTLE_FOREIGN: f32 = 0.1;
/// Doubt added where a name was heard by its sound and only in part.
pub const PART_BY_SOUND: f32 = 0.15;
/// Doubt where one common word of an item's name was all that was heard.
pub const PART_BY_COMMON_WORD: f32 = 0.5;
/// Words beside a name that sound this much like what it lacks are its rest.
pub const REST_OF_NAME: f32 = 0.5;
/// They tell one item from others when they are this much more like it.
pub const REST_TELLS: f32 = 0.12;
/// Words this much like a whole name may mean it; the caller is asked.
pub const WHOLE_NAME: f32 = 0.58;
/// Among the few things that are in the order, or were offered, this much is enough.
pub const AMONG_FEW: f32 = 0.42;
/// The likest must be this much likelier than the next.
pub const LIKEST_BY: f32 = 0.06;
/// A word of the menu spelt nearly so ("saag", "sag"), beside one spelt so.
pub const SPELT_OTHERWISE: f32 = 0.02;
/// Another form of the same word ("roasted" for "roast", "ice" for "iced").
pub const SAME_ROOT: f32 = 0.12;

/// A choice on the item before it, across "a" or "one" ("with a thin crust").
pub const ACROSS_ARTICLE: f32 = 0.12;
/// The same on a line that the caller already has, where a dish is called so too ("and I need a hummus").
pub const KNOWN_OVER_ITEM: f32 = 0.35;
/// A choice on the item before it, across a number that counts it ("two shots").
pub const COUNTED: f32 = 0.1;
/// A number before a choice that can be taken only once.
pub const COUNT_NOT_ALLOWED: f32 = 0.8;
/// A choice that pushes another out of an option that takes one.
pub const PUSHES_OUT: f32 = 0.9;
/// Refused choices that share a name are refused together up to here.
pub const ALL_REFUSED: f32 = 0.15;
/// A sense in an option that was already chosen from, after others were: a caller goes through the options in turn.
pub const COMES_BACK: f32 = 0.15;
/// The same, out of the middle of a list, or where the menu demands the option: such a choice is made once.
pub const COMES_BACK_SURELY: f32 = 0.5;
/// A function word read out of the words of a longer name heard whole ("all the toppings").
pub const CUE_OVER_NAME: f32 = 0.15;
/// A bare head noun as a choice of its own right behind a refused one ("no pesto sauce").
pub const HEAD_AS_CHOICE: f32 = 0.1;
/// The same choice said twice.
pub const TWICE: f32 = 0.2;
/// A choice on the item before it, after the start of a new clause.
pub const AFTER_OPENER: f32 = 0.06;
/// A choice where a portion word promised an item ("a side of ...").
pub const CHOICE_AFTER_PORTION: f32 = 0.45;
/// The same, where the word measures what is put on something ("a slice of cheddar").
pub const CHOICE_AFTER_MEASURE: f32 = 0.05;
/// An amount for part of the name of a choice that does not come in amounts ("light sauce").
pub const AMOUNT_NOT_ALLOWED: f32 = 0.55;
/// An amount for a food noun that no choice is called by ("light sauce"); the waiter says it was not understood.
pub const AMOUNT_OF_HEAD: f32 = 0.2;
/// A number of items where the item has a choice of that number ("twelve wings", in sixes, twelves and twenties).
pub const COUNT_IS_A_CHOICE: f32 = 0.7;
/// A number with nothing after it; a little less than the same word read as nothing.
pub const BARE_NUMBER: f32 = 0.31;
/// "Single" read as a number where it names an item.
pub const NUMBER_OVER_ITEM: f32 = 0.45;
/// An amount right before an item ("extra burger"), beside what an amount with nothing after it costs.
pub const AMOUNT_OF_ITEM: f32 = 0.2;
/// Words taken back ("no wait"), read as such.
pub const REPAIR: f32 = 0.0;
/// A bare "no" before an article or a number, read as taking back.
pub const TAKES_BACK: f32 = 0.1;
/// A "no" at the end of words taken back, read as one of them.
pub const REFUSAL_IN_REPAIR: f32 = 0.37;
/// A choice said before its item without an article, while an item stands before it.
pub const BARE_BEFORE: f32 = 0.2;
/// The same, after "with": what follows "with" belongs to what came before.
pub const BARE_AFTER_WITH: f32 = 0.3;
/// A choice right before its item, without an article and with nothing before it.
pub const FIRST_BEFORE: f32 = 0.02;
/// A negated choice before its item.
pub const NEGATED_BEFORE: f32 = 0.2;

/// An item without an article or number.
pub const BARE_ITEM: f32 = 0.06;
/// An item read where the item before it offers the same word as a choice, without an article.
pub const ITEM_OVER_CHOICE: f32 = 0.28;
/// The same where the item before must have one of these and has none yet.
pub const ITEM_OVER_ASKED_CHOICE: f32 = 1.0;
/// An item read where a number or article stands before it and the item before offers the word by its very name.
pub const COUNTED_ITEM_OVER_CHOICE: f32 = 0.2;
/// An item without an article right after "with" or "add", where the item before offers the word as a choice.
pub const ITEM_AFTER_WITH: f32 = 0.4;
/// The item just ordered, named again: another one, though no number says so.
pub const SAME_ITEM_AGAIN: f32 = 0.35;
/// "the burger": the one already ordered.
pub const REFERENCE: f32 = 0.02;
/// A plural where one was said, or a singular where several were.
pub const NUMBER_MISMATCH: f32 = 0.15;
/// A choice said before an item that lacks it, given to the item before.
pub const SHIFTED_BACK: f32 = 0.3;
/// A choice that no item takes.
pub const LOOSE: f32 = 0.9;
/// Choices without an item that imply it ("a medium with olives").
pub const IMPLIED: f32 = 0.35;
/// Some of several made differently ("one with ham, the other with olives").
pub const SPLIT: f32 = 0.08;
/// "Sugar free", where no name holds "free".
pub const REFUSED_BEHIND: f32 = 0.25;
/// Some parted from several by a plural of a choice ("with two ranches"), which rather counts the choice.
pub const COUNT_OF_CHOICE: f32 = 0.4;
/// Some parted from several by articles alone, and some left over.
pub const NOT_MADE_UP: f32 = 0.7;
/// An item under "no": it is not wanted.
pub const REFUSED_ITEM: f32 = 0.1;
/// The same of an item that was not named before, among others that were.
pub const REFUSED_UNASKED: f32 = 0.4;
/// Items of the kind of the one that is replaced may be so much dearer than the likeliest.
pub const NEAR_IN_KIND: f32 = 0.45;
/// A part of a name right behind another name, or a name behind a part of one. Lists are said so too ("doritos lays"), so it costs
/// nothing until something tells the two apart.
pub const PARTS_SIDE_BY_SIDE: f32 = 0.0;
/// A choice refused that the dish before it does not offer: dearer than waiting for the next dish.
pub const REFUSED_NOT_OFFERED: f32 = 0.75;
/// "to" and "for" read as two and four where a number fits.
pub const NUMBER_BY_SOUND: f32 = 0.12;
/// The same words as what they are spelt, where a number fits better.
pub const NOT_A_NUMBER: f32 = 0.3;
/// A food noun that describes the name before it; dearer than a name heard whole, cheaper than part of another name.
pub const HEAD_AFTER_NAME: f32 = 0.12;
/// A food noun that describes nothing said yet ("a sandwich with ...").
pub const HEAD_ALONE: f32 = 0.6;
/// "the" or "of" inside a name ("all the toppings").
pub const INSERTED: f32 = 0.03;
/// A plural where the choice's name is singular, or the other way round.
pub const CHOICE_NUMBER: f32 = 0.06;
/// A meaning whose name is not written as heard, where another's is ("veggies", "veggie").
pub const NOT_AS_WRITTEN: f32 = 0.06;
/// An amount word where the menu has a choice of that very name ("regular").
pub const AMOUNT_OVER_NAME: f32 = 0.24;
/// "Regular" read as an amount where the menu has a size of that name.
pub const PLAIN_OVER_NAME: f32 = 0.34;
/// An amount word that alone names an item ("a double").
pub const AMOUNT_OVER_ITEM: f32 = 0.25;
/// "Half" as a part of the item where the menu has a choice of that name.
pub const HALF_OVER_NAME: f32 = 0.4;
/// A name heard with another function word in it ("beef and broccoli" for "Beef with broccoli") must be whole but for
/// function words: it costs no more than this.
pub const NEARLY_WHOLE: f32 = 0.1;
/// The last part of a word said for the whole ("burger" for a "Cheeseburger").
pub const LAST_PART: f32 = DROPPED + DROPPED_SHARE / 2.0;
/// An everyday or describing word that nothing explains.
pub const UNKNOWN_EVERYDAY: f32 = 0.35;
/// A common word that is no food.
pub const UNKNOWN_COMMON: f32 = 0.6;
/// An amount ("extra", "no") with nothing after it.
pub const EMPTY_AMOUNT: f32 = 0.4;
/// A choice given to one line, right before another is pointed at.
pub const GIVEN_ELSEWHERE: f32 = 0.6;
/// A choice that the line talked about does not offer, given to an older one that does.
pub const NOT_IN_FOCUS: f32 = 0.25;
/// Choices that wait for their item over "on the", or that refuse something.
pub const WAITS_ON: f32 = 0.05;
/// One choice that waits over a second article ("half a chicken").
pub const WAITS_OVER_ARTICLE: f32 = 0.3;
/// "On half" said of the choices after it, though some stand before it.
pub const PART_BEFORE: f32 = 0.05;
/// One more like the one before ("and another with ham").
pub const ONE_MORE: f32 = 0.08;
/// A word that refuses, read as nothing.
pub const UNKNOWN_REFUSAL: f32 = 0.9;
/// "no onions and peppers": the second read as wanted.
pub const NEGATION_ENDS: f32 = 0.15;

/// Drafts kept at each word.
pub const BEAM: usize = 20;
