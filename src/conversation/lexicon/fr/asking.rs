//! French: questions. Sentences around a dish ("est-ce que le burger vient avec") are read into the rules' words by
//! `interpreter/french`.

use crate::conversation::lexicon::tag::{Table, Tag};
use crate::conversation::lexicon::topic::{DayName, Topic, Wish};

pub const TABLE: Table = &[
    (
        Tag::AskCourtesy,
        "bonjour|bonsoir|salut|allo|ok|d accord|euh|heu|alors|et|mais|non|oui|pardon|excusez moi|s il vous plait|avant de commander|une question|juste une question|merci|dites|dites moi donc|en passant",
    ),
    (
        Tag::AskLead,
        "(pouvez|pourriez|pourrais|peux) (vous |tu |)me (dire|rappeler|confirmer)( si|)|(je me demandais|je voulais savoir|j aimerais savoir|je voudrais savoir|je veux savoir)( si|)|savez vous( si|)|dites moi( si|)|(est ce que |)(je peux|puis je) (vous |)demander( si|)|j ai une question|vous savez si",
    ),
    (
        Tag::AskBegin,
        "est ce|qu est ce|quel|quelle|quels|quelles|combien|quand|ou|comment|pourquoi|qui|que|y a t il|il y a t il|avez vous|vous avez|etes vous|faites vous|livrez vous|prenez vous|acceptez vous|vous (livrez|faites|prenez|acceptez|etes)|c est|ca",
    ),
    (
        Tag::AskOnly,
        "quel|quelle|quels|quelles|combien|quand|ou (est|etes|se|sont)|comment|pourquoi|qui|y a t il|etes vous|est ce que (vous|c est|le|la|les|l|ca)|faites vous|livrez vous|prenez vous|acceptez vous|vous (livrez|acceptez|etes)",
    ),
    (
        Tag::Brings,
        "(puis je|je peux|est ce que je peux|je pourrais|pourrais je|on peut|est ce qu on peut) (avoir|prendre|commander|ajouter)|je (veux|voudrais|prends|prendrai|vais prendre)|j aimerais|donnez moi|mettez moi|ajoutez",
    ),
    (
        Tag::Ask(Topic::Price),
        "combien (coute|coutent|ca coute|est|vaut|pour|chargez vous)|quel est le prix|c est combien|ca coute combien|a combien",
    ),
    (
        Tag::Ask(Topic::Minimum),
        "commande (minimum|minimale)|minimum (de commande|pour commander|d achat)|un minimum|au minimum",
    ),
    (
        Tag::Ask(Topic::Paying),
        "(prenez|acceptez|prennent|prends) (vous |)(les |la |des |le |)(carte|cartes|cartes de credit|carte de credit|debit|credit|interac|comptant|argent comptant|visa|mastercard|amex|cheques|apple pay|pourboire|pourboires)|(payer|paye|paie|regler) (par|avec|en|comptant|maintenant|sur place|a l avance|quand|comment)|(comment|quand|ou) (est ce que |)(je |on |)(peux |peut |dois |doit |puis je |)(payer|paye|paie)|mode(s|) de paiement|laisser (un |du |)pourboire|argent comptant seulement|une facture|un recu|separer (la facture|l addition)",
    ),
    (Tag::Ask(Topic::Calories), "calorie(s|)|calorique"),
    (
        Tag::Ask(Topic::Allergens),
        "allergene(s|)|contient( il| elle|)|contiennent|sans gluten|allergi(e|es)",
    ),
    (
        Tag::Ask(Topic::Difference),
        "difference(s|)( entre|)|different(e|s|) (de|du|d)",
    ),
    (
        Tag::Ask(Topic::Favourite),
        "recommandez|recommandation(s|)|suggerez|suggestion(s|)|populaire(s|)|le meilleur|la meilleure|vos meilleurs|specialite(s|)( de la maison|)|les gens (prennent|commandent)",
    ),
    (
        Tag::Ask(Topic::Specials),
        "speciaux|special(e|) du jour|promotion(s|)|promo(s|)|rabais|en solde|offre(s|)|coupon(s|)|aubaine(s|)",
    ),
    (
        Tag::Ask(Topic::Hours),
        "(a |jusqu a |)quelle heure|vos heures|heures d ouverture|les heures|(etes vous|vous etes|est ce que vous etes|c est) (encore |deja |)ouvert(s|e|es|)|vous (ouvrez|fermez)|(ouvrez|fermez) vous|ca (ouvre|ferme)|quand (est ce que vous |)(ouvrez|fermez|ouvre|ferme)",
    ),
    (
        Tag::Opening,
        "ouvert(s|e|es|)|ferme(s|e|es|)|ouvrez|fermez|ouvre|heures|ouverture|fermeture|quelle heure",
    ),
    (
        Tag::Ask(Topic::Wait),
        "combien de temps|combien de minutes|(sera|va etre|est ce que ce sera|seront) (ce |t il |)pret(e|s|)|pret(e|s|) (quand|dans combien)|temps d attente|l attente|(ca va |ca )(prendre|etre) long|c est long|quand (est ce que |)(je |on |)(peux|peut|puis je|dois|pourrai) (venir|passer|aller)|quand (est ce que |)(ma commande|ca|ce)",
    ),
    (
        Tag::Ask(Topic::Address),
        "(votre|l) adresse|ou (etes vous|est ce que vous etes|vous etes|se trouve|est situe|est le restaurant|se situe)|(vous etes |c est )(situe(s|) |)ou|situe(s|)|comment (on |je |)(se rend|me rends|y aller|vous trouver)|quelle rue",
    ),
    (
        Tag::Ask(Topic::Phone),
        "votre numero( de telephone|)|numero de telephone|a quel numero|quel est le numero",
    ),
    (
        Tag::Ask(Topic::Delivery),
        "livrez vous|(vous |est ce que vous )(livrez|faites (la |de la |des |)livraison(s|)|offrez la livraison)|faites vous (la |de la |des |)livraison(s|)|(est ce qu |)il y a (de |)la livraison|livraison (possible|disponible|gratuite)|(pouvez vous|vous pouvez|pourriez vous) (me |nous |le |la |)(livrer|l apporter)|frais de livraison|(est ce que |)c est possible de (se faire |faire |)livrer|la livraison",
    ),
    (
        Tag::Ask(Topic::Pickup),
        "(faites vous|vous faites|est ce que vous faites) (des |les |)(commandes |)(a emporter|pour emporter|take out)|(est ce que |)(je peux|on peut|puis je) (venir|passer) (la |le |)(chercher|prendre|ramasser)",
    ),
    (
        Tag::Ask(Topic::Age),
        "(vendez vous|servez vous|avez vous|vous vendez|vous servez|vous avez) de l alcool|quel age (faut|il faut|doit)|carte d identite|piece d identite",
    ),
    (
        Tag::Ask(Topic::Robot),
        "(etes vous|vous etes|t es|es tu|est ce que vous etes) (un |une |)(vrai |vraie |)(robot|machine|ordinateur|personne|humain|humaine|intelligence artificielle)|(je parle|est ce que je parle|parle je) (a|avec) (un |une |)(vrai |vraie |)(robot|machine|ordinateur|personne|humain)|(est ce |c est )(un |une |)(robot|enregistrement|machine)|boite vocale",
    ),
    (
        Tag::Ask(Topic::House),
        "stationnement|se stationner|parking|reservation(s|)|reserver( une table|)|wifi|wi fi|chaise haute|terrasse|(les |)chiens|salle a manger|manger sur place|traiteur|embauchez|emploi|proprietaire|toilettes|accessible|chaise roulante|site web|gateau d anniversaire|salle privee|bio|biologique",
    ),
    (
        Tag::Wish(Wish::Vegan),
        "vegan(e|s|es|)|vegetalien(ne|s|nes|)",
    ),
    (
        Tag::Wish(Wish::Vegetarian),
        "vegetarien(ne|s|nes|)|vege|sans viande",
    ),
    (Tag::Wish(Wish::GlutenFree), "sans gluten"),
    (
        Tag::Wish(Wish::DairyFree),
        "sans (produits laitiers|lactose|lait)",
    ),
    (Tag::Wish(Wish::NutFree), "sans (noix|arachides)"),
    (Tag::Wish(Wish::Halal), "halal"),
    (Tag::Wish(Wish::Kosher), "casher|cacher|kasher"),
    (Tag::Wish(Wish::Spicy), "epice(e|s|es|)|piquant(e|s|es|)"),
    (
        Tag::Wish(Wish::ForChildren),
        "pour (les |mes |des |un |)enfant(s|)|menu enfant(s|)",
    ),
    (
        Tag::Written(Wish::Vegan),
        "vegan(e|s|es|)|vegetalien(ne|s|nes|)",
    ),
    (
        Tag::Written(Wish::Vegetarian),
        "vegetarien(ne|s|nes|)|vege|vegetarian",
    ),
    (Tag::Written(Wish::GlutenFree), "sans gluten|gluten free"),
    (
        Tag::Written(Wish::DairyFree),
        "sans (produits laitiers|lactose|lait)",
    ),
    (Tag::Written(Wish::NutFree), "sans (noix|arachides)"),
    (Tag::Written(Wish::Halal), "halal"),
    (Tag::Written(Wish::Kosher), "casher|cacher|kasher|kosher"),
    (
        Tag::Written(Wish::Spicy),
        "epice(e|s|es|)|piquant(e|s|es|)|spicy",
    ),
    (Tag::Written(Wish::ForChildren), "enfant(s|)"),
    (
        Tag::Written(Wish::Favourite),
        "populaire(s|)|favori(s|te|tes|)|specialite|signature|celebre|popular",
    ),
    (
        Tag::Written(Wish::Special),
        "special(e|)|speciaux|promotion|special",
    ),
    (Tag::Negation, "pas|sans|non"),
    (Tag::AnyThing, "quelque chose|des (plats|choses|options)"),
    (
        Tag::AnyOf,
        "avez vous|vous avez|est ce que vous avez|y a t il|il y a|qu est ce|quels|quelles",
    ),
    (Tag::Day(DayName::Today), "aujourd hui|ce (soir|matin|midi)"),
    (Tag::Day(DayName::Tomorrow), "demain"),
    (
        Tag::Day(DayName::Weekend),
        "(la |)fin de semaine|week end|weekend",
    ),
    (Tag::Day(DayName::Weekday(0)), "lundi(s|)"),
    (Tag::Day(DayName::Weekday(1)), "mardi(s|)"),
    (Tag::Day(DayName::Weekday(2)), "mercredi(s|)"),
    (Tag::Day(DayName::Weekday(3)), "jeudi(s|)"),
    (Tag::Day(DayName::Weekday(4)), "vendredi(s|)"),
    (Tag::Day(DayName::Weekday(5)), "samedi(s|)"),
    (Tag::Day(DayName::Weekday(6)), "dimanche(s|)"),
    (Tag::Day(DayName::Date(12, 24)), "(la |)veille de noel"),
    (Tag::Day(DayName::Date(12, 25)), "noel"),
    (
        Tag::Day(DayName::Date(12, 31)),
        "(la |)veille du jour de l an",
    ),
    (Tag::Day(DayName::Date(1, 1)), "jour de l an"),
    (Tag::Day(DayName::Date(7, 1)), "fete du canada"),
    (
        Tag::Day(DayName::Date(6, 24)),
        "(la |)saint jean( baptiste|)",
    ),
    (
        Tag::Day(DayName::Moving),
        "paques|vendredi saint|action de grace(s|)|fete du travail|jour(s|) ferie(s|)|conges",
    ),
    (Tag::Month(1), "janvier"),
    (Tag::Month(2), "fevrier"),
    (Tag::Month(3), "mars"),
    (Tag::Month(4), "avril"),
    (Tag::Month(5), "mai"),
    (Tag::Month(6), "juin"),
    (Tag::Month(7), "juillet"),
    (Tag::Month(8), "aout"),
    (Tag::Month(9), "septembre"),
    (Tag::Month(10), "octobre"),
    (Tag::Month(11), "novembre"),
    (Tag::Month(12), "decembre"),
];
