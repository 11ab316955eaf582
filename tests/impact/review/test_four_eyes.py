"""Nobody publishes their own last change."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from impact.models import Claim
from tests.support.factory import a_claim, a_source, an_organisation, cite, published
from tests.support.forms import decision, filled_in, refusals_in, review
from tests.support.people import alice, bob
from tests.support.review import claim_form, e10, submit
from tests.support.site_settings import set_up_site

pytestmark = pytest.mark.django_db


def test_bob_does_not_publish_his_own_last_change(desk, bobs):
    submit(desk)
    data = decision(bobs, e10())
    submit(bobs, limitations="Counted by Bob.")
    page = bobs.get(review(e10()))
    assert "The last change is your own: somebody else has to publish it." in page.content.decode()
    assert "publish" not in page.context["forms"]
    page = bobs.post(review(e10()), data | {"publish-seen": page.context["fingerprint"]})
    assert refusals_in(page) == ["The last change is your own: somebody else has to publish it."]
    assert e10().current_edition.number == 1


def test_not_even_a_superuser_publishes_their_own_last_change(client):
    root = get_user_model().objects.create_superuser("root", password="root")
    client.force_login(root)
    submit(client)
    page = client.get(review(e10()))
    assert "publish" not in page.context["forms"]
    page = client.post(
        review(e10()),
        {
            "do": "publish",
            "publish-seen": page.context["fingerprint"],
            "publish-reason": "Mine",
            "publish-change": "update",
        },
    )
    assert e10().current_edition.number == 1


def test_where_one_person_may_publish_alone_bob_does_and_every_page_says_so(bobs):
    sentence = "On this site one person may publish their own changes."
    assert sentence not in Client().get("/").content.decode()
    set_up_site(one_person_alone=True)
    submit(bobs)
    bobs.post(review(e10()), decision(bobs, e10()))
    assert e10().current_edition.number == 2
    for path in ("/", "/evidence/e10/", "/search/", "/nowhere/"):
        assert sentence in Client().get(path, follow=True).content.decode(), path


def test_a_form_sent_back_as_it_was_is_nobodys_change(desk, bobs):
    submit(desk)
    bobs.post(claim_form(e10()), filled_in(bobs.get(claim_form(e10()))))
    assert e10().last_changed_by() == alice()
    bobs.post(claim_form(e10()), filled_in(bobs.get(claim_form(e10())), owner=bob().pk))
    assert (e10().owner, e10().last_changed_by(), e10().stage) == (bob(), alice(), "submitted")


def test_a_new_owner_does_not_turn_bobs_words_into_somebody_elses(desk, bobs):
    submit(bobs)
    desk.post(claim_form(e10()), filled_in(desk.get(claim_form(e10())), owner=bob().pk))
    assert "publish" not in bobs.get(review(e10())).context["forms"]


def last_changed_by(claim):
    return Claim.objects.get(pk=claim.pk).last_changed_by()


@pytest.fixture
def alices():
    """A claim of Harbour Aid, every row of which Alice wrote."""
    claim = a_claim(figure=40)
    for row in (claim, claim.figures.get(), claim.citations.get()):
        by(alice, row)
    return claim


def by(person, row, **values):
    for name, value in values.items():
        setattr(row, name, value)
    row._history_user = person()
    row.save()


@pytest.mark.parametrize(
    "field", ["statement", "limitations", "as_of", "subject", "role", "slug", "organisation"]
)
def test_a_change_of_any_one_field_of_the_text_is_the_last_change(alices, field):
    values = {"as_of": "2004", "role": "led", "organisation": an_organisation("Lantern Fund")}
    by(bob, alices, **{field: values.get(field, "other")})
    assert last_changed_by(alices) == bob()
    by(alice, alices, owner=bob())
    by(alice, alices, review_by="2031-01-01")
    assert last_changed_by(alices) == bob()
    by(alice, alices, together_with="Partners")
    assert last_changed_by(alices) == alice()


def test_a_changed_or_deleted_figure_or_citation_is_the_last_change(alices):
    for row, values in ((alices.figures.get(), {"value": 41}), (alices.citations.get(), {"note": "A note"})):
        by(bob, row, **values)
        assert last_changed_by(alices) == bob()
        by(alice, row, **values)
        assert last_changed_by(alices) == alice()
    citation = alices.citations.get()
    citation._history_user = bob()
    citation.delete()
    assert last_changed_by(alices) == bob()
    by(alice, alices, statement="Other words")
    figure = alices.figures.get()
    figure._history_user = bob()
    figure.delete()
    assert last_changed_by(alices) == bob()


def test_what_bob_changes_in_another_claim_or_edition_is_nothing_to_this_one(alices):
    other = a_claim("We taught 41 pilots", figure=41)
    for row in (other, other.figures.get(), other.citations.get()):
        by(bob, row)
    cite(an_organisation(), a_source("Diary"))
    assert last_changed_by(alices) == alice() and last_changed_by(other) == bob()


def test_a_wish_to_retire_counts_as_the_last_change_while_it_waits(alices):
    published(alices)
    alices.ask_to_retire(bob(), seen=Claim.AS_STORED)
    assert (last_changed_by(alices), alices.is_own_change(bob()), alices.is_own_change(alice())) == (
        bob(),
        True,
        False,
    )
    alices.send_back(alice(), "It still runs", seen=Claim.AS_STORED)
    assert last_changed_by(alices) == alice()


@pytest.mark.parametrize("is_single", [True, False])
def test_on_a_site_of_one_person_no_change_is_ones_own(alices, is_single):
    set_up_site(one_person_alone=is_single)
    assert alices.is_own_change(alice()) is not is_single
    assert not alices.is_own_change(bob())
