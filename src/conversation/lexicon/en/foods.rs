//! English: dishes and ingredients that everybody calls by these names. Who says one means it, and no other that sounds like it.

use crate::conversation::lexicon::tag::{Table, Tag};

pub const TABLE: Table = &[(
    Tag::Foodstuff,
    "pizza|burger|hamburger|cheeseburger|sandwich|quesadilla|burrito|taco|nacho|enchilada|fajita|tamale|churro|lasagna|\
    lasagne|spaghetti|pasta|penne|linguine|ravioli|gnocchi|risotto|calzone|stromboli|meatball|sushi|sashimi|tempura|\
    ramen|udon|teriyaki|dumpling|gyoza|wonton|noodle|curry|masala|korma|vindaloo|biryani|naan|samosa|paneer|tikka|\
    falafel|hummus|kebab|gyro|shawarma|pita|souvlaki|salad|soup|chowder|chili|stew|gumbo|steak|ribs|brisket|wings|\
    nuggets|tenders|fries|rice|bread|toast|bagel|croissant|muffin|scone|donut|doughnut|pancake|waffle|omelette|omelet|\
    sausage|pepperoni|salami|prosciutto|turkey|duck|veal|mushroom|pineapple|spinach|broccoli|cauliflower|potato|tomato|\
    cucumber|lettuce|cabbage|kale|carrot|olive|avocado|jalapeno|pickle|corn|asparagus|zucchini|eggplant|artichoke|\
    cilantro|basil|parsley|mint|ginger|ketchup|mayo|mayonnaise|relish|ranch|salsa|guacamole|cream|butter|jam|jelly|\
    honey|syrup|vanilla|chocolate|caramel|strawberry|blueberry|raspberry|banana|mango|apple|peach|lemon|lime|cherry|\
    coconut|cinnamon|pumpkin|cake|cheesecake|brownie|cookie|gelato|sorbet|pudding|milkshake|smoothie|lemonade|\
    cappuccino|mocha|matcha|coffee|tea|juice|soda|coke|pepsi|sprite|beer|wine|vodka|whiskey|margarita",
)];
