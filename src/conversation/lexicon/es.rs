//! Spanish as spoken in the United States. Words are folded (no accents). What is not here yet is read into the words of the rules by
//! `interpreter/spanish`.

mod asking;

use super::tag::{Allergen, Table, Tag};

pub(super) const TABLES: &[Table] = &[TABLE, asking::TABLE];

const TABLE: Table = &[
    (
        Tag::AllergyTo,
        "(alergico|alergica|alergicos|alergicas|alergia|alergias|intolerante|intolerantes|intolerancia|sensible|sensibles|reaccion)( a la| a las| a los| al| a|)( todos los| todas las| los| las| el| la|)|\
        no (puedo|puede|podemos|pueden|debo|debe|debemos) (comer|tomar|tener|consumir|probar|tocar|ni ver)( la| el| los| las| nada con| nada de|)|\
        no (como|come|comemos|comen|tolero|tolera|digiero)( la| el| los| las| nada con| nada de|)|(tengo|tiene|tenemos) que evitar( la| el| los| las|)",
    ),
    (
        Tag::AllergyOf,
        "alergi(a|as|co|ca|cos|cas)|intolera(nte|ntes|ncia)|(me|le|nos|les) hace(n|) (dano|mal)|(me|le|nos|les) cae(n|) mal|(me|lo|la) enferma(n|)|anafilactico|anafilaxia|epipen|epi pen",
    ),
    (
        Tag::Condition(Allergen::Gluten),
        "celiac(o|a|os|as)|celiaquia",
    ),
    (
        Tag::Condition(Allergen::Milk),
        "intolerante(s|) a la lactosa|intolerancia a la lactosa",
    ),
    (
        Tag::Condition(Allergen::Sugar),
        "diabetic(o|a|os|as)|diabetes",
    ),
    (
        Tag::Diet,
        "(soy|somos|es|son) (vegan|vegetarian)(o|a|os|as)|solo com(o|e|emos) (halal|kosher)",
    ),
    (
        Tag::AllergyWho,
        "yo|soy|es|somos|son|tengo|tiene|tenemos|tienen|hay|mi|mis|hijo|hija|hijos|esposo|esposa|marido|mujer|nino|nina|ninos|amigo|amiga|mama|papa|hermano|hermana|alguien|una|un|persona|personas|aqui|en|de|del|la|el|los|las|a|al|con|familia|grupo|\
        muy|grave|fuerte|severa|severo|mucho|mucha|alimentaria|alimentarias|cuidado|por|favor|que|hola|gracias|disculpe|perdon|y|o|todo|toda|todos|tipo|tipos|cosas|eso|esto|para|porque|nada|le|me|se|no|ojo|tambien|si",
    ),
    (
        Tag::ClauseEnd,
        "pero|entonces|asi que|quiero|quisiera|me da|deme|dame|puedo|podria|por favor|gracias|que (tiene|lleva|hay)|cual|cuales|sin|mi|y (quiero|un|una|dos)|aqui",
    ),
    (
        Tag::Food(Allergen::Peanuts),
        "cacahuate(s|)|cacahuete(s|)|mani|manies|crema de cacahuate",
    ),
    (
        Tag::Food(Allergen::Nuts),
        "nuez|nueces|almendra(s|)|avellana(s|)|pistacho(s|)|pistache(s|)|frutos secos|frutas secas|maranon(es|)|anacardo(s|)|pecana(s|)",
    ),
    (
        Tag::Food(Allergen::Milk),
        "leche|lactosa|lacteo(s|)|queso(s|)|crema|mantequilla|yogur",
    ),
    (
        Tag::Food(Allergen::Gluten),
        "gluten|trigo|cebada|centeno|harina",
    ),
    (Tag::Food(Allergen::Egg), "huevo(s|)|mayonesa"),
    (Tag::Food(Allergen::Soy), "soya|soja|tofu"),
    (Tag::Food(Allergen::Fish), "pescado(s|)|atun|salmon|bacalao"),
    (
        Tag::Food(Allergen::Shellfish),
        "marisco(s|)|camaron(es|)|crustaceo(s|)|cangrejo(s|)|langosta(s|)|molusco(s|)|ostra(s|)|ostion(es|)|almeja(s|)|pulpo",
    ),
    (Tag::Food(Allergen::Sesame), "ajonjoli|sesamo|tahini"),
    (Tag::Food(Allergen::Mustard), "mostaza"),
    (Tag::Food(Allergen::Celery), "apio"),
    (Tag::Food(Allergen::Sulphites), "sulfito(s|)"),
    (Tag::Food(Allergen::Meat), "carne(s|)|res|pollo|cerdo"),
    (
        Tag::Food(Allergen::Pork),
        "cerdo|puerco|tocino|jamon|manteca",
    ),
    (Tag::Food(Allergen::Alcohol), "alcohol|vino|cerveza"),
    (Tag::Food(Allergen::Sugar), "azucar"),
    (Tag::Food(Allergen::Onion), "cebolla(s|)|ajo"),
];
