//! Spanish: questions. Sentences around a dish are read into the rules' words by `interpreter/spanish`.

use crate::conversation::lexicon::tag::{Table, Tag};
use crate::conversation::lexicon::topic::{DayName, Topic, Wish};

pub const TABLE: Table = &[
    (
        Tag::AskCourtesy,
        "hola|buen(os|as) (dias|tardes|noches)|buenas|oiga|oye|disculp(e|a)|perdon|ok|bueno|pues|y|pero|no|si|una pregunta|por favor|gracias|este|eh|antes de (pedir|ordenar)",
    ),
    (
        Tag::AskLead,
        "(me |)(puede|podria|puedes|podrias) decir(me|)( si|)|(queria|quisiera|quiero) (saber|preguntar)( si|)|digame( si|)|sabe( usted|) si|tengo una pregunta|una pregunta|le (puedo|quiero) preguntar( si|)",
    ),
    (
        Tag::AskBegin,
        "que|cual|cuales|cuanto|cuanta|cuantos|cuantas|cuando|donde|en donde|a que|como|quien|por que|hay|tiene|tienen|es|son|esta|estan|aceptan|acepta|hacen|entregan|de que|hasta que|se puede|ustedes",
    ),
    (
        Tag::AskOnly,
        "cual|cuales|cuanto|cuanta|cuantos|cuantas|cuando|donde|en donde|a que hora|hasta que hora|como|quien|por que|aceptan|acepta|hacen entregas|entregan|estan|esta abierto|hay|se puede",
    ),
    (
        Tag::Brings,
        "(puedo|podria|me puede|me podria) (pedir|ordenar|dar|poner|agregar|traer)|(quiero|quisiera|deme|dame|pongame|ponme|me da|me das|agregue|agregame)",
    ),
    (
        Tag::Ask(Topic::Price),
        "cuanto (cuesta|cuestan|vale|valen|sale|salen|cobran)|(cual es el |que |)precio|a (como|cuanto)",
    ),
    (
        Tag::Ask(Topic::Minimum),
        "(pedido|compra|orden|consumo) minim(o|a)|minimo (de compra|para pedir)|un minimo",
    ),
    (
        Tag::Ask(Topic::Paying),
        "(aceptan|acepta|toman|reciben|recibe) (pagos con |)(la |las |)(tarjeta|tarjetas|tarjetas de credito|tarjeta de credito|debito|credito|efectivo|visa|cheques|apple pay|propinas|propina)|(pagar|pago|se paga|pago todo) (con|en|por|al|ahora|cuando|aqui|alla|de una vez)|(como|cuando|donde) (puedo |se puede |debo |)(pagar|pago|se paga)|(forma|formas|metodo|metodos) de pago|dejar (una |)propina|solo efectivo|(dividir|separar) la cuenta|un recibo|factura",
    ),
    (Tag::Ask(Topic::Calories), "caloria(s|)"),
    (
        Tag::Ask(Topic::Allergens),
        "alergeno(s|)|contiene|contienen|sin gluten|alergia(s|)",
    ),
    (
        Tag::Ask(Topic::Difference),
        "diferencia(s|)( entre| hay entre|)|diferente(s|) (de|del|a)",
    ),
    (
        Tag::Ask(Topic::Favourite),
        "recomienda(n|)|recomendacion(es|)|sugiere(n|)|popular(es|)|lo mejor|mas vendid(o|a|os|as)|especialidad(es|)|mas piden|pide la gente",
    ),
    (
        Tag::Ask(Topic::Specials),
        "especial(es|)( del dia|)|oferta(s|)|promocion(es|)|descuento(s|)|cupon(es|)|rebaja(s|)",
    ),
    (
        Tag::Ask(Topic::Hours),
        "(a|hasta) que hora|(su |el |)horario(s|)|(esta|estan) abiert(o|os|a)|(cuando|a que hora) (abre|abren|cierra|cierran)|siguen abiertos|todavia abiertos",
    ),
    (
        Tag::Opening,
        "abiert(o|os|a|as)|cerrad(o|os|a|as)|abre|abren|cierra|cierran|abriran|horario(s|)|que hora|trabajan",
    ),
    (
        Tag::Ask(Topic::Wait),
        "cuanto (tiempo|tarda|tardan|se tarda|se tardan|demora|demoran|falta)|(va a estar|estara|esta) list(o|a)|(cuando|a que hora) (puedo|paso|podria|lo|la) (pasar|recoger|ir|por|recojo)|tiempo de espera|la espera|cuantos minutos",
    ),
    (
        Tag::Ask(Topic::Address),
        "(su|la|cual es la) direccion|(en |)donde (estan|esta|queda|quedan|se encuentran|se ubican)|ubicad(o|os|a)|(su|la) ubicacion|como (llego|llegar|los encuentro)|que calle",
    ),
    (
        Tag::Ask(Topic::Phone),
        "su (numero|telefono)( de telefono|)|el telefono|numero de telefono|a que numero|cual es el numero",
    ),
    (
        Tag::Ask(Topic::Delivery),
        "(hacen|tienen|ofrecen|hay|dan) (entregas|entrega|envios|envio|servicio|delivery|reparto)( a domicilio|)|(entregan|reparten|llevan|mandan|envian)( a domicilio| hasta| pedidos| comida|)|(me |nos |)(lo |la |los |)(pueden|puede|podrian) (traer|llevar|entregar|enviar|mandar)(melo|noslo|lo|)( a| hasta|)|servicio a domicilio|costo (de|del) (envio|entrega)",
    ),
    (
        Tag::Ask(Topic::Pickup),
        "(hacen|tienen) (pedidos |comida |ordenes |)para llevar|(puedo|podria|se puede|puede mi (esposo|esposa|hijo|hija)) (pasar|ir|venir) (a |por )(recoger|recogerlo|recogerla|el pedido|la orden|el|ella)",
    ),
    (
        Tag::Ask(Topic::Age),
        "(venden|sirven|tienen|hay) (bebidas con |bebidas |)(alcohol|alcoholicas|cerveza y vino)|que edad|cuantos anos hay que|identificacion",
    ),
    (
        Tag::Ask(Topic::Robot),
        "(es|eres|usted es) (usted |)(un |una |)(robot|maquina|computadora|persona|persona real|humano|grabacion|contestadora|inteligencia artificial)|(estoy hablando|hablo) con (un |una |)(robot|maquina|computadora|persona|persona real|humano)",
    ),
    (
        Tag::Ask(Topic::House),
        "estacionamiento|estacionar|parqueo|reserva(s|cion|ciones|)|reservar( una mesa|)|wifi|internet|silla (alta|para bebe)|terraza|(los |)perros|mascotas|comer (ahi|alli|en el lugar)|catering|banquetes|empleo|trabajo|contratando|dueno|bano|banos|pagina web|musica|organico",
    ),
    (Tag::Wish(Wish::Vegan), "vegan(o|a|os|as)"),
    (
        Tag::Wish(Wish::Vegetarian),
        "vegetarian(o|a|os|as)|sin carne",
    ),
    (Tag::Wish(Wish::GlutenFree), "sin gluten"),
    (Tag::Wish(Wish::DairyFree), "sin (lacteos|lactosa|leche)"),
    (Tag::Wish(Wish::NutFree), "sin (nueces|cacahuates|mani)"),
    (Tag::Wish(Wish::Halal), "halal"),
    (Tag::Wish(Wish::Kosher), "kosher"),
    (
        Tag::Wish(Wish::Spicy),
        "picante(s|)|picoso(s|)|picosa(s|)|pica|pican",
    ),
    (
        Tag::Wish(Wish::ForChildren),
        "para (los |mis |)nin(o|a|os|as)|menu infantil",
    ),
    (Tag::Written(Wish::Vegan), "vegan(o|a|os|as|)"),
    (Tag::Written(Wish::Vegetarian), "vegetarian(o|a|os|as|)"),
    (Tag::Written(Wish::GlutenFree), "sin gluten|gluten free"),
    (Tag::Written(Wish::DairyFree), "sin (lacteos|lactosa|leche)"),
    (Tag::Written(Wish::NutFree), "sin (nueces|cacahuates|mani)"),
    (Tag::Written(Wish::Halal), "halal"),
    (Tag::Written(Wish::Kosher), "kosher"),
    (
        Tag::Written(Wish::Spicy),
        "picante(s|)|picoso(s|)|picosa(s|)|enchilad(o|a|os|as)|spicy",
    ),
    (Tag::Written(Wish::ForChildren), "nin(o|a|os|as)|infantil"),
    (
        Tag::Written(Wish::Favourite),
        "popular(es|)|favorit(o|a|os|as)|especialidad|famos(o|a|os|as)|mas vendid(o|a|os|as)",
    ),
    (
        Tag::Written(Wish::Special),
        "especial(es|)|oferta(s|)|promocion",
    ),
    (Tag::Negation, "no|sin"),
    (Tag::AnyThing, "algo|algun (plato|platillo)|alguna cosa"),
    (Tag::AnyOf, "tiene|tienen|hay|que|cual|cuales|algo"),
    (Tag::Day(DayName::Today), "hoy|esta (noche|tarde|manana)"),
    (Tag::Day(DayName::Tomorrow), "manana"),
    (Tag::Day(DayName::Weekend), "fin(es|) de semana"),
    (Tag::Day(DayName::Weekday(0)), "lunes"),
    (Tag::Day(DayName::Weekday(1)), "martes"),
    (Tag::Day(DayName::Weekday(2)), "miercoles"),
    (Tag::Day(DayName::Weekday(3)), "jueves"),
    (Tag::Day(DayName::Weekday(4)), "viernes"),
    (Tag::Day(DayName::Weekday(5)), "sabado(s|)"),
    (Tag::Day(DayName::Weekday(6)), "domingo(s|)"),
    (Tag::Day(DayName::Date(12, 24)), "nochebuena"),
    (Tag::Day(DayName::Date(12, 25)), "navidad"),
    (
        Tag::Day(DayName::Date(12, 31)),
        "fin de ano|nochevieja|ano viejo",
    ),
    (Tag::Day(DayName::Date(1, 1)), "ano nuevo"),
    (Tag::Day(DayName::Date(7, 4)), "cuatro de julio"),
    (
        Tag::Day(DayName::Moving),
        "semana santa|pascua|accion de gracias|dia(s|) feriado(s|)|feriado(s|)|festivo(s|)|dia del trabajo",
    ),
    (Tag::Month(1), "enero"),
    (Tag::Month(2), "febrero"),
    (Tag::Month(3), "marzo"),
    (Tag::Month(4), "abril"),
    (Tag::Month(5), "mayo"),
    (Tag::Month(6), "junio"),
    (Tag::Month(7), "julio"),
    (Tag::Month(8), "agosto"),
    (Tag::Month(9), "septiembre|setiembre"),
    (Tag::Month(10), "octubre"),
    (Tag::Month(11), "noviembre"),
    (Tag::Month(12), "diciembre"),
];
