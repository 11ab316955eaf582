"""Sentences are taken for what the report says they are: no plan or quotation is an achievement."""

import pytest

from portal.staff.document_import.rules.ranking import MOST, worth_deciding
from portal.staff.document_import.rules.suggestions import suggest

PROSE = "We are here for the children of the islands and for all of the people who look after them. " * 4


def parts_of(*lines):
    """Returns a text of lines of (kind, words, level), and its parts."""
    text, parts = "", []
    for kind, words, *number in lines:
        parts.append([len(text), len(text) + len(words), kind, *(number or [0])])
        text += words + "\n"
    return text, parts


def found(*lines, **options):
    """Returns (kind, words) of what is suggested for lines after a paragraph of English prose."""
    text, parts = parts_of(("paragraph", PROSE), *lines)
    return [
        (each.kind, text[each.start : each.end])
        for each in suggest(text, parts, **options)
        if each.start > len(PROSE) and each.rule != "prose"
    ]


REACHED = "In 2025 we reached 4,500 children."


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        ("What we did in 2025", "claim"),
        ("Our results", "claim"),
        ("Results beyond our plans and against all of our expectations for the year", "claim"),
        *[
            (heading, "")
            for heading in ("Targets for 2026", "Looking ahead", "Expected results", "Next steps")
        ],
        *[(heading, "") for heading in ("Contact", "Financial statement", "Contents", "Notes")],
        ("Our partners", ""),
        ("Bringing partners to the poorest of the schools", "claim"),
        ("External evaluation", "evidence"),
    ],
)
def test_a_heading_tells_what_the_sentences_under_it_are(heading, kind):
    expected = [(kind, REACHED)] if kind else []
    assert found(("heading", heading, 1), ("paragraph", REACHED)) == expected
    below = [("heading", heading, 1), ("heading", "In the villages", 2), ("paragraph", REACHED)]
    assert found(*below) == expected
    # A heading of the same level ends it.
    assert found(("heading", heading, 1), ("heading", "In the villages", 1), ("paragraph", REACHED)) == [
        ("claim", REACHED)
    ]


@pytest.mark.parametrize(
    ("heading", "is_of_challenges"),
    [
        *[(heading, True) for heading in ("Challenges", "4.2 Lessons learned", "Risks", "What did not work")],
        *[
            (heading, True)
            for heading in ("Limitations", "The main obstacles", "What we learned", "Setbacks")
        ],
        *[
            (heading, True)
            for heading in ("Where we fell short", "Risks and how we meet them", "The challenge")
        ],
        *[(heading, True) for heading in ("What we would do differently", "Difficulties met in the year")],
        *[(heading, False) for heading in ("Successes and challenges", "Meeting the challenges")],
        *[(heading, False) for heading in ("Reducing risks", "Children at risk", "What we did")],
        *[(heading, False) for heading in ("Growth and setbacks", "Accelerated learning", "Lessening")],
        *[(heading, True) for heading in ("Lessons learned and recommendations", "Limits, risks and delays")],
    ],
)
def test_what_stands_under_challenges_is_no_achievement(heading, is_of_challenges):
    lost = "In 2025, 300 families left the programme."
    for sentence in (REACHED, lost):
        expected = [] if is_of_challenges else [("claim", sentence)]
        assert found(("heading", heading, 1), ("paragraph", sentence)) == expected
        assert found(("heading", heading, 1), ("item", sentence)) == expected or not is_of_challenges
        below = [("heading", heading, 1), ("heading", "Results", 2), ("paragraph", sentence)]
        assert found(*below) == [("claim", sentence)]


def test_lines_with_names_under_risks_are_no_values():
    lines = [("paragraph", "Security: The roads are closed."), ("paragraph", "Funds: The grant has ended.")]
    assert [kind for kind, _words in found(*lines)] == ["statement", "statement"]
    assert found(("heading", "Risks", 1), *lines) == []


@pytest.mark.parametrize(
    ("stem", "is_done"),
    [
        ("In the year we met these challenges:", False),
        ("What did not work:", False),
        ("The main risks:", False),
        ("Lessons learned:", False),
        ("In the year we reached:", True),
    ],
)
def test_a_list_of_challenges_holds_no_achievements(stem, is_done):
    items = [("item", "300 families in the hills"), ("item", "40 schools without roofs")]
    claims = [kind for kind, _words in found(("paragraph", stem), *items) if kind == "claim"]
    assert claims == (["claim", "claim"] if is_done else [])


@pytest.mark.parametrize(
    ("heading", "is_of_challenges"),
    [
        *[(heading, True) for heading in ("Défis", "Difficultés rencontrées", "Leçons apprises", "Risques")],
        *[(heading, True) for heading in ("Ce qui n’a pas marché", "Limites", "Enseignements tirés")],
        *[(heading, False) for heading in ("Relever les défis", "L’enseignement", "Réussites et défis")],
    ],
)
def test_what_stands_under_french_challenges_is_no_achievement(heading, is_of_challenges):
    french = "Nous sommes là pour les enfants des îles et pour toutes les personnes qui les entourent. " * 4
    sentence = "En 2025, nous avons accueilli 300 enfants."
    text, parts = parts_of(("paragraph", french), ("heading", heading, 1), ("paragraph", sentence))
    claims = [each for each in suggest(text, parts) if each.kind == "claim"]
    assert len(claims) == (0 if is_of_challenges else 1)


@pytest.mark.parametrize(
    "sentence",
    [
        "We will reach 4,500 children.",
        "The plan foresaw 40 groups by the end of the year.",
        "We aim to train 300 teachers.",
        "Our target was 4,500 children.",
        "“We lost 40 boats,” said a teacher in the district.",
        "“She sleeps at home now. They gave 40 boats back.”",
        "Call us: telephone +41 22 700 40 40.",
        "Write to 40 officers at info@example.org.",
        "Last year’s report gave 371 children.",
        "Did we reach 40 children?",
        "In 2025 we brought 640 families together, and",
    ],
)
def test_plans_what_persons_say_and_contact_lines_are_no_achievements(sentence):
    assert [each for each in found(("paragraph", sentence)) if each[0] == "claim"] == []


@pytest.mark.parametrize("kind", ["contents", "caption", "quotation"])
def test_what_a_file_marks_as_something_else_is_no_achievement(kind):
    assert found((kind, REACHED)) == []


def test_a_note_may_say_what_was_reached_and_nothing_else_of_it_is_suggested():
    contact, see = ("heading", "Contact", 1), ("note", "See the yearbook of the islands.")
    assert found(contact, ("note", REACHED), see) == [("claim", REACHED)]  # notes are under no heading


@pytest.mark.parametrize(
    "reference",
    [
        "[1] School register of the Board of Schools, 2029, vol. 3.",
        "[2] Enrolment lists of 14 districts.",
        "[3] Ibid., pp. 40–61.",
    ],
)
def test_the_reference_of_a_note_is_no_claim_and_no_milestone(reference):
    assert found(("paragraph", PROSE), ("note", reference)) == []


def test_lines_of_a_contents_list_are_none_even_where_no_file_says_so():
    lines = [("paragraph", f"{number} We reached {number}00 children\t{number}") for number in (3, 4, 5)]
    assert found(*lines) == []
    assert len(found(*lines[:2])) == 2


@pytest.mark.parametrize(
    ("sentence", "date"),
    [
        (REACHED, "2025"),
        ("We reached 4,500 children in March 2025.", "2025-03"),
        ("By the end of 2025, 26 groups were meeting.", "2025"),
        ("In 2025 we reached 4,500 children, in 2024 only 4,100.", ""),
        ("We have reached 4,500 children since 2025.", ""),
        ("We reached 4,500 children.", ""),
    ],
)
def test_a_claim_has_the_date_that_its_sentence_gives(sentence, date):
    text, parts = parts_of(("paragraph", PROSE), ("item", sentence))
    [claim] = [each for each in suggest(text, parts) if each.kind == "claim"]
    assert claim.values.get("date", "") == date


def test_a_sentence_over_several_lines_is_one_and_reads_without_the_line_breaks():
    words = "In 2025 we reached 4,500 children on the\nseven islands of the north."
    text, parts = parts_of(("paragraph", PROSE), ("paragraph", words))
    [claim] = [each for each in suggest(text, parts) if each.kind == "claim"]
    assert text[claim.start : claim.end] == words
    assert claim.values["text"] == words.replace("\n", " ")


def test_an_entry_of_a_list_of_publications_is_a_publication_with_its_title_and_year():
    heading = ("heading", "Publications", 1)
    for entry, title, year in (
        ("The Empty Desk: schools and recruitment. 2024.", "The Empty Desk: schools and recruitment", "2024"),
        ("“Ways Home” (March 2025), 48 pages", "Ways Home", "2025-03"),
        ("2023 – A Year on the Islands", "A Year on the Islands", "2023"),
        (
            "Okoro, B. (2023). Going home: Children of the courts. Delta Studies, 14(2), 33–58.",
            "Going home: Children of the courts",
            "2023",
        ),
        (
            "Lind, Karin, and Amadou Sarr. The Boat School. Port Sabel: Tarn, 2022.",
            "The Boat School",
            "2022",
        ),
        ("[3] M. Diallo, “Counting 1998”, J. Child Prot., vol. 7, 2021.", "Counting 1998", "2021"),
        ("Okoro B, Lind K. Going home in 1999. Delta Stud. 2023;14(2):33.", "Going home in 1999", "2023"),
        ("Tarn Trust: Annual Report 2023. Port Sabel 2024.", "Tarn Trust: Annual Report 2023", "2024"),
    ):
        text, parts = parts_of(("paragraph", PROSE), heading, ("item", entry))
        [publication] = [each for each in suggest(text, parts) if each.kind == "publication"]
        assert (publication.values["title"], publication.values["date"]) == (title, year)
    assert found(heading, ("item", "An undated paper")) == []


def test_what_others_say_of_us_is_evidence():
    sentence = "The evaluators counted 4,300 children."
    assert found(("paragraph", sentence), is_by_others=True) == [("evidence", sentence)]
    attributed = "According to the Ministry, 4,300 children came back."
    assert found(("paragraph", attributed)) == [("evidence", attributed)]
    text, parts = parts_of(("paragraph", PROSE), ("paragraph", attributed))
    [evidence] = [each for each in suggest(text, parts) if each.kind == "evidence"]
    assert evidence.reason == "It passes on what somebody else says: “According to”."


def test_french_is_read_and_another_language_is_not():
    french = "Nous sommes là pour les enfants des îles et pour toutes les personnes qui les entourent. " * 4
    text, parts = parts_of(("paragraph", french), ("paragraph", "En 2025, nous avons formé 4 500 enfants."))
    assert [each.values["date"] for each in suggest(text, parts) if each.kind == "claim"] == ["2025"]
    german = "Wir sind für die Kinder der Inseln da und für alle Menschen, die sich um sie kümmern. " * 6
    assert suggest(f"{german}\nIm Jahr 2025 haben wir 4500 Kinder erreicht.") == []


def test_the_best_are_decided_first_and_rows_of_tables_do_not_count():
    lines = [("paragraph", f"In 2025 we reached {number} children.") for number in range(100, 100 + MOST + 5)]
    lines.append(("paragraph", "The islands are far from here and from all of us."))
    text, parts = parts_of(("paragraph", PROSE), *lines)
    suggestions = suggest(text, parts)
    best = worth_deciding(suggestions)
    assert len(best) == MOST
    assert {each.rule for each in suggestions if each.key in best} == {"number"}


def test_what_is_said_again_is_not_decided_first():
    lines = [("paragraph", "In 2025 we reached 100 children."), ("paragraph", PROSE)] * 3
    text, parts = parts_of(("paragraph", PROSE), *lines)
    claims = [each for each in suggest(text, parts) if each.kind == "claim"]
    assert len(claims) == 3
    assert worth_deciding(claims) == {claims[0].key}


def test_an_entry_of_a_list_of_donors_is_a_name_without_what_was_given():
    entries = ["The Heron Foundation gave £120,000", "Sabel Harbour Trust, £35,000", "Club Phare 35 000 €"]
    items = [("item", entry) for entry in entries]
    text, parts = parts_of(("paragraph", PROSE), ("heading", "Our donors", 1), *items)
    names = [text[each.start : each.end] for each in suggest(text, parts) if each.kind == "organisation"]
    assert names == ["The Heron Foundation", "Sabel Harbour Trust", "Club Phare"]


def test_a_list_of_names_without_end_is_read_in_no_time():
    entry = "Lind BB, " * 30 + "2031"
    lines = (("paragraph", PROSE), ("heading", "Publications", 1), ("item", entry))
    text, parts = parts_of(*lines)
    assert [each.kind for each in suggest(text, parts) if each.start > len(PROSE)] == ["publication"]
