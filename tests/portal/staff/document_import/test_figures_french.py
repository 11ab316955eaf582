"""A figure of a French sentence is what the sentence says, or there is none."""

import pytest

from tests.support.figures import figures_in

OPENING = "Voici ce que nous avons fait dans l’année."


def figures(sentence):
    return "; ".join(figures_in(sentence, OPENING))


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Nous avons formé 1 240 enseignants.", "1240 enseignants"),
        ("Nous avons formé 1\u202f240 enseignantes et 35 infirmiers.", "1240 enseignantes; 35 infirmiers"),
        ("Nous avons atteint plus de 3 500 enfants.", "more than 3500 enfants"),
        ("Nous avons atteint près de 3\u00a0500 enfants.", "nearly 3500 enfants"),
        ("Nous avons atteint environ 40 jeunes filles.", "about 40 jeunes filles"),
        ("Nous avons atteint 3,5 millions d’enfants.", "3500000 enfants"),
        ("Nous avons dépensé 1,2 million d’euros pour les écoles.", "1200000 euros"),
        ("Nous avons dépensé 2 milliards de francs.", "2000000000 francs"),
        ("Nous avons dépensé 1 200 € et 3 000 FCFA.", "1200 €; 3000 FCFA"),
        ("Une fille sur quatre est revenue.", "25 % (fille)"),
        ("35 % des filles et 40 % des garçons sont revenus.", "35 % (filles); 40 % (garçons)"),
        ("La moitié des écoles ont rouvert.", "50 % (écoles)"),
        ("Deux cent quatre-vingt-dix-sept élèves ont réussi.", "297 élèves"),
        ("Vingt et un élèves et mille deux cents parents.", "21 élèves; 1200 parents"),
        ("Le 12 mai, 40 enfants sont revenus.", "40 enfants"),
        ("Nous avons ouvert 40 salles de classe et 12 points d’eau.", "40 salles de classe; 12 points d’eau"),
        ("Plus d’un million d’enfants sont revenus.", "more than 1000000 enfants"),
        ("Au moins 40 écoles ont ouvert.", "at least 40 écoles"),
        ("Sept écoles sur dix ont rouvert.", "70 % (écoles)"),
        ("En 2031, nous avons formé 40 enseignants dans 12 écoles.", "40 enseignants; 12 écoles"),
        ("Notre équipe compte 40 personnes.", "40 personnes"),
        ("Nous avons formé quarante-deux enseignants.", "42 enseignants"),
        ("Nous avons formé soixante-douze enseignants.", "72 enseignants"),
        ("Nous avons formé cent un enseignants.", "101 enseignants"),
        ("Nous avons formé mille enseignants.", "1000 enseignants"),
        ("Nous avons formé deux mille cinq cents enseignants.", "2500 enseignants"),
        ("Nous avons formé un million d’enseignants.", "1000000 enseignants"),
        ("Nous avons atteint 12’500 enfants.", "12500 enfants"),
        ("Nous avons atteint 3,52 familles.", "3.52 familles"),
        ("35 pour cent des filles sont revenues.", "35 pour cent (filles)"),
        ("35,5 % des filles sont revenues.", "35.5 % (filles)"),
        ("Les 40 écoles du nord ont rouvert.", "40 écoles"),
        ("Plus de la moitié des filles sont revenues.", "more than 50 % (filles)"),
        ("Un quart des garçons sont revenus.", "25 % (garçons)"),
        ("Au cours des 12 derniers mois, nous avons ouvert 3 centres.", "3 centres"),
        ("D’ici 2031, 40 écoles ouvriront.", "40 écoles"),
        ("Nous avons formé 40 enseignants et ouvert des écoles.", "40 enseignants"),
        ("Nous avons formé 40 enseignants et enseignantes.", "40 enseignants et enseignantes"),
        ("40 filles, garçons et parents sont venus.", "40 filles, garçons et parents"),
        ("5 M€ ont été versés aux écoles.", "5000000 €"),
        ("Jusqu’à 40 enfants viennent.", "up to 40 enfants"),
        ("Quelque 40 enfants sont venus.", "about 40 enfants"),
        ("Trois enfants sur dix travaillent.", "30 % (enfants)"),
        ("12 écoles sur 40 ont rouvert.", "12 écoles"),
        ("Un garçon de 12 ans et deux filles de 9 ans.", "2 filles"),
    ],
)
def test_a_french_number_that_is_understood_whole_is_a_figure(sentence, expected):
    assert figures(sentence) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Un enfant sur six est revenu à l’école.", "16.67 % (enfant) ?rounded"),
        ("Les deux tiers des élèves ont réussi.", "66.67 % (élèves) ?rounded"),
        ("En tout, 2014 enfants sont revenus.", "2014 enfants ?year"),
        ("Nous avons formé 1,240 enseignants.", "1240 enseignants ?readings"),
        ("Nous avons formé 1.240 enseignants.", "1240 enseignants ?readings"),
        ("Nous n’avons pas atteint 40 écoles.", "40 écoles ?negation"),
        ("Nous voulons atteindre 40 écoles.", "40 écoles ?future"),
        ("Nous prévoyons d’ouvrir 40 écoles.", "40 écoles ?future"),
        ("Deux tiers des filles ont réussi.", "66.67 % (filles) ?rounded"),
    ],
)
def test_a_french_figure_that_can_be_understood_otherwise_asks(sentence, expected):
    assert figures(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Entre 10 et 15 écoles ont ouvert.",
        "De 10 à 15 écoles ont ouvert.",
        "Le 1er mai et le 2e jour des enfants.",
        "En 2014 enfants et parents sont revenus.",
        "L’article 38 protège les enfants de moins de 18 ans.",
        "Les enfants âgés de 5 à 12 ans sont protégés.",
        "Moins de 40 écoles ont ouvert.",
        "Moins d’un million d’enfants.",
        "Quelques centaines d’enfants sont venus.",
        "Une centaine d’enfants sont venus.",
        "12 des 40 écoles ont rouvert.",
        "La résolution 1612 (2005) protège les enfants.",
        "Le 8 mars enfants et parents ont marché.",
        "Nous avons formé 40 enseignants par an.",
        "Appelez le 01 42 68 53 00 pour les enfants.",
        "La ligne est ouverte à 14 h 30 pour les enfants.",
        "Pour cent enfants, nous avons une école.",
        "Nous avons vu 20 à 30 enfants.",
        "Nous avons vu cinq ou six enfants.",
        "Trois des écoles ont fermé.",
        "Le troisième jour, les enfants sont venus.",
        "La 3e école des enfants.",
        "Le XXIe siècle des enfants.",
        "Depuis 2014 enfants et parents viennent.",
        "Chapitre 4 les enfants.",
        "Page 12 enfants.",
        "Le numéro vert 116 enfants.",
        "40 enfants environ sont venus.",
        "40 enfants au moins sont venus.",
        "Aucun des 40 enfants n’est parti.",
        "Jusqu’à 40 enfants par jour viennent.",
        "Le tiers des filles a réussi.",
        "L’ONU a publié la résolution 2427 pour les enfants.",
        "Le covid-19 a fermé des écoles.",
        "Les moins de 18 ans et les plus de 60 ans.",
    ],
)
def test_a_french_number_that_counts_nothing_is_no_figure(sentence):
    assert figures(sentence) == ""
