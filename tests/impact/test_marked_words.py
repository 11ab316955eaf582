"""The words of a claim that are shown, and those that are not established: entered, checked, frozen, told."""

import csv
from io import StringIO

import pytest
from django.core.exceptions import ValidationError

from impact.differences import differences
from impact.marked_words import segments
from impact.models import Claim, Edition
from organisation.models import Citation
from tests.support.api import read_rows
from tests.support.blocks import text_of
from tests.support.factory import a_claim, a_passage, a_source, an_organisation, cite, published
from tests.support.forms import errors_in, filled_in, review
from tests.support.people import alice, bob
from tests.support.review import claim_form
from tests.support.spreadsheets import confirm, csv_bytes, dry_run

pytestmark = pytest.mark.django_db

SAID = "We planned and led the first school of pilots in the world, led by pilots"


def pieces(wording, shown="", not_established=""):
    """Returns a wording with “[…]” around what is shown and “{…}” around what is not established."""
    signs = {"shown": "[{}]", "not_established": "{{{}}}", "": "{}"}
    return "".join(signs[kind].format(text) for text, kind in segments(wording, shown, not_established))


def test_a_wording_is_cut_at_its_phrases_and_joined_it_is_the_wording():
    cut = segments(SAID, "planned", "first school\nin the world")
    assert "".join(text for text, _kind in cut) == SAID
    assert pieces(SAID, "planned", "first school\nin the world") == (
        "We [planned] and led the {first school} of pilots {in the world}, led by pilots"
    )


def test_without_phrases_nothing_is_marked_and_of_no_words_there_is_no_segment():
    assert segments(SAID) == [(SAID, "")] and segments("") == [] and segments("", "a", "b") == []
    assert pieces(SAID, " \n\n", "\n") == SAID


def test_a_phrase_at_either_end_or_the_whole_wording_leaves_no_empty_segment():
    assert segments("We led it", "We", "it") == [("We", "shown"), (" led ", ""), ("it", "not_established")]
    assert segments("We led it", "We led it") == [("We led it", "shown")]


def test_of_a_phrase_that_stands_there_twice_the_first_place_is_marked():
    assert (
        pieces(SAID, "", "led")
        == "We planned and {led} the first school of pilots in the world, led by pilots"
    )


def test_a_part_of_a_word_or_of_a_number_is_not_marked():
    assert pieces("They were able and unable", "able") == "They were [able] and unable"
    assert pieces("unable", "able") == "unable" and pieces("4,500 pilots", "500 pilots") == "4,500 pilots"


def test_of_phrases_that_overlap_the_longer_one_is_marked_and_of_equal_ones_the_first():
    assert pieces(SAID, "the first school", "first") == pieces(SAID, "the first school")
    assert pieces(SAID, "first", "the first school") == pieces(SAID, "", "the first school")
    assert pieces("one two ten", "one two", "two ten") == "[one two] ten"
    assert pieces("one two three", "one two", "two three") == "one {two three}"
    assert pieces("one two", "one", "two") == "[one] {two}"


def test_a_phrase_that_the_wording_does_not_have_marks_nothing():
    assert pieces(SAID, "ruled", "LED") == SAID


def test_a_line_break_or_a_wide_space_in_the_wording_parts_no_phrase():
    assert pieces("We led\nthe  school", "led the school") == "We [led\nthe  school]"


def test_signs_of_any_script_are_words_and_signs_of_html_stay_as_they_are():
    assert pieces("دربنا ٤٠ طيارا", "٤٠ طيارا") == "دربنا [٤٠ طيارا]"
    assert segments("<b>x</b> & y", "", "& y") == [("<b>x</b> ", ""), ("& y", "not_established")]


@pytest.fixture
def desk(client):
    client.force_login(alice())
    return client


@pytest.fixture
def claim():
    """A draft whose words an independent source supports in part."""
    passage = a_passage(SAID, author=an_organisation())
    claim = a_claim(SAID, source=passage.source)
    claim.citations.update(passage=passage)
    cite(claim, a_source("Port gazette"), "supports in part", "independent", note="Tells of a plan.")
    return claim


def send(desk, claim, **changes):
    form = claim_form(claim)
    return desk.post(form, filled_in(desk.get(form), **changes))


def test_the_form_takes_a_phrase_a_line_and_says_what_each_mark_looks_like(desk, claim):
    page = desk.get(claim_form(claim)).content.decode()
    assert "Readers see them with a marigold underline." in page and "above rose dots." in page
    assert page.count("Entered with the limitation:") == 2
    assert (
        send(desk, claim, shown="planned\r\n", not_established="first school\r\nin the world").status_code
        == 302
    )
    claim.refresh_from_db()
    assert [(text, kind) for text, kind in claim.segments if kind] == [
        ("planned", "shown"),
        ("first school", "not_established"),
        ("in the world", "not_established"),
    ]


@pytest.mark.parametrize(
    ("shown", "not_established", "sentence"),
    [
        (
            "ruled",
            "",
            "“ruled” does not stand in the statement: copy the words from it letter by letter.",
        ),
        (
            "Planned",
            "",
            "“Planned” does not stand in the statement: copy the words from it letter by letter.",
        ),
        (
            "",
            "plan",
            "“plan” does not stand in the statement: copy the words from it letter by letter.",
        ),
        (
            "",
            "led",
            "“led” stands in the statement 2 times: add the words beside it, "
            "so that it is clear which place is meant.",
        ),
        (
            "the first school",
            "first",
            "“first” and “the first school” overlap: each word has one mark at most.",
        ),
        ("planned\nplanned", "", "“planned” and “planned” overlap: each word has one mark at most."),
    ],
)
def test_a_phrase_that_marks_no_place_of_its_own_is_refused_in_one_sentence(
    desk, claim, shown, not_established, sentence
):
    assert errors_in(send(desk, claim, shown=shown, not_established=not_established)) == [sentence]
    claim.refresh_from_db()
    assert (claim.shown, claim.not_established) == ("", "")


def test_phrases_that_touch_do_not_overlap(desk, claim):
    assert send(desk, claim, shown="the first", not_established="school of").status_code == 302


def test_a_statement_that_loses_a_marked_phrase_is_refused_by_the_form_and_by_publication(desk, claim):
    send(desk, claim, not_established="first school")
    changed = SAID.replace("first ", "")
    lost = "“first school” does not stand in the statement: copy the words from it letter by letter."
    assert errors_in(send(desk, claim, statement=changed, in_our_words="on")) == [lost]
    Claim.objects.filter(pk=claim.pk).update(statement=changed, in_our_words=True)
    with pytest.raises(ValidationError) as refused:
        Claim.objects.get(pk=claim.pk).publish(bob(), seen=Claim.AS_STORED)
    assert refused.value.messages == [lost]


UNSUPPORTED = (
    "“planned” is marked as shown, and no independent source on record supports the claim: "
    "cite the one that does, or take the mark away."
)


@pytest.mark.parametrize(
    ("relation", "independence", "is_shown"),
    [
        ("supports in part", "independent", True),
        ("supports", "independent", True),
        ("states", "independent", True),
        ("repeats", "independent", False),
        ("context", "independent", False),
        ("contradicts", "independent", False),
        ("supports", "partner", False),
    ],
)
def test_words_are_shown_where_an_independent_source_supports_the_claim_and_nowhere_else(
    desk, claim, relation, independence, is_shown
):
    claim.citations.exclude(relation="states").delete()
    cite(claim, Citation.objects.first().source, relation, independence)
    Claim.objects.filter(pk=claim.pk).update(shown="planned")
    claim = Claim.objects.get(pk=claim.pk)
    if is_shown:
        assert published(claim).current_edition.shown == "planned"
    else:
        with pytest.raises(ValidationError) as refused:
            claim.publish(bob(), seen=Claim.AS_STORED)
        assert refused.value.messages == [UNSUPPORTED]


def test_words_that_are_not_established_need_no_source():
    claim = a_claim(not_established="40 pilots")
    assert published(claim).current_edition.not_established == "40 pilots"


def test_an_edition_keeps_its_marks_and_the_next_one_tells_what_changed(claim):
    first = published(claim, shown="planned").current_edition
    second = published(claim, shown="", not_established="in the world").current_edition
    first = Edition.objects.get(pk=first.pk)
    assert (first.shown, second.shown, second.not_established) == ("planned", "", "in the world")
    assert [(each.name, each.old, each.new) for each in differences(first, second)] == [
        ("words that are shown", "planned", ""),
        ("words that are not established", "", "in the world"),
    ]
    claim.copy_text_from(first)
    claim.refresh_from_db()
    assert (claim.shown, claim.not_established) == ("planned", "")


def test_to_mark_words_is_a_change_that_somebody_else_reads_and_publishes(desk, client, claim):
    published(claim)
    assert not claim.differs_from_published()
    send(desk, claim, shown="planned", _submit="1")
    claim.refresh_from_db()
    assert claim.stage == "submitted" and claim.current_edition.shown == ""
    client.force_login(bob())
    page = text_of(client.get(review(claim)).content.decode())
    assert "Words that are shown" in page and page.count("planned") > 1, page


def test_a_claim_without_marks_has_the_fingerprint_that_it_had_before_there_were_any(claim):
    assert len(claim.content()[0]) == 10
    claim.shown = "planned"
    assert len(claim.content()[0]) == 11


def test_the_open_tables_give_the_phrases_as_a_list(client, claim):
    published(claim, shown="planned", not_established="first school\nin the world")
    for table in ("claims", "editions"):
        [row] = read_rows(client, f"/api/v1/{table}?claim={claim.reference}")
        assert (row["shown"], row["not_established"]) == (["planned"], ["first school", "in the world"])
    lines = StringIO(
        client.get(f"/data/claims.csv?claim={claim.reference}").getvalue().decode("utf-8-sig"), newline=""
    )
    [row] = csv.DictReader(lines)
    assert (row["shown"], row["not_established"]) == ("planned", "first school; in the world")


def test_a_table_brings_the_phrases_in_and_out_and_refuses_what_the_form_refuses(client, claim):
    client.force_login(alice())
    headings = ["reference", "shown", "not_established"]

    def bring_in(*cells):
        response = dry_run(client, "claims", csv_bytes(headings, [claim.reference, *cells]))
        if not response.context["errors"]:
            confirm(client, response, "claims")
        return [error[-1] for error in response.context["errors"]]

    assert bring_in("planned", "first school\nin the world") == []
    claim.refresh_from_db()
    assert (claim.shown, claim.not_established) == ("planned", "first school\nin the world")
    assert bring_in("ruled", "") == [
        "“ruled” does not stand in the statement: copy the words from it letter by letter."
    ]
    lines = StringIO(client.get("/admin/tables/claims.csv").content.decode("utf-8-sig"), newline="")
    [row] = [row for row in csv.DictReader(lines) if row["reference"] == claim.reference]
    assert (row["shown"], row["not_established"]) == ("planned", "first school\nin the world")
