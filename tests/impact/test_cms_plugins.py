"""The blocks that show claims: which of them, in which order, and on which page they are said to stand."""

import pytest

from impact.models import Claim, Edition, Highlight
from impact.usage import pages_changed_by, pages_showing
from tests.support.blocks import PATH, in_order, page_of, read_block, text_of
from tests.support.factory import a_claim, a_figure, a_source, an_organisation, cite, published
from tests.support.people import bob

pytestmark = pytest.mark.django_db


def a_published(words, **values):
    return published(a_claim(f"We taught {words}", **values))


def shown(html, *claims):
    """Returns those of the claims that stand in the block, in their order."""
    by_reference = {f">{claim.reference}<": claim for claim in claims}
    return [by_reference[reference] for reference in in_order(html, *by_reference)]


@pytest.fixture
def harbour_aid():
    return an_organisation(profiled=True)


def test_an_empty_choice_shows_every_type_but_context_and_no_other_organisation(client, harbour_aid):
    types = ["activity", "output", "outcome", "advocacy", "membership", "endorsement", "context"]
    claims = [a_published(type_, type=type_) for type_ in types]
    foreign = a_published("elsewhere", organisation=an_organisation("Lantern Fund"))
    a_claim("We taught in a draft")
    html = read_block(client, "ClaimsPlugin", organisation=harbour_aid)
    assert shown(html, *claims, foreign) == claims[:-1] and "in a draft" not in html
    for claim in (*claims, foreign):
        is_shown = claim in claims[:-1]
        assert (PATH in [page.address for page in pages_showing(claim.current_edition)]) is is_shown


@pytest.mark.parametrize("chosen", ["output", "context"])
def test_a_type_that_is_chosen_shows_that_type_alone(client, harbour_aid, chosen):
    claims = {type_: a_published(type_, type=type_) for type_ in ("output", "outcome", "context")}
    html = read_block(client, "ClaimsPlugin", organisation=harbour_aid, type=chosen)
    assert shown(html, *claims.values()) == [claims[chosen]]
    used_on = [
        type_
        for type_, claim in claims.items()
        if PATH in [page.address for page in pages_showing(claim.current_edition)]
    ]
    assert used_on == [chosen]


def test_claims_that_are_chosen_are_shown_whatever_else_is_chosen_by_their_numbers(client, harbour_aid):
    claims = [a_published(number, type="context") for number in range(3)]
    other = a_published("it", type="output")
    html = read_block(
        client, "ClaimsPlugin", organisation=harbour_aid, type="output", claims=[claims[2], claims[0]]
    )
    assert shown(html, *claims, other) == [claims[0], claims[2]]


@pytest.mark.parametrize(
    ("relation", "is_shown"),
    [
        ("states", True),
        ("supports", False),
        ("supports in part", False),
        ("repeats", False),
        ("context", False),
    ],
)
def test_a_block_of_a_source_shows_what_it_states(client, relation, is_shown):
    source, claim = a_source("Logbook"), a_claim("We taught 40 pilots")
    cite(claim, source, relation=relation)
    published(claim)
    html = read_block(client, "ClaimsPlugin", source=source)
    assert shown(html, claim) == ([claim] if is_shown else [])
    assert (PATH in [page.address for page in pages_showing(claim.current_edition)]) is is_shown


@pytest.mark.parametrize("plugin", ["HighlightsPlugin", "FiguresPlugin", "HighlightsListPlugin"])
def test_highlights_stand_in_the_order_of_their_place(client, plugin):
    claims = [published(a_claim(f"We taught {number} pilots", figure=number)) for number in range(41, 45)]
    Highlight.objects.all().delete()
    for claim, where, order in (
        (claims[0], "impact", 3),
        (claims[1], "impact", 1),
        (claims[2], "impact", 2),
        (claims[3], "home claims", 0),
        (claims[0], "home claims", 9),
        (claims[1], "home figures", 9),
    ):
        Highlight.objects.create(claim=claim, where=where, order=order)
    draft = a_claim("We taught in a draft", figure=7)
    Highlight.objects.create(claim=draft, where="impact", order=0)
    html = read_block(client, plugin, where="impact")
    expected = [claims[1], claims[2], claims[0]]
    assert shown(html, *claims, draft) == expected
    assert list(Edition.objects.highlighted("impact")) == [claim.current_edition for claim in expected]
    for claim in claims:
        assert (PATH in [page.address for page in pages_showing(claim.current_edition)]) is (
            claim in expected
        )


def test_a_card_gives_each_figure_with_its_day_and_says_nothing_where_it_has_none(client):
    claim = a_claim("We taught over 4,500 pilots with two boats", as_of="2004-05")
    a_figure(claim, 4500, qualifier="over", label="pilots", as_of="2003")
    a_figure(claim, 2, label="boats", unit="boats", order=1)
    published(claim)
    text = text_of(read_block(client, "ClaimsPlugin", claims=[claim]))
    assert "pilots over 4,500 pilots As of: 2003 boats 2 boats Harbour Aid As of: May 2004" in text


def test_a_page_of_an_unpublished_version_or_another_plugin_is_not_said_to_show_a_claim(client):
    claim = a_published("40 pilots")
    version = page_of(("ClaimsPlugin", {"claims": [claim]}), ("SourcesPlugin", {}))
    assert [page.title for page in pages_showing(claim.current_edition) if page.address == PATH] == ["A page"]
    version.unpublish(bob())
    assert PATH not in [page.address for page in pages_showing(claim.current_edition)]


def changed_by(claim):
    return [page.address for page in pages_changed_by(Claim.objects.get(pk=claim.pk))]


def test_publishing_changes_the_pages_of_other_public_claims_on_either_subject(client):
    claim = a_published("40 pilots")
    before, same = (a_published(f"{number} pilots") for number in (41, 42))
    boats, unnamed = a_published("boats", subject="Boats"), a_claim("We taught nothing", subject="Pilots")
    assert changed_by(claim)[0] == claim.get_absolute_url()
    assert {before.get_absolute_url(), same.get_absolute_url()} <= set(changed_by(claim))
    assert boats.get_absolute_url() not in changed_by(claim)
    claim.subject, claim.slug = "Boats", "other-words"
    claim.save()
    changed = changed_by(claim)
    assert changed[0] == f"/evidence/e{claim.number}-other-words/"
    for other in (before, same, boats):
        assert changed.count(other.get_absolute_url()) == 1
    assert unnamed.get_absolute_url() not in changed
    assert claim.get_absolute_url() not in changed


def test_a_source_that_is_newly_cited_or_no_more_changes_with_the_claim():
    old, new, other = a_source("Old"), a_source("New"), a_source("Other")
    claim = published(a_claim(source=old))
    claim.citations.all().delete()
    cite(claim, new)
    changed = changed_by(claim)
    assert [source.get_absolute_url() in changed for source in (old, new, other)] == [True, True, False]
    draft = a_claim("We taught others", source=other)
    assert other.get_absolute_url() in changed_by(draft) and old.get_absolute_url() not in changed_by(draft)
