//! French as spoken in Canada: function words and phrases, and what each means in the waiter's words.
//!
//! Words are folded (no accents), elisions stand apart (`j ai`), as the phrasebook gives them. Patterns are those of
//! `lexicon::patterns`: `(a|b|)` stands for "a", "b" or nothing. Food words are never translated but for the two
//! that French writes like function words (`thé`, `maïs`).

use super::phrasebook::Table;

pub(super) const TABLE: Table = Table {
    phrases: &[
        ANSWERS,
        ORDERING,
        CHANGING,
        ASKING,
        MEASURES,
        DISHES,
        SMALL_WORDS,
    ],
    alone: &[
        ("annuler", "cancel"),
        ("annulez", "cancel"),
        ("annule", "cancel"),
        ("je veux annuler", "cancel"),
        ("je voudrais annuler", "cancel"),
        ("j aimerais annuler", "cancel"),
        ("un", "one"),
        ("une", "one"),
        ("quoi", "what"),
        ("comment", "what"),
        ("hein", "what"),
    ],
    accented: &[
        ("thé", "tea"),
        ("thés", "teas"),
        ("maïs", "corn"),
        ("livré", "delivery"),
        ("livrée", "delivery"),
        ("épicé", "spicy"),
        ("épicée", "spicy"),
        ("épicés", "spicy"),
        ("épicées", "spicy"),
        ("où", "where"),
        ("à", "at"),
        ("là", "there"),
    ],
    articles: &["un", "une"],
};

/// Yes, no, done, a person, repeating, leaving.
const ANSWERS: &[(&str, &str)] = &[
    ("yes", "oui|ouais|ouin|mm oui"),
    (
        "definitely",
        "absolument|certainement|bien sur|tout a fait|avec plaisir|volontiers|pourquoi pas",
    ),
    ("exactly", "exactement|exact|en plein ca"),
    ("perfect", "parfait|super|genial|excellent"),
    ("okay", "ok|d accord|d ac|ca marche|c est beau|ca va|voila"),
    (
        "thats right",
        "c est (bien |)(ca|exact|juste)|c est bien cela",
    ),
    ("thats correct", "(c est |tout est |)correct"),
    ("thats good", "c est (bon|bien)"),
    ("thats perfect", "c est parfait"),
    ("no", "non|nan"),
    ("no thanks", "non merci|ca ira( merci|)|sans facon"),
    ("not really", "pas (vraiment|du tout|tellement)"),
    (
        "thats not right",
        "(ce n|c) est pas (bon|ca|cela|correct|exact|bien|ce que j ai dit)|c est pas ce que j ai commande|il y a une erreur",
    ),
    ("thats wrong", "c est faux"),
    (
        "thats all",
        "(c est|ce sera|ca sera|ca va etre|ca fait|ca va faire|et c est) (tout|complet)( pour (moi|nous|l instant|aujourd hui|le moment)|)|\
        j ai (fini|termine)|c est (termine|fini)|ca complete|rien que ca",
    ),
    (
        "nothing else",
        "rien (d autre|de plus)|plus rien|pas d autre chose",
    ),
    (
        "a person",
        "(a |)(une (vraie |)personne|un (vrai |)humain|un etre humain|un (employe|agent|responsable|gerant|prepose)|une gerante)|\
        (parler |)(a|avec) quelqu un|(le|la) (gerant|gerante)|transferez moi|passez moi quelqu un|service a la clientele",
    ),
    (
        "cancel the order",
        "(annulez|annuler|annule) (tout|ca|cela|la commande|ma commande|toute la commande|le tout)|(je veux |)tout annuler|\
        oubliez (tout|ca|la commande)|laissez (tomber|faire)|je ne veux (plus rien|rien)|je veux plus rien|on annule tout",
    ),
    (
        "say that again",
        "((pouvez vous|pourriez vous|peux tu|voulez vous) |)(repeter|repetez|redire|redites)( ca| cela| moi ca|)|pardon|\
        comment ca|je n ai pas (bien |)(compris|entendu)|j ai pas (bien |)(compris|entendu)|vous (dites|avez dit)",
    ),
    (
        "what do i have so far",
        "(qu est ce que j ai|qu ai je)( commande|)( pour l instant| jusqu a maintenant| jusqu ici| jusqu a present| dans ma commande|)|\
        ((pouvez vous|pourriez vous) |)(relire|relisez|repeter|repetez|resumer)( moi|) (ma|la) commande|c est quoi ma commande|\
        j ai quoi( pour l instant| jusqu a maintenant|)",
    ),
    (
        "the same again",
        "(encore |)la meme chose( encore|)|(le|la) meme encore|encore (le|la) meme|encore un(e|) pareil(le|)|\
        un(e|) autre pareil(le|)|pareil encore",
    ),
    (
        "goodbye",
        "au revoir|bonne (journee|soiree|fin de journee)|a bientot|a la prochaine",
    ),
    (
        "wrong number",
        "(faux|mauvais) numero|je me suis trompe(e|) de numero",
    ),
    (
        "ill call back",
        "je (vais |)rappeler(ai|)( plus tard|)|je rappelle( plus tard|)",
    ),
    ("please", "s il (vous|te) plait|svp"),
    ("thanks", "merci( beaucoup| bien| infiniment|)"),
    ("hello", "bonjour|bonsoir|salut|allo"),
    ("sorry", "desole(e|)|excusez moi|pardonnez moi|je m excuse"),
    ("sir", "monsieur"),
    ("maam", "madame|mademoiselle"),
    (
        "um",
        "euh|heu|hum|ben|bah|bon|alors|donc|voyons|disons|hmm|eh bien|eh",
    ),
    (
        "wait",
        "attendez|attends|une (minute|seconde)|un (instant|moment)",
    ),
    (
        "my name is",
        "je m appelle|mon nom( c|) est|(c est |)au nom de|c est le nom de|le nom est",
    ),
    ("its for", "c est pour"),
    (
        "delivery",
        "livraison|(faire |)(livrer|livrez)|(faire|etre|soit|est) livre",
    ),
    (
        "pickup",
        "ramassage|cueillette|(je (vais |)|on (va |)|)(passer|venir|passe|viens) (le |la |les |)(chercher|prendre|ramasser|cueillir)|je vais (le |la |les |)(chercher|ramasser)|\
        je vais passer|je passe|pour ramasser|en magasin",
    ),
    ("to go", "(a|pour) emporter|pour apporter"),
];

/// How an order begins, joins, measures and refuses.
const ORDERING: &[(&str, &str)] = &[
    (
        "id like",
        "(je|j|on|nous) (voudrais|veux|aimerais|aimerait|voudrait|veut|voudrions|aimerions|prendrais|prendrait|prendrons|prends|\
        prend|prenons|desire|souhaite|souhaiterais|vais prendre|va prendre|allons prendre|vais avoir|va avoir|commanderais)( bien|)\
        ( commander| avoir| prendre| essayer|)|(je|on) vais commander|j aurais (envie|besoin) (de|d)|il me faut|il me faudrait|\
        (pourrais je|puis je|pourrait on|est ce que je (peux|pourrais)|est ce qu on (peut|pourrait)|je (peux|pourrais)|on (peut|pourrait)) \
        (avoir|commander|prendre)|(donnez|mettez|faites|apportez|servez) (moi|nous)|ce sera|ca sera|ca va etre|pour moi( ce sera|)|\
        je (commence|commencerais) (avec|par)|pour commencer",
    ),
    (
        "can you add",
        "(pouvez vous|pourriez vous|peux tu) (m |)(ajouter|rajouter|mettre)",
    ),
    ("add", "ajoutez|ajouter|ajoute|rajoutez|rajouter|rajoute"),
    ("also", "aussi|egalement"),
    ("then", "puis|ensuite|apres ca"),
    ("and", "et|ainsi que|et puis|et aussi|plus un"),
    ("or", "ou( bien|)|ni"),
    ("but", "mais"),
    (
        "with",
        "avec( du| de la| des| de l|)|au|aux|a l|garni(e|) (de|d)|accompagne(e|) (de|d|du)",
    ),
    ("one with no", "(l |)un(e|) sans( de| d|)"),
    ("the other with no", "l autre sans( de| d|)"),
    (
        "with everything",
        "(avec |)tout(e|)(s|) (garni(e|)(s|)|dessus)|(avec |)le tout garni|avec toutes les garnitures|avec tout",
    ),
    (
        "for my wife",
        "pour (ma|mon|mes) (femme|blonde|conjointe|mari|chum|conjoint|fils|fille|ami|amie|mere|pere|enfants|enfant)",
    ),
    ("one with", "(l |)un(e|) avec( du| de la| des| de l|)"),
    ("the other with", "l autre avec( du| de la| des| de l|)"),
    ("on it", "dessus|la dessus"),
    ("in it", "dedans|la dedans"),
    ("on", "sur( le| la| les| l|)"),
    (
        "without",
        "sans( mettre| ajouter|)( de| d|)|(ne mettez|mettez|n ajoutez) pas (de|d)|(je ne|je|j) veux pas (de|d)|enlevez (de|d)",
    ),
    ("no", "pas (de|d)|aucun(e|)"),
    ("not", "pas"),
    (
        "light",
        "(juste |seulement |)(un |tres |)peu (de|d)|pas (trop|beaucoup) (de|d)|legerement|moins (de|d)|une touche (de|d)|un soupcon (de|d)",
    ),
    (
        "extra",
        "(un |)extra( de| d|)|beaucoup (de|d)|(un |)supplement( de| d|)|davantage (de|d)|plus (de|d)|double( de|)|plein (de|d)|\
        supplementaire(s|)|en extra",
    ),
    ("regular", "normal(e|)|ordinaire|regulier|reguliere"),
    ("half", "(la |une |sur la |sur une |)moitie( de|)|demi(e|)"),
    ("the other half", "(sur |)l autre moitie"),
    (
        "both",
        "(sur |dans |)(toutes |tous |)les deux|tous les deux|toutes les deux",
    ),
    ("each", "chacun(e|)|chaque"),
    ("all of them", "tous|toutes"),
    ("on the side", "a (part|cote)|de cote|sur le cote"),
    ("a side of", "un(e|) (a cote|accompagnement) (de|d)"),
    ("another", "(encore |)un(e|) autre|encore un(e|)"),
    ("the other", "l autre"),
    ("the others", "les autres"),
    ("a glass of", "un verre (de|d)"),
    ("a bottle of", "une bouteille (de|d)"),
    ("a cup of", "une tasse (de|d)"),
    ("a bowl of", "un bol (de|d)"),
    ("an order of", "une (portion|assiette|commande) (de|d)"),
    ("in total", "en tout|au total"),
];

/// Corrections: removing, replacing, counting anew.
const CHANGING: &[(&str, &str)] = &[
    (
        "actually",
        "finalement|en fait|plutot|tout compte fait|a bien y penser",
    ),
    (
        "instead of the",
        "(a la place|au lieu) (du|des|de la|de l|de le)|plutot que (le|la|les|l)",
    ),
    ("instead of", "(a la place|au lieu) (de|d)|plutot (que|qu)"),
    ("instead", "a la place"),
    ("change", "changez|changer|change"),
    ("replace", "remplacez|remplacer|remplace"),
    ("by", "par( des|)"),
    ("for", "pour des"),
    (
        "remove",
        "(enlevez|enlever|enleve|retirez|retirer|retire|supprimez|supprimer|otez|oter|oubliez|annulez|annuler|annule)( moi|)",
    ),
    (
        "remove the",
        "(enlevez|enlever|enleve|retirez|retirer|supprimez|otez|oubliez|annulez|annuler|annule|laissez faire) (le|la|les|l|mon|ma|mes)|\
        (je ne|je|j) veux (plus|pas|plus de|pas de) (le|la|les|l|mon|ma|mes)|je ne veux plus (de|d|du|des)",
    ),
    (
        "make that",
        "(mettez|mets|faites|fais|donnez|donne) (en|m en|moi en|le|la|les|ca)( plutot|)|changez ca (pour|a)",
    ),
    (
        "i meant",
        "je (voulais dire|veux dire|disais|voulais)|j ai dit|j avais dit",
    ),
    ("remove one", "(enlevez|enleve|retirez|retire) en (un|une)"),
    ("remove two", "(enlevez|enleve|retirez|retire) en deux"),
    ("the last one", "le dernier|la derniere"),
    (
        "except the",
        "(sauf|excepte|a part|hormis) (le|la|les|l|mon|ma|mes)|a l exception (du|de la|des|de l)",
    ),
    ("except", "sauf|excepte|hormis"),
    (
        "double",
        "(doublez|doubler|double(z|) moi)|le double (de|d)|deux fois plus (de|d)",
    ),
    ("almost", "presque"),
];

/// Questions.
const ASKING: &[(&str, &str)] = &[
    (
        "how much is the",
        "(c est |ca |)(combien )(coute|coutent|est|vaut|c est|pour|ca coute) (le|la|les|l|un|une)|\
        quel est le prix (du|des|de la|de l|d un|d une)|(c est|ca coute|il coute|elle coute) combien (le|la|les|l|un|une|pour le|pour la|pour les|pour un|pour une)",
    ),
    (
        "how much is",
        "combien (coute|coutent|est|vaut|pour)|quel est le prix( de|)|c est combien|ca coute combien|combien",
    ),
    (
        "whats my total",
        "(ca fait|ca coute|c est|je vous dois) combien (en tout|au total)|combien (ca fait|je vous dois|ca coute|c est)( en tout| au total|)|\
        (quel est |)(le|mon) total|ca fait combien",
    ),
    (
        "what kind of",
        "(qu est ce que vous (avez|offrez|servez)|vous avez quoi|qu avez vous|qu est ce qu il y a|il y a quoi) (comme|en fait de)|\
        quel(le|)(s|) (sorte|sortes|type|types|genre) (de|d)|quel(le|)s sont (vos|les)|c est quoi vos",
    ),
    (
        "what do you have",
        "qu est ce que vous (avez|offrez|servez)|vous avez quoi|qu avez vous|que servez vous|qu est ce qu il y a( de bon|)|il y a quoi( de bon|)",
    ),
    (
        "whats on the menu",
        "(qu est ce qu il y a|qu y a t il|il y a quoi) (sur le|au|dans le) menu|(c est quoi|quel est) (le|votre) menu|lisez moi le menu",
    ),
    (
        "what do you recommend",
        "(que|qu est ce que vous) (me |)recommandez( vous|)|que suggerez vous",
    ),
    (
        "do you have",
        "((est ce que |)vous (avez|auriez|vendez|faites)|avez vous|auriez vous|y a t il|est ce qu il y a)( du| de la| des| de l| un| une| de| d|)",
    ),
    (
        "whats in the",
        "(qu est ce qu il y a|qu y a t il|il y a quoi|c est quoi qu il y a) dans (le|la|les|l|votre|un|une)|que contient (le|la|l)|\
        qu est ce que (le|la) contient|quels sont les ingredients (du|de la|des|de l)|(c est quoi|qu est ce que c est) (le|la|les|l|un|une)",
    ),
    ("does the", "est ce que (le|la|les|l)"),
    ("is there any", "il y a (t il |)(du|des|de la|de l)"),
    ("does", "est ce (que|qu)"),
    ("contain", "contient( il| elle|)|contiennent( ils| elles|)"),
    (
        "any allergens in the",
        "(quels sont les |y a t il des |des |)allergenes (du|de la|des|de l|dans le|dans la|dans les|dans l)",
    ),
    (
        "im allergic to",
        "je suis allergique (a|au|aux|a la)|j ai une allergie (a|au|aux|a la)",
    ),
    ("any allergens", "(quels sont les |)allergene(s|)"),
    ("any allergy", "allergi(e|es|que|ques)"),
    (
        "what time do you close",
        "(a |jusqu a |)quelle heure (fermez vous|vous fermez|est ce que vous fermez|etes vous ouvert(s|)|vous etes ouvert(s|)|ca ferme|ferme le restaurant)|\
        vous fermez (a quelle heure|quand)|(fermez vous|quand fermez vous)",
    ),
    (
        "what time do you open",
        "(a |)quelle heure (ouvrez vous|vous ouvrez|est ce que vous ouvrez|ca ouvre)|vous ouvrez (a quelle heure|quand)|quand ouvrez vous",
    ),
    (
        "are you open",
        "(etes vous|vous etes|est ce que vous etes|c est) (encore |)ouvert(s|es|e|)",
    ),
    (
        "what are your hours",
        "(quelles sont |c est quoi |)(vos|les) heures( d ouverture|)",
    ),
    (
        "where are you",
        "ou (etes vous|est ce que vous etes|vous etes|se trouve le restaurant|est le restaurant)( situe(s|)|)|vous etes (situe(s|) |)ou|\
        (quelle est |c est quoi |)(votre|l) adresse|c est (situe |)ou",
    ),
    (
        "how long will it take",
        "(ca (va |)(prend|prendre)|c est|il faut) combien de temps|combien de temps( ca prend| ca va prendre| ca prendra| faut il| d attente| pour|)|\
        (quand|dans combien de temps) (est ce que |)(ce|ca) (sera|va etre) pret(e|)|(ce|ca) (sera|va etre) pret(e|) (quand|dans combien de temps)",
    ),
    ("what", "qu est ce (que|qu|qui)|quoi|c est quoi"),
    ("which", "quel(le|)(s|)|lequel|laquelle"),
    ("how", "comment"),
    ("when", "quand"),
    ("why", "pourquoi"),
];

/// Amounts of what is sold by measure.
const MEASURES: &[(&str, &str)] = &[
    ("pound", "livre(s|)"),
    ("half a pound", "(une |)demi(e|) (livre(s|))"),
    (
        "three quarters of a pound",
        "trois quarts (de|d un|d une) (livre(s|))",
    ),
    (
        "a quarter of a pound",
        "(un |)quart (de|d un|d une) (livre(s|))",
    ),
    ("pound and a half", "(livre(s|)) et demi(e|)"),
    ("pound and a quarter", "(livre(s|)) et (un |)quart"),
    ("pound and three quarters", "(livre(s|)) et trois quarts"),
    ("kilo", "kilo(s|)|kilogramme(s|)"),
    ("half a kilo", "(un |)demi (kilo(s|)|kilogramme(s|))"),
    (
        "three quarters of a kilo",
        "trois quarts (de|d un|d une) (kilo(s|)|kilogramme(s|))",
    ),
    (
        "a quarter of a kilo",
        "(un |)quart (de|d un|d une) (kilo(s|)|kilogramme(s|))",
    ),
    ("kilo and a half", "(kilo(s|)|kilogramme(s|)) et demi(e|)"),
    (
        "kilo and a quarter",
        "(kilo(s|)|kilogramme(s|)) et (un |)quart",
    ),
    (
        "kilo and three quarters",
        "(kilo(s|)|kilogramme(s|)) et trois quarts",
    ),
    ("liter", "litre(s|)"),
    ("half a liter", "(un |)demi (litre(s|))"),
    (
        "three quarters of a liter",
        "trois quarts (de|d un|d une) (litre(s|))",
    ),
    (
        "a quarter of a liter",
        "(un |)quart (de|d un|d une) (litre(s|))",
    ),
    ("liter and a half", "(litre(s|)) et demi(e|)"),
    ("liter and a quarter", "(litre(s|)) et (un |)quart"),
    ("liter and three quarters", "(litre(s|)) et trois quarts"),
    ("gram", "gramme(s|)"),
    ("ounce", "once(s|)"),
];

/// What is asked of a dish, and its number.
const DISHES: &[(&str, &str)] = &[
    ("vegan", "vegan(e|es|s|)|vegetalien(ne|nes|s|)"),
    ("vegetarian", "vegetarien(ne|nes|s|)"),
    ("kosher", "casher(e|s|)|cacher(e|s|)|kascher"),
    ("spicy", "piquant(e|es|s|)"),
    (
        "how many calories",
        "combien de calorie(s|)( y a t il| il y a|)",
    ),
    ("calories", "calorie(s|)"),
    ("number", "number|numero(s|)"),
    ("something", "quelque chose( de| d|)"),
    ("is it", "est (il|elle)"),
    ("are they", "sont (ils|elles)"),
];

/// Articles, pronouns, auxiliaries, prepositions.
const SMALL_WORDS: &[(&str, &str)] = &[
    ("a", "un|une"),
    ("some", "des|du|de la|de l|quelques"),
    ("the", "le|la|les|l"),
    ("the one with", "(celui|celle) (avec|au|aux|a la)"),
    ("the", "celui|celle|ceux|celles"),
    ("that", "ce|cet|cette|ces|ca|cela|que|qu|qui"),
    ("my", "mon|ma|mes|notre|nos"),
    ("your", "votre|vos|ton|ta|tes"),
    ("of", "de|d"),
    ("at", "a"),
    ("in", "en|dans"),
    ("for", "pour"),
    ("me", "me|moi|m"),
    ("we", "on|nous"),
    ("you", "vous|tu|te|t"),
    ("i", "je|j"),
    ("", "ne|n|se|s|y|si|leur|lui"),
    ("its", "c est|il est|elle est"),
    ("im", "je suis"),
    ("is", "est|sont|etait|sera|serait|soit|etre"),
    ("get", "avoir|prendre|commander"),
    ("have", "ai|avons|avez|a t il"),
    ("want", "veux|veut|voudrais|aimerais"),
    ("can", "peux|pouvez|peut|pourrais|pourriez"),
    ("just", "juste|seulement|rien que"),
    ("more", "plus|encore"),
    ("very", "tres|bien"),
    ("all", "tout(e|)"),
    ("nothing", "rien"),
    ("today", "aujourd hui|ce soir"),
    ("now", "maintenant"),
    ("there", "la bas"),
    ("to start", "d abord"),
    ("first", "premier(e|)"),
    ("second", "deuxieme|second(e|)"),
    ("third", "troisieme"),
    ("fourth", "quatrieme"),
    ("fifth", "cinquieme"),
    ("last", "dernier(e|)"),
    ("size", "format|grandeur|taille"),
    ("tea", "the"),
    ("teas", "thes"),
];
