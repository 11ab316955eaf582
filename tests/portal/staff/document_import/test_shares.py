"""“312 of 400 children” is a share that keeps its two numbers, and the whole is never what was reached."""

import pytest

from portal.staff.document_import.document import join_lines
from portal.staff.document_import.readers.shape import CAPTION, Line, row
from portal.staff.document_import.rules.suggestions import suggest
from tests.support.figures import figures_in, written

ENGLISH = "This is what we have done in the year."
FRENCH = "Voici ce que nous avons fait dans l’année."


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We vaccinated 312 of 400 children.", "78 % (children)"),
        ("312 of the 400 children passed.", "78 % (children)"),
        ("Three of the five districts adopted the plan.", "60 % (districts)"),
        ("We work in 12 of our 40 schools.", "30 % (schools)"),
        ("We rebuilt 3 of 4 schools.", "75 % (schools)"),
        ("We met 40 of the 50 ministers.", "80 % (ministers)"),
        ("After the storm 1,200 of 1,500 pupils came.", "80 % (pupils)"),
        ("We reached 1 200 of all the 1 500 pupils.", "80 % (pupils)"),
        ("We rebuilt 312 out of 400 schools.", "78 % (schools)"),
        ("We trained 312 teachers out of 400.", "78 % (teachers)"),
        ("We brought 312 children out of 400 home.", "78 % (children)"),
        ("We worked 3 days out of 7.", ""),
        ("We opened the line at 10:30 for 60 villages.", "60 villages"),
        ("In one In two schools were opened.", ""),
        ("The share of girls rose from 41 per cent to 67 per cent.", "67 per cent"),
        ("The share of girls rose from 41 to 67 per cent.", "67 per cent"),
        ("Between 41 per cent and 67 per cent of girls came.", ""),
        ("We rebuilt 12 of 17 schools.", "70.59 % (schools) ?rounded"),
        ("We never reached 12 of the 40 schools.", "30 % (schools) ?negation"),
        ("We reached 312 of a planned 400 children.", ""),
        ("We reached 312 of an expected total of 400 children.", ""),
        ("78 % of 400 children came.", "78 % (children)"),
        ("312 (78 %) of 400 children came.", "78 %"),
        ("We reached 400 of 400 children.", ""),
        ("One of the 40 schools closed.", ""),
        ("We reached 2 of 3 million children.", ""),
        ("We reached 200,000 of 3m children.", ""),
        ("We reached 300 to 312 of 400 children.", ""),
        ("Nearly 312 of the 400 children passed.", "nearly 78 % (children)"),
        ("We trained two of every three teachers.", ""),
        ("From 400 children we chose 312.", ""),
        ("We reached 312 girls and 290 boys of 700 pupils.", "312 girls; 290 boys"),
        ("We reached 3,000 children of 12 villages.", "3000 children; 12 villages"),
        ("We met on 2 of 3 days.", ""),
        ("We read page 3 of 12 pages.", ""),
    ],
)
def test_an_english_share_is_read_whole(sentence, expected):
    assert "; ".join(figures_in(sentence, ENGLISH)) == expected


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Hier, 312 des 400 enfants ont réussi.", "78 % (enfants)"),
        ("Nous avons rouvert 12 de nos 40 écoles.", "30 % (écoles)"),
        ("Nous avons vacciné 312 sur 400 enfants.", "78 % (enfants)"),
        ("Sept écoles sur dix ont rouvert.", "70 % (écoles)"),
        ("Hier, 12 écoles sur 40 ont rouvert.", "30 % (écoles)"),
        ("Nous avons aidé 312 enfants sur 400.", "78 % (enfants)"),
        ("Nous avons ouvert dès 10 h 30 pour 60 villages.", "60 villages"),
        ("Nous avons aidé 312 enfants sur 400 enlevés dans le nord.", "78 % (enfants)"),
        ("Nous avons aidé 1 240 enfants sur 2 000 en 2025.", "62 % (enfants)"),
        ("Nous avons aidé 312 enfants sur 400 et 20 mères.", "78 % (enfants); 20 mères"),
        ("Nous avons aidé 312 enfants sur 3 millions.", "312 enfants"),
        ("Trois des cinq districts ont adopté le plan.", "60 % (districts)"),
        ("Nous avons ouvert 12 écoles sur 3 îles.", "12 écoles; 3 îles"),
        ("Nous avons vu 312 filles sur 700 élèves.", "312 filles"),
        ("La ligne est ouverte aux enfants 7 jours sur 7.", ""),
        ("Nous sommes là pour les enfants trois jours sur sept.", ""),
    ],
)
def test_a_french_share_is_read_whole(sentence, expected):
    assert "; ".join(figures_in(sentence, FRENCH)) == expected


def test_a_share_keeps_its_words():
    text = f"{ENGLISH} We vaccinated 312 of the 400 children."
    [claim] = [each for each in suggest(text) if each.figures]
    assert [figure.as_written for figure in claim.figures] == ["312 of the 400"]


def test_a_share_in_a_cell_is_no_number_of_children():
    lines = [
        Line(f"{ENGLISH} " * 4),
        Line("Table 1. Children vaccinated", CAPTION),
        row([("District", True), ("2024", True), ("2025", True)], 1),
        row([("North", False), ("312 of 400", False), ("12 of 17", False)], 1),
    ]
    text, parts = join_lines(lines)
    [claim] = [each for each in suggest(text, parts, until="2026") if each.rule == "table"]
    assert [written(figure).replace(figure.label, "") for figure in claim.figures] == [
        "78 % ()",
        "70.59 % () ?rounded",
    ]


SHORT = [
    ("We served 1.5m meals.", "1500000 meals"),
    ("We served 1.5M meals.", "1500000 meals"),
    ("We reached 2.3 bn people.", "2300000000 people"),
    ("We reached 2.3bn people.", "2300000000 people"),
    ("We reached 300k children.", "300000 children"),
    ("We reached over 300K young people.", "over 300000 young people"),
    ("We raised £1.2m and €300k.", "1200000 £; 300000 €"),
    ("We raised US$2.3bn.", "2300000000 US$"),
    ("We served 2 mln meals.", "2000000 meals"),
    ("We dug 30m wells.", "30000000 wells ?scale"),
    ("We served 1.5 m meals.", "1500000 meals ?scale"),
    ("We bought 10k lamps.", "10000 lamps ?scale"),
    ("We built a 1.5 m fence around schools.", ""),
    ("We built 1.5 m high walls.", ""),
    ("We built 12 m² rooms.", ""),
    ("The 100m runners won.", ""),
    ("We served between 1.5m and 2m meals.", ""),
    ("We saved 1.5mm screws.", ""),
]
COURT = [
    ("Nous avons servi 1,5 M de repas.", "1500000 repas"),
    ("Nous avons atteint 1,5 M d’enfants.", "1500000 enfants"),
    ("Nous avons reçu 1,2 M€.", "1200000 €"),
    ("Nous avons reçu 300 k€.", "300000 €"),
    ("Nous avons distribué 300k repas.", "300000 repas"),
    ("Nous avons reçu 2,3 Md€.", "2300000000 €"),
    ("Le mur a 1,5 m de haut.", ""),
]


@pytest.mark.parametrize(("sentence", "expected"), SHORT)
def test_an_english_short_form_is_a_million_or_a_thousand_or_leaves_a_question(sentence, expected):
    assert "; ".join(figures_in(sentence, ENGLISH)) == expected


@pytest.mark.parametrize(("sentence", "expected"), COURT)
def test_a_french_short_form_is_a_million_or_a_thousand_or_leaves_a_question(sentence, expected):
    assert "; ".join(figures_in(sentence, FRENCH)) == expected


def test_a_short_form_in_a_cell_may_be_a_measure():
    lines = [
        Line(f"{ENGLISH} " * 4),
        row([("Work", True), ("2024", True)], 1),
        row([("Meals served", False), ("1.5m", False)], 1),
        row([("Height of the wall", False), ("1.5 m", False)], 1),
    ]
    text, parts = join_lines(lines)
    claims = [each for each in suggest(text, parts, until="2026") if each.rule == "table"]
    assert [figure.question for claim in claims for figure in claim.figures] == ["", "scale"]
