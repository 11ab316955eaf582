"""A plan, and what is dated after the document, is no achievement; what was done stays one beside a plan."""

import pytest

from portal.staff.document_import.rules.suggestions import suggest

OPENING = "Our year\n\nWe are here for the children of the islands and for all of the people there.\n\n"
FRENCH = "Notre année\n\nNous sommes là pour les enfants des îles et pour tous ceux qui y vivent.\n\n"


def suggested(words, opening=OPENING, until="2026-06-30"):
    return [
        each
        for each in suggest(f"{opening}{words}\n", until=until)
        if each.start >= len(opening) and each.kind in ("claim", "milestone")
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "By 2030, 12,000 children have access to clean water.",
        "By 2030 we aim to have trained 4,000 teachers.",
        "We had hoped to train 200 midwives, but trained 140.",
        "A target of 600 children was set for 2027.",
        "Training of 450 teachers (planned).",
        "450 teachers to be trained in 2027.",
        "450 teachers to be trained.",
        "Next year, 300 girls go back to school.",
        "We have committed to supporting 1,500 girls.",
        "Our goal: 10,000 trees planted.",
        "Our ambition is that 800 children attend school.",
        "The team is on track to reach 900 families.",
        "We are working towards 100% attendance in 40 schools.",
        "We are preparing to open 3 centres for 400 children.",
        "The plan for 2027 includes 14 new clinics.",
        "The 2027 programme trains 300 teachers.",
        "We intend for 40 schools to join.",
        "Scheduled for 2028: the opening of 12 playgrounds.",
        "In the coming year we train 300 nurses.",
        "From 2027 on, 400 girls receive a scholarship.",
        "The training of 300 nurses starts in January 2027.",
        "Our strategy 2026–2030 commits us to 20,000 children.",
        "Proposed: 40 new teachers for 12 schools.",
        "The pilot should have reached 1,000 households by June 2025.",
        "In 2024 we planned to train 300 teachers.",
        "The opening is scheduled to take place in 2025.",
    ],
)
def test_an_english_plan_is_no_achievement(sentence):
    assert suggested(sentence) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "En 2027, 300 enfants vont à l’école.",
        "Nous avons l’intention de former 300 enseignants.",
        "Il est prévu de former 300 enseignants.",
        "L’année prochaine, 300 filles retournent à l’école.",
        "Notre objectif : 300 écoles ouvertes.",
        "Nous comptions former 300 enseignants.",
    ],
)
def test_a_french_plan_is_no_achievement(sentence):
    assert suggested(sentence, FRENCH) == []


@pytest.mark.parametrize(
    "sentence",
    [
        "In 2024 we trained 312 teachers in 14 schools.",
        "We trained 312 teachers, exceeding our target of 300.",
        "We trained 250 teachers against a target of 300.",
        "For the 2030 Agenda we trained 312 teachers.",
        "So far, 1,204 families have received seeds.",
        "We helped to train 312 teachers.",
        "In our target districts we trained 312 teachers.",
        "Volunteers planned and ran 40 summer camps for 1,200 children.",
    ],
)
def test_what_was_done_is_an_achievement_beside_a_plan(sentence):
    [claim] = suggested(sentence)
    assert (claim.kind, claim.values["text"]) == ("claim", sentence)
    assert not any(figure.question for figure in claim.figures)


@pytest.mark.parametrize(("until", "is_proposed"), [("2024", False), ("2025-03", True), ("2026", True)])
def test_what_is_dated_after_the_publication_is_none(until, is_proposed):
    assert bool(suggested("In 2025, 300 girls go back to school.", until=until)) == is_proposed


def test_a_verb_of_the_past_with_a_day_to_come_is_asked_about():
    [claim] = suggested("In 2031 we trained 312 teachers.")
    assert [figure.question for figure in claim.figures] == ["future"]
    [claim] = suggested("In 2031 we trained 312 teachers.", until="2031-12")
    assert [figure.question for figure in claim.figures] == [""]


@pytest.mark.parametrize(
    "sentence",
    [
        "Funding has been secured to train 300 teachers.",
        "The government has promised 40 new schools.",
        "Provided that the funds arrive, 12 clinics have been given a roof.",
        "In 2025, 80 children did not return to school.",
        "Only 40 schools could not open.",
        "We trained 20 more teachers than in 2023.",
    ],
)
def test_a_number_that_was_not_reached_leaves_a_question(sentence):
    assert all(figure.question for claim in suggested(sentence) for figure in claim.figures)


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        ("We trained 312 teachers, compared to 240 in 2023.", ""),
        ("In 2024, 312 teachers were trained, up from 240 in 2023.", "2024"),
        ("We trained 312 teachers, more than in 2023.", ""),
        ("In 2023/24 we trained 312 teachers.", ""),
    ],
)
def test_what_a_claim_is_compared_with_gives_it_no_date(sentence, date):
    [claim] = suggested(sentence)
    assert claim.values.get("date", "") == date


def test_where_a_change_began_is_not_how_it_is():
    [claim] = suggested("Attendance rose from 61 per cent in 2023 to 78 per cent in 2024.")
    assert [figure.as_written for figure in claim.figures] == ["78 per cent"]


def test_words_by_somebody_else_are_evidence_and_our_own_records_are_not():
    text = f"{OPENING}In 2024, 4,300 children returned, according to the Ministry.\n"
    assert [each.kind for each in suggest(text) if each.start >= len(OPENING)] == ["evidence"]
    [claim] = suggested("According to our records, 4,300 children returned in 2024.")
    assert claim.kind == "claim"


@pytest.mark.parametrize(
    "heading",
    ["Plans", "Next year", "The road to 2030", "What we want to achieve", "Our needs", "What we still need"],
)
def test_what_stands_under_a_heading_of_plans_is_none(heading):
    assert (
        suggested(f"{heading}\n\nWe train 300 nurses in 12 districts.\n\n• 12 districts with a nurse") == []
    )


def test_children_with_special_needs_are_no_plan():
    assert suggested("Children with special needs\n\nWe trained 300 nurses in 12 districts.")
