"""What was not done, was only wanted or promised, or was done by others is no achievement."""

import pytest

from portal.staff.document_import.rules.suggestions import suggest

ENGLISH = "Our year\n\nWe are here for the children of the islands and for all of the people there.\n\n"
FRENCH = "Notre année\n\nNous sommes là pour les enfants des îles et pour tous ceux qui y vivent.\n\n"


def claims(sentence, opening=ENGLISH):
    suggestions = suggest(f"{opening}{sentence}\n")
    return [each.rule for each in suggestions if each.kind == "claim" and each.start >= len(opening)]


@pytest.mark.parametrize(
    "sentence",
    [
        "We hoped to train 300 teachers.",
        "The programme did not reach 500 families.",
        "We didn’t open the 12 schools.",
        "We have failed to open the 12 schools.",
        "We would have reached 900 children if the road had been open.",
        "We have yet to open the 14 clinics.",
        "We were unable to vaccinate 500 children.",
        "We trained neither the 40 nurses nor the 12 doctors.",
        "We were asked to train 300 teachers.",
        "We were to open 12 schools in 2024.",
        "The plan was to open 14 clinics in 2027.",
        "The decision to open 12 schools was reversed.",
        "A further 300 teachers remain to be trained.",
        "It is not true that we freed 40 children.",
        "We almost freed 40 children.",
        "We won’t open 12 schools.",
        "300 children are still held.",
        "In 2023, 412 children were killed in the district.",
        "The minister said that 300 teachers were trained.",
        "He claimed, “We freed 40 children”.",
        "The 300 teachers have still not been trained.",
        "The aim of reaching 500 families was missed.",
        "Let us train 300 teachers!",
        "Critics say that we trained only 300 teachers.",
        "We lost 40 teachers.",
        "Armed groups recruited 300 children.",
        "An estimated 300 children were recruited.",
        "There are 300 children waiting for a place.",
    ],
)
def test_what_an_english_sentence_does_not_call_done_is_no_claim(sentence):
    assert claims(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "Nous n’avons pas atteint 500 familles.",
        "Nous avons failli ouvrir 13 écoles.",
        "Nous avons refusé d’ouvrir 12 écoles.",
        "Nous avons été empêchés d’ouvrir 12 écoles.",
        "Nous aurions formé 300 enseignants si la route avait été ouverte.",
        "Nous devions ouvrir 12 écoles en 2024.",
        "Il reste 300 juges à former.",
        "Sans nous, 300 enfants seraient à la rue.",
        "Les 12 écoles n’ont pu être ouvertes.",
        "En 2023, 412 enfants ont été tués dans le district.",
        "La ministre a affirmé que 300 juges avaient été formés.",
    ],
)
def test_what_a_french_sentence_does_not_call_done_is_no_claim(sentence):
    assert claims(sentence, FRENCH) == []


@pytest.mark.parametrize(
    ("sentence", "opening"),
    [
        ("We trained 300 teachers and failed to open 12 schools.", ENGLISH),
        ("We gave 300 families seeds, so that none would go hungry.", ENGLISH),
        ("We trained 300 teachers who had never been to a school.", ENGLISH),
        ("We opened three schools in the hills.", ENGLISH),
        ("We recruited 40 teachers.", ENGLISH),
        ("40 teachers were recruited.", ENGLISH),
        ("We promised ourselves nothing: 300 teachers were trained.", ENGLISH),
        ("Nous avons formé 300 juges et n’avons pas ouvert les 12 écoles.", FRENCH),
        ("Nous avons ouvert 13 écoles qui n’avaient pas de toit.", FRENCH),
    ],
)
def test_what_was_done_stays_a_claim_beside_what_was_not(sentence, opening):
    assert claims(sentence, opening)
