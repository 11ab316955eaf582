"""A sentence ends where its writer ends it: abbreviations, brackets, lists and pages do not cut it."""

import pytest

from portal.staff.document_import.document import read_document
from portal.staff.document_import.rules.sentences import split_sentences
from portal.staff.document_import.rules.suggestions import suggest

OPENING = "Our year\n\nWe are here for the children of the islands and for all of the people there.\n\n"


def sentences(text):
    return [text[start:end] for start, end in split_sentences(text, 0, len(text))]


def claims(words, opening=OPENING):
    return [
        each.values["text"]
        for each in suggest(f"{opening}{words}\n", until="2026")
        if each.kind == "claim" and each.start >= len(opening)
    ]


@pytest.mark.parametrize(
    "sentence",
    [
        "Dr. A. Mbeki trained 40 teachers in St. Louis with Mrs. Lowe.",
        "In 2024 approx. 300 children came to Mt. Hope.",
        "The programme (see p. 12, Fig. 3 and Vol. 2) reached 340 girls.",
        "By Dec. 2024 we trained 312 teachers.",
        "Between Sept. 2023 and Feb. 2024 we vaccinated 3,120 children vs. 2,900 the year before.",
        "We gave books (e.g. Atlases. Maps. Stories.) to 240 schools.",
        "We reached 1,240 children (620 girls and 620 boys. In all 14 districts) in 2024.",
        "Sec. 4 of Art. 12 was used by 40 lawyers.",
        "In ca. 40 villages, incl. Tara, we dug 52 wells.",
        "We opened School No. 5 and no. 6 for 320 pupils of Sr. Anna.",
        "At 10 a.m. 40 teachers met J. K. Rowe of Open Doors Inc. Tara.",
        "We gave Rs. 40,000 to 12 families.",
        "Attendance rose to 93.5 per cent.",
    ],
)
def test_an_abbreviation_or_a_bracket_cuts_no_sentence(sentence):
    assert sentences(f"{sentence} They stayed.") == [sentence, "They stayed."]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("We trained 40 teachers etc. The rest followed.", 2),
        ("We opened School No. 5. It has 300 pupils.", 2),
        ("We work with Open Doors Inc. Its staff came.", 2),
        ("The answer was no. We stayed.", 2),
        ("We freed 40 children! They stayed.", 2),
        ("We freed 40 children.[2] They stayed.", 2),
        ("We freed 40 children (12 girls. They stayed.", 2),
    ],
)
def test_a_sentence_still_ends(text, count):
    assert len(sentences(text)) == count


@pytest.mark.parametrize(
    "stem", ["We achieved a lot:", "In 2024 we have", "Since 2010 we have opened schools that"]
)
def test_words_that_only_begin_a_list_are_no_proposal(stem):
    found = suggest(f"{OPENING}{stem}\n\n• Music for 40 girls\n", until="2026")
    assert stem not in [each.values.get("text") for each in found]


def test_a_page_number_at_the_beginning_of_a_line_is_no_item_of_a_list():
    text = (
        "We trained 40 teachers of the islands in the north (see\np. 12) and 12 nurses in all of the towns.\n"
    )
    document = read_document(text.encode(), ".txt")
    assert [text[part.start : part.end] for part in document.parts] == [text.strip()]


def test_the_items_of_a_list_go_on_with_the_words_before_it():
    words = (
        "In 2024 the programme:\n• trained 40 teachers;\n• built 12 wells in the hills; and\n• fed 90 boys."
    )
    assert claims(words) == [
        "In 2024 the programme: trained 40 teachers",
        "In 2024 the programme: built 12 wells in the hills",
        "In 2024 the programme: fed 90 boys",
    ]
    found = [each for each in suggest(OPENING + words, until="2026") if each.kind == "claim"]
    assert {each.values["date"] for each in found} == {"2024"}
    assert all(each.values["in_our_words"] and len(each.extra_spans) == 1 for each in found)
    assert claims("Thanks to our friends, we\n- trained 40 teachers") == [
        "Thanks to our friends, we trained 40 teachers"
    ]
    assert claims("We are proud of the year.\n\n• We trained 40 teachers.") == ["We trained 40 teachers"]


@pytest.mark.parametrize(
    "stem",
    [
        "In 2025 we will:",
        "Our targets for 2027 are:",
        "What we plan:",
        "We were not able to",
        "If the funds arrive, the centre will:",
        "The money was not used because",
        "By 2030:",
        "According to the ministry:",
    ],
)
def test_the_items_of_a_plan_a_condition_or_a_denial_are_no_achievements(stem):
    assert claims(f"{stem}\n• 400 teachers trained\n• open 12 schools for 300 girls") == []


def test_a_sentence_over_two_paragraphs_is_not_proposed_in_halves():
    words = "We reached 400 children. In 2024 we trained 312 teachers on seven"
    assert claims(f"{words}\n\nislands and 240 nurses in the south. We fed 90 boys.") == [
        "We reached 400 children.",
        "We fed 90 boys.",
    ]


def test_the_second_half_of_a_sentence_keeps_the_condition_of_the_first():
    sentence = (
        "Unless the rains came, we have opened schools in 35 towns and were named in its plan for schools."
    )
    assert claims(sentence) in ([], [sentence])
