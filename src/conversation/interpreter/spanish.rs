//! Spanish as spoken in the United States: function words and phrases, and what each means in the waiter's words.
//!
//! Words are folded (no accents), as the phrasebook gives them. Patterns are those of `lexicon::patterns`: `(a|b|)`
//! stands for "a", "b" or nothing. Food words are never translated but for `té`, which Spanish writes like a pronoun.

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
        ("cancelar", "cancel"),
        ("cancele", "cancel"),
        ("cancela", "cancel"),
        ("quiero cancelar", "cancel"),
        ("quisiera cancelar", "cancel"),
        ("un", "one"),
        ("una", "one"),
        ("que", "what"),
        ("como", "what"),
        ("mande", "what"),
        ("perdon", "pardon"),
    ],
    accented: &[
        ("té", "tea"),
        ("tés", "teas"),
        ("sí", "yes"),
        ("qué", "what"),
        ("más", "more"),
    ],
    articles: &["un", "una", "uno"],
};

/// Yes, no, done, a person, repeating, leaving.
const ANSWERS: &[(&str, &str)] = &[
    ("yes", "si|sip|aja"),
    (
        "definitely",
        "claro( que si|)|por supuesto|como no|desde luego|seguro|con gusto",
    ),
    ("exactly", "exacto|exactamente|asi es|eso es"),
    ("perfect", "perfecto|excelente|genial|buenisimo"),
    (
        "okay",
        "ok|okay|vale|de acuerdo|esta bien|bueno|sale|orale|dale",
    ),
    (
        "thats right",
        "es correcto|esta correcto|todo correcto|todo bien|esta perfecto",
    ),
    ("correct", "correcto"),
    ("no", "no|nop|nel"),
    ("no thanks", "no (muchas |)gracias|asi no"),
    ("not really", "la verdad no|en realidad no|para nada"),
    (
        "thats not right",
        "no es correcto|no esta (bien|correcto)|eso no es|eso no|asi no es|hay un error|no es lo que (pedi|dije)",
    ),
    ("thats wrong", "esta mal|incorrecto"),
    (
        "thats all",
        "(eso|seria|eso seria|eso sera|seria eso|con eso) (es|seria|sera|) todo( por (hoy|ahora|el momento)| gracias|)|es todo( por (hoy|ahora)|)|\
        asi esta bien|con eso (esta bien|es todo|basta|tengo)|ya (es todo|esta|seria todo|termine)|todo por ahora",
    ),
    (
        "nothing else",
        "(no |)nada mas|ya no|ninguna otra cosa|mas nada",
    ),
    (
        "a person",
        "(con |)(una persona( real| de verdad|)|un (humano|ser humano|empleado|agente|representante|gerente|encargado)|alguien( mas| real|)|\
        el (gerente|encargado)|la (gerente|encargada))|(hablar con |)una persona|me comunica con alguien|operador(a|)",
    ),
    (
        "cancel the order",
        "(cancele|cancela|cancelar|cancelen|cancelo|anule|anular|borre) (todo|la orden|mi orden|el pedido|mi pedido|toda la orden|todo el pedido|eso todo)|\
        (quiero |)cancelar todo|olvide(lo| todo)|olvidalo|ya no quiero nada|no quiero nada",
    ),
    (
        "say that again",
        "((puede|podria|me puede|me podria|puedes) |)(repetir|repite|repita|repetirlo|repetirmelo)( eso| por favor|)|(como|que) dijo|\
        no (le |lo |)(escuche|entendi|oi)|otra vez por favor|digame otra vez",
    ),
    (
        "what do i have so far",
        "(que|cuanto) (tengo|llevo|he pedido|pedi|tengo pedido)( hasta ahora| hasta ahorita| en mi orden|)|\
        ((puede|podria|me puede) |)(leer|leerme|repetir|repetirme|repita|lea|leame)( me|) (mi|la|el) (orden|pedido)|cual es mi (orden|pedido)|como va mi (orden|pedido)",
    ),
    (
        "the same again",
        "lo mismo( otra vez| de nuevo|)|otr(a|o) igual|otra vez lo mismo|igual otra vez|uno mas igual|una mas igual",
    ),
    (
        "goodbye",
        "adios|hasta luego|hasta pronto|nos vemos|que (le vaya bien|tenga buen dia)",
    ),
    (
        "wrong number",
        "numero equivocado|me equivoque de numero|marque mal",
    ),
    (
        "ill call back",
        "(llamo|llamare|vuelvo a llamar) (mas tarde|luego|despues)|le llamo (luego|despues)",
    ),
    (
        "please",
        "por favor|porfavor|porfa|si es (posible|tan amable)",
    ),
    ("thanks", "(muchas |mil |)gracias"),
    (
        "hello",
        "hola|buen(os|as) (dias|tardes|noches)|buenas|que tal|alo",
    ),
    ("sorry", "disculp(e|a|eme)|lo siento|perdon|perdone(me|)"),
    ("sir", "senor|joven|caballero"),
    ("maam", "senorita|senora"),
    (
        "um",
        "eh|este|pues|a ver|mmm|ay|entonces|mire|oiga|bueno pues|deje ver|dejeme ver|pos",
    ),
    (
        "wait",
        "esper(e|a|eme|ame)|un (momento|momentito|segundo|minuto)|momento|ahorita",
    ),
    (
        "my name is",
        "me llamo|mi nombre es|a nombre de|el nombre es|soy",
    ),
    ("its for", "es para|es a nombre de"),
    (
        "delivery",
        "(a domicilio|entrega( a domicilio|)|que me lo (traigan|manden)|para entregar|envio|delivery)",
    ),
    (
        "pickup",
        "(paso|pasare|voy|vengo|ire) (a |)(recoger(lo|la|los|)|por (el|ella|ellos|mi orden|la orden|el pedido))|(para |)recoger(lo|la|los|)|(yo |)lo recojo|pickup|paso por (ella|el|ellos)",
    ),
    ("to go", "para llevar"),
];

/// How an order begins, joins, measures and refuses.
const ORDERING: &[(&str, &str)] = &[
    (
        "id like",
        "(yo |nosotros |)(quisiera|quiero|queria|quisieramos|queremos|me gustaria|nos gustaria|deseo|desearia|necesito|pido|voy a (pedir|querer|ordenar|tomar)|\
        vamos a (pedir|querer)|me (da|das|pone|trae|sirve|vende|regala|puede dar|podria dar|puede poner|das)|nos (da|pone|trae)|deme|denos|pongame|ponme|traigame|dame|regaleme)\
        ( pedir| ordenar| tomar| probar|)|(puedo|podria|puede ser|me puede|podemos) (pedir|ordenar|tener|dar)|para mi( seria|)|seria(n|)|serian|para empezar|va a ser|van a ser|le encargo|te encargo",
    ),
    (
        "can you add",
        "((me |le |)(puede|podria|puedes) )(agregar|anadir|sumar)(le|me|)|(le |)(puede|podria|puedes) poner(le|)",
    ),
    (
        "add",
        "agreg(ue|a|ar|uele|ale|ueme|ame)|anad(a|e|ir|ele)|sum(e|ele)|aument(e|ele)|pongale|ponle|echele",
    ),
    ("also", "tambien|ademas"),
    ("then", "luego|despues"),
    ("and", "y|e|mas un|mas una"),
    ("or", "o|u|ni"),
    ("but", "pero"),
    ("with", "con"),
    ("one with no", "(un|una|uno) sin"),
    ("the other with no", "(el|la) otr(o|a) sin"),
    ("with everything", "con todo|con de todo"),
    (
        "for my wife",
        "para (mi|mis) (esposa|esposo|mujer|marido|hijo|hija|hijos|amigo|amiga|mama|papa|novia|novio)",
    ),
    ("one with", "(un|una|uno) con"),
    ("the other with", "(el|la) otr(o|a) con"),
    ("on it", "encima|arriba"),
    ("on", "sobre|en"),
    (
        "without",
        "sin( nada de|)|no le (ponga|pongas|eche|eches|agregue)(n|)|que no (tenga|lleve|traiga)|no quiero",
    ),
    ("no", "nada de"),
    (
        "light",
        "(solo |solamente |)(un |muy |)poc(o|a|os|as)( de|)|(un |)poquit(o|a)( de|)|no much(o|a|os|as)( de|)|menos|ligero (de|en)|tantit(o|a)",
    ),
    (
        "extra",
        "extra( de|)|much(o|a|os|as)|bastante|doble( de|)|mas|adicional(es|)|bien de|harto|con todo el|porcion extra de",
    ),
    ("regular", "normal|regular"),
    (
        "half",
        "(la |)mitad( de| con|)|(en |)(una|la) mitad( de| con|)|media|medio",
    ),
    ("the other half", "(en |)la otra mitad( de| con|)"),
    ("both", "(los|las) dos|amb(os|as)|en (los|las) dos"),
    ("each", "cada un(o|a)|cada"),
    ("all of them", "tod(os|as)"),
    ("on the side", "aparte|por separado|a un lado|al lado"),
    ("another", "otr(o|a)( mas|)|(un|una|uno) mas"),
    ("the other", "(el|la) otr(o|a)"),
    ("the others", "(los|las) otr(os|as)|(los|las) demas"),
    ("a glass of", "un vaso de"),
    ("a bottle of", "una botella de"),
    ("a cup of", "una taza de"),
    ("a bowl of", "un (plato|tazon) de"),
    ("an order of", "una (orden|porcion) de"),
    ("orders of", "(ordenes|porciones) de"),
    ("in total", "en total"),
];

/// Corrections: removing, replacing, counting anew.
const CHANGING: &[(&str, &str)] = &[
    (
        "actually",
        "en realidad|mejor dicho|mas bien|mejor|pensandolo bien|siempre si",
    ),
    ("instead of the", "en (lugar|vez) de(l| la| los| las| el)"),
    ("instead of", "en (lugar|vez) de"),
    ("instead", "en (su lugar|vez|lugar)|mejor en vez"),
    ("change", "cambi(e|a|ar|eme|ame|elo|ela)|sustituy(a|e)"),
    ("change the", "cambi(e|a|ar|eme|ame) (el|la|los|las|mi|mis)"),
    (
        "remove",
        "quit(e|a|ar|eme|ame|elo|ela|elos|elas|ele)|elimin(e|a|ar)|borr(e|a|ar)|cancel(e|a|ar)|saque|saca",
    ),
    (
        "remove the",
        "(quit(e|a|ar|eme|ame)|elimin(e|a|ar)|borr(e|a|ar)|cancel(e|a|ar)|saque|saca|olvide|olvida|deje|ya no quiero|no quiero|siempre no quiero) (el|la|los|las|mi|mis)|ya no quiero",
    ),
    (
        "make that",
        "(que sean|que sea|hagalo|hagalos|hagalas|dejelo en|dejelos en|dejelas en|mejor que sean|mejor deme|mejor que sea)( mejor|)",
    ),
    (
        "i meant",
        "(quise|queria) decir|dije|me refiero a|digo|yo dije",
    ),
    ("the last one", "(el|la|lo) ultim(o|a)"),
    (
        "except the",
        "(menos|excepto|salvo) (el|la|los|las|mi|mis)|a excepcion de(l| la| los| las|)",
    ),
    ("except", "excepto|salvo"),
    (
        "double",
        "duplique|duplica|dupliqueme|dobleme|el doble( de|)|dupliquel(o|a|os|as)",
    ),
    ("almost", "casi( todo|)"),
];

/// Questions.
const ASKING: &[(&str, &str)] = &[
    (
        "how much is the",
        "cuanto (cuesta|cuestan|vale|valen|sale|salen|es|esta|estan) (el|la|los|las|un|una)|(cual es el |que |)precio (del|de la|de los|de las|de un|de una)|\
        a (como|cuanto) (esta|estan|tiene|tienen|da) (el|la|los|las)|que precio tiene(n|) (el|la|los|las)",
    ),
    (
        "how much is",
        "cuanto (cuesta|cuestan|vale|valen|sale|salen|esta|estan)|cual es el precio( de|)|cuanto",
    ),
    (
        "whats my total",
        "(cuanto (es|seria|va a ser|debo|le debo|va)( todo| en total| el total|))|(cual es |)(el|mi) total|cuanto es en total",
    ),
    (
        "what kind of",
        "que (tipo|tipos|clase|clases) de|(que|cuales) (son |)(sus|las|los) (tipos de|)|que (tiene|tienen) de",
    ),
    (
        "what do you have",
        "que (tiene|tienen|venden|ofrecen|sirven|hay)( de comer|)",
    ),
    (
        "whats on the menu",
        "(que|cual) (hay|tienen|es) (en |)(el|su) menu|me lee el menu|que tiene el menu",
    ),
    (
        "what do you recommend",
        "que (me |)(recomienda|recomiendan|sugiere)",
    ),
    (
        "do you have",
        "(tiene|tienen|tendra|tendran|hay|venden|manejan)( un| una| algun| alguna|)",
    ),
    (
        "whats in the",
        "que (lleva|llevan|tiene|tienen|trae|traen|contiene|incluye) (el|la|los|las|un|una|su)|de que (es|esta hecho|esta hecha|son) (el|la|los|las)|\
        que es (el|la|un|una)|con que viene(n|) (el|la|los|las)",
    ),
    ("contain", "contiene|contienen"),
    (
        "any allergens in the",
        "(que |hay |tiene |cuales son los |)alergenos (tiene |hay |)(del|de la|de los|de las|en el|en la|en los|en las|el|la)",
    ),
    (
        "im allergic to",
        "soy alergic(o|a) a(l| la| los| las|)|tengo alergia a(l| la| los| las|)",
    ),
    ("any allergens", "alergeno(s|)"),
    ("any allergy", "alergi(a|as|co|ca)"),
    (
        "what time do you close",
        "(a que hora|hasta que hora|cuando) (cierra|cierran|estan abiertos|estan|abren hasta)",
    ),
    ("what time do you open", "(a que hora|cuando) (abre|abren)"),
    ("are you open", "(esta|estan) abiert(o|os|a)"),
    (
        "what are your hours",
        "(cual es |que |)(su |el |)horario( tienen|)",
    ),
    (
        "where are you",
        "(en |)donde (estan|esta|queda|quedan|se encuentran)( ubicad(os|o|a)| el restaurante|)|(cual es |)(su|la) (direccion|ubicacion)",
    ),
    (
        "how long will it take",
        "cuanto (tiempo|tarda|tardan|se tarda|se tardan|demora)( tarda| tardan| se tarda| demora|)|(cuando|a que hora) (va a estar|estara|esta) list(o|a)|en cuanto tiempo( esta| estara|)( list(o|a)|)",
    ),
    ("which", "cual(es|)"),
    ("how", "como"),
    ("when", "cuando"),
    ("where", "donde"),
    ("why", "por que"),
];

/// Amounts of what is sold by measure.
const MEASURES: &[(&str, &str)] = &[
    ("pound", "libra(s|)"),
    ("half a pound", "(una |)media (libra(s|))"),
    (
        "three quarters of a pound",
        "tres cuartos (de|) (libra(s|))",
    ),
    ("a quarter of a pound", "(un |)cuarto (de|) (libra(s|))"),
    ("pound and a half", "(libra(s|)) y media"),
    ("pound and a quarter", "(libra(s|)) y (un |)cuarto"),
    ("pound and three quarters", "(libra(s|)) y tres cuartos"),
    ("kilo", "kilo(s|)|kilogramo(s|)"),
    ("half a kilo", "(un |)medio (kilo(s|)|kilogramo(s|))"),
    (
        "three quarters of a kilo",
        "tres cuartos (de|) (kilo(s|)|kilogramo(s|))",
    ),
    (
        "a quarter of a kilo",
        "(un |)cuarto (de|) (kilo(s|)|kilogramo(s|))",
    ),
    ("kilo and a half", "(kilo(s|)|kilogramo(s|)) y medio"),
    (
        "kilo and a quarter",
        "(kilo(s|)|kilogramo(s|)) y (un |)cuarto",
    ),
    (
        "kilo and three quarters",
        "(kilo(s|)|kilogramo(s|)) y tres cuartos",
    ),
    ("liter", "litro(s|)"),
    ("half a liter", "(un |)medio (litro(s|))"),
    (
        "three quarters of a liter",
        "tres cuartos (de|) (litro(s|))",
    ),
    ("a quarter of a liter", "(un |)cuarto (de|) (litro(s|))"),
    ("liter and a half", "(litro(s|)) y medio"),
    ("liter and a quarter", "(litro(s|)) y (un |)cuarto"),
    ("liter and three quarters", "(litro(s|)) y tres cuartos"),
    ("gram", "gramo(s|)"),
    ("ounce", "onza(s|)"),
];

/// What is asked of a dish, and its number.
const DISHES: &[(&str, &str)] = &[
    ("vegan", "vegan(o|a|os|as)"),
    ("vegetarian", "vegetarian(o|a|os|as)"),
    ("spicy", "picante(s|)|picos(o|a|os|as)"),
    ("how many calories", "cuantas calorias"),
    ("calories", "caloria(s|)"),
    ("number", "number|numero(s|)"),
    ("something", "algo( de|)"),
];

/// Articles, pronouns, auxiliaries, prepositions.
const SMALL_WORDS: &[(&str, &str)] = &[
    ("a", "un|una|unos|unas|algun|alguna"),
    ("one", "uno"),
    ("the", "el|la|los|las|lo"),
    ("the one with", "(el|la) de"),
    ("of", "de"),
    ("of the", "del"),
    ("that", "es(e|a|o|os|as)|est(os|as|o)|aquel|aquella|que"),
    ("my", "mi|mis|nuestro|nuestra"),
    ("your", "su|sus|tu|tus"),
    ("at", "a"),
    ("for", "para|por( unos| unas|)"),
    ("me", "me"),
    ("we", "nos|nosotros"),
    ("you", "usted|ustedes|le|te|les"),
    ("i", "yo"),
    ("", "se|ya"),
    ("is", "es|son|esta|estan|ser|sea"),
    ("get", "pedir|ordenar|llevar|tener"),
    ("want", "quiere|quieren"),
    ("can", "puede|podria|puedo|pueden"),
    ("just", "solo|solamente|nomas|nada mas que"),
    ("very", "muy|bien"),
    ("all", "todo|toda"),
    ("nothing", "nada"),
    ("today", "hoy"),
    ("now", "ahora"),
    ("there", "ahi|alli"),
    ("first", "primer(o|a|)"),
    ("second", "segund(o|a)"),
    ("third", "tercer(o|a|)"),
    ("fourth", "cuart(o|a)"),
    ("fifth", "quint(o|a)"),
    ("last", "ultim(o|a)"),
    ("size", "tamano"),
];
