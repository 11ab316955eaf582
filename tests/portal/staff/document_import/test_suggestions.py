"""A suggestion has the figures and the date of its words, and what the site knows is not suggested."""

import pytest

from portal.staff.document_import.rules.suggestions import suggest


def kinds_and_words(text, **options):
    return [(each.kind, text[each.start : each.end]) for each in suggest(text, **options)]


def figures(text):
    return [
        (each.qualifier, f"{each.value:f}", each.unit)
        for suggestion in suggest(text)
        for each in suggestion.figures
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "We reached over 4,500 participants from over 55 countries.",
            [("over", "4500", "participants"), ("over", "55", "countries")],
        ),
        ("Nearly 250 million children live there.", [("nearly", "250000000", "children")]),
        ("At least 85% of them passed.", [("at least", "85", "%")]),
        ("We raised more than £1.5 million.", [("more than", "1500000.0", "£")]),
        (
            "We have signed two United Nations Security Council Resolutions.",
            [("", "2", "United Nations Security Council Resolutions")],
        ),
        (
            "We have fourteen teachers and forty-one volunteers.",
            [("", "14", "teachers"), ("", "41", "volunteers")],
        ),
        ("We have influenced Resolution 2143 and Article 38 of it.", []),
        ("We have worked on it since 2007, every three years, under the age of 18.", []),
    ],
)
def test_a_figure_has_its_qualifier_and_its_unit(text, expected):
    assert figures(text) == expected


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("It was founded on 12 February 2002.", "2002-02-12"),
        ("It was founded on February 3, 2002.", "2002-02-03"),
        ("It was formed in May 1998.", "1998-05"),
        ("Since 2011 it has been independent.", "2011"),
        ("It was founded on 31 February 2002, says one text.", ""),
        ("Between 2001 and 2003 the school was closed.", ""),
        ("In 1999 it was founded and in 2004 it was opened to all.", ""),
        ("From May 2001 to June 2003 the school was closed.", ""),
        ("It was opened in May 2002 and closed in June 2002.", "2002"),
        ("It was opened on 3 May 2002 and closed on 5 May 2002.", "2002-05"),
        ("Between May and June 2002 the school was closed.", "2002"),
        ("In 2002 it was opened for the 2030 Agenda.", "2002"),
        ("In the camp 2002 families live.", ""),
        ("In 2002 families came to the camp.", "2002"),
        ("It was founded in 2002, as Resolution 1612 (2005) says.", "2002"),
    ],
)
def test_a_date_is_as_precise_as_the_text(text, date):
    assert next((each.values["date"] for each in suggest(text) if each.kind == "milestone"), "") == date


def test_two_things_in_one_sentence_are_two_suggestions():
    text = (
        "Our Impact\n\n• We have opened schools in 35 towns of the north and small libraries were left\n"
        "• We wrote to the council of the town and were named in its plan for schools"
    )
    claims = [words for kind, words in kinds_and_words(text) if kind == "claim"]
    assert "We wrote to the council of the town" in claims and "were named in its plan for schools" in claims


def test_a_sentence_that_points_back_is_suggested_with_the_one_before():
    text = "A flood came in 1994. During this time the school was closed."
    assert kinds_and_words(text) == [("milestone", text)]


def test_a_heading_with_nothing_under_it_and_a_stray_word_become_notes():
    text = "Our story\n\nHow we do it\n\nOur Impact\n\nresearch\n• We taught 40 pupils."
    assert [each for each in kinds_and_words(text) if each[0] == "note"] == [
        ("note", "How we do it"),
        ("note", "research"),
    ]


def test_an_organisation_is_suggested_once_unless_it_is_on_record():
    text = (
        "We wrote to the Harbour Council. "
        "With the Harbour Council and Save the Coast Alliance we planted trees."
    )
    assert [words for kind, words in kinds_and_words(text) if kind == "organisation"] == [
        "Harbour Council",
        "Save the Coast Alliance",
    ]
    assert [
        words
        for kind, words in kinds_and_words(text, known_names={"Save the Coast Alliance"})
        if kind == "organisation"
    ] == ["Harbour Council"]


def test_an_item_of_a_list_of_milestones_that_begins_with_its_date_is_one():
    text = (
        "Milestones\n\n• 2014: The first house opens on the pier.\n• March 2021: 31 boats come home\n"
        "• In 2022 the pier grew, to everybody's joy: it has a second lamp.\n"
    )
    found = [each for each in suggest(text) if each.kind == "milestone"]
    assert [(each.values["date"], each.values["title"]) for each in found] == [
        ("2014", "The first house opens on the pier"),
        ("2021-03", "31 boats come home"),
    ]
    # What follows the date is all there is to say: no page says it twice.
    assert [each.values["text"] for each in found] == [each.values["title"] for each in found]
    assert {each.reason for each in found} == {"It stands under “Milestones”."}
    elsewhere = suggest(text.replace("Milestones", "Our boats"))
    assert not [each for each in elsewhere if each.kind == "milestone"]


def test_who_is_passed_on_in_an_evaluation_is_named_and_its_date_is_no_finding():
    text = (
        "Lantern Institute, June 2025\n\nAccording to the Ministry of Piers, 412 boats came home. "
        "We read 31 logs."
    )
    assert [(text[each.start : each.end][:9], each.reason) for each in suggest(text, is_by_others=True)] == [
        ("According", "It passes on what somebody else says: “According to”."),
        ("We read 3", "Somebody who examined the work says so: “31”."),
    ]


def test_what_somebody_is_there_for_is_no_deed_and_a_result_is_still_one():
    mission = "We help children to go to school and to stay there until they have finished."
    for heading, kind in (
        ("Our mission", ("statement", "mission")),
        ("Vision, mission and values", ("statement", "vision")),
        ("Our mission to the harbour", ("claim", None)),
        ("What we did", ("claim", None)),
    ):
        [found] = suggest(f"{heading}\n\n{mission}\n")
        assert (found.kind, found.values.get("kind")) == kind
    counted = suggest("Our mission\n\nWe have helped 412 children to finish the school of the islands.\n")
    assert [each.kind for each in counted] == ["claim"]


def test_an_entry_that_begins_with_a_body_on_record_has_the_title_after_its_year():
    def titles(**options):
        entries = "• Harbour Aid (2023). Going home: a guide.\n• The Boat School (2024). Port Sabel: Tarn.\n"
        text = f"We are here for the children of the islands.\n\nPublications\n\n{entries}"
        return [each.values["title"] for each in suggest(text, **options) if each.kind == "publication"]

    assert titles(known_names={"Harbour Aid"}) == ["Going home: a guide", "The Boat School"]
    assert titles() == ["Harbour Aid", "The Boat School"]


@pytest.mark.parametrize(
    ("entry", "title"),
    [
        ("Harbour Aid, Going home, 2023.", "Going home"),
        ("Harbour Aid. Going home, 2023.", "Going home"),
        ("Harbour Aid, 2023.", "Harbour Aid"),
        ("The Boat School, a history, 2023.", "The Boat School, a history"),
    ],
)
def test_a_body_on_record_before_a_title_is_none_of_it(entry, title):
    text = f"We are here for the children of the islands.\n\nPublications\n\n• {entry}\n"
    found = suggest(text, known_names={"Harbour Aid"})
    assert [each.values["title"] for each in found if each.kind == "publication"] == [title]


def test_the_numbered_caption_over_a_table_is_no_statement():
    def found(caption, table=True):
        head, row = "\t2024\t2025", "Boats that came home\t31\t40"
        text, parts = "We are here for the children of the islands.\n", []
        for kind, line in (("paragraph", caption), ("row", head), ("row", row)):
            parts.append([len(text), len(text) + len(line), kind if table else "paragraph", kind == "row"])
            text += line + "\n"
        return [text[each.start : each.end] for each in suggest(text, parts) if each.kind == "statement"]

    caption = "Table 1: Boats of the islands by year"
    assert caption not in found(caption)
    assert "Table 1 shows the boats of the islands." in found("Table 1 shows the boats of the islands.")
    assert any(caption in words for words in found(caption, table=False))
