"""The page of a claim that was corrected, retired or withdrawn, or that another one contradicts."""

import re
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from impact.models import Claim, Conflict
from organisation.models import Citation, Source
from tests.support.claims import publish
from tests.support.crawl import Page
from tests.support.factory import a_claim, a_figure, a_page_with, a_source, an_instrument, cite, published
from tests.support.people import alice, bob

pytestmark = pytest.mark.django_db

MARKER = "zugzwang"
CONFIRMED = {"decision": "confirmed", "why": "Two counts", "decided_at": "2026-01-01T00:00Z"}


def read(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status, path
    return response.content.decode()


def text_of(html):
    """Returns the text a reader meets, on one line."""
    return " ".join(Page(html).text.split()).replace("( ", "(").replace(" )", ")")


def claim(number=10):
    return Claim.objects.get(number=number)


def marked(html, tag):
    """Returns the texts between the tags, without what only a screen reader says."""
    parts = [part.partition(f"</{tag}>")[0] for part in html.split(f"<{tag}>")[1:]]
    return [part.partition("</span>")[2].partition("<span")[0] for part in parts]


def test_the_second_word_says_what_has_become_of_a_claim(client):
    assert "status-" not in read(client, claim().get_absolute_url())
    publish(as_of="2026", change="correction")
    page = read(client, claim().get_absolute_url())
    assert "status-corrected" in page
    publish(as_of="2027", change="retired", reason="It counts otherwise now")
    page = read(client, claim().get_absolute_url())
    assert "status-retired" in page and "It counts otherwise now" in page and "/evidence/e10/v2/" in page
    publish(as_of="2028", change="update")
    assert "status-" not in read(client, claim().get_absolute_url())


def test_a_corrected_claim_says_when_and_why_and_leads_to_what_it_replaced(client):
    edition = publish(statement="Our training reached over 5,000 participants")
    page = text_of(read(client, claim().get_absolute_url()).split("Speaker")[0])
    assert f"Corrected on {edition.published_at:%-d %B %Y}. A newer count Read what stood here before" in page
    assert 'href="/evidence/e10/v1/"' in read(client, claim().get_absolute_url()).split("Speaker")[0]
    assert "corrected" in read(client, "/evidence/")


def test_an_earlier_edition_shows_what_the_next_and_the_current_one_changed(client):
    changed = claim()
    changed.figures.filter(unit="participants").update(value=5000)
    publish(
        statement="Our training programs have been delivered to over 5,000 participants "
        "from over 55 countries"
    )
    publish(together_with="Partners", reason="A partner was left out")
    first, last = read(client, "/evidence/e10/v1/"), read(client, "/evidence/e10/v2/")
    assert marked(first, "del").count("4,500") == 6 and marked(first, "ins").count("5,000") == 6
    assert "What edition 2 changed" in first and "What is different in edition 3, the current one" in first
    assert text_of(first).count("figure “participants in training programmes”".capitalize()) == 4
    assert marked(first, "ins").count("Partners") == 1 and marked(last, "ins") == [
        "Partners",
        "5,000",
        "yes",
        "5,000",
        "5,000",
    ]
    assert "What edition 3 changed" in last and "What is different" not in last
    assert "removed: 4,500 (end)" in text_of(first)


def test_the_edition_that_changed_something_says_what_it_was(client):
    publish(statement="Our training programs have been delivered to over 5,000 participants")
    publish(limitations="", reason="They are known now")
    for path, gone in (
        ("/evidence/e10/v2/", "4,500"),
        (claim().get_absolute_url(), "The text gives no period"),
    ):
        assert gone in " ".join(marked(read(client, path), "del"))
    history = text_of(read(client, "/evidence/e10/v2/").split("Editions</h2>")[1])
    assert (
        "Correction: what stood here was wrong They are known now" in history and "First edition" in history
    )


def test_a_withdrawn_claim_is_gone_at_every_address_it_ever_had_without_a_word_of_it(client):
    statement = claim().statement
    publish(statement=f"We {MARKER}", slug=MARKER)
    publish(statement=f"We {MARKER} again", slug=f"{MARKER}-again")
    claim().withdraw(by=bob(), reason="It was about somebody else", seen=Claim.AS_STORED)
    Claim.objects.filter(number=10).update(slug="a-draft")
    slugs = ["", "-training-programmes", f"-{MARKER}", f"-{MARKER}-again", "-a-draft", "-anything"]
    for path in [f"/evidence/e10{slug}/" for slug in slugs] + [
        f"/evidence/e10/v{number}/" for number in (1, 2, 3)
    ]:
        page = read(client, path, 410)
        assert (
            "E10: withdrawn" in page
            and "It was about somebody else" in page
            and f"{timezone.now():%B %Y}" in page
        )
        assert not [
            each for each in (statement, MARKER, "a-draft", "4,500", "training-programmes") if each in page
        ]
    assert client.get("/evidence/e10/v4/").status_code == 404


def test_a_claim_that_is_withdrawn_is_named_no_more_where_it_was(client):
    """Other places are tested in test_secrecy.py."""
    publish(14, statement=f"Influencing {MARKER}")
    assert MARKER in read(client, claim(8).get_absolute_url())
    claim(14).withdraw(by=bob(), reason="It was about somebody else", seen=Claim.AS_STORED)
    assert MARKER not in read(client, claim(8).get_absolute_url())
    assert "Nothing on record" in read(client, f"/search/?q={MARKER}")
    assert MARKER not in read(client, "/feeds/corrections.atom")
    assert '"E14"' not in client.get("/data/claims.json").getvalue().decode()


def test_a_claim_that_was_withdrawn_and_published_again_is_read_at_its_address(client):
    first = claim().current_edition
    claim().withdraw(by=bob(), reason="By mistake", seen=Claim.AS_STORED)
    claim().restore(first, by=bob(), reason="It was right", seen=Claim.AS_STORED)
    assert first.statement in read(client, claim().get_absolute_url())
    assert "The two editions say the same" in read(client, "/evidence/e10/v1/")


def test_any_slug_that_an_edition_ever_had_leads_to_the_present_one(client):
    publish(slug="second")
    publish(slug="third")
    for old in ("training-programmes", "second", "never-there"):
        response = client.get(f"/evidence/e10-{old}/")
        assert (response.status_code, response["Location"]) == (301, "/evidence/e10-third/")


def test_the_grade_is_explained_by_what_it_was_computed_from(client):
    page = text_of(read(client, claim(24).get_absolute_url()))
    assert "says or supports it 1 – none – none" in page and "contradicts it 2 3 – none – none" in page
    assert "Grade: disputed . At least one source contradicts it, so it is disputed." in page
    page = text_of(read(client, claim(26).get_absolute_url()))
    assert (
        "Grade: supported in part . "
        "At least one independent source supports a part of it, and none contradicts it" in page
    )
    Citation.objects.create(
        record=claim(),
        source=Source.objects.get(slug="nato-meeting-2014"),
        relation="context",
        independence="partner",
    )
    assert "Context only" not in read(client, claim().get_absolute_url())


def test_quoted_words_that_fill_their_line_are_shown_between_the_lines_around_them(client):
    page = read(client, claim(11).get_absolute_url()).split('id="evidence"')[1]
    before, quoted, after = (
        page.index(words)
        for words in ("delivered to over 4,500", "<mark>We have signed MoUs", "more than 56 publications")
    )
    assert before < quoted < after


def test_other_wordings_stand_side_by_side_with_what_differs_marked(client):
    page = read(client, claim(24).get_absolute_url()).split('id="same-subject"')[1]
    assert [each.partition("</span>")[2].partition("<span")[0] for each in page.split("<mark")[1:]][:2] == [
        "Forming",
        "worldwide",
    ]
    assert page.index("E24") < page.index("E28") and page.count('value="35') == 2


def test_sources_that_differ_are_told_on_both_pages_with_the_reason(client):
    for number, other in ((24, "E28"), (28, "E24")):
        sentence = text_of(
            read(client, claim(number).get_absolute_url()).split("Sources differ.")[1].split("</div>")[0]
        )
        assert (
            "E24 says “35 countries”, E28 says “over 35 countries”." in sentence
            and f"Read {other}" in sentence
        )
        assert Conflict.objects.get(first__number=24).why in sentence


def test_what_only_a_draft_says_is_no_difference_and_what_published_words_agree_on_is_none(client):
    other, draft = published(a_claim("We taught 35 pilots", figure=35)), a_claim("We taught over 35 pilots")
    a_figure(draft, 35, qualifier="over")
    published(draft)
    Conflict.objects.create(first=other, second=draft, rule="qualifier", **CONFIRMED)
    draft.figures.update(value=987654321)
    assert "987,654,321" not in read(client, other.get_absolute_url())
    draft.figures.update(value=35, qualifier="")
    assert "Sources differ." in read(client, other.get_absolute_url())
    published(draft, statement="We taught 35 pilots in all")
    assert "Sources differ." not in read(client, other.get_absolute_url()) + read(
        client, draft.get_absolute_url()
    )


def test_an_open_or_dismissed_conflict_is_not_told(client):
    conflict = Conflict.objects.get(first__number=24)
    for decision in ("", "dismissed"):
        conflict.decision = decision
        conflict.save()
        assert "Sources differ." not in read(client, claim(24).get_absolute_url())


def test_a_claim_leads_to_the_pages_and_instruments_that_show_it(client):
    own, treaty = published(a_claim()), an_instrument()
    treaty.claims.add(own)
    page = a_page_with("ClaimsPlugin", organisation=own.organisation)
    used = read(client, own.get_absolute_url()).split("Where it is used</h2>")[1].split("</ul>")[0]
    for address in ("/evidence/", page, treaty.get_absolute_url()):
        assert f'href="{address}' in used


def test_a_claim_page_costs_a_fixed_number_of_queries_whatever_stands_on_it(
    client, django_assert_max_num_queries
):
    own = published(a_claim("We taught 35 pilots", figure=35))
    for source in ("Log", "Chart"):
        cite(own, a_source(source))
    for value in range(5):
        published(own, as_of=f"200{value}")
    for number in range(21):
        published(a_claim(f"We taught {number} pilots", figure=number, as_of="2004"))
    call_command("find_conflicts", stdout=StringIO())
    assert Conflict.objects.filter(first=own).update(**CONFIRMED)
    addresses = [own.get_absolute_url(), *(f"/evidence/e{own.number}/v{number}/" for number in (1, 3))]
    for path in addresses:
        with django_assert_max_num_queries(15):
            client.get(path)
    page = read(client, own.get_absolute_url())
    assert "More claims on this subject" in page and "Sources differ." in page


def test_staff_are_offered_the_form_of_a_withdrawn_claim(client):
    claim().withdraw(by=bob(), reason="It was about somebody else", seen=Claim.AS_STORED)
    assert "Edit this record" not in read(client, "/evidence/e10/", 410)
    client.force_login(alice())
    assert f"/admin/impact/claim/{claim().pk}/change/" in read(client, "/evidence/e10/", 410)


def on_subject(client, address):
    """Returns the references beside the claim under “On the same subject”, and True if there are more."""
    page = client.get(address).content.decode()
    beside = page.split('id="same-subject"')[1].split("</section>")[0] if 'id="same-subject"' in page else ""
    return re.findall(r'class="reference"[^>]*>(E\d+)<', beside)[
        1::2
    ], "More claims on this subject" in beside


@pytest.mark.parametrize(
    ("count", "shown", "more"), [(0, 0, False), (1, 1, False), (5, 5, False), (6, 5, True)]
)
def test_five_claims_on_its_subject_stand_beside_a_claim_and_of_more_it_is_said(client, count, shown, more):
    own = published(a_claim("We taught 40 pilots"))
    others = [published(a_claim(f"We taught {number} pilots")).reference for number in range(count)]
    published(a_claim("We taught boats", subject="Boats")), a_claim("We taught pilots in a draft")
    for words in ("Alpha", "Beta", "Gamma", "Delta"):
        published(own, together_with=words)
    assert on_subject(client, own.get_absolute_url()) == (others[:shown], more)
    assert on_subject(client, f"/evidence/e{own.number}/v5/") == (others[:shown], more)
    assert on_subject(client, f"/evidence/e{own.number}/v4/") == ([], False)


def test_a_claim_in_conflict_stands_before_those_with_lower_numbers(client):
    own = published(a_claim("We taught 40 pilots", figure=40))
    others = [published(a_claim(f"We taught {number} pilots", figure=40)).reference for number in range(5)]
    last = published(a_claim("We taught 41 pilots", figure=41))
    Conflict.objects.create(first=own, second=last, rule="value", **CONFIRMED)
    assert on_subject(client, own.get_absolute_url()) == ([last.reference, *others[:4]], True)
    sentence = f"{own.reference} says “40 pilots”, {last.reference} says “41 pilots”. Two counts"
    for each, other in ((own, last), (last, own)):
        page = text_of(client.get(each.get_absolute_url()).content.decode())
        assert f"Sources differ. {sentence} Read {other.reference}" in page
    published(own, together_with="Partners")
    assert "Sources differ." not in client.get(f"/evidence/e{own.number}/v1/").content.decode()


def test_a_correction_or_a_retirement_is_told_until_the_next_edition_and_of_no_earlier_one(client):
    own = published(a_claim("We taught 40 pilots"))
    for change, word in (("correction", "Corrected on"), ("update", ""), ("retired", "Retired on")):
        published(own, change=change, together_with=change)
        page = text_of(client.get(own.get_absolute_url()).content.decode())
        assert [each for each in ("Corrected on", "Retired on") if each in page] == ([word] if word else [])
    for number in (2, 4):
        published(own, change="update", together_with=f"Nobody {number}")
        page = text_of(client.get(f"/evidence/e{own.number}/v{number}/").content.decode())
        assert "Corrected on" not in page and "Retired on" not in page and "Earlier edition." in page


def test_editions_are_listed_from_the_newest_and_the_one_that_is_read_is_marked(client):
    own = published(a_claim("We taught 40 pilots"))
    for words in ("Alpha", "Beta"):
        published(own, together_with=words)
    page = client.get(f"/evidence/e{own.number}/v2/").content.decode().split('class="editions"')[1]
    assert re.findall(r"/v(\d)/\"( aria-current)?", page.split("</ol>")[0]) == [
        ("3", ""),
        ("2", " aria-current"),
        ("1", ""),
    ]
    assert (
        "Where it is used" not in page
        and "Where it is used" in client.get(own.get_absolute_url()).content.decode()
    )
