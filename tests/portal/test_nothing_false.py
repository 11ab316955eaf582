"""What is wrong on purpose is found by reading what visitors read, though the product takes it for right.

The product itself says “in our words” of what no source says; here that rule is taken away.
"""

import pytest
from django.utils.text import slugify

from impact.models import Claim
from organisation.models import Milestone, Organisation, Passage
from tests.support.crawl import Page
from tests.support.factory import (
    a_claim,
    a_figure,
    a_profiled_organisation,
    a_source,
    a_statement,
    an_ask,
    cite,
)
from tests.support.falsehoods import Falsehoods
from tests.support.pages import a_page
from tests.support.people import bob
from tests.support.sampling import drill_only

pytestmark = pytest.mark.django_db

SAID = "We teach over 4,500 young pilots, in 14 harbours"
OTHER_LINE = "Whoever asks is answered"
# {what was done to the words: the words}; each is wrong by a few letters.
WRONG = {
    "a word added": "We now teach over 4,500 young pilots, in 14 harbours",
    "a word left out": "We teach over 4,500 pilots, in 14 harbours",
    "another word": "We train over 4,500 young pilots, in 14 harbours",
    "another order": "We teach over 4,500 pilots young, in 14 harbours",
    "another number": "We teach over 4,700 young pilots, in 14 harbours",
    "another spelling": "We teach over 4,500 young pilots, in 14 harbors",
    "a small letter": "we teach over 4,500 young pilots, in 14 harbours",
    "a sign left out": "We teach over 4,500 young pilots in 14 harbours",
}
FIGURES = {
    "another value": {"value": 4700, "as_written": "4,500"},
    "a number that the claim does not say": {"value": 9, "as_written": "9"},
    "a number that no passage says": {"value": 15, "as_written": "15"},
    "not said how it is written": {"value": 14, "as_written": ""},
    "computed from words that no passage has": {"value": 7, "computed_from": "seven", "computation": "x"},
}


@pytest.fixture
def source():
    return a_source("Who we are", text=f"{SAID}.\n{OTHER_LINE}.\n", author=a_profiled_organisation())


def quoting(record, source, words=SAID):
    cite(record, source, passage=Passage.objects.quote(source, words))
    return record


def records(source, words, name, line=SAID):
    """Returns a statement, an event and an ask with these words, all quoting the same line."""
    aid, slug = source.author, slugify(name)
    event = Milestone.objects.create(organisation=aid, slug=slug, title="Taught", text=words)
    statement, ask = (make(words, organisation=aid, slug=slug) for make in (a_statement, an_ask))
    return [quoting(record, source, line) for record in (statement, event, ask)]


def publish(claim):
    """Publishes a claim as it is, whatever the checks would say; returns the address of its page."""
    claim = Claim.objects.get(pk=claim.pk).locked()
    claim.publish_unchecked(bob())
    return claim.get_absolute_url()


def a_page_of(made):
    """Returns the address of a page with all these records."""
    statements, events, aid = made[0::3], made[1::3], made[0].organisation
    blocks = [("StatementPlugin", {"statement": each}) for each in statements]
    blocks += [("MomentsPlugin", {"milestones": events}), ("OrganisationAsksPlugin", {"organisation": aid})]
    return a_page("All of it", *blocks).page.get_absolute_url("en")


def falsehoods(client, *addresses):
    pages = {address: Page(client.get(address).content.decode(), address) for address in addresses}
    ours = [*addresses]
    for claim in Claim.objects.filter(organisation__slug="harbour-aid"):
        ours += [claim.current_edition.get_absolute_url(), f"{claim.reference}:"]
    return [fault for fault in Falsehoods(client, pages).all() if fault.startswith(tuple(ours))]


def test_of_what_is_right_nothing_is_said(client, source):
    claim = quoting(a_claim(SAID, source=source), source)
    a_figure(claim, 4500, label="pilots", as_written="over 4,500", qualifier="over")
    made = records(source, SAID, "right")
    assert falsehoods(client, source.get_absolute_url(), a_page_of(made), publish(claim)) == []


@drill_only()
def test_what_is_wrong_on_purpose_is_all_found(client, source, monkeypatch):
    monkeypatch.setattr("organisation.models.quoting.is_quotation", lambda words, passages: True)
    made, claims = [], {}
    for name, words in WRONG.items():
        made += records(source, words, name)
        claims[name] = quoting(a_claim(words, source=source), source)
    made += records(source, SAID, "another line", line=OTHER_LINE)
    claims["another line"] = quoting(a_claim(SAID, source=source), source, OTHER_LINE)
    for name, values in FIGURES.items():
        claims[name] = quoting(a_claim(SAID, source=source), source)
        a_figure(claims[name], **{"label": name, "unit": "pilots", "computed_from": ""} | values)
    addresses = {name: publish(claim) for name, claim in claims.items()}
    page = a_page_of(made)
    faults = falsehoods(client, source.get_absolute_url(), page, *addresses.values())

    missed = []
    for name, words in WRONG.items():
        told = [fault for fault in faults if fault.startswith(page) and f"“{words}”" in fault]
        # A statement, an event and an ask: each by what no line that is named beside it says.
        missed += [name] if len([fault for fault in told if "no line that is named" in fault]) < 3 else []
    for name, address in addresses.items():
        reference = claims[name].reference
        missed += (
            []
            if any(fault.startswith((address, f"{reference}:")) for fault in faults)
            else [f"claim: {name}"]
        )
    beside_another_line = f"{page}: no line that is named says “{SAID}”"
    assert missed == [] and faults.count(beside_another_line) == 3, "\n".join(faults)


@drill_only()
def test_a_citation_with_another_date_and_words_of_the_closed_without_one_are_found(
    client, source, monkeypatch
):
    claim = quoting(a_claim(SAID, source=source), source)
    address = publish(claim)
    Organisation.objects.filter(pk=source.author_id).update(closed="2019")
    monkeypatch.setattr("portal.exports.tables.claims.as_it_said", lambda organisation, date: "")
    monkeypatch.setattr("impact.models.Edition.stated_in", a_source("Later", published="2020"))
    faults = falsehoods(client, source.get_absolute_url(), address)
    dated = [fault for fault in faults if "a citation is dated 2020, the work n.d." in fault]
    assert len(dated) == 3  # in each kind of file
    assert f"{claim.reference}: an organisation that is over says so undated" in faults


UNSAID = "We taught everybody who ever asked"
WRONG_PROSE = {
    "quoted in a block": f"<blockquote><p>{UNSAID} us.</p></blockquote>",
    "quoted in a phrase": f"<p>They say <q>{UNSAID} there</q>.</p>",
    "quoted between marks": f"<p>“{UNSAID} them”, they say.</p>",
    "counted": "<p>It reached 812 boats.</p>",
    "counted in a table": "<table><tbody><tr><td>815 boats</td></tr></tbody></table>",
}
OF_WHOM = ["<p>Harbour Aid teaches pilots.</p>", '<p><a href="/organisations/harbour-aid/">Its work</a></p>']


@drill_only()
def test_prose_that_says_what_nothing_on_record_says_is_found(client, source, monkeypatch):
    address = publish(quoting(a_claim(SAID, source=source), source))
    a_page("Right", f"<p>“{SAID}”, in 14 harbours.</p>", *OF_WHOM, slug="right")
    a_page("Wrong", *WRONG_PROSE.values(), slug="wrong")
    Organisation.objects.filter(pk=source.author_id).update(closed="2019")

    def faults(*pages):
        return [
            each for each in falsehoods(client, source.get_absolute_url(), address, *pages) if "prose" in each
        ]

    assert faults("/right/") == []
    assert len(faults("/wrong/")) == len(WRONG_PROSE)
    monkeypatch.setattr("portal.cms_plugins.organisations_in", lambda html: [])
    assert len(faults("/right/")) == len(OF_WHOM)
