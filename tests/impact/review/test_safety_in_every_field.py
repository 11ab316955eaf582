"""Words that are withheld for somebody's safety are looked for in all that somebody has written."""

import re

import pytest
from cms.api import add_plugin, create_page
from cms.models import PageContent
from django.test import Client
from django.urls import reverse
from djangocms_versioning.exceptions import ConditionFailed

from impact.models import Figure
from organisation.models import Takedown
from tests.support.factory import a_claim, a_source, an_organisation, cite, published
from tests.support.forms import press, refusals_in
from tests.support.pages import a_page, change_pages, publish, version_of
from tests.support.people import alice, bob
from tests.support.proposals import at_desk
from tests.support.withheld import NAMED, withdraw

pytestmark = pytest.mark.django_db

REFUSED = "is withheld from readers"


def in_a_figure(field):
    def say(claim):
        values = {"label": "boats", "unit": "boats", "computed_from": "We sail.", "computation": "counted"}
        Figure.objects.create(claim=claim, value=3, **values | {field: NAMED})

    return say


def together_with(claim):
    claim.together_with = NAMED
    claim.save()


def as_the_speaker(claim):
    claim.organisation = an_organisation(f"Those of whom {NAMED}")
    claim.save()


def as_an_author(claim):
    cite(claim, a_source("Letter", author=an_organisation(f"Those of whom {NAMED}")))


SAYING = {
    "together with": together_with,
    **{field: in_a_figure(field) for field in ("label", "unit", "computation")},
    "the speaker": as_the_speaker,
    "an author": as_an_author,
}


@pytest.mark.parametrize("say", SAYING.values(), ids=SAYING.keys())
def test_alice_alone_leads_nobody_outside_to_the_words_in_any_field_of_a_draft(claim, source, say):
    draft, silent = a_claim("Somebody sailed", source=source), a_claim("We sail", source=source)
    say(draft)
    withdraw(claim, is_for_safety="on")
    answers = [
        press(at_desk(alice()), each, "link", for_whom="Eve", days="14").content.decode()
        for each in (draft, silent)
    ]
    assert "no link leads to them" in answers[0] and "/review/" in answers[1]
    assert [bool(re.search(r"/review/[\w-]{30,}/", answer)) for answer in answers] == [False, True]


def put_back(takedown, user=alice):
    data = {"do": "put back", "reason": "It is true."}
    return at_desk(user()).post(takedown.get_absolute_url(), data, follow=True).content.decode()


def test_alice_alone_puts_back_no_claim_that_says_the_words_beside_its_statement(claim, source):
    other, silent = (
        published(a_claim(text, source=source, together_with=who))
        for text, who in (("We sailed", NAMED), ("We landed", "the north quay"))
    )
    taken_down = []
    for each in (other, silent):
        withdraw(each)
        taken_down.append(Takedown.objects.latest("pk"))
    withdraw(claim, is_for_safety="on")
    assert REFUSED in put_back(taken_down[0]) and "is back as it was" in put_back(taken_down[1])
    assert Client().get(f"/evidence/e{other.number}/", follow=True).status_code == 410
    assert Client().get(f"/evidence/e{silent.number}/", follow=True).status_code == 200


PAGES = {
    "title": (NAMED, {}, "<p>We sail.</p>"),
    "title in menus": ("Quay", {"menu_title": NAMED}, "<p>We sail.</p>"),
    "description": ("Quay", {"meta_description": NAMED}, "<p>We sail.</p>"),
    "heading of a block": ("Quay", {}, ("SourcesPlugin", {"heading": NAMED})),
}


@pytest.mark.parametrize(("title", "values", "block"), PAGES.values(), ids=PAGES.keys())
def test_alice_alone_puts_back_no_page_that_says_the_words_in_a_title(claim, title, values, block):
    said = a_page(title, block, slug="night", **values)
    silent = a_page("North quay", ("SourcesPlugin", {"heading": "North quay"}), slug="day")
    for content in (said, silent):
        address = "admin:djangocms_versioning_pagecontentversion_unpublish"
        change_pages(at_desk(bob()), reverse(address, args=[version_of(content).pk]), {"reason": "A doubt."})
    first, second = Takedown.objects.order_by("pk")
    withdraw(claim, is_for_safety="on")
    assert REFUSED in put_back(first) and Client().get("/night/").status_code == 410
    assert "is back as it was" in put_back(second) and Client().get("/day/").status_code == 200


@pytest.mark.parametrize(
    ("title", "values", "block"),
    [*PAGES.values(), ("Quay", {}, f"<p>So: {NAMED.replace('north', '<em>north</em>')}</p>")],
    ids=[*PAGES, "prose"],
)
def test_no_page_that_says_the_words_anew_is_submitted_or_published(claim, title, values, block):
    withdraw(claim, is_for_safety="on")
    page = create_page(title, "pages/page.html", "en", slug="night", created_by=alice(), **values)
    content = PageContent.admin_manager.get(page=page)
    plugin, settings = ("TextPlugin", {"body": block}) if isinstance(block, str) else block
    add_plugin(content.get_placeholders().get(slot="content"), plugin, "en", **settings)
    draft = version_of(content)
    assert [REFUSED in each for each in publish(draft, bob())] == [True]
    with pytest.raises(ConditionFailed, match=REFUSED):
        draft.check_publish(bob())
    assert REFUSED in at_desk(alice()).get(reverse("admin:page-review", args=[draft.pk])).content.decode()
    assert Client().get("/night/").status_code == 404
    a_page("North quay", "<p>The north quay.</p>", slug="day")
    assert Client().get("/day/").status_code == 200


def test_bob_restores_no_claim_that_says_what_another_was_withdrawn_for(claim, source):
    other = published(a_claim(NAMED, source=source))
    withdraw(other)
    withdraw(claim, is_for_safety="on")
    first = other.editions.get()

    def restore():
        other.refresh_from_db()
        return press(at_desk(bob()), other, "restore", edition=first.pk, reason="It is true.")

    assert REFUSED in " ".join(refusals_in(restore()))
    assert Client().get(f"/evidence/e{other.number}/", follow=True).status_code == 410
    put_back(Takedown.objects.latest("pk"), bob)
    assert restore().status_code == 302
    assert Client().get(f"/evidence/e{other.number}/", follow=True).status_code == 200
