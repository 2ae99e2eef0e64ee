//! French as spoken in Canada. Words are folded (no accents), elisions stand apart (`j ai`). What is not here yet is read into the
//! words of the rules by `interpreter/french`.

mod asking;

use super::tag::{Allergen, Table, Tag};

pub(super) const TABLES: &[Table] = &[TABLE, asking::TABLE];

const TABLE: Table = &[
    (
        Tag::AllergyTo,
        "(allergique|allergiques|allergie|allergies|intolerant|intolerante|intolerants|intolerance|intolerances|sensible|reaction|reagit)( a| au| aux| a la| a l| envers| pour| contre| aux produits)( tous les| toutes les| les| la| le|)|\
        (peux|peut|peuvent|pouvons|pouvez|dois|doit|devons|doivent|supporte|supportent|digere|digerent|tolere|tolerent|mange|mangent|mangeons|consomme) (pas|plus|jamais)( manger| avoir| prendre| consommer| toucher| supporter| digerer| tolerer|)|\
        (doit|dois|devons) eviter( le| la| les| l|)",
    ),
    (
        Tag::AllergyOf,
        "allergi(e|es|que|ques)|intolera(nt|nte|nts|nce|nces)|(me|le|la|nous) rend(ent|) malade(s|)|choc anaphylactique|anaphylaxie|epipen|epi pen|anaphylactique",
    ),
    (
        Tag::Condition(Allergen::Gluten),
        "(maladie |)(coeliaque|celiaque)(s|)",
    ),
    (
        Tag::Condition(Allergen::Milk),
        "intoleran(t|te|ce|ts) (au|a) (le |)lactose",
    ),
    (Tag::Condition(Allergen::Sugar), "diabet(e|ique|iques)"),
    (
        Tag::Diet,
        "(suis|est|sommes|sont) (vegane|vegan|vegetalien|vegetalienne|vegetarien|vegetarienne|vegetariens|vegetaliens)|mange(s|ons|nt|) (halal|casher|cacher)",
    ),
    (
        Tag::AllergyWho,
        "je|j|suis|ai|on|a|nous|avons|sommes|il|elle|est|y|il y a|mon|ma|mes|notre|fils|fille|femme|mari|enfant|enfants|ami|amie|conjoint|conjointe|blonde|chum|quelqu|un|une|d|de|du|des|la|le|les|l|dans|ici|chez|famille|groupe|personne|personnes|\
        tres|vraiment|gravement|grave|graves|severe|severes|forte|grosse|mortelle|mortellement|alimentaire|alimentaires|attention|s|plait|vous|merci|bonjour|desole|et|ou|aux|au|fruit|fruits|produits|tout|toute|tous|sorte|sortes|ne|n|c|ce|ca|que|qui|pour|avec|parce|car|euh|aussi|pas|fait|faites",
    ),
    (
        Tag::ClauseEnd,
        "mais|alors|donc|je (voudrais|veux|vais|prends|prendrais)|j aimerais|est ce|s il|merci|pouvez|qu est ce|quel|quelle|quels|quelles|sans|il|elle|mon|ma|et je|et un|et une|svp|ici",
    ),
    (
        Tag::Food(Allergen::Peanuts),
        "arachide(s|)|cacahuete(s|)|cacahouete(s|)|beurre d arachide(s|)|peanut(s|)",
    ),
    (
        Tag::Food(Allergen::Nuts),
        "noix|noisette(s|)|amande(s|)|cajou|noix de (cajou|grenoble|pecan|pecans)|pacane(s|)|pistache(s|)",
    ),
    (
        Tag::Food(Allergen::Milk),
        "lait|lactose|fromage(s|)|creme|beurre|produits laitiers|laitiers|yogourt|yaourt",
    ),
    (Tag::Food(Allergen::Gluten), "gluten|ble|orge|seigle|farine"),
    (Tag::Food(Allergen::Egg), "oeuf(s|)|mayonnaise|mayo"),
    (Tag::Food(Allergen::Soy), "soya|soja|tofu"),
    (
        Tag::Food(Allergen::Fish),
        "poisson(s|)|saumon|thon|morue|fruits de mer",
    ),
    (
        Tag::Food(Allergen::Shellfish),
        "crustace(s|)|mollusque(s|)|fruits de mer|crevette(s|)|homard(s|)|crabe(s|)|huitre(s|)|moule(s|)|petoncle(s|)",
    ),
    (Tag::Food(Allergen::Sesame), "sesame|tahini"),
    (Tag::Food(Allergen::Mustard), "moutarde"),
    (Tag::Food(Allergen::Celery), "celeri"),
    (Tag::Food(Allergen::Sulphites), "sulfite(s|)"),
    (Tag::Food(Allergen::Meat), "viande(s|)|boeuf|poulet|porc"),
    (Tag::Food(Allergen::Pork), "porc|bacon|jambon|lard"),
    (Tag::Food(Allergen::Alcohol), "alcool|vin|biere"),
    (Tag::Food(Allergen::Sugar), "sucre"),
    (Tag::Food(Allergen::Onion), "oignon(s|)|ail|echalote(s|)"),
];
