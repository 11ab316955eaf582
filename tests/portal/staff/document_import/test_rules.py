"""The rules by which a document is read: for each what it takes, and what it leaves."""

import pytest

from portal.staff.document_import.rules.blocks import split_blocks
from portal.staff.document_import.rules.dates import find_dates
from portal.staff.document_import.rules.organisation_names import find_organisation_names
from portal.staff.document_import.rules.sentences import split_sentences
from portal.staff.document_import.rules.suggestions import suggest


def words_of(text, spans):
    return [text[slice(*span)] for span in spans]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("1998-05-12 and 1998-05 and 1998", ["1998-05-12", "1998-05", "1998"]),
        ("on 3rd March 2002, 1 May 1999", ["2002-03-03", "1999-05-01"]),
        ("March 3rd, 2002 and December 31, 1999", ["2002-03-03", "1999-12-31"]),
        ("March 2002; June, 2003", ["2002-03", "2003-06"]),
        ("1800 and 1799, 2099 and 2100", ["1800", "2099"]),
        ("29 February 2000, 29 February 2001", ["2000-02-29"]),
        ("2002-13 and 2002-12-32", []),
        ("Resolution 2143, Resolutions 1612, No 1999, No. 1998", []),
        ("2002,5 and 1999.5 and 2000-x, 2001-2", ["2000"]),
        ("12002 and x1999", []),
    ],
)
def test_dates(text, dates):
    assert [date for _start, _end, date in find_dates(text, 0, len(text))] == dates


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("We met the Harbour Council.", ["Harbour Council"]),
        ("The Harbour Council’s staff and the Coast Union-led work", ["Harbour Council", "Coast Union"]),
        ("We wrote to the Ministry of the Sea and Boats.", []),
        ("The Harbour Ministry of the Sea met.", ["Harbour Ministry of the Sea"]),
        ("The Harbour Trust of the Sea met.", ["Harbour Trust"]),
        ("Defence for Harbour International spoke.", ["Defence for Harbour International"]),
        ("The Sea Federation Terre des Hommes spoke.", ["Sea Federation Terre des Hommes"]),
        ("The Sea Council Terre spoke.", ["Sea Council"]),
        ("NATO and the UN, not NASA", ["NATO", "UN"]),
        ("Harbour Street and Council", []),
        ("At the Harbour Council we met; Our Coast Alliance", ["Harbour Council", "Coast Alliance"]),
    ],
)
def test_names_of_organisations(text, names):
    assert words_of(text, find_organisation_names(text, 0, len(text))) == names


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three? Four", ["One.", "Two!", "Three?", "Four"]),
        ("He said “One.” Then two.", ["He said “One.”", "Then two."]),
        (
            "Dr. Vera came. No. 5 stayed, e.g. Alice. B. Builder left.",
            ["Dr. Vera came.", "No. 5 stayed, e.g. Alice.", "B. Builder left."],
        ),
        ("The U.S. Navy came. approx. two stayed", ["The U.S. Navy came. approx. two stayed"]),
        ("It was 3.5 metres. 7 came.", ["It was 3.5 metres.", "7 came."]),
        (
            "It taught 40.² Then 50 came.[2, 3] Éva, too.",
            ["It taught 40.²", "Then 50 came.[2, 3]", "Éva, too."],
        ),
        (
            "It taught 40.[2] Then 50 came.[i][3] Éva, too.",
            ["It taught 40.[2]", "Then 50 came.[i][3]", "Éva, too."],
        ),
        ("It is so, e.g.[1] Here", ["It is so, e.g.[1] Here"]),
        ("  Spaces around.   Both.  ", ["Spaces around.", "Both."]),
    ],
)
def test_sentences(text, sentences):
    assert words_of(text, split_sentences(text, 0, len(text))) == sentences


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("How we work", "heading"),
        ("How we work.", "paragraph"),
        ("How we work:", "paragraph"),
        ("how we work", "paragraph"),
        ("research", "label"),
        ("One two three four five six seven eight nine", "heading"),
        ("One two three four five six seven eight nine ten", "paragraph"),
        ("O" * 80, "heading"),
        ("O" * 81, "paragraph"),
        *[(f"{marker} an item", "item") for marker in ("•", "-", "–", "*", "1.", "(2)", "12)", "a.", "(b)")],
        ("123. no item", "paragraph"),
        ("-no item", "paragraph"),
    ],
)
def test_what_a_line_of_a_plain_text_is(line, kind):
    blocks = split_blocks(f"{line}\nA last line.")
    assert blocks[0].kind == kind
    assert split_blocks(f"A first line.\n{line}")[1].kind == ("paragraph" if kind == "heading" else kind)


def test_a_list_belongs_to_its_heading_and_to_the_paragraph_before_it():
    text = "Our work\nWe work here:\n• one\n• two\nMore of it.\n• three\nOther things\n• four\nThe end."
    blocks = split_blocks(text)
    assert [(block.text, block.section, block.lead_in) for block in blocks if block.kind == "item"] == [
        ("one", "Our work", "We work here:"),
        ("two", "Our work", "We work here:"),
        ("three", "Our work", "More of it."),
        ("four", "Other things", ""),
    ]


def found(text, **options):
    return [(each.kind, each.rule, text[each.start : each.end]) for each in suggest(text, **options)]


def rules(text, **options):
    return [each[1] for each in found(text, **options) if each[0] != "organisation"]


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("The plan was successful.", "success"),
        ("We won.", "success"),
        ("The majority of them came back.", "share"),
        ("One in five of them came back.", "share"),
        ("We saw 40 pupils.", "number"),
        ("We saw four pupils.", "prose"),
        ("We have built a school.", "deed"),
        ("The staff who have built a school speak.", "prose"),
        ("We have been there.", "prose"),
        ("We trained the staff.", "deed"),
        ("They trained the staff.", "prose"),
        ("Our radio programme reached the islands every week.", "deed"),
        ("Our partners reached the islands every week.", "prose"),
        ("We have learned to wait.", "prose"),
        ("Chapter 4 says that the boats came.", "prose"),
        ("This report states that the boats came.", "prose"),
        ("The Ministry says that the boats came.", "attribution"),
        ("According to table 2 the boats came.", "prose"),
        ("* * *", None),
        ("We published a reader in 2011.", "deed"),
        ("We published a reader.", "deed"),
        ("It is the leading charity.", "superlative"),
        ("It was founded in 2011.", "date"),
        ("It will be founded in 2011.", "prose"),
        ("It was formerly known as the Boat.", "former name"),
        ("It has built 40 schools in 2011.", "number"),
        ("It has built schools since 2011.", "date"),
        ("We believe in boats.", "sentence"),
        ("Our goal is a boat.", "sentence"),
        ("Our mission is a boat.", "sentence"),
        ("Boats must be free.", "sentence"),
        ("It has a board of five.", "sentence"),
        ("Join us on the boat!", "sentence"),
        ("Join us on the boat.", "prose"),
        ("Boats are nice.", "prose"),
        ("We have the following values:", None),
    ],
)
def test_the_rule_by_which_a_sentence_is_suggested(sentence, rule):
    assert rules(f"A line of prose that ends here.\n{sentence}")[1:] == ([rule] if rule else [])


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Notre émission de radio a touché les îles chaque semaine.", "claim"),
        ("L’équipe a ouvert neuf abris sur les digues.", "claim"),
        ("Nos partenaires ont ouvert neuf abris sur les digues.", "statement"),
        ("Nous avons appris à attendre.", "statement"),
        ("Nous avons ouvert neuf abris.", "claim"),
    ],
)
def test_a_french_sentence_that_says_what_our_people_did_is_a_claim(sentence, kind):
    opening = "Voici ce que nous avons fait dans l’année avec les familles des îles et du delta.\n\n"
    assert [each[0] for each in found(opening + sentence)][-1] == kind


@pytest.mark.parametrize(
    ("heading", "kind"),
    [
        *[("Our Vision", "vision"), ("Mission", "mission"), ("Aims", "goal"), ("Objectives", "goal")],
        *[("What we believe", "belief"), ("Our position", "position"), ("Governance", "structure")],
        *[("The board", "structure"), ("How we work", "approach"), ("Other things", "about")],
        *[("Visionary", "about"), ("Boards", "about")],
    ],
)
def test_a_heading_says_which_kind_of_statement_stands_under_it(heading, kind):
    text = f"First line of all.\n{heading}\nBoats are nice."
    assert [each.values["kind"] for each in suggest(text)][-1] == kind


@pytest.mark.parametrize(
    ("heading", "rule"),
    [
        *[
            (heading, "result")
            for heading in ("Our Impact", "Achievements", "Results", "Highlights", "Successes")
        ],
        ("What we have done", "result"),
        ("What we like", "prose"),
        ("What we plan", None),
    ],
)
def test_an_item_under_results_is_a_claim(heading, rule):
    found_rules = rules(f"First line of all.\n{heading}\n• Boats for all\nThe end.")
    assert found_rules[1:2] == ([rule] if rule else [])


def test_one_word_or_a_mere_number_under_results_is_no_claim():
    text = "First line of all.\nResults\n• Teachers\n• 77\n• 77 teachers\nThe end."
    assert [words for kind, _rule, words in found(text) if kind == "claim"] == ["77 teachers"]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("[3] We trained 40 teachers.", "We trained 40 teachers."),
        ("[iv] We trained 40 teachers.[2]", "We trained 40 teachers."),
        ("We trained 40 teachers.[2][*]", "We trained 40 teachers."),
        ("[3]We trained 40 teachers.[2, 3]", "We trained 40 teachers."),
        ("³ We trained 40 teachers.²", "We trained 40 teachers."),
        ("We trained 40 teachers on 12 km²", "We trained 40 teachers on 12 km²"),
        ("We trained 40[1] teachers.", "We trained 40[1] teachers."),
        ("We trained 40 teachers [sic]", "We trained 40 teachers [sic]"),
    ],
)
def test_the_mark_of_a_note_is_no_word_of_what_is_suggested(sentence, words):
    [claim] = [each for each in found(f"First line of all.\n\n{sentence}") if each[0] == "claim"]
    assert claim[2] == words


def test_an_item_loses_its_last_sign_where_it_only_ends_the_item():
    for sign, words in (
        (";", "Boats for all"),
        (",", "Boats for all"),
        (".", "Boats for all"),
        ("!", "Boats for all!"),
    ):
        text = f"First line of all.\nResults\n• Boats for all{sign}\nThe end."
        assert ("claim", "result", words) in found(text)


def test_two_definitions_in_a_row_are_values_and_one_alone_is_none():
    one = "Courage: We speak up here."
    assert rules(f"First.\n{one}\nLast.").count("value") == 0
    assert rules(f"First.\n{one}\nCare: We take good care.\nLast.").count("value") == 2
    assert rules(f"First.\n{one}\nBetween them.\nCare: We take good care.").count("value") == 0
    assert rules(f"First.\n{one}\nCare: We care.\nLast.").count("value") == 0


def test_as_many_headings_are_areas_of_work_as_a_sentence_announces():
    text = (
        "First line of all.\nWe work in the following two areas:\nBoats\nWe like boats.\nNets\n"
        "We like nets.\nFish\nWe like fish.\nThe end."
    )
    areas = [each for each in suggest(text) if each.rule == "area"]
    assert [(each.values["title"], each.values["text"]) for each in areas] == [
        ("Boats", "We like boats."),
        ("Nets", "We like nets."),
    ]


@pytest.mark.parametrize(("length", "is_read"), [(3_000, True), (3_001, False)])
def test_a_sentence_without_end_is_not_searched(length, is_read):
    sentence = "We saw 40 pupils "
    sentence += "w" * (length - len(sentence) - 1) + "."
    assert ("number" in rules(f"First line of all.\n{sentence}")) is is_read


def test_a_first_line_of_more_than_four_words_is_a_tagline_unless_it_is_the_title():
    line = "Boats for all our children"
    for text, title, rule in (
        (f"{line}\nWe like boats.", "", "first line"),
        (f"{line}\nWe like boats.", line, None),
        ("Boats for our children\nWe like boats.", "", None),
        (f"{line}\n• We like boats.", "", None),
        ("The mission of all our boats\nWe like boats.", "", None),
        (f"First line of all.\n{line}\nWe like boats.", "", None),
    ):
        assert ("first line" in rules(text, title=title)) is (rule is not None), text
