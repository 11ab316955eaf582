"""A short text in another language is told from English and French, and nothing is suggested of it."""

import pytest

from portal.staff.document_import.rules.language import language_to_read
from portal.staff.document_import.rules.suggestions import suggest
from tests.support.factory import a_source
from tests.support.people import bob

from .test_decisions import address

OTHERS = [
    "Escuelas construidas: 14.",
    "Formamos a 240 docentes en 2024.",
    "Hemos llegado a 31.000 niñas.",
    "El año pasado, 312 chicas volvieron a casa.",
    "Agua potable para 6.000 hogares",
    "Мы обучили 240 учителей.",
    "Построено 14 школ в 2024 году.",
    "Торік 312 дівчат повернулися додому.",
    "A rede formou 1.240 professores em Porto Sabel.",
    "240 Lehrkräfte ausgebildet.",
    "Abbiamo formato 240 insegnanti nel 2024.",
    "14 scholen gebouwd in 2024",
    "Walimu 240 walipata mafunzo mwaka 2024.",
    "2024 yılında 240 öğretmen eğittik.",
    "درّبنا 240 معلماً في عام 2024.",
    "2024年我们培训了240名教师。",
    "Πέρυσι 312 κορίτσια γύρισαν σπίτι.",
]
FRENCH = [
    "2 340 filles scolarisées en 2021.",
    "14 écoles construites",
    "Plus de 300 familles logées.",
    "L'an dernier, 312 adolescentes sont rentrées chez elles.",
    "Cantine ouverte dans 7 villages",
    "Le réseau a formé 1 240 enseignants à Port Sabel.",
]
ENGLISH = [
    "Trained 240 teachers.",
    "14 schools built",
    "Lantern Network",
    "Norvania: 144 cases",
    "Mobile clinic: 9 villages visited.",
    "The dropout rate fell from 12% to 5%.",
    "In 2025 the project in São Tomé reached 300 girls.",
    "Médecins du Sud worked with 12 schools.",
    "We trained teachers in La Paz, Las Lomas and Los Altos de la Sierra.",
    "240 teachers",
]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        *[(text, "") for text in OTHERS],
        *[(text, "fr") for text in FRENCH],
        *[(text, "en") for text in ENGLISH],
    ],
)
def test_the_language_of_a_short_text(text, language):
    assert language_to_read(text) == language


@pytest.mark.parametrize("text", OTHERS)
def test_nothing_is_suggested_of_a_text_in_another_language(text):
    assert suggest(text) == []


@pytest.mark.django_db
def test_staff_are_told_that_a_short_text_is_not_read(client):
    source = a_source("Informe", text="Formamos a 240 docentes en 2024.")
    client.force_login(bob())
    page = client.get(address(source)).content.decode()
    assert "in neither English nor French" in page


def test_a_sentence_in_another_language_is_no_claim_of_an_english_text():
    english = "This is what we have done with the teachers of the islands in the year. " * 3
    spanish = "En 2024 formamos a 1.240 maestras y maestros en las islas del norte."
    assert [each for each in suggest(f"{english}\n\n{spanish}") if "maestras" in str(each.values)] == []
    reached = "In 2024 we trained 1,240 teachers on the islands of the north."
    [claim] = [each for each in suggest(f"{english}\n\n{reached}") if each.kind == "claim"]
    assert claim.values["text"] == reached
