"""A figure of a French sentence is what the sentence says: its qualifier, its value and its unit."""

import pytest

from tests.support.figures import figures_in

OPENING = "Voici ce que nous avons fait dans l’année."


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
        ("Nous avons formé 40 enseignants et ouvert des écoles.", "40 enseignants"),
        ("Nous avons formé 40 enseignants et enseignantes.", "40 enseignants et enseignantes"),
        ("40 filles, garçons et parents sont venus.", "40 filles, garçons et parents"),
        ("5 M€ ont été versés aux écoles.", "5000000 €"),
        ("Jusqu’à 40 enfants viennent.", "up to 40 enfants"),
        ("Quelque 40 enfants sont venus.", "about 40 enfants"),
        ("Trois enfants sur dix travaillent.", "30 % (enfants)"),
        ("12 écoles sur 40 ont rouvert.", "30 % (écoles)"),
        ("Un garçon de 12 ans et deux filles de 9 ans.", "2 filles"),
        ("Nos 64 salariés travaillent dans 9 villages.", "64 salariés; 9 villages"),
        ("Quelque 300 enfants soldats ont été libérés.", "about 300 enfants soldats"),
        ("Nous avons recensé 87 cas de recrutement.", "87 cas de recrutement"),
        (
            "1 240 enseignants (dont 640 femmes) ont suivi les 12 modules.",
            "1240 enseignants; 640 femmes; 12 modules",
        ),
        (
            "Deux millions de personnes ont fui, dont la moitié d’enfants.",
            "2000000 personnes; 50 % (enfants)",
        ),
        ("Soixante pour cent des filles sont venues.", "60 pour cent (filles)"),
        ("Les quatre filles et trois garçons sont venus.", "4 filles; 3 garçons"),
        ("Quatre-vingt-dix filles sont venues.", "90 filles"),
        ("Trente-six mille livres ont été donnés.", "36000 livres"),
        ("Nous avons 40 élèves de plus.", "40 élèves de plus"),
        ("Une classe de 40 élèves a ouvert.", "40 élèves"),
        ("Trois millions cinq cent mille enfants.", "3500000 enfants"),
        ("Nous avons versé 500 euros à 40 familles.", "500 euros; 40 familles"),
        ("Nous avons versé 12.000,50 € aux écoles.", "12000.5 €"),
        ("Le 3 mai 2031, 40 filles sont venues.", "40 filles"),
        ("Notre 10e anniversaire a réuni 300 invités.", "300 invités"),
    ],
)
def test_a_french_number_that_is_understood_whole_is_a_figure(sentence, expected):
    assert "; ".join(figures_in(sentence, OPENING)) == expected


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
        ("D’ici 2031, 40 écoles ouvriront.", "40 écoles ?future"),
        ("Nous prévoyons d’ouvrir 40 écoles.", "40 écoles ?future"),
        ("Deux tiers des filles ont réussi.", "66.67 % (filles) ?rounded"),
        ("700 enfants devraient retrouver leur liberté.", "700 enfants ?future"),
        ("40 écoles ouvriront leurs portes.", "40 écoles ?future"),
        ("En moyenne, 35 élèves partagent une classe.", "35 élèves ?average"),
        ("Le budget est en hausse de 15 %.", "15 % ?change"),
        ("Nous avons versé 1,2 M€, soit 15 % de plus qu’en 2030.", "1200000 €; 15 % ?change"),
        ("Plus de 5.000 enfants ont été libérés.", "more than 5000 enfants ?readings"),
        ("Chaque classe compte 40 élèves.", "40 élèves ?average"),
        ("Si 40 écoles ferment, les filles restent.", "40 écoles ?future"),
        ("Un tiers des 120 écoles a fermé.", "33.33 % (écoles) ?rounded"),
    ],
)
def test_a_french_figure_that_can_be_understood_otherwise_asks(sentence, expected):
    assert "; ".join(figures_in(sentence, OPENING)) == expected
