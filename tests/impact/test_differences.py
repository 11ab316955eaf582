"""Differences between two editions of a claim, as readers are told of them."""

import pytest

from impact.differences import differences
from impact.models import Claim
from organisation.differences import Difference, marked
from organisation.models import Passage
from tests.support.factory import a_claim, a_figure, a_source, an_organisation, cite, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim():
    claim = a_claim("We taught over 4,500 pilots in 55 harbours, each for about 2.5 days")
    a_figure(claim, 4500, qualifier="over")
    a_figure(claim, 55, label="harbours", unit="harbours")
    return published(claim)


def differences_of(claim):
    """Returns {name: (old, new)} between the first edition and one made of the working copy now."""
    first = claim.current_edition
    return {each.name: (each.old, each.new) for each in differences(first, published(claim).current_edition)}


def test_texts_that_say_the_same_do_not_differ(claim):
    assert differences_of(claim) == {}


def test_each_field_that_differs_is_told_in_the_words_a_reader_sees(claim):
    claim.type, claim.as_of, claim.together_with = "outcome", "2027-03", "NATO"
    assert differences_of(claim) == {
        "type": ("output", "outcome"),
        "as of": ("not stated", "March 2027"),
        "together with": ("", "NATO"),
    }


def test_a_figure_is_matched_by_its_label(claim):
    claim.figures.filter(label="pilots").update(value=5000, as_of="2027")
    claim.figures.filter(label="harbours").delete()
    a_figure(claim, "2.5", label="days", qualifier="about", unit="days")
    assert differences_of(claim) == {
        "figure “pilots”": ("over 4,500 pilots", "over 5,000 pilots, as of 2027"),
        "figure “harbours”": ("55 harbours", ""),
        "figure “days”": ("", "about 2.5 days"),
    }


def test_the_same_figures_in_another_order_are_told(claim):
    claim.figures.filter(label="pilots").update(order=5)
    assert list(differences_of(claim)) == ["order of the figures"]


def test_a_source_is_matched_by_its_words_and_brings_its_grade(claim):
    cite(claim, a_source("Port gazette"), "contradicts", "partner", note="Counts fewer.")
    assert differences_of(claim) == {
        "grade": ("only the organisation says so", "disputed"),
        "source “Port gazette”": ("", "contradicted by a partner\nCounts fewer."),
    }


def test_the_same_sources_in_another_order_are_told(claim):
    cite(claim, a_source("Port gazette"))
    published(claim)
    for order, citation in enumerate(reversed(claim.citations.all())):
        citation.order = order
        citation.save()
    assert list(differences_of(claim)) == ["order of the sources"]


def test_words_that_differ_are_marked_and_nothing_is_lost():
    change = Difference(
        "statement",
        "delivered to over 4,500 people, so far",
        "delivered to over 5,000 people from 60 countries, so far",
    )
    assert ("gone", "4,500") in change.marked_old and ("new", "5,000") in change.marked_new
    assert "".join(text for _kind, text in change.marked_old) == change.old
    assert "".join(text for _kind, text in change.marked_new) == change.new
    assert [text for kind, text in change.marked_new if kind == "new"] == ["5,000", "from 60 countries"]


@pytest.mark.parametrize(
    "text", ["", " ", "\n", "a\n\nb ", "عالم لا يُجنَّد", "x" * 5000, "a " * 5000, "<b>&amp;</b>"]
)
def test_any_text_comes_back_whole(text):
    for old, new in ((text, "another text"), ("another text", text), (text, text)):
        pieces = marked(old, new)
        assert ["".join(text for _kind, text in each) for each in pieces] == [old, new]


@pytest.fixture
def pilots():
    """A claim of Harbour Aid with two figures and two quotations."""
    claim = a_claim("We taught 40 pilots two times", as_of="2004", role="led", source=a_source("Yearbook"))
    claim.together_with, claim.limitations = "Lantern Fund", "Counted by itself."
    claim.save()
    for order, label in enumerate(("pilots", "boats")):
        a_figure(claim, 40, label=label, order=order)
    text = a_source("Logbook", text="We row.\nWe taught 40 pilots.")
    for note in ("First note", "Second note"):
        cite(claim, text, passage=Passage.objects.quote(text, "We taught 40 pilots."), note=note)
    return published(claim)


def changed(claim):
    return {each.name: (each.old, each.new) for each in differences(claim.current_edition, reread(claim))}


def reread(claim):
    return Claim.objects.get(pk=claim.pk)


def test_what_has_no_edition_before_is_new_in_all_that_it_says(pilots):
    quoted = "line 2\n“We taught 40 pilots.”\nits own words"
    told = {each.name: (each.old, each.new) for each in differences(None, reread(pilots))}
    assert told == {
        "organisation": ("", "Harbour Aid"),
        "statement": ("", "We taught 40 pilots two times"),
        "subject": ("", "Pilots"),
        "theme": ("", "training"),
        "type": ("", "output"),
        "part claimed": ("", "led"),
        "together with": ("", "Lantern Fund"),
        "as of": ("", "2004"),
        "limitations": ("", "Counted by itself."),
        "grade": ("", "only the organisation says so"),
        "figure “pilots”": ("", "40 pilots"),
        "figure “boats”": ("", "40 pilots"),
        "source “Yearbook”": ("", "line 1\n“We taught 40 pilots two times”\nits own words"),
        "source “Logbook”": ("", f"{quoted}\nSecond note"),
        "words in the address": ("", "we-taught-40-pilots-two-times"),
    }
    of_logbook = [each.new for each in differences(None, reread(pilots)) if "Logbook" in each.name]
    assert of_logbook == [f"{quoted}\nFirst note", f"{quoted}\nSecond note"]


def test_one_of_two_citations_of_the_same_words_is_changed_or_gone(pilots):
    quoted = "line 2\n“We taught 40 pilots.”\nits own words"
    second = pilots.citations.last()
    second.note = "Another note"
    second.save()
    assert changed(pilots) == {"source “Logbook”": (f"{quoted}\nSecond note", f"{quoted}\nAnother note")}
    second.delete()
    assert changed(pilots) == {"source “Logbook”": (f"{quoted}\nSecond note", "")}


def test_figures_that_change_places_are_told_by_their_labels_and_those_that_come_or_go_by_themselves(pilots):
    pilots.figures.filter(label="pilots").update(order=5)
    assert changed(pilots) == {"order of the figures": ("pilots\nboats", "boats\npilots")}
    a_figure(pilots, 2, label="sails", order=0)
    assert changed(pilots) == {"figure “sails”": ("", "2 pilots")}
    pilots.figures.exclude(label="boats").delete()
    assert changed(pilots) == {"figure “pilots”": ("40 pilots", "")}


def test_another_address_and_another_speaker_are_told(pilots):
    pilots.slug, pilots.organisation = "pilots", an_organisation("Lantern Fund")
    pilots.save()
    told = [(each.name, each.old, each.new) for each in differences(pilots.current_edition, reread(pilots))]
    assert told == [
        ("organisation", "Harbour Aid", "Lantern Fund"),
        ("words in the address", "we-taught-40-pilots-two-times", "pilots"),
    ]


def test_two_passages_of_one_document_that_change_places_are_told(pilots):
    log = a_source("Log", text="We sail.\nWe land.\nWe eat. We sleep.\n")
    cited = [
        cite(pilots, log, "context", passage=Passage.objects.quote(log, words))
        for words in ("We sail.", "We land.", "We eat.", "We sleep.")
    ]
    published(pilots)
    swap(*cited[:2])
    [(before, now)] = changed(pilots).values()
    assert before.endswith("Log, line 1\nLog, line 2\nLog, line 3\nLog, line 3")
    assert now.endswith("Log, line 2\nLog, line 1\nLog, line 3\nLog, line 3")
    swap(*cited[:2])
    assert changed(pilots) == {}
    swap(*cited[2:])
    [(before, now)] = changed(pilots).values()
    assert before != now and sorted(before.split("\n")) == sorted(now.split("\n"))


def test_two_documents_of_one_title_that_change_places_are_told(pilots):
    cited = [cite(pilots, a_source("Log", slug=slug), "context") for slug in ("log", "log-two")]
    published(pilots)
    swap(*cited)
    one, other = (f"Log (number {each.source_id})" for each in cited)
    [(before, now)] = changed(pilots).values()
    assert before.endswith(f"{one}\n{other}") and now.endswith(f"{other}\n{one}")


def swap(one, other):
    one.order, other.order = other.order, one.order
    one.save()
    other.save()
