//! English: dishes and ingredients that everybody calls by these names. Who says one means it, and no other that sounds like it.

use crate::conversation::lexicon::tag::{Table, Tag};

pub const TABLE: Table = &[(
    Tag::Foodstuff,
    "pizza|pizzas|burger|burgers|hamburger|hamburgers|cheeseburger|cheeseburgers|sandwich|sandwiches|quesadilla|quesadillas|\
    burrito|burritos|taco|tacos|nacho|nachos|enchilada|enchiladas|fajita|fajitas|tamale|tamales|churro|churros|lasagna|lasagne|\
    spaghetti|pasta|penne|linguine|ravioli|gnocchi|risotto|calzone|calzones|stromboli|meatball|meatballs|sushi|sashimi|tempura|\
    ramen|udon|teriyaki|dumpling|dumplings|gyoza|wonton|wontons|lo mein|chow mein|noodle|noodles|curry|curries|masala|korma|\
    vindaloo|biryani|naan|samosa|samosas|paneer|tikka|falafel|hummus|kebab|kebabs|gyro|gyros|shawarma|pita|pitas|souvlaki|\
    salad|salads|soup|soups|chowder|chili|stew|gumbo|steak|steaks|ribs|brisket|wings|nuggets|tenders|hot dog|hot dogs|corn dog|\
    corn dogs|fries|rice|bread|toast|bagel|bagels|croissant|croissants|muffin|muffins|scone|scones|donut|donuts|doughnut|\
    doughnuts|pancake|pancakes|waffle|waffles|omelette|omelettes|omelet|omelets|sausage|sausages|pepperoni|salami|prosciutto|\
    turkey|duck|veal|mushroom|mushrooms|pineapple|spinach|broccoli|cauliflower|potato|potatoes|tomato|tomatoes|cucumber|\
    cucumbers|lettuce|cabbage|kale|carrot|carrots|olive|olives|avocado|avocados|jalapeno|jalapenos|pickle|pickles|corn|\
    asparagus|zucchini|eggplant|artichoke|artichokes|cilantro|basil|parsley|mint|ginger|ketchup|mayo|mayonnaise|relish|ranch|\
    salsa|guacamole|cream|butter|jam|jelly|honey|syrup|vanilla|chocolate|caramel|strawberry|strawberries|blueberry|\
    blueberries|raspberry|raspberries|banana|bananas|mango|mangoes|apple|apples|peach|peaches|lemon|lemons|lime|limes|cherry|\
    cherries|coconut|cinnamon|pumpkin|cake|cakes|cheesecake|cheesecakes|brownie|brownies|cookie|cookies|ice cream|gelato|\
    sorbet|pudding|milkshake|milkshakes|smoothie|smoothies|lemonade|lemonades|cappuccino|cappuccinos|mocha|matcha|coffee|\
    coffees|tea|teas|juice|juices|soda|sodas|coke|cokes|pepsi|sprite|beer|beers|wine|wines|vodka|whiskey|margarita|margaritas",
)];
